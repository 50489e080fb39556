"""Labels and their values: ``Nama : …``, ``N a m a  : …``, ``No. Telp/HP  1 0852…``, a table without colons."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from pipeline.reading.sheet import Cell, Row, Sheet
from pipeline.reading.vocabulary import Pattern, distance, fold, modern, one_m, one_shape, vocabulary

_PHONE = Pattern("labels", r"<number>?<telephone>+<whose>?")
#: One of several accused: *Terlapor I*, *Teradu 2*.
_COUNTED = Pattern("labels", r"<counted>(?:i{1,3}|iv|vi{0,3}|\d)")
_HONORIFIC = re.compile(r"\([^)]*\)")
_PREFIX = Pattern("labels", r"\s*(?:\(?(?:\d{1,2}|[A-Za-z]|[IVX]{1,4})[.)]\s*|[-*•+]\s+|[IVXLl|]{1,4}\s+(?=<name>\b))?")
_TOKEN = re.compile(r"[^\s:;=]+")
_COLON = re.compile(r"[ \t]*(?:[^\w\s(]{0,2}[ \t]+)?[:;=]+[ \t]*")
#: What a colon becomes on a poor scan: a dash, a quote, a 1, an 8, a 3.
_DAMAGED = re.compile(
    r"[ \t]*(?:[^\w\s(]{1,2}(?=\s)|[ \t](?:\d|€|[a-z](?=[ \t]+[A-Z0-9]))[:;.]?(?=\s)"
    r"|[ \t]\d\d(?=\t)|[.,](?=\t))[ \t]*[:;]?[ \t]*"
)
#: A dash between a label and a count (*Lampiran - 2 lembar*), not one that says there is none.
_DASHED = re.compile(r"[ \t]*[-–—][ \t]*(?=\w)")
#: A kind whose value may follow without any separator (a table whose lines were lost), and what it must look like.
_BARE: Mapping[str, re.Pattern[str] | Pattern] = {
    "nik": re.compile(r"[\dOIl][\dOIl .-]{13,}"),
    "telepon": re.compile(r"1?[+(]?[0O6][\d .()-]{7,}"),
    "umur": Pattern("labels", r"\d{2}\s*<years>\b"),
    "nama": re.compile(r"[A-Z][A-Za-z'.]+(?:[ \t][A-Z][A-Za-z'.]+)*[ \t]*$"),
    "perihal": re.compile(r"[A-Z][A-Za-z]+ \w{2}"),
    "lampiran": re.compile(r"\d{1,2}\b"),
    "pekerjaan": re.compile(r"[A-Z][a-z]+(?: [A-Za-z]+){0,3}[ \t]*$"),
    "alamat": Pattern("labels", r"<street>\b"),
}
#: The labels of some kinds behind which it may; of the others any.
_BARE_LABEL: Mapping[str, re.Pattern[str] | Pattern] = {
    "perihal": Pattern("labels", r"<bare_subject>\.?", re.I),
    "lampiran": re.compile(r"\w+"),
}
_ANY_LABEL = re.compile(r"[^:=]+")
#: A label has so many letters and words at the most.
_LABEL_LETTERS, _LABEL_WORDS = 60, 7
#: Parts of the page's width: from which on a value is indented, how far a row below may stand from its column, and from
#: which on another cell of that row stands right of the label.
_INDENTED, _SAME_COLUMN, _OUTDENTED = 0.04, 0.035, 0.03
#: So many letters, from which on a label may have one letter wrong; shorter ones are other words then.
_LONG = 5


@dataclass(frozen=True, slots=True)
class Pair:
    """A label and where its value stands; ``start == end`` when nothing is written there."""

    kind: str
    label: str
    row: Row
    start: int
    end: int
    column: float
    """Where the value begins, as a fraction of the page's width."""


@cache
def _kinds() -> Mapping[str, str]:
    """Return what each label stands for, by its folded letters."""
    kinds = vocabulary("labels")["kinds"].items()
    return {fold(phrase): kind for kind, phrases in kinds for phrase in phrases}


@cache
def _known_misread() -> tuple[Mapping[str, str], tuple[tuple[str, str], ...]]:
    """Return what labels stand for by their one shape, and the long ones, of which one letter may be wrong."""
    known = [*_kinds().items(), *((phone, "telepon") for phone in vocabulary("labels")["long_telephone"])]
    alike = {one_shape(phrase): kind for phrase, kind in known if len(phrase) > 2}
    return alike, tuple((one_m(phrase), kind) for phrase, kind in known if len(phrase) >= _LONG)


