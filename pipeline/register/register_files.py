"""The register book as files: a spreadsheet, CSV for other programs, the printed book."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pipeline.access.secrecy import ShownEntry
from pipeline.cases.public_service import PublicService
from pipeline.office.wording import MONTHS
from pipeline.register.ports import CellValue, Extent, Listed, Listing, PrintedBook, Workbook, WorkbookSheet
from pipeline.register.row import Row
from pipeline.register.service_book import BookColumn, answers_in, columns_of

#: Gives the entry of a case as somebody may see it, from its row of the register and the entry itself.
Seen = Callable[[Row, Mapping[str, str]], ShownEntry]
#: What makes a spreadsheet run a cell as a formula when it stands first (OWASP, *CSV injection*). A spreadsheet set to
#: Indonesian parts lines at semicolons, so what stands behind one is a cell of its own there.
#: Each run of blanks is matched once, with a formula behind it or not: long ones cost no more than their length.
_BEGINNING = re.compile(r"((?:^|[;\t\r\n])\s*+)([=+\-@＝＋－＠]?)")


_COLUMNS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
COLUMNS = tuple(BookColumn(**column) for column in _COLUMNS["book"])
ROW_COLUMNS: tuple[str, ...] = tuple(_COLUMNS["rows"])


def _as_it_is(_row: Row, entry: Mapping[str, str]) -> ShownEntry:
    return ShownEntry(entry)


@dataclass(frozen=True, slots=True)
class RegisterFiles:
    """Makes the files. Each raises ``NotFound`` or ``ArchiveFault`` where the listing does.

    An extent without a series is Yankomas's book; those of the other ``services`` have the columns of their own SOP.
    """

    listing: Listing
    workbook: Workbook
    print_book: PrintedBook
    services: Sequence[PublicService] = ()

    def xlsx(self, extent: Extent, seen: Seen = _as_it_is) -> bytes:
        """Return the register as a spreadsheet: dates are dates, everything else is text, nothing is a formula."""
        service, columns = self._service(extent), self._columns(extent)
        title = _title(service, extent)
        rows = [_cells(case, seen, columns) for case in self.listing.every(extent)]
        return self.workbook(title, [WorkbookSheet("Register", title, tuple(column.label for column in columns), rows)])

    def csv(self, extent: Extent, seen: Seen = _as_it_is) -> str:
        """Return the register as CSV under the columns' labels: dates as ISO 8601."""
        columns = self._columns(extent)
        rows = ([_plain(cell) for cell in _cells(case, seen, columns)] for case in self.listing.every(extent))
        return as_csv(rows, [column.label for column in columns])

    def records(self, extent: Extent) -> list[dict[str, Any]]:
        """Return the rows of a service's book, each with the answers of its SOP's register (``isian``)."""
        return [case.row.as_json() | {"isian": answers_in(case.entry)} for case in self.listing.every(extent)]

    def pdf(self, extent: Extent, seen: Seen = _as_it_is) -> bytes:
        """Return the printed book; raises as :class:`PrintedBook` does."""
        service = self._service(extent)
        entries = [seen(case.row, case.entry).texts for case in self.listing.every(extent)]
        return self.print_book(entries, extent.year, _title(service, extent), service)

    def _service(self, extent: Extent) -> PublicService | None:
        return next((one for one in self.services if one.series == extent.series), None)

    def _columns(self, extent: Extent) -> tuple[BookColumn, ...]:
        service = self._service(extent)
        return columns_of(service) if service else COLUMNS


def rows_csv(rows: Iterable[Row]) -> str:
    """Return rows of the register as CSV, for programs."""
    return as_csv(([getattr(row, column) for column in ROW_COLUMNS] for row in rows), ROW_COLUMNS)


def _title(service: PublicService | None, extent: Extent) -> str:
    return f"Buku register {service.name if service else 'aduan'} {told(extent)}".strip()


def told(extent: Extent) -> str:
    """Return an extent in words: ``Maret 2026, menunggu telaahan``."""
    month = MONTHS[extent.month - 1] if extent.month else ""
    when = " ".join(text for text in (month, str(extent.year or "")) if text)
    return ", ".join(text for text in (when, extent.state) if text)


def as_csv(rows: Iterable[Sequence[Any]], columns: Sequence[str]) -> str:
    """Return CSV (RFC 4180); lists are joined, cells that a spreadsheet would run are disarmed."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([_disarmed(cell) for cell in row] for row in rows)
    return out.getvalue()


def _disarmed(value: Any) -> str:
    if isinstance(value, list | tuple):
        value = "; ".join(str(v) for v in value)
    if value is None:
        return ""
    return _BEGINNING.sub(lambda found: f"{found[1]}'{found[2]}" if found[2] else found[0], str(value))


def _cells(case: Listed, seen: Seen, columns: Sequence[BookColumn]) -> Sequence[CellValue]:
    entry = seen(case.row, case.entry)
    return [_cell(column, case.row, entry.texts, hidden=entry.closed) for column in columns]


def _cell(column: BookColumn, row: Row, entry: Mapping[str, str], *, hidden: bool) -> CellValue:
    if column.kind in ("teks", "hari"):
        text = entry.get(column.name, "")
        return _dated(text) if column.kind == "hari" else text
    value = getattr(row, column.name)
    if value is None or (hidden and column.name != "received_at"):
        return ""
    return _dated(str(value)) if column.kind in ("tanggal", "waktu") else str(value)


def _dated(text: str) -> CellValue:
    """Return an ISO day or moment as one (of the office's own clock), any other text as it is."""
    try:
        return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return text


def _plain(cell: CellValue) -> str:
    return cell.isoformat() if isinstance(cell, date) else str(cell or "")
