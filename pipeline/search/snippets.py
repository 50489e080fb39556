"""The places of a case that answer a question, cut short, each word that answers marked: data, not markup.

A NIK shows its last four digits alone, as in every list; the complaint itself shows it whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice, takewhile

from pipeline.access.masking import covered_niks
from pipeline.search.case_text import CaseText
from pipeline.search.comparable_words import PRINTED

#: About how many letters a place shows, and how many places a case shows at most.
ROOM, PLACES = 180, 3
#: How many letters of a text are looked through: the first hits of a long letter are enough.
_FAR = 60_000
#: How many hits of a passage are looked at when its best stretch is chosen.
_MOST = 60
#: Letters that a NIK may reach beyond where a text is cut.
_REACH = 40

_WORD = re.compile(f"({PRINTED.pattern})")

#: Says which of the asked terms (by position) each of some printed words answers, or -1.
Answers = Callable[[Sequence[str]], list[int]]


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a place where words were found."""

    text: str
    hit: bool


@dataclass(frozen=True, slots=True)
class Snippet:
    """Where words were found."""

    label: str
    personal: bool
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    term: int


def snippets(passages: Iterable[CaseText], answers: Answers, terms: int) -> tuple[Snippet, ...]:
    """Return the best places: those that answer a term which no place before them does, then the others.

    Of so many ``terms`` each may be answered somewhere; once all are, no further passage is looked through than needed.
    """
    new: list[tuple[CaseText, Sequence[_Mark]]] = []
    rest: list[tuple[CaseText, Sequence[_Mark]]] = []
    seen: set[int] = set()
    for passage in passages:
        if len(seen) == terms and len(new) + len(rest) >= PLACES:
            break
        if marks := _marks(passage.text, answers):
            found = {mark.term for mark in marks}
            (rest if found <= seen else new).append((passage, marks))
            seen |= found
    return tuple(_cut(passage, marks) for passage, marks in (*new, *rest)[:PLACES])


def _marks(text: str, answers: Answers) -> list[_Mark]:
    pieces = _WORD.split(text[:_FAR])  # what is between words, a word, what is between, …
    ends = [*accumulate(map(len, pieces))]
    terms = enumerate(answers(pieces[1::2]))
    found = (_Mark(ends[2 * n], ends[2 * n + 1], term) for n, term in terms if term >= 0)
    return list(islice(found, _MOST))


def _cut(passage: CaseText, marks: Sequence[_Mark]) -> Snippet:
    """Return the stretch of a passage in which most terms stand closest together."""
    text = passage.text
    near = [_terms_near(marks, n) for n in range(len(marks))]
    first = max(range(len(marks)), key=lambda n: (near[n], -n))
    start = max(0, marks[first].start - ROOM // 4)
    start = text.rfind(" ", 0, start) + 1 if start else 0
    end = min(len(text), max(start + ROOM, marks[first].end))
    if end < len(text) and (blank := text.rfind(" ", marks[first].end, end)) > 0:
        end = blank
    text = _covered(text, start, end)
    parts = [Part("…", False)] if start else []
    at = start
    for mark in (m for m in marks if start <= m.start and m.end <= end):
        parts += [Part(_plain(text[at : mark.start]), False), Part(_plain(text[mark.start : mark.end]), True)]
        at = mark.end
    parts.append(Part(_plain(text[at:end]) + ("…" if end < len(text) else ""), False))
    return Snippet(passage.label, passage.personal, tuple(part for part in parts if part.text))


def _terms_near(marks: Sequence[_Mark], at: int) -> int:
    """Return how many terms are marked from a mark on, as far as a place reaches."""
    end = marks[at].start + ROOM * 3 // 4
    return len({mark.term for mark in takewhile(lambda mark: mark.end <= end, islice(marks, at, None))})


def _covered(text: str, start: int, end: int) -> str:
    """Return the text, as long as it is, with every NIK covered of which something stands between start and end."""
    first, last = max(0, start - _REACH), end + _REACH
    return text[:first] + covered_niks(text[first:last]) + text[last:]


def _plain(text: str) -> str:
    """Return the text with every run of white space as one blank, those at its ends too."""
    line = " ".join(text.split())
    head = " " if text[:1].isspace() and line else ""
    tail = " " if text[-1:].isspace() and line else ""
    return f"{head}{line}{tail}" if line else " " * bool(text)
