"""Numbers and houses that tell who somebody is, however their figures are divided or written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pipeline.access.hits import Hit
from pipeline.access.naming import Words, vocabulary

_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_WIDEST = 4  # signs between two figures of one number


@dataclass(slots=True)
class _Run:
    """Figures that stand together, and where each begins and ends in the text."""

    figures: list[str] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    ends: set[int] = field(default_factory=set)

    def add(self, figures: str, spans: Iterable[tuple[int, int]]) -> None:
        self.figures += figures
        self.spans += spans
        self.ends.add(len(self.figures))


def numbers_in(text: str, numbers: Iterable[tuple[str, str]]) -> Iterator[Hit]:
    """Yield where these numbers stand: with blanks, dots, brackets, over two lines, with *nol delapan* for 08."""
    secret = tuple(numbers)
    if not secret:
        return
    for run in _runs(text):
        told = "".join(run.figures)
        for number, instead in secret:
            at = told.find(number)
            while at >= 0:
                if at + len(number) in run.ends:
                    begin = _country(run, told, at)
                    first = run.spans[begin][0]
                    while first and text[first - 1] in "+(":
                        first -= 1
                    yield Hit(first, run.spans[at + len(number) - 1][1], instead, sure=True)
                at = told.find(number, at + 1)


def _country(run: _Run, told: str, at: int) -> int:
    """Return where a number begins with the nought or the country's figures before it."""
    return next((at - len(lead) for lead in ("620", "62", "0") if told.endswith(lead, 0, at)), at)


def _runs(text: str) -> Iterator[_Run]:
    words = vocabulary()
    run, last = _Run(), 0
    for token in _TOKEN.finditer(text):
        told = token[0]
        figures = (
            "".join(str(unicodedata.digit(c)) for c in told) if told[0].isdigit() else words.figures.get(told.lower())
        )
        if figures is None and run.figures and told.lower() in words.groups["sela"]:
            last = token.end()
            continue
        if run.figures and (figures is None or token.start() - last > _WIDEST):
            yield run
            run = _Run()
        if figures is not None:
            each = told[0].isdigit()
            spans = [(n, n + 1) for n in range(*token.span())] if each else [token.span()]
            run.add(figures, spans)
            last = token.end()
    if run.figures:
        yield run


def streets_in(words: Words, streets: Iterable[tuple[str, ...]]) -> Iterator[Hit]:
    """Yield where a street and the number of a house stand together; certain after *Jalan* and the like."""
    groups = vocabulary().groups
    instead = vocabulary().instead["alamat"]
    kept = [n for n, told in enumerate(words.keys) if told not in groups["nomor_rumah"]] if streets else []
    told = [words.keys[n].lstrip("0") for n in kept]
    for street in streets:
        wanted = [part.lstrip("0") for part in street]
        for at, first in enumerate(told):
            if first == wanted[0] and told[at : at + len(wanted)] == wanted:
                begins = kept[at]
                named = begins > 0 and words.keys[begins - 1] in groups["jalan"]
                begin, end = words.spans[begins - named][0], words.spans[kept[at + len(wanted) - 1]][1]
                yield Hit(begin, end, instead, sure=named or len(wanted) > 2)
