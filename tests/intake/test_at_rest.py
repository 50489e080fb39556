"""When a file has come to rest: scripted by hand, second by second, as scanners and shares are known to behave."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.intake.at_rest import Patience, Settling, Verdict

SCAN = "scan.pdf"
WAIT, TAKE, GIVE_UP = Verdict.WAIT, Verdict.TAKE, Verdict.GIVE_UP


class Scanner:
    """An inbox as it is seen second by second; ``gaps`` says what a file lacks, by its size."""

    def __init__(self, whole_from: int = 100) -> None:
        self.settling = Settling(Patience(closed=0.25, quiet=2, incomplete=600), self._gap)
        self.seen: dict[str, tuple[int, int, int, int]] = {}
        self.asked = 0
        self._whole_from, self._inode = whole_from, 1

    def _gap(self, path: str) -> str:
        self.asked += 1
        size = self.seen[path][2]
        return "" if size >= self._whole_from else "penutup tidak ada" if size else "masih kosong"

    def writes(self, at: float, size: int, path: str = SCAN) -> None:
        _, inode, _, _ = self.seen.get(path, (1, self._inode, 0, 0))
        self.seen[path] = (1, inode, size, int(at * 1e9))

    def replaces(self, at: float, size: int, path: str = SCAN) -> None:
        self._inode += 1
        self.seen[path] = (1, self._inode, size, int(at * 1e9))

    def look(self, at: float, *closed: str) -> Verdict | None:
        found = self.settling.look(self.seen, closed, at).get(SCAN)
        return found and found[0]


@pytest.fixture
def scanner():
    return Scanner()


def test_a_whole_file_is_taken_when_it_has_been_quiet(scanner):
    scanner.writes(at=0, size=100)

    assert scanner.look(0) is WAIT
    assert scanner.look(1.9) is WAIT
    assert scanner.look(2) is TAKE


def test_a_file_that_its_writer_closed_is_taken_almost_at_once(scanner):
    scanner.writes(at=0, size=100)

    assert scanner.look(0, SCAN) is WAIT
    assert scanner.look(0.25) is TAKE


def test_a_file_that_lies_there_at_the_start_is_watched_before_it_is_taken(scanner):
    scanner.writes(at=-3600, size=100)

    assert scanner.look(0) is WAIT
    assert scanner.look(2) is TAKE


def test_an_empty_placeholder_that_is_filled_later_is_waited_for(scanner):
    scanner.writes(at=0, size=0)
    assert scanner.look(0, SCAN) is WAIT
    assert scanner.look(300) is WAIT

    scanner.writes(at=301, size=100)

    assert scanner.look(301, SCAN) is WAIT
    assert scanner.look(301.25) is TAKE


@pytest.mark.parametrize("pause", [1, 30, 500])
def test_pauses_between_chunks_are_waited_through(scanner, pause):
    for chunk in range(1, 6):
        scanner.writes(at=chunk * pause, size=chunk * 10)
        assert scanner.look(chunk * pause) is WAIT
        assert scanner.look(chunk * pause + pause - 0.1) is WAIT

    scanner.writes(at=6 * pause, size=100)

    assert scanner.look(6 * pause) is WAIT
    assert scanner.look(6 * pause + 2) is TAKE


def test_a_place_kept_free_and_filled_without_growing_is_waited_for(scanner):
    scanner.writes(at=0, size=50)
    assert scanner.look(0) is WAIT
    assert scanner.look(3) is WAIT

    scanner.writes(at=4, size=50)

    assert scanner.look(4) is WAIT
    assert scanner.look(5) is WAIT
    assert scanner.look(603) is WAIT
    assert scanner.look(604) is GIVE_UP


def test_a_file_whose_end_never_comes_is_given_up_saying_what_is_missing(scanner):
    scanner.writes(at=0, size=50)

    assert scanner.look(0) is WAIT
    assert scanner.settling.look(scanner.seen, (), 599.9)[SCAN] == (WAIT, "penutup tidak ada")
    assert scanner.settling.look(scanner.seen, (), 600)[SCAN] == (GIVE_UP, "penutup tidak ada")


def test_closing_an_incomplete_file_does_not_make_it_whole(scanner):
    scanner.writes(at=0, size=50)

    assert scanner.look(0, SCAN) is WAIT
    assert scanner.look(599, SCAN) is WAIT
    assert scanner.look(600) is GIVE_UP


def test_another_file_under_the_same_name_starts_anew(scanner):
    scanner.writes(at=0, size=50)
    assert scanner.look(0) is WAIT
    assert scanner.look(599) is WAIT

    scanner.replaces(at=599.5, size=50)

    assert scanner.look(600) is WAIT
    assert scanner.look(1199) is WAIT
    assert scanner.look(1200) is GIVE_UP


def test_a_close_of_the_file_before_does_not_count_for_the_one_that_took_its_name(scanner):
    scanner.writes(at=0, size=100)
    scanner.look(0, SCAN)

    scanner.replaces(at=0.2, size=100)

    assert scanner.look(0.3) is WAIT
    assert scanner.look(1) is WAIT
    assert scanner.look(2.3) is TAKE


def test_a_file_that_grows_after_it_seemed_whole_is_waited_for_again(scanner):
    scanner.writes(at=0, size=100)
    assert scanner.look(0) is WAIT
    scanner.writes(at=1.9, size=120)

    assert scanner.look(2) is WAIT
    assert scanner.look(4) is TAKE


def test_a_vanished_file_is_forgotten_and_counts_anew_when_it_is_back(scanner):
    scanner.writes(at=0, size=100)
    scanner.look(0)
    known = scanner.seen.pop(SCAN)

    assert scanner.look(1) is None
    assert scanner.settling.next_look(1) is None
    scanner.seen[SCAN] = known
    assert scanner.look(2) is WAIT
    assert scanner.look(4) is TAKE


def test_a_close_of_a_file_that_is_gone_already_is_no_matter(scanner):
    assert scanner.look(0, SCAN, "lain.pdf") is None


def test_a_file_is_opened_once_in_each_state_however_often_one_looks(scanner):
    scanner.writes(at=0, size=50)
    for second in range(100):
        scanner.look(second)
    assert scanner.asked == 1

    scanner.writes(at=100, size=100)
    for second in range(100, 200):
        scanner.look(second)

    assert scanner.asked == 2


def test_it_is_not_opened_at_all_before_it_is_quiet(scanner):
    scanner.writes(at=0, size=100)

    scanner.look(0)
    scanner.look(1.9)

    assert scanner.asked == 0


def test_one_file_does_not_hold_up_another(scanner):
    other = "lain.pdf"
    scanner.writes(at=0, size=50)
    scanner.writes(at=0, size=100, path=other)

    scanner.settling.look(scanner.seen, (), 0)
    found = scanner.settling.look(scanner.seen, (), 2)

    assert (found[SCAN][0], found[other][0]) == (WAIT, TAKE)


def test_the_next_look_is_when_time_alone_can_change_something(scanner):
    assert scanner.settling.next_look(0) is None
    scanner.writes(at=0, size=50)

    scanner.look(0)
    assert scanner.settling.next_look(0.5) == 1.5
    scanner.look(2)
    assert scanner.settling.next_look(2) == 598
    scanner.look(600)
    assert scanner.settling.next_look(600) is None


def test_a_closed_file_calls_for_a_look_soon(scanner):
    scanner.writes(at=0, size=100)

    scanner.look(0, SCAN)

    assert scanner.settling.next_look(0) == 0.25


steps = st.lists(st.tuples(st.floats(0.01, 50), st.integers(0, 99), st.booleans()), min_size=1, max_size=12)


@given(steps)
def test_whatever_a_scanner_does_an_incomplete_file_is_never_taken_and_a_whole_one_always_is(script):
    scanner, now = Scanner(), 0.0

    for pause, size, closes in script:
        now += pause
        scanner.writes(at=now, size=size)
        assert scanner.look(now, *([SCAN] if closes else [])) is not TAKE
    scanner.writes(at=now + 1, size=100)
    scanner.look(now + 1)

    assert scanner.look(now + 1 + 2) is TAKE


@given(steps)
def test_looking_when_asked_to_is_enough(script):
    scanner, now = Scanner(), 0.0
    for pause, size, _ in script:
        now += pause
        scanner.writes(at=now, size=size)
        scanner.look(now)

    for _ in range(6):
        now += scanner.settling.next_look(now) or 0
        scanner.look(now)

    assert scanner.look(now) is GIVE_UP
