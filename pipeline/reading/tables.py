"""A table of complainants: a row of headings, then one person a numbered row."""

from __future__ import annotations

import re

from pipeline.reading.fields import Field
from pipeline.reading.identity import age_field, empty, name_field, value_field
from pipeline.reading.labels import kind_of
from pipeline.reading.layout import Layout
from pipeline.reading.names import FULL_NAME
from pipeline.reading.numbers import PHONE, nik, telephone
from pipeline.reading.sheet import Cell, Row

_NUMBER = re.compile(r"\W*\d{1,2}\s*[.!|]?\s*(?:\t|\s|$)")
_WORK = re.compile(r"kedudukan|jabatan|pekerjaan", re.I)
_LEADING = re.compile(rf"\W*(?:\d{{1,2}}\W+)?({FULL_NAME})")
_SIXTEEN = re.compile(r"(?<!\d)\d{16}(?!\d)")
#: The column of numbers, close to the one of names.
_COUNTED = re.compile(r"^\W*(?:(?:no|nomor)\b\.?|\d{1,2}[.)]?)\s+(?=\w)", re.I)
Column = tuple[float, frozenset[str]]


#: What leads to a table of those complained of.
_AGAINST = re.compile(r"\b(?:terhadap|mengadukan|melaporkan|terlapor|teradu|diadukan|dilaporkan)\b[^.]*$", re.I)


def people_in_table(layout: Layout) -> list[dict[str, Field | None]]:
    """Return the complainants in the first table headed *No | Nama | …*, or an empty list."""
    return _people(layout, against=False)


def accused_in_table(layout: Layout) -> list[dict[str, Field | None]]:
    """Return those in the first such table that *mengadukan* or *terhadap* leads to, or an empty list."""
    return _people(layout, against=True)


def _people(layout: Layout, *, against: bool) -> list[dict[str, Field | None]]:
    sheet = layout.sheet
    for row in sheet.rows[max(0, layout.body - 2) : min(layout.body + 25, layout.last)]:
        columns = _columns(row)
        if columns and against == bool(_AGAINST.search(sheet.flow, max(0, row.start - 160), row.start)):
            return [p for group in _groups(layout, row, columns) if (p := _person(layout, columns, group))["nama"]]
    return []


def _columns(row: Row) -> tuple[Column, ...]:
    cells = [(c, row.text[c.start - row.start : c.end - row.start]) for c in row.cells]
    columns = tuple((c.x0, _kinds(text)) for c, text in cells)
    named = sum("nama" in kinds for _, kinds in columns)
    return columns if named == 1 and len(columns) >= 3 and sum(bool(k) for _, k in columns) >= 2 else ()


def _kinds(heading: str) -> frozenset[str]:
    found = {kind_of(part) for part in re.split(r"\s*/\s*|\s+dan\s+", _COUNTED.sub("", heading))}
    if _WORK.search(heading):
        found.add("pekerjaan")
    return frozenset(k for k in found if k)


def _groups(layout: Layout, head: Row, columns: tuple[Column, ...]) -> list[list[Row]]:
    """Return the table's rows by person: what stands left of the names (a number, however read) begins the next."""
    names = next(x0 for x0, kinds in columns if "nama" in kinds)
    groups: list[list[Row]] = []
    for row in layout.sheet.rows[head.index + 1 : layout.ending]:
        if _NUMBER.match(row.text) or (len(row.cells) > 1 and row.x0 < names - 0.02 and len(row.text.split()[0]) < 4):
            groups.append([row])
        elif (groups and len(row.cells) >= 2) or (groups and len(groups[-1]) < 4 and row.x0 > head.x0 + 0.08):
            groups[-1].append(row)
        elif groups:
            break
    return groups


def _person(layout: Layout, columns: tuple[Column, ...], rows: list[Row]) -> dict[str, Field | None]:
    person = empty()
    for position, (x0, kinds) in enumerate(columns):
        right = columns[position + 1][0] - 0.02 if position + 1 < len(columns) else 1.0
        cells = [c for row in rows for c in row.cells if x0 - 0.03 <= c.x0 < right]
        if cells and kinds:
            _fill(layout, person, kinds, cells)
    if person["nama"] is None and (match := _LEADING.match(layout.sheet.text, rows[0].start)):
        person["nama"] = name_field(layout, match.start(1), match.end(1), 0.7, "baris tabel pelapor")
    number = _SIXTEEN.search(layout.sheet.text, rows[0].start, rows[-1].end)
    if number and person["nik"] is None and any("nik" in kinds for _, kinds in columns):
        person["nik"] = nik(layout, number.start(), number.end(), "baris tabel pelapor", 0.8)
    if person["telepon"] is None and any("telepon" in kinds for _, kinds in columns):
        person["telepon"] = telephone(layout, rows[0].start, rows[-1].end, "baris tabel pelapor", 0.75)
    return person


def _fill(layout: Layout, person: dict[str, Field | None], kinds: frozenset[str], cells: list[Cell]) -> None:
    sheet = layout.sheet
    text = " ".join(sheet.printed(c.start, c.end) for c in cells)
    reason = "kolom tabel pelapor"
    start, end = cells[0].start, cells[-1].end
    if "nik" in kinds:
        person["nik"] = next((f for c in cells if (f := nik(layout, c.start, c.end, reason, 0.9))), None)
    if "telepon" in kinds:
        person["telepon"] = _split_phone(layout, cells, text, reason)
    if "nama" in kinds:
        number = _COUNTED.match(text)
        first = number.end() if number else 0
        name = re.split(r",|\bNIK\b|\s\d", text[first:])[0]
        person["nama"] = name_field(layout, start + first, start + first + len(name), 0.88, reason)
    if "pekerjaan" in kinds:
        person["pekerjaan"] = value_field(layout, start, end, 0.85, reason, text)
    if "umur" in kinds:
        person["umur"] = age_field(layout, cells[0].start, cells[0].end, 0.85, reason)
    if "alamat" in kinds:
        home = re.split(r",?\s*(?:HP|Hp|No\.? ?HP|Telp|WA)\b|,?\s*(?=\b08\d\d)", text)[0]
        person["alamat"] = value_field(layout, start, end, 0.82, reason, home)


def _split_phone(layout: Layout, cells: list[Cell], text: str, reason: str) -> Field | None:
    """Return a telephone number that may go on in the next line of its cell."""
    match = PHONE.search(text)
    if match is None:
        return None
    start = next((c.start for c in cells if telephone(layout, c.start, c.end, reason)), cells[-1].start)
    number = re.sub(r"\D", "", match[0])
    return Field((layout.sheet.candidate(start, cells[-1].end, 0.8, reason, number, match[0].strip()),))
