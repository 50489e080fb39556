"""An office's cases at the centre, written beside it as an ordinary archive that opens without PostgreSQL.

It follows the witnesses as a view does: a case that has not changed since the last export is not written again, and a
document never. First a moment is fixed, in a transaction that only reads; what came later is left to the next export.
One that is cut short goes on where it stopped: cases are ahead of the list of witnesses then, never behind it.

The folder says of itself that it is a restored one (``archive/.pulih``): nobody gives a number there until a person has
said how far they went, and a folder that was worked on is not written to any more. Accounts go along, with the hashes
of passwords; sessions and links do not. Keys stay in the office's own folder and its backup.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from pipeline.access.store.people_file import FILE as PEOPLE
from pipeline.access.store.people_moves import OF_THE_MOMENT, AllPeople, write_people_file
from pipeline.access.store.postgres_people_moves import people_at
from pipeline.archive import bagit
from pipeline.archive.store.cabinet import marked
from pipeline.archive.store.case_folder import write_if_changed
from pipeline.archive.store.format_mark import IN_SERIES, WITHOUT_CONTENT, format_of, mark_format
from pipeline.archive.store.layout import Layout, opened
from pipeline.archive.store.postgres_cabinet import PostgresCabinet
from pipeline.archive.store.postgres_changes import PostgresChanges
from pipeline.archive.store.witness_log import WitnessLog
from pipeline.backup.store.central_first_tags import BagFiles
from pipeline.backup.store.central_moves import books, version_files
from pipeline.backup.store.central_records import Records, files_of, records_of
from pipeline.cases.case_number import CaseNumber, in_volume
from pipeline.cases.fold import destroyed_in, documents_of
from pipeline.cases.journal import entries_of
from pipeline.errors import ArchiveFault, UsageFault
from pipeline.evidence.seal import FORMAT
from pipeline.evidence.store.seals import FolderSeals, note_of
from pipeline.mail.store.sent_record import SENT
from pipeline.office.store.central_settings import without_centre
from pipeline.office.store.handovers import FILE as HANDOVERS
from pipeline.office.store.postgres_handovers import handovers_at
from pipeline.privacy.store.matter_books import REMOVALS, MatterFile
from pipeline.privacy.store.removals import closed_books
from pipeline.register.store.restored import note_restored, restored_from, restored_line
from pipeline.storage import disk, locks
from pipeline.storage.postgres import Database, Row
from pipeline.storage.postgres_lines import RESTORED, text_of
from pipeline.storage.postgres_small_records import small_records_at
from pipeline.storage.rows import AllRows
from pipeline.storage.small_records import write_small_rows
from pipeline.survey.store.postgres_survey import marks_at
from pipeline.survey.store.survey_files import MARKS, marks_in, write_marks

Progress = Callable[[int, int], None]
#: Under the folder's state: content was taken away of which its views may still tell.
VIEWS_TELL = "isi-dimusnahkan"
#: Witnesses whose cases are written before the list says so.
_BATCH = 500
#: What of an office's own folder goes along: what its cases need to be read and printed, every book that seals cover,
#: and no secret.
_ALONG = (
    *("letter_templates", "archive/.templat", "archive/.pengaturan", "archive/.sidik", "archive/.bobot-baca"),
    *("archive/.keadaan", "archive/.buku-lama", "archive/.kearsipan", "archive/.serahan"),
    "layanan",
)


@dataclass(frozen=True, slots=True)
class _Moment:
    """How far an office had come: the last witness, its records, open cases, the last line of books, its people.

    Rows are as their tables have them; ``given`` is what persons said of numbers after earlier restores,
    ``handed_over`` who acts for whom, ``told`` what people were told, ``marks`` those of the survey's codes.
    """

    position: int
    records: Records
    open_cases: list[Row]
    line: int
    given: bytes
    people: AllPeople | None
    handed_over: bytes
    told: AllRows
    marks: bytes


def export(
    office: Layout, database: Database, cabinet: PostgresCabinet, folder: Path, at: datetime, progress: Progress
) -> int:
    """Bring a folder to what the office is at the centre now; return how many cases were written.

    Raises:
        UsageFault: the folder is no export of this office, or was worked on since.
        ArchiveFault: the store has lost a file; the folder is as far as it came.
        Busy: a process works on the folder.
        Passing: a server is away, or the disk is full.
    """
    layout = opened(folder.resolve())
    layout.prepare()
    with ExitStack() as held:
        for lock in (layout.supervisor_lock, layout.run_lock, layout.desk_lock):
            held.enter_context(locks.sole_process(lock))
        disk.cut_torn_line(layout.changes)
        _require_own(layout, database)
        moment = _moment(database)
        if not layout.restored.exists():  # before any case: never is a number given there beside the centre
            note_restored(layout.restored, at.isoformat())
        bring_along(office.root, layout.root)
        mark_format(layout, format_of(office))
        count = _follow(layout, database, cabinet, moment, progress)
        _write_records(layout, moment)
        _write_books(layout, database, moment)
        for path, data in version_files(layout, database, cabinet.objects):
            disk.make_folder(path.parent)
            write_if_changed(path, data)
        _write_people(layout, moment)
        _mark_open(layout, moment)
        write_if_changed(layout.restored, moment.given + restored_line(at.isoformat()))
    return count


@contextmanager
def read_only(database: Database) -> Iterator[Database]:
    """Give the office's schema by connections of their own, with which nothing can be written."""
    options = f"{conninfo_to_dict(database.address).get('options', '')} -c default_transaction_read_only=on"
    reading = Database(make_conninfo(database.address, options=options.strip()), database.schema)
    try:
        yield reading
    finally:
        reading.close()


