"""The pages of a letter laid out as one text whose every character knows where it stands on paper.

The reader's lines are put back into rows first: what stands at the same height belongs to one row (a label and its
value, two signatures side by side), even if the reader took the columns for separate blocks or the sheet lay askew.
What is not the letter's own is left out: this office's received stamp, and another office's covering letter.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import itemgetter
from statistics import median

from pipeline.reading.fields import Candidate, Json
from pipeline.reading.vocabulary import Pattern, fold
from pipeline.scans.words import Page, Word, around

_BLANK = str.maketrans("\n\t", "  ")
_HYPHENATED = re.compile(r"(?<=[a-z])-[ \t]*\n[ \t]*(?=[a-z])")
_PLACE_AND_DAY = re.compile(r"(?<!\S)[A-Z][a-z]+(?: [A-Z][a-z]+)?, (?:tgl\.? )?\d{1,2}[ ./-]\w{1,9}[ ./-]\d{4}\W*$")
#: Place and day are six words at the most; something stands before them.
_DATED_WORDS = 7
_ALNUM = re.compile(r"\w")
#: The number of a list's item at the beginning of a row, with nothing behind it.
_NEXT_ITEM = re.compile(r"\s*\n\W*(?:\d{1,2}|[a-z]|[ivx]{1,4}|[IVX]{1,4})[.)]?\s*$")
#: A word of a received stamp by which it is known, however it was read; anything printed or written within its frame;
#: what is printed in it even beside small letters; and what a row of the letter's own begins with.
_ANCHOR = Pattern("sheet", r"\W*(?:<stamp>|AG[A-Za-z]{2,4}A)\W*")
_WITHIN = Pattern("sheet", r"[^a-z]{1,}|<stamp_short>|[A-Z][a-z]?[A-Z]+.*|\W*|\d{1,5}/\w[.\w]{0,5}")
_PRINTED = Pattern("sheet", r"\W*<stamp_printed>\W*")
_OWN_ROW = Pattern("sheet", r"\W*<own_rows>\b", re.I)
#: A stamp stands in the upper part of a page, and reaches so far around its words: left and right as parts of the
#: page's width, above and below as heights of its letters (below more, if only one of its words was read).
_STAMP_ABOVE, _FRAME_LEFT, _FRAME_RIGHT, _FRAME_ABOVE, _FRAME_BELOW, _FRAME_BELOW_ONE = 0.4, 0.06, 0.17, 2.2, 2.5, 5
_OFFICE = Pattern("sheet", r"^\W*<offices>\b", re.M)
_PASSES_ON = Pattern("sheet", r"\b<passes_on>\b[^.]{0,60}?\b<passed_on>\b[^.]{0,120}?\b<of>\b", re.I)
_COMPLAINT = Pattern("sheet", r"<complaint>|kepada\s+yth|\byth\b|nama\s*:", re.I)
#: A covering letter is short, in words; a longer first page tells a story of its own. Its letterhead, and the head of
#: the complaint behind it, are so many lines.
_COVERING_WORDS, _LETTERHEAD, _HEAD = 260, 4, 25
#: Two upright sheets lie side by side where a scan is so much wider than high, and each half has so many words, hardly
#: any of them reaching into the middle (a part of the width on either side): of the sample letters' two such scans none
#: does, of two sheets that were photographed lying across a tenth (2026-11-27).
_WIDE_SCAN, _HALF_WORDS, _ACROSS, _MIDDLE = 1.2, 30, 0.02, (0.48, 0.52)


@dataclass(frozen=True, slots=True)
class Cell:
    """A run of words in a row without a wide gap; ``start`` and ``end`` are offsets in the sheet's text."""

    start: int
    end: int
    x0: float
    x1: float


@dataclass(frozen=True, slots=True)
class Row:
    """What stands at one height of a page, left to right."""

    index: int
    page: int
    start: int
    end: int
    text: str
    cells: tuple[Cell, ...]
    x0: float
    x1: float
    y0: float
    y1: float

    def text_of(self, cell: Cell) -> str:
        """Return what stands in one of its cells."""
        return self.text[cell.start - self.start : cell.end - self.start]

    def cell_at(self, offset: int) -> Cell:
        """Return the cell in which an offset of the row lies, or that ends there; the last for one behind them all."""
        return next((cell for cell in self.cells if offset <= cell.end), self.cells[-1])


