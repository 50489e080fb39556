"""An old register as it was read: its sheets, rows and cells, each with its place, before anything is made of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

#: Bytes of a file, rows and columns of a sheet, letters of a cell that are read; an office's book of ten years has
#: 10,000 rows and 2 MB. Beyond it, it is parted by year.
MOST_BYTES, MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 60 * 2**20, 60_000, 200, 20_000


class Kind(StrEnum):
    """What a cell is; the value is how the child that reads the file says it."""

    TEXT = ""
    DAY = "t"
    """A day; the text is ISO."""
    NUMBER = "n"
    UNCOUNTED = "f"
    """A formula whose result the file does not hold; the text is the formula."""
    ERROR = "e"
    """A formula that failed (``#REF!``)."""
    COVERED = "g"
    """A part of merged cells that is not their first: it holds nothing, the text is the place of the first."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell shows."""

    text: str
    kind: Kind = Kind.TEXT

    @property
    def holds(self) -> bool:
        """Whether it holds anything itself."""
        return self.kind is not Kind.COVERED and bool(self.text.strip())


EMPTY = Cell("")


@dataclass(frozen=True, slots=True)
class BookRow:
    """A row with its number in the file, from 1. Cells beyond its last are empty."""

    number: int
    cells: tuple[Cell, ...]

    def cell(self, column: int) -> Cell:
        """Return the cell of a column, from 0."""
        return self.cells[column] if column < len(self.cells) else EMPTY


@dataclass(frozen=True, slots=True)
class BookSheet:
    """A sheet: its rows that hold anything, and what is to be known of how it was read. A CSV file has one."""

    name: str
    rows: Sequence[BookRow]
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OldBook:
    """A file as it was read: the name it came with, its SHA-256 (hex), and its sheets."""

    name: str
    sha256: str
    sheets: tuple[BookSheet, ...]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in a book: the sheet, a row from 1, a column from 0 (-1: the whole row; row 0: the whole sheet)."""

    sheet: str
    row: int = 0
    column: int = -1

    @property
    def letters(self) -> str:
        """The column as spreadsheets call it; empty for none."""
        return letters(self.column) if self.column >= 0 else ""

    def __str__(self) -> str:
        parts = [f"lembar {self.sheet!r}"] if self.sheet else []
        parts += [f"baris {self.row}"] if self.row else []
        parts += [f"kolom {self.letters}"] if self.letters else []
        return ", ".join(parts) or "buku"


def letters(column: int) -> str:
    """Return a column, from 0, as spreadsheets call it: ``A``, ``Z``, ``AA``."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
