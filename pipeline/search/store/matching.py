"""A question as the index understands it.

One expression finds what was asked exactly, another also what a scanner may have made of it. Both hold nothing but
quoted words, so no question can break them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from pipeline.access.secrecy import readers_opened_by
from pipeline.cases.case_number import CaseNumber
from pipeline.office.wording import words_of
from pipeline.search.case_text import COLUMNS, PERSONAL, facet_word, reader_word
from pipeline.search.comparable_words import case_word, day_word, naskah_asked, number_word
from pipeline.search.query import AskedWord, Day, Number, Phrase, Term
from pipeline.search.snippets import Answers
from pipeline.search.store.vocabulary import kin, slips

#: Beginnings of words are looked for from so many letters on.
_BEGINNING = 3
_NOTHING = '"_tidakada"'


@dataclass(frozen=True, slots=True)
class Group:
    """What stands for one asked term: expressions that are meant, others that are believed, and the words to mark."""

    exact: tuple[str, ...]
    believed: tuple[str, ...] = ()
    begins: str = ""
    words: frozenset[str] = frozenset()
    case: CaseNumber | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """The whole question.

    ``exact`` and ``tolerant`` are FTS5 expressions, empty if every case is meant; ``personal``: who asks may see names.
    ``readers`` is what a *rahasia* case must answer besides (empty: it need not); all others are open to whoever asks,
    and are not held against it: a list of all of them would be gone through for each question.
    """

    exact: str
    tolerant: str
    readers: str
    groups: tuple[Group, ...]
    cases: tuple[CaseNumber, ...]
    personal: bool
    answers: Answers
    """Marks the words that answer, in a text."""


class _Answering(dict[str, int]):
    """Which group a printed word answers, or -1; remembered, because texts repeat themselves."""

    def __init__(self, groups: Sequence[Group]) -> None:
        super().__init__()
        self._of = {word: n for n, group in reversed([*enumerate(groups)]) for word in group.words}
        self._begins = tuple((group.begins, n) for n, group in enumerate(groups) if group.begins)
        self._beginnings = tuple(beginning for beginning, _ in self._begins)

    def __missing__(self, printed: str) -> int:
        if printed.isascii() and printed.isalnum():
            found = self._group(printed.lower())
        else:
            found = next((n for word in words_of(printed) if (n := self._group(word)) >= 0), -1)
        self[printed] = found
        return found

    def _group(self, word: str) -> int:
        if (found := self._of.get(word)) is not None:
            return found
        if word.startswith(self._beginnings):  # asked of thousands of words: one call for all beginnings
            return next(n for beginning, n in self._begins if word.startswith(beginning))
        return -1


def matching(
    base: sqlite3.Connection,
    terms: Sequence[Term],
    narrow: Mapping[str, Sequence[str]],
    *,
    personal: bool,
    roles: Collection[str] | None,
) -> Match:
    """Return how to look for the terms among the cases of these facets that are open to these roles (None: to all).

    ``personal``: also where people are named.
    """
    groups = tuple(_group(base, term) for term in terms)
    where = "" if personal else "{" + " ".join(c for c in COLUMNS if c not in PERSONAL) + "} : "
    kept = [[facet_word(name, value) for value in values] for name, values in narrow.items() if values]
    narrowed = [_any([f'"{word}"' for word in words]) for words in kept]
    readers = [] if roles is None else [f'"{reader_word(reader)}"' for reader in sorted(readers_opened_by(roles))]
    exact = [f"{where}{_any(group.exact)}" for group in groups]
    tolerant = [f"{where}{_any((*group.exact, *group.believed))}" for group in groups]
    return Match(
        exact=" AND ".join([*exact, *narrowed]),
        tolerant=" AND ".join([*tolerant, *narrowed]),
        readers=_any(readers) if readers else "",
        groups=groups,
        cases=tuple(group.case for group in groups if group.case),
        personal=personal,
        answers=_Answering(groups).__getitem__,
    )


def _group(base: sqlite3.Connection, term: Term) -> Group:
    match term:
        case AskedWord(text):
            return _word(base, text)
        case Phrase(words):
            return Group((_phrase(words),), words=frozenset(words))
        case Day(None):
            return Group((_NOTHING,))
        case Day(day):
            assert day is not None
            return Group((f'"{day_word(day)}"',), words=frozenset())
        case Number():
            return _number(base, term)


def _word(base: sqlite3.Connection, text: str) -> Group:
    beginning = len(text) >= _BEGINNING
    related, misread = kin(base, text), slips(base, text)
    return Group(
        exact=(f'"{text}"{" *" if beginning else ""}', *(f'"{word}"' for word in related)),
        believed=tuple(f'"{word}"' for word in misread),
        begins=text if beginning else "",
        words=frozenset([text, *related, *misread]),
    )


def _number(base: sqlite3.Connection, number: Number) -> Group:
    whole = number_word(number.text)
    words = words_of(number.text)
    exact = [f'"{whole}"', *([_phrase(words)] if words else [])]
    if number.case:
        exact.append(f'"{case_word(number.case)}"')
    if number.naskah:
        exact += [f'"{word}"' for word in naskah_asked(number.naskah)]
    misread = tuple(f'"{word}"' for word in slips(base, whole))
    return Group(tuple(exact), misread, words=frozenset(words) if len(words) > 1 else frozenset(), case=number.case)


def _phrase(words: Sequence[str]) -> str:
    return '"' + " ".join(words) + '"'


def _any(expressions: Sequence[str]) -> str:
    return f"({' OR '.join(expressions)})"
