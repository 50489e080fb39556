"""The lines at a letter's head that refer to it: number (*Nomor*), subject (*Hal*), enclosures (*Lampiran*).

What is enclosed may also stand in a list below the signature, or in a section of its own.
"""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.reading.fields import Candidate, Field, at_all_places
from pipeline.reading.labels import Pair, value_end
from pipeline.reading.layout import MARK, Layout, items_between, list_end
from pipeline.reading.vocabulary import Pattern, digits, vocabulary

_BEFORE_NUMBER = Pattern(
    "reference_block",
    r"\W*(?:<reference>\b[.\s]*(?=n[or]|:))?(?:<labels.number>\b|(?<=\w)(?=[.\s]*:))"
    r"[.,]?[ \t]*(?:surat\b)?[.,]?[ \t]*(?:[:;=—–-]|\t)?[ \t]*[:.]?[ \t]*",
    re.I,
)
_SLASHED = re.compile(r"[A-Za-z0-9.&()-]+(?: ?[/\\] ?[A-Za-z0-9.&()-]+)+(?: [A-Z0-9-]{1,8}(?:/[A-Za-z0-9.&()-]+)+)?")
#: A number whose strokes were lost on a poor scan: *007 KPPU V 2025*.
_UNSTROKED = re.compile(r"\d{1,4}(?: [A-Z][A-Z.-]{1,9}){1,3} [IVX]{1,4} (?:19|20)\d\d\b")
#: What a colon may have become between the label and the number.
_JUNK = re.compile(r"\S{1,2}[ \t]+")
_SHORT = re.compile(r"(?=[A-Za-z.-]*\d)[A-Za-z0-9.-]{1,20}")
_ROMAN = re.compile(r"(?<=/)[IVXl1|]{1,4}(?=/(?:19|20)\d\d\b)")
#: An *M* or *Y* before ones, where a month stands, was a *V*.
_NO_ROMAN = re.compile(r"(?<=/)[MYW](?=I{0,3}/(?:19|20)\d\d\b)")
#: A part of the number that is figures but for a letter that was read for one (``O33``).
_FIGURES = re.compile(r"(?<![^/.-])(?=[OoIl|\d]*\d[OoIl|\d]*\d)[OoIl|\d]{2,5}(?![^/.-])")
_OTHER = Pattern("reference_block", r"\b<other_numbers>\b", re.I)
_ELSE = Pattern("reference_block", r"\b<other_rows>\b", re.I)
_STOP = Pattern("reference_block", r"\W*(?:<after_subject>|di\b|\w+, \d|[A-Z][a-z]+ (?:tgl|\d))", re.I)
_EDGE = " .,:;_-|'\"“”—=~*"
_LABEL = Pattern("reference_block", r"\W*<enclosed>\s*[:;.]?\s*$", re.I)
#: A line that only counts (*3 (tiga) lembar*): what is enclosed may be listed elsewhere.
_COUNT = Pattern("reference_block", r"\W*(?:\d{1,3}|se\w*|\w+)?\s*(?:\(\s*[\w ]+\s*\))?\s*<sheets>\W*", re.I)
#: A heading with what it lists on the same row: *E. LAMPIRAN Foto rumah, surat keterangan RT.*
_INLINE = Pattern("reference_block", r"\W*(?:[A-Z]|[IVX]{1,4}|\d{1,2})\s?[.)]\s+<heading>\s*[:.]?\s+(?=\S)")
_COMMA = re.compile(r",\s+(?:dan\s+|serta\s+)?")
_FEWEST = 2
_LISTED_EDGE = " .,:;_-|'\"“”—=~!»«›‹>"  # a poor scan's colon may be a ``!`` or a ``»``


def complaint_number(layout: Layout) -> Field | None:
    """Return the letter's own number: on a line that begins with *Nomor*, above the salutation."""
    found = [c for i in range(layout.body) if (c := _number_in(layout, i))]
    return Field(tuple(sorted(found, key=lambda c: -c.confidence))) if found else None


def _number_in(layout: Layout, index: int) -> Candidate | None:
    sheet, row = layout.sheet, layout.sheet.rows[index]
    for cell in row.cells:
        begin = _BEFORE_NUMBER.match(sheet.text, cell.start, row.end)
        if begin is None or _OTHER.search(sheet.text, cell.start, begin.end()):
            continue
        junk = _JUNK.match(sheet.text, begin.end(), row.end)
        value = _SLASHED.match(sheet.text, begin.end(), row.end) or (
            _SLASHED.match(sheet.text, junk.end(), row.end) if junk else None
        )
        sure = 0.96
        if value is None and (lost := _UNSTROKED.match(sheet.text, begin.end(), row.end)):
            said = "baris berlabel 'Nomor' di kepala surat; garis miringnya tidak terbaca"
            return sheet.candidate(lost.start(), lost.end(), 0.6, said, lost[0].replace(" ", "/"))
        if value is None:
            value, sure = _SHORT.match(sheet.text, begin.end(), row.end), 0.55
        if value is None or _ELSE.search(row.text) or not re.search(r"\d", value[0]):
            continue
        return sheet.candidate(
            value.start(), value.end(), sure, "baris berlabel 'Nomor' di kepala surat", _normal(value[0])
        )
    return None


