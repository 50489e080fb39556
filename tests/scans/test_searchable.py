"""The searchable PDF shows every page as it came, carries the words where they stand, and nothing that acts."""

import io
import runpy
import shutil
import subprocess
import time
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, RectangleObject
from scan_samples import (
    LINES,
    corpus,
    digital_pdf,
    entries,
    letter_image,
    needs_corpus,
    pdf_of,
    raw_pdf,
    saved,
    stream,
    with_attachment,
    with_password,
)
from thorough import slowly

from pipeline.scans.formats.kinds import sniff
from pipeline.scans.ocr.page_reading import read_page
from pipeline.scans.operations.inspection import open_scan
from pipeline.scans.pdf.searchable_pdf import build_searchable
from pipeline.scans.pdf.text_layer import font_program
from pipeline.scans.words import Page, Word

_ROOT = Path(__file__).resolve().parents[2]


def read(path) -> list[Page]:
    scan = open_scan(path, sniff(path))
    try:
        return [read_page(scan, index) for index in range(scan.pages)]
    finally:
        scan.close()


def built(path, pages=None) -> bytes:
    data = build_searchable(path, sniff(path), pages if pages is not None else read(path))
    assert data is not None
    return data


def said(*words: str, turned: int = 0, size=(595.0, 842.0)) -> Page:
    """Return a page on which the words were read, each in its own place."""
    boxes = [(0.12 + 0.2 * n, 0.1 + 0.1 * n, 0.27 + 0.2 * n, 0.12 + 0.1 * n) for n in range(len(words))]
    found = tuple(Word(word, box, 0.9, n) for n, (word, box) in enumerate(zip(words, boxes, strict=True)))
    return Page(1, *size, found, "\n".join(words), "ocr", turned)


def places(data: bytes, text: str) -> tuple[float, float, float, float]:
    """Return where pdfium finds the text: fractions of the page as a viewer shows it."""
    page = pypdfium2.PdfDocument(data)[0]
    textpage = page.get_textpage()
    start = textpage.get_text_range().index(text)
    letters = [textpage.get_charbox(place, loose=True) for place in range(start, start + len(text))]
    left, bottom, right, top = (end(box[n] for box in letters) for n, end in enumerate((min, min, max, max)))
    box, turn = page.get_cropbox(), page.get_rotation()
    x0, x1 = ((x - box[0]) / (box[2] - box[0]) for x in (left, right))
    y0, y1 = ((y - box[1]) / (box[3] - box[1]) for y in (bottom, top))
    seen = {
        0: (x0, 1 - y1, x1, 1 - y0),
        90: (y0, x0, y1, x1),
        180: (1 - x1, y0, 1 - x0, y1),
        270: (1 - y1, 1 - x1, 1 - y0, 1 - x0),
    }
    return seen[turn]


def drawn(data: bytes, index: int = 0) -> Image.Image:
    return pypdfium2.PdfDocument(data)[index].render(scale=1, grayscale=True).to_pil().convert("L")


def difference(one: Image.Image, other: Image.Image) -> float:
    return ImageStat.Stat(ImageChops.difference(one.convert("L"), other.convert("L").resize(one.size))).mean[0]


def test_the_words_can_be_copied_from_a_scan_by_every_program(tmp_path):
    data = built(pdf_of(letter_image(200), tmp_path / "a.pdf", dpi=200))
    (tmp_path / "b.pdf").write_bytes(data)

    texts = [
        PdfReader(io.BytesIO(data)).pages[0].extract_text(),
        pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range(),
    ]
    if shutil.which("pdftotext"):
        run = subprocess.run(
            ["pdftotext", "-layout", tmp_path / "b.pdf", "-"], capture_output=True, text=True, check=True
        )
        texts.append(run.stdout)

    for text in texts:
        for line in LINES[1:4]:
            assert " ".join(line.split()) in " ".join(text.split())


