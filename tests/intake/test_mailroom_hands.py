"""What a person does with a file in the inbox: named how, seen by whom, and what the account is told of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from fakes import MORNING
from inbox_fakes import FakeAccount, FakeInbox

from pipeline.cases.actor import Actor
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.deliveries import ATTACHED, REGISTERED, RETRIED
from pipeline.errors import Busy, Incomplete, NotFound
from pipeline.intake.account import AccountPart, Settled, State, Taken
from pipeline.intake.mailroom import Mailroom
from pipeline.intake.sight import FileOwners, Sight
from pipeline.register.register_numbers import RegisterPattern

OWNERS = FileOwners(RegisterPattern("{urut:04d}/YANKOMAS/{tahun}"), ("surat-masuk",), {})
EVERYTHING = Sight(OWNERS)
CLERK = Actor("tim-yankomas", "rani")
YESTERDAY = MORNING - timedelta(days=1)


class Cases:
    """A cabinet in which every case is."""

    def case(self, number):
        return number


class Room:
    """A mailroom with its inbox; each file that was set aside is in the account."""

    def __init__(self, sight=EVERYTHING) -> None:
        self.inbox, self.account = FakeInbox(), FakeAccount()
        self.mailroom = Mailroom(self.inbox, self.account, Cases(), lambda: MORNING, 100, sight)

    def set_aside(self, name, *, state=State.REFUSED, at=YESTERDAY, folder="", place=""):
        path = place or f"ditolak/{name}"
        self.inbox.drop(path, name.encode())
        mark = next(file.mark for file in self.inbox.refused() if file.path == path)
        part = AccountPart(state, "", code="jenis", reason="Jenis.", remedy="Kirim.", place=path)
        self.account.note(Settled(Taken(name, name, 1, "0" * 64, mark, at, folder), (part,), at))

    def said(self):
        found = [line for line in self.account.lines if getattr(line, "delivery", None)]
        return [(line.delivery.way, line.folder) for line in found if line.sha256 == "0" * 64]

    def states(self):
        return {claim: entry.state for claim, entry in self.account.everything().entries.items()}


@pytest.fixture
def room():
    return Room()


def test_a_file_that_was_set_aside_goes_back_by_its_path_or_by_the_only_name(room):
    room.set_aside("a.pdf")
    room.set_aside("b.pdf")
    room.set_aside("b.pdf ", place="ditolak/lama/b.pdf")

    assert room.mailroom.retry("a.pdf", CLERK) == "a.pdf"
    with pytest.raises(NotFound, match="tidak ada berkas b"):
        room.mailroom.retry("b.pdf", CLERK)
    assert room.mailroom.retry("ditolak/lama/b.pdf", CLERK) == "b.pdf"
    assert room.states() == {"b.pdf": State.REFUSED}
    assert room.said() == [(RETRIED, ""), (RETRIED, "")]


def test_all_that_was_refused_goes_back_but_for_duplicates_and_what_somebody_dealt_with(room):
    room.set_aside("a.pdf")
    room.set_aside("b.pdf", state=State.DUPLICATE)
    room.set_aside("c.pdf")
    room.mailroom.put_away("c.pdf", "rani")

    assert room.mailroom.retry_all(CLERK) == ["a.pdf"]


def test_a_file_is_attached_from_the_inbox_or_from_where_it_was_set_aside(room):
    room.inbox.drop("a.pdf", b"x")
    room.set_aside("b.pdf")
    number = CaseNumber(2026, 7)

    assert room.mailroom.attach("a.pdf", number, CLERK) == f"{number.key}/a.pdf"
    assert room.mailroom.attach("b.pdf", number, CLERK) == f"{number.key}/b.pdf"
    assert room.said() == [(ATTACHED, number.key)]
    with pytest.raises(NotFound):
        room.mailroom.attach("c.pdf", number, CLERK)


def test_a_file_that_names_a_case_is_registered_on_a_persons_word(room):
    room.set_aside("a.eml")

    assert room.mailroom.register("a.eml", CLERK) == "aduan-baru/a.eml"
    assert room.said() == [(REGISTERED, "aduan-baru")]


def test_a_file_that_is_being_worked_on_is_left_alone(room):
    room.inbox.drop("a.pdf", b"x")
    room.inbox.take(room.inbox.files()[0], "cafe")

    for name in ("a.pdf", "cafe"):
        with pytest.raises(Busy):
            room.mailroom.set_aside(name, "Bukan surat.", "rani")


def test_a_file_is_set_aside_with_a_reason_that_can_be_read(room):
    room.inbox.drop("a.pdf", b"x")

    for reason in ("", "  ", "\u200b"):
        with pytest.raises(Incomplete, match="belum ditulis"):
            room.mailroom.set_aside("a.pdf", reason, "rani")
    place = room.mailroom.set_aside("a.pdf", " Bukan  surat. ", "rani")

    assert place == "ditolak/a.pdf"
    (entry,) = room.account.everything().entries.values()
    assert entry.parts[0].reason == "Disisihkan petugas (rani): Bukan surat."


def test_what_was_dealt_with_is_noted_of_what_is_set_aside_alone(room):
    room.set_aside("a.pdf")
    room.set_aside("b.pdf", state=State.DUPLICATE)
    room.inbox.drop("ditolak/c.pdf", b"x")  # nothing is noted of it

    room.mailroom.put_away("a.pdf", "rani")

    assert room.account.everything().entries["a.pdf"].put_away.by == "rani"
    with pytest.raises(NotFound, match="tidak lagi disisihkan"):
        room.mailroom.put_away("c.pdf", "rani")


def test_all_of_before_today_is_dealt_with_at_once(room):
    midnight = MORNING.replace(hour=0, minute=0)
    room.set_aside("a.pdf")
    room.set_aside("b.pdf", at=midnight)
    room.set_aside("c.pdf", at=midnight - timedelta(minutes=1))
    room.set_aside("d.pdf")
    room.mailroom.put_away("d.pdf", "rani")

    assert room.mailroom.put_away_old("rani") == 2
    put_away = [claim for claim, entry in room.account.everything().entries.items() if entry.put_away]
    assert put_away == ["a.pdf", "c.pdf", "d.pdf"]
    assert room.mailroom.put_away_old("rani") == 0


def test_nobody_does_anything_with_a_file_of_a_service_that_they_are_not_shown():
    room = Room(Sight(OWNERS, {"surat-masuk"}))
    room.set_aside("milik-surat.pdf", folder="surat-masuk")
    room.set_aside("aduan.pdf")
    room.inbox.drop("ditolak/tak-tercatat.pdf", b"x")  # is taken for a complaint
    room.inbox.drop("surat-masuk/d.pdf", b"x")
    room.inbox.drop("e.pdf", b"x")

    assert room.mailroom.shown("ditolak/milik-surat.pdf").name == "milik-surat.pdf"
    for name in ("aduan.pdf", "tak-tercatat.pdf"):
        with pytest.raises(NotFound):
            room.mailroom.shown(f"ditolak/{name}")
    with pytest.raises(NotFound):
        room.mailroom.set_aside("e.pdf", "Bukan surat.", "rani")
    assert room.mailroom.put_away_old("rani") == 1
    assert room.mailroom.retry_all(CLERK) == []
    assert room.mailroom.set_aside("d.pdf", "Bukan surat.", "rani") == "ditolak/d.pdf"


def test_what_came_for_a_service_goes_back_into_its_folder(room, monkeypatch):
    monkeypatch.setattr(FakeInbox, "is_of_another", lambda _self, folder: folder == "surat-masuk")
    room.set_aside("a.pdf", folder="surat-masuk")
    room.set_aside("b.pdf", folder="2026-0007")

    assert room.mailroom.retry("a.pdf", CLERK) == "surat-masuk/a.pdf"
    assert room.mailroom.retry("b.pdf", CLERK) == "b.pdf"
