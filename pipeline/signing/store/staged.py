"""Signed bytes that are not filed yet, each in a file of the state folder. Every effect goes through ``disk``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from pipeline.storage import disk

_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,150}")


class FolderStaging:
    """Implements the Staging port."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def kept(self, key: str) -> bytes | None:
        """Return what was kept under a key."""
        try:
            return self._path(key).read_bytes()
        except FileNotFoundError:
            return None

    def keep(self, key: str, pdf: bytes) -> None:
        """Keep signed bytes, over what was kept there."""
        disk.make_folder(self._folder)
        disk.replace(self._path(key), pdf)
        disk.sync_folder(self._folder)

    def drop(self, key: str) -> None:
        """Forget them; what is gone already is no fault."""
        disk.remove(self._path(key))

    def waiting(self) -> Sequence[str]:
        """Return every key under which something is kept."""
        return sorted(path.name for path in self._folder.glob("*") if _KEY.fullmatch(path.name))

    def _path(self, key: str) -> Path:
        assert _KEY.fullmatch(key), key
        return self._folder / key
