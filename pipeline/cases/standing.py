"""Where a case stands, as people are told: the SOP's state, or the letter of it that somebody is to see to first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from pipeline.cases import sop_words
from pipeline.cases.case import Case
from pipeline.cases.deadlines import current_state
from pipeline.cases.duties import awaits_words, duties, needs_person
from pipeline.cases.letter_life import WAITS_FOR, Letter, current_letters
from pipeline.cases.record_standing import DESTROYED
from pipeline.cases.sop import Sop, title_of
from pipeline.cases.sop_rows import State

#: The labels of what no state of the SOP's table says.
NEEDS_PERSON, IN_WORK = "perlu petugas", "sedang dikerjakan mesin"
#: What stands behind the state of a case that was taken over from an old register.
OF_OLD_BOOK = "(buku lama)"
#: The acts on a letter, in the order in which its life brings them.
_ORDER = (sop_words.HAND_IN, sop_words.INITIAL, sop_words.NUMBER, sop_words.SIGN, sop_words.SEND, sop_words.RECEIVE)


def standing_state(case: Case, sop: Sop) -> State:
    """Return the state in which the case stands, waiting for those whose turn it is with the letter of that state."""
    return standing_by(case, sop, lambda: current_letters(case, sop))


def standing_by(case: Case, sop: Sop, letters: Callable[[], Mapping[str, Letter]]) -> State:
    """Return the same by the case's newest letters, which are asked for where it waits for one that is drafted."""
    state = current_state(case, sop)
    if state.gate is None:
        return state
    if awaits_words(case, sop, state.gate.letter):
        return replace(state, label=f"{title_of(state.gate.letter).lower()} belum dikonsep")
    letter = letters().get(state.gate.letter)
    if letter is None or letter.turn is None or is_past(letter, state.gate.until):
        return state
    return replace(state, awaits=letter.turn.roles, label=f"{letter.title.lower()} {WAITS_FOR[letter.turn.act]}")


def is_past(letter: Letter, act: str) -> bool:
    """Say whether a letter's turn has come for something later than this act, or nothing more is to be done to it."""
    if letter.turn is None:
        return letter.signed is not None
    return _ORDER.index(letter.turn.act) > _ORDER.index(act)


def state_label(here: State, case: Case, sop: Sop) -> str:
    """Return what the case is waiting for, in the office's words; ``here`` is its :func:`standing_state`."""
    if case.gone:
        return f"{DESTROYED} ({case.destroyed_by})"
    if needs_person(case):
        return NEEDS_PERSON
    if duties(case, sop):
        return IN_WORK
    return f"{here.label} {OF_OLD_BOOK}" if case.imported else here.label
