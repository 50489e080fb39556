"""Where the rows of a page stand by themselves it is read line by line across, elsewhere in areas."""

from PIL import Image, ImageDraw, ImageFont
from scan_samples import letter_image

from pipeline.scans.imaging.raster import turned
from pipeline.scans.ocr.clear_rows import Stretch, stretches
from pipeline.scans.ocr.recognised_words import RecognisedWords
from pipeline.scans.ocr.tesseract import recognise, recognise_in_parts
from pipeline.scans.words import Word

_SIZE = (1054, 1754)
_LINE = "Sudah tiga kali kami datang ke kantor itu dan tidak pernah dijawab oleh siapa pun."


def page(*texts: tuple[int, int, str]) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    paper = Image.new("L", _SIZE, 250)
    pen = ImageDraw.Draw(paper)
    for x, y, text in texts:
        pen.text((x, y), text, fill=20, font=ImageFont.load_default(size=20))
    return paper, pen


def prose(*, x: int = 100, top: int = 300, bottom: int = 1600, text: str = _LINE) -> list[tuple[int, int, str]]:
    return [(x, y, text) for y in range(top, bottom, 40)]


def test_a_letter_of_lines_across_is_clear_from_top_to_bottom():
    assert stretches(page(*prose())[0]) == [Stretch(0, 1754, clear=True)]


def test_what_stands_beside_a_stamp_is_not_clear_and_the_rows_below_it_are():
    paper, pen = page(*prose())
    pen.rectangle((700, 320, 950, 420), outline=60, width=3)

    above, below = stretches(paper)

    assert (above.clear, below.clear) == (False, True)
    assert (above.top, above.bottom, below.bottom) == (0, below.top, 1754)
    assert 420 < below.top < 470


def test_of_two_clear_stretches_the_longer_one_is_told_and_what_is_around_it():
    paper, pen = page(*prose())
    pen.ellipse((500, 500, 700, 640), outline=60, width=3)
    pen.line((600, 1500, 800, 1590), fill=60, width=3)

    found = stretches(paper)

    assert [part.clear for part in found] == [False, True, False]
    assert 640 < found[1].top < found[1].bottom < 1500


def test_two_columns_are_not_clear_whether_their_rows_are_level_or_not():
    for lower in (0, 18):
        left, right = prose(text=_LINE[:34]), prose(x=600, top=300 + lower, text=_LINE[:34])
        assert stretches(page(*left, *right)[0]) == [Stretch(0, 1754, clear=False)]


def test_nor_are_columns_below_a_heading_that_stands_across_them_but_names_and_their_values_are():
    heading = (300, 300, "Warta Contoh Bulan November Tahun Ini")
    left, right = prose(top=380, text=_LINE[:34]), prose(x=600, top=380, text=_LINE[:34])
    assert stretches(page(heading, *left, *right)[0]) == [Stretch(0, 1754, clear=False)]

    names, values = prose(bottom=900, text="Alamat"), prose(x=420, bottom=900, text=_LINE[:34])
    assert stretches(page(*names, *values, *prose(top=900))[0]) == [Stretch(0, 1754, clear=True)]


def test_specks_and_rules_between_rows_are_no_rows():
    for left, right in ((500, 506), (100, 950)):
        paper, pen = page(*prose())
        for y in range(330, 1600, 200):
            pen.rectangle((left, y, right, y + 2), fill=20)
        assert stretches(paper) == [Stretch(0, 1754, clear=False)]


def test_pages_without_rows_and_those_that_lie_sideways_are_not_clear():
    assert stretches(Image.new("L", _SIZE, 255)) == [Stretch(0, 1754, clear=False)]
    assert stretches(turned(page(*prose())[0], 90)) == [Stretch(0, 1054, clear=False)]


def test_a_page_read_in_parts_has_its_words_where_they_stand_and_from_top_to_bottom():
    paper = letter_image(150).crop((0, 0, 1240, 500))
    middle = 240

    found = recognise_in_parts(paper, 150, [Stretch(0, middle, clear=False), Stretch(middle, paper.height, clear=True)])

    whole = recognise(paper, 150)
    assert [word.text for word in found.words] == [word.text for word in whole.words]
    assert [word.line for word in found.words] == [word.line for word in whole.words]
    for part, other in zip(found.words, whole.words, strict=True):
        assert all(abs(a - b) < 0.01 for a, b in zip(part.box, other.box, strict=True))


def test_words_that_follow_others_are_counted_on():
    first, second = (RecognisedWords((Word(text, (0, 0, 1, 1), 0.9, 0),)) for text in ("Nama", "Alamat"))

    both = first.followed_by(second)

    assert [(word.text, word.line) for word in both.words] == [("Nama", 0), ("Alamat", 1)]
    assert both.gaps == {1}
    assert first.followed_by(RecognisedWords(())) == first
    assert RecognisedWords(()).followed_by(second) == second
