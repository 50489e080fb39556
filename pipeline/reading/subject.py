"""What the letter is about, as its subject line says: *Hal*, *Perihal*, *Judul* and their like."""

from __future__ import annotations

import re

from pipeline.reading.fields import Candidate, Field
from pipeline.reading.labels import Pair, value_end
from pipeline.reading.layout import Layout

_STOP = re.compile(
    r"\W*(?:kepada|kpd|yth|jth|bapak|ibu|dengan|dgn|saya|kami|"
    r"yang (?:ter)?(?:hormat|mulia|bertanda)|lamp|sifat|di\b|assalam|salam|nomor|tanggal|"
    r"\w+, \d|[A-Z][a-z]+ (?:tgl|\d))",
    re.I,
)
_TAIL = " .,;:_-|'\"“”—=~*"


def subject(layout: Layout) -> Field | None:
    """Return the subject line; one above the salutation is surer than one in a form below it."""
    found = []
    for index, pair in layout.pairs.items():
        if pair.kind != "perihal" or pair.end <= pair.start:
            continue
        if index > layout.body + 1 and not _in_form(layout, pair):
            continue
        found.append(_value(layout, pair, 0.95 if index <= layout.body + 1 else 0.85))
    found.sort(key=lambda c: -c.confidence)
    return Field(tuple(found)) if found else None


def _in_form(layout: Layout, pair: Pair) -> bool:
    return pair.row.index < layout.ending and pair.label[:5].lower() in ("judul", "perih", "subje", "subye", "pokok")


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
    teks = text.strip(_TAIL)
    return sheet.candidate(pair.start, end, sure, f"baris berlabel '{pair.label.strip()}'", teks, teks)
