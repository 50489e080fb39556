"""The end of a year: its register is closed, with how many cases it has, the last number, and what is carried over.

From then on no number of that year is given, whatever the clock says. What runs goes on under its number; the sheet
names it. The sheet is signed on paper; its scan is kept with what was closed.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from pipeline.access.secrecy import HIDDEN, unnamed
from pipeline.cases.case_number import Volume, series_of, volume_of, year_of
from pipeline.cases.sop_words import VOID
from pipeline.errors import NotAllowed, NotFound, Passing
from pipeline.register.old_registers import Run, gaps, runs
from pipeline.register.row import Row


@dataclass(frozen=True, slots=True)
class Carried:
    """A case that runs on into the next year: its numbers, since when, about what, where it stands."""

    number: str
    register_number: str
    received_at: str
    subject: str
    state: str


@dataclass(frozen=True, slots=True)
class YearFigures:
    """What the register of a year had come to: how many cases, the last number, void and missing ones, what runs.

    ``series`` is that of its numbers, empty for the first.
    """

    year: int
    count: int
    last: int
    void: tuple[Run, ...]
    missing: tuple[Run, ...]
    carried: tuple[Carried, ...]
    series: str = ""

    @property
    def volume(self) -> Volume:
        """The year of its series."""
        return volume_of(self.year, self.series)


@dataclass(frozen=True, slots=True)
class YearEnd:
    """A year that was closed: its figures, the newest seal then (in words), when, by whom.

    ``holder`` is who held the role that day. ``signed`` is the SHA-256 of the scan of the signed sheet, ``media`` what
    kind of file that is; both are empty until it was brought.
    """

    figures: YearFigures
    seal: str
    at: datetime
    login: str
    role: str
    holder: str = ""
    signed: str = ""
    media: str = ""
    signed_at: datetime | None = None


def figures(year: int, rows: Iterable[Row], series: str = "") -> YearFigures:
    """Return what a series' register of a year has come to, by the rows of that year.

    Of a secret case that runs it tells the number alone.
    """
    there = sorted((row for row in rows if row.series == series), key=lambda row: row.serial)
    serials = [row.serial for row in there]
    return YearFigures(
        year=year,
        count=len(there),
        last=max(serials, default=0),
        void=runs(row.serial for row in there if row.state_key == VOID),
        missing=gaps(serials),
        carried=tuple(_carried(row) for row in there if not row.final),
        series=series,
    )


def _carried(row: Row) -> Carried:
    subject, state = (HIDDEN, HIDDEN) if row.secret else (unnamed(row.perihal, row) or "", row.state)
    return Carried(row.number, row.register_number, row.received_at[:10], subject, state)


def as_now(end: YearEnd, rows: Iterable[Row]) -> YearEnd:
    """Return a year's end with what the cases that ran on are about, as the register says it today.

    The record keeps no subject: a case may have become secret since, or its content was destroyed.
    """
    there = {row.number: row for row in rows}
    told = (_told_now(case, there.get(case.number)) for case in end.figures.carried)
    return replace(end, figures=replace(end.figures, carried=tuple(told)))


def _told_now(case: Carried, row: Row | None) -> Carried:
    if row is None:
        return case
    now = _carried(row)
    return replace(case, subject=now.subject, state=HIDDEN if row.secret else case.state)


def check_over(found: YearFigures, now: datetime, closed: Iterable[YearEnd]) -> None:
    """Make sure that a year can be closed: it is over, has cases, and was not closed before.

    Raises:
        NotFound: it has no case.
        NotAllowed: it goes on, or is closed.
    """
    year, said = found.year, register_of(found.volume)
    if year >= now.year:
        raise NotAllowed(
            f"Tahun {year} belum berakhir: hari ini {now:%d-%m-%Y}.", f"Tutup registernya mulai 1 Januari {year + 1}."
        )
    if not found.count:
        raise NotFound(f"{said} kosong.", "Periksa tahunnya; tahun tanpa perkara tidak perlu ditutup.")
    if before := next((one for one in closed if one.figures.volume == found.volume), None):
        raise NotAllowed(
            f"{said} sudah ditutup pada {before.at:%d-%m-%Y} oleh {before.login}.",
            "Cetak lembar penutupannya; yang sudah ditutup tidak ditutup dua kali.",
        )


def register_of(volume: Volume) -> str:
    """Return how messages call the register of a year of a series: ``Register tahun 2026 (deret SM)``."""
    return f"Register tahun {year_named(volume)}"


def year_named(volume: Volume) -> str:
    """Return how messages call a year of a series: ``2026 (deret SM)``; of the first ``2026``."""
    series = series_of(volume)
    return f"{year_of(volume)} (deret {series})" if series else str(year_of(volume))


def refuse_closed(volume: Volume, closed: Container[int]) -> None:
    """Make sure that a year of a series may still give numbers.

    Raises:
        Passing: its register is closed: the clock must be wrong, and what came waits until it is right.
    """
    if volume in closed:
        raise Passing(
            f"{register_of(volume)} sudah ditutup; tidak ada nomor lagi dari tahun itu.",
            "Betulkan jam komputer ini; surat menunggu.",
        )


def refuse_behind(volume: Volume, closed: Container[int]) -> None:
    """Make sure that nobody says of a closed year of a series that numbers were given behind its last one.

    Raises:
        NotAllowed: it is closed, with the last number that its sheet names.
    """
    if volume in closed:
        raise NotAllowed(
            f"{register_of(volume)} sudah ditutup; nomor terakhirnya ada di lembar penutupannya.",
            "Sebut nomor tertinggi tahun ini, atau `tetap` bila tidak ada nomor sesudah cadangan itu.",
        )


def refuse_older(years: Iterable[int], closed: Container[int]) -> None:
    """Make sure that old registers bring no case into a year that is closed.

    Raises:
        NotAllowed: one of the years is.
    """
    if found := sorted(year for year in set(years) if year in closed):
        raise NotAllowed(
            f"Register tahun {', '.join(map(str, found))} sudah ditutup; tidak ada perkara yang ditambahkan ke sana.",
            "Keluarkan baris tahun itu dari buku yang diambil alih.",
        )
