"""What an office of many told by mail, and fetched: common to its folders, taken over once from a folder's files."""

from __future__ import annotations

import os
import shutil
import signal
from functools import partial
from pathlib import Path

import central_office
import psycopg
import pytest
from crash import in_child
from fakes import MORNING
from folders_of_before import ASIDE, Ends, before
from mail_fakes import told_from
from thorough import slowly

from pipeline.errors import SettingsFault
from pipeline.mail.store.fetched_record import FETCHED
from pipeline.mail.store.receipt_counts import RECEIPTS
from pipeline.mail.store.sent_record import SENT, StoredSentRecord
from pipeline.storage.postgres import Database
from pipeline.storage.postgres_small_records import SmallRecordsThere, open_small_records, small_records_at
from pipeline.storage.postgres_taken import taken
from pipeline.storage.rows import AllRows
from pipeline.storage.small_records import SmallFile, small_rows
from pipeline.storage.taking_over import UNUSED
from pipeline.wiring import office_in


def as_sets(told: AllRows) -> dict[str, set[tuple[object, ...]]]:
    return {table: set(rows) for table, rows in told.items()}


def there(database: Database, kind: SmallFile) -> dict[str, set[tuple[object, ...]]]:
    with database.transaction() as running:
        return as_sets(small_records_at(running, kind))


@pytest.fixture(params=[SENT, FETCHED, RECEIPTS], ids=lambda kind: kind.name)
def of_before(request, tmp_path):
    """A kind of file, the folder of an office of before that has it, and what is in it."""
    told_from(tmp_path / ".akun")
    told = as_sets(small_rows(tmp_path / ".akun", request.param))
    assert all(told.values())
    return request.param, tmp_path, told


def test_an_office_takes_over_once_what_was_told_and_puts_the_file_aside(of_before, central_office, caplog):
    kind, place, told = of_before
    database = central_office[0]

    open_small_records(database, kind, before(place))
    assert there(database, kind) == as_sets(small_rows(place / ASIDE, kind)) == told
    assert not (place / ".akun" / kind.name).exists()
    shutil.rmtree(place / ".akun")
    told_from(place / ".akun")
    open_small_records(database, kind, before(place))

    assert there(database, kind) == told
    assert f"{kind.what} kantor ini ada di pusat" in caplog.text
    assert (place / f"{ASIDE}-0" / f"{UNUSED}{kind.name}").is_file()


def test_another_folder_waits_for_the_one_from_which_the_office_is_run(of_before, central_office):
    kind, place, told = of_before
    elsewhere = before(place, elsewhere=("kantor ini dijalankan dari meja-lama:/srv/kantor", "Di sana."))

    with pytest.raises(SettingsFault, match=f"^{kind.what} kantor ini belum ada di pusat"):
        SmallRecordsThere(central_office[0], kind, elsewhere).reading()

    assert as_sets(small_rows(place / ".akun", kind)) == told


def take_over_until(address: str, schema: str, kind: SmallFile, place: Path, kill_at: int) -> None:
    """Take over as a process does, which is killed before its n-th effect."""
    Ends(kill_at).install()
    open_small_records(Database(address, schema), kind, before(place))
    os._exit(0)


@pytest.mark.parametrize("step", [slowly(1), 3], ids=["anywhere", "somewhere"])
def test_a_process_that_is_killed_in_the_midst_leaves_all_of_it_or_nothing(
    of_before, central_office, central, tmp_path, step
):
    kind, place, told = of_before
    database, killed = central_office[0], list[bool]()
    for kill_at in range(1, 100, step):
        with psycopg.connect(central.database) as owner:
            owner.execute(f"SET search_path TO {database.schema}")
            owner.execute(f"TRUNCATE taken_over, {', '.join(kind.tables)}")
        copy = tmp_path / f"n{kill_at}"
        shutil.copytree(place / ".akun", copy / ".akun")
        status = in_child(partial(take_over_until, database.address, database.schema, kind, copy, kill_at))

        was_taken = taken(database, kind.name) is not None
        assert there(database, kind) == (told if was_taken else {table: set() for table in told}), kill_at
        open_small_records(database, kind, before(copy))
        assert there(database, kind) == told, kill_at
        assert [as_sets(small_rows(path.parent, kind)) for path in copy.glob(f"{ASIDE}*/{kind.name}")] == [told]
        if status == 0:
            break
        assert status == -signal.SIGKILL
        killed.append(was_taken)
    assert len(killed) * step > 6
    assert set(killed) == {False, True}


def test_another_office_sees_none_of_it(central_office, central):
    mine = central_office[0].schema
    with central.office() as (another, _):
        for table in ("told", "refused", "mails", "receipts"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), another.transaction() as running:
                running.execute(f"SELECT * FROM {mine}.{table}")


def test_people_are_told_from_one_folder_and_not_again_once_it_is_another(tmp_path, central, monkeypatch):
    first, second = tmp_path / "satu", tmp_path / "dua"
    here = central_office.made(first, central).root
    shutil.copytree(first, second)
    other = office_in(second)
    assert (here.mails_from_here, other.mails_from_here) == (True, False)
    here.sent_record().told(["pagi siti"], MORNING)
    rounds, looked = other.mail_rounds(), list[str]()
    monkeypatch.setattr("pipeline.mail.postman.Postman.look", lambda _self: looked.append("lihat"))
    rounds._look()
    assert looked == []

    other.office_folders.take(MORNING)

    rounds._look()
    assert looked == ["lihat"]
    assert (here.mails_from_here, other.mails_from_here) == (False, True)
    assert other.sent_record().is_told("pagi siti")
    assert isinstance(other.sent_record(), StoredSentRecord)
    assert not list(first.rglob("surel.sqlite3"))
    other.database.close()
