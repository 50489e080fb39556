"""The parts of a letter: head, body, signature, copies; sections under headings; lists and their items.

A list is numbered or dashed lines, ``1. … 2. …`` in one line, or parted by semicolons.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from pipeline.reading.labels import Pair, pairs_of
from pipeline.reading.sheet import Row, Sheet
from pipeline.reading.vocabulary import Pattern, any_of, vocabulary
from pipeline.reading.written_days import dates_in

_SALUTATION = Pattern(
    "layout", r"\W*(?:\w{0,2}engan\s+(?:segala\s+)?(?:h|b)ormat|d\w{1,2}n\.?\s+hormat|<salutation>\b)", re.I
)
_OPENING = Pattern("layout", r"<opening>|\b<writer>\W+(?:yang|nama)", re.I)
_IDENTITY = Pattern("layout", r"\W*<identity>", re.I)
_ENDING = Pattern("layout", r"\W*(?:<closing>|hormat\s+<signs>)", re.I)
_SIGNED = Pattern("layout", r"\W*(?:<signed_as>|(?:j|y)ang\s(?:(?:me|ber|di)\w+|tersebut))\b.{0,24}$", re.I)
#: What stands before the day of a signature: a place, the day of the week.
_AT_A_PLACE = re.compile(r"\W*[A-Z][\w.,'’ -]{2,30}[\s:]*", re.I)
#: What scanners make of *tembusan*.
COPIES = r"[tl1][ec](?:m|rn|nn)\s?busan"
_COPIES = Pattern("layout", rf"\W*(?:{COPIES}|<copies>|c\.?\s?c\.?\s*:)", re.I)
_HEADING_MARK = re.compile(r"\W*(?:[A-Z]|[IVX]{1,4}|\d{1,2})\s?[.)]\s+(?=\w)")
_ITEM = re.compile(r"\W*(\d{1,2})\s?[.)]\s")
_PARTICULARS = {"nama", "nik", "alamat", "telepon", "ttl", "umur", "pekerjaan", "instansi"}
#: Labels of a letter's head, and how its addressee begins.
_REFERENCES = {"nomor", "perihal", "lampiran", "kepada"}
_ADDRESSED = Pattern("addressee", r"\W*(?:<to>\W+)?<yth>\b", re.I)
#: Sections that may be headed above the first name; other words there are the letter's title.
_OF_PEOPLE = {"pelapor", "terlapor", "saksi", "korban"}
#: Particulars stand together: so many rows without one, or so many of prose, and the story has begun.
_GAP, _TOLD = 6, 2
#: A labelled row in which the telling begins all the same (*HP 0812…, dengan ini mengadukan …*).
_TELLS = Pattern("layout", r"[,;]\s*<tells>\b")
#: Words of a row of prose.
_PROSE = 9
_CARD = Pattern("layout", "<card>", re.I)
_CARD_TOP = Pattern("layout", r"\W*<card_top>\s+[A-Z ]+\W*$", re.I)
_PHOTOS = Pattern("layout", r"\W*(?:foto\W*foto|<photographs>)", re.I)
#: What opens an item; ``c.`` is often read as ``Cc.``.
MARK = re.compile(r"(?:\(?\d{1,2}[.)]|\(?(?:[a-zA-Z]|Cc)[.)]|[-–—•*+])[ \t]+")
_IN_LINE = re.compile(r"(?:(?<=\s)|^)\(?\d{1,2}[.)]\s+(?=\S)|;\s+|\t(?=\d[.)])")
#: A row that ends a list even where the full stop was lost.
_CLOSED = re.compile(r"[.:;][\"'”)\]]?\s*$")
#: Scans turn semicolons into commas and colons.
_LOST_MARK = re.compile(r"[,;:]\s+\d\s+(?=[A-Z])")
_DASHED = re.compile(r"\s+[-–—•]\s+(?=[A-Z])")
#: By so much of the page's width a row stops before the margin when nothing was left to write.
_SHORT_BY = 0.2
_AT_COMMA = re.compile(r"[,:]\s+(?=[A-Z])|[,;]\s+(?=\d\s)")
_AFTER_COPIES = Pattern("layout", r"\W*<after_copies>\b", re.I)
#: Rows: in which the body begins, where a salutation or a name says so, else the most that are taken for the head;
#: of a signature without closing words; between the closing words of one ending; between two items of a list.
_BODY_ROWS, _HEAD_AT_MOST, _SIGNATURE_ROWS, _CLOSING_ROWS, _ITEM_ROWS = 40, 12, 8, 6, 4
#: Words: of a salutation that stands alone; of a heading, with a number or without; by which capitals are judged (and
#: the share of them); and of a row that goes on with the sentence above.
_SALUTATION_WORDS, _HEADING_WORDS, _BARE_HEADING, _LEAD_WORDS, _CAPITALS, _SENTENCE_WORDS = 5, 6, 5, 4, 0.8, 4
#: An identity card shows this many of its printed words within so many rows of its top.
_CARD_WORDS, _CARD_ROWS = 2, 16
#: No card or photograph stands among the first rows: they are the letter's head.
_HEAD_ROWS = 8


@dataclass(frozen=True, slots=True)
class Layout:
    """Row numbers where the parts of a letter begin, and its labelled rows.

    ``body`` is the salutation or the first row that is neither letterhead, reference nor addressee; ``ending`` the
    first row of the closing words; ``copies`` the row of *Tembusan*, or the number of rows.
    """

    sheet: Sheet
    pairs: dict[int, Pair]
    body: int
    ending: int
    copies: int
    last: int
    sections: dict[int, str] = field(default_factory=dict)
    headings: frozenset[int] = frozenset()

    @property
    def head_rows(self) -> tuple[Row, ...]:
        """Letterhead, references, date, addressee."""
        return self.sheet.rows[: self.body]

    @property
    def story_span(self) -> tuple[int, int]:
        """Offsets of the narrative: below the last labelled line of particulars, above the closing words."""
        first = self.body
        if first < len(self.sheet.rows) and len(self.sheet.rows[first].text.split()) <= _SALUTATION_WORDS:
            first += 1
        for index, pair in sorted(self.pairs.items()):
            if pair.kind in _PARTICULARS and self.body <= index < min(self.ending, first + _GAP):
                told = [r for r in self.sheet.rows[first:index] if len(r.text.split()) >= _PROSE]
                if len(told) > _TOLD:
                    break
                first = index if _TELLS.search(pair.row.text) else index + 1
        return self.offset(min(first, self.ending)), self.offset(self.ending)

    @property
    def tail_rows(self) -> tuple[Row, ...]:
        """Closing words, date and signatures, without the copies."""
        return self.sheet.rows[self.ending : max(self.ending, min(self.copies, self.last))]

    def reaches_margin(self, row: Row) -> bool:
        """Say whether a row may have been wrapped: it does not stop well before the others of its page do."""
        return row.x1 >= max(other.x1 for other in self.sheet.rows if other.page == row.page) - _SHORT_BY

    def offset(self, row: int) -> int:
        """Return where a row begins in the text."""
        rows = self.sheet.rows
        return rows[row].start if row < len(rows) else len(self.sheet.text)


def layout_of(sheet: Sheet) -> Layout:
    """Find the parts of the letter on the sheet."""
    last = _without_cards(sheet)
    pairs = {i: p for i, p in pairs_of(sheet).items() if i < last}
    body = _body(sheet, pairs, last)
    copies = next((r.index for r in sheet.rows[body + 1 : last] if _COPIES.match(r.text)), last)
    ending = _ending(sheet, pairs, body, copies)
    sections, headings = _sections(sheet, pairs, body, ending, last)
    return Layout(sheet, pairs, body, ending, copies, last, sections, headings)


def _without_cards(sheet: Sheet) -> int:
    """Return the row at which copies of identity cards and photographs begin: they are not the letter."""
    for row in sheet.rows[_HEAD_ROWS + 1 :]:
        if _PHOTOS.match(row.text) and row.page != sheet.rows[row.index - 1].page:
            return row.index
        if _CARD_TOP.match(row.text):
            after = sheet.rows[row.index : row.index + _CARD_ROWS]
            if sum(bool(_CARD.search(r.text)) for r in after) >= _CARD_WORDS:
                return row.index
    return len(sheet.rows)


def _body(sheet: Sheet, pairs: dict[int, Pair], last: int) -> int:
    """Return the salutation, or where else the writer begins to speak.

    A greeting in the first row is none where a head stands below it: *Salam Keadilan*, a society's letterhead.
    """
    told = 0
    head_below = any(
        _ADDRESSED.match(row.text) or (row.index in pairs and pairs[row.index].kind in _REFERENCES)
        for row in sheet.rows[1:_HEAD_AT_MOST]
    )
    for row in sheet.rows[: min(last, _BODY_ROWS)]:
        told += len(row.text.split()) >= _PROSE and row.index not in pairs
        if _SALUTATION.match(row.text) and told <= _TOLD and not (row.index == 0 and head_below):
            return row.index
        pair = pairs.get(row.index)
        named = pair is not None and pair.kind in ("nama", "nik") and pair.end > pair.start
        if named or _OPENING.search(row.text) or _IDENTITY.match(row.text):
            return row.index
    prose = (
        r.index
        for r in sheet.rows[1:last]
        if len(r.text.split()) >= _PROSE and not r.text.isupper() and r.index not in pairs
    )
    greeted = bool(_SALUTATION.match(sheet.rows[0].text))
    return next(prose, 0 if greeted else min(last, _HEAD_AT_MOST))


def _ending(sheet: Sheet, pairs: dict[int, Pair], body: int, copies: int) -> int:
    """Return the first of the closing rows: the last *Demikian*, *Atas perhatian*, *Hormat kami* before the copies."""
    found = [r.index for r in sheet.rows[body + 1 : copies] if _ENDING.match(r.text) and not _within_sentence(r)]
    if not found:
        foot = sheet.rows[max(body + 1, copies - _SIGNATURE_ROWS) : copies]
        above = max((r.index for r in foot if _HEADING_MARK.match(r.text) and _heading(r)), default=-1)
        return next((r.index for r in foot if r.index > above and _signed(r, pairs.get(r.index))), copies)
    ending = found[-1]
    for index in reversed(found):
        if ending - index <= _CLOSING_ROWS:
            ending = index
    return ending


def _within_sentence(row: Row) -> bool:
    """Say whether a long row begins with a small letter: it goes on with a sentence (*… dengan / demikian …*)."""
    return row.text.lstrip()[:1].islower() and len(row.text.split()) > _SENTENCE_WORDS


def _signed(row: Row, pair: Pair | None) -> bool:
    """Say whether a row, or a cell of it, opens the signatures: *Pelapor,*, *Bengkulu, 3 Mei 2025*.

    What stands beside the label of a particular does not: *Pekerjaan : Ketua RT*.
    """
    told = pair.start if pair and pair.kind in _PARTICULARS else -1
    cells = [c for c in row.cells if c is row.cells[0] or not c.start <= told <= c.end]
    return any(_SIGNED.match(text) or _place_and_day(text) for text in map(row.text_of, cells))


def _place_and_day(text: str) -> bool:
    return any(
        _AT_A_PLACE.fullmatch(text, 0, day.start) and not re.search(r"\w", text[day.end :]) for day in dates_in(text)
    )


def _sections(
    sheet: Sheet, pairs: dict[int, Pair], body: int, ending: int, last: int
) -> tuple[dict[int, str], frozenset[int]]:
    """Return the section of each row that is in one, and the rows that are headings.

    Above the body only a heading over the first name opens one: an empty *Lampiran :*, the second row of a subject
    (*dan / Permohonan Perlindungan*) and the letter's title do not.
    """
    current, sections, headings = "", {}, set()
    speaks = body < last and (_SALUTATION.match(sheet.rows[body].text) or _OPENING.search(sheet.rows[body].text))
    before: dict[int, int] = {}
    for row in sheet.rows[max(0, body - 2) : last]:
        number = _ITEM.match(row.text)
        listed = number is not None and row.index - before.get(int(number[1]) - 1, -_BODY_ROWS) <= _ITEM_ROWS
        name = None if listed else _heading(row)
        if number and not name:
            before[int(number[1])] = row.index
        if name:
            headings.add(row.index)
            pair = pairs.get(row.index)
            titled = speaks or name not in _OF_PEOPLE or (pair and pair.end > pair.start)
            current = "" if row.index < body and titled else name
        if row.index >= ending and not name and current != "lampiran":
            current = ""
        if current:
            sections[row.index] = current
    return sections, frozenset(headings)


def _heading(row: Row) -> str | None:
    """Return the section a row opens; a heading is short and numbered, in capitals, or ends in a colon."""
    text = row.text.strip()
    marked = _HEADING_MARK.match(text)
    words = text[marked.end() :] if marked else text
    count, lead = len(words.split()), " ".join(words.split()[:_LEAD_WORDS])
    capitals = sum(map(str.isupper, lead)) > _CAPITALS * sum(map(str.isalpha, lead))
    short = count <= _HEADING_WORDS and words[:1].isupper() and not words.endswith((",", ";", ".", "-"))
    opens = short and (marked or words.endswith(":") or count <= _BARE_HEADING)
    if words.endswith((",", ";")) or not (capitals or opens) or (":" in words[:-1] and not capitals):
        return None
    heading = lead if capitals and not short else words
    return next((name for name, pattern in _headings() if pattern.search(heading)), None)


@cache
def _headings() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the sections with the patterns of their headings, the surer first."""
    ends = {"anywhere": "{}", "at_start": r"^{}\b", "whole": r"^{}\W*$"}
    return tuple(
        (name, re.compile("|".join(ends[where].format(any_of(words)) for where, words in parts.items()), re.I))
        for name, parts in vocabulary("layout")["sections"].items()
    )


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
        begin, stop = max(row.start, start), min(row.end, end)
        mark = MARK.match(sheet.text, begin)
        if copies and items and row.index in layout.pairs and not mark:
            break
        if copies and items and _AFTER_COPIES.match(row.text):
            break
        if mark:
            numbered = True
        elif items and (numbered or not copies):
            items[-1] = (items[-1][0], stop)
            continue
        if sheet.text[begin:stop].strip(" .:;-"):
            items.append((mark.end() if mark else begin, stop))
    return [part for item in items for part in _parted(layout, item, copies, copies and not numbered)]


