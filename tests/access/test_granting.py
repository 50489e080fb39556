"""Nobody who manages accounts becomes an official alone: what holds at once, what waits, who confirms, who is told."""

from __future__ import annotations

import sqlite3
import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest
from access_fakes import FakePeople
from argon2 import PasswordHasher
from fakes import MORNING
from usual_standing import USUAL

from pipeline.access import account_details, confirmation, credentials, granting
from pipeline.access.accounts import TERMINAL, held
from pipeline.access.grant_parts import GrantParts
from pipeline.access.requests import somebody_else_confirms, to_be_confirmed
from pipeline.access.store.password_hashes import Passwords
from pipeline.access.store.people import SqlitePeople
from pipeline.access.store.people_file import FILE
from pipeline.cases.asked_edition import EditionChange
from pipeline.errors import Incomplete, NotAllowed, NotFound
from pipeline.office.backup_place import PlaceChange
from pipeline.office.officials import Official
from pipeline.office.post_changes import PostChange

PASSWORD = "empat kata acak sekali"
LATER = MORNING + timedelta(days=8)
#: Budi is head of the office, Dewi of a division, as the office's file has it.
OFFICIALS = (Official("kakanwil", "Kepala", "Budi", "1970 01"), Official("kadiv", "Kadiv", "Dewi", "1980"))


@pytest.fixture(params=["fake", "sqlite"])
def parts(request, tmp_path):
    people = FakePeople() if request.param == "fake" else _people(tmp_path)
    noted = []
    yield GrantParts(people, OFFICIALS, MORNING, noted.append, USUAL)
    people.close()


def _people(folder):
    return SqlitePeople(folder, Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)))


def noted(parts):
    return parts.note.__self__


def person(parts, login, *roles, nip="", name=""):
    """An account with a password that has its roles for a month, however it got them."""
    made = MORNING - timedelta(days=30)
    parts.people.accounts.make(login, name or login.title(), [held(role) for role in roles], made, nip)
    parts.people.accounts.set_password(login, PASSWORD)
    return parts.people.accounts.account(login)


def roles(parts, login):
    return parts.people.accounts.account(login).roles_on(parts.now.date(), OFFICIALS, USUAL)


def told(parts, login):
    return " ".join(words for _, _, words in parts.people.notices.unread(login))


def at(parts, now):
    return replace(parts, now=now)


# A new office.


def test_the_only_admin_of_a_new_office_starts_it_alone_and_it_is_written_down_and_told(parts):
    person(parts, "ani", "admin")

    granted = granting.give_roles("ani", [held("admin"), held("tim-yankomas")], by="ani", parts=parts)
    head = granting.make_account("budi", "Budi", "197001", [], by="ani", parts=parts)

    assert granted.waiting == () == head.waiting
    assert roles(parts, "ani") == {"admin", "tim-yankomas"}
    assert roles(parts, "budi") == {"kakanwil"}
    assert noted(parts) == ["ani: admin, tim-yankomas", "budi", "budi: kakanwil"]
    assert "ani mengubah akun ani dengan peran Tim Yankomas." in told(parts, "ani")
    assert "ani membuat akun budi; menurut NIP-nya di office.toml: Kakanwil." in told(parts, "budi")


def test_an_account_for_the_official_whom_the_file_names_holds_at_once_also_in_a_running_office(parts):
    person(parts, "ani", "admin")
    person(parts, "eko", "kadiv", nip="1999")

    granting.make_account("dewi", "Dewi", "1980", [], by="ani", parts=parts)

    assert roles(parts, "dewi") == {"kadiv"}
    assert "dewi" in told(parts, "eko")


# What waits.


def test_an_admin_who_gives_themself_a_role_waits_for_who_holds_it(parts):
    person(parts, "ani", "admin")
    person(parts, "budi", "kakanwil")

    granted = granting.give_roles("ani", [held("admin"), held("kakanwil")], by="ani", parts=parts)

    assert granted.waiting == ("kakanwil",)
    assert roles(parts, "ani") == {"admin"}
    assert "akun ani diberi peran Kakanwil (diminta ani" in told(parts, "budi")
    assert "Kakanwil" in told(parts, "ani")
    (request,) = parts.people.requests.waiting()
    with pytest.raises(NotAllowed):
        confirmation.settle(request.id, confirmed=True, by="ani", parts=parts)
    confirmation.settle(request.id, confirmed=True, by="budi", parts=parts)
    assert roles(parts, "ani") == {"admin", "kakanwil"}
    assert noted(parts)[-1] == "ani: kakanwil"
    assert "budi mengesahkan" in told(parts, "ani")


def test_a_role_waits_also_if_its_only_holder_was_robbed_of_it_or_locked_before(parts):
    person(parts, "ani", "admin")
    person(parts, "budi", "kakanwil")
    person(parts, "eko", "tim-yankomas")
    granting.give_roles("budi", [], by="ani", parts=parts)
    parts.people.accounts.lock("eko", locked=True, now=MORNING)

    own = granting.give_roles("ani", [held("admin"), held("kakanwil"), held("tim-yankomas")], by="ani", parts=parts)
    straw = granting.make_account("boneka", "Boneka", "", [held("kakanwil")], by="ani", parts=parts)

    assert own.waiting == ("kakanwil", "tim-yankomas")
    assert straw.waiting == ("kakanwil",)
    assert (roles(parts, "ani"), roles(parts, "boneka")) == ({"admin"}, set())


