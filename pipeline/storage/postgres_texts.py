"""Texts as PostgreSQL keeps them: none has NUL or half a character in it, which scans and files do have."""

from __future__ import annotations

from typing import Any


def storable(text: str) -> str:
    """Return a text without what PostgreSQL keeps in none (NUL, halves of characters)."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def storable_json(value: Any) -> Any:
    """Return a value of JSON all of whose texts are storable; keys are our own."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {key: storable_json(one) for key, one in value.items()}
    return [storable_json(one) for one in value] if isinstance(value, list | tuple) else value
