"""A page becomes a grey picture as it was filed, and its words are read where they stand."""

import io
import random
import re
import tracemalloc

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps
from scan_samples import LINES, corpus, digital_pdf, entries, letter_image, needs_corpus, pdf_of, raw_pdf, saved, stream
from thorough import slowly

from pipeline.errors import EngineMissing
from pipeline.scans.formats.kinds import sniff
from pipeline.scans.imaging.background import is_blank, normalised
from pipeline.scans.imaging.raster import WORKING_DPI
from pipeline.scans.ocr import tesseract
from pipeline.scans.ocr.colon_columns import with_colons
from pipeline.scans.ocr.facing_pages import in_reading_order
from pipeline.scans.ocr.page_reading import read_page
from pipeline.scans.ocr.recognised_words import RecognisedWords, in_rows
from pipeline.scans.ocr.tesseract import find_tessdata, recognise
from pipeline.scans.operations.inspection import open_scan
from pipeline.scans.words import Word


def opened(path):
    return open_scan(path, sniff(path))


def page_of(path, index=0):
    scan = opened(path)
    try:
        return read_page(scan, index)
    finally:
        scan.close()


def folded(text: str) -> str:
    return re.sub(r"[^\w ]", "", " ".join(text.split())).lower()


def dark_corner(image: Image.Image) -> tuple[int, int]:
    """Return in which quarter (column, row) of the picture the mark stands."""
    halves = [(x, y) for x in (0, 1) for y in (0, 1)]
    width, height = image.width // 2, image.height // 2
    return min(halves, key=lambda at: sum(_quarter(image, at, width, height).histogram()[128:]))


def _quarter(image, at, width, height):
    return image.crop((at[0] * width, at[1] * height, (at[0] + 1) * width, (at[1] + 1) * height))


def marked(mode: str = "L", size=(620, 877)) -> Image.Image:
    """Return a white page with a black mark in its upper left corner."""
    page = Image.new("L", size, 255)
    ImageDraw.Draw(page).rectangle((40, 40, 200, 160), fill=0)
    return page.convert(mode)


