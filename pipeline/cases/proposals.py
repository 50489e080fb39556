"""What the machine proposes: the moves that people would make now if they thought of them. People decide.

A silent agency is warned when the day is over on which its answer was asked for (SOP step 7).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pipeline.cases.case import Case
from pipeline.cases.letter_life import current_letters
from pipeline.cases.moves import open_moves
from pipeline.cases.sop import Move, Sop


@dataclass(frozen=True, slots=True)
class Proposal:
    """A move that is proposed once this day is over, and the roles that may make it."""

    move: str
    label: str
    roles: tuple[str, ...]
    after: date


def proposals(case: Case, sop: Sop) -> tuple[Proposal, ...]:
    """Return the moves that are, or will be, proposed as the case stands."""
    if not any(move.proposed for move in sop.moves):
        return ()
    return tuple(
        Proposal(opened.move.key, opened.move.label, opened.roles, day)
        for opened in open_moves(case, sop)
        if (day := _day(opened.move, case, sop)) is not None
    )


def _day(move: Move, case: Case, sop: Sop) -> date | None:
    """Return the day after which a move is proposed, or None: it is not."""
    if (proposed := move.proposed) is None:
        return None
    letter = current_letters(case, sop).get(proposed.letter)
    composed = (
        m.decision
        for m in reversed(case.made)
        if proposed.letter in m.decision.sheets and proposed.letter not in m.decision.numbers
    )
    asked = next(composed, None)
    until = asked.values.get(proposed.until) if asked else None
    if letter is None or letter.sent is None or until is None:
        return None
    if any(made.decision.move == proposed.answered and made.at > letter.sent.at for made in case.made):
        return None
    return date.fromisoformat(str(until))
