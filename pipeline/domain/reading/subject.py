"""What the letter is about, as its subject line says: *Hal*, *Perihal*, *Judul* and their like."""

from __future__ import annotations

import re

from pipeline.domain.letter import Field
from pipeline.domain.reading.labels import Pair, value_end
from pipeline.domain.reading.layout import Layout

_STOP = re.compile(
    r"\W*(?:kepada|kpd|yth|jth|bapak|ibu|dengan|dgn|saya|kami|yang|lamp|sifat|di\b|assalam|salam|nomor|tanggal|"
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
    return pair.row.index < layout.ending and pair.label[:5].lower() in ("judul", "periha"[:5], "subje", "subye")


def _value(layout: Layout, pair: Pair, sure: float):  # type: ignore[no-untyped-def]
    sheet = layout.sheet
    stop = frozenset(layout.pairs) | frozenset(
        r.index for r in sheet.rows[pair.row.index : pair.row.index + 4] if _STOP.match(r.text)
    )
    end, cells = value_end(sheet, pair, stop)
    text = " ".join(sheet.printed(a, b) for a, b in [(pair.start, pair.end), *((c.start, c.end) for c in cells)])
    teks = text.strip(_TAIL)
    return sheet.candidate(pair.start, end, sure, f"baris berlabel '{pair.label.strip()}'", teks, teks)
