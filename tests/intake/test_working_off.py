"""The inbox being worked off, look by look, with a clock that stands still: when a file is begun, held, tried again."""

from __future__ import annotations

import pytest
from inbox_fakes import FakeBell
from inbox_way import Way

from pipeline.errors import Passing
from pipeline.intake.account import State
from pipeline.intake.at_rest import Patience, Settling
from pipeline.intake.intake import Intake
from pipeline.intake.ports import Stage

QUIET, INCOMPLETE = 2.0, 10.0
GONE = "Kotak masuk tidak terlihat."


class AtOnce:
    """Receives files in the thread of whoever submits them; with ``busy`` they stay at work until :meth:`go_on`."""

    def __init__(self, journey):
        self.journey, self.busy = journey, False
        self.at_work, self._finished = [], []

    def submit(self, file):
        self.at_work.append(file)
        if not self.busy:
            self.go_on()

    def go_on(self):
        self._finished += [self.journey.work(self.journey.take(file)) for file in self.at_work]
        self.at_work.clear()

    def finished(self):
        found, self._finished = self._finished, []
        return found

    def stop(self, patience):
        self.go_on()


class Office:
    """An inbox in memory with everything that works it off; ``now`` is the clock, ``gaps`` what files lack."""

    def __init__(self, office):
        self.way, self.now, self.gaps = Way(office), 0.0, {}
        self.inbox, self.board = self.way.inbox, self.way.journey.board
        self.intake = self.begun()

    def begun(self) -> Intake:
        """The program as it is after a start."""
        self.receivers = AtOnce(self.way.journey)
        return Intake(
            journey=self.way.journey,
            receivers=self.receivers,
            settling=Settling(Patience(quiet=QUIET, incomplete=INCOMPLETE), lambda path: self.gaps.get(path, "")),
            bell=FakeBell(),
            say=self.way.said.append,
            clock=lambda: self.now,
        )

    def turns(self, count=1, later=0.0) -> float:
        self.now += later
        for _ in range(count):
            wait = self.intake.turn()
        return wait

    def shown(self) -> dict[str, str]:
        return {key: str(stage) for key, stage in self.board.stages().items()}


@pytest.fixture
def at(office):
    return Office(office)


def full(*_):
    raise Passing("Cakram penuh.", "Kosongkan.")


# -- looking ---------------------------------------------------------------------------------------------------------


def test_an_inbox_is_settled_once_it_was_looked_at_and_nothing_lies_there(at):
    assert not at.intake.settled

    assert at.turns() == 300.0

    assert (at.intake.settled, at.intake.waiting, at.intake.stuck) == (True, 0, 0)


def test_a_letter_is_waited_for_until_it_is_quiet_and_settled_once_its_end_was_seen(at):
    at.inbox.drop("scan.pdf", b"Surat")

    assert at.turns() == QUIET
    assert (at.intake.settled, at.intake.waiting) == (False, 1)
    assert at.shown() == {"scan.pdf": "ditunggu sampai selesai ditulis"}

    at.turns(later=QUIET)
    assert (at.intake.settled, at.intake.waiting) == (False, 1)
    at.turns()
    assert (at.intake.settled, at.intake.waiting, at.shown()) == (True, 0, {})
    assert (at.way.states(), dict(at.intake.counts)) == ([State.REGISTERED], {"terdaftar": 1})


def test_what_a_file_lacks_is_shown_and_after_long_it_is_given_up(at):
    at.inbox.drop("scan.pdf", b"Surat terpoton")
    at.gaps["scan.pdf"] = "penutup tidak ada"

    at.turns()
    at.turns(later=QUIET)
    assert (at.way.states(), at.shown()) == ([], {"scan.pdf": "menunggu: penutup tidak ada"})

    at.turns(2, later=INCOMPLETE)
    (entry,) = at.way.account.everything().entries.values()
    assert (entry.state, entry.parts[0].code) == (State.REFUSED, "terpotong")


def test_a_whole_file_is_taken_as_it_is_and_no_end_is_looked_for(at):
    at.inbox.drop("scan.pdf", b"Surat tanpa penutup")

    at.turns()
    at.turns(2, later=QUIET)

    assert at.way.states() == [State.REGISTERED]


def test_a_file_that_is_at_work_and_lies_there_still_is_not_begun_twice(at):
    at.receivers.busy = True
    at.inbox.drop("scan.pdf", b"Surat")

    at.turns()
    at.turns(3, later=QUIET)

    assert len(at.receivers.at_work) == 1
    assert (at.intake.settled, at.intake.stuck, at.intake.waiting) == (False, 0, 1)
    assert list(at.shown().values()) == ["menunggu giliran diperiksa"]


def test_another_file_in_the_place_of_one_at_work_is_one_more(at):
    at.receivers.busy = True
    at.inbox.drop("scan.pdf", b"Surat")
    at.turns()
    at.turns(later=QUIET)

    at.inbox.write("scan.pdf", b"Surat lain")
    at.turns()
    at.turns(later=QUIET)

    assert len(at.receivers.at_work) == 2