def test_the_nip_of_an_official_does_not_make_an_admin_one(parts):
    person(parts, "ani", "admin")
    person(parts, "budi", "kakanwil")

    for by in ("ani", TERMINAL):
        granting.change_nip("ani", "19700.1", by=by, parts=parts)
        assert roles(parts, "ani") == {"admin"}
    assert noted(parts)[-1] == "ani: NIP"
    assert "ani mengubah NIP akun ani; menurut NIP-nya di office.toml: Kakanwil." in told(parts, "budi")
    (request,) = parts.people.requests.waiting()
    confirmation.settle(request.id, confirmed=False, by="budi", parts=parts)
    assert roles(parts, "ani") == {"admin"}
    assert parts.people.requests.waiting() == []
    granting.take_up(parts.people.accounts.account("ani"), parts=parts)
    assert roles(parts, "ani") == {"admin"}


def test_a_straw_man_with_the_nip_of_the_head_waits_while_another_may_be_the_head(parts):
    person(parts, "ani", "admin")
    person(parts, "budi", "kakanwil")

    granted = granting.make_account("boneka", "Boneka", "1970-01", [], by="ani", parts=parts)

    assert granted.account.kept_back == {"kakanwil"}
    assert roles(parts, "boneka") == set()
    assert "boneka" in told(parts, "budi")


def test_what_the_file_says_later_is_written_down_before_it_is_used_and_told(parts):
    person(parts, "ani", "admin")
    account = person(parts, "dewi", "tim-yankomas", nip="1980")

    taken = granting.take_up(account, parts=parts)

    assert taken.taken == {"kadiv"}
    assert noted(parts) == ["dewi: kadiv"]
    assert "Akun dewi memegang peran Kadiv Yankum menurut NIP-nya" in told(parts, "ani")
    granting.take_up(taken, parts=parts)
    assert noted(parts) == ["dewi: kadiv"]


@pytest.mark.parametrize("word", ["memutus", "memimpin", "membidangi"])
def test_nobody_gets_a_role_with_power_that_an_edition_adds_before_the_head_of_the_office_says_so(parts, word):
    added = "yankomas.wakil"
    parts = replace(parts, of=replace(USUAL, lanes={**USUAL.lanes, added: (word,)}))
    person(parts, "ani", "admin")
    alone = granting.make_account("cici", "Cici", "", [held(added)], by="ani", parts=parts)
    assert alone.waiting == ()  # nobody is there who could say

    person(parts, "budi", "kakanwil")
    straw = granting.make_account("boneka", "Boneka", "", [held(added)], by="ani", parts=parts)
    _, token_waits = credentials.make_token("Sistem", added, LATER.date(), "", by="ani", parts=parts)

    assert (straw.waiting, token_waits) == ((added,), True)
    asked = parts.people.requests.waiting()
    assert to_be_confirmed(asked, parts.people.accounts.account("budi"), parts.staff) == asked


# Who confirms.


def test_another_admin_confirms_once_everybody_could_see_them_for_a_week(parts):
    person(parts, "ani", "admin")
    person(parts, "budi", "kakanwil")
    granting.make_account("boneka", "Boneka", "", [held("admin")], by="ani", parts=parts)
    parts.people.accounts.set_password("boneka", PASSWORD)
    granting.give_roles("ani", [held("admin"), held("kakanwil")], by="ani", parts=parts)
    (request,) = parts.people.requests.waiting()

    with pytest.raises(NotAllowed, match="bukan untuk Anda"):
        confirmation.settle(request.id, confirmed=True, by="boneka", parts=parts)
    assert "ani membuat akun boneka dengan peran Admin." in told(parts, "budi")
    confirmation.settle(request.id, confirmed=True, by="boneka", parts=at(parts, LATER))
    assert roles(parts, "ani") == {"admin", "kakanwil"}


def test_an_admin_confirms_nothing_that_an_admin_of_a_few_days_asked_for(parts):
    person(parts, "ani", "admin")
    person(parts, "budi", "kakanwil")
    person(parts, "teman", "tim-yankomas")
    granting.make_account("boneka", "Boneka", "", [held("admin")], by="ani", parts=parts)
    parts.people.accounts.set_password("boneka", PASSWORD)
    granting.give_roles("teman", [held("kakanwil")], by="boneka", parts=parts)
    confirmation.ask_for_post(
        PostChange("kakanwil", (), ({"peran": "kakanwil", "nip": "1999"},)), by="boneka", parts=parts
    )
    link = credentials.make_link("budi", by="boneka", parts=parts)
    credentials.use_link(link, PASSWORD + " baru", "10.0.0.1", parts=parts)
    asked = parts.people.requests.waiting()

    assert [request.kind for request in asked] == ["peran", "pejabat", "sandi"]
    for request in asked:
        with pytest.raises(NotAllowed, match="bukan untuk Anda"):
            confirmation.settle(request.id, confirmed=True, by="ani", parts=parts)
    seen_by_others = at(parts, LATER)
    confirmation.settle(asked[0].id, confirmed=True, by="ani", parts=seen_by_others)
    assert roles(parts, "teman") == {"kakanwil"}


