"""An office of many beside its centre: its export, an ordinary archive, and what the store lost taken again from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipeline.archive.store.layout import Layout
from pipeline.archive.store.objects import Objects
from pipeline.archive.store.postgres_cabinet import PostgresCabinet
from pipeline.backup.store.central_export import VIEWS_TELL, export, exported_at, read_only
from pipeline.backup.store.central_lost_books import take_books_again
from pipeline.backup.store.lost_objects import take_again
from pipeline.errors import NotFound, UsageFault
from pipeline.evidence.store.postgres_seals import PostgresBooks
from pipeline.evidence.store.seals import FolderBooks
from pipeline.office.ports import Clock
from pipeline.storage import disk
from pipeline.storage.postgres import Database
from pipeline.wiring.root import Root

Progress = Callable[[int, int], None]
#: Seconds between two looks whether the day's export is due.
LOOK = 60.0


@dataclass(frozen=True, slots=True)
class ExportParts:
    """What exporting an office needs: its folder, its name, schema and files at the centre, the time.

    ``place``: the folder of all offices' exports, as the settings name it; None: they do not.
    """

    layout: Layout
    office: str
    database: Database
    objects: Objects
    clock: Clock
    place: Path | None


def export_office(parts: ExportParts, place: Path | None, progress: Progress) -> tuple[Path, int]:
    """Bring the office's export to what is at the centre now; return its folder and how many cases were written.

    It is an ordinary archive then: register book and index are made, and it opens when the centre is gone.

    Args:
        parts: what it needs.
        place: the folder of all offices' exports; None: that of the settings.
        progress: gets what is done and all that is to do.

    Raises:
        UsageFault: no place was named, or it is missing, or what lies there is no export of this office.
        ArchiveFault: the store has lost a file.
        Busy, Passing: somebody works on it; the centre is away or the disk full.
    """
    folder = _folder(parts, place)
    with read_only(parts.database) as database:
        cabinet = PostgresCabinet(database, parts.objects)
        count = export(parts.layout, database, cabinet, folder, parts.clock.now(), progress)
    made = Root(folder)
    made.book.refresh()
    made.index.refresh()
    if (mark := made.layout.state / VIEWS_TELL).exists():
        made.forget_destroyed()
        disk.remove(mark)
    return folder, count


def export_if_due(parts: ExportParts) -> None:
    """Export the office if that was not done today; raises as :func:`export_office`."""
    last = exported_at(_folder(parts, None))
    if last is None or last.date() < parts.clock.now().date():
        export_office(parts, None, lambda _done, _all: None)


def take_objects_again(parts: ExportParts, source: Path, progress: Progress) -> list[tuple[str, bool]]:
    """Take files that the object store lost again from a folder that has them; return each, and whether it has it now.

    Likewise books of the office's own folder, if that was brought back from its backup and the other is its export.

    Raises:
        Busy: a process works on the office's folder, whose books are to be made longer.
        NotFound: there is no such folder.
        Passing: the centre is away.
    """
    if not source.is_dir():
        raise NotFound(f"Folder {source} tidak ada.", "Sebut ekspor kantor itu, atau map lamanya.")
    found = take_again(PostgresCabinet(parts.database, parts.objects), parts.objects, source, progress)
    files = [(f"{number}/{document.name}", whole) for number, document, whole in found]
    books = PostgresBooks(parts.database, FolderBooks(parts.layout))
    return [*files, *((name, True) for name in take_books_again(parts.layout, books, source.resolve()))]


def _folder(parts: ExportParts, place: Path | None) -> Path:
    if (named := place or parts.place) is None:
        raise UsageFault("Tempat ekspor belum ditentukan.", "Isi pusat.ekspor di office.toml, atau sebut --ke TEMPAT.")
    resolved = named.resolve()
    if not resolved.is_dir():  # a disk that is not mounted is not to be replaced by a folder of that name
        raise UsageFault(f"Tempat ekspor {resolved} tidak ada.", "Pasang cakramnya, atau buat foldernya.")
    if resolved.is_relative_to(parts.layout.root):
        raise UsageFault(f"{resolved} ada di dalam kantor yang diekspor.", "Pilih cakram lain.")
    return resolved / parts.office
