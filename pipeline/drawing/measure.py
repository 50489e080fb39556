"""How wide words are in Arial and its equals (Liberation Sans, Helvetica), and how they break into lines."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

#: Widths of the signs from blank to tilde in thousandths of the size: the same in Arial, Helvetica, Liberation Sans.
_REGULAR = (
    *(278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278),
    *(556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556),
    *(1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778),
    *(667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556),
    *(333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556),
    *(556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584),
)
_BOLD = (
    *(278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278),
    *(556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611),
    *(975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778),
    *(667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556),
    *(333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611),
    *(611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584),
)
#: Signs beyond ASCII that offices write; the wider of regular and bold.
_OTHERS = {"–": 556, "‘": 278, "’": 278, "“": 500, "”": 500, "•": 350, "·": 333, "×": 584, "°": 400, "§": 556}
_WIDEST = 1000
_ELLIPSIS = "…"


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide a text is, in the unit of ``size``; a sign that is not known counts as wide as it is high."""
    widths = _BOLD if bold else _REGULAR
    return sum(_sign_width(sign, widths) for sign in text) * size / 1000


def _sign_width(sign: str, widths: tuple[int, ...]) -> int:
    place = ord(sign if sign.isascii() else unicodedata.normalize("NFD", sign)[0]) - 0x20
    return widths[place] if 0 <= place < len(widths) else _OTHERS.get(sign, _WIDEST)


def wrapped(text: str, room: float, size: float, *, bold: bool = False) -> tuple[str, ...]:
    """Return the text in lines that are no wider than ``room``; a word that is wider than a line is cut."""
    lines = [""]
    for word in text.split():
        for part in _pieces(word, room, size, bold=bold):
            longer = f"{lines[-1]} {part}".strip()
            if text_width(longer, size, bold=bold) <= room:
                lines[-1] = longer
            else:
                lines.append(part)
    return tuple(line for line in lines if line)


def _pieces(word: str, room: float, size: float, *, bold: bool) -> Iterator[str]:
    """Yield a word in pieces that fit; it breaks after a slash or a hyphen only if it must break."""
    while text_width(word, size, bold=bold) > room and len(word) > 1:
        fits = max(n for n in range(1, len(word)) if n == 1 or text_width(word[:n], size, bold=bold) <= room)
        after = 1 + max(word.rfind(mark, 0, fits) for mark in "/-")
        yield word[: after or fits]
        word = word[after or fits :]
    yield word


def fitted(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """Return the text, or as much of it as fits, then marked with an ellipsis."""
    if text_width(text, size, bold=bold) <= room:
        return text
    while text and text_width(text + _ELLIPSIS, size, bold=bold) > room:
        text = text[:-1].rstrip()
    return text + _ELLIPSIS
