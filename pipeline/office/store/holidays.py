"""Closed days: Indonesian public holidays and *cuti bersama* (library ``holidays``) plus the office's own."""

from __future__ import annotations

import json
import os
from collections.abc import Container, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.machinery import PathFinder
from pathlib import Path
from threading import Lock
from typing import Any

from pipeline.errors import Passing
from pipeline.lone_modules import lone_module

_REMEMBERING = Lock()


@dataclass(frozen=True, slots=True)
class NationalDays:
    """Public holidays and *cuti bersama* of some years, as one machine's library has them; ``edition`` names that."""

    edition: str
    years: Mapping[int, frozenset[date]]

    def as_json(self) -> bytes:
        """Return them as text that is the same for the same days."""
        return _written(self.edition, {str(year): _texts(days) for year, days in sorted(self.years.items())})


def days_around(year: int) -> NationalDays:
    """Return those of a year, the one before and the next, as this machine has them."""
    return NationalDays(edition(), {one: _national(one) for one in range(year - 1, year + 2)})


def read_days(data: bytes) -> NationalDays:
    """Return what was written of them.

    Raises:
        ValueError, KeyError, TypeError, AttributeError: it is none.
    """
    found = json.loads(data)
    return NationalDays(
        str(found["edition"]), {int(year): frozenset(map(date.fromisoformat, d)) for year, d in found["years"].items()}
    )


class ClosedDays(Container[date]):
    """A set of days that is worked out year by year, when it is first asked for.

    Loading the library takes longer than a command line may, so what it says of a year is kept in ``memory``, under
    the library's edition; the file can be lost without harm. On days that are ``opened`` the office works all the same.
    Of years that are ``known`` this machine's library is not asked.
    """

    def __init__(
        self,
        own: frozenset[date],
        memory: Path | None = None,
        opened: frozenset[date] = frozenset(),
        known: Mapping[int, frozenset[date]] | None = None,
    ) -> None:
        self._own, self._memory, self._opened = own, memory, opened
        self._years: dict[int, frozenset[date]] = dict(known or {})

    def __contains__(self, day: Any) -> bool:
        if day.year not in self._years:
            self._years[day.year] = self._of(day.year)
        return day in self._own or (day in self._years[day.year] and day not in self._opened)

    def _of(self, year: int) -> frozenset[date]:
        if self._memory is None:
            return _national(year)
        now = edition()
        with _REMEMBERING:  # of two threads that ask for two years, the later must not forget the other's
            known = _remembered(self._memory, now)
            if str(year) not in known:
                known[str(year)] = _texts(_national(year))
                from pipeline.storage import disk  # once a year; not whenever a command looks at a day

                with suppress(OSError, Passing):
                    disk.replace(self._memory, _written(now, known))
        return frozenset(map(date.fromisoformat, known[str(year)]))


@cache
def edition() -> str:
    """Name what is installed of the library without loading it, or the machinery that knows its version.

    The same release is called the same wherever it lies: machines of one office make no rows anew for each other.
    """
    spec = PathFinder.find_spec("holidays")
    if spec is None or spec.origin is None:
        return ""
    # How an installer says which release it put there (PyPA, *Recording installed projects*).
    releases = sorted(noted.stem for noted in Path(spec.origin).parents[1].glob("holidays-*.dist-info"))
    return " ".join(releases) or f"{spec.origin} {os.stat(spec.origin).st_mtime_ns}"


def _texts(days: Iterable[date]) -> list[str]:
    return sorted(day.isoformat() for day in days)


def _written(edition: str, years: Mapping[str, list[str]]) -> bytes:
    return json.dumps({"edition": edition, "years": years}).encode()


def _remembered(memory: Path, edition: str) -> dict[str, list[str]]:
    try:
        found = json.loads(memory.read_bytes())
        return dict(found["years"]) if found["edition"] == edition else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def national_days(year: int) -> dict[date, str]:
    """Return the public holidays and days of *cuti bersama* of a year with what they are called, in order."""
    indonesia = lone_module("holidays.countries.indonesia")
    found = indonesia.Indonesia(years=year, categories=("public", "government"), language="id")
    return dict(sorted((day, str(name)) for day, name in found.items()))


@lru_cache(maxsize=64)
def _national(year: int) -> frozenset[date]:
    """Return the days of a year; the offices of one process have the same."""
    return frozenset(national_days(year))
