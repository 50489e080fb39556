"""The hand-overs of an office of many: a book of its lines, the same at each of its desks and for its workers.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

from pipeline.errors import SettingsFault
from pipeline.office.store.handovers import FILE, HandoverFile, KeptHandovers, Stamp
from pipeline.storage.postgres import Database, Transaction
from pipeline.storage.postgres_lines import HANDOVERS, PostgresLines, add_lines_of, hold, text_of
from pipeline.storage.postgres_taken import note_taken, take_over_rows, taken
from pipeline.storage.taking_over import FolderOfBefore, mark_of

#: The part of the book that a folder has as its file.
_PART = FILE.removesuffix(".jsonl")


class PostgresHandovers(KeptHandovers):
    """The record of one office, asked anew at each question."""

    def __init__(self, database: Database) -> None:
        super().__init__()
        self._database, self._lines = database, PostgresLines(database, HANDOVERS)

    def _held(self) -> AbstractContextManager[None]:
        return self._lines.held()

    def _append(self, line: bytes) -> None:
        self._lines.append(_PART, line)

    def _stamp(self) -> Stamp:
        question = "SELECT max(baris) FROM catatan WHERE buku = %s AND bagian = %s"
        (newest,) = self._database.row(question, (HANDOVERS, _PART)) or (None,)
        return (newest,) if newest else ()

    def _text(self) -> bytes:
        return b"".join(line for _, line in self._lines.lines(_PART))


class HandoversOfBefore(HandoverFile):
    """What a folder still has of a record that is to come to the centre from another: read, and not added to."""

    def __init__(self, folder: Path, fault: SettingsFault) -> None:
        super().__init__(folder / FILE, folder)
        self._fault = fault

    def _held(self) -> AbstractContextManager[None]:
        raise self._fault


def open_handovers(database: Database, before: FolderOfBefore) -> None:
    """Have an office's hand-overs at the centre, from the folder where they are not yet; asked once by each process.

    Raises:
        SettingsFault, Passing: as :func:`pipeline.storage.taking_over.take_over`.
    """
    take_over_rows(database, "Pengalihan tugas", FILE, HANDOVERS, move_handovers_in, before)


def are_taken(database: Database) -> bool:
    """Say whether an office's hand-overs are at the centre."""
    return taken(database, HANDOVERS) is not None


def move_handovers_in(running: Transaction, path: Path | None) -> None:
    """Have the hand-overs of a folder's file at the centre, if they are not there yet; None: it has none."""
    hold(running, HANDOVERS)
    if note_taken(running, HANDOVERS, mark_of(path)):
        add_lines_of(running, HANDOVERS, path)


def handovers_at(running: Transaction) -> bytes:
    """Return the lines as a folder has them in its file, as a transaction sees them."""
    return text_of(running, HANDOVERS)
