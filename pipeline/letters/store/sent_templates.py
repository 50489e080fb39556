"""Templates that were sent to the desk and passed, until their sender takes them into use or two weeks are over.

A small file for each sender and template, under the archive's state; its first line says when it came.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from pipeline.letters.ports import SentTemplate
from pipeline.storage import disk

_KEPT = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class SentTemplateFiles:
    """The templates that lie in a folder."""

    folder: Path

    def keep(self, template: str, login: str, sent: SentTemplate) -> None:
        """Keep a template in place of what the sender sent before; what is older than two weeks goes."""
        disk.make_folder(self.folder)
        for path in self.folder.iterdir():
            if (found := self._read(path)) is None or sent.at - found.at > _KEPT:
                disk.remove(path)
        disk.replace(self._path(template, login), json.dumps(sent.at.isoformat()).encode() + b"\n" + sent.docx)

    def kept(self, template: str, login: str) -> SentTemplate | None:
        """Return what the sender sent last, or None."""
        return self._read(self._path(template, login))

    def drop(self, template: str, login: str) -> None:
        """Forget it."""
        disk.remove(self._path(template, login))

    def _path(self, template: str, login: str) -> Path:
        return self.folder / hashlib.sha256(json.dumps([template, login]).encode()).hexdigest()[:32]

    def _read(self, path: Path) -> SentTemplate | None:
        try:
            head, _, docx = path.read_bytes().partition(b"\n")
            return SentTemplate(docx, datetime.fromisoformat(json.loads(head)))
        except (FileNotFoundError, ValueError, TypeError):
            return None
