"""The moves that are open for a case, as front ends show them. The shape is a public contract."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.cases.case import Case
from pipeline.cases.forms import FormField
from pipeline.cases.moves import Open, open_moves, still_blank
from pipeline.cases.sop import Sop


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a form."""

    name: str
    label: str
    kind: str
    choices: tuple[str, ...]
    required: bool
    phrases: tuple[str, ...] = field(metadata={"exclude": True})
    past: bool = field(metadata={"exclude": True})


@dataclass(frozen=True, slots=True)
class MoveView:
    """A move that is open, to whom, and what it asks."""

    key: str
    label: str
    roles: tuple[str, ...]
    required: tuple[str, ...]
    fields: tuple[Question, ...]
    register: bool = field(metadata={"description": "isian register boleh disertakan"})
    file: str = field(metadata={"description": "berkas: kosong, boleh, atau wajib"})


def moves_view(case: Case, sop: Sop) -> list[MoveView]:
    """Return the moves that are open for a case.

    ``required`` also names the register's fields that the move requires and that are still blank.
    """
    return [_view(opened, case, sop) for opened in open_moves(case, sop)]


def _view(opened: Open, case: Case, sop: Sop) -> MoveView:
    move = opened.move
    blanks = still_blank(move, case, sop, {}) if move.register else ()
    return MoveView(
        key=move.key,
        label=move.label,
        roles=tuple(opened.roles),
        required=tuple(f.name for f in (*move.form, *blanks) if f.required),
        fields=tuple(map(_question, move.form)),
        register=move.register,
        file=move.file,
    )


def _question(f: FormField) -> Question:
    return Question(f.name, f.label, f.kind, f.choices, f.required, f.phrases, f.past)
