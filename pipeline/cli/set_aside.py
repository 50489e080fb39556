"""What lives long in a process that runs for months is set aside from the garbage collector (``gc.freeze``).

Python looks through everything that there is whenever a quarter more has come to stay. Of the rows of many offices that
is a second in which no page is answered, again and again. Here what outlives a look that took long is set aside. What
nobody holds any more goes as ever; only garbage that holds itself, and was alive when it was set aside, waits until
everything is looked through: each night, when an office got other settings, and when as much again has been set aside.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Self

#: When a long life looks for garbage: as often as Python does by itself, unlike a program of one look at a case.
OFTEN = (700, 10, 10)
#: Processor seconds of a look at everything; of one that took longer what it left is set aside. Some 100,000 objects:
#: what pages make and leave again is less, and is to be looked through again.
_LONG = 0.05
#: Seconds that looks may take together (at some six million objects), or twice what everything took, before everything
#: is looked through by day. Counting what is set aside would take as long as looking through it.
_MUCH = 3.0
#: The hour at which nobody is at the desk.
_NIGHT = 3
_OLDEST = 2


class SetAside:
    """Sets aside what lives long while the context lasts; ``tend`` is called now and then, by one thread."""

    def __init__(self, *, long: float = _LONG, much: float = _MUCH) -> None:
        self._long, self._much = long, much
        self._begun, self._spent, self._whole = 0.0, 0.0, 0.0
        self._last: tuple[date, list[int]] | None = None

    def __enter__(self) -> Self:
        """Begin; looks come as often as Python has them by itself."""
        gc.set_threshold(*OFTEN)
        gc.callbacks.append(self._looked)
        return self

    def __exit__(self, *_: object) -> None:
        """Let the collector have everything again."""
        gc.callbacks.remove(self._looked)
        gc.unfreeze()

    def tend(self, now: datetime, holders: Iterable[object]) -> None:
        """Look through everything if it is time to: that stops every thread for as long as it takes.

        ``holders`` hold what lives long: once one was replaced, what it held is garbage, and may hold itself.
        """
        there = [id(holder) for holder in holders]
        night, held = self._last or (now.date(), there)
        by_night = now.hour == _NIGHT and now.date() > night
        self._last = (now.date() if by_night else night, there)
        if by_night or held != there or self._spent > max(self._much, 2 * self._whole):
            gc.unfreeze()
            self._spent = 0.0
            gc.collect()
            self._spent, self._whole = 0.0, self._spent

    def _looked(self, phase: str, about: Mapping[str, Any]) -> None:
        """Hear of a look at its start and stop, in whichever thread it is made; meanwhile there is no other."""
        if about["generation"] != _OLDEST:
            return
        if phase == "start":
            self._begun = time.thread_time()
        elif (took := time.thread_time() - self._begun) > self._long:
            gc.freeze()
            self._spent += took
