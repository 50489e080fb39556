"""Verifying an office of many: its journals, witnesses, seals, numbers and files, every line and every byte.

The database holds the chain of each journal by itself, and what an office may write; here it is looked at all the same,
for constraints and triggers can be taken away by who owns it.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from types import MappingProxyType

from pipeline.archive.ports import RESTORE, Finding
from pipeline.archive.store.objects import OtherBytes
from pipeline.archive.store.postgres_cabinet import PostgresCabinet
from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.fold import documents_of, fold
from pipeline.cases.journal import heads, read_journal
from pipeline.errors import ArchiveFault, NotFound, YankomasError
from pipeline.evidence.store.fixity import archival_findings
from pipeline.evidence.store.postgres_seals import PostgresBooks
from pipeline.evidence.store.postgres_verify_records import (
    DeletedFiles,
    SeriesCheck,
    gaps,
    highest_findings,
    position_findings,
    row_findings,
    seal_findings,
)
from pipeline.evidence.store.verify import came_back
from pipeline.evidence.store.verify_books import InboxNumbers
from pipeline.evidence.store.verify_records import TwinClaims, TwinNumbers
from pipeline.register.old_registers import Run
from pipeline.storage.postgres import Database

Progress = Callable[[int, int], None]


def verify_office(
    database: Database,
    cabinet: PostgresCabinet,
    progress: Progress,
    *,
    books: PostgresBooks | None = None,
    seal_key: bytes | None = None,
    owed: Callable[[Case], bool] = lambda _case: False,
    given: Iterable[tuple[CaseNumber, str]] = (),
    left_out: Callable[[int], Sequence[Run]] = lambda _year: (),
    destroyed: Mapping[CaseNumber, str] = MappingProxyType({}),
    closed: Mapping[str, int] = MappingProxyType({}),
) -> Iterator[Finding]:
    """Yield everything that is wrong with an office's cases; ``progress`` gets cases done and in all.

    Seals are held against the office's key if that is given, and what they cover beside the cases against the
    ``books``; ``owed`` says whether the machine owes a case anything; ``given`` are numbers and claims that the inbox
    account says were given; ``left_out`` returns of a year the gaps of old registers;
    ``destroyed`` are the cases that lists have destroyed, each with its list; ``closed`` the books of the access log
    that were closed and removed, each with its length.
    """
    inbox = InboxNumbers(given)  # before the cases: what it says was given has a case by now
    numbers = cabinet.numbers()
    series, claims, twins = SeriesCheck(database), TwinClaims(), TwinNumbers()
    deleted = DeletedFiles(database, cabinet)
    yield from position_findings(database)
    yield from seal_findings(database, seal_key, books, closed)
    for done, number in enumerate(numbers, start=1):
        case, findings = _examined(cabinet, number)
        yield from findings
        if case:
            yield from archival_findings(case)
            claims.note(case)
            yield from inbox.case(case)
            yield from twins.case(case)
            yield from series.case(case)
            yield from row_findings(database, case, lambda found: _is_owed(found, owed))
            deleted.case(case)
            if number in destroyed and not case.gone:
                yield came_back(number, destroyed[number])
        progress(done, len(numbers))
    yield from claims.findings()
    yield from inbox.findings()
    yield from series.findings()
    yield from deleted.findings()
    yield from highest_findings(database, cabinet)
    yield from gaps(database, numbers, left_out)


def verify_arrived(database: Database, cabinet: PostgresCabinet, progress: Progress) -> Iterator[Finding]:
    """Yield what is not whole of the cases that moved in; what was amiss in the folder already moves along."""
    numbers = cabinet.numbers()
    yield from position_findings(database)
    for done, number in enumerate(numbers, start=1):
        yield from _examined(cabinet, number)[1]
        progress(done, len(numbers))


def verify_one(cabinet: PostgresCabinet, number: CaseNumber) -> list[Finding]:
    """Return what is wrong with one case."""
    case, findings = _examined(cabinet, number)
    return [*findings, *(archival_findings(case) if case else ())]


def _examined(cabinet: PostgresCabinet, number: CaseNumber) -> tuple[Case | None, list[Finding]]:
    """Return a case, if it can be read and is what it is kept as, and what is wrong with it."""
    try:
        journal = read_journal(cabinet.journal(number))
    except NotFound:
        return None, [Finding(str(number), "hilang", "Perkara ini tidak mempunyai jurnal.", RESTORE)]
    found = [Finding(f"{number}/jurnal", "rantai", f"Jurnal rusak: {fault}.", RESTORE) for fault in journal.faults]
    witnessed = cabinet.witnesses(number)
    if set(heads(journal.entries)) != set(witnessed):  # a crash can have one witnessed twice
        fact = (
            f"Saksi menyebut {len(witnessed)} baris; jurnal mempunyai {len(journal.entries)} baris, atau lain isinya."
        )
        found.append(Finding(f"{number}/jurnal", "saksi", fact, RESTORE))
    case: Case | None = None
    with suppress(ArchiveFault):  # said already
        case = fold(journal.entries)
        if case.number != number:
            found.append(Finding(str(number), "salah-map", "Jurnalnya milik perkara lain.", RESTORE))
            case = None
    try:
        documents = documents_of(journal.entries)
    except ArchiveFault as fault:
        return case, [*found, Finding(f"{number}/jurnal", "rantai", fault.message, RESTORE)]
    for document in documents:
        try:
            with cabinet.blob(number, document).local():
                pass
        except ArchiveFault as fault:
            code = "berubah" if isinstance(fault, OtherBytes) else "hilang"
            found.append(Finding(f"{number}/{document.name}", code, fault.message, RESTORE))
    return case, found


def _is_owed(case: Case, owed: Callable[[Case], bool]) -> bool:
    try:
        return owed(case)
    except YankomasError:
        return False  # an SOP that is not installed here: the doctor's business
