"""A question as the index understands it.

One expression finds what was asked exactly, another also what a scanner may have made of it. Both hold nothing but
quoted words, so no question can break them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from pipeline.access.secrecy import ANYBODY, readers_opened_by
from pipeline.cases.case_number import CaseNumber
from pipeline.search.case_text import COLUMNS, OF_A_SERVICE, PERSONAL, WITH_DEADLINE, reader_word
from pipeline.search.query import Term
from pipeline.search.snippets import Answers
from pipeline.search.store.spellings import Group, Spelling, answering, groups_of, narrowing_words
from pipeline.search.store.vocabulary import SqliteWords


@dataclass(frozen=True, slots=True)
class Match:
    """The whole question.

    ``exact`` and ``tolerant`` are FTS5 expressions, empty if every case is meant; ``personal``: who asks may see names.
    ``readers`` is what a *rahasia* case must answer besides (empty: it need not); all others are open to whoever asks,
    and are not held against it: a list of all of them would be gone through for each question. Except those of other
    services, which are few: ``within`` leaves those out of which who asks may read none.
    """

    exact: str
    tolerant: str
    readers: str
    theirs_alone: bool
    """Whether who asks has a part in other services alone, and may read no complaint."""
    groups: tuple[Group, ...]
    cases: tuple[CaseNumber, ...]
    personal: bool
    answers: Answers
    """Marks the words that answer, in a text."""

    def within(self, expression: str) -> str:
        """Return an expression narrowed to the cases that are open to who asks, of those that are not *rahasia*."""
        if not self.readers:
            return expression
        return f"({expression}) {f'AND {self.readers}' if self.theirs_alone else f'NOT ({self.apart})'}"

    @property
    def apart(self) -> str:
        """The expression of the cases of services in which who asks has no part."""
        return apart(self.readers)


def apart(readers: str) -> str:
    """Return the expression of the cases of other services that none of the readers may read."""
    return f'"{OF_A_SERVICE}" NOT {readers}'


def readers_expression(roles: Collection[str]) -> str:
    """Return the expression of the cases that somebody with these roles may read."""
    return _any([f'"{reader_word(reader)}"' for reader in sorted(readers_opened_by(roles))])


def matching(
    base: sqlite3.Connection,
    terms: Sequence[Term],
    narrow: Mapping[str, Sequence[str]],
    *,
    late: bool,
    personal: bool,
    roles: Collection[str] | None,
) -> Match:
    """Return how to look for the terms among the cases of these facets that are open to these roles (None: to all).

    ``late``: among those with a deadline; ``personal``: also where people are named.
    """
    groups = groups_of(SqliteWords(base), terms)
    where = "" if personal else "{" + " ".join(c for c in COLUMNS if c not in PERSONAL) + "} : "
    narrowed = [_any([f'"{word}"' for word in words]) for words in narrowing_words(narrow)]
    narrowed += [f'"{WITH_DEADLINE}"'] * late
    exact = [f"{where}{_any([*map(_expression, group.exact)])}" for group in groups]
    tolerant = [f"{where}{_any([*map(_expression, (*group.exact, *group.believed))])}" for group in groups]
    return Match(
        exact=" AND ".join([*exact, *narrowed]),
        tolerant=" AND ".join([*tolerant, *narrowed]),
        readers="" if roles is None else readers_expression(roles),
        theirs_alone=roles is not None and ANYBODY not in readers_opened_by(roles),
        groups=groups,
        cases=tuple(group.case for group in groups if group.case),
        personal=personal,
        answers=answering(groups),
    )


def _expression(spelling: Spelling) -> str:
    return f'"{" ".join(spelling.words)}"{" *" if spelling.begins else ""}'


def _any(expressions: Sequence[str]) -> str:
    return f"({' OR '.join(expressions)})"
