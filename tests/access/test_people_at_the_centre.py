"""The people of an office of many: every desk knows the same, and a file of before is taken over once."""

from __future__ import annotations

import logging
import os
import shutil
import signal
import sqlite3
import threading
from contextlib import closing
from datetime import timedelta
from functools import partial
from pathlib import Path

import psycopg
import pytest
from crash import in_child, sparsely
from fakes import MORNING
from folders_of_before import ASIDE, Ends, before
from people_rows import HOME, PASSWORD, as_sets, cheap, lived_in

from pipeline.access.accounts import held
from pipeline.access.failed_tries import ACCOUNT
from pipeline.access.store.people import SqlitePeople
from pipeline.access.store.people_file import FILE
from pipeline.access.store.people_moves import OF_THE_MOMENT, TABLES, people_of_file, write_people_file
from pipeline.access.store.postgres_people import PostgresPeople
from pipeline.access.store.postgres_people_moves import central_people, open_people
from pipeline.errors import Denied, Passing, SettingsFault, Uncertain, YankomasError
from pipeline.storage import locks
from pipeline.storage.postgres import Database
from pipeline.storage.taking_over import UNUSED


@pytest.fixture
def desks(central_office):
    """Two desks of one office, each with connections of its own, and somebody of it."""
    first = central_office[0]
    second = Database(first.address, first.schema)
    here, there = (PostgresPeople(database, cheap()) for database in (first, second))
    here.accounts.make("siti", "Siti Rekaan", [held("tim-yankomas")], MORNING)
    here.accounts.set_password("siti", PASSWORD)
    yield here, there
    second.close()


# Two desks.


def test_who_came_in_at_one_desk_is_at_the_other_and_out_of_both(desks):
    here, there = desks
    key = here.sign_in("siti", PASSWORD, HOME, MORNING)

    session, account = there.present(key, MORNING)
    assert (session.login, account.name) == ("siti", "Siti Rekaan")
    assert there.sessions.alive(MORNING) == here.sessions.alive(MORNING) == [session]
    there.sessions.end(session.digest)
    assert here.present(key, MORNING) is None


@pytest.mark.parametrize("ending", ["locked", "password"])
def test_a_lock_or_a_new_password_at_one_desk_ends_sessions_at_both(desks, ending):
    there = desks[1]
    keys = [desk.sign_in("siti", PASSWORD, HOME, MORNING) for desk in desks]
    assert all(desk.present(key, MORNING) for desk in desks for key in keys)

    if ending == "locked":
        there.accounts.lock("siti", locked=True, now=MORNING)
    else:
        there.accounts.set_password("siti", "lima kata yang lain lagi")

    assert not any(desk.present(key, MORNING) for desk in desks for key in keys)
    for desk in desks:
        with pytest.raises(Denied):
            desk.sign_in("siti", PASSWORD, HOME, MORNING)


def test_what_an_account_may_is_told_anew_at_the_next_page_of_every_desk(desks):
    here, there = desks
    key = here.sign_in("siti", PASSWORD, HOME, MORNING)
    assert [role.role for role in here.present(key, MORNING)[1].roles] == ["tim-yankomas"]

    there.accounts.give("siti", [held("kabid")], MORNING)
    assert [role.role for role in here.present(key, MORNING)[1].roles] == ["kabid"]
    asked = there.requests.make("siti", "jabatan", [held("kadiv")], "ani", MORNING)
    assert here.present(key, MORNING)[1].kept_back == {"kadiv"}
    there.requests.settle(asked.id, "disahkan", "ani")
    there.accounts.take("siti", ["kadiv"], MORNING)
    assert (here.present(key, MORNING)[1].kept_back, here.accounts.account("siti").taken) == (set(), {"kadiv"})


def test_a_page_asks_the_centre_one_thing(desks, monkeypatch):
    here, _ = desks
    key = here.sign_in("siti", PASSWORD, HOME, MORNING)
    assert here.present(key, MORNING)
    asked: list[object] = []
    execute = psycopg.Connection.execute
    monkeypatch.setattr(
        psycopg.Connection, "execute", lambda self, said, *rest: asked.append(said) or execute(self, said, *rest)
    )

    assert here.present(key, MORNING)

    assert len([said for said in asked if said]) == 1  # a connection that was idle is probed by nothing at all


