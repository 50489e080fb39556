"""What page analysis left out, and figures that were read with doubt, are looked at a second time."""

import math

import pytest
from PIL import Image, ImageDraw, ImageFont
from scan_samples import letter_image, saved

from pipeline.scans.formats.kinds import sniff
from pipeline.scans.ocr import figure_votes, page_reading
from pipeline.scans.ocr.clear_rows import Stretch
from pipeline.scans.ocr.figure_votes import with_sure_figures
from pipeline.scans.ocr.missed_text import darkest_only, missed_areas, with_more
from pipeline.scans.ocr.page_reading import read_page
from pipeline.scans.ocr.recognised_words import RecognisedWords
from pipeline.scans.ocr.tesseract import recognise
from pipeline.scans.operations.inspection import open_scan
from pipeline.scans.words import Word


def signed_letter(name: str = "Hj. Rohani Baharuddin") -> Image.Image:
    """Return a letter with a signature and a pale round stamp over the name at its foot."""
    page = letter_image(150)
    pen = ImageDraw.Draw(page)
    stamp = Image.new("L", page.size, 255)
    ring = ImageDraw.Draw(stamp)
    for radius in (95, 90, 60):
        ring.ellipse((780 - radius, 930 - radius, 780 + radius, 930 + radius), outline=120, width=3)
    for n in range(24):
        x, y = 780 + 75 * math.cos(n / 24 * math.tau), 930 + 75 * math.sin(n / 24 * math.tau)
        ring.text((x - 8, y - 10), "PANITIA"[n % 7], fill=120, font_size=20)
    pen.text((680, 780), "Hormat kami,", fill=20, font=ImageFont.load_default(size=29))
    pen.text((680, 990), name, fill=20, font=ImageFont.load_default(size=29))
    points = [(690 + 4 * n, 930 + 38 * math.sin(n * 0.8) - n) for n in range(60)]
    pen.line(points, fill=40, width=4, joint="curve")
    return Image.composite(page, stamp, page.point(lambda shade: 255 if shade < 100 else 0))


def word(text: str, box, confidence: float = 0.9, line: int = 0) -> Word:
    return Word(text, box, confidence, line)


@pytest.mark.parametrize(
    ("paper", "confidence", "clear", "widths"),
    [
        (255, 0.935, False, [1054]),
        (255, 0.925, False, [1054, 1240]),
        (255, 0.925, True, [1054]),
        (255, 0.915, True, [1054, 1240]),
        (150, 0.95, False, [1240]),
    ],
)
def test_a_page_on_plain_white_paper_is_read_from_a_narrower_picture_if_that_is_read_well(
    tmp_path, monkeypatch, paper, confidence, clear, widths
):
    seen = []

    def recognise_(image: Image.Image, dpi: float) -> RecognisedWords:
        seen.append(image.width)
        return RecognisedWords((Word("Kepada", (0.1, 0.1, 0.3, 0.12), confidence if image.width < 1240 else 0.95, 0),))

    monkeypatch.setattr(page_reading, "recognise", recognise_)
    monkeypatch.setattr(page_reading, "recognise_in_parts", lambda image, dpi, parts: recognise_(image, dpi))
    monkeypatch.setattr(page_reading, "stretches", lambda image: [Stretch(0, image.height, clear)])
    monkeypatch.setattr(page_reading, "missed_areas", lambda image, words: [])
    page = letter_image(150).point(lambda shade: min(shade, paper))
    path = saved(page, tmp_path / "a.png", dpi=(150, 150))

    (read,) = read_page(open_scan(path, sniff(path)), 0).words

    assert seen == widths
    assert read.box == (0.1, 0.1, 0.3, 0.12)


def test_the_name_under_stamp_and_signature_is_read(tmp_path):
    path = saved(signed_letter(), tmp_path / "a.png", dpi=(150, 150))

    text = read_page(open_scan(path, sniff(path)), 0).text

    assert "Rohani Baharuddin" in text
    assert "Hormat kami" in text


def test_ink_that_no_word_covers_is_found_and_a_page_that_was_read_whole_has_none():
    page = letter_image(150)
    words = recognise(page, 150).words

    (area,) = missed_areas(page, [w for w in words if w.line < 7])

    assert missed_areas(page, words) == []
    last = [w for w in words if w.line == 7]
    assert area[1] < min(w.box[1] for w in last) < max(w.box[3] for w in last) < area[3]
    assert area[0] < last[0].box[0] < last[-1].box[2] < area[2]