def exported_at(folder: Path) -> datetime | None:
    """Return of which moment a folder is the last export; None if there is none."""
    return restored_from(Layout(folder).restored)


def _require_own(layout: Layout, database: Database) -> None:
    """Make sure that the folder has what this office had at the centre, and nothing else.

    Raises:
        UsageFault: it has cases of its own, or of another office, or is ahead of the centre.
    """
    remedy = "Sebut folder lain, atau singkirkan folder itu; ekspor tidak menimpa apa pun."
    if layout.years() and restored_from(layout.restored) is None:
        raise UsageFault(f"{layout.root} berisi perkara yang bukan ekspor, atau sudah dikerjakan sendiri.", remedy)
    changes = WitnessLog(layout.changes)
    if not (size := changes.size()):
        return
    *_, (_, last, _) = changes.written()
    there = database.row("SELECT tahun, urut, seq, hash FROM saksi WHERE posisi = %s", (size,))
    if there != (last.number.volume, last.number.serial, last.seq, last.head):
        raise UsageFault(
            f"{layout.root} memuat perkara yang tidak ada di pusat: milik kantor lain, dikerjakan sendiri, atau pusat "
            "dipulihkan ke saat yang lebih awal.",
            f"Simpan folder itu: di dalamnya ada nomor yang pernah diberikan. {remedy}",
        )


def _moment(database: Database) -> _Moment:
    with database.transaction() as running:
        running.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")

        def rows(question: str) -> list[Row]:
            return running.execute(question).fetchall()

        return _Moment(
            rows("SELECT posisi FROM kantor")[0][0],
            records_of(running),
            rows("SELECT tahun, urut FROM perkara WHERE terbuka ORDER BY tahun, urut"),
            rows("SELECT coalesce(max(baris), 0) FROM catatan")[0][0],
            text_of(running, RESTORED),
            people_at(running),
            handovers_at(running),
            small_records_at(running, SENT),
            marks_at(running),
        )


def bring_along(office: Path, root: Path) -> None:
    """Copy what of the office's folder its cases need, as it is now."""
    for name in _ALONG:
        for path in (office / name, *sorted((office / name).rglob("*"))):
            target = root / path.relative_to(office)
            if path.is_file() and not path.is_symlink():
                disk.make_folder(target.parent)
                write_if_changed(target, path.read_bytes())
    # The witness outside is the office's own: it is ahead of the export, and its password stays with the keys.
    write_if_changed(root / "office.toml", without_centre(office / "office.toml", "segel"))


def _follow(layout: Layout, database: Database, cabinet: PostgresCabinet, moment: _Moment, progress: Progress) -> int:
    """Write the cases that changed, and the witnesses behind them; return how many cases."""
    changes, start = PostgresChanges(database), disk.size(layout.changes)
    written = (one for one in changes.written(start) if one[2] <= moment.position)
    bags, cases = BagFiles(database), set[CaseNumber]()
    while batch := list(islice(written, _BATCH)):
        last: dict[CaseNumber, int] = {}
        for _, change, _ in batch:
            last[change.number] = max(change.seq, last.get(change.number, 0))
        for number in sorted(last):
            _bring_case(layout, cabinet, bags, number, last[number])
        for folder in {layout.case(number).parent for number in last}:
            disk.sync_folder(folder)
        disk.append(layout.changes, b"".join(text for text, _, _ in batch))
        cases |= last.keys()
        progress(batch[-1][2] - start, moment.position - start)
    return len(cases)


