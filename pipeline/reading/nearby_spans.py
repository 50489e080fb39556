"""Values that begin or end a little elsewhere than was marked: with a post before a name, without the words behind.

A tagger knows whom or what a text speaks of better than where his name begins and ends; each edge that makes sense is
proposed, and weighed as any other proposal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipeline.reading.sheet import Sheet
from pipeline.reading.vocabulary import vocabulary

#: Labels of which the edges are often missed.
LABELS = frozenset({"terlapor", "tempat", "tujuan", "lembaga", "alamat", "perihal"})
#: The lists of words that may belong to a value before it.
_BEFORE = {
    "terlapor": "before_terlapor",
    "tempat": "before_tempat",
    "tujuan": "before_tujuan",
    "lembaga": "before_lembaga",
}
#: Those that are written over several rows.
_OF_ROWS = frozenset({"tujuan", "alamat", "perihal"})
#: So many words are taken in before and behind at the most; an edge is looked for within so many letters.
_MOST_BEFORE, _MOST_BEHIND, _FAR = 5, 6, 70
#: So far left of a value, as a part of the page's width, its next row may begin.
_OUTDENTED = 0.03
_WORD = re.compile(r"[^\s,;:()\"“”]+")
#: A part behind a comma or in brackets, up to the next mark or word that begins something else.
_ADDED = re.compile(r"\s?,\s+|\s+\((?=[^()]{2,60}\))|\s+(?=(?:selaku|sebagai|yang menjabat)\s)")
_CAPITAL = re.compile(r"(?<=[a-z,] )(?=[A-Z])")
_VERB = re.compile(r"(?:me[mnlrwy]|di(?!nas|rektur|visi)|ber|ter(?!minal|lapor))[a-z]{4,}")


def nearby(label: str, start: int, end: int, sheet: Sheet) -> Iterator[tuple[str, int, int]]:
    """Yield what a span may be instead, and how it was changed; only for :data:`LABELS`."""
    if label not in LABELS:
        return
    starts = [("", start), *_earlier(label, start, sheet)]
    ends = [("", end), *(_by_rows(start, end, sheet) if label in _OF_ROWS else ())]
    if label != "perihal":
        ends += [*_sooner(start, end, sheet), *_later(end, sheet)]
    for how, first in starts:
        for also, last in ends:
            if how or also:
                yield " ".join(filter(None, (how, also))), first, last
    for first in _later_starts(label, start, end, sheet):
        yield "starts later", first, end


def _earlier(label: str, start: int, sheet: Sheet) -> Iterator[tuple[str, int]]:
    """Yield starts before a span, where a word stands that may belong to it."""
    text = sheet.flow[max(0, start - _FAR) : start]
    text = text[max(text.rfind(mark) for mark in '.;:()"“”') + 1 :]
    base, words, known = start - len(text), list(_WORD.finditer(text)), _words(_BEFORE.get(label))
    found = [base + word.start() for word in words[-_MOST_BEFORE:] if word[0].lower() in known]
    if found:
        yield "starts earlier", found[-1]
    if len(found) > 1:
        yield "starts far earlier", found[0]


def _later_starts(label: str, start: int, end: int, sheet: Sheet) -> Iterator[int]:
    """Yield starts within a span: behind a comma or *bernama*, or at its first capital."""
    text = sheet.flow[start:end]
    for found in re.finditer(r",\s+|\bbernama\s+|\b(?:depan|belakang|dekat|samping)\s+", text):
        if found.end() < len(text) - 2:
            yield start + found.end()
    capital = _CAPITAL.search(text)
    if capital and label == "terlapor" and text[:1].islower():
        yield start + capital.start()


def _sooner(start: int, end: int, sheet: Sheet) -> Iterator[tuple[str, int]]:
    """Yield ends within a span: before a comma, and before a word with which something else begins."""
    text, stops = sheet.flow[start:end], _words("ends_before")
    at = [m.start() for m in re.finditer(r"\s?[,(]", text)][:2]
    words = list(_WORD.finditer(text))[1:]
    at += [w.start() for w in words if w[0].lower() in stops or _VERB.fullmatch(w[0])][:2]
    for cut in sorted(set(at)):
        if cut > 2:
            yield "ends sooner", start + len(text[:cut].rstrip(" ,.;:"))


def _by_rows(start: int, end: int, sheet: Sheet) -> Iterator[tuple[str, int]]:
    """Yield the end of the row above, and of what stands in the same column of the row below."""
    first, row = sheet.row_at(start), sheet.row_at(max(start, end - 1))
    if first.index < row.index:
        yield "ends a row sooner", sheet.rows[row.index - 1].cells[-1].end
    below = next(iter(sheet.rows[row.index + 1 : row.index + 2]), None)
    if below and below.page == row.page and not sheet.text[end : row.end].strip(" .,;:"):
        least = first.cell_at(start).x0 - _OUTDENTED
        if under := next((cell for cell in below.cells[:2] if cell.x0 >= least), None):
            yield "ends a row later", under.end


def _later(end: int, sheet: Sheet) -> Iterator[tuple[str, int]]:
    """Yield ends behind a span: of what is added behind a comma, in brackets, or by *selaku*."""
    flow = sheet.flow
    added = _ADDED.match(flow, end, end + _FAR)
    if not added:
        return
    if "(" in added[0]:
        yield "ends behind brackets", flow.index(")", added.end()) + 1
        return
    stops, last = _words("ends_before"), 0
    for count, word in enumerate(_WORD.finditer(flow, added.end(), added.end() + _FAR)):
        gap = flow[last or added.end() : word.start()]
        bare = word[0].lower().rstrip(".")
        if count >= _MOST_BEHIND or gap.strip() or (count and (bare in stops or _VERB.fullmatch(bare))):
            break
        last = word.end()
        if word[0].endswith("."):
            break
    if last:
        yield "ends later", last


@cache
def _words(name: str | None) -> frozenset[str]:
    return frozenset(vocabulary("spans")[name]) if name else frozenset()
