"""Boxes on the shelf: the register of boxes (*daftar boks*), and labels for them.

A box is where folders say that they lie (*boks*, *rak*, *lokasi* of the register), so it follows whatever moves them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from pipeline.cases.record_standing import GONE
from pipeline.drawing.ink import GREY, LEADING, words, wrapped
from pipeline.drawing.picture import Area, Item, Picture, rectangle
from pipeline.errors import NotFound
from pipeline.office.office import Office
from pipeline.office.wording import counted
from pipeline.register.ports import DrawnSheets, Extent, Listed, Listing, Workbook, WorkbookSheet
from pipeline.register.row import Row

_HEAD = ("Boks", "Rak", "Lokasi", "Nomor berkas", "Tahun", "Jumlah berkas", "Klasifikasi", "Sedang dipinjam", "Sifat")
#: Labels of boxes lie four on a sheet of A4, in points.
_WIDTH, _HEIGHT = 595.0, 842.0
_ACROSS, _DOWN = 2, 2
_LEFT, _TOP, _WIDE, _HIGH = 28.0, 40.0, 269.0, 380.0
_INSET = 16.0
IsOpen = Callable[[Row], bool]


def _anybody(_row: Row) -> bool:
    return True


@dataclass(slots=True)
class Box:
    """A box: its name, shelf and place, and the rows of the folders that lie in it."""

    name: str
    shelf: str
    place: str
    rows: list[Row] = field(default_factory=list)

    @property
    def span(self) -> str:
        """The numbers of its folders, of each year the first and the last."""
        years = sorted({row.year for row in self.rows})
        of_year = ([row for row in self.rows if row.year == year] for year in years)
        ends = ((some[0].register_number, some[-1].register_number) for some in of_year)
        return "; ".join(first if first == last else f"{first} – {last}" for first, last in ends)

    @property
    def years(self) -> str:
        """The years of its folders."""
        return ", ".join(map(str, sorted({row.year for row in self.rows})))

    def told(self, names: Iterable[str | None]) -> str:
        """Return what its folders say, each once."""
        return ", ".join(sorted({name for name in names if name}))


@dataclass(frozen=True, slots=True)
class BoxLists:
    """Makes the register of boxes and their labels as files. What was handed over or destroyed lies in none.

    Nor does, for whoever asks, a folder whose case is not ``opened`` to them: its box is not theirs to know.
    """

    listing: Listing
    office: Office
    workbook: Workbook
    drawn: DrawnSheets

    def xlsx(self, extent: Extent, opened: IsOpen = _anybody) -> bytes:
        """Return the register of boxes as a spreadsheet."""
        lines = [_line(box) for box in self._boxes(extent, opened)]
        return self.workbook("Daftar boks arsip", [WorkbookSheet("Daftar boks", "Daftar boks arsip", _HEAD, lines)])

    def labels_pdf(self, extent: Extent, opened: IsOpen = _anybody) -> bytes:
        """Return labels for boxes as PDF, four on a sheet.

        Raises:
            NotFound: no folder says in which box it lies.
            EngineMissing: the font is not installed.
        """
        found = self._boxes(extent, opened)
        if not found:
            raise NotFound("Belum ada boks: tidak ada map yang mencatat boksnya.", "Berkaskan dahulu map-mapnya.")
        return self.drawn(_sheets(found, self.office), "Label boks")

    def _boxes(self, extent: Extent, opened: IsOpen) -> list[Box]:
        there = (case for case in self.listing.every(extent) if case.row.archived not in GONE)
        return boxes(case for case in there if opened(case.row))


def boxes(cases: Iterable[Listed]) -> list[Box]:
    """Return the boxes in which these folders lie, by place, shelf and name."""
    found: dict[tuple[str, str, str], Box] = {}
    for case in cases:
        name, shelf, place = (case.entry.get(one, "") for one in ("boks", "rak", "lokasi"))
        if name:
            found.setdefault((place, shelf, name), Box(name, shelf, place)).rows.append(case.row)
    return [found[key] for key in sorted(found)]


def _line(box: Box) -> tuple[str, ...]:
    lent = [row.register_number for row in box.rows if row.lent_until]
    return (
        box.name,
        box.shelf,
        box.place,
        box.span,
        box.years,
        counted(len(box.rows), "berkas"),
        box.told(row.klasifikasi for row in box.rows),
        ", ".join(lent),
        box.told(row.sifat for row in box.rows),
    )


def _sheets(found: Sequence[Box], office: Office) -> Iterator[Picture]:
    many = _ACROSS * _DOWN
    for start in range(0, len(found), many):
        items: list[Item] = []
        for n, box in enumerate(found[start : start + many]):
            items += _label(box, office, _LEFT + n % _ACROSS * _WIDE, _TOP + n // _ACROSS * _HIGH)
        yield Picture(_WIDTH, _HEIGHT, (_WIDTH, _HEIGHT), "Label boks", "Label boks", tuple(items))


@dataclass(frozen=True, slots=True)
class _Text:
    """A text on a label: the gap above it and its size, in points."""

    gap: float
    text: str
    points: float
    bold: bool = False


def _label(box: Box, office: Office, left: float, top: float) -> Iterator[Item]:
    """Yield what a label says, each text in as many lines as it needs; smaller where they are too many."""
    yield Area(rectangle(left, top, left + _WIDE, top + _HIGH), stroke=GREY, width=0.5, dashed=True)
    texts = (
        _Text(12.0, office.name, 9.0),
        _Text(36.0, f"BOKS {box.name}", 30.0, bold=True),
        _Text(28.0, f"Rak {box.shelf}" if box.shelf else "Rak ........................", 14.0),
        _Text(8.0, box.place or "Lokasi ........................", 12.0),
        _Text(28.0, f"Tahun {box.years}", 12.0, bold=True),
        *(_Text(6.0, span, 10.0) for span in box.span.split("; ")),
        _Text(16.0, counted(len(box.rows), "berkas"), 11.0),
        _Text(6.0, box.told(row.klasifikasi for row in box.rows if not row.secret), 10.0),
    )
    size = 1.0
    while (lines := _set(texts, size))[-1][0] > _HIGH - _INSET:
        size *= 0.95
    for down, line in lines:
        yield words(left + _INSET, top + down, line.text, line.points, bold=line.bold)


def _set(texts: Sequence[_Text], size: float) -> list[tuple[float, _Text]]:
    """Return the lines that texts make, each with how far down it stands."""
    down, lines = 0.0, []
    for text in texts:
        down += text.gap * size
        for line in wrapped(text.text, _WIDE - 2 * _INSET, text.points * size, bold=text.bold):
            down += text.points * size * LEADING
            lines.append((down, replace(text, text=line, points=text.points * size)))
    return lines
