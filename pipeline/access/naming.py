"""How names are compared: a text as words, each by its key, which is the same for every way of writing the name.

Old and new spelling (*Soekarni*, *Djaja*), double letters, accents, letters of other alphabets that look alike, signs
that nobody sees and a word broken over two lines give one key. Data lies in ``naming_words.toml``.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import dropwhile
from pathlib import Path
from typing import Any

from pipeline.reading.identity import plain

#: Signs within a word that no reader takes for its end: accents, apostrophes, what is not seen at all.
_INSIDE = "\u00ad\u0300-\u036f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
_APOSTROPHES = "'’‘ʼ`´"
_PART = rf"[^\W_](?:[^\W_]|[{_INSIDE}]|[{_APOSTROPHES}](?=\w))*"
#: A word, also one that a hyphen breaks at the end of a line.
WORD = re.compile(rf"{_PART}(?:[-\u2010\u2011]\s{{0,3}}\n\s{{0,9}}{_PART})?")
_NO_SIGN = re.compile(r"[^0-9a-z]+")
_DOUBLE = re.compile(r"([a-z])\1+")
#: Old spellings and sounds that are written in several ways, the longer ones first.
_SPELLINGS = (
    *(("tj", "c"), ("dj", "j"), ("nj", "ny"), ("sj", "sy"), ("ch", "h"), ("kh", "h"), ("oe", "u"), ("ph", "f")),
    *(("v", "f"), ("q", "k"), ("j", "y")),
)
#: Figures that are read or written for letters.
_FIGURES = str.maketrans("01345", "oleas")
_MIXED = re.compile(r"[a-z]\d|\d[a-z]")
_LONGEST = 80  # a longer word is nobody's name
_ALIAS = re.compile(r"\b(?:alias|als\.?|a\.k\.a\.?|(?:biasa )?(?:di)?panggil(?:an)?)\s+", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“”„«(\[]([^\"“”„«»()\[\]]{1,60})[\"“”»)\]]")
#: What stands in brackets behind a name and is another name: not an age, not who somebody is.
_BRACKETED = re.compile(r"\s*[A-Z][^\d]*$")
_ROMAN = re.compile(r"[IVXLC]+")
_FILE = Path(__file__).with_name("naming_words.toml")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of ``naming_words.toml``: groups of keys, what stands instead of what is hidden, figures in words."""

    groups: Mapping[str, frozenset[str]]
    instead: Mapping[str, str]
    figures: Mapping[str, str]


@cache
def vocabulary() -> Vocabulary:
    """Return the words that naming rests on."""
    told = _told()
    groups = {name: frozenset(map(key, words)) for name, words in told["kata"].items()}
    return Vocabulary(groups, told["pengganti"], told["angka"])


@cache
def _told() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


@cache
def _look_alikes() -> Mapping[int, str]:
    return str.maketrans(dict(_told()["serupa"]))


def key(word: str) -> str:
    """Return by what a word is compared; empty for one that is no name."""
    if len(word) > _LONGEST:
        return ""
    told = word.casefold()
    if not told.isascii():
        told = "".join(c for c in told if not unicodedata.combining(c))
        told = unicodedata.normalize("NFKD", told).translate(_look_alikes()).casefold()
    told = _NO_SIGN.sub("", told)
    if told.isdigit():
        return told
    if _MIXED.search(told) and sum(map(str.isalpha, told)) > 1:
        told = told.translate(_FIGURES)
    for old, new in _SPELLINGS:
        told = told.replace(old, new)
    told = _DOUBLE.sub(r"\1", told)
    return f"{told[:-1]}i" if told.endswith("y") and len(told) > 2 else told


