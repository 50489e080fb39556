"""Drafts as files for the owner alone, locked by a key of the account (:mod:`pipeline.access.store.account_keys`).

Names of files are keyed too: they do not say which forms somebody has begun. The moment stands before each draft in
clear, so that old ones are swept unread. Files that came with a form lie beside its draft (``<draft>.0``).
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import threading
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from pipeline.access.drafts import (
    KEPT,
    MOST_BYTES,
    MOST_DRAFTS,
    MOST_FILES,
    MOST_IN_ALL,
    MOST_OF_ONE,
    ChosenFile,
    Draft,
    has_seen,
)
from pipeline.access.store.account_keys import AccountKeys, sealed, unsealed
from pipeline.cases.ports import Blob, content
from pipeline.storage import disk

_MOMENT = 8  # bytes
_NAME = re.compile("[0-9a-f]{32}")


class DraftFiles:
    """The drafts of one office, in the folders of its accounts."""

    def __init__(self, accounts: AccountKeys) -> None:
        self._accounts = accounts
        self._turn = threading.Lock()

    def keep(self, login: str, draft: Draft, files: Sequence[Blob] = ()) -> bool:
        """Keep a draft in place of the one before; say whether there was room.

        What another page holds that never showed it (:func:`has_seen`) is kept beside it. Of ``files`` (in the order of
        the draft's) those are kept that there is room for.

        Raises:
            SettingsFault: the office's key was lost.
            Passing: the disk is full.
        """
        with self._turn:
            key, folder = self._accounts.made(login), self._accounts.folder(login)
            path = folder / _name(key, *draft.subject)
            before = self._read(login, key, path)
            if before and not has_seen(draft.rendering, before) and before.fields != draft.fields:
                _rename(path, folder / _name(key, *before.subject, before.rendering))
            elif before and draft.with_files and not files:
                draft = replace(draft, files=before.files)
            room = MOST_IN_ALL - sum(map(_size, self._accounts.folders()))
            if files and (kept := sum(blob.size for blob in files)) <= min(MOST_FILES, room):
                room -= kept
                for number, blob in enumerate(files):
                    disk.replace(_beside(path, number), sealed(key, content(blob), f"{login} {number}".encode()))
                draft = replace(draft, files=tuple(replace(file, kept=True) for file in draft.files))
            data = _written(key, login, draft)
            if len(data) > min(MOST_BYTES, room):
                return False
            self._make_room(folder, len(data), path)
            disk.replace(path, data)
            disk.sync_folder(folder)
            return True

    def files(self, login: str, draft: Draft) -> list[tuple[ChosenFile, bytes]]:
        """Return the files that are kept with a draft; none if one of them is gone or was changed."""
        key, path = self._accounts.key(login), self._accounts.folder(login) / draft.name
        found = []
        for number, file in enumerate(draft.files):
            stored = _beside(path, number)
            data = unsealed(key, stored.read_bytes(), f"{login} {number}".encode()) if key and stored.exists() else None
            if data is None or not file.kept:
                return []
            found.append((file, data))
        return found

    def kept(self, login: str, forms: Collection[str]) -> list[Draft]:
        """Return the newest draft of each of these forms that has one, and of each letter or file they are about."""
        newest: dict[tuple[str, ...], Draft] = {}
        for draft in self.all(login):
            if draft.form in forms:
                newest.setdefault(draft.subject, draft)
        return list(newest.values())

    def all(self, login: str) -> list[Draft]:
        """Return every draft of an account, the newest first."""
        if not (there := _drafts(self._accounts.folder(login))) or (key := self._accounts.key(login)) is None:
            return []
        found = (self._read(login, key, path) for path in there)
        return sorted((draft for draft in found if draft), key=lambda draft: draft.at, reverse=True)

    def drop(self, login: str, name: str) -> None:
        """Forget a draft by its name; one that is gone is no fault."""
        if _NAME.fullmatch(name):
            with self._turn:
                _remove(self._accounts.folder(login) / name)

    def sweep(self, logins: Collection[str], now: datetime) -> None:
        """Forget what is too old, and whatever is of no account."""
        with self._turn:
            known = {self._accounts.folder(login) for login in logins}
            for folder in list(self._accounts.folders()):
                if folder not in known:
                    disk.sweep(folder)
                for path in _drafts(folder):
                    if now.timestamp() - _moment(path) >= KEPT.total_seconds():
                        _remove(path)

    @staticmethod
    def _make_room(folder: Path, size: int, path: Path) -> None:
        """Let the oldest of an account go that have no room beside the new one."""
        there = sorted((other for other in _drafts(folder) if other != path), key=_moment)
        while there and (len(there) >= MOST_DRAFTS or _size(folder) > MOST_OF_ONE - size):
            _remove(there.pop(0))

    @staticmethod
    def _read(login: str, key: bytes, path: Path) -> Draft | None:
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            return None
        told = unsealed(key, data[_MOMENT:], data[:_MOMENT] + login.encode())
        return _draft(json.loads(told), path.name) if told is not None else None


def _name(key: bytes, *subject: str) -> str:
    return hmac.new(key, json.dumps(subject).encode(), hashlib.sha256).hexdigest()[:32]


def _drafts(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if _NAME.fullmatch(path.name)] if folder.is_dir() else []


def _size(folder: Path) -> int:
    return sum(disk.size(path) for path in folder.iterdir())


def _beside(path: Path, number: int) -> Path:
    return path.with_name(f"{path.name}.{number}")


def _rename(path: Path, target: Path) -> None:
    for file in path.parent.glob(f"{path.name}.*"):
        disk.rename(file, target.with_name(target.name + file.suffix))
    disk.rename(path, target)


def _remove(path: Path) -> None:
    disk.remove(path)
    for file in path.parent.glob(f"{path.name}.*"):
        disk.remove(file)


def _written(key: bytes, login: str, draft: Draft) -> bytes:
    told = asdict(replace(draft, name="")) | {"at": draft.at.isoformat()}
    head = int(draft.at.timestamp()).to_bytes(_MOMENT, "big")
    return head + sealed(key, json.dumps(told).encode(), head + login.encode())


def _moment(path: Path) -> int:
    """Return when a draft was kept, in seconds since 1970; 0 for what cannot be read."""
    try:
        with open(path, "rb") as reader:
            return int.from_bytes(reader.read(_MOMENT), "big")
    except OSError:
        return 0


def _draft(told: Mapping[str, Any], name: str) -> Draft:
    fields = tuple((str(key), str(text)) for key, text in told["fields"])
    files = tuple(ChosenFile(**file) for file in told["files"])
    at = datetime.fromisoformat(told["at"])
    return Draft(told["form"], told["page"], at, fields, told["rendering"], files, told["with_files"], name)
