"""What was kept for its term: a year of the access log goes by a person's act, and the archive still verifies."""

from __future__ import annotations

import gc
from datetime import date, datetime, timedelta

import pytest
from web_desk import WebDesk

from pipeline.access.accounts import Account
from pipeline.errors import Incomplete, NotAllowed, NotFound
from pipeline.office.office_file import Table
from pipeline.privacy.matters import By
from pipeline.privacy.store.removals import OfficeRemovals, closing_findings
from pipeline.privacy.terms import CLEARED, Terms, clear_account, close_year, due, said, terms_of

pytestmark = pytest.mark.in_folders

ADMIN = By("ani", "admin")
TERMS = Terms(access_log=12, accounts=5)
LATE = date(2026, 12, 31)


def account(login: str, *, locked: bool = True, name: str = "Siti Rekaan") -> Account:
    return Account(login, name, "", locked, True, ())


class TestWhatIsDue:
    def test_are_years_of_the_log_that_ended_longer_ago_than_the_term(self):
        found = due(["2013-12", "2013-11", "2014-01", "2026-11"], [], {}, TERMS, date(2026, 12, 31))

        assert found.years == (2013,)
        assert due(["2014-12"], [], {}, TERMS, date(2027, 1, 1)).years == (2014,)

    def test_are_accounts_that_have_been_locked_for_the_term_and_were_not_cleared(self):
        since = {login: datetime(2021, 11, 27) for login in ("lama", "buka", "kosong")}
        people = [account("lama"), account("buka", locked=False), account("kosong", name=CLEARED), account("baru")]

        assert [one.login for one in due([], people, since, TERMS, date(2026, 11, 27)).accounts] == ["lama"]
        assert due([], people, since, TERMS, date(2026, 11, 26)).accounts == ()

    def test_is_an_account_at_the_end_of_february_when_it_was_locked_on_the_day_that_most_years_lack(self):
        since = {"kabisat": datetime(2020, 2, 29), "januari": datetime(2020, 1, 31)}
        people = [account(login) for login in since]

        def gone(day: date) -> list[str]:
            return [one.login for one in due([], people, since, TERMS, day).accounts]

        assert (gone(date(2025, 1, 30)), gone(date(2025, 1, 31))) == ([], ["januari"])
        assert (gone(date(2025, 2, 27)), gone(date(2025, 2, 28))) == (["januari"], ["kabisat", "januari"])

    def test_is_said_also_when_it_is_nothing(self):
        assert said(due([], [], {}, TERMS, LATE)) == ["Tidak ada yang lewat masa simpannya."]
        assert said(due(["2013-01"], [], {}, TERMS, LATE)) == ["Catatan akses 2013: lewat masa simpannya."]

    def test_terms_have_bounds_and_defaults(self):
        assert terms_of(Table("masa_simpan", {})) == TERMS
        assert terms_of(Table("masa_simpan", {"catatan_akses_tahun": 15})).access_log == 15
        with pytest.raises(Exception, match="di luar"):
            terms_of(Table("masa_simpan", {"catatan_akses_tahun": 4}))


@pytest.fixture
def desk(tmp_path):
    """An office whose access log has thirteen years, sealed as it went; an account was locked long ago."""
    desk = WebDesk(tmp_path / "kantor")
    desk.account("ani", "admin")
    desk.account("pensiun", "kasubbid", name="Siti Rekaan", nip="1970")
    root, now = desk.office.root, desk.clock.now()
    desk.people.accounts.lock("pensiun", locked=True, now=now)
    for year in (2013, 2014, 2026):
        for month in (1, 12 if year < 2026 else 11):
            at = datetime(year, month, 3, 9, tzinfo=now.tzinfo)
            desk.clock.at = at
            root.access_log.append(at, "ani", "POST /akun", {"admin"}, about="pensiun ani")
            root.access_log.flush()
            root.seals.seal_now(at)
    desk.clock.at = now + timedelta(days=1)
    return desk


def findings(root):
    return [f"{one.where}: {one.fact}" for one in root.verify(lambda _done, _all: None)]


def test_a_year_that_was_closed_is_gone_and_the_archive_verifies_as_before(desk):
    root, now = desk.office.root, desk.clock.now()
    before = findings(root)
    close_year(root.due_removals(), 2013, "lewat masa simpan", ADMIN, now, root.removals, TERMS)

    assert [month[:4] for month in root.access_log.months()] == ["2026", "2026", "2014", "2014"]
    assert findings(root) == before == []
    (line,) = root.removals.lines()
    assert (line.by, line.told["kata"], len(line.told["bulan"])) == ("ani", "lewat masa simpan", 2)
    assert {len(month["sha256"]) for month in line.told["bulan"]} == {64}
    root.access_log.append(now, "ani", "POST /akun", {"admin"}, about="ani")
    root.seals.seal_now(now)
    assert findings(root) == []


