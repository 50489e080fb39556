"""How much a page of a PDF draws: a few small forms that each draw the one before ten times end no program's work."""

from __future__ import annotations

import re
from collections import Counter

from pikepdf import Object, Stream

from pipeline.scans.pdf.pdf_file import contents, dictionary, unpacked

_DRAWN = re.compile(rb"/([^\s/\[\]()<>{}%]+)\s+Do(?![^\s])")
_DEEPEST = 40  # forms within forms; pdfium goes no deeper


def drawn(page: Object) -> int:
    """Return how many forms and pictures are drawn for a page, those within a form each time that it is.

    Raises:
        Overflow: what the page or a form draws with unpacks to too much.
        PdfError: it is damaged.
    """
    return _drawn(contents(page), _things(page), {}, 0)


def _drawn(code: bytes, things: dict[str, Stream], known: dict[tuple[int, int], int], depth: int) -> int:
    total = 0
    for name, times in Counter(found.decode("latin-1") for found in _DRAWN.findall(code)).items():
        thing = things.get(f"/{name}")
        if thing is not None and depth < _DEEPEST:
            total += times * _of(thing, things, known, depth + 1)
    return total


def _of(thing: Stream, around: dict[str, Stream], known: dict[tuple[int, int], int], depth: int) -> int:
    """Return how much drawing one thing comes to; one that draws itself counts as drawn once more."""
    if thing.objgen not in known:
        known[thing.objgen] = 1
        if thing.get("/Subtype") == "/Form":
            known[thing.objgen] = 1 + _drawn(unpacked(thing), _things(thing) or around, known, depth)
    return known[thing.objgen]


def _things(owner: Object) -> dict[str, Stream]:
    entries = dictionary(dictionary(owner, "/Resources"), "/XObject")
    return {name: thing for name, thing in entries.items() if isinstance(thing, Stream)}
