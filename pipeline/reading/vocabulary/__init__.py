"""The words by which letters are understood, the patterns made of them, and how scanners and old typewriters spell.

The words lie in files beside this module, one a subject, as lists of words and phrases. In a phrase ``_`` stands where
it may be written together or apart (``terima_kasih``), ``*`` for whatever letters follow (``lapor*``), ``~`` before a
letter that may be a capital (``~desa``), and brackets stand around what may be left out (``saudara(i)``). What comes
first in a list is tried first.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent
_PLACEHOLDER = re.compile(r"<([!^])?(?:([a-z_]+)\.)?([a-z_]+)>")
_CHARACTER = re.compile(r"~(.)|(.)")
_NOTATION = {" ": " ", "_": r"\s?", "*": r"\w*", "(": "(?:", ")": ")?"}
_NOT_ALNUM = re.compile(r"[^a-z0-9]+")

#: Characters that Tesseract makes of a day or a year: ``I2 Agustus 2O25``.
DIGITLIKE = "0-9OoIl|SB"


@cache
def vocabulary(file: str) -> Mapping[str, Any]:
    """Return what a file of the vocabulary holds: lists of words by name, tables and numbers; read once."""
    return tomllib.loads((_FOLDER / f"{file}.toml").read_text(encoding="utf-8"))


def any_of(words: Iterable[str]) -> str:
    """Return a pattern of any of the words and phrases, the first that fits; of none, one that nothing fits."""
    return f"(?:{'|'.join(map(_pattern_of, words)) or '(?!)'})"


def _pattern_of(phrase: str) -> str:
    def written(character: re.Match[str]) -> str:
        if either := character[1]:
            return f"[{either.upper()}{either.lower()}]"
        return _NOTATION.get(character[0]) or re.escape(character[0])

    return _CHARACTER.sub(written, phrase)


class Pattern:
    """A pattern in which words of the vocabulary stand: made when it is first used, so that nothing is read at import.

    ``<titles>`` in its shape is any word of that list in its own file, ``<names.titles>`` one of another file;
    ``<^titles>`` is one in capitals, ``<!titles>`` stands where none of them may end.
    """

    def __init__(self, file: str, shape: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        """Make a pattern of a *shape*, a regular expression with the names of lists in it, and the words of *file*."""
        self.file, self.shape, self.flags = file, shape, flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The regular expression."""
        return re.compile(_PLACEHOLDER.sub(self._words, self.shape), self.flags)

    def _words(self, placeholder: re.Match[str]) -> str:
        words = vocabulary(placeholder[2] or self.file)[placeholder[3]]
        match placeholder[1]:
            case "!":
                return "".join(rf"(?<!\b{_pattern_of(word)})" for word in words)
            case "^":
                return any_of(word.upper() for word in words)
        return any_of(words)

    @cached_property
    def match(self) -> Callable[..., re.Match[str] | None]:
        """As of :class:`re.Pattern`, and so the others: found once, they cost no more than its own."""
        return self.compiled.match

    @cached_property
    def search(self) -> Callable[..., re.Match[str] | None]:
        """As of :class:`re.Pattern`."""
        return self.compiled.search

    @cached_property
    def fullmatch(self) -> Callable[..., re.Match[str] | None]:
        """As of :class:`re.Pattern`."""
        return self.compiled.fullmatch

    @cached_property
    def finditer(self) -> Callable[..., Iterator[re.Match[str]]]:
        """As of :class:`re.Pattern`."""
        return self.compiled.finditer

    @cached_property
    def sub(self) -> Callable[..., str]:
        """As of :class:`re.Pattern`."""
        return self.compiled.sub


def fold(text: str) -> str:
    """Return the text's letters and digits in lower case, nothing between them (``N a m a`` is ``nama``)."""
    return _NOT_ALNUM.sub("", text.lower())


@cache
def _confused(table: str) -> Mapping[int, str]:
    """Return for what a table of confusions takes each character."""
    rows = vocabulary("spelling")[table].items()
    return str.maketrans({mistaken: meant for meant, all_mistaken in rows for mistaken in all_mistaken})


def digits(text: str) -> str:
    """Return the digits of a number in which some may have been read as letters."""
    return re.sub(r"\D", "", as_digits(text))


def as_digits(text: str) -> str:
    """Return the text, as long as before, with letters that are often read for digits written as digits."""
    return text.translate(_confused("digits"))


def letters(text: str) -> str:
    """Return a word in lower case in which some letters may have been read as digits."""
    return text.lower().translate(_confused("letters"))


def one_shape(folded: str) -> str:
    """Return the letters with those that scanners confuse (*i l 1*, *o 0*, *rn m*) written alike."""
    return one_m(folded).translate(_confused("shapes"))


def one_m(folded: str) -> str:
    """Return the letters with what an *m* is often read as (*rn*, *nn*) as one letter."""
    return folded.replace("rn", "m").replace("nn", "m")


def modern(word: str) -> str:
    """Return a lower-case word in the spelling in use since 1972 (``djuni`` is ``juni``)."""
    for old, new in vocabulary("spelling")["modern"].items():
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
