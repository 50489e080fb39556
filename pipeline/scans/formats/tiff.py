"""TIFF files (TIFF 6.0, section 2): is everything there that their directories point at, and copies of directories.

A directory is a page. A copy takes strips and tiles as they are, nothing encoded anew.
"""

from __future__ import annotations

import os
import re
import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, Self

#: Bytes of one value, by its type.
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
#: What ``struct`` calls a number of so many bytes.
_LETTERS = {1: "B", 2: "H", 4: "I", 8: "Q"}
_SHORT, _LONG = 3, 4
_COMPRESSION, _STRIPS, _STRIP_SIZES, _TILES, _TILE_SIZES, _OLD_JPEG, _OLD_JPEG_SIZE = 259, 273, 279, 324, 325, 513, 514
_LOOKED_AT = frozenset({_COMPRESSION, _STRIPS, _STRIP_SIZES, _TILES, _TILE_SIZES})
#: Offsets of image data, each with the tag that has the lengths: strips, tiles, the one stream of an old JPEG.
_DATA = {_STRIPS: _STRIP_SIZES, _TILES: _TILE_SIZES, _OLD_JPEG: _OLD_JPEG_SIZE}
#: Pointers to directories beside the page (sub-images, EXIF, GPS): they are no part of the picture.
_ELSEWHERE = {330, 34665, 34853, 40965}
#: Tables of an old-style JPEG (compression 6) by offset without length: not to be copied safely.
_OLD_TABLES = {519, 520, 521}
_UNCOMPRESSED = 1
#: More than any scanner writes; beyond them a file is damaged or made to keep us busy.
_MOST_DIRECTORIES, _MOST_STRIPS = 10_000, 1_000_000
#: Fields of all directories together, and values of those that are looked at: directories may share the same bytes, so
#: that a few MB tell of billions (4 MB with 20 directories took 5.6 s on a busy machine, 2026-11-26).
_MOST_FIELDS, _MOST_VALUES = 100_000, 2 * _MOST_STRIPS + _MOST_DIRECTORIES
#: What a place kept free for compressed data begins with: no compression gives it.
_UNFILLED = bytes(16)

Read = Callable[[int, int], bytes]


@dataclass(frozen=True, slots=True)
class _TiffField:
    """A field of a directory: tag, type, count of values, and four bytes that are its values or say where they are."""

    tag: int
    type: int
    count: int
    value: bytes


class _Tiff:
    """The directories of a TIFF; ``read`` returns up to so many bytes at a place.

    Its methods raise ValueError where the file is cut off, KeyError for a type that the standard does not know.
    """

    def __init__(self, read: Read) -> None:
        self._read = read
        self.order: Literal["little", "big"] = "little" if read(0, 2) == b"II" else "big"
        self.first = self._number(read(4, 4))

    def directory(self, at: int) -> tuple[list[_TiffField], int]:
        """Return the fields of a directory, and where the next one is (0: nowhere)."""
        table = self.exactly(at + 2, 12 * self._number(self.exactly(at, 2)) + 4)
        entries = (table[start : start + 12] for start in range(0, len(table) - 4, 12))
        fields = [_TiffField(self._number(e[:2]), self._number(e[2:4]), self._number(e[4:8]), e[8:]) for e in entries]
        return fields, self._number(table[-4:])

    def data(self, field: _TiffField) -> bytes:
        """Return the bytes of a field's values."""
        length = _SIZES[field.type] * field.count
        return field.value[:length] if length <= 4 else self.exactly(self._number(field.value), length)

    def values(self, field: _TiffField) -> list[int]:
        """Return a field's values as numbers."""
        order = "<" if self.order == "little" else ">"
        return list(struct.unpack(f"{order}{field.count}{_LETTERS[_SIZES[field.type]]}", self.data(field)))

    def exactly(self, at: int, length: int) -> bytes:
        """Return just so many bytes."""
        found = self._read(at, length)
        if len(found) < length:
            raise ValueError("cut off")
        return found

    def _number(self, data: bytes) -> int:
        return int.from_bytes(data, self.order)


def tiff_gap(source: ByteSource) -> str:
    """Return what the TIFF lacks (Indonesian), or nothing if all directories and their image data lie in the file."""
    tiff = _Tiff(source.at)
    at, seen, pieces, told, values = tiff.first, set[int](), 0, 0, 0
    while at:
        if at in seen or len(seen) >= _MOST_DIRECTORIES:
            return "daftar halaman TIFF berputar tanpa akhir"
        seen.add(at)
        try:
            fields, at = tiff.directory(at)
            looked_at = [field for field in fields if field.tag in _LOOKED_AT]
            told, values = told + len(fields), values + sum(field.count for field in looked_at)
            if not fields or not all(0 < field.count <= _MOST_STRIPS for field in looked_at):
                raise ValueError("no directory")
            if told > _MOST_FIELDS or values > _MOST_VALUES:
                raise ValueError("no page has so many")
            directory = {field.tag: tiff.values(field) for field in looked_at}
        except (ValueError, KeyError):
            return "gambar TIFF belum lengkap (daftar halaman terpotong)"
        pieces += len(directory.get(_STRIPS, ())) + len(directory.get(_TILES, ()))
        if pieces > _MOST_STRIPS or not _is_filled(source, directory):
            return "gambar TIFF belum lengkap (isi halaman terpotong)"
    return "" if pieces else "gambar TIFF tidak berisi halaman"


