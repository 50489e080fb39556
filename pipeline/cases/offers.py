"""The moves that somebody may make on a case now, with their forms as a screen shows them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.cases.case import Case
from pipeline.cases.deadlines import current_state
from pipeline.cases.forms import FormField
from pipeline.cases.moves import Open, open_moves
from pipeline.cases.papers import title_of
from pipeline.cases.sop import BACK, OPENINGS, STAY, Sop

#: Kinds of answer that hold for several moves (a date that was proposed, a place); words are written anew each time.
_KEPT = ("teks", "tanggal", "waktu", "daftar")


@dataclass(frozen=True, slots=True)
class Offer:
    """A move that is open to somebody: in which of their roles, with which questions, and what they answer by default.

    ``forward``: it leads on the straight way or out of it from where the case stands; the others are at hand always.
    ``here``: it belongs to this state, though it may leave the case in it (what is noted while an agency is watched).
    ``register``: the register's fields belong to the form, with what they hold now. ``file``: ``boleh`` or ``wajib``.
    """

    key: str
    label: str
    roles: tuple[str, ...]
    fields: tuple[FormField, ...]
    register: tuple[FormField, ...]
    known: Mapping[str, Any]
    file: str
    file_title: str
    forward: bool
    here: bool


def offers(case: Case, sop: Sop, roles: Collection[str]) -> tuple[Offer, ...]:
    """Return the moves open to somebody with these roles, those that lead on first."""
    mine = [o for o in open_moves(case, sop) if not roles or not set(o.roles).isdisjoint(roles)]
    found = [_offer(opened, case, sop, roles) for opened in mine]
    return tuple(sorted(found, key=lambda offer: not offer.forward))


def elsewhere(case: Case, sop: Sop, roles: Collection[str]) -> tuple[str, tuple[str, ...]] | None:
    """Return the move that leads straight on, if it is for others to make: its label and their roles."""
    awaited = current_state(case, sop).awaits
    ahead = (o for o in open_moves(case, sop) if _forward(o) and not set(o.roles).isdisjoint(awaited))
    first = next(ahead, None)
    return (first.move.label, first.roles) if first and set(first.roles).isdisjoint(roles) else None


def plain(value: Any) -> Any:
    """Return a field's value without its evidence: ``nilai`` alone, in lists and persons too."""
    if isinstance(value, list | tuple):
        return [plain(v) for v in value]
    if isinstance(value, Mapping):
        return value["nilai"] if "nilai" in value else {k: plain(v) for k, v in value.items()}
    return value


def answer_of(field: FormField, case: Case) -> Any:
    """Return what the register holds for a field; a right that was read by its number is named."""
    known = plain(case.fields.get(field.name))
    if field.kind == "pilihan-banyak":
        return [_named(field, item) for item in known or []]
    return _told(known) if isinstance(known, Mapping) else known


def _named(field: FormField, item: Any) -> str:
    text = str(item)
    return field.choices[int(text) - 1] if text.isdecimal() and 0 < int(text) <= len(field.choices) else text


def _told(group: Mapping[str, Any]) -> str:
    """Return a group of details (a counsel's names, office, letter) as one line."""
    parts = (v for value in group.values() for v in (value if isinstance(value, list) else [value]))
    return ", ".join(str(part) for part in parts if part)


def _offer(opened: Open, case: Case, sop: Sop, roles: Collection[str]) -> Offer:
    move = opened.move
    register = sop.register if move.register else ()
    answered = {name: v for m in case.made if m.decision.move != move.key for name, v in m.decision.values.items()}
    known = {f.name: answered[f.name] for f in move.form if f.kind in _KEPT and f.name in answered and not f.phrases}
    known |= _given_before(opened, case, sop)
    known |= {f.name: answer_of(f, case) for f in register}
    return Offer(
        key=move.key,
        label=move.label,
        roles=tuple(role for role in opened.roles if role in roles),
        fields=move.form,
        register=register,
        known=known,
        file=move.file,
        file_title=title_of(move.file_kind) if move.file else "",
        forward=_forward(opened),
        here=_here(opened),
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
