"""The invitations to an audience (SOP step 5): one to the parties, and one to the complainant alone.

The parties' letter says neither who complains nor whether they come; the complainant's says that it does not.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pipeline.access.children import child_is_victim
from pipeline.access.identities import agreed
from pipeline.cases.case_kind import GROUP
from pipeline.letters.sheets import oral_complaint, phrasing, texts
from pipeline.letters.sheets.audience import INVITED, agenda, guests, matter, meetings, when_and_where
from pipeline.letters.sheets.complaint_words import kind_of
from pipeline.letters.sheets.sheet_facts import Maker, SheetFacts
from pipeline.letters.sheets.specimens import Cases, made
from pipeline.letters.sheets.texts import issued
from pipeline.letters.sheets.to_complainant import letter_to_complainant
from pipeline.office import wording
from pipeline.office.office import Office
from pipeline.office.wording import said

INVITATION = "05-undangan-audiensi"
TO_COMPLAINANT = "05-undangan-pelapor"
_COMPLAINANT_INVITED = "undang-pelapor"

#: More guests than these are listed on a page of their own.
GUESTS_ON_THE_LETTER = 3
#: So many average letters of things to bring stand in one line of a sentence; more are listed.
SHORT_SENTENCE = 60
#: What a proxy acts by.
_POWER = "Surat kuasa"
_NOBODY = ["................................"]


def _invitation(facts: SheetFacts, office: Office) -> dict[str, Any]:
    move = facts.last(INVITED)
    invited = guests(facts, move)
    many = len(invited) > GUESTS_ON_THE_LETTER
    several = len(invited) > 1 and not many
    return {
        **issued(facts, office),
        "lampiran_naskah": wording.counted(1, "lembar") if many else "-",
        "yth": ["Pejabat sebagaimana tercantum dalam lampiran"] if many else [] if several else invited or _NOBODY,
        "undangan_di_surat": invited if several else [],
        "di": "tempat masing-masing" if len(invited) > 1 else "Tempat",
        **when_and_where(move),
        "acara": agenda(facts, move),
        "pokok_pengaduan": matter(facts),
        "undangan": invited,
        "daftar_undangan": invited if many else [],
        "pihak": invited,
        "korban_anak": child_is_victim(facts.fields),
        "cara_bertanya": office.asking,
        "tembusan": texts.copied_to_division(facts, office),
    }


def _to_complainant(facts: SheetFacts, office: Office) -> dict[str, Any]:
    move, called = facts.last(_COMPLAINANT_INVITED), facts.last(INVITED)
    several = len(facts.fields.get("pelapor") or []) > 1 or bool(said(facts.fields.get("jumlah_kelompok")))
    told = letter_to_complainant(facts, office)
    brought = _brought(texts.items(move, "dibawa"), proxy=bool(told["selaku_kuasa"]))
    return {
        **told,
        **when_and_where(called),
        "acara": phrasing.capital(texts.line(called, "acara")),
        "dibawa": brought,
        "satu_dibawa": _in_a_sentence(brought),
        "bersama": "ya" if several else "",
        "kelompok": "ya" if GROUP in kind_of(facts) else "",
        "korban_anak": child_is_victim(facts.fields),
        "dirahasiakan": "" if agreed(facts.fields) else "ya",
    }


def _in_a_sentence(things: list[str]) -> str:
    """Return what a sentence names instead of a list: a single thing, or a few short ones."""
    told = wording.enumerated([phrasing.within(thing) for thing in things])
    return told if len(things) == 1 or wording.width(told) <= SHORT_SENTENCE else ""


def _brought(asked: list[str], *, proxy: bool) -> list[str]:
    """Return what is to be brought; a proxy shows the power of attorney, whether or not anybody thought of it."""
    told = [text.rstrip(".;") for text in asked]
    thought_of = any(_POWER.casefold() in text.casefold() for text in told)
    return [*told, f"{_POWER} asli"] if proxy and not thought_of else told


SHEETS: Mapping[str, Maker] = {INVITATION: _invitation, TO_COMPLAINANT: _to_complainant}

_NUMBERED = {"naskah_number": "W.8-HA.01.07-0013", "naskah_date": date(2026, 11, 30)}
_MOVES = meetings(INVITED)
_BROUGHT = ["Surat undangan ini dan kartu identitas", "Foto dan hasil uji air sumur yang terbaru"]
_ADDRESSED = made(_COMPLAINANT_INVITED, "tim-yankomas", dibawa=_BROUGHT)
_ADDRESSED_LONG = made(_COMPLAINANT_INVITED, "tim-yankomas", dibawa=[f"{_BROUGHT[1]} ke-{n}" for n in range(1, 9)])
CASES: Cases = {
    INVITATION: {
        "kosong": {"moves": (_MOVES["kosong"],)},
        "lazim": {"moves": (_MOVES["lazim"],), **_NUMBERED},
        "panjang": {"moves": (_MOVES["panjang"],), **_NUMBERED},
    },
    TO_COMPLAINANT: {
        "kosong": {"moves": (_MOVES["kosong"], made(_COMPLAINANT_INVITED, "tim-yankomas"))},
        "lazim": {"moves": (_MOVES["lazim"], _ADDRESSED), "fields": oral_complaint.TOLD, **_NUMBERED},
        "panjang": {"moves": (_MOVES["panjang"], _ADDRESSED_LONG), "fields": oral_complaint.WORDY, **_NUMBERED},
    },
}
