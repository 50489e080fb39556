"""Reports out of another system (SP4N-LAPOR!, SIMASHAM): each row of its export becomes a new case with a new number.

Unlike the rows of an old register they have no number of ours, and begin here as every complaint does. The number that
a report has there is kept with the case, and makes that it never becomes a second one, however its row has changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from pipeline.cases.actor import Actor
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.duties import TYPED
from pipeline.cases.separation import acting_person
from pipeline.cases.sop import in_force
from pipeline.errors import Refused
from pipeline.moving_in.choices import Choices, Doubt
from pipeline.moving_in.columns import Headings, headings
from pipeline.moving_in.export_mapping import ExportMapping
from pipeline.moving_in.old_book import BookRow, BookSheet, OldBook, Place
from pipeline.moving_in.row_reading import RowReader
from pipeline.register.enrol import EnrolParts, Newcomer, enrol
from pipeline.register.ports import Book, Claim

#: By which way such cases came; their document; the field in which the number of the other system stands.
CHANNEL, FILE, _THERE = "sistem-lain", "01-laporan.txt", "nomor_surat"
_LONGEST_ID = 100


@dataclass(frozen=True, slots=True)
class ForeignReport:
    """A row that can become a case: its number in the other system, the register's fields, all columns as a text."""

    place: Place
    id: str
    register: Mapping[str, Any]
    text: bytes


@dataclass(frozen=True, slots=True)
class ExportRead:
    """What an export says: its headings, the reports that are new, those that are cases already, every doubt."""

    headings: Headings
    new: tuple[ForeignReport, ...]
    known: Mapping[str, CaseNumber]
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class ForeignParts:
    """What taking in reports needs: what enrols, and the register book by which those are known that are here."""

    enrolling: EnrolParts
    book: Book


def claim_of(mapping: ExportMapping, number: str) -> str:
    """Return what names a report of another system, whatever it says today."""
    return f"laporan-{mapping.key}-{sha256(number.encode()).hexdigest()[:20]}"


def look_at(book: OldBook, mapping: ExportMapping, choices: Choices, parts: ForeignParts) -> ExportRead:
    """Return what would become cases of an export, with every doubt; nothing is written.

    Raises:
        Refused: it has no headings that are known, or none of the other system's number.
        UsageFault: a person named a column or row that is not there.
    """
    now = parts.enrolling.clock.now()
    allowed = {field.name: field.choices for field in in_force(parts.enrolling.editions, now.date()).register}
    sheet, found = _sheet(book, mapping, choices)
    reader = RowReader(sheet.name, found, choices, now.date(), allowed, now.year)
    parts.book.refresh()
    claims = {row.claim: row.case_number for row in parts.book.rows()}
    new, known, doubts = dict[str, ForeignReport](), dict[str, CaseNumber](), list[Doubt]()
    for row in sheet.rows:
        if row.number <= found.row or not any(cell.holds for cell in row.cells):
            continue
        report, told = _report(row, reader, mapping)
        doubts += told
        if report is None:
            continue
        if here := claims.get(claim_of(mapping, report.id)):
            known[report.id] = here
        elif report.id in new:
            doubts.append(Doubt(report.place, f"nomor {report.id} sudah ada di baris lain", refuses=True))
        else:
            new[report.id] = report
    return ExportRead(found, tuple(new.values()), known, tuple(doubts))


def take_in(
    reports: Sequence[ForeignReport],
    book: OldBook,
    mapping: ExportMapping,
    by: Actor,
    parts: ForeignParts,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> Iterator[CaseNumber]:
    """Give each report the next number, in the order of the export; after an end in the middle it goes on.

    Raises:
        Passing: the disk is full or the clock runs behind.
    """
    for done, report in enumerate(reports, start=1):
        blob = parts.enrolling.blob(f"{book.name}, baris {report.place.row}", report.text)
        newcomer = Newcomer(
            claim=Claim(claim_of(mapping, report.id), blob),
            name=FILE,
            media=TYPED,
            pages=0,
            channel=CHANNEL,
            register=report.register,
            source={"sistem": mapping.key, "nomor": report.id, "berkas": book.sha256, "baris": report.place.row},
            person=acting_person(by),
        )
        yield enrol(newcomer, parts.enrolling, by.role).number
        progress(done, len(reports))


def _sheet(book: OldBook, mapping: ExportMapping, choices: Choices) -> tuple[BookSheet, Headings]:
    for sheet in book.sheets:
        found = headings(sheet, choices.heading_row, choices.columns, mapping.columns) if sheet.rows else None
        if found and found.of("nomor") is not None:
            return sheet, found
    expected = ", ".join(mapping.columns["nomor"])
    raise Refused(
        "jenis",
        f"Ekspor ini tidak mempunyai kolom nomor laporan {mapping.name} yang dikenal ({expected}).",
        f"Tentukan kolom nomornya (di terminal: --kolom nomor=A), atau perbaiki pemetaan/{mapping.key}.toml.",
    )


def _report(row: BookRow, reader: RowReader, mapping: ExportMapping) -> tuple[ForeignReport | None, list[Doubt]]:
    """Return the row as a report; None for one that has no number or has ended there, and what is doubted."""
    days = {"tanggal": reader.day(row, "tanggal")}
    doubts = [*reader.holes(row), *reader.day_doubts(days, row)]
    number = reader.text(row, "nomor")
    if not number or len(number) > _LONGEST_ID:
        doubts.append(Doubt(reader.at(row, "nomor"), f"tidak ada nomor {mapping.name}", "Lengkapi.", refuses=True))
    ended, told = reader.state(row, None)
    if ended:
        doubts.append(Doubt(reader.at(row, "keadaan"), "sudah selesai di sana; dilewati"))
    if ended or any(doubt.refuses for doubt in doubts):
        return None, doubts
    register, odd = reader.register(row, days["tanggal"])
    register = {_THERE: number} | register | {"cara_penyampaian": mapping.channel}
    text = reader.written(row, f"Laporan {mapping.name} nomor {number}")
    return ForeignReport(Place(reader.sheet, row.number), number, register, text), [*doubts, *told, *odd]
