"""Files of an office are deleted from the object store, by who looks after the centre, with a key that may.

The files of an office are named by their content, so several cases may name one: it goes with the last of them. What is
to be deleted is marked first; then every transaction that had begun is waited for; then all journals are read. Whoever
files the same bytes from then on takes the mark away (``postgres_unneeded.py``), or finds the file deleted and puts it
anew: each is deleted while its row is held. It can be done again after it was cut short anywhere.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Collection, Iterator
from datetime import UTC, datetime, timedelta
from typing import Protocol

from pipeline.archive.store.central_removable import ListedObject
from pipeline.archive.store.postgres_cabinet import PostgresCabinet
from pipeline.backup.ports import Removed
from pipeline.cases.fold import documents_of
from pipeline.cases.journal import entries_of
from pipeline.errors import ArchiveFault, Busy, NotAllowed, NotFound
from pipeline.register.store.postgres_restored import refuse_unconfirmed
from pipeline.register.store.postgres_year_ends import CentralVersions
from pipeline.register.store.year_ends import signed_sheets
from pipeline.storage.postgres import Database
from pipeline.storage.postgres_unneeded import note_unneeded

Progress = Callable[[int, int], None]
#: So long transactions that had begun are waited for, and so often it is looked whether they have ended (seconds).
_PATIENCE, _LOOK = 60.0, 0.2
_HASH = re.compile(rb"[0-9a-f]{64}")


class Removable(Protocol):
    """The files of one office in the store, for who may delete them (``central_removable.py``)."""

    def every(self) -> Iterator[ListedObject]:
        """Yield the files there are."""

    def remove(self, sha256: str) -> str:
        """Delete a file; return the version of it that the store still gives back, empty if it gives back none."""

    def has_version(self, sha256: str, version: str) -> bool:
        """Say whether the store still gives back a version of a deleted file."""


class ObjectRemoval:
    """Deletes files of one office (see the port); ``database`` is as who looks after the centre comes to it."""

    def __init__(self, database: Database, cabinet: PostgresCabinet, objects: Removable) -> None:
        self._database, self._cabinet, self._objects = database, cabinet, objects

    def remove(self, progress: Progress) -> Removed:
        """Delete what is to be deleted and no case names; return what became of it."""
        database, objects = self._database, self._objects
        _refuse_moving(database)
        marked = _marked(database)
        named = self._named(set(marked)) if marked else frozenset[str]()
        found = {"deleted": 0, "in_use": 0, "as_versions": 0, "refused": 0}
        for done, sha256 in enumerate(marked, start=1):
            if outcome := _delete(database, objects, sha256, named):
                found[outcome] += 1
            progress(done, len(marked))
        found["as_versions"] += _versions_left(database, objects)
        return Removed(**found)

    def unnamed(self, days: int) -> tuple[int, int]:
        """Return how many files, and bytes, nobody names and were written more than so many days ago."""
        found = self._unnamed(days)
        return len(found), sum(file.size for file in found)

    def remove_unnamed(self, days: int, progress: Progress) -> Removed:
        """Delete those, and whatever else is to be deleted."""
        hashes = [file.sha256 for file in self._unnamed(days)]
        with self._database.transaction() as running:
            running.execute("DELETE FROM hapus_objek WHERE daftar = '' AND sha256 = ANY(%s)", (hashes,))
            note_unneeded(running, hashes, "")
        return self.remove(progress)

    def _unnamed(self, days: int) -> list[ListedObject]:
        _refuse_moving(self._database)
        with self._database.transaction() as running:
            refuse_unconfirmed(running)  # what nobody names then may be all that is left of a letter
        before = datetime.now(UTC) - timedelta(days=days)
        old = {file.sha256: file for file in self._objects.every() if file.written < before}
        listed = self._database.rows("SELECT sha256 FROM hapus_objek WHERE daftar <> ''")
        known = self._named(old.keys()).union(sha256 for (sha256,) in listed)
        return [file for sha256, file in sorted(old.items()) if sha256 not in known]

    def _named(self, hashes: Collection[str]) -> frozenset[str]:
        """Return which of these hashes a case names, or the record of closed years."""
        sheets = (sha256 for _, sha256 in signed_sheets(CentralVersions(self._database, self._cabinet.objects)))
        return _named(self._cabinet, hashes).union(sha256 for sha256 in sheets if sha256 in hashes)


def _refuse_moving(database: Database) -> None:
    if database.row("SELECT 1 FROM kantor WHERE pindah <> '' AND keluar IS NULL"):
        raise NotAllowed("Kantor ini sedang pindah masuk.", "Tunggu sampai selesai, lalu ulangi.")


def _marked(database: Database) -> list[str]:
    """Mark what is to be deleted, and wait for every transaction that had begun by then; return the hashes.

    Raises:
        Busy: one does not end.
    """
    with database.transaction() as running:
        mark = running.execute("SELECT pg_current_xact_id()::text").fetchone()
        rows = running.execute(
            "UPDATE hapus_objek SET ditandai = pg_current_xact_id() WHERE dihapus IS NULL RETURNING sha256"
        ).fetchall()
    until = time.monotonic() + _PATIENCE
    while rows and not _all_ended(database, mark[0] if mark else "0"):
        if time.monotonic() > until:
            raise Busy("Ada pekerjaan kantor yang belum selesai sejak penghapusan dimulai.", "Ulangi nanti.")
        time.sleep(_LOOK)
    return sorted({sha256 for (sha256,) in rows})


def _all_ended(database: Database, mark: str) -> bool:
    ended = database.row("SELECT pg_snapshot_xmin(pg_current_snapshot()) > %s::xid8", (mark,))
    return bool(ended and ended[0])


def _named(cabinet: PostgresCabinet, hashes: Collection[str]) -> frozenset[str]:
    """Return which of these hashes a case names; a journal that cannot be understood names whatever stands in it."""
    found: set[str] = set()
    for number in cabinet.numbers():
        try:
            text = cabinet.journal(number)
        except NotFound:
            continue
        try:
            found.update(d.sha256 for d in documents_of(entries_of(text, str(number))) if d.sha256 in hashes)
        except ArchiveFault:
            found.update(one for one in map(bytes.decode, _HASH.findall(text)) if one in hashes)
    return frozenset(found)


def _delete(database: Database, objects: Removable, sha256: str, named: Collection[str]) -> str:
    """Delete a file while its rows are held, unless a case names it; return what became of it, empty if no row is left.

    A row without a mark came after all journals were read, and waits for the next time.
    """
    with database.transaction() as running:
        question = "SELECT 1 FROM hapus_objek WHERE sha256 = %s AND dihapus IS NULL AND ditandai IS NOT NULL FOR UPDATE"
        if running.execute(question, (sha256,)).fetchone() is None:
            return ""
        if sha256 in named:
            running.execute("DELETE FROM hapus_objek WHERE sha256 = %s AND ditandai IS NOT NULL", (sha256,))
            return "in_use"
        try:
            version = objects.remove(sha256)
        except ArchiveFault:
            return "refused"
        running.execute(
            "UPDATE hapus_objek SET dihapus = now(), versi = %s WHERE sha256 = %s AND dihapus IS NULL",
            (version, sha256),
        )
        return "" if version else "deleted"


def _versions_left(database: Database, objects: Removable) -> int:
    """Ask again for the versions of deleted files that the store gave back; return how many it still does."""
    left = 0
    for sha256, version in database.rows("SELECT DISTINCT sha256, versi FROM hapus_objek WHERE versi <> ''"):
        if objects.has_version(sha256, version):
            left += 1
        else:
            with database.transaction() as running:
                running.execute("UPDATE hapus_objek SET versi = '' WHERE sha256 = %s AND versi = %s", (sha256, version))
    return left
