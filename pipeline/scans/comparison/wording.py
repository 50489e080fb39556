"""Whether a scan of a page of ours still says what was printed: words that are another, gone, struck out, or added.

What OCR reads is held against the print's text; where the two differ, the word's picture decides
(:mod:`pipeline.scans.comparison.letter_shapes`): a word that looks as it was printed was misread. So a coarse fax or a
coffee stain changes no word, and a figure that was retyped does, or one that was added to a number, where ink as high
as its figures goes on. Near a signature, stamp and pen may run over words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from PIL import Image

from pipeline.scans.comparison.letter_shapes import LetterShapes
from pipeline.scans.comparison.printed_page import MM, Area, PrintedPage, PrintedWord, Strip

#: What OCR takes for one another all the time, in both texts made one.
_ALIKE = str.maketrans({"|": "l", "!": "l", "“": '"', "”": '"', "—": "-", "–": "-"})
_SIGNS = re.compile(r"[\w%/+-]")
#: Dots that stand for something to be written in by hand.
_BLANK = re.compile(r"[.…_]{4,}")
#: Millimetres around a signature's place in which stamp and pen run over words.
_OVERWRITTEN = 30.0
#: A word that was added: how sure OCR is of it (0 to 1), letters at least, its height by its line's, and how far (mm)
#: it stands from a printed word of the line.
_SURE, _LETTERS, _LOW, _TALL, _ADJOINING = 0.75, 3, 0.6, 1.6, 15.0
_OPEN = (":", ",", ".", "(")


@dataclass(frozen=True, slots=True)
class ReadWord:
    """A word that OCR reads on the scan, laid over the print."""

    text: str
    area: Area
    confidence: float


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a scan says something else: what is printed (empty: nothing), what is read (empty: nothing), the area."""

    printed: str
    read: str
    area: Area


def differences(
    page: PrintedPage, scan: Image.Image, read: Sequence[ReadWord], signed: Sequence[Area]
) -> tuple[Difference, ...]:
    """Return what the scan, which lies as the print does, says differently; ``signed`` are the signatures' places."""
    near = [_grown(area, _OVERWRITTEN * MM) for area in signed]
    strips, shapes = page.strips, LetterShapes(page.image, scan, page.words)
    found = [d for strip in strips for d in _in_strip(strip, shapes, read, near)]
    return (*found, *_added(strips, page, read, near))


def still_different(
    page: PrintedPage, found: Sequence[Difference], again: Sequence[ReadWord]
) -> tuple[Difference, ...]:
    """Return the differences that a second reading of their lines leaves.

    Where it reads what is printed, or nothing where nothing is, the first reading was wrong.
    """
    unread = {word.area for strip in page.strips for word, _, _ in _otherwise(strip, again)}
    return tuple(d for d in found if (d.area in unread if d.printed else any(_meet(d.area, w.area) for w in again)))


def _in_strip(
    strip: Strip, shapes: LetterShapes, read: Sequence[ReadWord], near: Sequence[Area]
) -> Iterator[Difference]:
    for word, letters, said in _otherwise(strip, read):
        # a tick or an initial that touches a word is read as a letter or a stroke of it
        more = not letters and 0 < _figures(word.text) < _figures(said) and shapes.goes_on(word)
        if _BLANK.search(word.text) or (shapes.stands(word, letters) and not more):
            continue
        if any(_meet(word.area, area) for area in near) and shapes.overwritten(word):
            continue
        yield Difference(word.text, said, word.area)


def _otherwise(strip: Strip, read: Iterable[ReadWord]) -> Iterator[tuple[PrintedWord, Mapping[int, str], str]]:
    """Yield the words of a line that were read otherwise: each with such letters, and with what is read there.

    No letters: it was read to the letter, and more. What stands beside a word by itself makes it no other.
    """
    here = _on(strip, read)
    for word, letters in _unread(strip.words, here):
        said = " ".join(r.text for r in here if _meet(r.area, word.area))
        if letters or _compared(said) != _compared(word.text):
            yield word, letters, said


def _unread(words: Sequence[PrintedWord], read: Sequence[ReadWord]) -> list[tuple[PrintedWord, Mapping[int, str]]]:
    """Return the words of a line that were not read as printed, each with its letters that were read otherwise.

    None: it was read to the letter, and something before or behind it that is not printed.
    """
    ours = [(sign, n, at) for n, word in enumerate(words) for sign, at in _signs(word.text)]
    theirs = "".join(_compared(word.text) for word in sorted(read, key=lambda w: w.area[0]))
    text = "".join(sign for sign, _, _ in ours)
    touched: dict[int, dict[int, str]] = {}
    for tag, a, b, c, d in SequenceMatcher(None, text, theirs, autojunk=False).get_opcodes() if text != theirs else ():
        alone = b - a == d - c
        if tag == "insert":
            for _, n, _ in ours[max(0, a - 1) : a + 1]:
                touched.setdefault(n, {})
        for offset, (_, n, at) in enumerate(ours[a:b] if tag != "equal" else ()):
            touched.setdefault(n, {})[at] = theirs[c + offset] if alone else ""
    return [(words[n], letters) for n, letters in touched.items()]


def _added(
    strips: Sequence[Strip], page: PrintedPage, read: Iterable[ReadWord], near: Sequence[Area]
) -> Iterator[Difference]:
    """Yield words that stand in a printed line like one of it, where nothing is printed.

    What is written after a colon or over dots is what the sheet leaves to be written in.
    """
    foot = min(y for _, y in page.code)
    for word in read:
        if word.confidence < _SURE or sum(map(str.isalnum, word.text)) < _LETTERS or word.area[3] > foot:
            continue
        if any(_meet(word.area, area) for area in near) or any(_meet(word.area, other.area) for other in page.words):
            continue
        for strip in strips:
            high, own = strip.area[3] - strip.area[1], word.area[3] - word.area[1]
            level = strip.area[1] - high / 2 < (word.area[1] + word.area[3]) / 2 < strip.area[3] + high / 2
            before = [w for w in strip.words if w.area[2] <= word.area[0] + MM]
            gap = max(strip.area[0] - word.area[2], word.area[0] - strip.area[2], 0)
            if not level or gap > _ADJOINING * MM or not _LOW * high <= own <= _TALL * high:
                continue
            if before and before[-1].text.endswith(_OPEN) and len(before) == len(strip.words):
                continue
            yield Difference("", word.text, word.area)
            break


def _signs(text: str) -> list[tuple[str, int]]:
    """Return the letters, figures and the like of a word as they are compared, each with its place in it."""
    return [(sign.casefold().translate(_ALIKE)[:1], at) for at, sign in enumerate(text) if _SIGNS.match(sign)]


def _compared(text: str) -> str:
    return "".join(sign for sign, _ in _signs(text))


def _figures(text: str) -> int:
    return sum(map(str.isdigit, text))


def _on(strip: Strip, read: Iterable[ReadWord]) -> list[ReadWord]:
    return [word for word in read if _lies_in(word.area, strip.area)]


def _lies_in(area: Area, strip: Area) -> bool:
    middle, centre = (area[1] + area[3]) / 2, (area[0] + area[2]) / 2
    more = (strip[3] - strip[1]) / 3
    return strip[1] - more <= middle <= strip[3] + more and strip[0] - 2 * MM <= centre <= strip[2] + 2 * MM


def _meet(one: Area, other: Area) -> bool:
    return min(one[2], other[2]) > max(one[0], other[0]) and min(one[3], other[3]) > max(one[1], other[1])


def _grown(area: Area, by: float) -> Area:
    return area[0] - by, area[1] - by, area[2] + by, area[3] + by
