"""How a year's numbers are noted: ``.tertinggi``, the highest number given, and ``.naskah``, its series of letters.

``.tertinggi`` is one line ``serial moment``; ``.naskah`` has a line ``serial case number-as-printed`` for each number.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipeline.archive.store.case_reading import read_case
from pipeline.archive.store.layout import Layout
from pipeline.cases.case_number import CaseNumber, read_number
from pipeline.errors import YankomasError


def highest_note(serial: int, at: datetime) -> bytes:
    """Return the note of a year's highest number, which was given at that moment."""
    return f"{serial} {at.isoformat()}\n".encode()


def read_highest(path: Path) -> tuple[int, datetime | None]:
    """Return the highest number noted for a year and when it was given (0 and None if nothing is noted)."""
    try:
        serial, at = path.read_text().split()
        return int(serial), datetime.fromisoformat(at)
    except (FileNotFoundError, ValueError):
        return 0, None


@dataclass(frozen=True, slots=True)
class SeriesLine:
    """A number of a year's series: its serial, the case that takes it, and how it is printed."""

    serial: int
    number: CaseNumber
    text: str

    def __bytes__(self) -> bytes:
        return f"{self.serial} {self.number} {self.text}\n".encode()


def read_series_line(line: str) -> SeriesLine:
    """Return a line of a series, given without its end; raises ``ValueError`` for one that cannot be read."""
    serial, number, text = line.split(" ", 2)
    try:
        return SeriesLine(int(serial), read_number(number), text)
    except YankomasError as fault:
        raise ValueError(line) from fault


def has_number(layout: Layout, line: SeriesLine) -> bool | None:
    """Say whether the case of a line has its number; None if the case's folder is away or broken."""
    try:
        return line.text in read_case(layout, line.number).numbers_given
    except YankomasError:
        return None
