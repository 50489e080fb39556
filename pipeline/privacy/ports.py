"""What the rights of the person need of the world."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class MatterLine:
    """A thing that was done about a matter (a request, a breach): when, by which login in which role, what it says."""

    number: int
    act: str
    at: datetime
    by: str
    role: str
    told: Mapping[str, Any] = field(default_factory=dict)


#: Makes the next line of what is there; raises what keeps it from being made.
MakeLine = Callable[[Sequence[MatterLine]], MatterLine]


class MatterBook(Protocol):
    """A book of matters, of which each line is for ever."""

    def lines(self) -> Sequence[MatterLine]:
        """Return the lines, the oldest first."""

    def add(self, make: MakeLine) -> MatterLine:
        """Append the line that ``make`` gives, while nobody else appends.

        Raises:
            Passing: nothing can be written at present.
        """
