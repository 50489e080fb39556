"""Fills an office with a year of invented cases, each made by its moves on its days: for the guide's pictures.

    python tools/filled_office.py FOLDER

The office's settings, the complaints and how far each has gone stand in ``filled_office.toml``. Complaints are opened
at the counter, so that nothing is read; their sheets are drafted and printed by the real engines, signed scans are
drawn ink over the prints. FOLDER is laid out if it is not there; its office must not have received anything yet.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from three_cases import signed

from pipeline.cases.actor import Actor
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.decide import decide
from pipeline.intake.open_case import open_case
from pipeline.wiring import Root
from pipeline.work.store.setup import lay_out
from pipeline.work.tend import tend

_TABLE = Path(__file__).with_suffix(".toml")
TEAM, HEAD, DIVISION, FIELD, SUB = "tim-yankomas", "kakanwil", "kadiv", "kabid", "kasubbid"
LETTER = "06-surat-rekomendasi"
#: A move: how many days after the complaint, its key, who makes it, its answers, and the sheet whose scan comes along.
Step = tuple[int, str, str, Mapping[str, Any], str]


@dataclass
class Calendar:
    """The clock of the office that is filled: set by hand, and never turned back."""

    moment: datetime

    def now(self) -> datetime:
        """Return the day's moment, a minute later each time somebody acts."""
        return self.moment

    def act_on(self, moment: datetime) -> None:
        """Let the next act happen then, or a minute after the one before."""
        self.moment = max(moment, self.moment + timedelta(minutes=1))


def main(folder: Path) -> int:
    """Fill the office."""
    lay_out(folder)
    _settle(folder / "office.toml", _table()["pengaturan"])
    root, told = Root(folder), complaints()
    root.prepare()
    zone = root.clock.now().tzinfo
    clock = Calendar(datetime.combine(told[0]["tanggal"], time(8), zone))
    root.clock = clock
    with _Office(root, clock) as office:
        for act_on, _, act in sorted(_acts(office, told, zone), key=lambda act: act[:2]):
            clock.act_on(act_on)
            act()
    return 0


def complaints() -> list[dict[str, Any]]:
    """Return the complaints of the year, oldest first."""
    return list(_table()["aduan"])


def _table() -> dict[str, Any]:
    return tomllib.loads(_TABLE.read_text(encoding="utf-8"))


def _settle(settings: Path, changes: list[dict[str, str]]) -> None:
    """Write the office's own settings in the place of those that are laid out."""
    text = settings.read_text(encoding="utf-8")
    for change in changes:
        if change["semula"] not in text:
            sys.exit(f"{settings.name}: {change['semula']} is not there")
        text = text.replace(change["semula"], change["menjadi"], 1)
    settings.write_text(text, encoding="utf-8")


def _acts(office: _Office, told: list[dict[str, Any]], zone: Any) -> Iterator[tuple[datetime, int, Any]]:
    """Yield everything that happens until yesterday: when, in which order, and what."""
    last = datetime.now(zone).replace(hour=0, minute=0)
    for serial, complaint in enumerate(told, start=1):
        came = datetime.combine(complaint["tanggal"], time(8, serial * 2 % 60), zone)
        yield came, serial, lambda c=complaint: office.opened(c)
        for place, step in enumerate(_course(complaint), start=1):
            at = _working_day(came + timedelta(days=step[0])).replace(hour=9 + place % 6)
            if at < last:
                yield at, serial * 100 + place, lambda s=step, n=serial: office.made(n, s)


def _working_day(moment: datetime) -> datetime:
    return moment + timedelta(days=max(0, 7 - moment.isoweekday())) if moment.isoweekday() > 5 else moment


class _Office:
    """The office at work: makes a move, then does what the machine owes after it."""

    def __init__(self, root: Root, clock: Calendar) -> None:
        self._root, self._clock = root, clock
        self._reader, self._press, self._validator = root.reader(), root.press(), root.validator()
        self._tending = root.tend_parts(self._reader, self._press, self._validator)
        self._deciding = root.decide_parts(lambda: self._reader, lambda: self._validator)

    def __enter__(self) -> _Office:
        return self

    def __exit__(self, *_: object) -> None:
        for engine in (self._reader, self._press, self._validator):
            engine.close()

    def opened(self, complaint: Mapping[str, Any]) -> None:
        """Open a case with what was told."""
        news = complaint["cara"] == "berita"
        told = {"perihal": complaint["perihal"], "terlapor": [complaint["terlapor"]], "uraian": complaint["ringkasan"]}
        by_whom = {} if news else {"pelapor": [{"nama": complaint["pelapor"]}]}
        by, parts = Actor(TEAM, "rani"), self._root.open_parts()
        made = open_case("berita" if news else "lisan", {**told, **by_whom}, by=by, parts=parts)
        tend(made.number, self._tending)

    def made(self, serial: int, step: Step) -> None:
        """Make one move of the case of that number."""
        _, key, role, answers, template = step
        number = CaseNumber(self._clock.now().year, serial)
        files = [self._root.file(signed(self._root.layout.root, str(number), template))] if template else []
        decide(number, key, answers, by=Actor(role, role), parts=self._deciding, files=files)
        self._clock.act_on(self._clock.now())
        tend(number, self._tending)


def _course(complaint: Mapping[str, Any]) -> Iterator[Step]:
    """Yield the moves of a case, in order, until it is where the table says."""
    steps = list(_straight(complaint))
    exits: Mapping[str, Step] = {
        "tidak-berwenang": (6, "tidak-berwenang", SUB, _not_competent(complaint), ""),
        "tidak-ada-indikasi": (7, "tidak-ada-indikasi", SUB, {"alasan": "Obat sudah diberikan setiap hari."}, ""),
        "dicabut": (8, "cabut", TEAM, {"sebab": "permintaan pelapor", "alasan": "Sudah diselesaikan."}, ""),
    }
    until = complaint["sampai"]
    last = {
        "baru": 2,
        "disposisi": 3,
        "telaahan": 5,
        "pelaksanaan": 9,
        "paraf": 12,
        "tanda-terima": 15,
        "pemantauan": 17,
    }
    yield from steps[: 5 if until in exits else last.get(until, len(steps))]
    if until in exits:
        yield exits[until]


