"""Runs of figures that were read with doubt are read again from more dots, and the readings vote.

A wrong letter leaves a word that can be understood; a wrong figure makes another telephone, another NIK. On the
sample letters figures read with less than 0.85 are wrong one time in three, and cost a hundredth of a second each.
The other thresholds were chosen on them, 2026-11-25.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from PIL import Image

from pipeline.scans.imaging.raster import cropped
from pipeline.scans.ocr.recognised_words import RecognisedWords
from pipeline.scans.ocr.tesseract import recognise
from pipeline.scans.words import Box, Word

#: Dots per inch of the second reading, and of the third, which is asked for only where the first two differ.
FINER = (230.0, 300.0)
#: Figures with less confidence (0 to 1) are doubted; so many of a page, the most doubtful, are read again.
_DOUBTED, _MOST = 0.85, 4
#: Figures that make a run.
_FEWEST_FIGURES = 3
_FIGURES = re.compile(r"\W*[\dOoIl|]+(?:[-.,/][\dOoIl|]+)*\W*")
#: What is read around a run: shares of the page's width before and behind it, of its height above and below.
_BEFORE, _BEHIND, _AROUND = 0.12, 0.06, 0.6
#: Confidence that a reading gains with each other that agrees.
_AGREED = 0.1

#: Gives the upright page, its background normalised, at about so many dots per inch, and the dots per inch it has.
Finer = Callable[[float], tuple[Image.Image, float]]


def with_sure_figures(found: RecognisedWords, finer: Finer) -> RecognisedWords:
    """Return the words with doubtful figures as most readings have them; *finer* is asked only if there are any."""
    runs = (w for w in found.words if sum(map(str.isdigit, w.text)) >= _FEWEST_FIGURES and _FIGURES.fullmatch(w.text))
    doubtful = sorted((w for w in runs if w.confidence < _DOUBTED), key=lambda w: w.confidence)[:_MOST]
    if not doubtful:
        return found
    settled = {word: _settled(word, finer) for word in doubtful}
    return RecognisedWords(tuple(settled.get(word, word) for word in found.words), found.gaps)


def _settled(word: Word, finer: Finer) -> Word:
    readings = [(word.text, word.confidence)]
    for dpi in FINER:
        image, has = finer(dpi)
        readings += _again(word, image, has)
        if len(readings) > 1 and readings[1][0] == word.text:
            break
    text, sure = _voted(readings)
    return replace(word, text=text, confidence=min(1.0, sure))


def _again(word: Word, image: Image.Image, dpi: float) -> list[tuple[str, float]]:
    """Read the figures with a little of what stands around them; nothing where no run of that length is found."""
    x0, y0, x1, y1 = word.box
    more = _AROUND * (y1 - y0)
    area: Box = (max(0.0, x0 - _BEFORE), max(0.0, y0 - more), min(1.0, x1 + _BEHIND), min(1.0, y1 + more))
    middle = ((x0 + x1) / 2 - area[0]) / (area[2] - area[0])
    read = recognise(cropped(image, area), dpi, one_block=True).words
    here = [w for w in read if w.box[0] < middle < w.box[2] and len(w.text) == len(word.text)]
    return [(w.text, w.confidence) for w in here[:1] if _FIGURES.fullmatch(w.text)]


def _voted(readings: Sequence[tuple[str, float]]) -> tuple[str, float]:
    """Return the reading with the highest confidence, each further one that agrees counting a tenth more."""
    votes = Counter(text for text, _ in readings)
    score = {text: max(c for t, c in readings if t == text) + _AGREED * (votes[text] - 1) for text in votes}
    best = max(score, key=lambda text: score[text])
    return best, score[best]
