"""Walks the directories of a TIFF file (TIFF 6.0, section 2) to see whether everything they point at is there."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.scans.formats.byte_source import ByteSource

_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
_COMPRESSION, _STRIPS, _STRIP_SIZES, _TILES, _TILE_SIZES = 259, 273, 279, 324, 325
_UNCOMPRESSED = 1
_MOST_DIRECTORIES = 10_000
_MOST_STRIPS = 1_000_000
_UNFILLED = bytes(16)

_Order = str
_Directory = dict[int, list[int]]


def tiff_gap(source: ByteSource) -> str:
    """Return what the TIFF lacks (Indonesian), or nothing if all directories and their image data lie in the file."""
    order: _Order = "little" if source.at(0, 2) == b"II" else "big"
    at = _number(source.at(4, 4), order)
    seen: set[int] = set()
    strips = 0
    while at:
        if at in seen or len(seen) >= _MOST_DIRECTORIES:
            return "daftar halaman TIFF berputar tanpa akhir"
        seen.add(at)
        directory = _directory(source, at, order)
        if directory is None:
            return "gambar TIFF belum lengkap (daftar halaman terpotong)"
        strips += len(directory.get(_STRIPS, ())) + len(directory.get(_TILES, ()))
        if strips > _MOST_STRIPS or not _filled(source, directory):
            return "gambar TIFF belum lengkap (isi halaman terpotong)"
        at = directory[0][0]
    return "" if strips else "gambar TIFF tidak berisi halaman"


def _number(data: bytes, order: _Order) -> int:
    return int.from_bytes(data, "little" if order == "little" else "big")


def _directory(source: ByteSource, at: int, order: _Order) -> _Directory | None:
    """Return the values of the tags we need, and under 0 where the next directory is; None if it is cut off."""
    count = _number(source.at(at, 2), order)
    table = source.at(at + 2, count * 12 + 4)
    if not count or len(table) < count * 12 + 4:
        return None
    directory: _Directory = {0: [_number(table[-4:], order)]}
    for start in range(0, count * 12, 12):
        entry = table[start : start + 12]
        tag = _number(entry[:2], order)
        if tag in (_COMPRESSION, _STRIPS, _STRIP_SIZES, _TILES, _TILE_SIZES):
            values = _values(source, entry, order)
            if values is None:
                return None
            directory[tag] = values
    return directory


def _values(source: ByteSource, entry: bytes, order: _Order) -> list[int] | None:
    width = _SIZES.get(_number(entry[2:4], order), 0)
    count = _number(entry[4:8], order)
    if not width or not count or count > _MOST_STRIPS:
        return None
    data = entry[8:12] if width * count <= 4 else source.at(_number(entry[8:12], order), width * count)
    if len(data) < width * count:
        return None
    return [_number(data[i : i + width], order) for i in range(0, width * count, width)]


def _filled(source: ByteSource, directory: _Directory) -> bool:
    """Say whether every strip and tile lies in the file, and a compressed one is more than a place kept free."""
    compressed = directory.get(_COMPRESSION, [_UNCOMPRESSED])[0] != _UNCOMPRESSED
    for offset, size in _pieces(directory):
        if not offset or offset >= source.size or offset + size > source.size:
            return False
        if compressed and size >= len(_UNFILLED) and source.at(offset, len(_UNFILLED)) == _UNFILLED:
            return False
    return bool(directory.get(_STRIPS) or directory.get(_TILES))


def _pieces(directory: _Directory) -> Iterator[tuple[int, int]]:
    for offsets, sizes in ((_STRIPS, _STRIP_SIZES), (_TILES, _TILE_SIZES)):
        lengths = directory.get(sizes, [])
        for index, offset in enumerate(directory.get(offsets, [])):
            yield offset, lengths[index] if index < len(lengths) else 0
