"""What accounts have not finished: a small file for each account and thing, until it is dropped or two weeks old."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from pipeline.storage import disk

_KEPT = timedelta(days=14)


class Dated(Protocol):
    """What is kept, and since when."""

    @property
    def at(self) -> datetime:
        """When it was kept."""


Work = TypeVar("Work", bound=Dated)


@dataclass(frozen=True, slots=True)
class UnfinishedFiles(Generic[Work]):
    """What lies in a folder; the names of its files say nothing.

    ``written`` makes the bytes of a file; ``read`` makes of them what they are, or raises ValueError, TypeError,
    KeyError or AttributeError for bytes that are nothing of the kind.
    """

    folder: Path
    written: Callable[[Work], bytes]
    read: Callable[[bytes], Work]

    def keep(self, thing: str, login: str, work: Work) -> None:
        """Keep work in place of what the account had; what is older than two weeks goes."""
        disk.make_folder(self.folder)
        for path in self.folder.iterdir():
            if (found := self._read(path)) is None or work.at - found.at > _KEPT:
                disk.remove(path)
        disk.replace(self._path(thing, login), self.written(work))

    def kept(self, thing: str, login: str) -> Work | None:
        """Return the account's work, or None."""
        return self._read(self._path(thing, login))

    def drop(self, thing: str, login: str) -> None:
        """Forget it."""
        disk.remove(self._path(thing, login))

    def _path(self, thing: str, login: str) -> Path:
        return self.folder / hashlib.sha256(json.dumps([thing, login]).encode()).hexdigest()[:32]

    def _read(self, path: Path) -> Work | None:
        try:
            return self.read(path.read_bytes())
        except (FileNotFoundError, ValueError, TypeError, KeyError, AttributeError):
            return None
