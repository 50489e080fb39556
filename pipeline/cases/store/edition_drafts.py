"""Drafts of editions of the SOP: what an admin changes at the desk, until it is in force, dropped, or two weeks old.

A small file for each account and service, under the archive's state.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from pipeline.cases.own_editions import EditionDraft
from pipeline.storage import disk

_KEPT = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class EditionDraftFiles:
    """The drafts that lie in a folder."""

    folder: Path

    def keep(self, service: str, login: str, draft: EditionDraft) -> None:
        """Keep a draft in place of what the account had; what is older than two weeks goes."""
        disk.make_folder(self.folder)
        for path in self.folder.iterdir():
            if (found := self._read(path)) is None or draft.at - found.at > _KEPT:
                disk.remove(path)
        told = {"base": draft.base, "texts": dict(draft.texts), "at": draft.at.isoformat()}
        disk.replace(self._path(service, login), json.dumps(told, ensure_ascii=False).encode())

    def kept(self, service: str, login: str) -> EditionDraft | None:
        """Return the account's draft, or None."""
        return self._read(self._path(service, login))

    def drop(self, service: str, login: str) -> None:
        """Forget it."""
        disk.remove(self._path(service, login))

    def _path(self, service: str, login: str) -> Path:
        return self.folder / hashlib.sha256(json.dumps([service, login]).encode()).hexdigest()[:32]

    def _read(self, path: Path) -> EditionDraft | None:
        try:
            told = json.loads(path.read_bytes())
            texts = {str(name): str(text) for name, text in told["texts"].items()}
            return EditionDraft(str(told["base"]), texts, datetime.fromisoformat(told["at"]))
        except (FileNotFoundError, ValueError, TypeError, KeyError, AttributeError):
            return None
