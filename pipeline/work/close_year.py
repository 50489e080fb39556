"""Close the register of a year, and take in the signed sheet by which it was closed.

Which year can be closed, with what, and that it gives no number then: ``register/year_end.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from pipeline.cases.actor import Actor, holder
from pipeline.cases.case_number import Volume, volume_of
from pipeline.cases.ports import Blob, Inspector
from pipeline.errors import NotAllowed
from pipeline.office.office import Office
from pipeline.office.ports import Clock
from pipeline.register.row import Row
from pipeline.register.year_end import YearEnd, check_over, figures

#: Who closes the register of a year.
CLOSERS = ("arsiparis",)


class YearEnds(Protocol):
    """The years of every series that were closed, with their signed sheets."""

    def every(self) -> Sequence[YearEnd]:
        """Return the years that were closed, by year."""

    def close(self, made: Callable[[], YearEnd]) -> YearEnd:
        """Close a year, while no number is given; ``made`` looks at the register and says with what.

        Raises:
            NotAllowed: it was closed meanwhile.
        """

    def sign(self, volume: Volume, sheet: Blob, media: str, login: str, at: datetime) -> YearEnd:
        """Keep the scan of a closed year's signed sheet.

        Raises:
            NotFound: the year is not closed.
            NotAllowed: its signed sheet is there already.
        """

    def sheet(self, end: YearEnd) -> Blob:
        """Return the scan of a closed year's signed sheet."""


@dataclass(frozen=True, slots=True)
class CloseYearParts:
    """What closing needs: the record, the register's rows of a year as of now, the newest seal in words, who reads.

    ``restored_from`` says when the backup was made of which nobody has said yet which numbers were given after it.
    """

    record: YearEnds
    restored_from: Callable[[], datetime | None]
    rows: Callable[[int], Iterable[Row]]
    seal: Callable[[], str]
    clock: Clock
    office: Office
    reader: Callable[[], Inspector]


def close_year(year: int, *, by: Actor, parts: CloseYearParts, series: str = "") -> YearEnd:
    """Close a series' register of a year that is over: none of its numbers is given any more; return with what.

    Other series of the office go on.

    Raises:
        NotAllowed: the role may not, or nobody holds it today; the year goes on, or is closed; or it is
            not known which numbers a restored archive gave.
        NotFound: it has no case.
        Passing: the disk is full.
    """
    _require_closer(by)
    if since := parts.restored_from():
        raise NotAllowed(
            f"Arsip ini dipulihkan dari cadangan {since:%d-%m-%Y}; nomor yang diberikan sesudahnya belum dipastikan.",
            "Pastikan dahulu dengan `yankomas nomor`, lalu tutup tahunnya.",
        )
    now, seal = parts.clock.now(), parts.seal()
    held = holder(by, now, parts.office)

    def made() -> YearEnd:
        found = figures(year, parts.rows(year), series)
        check_over(found, now, parts.record.every())
        return YearEnd(found, seal, now, by.login, by.role, held.get("nama", ""))

    return parts.record.close(made)


def sign_year(year: int, sheet: Blob, *, by: Actor, parts: CloseYearParts, series: str = "") -> YearEnd:
    """Keep the scan of the signed sheet of a year that was closed; return that year's end.

    Raises:
        NotAllowed: the role may not, or nobody holds it today; or it is there already.
        NotFound: the year is not closed.
        Refused: the file cannot be taken in.
        EngineFault: the child that looks at it died.
    """
    _require_closer(by)
    now = parts.clock.now()
    holder(by, now, parts.office)
    media = parts.reader().inspect(sheet).extension
    return parts.record.sign(volume_of(year, series), sheet, media, by.login, now)


def _require_closer(by: Actor) -> None:
    if by.role not in CLOSERS:
        raise NotAllowed(
            f"Peran {by.role!r} tidak berwenang menutup register sebuah tahun.",
            f"Yang berwenang: {', '.join(CLOSERS)}.",
        )
