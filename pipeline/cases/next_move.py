"""What somebody is to do with a case, told by its state alone: lists of thousands of cases open no folder for it."""

from __future__ import annotations

from collections.abc import Collection

from pipeline.cases.sop import Sop
from pipeline.cases.sop_rows import Move
from pipeline.cases.sop_words import AWAITED, BACK, STAY


def next_move(sop: Sop, state: str, roles: Collection[str]) -> Move | None:
    """Return the first move, in the SOP's order, by which somebody with these roles leads a case on from a state.

    What the case itself may keep from it (letters, a complainant) is not looked at: whoever makes it asks again.
    """
    mine = {*roles, AWAITED}
    ahead = (m for m in sop.moves if state in m.start and m.to not in (STAY, BACK))
    return next((move for move in ahead if not mine.isdisjoint(move.roles)), None)
