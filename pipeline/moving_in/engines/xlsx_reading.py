"""A workbook (.xlsx, ISO 29500) as values with their places; runs in a confined child only.

Neither openpyxl's reader of large files nor calamine tells which cells are merged, or which hold a formula that nobody
has reckoned; an import must say both. So the few parts that matter are read from the XML, element by element.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from lxml import etree

from pipeline.errors import Refused
from pipeline.moving_in.old_book import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, Kind, letters

#: Bytes of all parts unpacked: Excel packs a sheet 10 to 20 times smaller.
_MOST_UNPACKED = 250 * 2**20
_MOST_SHEETS, _MOST_ENTRIES, _MOST_MERGED = 60, 2_000, 20_000
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
#: Numbers of formats that show a day (ISO 29500-1, 18.8.30), also those of East Asian Excel.
_DAYS = {*range(14, 18), 22, *range(27, 37), *range(50, 59)}
#: What is no letter of a format: texts in quotes, what stands in brackets (colours, languages), escaped signs.
_ASIDE = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_FIRST_DAY, _FIRST_DAY_MAC = datetime(1899, 12, 30), datetime(1904, 1, 1)
#: What the readers of zip and XML raise of a file that is not sound.
_UNSOUND = (
    *(zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError),
    *(EOFError, KeyError, IndexError, NotImplementedError, RuntimeError, ValueError, OSError, OverflowError),
)
_SAVE_AGAIN = "Buka di Excel atau LibreOffice dan simpan ulang sebagai .xlsx, atau sebagai .csv."


@dataclass(frozen=True, slots=True)
class _Formats:
    """What tells days from numbers: which styles show a day, and from when days are counted."""

    days: frozenset[int]
    first: datetime


def sheets(data: bytes) -> Iterator[tuple[str, list[Any], list[str]]]:
    """Yield of each sheet its name, its rows ``[number, [cell, …]]``, and what is to be known of it.

    A cell is its text, or ``[kind, text]``.

    Raises:
        Refused: the file is no such workbook, is not whole, or is too large.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            yield from _sheets(_Package(package))
    except _UNSOUND as fault:
        raise _broken() from fault


