"""What becomes of garbage while what lives long is set aside: scenes for a process that holds little else.

In one that runs tests a look at everything takes a second of the processor, and what was set aside there when they were
collected would be looked through from then on.
"""

from __future__ import annotations

import gc
import json
import sys
import weakref
from datetime import datetime, timedelta
from typing import Any

from pipeline.cli.set_aside import SetAside

NIGHT = datetime(2026, 11, 27, 3, 0, 5)
DAY = NIGHT.replace(hour=10)
OFFICES = ("kantor",)


class Kept:
    """Something that a desk keeps; one that knows itself is garbage that holds itself once nobody else does."""

    def __init__(self, *, knows_itself: bool = False) -> None:
        self.known = self if knows_itself else None


def _kept() -> tuple[list[Kept], weakref.ref[Kept]]:
    """What a desk keeps when everything is looked through, and by what it is seen whether it is there."""
    made = Kept(knows_itself=True)
    return [made], weakref.ref(made)


def _long_look() -> dict[str, Any]:
    holds, there = _kept()
    with SetAside(long=0) as aside:
        aside.tend(DAY, OFFICES)
        gc.collect()
        holds.clear()
        gc.collect()
        meanwhile = {"set_aside": gc.get_freeze_count(), "there": there() is not None}
    gc.collect()
    return {"meanwhile": meanwhile, "set_aside": gc.get_freeze_count(), "there": there() is not None}


def _nobody_holds() -> dict[str, Any]:
    made = Kept()
    there = weakref.ref(made)
    with SetAside(long=0):
        gc.collect()
        set_aside = gc.get_freeze_count()
        del made
        return {"set_aside": set_aside, "there": there() is not None}


def _short_look() -> dict[str, Any]:
    with SetAside(long=1000):
        gc.collect()
        return {"set_aside": gc.get_freeze_count()}


def _everything(now: datetime, offices: tuple[str, ...], much: float) -> dict[str, Any]:
    holds, there = _kept()
    with SetAside(long=0, much=much) as aside:
        aside.tend(DAY, OFFICES)
        gc.collect()
        holds.clear()
        gc.collect()
        before = there() is not None
        aside.tend(now, offices)
        return {"before": before, "there": there() is not None, "set_aside": gc.get_freeze_count()}


def _night() -> dict[str, Any]:
    holds, there = _kept()
    with SetAside(long=0, much=1000) as aside:
        aside.tend(NIGHT, OFFICES)  # it has just started
        gc.collect()
        holds.clear()
        aside.tend(DAY, OFFICES)
        by_day = there() is not None
        aside.tend(NIGHT + timedelta(days=1), OFFICES)
        looks = gc.get_stats()[2]["collections"]
        aside.tend(NIGHT + timedelta(days=1, minutes=1), OFFICES)
        more = gc.get_stats()[2]["collections"] - looks
        return {"by_day": by_day, "at_night": there() is not None, "more_looks": more}


SCENES = {
    "a long look": _long_look,
    "nobody holds it": _nobody_holds,
    "a short look": _short_look,
    "at night": lambda: _everything(NIGHT + timedelta(days=1), OFFICES, 1000),
    "when an office got other settings": lambda: _everything(DAY, ("kantor dengan pengaturan lain",), 1000),
    "when much was set aside": lambda: _everything(DAY, OFFICES, 0),
    "once a night": _night,
}


if __name__ == "__main__":
    json.dump({name: scene() for name, scene in SCENES.items()}, sys.stdout)
