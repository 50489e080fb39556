"""The years whose register was closed of an office of many: the lines that a folder has in ``archive/.tutup-buku``.

They lie with the office's rows, so that every machine that gives numbers knows them; signed sheets are objects.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

from pipeline.archive.store.objects import Objects
from pipeline.errors import ArchiveFault
from pipeline.register.store.year_ends import (
    SUFFIX,
    IsWrong,
    YearEndRecord,
    line_faults,
    lost_sheet,
    signed_sheets,
)
from pipeline.storage.postgres import Database
from pipeline.storage.postgres_lines import YEAR_ENDS
from pipeline.storage.postgres_unneeded import needed_again
from pipeline.storage.postgres_versions import BookOfLines
from pipeline.storage.version_list import digest


class CentralVersions(BookOfLines):
    """The lines and sheets of one office (see the port)."""

    def __init__(self, database: Database, objects: Objects) -> None:
        super().__init__(database, YEAR_ENDS)
        self._database, self._objects = database, objects

    def keep(self, data: bytes) -> None:
        """Keep a sheet; the record is held."""
        with self._database.transaction() as running:
            needed_again(running, [digest(data)])
            self._objects.put(data)

    def kept(self, name: str) -> bytes:
        """Return a sheet that was kept.

        Raises:
            ArchiveFault: the store does not have it any more.
            Passing: the store is away.
        """
        with self._objects.local(name) as path:
            return path.read_bytes()

    def sheets(self) -> Iterator[tuple[str, bytes]]:
        """Yield the names of the sheets as a folder has them, each with its bytes; raises as :meth:`kept`."""
        return ((f"{sha256}{SUFFIX}", self.kept(sha256)) for _, sha256 in signed_sheets(self))

    def faults(self) -> Iterator[tuple[str, str]]:
        """Yield what is wrong with the record, as (name, fact): broken lines, sheets that the store lost."""
        yield from line_faults(self)
        for volume, sha256 in signed_sheets(self):
            try:
                self.kept(sha256)
            except ArchiveFault:
                yield f"{sha256}{SUFFIX}", lost_sheet(volume)


def central_year_ends(
    versions: CentralVersions, numbers_held: Callable[[], AbstractContextManager[object]], is_wrong: IsWrong
) -> YearEndRecord:
    """Return the record of an office of many."""
    return YearEndRecord(versions, versions.book.held, numbers_held, is_wrong)


def put_sheets(folder: Path, objects: Objects) -> None:
    """Put the sheets of a folder's record into the store."""
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        objects.put(path.read_bytes())
