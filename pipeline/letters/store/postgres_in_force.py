"""What an office of many draws its letters with, in its rows: a book of lines, and every file that these name.

Only the centre has it: the folder of the office has the files themselves, and what was in force when in
``archive/.keadaan``. Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from pipeline.errors import Busy
from pipeline.letters.in_force import InForce, read_in_force
from pipeline.storage.postgres import Database, Transaction
from pipeline.storage.postgres_lines import IN_FORCE, SERVICES, hold
from pipeline.storage.postgres_versions import PostgresVersions, keep_version
from pipeline.storage.version_list import LIST

_PART = LIST.removesuffix(".jsonl")
#: What a line says that no version of the program wrote: nothing that is proven.
_UNREADABLE = InForce(datetime.min, {}, "")


class InForceBook:
    """The book of one office."""

    def __init__(self, database: Database) -> None:
        self._database, self._versions = database, PostgresVersions(database, IN_FORCE, "")

    def newest(self) -> InForce | None:
        """Return what is in force; None if nothing was published yet.

        Raises:
            Passing: the database is away.
        """
        question = "SELECT isi FROM catatan WHERE buku = %s AND bagian = %s ORDER BY baris DESC LIMIT 1"
        found = self._database.row(question, (IN_FORCE, _PART))
        if found is None:
            return None
        try:
            return read_in_force(json.loads(bytes(found[0])))
        except (ValueError, TypeError, KeyError, AttributeError):
            return _UNREADABLE

    def publish(self, said: InForce, files: Mapping[str, bytes], instead_of: InForce | None) -> None:
        """Publish what is in force from now on, instead of what was.

        Raises:
            Busy: another folder has published meanwhile.
            Passing: the database is away.
        """
        with self._database.transaction() as running:
            hold(running, SERVICES)  # a row that every form of the schema has; both books change seldom
            if self.newest() != instead_of:
                raise Busy("Folder lain baru saja menerbitkan templat dan pengaturan.", "Diperiksa lagi sesaat lagi.")
            self._keep(running, files.values())
            self._versions.note(said.told())

    def keep(self, files: Iterable[bytes]) -> None:
        """Have these files there, should any have been lost."""
        with self._database.transaction() as running:
            self._keep(running, files)

    def _keep(self, running: Transaction, files: Iterable[bytes]) -> None:
        for data in files:
            keep_version(running, IN_FORCE, data)

    def file(self, sha256: str) -> bytes:
        """Return a published file.

        Raises:
            OSError: it is not there.
            Passing: the database is away.
        """
        return self._versions.fetched(sha256)  # it is laid out on the disk, and asked for no more

    def faults(self, key: bytes | None) -> Iterator[tuple[str, str]]:
        """Yield what is wrong with the book, as (name, fact); without the ``key`` its proof is not looked at.

        What is no longer in force need not be proven: nobody drew with it that was not, and keys are exchanged.
        """
        self._versions.look_anew()
        yield from self._versions.faults(
            read_in_force,
            lambda said: said.files.values(),
            gone="Berkas yang pernah terbit tidak ada lagi.",
            unknown="Tidak dikenal di daftar terbitan.",
            changed="Isi berkas ini bukan lagi yang terbit.",
        )
        if key is not None and (newest := self.newest()) and not newest.is_proven(key):
            yield LIST, "Baris terakhir tidak ditulis kantor ini."