class _Package:
    """The parts of the file; no more is unpacked of all together than is allowed, whatever their heads say."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        if len(package.infolist()) > _MOST_ENTRIES:
            raise _bomb()
        self._package, self._left = package, _MOST_UNPACKED

    def part(self, name: str) -> bytes:
        """Return a part; raises KeyError where there is none."""
        with self._package.open(name) as reader:
            data = reader.read(self._left + 1)
        self._left -= len(data)
        if self._left < 0:
            raise _bomb()
        return data

    def relations(self, of: str) -> dict[str, str]:
        """Return the parts that a part names, by id."""
        folder, name = posixpath.split(of)
        root = _parsed(self.part(posixpath.join(folder, "_rels", f"{name}.rels")))
        return {
            str(rel.get("Id")): posixpath.normpath(posixpath.join("/", folder, str(rel.get("Target")))).lstrip("/")
            for rel in root.iterfind("{*}Relationship")
        }


def _sheets(package: _Package) -> Iterator[tuple[str, list[Any], list[str]]]:
    start = next((t for t in package.relations("").values() if t.endswith((".xml",)) and "workbook" in t), None)
    if start is None:
        raise _broken()
    book, parts = _parsed(package.part(start)), package.relations(start)
    texts, formats = _texts(package, parts), _formats(package, parts, book)
    for count, sheet in enumerate(book.iterfind("{*}sheets/{*}sheet"), start=1):
        if count > _MOST_SHEETS:
            raise _too_large(f"lebih dari {_MOST_SHEETS} lembar")
        target = parts.get(next((str(v) for k, v in sheet.attrib.items() if str(k).endswith("}id")), ""), "")
        name, told = str(sheet.get("name")), list[str]()
        if "worksheets/" not in target:
            continue  # a chart
        if sheet.get("state") not in (None, "visible"):
            told.append("lembar ini disembunyikan di bukunya")
        rows, merged = _rows(package.part(target), texts, formats, name)
        yield name, _covered(rows, merged), told


def _rows(data: bytes, texts: list[str], formats: _Formats, sheet: str) -> tuple[dict[int, list[Any]], list[str]]:
    rows, merged, last = dict[int, list[Any]](), list[str](), 0
    for _, element in etree.iterparse(
        io.BytesIO(data), tag=("{*}row", "{*}mergeCell"), resolve_entities=False, no_network=True, huge_tree=False
    ):
        if etree.QName(element).localname == "mergeCell":
            merged.append(str(element.get("ref")))
            if len(merged) > _MOST_MERGED:
                raise _too_large(f"lembar {sheet!r} berisi lebih dari {_MOST_MERGED} sel gabungan")
            continue
        last = int(element.get("r") or last + 1)
        cells = _cells(element, texts, formats, sheet, last)
        if any(cells):
            rows[last] = cells
        if len(rows) > MOST_ROWS:
            raise _too_large(f"lembar {sheet!r} berisi lebih dari {MOST_ROWS} baris")
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]
    return rows, merged


def _cells(row: Any, texts: list[str], formats: _Formats, sheet: str, number: int) -> list[Any]:
    cells: list[Any] = []
    for cell in row.iterfind("{*}c"):
        found = _REFERENCE.fullmatch(cell.get("r") or "")
        column = _column(found[1]) if found else len(cells)
        value = _value(cell, texts, formats)
        if column >= MOST_COLUMNS:
            if value:
                raise _too_large(f"lembar {sheet!r} baris {number} berisi lebih dari {MOST_COLUMNS} kolom")
            continue
        cells += [""] * (column + 1 - len(cells))
        cells[column] = value
    return cells


def _value(cell: Any, texts: list[str], formats: _Formats) -> Any:
    kind, stored = cell.get("t") or "n", cell.findtext("{*}v")
    if kind == "inlineStr":
        return _shown(cell.find("{*}is"))
    if not stored:
        formula = cell.find("{*}f")
        return [Kind.UNCOUNTED, f"={formula.text or ''}"[:LONGEST_CELL]] if formula is not None else ""
    if kind == "s":
        return texts[int(stored)]
    if kind == "e":
        return [Kind.ERROR, stored[:LONGEST_CELL]]
    if kind == "d":
        return [Kind.DAY, stored[:10]]
    if kind == "b":
        return "ya" if stored == "1" else "tidak"
    return stored[:LONGEST_CELL] if kind == "str" else _number(stored, int(cell.get("s") or 0), formats)


def _number(stored: str, style: int, formats: _Formats) -> Any:
    try:
        value = float(stored)
    except ValueError:
        return stored[:LONGEST_CELL]
    if style in formats.days and 0 < value < 2_958_466:  # the last day that Excel knows, 31 December 9999
        return [Kind.DAY, (formats.first + timedelta(days=value)).date().isoformat()]
    return [Kind.NUMBER, str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)]


def _covered(rows: dict[int, list[Any]], merged: list[str]) -> list[Any]:
    """Return the rows in their order, each part of merged cells but the first marked as that."""
    for reference in merged:
        first, _, last = reference.partition(":")
        begin, end = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last)
        if not begin or not end:
            continue
        left, right, top = _column(begin[1]), min(_column(end[1]), MOST_COLUMNS - 1), int(begin[2])
        for number in range(top, min(int(end[2]), top + MOST_ROWS) + 1):
            if (cells := rows.get(number)) is None:
                continue  # nothing stands in that row at all
            cells += [""] * (right + 1 - len(cells))
            for column in range(left, right + 1):
                if (number, column) != (top, left):
                    cells[column] = [Kind.COVERED, f"{letters(left)}{top}"]
    return [[number, cells] for number, cells in sorted(rows.items())]


def _texts(package: _Package, parts: Mapping[str, str]) -> list[str]:
    name = next((part for part in parts.values() if part.endswith("sharedStrings.xml")), None)
    if name is None:
        return []
    texts = []
    for _, item in etree.iterparse(
        io.BytesIO(package.part(name)), tag="{*}si", resolve_entities=False, no_network=True, huge_tree=False
    ):
        texts.append(_shown(item))
        item.clear()
        while item.getprevious() is not None:
            del item.getparent()[0]
    return texts


def _shown(item: Any) -> str:
    """Return a text with its runs joined; how it is pronounced (``rPh``) is no part of it."""
    if item is None:
        return ""
    runs = (t for t in item.iterfind(".//{*}t") if etree.QName(t.getparent()).localname != "rPh")
    return "".join(t.text or "" for t in runs)[:LONGEST_CELL]


def _formats(package: _Package, parts: Mapping[str, str], book: Any) -> _Formats:
    properties = book.find("{*}workbookPr")
    mac = properties is not None and properties.get("date1904") in ("1", "true")
    first = _FIRST_DAY_MAC if mac else _FIRST_DAY
    name = next((part for part in parts.values() if part.endswith("styles.xml")), None)
    if name is None:
        return _Formats(frozenset(), first)
    styles = _parsed(package.part(name))
    own = {
        int(f.get("numFmtId")) for f in styles.iterfind("{*}numFmts/{*}numFmt") if _shows_day(str(f.get("formatCode")))
    }
    used = [int(style.get("numFmtId") or 0) for style in styles.iterfind("{*}cellXfs/{*}xf")]
    return _Formats(frozenset(n for n, kind in enumerate(used) if kind in _DAYS | own), first)


def _shows_day(code: str) -> bool:
    plain = _ASIDE.sub("", code).lower()
    return "y" in plain or "d" in plain or plain.count("m") >= 3


def _column(name: str) -> int:
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _parsed(data: bytes) -> Any:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))


def _broken() -> Refused:
    return Refused("rusak", "Buku ini bukan lembar kerja .xlsx yang utuh.", _SAVE_AGAIN)


def _bomb() -> Refused:
    fact = "Isi buku ini mengembang menjadi terlalu besar bila dibuka."
    return Refused("terlalu-besar", fact, "Salin tabelnya saja ke buku kerja baru, lalu simpan sebagai .csv.")


def _too_large(what: str) -> Refused:
    return Refused(
        "terlalu-besar", f"Buku ini terlalu besar: {what}.", "Bagilah menjadi beberapa buku, misalnya per tahun."
    )
