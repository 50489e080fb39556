"""Who may have another act in a post: its holder for their own, the admin for any; and who may be the deputy."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from access_fakes import FakePeople
from fakes import MORNING, FixedClock

from pipeline.access.accounts import held
from pipeline.access.deputies import (
    Asked,
    By,
    HandOverParts,
    deputies,
    hand_over,
    roles_to_hand_over,
    take_back,
    unfit_deputies,
)
from pipeline.errors import Incomplete, NotAllowed, NotFound
from pipeline.office.office import Letterhead, Office
from pipeline.office.officials import Official
from pipeline.office.store.handovers import HandoverFile

TODAY = MORNING.date()
UNTIL = TODAY + timedelta(days=2)
ADMIN = By("ani", admin=True)
ASKED = Asked("kakanwil", "dewi", "Plh.", TODAY, UNTIL)
OFFICIALS = (
    Official("kakanwil", "Kepala Kantor Wilayah", "Budi Rekaan", "1970"),
    Official("kabid", "Kepala Bidang HAM"),
)


@pytest.fixture
def parts(tmp_path):
    """An office of five: its head, the head's secretary, two officials, an admin."""
    people, now = FakePeople(), MORNING - timedelta(days=30)
    people.accounts.make("budi", "Budi Rekaan", [], now, "1970")
    people.accounts.make("siti", "Siti Rekaan", [held("kakanwil")], now, "1990")
    people.accounts.make("dewi", "Dewi Rekaan", [held("kadiv")], now, "1980")
    people.accounts.make("eko", "Eko Rekaan", [held("kabid")], now)
    people.accounts.make("ani", "Ani Rekaan", [held("admin")], now)
    (tmp_path / "kunci").mkdir()
    record = HandoverFile(tmp_path / "alih-tugas.jsonl", tmp_path / "kunci" / "alih-tugas")
    head = Letterhead((), "", "", "")
    office = Office("Kantor", "Kota", head, OFFICIALS, "", deputies=record.officials)
    return HandOverParts(record, people.accounts, office, FixedClock())


def roles_of(parts, login, day=TODAY):
    return parts.accounts.account(login).roles_on(day, parts.office.appointed, parts.office.roles)


def test_the_holder_hands_over_their_own_post_and_the_deputy_has_the_role_for_those_days(parts):
    kept = hand_over(replace(ASKED, reason=" SP-12  /2026 "), by=By("budi"), parts=parts)

    assert (kept.name, kept.nip, kept.title, kept.giver, kept.entered_by, kept.reason) == (
        "Dewi Rekaan",
        "1980",
        "Kepala Kantor Wilayah",
        "budi",
        "budi",
        "SP-12 /2026",
    )
    days = [roles_of(parts, "dewi", TODAY + timedelta(days=n)) for n in (-1, 0, 2, 3)]
    assert days == [{"kadiv"}, {"kadiv", "kakanwil"}, {"kadiv", "kakanwil"}, {"kadiv"}]
    assert roles_of(parts, "budi") == {"kakanwil"}


@pytest.mark.parametrize("login", ["siti", "dewi", "eko"])
def test_who_does_not_hold_the_post_hands_over_nothing_of_it(parts, login):
    with pytest.raises(NotAllowed, match="bukan jabatan akun"):
        hand_over(replace(ASKED, to="eko" if login != "eko" else "dewi"), by=By(login), parts=parts)
    assert parts.record.all() == ()


def test_a_deputy_passes_nothing_on(parts):
    hand_over(ASKED, by=By("budi"), parts=parts)
    later = replace(ASKED, to="eko", since=UNTIL, until=UNTIL)

    with pytest.raises(NotAllowed, match="bukan jabatan akun dewi"):
        hand_over(later, by=By("dewi"), parts=parts)
    assert roles_to_hand_over(parts.accounts.account("dewi"), TODAY, parts.office) == ()


def test_nobody_hands_over_what_is_anothers(parts):
    with pytest.raises(NotAllowed, match="Tugas orang lain"):
        hand_over(replace(ASKED, giver="budi"), by=By("eko"), parts=parts)


def test_the_admin_hands_over_any_post_in_the_place_of_its_holder(parts):
    assert hand_over(ASKED, by=ADMIN, parts=parts).giver == "budi"
    assert hand_over(replace(ASKED, role="kabid", giver="eko"), by=ADMIN, parts=parts).giver == "eko"


def test_a_post_whose_holder_has_no_account_is_handed_over_in_nobodys_place(parts):
    vacant = replace(parts.office, officials=(replace(OFFICIALS[0], nip="1960"), OFFICIALS[1]))
    two = replace(parts, office=vacant)

    assert hand_over(replace(ASKED, acting="Plt."), by=ADMIN, parts=two).giver == ""


def test_the_admin_names_as_giver_whose_post_it_is(parts):
    with pytest.raises(NotAllowed, match="bukan jabatan akun siti"):
        hand_over(replace(ASKED, giver="siti"), by=ADMIN, parts=parts)
    with pytest.raises(NotFound):
        hand_over(replace(ASKED, giver="entah"), by=ADMIN, parts=parts)


def test_the_deputy_has_an_account_that_can_come_in(parts):
    parts.accounts.lock("dewi", locked=True, now=MORNING)

    with pytest.raises(NotAllowed, match="dikunci"):
        hand_over(ASKED, by=By("budi"), parts=parts)
    with pytest.raises(NotFound):
        hand_over(replace(ASKED, to="entah"), by=By("budi"), parts=parts)


