"""The text that a PDF page carries itself, and whether it can be trusted.

Text must be characters that make words. A page that is mostly one picture is a scan, and the text over a scan was put
there by some earlier OCR, good or bad: that is found out by reading a few of its lines and comparing, and by looking
whether it accounts for the ink on the page. What is not trusted is read by OCR.
"""

from __future__ import annotations

import unicodedata
from difflib import SequenceMatcher
from itertools import groupby

import pypdfium2
from PIL import Image

from pipeline.scans.ocr.missed_text import accounted_for
from pipeline.scans.ocr.recognised_words import RecognisedWords
from pipeline.scans.ocr.tesseract import recognise
from pipeline.scans.pdf.pdf_pages import picture_boxes, picture_share, seen_box, share
from pipeline.scans.words import Box, Word

# Where nothing else is said, a threshold was chosen on the sample letters and the files of the corpus, 2026-11-25.
#: Fewer letters are no text of the page's own; of its letters, the share that may be no sign of any script, and that
#: must stand in words.
_FEWEST_LETTERS, _ODD_SHARE, _WORDLIKE_SHARE = 12, 0.02, 0.5
#: No sheet has room for so many: such text is there to keep readers busy, and the page is read as it looks.
_MOST_LETTERS = 60_000
#: Shares of the page: pictures of one that may be a scan, and of one that is; a picture that may show writing.
_PICTURE_SHARE, _SCAN_SHARE, _WRITTEN_SHARE = 0.4, 0.7, 0.02
#: Share of the page's side that may lie between strips of one picture, and of the shorter side that they share.
_SEAM, _ALONG = 0.004, 0.9
#: Words beside the pictures of a scan: its scanner's, or a fax machine's.
_FEW_WORDS = 15
#: Lines that are read for comparison, and letters that such a line has at least.
_SAMPLES, _LONG_LINE = 6, 15
#: Share of the ink that good text accounts for; how alike (0 to 1) its lines are to what is read, on average and each.
_ACCOUNTED, _ALIKE, _LEAST_ALIKE = 0.75, 0.95, 0.8
#: What is read around a line: share of its height above and below, of the page's width at its ends.
_AROUND_DOWN, _AROUND_ACROSS = 0.3, 0.01
#: Dots a side of the smallest piece that is read.
_SMALLEST = 3


def is_scan(page: pypdfium2.PdfPage, own: RecognisedWords) -> bool:
    """Say whether the page is mostly pictures: a letter that was typed around a large one is no scan.

    A few words beside a scan are its scanner's, or a fax machine's.
    """
    covered, places = picture_share(page), picture_boxes(page, outermost=True)
    if not _PICTURE_SHARE < covered <= _SCAN_SHARE or not places:
        return covered > _PICTURE_SHARE
    beside = sum(not any(_within(word.box, place) for place in places) for word in own.words)
    return beside < max(_FEW_WORDS, len(own.words) / 2)


