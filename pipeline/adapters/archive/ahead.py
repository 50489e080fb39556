"""What in the archive is dated ahead of the present: left by a clock that ran ahead."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime

from pipeline.adapters.archive.layout import Layout
from pipeline.adapters.archive.numbers import read_highest
from pipeline.adapters.archive.reading import read_case
from pipeline.adapters.archive.wrongtime import was_wrong
from pipeline.domain import bag
from pipeline.errors import YankomasError


def moments_ahead(layout: Layout, now: datetime) -> list[datetime]:
    """Return the moments after ``now`` that hold something up and that nobody has confirmed yet, ascending."""
    return sorted({at for at in _moments(layout, now) if at > now and not was_wrong(layout.wrong_times, at)})


def _moments(layout: Layout, now: datetime) -> Iterator[datetime]:
    for year in layout.years():
        _, given = read_highest(layout.highest(year))
        if given is not None:
            yield given
        for number in layout.numbers(year):
            with suppress(OSError, YankomasError):  # a broken journal is for `verify`
                if (layout.case(number) / bag.JOURNAL).stat().st_mtime > now.timestamp():
                    yield read_case(layout, number).entries[-1].at