def test_nobody_confirms_a_post_that_is_to_be_theirs_but_a_holder_goes_on_confirming(parts):
    person(parts, "ani", "admin")
    person(parts, "eko", "admin", nip="1999")
    person(parts, "budi", "kakanwil", nip="1970 01")
    now = {"peran": "kakanwil", "nama": "Budi", "nip": "197001"}
    confirmation.ask_for_post(PostChange("kakanwil", (now,), ({**now, "nip": "19-99"},)), by="ani", parts=parts)
    (request,) = parts.people.requests.waiting()

    with pytest.raises(NotAllowed, match="bukan untuk Anda"):
        confirmation.settle(request.id, confirmed=True, by="eko", parts=parts)
    assert request in to_be_confirmed([request], parts.people.accounts.account("budi"), parts.staff)
    spelt = replace(request, detail=PostChange("kakanwil", (now,), ({**now, "nama": "Budi R."},)).as_json())
    assert to_be_confirmed([spelt], parts.people.accounts.account("budi"), parts.staff)


AWAY = PlaceChange("/media/cadangan", "sftp:ani@rumah:/kantor")


def test_where_the_whole_office_is_sent_is_confirmed_by_an_official_or_another_admin_but_not_by_a_new_one(parts):
    person(parts, "ani", "admin")
    person(parts, "dewi", "kadiv")
    person(parts, "eko", "tim-yankomas")
    granting.make_account("boneka", "Boneka", "", [held("admin")], by="ani", parts=parts)
    parts.people.accounts.set_password("boneka", PASSWORD)
    confirmation.ask_for_backup_place(AWAY, by="ani", parts=parts)
    confirmation.ask_for_backup_place(AWAY, by="ani", parts=parts)  # sent twice
    (request,) = parts.people.requests.waiting()
    done = []
    carrying = replace(parts, carry_out=lambda asked, by, claim: done.append((asked.detail, by, claim())))

    with pytest.raises(NotAllowed, match="lain sudah ada"):
        confirmation.ask_for_backup_place(PlaceChange("", "rest:https://lain"), by="ani", parts=parts)
    for login in ("ani", "eko", "boneka"):
        with pytest.raises(NotAllowed, match="bukan untuk Anda"):
            confirmation.settle(request.id, confirmed=True, by=login, parts=carrying)
    confirmation.settle(request.id, confirmed=True, by="dewi", parts=carrying)

    assert done == [(AWAY.as_json(), "dewi", True)]
    assert "dikirim ke sftp:ani@rumah:/kantor; sebelumnya: /media/cadangan (diminta ani" in told(parts, "dewi")
    assert noted(parts)[-1] == "cadangan"


def test_the_place_of_backups_waits_wherever_anybody_could_be_asked(parts):
    person(parts, "ani", "admin")
    person(parts, "eko", "tim-yankomas")
    assert not somebody_else_confirms("ani", parts.staff)

    parts.people.accounts.make("budi", "Budi", [held("kakanwil")], MORNING)  # who never came in
    assert not somebody_else_confirms("ani", parts.staff)
    parts.people.accounts.set_password("budi", PASSWORD)
    assert somebody_else_confirms("ani", parts.staff)
    parts.people.accounts.lock("budi", locked=True, now=MORNING)  # to be rid of who would be asked
    parts.people.accounts.give("budi", [], MORNING)
    assert somebody_else_confirms("ani", parts.staff)


def test_of_each_post_one_change_waits_at_a_time(parts):
    person(parts, "ani", "admin")
    for role in ("kakanwil", "kadiv"):
        confirmation.ask_for_post(PostChange(role, (), ({"peran": role, "nip": "1999"},)), by="ani", parts=parts)

    with pytest.raises(NotAllowed, match="sudah ada yang menunggu"):
        confirmation.ask_for_post(PostChange("kadiv", (), ({"peran": "kadiv", "nip": "2"},)), by="ani", parts=parts)
    assert [request.names for request in parts.people.requests.waiting()] == [("kakanwil",), ("kadiv",)]


def test_of_each_day_one_edition_of_a_service_waits_at_a_time_whatever_else_waits(parts):
    person(parts, "ani", "admin")
    confirmation.ask_for_backup_place(AWAY, by="ani", parts=parts)
    asked = EditionChange("yankomas", LATER.date(), "0" * 64, "lebih jelas", "langkah 3")
    others = [replace(asked, service="rekaan"), replace(asked, day=asked.day + timedelta(days=1))]
    for change in (asked, *others):
        confirmation.ask_for_edition(change, by="ani", parts=parts)

    with pytest.raises(NotAllowed, match="Edisi SOP untuk hari itu"):
        confirmation.ask_for_edition(replace(asked, why="lain"), by="ani", parts=parts)
    assert len(parts.people.requests.waiting()) == 4


