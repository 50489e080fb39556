"""What is offered to somebody who looks at a case: the moves open to them, what each asks, begun with what is known."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pipeline.cases.case import Case
from pipeline.cases.deadlines import current_state
from pipeline.cases.forms import answer_of, register_asked
from pipeline.cases.moves import LETTER, Open, moves_open_to, open_moves
from pipeline.cases.sop import Sop, title_of
from pipeline.cases.sop_rows import FormField
from pipeline.cases.sop_words import BACK, GIVE_BACK, HAND_IN, INITIAL, NUMBER, OPENINGS, RECEIVE, SEND, SIGN, STAY
from pipeline.cases.standing import standing_state

#: Kinds of answer that hold for several moves (a date that was proposed, a place); words are written anew each time.
_KEPT = ("teks", "tanggal", "waktu", "daftar")


@dataclass(frozen=True, slots=True)
class Offer:
    """A move that is open to somebody: in which of their roles, with which questions, and what they answer by default.

    ``forward``: it leads on the straight way or out of it from where the case stands; the others are at hand always.
    ``here``: it belongs to this state, though it may leave the case in it (what is noted while an agency is watched).
    ``register``: the register's fields belong to the form, with what they hold now. ``file``: ``boleh`` or ``wajib``.
    ``act`` is what it does to a letter, ``letter`` the template of the one that it is about (empty: a choice, or none).
    ``together``: it may be made on several cases with one form. ``button`` is the verb on what makes it, ``sheets`` the
    templates that are drafted of its answers.
    """

    key: str
    label: str
    button: str
    roles: tuple[str, ...]
    fields: tuple[FormField, ...]
    register: tuple[FormField, ...]
    known: Mapping[str, Any]
    file: str
    file_title: str
    forward: bool
    here: bool
    act: str
    letter: str
    sheets: tuple[str, ...] = ()
    together: bool = False

    @property
    def choices(self) -> tuple[str, ...]:
        """The letters of which it can be about one."""
        return tuple(choice for asked in self.fields if asked.name == LETTER for choice in asked.choices)

    def about(self, letters: tuple[str, ...]) -> Offer:
        """Return the offer as one that can be about these letters alone."""
        fields = (replace(f, choices=letters) if f.name == LETTER else f for f in self.fields)
        return replace(self, fields=tuple(fields))


def offers(case: Case, sop: Sop, roles: Collection[str]) -> tuple[Offer, ...]:
    """Return the moves open to somebody with these roles, those that lead on first, those that end the case last.

    Of these, handing in what was given back stands before composing it anew, by which what was mended would be lost. A
    move that ends the case is only at hand (not ``here``) where another leads on.
    """
    ends = {state.key for state in sop.states if state.final}
    mine = moves_open_to(case, sop, roles) if roles else open_moves(case, sop)
    fields = case.fields  # folded from all moves: once for all that is asked
    led_on = any(_forward(opened) and opened.move.to not in ends for opened in mine)

    def by_use(opened: Open) -> tuple[bool, bool, bool]:
        ending = opened.move.to in ends
        return not _forward(opened) or (led_on and ending), opened.move.act != HAND_IN, ending

    found = ((opened, _offer(opened, case, fields, sop, roles)) for opened in sorted(mine, key=by_use))
    return tuple(replace(o, here=o.here and not (led_on and opened.move.to in ends)) for opened, o in found)


def elsewhere(case: Case, sop: Sop, roles: Collection[str]) -> tuple[str, tuple[str, ...]] | None:
    """Return what leads on, if it is for others: a move, or what is due of a letter, and their roles.

    As in what is offered, handing in stands before composing anew, and what ends the case last.
    """
    awaited = standing_state(case, sop).awaits
    theirs = [o for o in open_moves(case, sop) if not set(o.roles).isdisjoint(awaited)]
    ahead = sorted((o for o in theirs if _forward(o) and o.move.act != GIVE_BACK), key=lambda o: o.move.act != HAND_IN)
    due = [o for o in theirs if o.move.act in (INITIAL, NUMBER, SIGN, SEND, RECEIVE)]
    ends = {state.key for state in sop.states if state.final}
    first = next(iter([*(o for o in ahead if o.move.to not in ends), *due, *ahead]), None)
    mine = first is None or not set(first.roles).isdisjoint(roles)
    return None if first is None or mine else (first.move.button or first.move.label, first.roles)


def _offer(opened: Open, case: Case, fields: Mapping[str, Any], sop: Sop, roles: Collection[str]) -> Offer:
    move = opened.move
    register = tuple(f for f in register_asked(move, case, sop) if f.name not in move.fixed)
    answered = {name: v for m in case.made if m.decision.move != move.key for name, v in m.decision.values.items()}
    known = {f.name: answered[f.name] for f in move.form if f.kind in _KEPT and f.name in answered and not f.phrases}
    known |= _given_before(opened, case, sop)
    known |= {f.name: answer_of(f, fields) for f in register}
    return Offer(
        key=move.key,
        label=move.label,
        button=move.button or move.label,
        roles=tuple(role for role in opened.roles if role in roles),
        fields=move.form,
        register=register,
        known=known,
        file=move.file,
        file_title=title_of(move.file_kind) if move.file else "",
        forward=_forward(opened),
        here=_here(opened),
        act=move.act,
        letter=move.letter,
        sheets=move.sheets,
        together=move.together,
    )


def _given_before(opened: Open, case: Case, sop: Sop) -> dict[str, Any]:
    """Return the answers that a sheet was drafted from, when the case was returned to where they were given.

    Ticked words are not kept: they are one's decision of that day.
    """
    move, here = opened.move, current_state(case, sop).key
    if not move.sheets or move.to == STAY:
        return {}
    before = [m.decision for m in case.made if m.decision.move == move.key and m.decision.start == here]
    given = before[-1].values if before else {}
    return {f.name: given[f.name] for f in move.form if f.name in given and not f.phrases}


def _forward(opened: Open) -> bool:
    return opened.move.to != STAY and _here(opened)


def _here(opened: Open) -> bool:
    move = opened.move
    return move.to != BACK and not set(move.start) & set(OPENINGS)
