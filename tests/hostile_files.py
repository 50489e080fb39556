"""Hostile files of ten kinds, made by a seeded generator: what somebody with time and the source puts into an inbox.

Each kind asks much of one part of a reader for little of the sender: forms drawn in forms, trees of pages, tables of
objects that lead nowhere, streams within streams, colours that are computed, patterns without end, fonts that draw
fonts, pictures that swell, profiles of colour, and files that are mostly holes. All are invented here.
"""

from __future__ import annotations

import random
import struct
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

PAGE = b"/Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]"
_CHUNK = 2**20


@dataclass(frozen=True, slots=True)
class Hostile:
    """A file by its name and bytes; beyond them it is holes up to ``length`` bytes."""

    name: str
    data: bytes
    length: int = 0

    def drop(self, folder: Path) -> Path:
        """Write it as a scanner does: under its name, in one go."""
        path = folder / self.name
        with path.open("wb") as out:
            out.write(self.data)
            if self.length:
                out.truncate(self.length)
        return path


def hostile_files(seed: int, each: int = 20) -> Iterator[Hostile]:
    """Yield *each* files of every kind in turn; the same seed gives the same files."""
    chance = random.Random(seed)
    for number in range(each):
        for kind, make in KINDS.items():
            data, end, length = make(chance)
            yield Hostile(f"{kind}-{number:02}.{end}", data, length)


Made = tuple[bytes, str, int]