def test_who_makes_an_account_is_told_whose_name_it_has_and_nobody_elses(parts):
    person(parts, "ani", "admin")
    person(parts, "siti", "tim-yankomas", name="Siti Rekaan")

    granting.make_account("siti2", "Siti Rekaan", "", [], by="ani", parts=parts)
    granting.make_account("joko", "Joko Andaian", "", [], by="ani", parts=parts)

    words = [text for _, _, text in parts.people.notices.unread("ani")]
    assert any("Namanya sama dengan akun siti:" in text for text in words if "membuat akun siti2" in text)
    assert not any("Namanya sama" in text for text in words if "membuat akun joko" in text)


def test_an_admin_whose_password_was_replaced_or_whose_role_was_given_back_counts_from_then_on(parts):
    person(parts, "ani", "admin")
    person(parts, "eko", "admin")
    person(parts, "ida", "admin")
    person(parts, "budi", "kakanwil")
    later = at(parts, LATER)
    link = credentials.make_link("eko", by="ani", parts=later)
    credentials.use_link(link, PASSWORD + " baru", "10.0.0.1", parts=later)
    for given in ([], [held("admin")]):
        granting.give_roles("ida", given, by="ani", parts=later)
    granting.give_roles("ani", [held("admin"), held("kakanwil")], by="ani", parts=later)
    (request,) = parts.people.requests.waiting()

    for login in ("eko", "ida"):
        with pytest.raises(NotAllowed):
            confirmation.settle(request.id, confirmed=True, by=login, parts=later)


def test_what_was_asked_at_the_machine_is_confirmed_by_the_official_alone(parts):
    person(parts, "ani", "admin")
    person(parts, "budi", "kakanwil")
    granting.make_account("boneka", "Boneka", "", [held("kakanwil")], by=TERMINAL, parts=at(parts, LATER))
    (request,) = parts.people.requests.waiting()

    with pytest.raises(NotAllowed):
        confirmation.settle(request.id, confirmed=True, by="ani", parts=at(parts, LATER))
    confirmation.settle(request.id, confirmed=True, by="budi", parts=at(parts, LATER))
    assert roles(parts, "boneka") == {"kakanwil"}


def test_of_two_who_settle_at_once_one_does_and_who_asked_may_take_it_back(parts):
    person(parts, "ani", "admin")
    person(parts, "budi", "kakanwil")
    granting.give_roles("ani", [held("admin"), held("kakanwil")], by="ani", parts=parts)
    (request,) = parts.people.requests.waiting()

    confirmation.settle(request.id, confirmed=False, by="ani", parts=parts)

    with pytest.raises(NotFound):
        confirmation.settle(request.id, confirmed=True, by="budi", parts=parts)
    assert not parts.people.requests.settle(request.id, "disahkan", "budi")
    assert roles(parts, "ani") == {"admin"}


# Passwords and tokens.


def test_a_password_by_a_link_decides_nothing_until_another_official_says_it_is_the_owners(parts):
    person(parts, "ani", "admin")
    person(parts, "budi", "kakanwil")
    person(parts, "dewi", "kadiv")

    link = credentials.make_link("budi", by="ani", parts=parts)
    credentials.use_link(link, PASSWORD + " baru", "10.0.0.66", parts=parts)

    assert roles(parts, "budi") == set()
    assert noted(parts)[-1] == "budi: 10.0.0.66"
    for login in ("budi", "dewi", "ani"):
        assert "Kata sandi akun budi diganti dengan tautan buatan ani, dari 10.0.0.66." in told(parts, login)
    (request,) = parts.people.requests.waiting()
    for login in ("ani", "budi"):
        with pytest.raises(NotAllowed):
            confirmation.settle(request.id, confirmed=True, by=login, parts=parts)
    confirmation.settle(request.id, confirmed=True, by="dewi", parts=parts)
    assert roles(parts, "budi") == {"kakanwil"}


def test_a_password_that_cannot_be_taken_leaves_the_account_as_it_was(parts):
    person(parts, "ani", "admin")
    person(parts, "budi", "kakanwil")
    person(parts, "dewi", "kadiv")
    link = credentials.make_link("budi", by="ani", parts=parts)

    with pytest.raises(Incomplete):
        credentials.use_link(link, "pendek", "10.0.0.66", parts=parts)

    assert roles(parts, "budi") == {"kakanwil"}
    assert parts.people.requests.waiting() == []


def test_who_is_locked_is_told_when_they_come_back_and_others_at_once(parts):
    person(parts, "ani", "admin")
    person(parts, "budi", "kakanwil")
    person(parts, "dewi", "kadiv")

    account_details.lock("budi", locked=True, by="ani", parts=parts)

    assert noted(parts) == ["budi"]
    assert all("ani mengunci akun budi." in told(parts, login) for login in ("ani", "budi", "dewi"))


def test_a_first_password_and_that_of_the_team_wait_for_nobody(parts):
    person(parts, "ani", "admin")
    person(parts, "dewi", "kadiv")
    person(parts, "eko", "tim-yankomas")
    parts.people.accounts.make("budi", "Budi", [held("kakanwil")], MORNING)

    for login in ("budi", "eko"):
        credentials.use_link(credentials.make_link(login, by="ani", parts=parts), PASSWORD + " x", "::1", parts=parts)

    assert parts.people.requests.waiting() == []
    assert roles(parts, "budi") == {"kakanwil"}


