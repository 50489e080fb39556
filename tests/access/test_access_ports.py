"""The ports of access keep what they promise: the fakes, what is kept in files, and at the centre."""

from __future__ import annotations

from datetime import timedelta

import pytest
from access_fakes import FakeAccessLog, FakePeople
from argon2 import PasswordHasher
from fakes import MORNING
from usual_standing import USUAL

from pipeline.access.accounts import FIRST, LINK_LIFE, held
from pipeline.access.drafts import KEPT
from pipeline.access.failed_tries import ACCOUNT, FORGOTTEN, KNOWN
from pipeline.access.requests import CONFIRMED, WAITING
from pipeline.access.sessions import ABSOLUTE, IDLE
from pipeline.access.store.access_log import MonthlyAccessLog
from pipeline.access.store.password_hashes import Passwords
from pipeline.access.store.people import SqlitePeople
from pipeline.access.store.postgres_access_log import PostgresAccessLog
from pipeline.access.store.postgres_people import PostgresPeople
from pipeline.errors import Denied, Incomplete, NotAllowed, NotFound, UsageFault

PASSWORD = "empat kata acak sekali"
HOME = "10.0.0.7"


def later(**span: float):
    return MORNING + timedelta(**span)


@pytest.fixture(params=["fake", "sqlite", "postgres"])
def people(request, tmp_path):
    cheap = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    if request.param == "postgres":
        found = PostgresPeople(request.getfixturevalue("central_office")[0], cheap)
    else:
        found = FakePeople() if request.param == "fake" else SqlitePeople(tmp_path, cheap)
    yield found
    found.close()


@pytest.fixture
def siti(people):
    """An account with a password."""
    people.accounts.make("siti", "Siti Rekaan", [held("tim-yankomas")], MORNING)
    people.accounts.set_password("siti", PASSWORD)
    return "siti"


@pytest.fixture(params=["fake", "files", "postgres"])
def log(request, office):
    if request.param == "postgres":
        return PostgresAccessLog(request.getfixturevalue("central_office")[0])
    return FakeAccessLog() if request.param == "fake" else MonthlyAccessLog(office.root.layout)


# People: accounts.


def test_an_account_is_made_once_and_has_no_password_yet(people):
    made = people.accounts.make(" Siti ", "Siti Rekaan", [held("tim-yankomas")], MORNING)

    assert (made.login, made.ready, made.locked) == ("siti", False, False)
    assert people.accounts.all() == [people.accounts.account("siti")] == [made]
    with pytest.raises(UsageFault):
        people.accounts.make("siti", "Siti Lain", [], MORNING)
    with pytest.raises(NotFound):
        people.accounts.account("budi")


@pytest.mark.parametrize(
    ("login", "name", "role"), [("si", "Siti", "kabid"), ("siti", " ", "kabid"), ("siti", "S", "x")]
)
def test_what_cannot_be_an_account_is_none(people, login, name, role):
    with pytest.raises(Incomplete):
        people.accounts.make(login, name, [held(role)], MORNING)
    assert people.accounts.all() == []


def test_a_login_that_no_account_can_have_is_nobodys_whoever_asks(people, siti):
    for login in ("siti\0", "\0", "siti\ufffd"):
        with pytest.raises(NotFound):
            people.accounts.account(login)
        with pytest.raises(Denied):
            people.sign_in(login, PASSWORD, HOME, MORNING)
    assert people.sign_in(siti, PASSWORD, HOME, MORNING)


def test_roles_are_those_given_last(people, siti):
    people.accounts.give(siti, [held("kabid"), held("kabid")], MORNING)

    assert people.accounts.account(siti).roles_on(MORNING.date(), (), USUAL) == {"kabid"}


# People: coming in.


def test_who_knows_the_password_comes_in_and_nobody_else(people, siti):
    key = people.sign_in("SITI ", PASSWORD, HOME, MORNING)

    assert people.sessions.find(key, MORNING).login == siti
    for login, password in ((siti, "lain sama sekali ini"), ("budi", PASSWORD)):
        with pytest.raises(Denied):
            people.sign_in(login, password, HOME, MORNING)