def test_files_are_begun_in_the_order_in_which_they_were_written(at):
    for name in ("c.pdf", "a.pdf", "b.pdf"):
        at.inbox.drop(name, name.encode())
    at.turns()

    at.turns(2, later=QUIET)

    assert at.way.said == ["c.pdf → 2026/0001", "a.pdf → 2026/0002", "b.pdf → 2026/0003"]


def looking_takes_a_second(at):
    files = at.inbox.files

    def slowly():
        at.now += 1.0
        return files()

    at.inbox.files = slowly


def test_a_slow_look_is_not_repeated_at_once_and_what_came_is_owed_one(at):
    looking_takes_a_second(at)
    at.turns()
    looked = at.now
    at.inbox.drop("scan.pdf", b"Surat")

    assert (at.turns(), at.now) == (20.0, looked)  # no look: one may take a twentieth of the time
    at.turns(later=20.0)
    assert at.now == looked + 21.0


def test_what_came_to_its_end_leaves_an_inbox_unsettled_until_it_was_looked_at_again(at):
    looking_takes_a_second(at)
    at.inbox.drop("scan.pdf", b"Surat")
    at.turns()

    at.turns(later=20.0)
    at.turns()
    assert (at.way.states(), at.intake.waiting, at.intake.settled) == ([State.REGISTERED], 0, False)
    at.turns(later=20.0)
    assert at.intake.settled


# -- what cannot be taken --------------------------------------------------------------------------------------------


def test_a_file_that_cannot_be_taken_is_tried_again_when_it_is_due_and_not_before(at, monkeypatch):
    monkeypatch.setattr(at.inbox, "take", full)
    at.inbox.drop("scan.pdf", b"Surat")
    at.turns()

    at.turns(later=QUIET)
    assert at.turns() == 0.5
    assert (at.intake.settled, at.shown()["scan.pdf"]) == (False, "tidak dapat diambil, dicoba lagi nanti")
    assert str(at.intake.last_fault) == "Cakram penuh. Kosongkan."
    monkeypatch.undo()

    assert at.turns(later=0.4) == pytest.approx(0.1)
    assert at.way.states() == []
    at.turns(2, later=0.5 - 0.4)
    assert (at.way.states(), at.intake.settled, at.shown()) == ([State.REGISTERED], True, {})


def test_what_fails_again_and_again_is_stuck_and_tried_ever_more_seldom(at, monkeypatch):
    monkeypatch.setattr(at.inbox, "take", full)
    at.inbox.drop("scan.pdf", b"Surat")
    at.turns()
    at.turns(later=QUIET)

    pauses = [at.turns()]
    while not at.intake.stuck:
        at.turns(later=pauses[-1])
        pauses.append(at.turns())
    assert pauses == [0.5, 1.0, 2.0]

    at.inbox.lies.clear()  # somebody took it away
    at.turns()
    assert (at.intake.stuck, at.intake.settled) == (0, True)


def test_a_file_once_taken_is_no_longer_held_to_be_one_that_cannot_be(at, monkeypatch):
    monkeypatch.setattr(at.inbox, "take", full)
    at.inbox.drop("scan.pdf", b"Surat")
    at.turns()
    at.turns(2, later=QUIET)
    monkeypatch.undo()
    at.turns(2, later=0.5)
    assert at.way.states() == [State.REGISTERED]

    at.inbox.drop("scan.pdf", b"Surat lain")  # under the same name; it fails for the first time
    monkeypatch.setattr(at.inbox, "take", full)
    at.turns()
    at.turns(later=QUIET)

    assert at.turns() == 0.5


def test_a_file_that_left_the_inbox_though_its_taking_met_a_fault_is_found_in_hand(at, monkeypatch):
    take = at.inbox.take

    def taken_and_not_told(file, claim_id):
        take(file, claim_id)
        full()

    monkeypatch.setattr(at.inbox, "take", taken_and_not_told)
    at.inbox.drop("scan.pdf", b"Surat")
    at.turns()

    at.turns(3, later=QUIET)

    assert (at.way.states(), at.inbox.taken(), at.intake.settled) == ([State.REGISTERED], {}, True)


# -- what is in hand -------------------------------------------------------------------------------------------------


def left_in_hand(at, *contents):
    """Have files taken before the program starts."""
    for n, content in enumerate(contents):
        at.inbox.drop(f"{n}.pdf", content)
        at.inbox.take(at.inbox.files()[0], f"{n:016x}")


def test_what_was_in_hand_at_the_start_gets_its_number_before_what_lies_there(at):
    at.inbox.drop("lama.pdf", b"Surat lama")
    at.inbox.take(at.inbox.files()[0], "0" * 16)
    at.inbox.drop("baru.pdf", b"Surat baru")

    at.turns()
    at.turns(2, later=QUIET)

    assert at.way.said == ["lama.pdf → 2026/0001", "baru.pdf → 2026/0002"]
    assert at.intake.settled


