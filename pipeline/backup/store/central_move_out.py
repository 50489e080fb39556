"""An office moves out of the centre, into a folder: its cases, numbers and witnesses, byte for byte.

All is written beside the folder's archive first, and put in place when it is whole. Either can be done again after it
was cut short.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

from pipeline.access.store.people_file import FILE as PEOPLE
from pipeline.access.store.people_moves import write_people_file
from pipeline.access.store.postgres_people_moves import central_people
from pipeline.archive import bagit
from pipeline.archive.store.attempts import Attempts
from pipeline.archive.store.format_mark import IN_SERIES, WITHOUT_CONTENT, format_of, mark_format
from pipeline.archive.store.layout import Layout
from pipeline.archive.store.postgres_attempts import PostgresAttempts
from pipeline.archive.store.postgres_cabinet import PostgresCabinet
from pipeline.archive.store.postgres_changes import PostgresChanges
from pipeline.backup.store.central_first_tags import BagFiles
from pipeline.backup.store.central_moves import Progress, book_folders, books, place_aside, small_files, version_files
from pipeline.backup.store.central_records import files_of, records_of
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.fold import destroyed_in, fold
from pipeline.cases.journal import entries_of
from pipeline.errors import UsageFault
from pipeline.evidence.seal import FORMAT
from pipeline.evidence.store.postgres_seals import PostgresSeals
from pipeline.evidence.store.seals import note_of
from pipeline.office.store.handovers import FILE as HANDED_OVER
from pipeline.office.store.postgres_handovers import handovers_at
from pipeline.register.store.postgres_restored import refuse_unconfirmed
from pipeline.storage import disk
from pipeline.storage.postgres import Database
from pipeline.storage.postgres_lines import RESTORED, PostgresLines
from pipeline.storage.postgres_small_records import small_records_at
from pipeline.storage.small_records import write_small_rows
from pipeline.storage.taking_over import UNUSED, put_aside
from pipeline.survey.store.postgres_survey import marks_at
from pipeline.survey.store.survey_files import MARKS, write_marks


def require_room(layout: Layout) -> None:
    """Make sure that nothing lies where an office's cases and books are to be put.

    Raises:
        UsageFault: something does.
    """
    if layout.years():
        raise UsageFault(f"{layout.archive} sudah berisi perkara.", "Pindah-keluar hanya ke folder kantor yang kosong.")
    for path in (layout.changes, *book_folders(layout), layout.last_seal):
        if path.exists():
            raise UsageFault(f"{path} sudah ada.", "Singkirkan dahulu; pindah-keluar tidak menimpa apa pun.")


def gather(database: Database, cabinet: PostgresCabinet, layout: Layout, progress: Progress) -> None:
    """Write all of an office beside the folder's archive, whole and synced. At the centre nothing changes.

    Raises:
        ArchiveFault: the store has lost a file; nothing of the folder is in use.
        Passing: a server is away, or the disk is full; or the database was brought back, and nobody has said yet which
            numbers were given since.
    """
    with database.transaction() as running:
        refuse_unconfirmed(running)
    layout.prepare()
    disk.remove(layout.restored)  # of this folder alone; what was said of the office's numbers is at the centre
    making = _making(layout)
    disk.sweep(making.root)
    making.archive.mkdir(parents=True)
    making.open_cases.mkdir()
    mark_format(making, format_of(layout))
    numbers, bags = cabinet.numbers(), BagFiles(database)
    for done, number in enumerate(numbers, start=1):
        _write_folder(making, cabinet, number, bags)
        progress(done, len(numbers))
    _write_records(making, database)
    _write_books(making, database)
    if (people := central_people(database)) is not None:
        write_people_file(making.people / PEOPLE, people)
    with database.transaction() as running:
        handed_over, marks = handovers_at(running), marks_at(running)
        told = [(folder, kind, small_records_at(running, kind)) for kind, folder in small_files(making)]
    if handed_over:
        disk.make_private_folder(making.people)
        disk.replace(making.people / HANDED_OVER, handed_over, 0o600)
    if marks:
        write_marks(making.survey / MARKS, marks)
    making.state.mkdir()
    for folder, kind, rows in told:
        write_small_rows(folder, kind, rows)
    for path, data in version_files(making, database, cabinet.objects):
        disk.write_new(path, data)
    for number in cabinet.open_cases():
        disk.touch(making.open_cases / number.key)
    for key, noted in PostgresAttempts(database).every().items():
        Attempts(making.state).take_over(key, noted)
    for path in making.root.rglob("*"):
        if path.is_dir():
            disk.sync_folder(path)
    disk.sync_folder(making.root)


def put_in_place(layout: Layout) -> int:
    """Put what was gathered in its place, also the rest of it after that was cut short; return how many cases it is."""
    making = _making(layout)
    small = [folder / kind.name for kind, folder in small_files(making)]
    for path in (making.people / PEOPLE, making.people / HANDED_OVER, *small):
        target = layout.root / path.relative_to(making.root)
        if path.exists():
            disk.make_private_folder(layout.people)
            if target.exists():  # of before it was at the centre; nobody used it since
                put_aside(target, place_aside(layout), UNUSED)
            disk.rename(path, target)
            disk.sync_folder(target.parent)
    for now, later in ((making.open_cases, layout.open_cases), (making.state, layout.state)):
        for path in sorted(now.glob("*")):
            disk.rename(path, later / path.name)
    if making.seals.is_dir():
        disk.rename(making.seals, layout.seals)
    for path in sorted(making.archive.glob("*")):
        if path not in (making.open_cases, making.state):
            disk.rename(path, layout.archive / path.name)
    for folder in (layout.open_cases, layout.root, layout.archive):
        disk.sync_folder(folder)
    disk.sweep(making.root)
    return sum(1 for year in layout.years() for _ in layout.numbers(year))


def _making(layout: Layout) -> Layout:
    return Layout(layout.staging / "pindah-keluar")


def _write_folder(making: Layout, cabinet: PostgresCabinet, number: CaseNumber, bags: BagFiles) -> None:
    text = cabinet.journal(number)
    entries = entries_of(text, str(number))
    folder = making.case(number)
    (folder / bagit.PAYLOAD).mkdir(parents=True)
    if number.series:
        mark_format(making, IN_SERIES)
    if destroyed_in(entries):
        mark_format(making, WITHOUT_CONTENT)
    for document in fold(entries).documents:
        with cabinet.blob(number, document).local() as path:
            disk.copy_new(path, folder / bagit.PAYLOAD / document.name)
    disk.write_new(folder / bagit.JOURNAL, text)
    for name, data in bags.of(number, entries, text).items():
        disk.write_new(folder / name, data)
    disk.sync_folder(folder / bagit.PAYLOAD)
    disk.sync_folder(folder)


def _write_records(making: Layout, database: Database) -> None:
    with database.transaction() as running:
        for text, _, _ in PostgresChanges(database).written():
            disk.append_unsynced(making.changes, text)
        records = records_of(running)
    for path, data in files_of(records, making):
        path.parent.mkdir(exist_ok=True)  # of a series of which only a restore knew numbers
        disk.write_new(path, data)
    for path in making.archive.rglob("*"):
        if path.is_file():
            disk.sync_file(path)


def _write_books(making: Layout, database: Database) -> None:
    for book, folder in books(making):
        lines = PostgresLines(database, book)
        for part in lines.parts():
            folder.mkdir(parents=True, exist_ok=True)
            disk.write_new(folder / f"{part}.jsonl", b"".join(line for _, line in lines.lines(part)))
    if said := PostgresLines(database, RESTORED).lines():
        disk.write_new(making.restored, b"".join(line for _, line in said))
    if seal := PostgresSeals(database, bytes).last():
        disk.write_new(making.last_seal, note_of(seal))
        mark_format(making, FORMAT)
