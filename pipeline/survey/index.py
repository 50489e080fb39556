"""The index of satisfaction (IKM) as Permenpan-RB 14/2017 computes it.

The mean of each element, weighted with one ninth; their sum times 25; the grade by the bounds of the annex. The
ministry's forms round one ninth to 0.11 or 0.111; computed exactly, an office in which everybody answers 4 has 100.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from pipeline.register.summary.small_cell_suppression import LEAST, shown
from pipeline.survey.questionnaire import Element, Grade, questionnaire
from pipeline.survey.tally import PAPER, Semester, Tally

#: What a value of 1 to 4 is multiplied with, so that the best is 100.
CONVERSION = 25
_HUNDREDTHS = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class ElementResult:
    """What came of an element: mean (1 to 4), converted (25 to 100), and the grade of that."""

    element: Element
    mean: Decimal
    converted: Decimal
    grade: Grade


@dataclass(frozen=True, slots=True)
class TraitResult:
    """How often each answer about who answered was given; None: fewer than may be shown, or left out beside such."""

    name: str
    counts: tuple[tuple[str, int | None], ...]


@dataclass(frozen=True, slots=True)
class Result:
    """A semester's result; ``index`` None: too few answered for any figure but their number to be shown.

    ``count`` None: below what may be shown. ``on_paper``: how many of them were typed in from paper.
    """

    semester: Semester
    count: int | None
    on_paper: int | None = None
    index: Decimal | None = None
    grade: Grade | None = None
    elements: tuple[ElementResult, ...] = ()
    traits: tuple[TraitResult, ...] = ()

    @property
    def weakest(self) -> tuple[ElementResult, ...]:
        """The three elements with the lowest means: what the regulation asks a plan of improvement for."""
        return tuple(sorted(self.elements, key=lambda one: one.mean)[:3])


def result(semester: Semester, batches: Iterable[Tally]) -> Result:
    """Return what came of a semester, with small counts left out as everywhere in the house."""
    own = [batch for batch in batches if batch.semester == semester.key]
    count = sum(batch.count for batch in own)
    if count < LEAST:
        return Result(semester, None if count else 0)
    elements = tuple(_element(place, element, own, count) for place, element in enumerate(questionnaire().elements))
    exact = sum((_mean(place, own, count) for place in range(len(elements))), Fraction(0)) / len(elements)
    index = _rounded(exact * CONVERSION)
    paper = sum(batch.count for batch in own if batch.channel == PAPER)
    told, traits = shown([paper, count - paper], count)[0], tuple(_traits(own, count))
    return Result(semester, count, told, index, grade_of(index), elements, traits)


def grade_of(converted: Decimal) -> Grade:
    """Return the grade of a converted value, as rounded to hundredths: the bounds are given in them."""
    return [grade for grade in questionnaire().grades if grade.least <= converted][-1]


def _element(place: int, element: Element, batches: Sequence[Tally], count: int) -> ElementResult:
    mean = _mean(place, batches, count)
    converted = _rounded(mean * CONVERSION)
    return ElementResult(element, _rounded(mean), converted, grade_of(converted))


def _mean(place: int, batches: Sequence[Tally], count: int) -> Fraction:
    total = sum(value * n for batch in batches for value, n in enumerate(batch.scores[place], 1))
    return Fraction(total, count)


def _traits(batches: Sequence[Tally], count: int) -> Iterable[TraitResult]:
    for trait in questionnaire().traits:
        counts = [sum(batch.traits.get(trait.key, {}).get(one, 0) for batch in batches) for one in trait.answers]
        labels, counts = (*trait.answers, "tidak dijawab"), [*counts, count - sum(counts)]
        yield TraitResult(trait.name, tuple(zip(labels, shown(counts, count), strict=True)))


def _rounded(value: Fraction) -> Decimal:
    """Return a value in hundredths, the half upwards."""
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(_HUNDREDTHS, ROUND_HALF_UP)
