"""What was taken over of old registers: which numbers of which years, and which of them the old books left out.

Serials stand in runs, each its first and its last.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

Run = tuple[int, int]


def read_run(told: Any) -> Run:
    """Return a run as it lies in a record; raises TypeError or ValueError of what is none."""
    first, end = map(int, told)
    return first, end


@dataclass(frozen=True, slots=True)
class Taken:
    """What is taken over of a register at once: its name and hash, who does it, when, by which columns.

    ``numbers`` and ``gaps`` are runs by year.
    """

    name: str
    sha256: str
    by: str
    at: datetime
    columns: Mapping[str, str]
    numbers: Mapping[int, tuple[Run, ...]]
    gaps: Mapping[int, tuple[Run, ...]]


def runs(serials: Iterable[int]) -> tuple[Run, ...]:
    """Return the serials as runs, ascending."""
    found: list[Run] = []
    for serial in sorted(set(serials)):
        if found and serial == found[-1][1] + 1:
            found[-1] = (found[-1][0], serial)
        else:
            found.append((serial, serial))
    return tuple(found)


def gaps(serials: Iterable[int], above: int = 0) -> tuple[Run, ...]:
    """Return the runs that are missing between ``above`` (not counted) and the highest of the serials."""
    missing, last = [], above
    for first, end in runs(s for s in serials if s > above):
        if first > last + 1:
            missing.append((last + 1, first - 1))
        last = end
    return tuple(missing)


def lies_in(serial: int, some: Iterable[Run]) -> bool:
    """Say whether a serial lies in one of the runs."""
    return any(first <= serial <= end for first, end in some)


def told(some: Sequence[Run], most: int = 20) -> str:
    """Return runs as people read them: ``3, 7-9``."""
    shown = [str(first) if first == end else f"{first}-{end}" for first, end in some[:most]]
    return ", ".join([*shown, *([f"… ({len(some) - most} celah lagi)"] if len(some) > most else [])])


def count(some: Iterable[Run]) -> int:
    """Return how many serials the runs hold."""
    return sum(end - first + 1 for first, end in some)


def pieces(run: Run, without: Iterable[Run]) -> Iterator[Run]:
    """Yield what is left of a run without others."""
    first, end = run
    for begin, last in sorted(without):
        if last < first or begin > end:
            continue
        if begin > first:
            yield first, begin - 1
        first = max(first, last + 1)
    if first <= end:
        yield first, end
