"""The names of children that a complaint is about, for sheets that people carry about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.access.masking import masked
from pipeline.cases.case_kind import CHILD, GROUP, kind_of_case
from pipeline.office.wording import said

#: The register's word for whoever complains of what was done to themselves.
_VICTIM = "korban"
#: What stands where the child's name is asked for.
IN_PLACE = "Anak (nama tercatat pada register)"


def concerns_child(fields: Mapping[str, Any]) -> bool:
    """Say whether the register marks a child as vulnerable in this case."""
    return CHILD in kind_of_case(fields, "")


def child_is_victim(fields: Mapping[str, Any]) -> bool:
    """Say whether the case is a child's: of a group, children are some among many, whom nobody named."""
    return concerns_child(fields) and said(fields.get("kapasitas")).casefold() != GROUP


def child_complains(fields: Mapping[str, Any]) -> bool:
    """Say whether the complainant is the child that the complaint is about."""
    return concerns_child(fields) and said(fields.get("kapasitas")).casefold() == _VICTIM


def without_children(text: str, fields: Mapping[str, Any]) -> str:
    """Return the text without the names of the children that the complaint is about."""
    if not concerns_child(fields):
        return text
    hidden = ("korban", "pelapor") if child_complains(fields) else ("korban",)
    return masked(text, {name: fields.get(name) for name in hidden})
