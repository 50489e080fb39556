"""Verifying an office of many: its journals, witnesses, numbers and files, every line and every byte.

The database holds the chain of each journal by itself; here it is looked at all the same, for constraints can be taken
away by who owns it.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress

from pipeline.archive.ports import RESTORE, Finding
from pipeline.archive.store.postgres_cabinet import PostgresCabinet
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.fold import documents_of, fold
from pipeline.cases.journal import heads, read_journal
from pipeline.errors import ArchiveFault, NotFound
from pipeline.evidence.ports import Books
from pipeline.evidence.seal import Seal, follows, is_signed, read_seal
from pipeline.evidence.sealing import book_faults
from pipeline.storage.postgres import Database
from pipeline.storage.postgres_lines import SEALS, PostgresLines

_HEAD = "SELECT 1 FROM jurnal WHERE tahun = %s AND urut = %s AND seq = %s AND hash = %s"


def verify_office(
    database: Database, cabinet: PostgresCabinet, progress: Callable[[int, int], None]
) -> Iterator[Finding]:
    """Yield everything that is wrong with an office's cases; ``progress`` gets cases done and in all."""
    numbers = cabinet.numbers()
    for done, number in enumerate(numbers, start=1):
        yield from verify_one(cabinet, number)
        progress(done, len(numbers))
    yield from _gaps(database, numbers)


def verify_one(cabinet: PostgresCabinet, number: CaseNumber) -> list[Finding]:
    """Return what is wrong with one case."""
    try:
        journal = read_journal(cabinet.journal(number))
    except NotFound:
        return [Finding(str(number), "hilang", "Perkara ini tidak mempunyai jurnal.", RESTORE)]
    found = [Finding(f"{number}/jurnal", "rantai", f"Jurnal rusak: {fault}.", RESTORE) for fault in journal.faults]
    witnessed = cabinet.witnesses(number)
    if set(heads(journal.entries)) != set(witnessed):  # a crash can have one witnessed twice
        fact = (
            f"Saksi menyebut {len(witnessed)} baris; jurnal mempunyai {len(journal.entries)} baris, atau lain isinya."
        )
        found.append(Finding(f"{number}/jurnal", "saksi", fact, RESTORE))
    with suppress(ArchiveFault):  # said already
        if fold(journal.entries).number != number:
            found.append(Finding(str(number), "salah-map", "Jurnalnya milik perkara lain.", RESTORE))
        for document in documents_of(journal.entries):
            try:
                with cabinet.blob(number, document).local():
                    pass
            except ArchiveFault as fault:
                found.append(Finding(f"{number}/{document.name}", "hilang", fault.message, RESTORE))
    return found


def verify_seals(database: Database, books: Books, key: bytes | None) -> Iterator[Finding]:
    """Yield what is wrong with an office's seals, and with what they cover: heads of journals, and books.

    Without ``key`` nobody's signature is looked at.
    """
    before: Seal | None = None
    sound: list[Seal] = []
    for place, line in PostgresLines(database, SEALS).lines():
        seal, fault = read_seal(line[:-1])
        if seal is None:
            yield Finding("segel", "segel", f"Baris {place} segel {fault}.", RESTORE)
            continue
        fault = fault or follows(seal, before)
        if not fault and key is not None and not is_signed(seal, key):
            fault = "tidak dibuat dengan kunci kantor ini"
        if fault:
            yield Finding("segel", "segel", f"Segel {seal.seq} {fault}.", RESTORE)
        else:
            sound.append(seal)
        for head in seal.heads:
            if not database.row(_HEAD, (head.number.year, head.number.serial, head.seq, head.hash)):
                fact = f"Baris {head.seq} bukan yang dahulu disegel (segel {seal.seq})."
                yield Finding(f"{head.number}/jurnal", "baris-akhir", fact, RESTORE)
        before = seal
    for book, fact in book_faults(sound, books):
        yield Finding(book.removeprefix("archive/"), "buku-segel", f"Isinya {fact}.", RESTORE)


def _gaps(database: Database, numbers: list[CaseNumber]) -> Iterator[Finding]:
    there = set(numbers)
    for year, last in database.rows("SELECT tahun, terakhir FROM deret ORDER BY tahun"):
        for serial in range(1, last + 1):
            if CaseNumber(year, serial) not in there:
                fact = "Nomor ini pernah diberikan, tetapi perkaranya tidak ada."
                yield Finding(str(CaseNumber(year, serial)), "lompat", fact, RESTORE)
