"""Scans made on the spot, and seeded damage to them: what broken scanners, bad cables and ill will make of a file."""

from __future__ import annotations

import io
import random
import zlib
from collections.abc import Iterator

from PIL import Image, ImageDraw
from pypdf import PdfReader, PdfWriter

#: Numbers at which parsers stumble.
_EDGES = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)
_WORDS = (
    b"/Type",
    b"/Length",
    b"/Filter",
    b"/Kids",
    b"/Count",
    b"/Width",
    b"/Height",
    b"/Root",
    b"obj",
    b"stream",
    b"xref",
)
_PDF_TALK = (
    b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>",
    b"/Kids [2 0 R 2 0 R]",
    b"/Count 99999999",
    b"/Width 60000 /Height 60000",
    b"/Filter [/FlateDecode /FlateDecode /FlateDecode]",
    b"/Length 4294967295",
    b"[" * 2000,
    b"/Encrypt << /Filter /Standard /V 5 /R 6 >>",
    b"/Names << /EmbeddedFiles 1 0 R >>",
)


def samples() -> dict[str, bytes]:
    """Return small sound scans of every kind that the inbox takes."""
    page = _page("Perihal: Pengaduan")
    scan = _saved(page, "PDF", resolution=100)
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(scan)))
    writer.encrypt("", owner_password="pemilik", algorithm="RC4-128")
    locked = io.BytesIO()
    writer.write(locked)
    return {
        "satu.pdf": scan,
        "dua.pdf": _saved(page, "PDF", resolution=100, save_all=True, append_images=[_page("Halaman dua")]),
        "terkunci.pdf": locked.getvalue(),
        "asli.pdf": _digital(),
        "foto.jpg": _saved(page, "JPEG", dpi=(100, 100), quality=80),
        "foto-bertahap.jpg": _saved(page.convert("RGB"), "JPEG", dpi=(100, 100), progressive=True),
        "gambar.png": _saved(page, "PNG", dpi=(100, 100)),
        "palet.png": _saved(page.convert("P"), "PNG", dpi=(100, 100)),
        "mentah.tif": _saved(page, "TIFF", dpi=(100, 100)),
        "faks.tif": _saved(page.convert("1"), "TIFF", dpi=(100, 100), compression="group4"),
        "dua.tif": _saved(
            page, "TIFF", dpi=(100, 100), compression="tiff_lzw", save_all=True, append_images=[_page("Halaman dua")]
        ),
    }


def mutants(seed: int, count: int) -> Iterator[tuple[str, bytes]]:
    """Yield that many damaged files with their names; the same seed gives the same files."""
    chance, sound = random.Random(seed), samples()
    names = sorted(sound)
    for number in range(count):
        name = names[number % len(names)]
        data = bytearray(sound[name])
        for _ in range(chance.choice((1, 1, 2, 4, 12))):
            data = _damage(data, chance, sound)
        yield f"{number:05}-{name}", bytes(data)


def _damage(data: bytearray, chance: random.Random, sound: dict[str, bytes]) -> bytearray:
    at = chance.randrange(len(data) + 1)
    length = min(len(data) - at, chance.choice((1, 2, 4, 16, 64, 1024)))
    match chance.randrange(9):
        case 0 | 1 if at < len(data):
            data[at] ^= 1 << chance.randrange(8)
        case 2:
            size = chance.choice((1, 2, 4))
            data[at : at + size] = (chance.choice(_EDGES) % 256**size).to_bytes(size, chance.choice(("big", "little")))
        case 3:
            del data[at : at + length]
        case 4:
            data[at:at] = data[at : at + length] * chance.choice((1, 2, 50))
        case 5:
            other = sound[chance.choice(sorted(sound))]
            start = chance.randrange(len(other))
            data[at : at + length] = other[start : start + length]
        case 6:
            data = data[: max(16, at)]
        case 7:
            word = chance.choice(_WORDS)
            if places := [n for n in range(len(data)) if data.startswith(word, n)]:
                where = chance.choice(places)
                data[where : where + len(word)] = chance.choice(_PDF_TALK)
        case _:
            data[at:at] = bytes(chance.randrange(256) for _ in range(length))
    return data or bytearray(b"\0")


def _page(text: str) -> Image.Image:
    """Draw a small sheet with one line: what matters is how it is packed, and reading it takes little time."""
    sheet = Image.new("L", (420, 300), 245)
    ImageDraw.Draw(sheet).text((30, 40), text, fill=20, font_size=26)
    return sheet


def _saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.copy().save(out, format=kind, **options)  # Pillow leaves the settings of one save behind for the next
    return out.getvalue()


def _digital() -> bytes:
    """Return a PDF of text with a compressed stream and a cross-reference table."""
    text = zlib.compress(b"BT /F1 14 Tf 72 200 Td (Dengan hormat, saya mengadu) Tj ET")
    bodies = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 250] /Contents 4 0 R /Resources << /Font << /F1 << "
        b"/Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Filter /FlateDecode /Length %d >> stream\n" % len(text) + text + b"\nendstream",
    )
    data, offsets = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, 1):
        offsets.append(len(data))
        data += b"%d 0 obj %s endobj\n" % (number, body)
    start = len(data)
    data += b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in offsets)
    return data + b"trailer << /Root 1 0 R /Size 5 >>\nstartxref\n%d\n%%%%EOF\n" % start