def _bring_case(layout: Layout, cabinet: PostgresCabinet, bags: BagFiles, number: CaseNumber, last: int) -> None:
    """Bring a case's folder to a line of its journal; what a cut-off export wrote of later ones stays.

    One whose content was destroyed since is brought to its end: the store may have its files no more.
    """
    text = cabinet.journal(number)
    entries = entries_of(text, str(number))
    if not (gone := destroyed_in(entries)):
        text = b"".join(text.splitlines(keepends=True)[:last])
        entries = entries[:last]
    folder, staging = layout.case(number), layout.staging / f"ekspor-{number.key}"
    journal = folder / bagit.JOURNAL
    there = journal.read_bytes() if journal.is_file() else b""
    if there.startswith(text):
        if not staging.exists():
            return
        text, entries = there, entries_of(there, str(number))
    elif not text.startswith(there):
        raise ArchiveFault(f"Map {number} di {layout.root} bukan lagi yang diekspor.", "Ekspor ke folder yang lain.")
    disk.sweep(staging)
    disk.make_folder(staging)
    disk.sync_folder(layout.staging)
    disk.make_folder(folder / bagit.PAYLOAD)
    for document in documents_of(entries):
        if not (target := folder / bagit.PAYLOAD / document.name).exists():
            with cabinet.blob(number, document).local() as path:
                disk.copy_new(path, staging / document.name)
            disk.rename(staging / document.name, target)
    if number.series:
        mark_format(layout, IN_SERIES)
    if gone:
        mark_format(layout, WITHOUT_CONTENT)
        there_still = [path for name in gone if (path := folder / bagit.PAYLOAD / name).exists()]
        if there_still:
            disk.touch(layout.state / VIEWS_TELL)
        for path in there_still:
            disk.remove(path)
    disk.sync_folder(folder / bagit.PAYLOAD)
    write_if_changed(journal, text)
    for name, data in bags.of(number, entries, text).items():
        write_if_changed(folder / name, data)
    disk.sync_folder(folder)
    disk.sweep(staging)


def _write_records(layout: Layout, moment: _Moment) -> None:
    for path, data in files_of(moment.records, layout):
        disk.make_folder(path.parent)
        write_if_changed(path, data)
    disk.sync_folder(layout.archive)


def _write_books(layout: Layout, database: Database, moment: _Moment) -> None:
    for book, folder in books(layout):
        parts = "SELECT DISTINCT bagian FROM catatan WHERE buku = %s AND baris <= %s ORDER BY bagian"
        for (part,) in database.rows(parts, (book, moment.line)):
            disk.make_folder(folder)
            _write_lines(folder / f"{part}.jsonl", database, book, part, moment.line)
    if moment.marks and marks_in(layout.survey / MARKS) != moment.marks:
        write_marks(layout.survey / MARKS, moment.marks)
    for name in closed_books(MatterFile(layout, REMOVALS)):  # and removed at the centre, when their term was over
        disk.remove(layout.root / name)
    if seal := FolderSeals(layout, bytes).last():
        mark_format(layout, FORMAT)
        write_if_changed(layout.last_seal, note_of(seal))


def _write_people(layout: Layout, moment: _Moment) -> None:
    """Write accounts and tokens; nobody is there who was at the office's desk, and no link leads in."""
    if moment.people is not None:
        kept = {table: [] if table in OF_THE_MOMENT else rows for table, rows in moment.people.items()}
        write_people_file(layout.people / PEOPLE, kept)
    if moment.handed_over:
        disk.make_private_folder(layout.people)
        path = layout.people / HANDOVERS
        if not (path.is_file() and path.read_bytes() == moment.handed_over):
            disk.replace(path, moment.handed_over, 0o600)
    write_small_rows(layout.people, SENT, moment.told)


def _write_lines(path: Path, database: Database, book: str, part: str, last: int) -> None:
    """Add to a book's file the lines that are new, up to a line."""
    disk.cut_torn_line(path)
    there = path.read_bytes().splitlines(keepends=True) if path.is_file() else []
    question = "SELECT isi FROM catatan WHERE buku = %s AND bagian = %s AND baris <= %s ORDER BY baris OFFSET %s"
    known = max(0, len(there) - 1)
    lines = [bytes(line) for (line,) in database.rows(question, (book, part, last, known))]
    if lines[: len(there) - known] != there[known:]:
        raise UsageFault(f"{path} bukan lagi yang diekspor.", "Ekspor ke folder yang lain.")
    if new := b"".join(lines[len(there) - known :]):
        disk.append(path, new)
        disk.sync_folder(path.parent)


def _mark_open(layout: Layout, moment: _Moment) -> None:
    open_cases = {in_volume(*row) for row in moment.open_cases}
    for number in set(marked(layout)) - open_cases:
        disk.remove(layout.open_cases / number.key)
    for number in sorted(open_cases):
        disk.touch(layout.open_cases / number.key)
