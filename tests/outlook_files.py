"""Files as Outlook writes them: compound files ([MS-CFB]), mails in them (.msg), attachments as winmail.dat."""

from __future__ import annotations

import struct

_SECTOR, _MINI, _CUTOFF = 512, 64, 4096
_FREE, _END, _FAT_SECTOR, _NOBODY = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF


def compound(streams):
    """Return a compound file with these streams by their paths."""
    names = {"": (5, b"")}
    for path, data in streams.items():
        parts = path.split("/")
        names.update({"/".join(parts[:n]): (1, b"") for n in range(1, len(parts))})
        names[path] = (2, data)
    order, within = list(names), dict[str, list[str]]()
    for path in filter(None, order):
        within.setdefault(path.rpartition("/")[0], []).append(path)
    large, mini, mini_fat, fat, starts = b"", b"", [], [], {}
    for path, (_kind, data) in names.items():
        if not data:
            starts[path] = _END
        elif len(data) < _CUTOFF:
            starts[path] = len(mini_fat)
            mini_fat += _chain(len(mini_fat), -(-len(data) // _MINI))
            mini += _padded(data, _MINI)
        else:
            starts[path] = len(fat)
            fat += _chain(len(fat), -(-len(data) // _SECTOR))
            large += _padded(data, _SECTOR)

    def placed(data):
        nonlocal large
        if not data:
            return _END
        start = len(fat)
        fat.extend(_chain(start, -(-len(data) // _SECTOR)))
        large += _padded(data, _SECTOR)
        return start

    starts[""] = placed(mini)
    mini_fat_at = placed(_numbers(mini_fat))
    places = {path: number for number, path in enumerate(order)}
    chains = [zip(inside, _after(inside, places), strict=True) for inside in within.values()]
    links = {path: place for chain in chains for path, place in chain}
    first = {path: places[inside[0]] for path, inside in within.items() if names[path][0] != 2}
    directory_at = placed(
        b"".join(
            _entry(path, names[path], (links.get(path, _NOBODY), first.get(path, _NOBODY)), starts[path], len(mini))
            for path in order
        )
    )
    count = -(-(len(fat) + 2) * 4 // _SECTOR) + 1
    fats = list(range(len(fat), len(fat) + count))
    body = large + _padded(_numbers(fat + [_FAT_SECTOR] * count), _SECTOR, b"\xff").ljust(count * _SECTOR, b"\xff")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIII", 0, count, directory_at, 0, _CUTOFF)
    head += struct.pack("<IIII", mini_fat_at, -(-len(mini_fat) * 4 // _SECTOR), _END, 0)
    return head + _numbers(fats + [_FREE] * (109 - count)) + body


def _chain(start, count):
    return [*range(start + 1, start + count), _END]


def _numbers(values):
    return struct.pack(f"<{len(values)}I", *values)


def _padded(data, size, fill=b"\0"):
    return data + fill * (-len(data) % size)


def _after(inside, places):
    """Return the places of those behind each in a storage; behind the last stands nobody."""
    return [*(places[path] for path in inside[1:]), _NOBODY]


def _entry(path, said, links, start, mini):
    """Return an entry of the directory: what stands behind it in its storage, and first in it, by their places."""
    kind, data = said
    name = ("Root Entry" if kind == 5 else path.rpartition("/")[2]).encode("utf-16-le") + b"\0\0"
    return (
        name.ljust(64, b"\0")
        + struct.pack("<HBB", len(name), kind, 1)
        + _numbers([_NOBODY, *links])
        + bytes(36)
        + struct.pack("<IQ", start, mini if kind == 5 else len(data))
    )


def message(texts, attached=(), *, within="", narrow=False):
    """Return the streams of a mail: its properties by tag, and what is attached: name, and bytes or another mail."""
    before = f"{within}/" if within else ""
    streams = {f"{before}__properties_version1.0": bytes(24 if within else 32)}
    for tag, text in texts.items():
        if isinstance(text, bytes):
            streams[f"{before}__substg1.0_{tag:04X}0102"] = text
        else:
            kind, alphabet = ("001E", "cp1252") if narrow else ("001F", "utf-16-le")
            streams[f"{before}__substg1.0_{tag:04X}{kind}"] = text.encode(alphabet)
    for number, (name, data) in enumerate(attached):
        at = f"{before}__attach_version1.0_#{number:08X}"
        streams[f"{at}/__properties_version1.0"] = bytes(8)
        streams[f"{at}/__substg1.0_3707001F"] = name.encode("utf-16-le")
        if isinstance(data, bytes):
            streams[f"{at}/__substg1.0_37010102"] = data
        else:
            streams |= message(*data, within=f"{at}/__substg1.0_3701000D")
    return streams


def winmail(*attached, text=b""):
    """Return a winmail.dat with attachments: name, bytes."""
    out = b"\x78\x9f\x3e\x22\x01\x00" + (_attribute(0x0002800C, text) if text else b"")
    for name, data in attached:
        long = name.encode("utf-16-le") + b"\0\0"
        told = struct.pack("<IHHII", 1, 31, 0x3707, 1, len(long)) + _padded(long, 4)
        out += _attribute(0x00069002, bytes(14)) + _attribute(0x00018010, b"SURAT~1.DOC\0")
        out += _attribute(0x0006800F, data) + _attribute(0x00069005, told)
    return out


def _attribute(which, data):
    return b"\x02" + struct.pack("<II", which, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)
