"""The files of an office in the object store, for who may list and delete them: who looks after the centre.

A store that keeps old versions (as it should) keeps them after a file was deleted, too, until a rule of its own removes
them. Which version there was is asked before, and whether it is still given back afterwards.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

import obstore
from obstore.exceptions import NotFoundError

from pipeline.archive.store.objects import Objects, StorePlace, in_our_words, store_at
from pipeline.errors import ArchiveFault

_KEY = re.compile(r"[0-9a-f]{2}/([0-9a-f]{64})")
_GONE = (NotFoundError, FileNotFoundError)


@dataclass(frozen=True, slots=True)
class ListedObject:
    """A file of an office as the store lists it: its SHA-256, how long it is (bytes), when it was written last."""

    sha256: str
    size: int
    written: datetime


class RemovableObjects:
    """The files of one office, by a key that may list and delete them."""

    def __init__(self, place: StorePlace, office: str) -> None:
        self._objects, self._store = Objects(place, office), store_at(place)

    def every(self) -> Iterator[ListedObject]:
        """Yield the files there are; what lies beside them is no file of a case.

        Raises:
            Passing: the store cannot be reached, or refuses the key.
        """
        prefix = f"{self._objects.office}/"
        with in_our_words(""):
            for lot in obstore.list(self._store, prefix=prefix):
                for one in lot:
                    if found := _KEY.fullmatch(one["path"].removeprefix(prefix)):
                        yield ListedObject(found[1], one["size"], one["last_modified"])

    def remove(self, sha256: str) -> str:
        """Delete a file; return the version of it that the store still gives back, empty if it gives back none.

        Raises:
            ArchiveFault: the store says that it is deleted, and gives it all the same.
            Passing: the store cannot be reached, or refuses the key.
        """
        key, version = self._objects.key(sha256), None
        with in_our_words(sha256), suppress(*_GONE):
            version = obstore.head(self._store, key).get("version")
            obstore.delete(self._store, key)
        if self._objects.size(sha256) is not None:
            raise ArchiveFault(
                f"Objek {sha256[:12]}… masih diberikan penyimpanan sesudah dihapus.",
                "Periksa hak kunci pengelola dan aturan retensi (object lock) penyimpanan, lalu ulangi.",
            )
        return version if version and self.has_version(sha256, version) else ""

    def has_version(self, sha256: str, version: str) -> bool:
        """Say whether the store still gives back a version of a deleted file; raises as :meth:`remove`."""
        with in_our_words(sha256), suppress(*_GONE):
            obstore.get(self._store, self._objects.key(sha256), options={"version": version, "head": True})
            return True
        return False