def _is_filled(source: ByteSource, directory: Mapping[int, Sequence[int]]) -> bool:
    """Say whether every strip and tile lies in the file, and a compressed one is more than a place kept free."""
    compressed = directory.get(_COMPRESSION, [_UNCOMPRESSED])[0] != _UNCOMPRESSED
    for offset, size in _pieces(directory):
        if not offset or offset >= source.size or offset + size > source.size:
            return False
        if compressed and size >= len(_UNFILLED) and source.at(offset, len(_UNFILLED)) == _UNFILLED:
            return False
    return bool(directory.get(_STRIPS) or directory.get(_TILES))


def _pieces(directory: Mapping[int, Sequence[int]]) -> Iterator[tuple[int, int]]:
    """Yield where each strip and tile lies, and how long it is; 0 where that is not said."""
    for offsets, sizes in ((_STRIPS, _STRIP_SIZES), (_TILES, _TILE_SIZES)):
        lengths = directory.get(sizes, [])
        for index, offset in enumerate(directory.get(offsets, [])):
            yield offset, lengths[index] if index < len(lengths) else 0


def copy_directories(data: bytes, wanted: Sequence[int]) -> bytes:
    """Return a TIFF of the directories with these positions (from 0), byte order, tags and image data unchanged.

    Raises:
        ValueError, KeyError, IndexError: the file is damaged, or of a kind that cannot be copied unread.
    """
    tiff = _Tiff(lambda at, length: data[at : at + length])
    at, directories = tiff.first, dict[int, list[_TiffField]]()
    while at and at not in directories and len(directories) < _MOST_DIRECTORIES:
        directories[at], at = tiff.directory(at)
    found = list(directories.values())
    copy = _Copy(tiff, bytearray(data[:4] + bytes(4)))
    for position in wanted:
        copy.append(found[position])
    return bytes(copy.out)


class _Copy:
    """A TIFF that is written: ``link`` is where the place of the next directory belongs."""

    def __init__(self, tiff: _Tiff, out: bytearray) -> None:
        self._tiff, self.out, self._link = tiff, out, 4

    def append(self, fields: Sequence[_TiffField]) -> None:
        """Append one directory with its image data."""
        if any(field.tag in _OLD_TABLES for field in fields):
            raise ValueError("old-style JPEG")
        fields = [field for field in fields if field.tag not in _ELSEWHERE]
        values = {field.tag: self._tiff.data(field) for field in fields}
        known = {field.tag: field for field in fields}
        for tag, lengths in _DATA.items():
            if tag in known:
                values[tag] = self._image_data(known[tag], known[lengths])
                known[tag] = replace(known[tag], type=_LONG)
        entries = [self._entry(replace(field, type=known[field.tag].type), values[field.tag]) for field in fields]
        at = self._put(self._packed(len(entries), 2) + b"".join(entries) + bytes(4))
        self.out[self._link : self._link + 4] = self._packed(at, 4)
        self._link = at + 2 + 12 * len(entries)

    def _image_data(self, offsets: _TiffField, lengths: _TiffField) -> bytes:
        """Copy the strips or tiles, and return their places as the directory has them."""
        if not {offsets.type, lengths.type} <= {_SHORT, _LONG}:
            raise ValueError("places that are no numbers")
        pairs = zip(self._tiff.values(offsets), self._tiff.values(lengths), strict=True)
        places = [self._put(self._tiff.exactly(offset, length)) for offset, length in pairs]
        return b"".join(self._packed(place, 4) for place in places)

    def _entry(self, field: _TiffField, value: bytes) -> bytes:
        short = value.ljust(4, b"\0") if len(value) <= 4 else self._packed(self._put(value), 4)
        return self._packed(field.tag, 2) + self._packed(field.type, 2) + self._packed(field.count, 4) + short

    def _put(self, data: bytes) -> int:
        """Append bytes at an even place, as the standard asks; return it."""
        self.out += bytes(len(self.out) % 2)
        self.out += data
        return len(self.out) - len(data)

    def _packed(self, number: int, width: int) -> bytes:
        return number.to_bytes(width, self._tiff.order)


_WINDOW = 2**16
_CHUNK = 2**20
#: Where a child finds what it was sent as an open descriptor: a link by nature, and the only one that is followed.
_SENT = Path("/proc/self/fd")


class ByteSource:
    """A file opened for reading (never through a link's last step, never waiting for a pipe).

    Raises:
        OSError: it cannot be opened or read.
    """

    def __init__(self, path: Path) -> None:
        no_link = 0 if path.parent == _SENT else os.O_NOFOLLOW
        self._file = os.open(path, os.O_RDONLY | os.O_NONBLOCK | no_link | os.O_CLOEXEC)
        self.size = os.fstat(self._file).st_size
        self._start = 0
        self._window = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._file)

    def at(self, offset: int, count: int) -> bytes:
        """Return up to *count* bytes at *offset*; none when it lies outside the file."""
        if offset < 0 or offset >= self.size or count <= 0:
            return b""
        if count > _WINDOW:
            return os.pread(self._file, count, offset)
        inside = offset - self._start
        if inside < 0 or inside + count > len(self._window):
            self._start, self._window, inside = offset, os.pread(self._file, _WINDOW, offset), 0
        return self._window[inside : inside + count]

    def find(self, pattern: re.Pattern[bytes], start: int, *, overlap: int) -> int:
        """Return where *pattern* first matches at or after *start*, or -1; matches may span *overlap* + 1 bytes."""
        at = start
        while at < self.size:
            chunk = os.pread(self._file, _CHUNK, at)
            if found := pattern.search(chunk):
                return at + found.start()
            if len(chunk) <= overlap:
                return -1
            at += len(chunk) - overlap
        return -1