def _parted(layout: Layout, item: tuple[int, int], copies: bool, commas: bool) -> list[tuple[int, int]]:
    """Split ``1. A 2. B`` and ``A; B``; a list without numbers or semicolons at commas, if it is one of copies."""
    text = layout.sheet.flow
    cuts = list(_IN_LINE.finditer(text, *item))
    if not cuts and copies and not commas:
        cuts = list(_LOST_MARK.finditer(text, *item))
    if not cuts and commas:
        cuts = list(_DASHED.finditer(text, *item)) or list(_AT_COMMA.finditer(text, *item))
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
    stop = next(part for part in (layout.ending, layout.copies, layout.last, len(rows)) if first < part)
    margin = max(row.x1 for row in rows[first:stop])
    last = first
    for row in rows[first:stop]:
        if row.index - last > _ITEM_ROWS or (row.index > first and row.index in layout.headings):
            break
        if MARK.match(row.text):
            last = row.index
        elif row.index > first and rows[row.index - 1].text.rstrip().endswith("."):
            break
    while (
        last + 1 < stop
        and last + 1 not in layout.headings
        and not _CLOSED.search(rows[last].text)
        and not (rows[last + 1].text[:1].isupper() and rows[last].x1 < margin - _SHORT_BY)
    ):
        last += 1
    return last + 1
