"""Work on letters that is no version yet: a small file for each editor, letter and kind, under the archive's state.

Names of files say nothing; their first line says on which version they are based and since when, the rest is the work,
locked by its editor's key (:mod:`pipeline.access.store.account_keys`). What an earlier version kept is not locked.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import product
from pathlib import Path
from typing import Any

from pipeline.access.store.account_keys import FolderDrawers, sealed, unsealed
from pipeline.access.store.drawers import MOMENT, Drawers
from pipeline.cases.case_number import CaseNumber
from pipeline.letters.ports import SENT, TYPED, Unsaved
from pipeline.storage import disk

#: How long work is kept that nobody came back to.
_KEPT = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class UnsavedEditFiles:
    """The work that lies in a folder."""

    folder: Path
    accounts: FolderDrawers

    def keep(self, case: CaseNumber, template: str, login: str, kind: str, unsaved: Unsaved) -> None:
        """Keep work in place of what was kept before; what is older than two weeks goes."""
        if self.folder.is_dir():
            self._sweep(unsaved.at)
        self.take_in(name_of(case, template, login, kind), login, unsaved)

    def take_in(self, name: str, login: str, unsaved: Unsaved) -> None:
        """Keep work under its name."""
        disk.make_folder(self.folder)
        path = self.folder / name
        head = json.dumps({"dasar": unsaved.base, "pada": unsaved.at.isoformat(), "terkunci": True})
        work = sealed(self.accounts.made(login), unsaved.content, path.name.encode())
        disk.replace(path, head.encode() + b"\n" + work)

    def kept(self, case: CaseNumber, template: str, login: str, kind: str) -> Unsaved | None:
        """Return the work that is kept, or None."""
        return self.opened(self._path(case, template, login, kind), login)

    def opened(self, path: Path, login: str, *, locked: bool = False) -> Unsaved | None:
        """Return the work of a file if it is that editor's; ``locked``: and it is known to be."""
        if (found := _read(path)) is None or (locked and not found[0].get("terkunci")):
            return None
        told, work = found
        key = self.accounts.key(login) if told.get("terkunci") else b""
        content = work if key == b"" else unsealed(key, work, path.name.encode()) if key else None
        return Unsaved(int(told["dasar"]), _since(told), content) if content is not None else None

    def drop(self, case: CaseNumber, template: str, login: str, kind: str) -> None:
        """Forget the work."""
        disk.remove(self._path(case, template, login, kind))

    def drop_all(self, case: CaseNumber, templates: Collection[str], login: str) -> None:
        """Forget all work of an editor on these letters."""
        for template, kind in product(templates, (TYPED, SENT)):
            self.drop(case, template, login, kind)

    def _path(self, case: CaseNumber, template: str, login: str, kind: str) -> Path:
        return self.folder / name_of(case, template, login, kind)

    def _sweep(self, now: datetime) -> None:
        for path in self.folder.iterdir():
            if (found := _read(path)) is None or now - _since(found[0]) > _KEPT:
                disk.remove(path)


def name_of(case: CaseNumber, template: str, login: str, kind: str) -> str:
    """Return under which name work is kept, which says nothing to whoever does not guess all of it."""
    seed = json.dumps([str(case), template, login, kind]).encode()
    return hashlib.sha256(seed).hexdigest()[:32]


