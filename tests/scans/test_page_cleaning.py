"""What machines drew on a page is taken out of it, and print is made equally dark, before it is read."""

import random

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFilter
from scan_samples import LINES, letter_image, saved

from pipeline.scans.formats.kinds import sniff
from pipeline.scans.imaging.background import normalised, without_grain
from pipeline.scans.imaging.evenness import is_uneven
from pipeline.scans.imaging.raster import turned
from pipeline.scans.imaging.streaks import without_streaks
from pipeline.scans.ocr import page_reading
from pipeline.scans.ocr.page_reading import read_page
from pipeline.scans.ocr.recognised_words import RecognisedWords
from pipeline.scans.operations.inspection import open_scan
from pipeline.scans.words import Word


def text_of(page: Image.Image, tmp_path) -> str:
    path = saved(page, tmp_path / "surat.png", dpi=(150, 150))
    scan = open_scan(path, sniff(path))
    try:
        return " ".join(read_page(scan, 0).text.split())
    finally:
        scan.close()


def faxed(page: Image.Image) -> Image.Image:
    """Return the page with a streak from top to bottom, and rows that were lost on the wire."""
    page = page.copy()
    pen = ImageDraw.Draw(page)
    pen.line((323, 0, 323, page.height), fill=0, width=2)
    for line in (1, 4, 6):
        y = 168 + round(52.5 * line)
        pen.line((180, y, 560, y), fill=0, width=2)
    return page


def paled(page: Image.Image) -> Image.Image:
    """Return the page as a tired toner cartridge prints it: every second inch is much paler."""
    pale = page.point([255 - (255 - shade) // 3 if shade < 200 else shade for shade in range(256)])
    bands = Image.new("L", page.size, 0)
    for x in range(0, page.width, 300):
        ImageDraw.Draw(bands).rectangle((x, 0, x + 149, page.height), fill=255)
    return Image.composite(pale, page, bands.filter(ImageFilter.GaussianBlur(20)))


def test_a_letter_with_streaks_and_lost_rows_is_read(tmp_path):
    text = text_of(faxed(letter_image(150)), tmp_path)

    assert [line for line in LINES if line not in text] == []


def test_pale_bands_of_tired_toner_are_read(tmp_path):
    text = text_of(paled(letter_image(150)), tmp_path)

    assert [line for line in LINES if line not in text] == []


def test_the_grain_of_white_paper_becomes_one_shade_and_print_stays_as_it_is():
    page = letter_image(150).point(lambda shade: min(shade, 238))
    grain = Image.frombytes("L", page.size, random.Random(0).randbytes(page.width * page.height))
    grainy = ImageChops.add(page, grain.point(lambda value: value // 15), 1, -8)

    flat = without_grain(grainy)

    paper, ink = (
        page.point([255 * (low <= shade < high) for shade in range(256)]) for low, high in ((238, 239), (0, 200))
    )
    assert [sum(map(bool, page.histogram(paper))) for page in (grainy, flat)] == [18, 1]
    assert ImageChops.difference(flat, grainy).histogram(ink)[1:] == [0] * 255
    assert ink.getbbox()


def test_pale_writing_beside_what_is_whiter_than_the_paper_is_no_grain():
    page = Image.new("L", (200, 200), 230)
    page.paste(255, (0, 0, 200, 20))
    page.paste(212, (50, 100, 150, 110))

    assert without_grain(page).crop((50, 100, 150, 110)).getextrema() == (212, 212)


def test_grain_is_taken_out_of_white_paper_alone():
    photograph = Image.new("L", (200, 200), 120)

    assert without_grain(photograph) is photograph


def test_a_page_without_streaks_and_even_print_are_left_alone():
    page = letter_image(150)

    assert without_streaks(page, 150) is page
    assert not is_uneven(page)
    assert is_uneven(paled(page))


@pytest.mark.parametrize("fall", [12, -12])
def test_a_sloping_rule_was_on_the_paper_and_stays(fall):
    page = letter_image(150)
    ImageDraw.Draw(page).line((150, 140, 1100, 140 + fall), fill=0, width=3)

    assert without_streaks(page, 150) is page


def test_the_table_around_a_photographed_sheet_becomes_white():
    grain = Image.effect_noise((1640, 2054), 30).point([shade // 4 for shade in range(256)])
    sheet = letter_image(150).point([shade * 3 // 5 for shade in range(256)])
    photo = grain.copy()
    photo.paste(sheet, (200, 150))

    clean = normalised(photo)

    assert clean.crop((0, 0, 100, 2054)).getextrema() == (255, 255)
    assert min(clean.crop((200, 150, 1440, 1904)).tobytes()) < 60


def test_ink_under_a_streak_stays_where_there_is_ink_on_both_sides():
    page = Image.new("L", (600, 800), 255)
    pen = ImageDraw.Draw(page)
    pen.rectangle((100, 300, 500, 330), fill=0)
    clean = page.copy()
    pen.line((250, 0, 250, 800), fill=0, width=2)

    assert ImageChops.difference(without_streaks(page, 150), clean).getbbox() is None


def test_a_page_that_lies_sideways_is_read_again_when_it_is_turned(tmp_path, monkeypatch):
    seen = []

    def recognise_(image: Image.Image, dpi: float) -> RecognisedWords:
        seen.append(image.size)
        upright = [Word(text, (0.1, 0.1 * n, 0.5, 0.1 * n + 0.02), 0.95, n) for n, text in enumerate(LINES)]
        on_its_side = RecognisedWords(tuple(upright[:4])).turned(90)
        return on_its_side if image.width > image.height else RecognisedWords(tuple(upright))

    monkeypatch.setattr(page_reading, "recognise", recognise_)
    monkeypatch.setattr(page_reading, "recognise_in_parts", lambda image, dpi, parts: recognise_(image, dpi))
    monkeypatch.setattr(page_reading, "missed_areas", lambda image, words: [])
    text = text_of(turned(letter_image(150), 90), tmp_path)

    assert [line for line in LINES if line not in text] == []
    assert [width < height for width, height in seen] == [False, True]
