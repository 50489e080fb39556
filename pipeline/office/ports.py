"""What an office needs of the world: the time, chance, and its keys."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from pipeline.errors import SettingsFault


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
