"""How an office learns of the cases that its clerks have confirmed: weights of its own, where they prove to be better.

Measured is with cases of which the weights have learned nothing: each of four parts of the cases is read by what was
learned of the other three. A field's own weights are taken where they mend more cases than they spoil, by more than
chance would; what they hold certain is called certain only where cases at which somebody looked prove it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.cases.case_number import CaseNumber
from pipeline.errors import YankomasError
from pipeline.reading.confirmed_answers import LABELS, SEVERAL
from pipeline.reading.doubt import certain
from pipeline.reading.field_weights import AT_LEAST, FieldWeights, LearnedWeights, shipped_edition
from pipeline.reading.lessons import Lesson, LessonBook, Lessons, Seen
from pipeline.reading.ports import OfficeWeights
from pipeline.reading.proposal import field_of
from pipeline.reading.proposal_signs import wordless_signs
from pipeline.reading.weighing import apart, likelihood_of
from pipeline.reading.weight_fitting import fitted, odds_of

#: With fewer confirmed cases nothing is learned: a part of them is too few to be measured by.
LEAST_CASES = 50
_PARTS = 4
#: How strongly weights are held to the shipped ones.
PULL = 4.0
#: With so few cases to be mended it cannot be told from chance whether they are.
_LEAST_TO_MEND = 5
#: A field is certain where 95 of 100 values were right that were shown as certain, of eight or more (doubt.toml).
_LEAST_CERTAIN, _RIGHT = 8, 0.95
Heavy = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Measured:
    """How a field is read with the shipped weights and with the office's own, of which the case has taught nothing.

    ``cases`` are those of which choosing well could be right; ``before`` and ``after`` how many of them were read
    without a mistake, ``mended`` and ``spoiled`` how many became better or worse. ``certain``: what is shown as certain
    is so, by cases at which somebody looked. Not ``measured`` is what was hardly ever wrong.
    """

    label: str
    cases: int
    before: int
    after: int
    mended: int = 0
    spoiled: int = 0
    certain: bool = False
    measured: bool = True

    @property
    def taken(self) -> bool:
        """Whether the own weights mend more than they spoil, by over two standard deviations of chance."""
        return self.mended - self.spoiled > 2 * math.sqrt(self.mended + self.spoiled)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of learning: of how many cases, how each field was measured, and whether anything is in use now."""

    cases: int
    measured: tuple[Measured, ...]

    @property
    def taken(self) -> tuple[str, ...]:
        """The labels that the office's own weights weigh from now on."""
        return tuple(one.label for one in self.measured if one.taken)


def learn(
    numbers: Sequence[CaseNumber],
    book: LessonBook,
    store: OfficeWeights,
    shipped: FieldWeights,
    today: date,
    progress: Callable[[int, int], None],
) -> Outcome:
    """Learn of confirmed cases, the newest first, and take into use what reads better; without that, nothing is in use.

    Raises:
        YankomasError: there are too few of them; what was in use stays.
    """
    lessons = book.of(numbers, progress)
    if len(lessons) < LEAST_CASES:
        raise YankomasError(
            f"Baru {len(lessons)} perkara terkonfirmasi yang dapat dipelajari; perlu sedikitnya {LEAST_CASES}.",
            "Lanjutkan verifikasi seperti biasa, lalu ulangi. Tidak ada yang diubah.",
        )
    weights, measured = learned(lessons, shipped, today)
    if weights.by_label:
        store.keep(weights)
    else:
        store.forget()
    return Outcome(len(lessons), measured)


def learned(
    lessons: Sequence[Lessons], shipped: FieldWeights, today: date
) -> tuple[LearnedWeights, tuple[Measured, ...]]:
    """Return what is learned of these cases, and how each field was measured."""
    found: dict[str, Heavy] = {}
    measured = []
    for label in LABELS:
        own = [(at % _PARTS, one[label]) for at, one in enumerate(lessons) if label in one]
        one = _measured(label, own, shipped.by_label[label])
        measured.append(one)
        if one.taken:
            heavy = _fitted([lesson for _, lesson in own], shipped.by_label[label])
            found[label] = {sign: round(w, 3) for sign, w in heavy.items()}
    doubtful = frozenset(one.label for one in measured if one.taken and not one.certain)
    return LearnedWeights(shipped_edition(), len(lessons), today.isoformat(), found, doubtful), tuple(measured)


def _measured(label: str, own: Sequence[tuple[int, Lesson]], shipped: Heavy) -> Measured:
    """Measure a field by its lessons, each with the part of the cases that it belongs to."""
    told = [(part, lesson, _mistakes(label, lesson, shipped)) for part, lesson in own if lesson.told]
    right = sum(not before for _, _, before in told)
    if len(told) - right < _LEAST_TO_MEND:
        return Measured(label, len(told), right, right, measured=False)
    heavy = [_fitted([lesson for part, lesson in own if part != left_out], shipped) for left_out in range(_PARTS)]
    by_others = [{**shipped, **weights} for weights in heavy]
    pairs = [(before, _mistakes(label, lesson, by_others[part])) for part, lesson, before in told]
    return Measured(
        label,
        len(told),
        right,
        sum(not after for _, after in pairs),
        mended=sum(after < before for before, after in pairs),
        spoiled=sum(after > before for before, after in pairs),
        certain=_is_proved(label, own, by_others),
    )


def _is_proved(label: str, own: Sequence[tuple[int, Lesson]], by_others: Sequence[Heavy]) -> bool:
    """Say whether what is shown as certain is so, by the cases at which somebody looked."""
    sure = [
        seen.example.right
        for part, lesson in own
        if lesson.looked_at
        for seen, likely in _shown(label, lesson, by_others[part])
        if certain(field_of(label), likely)
    ]
    return len(sure) >= _LEAST_CERTAIN and sum(sure) >= _RIGHT * len(sure)


def _fitted(lessons: Iterable[Lesson], shipped: Heavy) -> Heavy:
    examples = [seen.example for lesson in lessons if lesson.told for seen in lesson.proposed]
    return fitted(examples, shipped, wordless_signs(), PULL)


def _mistakes(label: str, lesson: Lesson, heavy: Heavy) -> int:
    """Return how many values are shown wrongly, and how many are missed."""
    shown = [seen.example.right for seen, _ in _shown(label, lesson, heavy)]
    return shown.count(False) + max(0, lesson.answers - sum(shown))


def _shown(label: str, lesson: Lesson, heavy: Heavy) -> list[tuple[Seen, float]]:
    """Return what a clerk would be shown, and how likely it is (as :mod:`pipeline.reading.choice` has it)."""
    ranked = sorted(((seen, _likely(seen, heavy)) for seen in lesson.proposed), key=lambda one: -one[1])
    kept = apart((one for one in ranked if one[1] >= heavy[AT_LEAST]), lambda one: one[0].text)
    return kept if label in SEVERAL else kept[:1]


def _likely(seen: Seen, heavy: Heavy) -> float:
    return likelihood_of(odds_of(seen.example, heavy))