def agrees(own: RecognisedWords, image: Image.Image, dpi: float) -> bool:
    """Say whether the text over a scan accounts for the ink of its picture (upright, grey) and says what it shows.

    Reading six lines costs a tenth of reading the page.
    """
    lines = [list(words) for _, words in groupby(own.words, key=lambda word: word.line)]
    long = [line for line in lines if sum(len(word.text) for word in line) >= _LONG_LINE]
    if not long or accounted_for(image, own.words) < _ACCOUNTED:
        return False
    step = max(1, len(long) // _SAMPLES)
    alike = [_alike(line, image, dpi) for line in long[step // 2 :: step][:_SAMPLES]]
    return min(alike) >= _LEAST_ALIKE and sum(alike) / len(alike) >= _ALIKE


def _alike(line: list[Word], image: Image.Image, dpi: float) -> float:
    """Return how far (0..1) a line's text is what OCR reads in its place."""
    x0, y0 = min(w.box[0] for w in line), min(w.box[1] for w in line)
    x1, y1 = max(w.box[2] for w in line), max(w.box[3] for w in line)
    more = _AROUND_DOWN * (y1 - y0)
    wide, high = image.size
    box = ((x0 - _AROUND_ACROSS) * wide, (y0 - more) * high, (x1 + _AROUND_ACROSS) * wide, (y1 + more) * high)
    cut = image.crop((max(0, int(box[0])), max(0, int(box[1])), min(wide, int(box[2])), min(high, int(box[3]))))
    if min(cut.size) < _SMALLEST:
        return 0.0
    said, seen = "".join(w.text for w in line), "".join(w.text for w in recognise(cut, dpi, one_block=True).words)
    return SequenceMatcher(None, said, seen, autojunk=False).ratio()


def pictured(page: pypdfium2.PdfPage) -> list[Box]:
    """Return the pictures among the page's own text that may show writing: larger than a logo or a signature.

    Strips and tiles into which a picture was cut are one.
    """
    whole: list[Box] = []
    for box in sorted(picture_boxes(page), key=lambda box: (box[1], box[0])):
        touching = [one for one in whole if _touch(one, box)]
        whole = [one for one in whole if one not in touching]
        whole.append(_around_all([*touching, box]))
    return [box for box in whole if share(box) >= _WRITTEN_SHARE]


def _touch(one: Box, other: Box) -> bool:
    """Say whether two pictures lie side by side, or upon one another, along most of the shorter side."""
    across, down = (min(one[n + 2], other[n + 2]) - max(one[n], other[n]) for n in (0, 1))
    shorter = [min(one[n + 2] - one[n], other[n + 2] - other[n]) for n in (0, 1)]
    near = across > -_SEAM and down > -_SEAM
    return near and (across >= _ALONG * shorter[0] or down >= _ALONG * shorter[1])


def _around_all(boxes: list[Box]) -> Box:
    found = boxes[0]
    for box in boxes[1:]:
        found = _around(found, box)
    return found


def words_on(page: pypdfium2.PdfPage) -> tuple[Word, ...]:
    """Return every word of the page's own text, good or bad, with its place; of a page with more than fits, none."""
    textpage = page.get_textpage()
    try:
        return _words(page, textpage).words if textpage.count_chars() <= _MOST_LETTERS else ()
    finally:
        textpage.close()


def own_text(page: pypdfium2.PdfPage) -> RecognisedWords | None:
    """Return the page's own words if they are sound characters, else None."""
    textpage = page.get_textpage()
    try:
        if not _FEWEST_LETTERS <= textpage.count_chars() <= _MOST_LETTERS:
            return None
        found = _words(page, textpage)
    finally:
        textpage.close()
    return found if _is_good(found) else None


def _is_good(found: RecognisedWords) -> bool:
    letters = "".join(word.text for word in found.words)
    if len(letters) < _FEWEST_LETTERS:
        return False
    odd = sum(1 for letter in letters if letter == "\ufffd" or unicodedata.category(letter) in ("Cc", "Co", "Cn", "Cs"))
    return odd / len(letters) < _ODD_SHARE and found.wordlike > _WORDLIKE_SHARE


def _words(page: pypdfium2.PdfPage, textpage: pypdfium2.PdfTextPage) -> RecognisedWords:
    """Gather characters into words at blanks, and words into lines at line ends."""
    text = textpage.get_text_range()
    words: list[Word] = []
    line = 0
    letters: list[str] = []
    box: Box | None = None
    for index, letter in enumerate(text):
        if letter.isspace():
            if letters and box:
                words.append(Word("".join(letters), box, 1.0, line))
            letters, box = [], None
            line += letter == "\n" and bool(words) and words[-1].line == line
            continue
        letters.append(letter)
        box = _around(box, seen_box(page, *textpage.get_charbox(index, loose=True)))
    if letters and box:
        words.append(Word("".join(letters), box, 1.0, line))
    return RecognisedWords(tuple(words))


def _within(box: Box, place: Box) -> bool:
    across, down = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return place[0] <= across <= place[2] and place[1] <= down <= place[3]


def _around(box: Box | None, other: Box) -> Box:
    if box is None:
        return other
    return min(box[0], other[0]), min(box[1], other[1]), max(box[2], other[2]), max(box[3], other[3])
