"""What is burnt out of a copy is in none of its bytes, whoever reads them; every page is there, and nothing else is."""

from __future__ import annotations

import hashlib
import io
import re
import subprocess
import zlib

import pikepdf
import pypdfium2
import pytest
from fakes import MORNING
from other_programs import poppler
from PIL import Image, ImageChops
from pypdf import PdfReader, PdfWriter
from scan_samples import FileBlob, blank_pdf, digital_pdf, letter_image, raw_pdf, with_attachment, with_password

from pipeline.access.identities import secrets_of
from pipeline.drawing.engines.pdfa_check import marks
from pipeline.errors import Refused
from pipeline.redaction.areas import Area, PageText, areas_around
from pipeline.redaction.engines.confined_redactor import ConfinedRedactor
from pipeline.redaction.strip import strip
from pipeline.redaction.suggestions import suggestions
from pipeline.scans.refusals import Limits

FIELDS = {"pelapor": [{"nama": "Siti Rekaan", "nik": "1771010101010001", "alamat": "Jalan Contoh 5"}]}
LINES = ("Yang mengadu: Siti Rekaan", "NIK 1771010101010001, Jalan Contoh 5", "melaporkan pagar di tanahnya.")
HIDDEN = ("Siti", "Rekaan", "1771010101010001", "Contoh 5")
SAID = strip("0001/YANKOMAS/2026", "Dewi Umpama, Kabid", MORNING, "Bahan jawaban instansi", "Kantor Contoh")


@pytest.fixture(scope="module")
def redactor():
    engine = ConfinedRedactor(Limits())
    yield engine
    engine.close()


@pytest.fixture
def source(tmp_path):
    """Three pages with names in the text, in metadata, in a note, in a file inside, and written white upon white."""
    page = digital_pdf(tmp_path / "satu.pdf", LINES)
    white = raw_pdf(tmp_path / "putih.pdf", b"1 g BT /F1 14 Tf 72 500 Td (Siti Rekaan tak tampak) Tj ET")
    writer = PdfWriter()
    for part in (page, white, page):
        writer.append(part)
    writer.add_metadata({"/Title": "Aduan Siti Rekaan", "/Author": "Siti Rekaan"})
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Contents="dari Siti Rekaan")
    made = io.BytesIO()
    writer.write(made)
    with pikepdf.open(made) as pdf:
        note.Rect = [10, 10, 40, 40]
        pdf.pages[0].Annots = pdf.make_indirect(pikepdf.Array([pdf.make_indirect(note)]))
        pdf.save(tmp_path / "catatan.pdf")
    return FileBlob(with_attachment(tmp_path / "catatan.pdf", tmp_path / "sumber.pdf"))


def covered(redactor, blob) -> tuple[list[Area], bytes]:
    """The areas of all that is suggested, and the copy."""
    pages = redactor.words(blob)
    found = suggestions(tuple(map(PageText, pages)), [secrets_of(FIELDS)])
    areas = [area for one in found for area in areas_around(one.run, pages)]
    return areas, redactor.redacted(blob, areas, SAID, "Salinan yang disamarkan").data


def everything_in(pdf: bytes) -> bytes:
    """The bytes of a file, and of each of its streams unpacked."""
    packed = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    unpacked = []
    for data in packed:
        try:
            unpacked.append(zlib.decompress(data))
        except zlib.error:
            unpacked.append(data)
    return b"\n".join([pdf, *unpacked])


def test_what_is_covered_can_be_read_by_no_program(redactor, source, tmp_path):
    _, made = covered(redactor, source)

    (tmp_path / "salinan.pdf").write_bytes(made)
    with pypdfium2.PdfDocument(made) as document:
        by_pdfium = "".join(page.get_textpage().get_text_range() for page in document)
    by_pypdf = "".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)
    by_strings = subprocess.run(["strings", "-a", tmp_path / "salinan.pdf"], capture_output=True, text=True, check=True)
    unpacked = everything_in(made)
    for text in (poppler(made, tmp_path), by_pypdf, by_pdfium, by_strings.stdout):
        assert not [word for word in HIDDEN if word in text]
    assert not [word for word in HIDDEN if word.encode() in unpacked or word.encode("utf-16-be") in unpacked]
    assert "SALINAN YANG DISAMARKAN" in by_pypdf  # what is read is our own strip
    assert "melaporkan" not in by_pypdf


def test_every_page_is_there_and_nothing_else(redactor, source):
    _, made = covered(redactor, source)

    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert len(pdf.pages) == 3
        assert not {"/Names", "/AcroForm", "/OpenAction", "/AA", "/Outlines"} & set(pdf.Root.keys())
        assert not any("/Annots" in page for page in pdf.pages)
        assert pdf.docinfo["/Title"] == "Salinan yang disamarkan"
    assert marks(made) == []