def _normal(number: str) -> str:
    """Return the number in capitals without blanks; months read as ones, and letters among figures, are put right."""
    text = re.sub(r"\s", "", number).rstrip(".,;").replace("\\", "/")
    text = _FIGURES.sub(lambda m: digits(m[0]), text)
    text = _NO_ROMAN.sub("V", text)
    return _ROMAN.sub(lambda m: m[0].replace("1", "I").replace("l", "I").replace("|", "I"), text).upper()


def subject(layout: Layout) -> Field | None:
    """Return the subject line; one above the salutation is surer than one in a form below it."""
    found, in_forms = [], tuple(vocabulary("reference_block")["subject_in_form"])
    for index, pair in layout.pairs.items():
        if pair.kind != "perihal" or pair.end <= pair.start:
            continue
        in_form = index < layout.ending and pair.label.lower().startswith(in_forms)
        if index <= layout.body + 1 or in_form:
            found.append(_value(layout, pair, 0.95 if index <= layout.body + 1 else 0.85))
    found.sort(key=lambda c: -c.confidence)
    return Field(tuple(found)) if found else None


def _line_end(layout: Layout, pair: Pair) -> int:
    """Return where the subject's first line ends: before a cell of another matter (a date, an addressee)."""
    end = pair.end
    for cell in pair.row.cells:
        text = layout.sheet.text[cell.start : cell.end]
        if cell.start > end:
            if _STOP.match(text) or re.search(r"\d{4}", text) or not re.search(r"[A-Za-z]{3}", text):
                break
            end = cell.end
    return end


def _value(layout: Layout, pair: Pair, sure: float) -> Candidate:
    sheet = layout.sheet
    stop = frozenset(layout.pairs) | frozenset(
        r.index for r in sheet.rows[pair.row.index : pair.row.index + 4] if _STOP.match(r.text)
    )
    end, cells = value_end(sheet, pair, stop)
    line = _line_end(layout, pair)
    text = " ".join(sheet.printed(a, b) for a, b in [(pair.start, line), *((c.start, c.end) for c in cells)])
    end = max(end, line)
    teks = text.strip(_EDGE)
    return sheet.candidate(pair.start, end, sure, f"baris berlabel '{pair.label.strip()}'", teks, teks)


def enclosures(layout: Layout) -> Field | None:
    """Return what the *Lampiran* line says; where that only counts, or is not there, the list of enclosures first."""
    line, (listed, items) = _labelled_enclosures(layout), _listed(layout)
    if line is None or listed is None:
        only = line or listed
        return Field((only,)) if only else None
    listed_first = bool(_COUNT.fullmatch(line.teks)) and items >= _FEWEST
    return Field((listed, line) if listed_first else (line,))


def _labelled_enclosures(layout: Layout) -> Candidate | None:
    sheet = layout.sheet
    for index, pair in layout.pairs.items():
        if pair.kind != "lampiran" or index > layout.body or pair.end <= pair.start:
            continue
        end, cells = value_end(sheet, pair, frozenset(layout.pairs) | {layout.body}, 1)
        goes_on = not cells or cells[0].start == pair.end + 1
        teks = sheet.printed(pair.start, end if goes_on else pair.end).strip(_LISTED_EDGE)
        if re.search(r"\w", teks):
            return sheet.candidate(pair.start, end, 0.93, f"baris berlabel '{pair.label.strip()}'", teks, teks)
    return None


def _listed(layout: Layout) -> tuple[Candidate | None, int]:
    """Return the list of enclosures, its parts joined by semicolons, and how many there are."""
    span = _span(layout)
    if span is None:
        return None, 0
    sheet, flow = layout.sheet, layout.sheet.flow
    spans = items_between(layout, *span)
    if len(spans) == 1 and not MARK.match(sheet.text, span[0]):
        spans = _at_commas(flow, *spans[0])
    items = [(a, b, item) for a, b in spans if len(item := sheet.printed(a, b).strip(_LISTED_EDGE)) > 1]
    if not items:
        return None, 0
    teks = "; ".join(item for _, _, item in items)
    first, *others = (sheet.candidate(a, b, 0.8, "daftar lampiran", item, item) for a, b, item in items)
    return replace(at_all_places(first, others), nilai=teks, teks=teks), len(items)


def _span(layout: Layout) -> tuple[int, int] | None:
    """Return where the list stands: below its label, or in the section headed *Lampiran* or *Bukti*."""
    sheet = layout.sheet
    label = next((r for r in sheet.rows[layout.body : layout.last] if _LABEL.match(r.text)), None)
    if label:
        return label.end, layout.offset(layout.copies if label.index < layout.copies else layout.last)
    inline = next(((r, m) for r in sheet.rows[layout.body : layout.last] if (m := _INLINE.match(r.text))), None)
    if inline:
        row, match = inline
        return row.start + match.end(), row.end
    rows = [i for i, name in layout.sections.items() if name == "lampiran"]
    if not rows:
        return None
    head = sheet.rows[rows[0]]
    if len(rows) == 1:
        return head.start, head.end
    last = min(rows[-1] + 1, list_end(layout, rows[1]))
    return head.end, sheet.rows[max(last - 1, rows[1])].end


def _at_commas(flow: str, start: int, end: int) -> list[tuple[int, int]]:
    parts, at = [], start
    for cut in [*_COMMA.finditer(flow, start, end), None]:
        parts.append((at, cut.start() if cut else end))
        at = cut.end() if cut else end
    return parts
