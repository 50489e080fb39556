"""A ZIP file that somebody sent, looked at before anything of it is unpacked (APPNOTE.TXT 6.3, 4.3.12 to 4.3.16)."""

from __future__ import annotations

import struct
import zipfile
from pathlib import PurePosixPath
from typing import BinaryIO

from pipeline.scans import refusals

#: Entries of a file; bytes of one of its texts, and of all that is unpacked; how many times its size one may swell.
_MOST_ENTRIES, _MOST_TEXT, _MOST_BYTES, _MOST_RATIO = 3000, 40 * 2**20, 200 * 2**20, 300
_END, _END_SIZE, _LONGEST_COMMENT = b"PK\x05\x06", 22, 0xFFFF
_LOCKED = 0x1
_FAULTS = (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, struct.error)


class Package:
    """A ZIP file whose directory is sound; its entries are unpacked one by one, within limits."""

    def __init__(self, source: BinaryIO) -> None:
        """Look at the directory.

        Raises:
            Refused: ``rusak``, ``terkunci`` or ``terlalu-besar``.
        """
        try:
            size = source.seek(0, 2)
            source.seek(max(0, size - _END_SIZE - _LONGEST_COMMENT))
            tail = source.read()
            at = tail.rfind(_END)
            if at >= 0 and struct.unpack_from("<H", tail, at + 10)[0] > _MOST_ENTRIES:
                raise refusals.TOO_MANY_PARTS(most=_MOST_ENTRIES)
            self._zip = zipfile.ZipFile(source)
        except _FAULTS:
            raise refusals.DAMAGED_FILE() from None
        self._left = _MOST_BYTES
        self.entries = {info.filename: info for info in self._zip.infolist() if not info.is_dir()}
        if len(self.entries) > _MOST_ENTRIES:
            raise refusals.TOO_MANY_PARTS(most=_MOST_ENTRIES)
        if any(info.flag_bits & _LOCKED for info in self.entries.values()):
            raise refusals.LOCKED_FILE()

    def __contains__(self, name: str) -> bool:
        return name in self.entries

    def read(self, name: str, most: int = _MOST_TEXT) -> bytes:
        """Return an entry, unpacked.

        Raises:
            Refused: it is damaged, or swells to too much.
        """
        info = self.entries[name]
        if info.file_size > min(most, self._left) or info.file_size > _MOST_RATIO * max(info.compress_size, 1024):
            raise refusals.UNPACKS_TO_TOO_MUCH()
        self._left -= info.file_size
        try:
            return self._zip.read(info)
        except (*_FAULTS, zipfile.LargeZipFile):
            raise refusals.DAMAGED_FILE() from None


def base_name(name: str) -> str:
    """Return what an entry is called, without its folders."""
    return PurePosixPath(name.replace("\\", "/")).name