class Sheet:
    """All rows of a letter as one text: rows end in a newline, cells of a row are parted by a tab.

    ``flow`` is the same text, offset by offset, with blanks for both, so that a sentence can be searched over
    line ends.
    """

    def __init__(self, pages: tuple[Page, ...]) -> None:
        self._starts: list[int] = []
        self._words: list[tuple[int, Word]] = []
        self.rows: tuple[Row, ...] = ()
        parts: list[str] = []
        rows: list[Row] = []
        offset = 0
        for page in pages:
            for words in (row for half in _halves(page) for row in _rows_of(half)):
                text = self._place(words, page, offset)
                rows.append(_row(len(rows), page.number, offset, text, words))
                parts.append(text)
                offset += len(text) + 1
        self.text = "\n".join(parts)
        self.flow = self.text.translate(_BLANK)
        self.rows = tuple(rows)
        self._row_starts = [row.start for row in rows]

    def _place(self, words: list[Word], page: Page, offset: int) -> str:
        text = ""
        wide, dated = _wide_gap(words, page), _dated_from(words)
        for before, word in zip([None, *words[:-1]], words, strict=True):
            if before is not None:
                text += "\t" if word.box[0] - before.box[2] > wide or word is dated else " "
            self._starts.append(offset + len(text))
            self._words.append((page.number, word))
            text += word.text.translate(_BLANK)
        return text

    def row_at(self, offset: int) -> Row:
        """Return the row in which the offset lies."""
        return self.rows[max(0, bisect_right(self._row_starts, offset) - 1)]

    def word_at(self, offset: int) -> tuple[int, Word, int]:
        """Return the word in which the offset lies: its page, itself, and how many letters before the offset."""
        index = max(0, bisect_right(self._starts, offset) - 1)
        page, word = self._words[index]
        return page, word, offset - self._starts[index]

    def printed(self, start: int, end: int) -> str:
        """Return the text as one line: words broken at a line's end mended, blanks folded."""
        return " ".join(_HYPHENATED.sub("", self.text[start:end]).split())

    def before_next_item(self, start: int, end: int) -> int:
        """Return where a text ends, without the number of a list's next item: that begins a row of its own."""
        number = _NEXT_ITEM.search(self.text, start, end)
        return number.start() if number and self.text[number.start() : end + 1].rstrip()[-1] in ".)" else end

    def candidate(
        self, start: int, end: int, sure: float, reason: str, nilai: Json = None, teks: str | None = None
    ) -> Candidate:
        """Return what stands from ``start`` to ``end`` as a candidate.

        Its confidence is ``sure`` (how good the rule is, 0..1, set by hand on the first sixty letters whose truth is
        known) lowered by how badly the words could be read.
        """
        teks = self.printed(start, end) if teks is None else teks
        first = max(0, bisect_right(self._starts, start) - 1)
        found = self._words[first : max(first + 1, bisect_right(self._starts, end - 1))]
        page = found[0][0] if found else 1
        here = [word for number, word in found if number == page]
        placed = [(self.row_at(self._starts[at]).index, word) for at, word in enumerate(here, first)]
        if "\t" in self.text[start:end]:  # what stands beside it in another column is none of it
            placed = _said_in(teks, placed)
        boxes = [around([word.box for _, word in row]) for _, row in groupby(placed, key=itemgetter(0))]
        read = min(1.0, 0.5 + 0.5 * sum(w.confidence for w in here) / len(here)) if here else 0.5
        return Candidate(
            nilai=teks if nilai is None else nilai,
            teks=teks,
            page=page,
            box=around(boxes) if boxes else None,
            confidence=max(0.0, min(1.0, sure * read)),
            reason=reason,
            boxes=tuple(boxes),
        )


def _said_in(teks: str, placed: list[tuple[int, Word]]) -> list[tuple[int, Word]]:
    """Return the words, with their rows, of which a text consists, in order; all of them if they do not make it."""
    rest, kept = fold(teks), []
    for row, word in placed:
        part = fold(word.text)
        if part and rest.startswith(part):
            kept.append((row, word))
            rest = rest[len(part) :]
    return placed if rest else kept


def _row(index: int, page: int, offset: int, text: str, words: list[Word]) -> Row:
    cells = []
    at, position = offset, 0
    for run in text.split("\t"):
        own = words[position : position + run.count(" ") + 1]
        position += len(own)
        cells.append(Cell(at, at + len(run), own[0].box[0], own[-1].box[2]))
        at += len(run) + 1
    x0, y0, x1, y1 = around([w.box for w in words])
    return Row(index, page, offset, offset + len(text), text, tuple(cells), x0, x1, y0, y1)


