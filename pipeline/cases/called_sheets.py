"""What a move calls for: which sheets are drafted after it, which letters get their number, who may edit them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.cases import sop as table
from pipeline.cases.case import Case
from pipeline.cases.moves import LETTER, Filled, says
from pipeline.cases.sop import Move, Sop

#: The register's field that names who complains.
_COMPLAINANT = "pelapor"


def called_sheets(move: Move, case: Case, sop: Sop, filled_in: Filled) -> tuple[str, ...]:
    """Return the templates that are to be drafted after the move.

    Sheets that the machine drafted from its own reading are drafted again only if a person corrected it. A case that
    nobody complained of, opened from the news, gets no sheet for the complainant.
    """
    if move.sheets == (table.UNSIGNED_DRAFTS,):
        return tuple(t for t in case.drafts if t not in case.signed)
    if move.sheets == (table.CHOSEN,):
        return (str(filled_in.values[LETTER]),)
    changed = any(case.register.get(name) != value for name, value in filled_in.register.items())
    told = _has_complainant(case, sop, filled_in.register)
    called = (t for t in move.sheets if told or not sop.sheet(t).to_complainant)
    return tuple(t for t in called if changed or not move.register or t not in case.drafts)


def _has_complainant(case: Case, sop: Sop, register: Mapping[str, Any]) -> bool:
    """Say whether somebody complained: always, but of a case that may be opened without one, if none was named."""
    opening = sop.opening(case.received.channel)
    known = {**case.fields, **register}
    return not opening or _COMPLAINANT not in opening.exempt or says(known.get(_COMPLAINANT))


def file_kind(move: Move, filled_in: Filled) -> str:
    """Return the kind under which the file that comes with the move is kept."""
    return str(filled_in.values[LETTER]) if move.file_kind == table.CHOSEN else move.file_kind


def letters_to_number(move: Move, case: Case, sop: Sop, values: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the templates of the outgoing letters that get their number by this move."""
    if not move.numbers:
        return ()
    if LETTER in values:
        return (values[LETTER],)
    return tuple(t for t in move.sheets if sop.sheet(t).outgoing and t not in case.numbers)


def editors(sop: Sop, template: str) -> tuple[str, ...]:
    """Return the roles that may edit a drafted sheet: those by whose moves it is drafted, and its signer."""
    makers = [role for move in sop.moves if template in move.sheets for role in move.roles]
    openers = [role for opening in sop.openings if template in opening.sheets for role in opening.roles]
    signer = sop.sheet(template).signer
    return tuple(dict.fromkeys([*makers, *openers, *([signer] if signer else [])]))
