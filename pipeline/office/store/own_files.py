"""The office's own lists beside its templates; where it has none, those that come with the program."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from pipeline.errors import TemplateFault
from pipeline.system_messages import os_words

T = TypeVar("T")


class OwnFile(Generic[T]):
    """A list of the office, read again when its file has changed, as the templates beside it are."""

    def __init__(self, path: Path, read: Callable[[str], T], shipped: Callable[[], T]) -> None:
        self._path, self._read, self._shipped = path, read, shipped
        self._known: tuple[tuple[int, int, int], T] | None = None

    def __call__(self) -> T:
        """Return the list as it stands now.

        Raises:
            TemplateFault: the office's file cannot be read, or holds something that cannot be used.
        """
        try:
            at = self._path.stat()
            stamp = (at.st_ino, at.st_size, at.st_mtime_ns)
            if self._known is None or self._known[0] != stamp:
                self._known = stamp, self._read(self._path.read_text(encoding="utf-8-sig"))
        except FileNotFoundError:
            return self._shipped()
        except UnicodeDecodeError as wrong:
            raise TemplateFault(f"{self._path.name} bukan teks UTF-8.", "Simpan ulang sebagai teks UTF-8.") from wrong
        except OSError as wrong:
            fact = f"{self._path.name} tidak dapat dibaca: {os_words(wrong)}."
            raise TemplateFault(fact, "Periksa berkas dan izinnya.") from wrong
        return self._known[1]
