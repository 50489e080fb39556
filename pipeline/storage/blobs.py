"""Bytes that nobody changes any more (:class:`~pipeline.cases.ports.Blob`): a file, or a text that somebody typed."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import NotFound
from pipeline.storage import disk


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file where it lies."""

    path: Path
    name: str
    sha256: str
    size: int

    @contextmanager
    def local(self) -> Iterator[Path]:
        """Give the file where it lies; it is never written again."""
        yield self.path


class TypedText:
    """Bytes in memory."""

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


def stored_file(file: Path, check_size: Callable[[int], None]) -> StoredFile:
    """Return a file that somebody named where it lies; ``check_size`` is asked before its first byte is read.

    Raises:
        NotFound: there is no such file.
        Refused: it is larger than may be.
    """
    if not file.is_file():
        raise NotFound(f"Berkas {file} tidak ada.", "Periksa nama dan foldernya.")
    check_size(size := file.stat().st_size)
    return StoredFile(file.resolve(), file.name, disk.sha256_of(file), size)
