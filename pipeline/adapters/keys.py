"""Secrets of this office: random bytes in files outside the archive, for the owner alone."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from pipeline.errors import SettingsFault

_SIZE = 32  # bytes


def key(path: Path) -> bytes:
    """Return the secret of that file, made at first use; the file is 0600 in a folder 0700.

    Raises:
        SettingsFault: the file was cut, can be read by others, or lies where others could put another in its place.
    """
    try:
        return _read(path)
    except FileNotFoundError:
        pass
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    fd = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(fd, "wb") as writer:
        writer.write(secrets.token_bytes(_SIZE))
        writer.flush()
        os.fsync(writer.fileno())
    try:
        os.link(part, path)  # never over a key that another process made meanwhile
    except FileExistsError:
        pass
    finally:
        part.unlink()
    return _read(path)


def exposed(folder: Path) -> list[Path]:
    """Return what others than the owner can reach of a folder of secrets: the folder itself, or files in it."""
    return [path for path in (folder, *sorted(folder.iterdir())) if path.lstat().st_mode & 0o077 or path.is_symlink()]


def _read(path: Path) -> bytes:
    fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
    try:
        mode = os.fstat(fd).st_mode & 0o077
        swappable = path.parent.stat().st_mode & 0o022
        secret = os.read(fd, _SIZE + 1)
    finally:
        os.close(fd)
    if mode:
        raise SettingsFault(f"Kunci {path} dapat dibaca orang lain.", f"Jalankan: chmod 600 {path}")
    if swappable:
        raise SettingsFault(f"Kunci {path} dapat diganti orang lain.", f"Jalankan: chmod 700 {path.parent}")
    if len(secret) != _SIZE:
        raise SettingsFault(f"Kunci {path} rusak.", "Pulihkan dari cadangan.")
    return secret
