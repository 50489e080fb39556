"""Small scans made on the spot, and the shared collections where they lie."""

import contextlib
import hashlib
import io
import json
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
needs_corpus = pytest.mark.skipif(not (SHARED / "corpus").is_dir(), reason="the shared corpus is not on this machine")
needs_letters = pytest.mark.skipif(
    not (SHARED / "letters").is_dir(), reason="the shared letters are not on this machine"
)

LINES = (
    "Kepada Yth. Kepala Kantor Wilayah",
    "Hal: Pengaduan dugaan pelanggaran",
    "Nama: Siti Aminah",
    "Alamat: Jalan Merdeka Nomor 12",
    "Dengan hormat, saya menyampaikan",
    "bahwa tanah keluarga kami diambil",
    "tanpa ganti rugi yang layak.",
    "Demikian pengaduan ini saya buat.",
)


def blank_pdf(path: Path, pages: int = 2) -> Path:
    """A PDF of blank pages that is not as large as any paper."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(300, 400)
    writer.write(path)
    return path


class FileBlob:
    """A file on disk as the Blob port wants it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = path.name
        self.size = path.stat().st_size
        self.sha256 = hashlib.sha256(path.read_bytes()).hexdigest()

    @contextlib.contextmanager
    def local(self):
        yield self.path


def entries(folder: str) -> list:
    """Return the corpus entries under *folder* as pytest parameters; none if the corpus is not here."""
    manifest = SHARED / "corpus" / "manifest.json"
    if not manifest.is_file():
        return []
    found = json.loads(manifest.read_text(encoding="utf-8"))["entries"]
    return [pytest.param(entry, id=Path(entry["path"]).name) for entry in found if entry["path"].startswith(folder)]


def corpus(entry: dict) -> Path:
    return SHARED / "corpus" / entry["path"]


def letter_image(dpi: int = 150, lines: tuple[str, ...] = LINES) -> Image.Image:
    """Draw a letter on a sheet of A4, grey."""
    page = Image.new("L", (round(8.27 * dpi), round(11.69 * dpi)), 245)
    pen = ImageDraw.Draw(page)
    font = ImageFont.load_default(size=14 * dpi / 72)
    for number, line in enumerate(lines):
        pen.text((dpi, dpi * (1 + 0.35 * number)), line, font=font, fill=20)
    return page


def saved(image: Image.Image, path: Path, **options) -> Path:
    image.save(path, **options)
    return path


def pdf_of(image: Image.Image, path: Path, dpi: int = 150, rotate: int = 0) -> Path:
    """Save a PDF whose only page is the picture (as JPEG)."""
    out = io.BytesIO()
    image.save(out, format="PDF", resolution=dpi)
    writer = PdfWriter(clone_from=PdfReader(out))
    if rotate:
        writer.pages[0].rotate(rotate)
    writer.write(path)
    return path


def digital_pdf(path: Path, lines: tuple[str, ...] = LINES) -> Path:
    """Save a PDF with its own text in a standard font."""
    shown = " ".join(f"({line}) Tj 0 -22 Td" for line in lines)
    return raw_pdf(path, f"BT /F1 14 Tf 72 720 Td {shown} ET".encode())


def raw_pdf(
    path: Path,
    content: bytes = b"",
    *,
    root: bytes = b"",
    page: bytes = b"",
    resources: bytes = b"",
    extra: tuple[bytes, ...] = (),
) -> Path:
    """Save a one-page PDF by hand: *content* drawn, the rest put into those dictionaries."""
    bodies = (
        b"<< /Type /Catalog /Pages 2 0 R " + root + b" >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << " + resources + b" /Font "
        b"<< /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> " + page + b" >>",
        stream(b"", content),
        *extra,
    )
    data, offsets = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, 1):
        offsets.append(len(data))
        data += b"%d 0 obj %s endobj\n" % (number, body)
    start, size = len(data), len(bodies) + 1
    data += b"xref\n0 %d\n0000000000 65535 f \n" % size + b"".join(b"%010d 00000 n \n" % place for place in offsets)
    data += b"trailer << /Root 1 0 R /Size %d >>\nstartxref\n%d\n%%%%EOF\n" % (size, start)
    path.write_bytes(data)
    return path


def stream(entries: bytes, data: bytes) -> bytes:
    """Return a PDF stream object's body."""
    return b"<< " + entries + b" /Length %d >> stream\n" % len(data) + data + b"\nendstream"


def with_attachment(source: Path, path: Path) -> Path:
    writer = PdfWriter(clone_from=PdfReader(source))
    writer.add_attachment("lampiran.exe", b"MZ")
    writer.write(path)
    return path


def with_password(source: Path, path: Path, password: str) -> Path:
    writer = PdfWriter(clone_from=PdfReader(source))
    writer.encrypt(password, owner_password="pemilik", algorithm="RC4-128")
    writer.write(path)
    return path


def script(code: str = "app.alert(1)") -> DictionaryObject:
    return DictionaryObject({NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject(code)})
