"""Making a backup while everybody goes on working, and checking one: the moment that it shows.

First the newest seal is noted, then the inbox is frozen: each of its files gets a second name in ``.cadangan/``. Then
the fence is set: how long the witness log is while no append is half done. Whatever was in the inbox when the backup
began is therefore frozen, or was committed before the fence; and what is copied of the archive after the fence holds
all that was committed before it. What came later is cut off when the backup is brought back
(:mod:`pipeline.backup.store.restore`).

A backup is encrypted by restic (``restic.py``) with a password that is made here at the first one: it lies in
``.kunci/cadangan``, is shown once, and is in no backup.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from pipeline.archive.ports import Finding
from pipeline.archive.store.case_folder import held_case
from pipeline.archive.store.layout import Layout
from pipeline.archive.store.witness_log import WitnessLog
from pipeline.backup.ports import Fence, Kept
from pipeline.backup.retention import BackupPlan
from pipeline.backup.store.restic import Progress, Restic, is_remote, place, write_password
from pipeline.cases.case_number import read_number
from pipeline.errors import NotFound, SettingsFault, UsageFault
from pipeline.evidence.store.seals import newest_first
from pipeline.office.code_alphabet import SPOKEN
from pipeline.storage import disk, locks

_GROUPS, _LETTERS = 6, 4  # 118 bits
#: Under the root, while a backup is made; and in every backup.
FOLDER = ".cadangan"
#: Under the root, while a backup is brought back for a try.
REHEARSAL = ".gladi"
FROZEN_INBOX, FROZEN_PEOPLE, FENCE = f"{FOLDER}/inbox", f"{FOLDER}/akun", f"{FOLDER}/saat.json"
#: What is copied, of what is there. The settings' password file is not: it would lie inside what it locks.
PATHS = (FOLDER, "archive", "segel", ".kunci", "letter_templates", "pemetaan", "layanan", "office.toml")
PASSWORD = ".kunci/cadangan"  # noqa: S105 - where it lies
#: Working files and views: they are worked out anew when a backup is restored.
EXCLUDED = (
    *("archive/.staging", "archive/.locks", "archive/.open", "archive/.state"),
    *("archive/register-*.json", "archive/register-*.jsonl", "*.part", PASSWORD),
)
VERIFIED = "cadangan"  # in .state: until when all that changed was found whole
_PASSES = 2  # a file that is moved within the inbox during one look is found by the next
_DATABASE = ".sqlite3"


def back_up(
    layout: Layout,
    repository: str,
    policy: BackupPlan,
    at: datetime,
    progress: Progress,
    verified: Callable[[int | None], Sequence[Finding]],
) -> Kept:
    """Back the office up into the repository, which is made at the first time, together with its password.

    First what changed since the last backup (nanoseconds; None: everything) is ``verified``. It is kept as it is found:
    what a disk is losing must not be lost whole.

    Raises:
        UsageFault: no place was named, or it lies within what is to be kept.
        SettingsFault: the password is lost or wrong.
        Passing, Busy, EngineFault, ArchiveFault: see :class:`Restic`.
    """
    _check_place(layout, repository)
    restic, password = _opened(layout, repository)
    began = time.time_ns()
    findings = verified(_verified_until(layout))
    with moment(layout, at):
        paths = [path for path in PATHS if (layout.root / path).exists()]
        summary = restic.back_up(layout.root, paths, EXCLUDED, progress)
    if not findings:  # an older one may be the last that has whole what is not whole here
        restic.forget(policy.daily, policy.weekly, policy.monthly)
    files, added = int(summary.get("total_files_processed", 0)), int(summary.get("data_added", 0))
    if not findings:  # what is wrong is told again until it is mended
        disk.replace(layout.state / VERIFIED, str(began).encode())
    return Kept(str(summary.get("snapshot_id", ""))[:8], files, added, password, tuple(findings))


def _verified_until(layout: Layout) -> int | None:
    """Return since when what has changed was not verified yet; None: nobody knows, or a clock says that it is ahead."""
    with suppress(OSError, ValueError):
        until = int((layout.state / VERIFIED).read_bytes())
        return until if until <= time.time_ns() else None
    return None


def check_backup(layout: Layout, repository: str, progress: Progress) -> None:
    """Read the whole repository and hold it against its hashes.

    Raises:
        NotFound: there is none. ArchiveFault: it is damaged.
    """
    _check_place(layout, repository)
    if not (password := layout.root / PASSWORD).exists():
        raise lost(password)
    restic = Restic(repository, password)
    if not restic.exists():
        raise NotFound(f"Tidak ada cadangan di {repository}.", "Buat dahulu dengan `yankomas backup`.")
    restic.check(progress)


def _opened(layout: Layout, repository: str) -> tuple[Restic, str]:
    """Return the repository, made if it is not there yet, and the password if it was made now."""
    path, made = layout.root / PASSWORD, ""
    if not path.exists():
        made = "-".join("".join(secrets.choice(SPOKEN) for _ in range(_LETTERS)) for _ in range(_GROUPS))
        write_password(path, made)
    restic = Restic(repository, path)
    try:
        if not restic.exists():
            restic.make()
    except SettingsFault as fault:
        if made:
            path.unlink()
            raise lost(path) from fault
        raise
    except BaseException:
        if made:
            path.unlink()
        raise
    return restic, made


def lost(path: Path) -> SettingsFault:
    """Return what is said where the password of the backups is away."""
    return SettingsFault(
        "Kata sandi cadangan tidak ada di komputer ini.",
        f"Tulis kata sandi yang dicatat ketika cadangan pertama dibuat ke {path} (chmod 600), lalu ulangi.",
    )


def _check_place(layout: Layout, repository: str) -> None:
    if not repository:
        raise UsageFault(
            "Tempat cadangan belum ditentukan.", "Isi `tujuan` di [cadangan] pada office.toml, atau sebut --to TEMPAT."
        )
    target = Path(place(repository)).resolve()
    kept = [layout.root / name for name in (*PATHS, "inbox", REHEARSAL)]
    if not is_remote(repository) and any(target == path or target.is_relative_to(path) for path in kept):
        raise UsageFault(f"{repository} ada di dalam yang dicadangkan.", "Pilih cakram atau komputer lain.")


@contextmanager
def moment(layout: Layout, at: datetime) -> Iterator[Fence]:
    """Freeze the inbox and set the fence; what was made for it is removed afterwards."""
    folder = layout.root / FOLDER
    disk.sweep(folder)
    seal = next((seal.seq for seal in newest_first(layout)), 0)  # what it covers lies in all that is copied after it
    try:
        _freeze_inbox(layout.inbox, layout.root / FROZEN_INBOX)
        _copy_people(layout.people, layout.root / FROZEN_PEOPLE)
        fence = _set_fence(layout, at, seal)
        disk.replace(layout.root / FENCE, json.dumps(asdict(fence)).encode())
        yield fence
    finally:
        disk.sweep(folder)


def _set_fence(layout: Layout, at: datetime, seal: int) -> Fence:
    """Note how far everything has come while no number is being given and no append is half done."""
    changes = WitnessLog(layout.changes)
    ledger = {path.name: path.stat().st_size for path in sorted(layout.ledger.glob("*.jsonl"))}
    with locks.held(layout.numbers_lock):
        for path in sorted(layout.staging.iterdir()):
            with suppress(UsageFault, NotFound), held_case(layout, changes, read_number(path.name)):
                pass  # whoever was at it has finished; what a crash cut short has been finished now
        return Fence(at.isoformat(), changes.end(), ledger, seal)


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
        if path.suffix != _DATABASE or not _copied(path, target / path.name):
            disk.copy_new(path, target / path.name)
        (target / path.name).chmod(0o600)


def _copied(path: Path, target: Path) -> bool:
    """Copy a database through SQLite; return False if it is none.

    Opened and closed by ourselves, it would lose the locks that this process has on it (sqlite.org/howtocorrupt, 2.2).
    """
    try:
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
    except sqlite3.DatabaseError as fault:
        if fault.sqlite_errorcode != sqlite3.SQLITE_NOTADB:
            raise
        target.unlink(missing_ok=True)
        return False
    return True
