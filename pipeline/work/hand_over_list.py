"""The list of cases that one office handed to another, as both sign it (*berita acara serah terima*), page by page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.drawing.ink import GREY, within
from pipeline.drawing.picture import Area, Item, Picture, rectangle
from pipeline.office.wording import counted, date_in_figures, long_date
from pipeline.work.hand_all_over import HandedCase

TITLE = "Berita acara serah terima perkara"
_WIDTH, _HEIGHT = 595.0, 842.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 45.0, 560.0, 150.0, 790.0
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
#: What the signatures take at the end.
_SIGNED = 190.0
#: Rows of a page, and of one that the signatures are on too.
_MANY, _LAST = int((_BOTTOM - _TOP - _ROW) / _ROW), int((_BOTTOM - _TOP - _ROW - _SIGNED) / _ROW)


@dataclass(frozen=True, slots=True)
class Sides:
    """The two offices, each as it is called, with the title and name of who signs; the successor's are written in."""

    giver: str
    giver_title: str
    giver_name: str
    receiver: str
    place: str
    day: date


def list_sheets(cases: Sequence[HandedCase], sides: Sides) -> Iterator[Picture]:
    """Yield the pages of the list, the signatures at the end of the last."""
    rows = [row for serial, case in enumerate(cases, 1) for row in _rows(serial, case)]
    pages = [rows[start : start + _MANY] for start in range(0, len(rows), _MANY)] or [[]]
    if len(pages[-1]) > _LAST:
        pages.append([])
    for number, page in enumerate(pages, start=1):
        items = [*_head(len(cases), sides, number, len(pages)), *_table(page)]
        if number == len(pages):
            items += _signatures(sides, _TOP + _ROW * (len(page) + 1) + 30)
        yield Picture(_WIDTH, _HEIGHT, (_WIDTH, _HEIGHT), TITLE, TITLE, tuple(items))


def _head(count: int, sides: Sides, number: int, of: int) -> Iterator[Item]:
    yield within(_LEFT, _RIGHT, 60, TITLE.upper(), 13, bold=True)
    told = (
        f"Yang menyerahkan: {sides.giver}",
        f"Yang menerima: {sides.receiver}",
        f"Perkara yang belum selesai: {counted(count, 'perkara')}, keadaan {long_date(sides.day)}.",
    )
    for at, line in enumerate(told):
        yield within(_LEFT, _RIGHT, 84 + at * 15, line, 10)
    yield within(_LEFT, _RIGHT, 820, f"{TITLE}, halaman {number} dari {of}", 7.5, colour=GREY)


def _rows(serial: int, case: HandedCase) -> Iterator[tuple[str, ...]]:
    """Yield the row of a case, of a cell for each column, and one of a cell alone for each letter that is not done."""
    yield (str(serial), case.register_number, date_in_figures(case.received), case.state, case.parcel, case.there)
    yield from ((f"Belum selesai di kantor yang menyerahkan: {letter}",) for letter in case.letters)


def _table(rows: Sequence[tuple[str, ...]]) -> Iterator[Item]:
    if not rows:
        return
    for at, cells in enumerate([tuple(head for head, *_ in _COLUMNS), *rows]):
        top, across = _TOP + at * _ROW, (("", _COLUMNS[1][1], _RIGHT),)
        for (_, left, right), text in zip(_COLUMNS if len(cells) > 1 else across, cells, strict=True):
            yield Area(rectangle(left, top, right, top + _ROW), stroke=GREY, width=0.5)
            yield within(left + 3, right - 3, top + 13, text, _SIZE, bold=not at)


def _signatures(sides: Sides, top: float) -> Iterator[Item]:
    yield within(_LEFT, _RIGHT, top, f"Dibuat di {sides.place}, tanggal {long_date(sides.day)}, rangkap dua.", 10)
    middle = (_LEFT + _RIGHT) / 2
    for left, right, role, title, name in (
        (_LEFT, middle - 10, "Yang menyerahkan,", sides.giver_title, sides.giver_name),
        (middle + 10, _RIGHT, "Yang menerima,", "", ""),
    ):
        yield within(left, right, top + 25, role, 10)
        yield within(left, right, top + 40, title or "(jabatan) ..........................................", 10)
        yield within(left, right, top + 115, name or "..........................................", 10, bold=bool(name))
