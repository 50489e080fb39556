"""What is handed out to other systems (SIMASHAM, SRIKANDI), as sheets, and that nothing goes out twice unasked.

Each sheet holds what no sheet before it had; a record keeps which cases or letters went out with which file, to whom,
when and by whom. Cases that are *rahasia* never go out, nor do letters of theirs.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

from pipeline.cases.record_standing import DESTROYED
from pipeline.errors import NotFound
from pipeline.office.wording import said
from pipeline.register.letter_lists import dispatch_row, sent_letters
from pipeline.register.ports import CellValue, Workbook, WorkbookSheet
from pipeline.register.row import Row

_CASES = "perkara"


@dataclass(frozen=True, slots=True)
class OtherSystem:
    """A system that something is handed out to. ``columns`` are headings with the field that stands below each.

    ``of_cases``: cases are handed out, else letters that were sent. ``tried`` says which office tried it; empty: none.
    """

    key: str
    name: str
    of_cases: bool
    tried: str
    columns: tuple[tuple[str, str], ...]

    @property
    def caution(self) -> str:
        """What is said of a sheet that nobody has tried; empty for one that somebody did."""
        return "" if self.tried else f"Lembar {self.name} belum pernah dicoba kantor mana pun; cocokkan kolomnya."


@dataclass(frozen=True, slots=True)
class HandedOut:
    """That a sheet was made: for which system, its file's name and SHA-256, what went out, by whom, when."""

    system: str
    file: str
    sha256: str
    items: tuple[str, ...]
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class HandOutSheet:
    """A sheet: the file (XLSX), what is on it, and how much was left out because it is *rahasia*."""

    data: bytes
    items: tuple[str, ...]
    secret: int


@cache
def other_systems() -> tuple[OtherSystem, ...]:
    """Return the systems there are sheets for."""
    told = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))["sistem"]
    return tuple(
        OtherSystem(
            key=one["kunci"],
            name=one["nama"],
            of_cases=one["isi"] == _CASES,
            tried=one["dicoba"],
            columns=tuple((str(heading), str(field)) for heading, field in one["kolom"]),
        )
        for one in told
    )


def other_system(key: str) -> OtherSystem:
    """Return the system of a key.

    Raises:
        NotFound: there is none.
    """
    found = next((one for one in other_systems() if one.key == key), None)
    if found is None:
        raise NotFound(f"Sistem {key!r} tidak dikenal.", f"Yang ada: {', '.join(one.key for one in other_systems())}.")
    return found


def sheet_for(
    system: OtherSystem, rows: Sequence[Row], known: frozenset[str], secret: Callable[[Row], bool], workbook: Workbook
) -> HandOutSheet:
    """Return the sheet of what is not ``known`` yet; ``secret`` says of a case whether it is *rahasia* now."""
    found = [one for one in (_cases(rows) if system.of_cases else _letters(rows)) if one[0] not in known]
    open_ones = [(key, thing) for key, thing, row in found if not secret(row)]
    cells = [[_cell(getattr(thing, field)) for _, field in system.columns] for _, thing in open_ones]
    title = f"Lembar serah {system.name}"
    header = tuple(heading for heading, _ in system.columns)
    data = workbook(title, [WorkbookSheet(system.name[:31], title, header, cells)])
    return HandOutSheet(data, tuple(key for key, _ in open_ones), len(found) - len(open_ones))


def _cases(rows: Sequence[Row]) -> Iterator[tuple[str, object, Row]]:
    """Yield the cases whose register somebody confirmed: what nobody looked at is no fact for others.

    Of a case whose content was destroyed nothing is left to be told.
    """
    for row in rows:
        if row.confirmed and not row.imported and row.archived != DESTROYED:
            yield row.number, row, row


def _letters(rows: Sequence[Row]) -> Iterator[tuple[str, object, Row]]:
    for listed in sent_letters(rows, date.min, date.max):
        yield listed[1].number, dispatch_row(listed), listed[0]


def _cell(value: object) -> CellValue:
    if isinstance(value, date):
        return value
    if isinstance(value, tuple | list):
        return "; ".join(map(said, value))
    return said(value)