def test_tries_that_failed_at_two_desks_are_counted_together_also_at_once(desks):
    denied: list[str] = []

    def guess(desk: PostgresPeople) -> None:
        for _ in range(ACCOUNT.free):
            try:
                desk.check("siti", "lain sama sekali ini", HOME, MORNING)
            except Denied as fault:
                denied.append(fault.message)

    guessing = [threading.Thread(target=guess, args=(desk,)) for desk in desks]
    for thread in guessing:
        thread.start()
    for thread in guessing:
        thread.join()

    assert sorted("banyak" in message for message in denied) == [False] * ACCOUNT.free + [True] * ACCOUNT.free


def test_of_two_desks_that_take_a_nip_use_a_link_or_rob_the_last_admin_one_does(desks):
    here, _ = desks
    for login in ("ani", "ina"):
        here.accounts.make(login, login.title(), [held("admin")], MORNING)
        here.accounts.set_password(login, PASSWORD)
    link = here.links.make("siti", MORNING)
    acts = {
        "link": lambda desk, n: desk.set_by_link(link, f"lima kata yang lain {n} lagi", HOME, MORNING),
        "nip": lambda desk, n: desk.accounts.set_nip(("ani", "ina")[n], "199001012020121001"),
        "admin": lambda desk, n: desk.accounts.lock(("ani", "ina")[n], locked=True, now=MORNING),
    }
    for what, act in acts.items():
        done: list[object] = []

        def at_once(n: int, act=act, done=done) -> None:
            try:
                act(desks[n], n)
                done.append(n)
            except YankomasError as fault:
                done.append(fault)

        both = [threading.Thread(target=at_once, args=(n,)) for n in range(2)]
        for thread in both:
            thread.start()
        for thread in both:
            thread.join()
        assert sum(isinstance(one, int) for one in done) == 1, (what, done)


def test_a_try_is_counted_whatever_becomes_of_the_rest(desks, central_office):
    here, counted = desks[0], ACCOUNT.of("siti", HOME)

    def given_up() -> None:
        with central_office[0].transaction():
            here.tries.begin([counted], MORNING)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        given_up()

    assert here.tries.any(counted)


def test_another_office_sees_and_changes_nobody(desks, central_office, central):
    mine = central_office[0].schema
    with central.office() as (another, _):
        assert PostgresPeople(another).accounts.all() == []
        for act in (f"SELECT * FROM {mine}.account", f"DELETE FROM {mine}.session", f"SELECT * FROM {mine}.last_id"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), another.transaction() as running:
                running.execute(act)


@pytest.mark.parametrize(
    "act",
    [
        "INSERT INTO people_state (one) VALUES (false)",
        "DELETE FROM people_state",
        "UPDATE people_state SET taken = false",
        "DELETE FROM last_id",
        "UPDATE last_id SET seq = 0",
    ],
)
def test_an_office_cannot_forget_that_its_people_are_here_nor_which_ids_it_gave(central_office, act):
    people = PostgresPeople(central_office[0], cheap())
    people.accounts.make("siti", "Siti Rekaan", [], MORNING)
    people.requests.make("siti", "peran", [held("kabid")], "ani", MORNING)

    with pytest.raises(psycopg.errors.InsufficientPrivilege), central_office[0].transaction() as running:
        running.execute(act)


