"""What a question means: words, phrases in quotes, days, and numbers in any spelling. Any text is a question."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pipeline.cases.answers import read_day
from pipeline.cases.case_number import CaseNumber
from pipeline.errors import UsageFault
from pipeline.office.wording import words_of
from pipeline.register.naskah_numbers import NaskahNumber, read_naskah
from pipeline.search.comparable_words import DAY

#: More letters, or more words, are no question but a text; the rest is left out.
LONGEST, MOST = 1000, 24
_PHRASE = re.compile(r'["“”„«]([^"“”„«»]*)["“”»]')
#: Blanks that people leave around the signs of a number: ``2026 / 0007``, ``W8.HA.01.07 - 12``.
_LOOSE = re.compile(r"(?<=\d)\s*([-–—/])\s*(?=\d)")
_NUMBERLIKE = re.compile(r"(?=\S*\d)\S*[^\W_][-–—/.]\S*[^\W_]\S*")
_YEAR_BEHIND = re.compile(r"(?<=\d)\s+tahun\s+(?=(?:19|20|21)\d\d\b)", re.IGNORECASE)

NumberOf = Callable[[str], CaseNumber]


@dataclass(frozen=True, slots=True)
class AskedWord:
    """A word, or its beginning."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that must stand side by side."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """A day; None: there is no such day, and nothing is found."""

    day: date | None


@dataclass(frozen=True, slots=True)
class Number:
    """A number as typed, and what it may be: a case's, or a letter's that went out."""

    text: str
    case: CaseNumber | None = None
    naskah: NaskahNumber | None = None


Term = AskedWord | Phrase | Day | Number


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: a page of an answer.

    ``narrow`` maps facets to the values that are kept, ``late`` keeps cases that are late at second ``now`` (Unix).
    Without ``personal`` names are neither looked for nor shown in places; a case that is *rahasia* is there only if
    open to one of the ``roles`` (None: to all).
    """

    terms: tuple[Term, ...] = ()
    narrow: Mapping[str, Sequence[str]] = field(default_factory=dict)
    late: bool = False
    now: int = 0
    first: int = 0
    count: int = 20
    personal: bool = True
    roles: frozenset[str] | None = None


def asked(texts: Sequence[str], number_of: NumberOf) -> tuple[Term, ...]:
    """Return what is asked, all of which must be there; a text that is a number as a whole is that number.

    ``number_of`` reads a register number as people write it, and raises ``UsageFault`` if it is none.
    """
    terms: list[Term] = []
    rest = []
    for text in (t[:LONGEST] for t in texts):
        if number := _number(text, number_of):
            terms.append(number)
        else:
            rest.append(text)
    terms += _in_line(" ".join(rest)[:LONGEST], number_of)
    return tuple(dict.fromkeys(terms))[:MOST]


def _in_line(line: str, number_of: NumberOf) -> Iterator[Term]:
    """Yield what stands in a line: phrases, then days, then numbers, and what is left as words."""
    for found in _PHRASE.finditer(line):
        if words := tuple(words_of(found[1])):
            yield Phrase(words[:MOST])
    line = _YEAR_BEHIND.sub("/", _PHRASE.sub(" ", line))
    for found in DAY.finditer(line):
        yield _day(" ".join(found[0].split()))
    line = _LOOSE.sub(r"\1", DAY.sub(" ", line))
    for found in _NUMBERLIKE.finditer(line):
        yield _number(found[0], number_of) or Number(found[0])
    yield from map(AskedWord, words_of(_NUMBERLIKE.sub(" ", line)))


def _number(text: str, number_of: NumberOf) -> Number | None:
    """Return the number that a text is as a whole: a letter's that went out, or a case's."""
    if naskah := read_naskah(text):
        return Number(text, naskah=naskah)
    if DAY.fullmatch(text.strip()):
        return None
    try:
        return Number(text, case=number_of(text))
    except UsageFault:
        return None


def _day(text: str) -> Day:
    try:
        return Day(read_day(text))
    except ValueError:
        return Day(None)
