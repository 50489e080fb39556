"""What fails for a passing reason is tried again, each time after twice as long, and at most after five minutes."""

from pipeline.backoff import Backoff


def test_what_never_failed_is_due_at_any_time():
    assert Backoff().due < -1e9


def test_pauses_double_up_to_the_longest():
    backoff, pauses = Backoff(), []
    for _ in range(12):
        backoff = backoff.failed(1000.0)
        pauses.append(backoff.due - 1000.0)

    assert pauses == [0.5, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]


def test_the_first_pause_can_be_longer():
    assert Backoff(first=30).failed(10).failed(40).due == 100


def test_it_is_stuck_after_the_third_failure():
    twice = Backoff().failed(0).failed(1)

    assert (twice.is_stuck, twice.failed(2).is_stuck) == (False, True)
