"""The sheet by which the register of a year is closed: count, last number, void and missing ones, seal, what runs on.

It is signed by who keeps the book and who looks after it, and kept with the book of that year. Of a case that runs on
it names the number, the day and the subject, never who complained.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from pipeline.cases.case_number import in_volume
from pipeline.letters.sheets.phrasing import capital
from pipeline.letters.sheets.specimens import WIB
from pipeline.letters.sheets.texts import checker, of_office, officer
from pipeline.letters.sheets.whose_book import WhoseBook
from pipeline.office import wording
from pipeline.office.office import Office
from pipeline.register.old_registers import Run
from pipeline.register.register_numbers import RegisterPattern
from pipeline.register.year_end import Carried, YearEnd, YearFigures

_NO_SEAL = "belum ada segel"


def values(end: YearEnd, office: Office, pattern: RegisterPattern, whose: WhoseBook) -> dict[str, Any]:
    """Return what the sheet's template may use; ``whose`` says of which service the register is."""
    found, day = end.figures, end.at.date()
    return {
        **of_office(day, office),
        **({"layanan": whose.service} if whose.service else {}),
        "buku": whose.book,
        "judul_buku": whose.whole_name.upper(),
        "tanda_konsep": "",
        "tahun": str(found.year),
        "hari_terbilang": wording.date_in_words(day),
        "tanggal_tutup": wording.weekday_and_hour(end.at),
        "jumlah": wording.counted(found.count, "perkara"),
        "nomor_terakhir": _number(found, pattern),
        "batal": _counted(found.void),
        "nomor_batal": _listed(found.void),
        "celah": _counted(found.missing),
        "nomor_celah": _listed(found.missing),
        "terbuka": [_row(case) for case in found.carried],
        "jumlah_terbuka": wording.counted(len(found.carried), "perkara"),
        "tahun_berikut": str(found.year + 1),
        "segel": end.seal or _NO_SEAL,
        **officer(day, office, whose.keeper),
        **checker(day, office, whose.checker),
    }


def _number(found: YearFigures, pattern: RegisterPattern) -> str:
    return pattern.on(date(found.year, 12, 31)).write(in_volume(found.volume, found.last))


def _counted(some: Sequence[Run]) -> str:
    return wording.counted(sum(end - first + 1 for first, end in some), "nomor")


def _listed(some: Sequence[Run]) -> str:
    """Return the serials of runs, none left out: the sheet has room for as many lines as it takes."""
    return ", ".join(str(first) if first == end else f"{first} sampai {end}" for first, end in some)


def _row(case: Carried) -> dict[str, str]:
    return {
        "nomor": case.register_number,
        "diterima": wording.date_in_figures(date.fromisoformat(case.received_at)),
        "hal": case.subject or "Perihal belum dicatat",
        "keadaan": capital(case.state),
    }


_OPEN = Carried("2026/0041", "0041/YANKOMAS/2026", "2026-12-14", "Pencemaran air sumur warga", "menunggu disposisi")
_SECRET = Carried("2026/0043", "0043/YANKOMAS/2026", "2026-12-18", "(rahasia)", "(rahasia)")
_FIGURES = YearFigures(2026, 43, 43, ((12, 12), (30, 31)), (), (_OPEN, _SECRET))
_END = YearEnd(
    _FIGURES,
    "no. 348 (30/12/2026): 3F9A-22C1-9B7E-4D10",
    datetime(2027, 1, 4, 9, 15, tzinfo=WIB),
    "wati",
    "arsiparis",
)
_WORDY = replace(
    _OPEN,
    subject="Permohonan perlindungan atas dugaan penelantaran warga pada sengketa tanah adat di tiga kecamatan",
    state="menunggu tanggapan tertulis instansi atas permintaan laporan tindak lanjut rekomendasi",
)


def specimen_values(office: Office) -> dict[str, dict[str, Any]]:
    """Return the template's values for a year without anything open, a usual one, and a long one. All is invented."""
    pattern = RegisterPattern("{urut:04d}/YANKOMAS/{tahun}")
    quiet = YearFigures(2026, 3, 3, (), (), ())
    void = tuple((n, n) for n in range(5, 400, 5))
    long = YearFigures(2026, 1204, 1210, void, ((7, 8), (211, 214)), (_WORDY, _SECRET) * 30)
    ends = {"kosong": replace(_END, figures=quiet, seal=""), "lazim": _END, "panjang": replace(_END, figures=long)}
    return {name: values(end, office, pattern, WhoseBook()) for name, end in ends.items()}
