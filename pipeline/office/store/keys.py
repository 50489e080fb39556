"""Secrets of this office: random bytes in files outside the archive, for the owner alone.

The archive keeps a fingerprint of each key that it was worked with, so that a lost or exchanged key is noticed instead
of being made anew in silence. A key is 32 random bytes: nothing can be found out from its fingerprint.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path

from pipeline.errors import SettingsFault
from pipeline.storage import disk

_SIZE = 32  # bytes


class Keyring:
    """The keys of one office in ``folder``, and their fingerprints in ``marks``."""

    def __init__(self, folder: Path, marks: Path) -> None:
        self._folder, self._marks = folder, marks

    def key(self, name: str) -> bytes:
        """Return a key, made at its first use.

        Raises:
            SettingsFault: it was lost, exchanged, cut, or can be read by others.
        """
        if fault := self.fault(name):
            raise fault
        secret = key(self._folder / name)
        self.keep_mark(name, secret)
        return secret

    def known(self, name: str) -> bytes | None:
        """Return a key that is there and the archive's own; None otherwise. Makes nothing."""
        return None if self.fault(name) else self.found(name)

    def faults(self) -> list[SettingsFault]:
        """Return what is wrong with keys that this archive was ever worked with and that are lost or exchanged."""
        return [fault for name in self.marked() if (fault := self.fault(name))]

    def fault(self, name: str) -> SettingsFault | None:
        """Return what is wrong with a key, or None; a key that was never used is none that is missing."""
        path, mark = self._folder / name, self._marks / name
        remedy = (
            f"Pulihkan {path} dari cadangan. Bila memang hilang selamanya, hapus {mark}: kunci baru dibuat, tetapi apa "
            "yang dibuat dengan kunci lama tidak dikenali lagi."
        )
        marked = mark.exists()  # asked first: whoever makes a key at this moment writes the key, then its mark
        try:
            secret = self.found(name)
        except SettingsFault as fault:
            return fault
        if secret is None:
            return SettingsFault(f"Kunci {name} hilang.", remedy) if marked else None
        if mark.exists() and mark.read_bytes() != _fingerprint(secret):
            return SettingsFault(f"Kunci {name} bukan kunci yang dipakai arsip ini.", remedy)
        return None

    def found(self, name: str) -> bytes | None:
        """Return a key as its file has it; None if there is none.

        Raises:
            SettingsFault: it cannot be read here, was cut, or can be read or exchanged by others.
        """
        try:
            return _read(self._folder / name) if (self._folder / name).exists() else None
        except PermissionError as fault:  # who examines a copy need not be who keeps the keys
            remedy = "Jalankan sebagai pemilik program ini; bila pengguna lain yang menyalin kunci itu: chown."
            raise SettingsFault(f"Kunci {name} tidak dapat dibaca.", remedy) from fault

    def marked(self) -> list[str]:
        """Return the names of the keys with which this archive was ever worked, ascending."""
        there = self._marks.iterdir() if self._marks.is_dir() else ()
        return sorted(mark.name for mark in there if mark.name[0] != ".")

    def keep_mark(self, name: str, secret: bytes) -> None:
        """Have the archive remember that it is worked with this key, in place of another."""
        mark, fingerprint = self._marks / name, _fingerprint(secret)
        if not mark.exists() or mark.read_bytes() != fingerprint:
            disk.make_folder(self._marks)
            disk.replace(mark, fingerprint)

    def forget_lost(self, name: str) -> None:
        """Have the archive forget a key that is not there any more, so that another can be made."""
        if self.found(name) is None:
            (self._marks / name).unlink(missing_ok=True)


def _fingerprint(secret: bytes) -> bytes:
    return hashlib.sha256(b"sidik kunci " + secret).hexdigest().encode() + b"\n"


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
    try:
        with os.fdopen(fd, "wb") as writer:
            writer.write(secrets.token_bytes(_SIZE))
            writer.flush()
            os.fsync(writer.fileno())
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
