"""Rules of the office's work, a condition each: when figures go up, who closes a year, where backups may go, posts."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from fakes import MORNING, FixedClock
from sop_texts import own_texts
from usual_standing import USUAL

from pipeline.cases.actor import Actor
from pipeline.cases.own_editions import edition_of
from pipeline.cases.sop import YANKOMAS
from pipeline.cases.sop_differences import differences
from pipeline.cases.store.sop_editions import editions
from pipeline.errors import Incomplete, NotAllowed
from pipeline.office.backup_place import BACKUP_PLACE
from pipeline.office.officials import Official
from pipeline.storage.blobs import TypedText
from pipeline.work.close_year import sign_year
from pipeline.work.figure_reports import FigureReports
from pipeline.work.office_settings import require_place
from pipeline.work.official_posts import _at_once_with, posts_of
from pipeline.work.own_sop import SopParts, changed_by, planned, read_first_day
from pipeline.work.setting_forms import setting_form


def test_figures_go_up_at_once_then_each_quarter_of_an_hour_and_again_if_the_clock_was_put_back():
    clock, told = FixedClock(MORNING), []
    reports = FigureReports(SimpleNamespace(), SimpleNamespace(), clock)
    reports.report = lambda: told.append(clock.at)

    for minutes in (0, 1, 14, 15, 16, 3, 4):
        clock.at = MORNING + timedelta(minutes=minutes)
        reports.look()

    assert [(at - MORNING) // timedelta(minutes=1) for at in told] == [0, 15, 3]


def test_a_year_is_signed_off_by_the_archivist_alone():
    with pytest.raises(NotAllowed, match="tidak berwenang menutup register"):
        sign_year(2025, TypedText("x.pdf", b"x"), by=Actor("kakanwil", "rina"), parts=SimpleNamespace())


@pytest.mark.parametrize(
    ("place", "may"),
    [
        ("/mnt/cadangan", True),
        ("sftp:yankomas@nas:/cadangan", True),
        ("rest:https://cadangan.contoh/kantor", True),
        ("", True),
        ("rclone:awan:kantor", False),
        ("/", False),
        ("sftp:-oProxyCommand=x:/y", False),
    ],
)
def test_backups_go_only_where_restic_starts_no_other_program_but_a_place_that_is_there_stays(place, may):
    form = setting_form("cadangan")

    require_place(form, {BACKUP_PLACE: place}, {"cadangan": {"tujuan": place}})
    if may:
        return require_place(form, {BACKUP_PLACE: place}, {})
    with pytest.raises(Incomplete) as refused:
        require_place(form, {BACKUP_PLACE: place}, {})
    assert set(refused.value.fields) == {"cadangan.tujuan"}


def test_posts_are_those_that_decide_then_the_others_each_once():
    posts = posts_of(USUAL)

    assert posts[: len(USUAL.deciding)] == tuple(USUAL.deciding)
    assert len(posts) == len(set(posts))
    assert set(posts) == {*USUAL.lanes, "arsiparis"}


def test_two_hold_a_post_at_once_if_they_share_a_day():
    june = Official("kabid", "Kabid", "Budi", since=date(2026, 6, 1), until=date(2026, 6, 30))

    def at_once(since: date | None, until: date | None, acting: str = "") -> int:
        return _at_once_with(june, [(1, Official("kabid", "Kabid", "Eko", since=since, until=until, acting=acting))])

    assert [at_once(None, date(2026, 5, 31)), at_once(date(2026, 7, 1), None)] == [0, 0]
    assert [at_once(None, date(2026, 6, 1)), at_once(date(2026, 6, 30), None), at_once(None, None)] == [1, 1, 1]
    assert at_once(None, None, "Plh.") == 0


def test_an_edition_begins_today_or_later():
    assert read_first_day("25-11-2026", MORNING) == MORNING.date()
    with pytest.raises(Incomplete, match="sudah lewat"):
        read_first_day("24-11-2026", MORNING)


def test_an_edition_that_came_with_the_program_is_held_against_others_that_did_and_one_of_the_office_against_all():
    first, last = editions()[0], editions()[-1]
    between, after = last.effective - timedelta(days=1), last.effective + timedelta(days=1)
    own, later = (edition_of(YANKOMAS, day, own_texts(day)) for day in (between, after))

    assert changed_by(last, (first, last, own)) == differences(first, last)
    assert changed_by(later, (first, last, own, later)) == differences(last, later)
    assert changed_by(first, (first, last)) == ()


def test_before_an_edition_is_in_force_it_is_said_which_role_that_acts_nobody_holds():
    newest = editions()[-1]
    day, roles = newest.effective, [lane.role for lane in newest.lanes if not lane.outside]

    def warned(*held: str) -> str:
        staff = SimpleNamespace(come_in=lambda: held, roles=lambda role: {role})
        kept = SimpleNamespace(listed=list)
        parts = SopParts(kept, (newest,), lambda texts, _changes: dict(texts), lambda: staff, MORNING, None)
        return " ".join(planned(own_texts(day), day, parts).warnings)

    assert "Tidak ada yang memegang peran" not in warned(*roles)
    (said,) = [one for one in warned(*roles[1:]).split(". ") if "memegang peran" in one]
    assert said.startswith("Tidak ada yang memegang peran ")
    assert "," not in said
