"""To whom the letter goes, and who gets copies."""

from __future__ import annotations

import re

from pipeline.reading.fields import Candidate, Field
from pipeline.reading.layout import COPIES, Layout, items_between
from pipeline.reading.vocabulary import Pattern

_TO = Pattern(
    "addressee",
    r"(?:(?:k\w?e?pada|kpd|\w{1,3})\W+)?(?:yang\s+(?:ter)?\w*hormat|<honoured>|<yth>\b)[\s.,:;]*"
    r"|(?:ditujukan\s+)?<to>\b[\s.,:;]*",
    re.I,
)
_TO_AT_FOOT = Pattern("addressee", r"\W*<sent>\s+kepada\W+(?:yth\b[\s.,:;]*)?", re.I)
_OFFICE = Pattern("addressee", r"<office>\b", re.I)
_STOP = Pattern("addressee", r"\W*(?:<stop>|<stop_words>\b|di[-_.–— ]|c\.?\s?[qg]\b|u\.?\s?p\b)", re.I)
_UNFINISHED = Pattern("addressee", r"(?:\bdan|<unfinished>)\W*$", re.I)
_STOP_ALL_THE_SAME = Pattern("addressee", r"\W*(?:<stop_all_the_same>|<stop_all_the_same_words>\b)", re.I)
_MINISTRY = Pattern("addressee", r"<ministry>|\b<ministry_words>\b", re.I)
#: What stands behind an addressee in its row: a place, a good wish, for whose attention it is.
_CUT = re.compile(
    r"\s*(?:,?\s+di\b\s*[-–_.]?\s*[A-Z][A-Za-z ]*\.?$|\bdi\s*[-–_.]?$|\s+semoga\b.*|\s+di\s+tempat.*|"
    r"\s+c\.?[qg]\.?\s.*|\s+u\.p\..*)",
    re.I,
)
_DESK = Pattern(
    "addressee",
    r"\W*(?:\d[.)]\s*)?<desk_title>?[. ]*<desk_head>\b.*(?:kemenkumham|kumham|\bham\b|hukum)",
    re.I,
)
_THANKED = Pattern("addressee", r"<desk>[\w ]*<desk_for>[\w ]*?(?=\s+di(?:beri)?\b|[,.;\n])")
_AT_A_PLACE = re.compile(r"\W*di(?:[-_. ]|$|\s+tempat)", re.I)
_ITEM = re.compile(r"\W*\d\s?[.,)]\s*")
_FILED = Pattern("addressee", r"\W*<filed>\W*$", re.I)
_YTH = re.compile(r"^(?:kepada\s+)?yth\.?\s*:?\s*$", re.I)
_COPY_LABEL = Pattern("addressee", rf"\W*(?:{COPIES}|<copies>)(?:\s+<copies_to>)*[\s.:;,]*", re.I)
_EDGE = " .,:;_-|'\"“”—"
#: So many rows below its label an addressee may take, and letters one must have.
_ROWS, _SHORTEST = 6, 4


def find_addressee(layout: Layout) -> Field | None:
    """Return the addressee; of several, this desk's ministry first."""
    found: list[Candidate] = []
    for row in layout.sheet.rows[: min(layout.body + 2, layout.last)]:
        for cell in row.cells:
            match = _TO.match(layout.sheet.text, cell.start, row.end)
            if match:
                found += _after(layout, row.index, cell.start, match.end())
        if found:
            break
    if not found:
        found = _at_foot(layout) or _unlabelled(layout)
    found.sort(key=lambda c: -c.confidence)
    return Field(tuple(found)) if found else None


