"""The list of cases that one office handed to another, as both sign it (*berita acara serah terima*), page by page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.drawing.ink import BLACK, GREY, shrunk, within, words, wrapped
from pipeline.drawing.picture import Area, Item, Line, Picture, rectangle
from pipeline.office.office import Letterhead
from pipeline.office.wording import counted, date_in_figures, long_date, weekday_date
from pipeline.work.hand_all_over import HandedCase

TITLE = "Berita acara serah terima perkara"
_WIDTH, _HEIGHT = 595.0, 842.0
_LEFT, _RIGHT, _HEAD, _TOP, _BOTTOM = 45.0, 560.0, 60.0, 150.0, 790.0
_ROW, _SIZE = 20.0, 8.5
#: Columns: head, left edge, right edge.
_COLUMNS = (
    ("No.", 45.0, 72.0),
    ("Nomor register", 72.0, 180.0),
    ("Diterima", 180.0, 240.0),
    ("Keadaan", 240.0, 370.0),
    ("Kiriman", 370.0, 455.0),
    ("Nomor di kantor penerima", 455.0, 560.0),
)
#: What is told across all columns but the first.
_ACROSS = (("", 72.0, 560.0),)
#: What each further line of a cell takes, and the signatures at the end.
_LINE, _SIGNED = 10.5, 205.0
#: The letterhead of the first page: its first baseline, and sizes and steps of its names and of address and contact.
_KOP_TOP, _KOP_NAME, _KOP_SMALL, _KOP_STEP, _KOP_SMALL_STEP = 50.0, 12.0, 8.5, 15.0, 11.0
#: The lines of each cell of a row, and the rows of a case: its own, and one for each letter that is not done.
_Row = tuple[tuple[str, ...], ...]
_Case = tuple[_Row, ...]


@dataclass(frozen=True, slots=True)
class Sides:
    """The two offices, each as it is called, with title, name and NIP of who signs; the successor's are written in."""

    giver: str
    letterhead: Letterhead
    giver_title: str
    giver_name: str
    giver_nip: str
    receiver: str
    place: str
    day: date


def list_sheets(cases: Sequence[HandedCase], sides: Sides) -> Iterator[Picture]:
    """Yield the pages of the list, the signatures at the end of the last."""
    kop, lower = _letterhead(sides.letterhead)
    pages = _pages([_rows(serial, case) for serial, case in enumerate(cases, 1)], lower)
    for number, page in enumerate(pages, start=1):
        down = lower if number == 1 else 0.0
        table, bottom = _table(page, _TOP + down)
        items = [*(kop if number == 1 else ()), *_head(len(cases), sides, number, len(pages), down), *table]
        if number == len(pages):
            items += _signatures(sides, bottom + 30)
        yield Picture(_WIDTH, _HEIGHT, (_WIDTH, _HEIGHT), TITLE, TITLE, tuple(items))


def _letterhead(kop: Letterhead) -> tuple[list[Item], float]:
    """Return the letterhead as the office's sheets have it, the line below it, and how much lower all else begins."""
    at, items = _KOP_TOP, list[Item]()
    names = [(line, _KOP_NAME, _KOP_STEP, True) for line in (*kop.ministry, kop.office)]
    for text, size, step, bold in (
        *names,
        *((t, _KOP_SMALL, _KOP_SMALL_STEP, False) for t in (kop.address, kop.contact)),
    ):
        for line in wrapped(text, _RIGHT - _LEFT, size, bold=bold):
            items.append(words((_LEFT + _RIGHT) / 2, at, line, size, bold=bold, middle=True))
            at += step
    items.append(Line(((_LEFT, at - 3), (_RIGHT, at - 3)), BLACK, 1.2))
    return items, at + 25 - _HEAD


