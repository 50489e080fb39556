"""The names of children that a complaint is about, for sheets that people carry about."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pipeline.office.wording import all_said, said

#: The register's words for a victim who is a child, and for whoever complains of what was done to themselves.
_CHILD, _VICTIM = "anak", "korban"
#: What stands in the place of a child's name, in a text and where a name is asked for.
IN_TEXT, IN_PLACE = "anak (nama tercatat pada register)", "Anak (nama tercatat pada register)"
#: A name ends where its holder is described: ``Bayu Rekaan (9 tahun)``, ``Bayu Rekaan, 9 tahun``.
_DESCRIBED = re.compile(r"\s*[(,;/].*")
#: The shortest part of a name that tells whose it is.
_LEAST = 4


def child_complains(fields: Mapping[str, Any]) -> bool:
    """Say whether the complainant is the child that the complaint is about."""
    return _concerns_child(fields) and said(fields.get("kapasitas")).casefold() == _VICTIM


def without_children(text: str, fields: Mapping[str, Any]) -> str:
    """Return the text without the names of the children that the complaint is about."""
    if not _concerns_child(fields):
        return text
    people = fields.get("pelapor") or [] if child_complains(fields) else []
    named = [said(person.get("nama")) for person in people if isinstance(person, Mapping)]
    victims = fields.get("korban")
    for name in [*named, *(all_said(victims) or [said(victims)])]:
        text = _without(text, _DESCRIBED.sub("", name))
    return text


def _concerns_child(fields: Mapping[str, Any]) -> bool:
    marks = fields.get("kerentanan")
    return _CHILD in {word.casefold() for word in all_said(marks) or [said(marks)]}


def _without(text: str, name: str) -> str:
    """Return the text without a person's name, whole or in parts; what is no person's name stays."""
    words = name.split()
    if not words or not all(word[0].isupper() for word in words):
        return text
    told = [word for word in words if len(word) >= _LEAST] or [name]
    parts = [re.escape(written) for word in told for written in (word, word.upper())]
    one = rf"(?:{'|'.join(parts)})"
    return re.sub(rf"(?<!\w){one}(?:\s+{one})*(?!\w)", IN_TEXT, text)