def _after(layout: Layout, index: int, begin: int, after: int) -> list[Candidate]:
    """Return the addressees that stand from ``after`` on and in the rows below."""
    sheet, row = layout.sheet, layout.sheet.rows[index]
    x0 = row.cell_at(begin).x0
    spans = [(after, row.end)] if len(sheet.text[after : row.end].strip(" .,:;_-")) > 3 else []
    for below in sheet.rows[index + 1 : index + 1 + _ROWS]:
        cell = min(below.cells, key=lambda c: abs(c.x0 - x0))
        again = _TO.match(sheet.text, cell.start, below.end)
        start = again.end() if again else cell.start
        text = sheet.text[start : below.end]
        if (
            below.index in layout.headings
            or below.index > layout.body
            or len(spans) > 4
            or (below.index == layout.body and spans)
        ):
            break
        goes_on = spans and _UNFINISHED.search(sheet.text[slice(*spans[-1])]) and not _STOP_ALL_THE_SAME.match(text)
        if spans and not goes_on and (_STOP.match(text) or below.index in layout.pairs):
            break
        if len(text.strip(" .,:;_-")) > 3 and not (not spans and _STOP.match(text)):
            spans.append((start, below.end))
    return _several(layout, spans)


def _several(layout: Layout, spans: list[tuple[int, int]]) -> list[Candidate]:
    """Join the rows of one addressee; numbered rows are addressees of their own."""
    text = layout.sheet.text
    groups: list[list[tuple[int, int]]] = []
    for span in spans:
        mark = _ITEM.match(text[span[0] : span[1]])
        if mark or not groups:
            groups.append([(span[0] + (mark.end() if mark else 0), span[1])])
        else:
            groups[-1].append(span)
    return [c for group in groups if (c := _candidate(layout, group))]


def _candidate(layout: Layout, spans: list[tuple[int, int]]) -> Candidate | None:
    sheet = layout.sheet
    start, end = spans[0][0], spans[-1][1]
    teks = " ".join(sheet.printed(a, b) for a, b in spans)
    teks = _CUT.sub("", teks).strip(_EDGE)
    if len(teks) < _SHORTEST or "@" in teks:
        return None
    sure = 0.95 if _MINISTRY.search(teks) else 0.85
    return sheet.candidate(start, end, sure, "setelah 'Kepada Yth.'", teks, teks)


def _at_foot(layout: Layout) -> list[Candidate]:
    """Return the addressee below the signature (*Disampaikan kepada Yth.: …*)."""
    for row in layout.tail_rows:
        if match := _TO_AT_FOOT.match(row.text):
            below = layout.sheet.rows[row.index + 1 : min(row.index + 2, layout.last)]
            span = (row.start + match.end(), row.end)
            spans = [span] if len(row.text) - match.end() > 3 else [(r.start, r.end) for r in below]
            return _several(layout, spans)
    return []


def _unlabelled(layout: Layout) -> list[Candidate]:
    """Return an office named in a row of its own above the salutation (*KEPALA KANTOR … / DI TEMPAT*)."""
    sheet = layout.sheet
    for row in layout.head_rows:
        below = sheet.rows[row.index + 1].text if row.index + 1 < len(sheet.rows) else ""
        if _AT_A_PLACE.match(below) and _OFFICE.search(row.text) and row.index not in layout.pairs:
            candidate = _candidate(layout, [(row.start, row.end)])
            return [candidate] if candidate else []
    office = next((r for r in layout.head_rows[3:] if _DESK.match(r.text)), None)
    if office and (candidate := _candidate(layout, [(office.start, office.end)])):
        return [candidate]
    if thanked := _THANKED.search(sheet.text):
        return [sheet.candidate(*thanked.span(), 0.4, "disebut dalam surat; surat ini tidak punya alamat tujuan")]
    return []


def copies(layout: Layout) -> tuple[Field, ...]:
    """Return who gets a copy, without the sender's own files."""
    sheet = layout.sheet
    label = _COPY_LABEL.match(sheet.text, layout.offset(layout.copies))
    start = label.end() if label else layout.offset(layout.copies)
    found = []
    for a, b in items_between(layout, start, layout.offset(layout.last), copies=True):
        teks = sheet.printed(a, b).strip(" .,:;_-|'\"")
        if len(teks) > 3 and not _FILED.match(teks) and not _YTH.match(teks):
            found.append(Field((sheet.candidate(a, b, 0.93, "daftar tembusan", teks, teks),)))
    return tuple(found)
