"""What the machine proposes: the moves that people would make now if they thought of them. People decide.

A silent agency is warned when the day is over on which its answer was asked for (SOP step 7).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pipeline.cases.case import Case
from pipeline.cases.letter_life import asked_until, current_letters
from pipeline.cases.moves import open_moves
from pipeline.cases.sop import Sop
from pipeline.cases.sop_rows import Proposed


@dataclass(frozen=True, slots=True)
class Proposal:
    """A move that is proposed once this day is over, and the roles that may make it."""

    move: str
    label: str
    roles: tuple[str, ...]
    after: date


def proposals(case: Case, sop: Sop) -> tuple[Proposal, ...]:
    """Return the moves that are, or will be, proposed as the case stands."""
    days = {
        move.proposed: asked_until(case, move.proposed.letter, move.proposed.until)
        for move in sop.moves
        if move.proposed
    }
    if not any(days.values()):
        return ()  # most cases: no letter of theirs asks for an answer
    return tuple(
        Proposal(opened.move.key, opened.move.label, opened.roles, day)
        for opened in open_moves(case, sop)
        if (when := opened.move.proposed) and (day := days[when]) and _is_unanswered(when, case, sop)
    )


def _is_unanswered(proposed: Proposed, case: Case, sop: Sop) -> bool:
    """Say whether the letter was sent, and no answer was noted since."""
    letter = current_letters(case, sop).get(proposed.letter)
    if letter is None or (sent := letter.sent) is None:
        return False
    return not any(made.decision.move == proposed.answered and made.at > sent.at for made in case.made)
