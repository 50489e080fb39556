"""Making a backup while the office works, and bringing one back into an empty folder."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from pipeline.archive.store.layout import Layout, opened
from pipeline.backup.engines.restic import Restic
from pipeline.backup.ports import BackupPlan, Fence, Kept
from pipeline.backup.store.moment import EXCLUDED, PASSWORD, PATHS, moment
from pipeline.backup.store.settling import settle
from pipeline.errors import ArchiveFault, NotFound, SettingsFault, UsageFault
from pipeline.office.code_alphabet import SPOKEN
from pipeline.storage import disk

_GROUPS, _LETTERS = 6, 4  # 118 bits
Progress = Callable[[int, int], None]


def back_up(layout: Layout, repository: str, policy: BackupPlan, at: datetime, progress: Progress) -> Kept:
    """Back the office up into the repository, which is made at the first time, together with its password.

    Raises:
        UsageFault: no place was named, or it lies within what is to be kept.
        SettingsFault: the password is lost or wrong.
        Passing, Busy, EngineFault, ArchiveFault: see :class:`Restic`.
    """
    _check_place(layout, repository)
    restic, password = _opened(layout, repository)
    with moment(layout, at):
        paths = [path for path in PATHS if (layout.root / path).exists()]
        summary = restic.back_up(layout.root, paths, EXCLUDED, progress)
    restic.forget(policy.daily, policy.weekly, policy.monthly)
    files, added = _count(summary, "total_files_processed"), _count(summary, "data_added")
    return Kept(str(summary.get("snapshot_id", ""))[:8], files, added, password)


def check_backup(layout: Layout, repository: str, progress: Progress) -> None:
    """Read the whole repository and hold it against its hashes.

    Raises:
        NotFound: there is none. ArchiveFault: it is damaged.
    """
    _check_place(layout, repository)
    restic = Restic(repository, _password_of(layout))
    if not restic.exists():
        raise NotFound(f"Tidak ada cadangan di {repository}.", "Buat dahulu dengan `yankomas backup`.")
    restic.check(progress)


def restore(
    repository: str, snapshot: str, target: Path, password: str, progress: Progress, settling: Progress
) -> Fence:
    """Bring a backup back into an empty folder, as the office was when that backup began; views are still missing.

    Raises:
        UsageFault: the folder is not empty.
        NotFound, SettingsFault, ArchiveFault: there is no such backup, the password is wrong, it is damaged, or a later
            version made it (then nothing of it stays in the folder).
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise UsageFault(f"{target} tidak kosong.", "Sebut folder baru; folder kantor yang ada tidak pernah ditimpa.")
    target.mkdir(mode=0o750, parents=True, exist_ok=True)
    layout = Layout(target.resolve())
    key = layout.root / PASSWORD
    _write_secret(key, password)
    try:
        restic = Restic(_place(repository), key)
        restic.restore(snapshot, layout.root, progress)
    except BaseException:
        key.unlink()
        with suppress(OSError):
            key.parent.rmdir()
        raise
    try:
        opened(layout.root)
    except ArchiveFault:
        # Half a restored office must not lie there for the later version to work on: it was not brought to its fence.
        disk.sweep(layout.root)
        raise
    layout.prepare()
    return settle(layout, settling)


def _opened(layout: Layout, repository: str) -> tuple[Restic, str]:
    """Return the repository, made if it is not there yet, and the password if it was made now."""
    path, made = layout.root / PASSWORD, ""
    if not path.exists():
        made = "-".join("".join(secrets.choice(SPOKEN) for _ in range(_LETTERS)) for _ in range(_GROUPS))
        _write_secret(path, made)
    restic = Restic(_place(repository), path)
    try:
        if not restic.exists():
            restic.make()
    except SettingsFault as fault:
        if made:
            path.unlink()
            raise _lost(path) from fault
        raise
    except BaseException:
        if made:
            path.unlink()
        raise
    return restic, made


def _password_of(layout: Layout) -> Path:
    path = layout.root / PASSWORD
    if not path.exists():
        raise _lost(path)
    return path


def _lost(path: Path) -> SettingsFault:
    return SettingsFault(
        "Kata sandi cadangan tidak ada di komputer ini.",
        f"Tulis kata sandi yang dicatat ketika cadangan pertama dibuat ke {path} (chmod 600), lalu ulangi.",
    )


def _check_place(layout: Layout, repository: str) -> None:
    if not repository:
        raise UsageFault(
            "Tempat cadangan belum ditentukan.", "Isi `tujuan` di [cadangan] pada office.toml, atau sebut --to TEMPAT."
        )
    place = Path(_place(repository)).resolve()
    kept = [layout.root / name for name in (*PATHS, "inbox")]
    if ":" not in repository and any(place == path or place.is_relative_to(path) for path in kept):
        raise UsageFault(f"{repository} ada di dalam yang dicadangkan.", "Pilih cakram atau komputer lain.")


def _place(repository: str) -> str:
    """Return the place as restic takes it from any folder: a path absolute, ``sftp:…`` and the like as they are."""
    return repository if ":" in repository else str(Path(repository).expanduser().absolute())


def _write_secret(path: Path, text: str) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    with os.fdopen(fd, "w") as writer:
        writer.write(text + "\n")
        writer.flush()
        os.fsync(writer.fileno())


def _count(summary: dict[str, Any], name: str) -> int:
    return int(summary.get(name, 0))
