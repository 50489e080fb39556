"""An office moves into the centre: its cases, numbers and witnesses, byte for byte (out: ``central_move_out.py``).

Files go before the rows that name them, rows in one transaction; then the folder's own are set aside. Each step can be
done again after it was cut short.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count, islice
from pathlib import Path

from pipeline.access.store.people_file import FILE as PEOPLE
from pipeline.access.store.people_moves import people_of_file
from pipeline.access.store.postgres_people_moves import move_people_in
from pipeline.archive import bagit
from pipeline.archive.store.attempts import Attempts
from pipeline.archive.store.cabinet import marked
from pipeline.archive.store.case_reading import first_line, journal_text
from pipeline.archive.store.clock_faults import ClockFault
from pipeline.archive.store.layout import SET_ASIDE, Layout
from pipeline.archive.store.objects import Objects
from pipeline.archive.store.postgres_attempts import PostgresAttempts
from pipeline.archive.store.postgres_clock_faults import note as note_clock_faults
from pipeline.archive.store.witness_log import WitnessLog, witness_line
from pipeline.backup.store.central_first_tags import first_tags_row
from pipeline.cases.case_number import CaseNumber, Volume, in_volume
from pipeline.cases.fold import fold
from pipeline.cases.journal import entries_of
from pipeline.cases.sop_words import OUTGOING
from pipeline.cases.store.version_records import EDITION_SUFFIX, SERVICE_SUFFIX
from pipeline.errors import ArchiveFault, UsageFault
from pipeline.mail.store.fetched_record import FETCHED
from pipeline.mail.store.receipt_counts import RECEIPTS
from pipeline.mail.store.sent_record import SENT
from pipeline.office.store.handovers import FILE as HANDED_OVER
from pipeline.office.store.postgres_handovers import move_handovers_in
from pipeline.privacy.store.matter_books import BOOKS
from pipeline.privacy.store.postgres_matters import move_matters_in
from pipeline.register.store import old_cases
from pipeline.register.store.number_records import has_number, read_highest, read_series_line
from pipeline.register.store.old_registers import OldRegisterRecord
from pipeline.register.store.postgres_year_ends import CentralVersions, put_sheets
from pipeline.register.store.restored import naskah_given, refuse_unconfirmed, series_confirmed
from pipeline.storage import disk, locks
from pipeline.storage.blobs import StoredFile
from pipeline.storage.postgres import Database, Row, Transaction
from pipeline.storage.postgres_lines import ACCESS, EDITIONS, INBOX, RESTORED, SEALS, SERVICES, SURVEY, YEAR_ENDS
from pipeline.storage.postgres_moving import has_arrived, note_arrived
from pipeline.storage.postgres_small_records import move_small_records_in
from pipeline.storage.postgres_versions import PostgresVersions, keep_folder
from pipeline.storage.small_records import SmallFile
from pipeline.storage.taking_over import put_aside
from pipeline.survey.store.postgres_survey import move_survey_in

Progress = Callable[[int, int], None]
#: Cases, and witnesses, that are written at once.
_LOT, _PAGE = 100, 5000
_LINE = "INSERT INTO catatan (buku, bagian, isi) VALUES (%s, %s, %s)"


def move_in(layout: Layout, database: Database, objects: Objects, progress: Progress) -> int:
    """Move the cases of a folder into the centre; return how many. Of the folder's own nothing is changed.

    Every case's lock is waited for, so that a decision that was begun before the folder was closed is in it; old cases
    that a crash left half in place are put there first.
    ``database`` is as who looks after the centre comes to it: an office itself gives its numbers one by one.

    Raises:
        UsageFault: the office has cases there already, or an old register was taken over in part only.
        ArchiveFault: a case of the folder is not whole; nothing was moved.
        Passing: the archive was restored and nobody has said yet which numbers were given since; or a server is away.
    """
    refuse_unconfirmed(layout.restored)
    with locks.held(layout.numbers_lock):
        old_cases.finish(layout, WitnessLog(layout.changes))
        numbers = sorted(number for year in layout.years() for number in layout.numbers(year))
        _refuse_half_imported(layout, numbers)
    for number in numbers:
        with locks.held(layout.locks / number.key):
            pass  # whoever decided on it has ended
    if unfinished := [n for n in numbers if (layout.staging / n.key).is_dir()]:
        raise ArchiveFault(
            f"Perkara {unfinished[0]} belum selesai ditulis.", "Tunggu sampai kantor itu selesai bekerja, lalu ulangi."
        )
    for done, number in enumerate(numbers, start=1):
        _put_files(layout, number, objects)
        progress(done, len(numbers))
    put_sheets(layout.year_ends, objects)
    with database.transaction() as running:
        if has_arrived(running):  # and the move was cut short after that
            return len(numbers)
        if running.execute("SELECT 1 FROM perkara LIMIT 1").fetchone():
            raise UsageFault("Kantor ini sudah mempunyai perkara di pusat.", "Hanya kantor yang kosong dapat menerima.")
        _write_all(running, layout, numbers, database)
        note_arrived(running)
    return len(numbers)


def _write_all(running: Transaction, layout: Layout, numbers: list[CaseNumber], database: Database) -> None:
    """Write what the folder says of its cases, numbers and books."""
    open_cases = set(marked(layout))
    for start in range(0, len(numbers), _LOT):
        _write_cases(running, layout, numbers[start : start + _LOT], open_cases)
    _write_witnesses(running, layout)
    for year in layout.years():
        _write_numbers(running, layout, year)
    for of, name in series_confirmed(layout.restored):
        given = naskah_given(layout.restored, of, name)
        running.execute("INSERT INTO batas_naskah VALUES (%s, %s, %s)", (of, name, given))
    for book, path in _book_files(layout):
        lines = [(book, path.stem.lstrip("."), line) for line in path.read_bytes().splitlines(keepends=True)]
        whole = [row for row in lines if row[2].endswith(b"\n")]
        running.many(_LINE, list(whole))
    for book, folder, suffix in version_records(layout):
        keep_folder(running, book, folder, suffix)
    move_people_in(running, people_of_file(path) if (path := layout.people / PEOPLE).is_file() else None)
    move_handovers_in(running, path if (path := layout.people / HANDED_OVER).is_file() else None)
    move_matters_in(running, layout.privacy if layout.privacy.is_dir() else None)
    move_survey_in(running, layout.survey if layout.survey.is_dir() else None)
    for kind, folder in small_files(layout):
        move_small_records_in(running, kind, path if (path := folder / kind.name).is_file() else None)
    note_clock_faults(running, _clock_faults(layout))
    tried, there = Attempts(layout.state), PostgresAttempts(database)
    for number in numbers:
        there.take_over(number.key, tried.noted(number.key))


def _refuse_half_imported(layout: Layout, numbers: list[CaseNumber]) -> None:
    """Make sure that no old register is only partly taken over: at the centre nobody could go on with it."""
    record = OldRegisterRecord(layout.old_registers, layout.locks / "buku-lama")
    name = record.unfinished(lambda year: {number.serial for number in numbers if number.volume == year})
    if name or old_cases.is_under_way(layout):
        raise UsageFault(
            f"Buku register lama{f' {name!r}' if name else ''} baru sebagian diambil alih.",
            "Jalankan `yankomas impor` dengan buku yang sama sampai selesai, lalu pindahkan kantor ini.",
        )


def _put_files(layout: Layout, number: CaseNumber, objects: Objects) -> None:
    folder = layout.case(number) / bagit.PAYLOAD
    for document in fold(entries_of(journal_text(layout, number), str(number))).documents:
        path = folder / document.name
        if not path.is_file() or disk.sha256_of(path) != document.sha256:
            raise ArchiveFault(
                f"Berkas {document.name} perkara {number} hilang atau berubah.",
                "Tidak ada yang dipindahkan. Jalankan `yankomas verify` dan pulihkan map ini dari cadangan.",
            )
        objects.put(StoredFile(path, document.name, document.sha256, document.bytes))


def _write_cases(running: Transaction, layout: Layout, numbers: list[CaseNumber], open_cases: set[CaseNumber]) -> None:
    cases, journals, first_tags = list[Row](), list[Row](), list[Row]()
    for number in numbers:
        text = journal_text(layout, number)
        entries = entries_of(text, str(number))
        case, where = fold(entries), (number.volume, number.serial)
        original = bytes.fromhex(case.arrived.sha256)
        cases.append((*where, number in open_cases, original, case.received.claim))
        lines = text.splitlines(keepends=True)[: len(entries)]
        first_tags += first_tags_row(layout, number, entries)
        journals += [(*where, e.seq, e.prev, e.hash, line) for e, line in zip(entries, lines, strict=True)]
    running.copy("perkara (tahun, urut, terbuka, asli, klaim)", cases)
    running.copy("jurnal (tahun, urut, seq, prev, hash, baris)", journals)
    running.many(_LINE, first_tags)


def _write_witnesses(running: Transaction, layout: Layout) -> None:
    end = 0
    witnesses = WitnessLog(layout.changes).written()
    while page := list(islice(witnesses, _PAGE)):
        rows: list[Row] = []
        for text, change, end in page:
            rest = text[: -len(witness_line(change))]
            rows.append((end, rest, change.number.volume, change.number.serial, change.seq, change.head))
        running.copy("saksi (posisi, sisa, tahun, urut, seq, hash)", rows)
    running.execute("UPDATE kantor SET posisi = %s", (end,))
    unseen = running.execute(
        "SELECT tahun, urut, seq FROM jurnal EXCEPT SELECT tahun, urut, seq FROM saksi ORDER BY 1, 2, 3 LIMIT 1"
    ).fetchone()
    if unseen:
        number = in_volume(unseen[0], unseen[1])
        raise ArchiveFault(
            f"Baris {unseen[2]} jurnal {number} tidak mempunyai saksi.",
            "Tidak ada yang dipindahkan. Jalankan `yankomas verify` dan ikuti obatnya.",
        )


def _write_numbers(running: Transaction, layout: Layout, year: Volume) -> None:
    noted, at = read_highest(layout.highest(year))
    newest = max(layout.numbers(year), default=None)
    if newest and (at is None or newest.serial > noted):  # the note of the highest was lost, or a crash came before it
        noted, at = max(noted, newest.serial), first_line(layout, newest).registered_at
    if at is not None:
        running.execute("INSERT INTO deret VALUES (%s, %s, %s)", (year, noted, at.isoformat()))
    for path in layout.all_series(year):
        name = path.name.removeprefix(".naskah").removeprefix("-") or OUTGOING
        text = path.read_text()
        lines = [read_series_line(line) for line in text[: text.rfind("\n") + 1].splitlines()]
        while lines and has_number(layout, lines[-1]) is False:  # noted, and a crash came before its case had it
            lines.pop()
        running.many(
            "INSERT INTO deret_naskah (tahun, nama, nomor, perkara, teks) VALUES (%s, %s, %s, %s, %s)",
            [(year, name, line.serial, str(line.number), line.text) for line in lines],
        )


def books(layout: Layout) -> tuple[tuple[str, Path], ...]:
    """Return the books of lines that move, each with the folder in which it has its files."""
    persons = (SURVEY, layout.survey), *((name, layout.privacy / name) for name in BOOKS)
    return (*_copied_books(layout), *persons)


def book_folders(layout: Layout) -> tuple[Path, ...]:
    """Return the folders of the archive that hold the books that move, and what moves with them."""
    return (*(folder for _, folder in _copied_books(layout)), layout.survey, layout.privacy)


def _copied_books(layout: Layout) -> tuple[tuple[str, Path], ...]:
    kept = (INBOX, layout.ledger), (ACCESS, layout.access), (SEALS, layout.seals)
    records = (YEAR_ENDS, layout.year_ends), (SERVICES, layout.service_record), (EDITIONS, layout.sop_record)
    return (*kept, *records)


def small_files(layout: Layout) -> tuple[tuple[SmallFile, Path], ...]:
    """Return the small files of records that move, each with its folder."""
    return (SENT, layout.people), (FETCHED, layout.state), (RECEIPTS, layout.state)


def version_records(layout: Layout) -> tuple[tuple[str, Path, str], ...]:
    """Return the books whose lines name versions that move with them: the folder of each, what their files end with."""
    return (SERVICES, layout.service_record, SERVICE_SUFFIX), (EDITIONS, layout.sop_record, EDITION_SUFFIX)


def version_files(layout: Layout, database: Database, objects: Objects) -> Iterator[tuple[Path, bytes]]:
    """Yield the files that lines of books name, as a folder has them: signed sheets of closed years, and versions.

    Raises:
        ArchiveFault: the store has lost a sheet.
        Passing: a server is away.
    """
    for name, data in CentralVersions(database, objects).sheets():
        yield layout.year_ends / name, data
    for book, folder, suffix in version_records(layout):
        for name, data in PostgresVersions(database, book, suffix).versions():
            yield folder / name, data


def _book_files(layout: Layout) -> Iterator[tuple[str, Path]]:
    """Yield every file of the books that move as they are; what was said after a restore is one of its own."""
    for book, folder in _copied_books(layout):
        yield from ((book, path) for path in sorted(folder.glob("*.jsonl")))
    if layout.restored.is_file():
        yield RESTORED, layout.restored


def _clock_faults(layout: Layout) -> Iterator[ClockFault]:
    if layout.wrong_times.is_file():
        for line in layout.wrong_times.read_text().splitlines():
            at, right, by = line.split(" ", 2)
            yield at, right, by


def place_aside(layout: Layout) -> Path:
    """Return where a folder's own cases are to lie once they are at the centre: a folder that is not there yet."""
    names = (layout.root / (f"{SET_ASIDE}-{n}" if n else SET_ASIDE) for n in count())
    return next(path for path in names if not path.exists())


def newest_aside(layout: Layout, name: str) -> Path | None:
    """Return the file of that name that was put aside last; None if none was."""
    there = layout.root.glob(f"{SET_ASIDE}*/{name}")
    return max(there, key=lambda path: path.stat().st_ctime_ns, default=None)


def set_aside(layout: Layout, aside: Path) -> None:
    """Put a folder's own cases where nothing works on them, to be removed by a person; gone on with if cut short."""
    disk.make_folder(aside)
    lists = (layout.changes, layout.wrong_times, layout.last_seal, layout.restored)
    for path in (*map(layout.volume, layout.years()), *lists, *book_folders(layout)):
        if path.exists():
            disk.rename(path, aside / path.name)
    disk.sync_folder(aside)
    small = (folder / kind.name for kind, folder in small_files(layout))
    for path in (layout.people / PEOPLE, layout.people / HANDED_OVER, *small):
        if path.exists():
            put_aside(path, aside)
    for path in (*layout.open_cases.glob("*"), *layout.archive.glob("register-*")):
        disk.remove(path)
    disk.sync_folder(layout.archive)
    disk.sync_folder(layout.root)