def _not_competent(complaint: Mapping[str, Any]) -> Mapping[str, Any]:
    return {
        "alasan": "Pokok pengaduan merupakan sengketa keperdataan.",
        "instansi_berwenang": complaint["penanggung_jawab"],
    }


def _straight(complaint: Mapping[str, Any]) -> Iterator[Step]:
    """Yield the moves of the straight way, with an audience."""
    came, duty = complaint["tanggal"], complaint["penanggung_jawab"]

    def day(after: int) -> str:
        return f"{came + timedelta(days=after):%Y-%m-%d}"

    meeting = {
        "tanggal_audiensi": day(13),
        "waktu_audiensi": "09.00 WIB s.d. selesai",
        "tempat_audiensi": "Ruang Rapat Kantor Wilayah",
        "acara": "Klarifikasi dan koordinasi penanganan pengaduan",
        "pihak": [duty, complaint["terlapor"]],
    }
    advice = f"{duty} | Menindaklanjuti pengaduan dan melaporkan hasilnya | {day(35)}"
    yield 0, "konfirmasi", TEAM, _confirmed(complaint), ""
    yield 0, "sampaikan", TEAM, {}, ""
    yield 0, "disposisi", HEAD, {"isi_disposisi": "Tindak lanjuti", "derajat": "Segera"}, ""
    yield 1, "disposisi", DIVISION, {"isi_disposisi": "Telaah"}, ""
    yield 1, "disposisi", FIELD, {"isi_disposisi": "Siapkan konsep"}, ""
    yield 3, "telaah", SUB, _memo(complaint), ""
    yield 5, "usulkan-audiensi", SUB, {**meeting, "alasan": "Keterangan para pihak berbeda."}, ""
    yield 6, "disposisi-audiensi", HEAD, {"keputusan": "disetujui", "isi_disposisi": "Jadwalkan audiensi"}, ""
    yield 7, "undang", SUB, meeting, ""
    yield 14, "laksanakan", FIELD, _held(complaint, day(13)), ""
    yield 16, "susun-rekomendasi", SUB, _drafted(complaint, advice), ""
    yield 17, "paraf", FIELD, {}, ""
    yield 18, "paraf", DIVISION, {}, ""
    yield 19, "nomori", TEAM, {}, ""
    yield 20, "tandatangan", HEAD, {}, LETTER
    yield 21, "kirim", TEAM, {"tanggal_kirim": day(20), "cara_kirim": "kurir"}, ""
    yield 23, "terima", TEAM, {"tanggal_terima": day(21), "penerima": "Bagian Umum"}, ""
    yield 36, "jawaban-instansi", TEAM, {"tanggal_jawaban": day(35), "isi_jawaban": "Sudah dilaksanakan."}, ""
    yield 37, "evaluasi", TEAM, _evaluated(duty, day(35)), ""
    yield 38, "selesai", TEAM, {}, ""


def _confirmed(complaint: Mapping[str, Any]) -> Mapping[str, Any]:
    return {
        "cara_penyampaian": complaint["cara"],
        "kelas_terlapor": complaint["kelas"],
        "tempat_kejadian": complaint["tempat"],
        "ringkasan": complaint["ringkasan"],
        "hak": [complaint["hak"]],
        "permintaan": [complaint["permintaan"]] if "permintaan" in complaint else [],
        "kelengkapan": "lengkap",
        "klasifikasi": "HA.01.07",
    }


def _memo(complaint: Mapping[str, Any]) -> Mapping[str, Any]:
    return {
        "persoalan": f"Apakah peristiwa yang diadukan melanggar hak ({complaint['hak']})?",
        "analisis_hak": "Undang-Undang Nomor 39 Tahun 1999.",
        "indikasi": "ya",
        "berwenang": "ya",
        "saran": "audiensi",
    }


def _held(complaint: Mapping[str, Any], day: str) -> Mapping[str, Any]:
    return {
        "tanggal_pelaksanaan": day,
        "tempat_pelaksanaan": "Ruang Rapat Kantor Wilayah, Bengkulu",
        "hadir": [f"Utusan Contoh | {complaint['penanggung_jawab']}", f"Wakil Contoh | {complaint['terlapor']}"],
        "hasil": ["Para pihak menerangkan duduk perkaranya dan sepakat menyelesaikannya."],
    }


def _drafted(complaint: Mapping[str, Any], advice: str) -> Mapping[str, Any]:
    return {
        "tujuan_surat": complaint["penanggung_jawab"],
        "tempat_tujuan": "Contoh",
        "ringkasan_pengaduan": complaint["ringkasan"],
        "hasil_klarifikasi": "Para pihak membenarkan peristiwa itu.",
        "analisis": "Negara wajib melindungi dan memenuhi hak yang diadukan.",
        "rekomendasi": [advice],
    }


def _evaluated(duty: str, until: str) -> Mapping[str, Any]:
    row = f"Menindaklanjuti pengaduan | {duty} | {until} | Hal yang diadukan diperbaiki | Laporan | dilaksanakan"
    watched = "Laporan tertulis diminta dan diterima; hal yang diadukan tidak ditemukan lagi ketika lokasi ditinjau."
    return {"kegiatan": watched, "hasil_evaluasi": [row], "simpulan": "Rekomendasi dilaksanakan."}


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
