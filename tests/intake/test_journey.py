"""The way of one file, stage by stage, with an inbox and an account in memory: a fault costs time and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakes import FakeReader
from inbox_way import CLAIM, Way

from pipeline.backoff import CUT_OFFS
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.deliveries import FOLDER, MAILBOX, REGISTERED, Delivery
from pipeline.errors import EngineFault, Unfinished
from pipeline.intake.account import Delivered, State
from pipeline.intake.inbox_files import InboxFile
from pipeline.intake.journey import (
    Claimed,
    Decided,
    Ended,
    InHand,
    Noted,
    OnItsWay,
    Resting,
    StillWritten,
)
from pipeline.intake.outcomes import Accepted, SetAside
from pipeline.scans.refusals import Limits

FIRST = CaseNumber(2026, 1)


@pytest.fixture
def way(office):
    return Way(office)


def test_a_letter_goes_from_its_rest_to_its_end_one_stage_after_another(way):
    taken = way.journey.take(way.rests())
    assert (type(taken.stage), list(way.inbox.taken())) == (InHand, [CLAIM])

    worked = way.journey.work(taken)
    assert (type(worked.stage), worked.stage.outcome) == (Decided, Accepted(FIRST))
    assert way.states() == [State.WAITING]

    ended = way.journey.end(worked)
    assert (type(ended.stage), way.states(), way.inbox.taken()) == (Ended, [State.REGISTERED], {})
    assert (way.said, way.accepted) == (["scan.pdf → 2026/0001"], [FIRST])


def test_a_file_that_is_another_before_it_is_taken_is_looked_at_anew(way):
    file = way.rests()
    way.inbox.write("scan.pdf", b"Surat lain")

    assert type(way.goes(file).stage) is Ended

    assert (way.states(), way.inbox.contents()) == ([], {"scan.pdf": b"Surat lain"})


def test_a_fault_leaves_a_file_at_the_stage_it_had_come_to(way):
    way.account.full = 2

    first = way.goes(way.rests())
    second = way.goes(first)
    third = way.goes(second)

    assert [type(file.stage) for file in (first, second, third)] == [Claimed, Claimed, Ended]
    assert [str(file.fault or "") for file in (first, second, third)] == ["Cakram penuh. Kosongkan."] * 2 + [""]
    assert way.states() == [State.REGISTERED]


def test_a_file_whose_end_cannot_be_noted_has_its_number_and_is_not_looked_into_again(way, monkeypatch):
    worked = way.journey.work(way.journey.take(way.rests()))
    way.account.full = 1

    held = way.journey.end(worked)
    assert (type(held.stage), list(way.inbox.taken())) == (Decided, [CLAIM])

    monkeypatch.setattr(FakeReader, "inspect", None)
    assert type(way.goes(held).stage) is Ended
    assert (way.states(), way.accepted) == ([State.REGISTERED], [FIRST])


def test_a_file_of_which_the_reader_dies_three_times_is_set_aside(way, monkeypatch):
    def dies(*_):
        raise EngineFault("Mesin baca mati.")

    monkeypatch.setattr(FakeReader, "inspect", dies)

    files = [way.rests()]
    for _ in range(3):
        files.append(way.goes(files[-1]))

    assert [type(file.stage) for file in files] == [Resting, Noted, Noted, Ended]
    assert way.states() == [State.REFUSED]
    assert "tiga kali" in way.inbox.notes["ditolak/scan.pdf"]


@pytest.mark.parametrize("fault", [EngineFault("Mesin baca mati."), ZeroDivisionError()], ids=["mesin", "program"])
def test_what_was_filed_of_a_batch_is_told_though_another_part_cannot_be(way, monkeypatch, fault):
    extract = FakeReader.extract

    def dies_of_the_third_page(self, blob, media, pages):
        if 3 in pages:
            raise fault
        return extract(self, blob, media, pages)

    monkeypatch.setattr(FakeReader, "extract", dies_of_the_third_page)

    file = way.rests(b"PAGES\n- surat A\n===\n- surat B\n===\n- surat C")
    for _ in range(3):
        file = way.goes(file)

    assert type(file.stage) is Ended
    (entry,) = way.account.everything().entries.values()
    assert [part.state for part in entry.parts] == [State.REGISTERED, State.REFUSED, State.REGISTERED]
    assert way.accepted == [FIRST, CaseNumber(2026, 2)]
    assert "tiga kali" in way.inbox.notes["ditolak/scan.pdf"]


def test_a_file_somebody_still_writes_goes_back_to_be_waited_for(way):
    worked = way.journey.work(way.journey.take(way.rests(b"BAD")))
    way.inbox.write_taken(CLAIM, b"Surat")  # what was refused is not what lies there now

    held = way.journey.end(worked)
    assert type(held.stage) is StillWritten

    assert type(way.goes(held).stage) is Ended
    assert (way.inbox.contents(), way.states()) == ({"scan.pdf": b"Surat"}, [])


def test_a_file_that_is_given_up_is_refused_unless_it_has_its_end(way):
    file = way.rests(b"Surat terpoton", gap="penutup tidak ada")
    worked = way.journey.work(way.journey.take(file))
    assert isinstance(worked.stage.outcome, SetAside)
    assert worked.stage.outcome.reason.code == "terpotong"
    way.journey.end(worked)

    mendable = way.goes(way.rests(b"Surat rusak %%EOF", gap="tabelnya rusak"))
    assert type(mendable.stage) is Ended
    assert way.states()[-1] is State.REGISTERED


def test_a_file_that_is_too_large_is_refused_unread_whatever_it_holds(way, monkeypatch):
    monkeypatch.setattr(FakeReader, "inspect", None)
    way.journey = replace(way.journey, limits=Limits(size=4))

    ended = way.goes(way.rests(b"Surat"))

    assert (type(ended.stage), way.states()) == (Ended, [State.REFUSED])
    (entry,) = way.account.everything().entries.values()
    assert (entry.parts[0].code, entry.taken.size, entry.taken.sha256) == ("terlalu-besar", 5, "")


def test_a_letter_that_is_written_to_before_it_is_numbered_goes_back_without_a_number(way, monkeypatch):
    inspect = FakeReader.inspect

    def written_meanwhile(self, blob):
        way.inbox.write_taken(CLAIM, b"Surat yang panjang")
        return inspect(self, blob)

    monkeypatch.setattr(FakeReader, "inspect", written_meanwhile)

    assert type(way.goes(way.rests()).stage) is Ended

    assert (way.inbox.contents(), way.states()) == ({"scan.pdf": b"Surat yang panjang"}, [])


def test_what_is_written_after_the_number_was_given_is_another_letter_and_not_lost(way):
    worked = way.journey.work(way.journey.take(way.rests()))
    way.inbox.write_taken(CLAIM, b"Surat lain")

    assert type(way.journey.end(worked).stage) is Ended

    assert (way.states(), way.inbox.contents()) == ([State.REGISTERED], {"scan.pdf": b"Surat lain"})


def test_a_costly_file_goes_on_in_the_slow_lane_and_nobody_waits_for_it(way, monkeypatch):
    inspect, turns, shown = FakeReader.inspect, [], []

    def costly(self, blob):
        shown.append(str(way.journey.board.stages()[CLAIM]))
        turns.append(len(way.journey.turns._since))
        if len(turns) < 3:
            raise Unfinished(done=len(turns), of=500)
        return inspect(self, blob)

    monkeypatch.setattr(FakeReader, "inspect", costly)

    file = way.journey.work(way.journey.take(way.rests()))
    assert (type(file.stage), file.slow, file.fault, file.goes_on_slowly) == (Noted, True, None, True)
    assert str(way.journey.board.stages()[CLAIM]) == "berkas berat, diperiksa bergiliran 1/500"

    file = way.goes(way.journey.work(file))
    assert (type(file.stage), way.states()) == (Ended, [State.REGISTERED])
    assert turns == [1, 0, 0]
    assert shown == ["diperiksa", *(f"berkas berat, diperiksa bergiliran {done}/500" for done in (1, 2))]


def test_a_large_file_goes_to_the_slow_lane_before_it_is_copied(way, monkeypatch):
    monkeypatch.setattr("pipeline.intake.journey._LARGE", 4)

    assert way.journey.take(way.rests(b"Surat")).goes_on_slowly
    assert not way.journey.is_large(InboxFile("a.pdf", (1, 1, 4, 1)))
    assert not way.journey.is_large(InboxFile("a.pdf", (1, 1, 2**40, 1))), "it is refused unread, at once"
    full = replace(way.journey, limits=Limits(size=5))
    assert [full.is_large(InboxFile("a.pdf", (1, 1, size, 1))) for size in (5, 6)] == [True, False]


def test_what_was_taken_before_a_crash_goes_on_and_is_held_to_be_the_reason_only_after_many(way):
    way.journey.take(way.rests())
    for _ in range(CUT_OFFS):
        way.attempts.begin(CLAIM, "terima")

    way.goes(OnItsWay(CLAIM, 0, None, InHand()))
    assert way.states() == [State.REFUSED]

    way.inbox.relocate(way.inbox.refused()[0])
    way.inbox.take(way.inbox.files()[0], "fedcba9876543210")
    way.goes(OnItsWay("fedcba9876543210", 1, None, InHand()))
    assert way.states() == [State.REGISTERED]


def test_a_file_that_was_taken_away_in_mid_work_is_told_and_counted(way):
    worked = way.journey.work(way.journey.take(way.rests(b"BAD")))
    way.inbox.take_away(CLAIM)

    held = way.journey.end(worked)

    assert held.fault is not None
    assert way.journey.was_lost(held)
    assert way.states() == [State.REFUSED]
    assert way.journey.counts == {"hilang": 1}


def test_what_vanished_with_the_whole_inbox_is_not_lost(way):
    worked = way.journey.work(way.journey.take(way.rests(b"BAD")))
    way.inbox.take_away(CLAIM)
    way.inbox.fault = "Kotak masuk tidak terlihat."

    assert not way.journey.was_lost(way.journey.end(worked))
    assert way.states() == [State.WAITING]


def test_what_cannot_be_noted_as_lost_is_tried_again_and_told_then(way):
    worked = way.journey.work(way.journey.take(way.rests(b"BAD")))
    way.inbox.take_away(CLAIM)
    held = way.journey.end(worked)
    way.account.full = 1

    assert not way.journey.was_lost(held)
    assert (way.said, way.states()) == ([], [State.WAITING])
    assert way.journey.was_lost(held)
    assert way.states() == [State.REFUSED]


@pytest.mark.parametrize(
    ("noted", "ways"),
    [((), [FOLDER]), ((MAILBOX,), [MAILBOX]), ((REGISTERED,), [FOLDER, REGISTERED])],
)
def test_how_a_file_came_is_what_was_noted_before_or_else_by_the_folder(way, office, noted, ways):
    file = way.rests()
    for said in noted:
        way.account.note(Delivered(file.origin.file.mark, "", "", Delivery(said, office.clock.now())))

    way.goes(file)

    (received,) = office.root.cabinet.case(FIRST).entries
    assert [one["cara"] for one in received.data["deliveries"]] == ways
