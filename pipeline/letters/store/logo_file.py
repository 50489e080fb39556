"""The office's logo beside its templates; every one that was ever in use is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipeline.storage import disk, locks


@dataclass(frozen=True, slots=True)
class LogoFile:
    """The logo of one office (``path``); ``folder`` keeps those that were exchanged.

    ``may_replace`` raises where nobody exchanges it.
    """

    path: Path
    folder: Path
    lock: Path
    may_replace: Callable[[], object] = tuple

    @property
    def there(self) -> bool:
        """Whether the office has one."""
        return self.path.is_file()

    def read(self) -> bytes:
        """Return the picture; nothing without one."""
        return self.path.read_bytes() if self.there else b""

    def replace(self, png: bytes) -> None:
        """Put a picture in place of the one that is there; no bytes: the office has none any more."""
        self.may_replace()
        with locks.held(self.lock):
            disk.make_folder(self.folder)
            for picture in filter(None, (self.read(), png)):
                kept = self.folder / f"{hashlib.sha256(picture).hexdigest()}.png"
                if not kept.exists():
                    disk.replace(kept, picture)
            if png:
                disk.replace(self.path, png)
            else:
                disk.remove(self.path)
            disk.sync_folder(self.path.parent)
