"""Drafts, sealed by a key of the account, in its drawer (:mod:`pipeline.access.store.drawers`).

Their names are keyed too: they do not say which forms somebody has begun. The moment stands before each draft in
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
from typing import Any

from pipeline.access.drafts import (
    MOST_BYTES,
    MOST_DRAFTS,
    MOST_FILES,
    MOST_IN_ALL,
    MOST_OF_ONE,
    ChosenFile,
    Draft,
    has_seen,
)
from pipeline.access.store.account_keys import sealed, unsealed
from pipeline.access.store.drawers import MOMENT, Drawer, Drawers
from pipeline.cases.ports import Blob, content
from pipeline.storage.blobs import TypedText

_NAME = re.compile("[0-9a-f]{32}")


class KeptDrafts:
    """The drafts of one office, in the drawers of its accounts."""

    def __init__(self, drawers: Drawers) -> None:
        self._drawers = drawers
        self._turn = threading.Lock()

    def keep(self, login: str, draft: Draft, files: Sequence[Blob] = ()) -> bool:
        """Keep a draft in place of the one before; say whether there was room.

        What another page holds that never showed it (:func:`has_seen`) is kept beside it. Of ``files`` (in the order of
        the draft's) those are kept that there is room for.

        Raises:
            SettingsFault: the office's key was lost.
            Passing: the disk is full, or the centre is away.
        """
        with self._turn, self._drawers.changing(login):
            key, drawer = self._drawers.made(login), self._drawers.drawer(login)
            name = _name(key, *draft.subject)
            before = _opened(login, key, name, drawer.read(name))
            if before and not has_seen(draft.rendering, before) and before.fields != draft.fields:
                drawer.rename(name, _name(key, *before.subject, before.rendering))
            elif before and draft.with_files and not files:
                draft = replace(draft, files=before.files)
            room = MOST_IN_ALL - self._drawers.size()
            if files and (kept := sum(blob.size for blob in files)) <= min(MOST_FILES, room):
                room -= kept
                for number, blob in enumerate(files):
                    drawer.put(f"{name}.{number}", sealed(key, content(blob), f"{login} {number}".encode()))
                draft = replace(draft, files=tuple(replace(file, kept=True) for file in draft.files))
            data = _written(key, login, draft)
            if len(data) > min(MOST_BYTES, room):
                return False
            _make_room(drawer, len(data), name)
            drawer.put(name, data)
            return True

    def files(self, login: str, draft: Draft) -> list[tuple[ChosenFile, bytes]]:
        """Return the files that are kept with a draft; none if one of them is gone or was changed."""
        key, drawer = self._drawers.key(login), self._drawers.drawer(login)
        found = []
        for number, file in enumerate(draft.files):
            stored = drawer.read(f"{draft.name}.{number}") if key else None
            data = unsealed(key, stored, f"{login} {number}".encode()) if key and stored is not None else None
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
        there = self._drawers.drawer(login).things()
        if not (names := _drafts(there)) or (key := self._drawers.key(login)) is None:
            return []
        found = (_opened(login, key, name, there[name]) for name in names)
        return sorted((draft for draft in found if draft), key=lambda draft: draft.at, reverse=True)

    def drop(self, login: str, name: str) -> None:
        """Forget a draft by its name; one that is gone is no fault."""
        if _NAME.fullmatch(name):
            with self._turn, self._drawers.changing(login):
                self._drawers.drawer(login).remove(name)

    def sweep(self, logins: Collection[str], now: datetime) -> None:
        """Forget what is too old, and whatever is of no account where that can be told."""
        with self._turn:
            self._drawers.sweep(logins, now)


def carry_drafts(login: str, of: KeptDrafts, to: KeptDrafts, *, leave: bool = False) -> None:
    """Have an account's drafts be kept elsewhere; unless they are to be left, each is taken away once it is there.

    None takes the place of another that is there already, from whichever page it is: those pages lay elsewhere, and
    have not shown it. It can be done again after it was cut short.
    """
    for draft in reversed(of.all(login)):
        others = [other for other in to.all(login) if other.subject == draft.subject]
        blobs = [TypedText(file.name, data) for file, data in of.files(login, draft)]
        carried = replace(draft, rendering="") if others else draft
        is_there = any(_is_as_new(other, draft) for other in others) or to.keep(login, carried, blobs)
        if is_there and not leave:
            of.drop(login, draft.name)


def _is_as_new(other: Draft, draft: Draft) -> bool:
    return other.fields == draft.fields or (other.rendering == draft.rendering != "" and other.at >= draft.at)


def _make_room(drawer: Drawer, size: int, name: str) -> None:
    """Let the oldest of an account go that have no room beside the new one."""
    moments = drawer.moments()
    there = sorted((other for other in _drafts(moments) if other != name), key=lambda other: moments[other])
    while there and (len(there) >= MOST_DRAFTS or sum(drawer.sizes().values()) > MOST_OF_ONE - size):
        drawer.remove(there.pop(0))


def _opened(login: str, key: bytes, name: str, data: bytes | None) -> Draft | None:
    """Return a draft of its bytes; None if there are none, or they were changed."""
    if data is None:
        return None
    told = unsealed(key, data[MOMENT:], data[:MOMENT] + login.encode())
    return _draft(json.loads(told), name) if told is not None else None


def _drafts(names: Collection[str]) -> list[str]:
    return [name for name in names if _NAME.fullmatch(name)]


def _name(key: bytes, *subject: str) -> str:
    return hmac.new(key, json.dumps(subject).encode(), hashlib.sha256).hexdigest()[:32]


def _written(key: bytes, login: str, draft: Draft) -> bytes:
    told = asdict(replace(draft, name="")) | {"at": draft.at.isoformat()}
    head = int(draft.at.timestamp()).to_bytes(MOMENT, "big")
    return head + sealed(key, json.dumps(told).encode(), head + login.encode())


def _draft(told: Mapping[str, Any], name: str) -> Draft:
    fields = tuple((str(key), str(text)) for key, text in told["fields"])
    files = tuple(ChosenFile(**file) for file in told["files"])
    at = datetime.fromisoformat(told["at"])
    return Draft(told["form"], told["page"], at, fields, told["rendering"], files, told["with_files"], name)