def test_a_token_that_acts_for_an_official_can_be_used_once_they_say_so(parts):
    person(parts, "ani", "admin")
    person(parts, "budi", "kakanwil")
    day = MORNING.date()

    key, later = credentials.make_token("program", "kakanwil", day, "budi", by="ani", parts=parts)
    bare, bare_later = credentials.make_token("program", "kakanwil", day, "", by="ani", parts=parts)
    team, team_later = credentials.make_token("loket", "tim-yankomas", day, "", by="ani", parts=parts)

    assert (later, bare_later, team_later) == (True, True, False)
    find = parts.people.tokens.find
    assert [bool(find(k, MORNING)) for k in (key, bare, team)] == [False, False, True]
    for request in parts.people.requests.waiting():
        with pytest.raises(NotAllowed):
            confirmation.settle(request.id, confirmed=True, by="ani", parts=parts)
        confirmation.settle(request.id, confirmed=True, by="budi", parts=parts)
    assert [bool(find(k, MORNING)) for k in (key, bare, team)] == [True, True, True]
    assert "ani membuat token milik akun budi dengan peran kakanwil" in told(parts, "budi")


# Who goes around it.


def test_a_nip_taken_from_the_head_makes_nobody_else_the_head(parts):
    person(parts, "ani", "admin")
    head = person(parts, "budi", nip="197001")
    granting.take_up(head, parts=parts)

    for other in ("", "1999"):
        granting.change_nip("budi", other, by="ani", parts=parts)
        granting.make_account(f"boneka{other}", "Boneka", "1970 01", [], by="ani", parts=parts)
        assert roles(parts, f"boneka{other}") == set()
        granting.change_nip(f"boneka{other}", "", by="ani", parts=parts)
    granting.change_nip("budi", "19 7001", by="ani", parts=parts)
    granting.make_account("candra", "Candra", "1980", [], by="ani", parts=parts)

    assert roles(parts, "candra") == {"kadiv"}


def test_a_slip_in_a_nip_that_is_mended_before_anybody_came_in_hurts_nobody(parts):
    person(parts, "ani", "admin")
    granting.make_account("budi", "Budi", "1980", [], by="ani", parts=parts)
    granting.change_nip("budi", "197001", by="ani", parts=parts)

    granting.make_account("dewi", "Dewi", "1980", [], by="ani", parts=parts)

    assert (roles(parts, "budi"), roles(parts, "dewi")) == ({"kakanwil"}, {"kadiv"})


def _set_by_link(parts, login):
    credentials.use_link(credentials.make_link(login, by="ani", parts=parts), PASSWORD + " lain", "::1", parts=parts)


@pytest.mark.parametrize("way", ["both", "lock", "rob", "give back", "take the nip"])
def test_a_password_waits_whatever_was_done_to_the_officials_before(parts, way):
    person(parts, "ani", "admin")
    granting.take_up(person(parts, "budi", nip="197001"), parts=parts)
    person(parts, "eko", "kabid")
    person(parts, "dewi", "kakanwil")

    match way:
        case "both":
            _set_by_link(parts, "eko")
            _set_by_link(parts, "dewi")
        case "lock":
            for login in ("eko", "dewi"):
                account_details.lock(login, locked=True, by="ani", parts=parts)
        case "rob":
            for login in ("eko", "dewi"):
                granting.give_roles(login, [], by="ani", parts=parts)
        case "give back":
            granting.give_roles("dewi", [], by="ani", parts=parts)
            _set_by_link(parts, "dewi")
            granting.give_roles("dewi", [held("kakanwil")], by="ani", parts=parts)
            assert roles(parts, "dewi") == set()
        case _:
            granting.change_nip("budi", "", by="ani", parts=parts)
    _set_by_link(parts, "budi")
    granting.change_nip("budi", "197001", by="ani", parts=parts)

    assert roles(parts, "budi") == set()


@pytest.mark.parametrize("twin", [False, True])
def test_officials_who_have_not_come_in_since_the_upgrade_are_there_all_the_same(tmp_path, twin):
    _of_before(tmp_path)
    parts = GrantParts(_people(tmp_path), OFFICIALS, MORNING, [].append, USUAL)
    if not twin:
        parts.people.accounts.set_nip("boneka", "")

    made = granting.make_account("orang", "Orang", "", [held("kadiv"), held("kakanwil")], by="eko", parts=parts)
    _, later = credentials.make_token("program", "kadiv", MORNING.date(), "", by="eko", parts=parts)
    granting.give_roles("eko", [held("admin"), held("kakanwil")], by="eko", parts=parts)

    assert (made.waiting, later) == (("kadiv", "kakanwil"), True)
    assert (roles(parts, "orang"), roles(parts, "eko")) == (set(), {"admin"})
    parts.people.close()


