"""The hand-overs of an office of many: every desk knows the same, and a folder's file is taken over once, as it is."""

from __future__ import annotations

import os
import shutil
import signal
import threading
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import psycopg
import pytest
from crash import in_child, sparsely
from fakes import MORNING
from folders_of_before import ASIDE, Ends, before

from pipeline.errors import NotAllowed, Passing, SettingsFault
from pipeline.evidence.store.postgres_seals import PostgresBooks
from pipeline.office.handovers import Handover
from pipeline.office.store.handovers import FILE, HandoverFile
from pipeline.office.store.postgres_handovers import (
    HandoversOfBefore,
    PostgresHandovers,
    are_taken,
    handovers_at,
    open_handovers,
)
from pipeline.storage import locks
from pipeline.storage.postgres import Database
from pipeline.storage.taking_over import UNUSED

TODAY = MORNING.date()
DEWI = Handover(
    "kakanwil",
    "Plh.",
    "Kepala Kantor Wilayah",
    "dewi",
    "Dewi Rekaan",
    TODAY,
    TODAY + timedelta(days=2),
    "budi",
    MORNING,
    giver="budi",
)


@pytest.fixture
def desks(central_office):
    """The records of two desks of one office, each with connections of its own."""
    first = central_office[0]
    second = Database(first.address, first.schema)
    yield PostgresHandovers(first), PostgresHandovers(second)
    second.close()


def test_what_is_handed_over_at_one_desk_holds_at_the_next_question_of_the_other(desks):
    here, there = desks
    assert here.officials() == there.officials() == ()

    assert here.enter(DEWI, []).number == 1
    assert [o.name for o in there.officials()] == ["Dewi Rekaan"]
    there.take_back(1, "budi", MORNING)
    assert here.officials() == ()
    with pytest.raises(NotAllowed, match="sudah ditarik"):
        here.take_back(1, "budi", MORNING)


