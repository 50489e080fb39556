"""Who gives way when the door is full: the greediest, and there whoever asked nothing."""

from __future__ import annotations

import resource
from datetime import UTC, datetime

import pytest

from pipeline.desk.crowd import Crowd, DoorRules
from pipeline.desk.open_files import ask_for_more, connections_within


def _crowd(most=6, of_one=4):
    return Crowd(DoorRules(most, of_one))


def _come(crowd, *peers, works=False):
    """Guests of these addresses, who note that they were ended."""
    guests = []
    for peer in peers:
        guest, _ = crowd.enter(peer, NOW)
        if guest is not None:
            guest.end = lambda guest=guest: ended.append(guest)
            if works:
                crowd.note(guest, waits=False)
        guests.append(guest)
    return guests


ended: list = []
NOW = datetime(2026, 11, 26, 8, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _nobody_ended():
    ended.clear()


def test_somebody_new_takes_the_place_of_the_greediest_address_not_of_another_single_one():
    crowd = _crowd()
    (single,) = _come(crowd, "10.0.0.1")
    greedy = _come(crowd, *["10.0.0.2"] * 4, "10.0.0.3")[:4]

    (new,) = _come(crowd, "10.0.0.9")

    assert new is not None
    assert ended == [greedy[0]]
    assert single in crowd.all()


def test_of_one_address_the_longest_silent_gives_way_to_its_next():
    crowd = _crowd()
    first, second, *_ = _come(crowd, *["10.0.0.2"] * 4)
    crowd.note(first, waits=False)

    assert _come(crowd, "10.0.0.2") != [None]
    assert ended == [second]


def test_an_address_that_exchanges_its_own_again_and_again_has_to_wait():
    crowd = _crowd()
    came = _come(crowd, *["10.0.0.2"] * 200)

    assert 50 < sum(guest is not None for guest in came) < 80
    assert _come(crowd, "10.0.0.9") != [None]


def test_who_has_just_been_answered_has_not_been_silent_longest():
    crowd = _crowd()
    first, second, *_ = _come(crowd, *["10.0.0.2"] * 4)
    crowd.note(first, waits=False)
    crowd.note(first, waits=True)

    _come(crowd, "10.0.0.2")

    assert ended == [second]


def test_a_greedy_address_at_work_takes_nothing_from_others_and_gives_to_them():
    crowd = _crowd()
    _come(crowd, "10.0.0.1")
    *_, last = _come(crowd, *["10.0.0.2"] * 4, works=True)
    _come(crowd, "10.0.0.3")

    assert _come(crowd, "10.0.0.2", works=True) == [None]
    assert ended == []
    assert _come(crowd, "10.0.0.4") != [None]
    assert ended == [last]


def test_with_everybody_holding_one_the_longest_silent_of_all_gives_way():
    crowd = _crowd()
    first, *_ = _come(crowd, *(f"10.0.0.{n}" for n in range(6)))

    assert _come(crowd, "10.0.1.1") != [None]
    assert ended == [first]


def test_who_left_is_counted_no_more_and_may_leave_twice():
    crowd = _crowd()
    guests = _come(crowd, *["10.0.0.2"] * 4)
    for guest in (*guests, *guests):
        crowd.leave(guest)

    assert len(crowd) == 0
    assert crowd.largest == ("", 0)


def test_subscribers_of_ipv6_are_one_address_each():
    crowd = _crowd()
    _come(crowd, *(f"2001:db8:0:1::{n}" for n in range(1, 6)))

    assert len(ended) == 1


@pytest.mark.parametrize(("files", "connections"), [(64, 16), (1024, 384), (4096, 800), (1 << 20, 800)])
def test_the_program_keeps_files_for_itself(files, connections):
    assert connections_within(files) == connections


def test_the_limit_of_open_files_is_raised_and_never_lowered():
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (1024, before[1]))
        raised = ask_for_more()

        assert raised == resource.getrlimit(resource.RLIMIT_NOFILE)[0]
        assert raised > 1024 or before[1] == 1024
        assert ask_for_more() == raised
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
