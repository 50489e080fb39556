"""What an office can learn of the letters that its clerks have confirmed: what was proposed of each, and what is right.

The letters are not read again from their scans: the words that were filed are proposed from anew, as this version of
the program does it, so that what earlier versions proposed does not matter.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.ports import Cabinet
from pipeline.errors import YankomasError
from pipeline.reading.choice import up_to
from pipeline.reading.confirmed_answers import LABELS, confirmed_answers, is_right, was_looked_at
from pipeline.reading.field_weights import FieldWeights
from pipeline.reading.filed_reading import pages_read
from pipeline.reading.find_complaints import evidence_of
from pipeline.reading.ports import Tagger
from pipeline.reading.proposal import Proposal
from pipeline.reading.proposal_signs import wordless_signs
from pipeline.reading.proposals import proposals
from pipeline.reading.weight_fitting import WeightExample, odds_of

#: So many confirmed cases are learned from, the newest: what holds for a thousand letters holds for ten thousand.
MOST_CASES = 1000
#: So many proposals of a field that are not right are looked at, those that weigh most.
_MOST_WRONG = 8


@dataclass(frozen=True, slots=True)
class Seen:
    """A proposal as it is learned from: its text in small letters, its signs, and whether people confirmed it."""

    text: str
    example: WeightExample


@dataclass(frozen=True, slots=True)
class Lesson:
    """A field of a case: what was proposed, how many answers were confirmed, and whether a person must have looked.

    ``told`` says whether the choice could have been right: what people confirmed was proposed, or they said that the
    letter does not say it. Of what they wrote in words of their own, nothing is learned.
    """

    proposed: tuple[Seen, ...]
    answers: int
    looked_at: bool

    @property
    def told(self) -> bool:
        """Whether choosing well would have been right."""
        return not self.answers or any(seen.example.right for seen in self.proposed)


#: What is learned of a case, by label.
Lessons = Mapping[str, Lesson]


class LessonBook:
    """Makes lessons of cases; signs that many proposals have are kept once."""

    def __init__(self, cabinet: Cabinet, tagger: Tagger, weights: FieldWeights) -> None:
        self._cabinet, self._tagger, self._weights = cabinet, tagger, weights
        self._signs: dict[tuple[str, float], tuple[str, float]] = {}

    def of(self, numbers: Sequence[CaseNumber], progress: Callable[[int, int], None]) -> list[Lessons]:
        """Return what is learned of cases, the newest first: of so many as can be learned from, and no more.

        Cases that cannot be read, and those of which nothing was read or confirmed, teach nothing.
        """
        found: list[Lessons] = []
        most = min(len(numbers), MOST_CASES)
        for number in numbers:
            with suppress(YankomasError, ValueError, KeyError, TypeError):
                if lessons := self._of_case(self._cabinet.case(number)):
                    found.append(lessons)
                    progress(len(found), most)
            if len(found) == most:
                break
        return found

    def _of_case(self, case: Case) -> Lessons:
        answers = confirmed_answers(case.register) if any(made.decision.register for made in case.made) else {}
        if not answers or not (pages := pages_read(self._cabinet, case)):
            return {}
        today = case.registered_at.date()
        evidence = up_to(evidence_of(pages, today, self._tagger), today)
        return {
            label: Lesson(
                self._seen(label, proposals(label, evidence), answers[label]),
                len(answers[label]),
                was_looked_at(case, label, answers[label]),
            )
            for label in LABELS
            if label in answers
        }

    def _seen(self, label: str, proposed: Sequence[Proposal], answers: Sequence[str]) -> tuple[Seen, ...]:
        heavy = self._weights.by_label[label]
        found = [self._one(heavy, one, right=is_right(one, answers)) for one in proposed]
        found.sort(key=lambda seen: -odds_of(seen.example, heavy))
        wrong = [seen for seen in found if not seen.example.right]
        return (*(seen for seen in found if seen.example.right), *wrong[:_MOST_WRONG])

    def _one(self, heavy: Mapping[str, float], one: Proposal, *, right: bool) -> Seen:
        movable = wordless_signs()
        odds = sum(heavy.get(sign, 0.0) * value for sign, value in one.signs.items() if sign not in movable)
        pairs = ((sign, round(value, 3)) for sign, value in sorted(one.signs.items()) if sign in movable)
        signs = tuple(self._signs.setdefault(pair, pair) for pair in pairs)
        return Seen(one.nilai.lower(), WeightExample(signs, odds, right))