class SealedEdits:
    """The work that lies in the drawers of accounts; which letter it is of, nobody reads without the account's key."""

    def __init__(self, drawers: Drawers) -> None:
        self._drawers = drawers

    def keep(self, case: CaseNumber, template: str, login: str, kind: str, unsaved: Unsaved) -> None:
        """Keep work in place of what was kept before; what is old goes with all that lies in drawers, at each login."""
        self.take_in(name_of(case, template, login, kind), login, unsaved)

    def take_in(self, name: str, login: str, unsaved: Unsaved) -> None:
        """Keep work under the name that it has in a folder."""
        with self._drawers.changing(login):
            key = self._drawers.made(login)
            moment = int(unsaved.at.timestamp()).to_bytes(MOMENT, "big")
            told = json.dumps({"nama": name, "dasar": unsaved.base, "pada": unsaved.at.isoformat()}).encode()
            keyed = _keyed(key, name)
            work = sealed(key, told + b"\n" + unsaved.content, moment + keyed.encode())
            self._drawers.drawer(login).put(keyed, moment + work)

    def kept(self, case: CaseNumber, template: str, login: str, kind: str) -> Unsaved | None:
        """Return the work that is kept, or None."""
        return self.found(name_of(case, template, login, kind), login)

    def found(self, name: str, login: str) -> Unsaved | None:
        """Return the work of the name that it has in a folder, or None."""
        if (key := self._drawers.key(login)) is None:
            return None
        keyed = _keyed(key, name)
        opened = _opened(key, keyed, self._drawers.drawer(login).read(keyed))
        return opened[1] if opened else None

    def all(self, login: str) -> dict[str, Unsaved]:
        """Return all work of an editor, by the names that it has in a folder."""
        if (key := self._drawers.key(login)) is None:
            return {}
        things = self._drawers.drawer(login).things().items()
        return dict(opened for keyed, data in things if (opened := _opened(key, keyed, data)))

    def drop(self, case: CaseNumber, template: str, login: str, kind: str) -> None:
        """Forget the work."""
        if (key := self._drawers.key(login)) is not None:
            with self._drawers.changing(login):
                self._drawers.drawer(login).remove(_keyed(key, name_of(case, template, login, kind)))

    def drop_all(self, case: CaseNumber, templates: Collection[str], login: str) -> None:
        """Forget all work of an editor on these letters; what is there is asked once, not for each of them."""
        if (key := self._drawers.key(login)) is None:
            return
        letters = product(templates, (TYPED, SENT))
        names = {_keyed(key, name_of(case, template, login, kind)) for template, kind in letters}
        with self._drawers.changing(login):
            drawer = self._drawers.drawer(login)
            for name in names.intersection(drawer.sizes()):
                drawer.remove(name)


def bring_edits(of: UnsavedEditFiles, to: SealedEdits, logins: Collection[str]) -> None:
    """Have the work that lies in a folder be kept in drawers; of two of one letter the newer stays.

    It can be done again after it was cut short. What an earlier version kept unlocked says not whose it is, and stays.
    """
    for path in sorted(of.folder.iterdir()) if of.folder.is_dir() else ():
        found = {login: unsaved for login in logins if (unsaved := of.opened(path, login, locked=True))}
        for login, unsaved in found.items():
            there = to.found(path.name, login)
            if there is None or there.at < unsaved.at:
                to.take_in(path.name, login, unsaved)
            disk.remove(path)


def copy_edits(of: SealedEdits, to: UnsavedEditFiles, logins: Collection[str]) -> None:
    """Write the work that lies in drawers into a folder too."""
    for login in logins:
        for name, unsaved in of.all(login).items():
            to.take_in(name, login, unsaved)


def _opened(key: bytes, keyed: str, data: bytes | None) -> tuple[str, Unsaved] | None:
    """Return the name that work has in a folder, and the work; None if there is none, or it was changed."""
    data = data or b""
    if (work := unsealed(key, data[MOMENT:], data[:MOMENT] + keyed.encode())) is None:
        return None
    head, _, content = work.partition(b"\n")
    told = json.loads(head)
    return str(told["nama"]), Unsaved(int(told["dasar"]), _since(told), content)


def _keyed(key: bytes, name: str) -> str:
    return hmac.digest(key, name.encode(), "sha256")[:16].hex()


def _read(path: Path) -> tuple[Mapping[str, Any], bytes] | None:
    """Return what a file says of its work, and the work; None for what is none."""
    try:
        head, _, work = path.read_bytes().partition(b"\n")
        told = json.loads(head)
        int(told["dasar"]), _since(told)
        return told, work
    except (FileNotFoundError, ValueError, TypeError, KeyError):
        return None


def _since(told: Mapping[str, Any]) -> datetime:
    return datetime.fromisoformat(told["pada"])
