"""A fake of the survey's box."""

from __future__ import annotations

from datetime import date

from pipeline.errors import NotAllowed, Passing
from pipeline.survey.questionnaire import Answer
from pipeline.survey.tally import BATCH, PAGE, PAPER, Tally, semester_of, tally


class FakeSurveyBox:
    """A box in memory. ``room`` False: nothing can be written."""

    def __init__(self) -> None:
        self.room = True
        self._used: set[str] = set()
        self._waiting: dict[str, list[Answer]] = {PAGE: [], PAPER: []}
        self._counted: list[Tally] = []

    def has_answered(self, code: str) -> bool:
        return code in self._used

    def drop(self, code: str, answer: Answer, today: date) -> None:
        if code in self._used:
            raise NotAllowed("Survei untuk kode ini sudah diisi.")
        self._take_in(PAGE, answer, today)
        self._used.add(code)

    def drop_paper(self, answer: Answer, today: date) -> None:
        self._take_in(PAPER, answer, today)

    def batches(self) -> list[Tally]:
        return [*self._counted]

    def _take_in(self, channel: str, answer: Answer, today: date) -> None:
        if not self.room:
            raise Passing("Cakram penuh.")
        waiting = self._waiting[channel]
        waiting.append(answer)
        if len(waiting) == BATCH:
            self._counted.append(tally(waiting, semester_of(today), channel))
            waiting.clear()
