"""Joins the JPEG strips of a TIFF page into one JPEG without decoding them.

Each strip is a JPEG of its own that leaves its tables to the directory (TIFF Technical Note 2), and begins its
prediction anew: just what the stretch between two restart markers is (T.81, B.2.4.4). So the strips' coded data one
after the other, with restart markers between, under one frame header of the full height, are the same picture.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

_HEIGHT, _STRIPS, _ROWS, _SIZES, _TABLES = 257, 273, 278, 279, 347
_SOF0, _SOS, _DRI = 0xC0, 0xDA, 0xDD
_LARGEST_INTERVAL = 0xFFFF


def join_strips(path: Path, tags: Mapping[int, Any]) -> bytes | None:
    """Return the page's strips as one JPEG, or None where they are not of the common kind (baseline, whole blocks)."""
    height, offsets = int(tags[_HEIGHT]), tags[_STRIPS]
    rows = min(int(tags.get(_ROWS, height)), height)
    with path.open("rb") as file:
        strips = []
        for offset, size in zip(offsets, tags[_SIZES], strict=True):
            file.seek(offset)
            strips.append(file.read(size))
    first = _segments(strips[0])
    if first is None:
        return None
    frame = next((body for kind, body in first if kind == _SOF0), None)
    scan = first[-1][1]
    if frame is None or len(strips) != -(-height // rows):
        return None
    interval = _blocks(frame, rows)
    if len(strips) > 1 and not 0 < interval <= _LARGEST_INTERVAL:
        return None
    parts = [b"\xff\xd8", bytes(tags.get(_TABLES, b""))[2:-2]]
    parts += [_segment(kind, body) for kind, body in first if kind not in (_SOF0, _SOS, _DRI)]
    parts += [_segment(_SOF0, frame[:1] + height.to_bytes(2, "big") + frame[3:])]
    parts += [_segment(_DRI, interval.to_bytes(2, "big"))] if len(strips) > 1 else []
    parts += [_segment(_SOS, scan)]
    for number, strip in enumerate(strips):
        data = _coded(strip)
        if data is None:
            return None
        parts += [data, bytes((0xFF, 0xD0 + number % 8)) if number + 1 < len(strips) else b"\xff\xd9"]
    return b"".join(parts)


def _segments(strip: bytes) -> list[tuple[int, bytes]] | None:
    """Return (marker, body) up to the start of the scan; None if that is not found."""
    found, at = [], 2
    while at + 4 <= len(strip) and strip[at] == 0xFF:
        kind, length = strip[at + 1], int.from_bytes(strip[at + 2 : at + 4], "big")
        found.append((kind, strip[at + 4 : at + 2 + length]))
        at += 2 + length
        if kind == _SOS:
            return found
    return None


def _coded(strip: bytes) -> bytes | None:
    """Return the coded data behind the scan header; None if it has restart markers of its own, or no end."""
    segments = _segments(strip)
    end = strip.rfind(b"\xff\xd9")
    if segments is None or end < 0 or any(kind == _DRI for kind, _ in segments):
        return None
    return strip[2 + sum(4 + len(body) for _, body in segments) : end]


def _blocks(frame: bytes, rows: int) -> int:
    """Return how many coded units a strip of *rows* holds; 0 if it does not end with a whole unit."""
    width, components = int.from_bytes(frame[3:5], "big"), frame[5]
    samplings = [frame[7 + 3 * n] for n in range(components)]
    across, down = (max(s >> 4 for s in samplings), max(s & 15 for s in samplings)) if components > 1 else (1, 1)
    if rows % (8 * down):
        return 0
    return -(-width // (8 * across)) * (rows // (8 * down))


def _segment(kind: int, body: bytes) -> bytes:
    return bytes((0xFF, kind)) + (len(body) + 2).to_bytes(2, "big") + body
