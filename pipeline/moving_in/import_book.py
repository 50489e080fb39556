"""Import: an old register is looked at against the archive, and what can be taken over of it becomes cases.

The first line of such a case says that it was taken over, from which row of which book and by whom; nothing stands for
what happened before. It can be done again and again: what is there already stays as it is, and after an end in the
middle the next time goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from pipeline.cases.actor import Actor
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.duties import TYPED
from pipeline.cases.events import Document
from pipeline.cases.imported import Imported
from pipeline.cases.ports import Blob
from pipeline.cases.sop import Sop, in_force
from pipeline.errors import Incomplete
from pipeline.moving_in.book_reading import BookRead, read_book
from pipeline.moving_in.choices import Choices
from pipeline.moving_in.old_book import OldBook
from pipeline.moving_in.plan import Plan, YearThere, ended_by, plan
from pipeline.moving_in.ports import OldCase, OldCases, OldRegisters
from pipeline.moving_in.row_reading import OldRow
from pipeline.office.ports import Clock
from pipeline.register.old_registers import Taken
from pipeline.register.register_numbers import RegisterPattern

#: By which way such cases came, and the name of their document.
CHANNEL, ROW_FILE = "buku-lama", "01-baris-buku-lama.txt"
#: So many cases are made durable together: a second's work, so that little is done twice after a crash.
_BATCH = 250


@dataclass(frozen=True, slots=True)
class ImportParts:
    """What importing needs: the archive for old cases, the record of old registers, time, editions, the pattern."""

    cases: OldCases
    registers: OldRegisters
    clock: Clock
    editions: tuple[Sop, ...]
    pattern: RegisterPattern


@dataclass(frozen=True, slots=True)
class Imports:
    """What was done: how many cases were taken over now, and how many were there before."""

    taken: int
    same: int


def look_at(book: OldBook, choices: Choices, parts: ImportParts) -> Plan:
    """Return what would be taken over of a book, with every doubt; nothing is written.

    Raises:
        Refused: nothing in it can be read as a register.
        UsageFault: the person named a sheet, row or column that is not there.
        ArchiveFault: a case of the archive is broken.
    """
    now = parts.clock.now()
    sop = in_force(parts.editions, now.date())
    read = read_book(book, choices, {field.name: field.choices for field in sop.register}, now.date())
    there = parts.cases.there([row.number for row in read.rows])
    return plan(read, choices, there, _years(read, parts), now.year)


def files_of(book: OldBook, choices: Choices, parts: ImportParts) -> list[tuple[CaseNumber, tuple[str, ...]]]:
    """Return which files the rows of a book name, by the number of each row; the exceptions are those of looking."""
    today = parts.clock.now().date()
    return [(row.number, row.files) for row in read_book(book, choices, {}, today).rows if row.files]


def _years(read: BookRead, parts: ImportParts) -> Mapping[int, YearThere]:
    found, closed = {}, parts.cases.closed()
    for year in {row.number.year for row in read.rows}:
        old, gaps = parts.registers.runs(year)
        there, highest = parts.cases.all_of(year), parts.cases.highest(year)
        found[year] = YearThere(there, highest, old, gaps, closed=year in closed)
    return found


def import_book(
    blob: Blob,
    book: OldBook,
    choices: Choices,
    *,
    by: Actor,
    parts: ImportParts,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> Imports:
    """Take over of a book what can be.

    Raises:
        Incomplete: rows are refused and nobody said that they are left out; nothing was taken over.
        Changed: a number was taken meanwhile.
        NotAllowed: the register of a year was closed meanwhile.
        Passing: the disk is full, or the clock runs behind. What was taken over by then is there.
    """
    parts.cases.recover()
    found = look_at(book, choices, parts)
    if (refused := found.refused) and not choices.leaves_out:
        raise Incomplete(
            f"{len(refused)} hal di buku ini harus dibereskan dahulu; tidak ada yang diambil alih. "
            f"Yang pertama: {refused[0]}",
            "Bereskan, atau lewati baris itu (--lewati): sesudah dibetulkan dapat diimpor lagi.",
        )
    if not found.rows:
        return Imports(0, found.same)
    taken = _taken(book, found, by, parts)
    parts.registers.begin(blob, taken)
    sop = in_force(parts.editions, taken.at.date())
    for start in range(0, len(found.rows), _BATCH):
        rows = found.rows[start : start + _BATCH]
        parts.cases.file(
            [old_case(row, book, choices, sop, by, parts.pattern) for row in rows], by=by.role, at=parts.clock.now()
        )
        progress(start + len(rows), len(found.rows))
    parts.registers.end(taken, parts.clock.now())
    return Imports(len(found.rows), found.same)


def _taken(book: OldBook, found: Plan, by: Actor, parts: ImportParts) -> Taken:
    columns = {
        f"{sheet.name}!{column.letters}": column.field or column.heading
        for sheet in found.sheets
        for column in sheet.headings.columns
    }
    return Taken(
        name=book.name,
        sha256=book.sha256,
        by=by.login,
        at=parts.clock.now(),
        columns=columns,
        numbers={year.year: year.numbers for year in found.years},
        gaps={year.year: year.gaps for year in found.years},
    )


def old_case(row: OldRow, book: OldBook, choices: Choices, sop: Sop, by: Actor, pattern: RegisterPattern) -> OldCase:
    """Return the case that a row becomes."""
    document = Document(ROW_FILE, "surat", 1, sha256(row.text).hexdigest(), len(row.text))
    place = {"name": book.name, "sha256": book.sha256, "sheet": row.place.sheet, "row": row.place.row}
    first = Imported(
        year=row.number.year,
        serial=row.number.serial,
        register_number=row.written or pattern.write(row.number),
        sop=sop.key,
        claim=f"{CHANNEL}-{row.number.key}",
        file_name=book.name,
        media=TYPED,
        pages=0,
        status_code="",
        channel=CHANNEL,
        documents=(document,),
        warnings=tuple(map(str, row.doubts)),
        register=row.register,
        book={**place, "login": by.login},
        end=sop.ended_before if ended_by(row, choices) else "",
        ended_on=row.ended_on.isoformat() if row.ended_on else "",
    )
    return OldCase(row.number, first, row.text)
