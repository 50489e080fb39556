"""Every effect on the archive's and the inbox's disk: the only functions that write, link, rename or remove there.

Each is one effect with its own sync, so that a crash test can stop the process before and after every single one,
and so that the order of syncs can be recorded. Callers use them as ``disk.name(...)``.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from pipeline.storage.disk_full import passing

_CHUNK = 1 << 20


@passing
def write_new(path: Path, data: bytes) -> None:
    """Write a new file and sync it; an existing file is a fault (FileExistsError)."""
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW, 0o640)
    _fill(fd, data)


@passing
def replace(path: Path, data: bytes, mode: int | None = None) -> None:
    """Put a whole new content in place of a file: part-file, sync, rename. The folder is not synced here.

    Of two processes that do so at once the later one's content stays, whole. ``mode``: who may read it from then on.
    """
    _replace(path, data, mode, os.fsync)


@passing
def replace_unsynced(path: Path, data: bytes) -> None:
    """Replace a file that need not outlive the machine's next power cut, whole or at all; our own end it does."""
    _replace(path, data, None, lambda fd: None)


@passing
def touch(path: Path) -> None:
    """Make an empty file; an existing one is no fault. The folder is not synced here."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o640))


@passing
def append(path: Path, data: bytes, mode: int = 0o640) -> None:
    """Append to a file (made with that mode if missing) and sync it."""
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC | os.O_NOFOLLOW, mode)
    _fill(fd, data)


@passing
def append_unsynced(path: Path, data: bytes) -> None:
    """Append to a file (made if missing); durable only after :func:`sync_file`, so that many lines share one sync."""
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC | os.O_NOFOLLOW, 0o640)
    try:
        _write(fd, data)
    finally:
        os.close(fd)


@passing
def sync_everything(path: Path) -> None:
    """Make durable all that was written to the file system of a folder: one wait for many files (Linux ``syncfs``)."""
    import ctypes  # few commands need it, and it takes longer to load than they have

    fd = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        if ctypes.CDLL(None, use_errno=True).syncfs(fd):
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), os.fspath(path))
    finally:
        os.close(fd)


@passing
def sync_file(path: Path) -> None:
    """Make a file's content durable."""
    fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


@passing
def truncate(path: Path, size: int) -> None:
    """Cut a file to its first ``size`` bytes and sync it."""
    fd = os.open(path, os.O_WRONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
    try:
        os.ftruncate(fd, size)
        os.fsync(fd)
    finally:
        os.close(fd)


def cut_torn_line(path: Path) -> None:
    """Cut off what a power cut left of a file's last line: it was never counted. A file that is not there has none."""
    try:
        with open(path, "rb") as reader:
            size = end = reader.seek(0, os.SEEK_END)
            whole = 0
            while end and not whole:
                start = max(0, end - _CHUNK)
                reader.seek(start)
                whole = start + found + 1 if (found := reader.read(end - start).rfind(b"\n")) >= 0 else 0
                end = start
    except FileNotFoundError:
        return
    if whole != size:
        truncate(path, whole)


@passing
def copy_new(source: Path, target: Path) -> tuple[str, int]:
    """Copy a file into a new one, synced; return the SHA-256 (hex) and size of what was copied."""
    digest, size = hashlib.sha256(), 0
    with open(source, "rb") as reader:
        fd = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW, 0o640)
        with os.fdopen(fd, "wb") as writer:
            while chunk := reader.read(_CHUNK):
                digest.update(chunk)
                size += len(chunk)
                writer.write(chunk)
            writer.flush()
            os.fsync(writer.fileno())
    return digest.hexdigest(), size


@passing
def copy_open(source: int, target: Path, most: int) -> tuple[str, int]:
    """Copy an open file, from its beginning, into a new one that only we may read; return its SHA-256 (hex) and size.

    Of a file that grows beyond *most* bytes little more than those is taken. Not synced: after a crash the copy is made
    again, and what an earlier one left is replaced.
    """
    digest, size = hashlib.sha256(), 0
    target.unlink(missing_ok=True)
    fd = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        while size <= most and (chunk := os.pread(source, _CHUNK, size)):
            digest.update(chunk)
            size += len(chunk)
            _write(fd, chunk)
    finally:
        os.close(fd)
    return digest.hexdigest(), size


@passing
def link(source: Path, target: Path) -> None:
    """Give a file a second name, never over an existing one (FileExistsError)."""
    os.link(source, target, follow_symlinks=False)


@passing
def rename(source: Path, target: Path) -> None:
    """Rename. The caller has made sure, under a lock, that the target is free."""
    os.rename(source, target)


@passing
def remove(path: Path) -> None:
    """Remove a file; one that is gone already is no fault."""
    path.unlink(missing_ok=True)


@passing
def make_folder(path: Path) -> None:
    """Make a folder and those above it; an existing one is no fault."""
    path.mkdir(mode=0o750, parents=True, exist_ok=True)


@passing
def make_private_folder(path: Path) -> None:
    """Make a folder for its owner alone, or have one be that; those above it are there."""
    path.mkdir(mode=0o700, exist_ok=True)
    if path.stat().st_mode & 0o077:
        path.chmod(0o700)


@passing
def remove_folder(path: Path) -> None:
    """Remove an empty folder; one that is gone already is no fault."""
    with suppress(FileNotFoundError):
        path.rmdir()


@passing
def sync_folder(path: Path) -> None:
    """Make the folder's names durable."""
    fd = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def size(path: Path) -> int:
    """Return how many bytes a file has; 0 if there is none."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def sha256_of(path: Path) -> str:
    """Return the SHA-256 (hex) of a file, read in pieces; changes nothing."""
    with open(path, "rb") as reader:
        return hashlib.file_digest(reader, "sha256").hexdigest()


def sweep(folder: Path) -> None:
    """Remove a working folder with all that lies in it (staging of something that never came to be).

    Of a symbolic link, only the link.
    """
    if folder.is_symlink():
        remove(folder)
    if not folder.is_dir():
        return
    for entry in sorted(folder.iterdir()):
        if entry.is_dir() and not entry.is_symlink():
            sweep(entry)
        else:
            remove(entry)
    remove_folder(folder)


def _own_part(part: Path) -> int:
    """Open a part-file that nobody else writes to until it is closed; its name is the same for all, so none is left."""
    while True:
        fd = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o640)
        fcntl.flock(fd, fcntl.LOCK_EX)
        try:
            if os.path.samestat(os.stat(part, follow_symlinks=False), os.fstat(fd)):
                return fd
        except FileNotFoundError:
            pass
        os.close(fd)  # another process put it in place while we waited for it


def _replace(path: Path, data: bytes, mode: int | None, sync: Callable[[int], None]) -> None:
    part = path.with_name(f".{path.name}.part")
    fd = _own_part(part)
    try:
        os.ftruncate(fd, 0)
        if mode is not None:
            os.fchmod(fd, mode)
        _write(fd, data)
        sync(fd)
        os.replace(part, path)
    finally:
        os.close(fd)


def _fill(fd: int, data: bytes) -> None:
    try:
        _write(fd, data)
        os.fsync(fd)
    finally:
        os.close(fd)


def _write(fd: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(fd, view) :]