def _pages(cases: Sequence[_Case], lower: float) -> list[list[_Case]]:
    """Return the cases of each page, none of them on two; the signatures stand below the last ones, never alone.

    ``lower``: how much less room the first page has.
    """
    pages: list[list[_Case]] = [[]]

    def room() -> float:
        return _BOTTOM - _TOP - (lower if len(pages) == 1 else 0)

    for case in cases:
        if pages[-1] and _high(_HEADS, *_all(pages[-1]), *case) > room():
            pages.append([])
        pages[-1].append(case)
    if len(pages[-1]) > 1 and _high(_HEADS, *_all(pages[-1])) > room() - _SIGNED:
        pages.append([pages[-1].pop()])
    return pages


def _all(cases: Sequence[_Case]) -> list[_Row]:
    return [row for case in cases for row in case]


def _high(*rows: _Row) -> float:
    """Return how high rows are together."""
    return sum(_ROW + _LINE * (max(map(len, row)) - 1) for row in rows)


def _head(count: int, sides: Sides, number: int, of: int, down: float) -> Iterator[Item]:
    yield words((_LEFT + _RIGHT) / 2, _HEAD + down, TITLE.upper(), 13, bold=True, middle=True)
    told = (
        f"Yang menyerahkan: {sides.giver}",
        f"Yang menerima: {sides.receiver}",
        f"Perkara yang ditawarkan: {counted(count, 'perkara')}, menurut keadaan {weekday_date(sides.day)}.",
    )
    for at, line in enumerate(told):
        yield shrunk(_LEFT, _RIGHT, _HEAD + down + 24 + at * 15, line, 10)
    yield within(_LEFT, _RIGHT, 820, f"{TITLE}, halaman {number} dari {of}", 7.5, colour=GREY)


def _rows(serial: int, case: HandedCase) -> _Case:
    told = (str(serial), case.register_number, date_in_figures(case.received), case.state, case.parcel, case.there)
    own = _lines(_COLUMNS, told[:3] + tuple(text[:1].upper() + text[1:] for text in told[3:]))
    letters = (f"Belum selesai di kantor yang menyerahkan: {letter}" for letter in case.letters)
    return own, *(_lines(_ACROSS, (text,)) for text in letters)


def _lines(columns: Sequence[tuple[str, float, float]], texts: Sequence[str], *, bold: bool = False) -> _Row:
    """Return the texts of a row in as many lines as their columns make of them: nothing is cut."""
    return tuple(
        wrapped(text, right - left - 6, _SIZE, bold=bold) or ("",)
        for (_, left, right), text in zip(columns, texts, strict=True)
    )


_HEADS = _lines(_COLUMNS, [head for head, *_ in _COLUMNS], bold=True)


def _table(cases: Sequence[_Case], top: float) -> tuple[list[Item], float]:
    """Return the table of a page, and where it ends."""
    items: list[Item] = []
    for row in (_HEADS, *_all(cases)):
        bottom = top + _high(row)
        for (_, left, right), lines in zip(_COLUMNS if len(row) > 1 else _ACROSS, row, strict=True):
            items.append(Area(rectangle(left, top, right, bottom), stroke=GREY, width=0.5))
            items += (
                words(left + 3, top + 13 + at * _LINE, line, _SIZE, bold=row is _HEADS) for at, line in enumerate(lines)
            )
        top = bottom
    return items, top


def _signatures(sides: Sides, top: float) -> Iterator[Item]:
    yield within(_LEFT, _RIGHT, top, f"Dibuat di {sides.place}, tanggal {long_date(sides.day)}, rangkap dua.", 10)
    middle = (_LEFT + _RIGHT) / 2
    dots = ".........................................."
    title, name = (f"{sides.giver_title}," if sides.giver_title else f"(jabatan) {dots}"), sides.giver_name or dots
    for left, right, role, post, person, nip in (
        (_LEFT, middle - 10, "Yang menyerahkan,", title, name, sides.giver_nip or dots),
        (middle + 10, _RIGHT, "Yang menerima,", f"(jabatan) {dots}", dots, dots),
    ):
        for down, line in ((25, role), (40, post), (115, person), (130, f"NIP {nip}")):
            yield shrunk(left, right, top + down, line, 10, bold=line == person and person != dots)
