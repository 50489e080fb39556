"""The ways through an SOP: which states a case can come to, and from which it can come to an end."""

from __future__ import annotations

from pipeline.cases import sop_words
from pipeline.cases.sop import Sop
from pipeline.cases.sop_rows import Move


def ending_states(sop: Sop) -> set[str]:
    """Return the states from which a case can come to an end; one that goes back may go to whatever led there."""
    ends = {s.key for s in sop.states if s.final}
    ways = {(here, there) for move in sop.moves for here in _starts(sop, move, ends) for there in _targets(move)}
    ways |= {(here, before) for here, there in ways if there == sop_words.BACK for before, to in ways if to == here}
    found, grown = ends, True
    while grown:
        more = {here for here, there in ways if there in found} - found
        found, grown = found | more, bool(more)
    return found


def _starts(sop: Sop, move: Move, ends: set[str]) -> set[str]:
    anywhere = any(start in sop_words.OPENINGS and start != sop_words.ENDED for start in move.start)
    return {*move.start, *({s.key for s in sop.states} - ends if anywhere else ())}


def _targets(move: Move) -> set[str]:
    return {*move.branches.values(), move.to} - {"", sop_words.STAY}


def reached(sop: Sop) -> set[str]:
    """Return the states that a case can come to, from the first one on."""
    ends = {s.key for s in sop.states if s.final}
    seen: set[str] = set()
    queue = [sop.first]
    while queue:
        here = queue.pop()
        if here in seen:
            continue
        seen.add(here)
        for move in sop.moves:
            if here in move.start or (sop_words.ANY in move.start and here not in ends):
                queue += _targets(move) - {sop_words.BACK}
    return seen
