"""What an office needs of the world: the time, chance, its keys, its file, and the record of roles handed over."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Protocol

from pipeline.errors import SettingsFault
from pipeline.office.handovers import Handover
from pipeline.office.officials import Official
from pipeline.office.settings_changes import Changes, SettingsChange


class Clock(Protocol):
    """The time, in the office's zone."""

    def now(self) -> datetime:
        """Return the present moment, aware, in the office's zone, to the second."""


class Chance(Protocol):
    """Random texts."""

    def code(self) -> str:
        """Return a new status code for a receipt, unguessable, easy to read aloud (``K7QM-2XPA-94TD``)."""


class Keys(Protocol):
    """The office's secrets by name, each of 32 bytes; the archive remembers which it was worked with."""

    def key(self, name: str) -> bytes:
        """Return a key, made at its first use.

        Raises:
            SettingsFault: it was lost, exchanged, cut, or can be read by others.
        """

    def known(self, name: str) -> bytes | None:
        """Return a key that is there and the archive's own; None otherwise. Makes nothing."""

    def fault(self, name: str) -> SettingsFault | None:
        """Return what is wrong with a key, or None; a key that was never used is none that is missing."""

    def faults(self) -> list[SettingsFault]:
        """Return what is wrong with keys that this archive was ever worked with and that are lost or exchanged."""


class Handovers(Protocol):
    """The record of roles that were handed over; written by several processes, and only ever added to."""

    def all(self) -> tuple[Handover, ...]:
        """Return every hand-over as it stands now, those that are over or were taken back too, the oldest first."""

    def officials(self) -> tuple[Official, ...]:
        """Return who acts by them, as officials; asked often, so it costs next to nothing."""

    def enter(self, handover: Handover, officials: Iterable[Official]) -> Handover:
        """Keep a hand-over; return it with the number under which it is kept.

        Raises:
            NotAllowed: somebody acts in that post already on a day of it, by this record or by the office's file
                (``officials``); says who, and until when.
        """

    def take_back(self, number: int, by: str, at: datetime) -> Handover:
        """Note that a hand-over is taken back; return it.

        Raises:
            NotFound: there is none of that number.
            NotAllowed: it is over, or was taken back already.
        """

    def faults(self) -> tuple[str, ...]:
        """Return which lines of the record cannot be read, in Indonesian; these count for nothing."""


class OfficeFile(Protocol):
    """The office's file as the desk changes it; every version that was ever in use is kept."""

    def values(self) -> dict[str, Any]:
        """Return what the file says now.

        Raises:
            SettingsFault: it cannot be read.
        """

    def change(
        self,
        part: str,
        changes: Changes,
        *,
        by: str,
        at: datetime,
        check: Callable[[Mapping[str, Any], Mapping[str, Any]], None],
        confirmed_by: str = "",
    ) -> tuple[str, ...]:
        """Change the file, whole or not at all, and note it before; return the keys that say something else now.

        ``check`` is called with what the file says and what it is to say, while nobody else can change it, and raises
        what keeps the change from being made. Comments and all else in the file stay.

        Raises:
            SettingsFault: the file cannot be read, or is written in a way that is not changed from here.
        """

    def history(self) -> tuple[SettingsChange, ...]:
        """Return the changes that were made, the oldest first."""

    def faults(self) -> Iterator[tuple[str, str]]:
        """Yield what is wrong with the record of changes, as (name, fact)."""
