"""The moment that a backup shows, taken while everybody goes on working.

First the inbox is frozen: each of its files gets a second name in ``.cadangan/``. Then the fence is set: how long the
list of witnesses is while no append is half done. Whatever was in the inbox when the backup began is therefore frozen,
or was committed before the fence; and what is copied of the archive after the fence holds all that was committed before
it. What came later is cut off when the backup is restored (:mod:`pipeline.backup.store.settling`).
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from pipeline.archive.store.case_folder import held_case
from pipeline.archive.store.layout import Layout
from pipeline.archive.store.witness_log import WitnessLog
from pipeline.backup.ports import Fence
from pipeline.cases.case_number import read_number
from pipeline.errors import NotFound, UsageFault
from pipeline.storage import disk, locks

#: Under the root, while a backup is made; and in every backup.
FOLDER = ".cadangan"
FROZEN_INBOX, FROZEN_PEOPLE, FENCE = f"{FOLDER}/inbox", f"{FOLDER}/akun", f"{FOLDER}/saat.json"
#: What is copied, of what is there. The settings' password file is not: it would lie inside what it locks.
PATHS = (FOLDER, "archive", "segel", ".kunci", "letter_templates", "office.toml")
PASSWORD = ".kunci/cadangan"  # noqa: S105 - where it lies
#: Working files and views: they are worked out anew when a backup is restored.
EXCLUDED = (
    *("archive/.staging", "archive/.locks", "archive/.open", "archive/.state"),
    *("archive/register-*.json", "archive/register-*.jsonl", "*.part", PASSWORD),
)
_PASSES = 2  # a file that is moved within the inbox during one look is found by the next
_SQLITE = b"SQLite format 3\x00"


@contextmanager
def moment(layout: Layout, at: datetime) -> Iterator[Fence]:
    """Freeze the inbox and set the fence; what was made for it is removed afterwards."""
    folder = layout.root / FOLDER
    disk.sweep(folder)
    try:
        _freeze_inbox(layout.inbox, layout.root / FROZEN_INBOX)
        _copy_people(layout.people, layout.root / FROZEN_PEOPLE)
        fence = _set_fence(layout, at)
        disk.replace(layout.root / FENCE, json.dumps(asdict(fence)).encode())
        yield fence
    finally:
        disk.sweep(folder)


def read_fence(path: Path) -> Fence:
    """Return the fence of a restored root.

    Raises:
        NotFound: there is none, so it is no backup of ours.
    """
    try:
        return Fence(**json.loads(path.read_bytes()))
    except (OSError, ValueError, TypeError):
        raise NotFound("Cadangan ini bukan buatan `yankomas backup`.", "Sebut tempat cadangan yang benar.") from None


def _set_fence(layout: Layout, at: datetime) -> Fence:
    """Note how far everything has come while no number is being given and no append is half done."""
    changes = WitnessLog(layout.changes)
    ledger = {path.name: path.stat().st_size for path in sorted(layout.ledger.glob("*.jsonl"))}
    with locks.held(layout.locks / "nomor"):
        for path in sorted(layout.staging.iterdir()):
            with suppress(UsageFault, NotFound), held_case(layout, changes, read_number(path.name)):
                pass  # whoever was at it has finished; what a crash cut short has been finished now
        return Fence(at.isoformat(), changes.end(), ledger)


def _freeze_inbox(inbox: Path, target: Path) -> None:
    disk.make_folder(target)
    frozen: set[tuple[int, int]] = set()
    for _ in range(_PASSES):
        for folder, _names, files in os.walk(inbox):
            for name in files:
                with suppress(FileNotFoundError):
                    _freeze(Path(folder, name), target / Path(folder, name).relative_to(inbox), frozen)


def _freeze(path: Path, target: Path, frozen: set[tuple[int, int]]) -> None:
    found = path.lstat()
    if (found.st_dev, found.st_ino) in frozen or not path.is_file() or path.is_symlink():
        return
    disk.make_folder(target.parent)
    if target.exists():  # another file had this name a moment ago
        target = target.with_name(f"{found.st_ino}-{target.name}")
    try:
        disk.link(path, target)
    except OSError:  # another file system, or one without second names
        disk.copy_new(path, target)
        shutil.copystat(path, target)
    frozen.add((found.st_dev, found.st_ino))


def _copy_people(people: Path, target: Path) -> None:
    """Copy the accounts; a database is copied as it stood between two changes."""
    if not people.is_dir():
        return
    disk.make_folder(target)
    for path in sorted(
        p for p in people.iterdir() if p.is_file() and not p.name.endswith(("-wal", "-shm", "-journal"))
    ):
        with open(path, "rb") as reader:
            is_database = reader.read(len(_SQLITE)) == _SQLITE
        if is_database:
            with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(target / path.name)) as copy:
                source.backup(copy)
        else:
            disk.copy_new(path, target / path.name)
        (target / path.name).chmod(0o600)
