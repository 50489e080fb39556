"""An office moves into the centre, and out of it: its cases, numbers and witnesses, byte for byte.

Files go before the rows that name them, rows in one transaction; into a folder all is written beside the archive and
put in place at the end. So a move that is cut short has moved nothing, and can be made again.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

from pipeline.archive import bagit
from pipeline.archive.store.cabinet import marked
from pipeline.archive.store.case_reading import first_line, journal_text
from pipeline.archive.store.format_mark import mark_format
from pipeline.archive.store.layout import Layout
from pipeline.archive.store.objects import Objects
from pipeline.archive.store.postgres_cabinet import PostgresCabinet, PostgresChanges
from pipeline.archive.store.witness_log import WitnessLog, witness_line
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.fold import fold
from pipeline.cases.journal import entries_of
from pipeline.cases.sop_words import OUTGOING
from pipeline.errors import ArchiveFault, UsageFault
from pipeline.evidence.seal import FORMAT
from pipeline.evidence.store.postgres_seals import PostgresSeals
from pipeline.evidence.store.seals import note_of
from pipeline.register.store.number_records import has_number, read_highest, read_series_line
from pipeline.register.store.restored import naskah_given, refuse_unconfirmed, series_confirmed
from pipeline.storage import disk
from pipeline.storage.blobs import StoredFile
from pipeline.storage.postgres import Database, Transaction
from pipeline.storage.postgres_lines import ACCESS, INBOX, SEALS, PostgresLines

Progress = Callable[[int, int], None]
#: Where a folder's own cases lie once they are at the centre.
ASIDE = "arsip-sebelum-pusat"


def move_in(layout: Layout, database: Database, objects: Objects, progress: Progress) -> int:
    """Move the cases of a folder into the centre; return how many. The folder is only read.

    Raises:
        UsageFault: the office has cases there already.
        ArchiveFault: a case of the folder is not whole; nothing was moved.
        Passing: the archive was restored and nobody has said yet which numbers were given since; or a server is away.
    """
    refuse_unconfirmed(layout.restored)
    numbers = sorted(number for year in layout.years() for number in layout.numbers(year))
    if unfinished := [n for n in numbers if (layout.staging / n.key).is_dir()]:
        raise ArchiveFault(
            f"Perkara {unfinished[0]} belum selesai ditulis.", "Tunggu sampai kantor itu selesai bekerja, lalu ulangi."
        )
    for done, number in enumerate(numbers, start=1):
        _put_files(layout, number, objects)
        progress(done, len(numbers))
    with database.transaction() as running:
        running.execute("SELECT 1 FROM kantor FOR UPDATE")
        if running.execute("SELECT 1 FROM perkara LIMIT 1").fetchone():
            raise UsageFault("Kantor ini sudah mempunyai perkara di pusat.", "Hanya kantor yang kosong dapat menerima.")
        open_cases = set(marked(layout))
        for number in numbers:
            _write_case(running, number, journal_text(layout, number), is_open=number in open_cases)
        _write_witnesses(running, layout)
        for year in layout.years():
            _write_numbers(running, layout, year)
        for year, name in series_confirmed(layout.restored):
            given = naskah_given(layout.restored, year, name)
            running.execute("INSERT INTO batas_naskah VALUES (%s, %s, %s)", (year, name, given))
        for book, folder in _books(layout):
            for path in sorted(folder.glob("*.jsonl")):
                lines = [(book, path.stem, line) for line in path.read_bytes().splitlines(keepends=True)]
                whole = [row for row in lines if row[2].endswith(b"\n")]
                running.many("INSERT INTO catatan (buku, bagian, isi) VALUES (%s, %s, %s)", list(whole))
        for at, right, by in _clock_lines(layout):
            running.execute("INSERT INTO jam_salah (saat, benar, oleh) VALUES (%s, %s, %s)", (at, right, by))
    return len(numbers)


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


def _write_case(running: Transaction, number: CaseNumber, text: bytes, *, is_open: bool) -> None:
    entries = entries_of(text, str(number))
    case = fold(entries)
    running.execute(
        "INSERT INTO perkara VALUES (%s, %s, %s, %s, %s)",
        (number.year, number.serial, is_open, bytes.fromhex(case.original.sha256), case.received.claim),
    )
    lines = text.splitlines(keepends=True)[: len(entries)]
    running.many(
        "INSERT INTO jurnal (tahun, urut, seq, prev, hash, baris) VALUES (%s, %s, %s, %s, %s, %s)",
        [(number.year, number.serial, e.seq, e.prev, e.hash, line) for e, line in zip(entries, lines, strict=True)],
    )


def _write_witnesses(running: Transaction, layout: Layout) -> None:
    end = 0
    for text, change, end in WitnessLog(layout.changes).written():
        rest = text[: -len(witness_line(change))]
        where = (end, rest, change.number.year, change.number.serial, change.seq, change.head)
        running.execute("INSERT INTO saksi VALUES (%s, %s, %s, %s, %s, %s)", where)
    running.execute("UPDATE kantor SET posisi = %s", (end,))
    unseen = running.execute(
        "SELECT tahun, urut, seq FROM jurnal EXCEPT SELECT tahun, urut, seq FROM saksi ORDER BY 1, 2, 3 LIMIT 1"
    ).fetchone()
    if unseen:
        number = CaseNumber(unseen[0], unseen[1])
        raise ArchiveFault(
            f"Baris {unseen[2]} jurnal {number} tidak mempunyai saksi.",
            "Tidak ada yang dipindahkan. Jalankan `yankomas verify` dan ikuti obatnya.",
        )


def _write_numbers(running: Transaction, layout: Layout, year: int) -> None:
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


def _books(layout: Layout) -> tuple[tuple[str, Path], ...]:
    """Return the books of lines that move, each with the folder in which it has a file a year or month."""
    return ((INBOX, layout.ledger), (ACCESS, layout.access), (SEALS, layout.seals))


def _clock_lines(layout: Layout) -> Iterator[list[str]]:
    if layout.wrong_times.is_file():
        yield from (line.split(" ", 2) for line in layout.wrong_times.read_text().splitlines())


def set_aside(layout: Layout) -> None:
    """Put a folder's own cases where nothing works on them, once they are at the centre; to be removed by a person."""
    names = (layout.root / (f"{ASIDE}-{n}" if n else ASIDE) for n in count())
    aside = next(path for path in names if not path.exists())
    disk.make_folder(aside)
    parts = [*(str(year) for year in layout.years()), layout.changes.name, layout.wrong_times.name]
    books = (layout.ledger, layout.access, layout.seals, layout.last_seal)
    for path in (*(layout.archive / name for name in parts), *books):
        if path.exists():
            disk.rename(path, aside / path.name)
    for path in (*layout.open_cases.glob("*"), *layout.archive.glob("register-*")):
        disk.remove(path)
    disk.sync_folder(layout.archive)


