"""What lives long is set aside from the garbage collector, and garbage among it does not stay for ever."""

from __future__ import annotations

import gc
import weakref
from datetime import datetime, timedelta

import pytest

from pipeline.cli.set_aside import SetAside

NIGHT = datetime(2026, 11, 27, 3, 0, 5)
DAY = NIGHT.replace(hour=10)
OFFICES = ("kantor",)


class Kept:
    """Something that a desk keeps; one that knows itself is garbage that holds itself once nobody else does."""

    def __init__(self, *, knows_itself: bool = False) -> None:
        self.known = self if knows_itself else None


@pytest.fixture
def kept():
    """What a desk keeps when everything is looked through, and by what it is seen whether it is there."""
    made = Kept(knows_itself=True)
    return [made], weakref.ref(made)


@pytest.fixture
def thresholds():
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)


pytestmark = pytest.mark.usefixtures("thresholds")


def test_what_is_left_of_a_long_look_is_looked_through_no_more(kept):
    holds, there = kept

    with SetAside(long=0) as aside:
        aside.tend(DAY, OFFICES)
        gc.collect()
        holds.clear()
        gc.collect()

        assert gc.get_freeze_count() > 0
        assert there() is not None  # it was not looked at
    gc.collect()
    assert gc.get_freeze_count() == 0
    assert there() is None


def test_what_nobody_holds_goes_at_once_though_it_was_set_aside():
    made = Kept()
    there = weakref.ref(made)

    with SetAside(long=0):
        gc.collect()
        del made

        assert there() is None


def test_a_short_look_sets_nothing_aside():
    with SetAside(long=1000):
        gc.collect()

        assert gc.get_freeze_count() == 0


@pytest.mark.parametrize(
    ("now", "offices", "much"),
    [
        (NIGHT + timedelta(days=1), OFFICES, 1000),
        (DAY, ("kantor dengan pengaturan lain",), 1000),
        (DAY, OFFICES, 0),
    ],
    ids=["at night", "when an office got other settings", "when much was set aside"],
)
def test_everything_is_looked_through(kept, now, offices, much):
    holds, there = kept

    with SetAside(long=0, much=much) as aside:
        aside.tend(DAY, OFFICES)
        gc.collect()
        holds.clear()
        aside.tend(now, offices)

        assert there() is None
        assert gc.get_freeze_count() > 0  # and set aside again


def test_by_day_it_is_left_alone_and_at_night_looked_through_once(kept):
    holds, there = kept

    with SetAside(long=0, much=1000) as aside:
        aside.tend(NIGHT, OFFICES)  # it has just started
        gc.collect()
        holds.clear()
        aside.tend(DAY, OFFICES)
        assert there() is not None

        aside.tend(NIGHT + timedelta(days=1), OFFICES)
        looks = gc.get_stats()[2]["collections"]
        aside.tend(NIGHT + timedelta(days=1, minutes=1), OFFICES)

        assert there() is None
        assert gc.get_stats()[2]["collections"] == looks
