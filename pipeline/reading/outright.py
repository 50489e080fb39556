"""Those whom a letter names as accused outright: under a heading, behind a label, in a table or a list."""

from __future__ import annotations

import re
from itertools import takewhile

from pipeline.reading.fields import Field
from pipeline.reading.identity import value_field
from pipeline.reading.layout import MARK, Layout, items_between, list_end
from pipeline.reading.mentions import mentions
from pipeline.reading.sheet import Row
from pipeline.reading.tables import accused_in_table

_SECTION_KINDS = {"nama", "instansi", "terlapor"}
_SPLIT = re.compile(
    r"\s+dan\s+(?=[A-Z])|,\s+(?:diwakili|a\.?\s?n\.?|yaitu|dan)\s+|;\s+|\s+dan\s+(?:lima|empat|"
    r"tiga|dua|beberapa|para)\s.*"
    r"|\s+cabang\s+\w+,?(?:\s+a\.?n\.?)?\s*|,\s+bagian\s+[^,;]*"
)
_CALLED = re.compile(r",?\s*(?:untuk |yang )?selanjutnya (?:di)?sebut.*|[;.]\s*$", re.I)
#: What leads to a list of those complained of: a sentence that charges and ends in a colon.
_AGAINST = re.compile(
    r"(?:\b(?:mengadukan|melaporkan|menggugat|diadukan|dilaporkan|terlapor|teradu|(?:saya|kami) (?:adukan|laporkan))\b"
    r"|\b(?:pengaduan|keberatan|laporan)\s+(?:terhadap|atas)\b)(?:[^.:]|\.(?=\S))*:\s*$",
    re.I,
)
#: What follows the name in an item of such a list.
_AND_SO_ON = re.compile(r"[,;]?\s+(?:yang|beralamat|alamat|berkedudukan|karena|NIK|umur|pekerjaan)\b.*", re.S)
#: What a row below says of one named, rather than going on with the name.
_ADDRESS = re.compile(r"\W*(?:jl|jln|jalan|alamat|ber[a-z]{4,}|yang|d/a|desa|kel|kec|gedung|komplek|telp|hp)\b", re.I)
#: So many rows lie between two rows labelled alike at the most.
_NEAR = 3
#: An item names somebody by its first words.
_AT_ONCE = 8
#: Words of a row that only names somebody.
_SHORT = 8


def named_outright(layout: Layout) -> tuple[Field, ...]:
    """Return those named so, in the letter's order; nobody where the letter only tells a story."""
    return _from_section(layout) or _from_labels(layout) or _from_table(layout) or _from_list(layout)


def _from_section(layout: Layout) -> tuple[Field, ...]:
    """Read a section headed *Terlapor*: its labelled names and offices, or its list."""
    rows = [layout.sheet.rows[i] for i, name in sorted(layout.sections.items()) if name == "terlapor"]
    pairs = [layout.pairs[r.index] for r in rows if r.index in layout.pairs]
    fields: list[Field] = []
    for pair in pairs:
        if pair.kind in _SECTION_KINDS and not re.match(r"kantor|jabatan", pair.label, re.I) and pair.end > pair.start:
            fields += _parts(layout, pair.start, pair.row.end, "bagian Terlapor")
    if not fields and any(MARK.match(r.text) for r in rows[1:]):
        fields = _items(layout, rows[1].start, min(rows[-1].end, layout.offset(list_end(layout, rows[1].index))))
    elif not fields and not any(pair.end > pair.start for pair in pairs):
        fields = [f for r in _named_rows(rows) if (f := value_field(layout, r.start, r.end, 0.75, "bagian Terlapor"))]
    return tuple(fields[:6])


def _named_rows(rows: list[Row]) -> list[Row]:
    """Return the rows below a heading that each name somebody: short, beginning with a capital, the first ones."""
    named = takewhile(lambda r: r.text[:1].isupper() and len(r.text.split()) <= _SHORT, rows[1:])
    return list(named)


def _from_labels(layout: Layout) -> tuple[Field, ...]:
    """Read the first row labelled *Terlapor*, and those labelled so below it (*Terlapor II*)."""
    fields: list[Field] = []
    before = None
    for index, pair in sorted(layout.pairs.items()):
        if pair.kind != "terlapor" or pair.end <= pair.start or (before is not None and index - before > _NEAR):
            continue
        before = index
        below = layout.sheet.rows[pair.row.index + 1 : pair.row.index + 2]
        goes_on = below and below[0].index not in layout.pairs and below[0].x0 > pair.row.x0 + 0.08
        goes_on = goes_on and not _ADDRESS.match(below[0].text)
        end = below[0].end if goes_on else pair.row.end
        fields += _parts(layout, pair.start, end, f"baris berlabel '{pair.label.strip()}'")
    return tuple(fields)


def _from_table(layout: Layout) -> tuple[Field, ...]:
    """Read the table below *mengadukan:*."""
    return tuple(f for person in accused_in_table(layout) if (f := person["nama"]))


def _from_list(layout: Layout) -> tuple[Field, ...]:
    """Read the list below *mengajukan pengaduan terhadap :*, if its items name somebody."""
    rows, flow = layout.sheet.rows, layout.sheet.flow
    for row in rows[layout.body : max(layout.body, layout.ending - 1)]:
        below = rows[row.index + 1]
        if MARK.match(below.text) and _AGAINST.search(flow, max(0, row.end - 240), row.end):
            items = _items(layout, below.start, layout.offset(list_end(layout, below.index)))
            if items and all(_names_somebody(layout, item.best.teks) for item in items):
                return tuple(items)
    return ()


def _names_somebody(layout: Layout, teks: str) -> bool:
    start = layout.sheet.flow.find(teks)
    first = next(mentions(layout, start, start + len(teks)), None) if start >= 0 else None
    return first is not None and first.start - start < _AT_ONCE


def _items(layout: Layout, start: int, end: int) -> list[Field]:
    found = []
    for a, b in items_between(layout, start, end):
        teks = _AND_SO_ON.sub("", _CALLED.sub("", layout.sheet.printed(a, b)))
        if field := value_field(layout, a, b, 0.85, "daftar pihak yang diadukan", teks):
            found.append(field)
    return found


def _parts(layout: Layout, start: int, end: int, reason: str) -> list[Field]:
    """Split *A dan B*, *A, diwakili B* into fields."""
    flow = layout.sheet.flow
    if mark := MARK.match(flow, start):
        start = mark.end()
    found, at = [], start
    for cut in [*_SPLIT.finditer(flow, start, end), None]:
        stop = cut.start() if cut else end
        if stop > at and (field := value_field(layout, at, stop, 0.9, reason)):
            found.append(field)
        at = cut.end() if cut else end
    return found