def test_rules_specks_and_photographs_are_not_taken_for_text():
    page = Image.new("L", (1240, 1754), 250)
    pen = ImageDraw.Draw(page)
    pen.line((150, 300, 1100, 300), fill=0, width=3)
    pen.rectangle((200, 700, 1000, 1400), fill=90)
    for x in range(200, 1000, 160):
        pen.ellipse((x, 500, x + 6, 506), fill=0)

    assert missed_areas(page, ()) == []


def test_what_is_paler_than_print_becomes_white():
    page = Image.new("L", (300, 100), 250)
    pen = ImageDraw.Draw(page)
    pen.rectangle((10, 10, 100, 90), fill=30)
    pen.rectangle((150, 10, 250, 90), fill=140)

    dark = darkest_only(page)

    assert dark.getpixel((50, 50)) == 0
    assert dark.getpixel((200, 50)) == 255


def test_a_second_reading_adds_new_lines_and_replaces_only_what_was_doubtful():
    found = RecognisedWords(
        (word("asftillah", (0.5, 0.5, 0.6, 0.52), 0.3), word("Jamil", (0.61, 0.5, 0.7, 0.52), 0.96))
    )
    area = (0.4, 0.4, 0.8, 0.6)
    again = RecognisedWords(
        (
            word("Nasrullah", (0.25, 0.5, 0.5, 0.6), 0.95),
            word("Jamal", (0.525, 0.5, 0.75, 0.6), 0.9),
            word("Ketua", (0.25, 0.1, 0.4, 0.2), 0.93, 1),
        )
    )

    both = with_more(found, again, area)

    assert sorted(w.text for w in both.words) == ["Jamil", "Ketua", "Nasrullah"]


@pytest.mark.parametrize("text", ["A/", "VII", "|", "N"])
def test_strokes_of_a_signature_are_not_believed_to_be_words(text):
    again = RecognisedWords((word(text, (0.4, 0.4, 0.6, 0.6), 0.97),))

    assert with_more(RecognisedWords(()), again, (0.2, 0.2, 0.4, 0.4)).words == ()


def test_a_word_cut_by_the_edge_of_the_second_look_is_not_believed():
    again = RecognisedWords((word("mengadukan", (0.0, 0.4, 0.6, 0.6), 0.97),))

    assert with_more(RecognisedWords(()), again, (0.2, 0.2, 0.4, 0.4)).words == ()


def answering(monkeypatch, *readings: tuple[str, float]) -> list[float]:
    """Let the engine answer so, one reading after the other; return the resolutions it was asked at."""
    asked: list[float] = []

    def recognise_(image, dpi, *, one_block):
        text, confidence = readings[len(asked)]
        asked.append(dpi)
        return RecognisedWords((word(text, (0.3, 0.3, 0.9, 0.7), confidence),))

    monkeypatch.setattr(figure_votes, "recognise", recognise_)
    return asked


def finer(dpi: float):
    return Image.new("L", (400, 600), 255), dpi


@pytest.mark.parametrize(
    ("first", "again", "kept", "looks"),
    [
        (("6809", 0.70), (("6800", 0.90), ("6809", 0.72)), "6800", 2),
        (("0923", 0.75), (("0023", 0.72), ("0023", 0.75)), "0023", 2),
        (("2019", 0.80), (("2919", 0.50), ("2619", 0.40)), "2019", 2),
        (("2019", 0.80), (("2019", 0.60),), "2019", 1),
        (("0812", 0.70), (("08125", 0.97), ("812", 0.97)), "0812", 2),
    ],
)
def test_readings_of_doubtful_figures_vote(monkeypatch, first, again, kept, looks):
    asked = answering(monkeypatch, *again)

    found = with_sure_figures(RecognisedWords((word(first[0], (0.4, 0.4, 0.5, 0.42), first[1]),)), finer)

    assert found.words[0].text == kept
    assert len(asked) == looks


def test_sure_figures_and_words_cost_nothing(monkeypatch):
    asked = answering(monkeypatch)
    found = RecognisedWords((word("1771", (0.1, 0.1, 0.2, 0.12), 0.95), word("Curup", (0.3, 0.1, 0.4, 0.12), 0.2)))

    assert with_sure_figures(found, finer) == found
    assert asked == []
