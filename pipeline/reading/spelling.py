"""Words as scanners and old typewriters leave them: folding, small edit distances, digits read as letters."""

from __future__ import annotations

import re

_TO_DIGIT = str.maketrans(
    {c: d for d, cs in {"0": "OoQD", "1": "IilL|!", "5": "Ss", "8": "B", "6": "G"}.items() for c in cs}
)
_TO_LETTER = str.maketrans({"0": "o", "1": "l", "5": "s", "8": "b", "|": "l", "!": "l", "6": "g"})
_NOT_ALNUM = re.compile(r"[^a-z0-9]+")
_OLD = (("dj", "j"), ("tj", "c"), ("nj", "ny"), ("oe", "u"))

#: Characters that Tesseract makes of a day or a year: ``I2 Agustus 2O25``.
DIGITLIKE = "0-9OoIl|SB"


def fold(text: str) -> str:
    """Return the text's letters and digits in lower case, nothing between them (``N a m a`` is ``nama``)."""
    return _NOT_ALNUM.sub("", text.lower())


def digits(text: str) -> str:
    """Return the digits of a number in which some may have been read as letters."""
    return re.sub(r"\D", "", text.translate(_TO_DIGIT))


def as_digits(text: str) -> str:
    """Return the text, as long as before, with letters that are often read for digits written as digits."""
    return text.translate(_TO_DIGIT)


def letters(text: str) -> str:
    """Return a word in lower case in which some letters may have been read as digits."""
    return text.lower().translate(_TO_LETTER)


def modern(word: str) -> str:
    """Return a lower-case word in the spelling in use since 1972 (``djuni`` is ``juni``)."""
    for old, new in _OLD:
        word = word.replace(old, new)
    return word


def distance(a: str, b: str, most: int = 2) -> int:
    """Return how many letters must change to turn ``a`` into ``b``, or ``most + 1`` if more than ``most``."""
    if abs(len(a) - len(b)) > most:
        return most + 1
    if a == b:
        return 0
    if most == 1:
        return _one_off(a, b)
    row = list(range(len(b) + 1))
    for i, ca in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, cb in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (ca != cb))
        if min(row) > most:
            return most + 1
    return row[-1]


def _one_off(a: str, b: str) -> int:
    """Return 1 if one letter changed, added or left out makes two different words equal, else 2."""
    short, long = sorted((a, b), key=len)
    same = next((i for i, (x, y) in enumerate(zip(short, long, strict=False)) if x != y), len(short))
    rest = short[same + 1 :] if len(short) == len(long) else short[same:]
    return 1 if rest == long[same + 1 :] else 2