def require_room(layout: Layout) -> None:
    """Make sure that nothing lies where an office's cases and books are to be put.

    Raises:
        UsageFault: something does.
    """
    if layout.years():
        raise UsageFault(f"{layout.archive} sudah berisi perkara.", "Pindah-keluar hanya ke folder kantor yang kosong.")
    for path in (layout.changes, layout.ledger, layout.access, layout.seals, layout.last_seal):
        if path.exists():
            raise UsageFault(f"{path} sudah ada.", "Singkirkan dahulu; pindah-keluar tidak menimpa apa pun.")


def move_out(database: Database, cabinet: PostgresCabinet, layout: Layout, progress: Progress) -> int:
    """Write an office's cases into a folder that has none; return how many. At the centre nothing changes.

    Raises:
        UsageFault: the folder has cases already.
        ArchiveFault: the store has lost a file; nothing of the folder is in use.
        Passing: a server is away, or the disk is full.
    """
    require_room(layout)
    layout.prepare()
    making = Layout(layout.staging / "pindah-keluar")
    disk.sweep(making.root)
    making.archive.mkdir(parents=True)
    numbers = cabinet.numbers()
    for done, number in enumerate(numbers, start=1):
        _write_folder(making, cabinet, number)
        progress(done, len(numbers))
    _write_records(making, database)
    _write_books(making, database)
    for number in cabinet.open_cases():
        disk.touch(layout.open_cases / number.key)
    if making.seals.is_dir():
        disk.rename(making.seals, layout.seals)
    for path in sorted(making.archive.iterdir()):
        disk.rename(path, layout.archive / path.name)
    disk.sync_folder(layout.archive)
    disk.sweep(making.root)
    return len(numbers)


def _write_folder(making: Layout, cabinet: PostgresCabinet, number: CaseNumber) -> None:
    text = cabinet.journal(number)
    entries = entries_of(text, str(number))
    folder = making.case(number)
    (folder / bagit.PAYLOAD).mkdir(parents=True)
    for document in fold(entries).documents:
        with cabinet.blob(number, document).local() as path:
            disk.copy_new(path, folder / bagit.PAYLOAD / document.name)
    disk.write_new(folder / bagit.JOURNAL, text)
    for name, data in bagit.bag_files(number, entries, text).items():
        disk.write_new(folder / name, data)
    disk.sync_folder(folder / bagit.PAYLOAD)
    disk.sync_folder(folder)


def _write_records(making: Layout, database: Database) -> None:
    with database.transaction() as running:
        for text, _, _ in PostgresChanges(database).written():
            disk.append_unsynced(making.changes, text)
        for year, serial, at in running.execute("SELECT tahun, terakhir, saat FROM deret ORDER BY tahun"):
            disk.write_new(making.highest(year), f"{serial} {at}\n".encode())
        series = "SELECT tahun, nama, nomor, perkara, teks FROM deret_naskah ORDER BY baris"
        for year, name, serial, number, text in running.execute(series):
            path = making.series(year, "" if name == OUTGOING else name)
            disk.append_unsynced(path, f"{serial} {number} {text}\n".encode())
        for at, right, by in running.execute("SELECT saat, benar, oleh FROM jam_salah ORDER BY baris"):
            disk.append_unsynced(making.wrong_times, f"{at} {right} {by}\n".encode())
    for path in making.archive.rglob("*"):
        if path.is_file():
            disk.sync_file(path)


def _write_books(making: Layout, database: Database) -> None:
    for book, folder in _books(making):
        lines = PostgresLines(database, book)
        for part in lines.parts():
            folder.mkdir(parents=True, exist_ok=True)
            disk.write_new(folder / f"{part}.jsonl", b"".join(line for _, line in lines.lines(part)))
    if seal := PostgresSeals(database, bytes).last():
        disk.write_new(making.last_seal, note_of(seal))
        mark_format(making, FORMAT)
