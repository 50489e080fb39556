"""The time and chance of the real world."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from pipeline.office.code_alphabet import SPOKEN


class SystemClock:
    """The machine's clock, in the office's zone, to the second."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone

    def now(self) -> datetime:
        """Return the present moment."""
        return datetime.now(self._zone).replace(microsecond=0)


class SystemChance:
    """The machine's secure randomness."""

    def code(self) -> str:
        """Return a status code of three groups of four: 58 bits."""
        import secrets  # loads as much as showing a case does, which asks for the time alone

        groups = ("".join(secrets.choice(SPOKEN) for _ in range(4)) for _ in range(3))
        return "-".join(groups)
