"""Lists as letters write them: numbered or dashed lines, ``1. … 2. …`` in one line, or parted by semicolons."""

from __future__ import annotations

import re

from pipeline.reading.layout import Layout

#: What opens an item; ``c.`` is often read as ``Cc.``.
MARK = re.compile(r"(?:\(?\d{1,2}[.)]|\(?(?:[a-zA-Z]|Cc)[.)]|[-–—•*+])[ \t]+")
_IN_LINE = re.compile(r"(?:(?<=\s)|^)\(?\d{1,2}[.)]\s+(?=\S)|;\s+|\t(?=\d[.)])")

#: A row that ends a list even where the full stop was lost.
_CLOSED = re.compile(r"[.:;][\"'”)\]]?\s*$")
#: Scans turn semicolons into commas and colons.
_LOST_MARK = re.compile(r"[,;:]\s+\d\s+(?=[A-Z])")
_DASH = re.compile(r"\s+[-–—•]\s+(?=[A-Z])")
#: By so much of the page's width a row stops before the margin when nothing was left to write.
_SHORT_BY = 0.2
_COMMA = re.compile(r"[,:]\s+(?=[A-Z])|[,;]\s+(?=\d\s)")


def items_between(layout: Layout, start: int, end: int, copies: bool = False) -> list[tuple[int, int]]:
    """Return the items of the list that stands between two offsets.

    A list of copies ends with the first row that cannot be one (a label, an empty page); unnumbered rows are items
    of their own, or go on with the one above where that one is plainly not finished.
    """
    sheet = layout.sheet
    items: list[tuple[int, int]] = []
    numbered = False
    for row in sheet.rows:
        if row.end <= start or row.start >= end:
            continue
        begin = max(row.start, start)
        mark = MARK.match(sheet.text, begin)
        if copies and items and row.index in layout.pairs and not mark:
            break
        if copies and items and re.match(r"\W*(?:lampiran|narahubung|kontak|catatan|nb)\b", row.text, re.I):
            break
        if mark:
            numbered = True
        elif items and (numbered or not copies):
            items[-1] = (items[-1][0], row.end)
            continue
        if sheet.text[begin : row.end].strip(" .:;-"):
            items.append((mark.end() if mark else begin, row.end))
    return [part for item in items for part in _split(layout, item, copies, copies and not numbered)]


def _split(layout: Layout, item: tuple[int, int], copies: bool, commas: bool) -> list[tuple[int, int]]:
    """Split ``1. A 2. B`` and ``A; B``; a list without numbers or semicolons at commas, if it is one of copies."""
    text = layout.sheet.flow
    cuts = list(_IN_LINE.finditer(text, *item))
    if not cuts and copies and not commas:
        cuts = list(_LOST_MARK.finditer(text, *item))
    if not cuts and commas:
        cuts = list(_DASH.finditer(text, *item)) or list(_COMMA.finditer(text, *item))
    parts, at = [], item[0]
    for cut in cuts:
        parts.append((at, cut.start()))
        at = cut.end()
    parts.append((at, item[1]))
    return [(a, b) for a, b in parts if text[a:b].strip(" .,;:-")]


def list_end(layout: Layout, first: int) -> int:
    """Return the row after the list that begins in row ``first``: after the last item's sentence.

    A row that stops well before the margin was not wrapped: what begins below it with a capital is no part of it.
    """
    rows = layout.sheet.rows
    margin = max((row.x1 for row in rows[first : layout.ending]), default=0.0)
    last = first
    for row in rows[first : layout.ending]:
        if row.index - last > 4 or (row.index > first and row.index in layout.headings):
            break
        if MARK.match(row.text):
            last = row.index
        elif row.index > first and rows[row.index - 1].text.rstrip().endswith("."):
            break
    while (
        last + 1 < layout.ending
        and not rows[last].text.rstrip().endswith((".", ";"))
        and not _CLOSED.search(rows[last].text)
        and not (rows[last + 1].text[:1].isupper() and rows[last].x1 < margin - _SHORT_BY)
    ):
        last += 1
    return last + 1