def test_letters_of_every_language_are_copied_right(tmp_path):
    path = pdf_of(letter_image(72), tmp_path / "a.pdf", dpi=72)

    text = PdfReader(io.BytesIO(built(path, [said("Ké’é—“ﬁ”", "𝒜lam", "(a\\b)")]))).pages[0].extract_text()

    assert "Ké’é—“ﬁ”" in text
    assert "(a\\b)" in text
    assert "\ufffdlam" in text


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("origin", [(0, 0), (-30, 50)])
def test_each_word_lies_on_its_picture_however_the_page_is_turned(tmp_path, rotate, turned, origin):
    path = pdf_of(letter_image(72), tmp_path / "a.pdf", dpi=72)
    writer = PdfWriter(clone_from=PdfReader(path))
    page = writer.pages[0]
    width, height = float(page.mediabox.width), float(page.mediabox.height)
    page.mediabox = page.cropbox = RectangleObject((*origin, origin[0] + width, origin[1] + height))
    page[NameObject("/Rotate")] = page.rotate(rotate)["/Rotate"]
    writer.write(path)

    data = built(path, [said("Kepada", "Aminah", "Merdeka", turned=turned)])

    assert PdfReader(io.BytesIO(data)).pages[0].rotation % 360 == (rotate + turned) % 360
    for n, text in enumerate(("Kepada", "Aminah", "Merdeka")):
        assert places(data, text) == pytest.approx(
            (0.12 + 0.2 * n, 0.1 + 0.1 * n, 0.27 + 0.2 * n, 0.12 + 0.1 * n), abs=0.012
        )


def test_a_page_filed_upside_down_is_shown_upright(tmp_path):
    path = saved(letter_image(150).rotate(180), tmp_path / "a.jpg", dpi=(150, 150))

    data = built(path)

    assert difference(letter_image(72), drawn(data)) < 6
    assert places(data, "Kepada")[:2] == pytest.approx((1 / 8.27, 1 / 11.69), abs=0.02)


@pytest.mark.parametrize(
    ("mode", "name", "options"),
    [
        ("L", "a.jpg", {"quality": 60}),
        ("RGB", "a.jpg", {"quality": 60}),
        ("CMYK", "a.jpg", {"quality": 60}),
        ("1", "a.png", {}),
        ("L", "a.png", {}),
        ("P", "a.png", {}),
        ("RGBA", "a.png", {}),
        ("1", "a.tif", {"compression": "group4"}),
        ("1", "b.tif", {}),
        ("L", "a.tif", {"compression": "jpeg"}),
        ("RGB", "a.tif", {"compression": "jpeg"}),
        ("YCbCr", "a.tif", {"compression": "jpeg", "tiffinfo": {278: 64}}),
        ("L", "a.tif", {"compression": "jpeg", "tiffinfo": {278: 1000}}),
        ("L", "a.tif", {"compression": "tiff_lzw"}),
        ("RGB", "a.tif", {"compression": "tiff_adobe_deflate"}),
    ],
)
def test_the_page_of_an_image_file_looks_like_the_image_and_is_not_much_larger(tmp_path, mode, name, options):
    image = letter_image(150).convert(mode)
    path = saved(image, tmp_path / name, dpi=(150, 150), **options)

    data = built(path, [said("Kepada")])

    assert difference(drawn(data), image.convert("RGB")) < 4
    assert len(data) < 1.3 * path.stat().st_size + 6000


def test_a_jpeg_is_carried_byte_for_byte(tmp_path):
    path = saved(letter_image(150), tmp_path / "a.jpg", dpi=(150, 150))

    assert path.read_bytes() in built(path, [said("Kepada")])


def test_the_picture_of_a_scanned_pdf_is_carried_byte_for_byte(tmp_path):
    path = pdf_of(letter_image(150), tmp_path / "a.pdf")
    picture = PdfReader(path).pages[0]["/Resources"]["/XObject"].values()
    before = next(iter(picture)).get_object()._data

    data = built(path)

    assert before in data
    assert len(data) < path.stat().st_size + 6000


def test_every_page_of_a_tiff_has_its_own_words(tmp_path):
    pages = [letter_image(150, (f"Halaman nomor {number} dari tiga",)) for number in (1, 2, 3)]
    path = saved(pages[0], tmp_path / "a.tif", save_all=True, append_images=pages[1:], dpi=(150, 150))

    reader = PdfReader(io.BytesIO(built(path)))

    assert [f"nomor {number}" in page.extract_text() for number, page in enumerate(reader.pages, 1)] == [True] * 3