@pytest.mark.parametrize("by", [By("budi"), ADMIN])
def test_nothing_is_handed_over_to_oneself_and_nobody_has_a_second_account(parts, by):
    with pytest.raises(NotAllowed, match="pemegangnya sendiri"):
        hand_over(replace(ASKED, to="budi"), by=by, parts=parts)
    with pytest.raises(Incomplete, match="NIP"):
        parts.accounts.make("budi.dua", "Budi Rekaan", [held("kadiv")], MORNING, "19.70")
    parts.accounts.make("budi.tiga", "BUDI  REKAAN, S.H.", [held("kadiv")], MORNING)
    with pytest.raises(NotAllowed, match="pemegangnya sendiri"):
        hand_over(replace(ASKED, to="budi.tiga"), by=by, parts=parts)


def test_an_admin_becomes_no_deputy(parts):
    with pytest.raises(NotAllowed, match="peran admin"):
        hand_over(replace(ASKED, to="ani"), by=By("budi"), parts=parts)


def test_who_is_admin_on_a_day_of_the_hand_over_becomes_no_deputy_and_who_was_before_may(parts):
    for login, last in (("eko", TODAY), ("dewi", TODAY - timedelta(days=1))):
        parts.accounts.give(login, [held("kabid"), held("admin", None, last)], MORNING)

    with pytest.raises(NotAllowed, match="memegang peran admin"):
        hand_over(replace(ASKED, to="eko"), by=By("budi"), parts=parts)
    assert hand_over(ASKED, by=By("budi"), parts=parts).name == "Dewi Rekaan"


def test_the_admin_makes_no_straw_man_an_official_for_a_day(parts):
    for login, role in (("boneka", "tim-yankomas"), ("baru", "kasubbid"), ("eko", "kabid")):
        if login != "eko":
            parts.accounts.make(login, login.title(), [held(role)], MORNING)
        parts.accounts.set_password(login, "empat kata acak sekali")

    for login in ("boneka", "baru", "dewi"):  # Dewi is an official of long standing who never came in
        for by in (ADMIN, By("terminal", admin=True)):
            with pytest.raises(NotAllowed, match="tujuh hari"):
                hand_over(replace(ASKED, to=login), by=by, parts=parts)
    assert parts.record.all() == ()
    assert hand_over(replace(ASKED, to="boneka"), by=By("budi"), parts=parts).login == "boneka"


def test_where_nobody_else_ever_was_an_official_the_admin_chooses_who_acts_for_a_head_who_is_ill(parts):
    parts.accounts.make("boneka", "Boneka", [held("tim-yankomas")], MORNING)  # nobody else ever set a password

    assert hand_over(replace(ASKED, to="boneka"), by=ADMIN, parts=parts).giver == "budi"


def test_a_post_without_a_title_is_put_into_the_offices_file_first(parts):
    with pytest.raises(Incomplete, match=r"kasubbid belum tercatat"):
        hand_over(replace(ASKED, role="kasubbid"), by=ADMIN, parts=parts)


@pytest.mark.parametrize("asked", [replace(ASKED, since=date(2026, 11, 24)), replace(ASKED, role="entah")])
def test_what_is_wrong_with_the_answers_is_said_first(parts, asked):
    with pytest.raises(Incomplete):
        hand_over(asked, by=ADMIN, parts=parts)


def test_two_hand_overs_of_one_post_do_not_overlap(parts):
    hand_over(ASKED, by=By("budi"), parts=parts)

    with pytest.raises(NotAllowed, match="sudah dialihkan kepada Dewi Rekaan"):
        hand_over(replace(ASKED, to="eko", since=UNTIL, until=UNTIL), by=ADMIN, parts=parts)


@pytest.mark.parametrize(("by", "may"), [(By("budi"), True), (ADMIN, True), (By("dewi"), False), (By("siti"), False)])
def test_who_gave_it_and_the_admin_take_it_back(parts, by, may):
    hand_over(ASKED, by=By("budi"), parts=parts)

    if may:
        assert take_back(1, by=by, parts=parts).taken_back_by == by.login
        assert roles_of(parts, "dewi") == {"kadiv"}
    else:
        with pytest.raises(NotAllowed, match="bukan dari Anda"):
            take_back(1, by=by, parts=parts)
        assert roles_of(parts, "dewi") == {"kadiv", "kakanwil"}


def test_what_is_not_there_is_not_taken_back(parts):
    with pytest.raises(NotFound):
        take_back(1, by=ADMIN, parts=parts)


def test_a_page_lets_choose_among_the_accounts_that_handle_cases(parts):
    parts.accounts.lock("eko", locked=True, now=MORNING)

    assert [a.login for a in deputies(parts.accounts.all(), TODAY, parts.office)] == ["budi", "dewi", "siti"]


def test_a_deputy_who_cannot_come_in_any_more_is_told(parts):
    kept = hand_over(ASKED, by=By("budi"), parts=parts)
    assert unfit_deputies([kept], parts.accounts.all(), TODAY) == []

    parts.accounts.lock("dewi", locked=True, now=MORNING)

    assert unfit_deputies([kept], parts.accounts.all(), TODAY) == [(kept, "akunnya dikunci")]
    assert unfit_deputies([kept], [], TODAY) == [(kept, "akunnya tidak ada")]
    assert unfit_deputies([kept], [], UNTIL + timedelta(days=1)) == []
