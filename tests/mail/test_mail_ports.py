"""The ports of mail keep what they promise: the fakes, and what is kept in files."""

from __future__ import annotations

from datetime import timedelta

import pytest
from fakes import MORNING
from full_disk import no_room
from mail_fakes import FakeSentRecord, FakeTrouble

from pipeline.errors import Passing
from pipeline.mail.ports import Refusal, Trouble
from pipeline.mail.store.sent_record import SqliteSentRecord
from pipeline.mail.store.trouble_file import TroubleFile


@pytest.fixture(params=["fake", "sqlite"])
def record(request, tmp_path):
    if request.param == "fake":
        yield FakeSentRecord()
        return
    found = SqliteSentRecord(tmp_path / "akun")
    yield found
    found.close()


@pytest.fixture(params=["fake", "file"])
def trouble(request, tmp_path):
    return FakeTrouble() if request.param == "fake" else TroubleFile(tmp_path / "state" / "surel")


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

    if isinstance(record, SqliteSentRecord):
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
    return SqliteSentRecord(record._path.parent)


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


def test_trouble_is_what_was_noted_last(trouble):
    assert trouble.read() is None

    trouble.note(Trouble(MORNING, "Server surel mati."))
    assert trouble.read() == Trouble(MORNING, "Server surel mati.")

    trouble.note(None)
    assert trouble.read() is None