def test_a_password_is_checked_as_for_coming_in_and_no_session_begins(people, siti):
    people.check(siti, PASSWORD, HOME, MORNING)
    for _ in range(ACCOUNT.free):
        with pytest.raises(Denied, match="cocok"):
            people.check(siti, "lain sama sekali ini", HOME, MORNING)

    with pytest.raises(Denied, match="banyak"):
        people.check(siti, PASSWORD, HOME, MORNING)
    assert people.sessions.alive(MORNING) == []


def test_a_locked_account_comes_in_no_more_and_its_sessions_and_links_are_over(people, siti):
    key, link = people.sign_in(siti, PASSWORD, HOME, MORNING), people.links.make(siti, MORNING)
    people.accounts.lock(siti, locked=True, now=MORNING)

    assert people.sessions.find(key, MORNING) is None
    with pytest.raises(Denied):
        people.links.whose(link, MORNING)
    with pytest.raises(Denied):
        people.sign_in(siti, PASSWORD, HOME, MORNING)


def test_a_link_sets_one_password_and_is_used_up(people, siti):
    old, link = people.links.make(siti, MORNING), people.links.make(siti, MORNING)

    with pytest.raises(Denied):
        people.links.whose(old, MORNING)
    with pytest.raises(Incomplete):
        people.set_by_link(link, "pendek", HOME, MORNING)
    assert people.set_by_link(link, "lima kata yang lain lagi", HOME, MORNING) == siti
    with pytest.raises(Denied):
        people.set_by_link(link, PASSWORD, HOME, MORNING)
    assert people.sign_in(siti, "lima kata yang lain lagi", HOME, MORNING)


def test_a_link_is_good_for_a_day(people, siti):
    link = people.links.make(siti, MORNING)

    assert people.links.whose(link, later(seconds=LINK_LIFE - 1)) == siti
    with pytest.raises(Denied):
        people.links.whose(link, later(seconds=LINK_LIFE + 1))


def test_the_first_admin_is_made_once(people):
    link = people.links.make(FIRST, MORNING)
    assert not people.accounts.has_admin()
    people.make_first(link, "ani", "Ani Rekaan", PASSWORD, MORNING)

    assert people.accounts.has_admin()
    with pytest.raises(Denied):
        people.make_first(people.links.make(FIRST, MORNING), "budi", "Budi", PASSWORD, MORNING)


# People: sessions and tokens.


def test_a_session_ends_without_use_after_a_working_day_or_by_hand(people, siti):
    key = people.sessions.start(siti, HOME, MORNING)
    session = people.sessions.find(key, MORNING)
    assert people.sessions.alive(MORNING) == [session]

    assert people.sessions.find(key, later(seconds=IDLE - 1))
    assert people.sessions.find(key, later(seconds=IDLE + 60))
    assert people.sessions.find(key, later(seconds=2 * IDLE + 120)) is None
    assert people.sessions.find(key, later(seconds=ABSOLUTE + 1)) is None
    people.sessions.end(session.digest)
    assert people.sessions.alive(MORNING) == []


def test_who_is_there_is_told_with_the_account_as_it_is_now(people, siti):
    key = people.sign_in(siti, PASSWORD, HOME, MORNING)
    session, account = people.present(key, MORNING)
    people.accounts.give(siti, [held("kabid")], MORNING)
    people.requests.make(siti, "jabatan", [held("kadiv")], "ani", MORNING)

    now = people.still_present(session.digest, MORNING)
    assert (session.login, account.login) == (siti, siti)
    assert ([role.role for role in now[1].roles], now[1].kept_back) == (["kabid"], {"kadiv"})
    assert now == people.present(key, MORNING, used=False) == (session, people.accounts.account(siti))
    people.sessions.end_all(siti)
    assert people.present(key, MORNING) is people.still_present(session.digest, MORNING) is None
    assert people.present("lain", MORNING) is None


def test_a_page_that_renews_itself_keeps_no_session_alive(people, siti):
    key = people.sessions.start(siti, HOME, MORNING)

    assert people.sessions.find(key, later(seconds=IDLE - 1), used=False)
    assert people.sessions.find(key, later(seconds=IDLE + 1)) is None


