"""The directory of a zip, looked at before a library builds anything from it (APPNOTE.TXT 6.3, 4.3.12 to 4.3.16)."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Sequence

_END, _END_64 = b"PK\x05\x06", b"PK\x06\x06"
_END_SIZE, _LONGEST_COMMENT = 22, 0xFFFF
#: Bytes of the directory's entry of one part: what is fixed, and a name and further fields that no letter's go beyond.
_MOST_A_PART = 46 + 1000
_LOCAL = 30  # bytes before a part's name


def too_many(data: bytes, most: int) -> bool:
    """Say whether a zip's directory names more than so many parts, or is larger than they need, or is none.

    A file of 20 MB can have 400,000 entries, each an object of Python. Zip64 is for what no letter is.
    """
    at = data.rfind(_END, max(0, len(data) - _END_SIZE - _LONGEST_COMMENT))
    if at < 0 or len(data) < at + _END_SIZE:
        return False  # no zip at all: the library says so
    _, _, here, entries, size, _, _ = struct.unpack_from("<HHHHIIH", data, at + 4)
    return _END_64 in data[max(0, at - 200) : at] or max(here, entries) > most or size > most * _MOST_A_PART


def overlap(entries: Sequence[zipfile.ZipInfo], size: int) -> bool:
    """Say whether parts lie upon one another, or reach beyond a file of so many bytes: a bomb that has no size."""
    places = sorted((info.header_offset, info.compress_size + len(info.orig_filename.encode())) for info in entries)
    ends = [*(start for start, _ in places[1:]), size]
    return any(start + _LOCAL + length > end for (start, length), end in zip(places, ends, strict=True))
