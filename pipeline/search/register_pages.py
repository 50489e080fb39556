"""The register book: a page of it for screens, and all of it as spreadsheet, CSV, or the printed book."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

from pipeline.letters.sheets import register_book
from pipeline.office.wording import MONTHS
from pipeline.search.case_text import Written
from pipeline.search.store.listing import Extent, every, page, states
from pipeline.wiring import Root

if TYPE_CHECKING:
    from pipeline.register.ports import Cell

#: Gives the entry of a case as somebody may see it, from its row of the register and the entry itself.
Seen = Callable[[Mapping[str, Any], Mapping[str, str]], Mapping[str, str]]
#: How many leaves of the printed book LibreOffice makes at once.
_LEAVES = 20


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the register as a file.

    Its words come from the entry (``kind`` ``teks``) or from the row (``baris``, as a day ``tanggal``, as a moment
    ``waktu``).
    """

    name: str
    label: str
    kind: str = "teks"


COLUMNS = (
    Column("nomor_register", "No. register"),
    Column("received_at", "Diterima", "waktu"),
    Column("nomor_agenda", "No. agenda"),
    Column("cara", "Cara penyampaian"),
    Column("nomor_surat", "No. surat", "baris"),
    Column("tanggal_surat", "Tanggal surat", "tanggal"),
    Column("pelapor", "Pelapor"),
    Column("kapasitas", "Kapasitas"),
    Column("terlapor", "Terlapor"),
    Column("tempat_kejadian", "Tempat kejadian"),
    Column("perihal", "Perihal"),
    Column("hak", "Hak yang diduga dilanggar"),
    Column("sifat", "Sifat"),
    Column("disposisi", "Disposisi"),
    Column("telaahan", "Telaahan"),
    Column("audiensi", "Audiensi"),
    Column("rekomendasi", "Rekomendasi"),
    Column("pemantauan", "Pemantauan"),
    Column("state", "Keadaan", "baris"),
    Column("due_at", "Tenggat", "waktu"),
    Column("status", "Status"),
    Column("tanggal_selesai", "Tanggal selesai"),
    Column("klasifikasi", "Klasifikasi"),
    Column("indeks", "Indeks"),
    Column("boks", "Boks"),
    Column("rak", "Rak"),
)


def _as_it_is(_row: Mapping[str, Any], entry: Mapping[str, str]) -> Mapping[str, str]:
    return entry


def register_page(root: Root, extent: Extent, first: int, count: int) -> dict[str, Any]:
    """Return ``total`` and the ``rows`` of a page, the newest first, and the ``states`` of its year (name, count).

    Raises:
        NotFound: there is no index yet.
        ArchiveFault: it cannot be read.
    """
    path = root.layout.search_index
    total, cases = page(path, extent, first, count)
    return {"total": total, "rows": [case.row for case in cases], "states": states(path, extent.year, extent.roles)}


def register_xlsx(root: Root, extent: Extent, seen: Seen = _as_it_is) -> bytes:
    """Return the register as a spreadsheet: dates are dates, everything else is text, nothing is a formula."""
    from pipeline.register.engines.workbook import workbook
    from pipeline.register.ports import Leaf

    title = f"Buku register aduan {told(extent)}".strip()
    rows = [_cells(case, seen) for case in every(root.layout.search_index, extent)]
    leaf = Leaf("Register", title, tuple(column.label for column in COLUMNS), rows)
    return workbook(title, [leaf])


def register_rows(root: Root, extent: Extent, seen: Seen = _as_it_is) -> Iterator[dict[str, str]]:
    """Yield the register case by case, each text by its column's label, for CSV: dates as ISO 8601."""
    for case in every(root.layout.search_index, extent):
        cells = _cells(case, seen)
        yield {column.label: _plain(cell) for column, cell in zip(COLUMNS, cells, strict=True)}


def register_pdf(root: Root, extent: Extent, seen: Seen = _as_it_is) -> bytes:
    """Return the printed book, made from the office's own template.

    Raises:
        TemplateFault: the template cannot be used.
        EngineFault: LibreOffice is missing or failed.
    """
    from pipeline.letters.engines.word_templates import WordTypist
    from pipeline.letters.sheets.texts import of_office
    from pipeline.scans.pdf.joining import joined

    entries = [register_book.fitting(seen(case.row, case.entry)) for case in every(root.layout.search_index, extent)]
    values = register_book.book(entries, extent.year or root.clock.now().year)
    office = of_office(root.clock.now().date(), root.settings.office)
    typist, leaves = WordTypist(root.layout.templates), iter(values["halaman"])
    with closing(root.press()) as press:
        parts = []
        while some := list(islice(leaves, _LEAVES)):
            docx = typist.draft(register_book.BOOK, {**office, **values, "halaman": some}).docx
            parts.append(press.print(docx, None))
    return joined(parts, f"Buku register aduan {told(extent)}".strip())


def told(extent: Extent) -> str:
    """Return an extent in words: ``Maret 2026, menunggu telaahan``."""
    month = MONTHS[extent.month - 1] if extent.month else ""
    when = " ".join(text for text in (month, str(extent.year or "")) if text)
    return ", ".join(text for text in (when, extent.state) if text)


def _cells(case: Written, seen: Seen) -> Sequence[Cell]:
    entry = seen(case.row, case.entry)
    hidden = entry is not case.entry and entry.get("perihal") != case.entry.get("perihal")
    return [_cell(column, case.row, entry, hidden=hidden) for column in COLUMNS]


def _cell(column: Column, row: Mapping[str, Any], entry: Mapping[str, str], *, hidden: bool) -> Cell:
    if column.kind == "teks":
        return entry.get(column.name, "")
    value = row.get(column.name)
    if value is None or (hidden and column.name != "received_at"):
        return ""
    return _dated(str(value)) if column.kind in ("tanggal", "waktu") else str(value)


def _dated(text: str) -> Cell:
    """Return an ISO day or moment as one (of the office's own clock), any other text as it is."""
    try:
        return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return text


def _plain(cell: Cell) -> str:
    return cell.isoformat() if isinstance(cell, date) else str(cell or "")
