"""Work on letters that is no version yet: a small file for each editor, letter and kind, under the archive's state.

Names of files say nothing; their first line says what they are, the rest is the work.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from pipeline.cases.case_number import CaseNumber
from pipeline.letters.ports import Unsaved
from pipeline.storage import disk

#: How long work is kept that nobody came back to.
_KEPT = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class UnsavedEditFiles:
    """The work that lies in a folder."""

    folder: Path

    def keep(self, case: CaseNumber, template: str, login: str, kind: str, unsaved: Unsaved) -> None:
        """Keep work in place of what was kept before; what is older than two weeks goes."""
        disk.make_folder(self.folder)
        self._sweep(unsaved.at)
        head = json.dumps({"dasar": unsaved.base, "pada": unsaved.at.isoformat()})
        disk.replace(self._path(case, template, login, kind), head.encode() + b"\n" + unsaved.content)

    def kept(self, case: CaseNumber, template: str, login: str, kind: str) -> Unsaved | None:
        """Return the work that is kept, or None."""
        return self._read(self._path(case, template, login, kind))

    def drop(self, case: CaseNumber, template: str, login: str, kind: str) -> None:
        """Forget the work."""
        disk.remove(self._path(case, template, login, kind))

    def _path(self, case: CaseNumber, template: str, login: str, kind: str) -> Path:
        seed = json.dumps([str(case), template, login, kind]).encode()
        return self.folder / hashlib.sha256(seed).hexdigest()[:32]

    def _read(self, path: Path) -> Unsaved | None:
        try:
            head, _, content = path.read_bytes().partition(b"\n")
            told = json.loads(head)
            return Unsaved(int(told["dasar"]), datetime.fromisoformat(told["pada"]), content)
        except (FileNotFoundError, ValueError, TypeError, KeyError):
            return None

    def _sweep(self, now: datetime) -> None:
        for path in self.folder.iterdir():
            if (found := self._read(path)) is None or now - found.at > _KEPT:
                disk.remove(path)
