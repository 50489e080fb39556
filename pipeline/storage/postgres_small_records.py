"""What an office on one PC has in small files of records, with the rows of an office of many: taken over once, moved.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cached_property
from pathlib import Path

from pipeline.storage.postgres import Database, Transaction
from pipeline.storage.postgres_rows import ChangedRows, SchemaRows
from pipeline.storage.postgres_taken import note_taken, take_over_rows
from pipeline.storage.rows import AllRows, Rows, add_values, values_in
from pipeline.storage.small_records import SmallFile, small_rows
from pipeline.storage.taking_over import FolderOfBefore, mark_of

#: The row that whoever changes anything of them holds.
_HELD = "surel"


class SmallRecordsThere:
    """The rows at the centre of what a kind of file has, taken over from a folder at their first use."""

    def __init__(self, database: Database, kind: SmallFile, before: FolderOfBefore) -> None:
        self._database, self._kind, self._before = database, kind, before

    def changing(self) -> AbstractContextManager[Rows]:
        """Hold a transaction, one at a time in the whole office.

        Raises:
            SettingsFault, Passing: as :func:`pipeline.storage.taking_over.take_over`.
        """
        return self._rows.changing()

    def reading(self) -> AbstractContextManager[Rows]:
        """Give the rows for questions; raises as :meth:`changing`."""
        return self._rows.reading()

    def close(self) -> None:
        """Do nothing: the connections are the office's."""

    @cached_property
    def _rows(self) -> SchemaRows:
        open_small_records(self._database, self._kind, self._before)
        return SchemaRows(self._database, _HELD)


def open_small_records(database: Database, kind: SmallFile, before: FolderOfBefore) -> None:
    """Have what a file has at the centre, from the folder where it is not yet; raises as ``take_over``."""

    def move_in(running: Transaction, found: Path | None) -> None:
        move_small_records_in(running, kind, found)

    take_over_rows(database, kind.what, kind.name, kind.name, move_in, before)


def move_small_records_in(running: Transaction, kind: SmallFile, path: Path | None) -> None:
    """Have what a file has at the centre, if it is not there yet; None: there is no such file."""
    if note_taken(running, kind.name, mark_of(path)) and path:
        told, rows = small_rows(path.parent, kind), ChangedRows(running)
        for table, columns in kind.tables.items():
            add_values(rows, table, columns, told[table])


def small_records_at(running: Transaction, kind: SmallFile) -> AllRows:
    """Return all that there is at the centre, as a transaction sees it."""
    rows = ChangedRows(running)
    return {table: values_in(rows, table, columns) for table, columns in kind.tables.items()}
