"""Closed days: Indonesian public holidays and *cuti bersama* (library ``holidays``) plus the office's own."""

from __future__ import annotations

from collections.abc import Container
from datetime import date
from typing import Any


class ClosedDays(Container[date]):
    """A set of days that is worked out year by year, when it is first asked for: the library takes a while to load."""

    def __init__(self, own: frozenset[date]) -> None:
        self._own = own
        self._years: dict[int, frozenset[date]] = {}

    def __contains__(self, day: Any) -> bool:
        if day.year not in self._years:
            self._years[day.year] = _national(day.year)
        return day in self._own or day in self._years[day.year]


def _national(year: int) -> frozenset[date]:
    from holidays.countries.indonesia import Indonesia

    return frozenset(Indonesia(years=year, categories=("public", "government")))
