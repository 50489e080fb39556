"""What is enclosed: the line *Lampiran* above, or the list below the signature or in a section of its own."""

from __future__ import annotations

import re

from pipeline.reading.fields import Candidate, Field
from pipeline.reading.labels import value_end
from pipeline.reading.layout import MARK, Layout, items_between, list_end

_LABEL = re.compile(
    r"\W*(?:terlampir|lampiran(?: surat)?|daftar lampiran|bersama ini (?:kami|saya) lampirkan)\s*[:;.]?\s*$", re.I
)
#: A line that only counts (*3 (tiga) lembar*): what is enclosed may be listed elsewhere.
_COUNT = re.compile(
    r"\W*(?:\d{1,3}|se\w*|\w+)?\s*(?:\(\s*[\w ]+\s*\))?\s*"
    r"(?:lembar|lbr|berkas|bundel|jilid|set|dokumen|eksemplar|bendel|helai|rangkap)\W*",
    re.I,
)
#: A heading with what it lists on the same row: *E. LAMPIRAN Foto rumah, surat keterangan RT.*
_INLINE = re.compile(r"\W*(?:[A-Z]|[IVX]{1,4}|\d{1,2})\s?[.)]\s+(?:DAFTAR )?LAMPIRAN\s*[:.]?\s+(?=\S)")
_COMMA = re.compile(r",\s+(?:dan\s+|serta\s+)?")
_FEWEST = 2
_EDGE = " .,:;_-|'\"“”—=~!"  # a poor scan's colon may be a ``!``


def enclosures(layout: Layout) -> Field | None:
    """Return what the *Lampiran* line says; where that only counts, or is not there, the list of enclosures first."""
    line, (listed, items) = _line(layout), _listed(layout)
    if line is None or listed is None:
        only = line or listed
        return Field((only,)) if only else None
    listed_first = bool(_COUNT.fullmatch(line.teks)) and items >= _FEWEST
    return Field((listed, line) if listed_first else (line,))


def _line(layout: Layout) -> Candidate | None:
    sheet = layout.sheet
    for index, pair in layout.pairs.items():
        if pair.kind != "lampiran" or index > layout.body or pair.end <= pair.start:
            continue
        end, cells = value_end(sheet, pair, frozenset(layout.pairs) | {layout.body}, 1)
        goes_on = not cells or cells[0].start == pair.end + 1
        teks = sheet.printed(pair.start, end if goes_on else pair.end).strip(_EDGE)
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
    items = [item for a, b in spans if len(item := sheet.printed(a, b).strip(_EDGE)) > 2]
    if not items:
        return None, 0
    teks = "; ".join(items)
    return sheet.candidate(*span, 0.8, "daftar lampiran", teks, teks), len(items)


def _span(layout: Layout) -> tuple[int, int] | None:
    """Return where the list stands: below its label, or in the section headed *Lampiran* or *Bukti*."""
    sheet = layout.sheet
    label = next((r for r in sheet.rows[layout.body : layout.last] if _LABEL.match(r.text)), None)
    if label:
        return label.end, layout.offset(layout.last)
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
