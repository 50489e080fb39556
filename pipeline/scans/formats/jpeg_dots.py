"""How many dots a JPEG has by its own head, and whether it goes over them more often than honest ones."""

from __future__ import annotations

import struct

#: Times that a JPEG may go over its dots: a progressive one of colour does ten times.
_MOST_SCANS = 12


def jpeg_dots(data: bytes) -> int | None:
    """Return the dots of a JPEG by its own head (ITU-T T.81, B.2.2); None if it goes over them too often."""
    at = 2
    while data[at : at + 1] == b"\xff" and len(data) > at + 9:
        kind, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if 0xC0 <= kind <= 0xC2:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return height * width if data.count(b"\xff\xda", at) <= _MOST_SCANS else None
        at += 2 + length
    return None