def pdf(bodies: Sequence[bytes], *, trailer: bytes = b"", prev: bytes = b"") -> bytes:
    """Return a PDF whose objects are numbered from 1, the first of them its root."""
    data, offsets = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(bodies, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start, size = len(data), len(bodies) + 1
    data += b"xref\n0 %d\n0000000000 65535 f \n" % size + b"".join(b"%010d 00000 n \n" % place for place in offsets)
    data += b"trailer << /Root 1 0 R /Size %d %b %b >>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, prev, start)
    return bytes(data)


def stream(entries: bytes, data: bytes, *, times: int = 1) -> bytes:
    """Return a stream object's body, deflated so many times."""
    for _ in range(times):
        data = zlib.compress(data, 9)
    filters = b" ".join([b"/FlateDecode"] * times)
    return b"<< %b /Filter [%b] /Length %d >> stream\n%b\nendstream" % (entries, filters, len(data), data)


def shown(content: bytes, resources: bytes, *more: bytes, pages: int = 1) -> bytes:
    """Return a PDF whose pages all draw *content* with *resources*; *more* are its objects from number 5 on."""
    page = b"<< %b /Contents 4 0 R /Resources << %b >> >>" % (PAGE, resources)
    tree = b"<< /Type /Pages /Kids [%b] /Count %d >>" % (b"3 0 R " * pages, pages)
    return pdf((b"<< /Type /Catalog /Pages 2 0 R >>", tree, page, stream(b"", content), *more))


def nested_forms(chance: random.Random) -> Made:
    """Forms that draw the next one several times, so that the drawing grows as a power; or themselves."""
    depth, times = chance.randrange(6, 24), chance.choice((1, 2, 3, 10, 40))
    last = 4 + depth
    forms = []
    for number in range(5, last + 1):
        after = number + 1 if number < last else chance.choice((5, last))
        drawn = b"/F Do " * times if after != number or chance.random() < 0.5 else b"0 0 500 500 re f " * 999
        forms.append(
            stream(
                b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /F %d 0 R >> >>" % after,
                drawn,
            )
        )
    pages = chance.choice((1, 1, 30, 500))
    return shown(b"/F Do " * times, b"/XObject << /F 5 0 R >>", *forms, pages=pages), "pdf", 0


def page_trees(chance: random.Random) -> Made:
    """Trees of pages that are deep, turn in circles, count what is not there, or share one costly page."""
    root = b"<< /Type /Catalog /Pages 2 0 R >>"
    match chance.randrange(5):
        case 0:
            deep = chance.choice((50, 2_000, 30_000))
            nodes = [
                b"<< /Type /Pages /Kids [%d 0 R] /Count 1 /Parent %d 0 R >>" % (n + 1, n - 1) for n in range(2, deep)
            ]
            made = pdf((root, *nodes, b"<< /Type /Page /MediaBox [0 0 9 9] /Parent %d 0 R >>" % (deep - 1)))
        case 1:
            made = pdf((root, b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 >>", b"<< /Type /Pages /Kids [2 0 R] >>"))
        case 2:
            count = chance.choice((-1, 2**31 - 1, 2**63, 10**30))
            made = pdf((root, b"<< /Type /Pages /Kids [3 0 R] /Count %d >>" % count, b"<< %b >>" % PAGE))
        case 3:
            nodes = [
                b"<< /Type /Pages /Kids [%b] /Count %d >>" % (b"%d 0 R " % (n + 1) * 10, 10**9) for n in range(2, 11)
            ]
            made = pdf((root, *nodes, b"<< %b >>" % PAGE))
        case _:
            costly = b"".join(
                b"%.2f %.2f m %.2f %.2f %.2f %.2f %.2f %.2f c S " % tuple(chance.uniform(0, 595) for _ in range(8))
                for _ in range(chance.choice((200, 4_000)))
            )
            made = shown(b"[0.01 0.01] 0 d 9 w " + costly, b"", pages=chance.choice((100, 500)))
    return made, "pdf", 0


def cross_references(chance: random.Random) -> Made:
    """Tables of objects whose forerunners are themselves, each other, very many, or beyond all bounds."""
    plain = shown(b"0 0 9 9 re f", b"")
    start = int(plain.rsplit(b"startxref\n", 1)[1].split()[0])
    match chance.randrange(5):
        case 0:
            return plain.replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev %d" % start), "pdf", 0
        case 1:
            return plain.replace(b"/Root 1 0 R", b"/Root 1 0 R /XRefStm %d" % start), "pdf", 0
        case 2:
            data = bytearray(plain)
            for _ in range(chance.choice((500, 20_000))):
                here = len(data)
                data += b"xref\n0 0\ntrailer << /Root 1 0 R /Size 5 /Prev %d >>\n" % start
                data += b"startxref\n%d\n%%%%EOF\n" % here
                start = here
            return bytes(data), "pdf", 0
        case 3:
            widths = chance.choice((b"[8 8 8]", b"[0 0 0]", b"[1 900000000 1]", b"[-1 2 1]"))
            table = stream(b"/Type /XRef /Size %d /W %b /Root 1 0 R" % (2**31 - 1, widths), bytes(10**6))
            here = plain.rindex(b"xref\n0")
            return plain[:here] + b"9 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (table, here), "pdf", 0
        case _:
            return plain.replace(b"xref\n0 5", b"xref\n0 %d" % chance.choice((10**9, 2**32, 2**63))), "pdf", 0


def streams_in_streams(chance: random.Random) -> Made:
    """Streams of objects without end or within themselves; what was deflated again and again swells."""
    root = b"<< /Type /Catalog /Pages 2 0 R >>"
    tree, page = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", b"<< %b /Contents 4 0 R >>" % PAGE
    match chance.randrange(4):
        case 0:
            swollen = stream(b"", b"0 0 m " * chance.choice((10**5, 10**7)), times=chance.choice((1, 2, 3)))
            made = pdf((root, tree, page, swollen))
        case 1:
            table = stream(
                b"/Type /ObjStm /N %d /First 10 /Extends 4 0 R" % chance.choice((3, 10**8)), b"4 0 4 0 " * 99
            )
            made = pdf((root, tree, page, table))
        case 2:
            arrays = b"[" * chance.choice((500, 100_000))
            made = pdf((root, tree, b"<< %b /Contents 4 0 R /Resources %b >>" % (PAGE, arrays), stream(b"", b"")))
        case _:
            parts = b"4 0 R " * chance.choice((1_000, 50_000))
            page = b"<< %b /Contents [%b] >>" % (PAGE, parts)
            made = pdf((root, tree, page, stream(b"", b"0 0 1 1 re f " * 1_000)))
    return made, "pdf", 0


def shadings(chance: random.Random) -> Made:
    """Colours that are computed for every dot by a long program, or by functions within functions."""
    program = b"{ %b pop }" % (b"dup sin exch cos mul " * chance.choice((10, 400)))
    rule = stream(b"/FunctionType 4 /Domain [0 1 0 1] /Range [0 1]", program)
    shade = b"<< /ShadingType 1 /ColorSpace /DeviceGray /Domain [0 1 0 1] /Matrix [595 0 0 842 0 0] /Function 6 0 R >>"
    if chance.random() < 0.3:
        many = chance.choice((100, 20_000))
        patch = b"".join(b"\0" + chance.randbytes(52) for _ in range(many))
        shade = stream(
            b"/ShadingType 7 /ColorSpace /DeviceGray /BitsPerCoordinate 16 /BitsPerComponent 16 /BitsPerFlag 8"
            b" /Decode [0 595 0 842 0 1]",
            patch,
        )
    times = chance.choice((1, 20, 400))
    pages = chance.choice((1, 40, 500))
    return shown(b"/S sh " * times, b"/Shading << /S 5 0 R >>", shade, rule, pages=pages), "pdf", 0


def tilings(chance: random.Random) -> Made:
    """Patterns laid in steps of next to nothing, within patterns."""
    step = chance.choice((b"0.001", b"0.05", b"1", b"0", b"-0.0001"))
    depth = chance.randrange(1, 5)
    patterns = []
    for number in range(5, 5 + depth):
        inside = b"/Pattern cs /P scn 0 0 600 900 re f" if number < 4 + depth else b"0 0 1 1 re f"
        patterns.append(
            stream(
                b"/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 2 2] /XStep %b /YStep %b"
                b" /Resources << /Pattern << /P %d 0 R >> >>" % (step, step, number + 1),
                inside,
            )
        )
    content = b"/Pattern cs /P scn 0 0 595 842 re f"
    return shown(content, b"/Pattern << /P 5 0 R >>", *patterns, pages=chance.choice((1, 60))), "pdf", 0


def fonts(chance: random.Random) -> Made:
    """Fonts whose letters are drawn with the font itself, whose programs call themselves, or are no fonts."""
    if chance.random() < 0.5:
        glyph = stream(b"", b"1000 0 d0 BT /F 1 Tf (%b) Tj ET" % (b"a" * chance.choice((2, 30))))
        font = (
            b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 97"
            b" /LastChar 97 /Widths [1000] /Encoding << /Type /Encoding /Differences [97 /a] >>"
            b" /CharProcs << /a 6 0 R >> /Resources << /Font << /F 5 0 R >> >> >>"
        )
        more = (font, glyph)
    else:
        junk = chance.choice((b"\0\1\0\0", b"OTTO", b"true", b"%!PS-AdobeFont-1.0")) + chance.randbytes(20_000)
        font = b"<< /Type /Font /Subtype /TrueType /BaseFont /X /FontDescriptor 6 0 R /Widths [%b] >>" % (
            b"9 " * chance.choice((1, 200_000))
        )
        more = (font, b"<< /Type /FontDescriptor /FontName /X /Flags 4 /FontFile2 7 0 R >>", stream(b"", junk))
    text = b"BT /F 12 Tf 50 700 Td (%b) Tj ET" % (b"a" * chance.choice((10, 5_000)))
    return shown(text, b"/Font << /F 5 0 R >>", *more, pages=chance.choice((1, 100))), "pdf", 0


def pictures(chance: random.Random) -> Made:
    """Pictures that a few bytes call enormous, in every compression, alone or in a PDF."""
    side = chance.choice((9_000, 30_000, 65_500, 2**31 - 1))
    junk = chance.randbytes(chance.choice((40, 5_000)))
    match chance.randrange(6):
        case 0:
            head = struct.pack(">IIBBBBB", side, side, 8, chance.choice((0, 6)), 0, 0, 0)
            return b"\x89PNG\r\n\x1a\n" + _png(b"IHDR", head) + _png(b"IDAT", _zeros()) + _png(b"IEND", b""), "png", 0
        case 1:
            sides = struct.pack(">HH", min(side, 65_500), min(side, 65_500))
            frame = b"\xff\xc2\0\x0b\x08" + sides + b"\x01\x01\x11\0"
            return b"\xff\xd8" + frame + b"\xff\xda\0\x08\x01\x01\0\0\x3f\0" + junk + b"\xff\xd9", "jpg", 0
        case 2:
            return _tiff(side, chance.choice((1, 3, 4, 5, 7, 8)), junk, loops=chance.random() < 0.5), "tif", 0
    kind = chance.choice((b"/JBIG2Decode", b"/JPXDecode", b"/CCITTFaxDecode", b"/DCTDecode", b"/LZWDecode"))
    parameters = b"/DecodeParms << /K -1 /Columns %d /Rows %d >>" % (side, side) if kind == b"/CCITTFaxDecode" else b""
    if kind == b"/JPXDecode":
        junk = (
            b"\xff\x4f\xff\x51\0\x29\0\0" + struct.pack(">8IH3B", side, side, 0, 0, side, side, 0, 0, 1, 7, 1, 1) + junk
        )
    looks = b"/Width %d /Height %d /BitsPerComponent 1 /ColorSpace /DeviceGray" % (side, side)
    packed = b"/Filter %b %b /Length %d" % (kind, parameters, len(junk))
    picture = b"<< /Type /XObject /Subtype /Image %b %b >> stream\n%b\nendstream" % (looks, packed, junk)
    content, pages = b"595 0 0 842 0 0 cm /I Do", chance.choice((1, 50))
    return shown(content, b"/XObject << /I 5 0 R >>", picture, pages=pages), "pdf", 0


def colour_profiles(chance: random.Random) -> Made:
    """Profiles of colour that are huge or rubbish, and spaces of colour that stand for spaces of colour."""
    if chance.random() < 0.5:
        profile = bytearray(chance.randbytes(chance.choice((128, 200_000))))
        profile[0:4], profile[12:24], profile[36:40] = struct.pack(">I", 2**31), b"mntrRGB XYZ ", b"acsp"
        space = stream(b"/N %d /Alternate /DeviceRGB" % chance.choice((3, 999_999)), bytes(profile))
        spaces: tuple[bytes, ...] = (b"[/ICCBased 6 0 R]", space)
    else:
        deep = chance.choice((5, 500))
        tint = b"<< /FunctionType 2 /Domain [0 1] /C0 [0] /C1 [1] /N 1 >>"
        spaces = (
            *(b"[/Separation /X%d %d 0 R %d 0 R]" % (n, n + 1, 5 + deep) for n in range(5, 5 + deep)),
            tint,
        )
    picture = stream(
        b"/Type /XObject /Subtype /Image /Width 4000 /Height 4000 /BitsPerComponent 8 /ColorSpace 5 0 R",
        bytes(16 * 10**6),
    )
    resources = b"/ColorSpace << /C 5 0 R >> /XObject << /I %d 0 R >>" % (5 + len(spaces))
    content = b"/C cs 0.5 scn 0 0 595 842 re f 595 0 0 842 0 0 cm /I Do"
    return shown(content, resources, *spaces, picture, pages=chance.choice((1, 30))), "pdf", 0


def holes(chance: random.Random) -> Made:
    """Files that are mostly holes: they say that they are far larger than what was written."""
    length = chance.choice((2**29, 10**9, 60 * 10**9, 10**12))
    data, end = chance.choice(
        (
            (b"%PDF-1.7\n", "pdf"),
            (shown(b"", b""), "pdf"),
            (_tiff(100, 1, b"x", loops=True), "tif"),
            (b"\xff\xd8\xff\xe0", "jpg"),
            (b"", "pdf"),
        )
    )
    return data, end, length


KINDS: dict[str, Callable[[random.Random], Made]] = {
    "bentuk": nested_forms,
    "pohon": page_trees,
    "silang": cross_references,
    "aliran": streams_in_streams,
    "bayang": shadings,
    "ubin": tilings,
    "huruf": fonts,
    "gambar": pictures,
    "warna": colour_profiles,
    "lubang": holes,
}


def _png(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _zeros() -> bytes:
    """Return 200 MB of nothing, deflated."""
    squeeze = zlib.compressobj(9)
    return b"".join(squeeze.compress(bytes(_CHUNK)) for _ in range(200)) + squeeze.flush()


def _tiff(side: int, compression: int, data: bytes, *, loops: bool) -> bytes:
    """Return a TIFF of one strip; with *loops* its directory is followed by itself."""
    entries = (
        (256, 4, side),
        (257, 4, side),
        (258, 3, 8),
        (259, 3, compression),
        (262, 3, 1),
        (273, 4, 8),
        (278, 4, side),
        (279, 4, len(data)),
    )
    at = 8 + len(data)
    table = struct.pack("<H", len(entries))
    for tag, kind, value in entries:
        table += struct.pack("<HHI", tag, kind, 1) + struct.pack("<I", value & 0xFFFFFFFF)
    return b"II*\0" + struct.pack("<I", at) + data + table + struct.pack("<I", at if loops else 0)
