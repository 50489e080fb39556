"""Verify what stands beside the journals of an office of many against them: witnesses, seals, numbers, rows of cases.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from pipeline.archive.ports import RESTORE, Finding
from pipeline.archive.store.postgres_cabinet import PostgresCabinet
from pipeline.archive.store.postgres_changes import PostgresChanges
from pipeline.archive.store.postgres_clock_faults import is_known_wrong
from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber, folder_of_volume, in_volume
from pipeline.cases.events import Document
from pipeline.cases.moves import TYPED_NUMBER
from pipeline.errors import YankomasError
from pipeline.evidence.seal import Seal, read_seal
from pipeline.evidence.seal_chain import SealChain
from pipeline.evidence.sealing import book_faults
from pipeline.evidence.store.postgres_seals import PostgresBooks, displaced_books
from pipeline.register.old_registers import Run, lies_in
from pipeline.storage.postgres import Database
from pipeline.storage.postgres_lines import SEALS, PostgresLines

_KEPT = "Pulihkan dari cadangan; nomornya sendiri tetap ada di jurnal perkara."
_MARK = "yankomas rebuild"


def position_findings(database: Database) -> Iterator[Finding]:
    """Hold the positions of the witnesses against their lengths, and the office's own against the last."""
    length = 0
    for text, change, position in PostgresChanges(database).written():
        length += len(text)
        if position != length:
            fact = f"Saksi {change.number} baris {change.seq} tidak berada di tempatnya ({position}, bukan {length})."
            yield Finding("saksi", "saksi", fact, RESTORE)
            return
    if (size := PostgresChanges(database).size()) != length:
        yield Finding("kantor", "saksi", f"Posisi kantor ({size}) bukan posisi saksi terakhir ({length}).", RESTORE)


def seal_findings(
    database: Database,
    key: bytes | None,
    books: PostgresBooks | None = None,
    closed: Mapping[str, int] = MappingProxyType({}),
) -> Iterator[Finding]:
    """Hold the seals against each other, the witnesses, the lines of the journals and the books that they cover.

    Without ``key`` nobody's signature is looked at, without ``books`` none of them. ``closed``: books that were removed
    when their term was over, each with its length.
    """
    changes = PostgresChanges(database)
    read = [read_seal(line[:-1]) for _, line in PostgresLines(database, SEALS).lines()]
    made_anew = max((seal.seq for seal, _ in read if seal and seal.start == 0), default=0)

    def is_as_sealed(seal: Seal) -> bool:
        return seal.seq < made_anew or _digest(changes, seal.start, seal.end) == seal.changes

    chain = SealChain(key, is_as_sealed, lambda at: is_known_wrong(database, at))
    for seal, fault in read:
        yield from chain.look("segel", seal, fault)
        if seal and not fault:
            yield from _sealed_heads(database, seal)
    yield from chain.reaches(changes.size())
    if not books:
        return
    sound = books.known_here(seal for seal, fault in read if seal and not fault)
    told = dict(book_faults(sound, books, closed))
    shifted = "tidak berada di tempatnya: ada baris yang disisipkan atau diambil"
    for book, fact in {**dict.fromkeys(displaced_books(database), shifted), **told}.items():
        yield Finding(book.removeprefix("archive/"), "buku-segel", f"Isinya {fact}.", RESTORE)


def _sealed_heads(database: Database, seal: Seal) -> Iterator[Finding]:
    numbers = [head.number for head in seal.heads]
    question = (
        "SELECT s.tahun, s.urut, s.seq FROM unnest(%s::integer[], %s::integer[], %s::integer[], %s::text[])"
        " AS s (tahun, urut, seq, hash) LEFT JOIN jurnal j USING (tahun, urut, seq, hash) WHERE j.hash IS NULL"
    )
    columns = [n.volume for n in numbers], [n.serial for n in numbers]
    for volume, serial, seq in database.rows(
        question, (*columns, [head.seq for head in seal.heads], [head.hash for head in seal.heads])
    ):
        fact = f"Baris {seq} bukan lagi yang disegel (segel {seal.seq}, {seal.at:%d-%m-%Y})."
        yield Finding(f"{in_volume(volume, serial)}/jurnal", "segel", fact, RESTORE)


def _digest(changes: PostgresChanges, start: int, end: int) -> str:
    digest = hashlib.sha256()
    for text, _, _ in changes.written(start, end):
        digest.update(text)
    return digest.hexdigest()


def row_findings(database: Database, case: Case, owed: Callable[[Case], bool]) -> Iterator[Finding]:
    """Hold the row of a case against its first line, and its mark against what it is owed."""
    number = case.number
    question = "SELECT asli, klaim, terbuka FROM perkara WHERE tahun = %s AND urut = %s"
    found = database.row(question, (number.volume, number.serial)) or (b"", "", True)
    if (bytes(found[0]).hex(), found[1]) != (case.arrived.sha256, case.received.claim):
        fact = "Baris perkara menyebut berkas atau klaim lain daripada baris pertama jurnalnya."
        yield Finding(f"{number}/perkara", "nomor", fact, RESTORE)
    if not found[2] and owed(case):
        fact = f"Perkara {number} belum tuntas tetapi tidak ditandai."
        yield Finding(f"{number}/perkara", "terbuka", fact, f"Aman ditandai lagi: `{_MARK}`.", _MARK)