@pytest.mark.parametrize(
    ("image", "name", "options"),
    [
        (marked("L"), "a.jpg", {}),
        (marked("RGB"), "a.jpg", {}),
        (marked("CMYK"), "a.jpg", {}),
        (marked("1"), "a.png", {}),
        (marked("P"), "a.png", {}),
        (marked("I;16").point(lambda v: v * 256), "a.png", {}),
        (marked("1"), "a.tif", {"compression": "group4"}),
        (marked("L"), "a.tif", {"compression": "jpeg"}),
        (marked("RGB"), "a.tif", {"compression": "tiff_lzw"}),
        (marked("CMYK"), "a.tif", {}),
    ],
    ids=lambda value: getattr(value, "mode", None) or str(value),
)
def test_black_stays_black_and_white_stays_white_in_every_kind_of_picture(tmp_path, image, name, options):
    grey = opened(saved(image, tmp_path / name, **options)).raster(0).image

    assert grey.mode == "L"
    assert grey.getpixel((grey.width * 100 // 620, grey.height * 100 // 877)) < 40
    assert grey.getpixel((grey.width - 40, grey.height - 40)) > 215


def test_what_is_transparent_is_white_paper(tmp_path):
    page = Image.new("RGBA", (620, 877), (0, 0, 0, 0))
    ImageDraw.Draw(page).rectangle((40, 40, 200, 160), fill=(0, 0, 0, 255))

    grey = opened(saved(page, tmp_path / "a.png")).raster(0).image

    assert grey.getpixel((grey.width - 40, grey.height - 40)) == 255
    assert dark_corner(grey) == (0, 0)


@pytest.mark.parametrize(("name", "options"), [("a.jpg", {}), ("a.tif", {}), ("b.tif", {"compression": "jpeg"})])
@pytest.mark.parametrize(("orientation", "corner"), [(1, (0, 0)), (3, (1, 1)), (6, (1, 0)), (8, (0, 1))])
def test_the_orientation_that_a_camera_notes_is_honoured(tmp_path, name, options, orientation, corner):
    if name.endswith("tif"):
        options = {**options, "tiffinfo": {0x112: orientation}}
    else:
        exif = Image.Exif()
        exif[0x112] = orientation
        options = {**options, "exif": exif}

    raster = opened(saved(marked(), tmp_path / name, dpi=(150, 150), **options)).raster(0)

    assert dark_corner(raster.image) == corner
    assert (raster.width > raster.height) == (orientation in (6, 8))
    assert (raster.image.width > raster.image.height) == (raster.width > raster.height)


@pytest.mark.parametrize(("rotate", "corner"), [(0, (0, 0)), (90, (1, 0)), (180, (1, 1)), (270, (0, 1))])
def test_a_pdf_page_is_drawn_as_a_viewer_turns_it(tmp_path, rotate, corner):
    for image in (marked("L"), marked("1")):  # decoded directly, and drawn by pdfium
        raster = opened(pdf_of(image, tmp_path / "a.pdf", dpi=75, rotate=rotate)).raster(0)

        assert dark_corner(raster.image) == corner
        assert (raster.width > raster.height) == (rotate in (90, 270))


@pytest.mark.parametrize(
    ("dpi", "sheet"), [*((dpi, (4.13, 5.83)) for dpi in (100, 150, 200, 300, 600)), slowly(600, (8.27, 11.69))]
)
def test_pages_are_brought_to_the_working_resolution(tmp_path, dpi, sheet):
    page = Image.new("L", tuple(round(side * dpi) for side in sheet), 245)

    for path in (saved(page, tmp_path / "a.jpg", dpi=(dpi, dpi)), pdf_of(page, tmp_path / "a.pdf", dpi=dpi)):
        raster = opened(path).raster(0)

        assert raster.dpi == pytest.approx(WORKING_DPI, rel=0.02)
        assert (raster.width, raster.height) == pytest.approx([side * 72 for side in sheet], abs=2)


@pytest.mark.parametrize("options", [{}, {"dpi": (72, 72)}, {"dpi": (1, 1)}])
def test_a_picture_without_a_believable_resolution_is_taken_for_a_sheet_of_a4(tmp_path, options):
    raster = opened(saved(Image.new("L", (3000, 4243), 255), tmp_path / "a.jpg", **options)).raster(0)

    assert raster.height == pytest.approx(842, abs=2)


@pytest.mark.parametrize("shade", [255, 235])
def test_an_empty_page_is_blank_and_one_line_of_writing_is_not(shade):
    page = Image.new("L", (1240, 1754), shade)
    assert is_blank(page)

    ImageDraw.Draw(page).text((200, 200), "Siti Aminah", fill=40, font_size=24)
    assert not is_blank(page)


def back_of(front: Image.Image, strength: float) -> Image.Image:
    """Return the empty back of a sheet: punched, specked, the front showing through from its other side."""
    paper = Image.new("L", front.size, 240)
    seen = ImageOps.mirror(front).filter(ImageFilter.GaussianBlur(1.2))
    back = Image.blend(paper, ImageChops.multiply(paper, seen), strength)
    pen = ImageDraw.Draw(back)
    for y in (0.38, 0.62):
        middle = round(y * back.height)
        pen.ellipse((60, middle - 17, 94, middle + 17), fill=50)
    for speck in range(20):
        pen.point((300 + 37 * speck, 200 + 61 * speck), fill=90)
    return back


def test_the_engine_opens_no_file_for_its_remarks():
    recognise(letter_image(75), 75)

    assert tesseract._reader().GetVariableAsString("debug_file") == ""


def test_a_long_scan_takes_no_more_memory_than_a_short_one(tmp_path):
    noise = [Image.effect_noise((620, 877), 90) for _ in range(8)]
    scan = opened(saved(noise[0], tmp_path / "a.pdf", save_all=True, append_images=noise[1:], resolution=75))
    one_picture = (tmp_path / "a.pdf").stat().st_size // len(noise)

    tracemalloc.start()
    held = []
    for index in range(len(noise)):
        scan.raster(index)
        held.append(tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()

    assert held[-1] - held[1] < one_picture


def test_an_empty_back_with_holes_specks_and_a_faint_front_showing_through_is_blank():
    assert is_blank(back_of(letter_image(150), 0.15))


def test_a_front_that_shows_through_strongly_is_not_read_as_the_backs_own_text(tmp_path):
    back = back_of(letter_image(150), 0.35)
    assert not is_blank(back)

    page = page_of(saved(back, tmp_path / "a.png", dpi=(150, 150)))

    assert (page.source, page.words) == ("kosong", ())


def test_a_page_with_more_text_than_any_sheet_holds_is_read_as_it_looks(tmp_path):
    page = page_of(digital_pdf(tmp_path / "a.pdf", ("3 Mei 2025 " * 700,) * 10))

    assert page.source != "lapisan"
    assert len(page.words) < 5000


def test_a_faint_letter_is_read_and_not_taken_for_what_shows_through(tmp_path):
    faint = letter_image(150).point(lambda shade: 235 - (255 - shade) // 3)

    page = page_of(saved(faint, tmp_path / "a.png", dpi=(150, 150)))

    assert folded(LINES[0]) in folded(page.text)


def noisy(page: Image.Image) -> Image.Image:
    dots = random.Random(2).randbytes(page.width * page.height)
    return ImageChops.subtract(page, Image.frombytes("L", page.size, dots).point(lambda shade: shade // 6))


def pale_letter(ink: float) -> Image.Image:
    """Return a soft copy whose ink is so much (0..1) of black."""
    soft = letter_image(200).filter(ImageFilter.GaussianBlur(1.2))
    return soft.point(lambda shade: round(245 - (245 - shade) * ink))


def upper_half(page: Image.Image) -> Image.Image:
    """Return the half on which the letter's text stands: reading noise takes long."""
    return page.crop((0, 0, page.width, page.height // 2))


def test_a_pale_copy_with_noise_is_read_and_not_passed_over(tmp_path):
    pale = noisy(upper_half(pale_letter(0.28)))

    page = page_of(saved(pale, tmp_path / "a.png", dpi=(200, 200)))

    assert folded(LINES[0]) in folded(page.text)


def test_a_letter_too_pale_to_have_ink_is_read_all_the_same(tmp_path):
    pale = noisy(upper_half(pale_letter(0.18)))
    assert is_blank(pale)

    page = page_of(saved(pale, tmp_path / "a.png", dpi=(200, 200)))

    assert folded(LINES[0]) in folded(page.text)


@pytest.mark.parametrize("ink", [slowly(0.1), slowly(0.18), 0.28])
def test_a_noisy_back_through_which_the_front_shows_is_blank(tmp_path, ink):
    back = noisy(ImageOps.mirror(upper_half(pale_letter(ink))))

    page = page_of(saved(back, tmp_path / "a.png", dpi=(200, 200)))

    assert (page.source, page.words) == ("kosong", ())


def test_writing_in_shadow_comes_out_on_white_paper():
    page = letter_image(150)
    shadow = Image.linear_gradient("L").resize(page.size).point(lambda shade: 60 + shade // 3)

    white = normalised(ImageChops.multiply(page, shadow))

    assert white.getpixel((40, 40)) > 235
    assert white.getpixel((40, page.height - 40)) > 235
    assert folded(LINES[0]) in folded(recognise(white, 150).text)


def test_a_page_on_white_paper_is_left_alone():
    page = letter_image(150)

    assert normalised(page) is page


def test_a_sheet_laid_skewed_is_read_with_all_its_lines(tmp_path):
    skewed = letter_image(150).rotate(3, fillcolor=245, resample=Image.Resampling.BICUBIC)

    page = page_of(saved(skewed, tmp_path / "a.png", dpi=(150, 150)))

    assert [folded(line) for line in page.text.split("\n") if line] == [folded(line) for line in LINES]


def test_a_blank_page_is_said_to_be_blank(tmp_path):
    page = page_of(saved(Image.new("L", (1240, 1754), 250), tmp_path / "a.jpg", dpi=(150, 150)))

    assert (page.source, page.words, page.text) == ("kosong", (), "")


def test_a_scanned_letter_is_read_with_its_words_in_their_places(tmp_path):
    page = page_of(saved(letter_image(200), tmp_path / "a.jpg", dpi=(200, 200)))

    assert (page.source, page.turned) == ("ocr", 0)
    for line in LINES:
        assert folded(line) in folded(page.text)
    name = next(word for word in page.words if word.text == "Aminah")
    assert 0.1 < name.box[0] < name.box[2] < 0.6
    assert name.box[1] == pytest.approx((1 + 0.35 * 2) / 11.69, abs=0.01)
    assert name.confidence > 0.7
    assert [word.line for word in page.words] == sorted(word.line for word in page.words)


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_page_laid_wrongly_is_read_and_its_words_stand_where_they_do_once_it_is_turned(tmp_path, rotation):
    sideways = letter_image(150).rotate(-rotation, expand=True)

    page = page_of(saved(sideways, tmp_path / "a.png", dpi=(150, 150)))

    assert page.turned == (360 - rotation) % 360
    assert (page.width, page.height) == pytest.approx((595, 842), abs=2)
    assert folded(LINES[0]) in folded(page.text)
    first = next(word for word in page.words if word.text == "Kepada")
    assert first.box[0] == pytest.approx(1 / 8.27, abs=0.02)
    assert first.box[1] == pytest.approx(1 / 11.69, abs=0.02)


def test_a_page_with_good_text_of_its_own_is_not_read_again(tmp_path):
    page = page_of(digital_pdf(tmp_path / "a.pdf"))

    assert page.source == "lapisan"
    assert [folded(line) for line in page.text.splitlines()] == [folded(line) for line in LINES]
    name = next(word for word in page.words if word.text == "Aminah")
    assert name.box[1] == pytest.approx((842 - 720 + 2 * 22) / 842, abs=0.02)


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_the_words_of_a_turned_digital_page_stand_where_a_viewer_shows_them(tmp_path, rotate):
    page = page_of(raw_pdf(tmp_path / "a.pdf", _shown(), page=b"/Rotate %d" % rotate))

    first = page.words[0].box
    assert (page.width > page.height) == (rotate in (90, 270))
    middle = ((first[0] + first[2]) / 2, (first[1] + first[3]) / 2)
    assert {90: middle[0] > 0.8, 180: middle[1] > 0.8, 270: middle[0] < 0.2}[rotate]


def _shown() -> bytes:
    return b"BT /F1 14 Tf 72 720 Td (Kepada Yth Kepala Kantor Wilayah) Tj 0 -22 Td (Perihal Pengaduan) Tj ET"


def test_text_laid_over_a_scan_by_somebody_else_is_not_trusted(tmp_path):
    out = io.BytesIO()
    letter_image(150).save(out, format="JPEG")
    entries = b"/Type /XObject /Subtype /Image /Width 1240 /Height 1754 /BitsPerComponent 8 /ColorSpace /DeviceGray "
    picture = stream(entries + b"/Filter /DCTDecode", out.getvalue())
    wrong = b"BT 3 Tr /F1 14 Tf 72 720 Td (Kepala Kantnr Wilayuh Pengadvan dari lapisan lama) Tj ET"
    path = raw_pdf(
        tmp_path / "a.pdf",
        b"q 595 0 0 842 0 0 cm /A Do Q " + wrong,
        resources=b"/XObject << /A 5 0 R >>",
        extra=(picture,),
    )

    page = page_of(path)

    assert page.source == "ocr"
    assert "lapisan lama" not in page.text
    assert folded(LINES[0]) in folded(page.text)


def test_missing_language_data_are_named_with_the_package_that_brings_them():
    with pytest.raises(EngineMissing, match="tesseract-ocr-xyz"):
        find_tessdata("xyz")


def test_reading_an_empty_picture_finds_nothing():
    assert recognise(Image.new("L", (400, 300), 255), 150).words == ()


def word(text: str, x: float, y: float, line: int, width: float = 0.1) -> Word:
    return Word(text, (x, y, x + width, y + 0.012), 0.9, line)


def test_a_value_read_apart_from_its_label_is_put_beside_it():
    labels = [word(text, 0.1, 0.2 + 0.02 * n, n) for n, text in enumerate(("Nama", "Alamat", "Telepon"))]
    values = [word(text, 0.4, 0.2 + 0.02 * n, 3 + n) for n, text in enumerate((":Siti", ":Curup", ":0812"))]

    found = in_rows(RecognisedWords((*labels, *values)))

    assert found.text == "Nama :Siti\nAlamat :Curup\nTelepon :0812"
    assert [w.line for w in found.words] == [0, 0, 1, 1, 2, 2]


def test_rows_of_a_sheet_laid_skewed_are_still_rows():
    fall = 0.05
    lines = [
        [word(f"a{n}b{k}", 0.1 + 0.12 * k, 0.2 + 0.02 * n + fall * 0.12 * k, n) for k in range(6)] for n in range(9)
    ]
    apart = [word(f"c{n}", 0.85, 0.2 + 0.02 * n + fall * 0.75, 9 + n) for n in range(9)]

    found = in_rows(RecognisedWords((*(w for line in lines for w in line), *apart)))

    assert found.text.splitlines()[4].endswith("a4b5 c4")


def test_two_columns_of_prose_are_not_mixed():
    left = [word(f"kiri{n}", 0.05 + 0.1 * k, 0.1 + 0.02 * n, n) for n in range(12) for k in range(4)]
    right = [word(f"kanan{n}", 0.55 + 0.1 * k, 0.1 + 0.02 * n, 12 + n) for n in range(12) for k in range(4)]

    found = in_rows(RecognisedWords((*left, *right)))

    assert found.text.index("kiri11") < found.text.index("kanan0")


def labelled(sign: str, width: float, x: float = 0.3) -> RecognisedWords:
    """Return four labels with their values, of which the third has another sign where the others have a colon."""
    signs = [word(":", 0.3, 0.2 + 0.02 * n, n, 0.003) for n in range(4)]
    signs[2] = word(sign, x, 0.24, 2, width)
    labels = [word(f"label{n}", 0.1, 0.2 + 0.02 * n, n) for n in range(4)]
    values = [word(f"isi{n}", 0.32, 0.2 + 0.02 * n, n) for n in range(4)]
    return RecognisedWords(tuple(w for row in zip(labels, signs, values, strict=True) for w in row))


@pytest.mark.parametrize("sign", ["1", "2", "!", "4."])
def test_a_colon_that_was_read_as_a_thin_figure_is_a_colon_again(sign):
    found = with_colons(labelled(sign, width=0.004))

    assert found.text.splitlines()[2] == "label2 : isi2"


def test_a_figure_among_colons_that_is_wider_or_stands_elsewhere_stays():
    assert with_colons(labelled("1", width=0.008)).words[7].text == "1"
    assert with_colons(labelled("1", width=0.003, x=0.29)).words[7].text == "1"


def two_pages(gap: float) -> RecognisedWords:
    """Return a sheet whose lines run across its middle as page analysis finds them, *gap* apart there."""
    ends, begins = 0.5 - gap / 2, 0.5 + gap / 2
    left = [word(f"kiri{n}", ends - 0.1 * (4 - k), 0.1 + 0.02 * n, n, 0.09) for n in range(8) for k in range(4)]
    right = [word(f"kanan{n}", begins + 0.1 * k, 0.1 + 0.02 * n, n, 0.09) for n in range(5) for k in range(4)]
    return RecognisedWords(tuple(sorted((*left, *right), key=lambda w: (w.line, w.box[0]))))


def test_two_pages_on_one_sheet_are_read_one_after_the_other():
    found = in_reading_order(two_pages(gap=0.08), shape=1.41)

    assert found.text.index("kiri7") < found.text.index("kanan0")
    assert [w.line for w in found.words] == [n for n in range(13) for _ in range(4)]
    assert 8 in found.gaps


@pytest.mark.parametrize(("gap", "shape"), [(0.08, 0.71), (0.03, 1.41)], ids=["upright sheet", "columns of a table"])
def test_what_stands_in_one_row_of_one_page_stays_in_it(gap, shape):
    found = in_reading_order(two_pages(gap), shape)

    assert found.text.splitlines()[0] == "kiri0 kiri0 kiri0 kiri0 kanan0 kanan0 kanan0 kanan0"


#: Left to the slow run: what is special of them a test above shows at less cost (fax coding: how a page is drawn).
_SHOWN_ABOVE = ("oc-linn.png", "oc-ccitt.pdf", "oc-skew.pdf", "te-phototest-rotated-180.png")


def _with_words():
    for entry in entries("accept/"):
        if entry.values[0].get("words"):
            yield pytest.param(*entry.values, id=entry.id, marks=[pytest.mark.slow] if entry.id in _SHOWN_ABOVE else [])


@needs_corpus
@pytest.mark.parametrize("entry", list(_with_words()))
def test_the_words_that_the_corpus_expects_are_read(entry):
    path = corpus(entry)
    scan = opened(path)

    text = folded(" ".join(read_page(scan, index).text for index in range(scan.pages)))

    missing = [phrase for phrase in entry["words"] if not _nearly_in(folded(phrase), text)]
    assert not missing, text[:2000]


def _nearly_in(phrase: str, text: str) -> bool:
    """Say whether the phrase's words all stand in the text, one wrong letter in each allowed (foreign languages)."""
    words = text.split()
    return all(any(_near(wanted, word) for word in words) for wanted in phrase.split())


def _near(one: str, other: str) -> bool:
    if one == other:
        return True
    if len(one) < 3 or abs(len(one) - len(other)) > 1:
        return False
    start = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return (
        other[start + 1 :] == one[start + 1 :] or other[start:] == one[start + 1 :] or other[start + 1 :] == one[start:]
    )
