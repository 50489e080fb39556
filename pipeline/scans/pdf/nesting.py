"""How much a page of a PDF draws: a few small forms that each draw the one before ten times end no program's work."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from pypdf.generic import DictionaryObject

_DRAWN = re.compile(rb"/([^\s/\[\]()<>{}%]+)\s+Do(?![^\s])")
_DEEPEST = 40  # forms within forms; pdfium goes no deeper


def drawn(page: Any) -> int:
    """Return how many forms and pictures are drawn for a page (pypdf), those within a form each time that it is."""
    things = _things(page.get("/Resources"))
    if not any(_things(thing.get("/Resources")) for thing in things.values()):
        return len(things)
    contents = page.get_contents()
    return _drawn(contents.get_data(), things, {}, 0) if contents is not None else 0


def _drawn(code: bytes, things: dict[str, Any], known: dict[int, int], depth: int) -> int:
    total = 0
    for name, times in Counter(found.decode("latin-1") for found in _DRAWN.findall(code)).items():
        thing = things.get(f"/{name}")
        if thing is not None and depth < _DEEPEST:
            total += times * _of(thing, things, known, depth + 1)
    return total


def _of(thing: Any, around: dict[str, Any], known: dict[int, int], depth: int) -> int:
    """Return how much drawing one thing comes to; one that draws itself counts as drawn once more."""
    if id(thing) not in known:
        known[id(thing)] = 1
        if thing.get("/Subtype") == "/Form":
            own = _things(thing.get("/Resources")) or around
            known[id(thing)] = 1 + _drawn(thing.get_data(), own, known, depth)
    return known[id(thing)]


def _things(resources: Any) -> dict[str, Any]:
    plain = resources.get_object() if resources is not None else None
    named = plain.get("/XObject") if isinstance(plain, DictionaryObject) else None
    entries = named.get_object() if named is not None else {}
    found = {name: entry.get_object() for name, entry in entries.items()}
    return {name: thing for name, thing in found.items() if isinstance(thing, DictionaryObject)}
