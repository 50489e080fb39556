"""The attendance list of an audience (SOP step 5): agencies are printed, names and signatures written by hand.

It lies open on the table: who must not be named does not write on it, but on a leaf that stays in this office.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.access.handed_on import handing_on
from pipeline.access.masking import masked
from pipeline.cases.kept_identity import keeps_somebody
from pipeline.letters.sheets import hands, texts
from pipeline.letters.sheets.audience import INVITED, agenda, guests, meetings, when_and_where
from pipeline.letters.sheets.sheet_facts import Maker, MoveMade, SheetFacts
from pipeline.letters.sheets.specimens import Cases
from pipeline.letters.sheets.texts import internal
from pipeline.office import wording
from pipeline.office.office import Office
from pipeline.office.roles import DRAFTS

ATTENDANCE = "05-daftar-hadir"
#: Rows of the list: at least so many, and so many more than guests.
LEAST_ROWS, SPARE_ROWS = 15, 5


def _attendance(facts: SheetFacts, office: Office) -> dict[str, Any]:
    move = facts.last(INVITED)
    expected = [("", guest) for guest in _guests(facts, move)] + _own(facts, office)
    rows = max(LEAST_ROWS, len(expected) + SPARE_ROWS)
    return {
        **internal(facts, office),
        **when_and_where(move),
        "acara": agenda(facts, move),
        "ada_dirahasiakan": "ya" if keeps_somebody(facts.fields, facts.channel or "") else "",
        "daftar": [_row(n, *who) for n, who in enumerate((*expected, *[("", "")] * (rows - len(expected))), 1)],
    }


def _guests(facts: SheetFacts, move: MoveMade | None) -> list[str]:
    """Return who is invited, and the agency that handed the complaint on, where others may read which it is."""
    invited, agency = guests(facts, move), handing_on(facts.fields)
    return [*invited, *([agency] if agency and agency not in invited else [])]


def _own(facts: SheetFacts, office: Office) -> list[tuple[str, str]]:
    """Return the office's own people who are at an audience, each once: names and titles on its day.

    Who is called as somebody who must not be named is writes the name by hand.
    """
    day = texts.day(facts.last(INVITED), "tanggal_audiensi") or facts.drafted_on
    drafting = office.roles.having(DRAFTS)  # who writes of it is there, the leader first, the clerks last
    lanes = dict.fromkeys([hands.signing(facts, office), *(one for one in drafting if one != hands.clerk(office))])
    holders = (office.holder(lane, day) for lane in (*lanes, hands.clerk(office)))
    own = dict.fromkeys((one.name, one.printed_title) for one in holders if one)
    return [(name if masked(name, facts.fields) == name else "", title) for name, title in own]


def _row(number: int, name: str, guest: str) -> dict[str, Any]:
    """Return a row of the list; signatures zigzag, so that each has the height of two rows."""
    mark = f"{number}."
    left = number % 2 == 1
    return {
        "nomor": number,
        "nama": wording.unbroken(name),
        "unsur": wording.unbroken(guest),
        "kiri": mark if left else "",
        "kanan": "" if left else mark,
    }


SHEETS: Mapping[str, Maker] = {ATTENDANCE: _attendance}
CASES: Cases = {ATTENDANCE: {name: {"moves": (move,)} for name, move in meetings(INVITED).items()}}