def test_a_camera_picture_is_shown_as_the_camera_was_held(tmp_path):
    exif = Image.Exif()
    exif[0x112] = 6
    path = saved(letter_image(150).rotate(90, expand=True), tmp_path / "a.jpg", dpi=(150, 150), exif=exif)

    data = built(path)

    assert difference(letter_image(72), drawn(data)) < 6
    assert places(data, "Kepada")[:2] == pytest.approx((1 / 8.27, 1 / 11.69), abs=0.02)


@pytest.mark.parametrize(
    ("orientation", "name"),
    [  # a TIFF says it elsewhere; what is made of it is the same
        *((orientation, "a.jpg") for orientation in range(1, 9)),
        *((orientation, "a.tif") for orientation in (3, 6)),
        *(slowly(orientation, "a.tif") for orientation in (1, 2, 4, 5, 7, 8)),
    ],
)
def test_a_picture_is_shown_upright_however_it_was_stored(tmp_path, orientation, name):
    letter = letter_image(150)
    ways = {2: "FLIP_LEFT_RIGHT", 3: "ROTATE_180", 4: "FLIP_TOP_BOTTOM", 5: "TRANSPOSE", 6: "ROTATE_90"}
    way = {**ways, 7: "TRANSVERSE", 8: "ROTATE_270"}.get(orientation)
    stored = letter.transpose(Image.Transpose[way]) if way else letter
    exif = Image.Exif()
    exif[0x112] = orientation
    tags = {"exif": exif} if name == "a.jpg" else {"tiffinfo": {0x112: orientation}, "compression": "jpeg"}
    path = saved(stored, tmp_path / name, dpi=(150, 150), **tags)

    data = built(path)

    upright = letter_image(72)
    ways = [
        upright,
        *(upright.transpose(Image.Transpose[w]) for w in ("FLIP_LEFT_RIGHT", "FLIP_TOP_BOTTOM", "ROTATE_180")),
    ]
    assert min(ways, key=lambda way: difference(way, drawn(data))) is upright
    assert places(data, "Kepada")[:2] == pytest.approx((1 / 8.27, 1 / 11.69), abs=0.02)


def test_a_digital_letter_is_left_as_it_is(tmp_path):
    path = digital_pdf(tmp_path / "a.pdf")

    assert build_searchable(path, sniff(path), read(path)) is None


def test_what_acts_or_is_carried_inside_does_not_come_into_the_copy(tmp_path):
    button = (
        b"/Annots [<< /Subtype /Link /Rect [0 0 9 9] /A << /S /JavaScript /JS (x) >> >> << /Subtype /FileAttachment >>]"
    )
    shown = b"BT /F1 14 Tf 72 720 Td (Kepada Yth Kepala Kantor Wilayah) Tj ET"
    path = with_attachment(
        raw_pdf(tmp_path / "a.pdf", shown, page=button + b" /AA << /O << /S /Launch >> >>"), tmp_path / "b.pdf"
    )

    data = built(path)

    for sign in (b"JavaScript", b"EmbeddedFile", b"FileAttachment", b"Launch", b"/AA", b"MZ"):
        assert sign not in data
    assert "Kepala Kantor" in PdfReader(io.BytesIO(data)).pages[0].extract_text()


def test_a_note_that_only_shows_something_stays(tmp_path):
    stamp = b"/Annots [<< /Type /Annot /Subtype /Stamp /Rect [10 10 99 99] /Contents (DITERIMA) >>]"
    path = raw_pdf(tmp_path / "a.pdf", page=stamp)

    data = built(path, [said("Kepada")])

    assert PdfReader(io.BytesIO(data)).pages[0]["/Annots"][0].get_object()["/Contents"] == "DITERIMA"


def test_the_copy_of_an_encrypted_letter_is_open(tmp_path):
    data = built(with_password(digital_pdf(tmp_path / "a.pdf"), tmp_path / "b.pdf", ""))

    reader = PdfReader(io.BytesIO(data))
    assert not reader.is_encrypted
    assert "Siti Aminah" in reader.pages[0].extract_text()


def test_a_page_that_leaves_its_drawing_state_open_does_not_move_the_words(tmp_path):
    path = raw_pdf(tmp_path / "a.pdf", b"q 5 0 0 5 300 300 cm 1 0 0 rg 0 0 9 9 re f")

    assert places(built(path, [said("Kepada")]), "Kepada")[:2] == pytest.approx((0.12, 0.1), abs=0.01)