def test_what_is_in_hand_and_cannot_be_opened_is_held_once_and_tried_when_due(at, monkeypatch):
    left_in_hand(at, b"Surat")
    monkeypatch.setattr(at.inbox, "reclaim", full)

    assert at.turns(2) == 0.5
    assert (at.intake.settled, at.intake.waiting) == (False, 1)
    at.intake._unsure = True  # as after any fault while another file is taken
    at.turns()
    assert at.intake.waiting == 1
    monkeypatch.undo()

    at.turns(2, later=0.5)
    assert (at.way.states(), at.intake.settled) == ([State.REGISTERED], True)


def test_what_was_in_hand_and_is_there_no_longer_is_not_waited_for(at):
    left_in_hand(at, b"Surat")
    at.receivers.busy = True
    at.turns()
    at.inbox.take_away("0" * 16)

    at.receivers.go_on()
    at.turns()

    assert (at.intake.waiting, at.intake.settled) == (0, True)


def test_the_mailroom_is_told_of_a_fault_once_and_of_another_again(at):
    left_in_hand(at, b"Surat")
    at.way.account.full = 3  # each time when it is noted as taken

    at.turns(2)
    at.turns(2, later=0.5)
    assert at.way.said == ["0.pdf tertunda: Cakram penuh. Kosongkan."]
    assert at.shown() == {"0" * 16: "tertunda: Cakram penuh. Kosongkan."}

    note, at.way.account.full = at.way.account.note, 0

    def elsewhere(line):
        at.way.account.note = note
        raise Passing("Jam mundur.", "Betulkan.")

    at.way.account.note = elsewhere
    at.turns(2, later=1.0)
    at.turns(2, later=2.0)
    assert at.way.said[1:] == ["0.pdf tertunda: Jam mundur. Betulkan.", "0.pdf → 2026/0001"]


def test_what_waits_is_tried_at_once_when_somebody_has_mended_what_it_waited_for(at):
    left_in_hand(at, b"Surat")
    at.way.account.full = 1
    at.turns(2)

    at.intake.hurry()
    at.turns(2)

    assert at.way.states() == [State.REGISTERED]


def test_a_file_that_somebody_took_away_while_it_was_held_is_told_lost_and_waited_for_no_longer(at):
    at.inbox.drop("scan.pdf", b"BAD")
    at.turns()
    at.receivers.busy = True
    at.turns(later=QUIET)
    at.receivers.go_on()
    (claim_id,) = at.inbox.taken()
    at.inbox.take_away(claim_id)

    at.turns()

    assert (at.way.states(), at.intake.waiting) == ([State.REFUSED], 0)
    assert len(at.way.said) == 1


def test_what_was_looked_into_when_the_program_ends_is_noted(at):
    at.receivers.busy = True
    at.inbox.drop("scan.pdf", b"Surat")
    at.turns()
    at.turns(later=QUIET)

    at.intake.stop(1.0)

    assert at.way.states() == [State.REGISTERED]


# -- an inbox that is not there --------------------------------------------------------------------------------------


def test_an_inbox_that_goes_and_comes_is_told_each_time_once_and_nothing_is_done_meanwhile(at):
    at.inbox.drop("scan.pdf", b"Surat")
    at.turns()
    at.inbox.fault, version = GONE, at.board.version

    at.turns(3, later=QUIET)
    assert at.way.said == [GONE]
    assert (at.way.states(), at.intake.settled, at.intake.stuck) == ([], False, 1)
    assert str(at.intake.last_fault).startswith(GONE)
    assert at.board.version == version + 1

    at.inbox.fault = ""
    at.turns(3)
    assert at.way.said[1:] == ["Kotak masuk terlihat lagi; berkas di dalamnya dikerjakan.", "scan.pdf → 2026/0001"]
    assert (at.intake.settled, at.intake.stuck) == (True, 0)


def test_what_is_in_hand_in_an_inbox_that_comes_back_is_taken_up(at):
    """Another program may have taken it, or this one before the share went."""
    at.turns()
    at.inbox.fault = GONE
    at.turns()
    at.inbox.fault = ""
    left_in_hand(at, b"Surat")

    at.turns(2)

    assert at.way.states() == [State.REGISTERED]


def test_an_inbox_that_was_there_all_along_is_not_searched_for_files_in_hand_again(at):
    at.turns()
    left_in_hand(at, b"Surat")  # by another program, which works on it

    at.turns(2)

    assert (at.way.states(), at.intake.settled) == ([], True)


def test_what_a_large_file_left_in_hand_is_begun_in_the_slow_lane(at, monkeypatch):
    monkeypatch.setattr("pipeline.intake.journey._LARGE", 4)
    left_in_hand(at, b"Surat")
    at.receivers.busy = True

    at.turns()

    assert [file.slow for file in at.receivers.at_work] == [True]
    assert at.board.stages() == {"0" * 16: Stage("menunggu giliran diperiksa")}
