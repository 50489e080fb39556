"""Reads one page: its own text if that is good, else OCR, turned upright where it is not. Runs in a child process."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from PIL import Image, ImageOps

from pipeline.scans.imaging.background import (
    denoised,
    has_pale_marks,
    is_blank,
    is_faint,
    normalised,
    without_grain,
)
from pipeline.scans.imaging.evenness import evened, is_uneven
from pipeline.scans.imaging.raster import WORKING_DPI, Raster, Scan, cropped, turned
from pipeline.scans.imaging.streaks import without_streaks
from pipeline.scans.ocr.clear_rows import stretches
from pipeline.scans.ocr.colon_columns import with_colons
from pipeline.scans.ocr.facing_pages import in_reading_order
from pipeline.scans.ocr.figure_votes import Finer, with_sure_figures
from pipeline.scans.ocr.missed_text import darkest_only, missed_areas, with_more
from pipeline.scans.ocr.own_text import agrees, is_scan, own_text, pictured
from pipeline.scans.ocr.recognised_words import RecognisedWords, found_slope
from pipeline.scans.ocr.tesseract import recognise, recognise_in_parts
from pipeline.scans.pdf.pdf_pages import PdfScan
from pipeline.scans.words import Box, Page

# Confidences are 0 to 1. The thresholds were chosen on the sample letters, 2026-11-25; what each second look brings is
# measured in docs/reading.md.
#: What recognition costs follows the length of its lines, each brought to one height: a page on plain white paper is
#: read first from a picture so many times as wide, and as it is if that is read with less. As many characters are wrong
#: so as without (docs/reading.md); on anything but plain paper a narrow picture loses words. The search for areas is
#: what loses them: a page whose rows are clear, and read without one, is kept with a little less.
_NARROW, _SURE_OF_NARROW, _SURE_OF_ROWS = 0.85, 0.93, 0.92
#: A page read with less is read once more with more dots.
_SURE = 0.75
#: A page read with less may lie upside down, or be the back of a sheet.
_DOUBTFUL = 0.60
#: A page read with less is read once more without its noise.
_UNREADABLE = 0.40
#: So much surer is the reading of a mirrored page whose front shows through.
_SHOWS_THROUGH = 0.25
#: Dots per inch of the second look at a hard page, and so many times the first look's that it must have.
_FINE_DPI, _FINER = 220.0, 1.15
#: Slope (height of the page to its width) of lines on a skewed sheet: 1.6 degrees on A4.
_SKEWED = 0.02
#: A second reading of a skewed sheet, or of uneven print, is better with so many times the letters, if it is so sure of
#: what it has more: the hardest words are what the first one dropped, but noise is read with a tenth of surety.
_MORE_LETTERS, _GAIN_SURE = 1.05, 0.6


def read_page(scan: Scan, index: int) -> Page:
    """Return the page (counted from 0) as read.

    Raises:
        EngineFault: the language data is missing.
        OSError, ValueError, SyntaxError, PdfiumError: the page is damaged.
    """
    page = scan.page(index) if isinstance(scan, PdfScan) else None
    own = own_text(page) if page else None
    if page and own and not is_scan(page, own):
        return _kept(index, _with_pictures(scan, index, own, pictured(page)), *page.get_size())
    raster = scan.raster(index)
    clean = _with_ink(raster)
    if clean and own and agrees(own, clean, raster.dpi):
        return _kept(index, _read_missed(clean, raster.dpi, own), raster.width, raster.height)
    plain = clean is raster.image and not is_uneven(raster.image)
    read = _read_clearly(raster, clean, plain=plain) if clean else None
    if read is None:
        return Page(index + 1, raster.width, raster.height, (), "", "kosong")
    clean, found, turn = read
    if found.confidence < _SURE:
        found = _read_finer(scan, index, found, turn)
    elif abs(found_slope(found)) > _SKEWED:
        found = _with_more_letters(found, recognise(turned(clean, turn), raster.dpi, one_block=True))
    elif not plain and (clean is raster.image or is_uneven(clean)):  # as it came and not plain: that was asked
        found = _with_more_letters(found, recognise(turned(evened(clean), turn), raster.dpi))
    found = _read_missed(turned(clean, turn), raster.dpi, found)
    width, height = (raster.height, raster.width) if turn in (90, 270) else (raster.width, raster.height)
    found = with_colons(in_reading_order(with_sure_figures(found, _finer(scan, index, turn)), width / height))
    return Page(index + 1, width, height, found.words, found.text, "ocr", turn)


def _cleaned(raster: Raster) -> Image.Image:
    """Return the page on white paper, without what machines drew on it."""
    return without_streaks(normalised(raster.image), raster.dpi)


def _with_ink(raster: Raster) -> Image.Image | None:
    """Return the page on white paper, one so pale that it can just be read without noise; ``None`` if it is empty."""
    clean = _cleaned(raster)
    if not is_blank(raster.image):
        return clean
    smooth = denoised(clean, raster.dpi) if has_pale_marks(raster.image) else None
    return smooth if smooth and recognise(smooth, raster.dpi).confidence >= _DOUBTFUL else None


def _read_clearly(
    raster: Raster, clean: Image.Image, *, plain: bool
) -> tuple[Image.Image, RecognisedWords, int] | None:
    """Read a page, and one of which next to nothing was read once more without its noise.

    Return the picture that was read best, what was read, and how the page is turned; ``None`` for the empty back of a
    sheet whose front shows through.
    """
    found, turn = _read_upright(clean, raster.dpi, plain=plain)
    if _shows_through(raster.image, clean, raster.dpi, found):
        return None
    if found.confidence >= _UNREADABLE:
        return clean, found, turn
    smooth = denoised(clean, raster.dpi)
    again, other = _read_upright(smooth, raster.dpi)
    if _shows_through(raster.image, smooth, raster.dpi, again):
        return None
    return (smooth, again, other) if again.confidence >= max(_DOUBTFUL, found.confidence) else (clean, found, turn)


def _kept(index: int, own: RecognisedWords, width: float, height: float) -> Page:
    own = in_reading_order(own, width / height)
    return Page(index + 1, width, height, own.words, own.text, "lapisan")


def _with_pictures(scan: Scan, index: int, own: RecognisedWords, areas: Sequence[Box]) -> RecognisedWords:
    """Return a page's own text with what its pictures show: an identity card, a chat, another letter."""
    if areas:
        raster = scan.raster(index)
        clean = _cleaned(raster)
        for area in areas:
            found, turn = _read_upright(cropped(clean, area), raster.dpi)
            own = with_more(own, found.turned(-turn % 360), area, printed=True)
    return own