def test_an_official_who_was_made_for_it_confirms_nothing_for_a_week(parts):
    person(parts, "ani", "admin")
    person(parts, "budi", "kakanwil")
    granting.make_account("boneka", "Boneka", "", [held("kabid")], by="ani", parts=parts)
    parts.people.accounts.set_password("boneka", PASSWORD)
    _set_by_link(parts, "budi")
    (request,) = parts.people.requests.waiting()

    with pytest.raises(NotAllowed, match="tujuh hari"):
        confirmation.settle(request.id, confirmed=True, by="boneka", parts=parts)

    assert roles(parts, "boneka") == {"kabid"}
    assert roles(parts, "budi") == set()


def test_an_official_who_never_came_in_confirms_nothing_for_a_week_after_the_first_password(parts):
    person(parts, "ani", "admin")
    person(parts, "budi", "kakanwil")
    person(parts, "dewi", "kadiv")
    long_ago = MORNING - timedelta(days=90)
    parts.people.accounts.make("lama", "Lama", [held("kabid")], long_ago)
    _set_by_link(parts, "budi")
    (request,) = parts.people.requests.waiting()

    assert "lama" not in [a.login for a in parts.people.accounts.all() if parts.staff.settled(a)]
    _set_by_link(parts, "lama")

    assert "Kata sandi akun lama pertama dibuat dengan tautan buatan ani, dari ::1." in told(parts, "budi")
    with pytest.raises(NotAllowed, match="tujuh hari"):
        confirmation.settle(request.id, confirmed=True, by="lama", parts=parts)
    confirmation.settle(request.id, confirmed=True, by="lama", parts=at(parts, LATER))
    assert roles(parts, "budi") == {"kakanwil"}


def test_the_password_of_a_deputy_waits_as_that_of_an_official(parts):
    person(parts, "ani", "admin")
    person(parts, "budi", "kakanwil")
    person(parts, "eko", "tim-yankomas")
    deputy = Official("kakanwil", "Kepala", "Eko", acting="Plh.", account="eko", in_place_of="budi")
    parts = replace(parts, officials=(*OFFICIALS, deputy))

    _set_by_link(parts, "eko")

    assert parts.people.accounts.account("eko").roles_on(MORNING.date(), parts.officials, USUAL) == {"tim-yankomas"}


def test_whoever_took_an_official_over_confirms_no_token_in_their_name(parts):
    for login, role in (("ani", "admin"), ("budi", "kakanwil"), ("dewi", "kadiv")):
        person(parts, login, role)
    _set_by_link(parts, "budi")
    credentials.make_token("program", "kakanwil", MORNING.date(), "budi", by="ani", parts=parts)
    request = parts.people.requests.waiting()[-1]

    with pytest.raises(NotAllowed):
        confirmation.settle(request.id, confirmed=True, by="budi", parts=parts)


def test_an_office_whose_last_official_lost_the_password_is_let_in_by_another_admin(parts):
    person(parts, "ani", "admin")
    person(parts, "budi", "kakanwil")
    person(parts, "pensiun", "kadiv")
    account_details.lock("pensiun", locked=True, by="ani", parts=parts)
    granting.make_account("eko", "Eko", "", [held("admin")], by="ani", parts=parts)
    parts.people.accounts.set_password("eko", PASSWORD)
    _set_by_link(parts, "budi")
    (request,) = parts.people.requests.waiting()

    confirmation.settle(request.id, confirmed=True, by="eko", parts=at(parts, LATER))

    assert roles(parts, "budi") == {"kakanwil"}


# NIPs.


@pytest.mark.parametrize("nip", ["1980", "19 80", "19.8-0"])
def test_a_nip_belongs_to_one_account_however_it_is_written(parts, nip):
    person(parts, "dewi", nip="1980")
    person(parts, "eko")

    with pytest.raises(Incomplete, match=r"dewi|lain"):
        granting.make_account("lain", "Lain", nip, [], by="ani", parts=parts)
    with pytest.raises(Incomplete):
        granting.change_nip("eko", nip, by="ani", parts=parts)
    granting.change_nip("dewi", nip, by="ani", parts=parts)
    for login in ("satu", "dua"):
        granting.make_account(login, "Orang", "", [], by="ani", parts=parts)


@pytest.mark.parametrize(
    ("name", "nip"),
    [("\u200b", ""), ("Budi\u202e", ""), ("x" * 121, ""), ("Budi", "abc"), ("Budi", "1" * 41), ("Budi", "\u0661")],
)
def test_what_is_no_name_or_nip_makes_no_account(parts, name, nip):
    with pytest.raises(Incomplete):
        granting.make_account("budi", name, nip, [], by="ani", parts=parts)
    assert parts.people.accounts.all() == []


# The last admin.


def test_no_change_leaves_the_office_without_an_admin(parts):
    person(parts, "ani", "admin")
    accounts, tomorrow = parts.people.accounts, MORNING.date() + timedelta(days=1)
    accounts.make("baru", "Baru", [held("admin")], MORNING)  # has only a link, which ends tomorrow

    for given in ([], [held("admin", None, tomorrow)], [held("admin", tomorrow, None)], [held("kabid")]):
        with pytest.raises(NotAllowed, match="tanpa batas waktu"):
            granting.give_roles("ani", given, by="ani", parts=parts)
    with pytest.raises(NotAllowed):
        accounts.lock("ani", locked=True, now=MORNING)
    assert roles(parts, "ani") == {"admin"}
    assert not accounts.account("ani").locked
    accounts.set_password("baru", PASSWORD)
    granting.give_roles("ani", [], by="baru", parts=parts)
    with pytest.raises(NotAllowed):
        accounts.lock("baru", locked=True, now=MORNING)


