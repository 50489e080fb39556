"""Counts of answers: all that is kept of them, once there are enough.

Of a batch the values are counted element by element and each trait by itself, so that no row of anybody's answers is
left, and nothing says which traits go with which values.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from pipeline.survey.questionnaire import Answer, questionnaire

#: So many answers are counted together at least. Fewer would leave who answered on a day to be guessed from the marks
#: of that day; more would keep small offices waiting for years.
BATCH = 5
#: The ways in which answers come.
PAGE, PAPER = "laman", "kertas"


@dataclass(frozen=True, slots=True, order=True)
class Semester:
    """Half a year, in which batches are counted when they are full."""

    year: int
    half: int

    @property
    def key(self) -> str:
        """As files and addresses name it: ``2026-2``."""
        return f"{self.year}-{self.half}"

    @property
    def label(self) -> str:
        """As people name it."""
        return f"Semester {'I' * self.half} {self.year}"

    @property
    def before(self) -> Semester:
        """The semester before it."""
        return Semester(self.year, 1) if self.half == 2 else Semester(self.year - 1, 2)


def semester_of(day: date) -> Semester:
    """Return the semester of a day."""
    return Semester(day.year, 1 if day.month <= 6 else 2)


@dataclass(frozen=True, slots=True)
class Tally:
    """So many answers: for each element how often each value was given, for each trait how often each answer."""

    semester: str
    channel: str
    count: int
    scores: tuple[tuple[int, ...], ...]
    traits: Mapping[str, Mapping[str, int]]


def tally(answers: Iterable[Answer], semester: Semester, channel: str) -> Tally:
    """Return the counts of some answers."""
    asked, given = questionnaire(), list(answers)
    scores = tuple(
        tuple(sum(answer.scores[place] == value for answer in given) for value in range(1, len(element.answers) + 1))
        for place, element in enumerate(asked.elements)
    )
    traits = {
        trait.key: {
            one: count for one in trait.answers if (count := sum(a.traits.get(trait.key) == one for a in given))
        }
        for trait in asked.traits
    }
    return Tally(semester.key, channel, len(given), scores, traits)
