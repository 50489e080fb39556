"""The books of requests, of breaches and of removals of an office of many: books of its lines, the same at each desk.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

from pipeline.archive.store.layout import Layout
from pipeline.errors import SettingsFault
from pipeline.privacy.store.matter_books import BOOKS, MatterLines
from pipeline.storage.postgres import Database, Transaction
from pipeline.storage.postgres_lines import add_lines_of, hold
from pipeline.storage.postgres_taken import note_taken, take_over_rows
from pipeline.storage.postgres_versions import BookOfLines
from pipeline.storage.taking_over import FolderOfBefore, mark_of
from pipeline.storage.version_list import LIST, VersionList

#: The folder in which an office on one PC has them; by this name it is noted that they were taken over.
_FOLDER = ".data-pribadi"


class PostgresMatters(MatterLines):
    """One of these books (see the port)."""

    def __init__(self, database: Database, book: str) -> None:
        lines = BookOfLines(database, book)
        super().__init__(lines, lines.book.held)


class MattersOfBefore(MatterLines):
    """What a folder still has of a book that is to come to the centre from another: read, and not added to."""

    def __init__(self, layout: Layout, book: str, fault: SettingsFault) -> None:
        super().__init__(VersionList(layout.privacy / book, ""), partial(_refuse, fault))


def open_matters(database: Database, before: FolderOfBefore) -> None:
    """Have an office's books at the centre, from the folder where they are not yet; asked once by each process.

    Raises:
        SettingsFault, Passing: as :func:`pipeline.storage.taking_over.take_over`.
    """
    take_over_rows(database, "Catatan data pribadi", _FOLDER, _FOLDER, move_matters_in, before)


def move_matters_in(running: Transaction, folder: Path | None) -> None:
    """Have the books of a folder at the centre, if they are not there yet; None: it has none."""
    for book in BOOKS:
        hold(running, book)
    if note_taken(running, _FOLDER, mark_of(folder)) and folder:
        for book in BOOKS:
            add_lines_of(running, book, folder / book / LIST)


def _refuse(fault: SettingsFault) -> AbstractContextManager[object]:
    raise fault
