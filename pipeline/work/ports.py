"""What the working day needs of the world, and what looking at the machine tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: whether it is good, the fact, and the remedy if it is not.

    A ``caution`` is good enough to work, but the administrator should know.
    """

    thing: str
    good: bool
    fact: str
    remedy: str = ""
    caution: bool = False


class Engine(Protocol):
    """Something with foreign processes behind it."""

    def close(self) -> None:
        """End the processes."""


class View(Protocol):
    """Something that is made from the case folders and follows their changes."""

    def refresh(self) -> object:
        """Bring it up to date."""
