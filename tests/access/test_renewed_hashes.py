"""A right password is hashed anew once the program asks for dearer hashes; it is noted, and nothing else changes."""

from __future__ import annotations

from contextlib import closing

import pytest
from access_fakes import FakeAccessLog
from argon2 import PasswordHasher
from fakes import MORNING
from people_rows import HOME, PASSWORD, cheap

from pipeline.access.accounts import held
from pipeline.access.log_chain import RENEWED
from pipeline.access.store.password_hashes import Passwords
from pipeline.access.store.people import SqlitePeople, StoredPeople
from pipeline.access.store.postgres_people import PostgresPeople
from pipeline.errors import Denied

MONTH, OTHER = f"{MORNING:%Y-%m}", "lima kata yang lain lagi"


class Dearer(Passwords):
    """Hashes of a later version, each of which takes so long that somebody else may be quicker."""

    def __init__(self) -> None:
        super().__init__(PasswordHasher(time_cost=2, memory_cost=8, parallelism=1))
        self.meanwhile = lambda: None

    def again(self, password: str) -> str:
        stored = super().again(password)
        self.meanwhile()
        return stored


@pytest.fixture(params=["sqlite", "postgres"])
def opened(request, tmp_path):
    """Opens the people of an office with these hashes, where their log is."""
    if request.param == "postgres":
        database = request.getfixturevalue("central_office")[0]
        return lambda passwords, log=None: PostgresPeople(database, passwords, log)
    return lambda passwords, log=None: SqlitePeople(tmp_path, passwords, log)


@pytest.fixture
def siti(opened) -> str:
    """An account whose password was hashed by the version before."""
    with closing(opened(cheap())) as before:
        before.accounts.make("siti", "Siti Rekaan", [held("kabid")], MORNING)
        before.accounts.set_password("siti", PASSWORD)
    return "siti"


def stored(people: StoredPeople) -> str:
    with people._database.reading() as rows:
        return rows.execute("SELECT password FROM account").fetchone()["password"]


def test_a_hash_is_made_anew_once_and_the_password_stays(opened, siti):
    log = FakeAccessLog()
    with closing(opened(Dearer(), log)) as people:
        before = stored(people)
        for _ in range(2):
            people.check(siti, PASSWORD, HOME, MORNING)

        assert stored(people) != before
        assert people.accounts.known_by(siti, PASSWORD)
        assert not people.accounts.known_by(siti, OTHER)
    assert [(line.by, line.kind) for line in log.entries(MONTH)] == [(siti, RENEWED)]
    assert siti not in log.entries(MONTH)[0].data["about"]


def test_no_hash_is_made_anew_of_who_is_not_let_in_or_where_it_cannot_be_noted(opened, siti):
    log = FakeAccessLog()
    with closing(opened(Dearer())) as people:
        before = stored(people)
        people.check(siti, PASSWORD, HOME, MORNING)
        assert stored(people) == before
    with closing(opened(Dearer(), log)) as people:
        people.accounts.lock(siti, locked=True, now=MORNING)
        for password in (PASSWORD, OTHER):
            with pytest.raises(Denied):
                people.check(siti, password, HOME, MORNING)

        assert stored(people) == before
    assert log.entries(MONTH) == ()


def test_a_password_that_is_changed_meanwhile_is_not_brought_back(opened, siti):
    dearer = Dearer()
    with closing(opened(dearer, FakeAccessLog())) as people, closing(opened(cheap())) as another:
        dearer.meanwhile = lambda: another.accounts.set_password(siti, OTHER)

        people.check(siti, PASSWORD, HOME, MORNING)

        assert another.accounts.known_by(siti, OTHER)
        assert not another.accounts.known_by(siti, PASSWORD)
