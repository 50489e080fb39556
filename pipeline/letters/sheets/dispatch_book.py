"""The printed dispatch book (*buku ekspedisi*): as many pages as it takes, nothing in it is cut.

It lies open at the counter and goes from hand to hand: the *hal* of a letter tells which case it is of, never what
somebody complained of (:mod:`pipeline.cases.letter_subjects`).

How rows become pages is told by :mod:`pipeline.letters.sheets.dispatch_leaves`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pipeline.letters.ports import Press, Typist
from pipeline.letters.sheets import hands
from pipeline.letters.sheets.dispatch_leaves import leaves
from pipeline.letters.sheets.phrasing import capital
from pipeline.letters.sheets.register_leaves import NO_SEAL
from pipeline.letters.sheets.texts import DISPATCHES, checker, held_on, of_office, officer
from pipeline.office import wording
from pipeline.office.office import Office
from pipeline.register.dispatch_files import DispatchRow
from pipeline.register.letter_rows import to_complainant

#: Letters that LibreOffice sets at once: its time for a table grows faster than the table (1,000 rows take 6 s).
_ROWS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Imprint:
    """What the book says of itself: the period in words, when it was printed, by which office.

    ``seal`` is the archive's newest seal before that day, in words.
    """

    period: str
    day: date
    office: Office
    seal: str = ""


def values(rows: Sequence[DispatchRow], imprint: Imprint) -> list[dict[str, Any]]:
    """Return what the book's template may use, part by part: the rows in their order, numbered through all parts."""
    starts = range(0, len(rows), _ROWS_AT_ONCE) or range(1)
    parts = [
        {
            **of_office(imprint.day, imprint.office),
            "periode": imprint.period,
            "pencatat": held_on(hands.clerk(imprint.office), imprint.day, imprint.office),
            "pemeriksa": held_on(hands.in_charge(imprint.office), imprint.day, imprint.office),
            **officer(imprint.day, imprint.office),
            **checker(imprint.day, imprint.office),
            "bagian": f"bagian {part} dari {len(starts)}" if len(starts) > 1 else "",
            "halaman": leaves(
                [
                    {"urut": str(serial), **_words(row)}
                    for serial, row in enumerate(rows[start : start + _ROWS_AT_ONCE], start + 1)
                ],
                imprint.office,
                start,
                closed=part == len(starts),
            ),
            "segel": f" · segel arsip {imprint.seal}" if imprint.seal else NO_SEAL,
        }
        for part, start in enumerate(starts, 1)
    ]
    parts[-1]["halaman"][-1]["penutup"] = _closing(len(rows), imprint)
    return parts


def _closing(count: int, imprint: Imprint) -> str:
    """Return the line that closes the book of a period, so that nothing is written below it."""
    told = f"dengan {wording.counted(count, 'surat')}" if count else "tanpa surat"
    return f"Buku ekspedisi {imprint.period} ditutup {told} pada tanggal {wording.long_date(imprint.day)}."


def _words(row: DispatchRow) -> Mapping[str, str]:
    return {
        "tanggal_kirim": _short(row.sent_on),
        "nomor_surat": wording.one_line(row.number),
        "tanggal_surat": _short(row.dated),
        "kepada": wording.one_line(row.recipient),
        "hal": wording.one_line(row.subject),
        "sifat": capital(row.secrecy),
        "lampiran": wording.one_line(row.enclosed) or "-",
        "cara_kirim": capital(row.means),
        "dikirim_oleh": wording.one_line(row.sent_by),
        "tanggal_diterima": _short(row.received_on),
        "penerima": wording.one_line(row.received_by),
    }


def _short(day: date | None) -> str:
    return wording.date_in_figures(day) if day else ""


def printed(rows: Sequence[DispatchRow], imprint: Imprint, *, typist: Typist, press: Press) -> Iterator[bytes]:
    """Yield the book as PDF, in parts that follow one another and are each numbered for itself.

    Raises:
        TemplateFault: the template cannot be used.
        EngineFault: LibreOffice is missing or failed.
    """
    for part in values(rows, imprint):
        yield press.print(typist.draft(DISPATCHES, part).docx, None)


_SENT = DispatchRow(
    date(2026, 12, 7),
    "W.8-HA.01.07-0014",
    date(2026, 12, 4),
    "Bupati Contoh",
    "kurir",
    "Rina Contoh, S.H.",
    date(2026, 12, 7),
    "Petugas Tata Usaha",
    "Rekomendasi atas pengaduan nomor register 0007/YANKOMAS/2026",
    "terbatas",
)
_ON_ITS_WAY = DispatchRow(
    date(2026, 12, 8),
    "W.8-HA.01.07-0015",
    date(2026, 12, 4),
    to_complainant("0007/YANKOMAS/2026"),
    "pos",
    "Rina Contoh, S.H.",
    subject="Pemberitahuan hasil penanganan pengaduan",
    secrecy="terbatas",
)
_WIDE = DispatchRow(
    date(2026, 12, 9),
    "W.8-HA.01.07-1234567/KANWIL-BENGKULU/YANKOMAS/2026",
    date(2026, 12, 8),
    "Kepala Dinas Lingkungan Hidup, Kehutanan, dan Pertanahan Kabupaten Contoh Utara selaku Ketua Tim Koordinasi",
    "SRIKANDI",
    "Prof. Dr. Ir. Contoh Panjang Namanya, S.H., M.H.",
    date(2026, 12, 10),
    "Petugas Penerima Surat pada Bagian Umum dan Protokol Sekretariat Daerah Kabupaten Contoh Utara",
    "Permintaan laporan tindak lanjut rekomendasi",
    "terbatas",
    "1 (satu) berkas",
)
_SEAL = "no. 348 (30/12/2026): 3F9A-22C1-9B7E-4D10"


def specimen_values(office: Office) -> dict[str, dict[str, Any]]:
    """Return the template's values for an empty, a typical and a long period. All of it is invented."""
    imprint = Imprint("Desember 2026", date(2026, 12, 31), office, _SEAL)
    (empty,) = values([], Imprint("November 2026", date(2026, 11, 30), office))
    (usual,) = values([_SENT, _ON_ITS_WAY], imprint)
    long = values([_SENT, _ON_ITS_WAY, _WIDE] * 190, replace(imprint, period="Tahun 2026"))
    return {"kosong": empty, "lazim": usual, "panjang": {**long[-1], "halaman": long[-1]["halaman"][-6:]}}