def test_nothing_of_the_words_is_seen(tmp_path):
    path = pdf_of(letter_image(72), tmp_path / "a.pdf", dpi=72)

    assert difference(drawn(path.read_bytes()), drawn(built(path, [said("Kepada", "Aminah")]))) == 0


def test_the_same_scan_gives_the_same_bytes(tmp_path):
    path = pdf_of(letter_image(72), tmp_path / "a.pdf", dpi=72)

    assert built(path, [said("Kepada")]) == built(path, [said("Kepada")])
    assert len(font_program()) < 1500


def test_the_kept_font_is_the_one_that_its_tool_makes():
    tool = runpy.run_path(str(_ROOT / "tools/draw_invisible_font.py"))

    assert tool["font"]() == font_program()


def test_laying_the_words_under_a_page_takes_little_time(tmp_path):
    page = letter_image(150)
    path = saved(page, tmp_path / "a.pdf", save_all=True, append_images=[page] * 9)
    words = tuple(Word("perlindungan", (0.1, 0.1 + n / 400, 0.3, 0.11 + n / 400), 0.9, n) for n in range(300))
    pages = [Page(number, 595, 842, words, "", "ocr") for number in range(1, 11)]
    started = time.process_time()

    built(path, pages)

    assert (time.process_time() - started) / 10 < 0.05


@needs_corpus
@pytest.mark.parametrize("entry", entries("accept/"))
def test_every_acceptable_file_of_the_corpus_becomes_a_sound_pdf(entry, tmp_path):
    path = corpus(entry)
    pages = [Page(n + 1, *_size(path, n), said("Kepada").words, "", "ocr") for n in range(_count(path))]

    data = built(path, pages)

    (tmp_path / "a.pdf").write_bytes(data)
    if shutil.which("qpdf"):
        subprocess.run(
            ["qpdf", "--check", tmp_path / "a.pdf"], check=path.name != "qp-damaged-stream.pdf", capture_output=True
        )
    assert len(PdfReader(io.BytesIO(data), strict=True).pages) == len(pages)
    assert places(data, "Kepada")[:2] == pytest.approx((0.12, 0.1), abs=0.01)
    assert len(data) < 1.25 * path.stat().st_size + 6000


def _count(path) -> int:
    return open_scan(path, sniff(path)).pages


def _size(path, index) -> tuple[float, float]:
    raster = open_scan(path, sniff(path)).raster(index)
    return raster.width, raster.height


@pytest.mark.parametrize("nonsense", ["/CropBox [0 0]", "/CropBox [/a 0 0 0]", "/Rotate (x)", "/Rotate 45"])
def test_a_page_whose_size_or_turn_makes_no_sense_is_made_searchable(tmp_path, nonsense):
    path = raw_pdf(tmp_path / "a.pdf", b"0 0 9 9 re f", page=nonsense.encode())

    assert "Halo" in PdfReader(io.BytesIO(built(path, [said("Halo")]))).pages[0].extract_text()


def test_the_words_of_a_page_without_a_size_lie_on_the_sheet_that_viewers_show(tmp_path):
    path = raw_pdf(tmp_path / "a.pdf", b"0 0 9 9 re f")
    path.write_bytes(path.read_bytes().replace(b"/MediaBox [0 0 595 842]", b"/MediaBox [0 0 0 0]    "))

    assert places(built(path, [said("Halo", size=(612, 792))]), "Halo")[0] == pytest.approx(0.12, abs=0.01)


@pytest.mark.parametrize("entry", [b"/Filter [6 0 R]", b"/ColorSpace 6 0 R"])
def test_a_picture_whose_entries_are_nonsense_is_carried_over_as_it_is(tmp_path, entry):
    image = stream(b"/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 " + entry, b"\x00")
    resources, nonsense = b"/XObject << /A 5 0 R >>", stream(b"", b"")
    path = raw_pdf(tmp_path / "a.pdf", b"/A Do", resources=resources, extra=(image, nonsense))

    assert "Halo" in PdfReader(io.BytesIO(built(path, [said("Halo")]))).pages[0].extract_text()
