"""What an office of many has taken over from its folder, once and for good (``taking_over.py``).

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from pipeline.storage.postgres import Database, Transaction
from pipeline.storage.taking_over import FolderOfBefore, Taking, take_over


def taken(database: Database, what: str) -> str | None:
    """Return the mark of the file of which something was taken; None if it is not here yet."""
    found = database.row("SELECT file FROM taken_over WHERE what = %s", (what,))
    return str(found[0]) if found else None


def note_taken(running: Transaction, what: str, file: str) -> bool:
    """Note that something becomes so with this transaction, of a file with this mark; say whether it was not before."""
    done = running.execute("INSERT INTO taken_over VALUES (%s, %s) ON CONFLICT DO NOTHING", (what, file))
    return done.rowcount == 1


def take_over_rows(
    database: Database,
    what: str,
    file: str,
    noted: str,
    move_in: Callable[[Transaction, Path | None], object],
    before: FolderOfBefore,
) -> None:
    """Have what a file (or folder) holds with an office's rows, from the folder where it is not yet.

    ``noted`` is as what ``move_in`` notes it, in the transaction by which it comes (:func:`note_taken`).

    Raises:
        SettingsFault, Passing: as :func:`pipeline.storage.taking_over.take_over`.
    """

    def take(found: Path | None, _was_there: bool) -> None:
        with database.transaction() as running:
            move_in(running, found)

    take_over(Taking(what, file, partial(taken, database, noted), take), before)
