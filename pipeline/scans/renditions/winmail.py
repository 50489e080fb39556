"""What lies in a ``winmail.dat``: Outlook packs attachments so, and only Outlook unpacks them ([MS-OXTNEF])."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.scans.renditions.content import Content, Writing
from pipeline.scans.renditions.mails import Opener, file_name
from pipeline.scans.renditions.plain_text import decoded

#: What one begins with (2.1.3.1), then a key of two bytes.
SIGNATURE = b"\x78\x9f\x3e\x22"
_KEY, _ATTRIBUTE, _CHECK = 2, 9, 2
#: Attributes that are read (2.1.3.2): the text, the mail's properties; an attachment begins; its short name, bytes and
#: properties.
_BODY, _MAIL = 0x0002800C, 0x00069003
_BEGINS, _TITLE, _DATA, _PROPERTIES = 0x00069002, 0x00018010, 0x0006800F, 0x00069005
#: Properties ([MS-OXPROPS]): the text; names of an attachment, and itself, as an object behind 16 bytes of its class.
_TEXT, _LONG_NAME, _NAME, _CONTENT, _CLASS = 0x1000, 0x3707, 0x3001, 0x3701, 16
#: Bytes of a property of each kind that has a length of its own (2.1.3.4), in steps of four.
_FIXED = {2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 10: 4, 11: 4, 20: 8, 64: 8, 72: 16}
_OBJECT, _WIDE = 13, 31
_VARIABLE, _NAMED, _MANY = frozenset((_OBJECT, 30, _WIDE, 258)), 0x8000, 0x1000
_MOST = 200


@dataclass(slots=True)
class _Attachment:
    name: str = ""
    data: bytes = b""


def content(data: bytes, opened: Opener, depth: int) -> Content:
    """Return what is in it; ``opened`` returns what an attachment says, or why it is not read. Nothing is raised."""
    writing, attached = Writing(), []
    for attribute, value in _attributes(data):
        if attribute == _BODY:
            writing.say(_text(value))
        elif attribute == _MAIL and not writing.blocks:
            writing.say("".join(_text(said, kind) for tag, kind, said in _properties(value) if tag == _TEXT))
        elif attribute == _BEGINS:
            attached.append(_Attachment())
        elif attached and attribute == _TITLE:
            attached[-1].name = attached[-1].name or _text(value)
        elif attached and attribute == _DATA:
            attached[-1].data = value
        elif attached and attribute == _PROPERTIES:
            _describe(attached[-1], value)
    for number, one in enumerate(attached[:_MOST], start=1):
        name = file_name(one.name) or f"lampiran-{number}"
        writing.enclose(name, opened(name, one.data, depth + 1) if one.data else "kosong", called="lampiran")
    return Content(tuple(writing.blocks), "dat", tuple(writing.unread))


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the attributes in their order, up to where the file is cut off."""
    at = len(SIGNATURE) + _KEY
    while at + _ATTRIBUTE <= len(data):
        attribute, length = struct.unpack_from("<II", data, at + 1)
        at += _ATTRIBUTE
        if at + length > len(data):
            return
        yield attribute, data[at : at + length]
        at += length + _CHECK


def _describe(attachment: _Attachment, value: bytes) -> None:
    """Take the long name of an attachment from its properties, and its bytes if they stand there."""
    shown = ""
    for tag, kind, data in _properties(value):
        if tag in (_NAME, _LONG_NAME):
            said = _text(data, kind)
            attachment.name, shown = (said, said) if tag == _LONG_NAME else (shown or said, shown)
        elif tag == _CONTENT and not attachment.data:
            attachment.data = data[_CLASS:] if kind == _OBJECT else data


def _properties(value: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Yield tag, kind and bytes of each property that has one value, up to where they are cut off or unknown."""
    at = 4
    try:
        for _ in range(struct.unpack_from("<I", value)[0]):
            kind, tag = struct.unpack_from("<HH", value, at)
            at += 4
            if tag >= _NAMED:  # a class, then a number or a name
                is_name, length = struct.unpack_from("<II", value, at + 16)
                at += 24 + (_padded(length) if is_name else 0)
            count = 1
            if kind & _MANY or kind in _VARIABLE:
                count, at = struct.unpack_from("<I", value, at)[0], at + 4
            for _number in range(count):
                if kind & ~_MANY in _VARIABLE:
                    length, at = struct.unpack_from("<I", value, at)[0], at + 4
                else:
                    length = _FIXED[kind & ~_MANY]
                if at + length > len(value):
                    return
                yield tag, kind, value[at : at + length]
                at += _padded(length)
    except (struct.error, KeyError):
        return


def _padded(length: int) -> int:
    return (length + 3) // 4 * 4


def _text(value: bytes, kind: int = 0) -> str:
    return decoded(value, "utf-16-le" if kind == _WIDE else "")[0].replace("\0", "")
