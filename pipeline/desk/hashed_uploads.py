"""Files of strangers: hashed as they come, and nothing more. No byte of them is kept, and none is ever opened."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from pipeline.cases.ports import Blob


@dataclass(frozen=True, slots=True)
class HashedUpload:
    """What is left of a file that was sent: the form's field, its hash and size."""

    field: str
    name: str
    sha256: str
    size: int

    def land(self, folder: str = "") -> str:
        """Refuse: there is nothing to be put in place."""
        raise AssertionError("a file that was only hashed lies nowhere")

    def discard(self) -> None:
        """Nothing is left."""

    @property
    def mark(self) -> str:
        """Nothing lies anywhere that could be named."""
        return ""

    @property
    def gap(self) -> str:
        """Nothing is known of what it lacks."""
        return ""

    @property
    def blob(self) -> Blob:
        """Refuse: there is nothing to be opened."""
        raise AssertionError("a file that was only hashed lies nowhere")


class _Hashing:
    def __init__(self, name: str) -> None:
        self._name, self.size, self._digest = name, 0, hashlib.sha256()

    def write(self, data: memoryview) -> None:
        """Take bytes in."""
        self._digest.update(data)
        self.size += len(data)

    def finished(self, field: str) -> HashedUpload:
        """Return what is left."""
        return HashedUpload(field, self._name, self._digest.hexdigest(), self.size)

    def discard(self) -> None:
        """Nothing is left."""


class HashedUploads:
    """Where files go that are only hashed."""

    def prepare(self) -> None:
        """Need no place."""

    def begin(self, name: str) -> _Hashing:
        """Begin to hash a file."""
        return _Hashing(name)

    def sweep(self) -> None:
        """Nothing is left of any."""
