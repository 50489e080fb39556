"""Compound files ([MS-CFB]): what Outlook and the Office of before 2007 write, a small file system within a file."""

from __future__ import annotations

import io

import olefile

from pipeline.scans import refusals

#: Streams and storages of a file; bytes of one stream, and of all that is read of it.
_MOST_ENTRIES, _MOST_STREAM, _MOST_BYTES = 6000, 60 * 2**20, 200 * 2**20
#: What the library raises for a file that is not as it must be; it raises plain ``OSError`` on purpose.
_FAULTS = (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError, OverflowError, MemoryError)


class CompoundFile:
    """A compound file whose directory is sound; its streams are read one by one, within limits."""

    def __init__(self, data: bytes) -> None:
        """Look at the directory.

        Raises:
            Refused: ``rusak`` or ``terlalu-besar``.
        """
        try:
            self._file = olefile.OleFileIO(io.BytesIO(data))
            names = ["/".join(path) for path in self._file.listdir(streams=True, storages=True)]
        except _FAULTS:
            raise refusals.DAMAGED_FILE() from None
        if len(names) > _MOST_ENTRIES:
            raise refusals.TOO_MANY_PARTS(most=_MOST_ENTRIES)
        self.entries = dict.fromkeys(names)
        self._left = _MOST_BYTES

    def __contains__(self, name: str) -> bool:
        return name in self.entries

    def children(self, storage: str) -> list[str]:
        """Return the names of what lies directly in a storage (empty: the file's own), without the storage's."""
        before = f"{storage}/" if storage else ""
        inside = (name.removeprefix(before) for name in self.entries if name.startswith(before))
        return [name for name in inside if "/" not in name]

    def read(self, name: str, most: int = _MOST_STREAM) -> bytes:
        """Return a stream; nothing if there is none of the name.

        Raises:
            Refused: it is damaged, or holds too much.
        """
        if name not in self.entries:
            return b""
        try:
            if self._file.get_type(name) != olefile.STGTY_STREAM:
                return b""
            size = self._file.get_size(name)
            if size > min(most, self._left):
                raise refusals.UNPACKS_TO_TOO_MUCH()
            self._left -= size
            return bytes(self._file.openstream(name).read())
        except _FAULTS:
            raise refusals.DAMAGED_FILE() from None
