"""Who is first: files are taken and numbered in the order of arrival, and whoever takes too long is overtaken."""

from __future__ import annotations

import threading
from contextlib import ExitStack

from patience import PATIENCE, until

from pipeline.intake.arrival_order import Receivers, Turns


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


def test_files_are_taken_one_after_another_in_the_order_of_arrival_while_others_are_looked_into():
    taken, all_done, second = [], threading.Event(), threading.Event()

    def take(place):
        taken.append(place)
        if place == 1:
            second.set()
        return place

    def work(place):
        if place == 0:
            assert second.wait(PATIENCE)  # the slow first file holds nobody up
        if place == 39:
            all_done.set()
        return place

    receivers = Receivers(take, work, lambda: None, threads=4)
    for place in range(40):
        receivers.submit(place)

    assert all_done.wait(PATIENCE)
    receivers.stop(PATIENCE)
    assert taken == list(range(40))


def test_once_it_is_asked_to_stop_files_are_handed_back_as_they_came():
    handed_back = threading.Event()

    def fails(_):
        raise AssertionError("nothing is begun any more")

    receivers = Receivers(fails, fails, handed_back.set, stopping=lambda: True)
    receivers.submit("a.pdf")

    assert handed_back.wait(PATIENCE)
    receivers.stop(PATIENCE)
    assert receivers.finished() == ["a.pdf"]


class Costly:
    """Files that take turns: ``turns`` are those they had; a file of a small letter needs none."""

    def __init__(self, needs: int) -> None:
        self.needs, self.turns, self.quick_done = needs, [], threading.Event()

    def work(self, file):
        name, done = file
        if name.islower():
            self.quick_done.set()
            return name, self.needs
        if done:  # its turn in the slow lane goes on until a quick one came through
            assert self.quick_done.wait(PATIENCE)
        self.turns.append(name)
        return name, done + 1


def test_costly_files_take_turns_in_a_lane_of_their_own_and_hold_up_no_letter():
    costly, all_done = Costly(needs=4), threading.Semaphore(0)
    receivers = Receivers(
        lambda file: file, costly.work, all_done.release, goes_on_slowly=lambda file: 0 < file[1] < costly.needs
    )
    for name in "ABCDEFGHIJ":
        receivers.submit((name, 0))
    receivers.submit(("a", 0))

    for _ in range(11):
        assert all_done.acquire(timeout=PATIENCE)
    receivers.stop(PATIENCE)

    assert {name for name, _ in receivers.finished()} == set("ABCDEFGHIJa")
    assert sorted(costly.turns) == sorted("ABCDEFGHIJ" * 4)


def test_a_file_that_is_large_is_worked_on_in_the_slow_lane_alone():
    threads, done = [], threading.Event()

    def work(file):
        threads.append(threading.current_thread().name)
        return "done"

    receivers = Receivers(lambda file: "large", work, done.set, goes_on_slowly=lambda file: file == "large")
    receivers.submit("resting")

    assert done.wait(PATIENCE)
    receivers.stop(PATIENCE)
    assert threads == ["terima-berat"]


def test_what_waits_its_turn_when_the_program_stops_is_left_for_the_next_start():
    begun = threading.Semaphore(0)

    def work(file):
        begun.release()
        return file

    receivers = Receivers(lambda file: file, work, lambda: None, goes_on_slowly=lambda file: True)
    receivers.submit("A")
    assert begun.acquire(timeout=PATIENCE)
    receivers.stop(PATIENCE)

    assert receivers.finished() == []


def test_as_many_threads_as_are_wanted_take_files_one_more_those_that_are_slow_and_all_end():
    done = threading.Semaphore(0)
    receivers = Receivers(lambda file: file, str.lower, done.release, goes_on_slowly=str.isupper, threads=2)
    for file in "aBcDeFg":
        receivers.submit(file)
    for _ in range(7):
        assert done.acquire(timeout=PATIENCE)

    assert [thread.name == "terima-berat" for thread in receivers._threads].count(True) == 1
    assert (len(receivers._threads), all(thread.daemon for thread in receivers._threads)) == (3, True)
    receivers.stop(PATIENCE)
    assert not any(thread.is_alive() for thread in receivers._threads)