@pytest.mark.parametrize("ending", ["unused", "left", "ended everywhere", "password"])
def test_whose_a_session_was_is_known_for_a_while_after_it_ended(people, siti, ending):
    key = people.sessions.start(siti, HOME, MORNING)
    session = people.sessions.find(key, MORNING)
    assert people.sessions.ended(MORNING, key=key) is None
    if ending == "left":
        people.sessions.end(session.digest)
    elif ending == "ended everywhere":
        people.sessions.end_all(siti)
    elif ending == "password":
        people.accounts.set_password(siti, "lima kata acak sekali saja")
    people.sessions.start(siti, HOME, later(seconds=IDLE + 1))

    for found in ({"key": key}, {"csrf": session.csrf}):
        assert people.sessions.ended(later(seconds=IDLE + 2), **found).login == siti
        assert people.sessions.ended(MORNING + KEPT, **found) is None
    assert people.sessions.ended(MORNING, key="lain", csrf="lain") is None


def test_what_a_session_is_told_is_told_once(people, siti):
    session = people.sessions.find(people.sessions.start(siti, HOME, MORNING), MORNING)
    people.sessions.tell(session.digest, "baik", "Tersimpan.")

    assert people.sessions.told(session.digest) == [("baik", "Tersimpan.")]
    assert people.sessions.told(session.digest) == []


def test_a_token_is_good_until_the_end_of_its_last_day(people):
    key = people.tokens.make("loket", "tim-yankomas", MORNING.date(), "admin", MORNING)
    token = people.tokens.find(key, later(hours=15))

    assert (token.label, token.role) == ("loket", "tim-yankomas")
    assert people.tokens.find(key, later(days=1)) is None
    assert people.tokens.find("ykm_lain", MORNING) is None
    assert people.tokens.all() == [token]
    people.tokens.end(token.id)
    assert people.tokens.find(key, MORNING) is None
    with pytest.raises(Incomplete):
        people.tokens.make("loket", "admin", MORNING.date(), "admin", MORNING)


# People: requests and notices.


def test_a_request_waits_until_it_is_settled_once(people):
    made = people.requests.make("siti", "peran", [held("kabid")], "ani", MORNING)
    token = people.requests.make("", "token", [held("kadiv")], "ani", MORNING, 7)

    assert people.requests.waiting() == [made, token]
    assert (made.names, made.state, token.token) == (("kabid",), WAITING, 7)
    assert people.requests.settle(made.id, CONFIRMED, "budi")
    assert not people.requests.settle(made.id, CONFIRMED, "dewi")
    assert people.requests.waiting() == [token]
    assert [(r.id, r.settled_by) for r in people.requests.all()] == [(token.id, ""), (made.id, "budi")]


def test_what_an_account_is_told_stays_until_it_has_read_it(people):
    people.notices.tell(["siti", "budi"], "Peran berubah.", MORNING)
    ((number, at, words),) = people.notices.unread("siti")

    people.notices.read("budi", number)
    assert (at, words) == (MORNING.timestamp(), "Peran berubah.")
    assert [said for _, _, said in people.notices.unread("siti")] == ["Peran berubah."]
    people.notices.read("siti", number)
    assert people.notices.unread("siti") == []
    assert len(people.notices.unread("budi")) == 1


def test_an_address_that_was_changed_is_kept_until_it_was_told(people, siti):
    people.accounts.set_address(siti, "siti@kantor.contoh", MORNING)
    people.accounts.set_address(siti, "siti@kantor.contoh", later(minutes=1))
    people.accounts.set_address(siti, "", later(minutes=2))

    assert people.accounts.account(siti).address == ""
    (former,) = people.accounts.former_addresses()
    assert (former.login, former.address, former.at) == (siti, "siti@kantor.contoh", later(minutes=2).timestamp())
    people.accounts.forget_address(former.id)
    assert not people.accounts.former_addresses()


