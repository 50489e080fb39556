"""A text layer that was there before is kept if it is good and replaced if it is not; scans are marked PDF/A-2."""

import io

import pypdfium2
import pytest
from PIL import Image, ImageChops
from pypdf import PdfReader
from scan_samples import LINES, digital_pdf, letter_image, pdf_of, raw_pdf, saved, stream

from pipeline.drawing.engines import pdfa_check
from pipeline.drawing.engines.pdfa_marks import colour_profile
from pipeline.scans.formats.kinds import sniff
from pipeline.scans.ocr.page_reading import read_page
from pipeline.scans.operations.inspection import open_scan
from pipeline.scans.pdf.searchable_pdf import build_searchable
from pipeline.scans.words import Page, Word

WORDS = (Word("Kepada", (0.12, 0.08, 0.3, 0.1), 0.9, 0),)
OLD = b"BT /F1 14 Tf 72 720 Td (Kepala Kantnr Wilayuh Pengadvan lama) Tj ET"
NEW = Page(1, 595, 842, WORDS, "Kepada", "ocr")


def layered(path, before: bytes = b"", after: bytes = b"", form: bytes = b"", image: Image.Image | None = None):
    """Save a page-filling picture with text drawn before it, after it, or in a form."""
    out = io.BytesIO()
    (image or letter_image(150)).save(out, format="JPEG")
    entries = b"/Type /XObject /Subtype /Image /Width 1240 /Height 1754 /BitsPerComponent 8 /ColorSpace /DeviceGray "
    picture = stream(entries + b"/Filter /DCTDecode", out.getvalue())
    font = b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
    layer = stream(b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] " + font, form)
    content = before + b" q 595 0 0 842 0 0 cm /A Do Q " + after + (b" /B Do" if form else b"")
    things = b"/XObject << /A 5 0 R " + (b"/B 6 0 R >>" if form else b">>")
    return raw_pdf(path, content, resources=things, extra=(picture, layer))


def copy_of(path, page: Page = NEW) -> bytes:
    data = build_searchable(path, sniff(path), [page])
    assert data is not None
    return data


def said(data: bytes) -> str:
    return PdfReader(io.BytesIO(data)).pages[0].extract_text()


def shown(source) -> Image.Image:
    return pypdfium2.PdfDocument(source)[0].render(scale=1).to_pil()


@pytest.mark.parametrize("layer", ["after", "before", "form"])
def test_an_old_layer_is_replaced_and_the_page_looks_the_same(tmp_path, layer):
    text = OLD if layer == "before" else b"q 3 Tr " + OLD + b" Q"
    path = layered(tmp_path / "a.pdf", **{layer: text})

    data = copy_of(path)

    assert said(path.read_bytes()).count("Kantnr") == 1
    assert "Kantnr" not in said(data)
    assert "Kepada" in said(data)
    assert ImageChops.difference(shown(path), shown(data)).getbbox() is None


def test_text_that_can_be_seen_on_a_scan_stays(tmp_path):
    path = layered(tmp_path / "a.pdf", after=OLD)

    data = copy_of(path)

    assert "Kantnr" in said(data)
    assert ImageChops.difference(shown(path), shown(data)).getbbox() is None


def good_layer() -> bytes:
    """Return the letter's text, invisible, where the picture shows it."""
    lines = (f"1 0 0 1 72 {842 - 72 * (1 + 0.35 * n) - 13:.1f} Tm ({line}) Tj" for n, line in enumerate(LINES))
    return f"BT /F1 14 Tf 3 Tr {' '.join(lines)} ET".encode()


def test_a_good_layer_over_a_scan_is_kept_and_the_file_is_left_as_it_is(tmp_path):
    path = layered(tmp_path / "a.pdf", after=good_layer())

    page = read_page(open_scan(path, sniff(path)), 0)

    assert page.source == "lapisan"
    assert LINES[3] in page.text
    assert build_searchable(path, sniff(path), [page]) is None


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        (b"Kepada Yth. Kepala", b"Kepads Vth, Kepa1a"),
        (b"Dengan hormat, saya menyampaikan", b"Denqan bormat, soya menyampoikan"),
    ],
)
def test_a_layer_with_wrong_letters_is_found_out(tmp_path, wrong, right):
    path = layered(tmp_path / "a.pdf", after=good_layer().replace(wrong, right).replace(b"a", b"o"))

    assert read_page(open_scan(path, sniff(path)), 0).source == "ocr"


def test_a_layer_of_the_first_lines_only_is_found_out(tmp_path):
    path = layered(tmp_path / "a.pdf", after=good_layer()[: good_layer().index(b"(Alamat")] + b" ET")

    assert read_page(open_scan(path, sniff(path)), 0).source == "ocr"


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.tif", "a.pdf"])
def test_what_was_rebuilt_from_pictures_is_marked_as_pdf_a(tmp_path, name):
    image = letter_image(150)
    path = tmp_path / name
    _ = pdf_of(image, path) if name.endswith("pdf") else saved(image, path, dpi=(150, 150))

    data = copy_of(path)

    assert pdfa_check.marks(data) == []
    assert copy_of(path) == data


def test_a_scan_whose_old_layer_was_taken_away_is_marked_too(tmp_path):
    path = layered(tmp_path / "a.pdf", after=b"3 Tr " + OLD)

    assert pdfa_check.marks(copy_of(path)) == []


def test_colours_of_print_shops_are_not_marked(tmp_path):
    path = saved(letter_image(150).convert("CMYK"), tmp_path / "a.jpg", dpi=(150, 150))

    assert pdfa_check.marks(copy_of(path)) != []


def test_a_page_with_letters_of_its_own_is_not_marked(tmp_path):
    assert pdfa_check.marks(copy_of(digital_pdf(tmp_path / "a.pdf"))) != []


def test_the_colour_profile_is_the_same_every_time_and_says_rgb():
    assert colour_profile()[16:20] == b"RGB "
    assert colour_profile()[36:40] == b"acsp"