def test_only_what_is_due_the_oldest_first_with_a_reason(desk):
    root, now = desk.office.root, desk.clock.now()
    later = due(["2013-01", "2014-01"], [], {}, TERMS, date(2027, 1, 1))
    for found, year, reason, fault in (
        (root.due_removals(), 2026, "x", NotAllowed),
        (root.due_removals(), 2013, " ", Incomplete),
        (later, 2014, "x", NotAllowed),
    ):
        with pytest.raises(fault):
            close_year(found, year, reason, ADMIN, now, root.removals, TERMS)

    assert len(root.access_log.months()) == 6


def test_a_log_that_was_tampered_with_is_not_closed(desk):
    root, now = desk.office.root, desk.clock.now()
    path = root.layout.access / "2013-01.jsonl"
    path.write_bytes(path.read_bytes().replace(b"pensiun", b"lainlai"))

    with pytest.raises(NotAllowed, match="tidak utuh"):
        close_year(root.due_removals(), 2013, "x", ADMIN, now, root.removals, TERMS)

    assert path.exists()


def test_a_month_that_somebody_removed_without_the_act_is_found(desk):
    root = desk.office.root
    (root.layout.access / "2013-12.jsonl").unlink()

    assert any("2013-12" in text for text in findings(root))


def test_what_was_closed_and_came_back_and_a_forged_closing_are_found(desk):
    root, now = desk.office.root, desk.clock.now()
    path = root.layout.access / "2013-01.jsonl"
    content = path.read_bytes()
    close_year(root.due_removals(), 2013, "x", ADMIN, now, root.removals, TERMS)
    path.write_bytes(content)
    assert any("masih ada" in one.fact for one in closing_findings(root.removal_book, root.log_books))
    path.unlink()

    root.removals.close(2026, "menutupi jejak", ADMIN, now, 0)

    assert any("sebelum masa simpannya" in text for text in findings(root))


def test_a_crash_between_noting_and_removing_is_made_up_for(desk, monkeypatch):
    root, now = desk.office.root, desk.clock.now()
    monkeypatch.setattr("pipeline.privacy.store.removals.disk.remove", lambda _path: None)
    close_year(root.due_removals(), 2013, "x", ADMIN, now, root.removals, TERMS)
    monkeypatch.undo()
    assert root.due_removals().years == (2013,)

    close_year(root.due_removals(), 2013, "x", ADMIN, now, root.removals, TERMS)

    assert (root.due_removals().years, len(root.removals.lines()), findings(root)) == ((), 1, [])


def test_a_year_that_another_closed_while_it_was_being_proved_is_noted_once(desk):
    root, now = desk.office.root, desk.clock.now()

    def faster(_books):
        close_year(root.due_removals(), 2013, "lewat masa simpan", ADMIN, now, root.removals, TERMS)
        return []

    slower = OfficeRemovals(root.removal_book, root.log_books, lambda: root.people.accounts, root.seal_now, faster)
    close_year(root.due_removals(), 2013, "lewat masa simpan", ADMIN, now, slower, TERMS)

    assert (len(root.removals.lines()), findings(root)) == (1, [])


def test_an_account_that_is_due_loses_its_particulars_and_keeps_its_login(desk):
    root = desk.office.root
    desk.clock.at += timedelta(days=366 * 6)
    now = desk.clock.now()
    root.access_log.append(now, "ani", "POST /masa-simpan/akun", {"admin"}, about="pensiun")
    found = root.due_removals()
    assert [one.login for one in found.accounts] == ["pensiun"]
    with pytest.raises(NotFound):
        clear_account(found, "ani", "x", By("budi", "admin"), now, root.removals)

    clear_account(found, "pensiun", "lewat masa simpan", ADMIN, now, root.removals)

    cleared = desk.people.accounts.account("pensiun")
    assert (cleared.name, cleared.nip, cleared.roles, cleared.ready, cleared.locked) == (CLEARED, "", (), False, True)
    assert root.due_removals().accounts == ()
    desk.people.close()
    gc.collect()  # the connections of `root.people`, each of which was for one question
    kept = b"".join(path.read_bytes() for path in root.layout.people.glob("akun.sqlite3*"))
    assert b"pensiun" in kept
    assert b"Siti Rekaan" not in kept
    assert not any("akun" in text.lower() for text in findings(root))
