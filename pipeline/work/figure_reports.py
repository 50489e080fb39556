"""Handing figures up: an office tells the directorate the figures of this year and the last, now and then."""

from __future__ import annotations

from datetime import datetime, timedelta

from pipeline.office.ports import Clock
from pipeline.register.summary.counting import Summaries
from pipeline.register.summary.handed_up import figures_up
from pipeline.register.summary.period import Period
from pipeline.work.ports import Exchange

#: Between two reports: totals of years need no more.
_PAUSE = timedelta(minutes=15)
#: The roles for which they are made: of somebody who works on no case.
_NOBODY = frozenset[str]()


class FigureReports:
    """Reports of one office."""

    def __init__(self, exchange: Exchange, summaries: Summaries, clock: Clock) -> None:
        self._exchange, self._summaries, self._clock = exchange, summaries, clock
        self._last: datetime | None = None

    def look(self) -> None:
        """Report if it is time."""
        now = self._clock.now()
        if self._last is None or not timedelta() <= now - self._last < _PAUSE:
            self.report()
            self._last = now

    def report(self) -> None:
        """Report this year and the one before."""
        now = self._clock.now()
        for year in (now.year - 1, now.year):
            self._exchange.report(year, figures_up(self._summaries.of(Period(year), now, _NOBODY)))
