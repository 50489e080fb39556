"""Tesseract, kept loaded: words with their boxes from a grey picture.

The ``ind`` language and the LSTM engine only. Starting Tesseract for every page costs a quarter as much again as
reading it, so one engine lives as long as its process.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import tesserocr
from PIL import Image

from pipeline.errors import EngineMissing
from pipeline.scans.ocr.clear_rows import Stretch
from pipeline.scans.ocr.recognised_words import RecognisedWords
from pipeline.scans.words import Word

LANGUAGE = "ind"
_PLACES = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
)
#: Resolutions that Tesseract believes.
_LOWEST_DPI, _HIGHEST_DPI = 70, 2400


def find_tessdata(language: str = LANGUAGE) -> Path:
    """Return the folder that holds the language's data; the wheel of tesserocr finds none by itself.

    Raises:
        EngineMissing: it is nowhere; says which package brings it.
    """
    stated = os.environ.get("TESSDATA_PREFIX", "")
    places = [*((stated, f"{stated}/tessdata") if stated else ()), *_PLACES]
    for place in places:
        if Path(place, f"{language}.traineddata").is_file():
            return Path(place)
    raise EngineMissing(
        f"Data bahasa Tesseract '{language}' tidak ditemukan.", f"Pasang paket tesseract-ocr-{language}."
    )


def engine_version() -> str:
    """Return program, version and language, for the record."""
    number = tesserocr.tesseract_version().split()[1]
    return f"tesseract {number} {LANGUAGE}"


def recognise(image: Image.Image, dpi: float, *, one_block: bool = False) -> RecognisedWords:
    """Read an upright grey picture; as *one_block*, lines across the whole page instead of areas found by itself.

    Raises:
        EngineMissing: the language data is missing.
    """
    engine = _shown(image, dpi)
    engine.SetPageSegMode(tesserocr.PSM.SINGLE_BLOCK if one_block else tesserocr.PSM.AUTO)
    engine.Recognize()
    found = _words_of(engine, *image.size)
    engine.Clear()
    return found


def recognise_in_parts(image: Image.Image, dpi: float, parts: Sequence[Stretch]) -> RecognisedWords:
    """Read an upright grey picture part by part: lines across the page where rows are clear, elsewhere areas.

    Raises:
        EngineMissing: the language data is missing.
    """
    if len(parts) == 1:
        return recognise(image, dpi, one_block=parts[0].clear)
    engine = _shown(image, dpi)
    found = RecognisedWords(())
    for part in parts:
        engine.SetPageSegMode(tesserocr.PSM.SINGLE_BLOCK if part.clear else tesserocr.PSM.AUTO)
        # Of a part as wide as the picture Tesseract reads the picture's own lines, from its top on.
        engine.SetRectangle(1, part.top, image.width - 1, part.bottom - part.top)
        engine.Recognize()
        found = found.followed_by(_words_of(engine, *image.size))
    engine.Clear()
    return found


def _shown(image: Image.Image, dpi: float) -> tesserocr.PyTessBaseAPI:
    engine = _reader()
    engine.SetImageBytes(image.tobytes(), image.width, image.height, 1, image.width)
    engine.SetSourceResolution(round(min(max(dpi, _LOWEST_DPI), _HIGHEST_DPI)))
    return engine


@cache
def _reader() -> tesserocr.PyTessBaseAPI:
    engine = tesserocr.PyTessBaseAPI(
        path=str(find_tessdata()), lang=LANGUAGE, oem=tesserocr.OEM.LSTM_ONLY, psm=tesserocr.PSM.AUTO
    )
    # The wheel has Tesseract's remarks go to /dev/null, which it opens for writing at the first one. A held child may
    # open nothing for writing, and Tesseract does not look whether it could: it dies. Standard error is open already.
    engine.SetVariable("debug_file", "")
    return engine


def _words_of(engine: tesserocr.PyTessBaseAPI, width: int, height: int) -> RecognisedWords:
    """Return the words of the page that was read; Tesseract's table of them says the same, and takes thrice as long."""
    words: list[Word] = []
    gaps: set[int] = set()
    line, is_new_line, is_new_paragraph = -1, False, False
    at = engine.GetIterator()
    going_on = at is not None
    while going_on:
        if at.IsAtBeginningOf(tesserocr.RIL.TEXTLINE):
            is_new_line, is_new_paragraph = True, is_new_paragraph or at.IsAtBeginningOf(tesserocr.RIL.PARA)
        text = "" if at.Empty(tesserocr.RIL.WORD) else at.GetUTF8Text(tesserocr.RIL.WORD).strip()
        if text:
            line += is_new_line
            if is_new_paragraph:
                gaps.add(line)
            is_new_line = is_new_paragraph = False
            left, top, right, bottom = at.BoundingBox(tesserocr.RIL.WORD)
            box = (left / width, top / height, right / width, bottom / height)
            words.append(Word(text, box, max(0.0, at.Confidence(tesserocr.RIL.WORD)) / 100, line))
        going_on = at.Next(tesserocr.RIL.WORD)
    return RecognisedWords(tuple(words), frozenset(gaps))
