"""The invented figures with which the periodical report's template is tried."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from pipeline.cases.public_service import PublicService
from pipeline.letters.sheets.specimens import WIB
from pipeline.register.summary.figures import Breakdown, Closing, Count, Flow, Held, MonthFlow, Pace, Running, Summary
from pipeline.register.summary.period import Period

#: The steps as the SOP numbers them, with the minutes of office time that they took.
_STEPS = (
    ("Pemohon menyampaikan aduan", "15 menit", 10),
    ("Petugas mencatat aduan di buku register aduan", "15 menit", 12),
    ("Petugas menyampaikan isi aduan ke pejabat berwenang", "15 menit", 9),
    ("Pejabat berwenang beserta petugas YANKOMAS melakukan telaahan isi aduan", "2 hari", 810),
    ("Pelaksanaan kegiatan koordinasi/audiens", "3 hari", 1_260),
    ("Penyusunan dan penyampaian surat rekomendasi hasil koordinasi/audiensi", "2 hari", 720),
    ("Pemantauan pelaksanaan rekomendasi", "22 hari", 8_550),
)
#: How often each step was ended, in shares of the specimen's size: the first ones of every complaint that came.
_OFTEN = (5, 5, 5, 4, 2, 1, 1)
_TRAITS = (
    ("cara_penyampaian", "Cara penyampaian", ("langsung", "surat", "pos")),
    ("hak", "Hak yang diduga dilanggar", ("hidup", "memperoleh keadilan", "turut serta dalam pemerintahan")),
    ("kelas_terlapor", "Kategori terlapor", ("kepolisian", "pemda", "korporasi")),
    ("wilayah", "Kabupaten/kota tempat kejadian", ("Kota Bengkulu", "Kabupaten Rejang Lebong")),
)


_LETTERS = ("Surat rekomendasi", "Permintaan tindak lanjut", "Teguran pertama")
_BASIS = (
    "Undang-Undang Nomor 39 Tahun 1999 tentang Hak Asasi Manusia",
    "Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik",
    "Standar Operasional Prosedur Nomor W.8.OT.02.01-74 tentang Pelayanan Komunikasi Masyarakat",
)


#: What came and what ended in each month of the invented year, in shares of the specimen's size.
_MONTHS = ((1, 1), (1, 1), (1, 1), (1, 1), (1, 1), (2, 1), (1, 1), (2, 1), (1, 1), (2, 1), (1, 1), (2, 2))


def _pace(place: int, size: int) -> Pace:
    (activity, limit, minutes), done = _STEPS[place], _OFTEN[place] * size
    late = size // 2 if place > 2 else 0
    return Pace(place + 1, activity, limit, done, done - late, minutes if size else None)


#: An invented service with whose report its template is tried.
SERVICE = PublicService("layanan-rekaan", "Pelayanan Permintaan Rekaan", "Rekaan", "RK", "R-{urut}/{tahun}")
_SERVICE_BASIS = (
    "Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik",
    "Standar Operasional Prosedur Nomor RK-01 tentang Pelayanan Permintaan Rekaan",
)


def of_service(figures: Summary) -> Summary:
    """Return invented figures as those of the invented service."""
    return replace(figures, service=SERVICE, basis=_SERVICE_BASIS)


def specimen(size: int) -> Summary:
    """Return the invented figures of a quarter; ``size`` says how many complaints there are of everything."""

    def open_(labels: Sequence[str]) -> tuple[Held, ...]:
        late = (size // 7, size - size // 7 * 2, size // 7)
        return tuple(Held(label, size, n) for label, n in zip(labels, late, strict=False))

    def breakdown(key: str, title: str, labels: Sequence[str], *, now: int, before: int) -> Breakdown:
        rest = [(size, size)] * (len(labels) - 1)
        first = (size * (now - len(rest)), size * (before - len(rest)))
        lines = tuple(Count(label, *counts) for label, counts in zip(labels, (first, *rest), strict=True))
        return Breakdown(key, title, lines, several=key == "hak")

    by_step = open_([_STEPS[n][0] for n in (3, 5, 6)])
    by_role = open_(("Tim Yankomas", "Kakanwil", "Kasubbid Pemajuan HAM"))
    return Summary(
        period=Period(2026, 3, 4),
        at=datetime(2027, 1, 4, 8, 15, tzinfo=WIB),
        flow=Flow(size * 2, size * 5, size * 4),
        flow_before=Flow(size, size * 4, size * 3),
        closing=Closing(size * 3, size, min(size, 18) or None),
        closing_before=Closing(size * 2, size, min(size + 2, 20) if size else None),
        running=Running(size * 3, size, size // 2, size // 3, by_step, by_role),
        outcomes=breakdown("hasil", "Hasil penanganan", ("selesai", "bukan kewenangan", "dicabut"), now=4, before=3),
        breakdowns=tuple(breakdown(*trait, now=5, before=4) for trait in _TRAITS),
        steps=tuple(_pace(place, size) for place in range(len(_STEPS))),
        months=tuple(
            MonthFlow(Period(2026, 1, n), size * came, size * ended) for n, (came, ended) in enumerate(_MONTHS, start=1)
        ),
        unconfirmed=size // 5,
        day_minutes=450,
        head="kakanwil",
        letters=tuple(Count(title, size, size) for title in _LETTERS) if size else (),
        basis=_BASIS,
    )