def _wide_gap(words: list[Word], page: Page) -> float:
    """Return the gap (a fraction of the width) from which on two words stand in different cells."""
    height = median(w.box[3] - w.box[1] for w in words) * (page.height / page.width if page.width > 0 else 1.4)
    gaps = sorted(max(0.0, b.box[0] - a.box[2]) for a, b in pairwise(words))
    usual = gaps[len(gaps) // 3] if len(gaps) > 5 else 0.0
    return max(1.5 * height, min(2.6 * usual, 2.5 * height), 0.012)


def _dated_from(words: list[Word]) -> Word | None:
    """Return the word at which place and day of the letter begin, close behind a subject but not within its words."""
    tail = " ".join(w.text for w in words[-_DATED_WORDS:])
    if len(words) < _DATED_WORDS or not (found := _PLACE_AND_DAY.search(tail)):
        return None
    first = len(words) - len(found[0].split())
    gap = words[first].box[0] - words[first - 1].box[2]
    return words[first] if gap > 1.5 * median(b.box[0] - a.box[2] for a, b in pairwise(words)) else None


def _halves(page: Page) -> tuple[tuple[Word, ...], ...]:
    """Return the page's words, or left and right half where two upright sheets lie side by side on one scan."""
    words = without_stamp(page.words)
    left = tuple(w for w in words if w.box[0] + w.box[2] < 1)
    right = tuple(w for w in words if w.box[0] + w.box[2] >= 1)
    across = sum(w.box[0] < _MIDDLE[1] and w.box[2] > _MIDDLE[0] for w in words)
    many = min(len(left), len(right)) >= _HALF_WORDS and across <= _ACROSS * len(words)
    if page.width > _WIDE_SCAN * page.height and many:
        return left, right
    return (words,)


def _rows_of(found: tuple[Word, ...]) -> list[list[Word]]:
    """Return the words of each row, rows top to bottom, words left to right."""
    words = [_tidy(w) for w in found if w.text.strip()]
    lines = [sorted(group, key=lambda w: w.box[0]) for _, group in groupby(words, key=lambda w: w.line)]
    slope = _slope(lines)
    rows: list[list[Word]] = []
    for line in sorted(lines, key=lambda ws: _height_of(ws[0], slope)):
        for row in reversed(rows[-6:]):
            if _same_row(row, line, slope):
                row.extend(line)
                row.sort(key=lambda w: w.box[0])
                break
        else:
            rows.append(list(line))
    return [row for row in rows if any(_ALNUM.search(w.text) for w in row)]


def _tidy(word: Word) -> Word:
    return Word("_".join(word.text.split()), word.box, word.confidence, word.line)


def _height_of(word: Word, slope: float) -> float:
    return (word.box[1] + word.box[3]) / 2 - slope * word.box[0]


def _slope(lines: list[list[Word]]) -> float:
    """Return by how much (page heights a page width) lines of print sink to the right."""
    slopes = []
    for line in lines:
        run = line[-1].box[0] - line[0].box[0]
        if len(line) >= 5 and run > 0.3:
            slopes.append((_height_of(line[-1], 0) - _height_of(line[0], 0)) / run)
    return median(slopes) if slopes else 0.0


def _same_row(row: list[Word], line: list[Word], slope: float) -> bool:
    if row[-1].box[2] <= line[0].box[0] + 0.005:
        left, right = row[-1], line[0]
    elif line[-1].box[2] <= row[0].box[0] + 0.005:
        left, right = line[-1], row[0]
    else:
        return False
    tall = min(left.box[3] - left.box[1], right.box[3] - right.box[1])
    return abs(_height_of(left, slope) - _height_of(right, slope)) < max(0.45 * tall, 0.004)


def without_stamp(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Return the words of a page without those of a received stamp in its upper half.

    The stamp is known by its printed words (*TERIMA TGL*, *NO. AGENDA*); with them go the capitals and figures
    that stand within its frame; a line that also holds words in small letters is the letter's own.
    """
    anchors = [w for w in words if w.box[1] < _STAMP_ABOVE and w.text.isupper() and _ANCHOR.fullmatch(w.text)]
    if not anchors:
        return words
    left, top, right, bottom = around([w.box for w in anchors])
    tall = max(w.box[3] - w.box[1] for w in anchors)
    left, right, top = left - _FRAME_LEFT, right + _FRAME_RIGHT, top - _FRAME_ABOVE * tall
    bottom += (_FRAME_BELOW if len(anchors) > 1 else _FRAME_BELOW_ONE) * tall
    written = {w.line for w in words if re.search(r"[a-z]{3}", w.text)}

    def stamped(word: Word) -> bool:
        x, y = (word.box[0] + word.box[2]) / 2, (word.box[1] + word.box[3]) / 2
        if not (left <= x <= right and top <= y <= bottom and _WITHIN.fullmatch(word.text)):
            return False
        own = _OWN_ROW.match(word.text) or (word.line in written and not _PRINTED.fullmatch(word.text))
        return not own

    return tuple(word for word in words if not stamped(word))


def without_covering(pages: tuple[Page, ...]) -> tuple[Page, ...]:
    """Return the pages without a covering letter in front; all of them where the first page is the complaint."""
    if len(pages) < 2 or len(pages[0].words) > _COVERING_WORDS:
        return pages
    first, second = pages[0].text, "\n".join(pages[1].text.split("\n")[:_HEAD])
    head = "\n".join(first.split("\n")[:_LETTERHEAD])
    passes_on = _OFFICE.search(head) and _PASSES_ON.search(" ".join(first.split()))
    return pages[1:] if passes_on and _COMPLAINT.search(second) else pages