class Words:
    """A text as its words, and their keys one after another, in which names are found whatever divides their parts."""

    __slots__ = ("begins", "ends", "keys", "numbers", "spans", "spelt", "stream", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        known: dict[str, str] = {}
        self.keys: list[str] = []
        self.spans: list[tuple[int, int]] = []
        for found in WORD.finditer(text):
            word = found[0]
            if (told := known.get(word)) is None:
                told = known[word] = key(word)
            if told:
                self.keys.append(told)
                self.spans.append(found.span())
        self.stream = "".join(self.keys)
        self.begins: dict[int, int] = {}
        self.ends: dict[int, int] = {}
        self.numbers: dict[str, list[int]] = {}
        at = 0
        for number, told in enumerate(self.keys):
            self.numbers.setdefault(told, []).append(number)
            self.begins[at] = number
            at += len(told)
            self.ends[at] = number
        self.spelt = self._spelt()

    def places(self, keys: str) -> list[tuple[int, int]]:
        """Return where these keys stand, from a word's beginning to a word's end, as the first and the last word."""
        found, at = [], self.stream.find(keys)
        while at >= 0:
            first, last = self.begins.get(at), self.ends.get(at + len(keys))
            if first is not None and last is not None:
                found.append((first, last))
            at = self.stream.find(keys, at + 1)
        return found

    def word(self, number: int) -> str:
        """Return a word as it is written."""
        begin, end = self.spans[number]
        return self.text[begin:end]

    def between(self, number: int) -> str:
        """Return what stands between a word and the one before it."""
        return self.text[self.spans[number - 1][1] if number else 0 : self.spans[number][0]]

    def _spelt(self) -> list[tuple[int, int, str]]:
        """Return runs of four letters or more, each alone (*S a r i*): the first and last word, and the run's key."""
        runs: list[tuple[int, int]] = []
        first = None
        for number, told in enumerate([*self.keys, ""]):
            alone = len(told) == 1 and told.isalpha()
            if first is not None and (not alone or len(self.between(number)) > 3):
                runs.append((first, number - 1))
                first = None
            if alone and first is None:
                first = number
        return [(a, b, key("".join(map(self.word, range(a, b + 1))))) for a, b in runs if b - a >= 3]


def keys_of(text: str) -> tuple[str, ...]:
    """Return the keys of a text's words."""
    return tuple(filter(None, (key(found[0]) for found in WORD.finditer(text))))


def is_post(text: str) -> bool:
    """Say whether a text tells by what somebody is who it is, and has no name (``Guru kelas III``).

    A post at an agency (``Kepala Desa Contoh``) is one; ``Guru Budi`` names somebody.
    """
    groups = vocabulary().groups
    words = [found[0] for found in WORD.finditer(plain(text))]
    if not words or key(words[0]) not in groups["jabatan"]:
        return False
    told = groups["jabatan"] | groups["kata_jabatan"]
    for word in words[1:]:
        if key(word) in groups["pengantar"] and key(word) not in told:
            return True  # what follows is the agency's name
        if word[:1].isupper() and not _ROMAN.fullmatch(word) and key(word) not in told:
            return False
    return True


def is_common_post(text: str) -> bool:
    """Say whether a text has a post that many have (``Guru kelas III``): no agency that would tell whose it is.

    Some of its words are written small or are figures: two words with capitals may be a name (``Wali Utama``).
    """
    groups = vocabulary().groups
    agencies = groups["pengantar"] - groups["jabatan"] - groups["kata_jabatan"]
    rest = [found[0] for found in WORD.finditer(plain(text))][1:]
    small = any(not word[:1].isupper() or _ROMAN.fullmatch(word) for word in rest)
    return small and is_post(text) and agencies.isdisjoint(keys_of(text))


def naming_part(keys: Sequence[str]) -> range:
    """Return which words of a text about one person are the name; none where it tells somebody without (*bayi saya*).

    What stands behind *bernama*; else what is left behind the words that tell somebody so (*siswi rina rekaan*),
    unless that is a place (*siswa SMP Contoh*). A text about many people names nobody.
    """
    groups = vocabulary().groups
    nameless = groups["tanpa_nama"] | groups["sapaan"]
    cue = max((number for number, told in enumerate(keys) if told in groups["penamaan"]), default=-1)
    if cue < 0 and groups["bukan_orang"].intersection(keys) - groups["tanpa_nama"]:
        return range(0)
    first = next(dropwhile(lambda n: keys[n] in nameless, range(cue + 1, len(keys))), len(keys))
    is_place = cue < 0 < first < len(keys) and keys[first] in groups["pengantar"]
    return range(0) if is_place else range(first, len(keys))


def names_of(text: str) -> tuple[tuple[str, ...], ...]:
    """Return the names that a field gives one person, each as the keys of its parts: the name, and by what it is known.

    Titles, degrees and what follows the name (*…, anak, 12 tahun*; *(9 tahun)*, *(anak)*) are left out; a text about
    many people names nobody.
    """
    groups = vocabulary().groups
    found: dict[tuple[str, ...], None] = {}
    known_as = (q[1] for q in _QUOTED.finditer(text) if q[0][0] not in "([" or _BRACKETED.match(q[1]))
    pieces = (*_ALIAS.split(_QUOTED.sub(" ", text)), *known_as)
    for piece in pieces:
        name, _, rest = plain(piece).partition(",")
        if rest.strip()[:1].isupper():  # *Melati, Sari*
            name = f"{name} {rest}"
        all_keys = keys_of(name)
        parts = (all_keys[number] for number in naming_part(all_keys))
        kept = (part for part in parts if len(part) > 1 and part not in groups["bukan_bagian"] | groups["sapaan"])
        if told := tuple(dict.fromkeys(part for part in kept if not part.isdigit()))[:6]:
            found[told] = None
    return tuple(found)