def test_who_has_ever_held_a_role_is_remembered(people, siti):
    people.accounts.give(siti, [], later(days=1))

    assert people.accounts.ever_held()["tim-yankomas"] == {siti: MORNING.timestamp()}
    people.accounts.give(siti, [held("tim-yankomas")], later(days=2))
    assert people.accounts.ever_held()["tim-yankomas"] == {siti: later(days=2).timestamp()}
    people.accounts.unsettle(siti, later(days=3))
    assert people.accounts.ever_held()["tim-yankomas"] == {siti: later(days=3).timestamp()}


def test_only_a_locked_account_loses_its_particulars_and_keeps_its_login(people, siti):
    people.accounts.set_nip(siti, "1990")
    with pytest.raises(NotAllowed):
        people.accounts.clear(siti, "(dihapus)")
    people.accounts.make("ani", "Ani", [held("admin")], MORNING)
    people.accounts.lock(siti, locked=True, now=MORNING)

    people.accounts.clear(siti, "(dihapus)")

    cleared = people.accounts.account(siti)
    assert (cleared.name, cleared.nip, cleared.roles, cleared.ready) == ("(dihapus)", "", (), False)
    assert people.accounts.nips_before().get(siti, set()) == set()


def test_a_link_says_who_made_it(people, siti):
    assert people.links.maker(people.links.make(siti, MORNING, "ani")) == "ani"
    assert people.links.maker(people.links.make(siti, MORNING)) == people.links.maker("lain") == ""


# FailedTries: the more tries failed, the longer the next has to wait.


def test_after_the_free_tries_each_waits_and_one_that_succeeds_costs_nothing(people):
    tries, counted = people.tries, ACCOUNT.of("siti", HOME)
    for _ in range(ACCOUNT.free):
        tries.begin([counted], MORNING)

    with pytest.raises(Denied):
        tries.begin([counted], MORNING)
    tries.begin([counted], later(seconds=31))
    tries.give_back([counted])
    tries.begin([counted], later(seconds=31))
    tries.forget(counted)
    assert not tries.any(counted)


def test_failed_tries_are_forgotten_after_a_day(people):
    tries, counted = people.tries, ACCOUNT.of("siti", HOME)
    for _ in range(ACCOUNT.free):
        tries.failed(counted, MORNING)
    assert tries.any(counted)

    tries.failed(counted, later(seconds=FORGOTTEN + 1))
    tries.begin([counted], later(seconds=FORGOTTEN + 1))


def test_an_address_is_known_for_three_months(people):
    tries, counted = people.tries, ACCOUNT.of("siti", HOME)
    tries.remember(counted, MORNING)

    assert tries.is_known(counted, later(seconds=KNOWN - 1))
    assert not tries.is_known(counted, later(seconds=KNOWN + 1))
    assert not tries.is_known(ACCOUNT.of("budi", HOME), MORNING)


# AccessLog: who looked at what.


def test_the_log_has_who_looked_at_which_case_by_month(log):
    log.append(MORNING, "siti", "/kasus", {"kabid", "kadiv"}, case="2026/0007")
    log.append(later(days=10), "budi", "/akun", ["admin"], about="siti")
    log.flush()

    assert log.months() == ["2026-12", "2026-11"]
    (november,), (december,) = log.entries("2026-11"), log.entries("2026-12")
    assert (november.by, november.kind, november.at) == ("siti", "/kasus", MORNING)
    assert dict(november.data) == {"roles": ["kabid", "kadiv"], "case": "2026/0007"}
    assert dict(december.data) == {"roles": ["admin"], "about": "siti"}
    assert log.entries("2025-01") == ()
    assert log.verify() == []


def test_of_the_log_what_came_behind_a_line_can_be_read_alone(log):
    for who in ("siti", "budi", "ani"):
        log.append(MORNING, who, "/kasus", ["kabid"])
    first, second, third = log.entries("2026-11")

    assert log.entries("2026-11", first) == (second, third)
    assert log.entries("2026-11", third) == ()


def test_a_clock_that_ran_back_goes_on_in_the_newest_month(log):
    log.append(later(days=10), "siti", "/kasus", ["kabid"])
    log.append(MORNING, "siti", "/kasus", ["kabid"])

    assert log.months() == ["2026-12"]
    assert len(log.entries("2026-12")) == 2
