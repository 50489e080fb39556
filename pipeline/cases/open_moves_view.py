"""The moves that are open for a case, as plain data. The shape is a public contract."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from pipeline.cases.case import Case
from pipeline.cases.form_field import FormField
from pipeline.cases.moves import open_moves, still_blank
from pipeline.cases.sop import Move, Sop


def moves_view(case: Case, sop: Sop) -> list[dict[str, Any]]:
    """Return the moves that are open for a case: key, label, roles, form fields, whether a file goes with it.

    ``required`` also names the register's fields that the move requires and that are still blank.
    """
    return [
        {
            "key": opened.move.key,
            "label": opened.move.label,
            "roles": list(opened.roles),
            "required": [f.name for f in (*opened.move.form, *_blanks(opened.move, case, sop)) if f.required],
            "fields": [asdict(f) for f in opened.move.form],
            "register": opened.move.register,
            "file": opened.move.file,
        }
        for opened in open_moves(case, sop)
    ]


def _blanks(move: Move, case: Case, sop: Sop) -> tuple[FormField, ...]:
    return still_blank(move, case, sop, {}) if move.register else ()
