"""A folder for each account, and the key that locks what lies in it.

It is 32 random bytes, wrapped by the office's key ``ketikan``, and no part of the password, so that what it locks
survives a restart and a new password; who has the folder without the office's key reads nothing. AES-256-GCM
throughout; the account is bound to whatever is encrypted.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from pipeline.access.drafts import KEPT
from pipeline.access.store.drawers import MOMENT
from pipeline.office.ports import Keys
from pipeline.storage import disk

#: The office's key that wraps those of the accounts.
KEY = "ketikan"
_OWN_KEY = "kunci"
_NONCE = 12  # bytes


class FolderDrawers:
    """The folders below ``folder``, each with its key (see the port)."""

    def __init__(self, folder: Path, keys: Keys) -> None:
        self._folder, self._keys = folder, keys

    def folder(self, login: str) -> Path:
        """Return where an account's things lie."""
        return self._folder / hashlib.sha256(login.encode()).hexdigest()[:32]

    def folders(self) -> Iterator[Path]:
        """Return the folders that are there."""
        return (path for path in self._folder.iterdir() if path.is_dir()) if self._folder.is_dir() else iter(())

    def key(self, login: str) -> bytes | None:
        """Return an account's key; None if it has none, or one that the office's key does not open.

        Raises:
            SettingsFault: the office's key was lost.
        """
        try:
            wrapped = (self.folder(login) / _OWN_KEY).read_bytes()
        except FileNotFoundError:
            return None
        return unsealed(self._keys.key(KEY), wrapped, login.encode())

    def made(self, login: str) -> bytes:
        """Return an account's key, made if it has none; what lay under one that is lost goes.

        Raises:
            SettingsFault: the office's key was lost.
        """
        if (key := self.key(login)) is None:
            folder, key = self.folder(login), secrets.token_bytes(32)
            disk.sweep(folder)
            for above in (self._folder.parent, self._folder, folder):  # each by itself: parents get the umask's mode
                above.mkdir(mode=0o700, exist_ok=True)
            disk.replace(folder / _OWN_KEY, sealed(self._keys.key(KEY), key, login.encode()))
        return key

    def changing(self, login: str) -> AbstractContextManager[object]:
        """Hold nothing: who changes a folder's drawers takes turns."""
        return nullcontext()

    def drawer(self, login: str) -> FolderDrawer:
        """Return an account's drawer, which may be empty."""
        return FolderDrawer(self.folder(login))

    def size(self) -> int:
        """Return how many bytes all drawers have."""
        return sum(disk.size(path) for folder in self.folders() for path in folder.iterdir())

    def sweep(self, logins: Collection[str], now: datetime) -> None:
        """Forget what is too old, and whatever is of no account."""
        known = {self.folder(login) for login in logins}
        for folder in list(self.folders()):
            if folder not in known:
                disk.sweep(folder)
            drawer = FolderDrawer(folder)
            for name, moment in drawer.moments().items():
                if now.timestamp() - moment >= KEPT.total_seconds():
                    drawer.remove(name)


class FolderDrawer:
    """One drawer (see the port)."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def sizes(self) -> Mapping[str, int]:
        """Return the names of what is there, also of what lies beside, each with its bytes."""
        return {path.name: disk.size(path) for path in self._paths()}

    def moments(self) -> Mapping[str, int]:
        """Return the same names as :meth:`things`, each with the moment with which it begins."""
        return {path.name: _moment(path) for path in self._paths() if not path.suffix}

    def things(self) -> Mapping[str, bytes]:
        """Return what is there by name, without what lies beside."""
        found = ((path.name, self.read(path.name)) for path in self._paths() if not path.suffix)
        return {name: data for name, data in found if data is not None}

    def read(self, name: str) -> bytes | None:
        """Return a thing; None if there is none of that name."""
        try:
            return (self._folder / name).read_bytes()
        except FileNotFoundError:
            return None

    def put(self, name: str, data: bytes) -> None:
        """Put a thing in place of what had its name, durably."""
        disk.replace(self._folder / name, data)
        disk.sync_folder(self._folder)

    def rename(self, name: str, becomes: str) -> None:
        """Have a thing be called otherwise, with what lies beside it."""
        for path in self._folder.glob(f"{name}.*"):
            disk.rename(path, self._folder / f"{becomes}{path.suffix}")
        disk.rename(self._folder / name, self._folder / becomes)

    def remove(self, name: str) -> None:
        """Take a thing away, with what lies beside it; one that is gone is no fault."""
        disk.remove(self._folder / name)
        for path in self._folder.glob(f"{name}.*"):
            disk.remove(path)

    def _paths(self) -> list[Path]:
        there = self._folder.iterdir() if self._folder.is_dir() else ()
        return [path for path in there if path.name != _OWN_KEY and path.name[0] != "."]


def _moment(path: Path) -> int:
    """Return with which moment a thing begins; 0 for what cannot be read."""
    try:
        with open(path, "rb") as reader:
            return int.from_bytes(reader.read(MOMENT), "big")
    except OSError:
        return 0


def sealed(key: bytes, data: bytes, bound: bytes) -> bytes:
    """Return data encrypted, bound to what it is."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, data, bound)


def unsealed(key: bytes, data: bytes, bound: bytes) -> bytes | None:
    """Return what was encrypted; None if it is of another key, bound to something else, or was changed."""
    try:
        return AESGCM(key).decrypt(data[:_NONCE], data[_NONCE:], bound)
    except (InvalidTag, ValueError):
        return None
