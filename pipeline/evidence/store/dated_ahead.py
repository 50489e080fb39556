"""What in the archive is dated ahead of the present: left by a clock that ran ahead."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime

from pipeline.archive import bagit
from pipeline.archive.store.case_reading import read_case
from pipeline.archive.store.clock_faults import was_wrong
from pipeline.archive.store.layout import Layout
from pipeline.errors import YankomasError
from pipeline.register.store.numbers import read_highest


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
                if (layout.case(number) / bagit.JOURNAL).stat().st_mtime > now.timestamp():
                    yield read_case(layout, number).entries[-1].at
