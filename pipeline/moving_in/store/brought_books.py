"""Books that were brought to the desk, each in a folder of its own for a while; and what was ordered."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Sequence
from pathlib import Path

from pipeline.cases.ports import Blob, content
from pipeline.errors import NotFound
from pipeline.storage import disk
from pipeline.storage.blobs import StoredFile

_KEY = re.compile(r"[0-9a-f]{16}")
_ORDER = ".perintah"
_KEPT_SECONDS = 14 * 24 * 3600  # a book that nobody took over by then is forgotten: it names people


class BroughtBooks:
    """The books of one desk."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, blob: Blob) -> str:
        """Keep a book; return the key under which it is found. The same book again has the same key."""
        self._forget_old()
        key = blob.sha256[:16]
        place = self._folder / key
        disk.sweep(place)
        disk.make_folder(self._folder)
        disk.make_folder(place)
        name = re.sub(r"[^\w .()-]", "_", blob.name).strip(" .")[-100:] or "buku"
        disk.write_new(place / name, content(blob))
        return key

    def get(self, key: str) -> StoredFile:
        """Return a book.

        Raises:
            NotFound: there is none, or no longer.
        """
        place = self._folder / key
        found = [p for p in place.iterdir() if not p.name.startswith(".")] if self._is_there(key) else []
        if not found:
            raise NotFound("Buku itu tidak ada lagi di sini.", "Kirim lagi bukunya.")
        return StoredFile(found[0], found[0].name, disk.sha256_of(found[0]), found[0].stat().st_size)

    def order(self, words: Sequence[str]) -> None:
        """Write down what is to be done next, as the words of a command."""
        disk.make_folder(self._folder)
        disk.replace(self._folder / _ORDER, json.dumps(list(words)).encode())

    def ordered(self) -> list[str]:
        """Return what is to be done next."""
        return [str(word) for word in json.loads((self._folder / _ORDER).read_bytes())]

    def drop(self, key: str) -> None:
        """Forget a book."""
        if self._is_there(key):
            disk.sweep(self._folder / key)

    def _is_there(self, key: str) -> bool:
        return bool(_KEY.fullmatch(key)) and (self._folder / key).is_dir()

    def _forget_old(self) -> None:
        for place in self._folder.iterdir() if self._folder.is_dir() else ():
            if place.is_dir() and place.stat().st_mtime < time.time() - _KEPT_SECONDS:
                disk.sweep(place)
