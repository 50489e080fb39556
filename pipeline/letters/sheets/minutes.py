"""The minutes of an audience (SOP step 5): who came, what was said, what was agreed, and everybody's signature."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.letters.sheets import texts
from pipeline.letters.sheets.audience import HELD, INVITED, agenda, matter, meetings
from pipeline.letters.sheets.sheet_facts import Maker, SheetFacts
from pipeline.letters.sheets.specimens import Cases, made
from pipeline.letters.sheets.texts import internal
from pipeline.office import wording
from pipeline.office.office import Office
from pipeline.office.wording import said

MINUTES = "05-berita-acara"
_WHO = ("nama", "jabatan")
_AGREED = ("butir", "penanggung_jawab", "tenggat")


def _minutes(facts: SheetFacts, office: Office) -> dict[str, Any]:
    move = facts.last(HELD)
    day = texts.day(move, "tanggal_pelaksanaan")
    common = internal(facts, office, "kabid")
    title = common["penandatangan_jabatan"].replace("\n", ", ")
    name = common["penandatangan_nama"]
    came = texts.rows(move, "hadir", _WHO)
    parties = [row for row in came if not name or _plain(row["nama"]) != _plain(name)]
    leader = {"nama": name or title, "jabatan": title if name else "", "peran": "pemimpin audiensi"}
    return {
        **common,
        "hari_terbilang": wording.date_in_words(day) if day else "",
        "tanggal_angka": f"{day:%d/%m/%Y}" if day else "",
        "tempat_pelaksanaan": texts.line(move, "tempat_pelaksanaan"),
        "acara": texts.within(agenda(facts, facts.last(INVITED))),
        "pokok_pengaduan": matter(facts),
        "hadir": [leader, *({**row, "peran": ""} for row in parties)],
        "para_pihak": [_signer(row) for row in parties],
        "hasil": [texts.capital(text) for text in texts.items(move, "hasil")],
        "kesepakatan": [_agreed(row) for row in texts.rows(move, "kesepakatan", _AGREED)],
        "saksi": [_signer(row) for row in texts.rows(move, "saksi", _WHO)],
    }


def _plain(name: str) -> str:
    """Return a name as it is compared: without the degrees after it."""
    return name.partition(",")[0].casefold()


def _signer(row: Mapping[str, str]) -> dict[str, str]:
    """Return who signs in a row of a table, where numbers stay beside their words."""
    return {name: wording.unbroken(text) for name, text in row.items()}


def _agreed(row: Mapping[str, str]) -> dict[str, str]:
    """Return one thing that was agreed: what, with whom, until when; blank where nothing was said."""
    told = {**row, "tenggat": wording.as_date(row["tenggat"])}
    return {name: wording.unbroken(texts.capital(said(text))) for name, text in told.items()}


SHEETS: Mapping[str, Maker] = {MINUTES: _minutes}

_LONG_TITLE = "Kepala Dinas Lingkungan Hidup, Kehutanan, dan Pertanahan Kabupaten Contoh Utara selaku koordinator"
_LONG_TEXT = "Perusahaan menyampaikan rencana perbaikan kolam limbah beserta jadwal dan penanggung jawabnya. " * 4
_USUAL: Mapping[str, Any] = {
    "tanggal_pelaksanaan": "2026-12-02",
    "tempat_pelaksanaan": "Ruang Rapat Kantor Wilayah, Bengkulu",
    "hadir": [
        "Eko Contoh | Kepala Bidang HAM",
        "Joko Contoh, S.T. | Kepala Dinas Lingkungan Hidup Kabupaten Contoh",
        "Maya Contoh | Direktur PT Contoh Sawit Makmur",
        "Sari Melati | Pelapor",
    ],
    "hasil": [
        "Perusahaan mengakui kolam limbah bocor sejak September 2026.",
        "Dinas Lingkungan Hidup menerangkan bahwa sebelas sumur warga tidak memenuhi baku mutu air bersih.",
    ],
    "kesepakatan": [
        "Memperbaiki kolam limbah | PT Contoh Sawit Makmur | 2026-12-18",
        "Memeriksa air sebelas sumur warga setiap bulan | Dinas Lingkungan Hidup Kabupaten Contoh | 2027-06-30",
        "Menyediakan air bersih | PT Contoh Sawit Makmur | sampai sumur dapat dipakai kembali",
    ],
    "saksi": ["Lina Contoh | Sekretaris Desa Contoh Jaya"],
}
_LEAST: Mapping[str, Any] = {
    "tanggal_pelaksanaan": "2026-12-02",
    "tempat_pelaksanaan": "Ruang Rapat",
    "hadir": ["Eko Contoh | Kepala Bidang HAM"],
    "hasil": ["Para pihak sepakat berdamai."],
}
_LONGEST: Mapping[str, Any] = {
    **_USUAL,
    "hadir": [f"Prof. Dr. Ir. Contoh Panjang Namanya ke-{n}, S.H., M.H. | {_LONG_TITLE}" for n in range(1, 21)],
    "hasil": [_LONG_TEXT] * 9,
    "kesepakatan": [entry for entry in _USUAL["kesepakatan"] for _ in range(4)],
    "saksi": [f"Saksi Contoh ke-{n} | {_LONG_TITLE}" for n in range(1, 6)],
}
_CALLED = meetings(INVITED)
CASES: Cases = {
    MINUTES: {
        "kosong": {"moves": (made(HELD, "kabid", **_LEAST),)},
        "lazim": {"moves": (_CALLED["lazim"], made(HELD, "kabid", **_USUAL))},
        "panjang": {"moves": (_CALLED["panjang"], made(HELD, "kabid", **_LONGEST))},
    },
}
