"""What waits for a second person and who that may be, asked of plain accounts: each bound, and its neighbour."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from fakes import MORNING
from usual_standing import USUAL

from pipeline.access.accounts import ALL_OF_BEFORE, Account, held
from pipeline.access.requests import PASSWORD, ROLES, SETTLED, Request, Staff, may_confirm, token_waits, waits, watchers
from pipeline.office.officials import Official

LONG_AGO = (MORNING - timedelta(days=30)).timestamp()


def _account(login, *roles, nip="", ready=True, **more):
    return Account(login, login.title(), nip, ready=ready, roles=tuple(map(held, roles)), **more)


def _staff(*accounts, officials=(), **ever):
    """These people; whoever is not named in ``ever`` has held their roles for a month."""
    since = {role.role: {} for account in accounts for role in account.roles}
    for account in accounts:
        for role in account.roles:
            since[role.role][account.login] = LONG_AGO
    return Staff(accounts, since | ever, officials, MORNING, {}, USUAL)


@pytest.mark.parametrize(
    ("official", "had"),
    [
        (Official("kakanwil", "Kepala", "Budi", "1970"), {"kakanwil"}),
        (Official("kakanwil", "Plh. Kepala", "Budi", "1970", account="ani"), set()),
        (Official("kakanwil", "Kepala", "Budi", "1971"), set()),
    ],
)
def test_who_has_the_nip_that_the_file_names_for_a_role_counts_as_having_had_it_and_a_deputy_does_not(official, had):
    staff = _staff(_account("budi", nip="1970"), officials=(official,))

    assert {role for role in ("kakanwil", "kadiv") if staff.had(role)} == had


@pytest.mark.parametrize(("days", "settled"), [(0, False), (6, False), (7, True), (8, True)])
def test_a_role_is_settled_once_others_could_see_it_for_seven_days(days, settled):
    assert timedelta(days=7) == SETTLED
    since = (MORNING - timedelta(days=days)).timestamp()

    assert _staff(eko := _account("eko", "admin"), admin={"eko": since}).is_settled_admin(eko) is settled


def test_a_role_of_which_nobody_noted_since_when_is_settled_where_it_is_from_before_that_was_noted():
    for taken, settled in ((frozenset(), set()), (frozenset({ALL_OF_BEFORE}), {"kadiv"})):
        account = _account("dewi", "kadiv", taken=taken)

        assert _staff(account, kadiv={}).settled(account) == settled


def test_who_gives_themself_a_role_waits_while_another_admin_can_come_in():
    ani, eko = _account("ani", "admin"), _account("eko", "admin")

    assert waits("tim-yankomas", ani, "ani", _staff(ani, eko))
    for other in (_account("eko", "arsiparis"), replace(eko, locked=True), replace(eko, ready=False)):
        assert not waits("tim-yankomas", ani, "ani", _staff(ani, other))


def test_an_admin_who_gets_a_role_from_one_of_a_few_days_waits_as_who_gives_it_to_themself():
    ani, eko = _account("ani", "admin"), _account("eko", "admin")
    new = {"eko": MORNING.timestamp(), "ani": LONG_AGO}

    assert not waits("tim-yankomas", ani, "eko", _staff(ani, eko, _account("adi", "admin")))
    assert waits("tim-yankomas", ani, "eko", _staff(ani, eko, _account("adi", "admin"), admin=new))
    assert not waits("tim-yankomas", _account("joko"), "eko", _staff(ani, eko, admin=new))


@pytest.mark.parametrize(
    ("owner", "by", "waiting"), [("budi", "ani", True), ("budi", "budi", False), ("joko", "ani", False)]
)
def test_a_token_waits_for_its_owner_unless_they_made_it_or_never_came_in(owner, by, waiting):
    staff = _staff(_account("ani", "admin"), _account("budi", "kakanwil"), _account("joko", "kadiv", ready=False))

    assert token_waits("", owner, by, staff) is waiting


def test_a_token_of_the_office_waits_if_its_role_decides_and_somebody_once_had_it():
    staff = _staff(_account("ani", "admin"), _account("budi", "kakanwil"), _account("siti", "tim-yankomas"))

    assert [token_waits(role, "", "ani", staff) for role in ("kakanwil", "tim-yankomas", "kadiv")] == [
        True,
        False,
        False,
    ]
    assert not token_waits("kakanwil", "", "budi", staff)


@pytest.mark.parametrize("kind", [ROLES, PASSWORD])
def test_nobody_confirms_with_another_account_what_they_are_to_get(kind):
    budi, second = _account("budi", "kakanwil"), replace(_account("budi2", "kakanwil"), name="Budi")
    ani, dewi = _account("ani", "admin"), _account("dewi", "kakanwil")
    staff = _staff(budi, second, ani, dewi)
    asked = Request(1, "budi", kind, (held("kakanwil"),), "ani", LONG_AGO)

    assert [may_confirm(account, asked, staff) for account in (budi, second, ani, dewi)] == [False, False, False, True]


def test_whoever_acts_for_an_official_has_that_role_for_another_and_not_themself():
    budi, ani = _account("budi", nip="1970"), _account("ani", "admin")
    post = Official("kakanwil", "Kepala", "Budi", "1970")
    staff = _staff(budi, ani, officials=(post, replace(post, account="ani")))

    assert (staff.roles(budi), staff.roles(ani)) == ({"kakanwil"}, {"admin"})


def test_admins_and_those_who_decide_are_told_unless_their_account_is_locked_and_whom_it_concerns_always():
    ani, budi = _account("ani", "admin"), _account("budi", "kakanwil")
    siti, eko = _account("siti", "tim-yankomas"), _account("eko", "admin", locked=True)

    assert watchers(_staff(ani, budi, siti, eko)) == ["ani", "budi"]
    assert watchers(_staff(ani, budi, siti, eko), "siti", "ani", "tiada") == ["ani", "budi", "siti"]