def _read_upright(image: Image.Image, dpi: float, *, plain: bool = False) -> tuple[RecognisedWords, int]:
    """Read as filed; only a poor reading makes us try it upside down, so that most pages cost nothing more.

    Lines that run up or down the page Tesseract reads by itself, so two tries find out all four ways. It reads them
    worse, and in a photograph loses whole areas: a page that lies sideways is read once more when it is turned. A
    *plain* page is read from a narrower picture without grain first, and in areas only where its rows are not clear.
    """
    found = (_read_narrow(image, dpi) if plain else None) or recognise(image, dpi)
    base = 0
    if found.confidence < _DOUBTFUL:
        other = recognise(turned(image, 180), dpi)
        if other.confidence > found.confidence:
            found, base = other, 180
    side = found.sideways(image.width / image.height)
    turn = (base + side) % 360
    again = recognise(turned(image, turn), dpi) if side else found
    return (again if again.letters >= found.letters else found.turned(side)), turn


def _read_narrow(image: Image.Image, dpi: float) -> RecognisedWords | None:
    """Read a plain page from a narrower picture without grain; ``None`` if it must be read as it is."""
    narrow = image.resize((max(1, round(image.width * _NARROW)), image.height), Image.Resampling.BICUBIC)
    clean = without_grain(narrow)
    parts = stretches(clean)
    found = recognise_in_parts(clean, dpi, parts)
    sure = _SURE_OF_ROWS if any(part.clear for part in parts) else _SURE_OF_NARROW
    return found if found.confidence >= sure or found.sideways(image.width / image.height) else None


def _shows_through(image: Image.Image, clean: Image.Image, dpi: float, found: RecognisedWords) -> bool:
    """Say whether the page is the empty back of a sheet: faint, unreadable, and plain in a mirror."""
    if found.confidence >= _DOUBTFUL or not is_faint(image):
        return False
    return recognise(ImageOps.mirror(clean), dpi).confidence > found.confidence + _SHOWS_THROUGH


def _read_finer(scan: Scan, index: int, found: RecognisedWords, turn: int) -> RecognisedWords:
    """Read a hard page once more with more dots, and keep the better reading."""
    finer = scan.raster(index, _FINE_DPI)
    if finer.dpi < WORKING_DPI * _FINER:
        return found
    again = recognise(turned(_cleaned(finer), turn), finer.dpi)
    return again if again.confidence > found.confidence else found


def _with_more_letters(found: RecognisedWords, again: RecognisedWords) -> RecognisedWords:
    """Return the second reading of a page if it has clearly more, and that is sure: Tesseract may drop whole areas.

    Of a skewed sheet it is one as one block, of uneven print one with all ink equally dark.
    """
    characters = sum(len(word.text) for word in again.words) - sum(len(word.text) for word in found.words)
    more = again.letters > _MORE_LETTERS * found.letters
    return again if more and again.letters - found.letters >= _GAIN_SURE * characters else found


def _read_missed(image: Image.Image, dpi: float, found: RecognisedWords) -> RecognisedWords:
    """Read what lies under stamps and signatures, if anything does."""
    for area in missed_areas(image, found.words):
        part = cropped(image, area)
        for shown in (darkest_only(part), part):
            found = with_more(found, recognise(shown, dpi, one_block=True), area)
    return found


def _finer(scan: Scan, index: int, turn: int) -> Finer:
    @cache
    def finer(dpi: float) -> tuple[Image.Image, float]:
        raster = scan.raster(index, dpi)
        return turned(_cleaned(raster), turn), raster.dpi

    return finer
