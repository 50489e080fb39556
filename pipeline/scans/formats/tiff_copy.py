"""Copies directories (pages) of a TIFF into a TIFF of their own, strips and tiles as they are (TIFF 6.0, section 2)."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass

_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
_SHORT, _LONG = 3, 4
#: Offsets of image data, each with the tag that has the lengths: strips, tiles, the one stream of an old JPEG.
_DATA = {273: 279, 324: 325, 513: 514}
#: Pointers to directories beside the page (sub-images, EXIF, GPS): they are no part of the picture.
_ELSEWHERE = {330, 34665, 34853, 40965}
#: Tables of an old-style JPEG (compression 6) by offset without length: not to be copied safely.
_OLD_TABLES = {519, 520, 521}
_MOST = 10_000


@dataclass(frozen=True, slots=True)
class _Entry:
    """A tag of a directory: its type, its count of values, and their bytes."""

    tag: int
    type: int
    count: int
    data: bytes


def copy_directories(data: bytes, wanted: Sequence[int]) -> bytes:
    """Return a TIFF of the directories with these positions (from 0), byte order, tags and image data unchanged.

    Raises:
        ValueError, KeyError, IndexError: the file is damaged, or of a kind that cannot be copied unread.
    """
    order = {b"II": "<", b"MM": ">"}[data[:2]]
    places = _places(data, order)
    out = bytearray(data[:4] + bytes(4))
    link = 4
    for position in wanted:
        link = _append(out, link, _entries(data, places[position], order), data, order)
    return bytes(out)


def _places(data: bytes, order: str) -> list[int]:
    """Return where the directories begin."""
    places: list[int] = []
    at = _unpacked("I", data, 4, order)
    while at and at not in places and len(places) < _MOST:
        places.append(at)
        at = _unpacked("I", data, at + 2 + 12 * _unpacked("H", data, at, order), order)
    return places


def _entries(data: bytes, at: int, order: str) -> list[_Entry]:
    entries = []
    for n in range(_unpacked("H", data, at, order)):
        start = at + 2 + 12 * n
        tag, kind, count = (_unpacked(f, data, start + skip, order) for f, skip in (("H", 0), ("H", 2), ("I", 4)))
        if tag in _OLD_TABLES:
            raise ValueError("old-style JPEG")
        if tag not in _ELSEWHERE:
            length = _SIZES[kind] * count
            place = start + 8 if length <= 4 else _unpacked("I", data, start + 8, order)
            entries.append(_Entry(tag, kind, count, _bytes(data, place, length)))
    return entries


def _append(out: bytearray, link: int, entries: list[_Entry], data: bytes, order: str) -> int:
    """Append one directory with its image data; return where the place of the next directory is to be written."""
    known = {entry.tag: entry for entry in entries}
    values = {entry.tag: entry.data for entry in entries}
    kinds = {entry.tag: entry.type for entry in entries}
    for tag, lengths in _DATA.items():
        if tag in known:
            pairs = zip(_numbers(known[tag], order), _numbers(known[lengths], order), strict=True)
            places = [_put(out, _bytes(data, offset, length)) for offset, length in pairs]
            values[tag], kinds[tag] = struct.pack(f"{order}{len(places)}I", *places), _LONG
    fields = [_field(out, e.tag, kinds[e.tag], e.count, values[e.tag], order) for e in entries]
    at = _put(out, struct.pack(f"{order}H", len(entries)) + b"".join(fields) + bytes(4))
    struct.pack_into(f"{order}I", out, link, at)
    return at + 2 + 12 * len(entries)


def _field(out: bytearray, tag: int, kind: int, count: int, value: bytes, order: str) -> bytes:
    head = struct.pack(f"{order}HHI", tag, kind, count)
    return head + (value.ljust(4, b"\0") if len(value) <= 4 else struct.pack(f"{order}I", _put(out, value)))


def _put(out: bytearray, data: bytes) -> int:
    """Append bytes at an even place, as the standard asks; return it."""
    out += bytes(len(out) % 2)
    out += data
    return len(out) - len(data)


def _numbers(entry: _Entry, order: str) -> tuple[int, ...]:
    return struct.unpack(f"{order}{entry.count}{({_SHORT: 'H', _LONG: 'I'})[entry.type]}", entry.data)


def _unpacked(form: str, data: bytes, at: int, order: str) -> int:
    size = struct.calcsize(form)
    return int(struct.unpack(order + form, _bytes(data, at, size))[0])


def _bytes(data: bytes, at: int, length: int) -> bytes:
    found = data[at : at + length]
    if len(found) < length:
        raise ValueError("cut short")
    return found