@lru_cache(maxsize=4096)
def kind_of(label: str) -> str | None:
    """Return what a label stands for (``nama``, ``nik``, ``telepon`` and so on), or ``None``."""
    folded = modern(fold(_HONORIFIC.sub("", label)))
    if kind := _kinds().get(folded):
        return kind
    if _COUNTED.fullmatch(folded):
        return "terlapor"
    return "telepon" if _PHONE.fullmatch(folded) else None


@lru_cache(maxsize=4096)
def kind_near(label: str) -> str | None:
    """Return what a label with one misread letter stands for."""
    folded = modern(fold(_HONORIFIC.sub("", label)))
    if folded in vocabulary("labels")["no_labels"]:
        return None
    alike, long = _known_misread()
    if kind := alike.get(one_shape(folded)):
        return kind
    if len(folded) < _LONG:
        return "nama" if len(folded) == len("nama") and distance(folded, "nama", 1) == 1 else None
    folded = one_m(folded)
    near = (kind for phrase, kind in long if abs(len(phrase) - len(folded)) <= 1 and distance(folded, phrase, 1) <= 1)
    return next(near, None)


def pair_in(row: Row) -> Pair | None:
    """Return the label and value with which the row begins, if it begins with a label."""
    text = row.text
    prefix = _PREFIX.match(text)
    begin = prefix.end() if prefix else 0
    tokens = list(_TOKEN.finditer(text, begin, min(len(text), begin + _LABEL_LETTERS)))[:_LABEL_WORDS]
    for last in range(len(tokens), 0, -1):
        end = tokens[last - 1].end()
        separator = _COLON.match(text, end) or (
            _DAMAGED.match(text, end) if kind_of(text[begin:end]) != "lampiran" else _DASHED.match(text, end)
        )
        kind = kind_of(text[begin:end]) or (kind_near(text[begin:end]) if separator else None)
        if kind is None:
            continue
        if separator or text[end : end + 1] == "\t" or end == len(text):
            value = separator.end() if separator else end
            while value < len(text) and text[value] in " \t":
                value += 1
            return _pair(kind, text[begin:end], row, value)
        if (
            kind in _BARE
            and _BARE[kind].match(text, end + 1)
            and _BARE_LABEL.get(kind, _ANY_LABEL).fullmatch(text, begin, end)
        ):
            return _pair(kind, text[begin:end], row, end + 1)
    return None


def _pair(kind: str, label: str, row: Row, value: int) -> Pair:
    start = row.start + value
    cell = row.cell_at(start)
    share = (start - cell.start) / max(1, cell.end - cell.start)
    end = start + len(row.text[value:].split("\t")[0].rstrip())
    return Pair(kind, label, row, start, end, cell.x0 + share * (cell.x1 - cell.x0))


@lru_cache(maxsize=8)
def pairs_of(sheet: Sheet) -> Mapping[int, Pair]:
    """Return the labelled rows of a sheet by row index; those of a few sheets are remembered."""
    return {row.index: pair for row in sheet.rows if (pair := pair_in(row)) is not None}


def value_span(sheet: Sheet, pair: Pair, stop: frozenset[int]) -> tuple[int, int]:
    """Return where a value of two rows at the most stands: behind its label, or all of it in the row below."""
    end, below = value_end(sheet, pair, stop, 1)
    return below[0].start if below and pair.start == pair.end else pair.start, end


def value_end(sheet: Sheet, pair: Pair, stop: frozenset[int], most: int = 3) -> tuple[int, list[Cell]]:
    """Return where the value ends and the cells that continue it: lines below that keep its column.

    ``stop`` are rows that begin something else.
    """
    rest: list[Cell] = []
    indented = pair.column > pair.row.x0 + _INDENTED
    for row in sheet.rows[pair.row.index + 1 : pair.row.index + 1 + most]:
        if row.index in stop or row.page != pair.row.page or not indented:
            break
        cell = next((c for c in row.cells if abs(c.x0 - pair.column) < _SAME_COLUMN), None)
        if cell is None or (cell is not row.cells[0] and row.cells[0].x0 < pair.row.x0 + _OUTDENTED):
            break
        rest.append(cell)
    return (rest[-1].end if rest else pair.end), rest
