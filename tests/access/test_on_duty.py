"""Who is told of cases: those who act in a role today, with a password, and the stand-in instead of who is away."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pipeline.access.accounts import ALL_OF_BEFORE, Account, held
from pipeline.access.on_duty import on_duty
from pipeline.office.office import Letterhead, Office
from pipeline.office.officials import Official

TODAY = date(2026, 11, 25)
DEWI = Account("dewi", "Dewi Rekaan", "1980", False, True, (held("kabid"),), address="dewi@kantor.contoh")
EKO = Account("eko", "Eko Rekaan", "", False, True, (held("kasubbid"),))


def office(*officials: Official, deputies: tuple[Official, ...] = ()) -> Office:
    return Office("Kantor Rekaan", "Bengkulu", Letterhead((), "", "", ""), officials, "", deputies=lambda: deputies)


def duty(*accounts: Account, at: Office | None = None) -> dict[str, set[str]]:
    return {one.login: set(one.roles) for one in on_duty(accounts, at or office(), TODAY)}


def test_who_has_a_role_of_the_casework_is_on_duty_with_the_address():
    (one,) = on_duty([DEWI], office(), TODAY)

    assert (one.login, one.address, one.roles) == ("dewi", "dewi@kantor.contoh", {"kabid"})


@pytest.mark.parametrize(
    "account",
    [
        replace(DEWI, locked=True),
        replace(DEWI, ready=False),
        replace(DEWI, roles=()),
        replace(DEWI, roles=(held("admin"),)),
        replace(DEWI, roles=(held("kabid", until=date(2026, 11, 24)),)),
        replace(DEWI, doubted=True),
    ],
    ids=["locked", "without a password", "without a role", "admin only", "over", "doubted"],
)
def test_who_may_read_no_case_is_told_of_none(account):
    assert duty(account) == {}


@pytest.mark.parametrize(("acting", "still"), [("Plh.", {}), ("Plt.", {}), ("a.n.", {"dewi": {"kabid"}})])
def test_the_stand_in_is_told_and_not_who_is_away(acting, still):
    own_title = "Kasubbid" if acting == "a.n." else ""
    eko = Official(
        "kabid", "Kabid", "Eko", since=TODAY, until=TODAY, acting=acting, own_title=own_title, account="eko",
        in_place_of="dewi",
    )  # fmt: skip

    assert duty(DEWI, EKO, at=office(deputies=(eko,))) == {"eko": {"kabid", "kasubbid"}, **still}


def test_a_post_by_the_nip_counts_once_its_owner_has_come_in():
    head = office(Official("kakanwil", "Kepala", "Budi", "1970"))
    budi = Account("budi", "Budi Rekaan", "1970", False, True, ())

    assert duty(budi, at=head) == {}
    assert duty(replace(budi, taken=frozenset({"kakanwil"})), at=head) == {"budi": {"kakanwil"}}
    assert duty(replace(budi, taken=frozenset({ALL_OF_BEFORE})), at=head) == {"budi": {"kakanwil"}}
