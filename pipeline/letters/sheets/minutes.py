"""The minutes of an audience (SOP step 5): who came, what was said, what was agreed, and everybody's signature.

The respondent signs them and gets a copy: they do not say who complains (:mod:`pipeline.letters.sheets.attendees`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pipeline.access.children import child_is_victim
from pipeline.letters.sheets import hands, phrasing, texts
from pipeline.letters.sheets.attendees import by_post, present, same_name, signing_witnesses
from pipeline.letters.sheets.audience import HELD, INVITED, agenda, matter, meetings
from pipeline.letters.sheets.sheet_facts import Maker, SheetFacts
from pipeline.letters.sheets.specimens import Cases, made
from pipeline.letters.sheets.texts import internal
from pipeline.office import wording
from pipeline.office.office import Office
from pipeline.office.wording import said

MINUTES = "05-berita-acara"
#: The answers that say who was there, and what each row of them says.
ATTENDED, ATTENDEE = ("hadir", "saksi"), ("nama", "jabatan")
_AGREED = ("butir", "penanggung_jawab", "tenggat")
#: As what somebody signs: the office's own people, the parties, who saw it.
_OFFICE, _PARTY, _WITNESS = "Kantor Wilayah", "Pihak", "Saksi"
#: An hour as it is typed: ``9:00``, ``pukul 09.00``, ``09.00 WIB``.
_HOUR = re.compile(r"(?:pukul|jam|pkl\.?)?\s*(\d{1,2})[.:](\d{2})\s*(.*)", re.IGNORECASE)


def _minutes(facts: SheetFacts, office: Office) -> dict[str, Any]:
    move = facts.last(HELD)
    day = texts.day(move, "tanggal_pelaksanaan")
    common = internal(facts, office)
    title = texts.decided_by(hands.signing(facts, office), facts.letter_date, office)
    leader = _leader(common["penandatangan_nama"], title, facts)
    agreed = [_agreed(row) for row in texts.rows(move, "kesepakatan", _AGREED)]
    came, parties = present(texts.rows(move, "hadir", ATTENDEE), facts, office)
    own = [one for one in came if not same_name(one.name, leader["nama"])]
    witnesses = signing_witnesses(texts.rows(move, "saksi", ATTENDEE), facts)
    signers = ((parties, _PARTY), (own, _OFFICE), (witnesses, _WITNESS))
    return {
        **common,
        "hari_terbilang": wording.date_in_words(day) if day else "",
        "tanggal_angka": wording.long_date(day) if day else "",
        "tempat_pelaksanaan": texts.line(move, "tempat_pelaksanaan"),
        "jam_mulai": _hour(texts.line(move, "jam_mulai"), facts.received_at),
        "jam_selesai": _hour(texts.line(move, "jam_selesai"), facts.received_at),
        "acara": phrasing.within(agenda(facts, facts.last(INVITED))),
        "pokok_pengaduan": matter(facts, to=_OFFICE),
        "dari_kantor": [leader, *({**one.row, "peran": ""} for one in own)],
        "hadir": [leader, *({**one.row, "peran": ""} for one in (*own, *parties))],
        "para_pihak": [one.row for one in parties],
        "hasil": [phrasing.sentence(text) for text in texts.items(move, "hasil")],
        "kesepakatan": agreed,
        "banyak_kesepakatan": wording.counted(len(agreed), "hal"),
        "saksi": [one.row for one in witnesses],
        "penanda_tangan": [{**one.row, "selaku": role} for people, role in signers for one in people],
        "korban_anak": "ya" if child_is_victim(facts.fields) else "",
        "tanda_tangan_terpisah": "ya" if any(one.hidden for people, _ in signers for one in people) else "",
    }


def _leader(name: str, title: str, facts: SheetFacts) -> dict[str, str]:
    """Return who leads, by the title where the holder of the post is not named, or called as somebody kept back is."""
    called, post = by_post(name, title, facts) if name else (title, "")
    return {"nama": called, "jabatan": post, "peran": "pemimpin audiensi"}


def _hour(typed: str, at: datetime) -> str:
    """Return an hour as the office writes it, in the zone that was typed, else that of its clock; other words stay."""
    if not (found := _HOUR.fullmatch(typed)):
        return typed
    zone = found[3] or wording.hour(at).partition(" ")[2]
    return f"{int(found[1]):02}.{found[2]}\N{NO-BREAK SPACE}{zone}".strip()


def _agreed(row: Mapping[str, str]) -> dict[str, str]:
    """Return one thing that was agreed: what, with whom, until when; blank where nothing was said."""
    told = {**row, "tenggat": wording.as_date(row["tenggat"])}
    return {name: wording.unbroken(phrasing.capital(said(text))) for name, text in told.items()}


SHEETS: Mapping[str, Maker] = {MINUTES: _minutes}

_LONG_TITLE = "Kepala Dinas Lingkungan Hidup, Kehutanan, dan Pertanahan Kabupaten Contoh Utara selaku koordinator"
_LONG_TEXT = "Perusahaan menyampaikan rencana perbaikan kolam limbah beserta jadwal dan penanggung jawabnya. " * 4
_USUAL: Mapping[str, Any] = {
    "tanggal_pelaksanaan": "2026-12-02",
    "tempat_pelaksanaan": "Ruang Rapat Kantor Wilayah, Bengkulu",
    "jam_mulai": "09.00 WIB",
    "jam_selesai": "11.30 WIB",
    "hadir": [
        "Eko Contoh | Kepala Bidang HAM",
        "Rina Contoh, S.H. | Petugas Yankomas",
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
