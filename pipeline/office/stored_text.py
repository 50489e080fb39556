"""Texts that hold a value as Python writes it (``{'tempat': 'Bengkulu'}``), as earlier versions stored some.

They stay in the journal as they are; whoever reads them is given the value.
"""

from __future__ import annotations

from typing import Any

#: Longer texts are none of these: what was stored so was one detail of a person.
_LONGEST = 2_000
_BRACKETS = {"{": "}", "[": "]"}


def unpacked(text: str) -> Any:
    """Return the mapping or list that a text writes out, or the text itself; nothing in it is ever run."""
    if _BRACKETS.get(text[:1]) != text[-1:] or len(text) > _LONGEST:
        return text
    from ast import literal_eval  # few texts are of that kind, and loading it takes as long as a light command's case

    try:
        value = literal_eval(text)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return text
    return value if _kept(value) else text


def _kept(value: Any) -> bool:
    """Say whether it is of a shape that fields have: a group by names, or a list of texts or groups."""
    if isinstance(value, dict):
        return bool(value) and all(isinstance(key, str) for key in value)
    return isinstance(value, list) and bool(value) and all(isinstance(item, str) or _kept(item) for item in value)
