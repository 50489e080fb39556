"""Messages between us and a child process: a JSON header and raw byte blobs, each with its length before it.

Nothing is ever unpickled: a child that hostile bytes have taken over can send us wrong words, never code.

A message is ``YKM1``, the header's length (4 bytes, big endian), the header, then the blobs. The header is
``{"blobs": [lengths], "body": …}``.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

MAGIC = b"YKM1"
LARGEST_HEADER = 32 * 2**20
LARGEST_BLOBS = 400 * 2**20
_PREFIX = struct.Struct(">4sI")


class BadMessage(Exception):
    """The other side does not keep to the form, or said more than it may."""


@dataclass(frozen=True, slots=True)
class Message:
    """A body of plain JSON values, and byte blobs beside it."""

    body: Any
    blobs: tuple[bytes, ...] = ()


#: What a child does when it is asked: from arguments and byte blobs, its answer.
Operation = Callable[[Mapping[str, Any], tuple[bytes, ...]], Message]


def pack(body: Any, blobs: Sequence[bytes] = ()) -> bytes:
    """Return the message as bytes.

    Raises:
        BadMessage: it is larger than :data:`LARGEST_HEADER` or :data:`LARGEST_BLOBS` allow.
    """
    header = json.dumps({"blobs": [len(b) for b in blobs], "body": body}, separators=(",", ":")).encode()
    if len(header) > LARGEST_HEADER or sum(map(len, blobs)) > LARGEST_BLOBS:
        raise BadMessage("message too large")
    return b"".join((_PREFIX.pack(MAGIC, len(header)), header, *blobs))


def unpack(read: Callable[[int], bytes]) -> Message:
    """Read one message with *read*, which returns exactly the number of bytes it is asked for.

    Raises:
        BadMessage: the bytes are not a message, or announce more than the limits; nothing large was read then.
    """
    magic, length = _PREFIX.unpack(read(_PREFIX.size))
    if magic != MAGIC or length > LARGEST_HEADER:
        raise BadMessage("not a message")
    try:
        header = json.loads(read(length))
        sizes, body = header["blobs"], header["body"]
    except (ValueError, KeyError, TypeError, RecursionError) as fault:
        raise BadMessage("header cannot be understood") from fault
    if not isinstance(sizes, list) or not all(type(size) is int and size >= 0 for size in sizes):
        raise BadMessage("blob sizes are not sizes")
    if sum(sizes) > LARGEST_BLOBS:
        raise BadMessage("message too large")
    return Message(body, tuple(read(size) for size in sizes))
