"""Whose turn it is: numbers are given in the order of arrival, and whoever takes too long is overtaken."""

from __future__ import annotations

import threading
from contextlib import ExitStack

from patience import PATIENCE, until

from pipeline.intake.arrival_order import Turns


def passing(turns, place, passed):
    """Send a letter to the door in a thread of its own."""

    def go() -> None:
        with turns.taken(place):
            turns.wait(place)
            passed.append(place)

    thread = threading.Thread(target=go, daemon=True)  # where the rule is broken it may wait for ever
    thread.start()
    return thread


def test_a_letter_passes_at_once_when_nobody_came_before():
    turns, passed = Turns(patience=1e9), []

    with turns.taken(2):
        passing(turns, 1, passed).join(PATIENCE)

    assert passed == [1]


def test_a_letter_waits_for_the_one_that_came_before_it():
    turns, passed = Turns(patience=1e9), []
    with ExitStack() as first:
        first.enter_context(turns.taken(1))
        thread = passing(turns, 2, passed)
        thread.join(0.05)  # long enough for it to pass if the rule were broken
        passed.append(1)

    thread.join(PATIENCE)
    assert passed == [1, 2]


def test_many_letters_pass_in_the_order_of_arrival():
    turns, passed = Turns(patience=1e9), []
    with turns.taken(0):
        threads = [passing(turns, place, passed) for place in (3, 1, 2, 4)]
        until(lambda: len(turns._since) == 5)

    for thread in threads:
        thread.join(PATIENCE)
    assert passed == [1, 2, 3, 4]


def test_a_letter_that_takes_too_long_is_overtaken():
    now = [0.0]
    turns, passed = Turns(patience=2, clock=lambda: now[0]), []

    with turns.taken(1):
        now[0] = 2.0
        passing(turns, 2, passed).join(PATIENCE)

    assert passed == [2]


def test_a_letter_whose_way_ended_in_a_fault_is_waited_for_no_longer():
    turns, passed = Turns(patience=1e9), []
    try:
        with turns.taken(1):
            thread = passing(turns, 2, passed)
            raise OSError
    except OSError:
        thread.join(PATIENCE)

    assert passed == [2]
