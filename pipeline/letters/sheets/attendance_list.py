"""The attendance list of an audience (SOP step 5): agencies are printed, names and signatures written by hand.

It lies open on the table: who must not be named does not write on it, but on a leaf that stays in this office.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.access.identities import agreed
from pipeline.letters.sheets import texts
from pipeline.letters.sheets.audience import INVITED, agenda, guests, meetings, when_and_where
from pipeline.letters.sheets.sheet_facts import Maker, SheetFacts
from pipeline.letters.sheets.specimens import Cases
from pipeline.letters.sheets.texts import internal
from pipeline.office import wording
from pipeline.office.office import Office

ATTENDANCE = "05-daftar-hadir"
#: Rows of the list: at least so many, and so many more than guests.
LEAST_ROWS, SPARE_ROWS = 15, 5


def _attendance(facts: SheetFacts, office: Office) -> dict[str, Any]:
    move = facts.last(INVITED)
    invited = guests(facts, move)
    rows = max(LEAST_ROWS, len(invited) + SPARE_ROWS)
    return {
        **internal(facts, office, "kabid"),
        **when_and_where(move),
        "acara": agenda(facts, move),
        "ada_dirahasiakan": "" if texts.from_news(facts) or agreed(facts.fields) else "ya",
        "daftar": [_row(n, invited[n - 1] if n <= len(invited) else "") for n in range(1, rows + 1)],
    }


def _row(number: int, guest: str) -> dict[str, Any]:
    """Return a row of the list; signatures zigzag, so that each has the height of two rows."""
    mark = f"{number}."
    left = number % 2 == 1
    return {
        "nomor": number,
        "unsur": wording.unbroken(guest),
        "kiri": mark if left else "",
        "kanan": "" if left else mark,
    }


SHEETS: Mapping[str, Maker] = {ATTENDANCE: _attendance}
CASES: Cases = {ATTENDANCE: {name: {"moves": (move,)} for name, move in meetings(INVITED).items()}}