def test_an_office_whose_admin_has_an_end_already_can_still_be_mended(parts):
    parts.people.accounts.make("ani", "Ani", [held("admin", None, date(2026, 12, 31))], MORNING)
    parts.people.accounts.set_password("ani", PASSWORD)

    granting.give_roles("ani", [held("admin", None, date(2026, 12, 30))], by=TERMINAL, parts=parts)
    with pytest.raises(NotAllowed):
        granting.give_roles("ani", [], by=TERMINAL, parts=parts)
    granting.give_roles("ani", [held("admin")], by=TERMINAL, parts=parts)


# The people's file.


def test_two_admins_who_lock_each_other_at_once_leave_one(tmp_path):
    people = _people(tmp_path)
    for login in ("ani", "eko"):
        people.accounts.make(login, login, [held("admin")], MORNING)
        people.accounts.set_password(login, PASSWORD)
    refused = []

    def lock(login):
        own = _people(tmp_path)
        try:
            own.accounts.lock(login, locked=True, now=MORNING)
        except NotAllowed:
            refused.append(login)
        own.close()

    threads = [threading.Thread(target=lock, args=(login,)) for login in ("ani", "eko")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(refused) == 1
    assert [a.login for a in people.accounts.all() if not a.locked] == refused
    people.close()


def test_of_two_accounts_made_at_once_with_one_nip_one_is_made(tmp_path):
    refused = []

    def make(login, nip):
        own = _people(tmp_path)
        try:
            own.accounts.make(login, login, [], MORNING, nip)
        except Incomplete:
            refused.append(login)
        own.close()

    threads = [threading.Thread(target=make, args=pair) for pair in (("satu", "19 80"), ("dua", "1980"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    people = _people(tmp_path)
    assert (len(refused), len(people.accounts.all())) == (1, 1)
    people.close()


def _of_before(folder):
    """A people's file as version 0.1.0 wrote it, with twins and an official who is the admin."""
    rows = sqlite3.connect(folder / FILE)
    rows.executescript(
        """
        CREATE TABLE account (login TEXT PRIMARY KEY, name TEXT NOT NULL, nip TEXT NOT NULL,
            password TEXT NOT NULL DEFAULT '', locked INTEGER NOT NULL DEFAULT 0, made REAL NOT NULL) STRICT;
        CREATE TABLE held_role (login TEXT NOT NULL REFERENCES account, role TEXT NOT NULL, since TEXT NOT NULL,
            until TEXT NOT NULL, PRIMARY KEY (login, role, since)) STRICT;
        CREATE TABLE link (digest BLOB PRIMARY KEY, login TEXT NOT NULL, ends REAL NOT NULL) STRICT;
        INSERT INTO account VALUES ('ani', 'Ani', '1980', 'x', 0, 1), ('budi', 'Budi', '1970 01', 'x', 0, 1),
            ('boneka', 'Boneka', '197001', 'x', 0, 1), ('eko', 'Eko', '', 'x', 0, 1);
        INSERT INTO held_role VALUES ('ani', 'admin', '0001-01-01', '9999-12-31'),
            ('eko', 'admin', '0001-01-01', '9999-12-31'), ('boneka', 'kakanwil', '0001-01-01', '2025-12-31');
        """
    )
    rows.close()


def test_accounts_of_before_open_with_their_roles_and_twins_have_none_by_their_nip_until_mended(tmp_path):
    _of_before(tmp_path)
    parts = GrantParts(_people(tmp_path), OFFICIALS, MORNING, [].append, USUAL)

    for account in parts.people.accounts.all():
        granting.take_up(account, parts=parts)

    assert {login: roles(parts, login) for login in ("ani", "budi", "boneka", "eko")} == {
        "ani": {"admin", "kadiv"},
        "budi": set(),
        "boneka": set(),
        "eko": {"admin"},
    }
    assert noted(parts) == ["ani: kadiv"]
    assert [a.login for a in parts.people.accounts.all() if a.twin] == ["boneka", "budi"]
    assert parts.staff.is_settled_admin(parts.people.accounts.account("eko"))
    granting.change_nip("boneka", "", by="eko", parts=parts)
    granting.take_up(parts.people.accounts.account("budi"), parts=parts)
    assert roles(parts, "budi") == {"kakanwil"}
    parts.people.close()


# Addresses.


def test_a_changed_address_is_noted_without_it_told_to_its_owner_and_kept_for_the_old_one(parts):
    person(parts, "siti", "tim-yankomas")
    account_details.change_address("siti", " siti@kantor.contoh ", by="ani", parts=parts)
    account_details.change_address("siti", "siti@kantor.contoh", by="ani", parts=parts)
    account_details.change_address("siti", "orang.lain@luar.contoh", by="ani", parts=parts)

    assert parts.people.accounts.account("siti").address == "orang.lain@luar.contoh"
    assert [former.address for former in parts.people.accounts.former_addresses()] == ["siti@kantor.contoh"]
    assert noted(parts) == ["siti: surel"] * 3
    assert told(parts, "siti") == "ani mengisi alamat surel akun siti. ani mengubah alamat surel akun siti."
    assert "@" not in told(parts, "siti") + "".join(noted(parts))


def test_what_is_no_address_changes_nothing(parts):
    person(parts, "siti", "tim-yankomas")

    with pytest.raises(Incomplete):
        account_details.change_address("siti", "siti@kantor.contoh\nBcc: semua@luar.contoh", by="siti", parts=parts)

    assert parts.people.accounts.account("siti").address == ""
    assert not noted(parts)


def test_nobody_confirms_what_they_asked_for_with_a_second_account(parts):
    person(parts, "ani", "admin")
    people = parts.people.accounts
    for login, name, nip in (("ani2", "Ani, S.H.", ""), ("ani3", "Ani", "1999"), ("dewi", "Dewi", "")):
        person(parts, login, "kadiv", nip=nip, name=name)
    confirmation.ask_for_backup_place(AWAY, by="ani", parts=parts)
    (request,) = parts.people.requests.waiting()

    def may(*logins):
        return [login for login in logins if to_be_confirmed([request], people.account(login), parts.staff)]

    assert may("ani2", "ani3", "dewi") == ["dewi"]
    granting.change_nip("ani2", "1997", by="ani", parts=parts)
    granting.change_nip("ani3", "1996", by="ani", parts=parts)
    account_details.change_name("ani3", "Eka", by="ani", parts=parts)
    granting.change_nip("ani", "1995", by="ani", parts=parts)
    assert may("ani2", "ani3", "dewi") == ["dewi"]  # others see it for seven days before it counts
    account_details.change_name("dewi", "Dewi, S.H.", by="ani", parts=parts)
    assert may("dewi") == ["dewi"]
    assert [
        login for login in ("ani2", "dewi") if to_be_confirmed([request], people.account(login), at(parts, LATER).staff)
    ] == ["ani2", "dewi"]


def test_two_nips_that_were_there_before_say_that_it_is_two(parts):
    person(parts, "ani", "admin", nip="1998")
    person(parts, "ani3", "kadiv", nip="1999", name="Ani")
    person(parts, "ani2", "kadiv", name="Ani")
    people = parts.people.accounts
    confirmation.ask_for_backup_place(AWAY, by="ani", parts=parts)
    (request,) = parts.people.requests.waiting()

    def may(*logins):
        return [login for login in logins if to_be_confirmed([request], people.account(login), parts.staff)]

    assert may("ani2", "ani3") == ["ani3"]


def test_a_second_account_of_an_admin_gets_a_role_as_the_admin_would(parts):
    person(parts, "ani", "admin")
    person(parts, "budi", "kakanwil")
    person(parts, "eko", "tim-yankomas")

    made = granting.make_account("ani2", "ANI", "", [held("tim-yankomas")], by="ani", parts=parts)

    assert made.waiting == ("tim-yankomas",)
    assert "Namanya sama dengan akun ani" in told(parts, "ani")


# Roles that an edition of the office made.


def with_edition(parts, **lanes):
    """The same office once an edition has said what roles may."""
    return replace(parts, of=replace(USUAL, lanes={**USUAL.lanes, **lanes}))


def test_a_deciding_role_that_an_edition_made_waits_for_the_head_though_nobody_ever_held_it(parts):
    person(parts, "ani", "admin")
    person(parts, "budi", "kakanwil")
    person(parts, "siti", "tim-yankomas")
    made = with_edition(parts, **{"yankomas.koordinator": ("memutus",), "yankomas.analis": ("menyusun",)})

    asked = [
        granting.give_roles(login, [*mine, held(role)], by="ani", parts=made).waiting
        for login, mine, role in (
            ("ani", [held("admin")], "yankomas.koordinator"),
            ("ani", [held("admin")], "yankomas.analis"),
            ("siti", [held("tim-yankomas")], "yankomas.koordinator"),
            ("siti", [held("tim-yankomas")], "yankomas.analis"),
        )
    ]

    assert asked == [("yankomas.koordinator",), ("yankomas.analis",), ("yankomas.koordinator",), ()]
    waiting = parts.people.requests.waiting()
    assert {r.login for r in to_be_confirmed(waiting, parts.people.accounts.account("budi"), made.staff)} == {
        "ani",
        "siti",
    }


def test_an_edition_that_gives_all_that_decides_to_a_role_nobody_holds_leaves_the_admin_no_free_hand(parts):
    person(parts, "ani", "admin")
    person(parts, "budi", "kakanwil")
    bare = dict.fromkeys(USUAL.deciding, ("membaca",))

    moved = with_edition(parts, **bare, **{"yankomas.kepala": ("memutus", "memimpin")}).staff

    assert moved.of.deciding == ("yankomas.kepala",)
    assert somebody_else_confirms("ani", moved)
    assert moved.decides(moved.account("budi"))
