"""A text that somebody typed, as a file for as long as one is asked for."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class TypedText:
    """Bytes in memory as a :class:`~pipeline.cases.ports.Blob`."""

    def __init__(self, name: str, data: bytes) -> None:
        self.name, self._data = name, data
        self.sha256, self.size = hashlib.sha256(data).hexdigest(), len(data)

    @contextmanager
    def local(self) -> Iterator[Path]:
        """Give the bytes as a file of this process that has no name on any disk, so that no crash leaves it there."""
        with os.fdopen(os.memfd_create("ketikan"), "wb") as file:
            file.write(self._data)
            file.flush()
            yield Path(f"/proc/self/fd/{file.fileno()}")
