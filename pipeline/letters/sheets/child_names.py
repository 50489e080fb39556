"""The names of children that a complaint is about, for sheets that people carry about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.access.masking import masked
from pipeline.office.wording import all_said, said

#: The register's words for a victim who is a child, and for whoever complains of what was done to themselves.
_CHILD, _VICTIM = "anak", "korban"
#: What stands where the child's name is asked for.
IN_PLACE = "Anak (nama tercatat pada register)"


def child_complains(fields: Mapping[str, Any]) -> bool:
    """Say whether the complainant is the child that the complaint is about."""
    return _concerns_child(fields) and said(fields.get("kapasitas")).casefold() == _VICTIM


def without_children(text: str, fields: Mapping[str, Any]) -> str:
    """Return the text without the names of the children that the complaint is about."""
    if not _concerns_child(fields):
        return text
    hidden = ("korban", "pelapor") if child_complains(fields) else ("korban",)
    return masked(text, {name: fields.get(name) for name in hidden})


def _concerns_child(fields: Mapping[str, Any]) -> bool:
    marks = fields.get("kerentanan")
    return _CHILD in {word.casefold() for word in all_said(marks) or [said(marks)]}
