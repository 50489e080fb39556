"""How hits are ranked: the case that was asked for by its number, then those found exactly, then those misread.

Among them the best answer comes first: BM25 over the columns of the index, in which a word counts by where it stands.
Of equal ones, and of more than can be weighed in time, the newest come first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum, auto

from pipeline.search.case_text import COLUMNS, LETTER, MATTER, NUMBERS, PEOPLE, SHEETS

#: How much a word counts in each column: numbers are asked for to find one case, names and the subject say what a case
#: is about, and a letter's or a sheet's many words say it least. Chosen by hand on the invented cases of
#: ``bench/searching.py``: what is asked for in the register's own words stands before what merely mentions it.
WEIGHTS: Mapping[str, float] = {NUMBERS: 12.0, MATTER: 6.0, PEOPLE: 8.0, LETTER: 1.0, SHEETS: 0.6}
#: How near two answers may lie and still be equally good: by its last digits an index in a file and one in PostgreSQL,
#: which add up in another order, differ for one and the same letter. The least that a word weighs is a thousand times
#: as much (the inverse frequency of one that most cases have).
ALIKE = 1e-9
#: Up to so many hits are weighed; more are shown the newest first. Among 100,000 cases the hardest kind of question,
#: two very common words side by side, then takes 48 ms (95 of 100, ``bench/searching.py``) of 50 ms that are wanted.
RANKED = 10_000
#: Of more hits than these the newest are counted for facets and late ones, for the same reason; the page says so.
COUNTED = 2_000


class By(Enum):
    """By what hits are put in order."""

    #: The case whose number was asked for comes first.
    OWN_NUMBER = auto()
    #: The best answer comes first: BM25.
    ANSWER = auto()
    #: The newest comes first.
    NEWEST = auto()


def order(total: int, *, numbered: bool, asked: bool) -> Iterator[By]:
    """Yield by what so many hits are put in order, the first first.

    ``numbered``: a case's number was asked for; ``asked``: anything was, or the whole archive is listed.
    """
    if numbered:
        yield By.OWN_NUMBER
    if asked and total <= RANKED:
        yield By.ANSWER
    yield By.NEWEST


def weights() -> tuple[float, ...]:
    """Return the columns' weights in their order, and last that of the words a list is narrowed by: none."""
    return (*(WEIGHTS[column] for column in COLUMNS), 0.0)


def comparable(score: str) -> str:
    """Return a score (an expression of SQL) as it is compared: by steps of :data:`ALIKE`."""
    return f"round({score} / {ALIKE})"


def misread_part(first: int, count: int, exact: int) -> tuple[int, int]:
    """Return at which of the misread hits a page begins, and how many it has room for behind its exact ones.

    The page shows so many from the ``first`` on; ``exact`` is how many are exact in all.
    """
    return max(0, first - exact), count - min(max(exact - first, 0), count)
