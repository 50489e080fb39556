"""Drafts as files for the owner alone: a folder for each account, locked by a key of the account.

That key is 32 random bytes, made with the first draft and wrapped by the office's key ``ketikan``; it is no part of the
password, so that a draft survives a restart, and who has the folder without the office's key reads nothing. Names of
files are keyed too: they do not say which forms somebody has begun. AES-256-GCM throughout; account and moment are
bound to what is encrypted, so that no draft passes for another account's, or for a newer one.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
import threading
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from pipeline.access.drafts import KEPT, MOST_BYTES, MOST_DRAFTS, MOST_IN_ALL, MOST_OF_ONE, Draft, has_seen
from pipeline.office.ports import Keys
from pipeline.storage import disk

#: The office's key that wraps those of the accounts.
KEY = "ketikan"
_OWN_KEY = "kunci"
_NONCE, _MOMENT = 12, 8  # bytes
_BODY = _MOMENT + _NONCE
_NAME = re.compile("[0-9a-f]{32}")


class DraftFiles:
    """The drafts of one office in ``folder``."""

    def __init__(self, folder: Path, keys: Keys) -> None:
        self._folder, self._keys = folder, keys
        self._turn = threading.Lock()

    def keep(self, login: str, draft: Draft) -> bool:
        """Keep a draft in place of the one before; say whether there was room.

        What another page holds that never showed it (:func:`has_seen`) is kept beside it.

        Raises:
            SettingsFault: the office's key was lost.
            Passing: the disk is full.
        """
        with self._turn:
            folder, key = self._opened(login)
            name = _name(key, *draft.subject)
            path, before = folder / name, self._read(login, key, folder / name)
            if before and not has_seen(draft.rendering, before) and before.fields != draft.fields:
                disk.rename(path, folder / _name(key, *before.subject, before.rendering))
            data = _sealed(key, login, draft)
            if len(data) > MOST_BYTES or self._bytes() + len(data) > MOST_IN_ALL:
                return False
            self._make_room(folder, len(data), path)
            disk.replace(path, data)
            disk.sync_folder(folder)
            return True

    def kept(self, login: str, forms: Collection[str]) -> list[Draft]:
        """Return the newest draft of each of these forms that has one, and of each letter or file they are about."""
        newest: dict[tuple[str, ...], Draft] = {}
        for draft in self.all(login):
            if draft.form in forms:
                newest.setdefault(draft.subject, draft)
        return list(newest.values())

    def all(self, login: str) -> list[Draft]:
        """Return every draft of an account, the newest first."""
        if not (there := self._names(login)) or (key := self._key(login)) is None:
            return []
        found = (self._read(login, key, self._of(login) / name) for name in there)
        return sorted((draft for draft in found if draft), key=lambda draft: draft.at, reverse=True)

    def drop(self, login: str, name: str) -> None:
        """Forget a draft by its name; one that is gone is no fault."""
        if _NAME.fullmatch(name):
            disk.remove(self._of(login) / name)

    def sweep(self, logins: Collection[str], now: datetime) -> None:
        """Forget what is too old, and whatever is of no account."""
        with self._turn:
            known = {_folder_of(login) for login in logins}
            for folder in self._folders():
                if folder.name not in known:
                    disk.sweep(folder)
                for path in _files(folder):
                    if now.timestamp() - _moment(path) >= KEPT.total_seconds():
                        disk.remove(path)

    def _of(self, login: str) -> Path:
        return self._folder / _folder_of(login)

    def _folders(self) -> Iterator[Path]:
        return (path for path in self._folder.iterdir() if path.is_dir()) if self._folder.is_dir() else iter(())

    def _names(self, login: str) -> set[str]:
        return {path.name for path in _files(self._of(login))}

    def _bytes(self) -> int:
        return sum(disk.size(path) for folder in self._folders() for path in _files(folder))

    def _make_room(self, folder: Path, size: int, path: Path) -> None:
        """Let the oldest of an account go that have no room beside the new one."""
        there = sorted((other for other in _files(folder) if other != path), key=_moment)
        room = MOST_OF_ONE - size
        while there and (len(there) >= MOST_DRAFTS or sum(map(disk.size, there)) > room):
            disk.remove(there.pop(0))

    def _opened(self, login: str) -> tuple[Path, bytes]:
        """Return an account's folder and key, made if they are missing; drafts under a key that is lost go."""
        folder = self._of(login)
        if (key := self._key(login)) is None:
            disk.sweep(folder)
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            key, nonce = secrets.token_bytes(32), secrets.token_bytes(_NONCE)
            wrapped = AESGCM(self._keys.key(KEY)).encrypt(nonce, key, login.encode())
            disk.replace(folder / _OWN_KEY, nonce + wrapped)
        return folder, key

    def _key(self, login: str) -> bytes | None:
        try:
            wrapped = (self._of(login) / _OWN_KEY).read_bytes()
            return AESGCM(self._keys.key(KEY)).decrypt(wrapped[:_NONCE], wrapped[_NONCE:], login.encode())
        except (FileNotFoundError, InvalidTag):
            return None

    def _read(self, login: str, key: bytes, path: Path) -> Draft | None:
        try:
            data = path.read_bytes()
            head, nonce, sealed = data[:_MOMENT], data[_MOMENT:_BODY], data[_BODY:]
            return _draft(json.loads(AESGCM(key).decrypt(nonce, sealed, head + login.encode())), path.name)
        except (FileNotFoundError, InvalidTag, ValueError, KeyError, TypeError):
            return None


def _folder_of(login: str) -> str:
    return hashlib.sha256(login.encode()).hexdigest()[:32]


def _name(key: bytes, *subject: str) -> str:
    return hmac.new(key, json.dumps(subject).encode(), hashlib.sha256).hexdigest()[:32]


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if _NAME.fullmatch(path.name)] if folder.is_dir() else []


def _sealed(key: bytes, login: str, draft: Draft) -> bytes:
    told = asdict(replace(draft, name="")) | {"at": draft.at.isoformat()}
    head, nonce = int(draft.at.timestamp()).to_bytes(_MOMENT, "big"), secrets.token_bytes(_NONCE)
    return head + nonce + AESGCM(key).encrypt(nonce, json.dumps(told).encode(), head + login.encode())


def _moment(path: Path) -> int:
    """Return when a draft was kept, in seconds since 1970; 0 for what cannot be read."""
    try:
        with open(path, "rb") as reader:
            return int.from_bytes(reader.read(_MOMENT), "big")
    except OSError:
        return 0


def _draft(told: Mapping[str, Any], name: str) -> Draft:
    fields = tuple((str(key), str(text)) for key, text in told["fields"])
    at = datetime.fromisoformat(told["at"])
    return Draft(told["form"], told["page"], at, fields, told["rendering"], tuple(told["files"]), name)