def test_under_an_area_is_one_colour_and_beside_it_the_page_as_it_was(redactor, source):
    areas, made = covered(redactor, source)

    with pypdfium2.PdfDocument(made) as document, pypdfium2.PdfDocument(source.path) as before:
        low = float(document[0].get_height()) - float(before[0].get_height())
        shown = document[0].render(scale=2, crop=(0, low, 0, 0)).to_pil().convert("L")
        original = before[0].render(scale=2).to_pil().convert("L").resize(shown.size)
    wide, high = shown.size
    rest = ImageChops.difference(shown, original)
    on_first = [area.box for area in areas if area.page == 1]
    assert len(on_first) == 3
    for left, top, right, bottom in on_first:
        place = (int(left * wide) + 2, int(top * high) + 2, int(right * wide) - 2, int(bottom * high) - 2)
        assert shown.crop(place).getextrema()[1] < 30
        rest.paste(0, (place[0] - 8, place[1] - 8, place[2] + 8, place[3] + 8))
    assert sum(rest.histogram()[129:]) < 0.002 * wide * high


def test_the_same_page_with_other_words_under_the_areas_is_the_same_copy(redactor, tmp_path):
    """If nothing of what was there is in the bytes, they cannot differ by it."""
    box = Area(1, (0.1, 0.05, 0.9, 0.3))
    texts = [("Siti Rekaan", "melapor"), ("Orang lain sama sekali", "diam")]
    made = [
        redactor.redacted(FileBlob(digital_pdf(tmp_path / f"{n}.pdf", lines)), [box], SAID, "Salinan").data
        for n, lines in enumerate(texts)
    ]

    assert hashlib.sha256(made[0]).digest() == hashlib.sha256(made[1]).digest()


def test_pages_of_a_picture_are_covered_as_they_are_seen(redactor, tmp_path):
    sheet = letter_image(100)
    sheet.save(tmp_path / "dua.tif", save_all=True, append_images=[sheet], dpi=(100, 100))
    turned = sheet.rotate(90, expand=True)
    exif = Image.Exif()
    exif[0x112] = 6  # to be shown turned by a quarter
    turned.save(tmp_path / "foto.jpg", exif=exif, dpi=(100, 100))

    several = redactor.words(FileBlob(tmp_path / "dua.tif"))
    made = redactor.redacted(FileBlob(tmp_path / "foto.jpg"), [Area(1, (0.0, 0.0, 1.0, 0.5))], SAID, "Salinan").data

    assert [page.number for page in several] == [1, 2]
    with pypdfium2.PdfDocument(made) as document:
        shown = document[0].render(scale=1).to_pil().convert("L")
    assert shown.height > shown.width
    assert shown.crop((5, 5, shown.width - 5, shown.height // 3)).getextrema()[1] < 30


def test_what_is_locked_broken_or_acts_is_refused_in_words(redactor, tmp_path):
    good = digital_pdf(tmp_path / "baik.pdf")
    cut = tmp_path / "putus.pdf"
    cut.write_bytes(good.read_bytes()[: good.stat().st_size // 2])
    acts = raw_pdf(tmp_path / "isi.pdf", root=b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>")
    locked = with_password(good, tmp_path / "terkunci.pdf", "rahasia")
    found = {}
    for path in (cut, acts, locked, blank_pdf(tmp_path / "banyak.pdf", 101)):
        for ask in (redactor.words, lambda blob: redactor.redacted(blob, [Area(1, (0, 0, 1, 1))], SAID, "Salinan")):
            with pytest.raises(Refused) as fault:
                ask(FileBlob(path))
            found[path.stem] = fault.value.code

    assert found["terkunci"] == "terkunci"
    assert found["isi"] == "isi-aktif"
    assert found["banyak"] == "terlalu-besar"
    assert found["putus"] in ("rusak", "terpotong")


@pytest.mark.parametrize(
    "page",
    [
        b"",
        b"/Rotate 90",
        b"/Rotate 180",
        b"/Rotate 270",
        b"/CropBox [50 300 500 800]",
        b"/Rotate 90 /CropBox [9 9 580 830]",
    ],
)
def test_areas_lie_where_the_words_are_seen_however_the_page_is_turned_or_cropped(redactor, tmp_path, page):
    """The name is red, and nothing else is: afterwards nothing is."""
    words = b"0 g (mengadu ) Tj 1 0 0 rg (Siti Rekaan) Tj 0 g ( tentang tanah) Tj"
    blob = FileBlob(raw_pdf(tmp_path / "merah.pdf", b"BT /F1 14 Tf 72 600 Td " + words + b" ET", page=page))

    _, made = covered(redactor, blob)

    for data, red in ((blob.path.read_bytes(), True), (made, False)):
        with pypdfium2.PdfDocument(data) as document:
            reds, greens, _ = document[0].render(scale=2).to_pil().convert("RGB").split()
        assert (ImageChops.subtract(reds, greens).getextrema()[1] > 60) is red
