"""The ports of mail keep what they promise: the fakes, and what is kept in files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from fakes import MORNING
from free_ports import free_port
from full_disk import no_room
from mail_fakes import FakeCarrier, FakeReceiptCounts, FakeSentRecord, FakeTrouble
from smtp_servers import Mailboxes, served

from pipeline.errors import Passing
from pipeline.mail.engines.smtp import SmtpCarrier
from pipeline.mail.mail_settings import MailPlan
from pipeline.mail.ports import AddressRefused, AddressWaits, Carrier, Mail, ReceiptCount, Refusal, Trouble
from pipeline.mail.store.fetched_record import SqliteMailRecord, StoredMailRecord
from pipeline.mail.store.receipt_counts import SqliteReceiptCounts, StoredReceiptCounts
from pipeline.mail.store.sent_record import SqliteSentRecord, StoredSentRecord
from pipeline.mail.store.trouble_file import TroubleFile


def at_the_centre(request):
    """The rows of an office of the centre."""
    from pipeline.storage.postgres_rows import SchemaRows

    return SchemaRows(request.getfixturevalue("central_office")[0], "surel")


@pytest.fixture(params=["fake", "sqlite", "postgres"])
def record(request, tmp_path):
    if request.param != "sqlite":
        yield FakeSentRecord() if request.param == "fake" else StoredSentRecord(at_the_centre(request))
        return
    found = SqliteSentRecord(tmp_path / "akun")
    yield found
    found.close()


@pytest.fixture(params=["fake", "file"])
def trouble(request, tmp_path):
    return FakeTrouble() if request.param == "fake" else TroubleFile(tmp_path / "state" / "surel")


@pytest.fixture(params=["fake", "sqlite", "postgres"])
def counts(request, tmp_path):
    if request.param != "sqlite":
        yield FakeReceiptCounts() if request.param == "fake" else StoredReceiptCounts(at_the_centre(request))
        return
    found = SqliteReceiptCounts(tmp_path / "state")
    yield found
    found.close()


def test_receipts_are_counted_by_the_hour_and_for_each_address_by_the_day(counts):
    later = MORNING + timedelta(hours=3)
    counts.count("m1", "Rahmat@contoh.id", MORNING)
    counts.count("m1", "Rahmat@contoh.id", later)  # put off, and tried again
    counts.count("m2", "siti@contoh.id", later)

    assert counts.lately("rahmat@contoh.id", later) == ReceiptCount(hour=1, address=1)
    assert counts.lately("siti@contoh.id", MORNING + timedelta(hours=25)) == ReceiptCount(hour=0, address=1)
    assert counts.lately("rahmat@contoh.id", MORNING + timedelta(hours=25)) == ReceiptCount(hour=0, address=0)


MAIL = Mail("siti@kantor.contoh", "Yankomas: 1 segera", "Yth.\n", "ab12", MORNING)


@dataclass
class Carrying:
    """A carrier, what it took by recipient, and how it is made to refuse an address, or put it off."""

    carrier: Carrier
    taken: Callable[[], list[str]]
    refuses: Callable[[str, bool], Any]


@pytest.fixture(params=["fake", "smtp"])
def carrying(request):
    if request.param == "fake":
        fake = FakeCarrier()
        faults = {True: AddressRefused("Ditolak."), False: AddressWaits("Ditunda.")}
        taken = lambda: [mail.to for mail in fake.sent]  # noqa: E731
        yield Carrying(fake, taken, lambda to, good: fake.faults.update({to: faults[good]}))
        return
    boxes = Mailboxes()
    answers = {True: "550 Tidak ada", False: "451 Nanti"}
    with served(boxes) as port:
        carrier = SmtpCarrier(MailPlan("127.0.0.1", port, "tidak", sender="yankomas@kantor.contoh"))
        taken = lambda: [to for _, recipients, _ in boxes.taken for to in recipients]  # noqa: E731
        yield Carrying(carrier, taken, lambda to, good: boxes.answers.update({to: answers[good]}))


@pytest.fixture(params=["fake", "smtp"])
def gone(request):
    """A carrier that is not there."""
    if request.param == "fake":
        fake = FakeCarrier()
        fake.down = Passing("Tidak dapat dihubungi.", "")
        return fake
    return SmtpCarrier(MailPlan("127.0.0.1", free_port(), "tidak", sender="yankomas@kantor.contoh"))


def test_what_was_handed_over_was_taken(carrying):
    with carrying.carrier.opened() as visit:
        visit.send(MAIL)
        visit.send(replace(MAIL, to="budi@kantor.contoh"))

    assert carrying.taken() == ["siti@kantor.contoh", "budi@kantor.contoh"]


@pytest.mark.parametrize(("for_good", "fault"), [(True, AddressRefused), (False, AddressWaits)])
def test_an_address_that_is_not_served_keeps_no_other_from_being(carrying, for_good, fault):
    carrying.refuses("budi@kantor.contoh", for_good)

    with carrying.carrier.opened() as visit:
        with pytest.raises(fault):
            visit.send(replace(MAIL, to="budi@kantor.contoh"))
        visit.send(MAIL)

    assert carrying.taken() == ["siti@kantor.contoh"]


def test_what_is_to_be_done_just_before_is_done_for_those_alone_whom_the_server_serves(carrying):
    carrying.refuses("budi@kantor.contoh", True)
    done = []

    def changed():
        raise ValueError("changed")

    with carrying.carrier.opened() as visit:
        with pytest.raises(AddressRefused):
            visit.send(replace(MAIL, to="budi@kantor.contoh"), lambda: done.append("budi"))
        with pytest.raises(ValueError, match="changed"):
            visit.send(MAIL, changed)
        visit.send(MAIL, lambda: done.append("siti"))

    assert done == ["siti"]
    assert carrying.taken() == ["siti@kantor.contoh"]


def test_trying_a_carrier_out_sends_nothing(carrying):
    carrying.carrier.try_out()

    assert carrying.taken() == []


def test_a_carrier_that_is_not_there_is_a_fault_that_may_pass(gone):
    with pytest.raises(Passing):
        gone.try_out()
    with pytest.raises(Passing), gone.opened():
        pass


def test_what_was_told_stays_told_and_what_was_begun_is_not(record):
    record.begin(["pagi siti", "segera siti"], MORNING)
    assert not record.is_told("pagi siti")

    record.told(["pagi siti"], MORNING)
    record.told(["pagi siti"], MORNING)

    assert record.is_told("pagi siti")
    assert not record.is_told("segera siti")


def test_after_two_years_it_is_forgotten(record):
    record.told(["lama siti"], MORNING - timedelta(days=900))
    record.told(["baru siti"], MORNING)

    record.catch_up(MORNING)

    if isinstance(record, StoredSentRecord):
        record = reopened(record)
    assert not record.is_told("lama siti")
    assert record.is_told("baru siti")


def test_a_refusal_is_kept_until_the_server_takes_mail_again(record):
    refusal = Refusal("siti@kantor.contoh", "Alamat ditolak.", MORNING)
    record.refused("siti", refusal)
    record.accepted("budi")
    assert record.refusals() == {"siti": refusal}

    record.accepted("siti")

    assert record.refusals() == {}


def reopened(record):
    record.close()
    return StoredSentRecord(record._rows)


def test_another_process_finds_what_was_told(tmp_path):
    first = SqliteSentRecord(tmp_path)
    first.begin(["a", "b"], MORNING)
    first.told(["a"], MORNING)

    again = reopened(first)

    assert again.is_told("a")
    assert not again.is_told("b")
    again.close()


def test_the_record_is_for_its_owner_alone(tmp_path):
    record = SqliteSentRecord(tmp_path / "akun")
    record.told(["pagi 2026-11-25 siti"], MORNING)

    assert [oct(path.stat().st_mode & 0o077) for path in (tmp_path / "akun").iterdir()] == ["0o0"] * 3
    record.close()


def test_on_a_full_disk_nothing_is_begun_and_what_was_told_is_remembered_until_there_is_room(tmp_path):
    record = SqliteSentRecord(tmp_path)
    record.begin(["a"], MORNING)
    with no_room():
        with pytest.raises(Passing, match="tidak dapat ditulis"):
            record.begin(["b"], MORNING)
        with pytest.raises(Passing):
            record.told(["a"], MORNING)
        with pytest.raises(Passing):
            record.catch_up(MORNING)
        assert record.is_told("a")

    record.catch_up(MORNING)

    again = reopened(record)
    assert again.is_told("a")
    again.close()


def test_a_folder_that_cannot_be_made_is_a_fault_that_may_pass(tmp_path):
    (tmp_path / "akun").write_text("bukan folder")

    with pytest.raises(Passing):
        SqliteSentRecord(tmp_path / "akun").begin(["a"], MORNING)


@pytest.fixture(params=["sqlite", "postgres"])
def fetched(request, tmp_path):
    if request.param == "postgres":
        yield StoredMailRecord(at_the_centre(request))
        return
    found = SqliteMailRecord(tmp_path / "state")
    yield found
    found.close()


def test_of_mails_with_one_content_the_first_is_known_and_whether_it_is_settled(fetched):
    assert (fetched.first("isi"), fetched.is_settled("isi")) == (None, False)

    fetched.note("isi", "ab12", MORNING)
    fetched.note("isi", "cd34", MORNING)
    assert (fetched.first("isi"), fetched.is_settled("isi")) == ("ab12", False)
    fetched.settled("isi")

    assert (fetched.first("isi"), fetched.is_settled("isi"), fetched.is_settled("lain")) == ("ab12", True, False)


def test_trouble_is_what_was_noted_last(trouble):
    assert trouble.read() is None

    trouble.note(Trouble(MORNING, "Server surel mati."))
    assert trouble.read() == Trouble(MORNING, "Server surel mati.")

    trouble.note(None)
    assert trouble.read() is None