def highest_findings(database: Database, cabinet: PostgresCabinet) -> Iterator[Finding]:
    """Hold the highest number that was noted for each volume against its cases; one too high is a gap."""
    for volume, serial, noted, at in database.rows(
        "SELECT tahun, max(urut), terakhir, saat FROM perkara LEFT JOIN deret USING (tahun)"
        " GROUP BY tahun, terakhir, saat ORDER BY tahun"
    ):
        if noted is None or noted < serial:
            fact = f"Nomor tertinggi yang tercatat ({noted or 'tidak ada'}) tidak sesuai; seharusnya {serial}."
            yield Finding(f"{folder_of_volume(volume)}/deret", "nomor", fact, RESTORE)
        elif noted == serial and (given := _given_at(cabinet, in_volume(volume, serial))) not in (None, at):
            fact = f"Saat nomor tertinggi ({noted}) bukan saat nomor itu diberikan ({given})."
            yield Finding(f"{folder_of_volume(volume)}/deret", "nomor", fact, RESTORE)


def _given_at(cabinet: PostgresCabinet, number: CaseNumber) -> str | None:
    try:
        return cabinet.first(number).registered_at.isoformat()
    except YankomasError:
        return None  # a broken case, which is a finding of its own


def gaps(
    database: Database, numbers: Iterable[CaseNumber], left_out: Callable[[int], Sequence[Run]] = lambda _year: ()
) -> Iterator[Finding]:
    """Say which numbers were given and have no case: but those that an old book left out, and that nobody ever saw.

    ``left_out`` returns of a year of the first series the gaps of the old books.
    """
    there = set(numbers)
    for volume, last in database.rows("SELECT tahun, terakhir FROM deret ORDER BY tahun"):
        excused = left_out(volume)
        seen = {s for (s,) in database.rows("SELECT urut FROM saksi WHERE tahun = %s", (volume,))} if excused else set()
        for serial in range(1, last + 1):
            if in_volume(volume, serial) not in there and (serial in seen or not lies_in(serial, excused)):
                fact = "Nomor ini pernah diberikan, tetapi perkaranya tidak ada."
                yield Finding(str(in_volume(volume, serial)), "lompat", fact, RESTORE)


class SeriesCheck:
    """The series of letters' numbers, held against the cases as these are met."""

    def __init__(self, database: Database) -> None:
        question = "SELECT tahun, nama, nomor, perkara, teks FROM deret_naskah ORDER BY tahun, nama, baris DESC"
        self._given = database.rows(question)
        self._known = {(year, number, text) for year, _, _, number, text in self._given}
        self._met: set[tuple[str, str]] = set()
        self._cases: set[str] = set()

    def case(self, case: Case) -> Iterator[Finding]:
        """Hold the numbers that a case has against the series that gave them."""
        number = str(case.number)
        self._cases.add(number)
        for made in case.made:
            if made.decision.values.get(TYPED_NUMBER):
                continue  # typed in from elsewhere: no series of ours
            for text in map(str, made.decision.numbers.values()):
                self._met.add((number, text))
                if (made.at.year, number, text) not in self._known:
                    fact = f"Nomor naskah {text} perkara {number} tidak tercatat."
                    yield Finding(f"{made.at.year}/deret_naskah", "naskah", fact, _KEPT)

    def findings(self) -> Iterator[Finding]:
        """Say which numbers were noted that no case has, once all cases were met.

        One that a crash left in a folder was given again in a line that follows, and moved in with both.
        """
        later: set[tuple[int, str, int]] = set()
        for year, name, serial, number, text in self._given:
            if (year, name, serial) not in later and number in self._cases and (number, text) not in self._met:
                fact = f"Nomor naskah {text} tercatat, tetapi {number} tidak memilikinya."
                yield Finding(f"{year}/deret_naskah", "naskah", fact, _KEPT)
            later.add((year, name, serial))


class DeletedFiles:
    """The files that were deleted from the object store, held against it: none is to be there that no case names."""

    def __init__(self, database: Database, cabinet: PostgresCabinet) -> None:
        self._cabinet = cabinet
        self._destroyed: list[tuple[CaseNumber, Document]] = []
        self._named: set[str] = set()
        rows = database.rows("SELECT sha256 FROM hapus_objek WHERE dihapus IS NOT NULL AND versi = ''")
        self._deleted = {sha256 for (sha256,) in rows}

    def case(self, case: Case) -> None:
        """Note what of a case was deleted, and what it still names."""
        self._destroyed += [(case.number, d) for d in case.gone if d.sha256 in self._deleted]
        self._named.update(d.sha256 for d in case.documents if d.sha256 in self._deleted)

    def findings(self) -> Iterator[Finding]:
        """Say which are there again, once all cases were met."""
        for number, document in self._destroyed:
            if document.sha256 not in self._named and self._cabinet.holds(number, document):
                fact = "Isi yang dimusnahkan dan sudah dihapus ada lagi di penyimpanan objek."
                remedy = f"Jalankan `yankomas arsip hapus-sisa {number}`, lalu mintalah pengelola pusat menghapusnya."
                yield Finding(f"{number}/{document.name}", "dimusnahkan", fact, remedy)
