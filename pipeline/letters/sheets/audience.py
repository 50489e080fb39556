"""What the papers of an audience (SOP step 5) share: when and where it is, what it is about, and who is invited.

Others read most of them: they do not say who complains, nor whether whoever complains comes too.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pipeline.access.identities import OFFICIALS
from pipeline.access.masking import is_complainants, masked, naming
from pipeline.letters.sheets import phrasing, texts
from pipeline.letters.sheets.agency_letter import US, untold
from pipeline.letters.sheets.complaint_words import news_called
from pipeline.letters.sheets.sheet_facts import MoveMade, SheetFacts
from pipeline.letters.sheets.specimens import made
from pipeline.office import wording
from pipeline.office.wording import said

#: The moves of an audience: proposed, called together, held.
PROPOSED, INVITED, HELD = "usulkan-audiensi", "undang", "laksanakan"


def when_and_where(move: MoveMade | None) -> dict[str, Any]:
    """Return day, hour and place as a form said them."""
    day = texts.day(move, "tanggal_audiensi")
    return {
        "hari_tanggal": wording.weekday_date(day) if day else "",
        "waktu": texts.line(move, "waktu_audiensi"),
        "tempat_audiensi": texts.line(move, "tempat_audiensi"),
    }


def agenda(facts: SheetFacts, move: MoveMade | None) -> str:
    """Return what the audience is for, without who complains."""
    return phrasing.capital(masked(texts.line(move, "acara"), facts.fields))


def matter(facts: SheetFacts, *, to: str = US) -> str:
    """Return what the case is about, for the middle of a sentence, without who complains; ``to``: who handles it."""
    topic = phrasing.begun_small(phrasing.topic(masked(said(facts.fields.get("perihal")), facts.fields)))
    kind = f"perkara berdasarkan {news_called(facts.fields)}" if texts.from_news(facts) else untold(facts, to=to)
    return f"{kind} mengenai {topic}" if topic else kind


def guests(facts: SheetFacts, move: MoveMade | None) -> list[str]:
    """Return who is invited beside the complainant, the proxy and the victim, who are reached by a letter of their own.

    A child is called by no letter: whoever cares for it comes.
    """
    victims = {name: facts.fields.get(name) for name in ("korban", OFFICIALS)}
    invited = (guest for guest in texts.items(move, "pihak") if not is_complainants(guest, facts.fields))
    return [guest for guest in invited if not any(named.sure for named in naming(guest, victims))]


_LONG_GUEST = "Kepala Dinas Lingkungan Hidup, Kehutanan, dan Pertanahan Kabupaten Contoh Utara selaku koordinator"
_LEAST: dict[str, Any] = {
    "tanggal_audiensi": "2026-12-02",
    "waktu_audiensi": "09.00 WIB",
    "tempat_audiensi": "Ruang Rapat",
    "acara": "Klarifikasi",
    "pihak": ["Kepala Desa Contoh Jaya"],
}
_USUAL: dict[str, Any] = {
    "tanggal_audiensi": "2026-12-02",
    "waktu_audiensi": "09.00 WIB sampai dengan selesai",
    "tempat_audiensi": "Ruang Rapat Kantor Wilayah, Jalan Contoh Nomor 1, Bengkulu",
    "acara": "Klarifikasi dan koordinasi penanganan pencemaran sumur warga",
    "pihak": ["Kepala Dinas Lingkungan Hidup Kabupaten Contoh", "Direktur PT Contoh Sawit Makmur", "Sari Melati"],
}
_LONGEST: dict[str, Any] = {
    "tanggal_audiensi": date(2026, 12, 2),
    "waktu_audiensi": "09.00 WIB sampai dengan selesai, dilanjutkan peninjauan lapangan setelah istirahat siang",
    "tempat_audiensi": "Ruang Rapat Kantor Wilayah, Jalan Contoh Nomor 1, Bengkulu " * 3,
    "acara": "Klarifikasi dan koordinasi penanganan pencemaran sumur warga serta pemulihannya " * 12,
    "pihak": [_LONG_GUEST] * 2 + ["Yusuf Pratama, warga"] + [f"Kepala Desa Contoh KM {n}" for n in range(1, 28)],
}
#: What the forms of the invented cases say of an audience: the least, the usual, the most.
MEETINGS: Mapping[str, Mapping[str, Any]] = {"kosong": _LEAST, "lazim": _USUAL, "panjang": _LONGEST}


def meetings(key: str, extra: Mapping[str, Any] | None = None) -> dict[str, MoveMade]:
    """Return by invented case the move that says when, where, what for and with whom."""
    return {name: made(key, "kasubbid", **values, **(extra or {})) for name, values in MEETINGS.items()}