def test_of_two_desks_that_hand_one_post_over_at_once_one_does(desks):
    done: list[object] = []

    def hand(n: int) -> None:
        try:
            done.append(desks[n].enter(replace(DEWI, login=("dewi", "eko")[n]), []))
        except NotAllowed as fault:
            done.append(fault)

    both = [threading.Thread(target=hand, args=(n,)) for n in range(2)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()

    assert sorted(type(one).__name__ for one in done) == ["Handover", "NotAllowed"]
    assert len(desks[0].all()) == 1


def test_another_office_knows_none_of_it_and_the_own_changes_no_line(desks, central_office, central):
    here, database = desks[0], central_office[0]
    here.enter(DEWI, [])

    with central.office() as (another, _):
        assert PostgresHandovers(another).all() == ()
        for act in ("SELECT * FROM {}.catatan", "INSERT INTO {}.taken_over VALUES ('x')"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), another.transaction() as running:
                running.execute(act.format(database.schema))
    for act in ("DELETE FROM catatan", "UPDATE catatan SET isi = '\\x0a'", "DELETE FROM taken_over"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), database.transaction() as running:
            running.execute(act)


# A folder's file.


@pytest.fixture
def folder(tmp_path):
    """The folder of an office of before, and what its file has."""
    file = tmp_path / ".akun" / FILE
    record = HandoverFile(file, tmp_path / "kunci")
    record.enter(DEWI, [])
    record.take_back(1, "budi", MORNING)
    record.enter(replace(DEWI, login="eko", name="Eko Rekaan"), [])
    return tmp_path, file.read_bytes()


def lines_of(database: Database) -> bytes:
    with database.transaction() as running:
        return handovers_at(running)


def test_an_office_takes_its_hand_overs_over_and_they_are_the_sealed_book_that_they_were(folder, central_office):
    place, told = folder
    database = central_office[0]
    assert not PostgresBooks(database).is_central(f".akun/{FILE}")

    open_handovers(database, before(place))

    assert lines_of(database) == told == (place / ASIDE / FILE).read_bytes()
    assert [h.state(TODAY) for h in PostgresHandovers(database).all()] == ["ditarik", "berlaku"]
    assert not (place / ".akun" / FILE).exists()
    books = PostgresBooks(database)
    assert (books.names(), books.end(f".akun/{FILE}")) == ([f".akun/{FILE}"], len(told))
    assert PostgresHandovers(database).enter(replace(DEWI, role="kabid"), []).number == 3


def test_a_line_without_an_end_was_never_counted_and_stays_behind(folder, central_office):
    place, told = folder
    with open(place / ".akun" / FILE, "ab") as file:
        file.write(b'{"kind": "ditarik", "n')

    open_handovers(central_office[0], before(place))

    assert lines_of(central_office[0]) == told


def test_a_file_that_is_there_again_is_put_aside_and_hands_nothing_over(folder, central_office, caplog):
    place, told = folder
    open_handovers(central_office[0], before(place))
    HandoverFile(place / ".akun" / FILE, place / "kunci").enter(replace(DEWI, role="kabid"), [])

    open_handovers(central_office[0], before(place))

    assert "Pengalihan tugas kantor ini ada di pusat" in caplog.text
    assert lines_of(central_office[0]) == told
    assert [path.name for path in (place / f"{ASIDE}-0").iterdir()] == [UNUSED + FILE]


def test_an_office_without_any_begins_with_none_and_takes_none_later(tmp_path, central_office):
    database = central_office[0]
    assert not are_taken(database)
    open_handovers(database, before(tmp_path))
    assert are_taken(database)
    HandoverFile(tmp_path / ".akun" / FILE, tmp_path / "kunci").enter(DEWI, [])

    open_handovers(database, before(tmp_path))

    assert PostgresHandovers(database).all() == ()


def test_they_come_from_the_folder_from_which_the_office_is_run_once_no_desk_of_before_serves_it(
    folder, central_office
):
    place, told = folder
    database, empty = central_office[0], place / "dua"
    empty.mkdir()
    elsewhere = ("kantor ini dijalankan dari meja-lama:/srv/kantor", "Di sana.")
    for other in (place, empty):
        with pytest.raises(SettingsFault, match="tidak diambil dari folder ini: kantor ini dijalankan dari meja-lama"):
            open_handovers(database, before(other, elsewhere=elsewhere))
    with locks.sole_process(place / "meja"):
        (place / "meja").write_text("1 \n")  # another process
        with pytest.raises(Passing, match="masih memakai pengalihan tugas di folder ini"):
            open_handovers(database, before(place))
        assert not are_taken(database)

    of_before = HandoversOfBefore(place / ".akun", SettingsFault("Belum di pusat.", "Di sana."))
    assert [h.name for h in of_before.all()] == ["Dewi Rekaan", "Eko Rekaan"]
    with pytest.raises(SettingsFault, match="Belum di pusat"):
        of_before.take_back(2, "budi", MORNING)

    open_handovers(database, before(place))
    open_handovers(database, before(empty, elsewhere=elsewhere))

    assert lines_of(database) == told


def test_a_database_brought_back_to_before_takes_what_was_put_aside_then(folder, central_office, central):
    place, told = folder
    database = central_office[0]
    open_handovers(database, before(place))
    PostgresHandovers(database).enter(replace(DEWI, role="kabid"), [])
    (place / ".akun" / FILE).write_bytes(b"")  # a folder brought back: put aside later than the one that counts
    open_handovers(database, before(place))
    forget(central, database.schema)

    open_handovers(database, before(place))

    assert lines_of(database) == told


def forget(central, schema: str) -> None:
    """Have a database be as before it had hand-overs."""
    with psycopg.connect(central.database) as owner:
        owner.execute(f"SET search_path TO {schema}")
        owner.execute("DELETE FROM catatan")
        owner.execute("DELETE FROM taken_over")


def take_over_until(address: str, schema: str, place: Path, kill_at: int) -> None:
    """Take over as a process does, which is killed before its n-th effect."""
    Ends(kill_at).install()
    open_handovers(Database(address, schema), before(place))
    os._exit(0)


@sparsely(3)
def test_a_process_that_is_killed_in_the_midst_leaves_all_of_it_or_nothing(
    folder, central_office, central, tmp_path, step
):
    place, told = folder
    database, killed = central_office[0], list[bool]()
    for kill_at in range(1, 100, step):
        forget(central, database.schema)
        copy = tmp_path / f"n{kill_at}"
        shutil.copytree(place / ".akun", copy / ".akun")
        status = in_child(partial(take_over_until, database.address, database.schema, copy, kill_at))

        were_taken = are_taken(database)
        assert lines_of(database) == (told if were_taken else b""), kill_at
        open_handovers(database, before(copy))
        assert lines_of(database) == told, kill_at
        assert not (copy / ".akun" / FILE).exists()
        assert [path.read_bytes() for path in copy.glob(f"{ASIDE}*/{FILE}")] == [told], kill_at
        if status == 0:
            break
        assert status == -signal.SIGKILL
        killed.append(were_taken)
    assert len(killed) * step > 8
    assert set(killed) == {False, True}
