"""A place in a text where somebody is named, and how it is shown."""

from __future__ import annotations

from dataclasses import dataclass

_AROUND = 30  # letters shown on either side


@dataclass(frozen=True, slots=True)
class Hit:
    """A place in a text: from where to where, what is said instead, and whether somebody is named for certain."""

    begin: int
    end: int
    instead: str
    sure: bool


def around(text: str, hit: Hit) -> str:
    """Return the words around a place, on one line, the place between guillemets."""
    begin, end = max(0, hit.begin - _AROUND), min(len(text), hit.end + _AROUND)
    before, after = text[begin : hit.begin], text[hit.end : end]
    if begin:
        before = f"… {before.partition(' ')[2]}"
    if end < len(text):
        after = f"{after.rpartition(' ')[0]} …"
    return " ".join(f"{before}«{text[hit.begin : hit.end]}»{after}".split())
