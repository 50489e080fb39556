"""What the survey needs of the world."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from pipeline.survey.questionnaire import Answer
from pipeline.survey.tally import Tally


class SurveyBox(Protocol):
    """Where answers are dropped and counted; no answer can be taken out of it again, or be told from the others."""

    def has_answered(self, code: str) -> bool:
        """Say whether this status code (as it is compared) was used for an answer."""

    def drop(self, code: str, answer: Answer, today: date) -> None:
        """Take an answer in; the code is used up.

        Raises:
            NotAllowed: it was used before.
            Passing: nothing can be written at present; the code is as good as before.
        """

    def drop_paper(self, answer: Answer, today: date) -> None:
        """Take in an answer that a clerk typed from paper.

        Raises:
            Passing: nothing can be written at present.
        """

    def batches(self) -> Sequence[Tally]:
        """Return what was counted."""
