"""Clock faults: what is dated ahead of the present, and what a person has confirmed of it in ``archive/.jam``.

A clock that once ran ahead leaves registrations and journal lines dated in the future; nothing may be dated before
them, so that one wrong evening would stop the office for years. A person who has looked at the clock says that it is
right *now*; the moments that lie ahead of it then no longer hold anything up. The lines themselves stay as they are.
Each line of the file is ``moment right-now who``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from pipeline.archive import bagit
from pipeline.archive.store.case_reading import read_case
from pipeline.archive.store.layout import Layout
from pipeline.cases.case_number import Volume
from pipeline.errors import YankomasError
from pipeline.storage import disk

#: A moment that a wrong clock gave, the right one when that was confirmed, and who confirmed it.
ClockFault = tuple[str, str, str]


def faults_of(moments: Iterable[datetime], right: datetime, by: str) -> list[ClockFault]:
    """Return what a person confirms who says that the clock is right now and was wrong at these moments."""
    return [(at.isoformat(), right.isoformat(), "-".join(by.split())) for at in moments]


def line_of(fault: ClockFault) -> str:
    """Return the line of the file that says so."""
    return " ".join(fault) + "\n"


def was_wrong(path: Path, at: datetime) -> bool:
    """Say whether a person has confirmed that the clock which gave this moment was wrong."""
    try:
        return at.isoformat() in {line.partition(" ")[0] for line in path.read_text().splitlines()}
    except FileNotFoundError:
        return False


def confirm(path: Path, moments: Iterable[datetime], right: datetime, by: str) -> None:
    """Note that the clock is right now, and was wrong when it gave these moments."""
    disk.append(path, "".join(map(line_of, faults_of(moments, right, by))).encode())
    disk.sync_folder(path.parent)


def moments_ahead(layout: Layout, given: Callable[[Volume], datetime | None], now: datetime) -> list[datetime]:
    """Return the moments after ``now`` that hold something up and that nobody has confirmed yet, ascending.

    ``given`` returns when the highest number of a year was given.
    """

    def written() -> Iterator[datetime]:
        for year in layout.years():
            if at := given(year):
                yield at
            for number in layout.numbers(year):
                with suppress(OSError, YankomasError):  # a broken journal is for `verify`
                    if (layout.case(number) / bagit.JOURNAL).stat().st_mtime > now.timestamp():
                        yield read_case(layout, number).entries[-1].at

    return sorted({at for at in written() if at > now and not was_wrong(layout.wrong_times, at)})
