"""The way that a complaint is passed down by disposition, as an edition of the SOP has it."""

from __future__ import annotations

from pipeline.cases.case import Case
from pipeline.cases.sop import Sop
from pipeline.cases.sop_rows import Move, Sheet

#: The question of a disposition: with which words the complaint is passed on.
WORDS = "isi_disposisi"


def hops(sop: Sop) -> tuple[tuple[str, str], ...]:
    """Return from which role to which the complaint goes: handed in, then disposed of by one after another.

    A disposition whose answer decides where the case goes (that on a proposed audience) is no part of the way.
    """
    given = [move for move in sop.moves if not move.branch and any(asked.name == WORDS for asked in move.form)]
    if not given:
        return ()
    handed_in = next((move for move in sop.moves if move.to == given[0].start[0]), None)
    return tuple((move.roles[0], _taker(move, sop)) for move in (*([handed_in] if handed_in else []), *given))


def awaits_ink(sheet: Sheet, case: Case, sop: Sop) -> bool:
    """Say whether a sheet is still to come back signed.

    The sheet of a disposition is nobody's to sign: each official writes a row of it, by hand or by their move, and
    what the SOP asks for is the disposition (step 4). Once the case waits for none, what it said is in the journal.
    """
    given = [move for move in sop.moves if sheet.template in move.sheets and any(a.name == WORDS for a in move.form)]
    if not sheet.signed or sheet.signers or not given:
        return sheet.signed
    here = case.state(sop.first)
    disposed = any(made.decision.move in {move.key for move in given} for made in case.made)
    return not sop.state(here).final and (not disposed or any(here in move.start for move in given))


def _taker(move: Move, sop: Sop) -> str:
    return next(iter(sop.state(move.to).awaits), "")
