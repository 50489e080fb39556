"""A folder for each account, and the key that locks what lies in it.

It is 32 random bytes, wrapped by the office's key ``ketikan``, and no part of the password, so that what it locks
survives a restart and a new password; who has the folder without the office's key reads nothing. AES-256-GCM
throughout; the account is bound to whatever is encrypted.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from pipeline.office.ports import Keys
from pipeline.storage import disk

#: The office's key that wraps those of the accounts.
KEY = "ketikan"
_OWN_KEY = "kunci"
_NONCE = 12  # bytes


class AccountKeys:
    """The folders below ``folder``, each with its key."""

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
