"""Work on letters that is no version yet: a small file for each editor, letter and kind, under the archive's state.

Names of files say nothing; their first line says on which version they are based and since when, the rest is the work,
locked by its editor's key (:mod:`pipeline.access.store.account_keys`). What an earlier version kept is not locked.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from pipeline.access.store.account_keys import AccountKeys, sealed, unsealed
from pipeline.cases.case_number import CaseNumber
from pipeline.letters.ports import Unsaved
from pipeline.storage import disk

#: How long work is kept that nobody came back to.
_KEPT = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class UnsavedEditFiles:
    """The work that lies in a folder."""

    folder: Path
    accounts: AccountKeys

    def keep(self, case: CaseNumber, template: str, login: str, kind: str, unsaved: Unsaved) -> None:
        """Keep work in place of what was kept before; what is older than two weeks goes."""
        disk.make_folder(self.folder)
        self._sweep(unsaved.at)
        path = self._path(case, template, login, kind)
        head = json.dumps({"dasar": unsaved.base, "pada": unsaved.at.isoformat(), "terkunci": True})
        work = sealed(self.accounts.made(login), unsaved.content, path.name.encode())
        disk.replace(path, head.encode() + b"\n" + work)

    def kept(self, case: CaseNumber, template: str, login: str, kind: str) -> Unsaved | None:
        """Return the work that is kept, or None."""
        path = self._path(case, template, login, kind)
        if (found := _read(path)) is None:
            return None
        told, work = found
        key = self.accounts.key(login) if told.get("terkunci") else b""
        content = work if key == b"" else unsealed(key, work, path.name.encode()) if key else None
        return Unsaved(int(told["dasar"]), _since(told), content) if content is not None else None

    def drop(self, case: CaseNumber, template: str, login: str, kind: str) -> None:
        """Forget the work."""
        disk.remove(self._path(case, template, login, kind))

    def _path(self, case: CaseNumber, template: str, login: str, kind: str) -> Path:
        seed = json.dumps([str(case), template, login, kind]).encode()
        return self.folder / hashlib.sha256(seed).hexdigest()[:32]

    def _sweep(self, now: datetime) -> None:
        for path in self.folder.iterdir():
            if (found := _read(path)) is None or now - _since(found[0]) > _KEPT:
                disk.remove(path)


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
