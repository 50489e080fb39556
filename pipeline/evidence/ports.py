"""What proving an archive whole needs of the world."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from pipeline.evidence.seal import Seal


class Seals(Protocol):
    """The office's seals, one a day on which something had changed, kept outside the archive that they vouch for."""

    def seal_if_due(self, now: datetime) -> Seal | None:
        """Make the day's seal if there is none yet and something changed since the last one; return it."""

    def last(self) -> Seal | None:
        """Return the newest seal that can be read."""

    def everything(self) -> list[Seal]:
        """Return every seal that can be read and is as it was made, oldest first."""

    def before(self, day: date) -> Seal | None:
        """Return the newest seal made before a day."""
