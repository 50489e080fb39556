"""The time of the centre's database, for an office of many: the same on each of its machines.

Numbers and journals follow time, so one clock gives it: a machine whose own is an hour wrong does no harm then, nor
does one that runs a second behind the others.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from pipeline.errors import YankomasError

#: Seconds after which the server is asked again; meanwhile the time that the machine has been running is added.
_ASKED_AGAIN = 60.0


class ServerClock:
    """The time in the office's zone, to the second; ``ask`` brings the server's, ``running`` counts seconds."""

    def __init__(
        self,
        zone: ZoneInfo,
        ask: Callable[[], datetime],
        running: Callable[[], float] = lambda: time.clock_gettime(time.CLOCK_BOOTTIME),
    ) -> None:
        self._zone, self._ask, self._running = zone, ask, running
        self._known: tuple[float, datetime] | None = None

    def now(self) -> datetime:
        """Return the present moment; while the server was never reached, that of this machine: nothing is kept then."""
        since = self._running()
        if self._known is None or since - self._known[0] >= _ASKED_AGAIN:
            with suppress(YankomasError):
                told = self._ask()
                self._known = self._running(), told
        if self._known is None:
            return datetime.now(self._zone).replace(microsecond=0)
        at, told = self._known
        return (told + timedelta(seconds=self._running() - at)).astimezone(self._zone).replace(microsecond=0)