class Cuts:
    """Ends this thread's connection before its n-th statement or end of a transaction, as a server that restarts."""

    def __init__(self, owner: psycopg.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
        self._owner, self.left = owner, 0
        self._thread = threading.get_ident()
        execute, end = psycopg.Connection.execute, psycopg.transaction.Transaction.__exit__
        monkeypatch.setattr(psycopg.Connection, "execute", lambda one, *said: self._cut(one) or execute(one, *said))
        monkeypatch.setattr(
            psycopg.transaction.Transaction, "__exit__", lambda one, *said: self._cut(one.connection) or end(one, *said)
        )

    def _cut(self, connection: psycopg.Connection) -> None:
        if connection is self._owner or threading.get_ident() != self._thread:
            return
        self.left -= 1
        if self.left == 0:
            self._owner.execute("SELECT pg_terminate_backend(%s, 5000)", (connection.info.backend_pid,))


def test_a_connection_that_is_cut_anywhere_while_somebody_comes_in_shuts_nobody_out(desks, central, monkeypatch):
    monkeypatch.setattr("pipeline.storage.postgres._FRESH", 0.0)  # each connection is probed before it is used
    here, now, told = desks[0], MORNING, list[str]()
    with psycopg.connect(central.database, autocommit=True) as owner:
        cuts = Cuts(owner, monkeypatch)
        for n in range(1, 100):
            cuts.left, now = n, now + timedelta(hours=11)  # sessions of the time before are over
            try:
                key = here.sign_in("siti", PASSWORD, HOME, now)
            except (Passing, Uncertain) as fault:
                told.append(type(fault).__name__)
                key = here.sign_in("siti", PASSWORD, HOME, now)
            was_cut, cuts.left = cuts.left <= 0, 0
            assert here.present(key, now)
            assert len(here.sessions.alive(now)) in (1, 2)
            if not was_cut:
                break

    assert not here.tries.any(ACCOUNT.of("siti", HOME))
    assert n > 20
    assert {"Passing", "Uncertain"} == set(told)


def test_in_a_database_that_was_brought_back_nobody_is_still_there_and_no_link_is_good(desks, central_office, tmp_path):
    here, database = desks[0], central_office[0]
    open_people(database, before(tmp_path))
    key, link = here.sign_in("siti", PASSWORD, HOME, MORNING), here.links.make("siti", MORNING)
    open_people(database, before(tmp_path))
    assert here.present(key, MORNING)
    with database.transaction() as running:
        running.execute("UPDATE people_state SET history = 'lain/00000001'")

    open_people(database, before(tmp_path))

    assert here.present(key, MORNING) is None
    with pytest.raises(Denied):
        here.links.whose(link, MORNING)
    assert here.sessions.ended(MORNING, key=key).login == "siti"
    assert here.sign_in("siti", PASSWORD, HOME, MORNING)


# A folder's file.


@pytest.fixture
def folder(tmp_path):
    """The folder of an office of before, the keys that its people have, and all that its file has."""
    keys = lived_in(SqlitePeople(tmp_path / ".akun", cheap()))
    told = people_of_file(tmp_path / ".akun" / FILE)
    assert all(told[table] for table in TABLES)
    return tmp_path, keys, as_sets(told)


def test_an_office_takes_its_people_over_and_who_was_in_stays_in(folder, central_office):
    place, keys, told = folder
    database = central_office[0]

    open_people(database, before(place))

    people = PostgresPeople(database, cheap())
    assert as_sets(central_people(database)) == told
    assert people.present(keys["session"], MORNING)[1].login == "siti"
    assert people.links.whose(keys["link"], MORNING) == "budi"
    assert people.tokens.find(keys["token"], MORNING).owner == "budi"
    assert people.tokens.find(people.tokens.make("baru", "kabid", MORNING.date(), "ani", MORNING), MORNING).id == 4
    assert not list((place / ".akun").glob("akun*"))
    assert as_sets(people_of_file(place / ASIDE / FILE)) == told


def test_a_file_that_is_there_again_is_put_aside_and_lets_nobody_in(folder, central_office, caplog):
    place, _, _ = folder
    database = central_office[0]
    shutil.copy(place / ".akun" / FILE, place / "lama")
    open_people(database, before(place))
    people = PostgresPeople(database, cheap())
    people.accounts.lock("siti", locked=True, now=MORNING)
    shutil.copy(place / "lama", place / ".akun" / FILE)

    with caplog.at_level(logging.WARNING):
        open_people(database, before(place))

    assert "tidak dipakai lagi" in caplog.text
    assert people.accounts.account("siti").locked
    assert [*place.glob(f"{ASIDE}*/{FILE}")] == [place / ASIDE / FILE]  # of which people would be taken again
    assert [*place.glob(f"{ASIDE}*/{UNUSED}{FILE}")] == [place / f"{ASIDE}-0" / f"{UNUSED}{FILE}"]
    assert not (place / ".akun" / FILE).exists()


def test_of_many_processes_that_take_people_over_at_once_one_does(folder, central_office):
    place, _, told = folder
    database = central_office[0]
    others = [Database(database.address, database.schema) for _ in range(4)]

    opening = [threading.Thread(target=open_people, args=(other, before(place))) for other in others]
    for thread in opening:
        thread.start()
    for thread in opening:
        thread.join()

    assert as_sets(central_people(database)) == told
    assert len([*place.glob(f"{ASIDE}*")]) == 1
    for other in others:
        other.close()


def take_over_until(address: str, schema: str, place: Path, kill_at: int) -> None:
    """Take over as a process does, which is killed before its n-th effect."""
    Ends(kill_at).install()
    open_people(Database(address, schema), before(place))
    os._exit(0)


@sparsely(5)
def test_a_process_that_is_killed_in_the_midst_leaves_all_of_it_or_nothing(
    folder, central_office, central, tmp_path, step
):
    place, _, told = folder
    database, killed = central_office[0], list[bool]()
    for kill_at in range(1, 200, step):
        with psycopg.connect(central.database) as owner:
            owner.execute(f"SET search_path TO {database.schema}")
            owner.execute(f"TRUNCATE {', '.join(TABLES)}")
            owner.execute("UPDATE people_state SET taken = false, history = ''")
            owner.execute("UPDATE last_id SET seq = 0")
            owner.execute("DELETE FROM taken_over")
        copy = tmp_path / f"n{kill_at}"
        shutil.copytree(place / ".akun", copy / ".akun")
        status = in_child(partial(take_over_until, database.address, database.schema, copy, kill_at))

        there = central_people(database)
        assert there is None or as_sets(there) == told, kill_at
        open_people(database, before(copy))
        assert as_sets(central_people(database)) == told, kill_at
        assert not (copy / ".akun" / FILE).exists()
        assert [as_sets(people_of_file(path)) for path in copy.glob(f"{ASIDE}*/{FILE}")] == [told], kill_at
        if status == 0:
            break
        assert status == -signal.SIGKILL
        killed.append(there is not None)
    assert len(killed) * step > 20
    assert set(killed) == {False, True}


def test_a_desk_of_before_that_still_works_with_the_file_keeps_it(folder, central_office):
    place, _, told = folder
    database = central_office[0]
    with locks.sole_process(place / "meja"):
        (place / "meja").write_text("1 \n")  # another process
        with pytest.raises(Passing, match="versi sebelumnya"):
            open_people(database, before(place))
        assert central_people(database) is None
        (place / "meja").write_text(f"{os.getpid()} \n")  # this one
        open_people(database, before(place))

    assert as_sets(central_people(database)) == told


def test_people_come_from_the_folder_from_which_the_office_is_run_and_no_other(folder, central_office):
    place, _, told = folder
    database = central_office[0]

    with pytest.raises(SettingsFault, match="dijalankan dari meja-lama:/srv/kantor") as refused:
        open_people(database, before(place, elsewhere=("kantor ini dijalankan dari meja-lama:/srv/kantor", "Di sana.")))

    assert refused.value.remedy == "Di sana."
    assert central_people(database) is None
    assert as_sets(people_of_file(place / ".akun" / FILE)) == told


def test_a_folder_that_is_not_the_office_s_begins_with_nobody_where_they_are_still_to_come(folder, central_office):
    place, _, told = folder
    database, empty = central_office[0], place / "pekerja"
    empty.mkdir()
    elsewhere = ("kantor ini dijalankan dari meja-lama:/srv/kantor", "Di sana.")

    with pytest.raises(SettingsFault, match="dijalankan dari meja-lama:/srv/kantor"):
        open_people(database, before(empty, elsewhere=elsewhere))  # an admin who were made there would be the only one
    open_people(database, before(place))
    open_people(database, before(empty, elsewhere=elsewhere))

    assert as_sets(central_people(database)) == told


def test_a_database_brought_back_to_before_takes_them_again_as_they_were_put_aside(folder, central_office, central):
    place, keys, told = folder
    database = central_office[0]
    open_people(database, before(place))
    SqlitePeople(place / ".akun", cheap()).accounts.make("lama", "Lama Rekaan", [held("admin")], MORNING)
    open_people(database, before(place))  # a file of another time, which is put aside later than the one that counts
    with psycopg.connect(central.database) as owner:
        owner.execute(f"SET search_path TO {database.schema}")
        owner.execute(f"TRUNCATE {', '.join(TABLES)}")
        owner.execute("UPDATE people_state SET taken = false, history = ''")
        owner.execute("DELETE FROM taken_over")

    open_people(database, before(place))

    found = as_sets(central_people(database))
    assert {table for table in told if found[table] != told[table]} == {"session", "ended_session", "link"}
    assert PostgresPeople(database).present(keys["session"], MORNING) is None
    with pytest.raises(Denied):
        PostgresPeople(database).links.whose(keys["link"], MORNING)


def test_an_office_that_never_had_people_begins_with_none_and_takes_over_no_file_later(central_office, tmp_path):
    database = central_office[0]
    open_people(database, before(tmp_path))
    assert central_people(database) is None
    people = PostgresPeople(database, cheap())
    people.make_first(people.links.make("", MORNING), "ani", "Ani Rekaan", PASSWORD, MORNING)
    other = SqlitePeople(tmp_path / ".akun", cheap())
    other.accounts.make("budi", "Budi Rekaan", [held("admin")], MORNING)
    other.close()

    open_people(database, before(tmp_path))

    assert [account.login for account in people.accounts.all()] == ["ani"]


def test_a_file_of_an_earlier_version_is_completed_on_its_way(tmp_path, central_office):
    old = SqlitePeople(tmp_path / ".akun", cheap())
    old.tokens.make("lama", "kabid", MORNING.date(), "ani", MORNING)
    old.close()
    with closing(sqlite3.connect(tmp_path / ".akun" / FILE)) as rows:
        rows.execute("ALTER TABLE token DROP COLUMN owner")

    open_people(central_office[0], before(tmp_path))

    assert [(t.label, t.owner) for t in PostgresPeople(central_office[0]).tokens.all()] == [("lama", "")]


# A file again.


def test_what_is_written_into_a_file_is_what_was_there_and_an_unchanged_file_stays(folder, tmp_path):
    place, keys, told = folder
    there = people_of_file(place / ".akun" / FILE)
    path = tmp_path / "baru" / FILE
    path.parent.mkdir()
    path.with_name(f".{FILE}.part").write_bytes(b"cut short")

    write_people_file(path, there)
    first = path.stat().st_ino
    write_people_file(path, there)

    assert as_sets(people_of_file(path)) == told
    assert path.stat().st_ino == first
    assert (path.stat().st_mode & 0o777, [*path.parent.iterdir()]) == (0o600, [path])
    people = SqlitePeople(path.parent, cheap())
    assert people.present(keys["session"], MORNING)[1].login == "siti"
    assert people.tokens.find(people.tokens.make("baru", "kabid", MORNING.date(), "ani", MORNING), MORNING).id == 4
    people.close()


def test_what_lets_somebody_in_at_this_moment_is_told_apart():
    assert TABLES.keys() > OF_THE_MOMENT
    assert TABLES.keys() - OF_THE_MOMENT >= {"account", "held_role", "token", "request"}


def come_in_until(address: str, schema: str, kill_at: int) -> None:
    """Let somebody come in at a desk's server, which is killed before its n-th effect."""
    Ends(kill_at).install()
    PostgresPeople(Database(address, schema), cheap()).sign_in("siti", PASSWORD, HOME, MORNING)
    os._exit(0)


@sparsely(3)
def test_who_comes_in_while_the_desks_server_is_killed_is_in_or_not_and_comes_in_again(desks, central_office, step):
    here, _ = desks
    database, killed = central_office[0], 0
    for kill_at in range(1, 100, step):
        before = len(here.sessions.alive(MORNING))
        status = in_child(partial(come_in_until, database.address, database.schema, kill_at))

        assert len(here.sessions.alive(MORNING)) - before in (0, 1), kill_at
        key = here.sign_in("siti", PASSWORD, HOME, MORNING)
        assert here.present(key, MORNING)[1].login == "siti", kill_at
        if status == 0:
            break
        assert status == -signal.SIGKILL
        killed += 1
    assert killed * step > 5
