"""SqlitePeople at the desk: coming in, sessions that end, lock-out, one-time links, roles by the day."""

from __future__ import annotations

import re
from datetime import date

import pytest
from argon2 import PasswordHasher
from fakes import MORNING
from lxml.html import document_fromstring
from people_rows import all_that_is_kept, past_the_program
from usual_standing import USUAL
from web_desk import PASSWORD, WebDesk

from pipeline.access.accounts import FIRST, Account, held
from pipeline.access.failed_tries import network
from pipeline.access.passwords import unfit
from pipeline.access.store.password_hashes import Passwords
from pipeline.access.store.people import SqlitePeople
from pipeline.desk.app import create_app
from pipeline.errors import Denied, Incomplete
from pipeline.office.officials import Official


@pytest.fixture
def desk(tmp_path):
    return WebDesk(tmp_path / "kantor")


def _is_in(browser):
    return browser.get("/profil").status_code == 200


def _try(desk, login, password, browser=None):
    return (browser or desk.stranger()).post_form("/masuk", {"login": login, "sandi": password})


def test_the_first_admin_is_made_once_by_the_link_on_the_terminal(desk):
    key = desk.people.links.make(FIRST, desk.clock.now())
    answers = {"kunci": key, "nama": "Ani Rekaan", "login": "ani", "sandi_baru": PASSWORD, "sandi_lagi": PASSWORD}
    page = f"/masuk/pertama?kunci={key}"

    made = desk.stranger().post_form("/masuk/pertama", answers, page=page)
    again = desk.stranger().get(page)

    assert made.headers["location"] == "/masuk?kabar=sandi&lanjut=%2Fpengaturan"
    assert "Kata sandi tersimpan. Silakan masuk." in desk.stranger().get("/masuk?kabar=sandi").text
    assert again.status_code == 403
    assert desk.come_in("ani").get("/akun").status_code == 200


def test_the_first_link_stays_good_until_the_answers_can_be_taken(desk):
    key = desk.people.links.make(FIRST, desk.clock.now())
    page = f"/masuk/pertama?kunci={key}"
    answers = {"kunci": key, "nama": "Ani Rekaan", "login": "ani"}

    short = desk.stranger().post_form("/masuk/pertama", {**answers, "sandi_baru": "x", "sandi_lagi": "x"}, page=page)
    unequal = desk.stranger().post_form(
        "/masuk/pertama", {**answers, "sandi_baru": PASSWORD, "sandi_lagi": "lain"}, page=page
    )

    assert (short.status_code, unequal.status_code) == (422, 422)
    assert desk.people.accounts.all() == []
    assert desk.people.links.whose(key, desk.clock.now()) == FIRST


def test_a_link_is_good_for_a_day(desk):
    key = desk.people.links.make(FIRST, desk.clock.now())
    desk.clock.forward(hours=25)

    assert desk.stranger().get(f"/masuk/pertama?kunci={key}").status_code == 403


def test_an_admin_makes_an_account_whose_owner_sets_the_password_by_a_link(desk):
    admin = desk.browser("admin")
    page = admin.post_form("/akun", {"nama": "Siti Rekaan", "login": "siti", "peran": "tim-yankomas"})
    link = re.search(r"/masuk/tautan\?kunci=[\w-]+", page.text)[0]
    answers = {"kunci": link.partition("=")[2], "sandi_baru": PASSWORD, "sandi_lagi": PASSWORD}

    before = _try(desk, "siti", "")
    desk.stranger().post_form("/masuk/tautan", answers, page=link)

    assert before.status_code == 403
    assert desk.come_in("siti").get("/register").status_code == 200
    assert desk.stranger().get(link).status_code == 403


class _Overtaken(Passwords):
    """Passwords that take so long to hash that somebody else uses the link meanwhile."""

    def __init__(self):
        super().__init__(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        self.meanwhile = lambda: None

    def hashed(self, password, login):
        stored = super().hashed(password, login)
        self.meanwhile()
        return stored


@pytest.mark.parametrize("login", ["siti", FIRST])
def test_of_two_who_use_a_link_at_once_one_does(tmp_path, login):
    passwords = _Overtaken()
    people = SqlitePeople(tmp_path, passwords)
    people.accounts.make("siti", "Siti", [], MORNING)
    key = people.links.make(login, MORNING)
    passwords.meanwhile = lambda: people.links.use_up(key)

    answers = (PASSWORD, "10.0.0.1", MORNING) if login else ("ani", "Ani", PASSWORD, MORNING)
    use = people.set_by_link if login else people.make_first

    with pytest.raises(Denied):
        use(key, *answers)

    assert not people.accounts.known_by("siti", PASSWORD)
    assert not people.accounts.known_by("ani", PASSWORD)
    assert not people.accounts.has_admin()


def test_addresses_of_one_household_are_counted_together():
    assert network("2001:db8:1:2:3:4:5:6") == network("2001:db8:1:2::1")
    assert network("2001:db8:1:2::1") != network("2001:db8:1:3::1")
    assert network("10.0.0.1") != network("10.0.0.2")
    assert network("::ffff:10.0.0.1") == network("10.0.0.1") != network("::ffff:10.0.0.2")
    assert network("fe80::1%eth0") == network("fe80::1%eth0")


def test_a_session_ends_half_an_hour_after_its_last_use(desk):
    browser = desk.browser("kadiv")

    desk.clock.forward(minutes=29)
    used = _is_in(browser)
    desk.clock.forward(minutes=29)
    used_again = _is_in(browser)
    desk.clock.forward(minutes=31)

    assert (used, used_again, _is_in(browser)) == (True, True, False)


def test_a_session_ends_after_a_working_day_however_busy_it_is(desk):
    browser = desk.browser("kadiv")

    for _ in range(29):
        desk.clock.forward(minutes=20)
        assert _is_in(browser)
    desk.clock.forward(minutes=20)

    assert not _is_in(browser)


def test_leaving_ends_the_session_for_good(desk):
    browser = desk.browser("kadiv")
    cookie = browser.cookies["yankomas"]

    browser.post_form("/keluar", page="/profil")
    browser.cookies.set("yankomas", cookie)

    assert not _is_in(browser)


def test_coming_in_begins_a_new_session_and_ends_the_old_one(desk):
    browser = desk.browser("kadiv")
    old = browser.cookies["yankomas"]
    token = browser.token("/profil")

    browser.post("/masuk", data={"login": "kadiv", "sandi": PASSWORD, "csrf": token})
    new = browser.cookies["yankomas"]
    thief = desk.stranger()
    thief.cookies.set("yankomas", old)

    assert new != old
    assert not _is_in(thief)


def test_the_cookie_is_out_of_reach_for_scripts_and_other_sites(desk):
    desk.account("siti", "kadiv")

    cookie = _try(desk, "siti", PASSWORD).headers["set-cookie"]

    assert {"HttpOnly", "SameSite=strict", "Path=/"} <= {part.strip() for part in cookie.split(";")}


def test_over_tls_the_cookie_is_bound_to_host_and_tls(desk, monkeypatch):
    object.__setattr__(desk.office.root.settings.web, "proxy_speaks_tls", True)
    desk.app = create_app(
        desk.office.root, people=desk.people, clock=desk.clock
    )  # how it is served is fixed at its start
    desk.account("siti", "kadiv")
    browser = desk.stranger()
    page = browser.get("/masuk")
    token = re.search(r'name="csrf" value="([^"]+)"', page.text)[1]

    answer = browser.post(
        "/masuk",
        data={"login": "siti", "sandi": PASSWORD, "csrf": token},
        headers={"cookie": f"__Host-yankomas-tamu={token}"},
    )

    assert page.headers["set-cookie"].startswith("__Host-yankomas-tamu=")
    assert "Secure" in page.headers["set-cookie"]
    assert answer.headers["set-cookie"].startswith("__Host-yankomas=")
    assert "Secure" in answer.headers["set-cookie"]


def test_locking_an_account_ends_its_sessions_at_once(desk):
    browser, admin = desk.browser("kadiv"), desk.browser("admin")

    admin.post_form("/akun/kadiv/kunci", {"kunci": "ya"}, page="/akun/kadiv")

    assert not _is_in(browser)
    assert _try(desk, "kadiv", PASSWORD).status_code == 403


def test_who_is_in_stands_once_on_the_list_and_session_by_session_on_their_own_page(desk):
    admin = desk.browser("admin")
    for _ in range(12):
        desk.browser("kadiv")
        desk.clock.forward(minutes=1)

    present = document_fromstring(admin.get("/akun").text).xpath('//*[@aria-labelledby="h-sesi"]//li')
    own = document_fromstring(admin.get("/akun/kadiv").text).xpath('//*[@aria-labelledby="h-lain"]')[0]

    assert [" ".join(one.text_content().split())[:13] for one in present] == ["admin testcli", "kadiv 12 sesi"]
    assert len(own.xpath(".//li[contains(., 'sejak')]")) == 12
    assert len(own.xpath(".//details[contains(., '7 sesi yang lebih lama')]//li")) == 7


def test_the_days_of_a_role_are_typed_as_people_write_them(desk):
    admin, _ = desk.browser("admin"), desk.browser("arsiparis")
    answers = {"peran": "arsiparis", "mulai-arsiparis": "1 Desember 2026", "sampai-arsiparis": "31-12-2026"}

    kept = admin.post_form("/akun/arsiparis/peran", answers)
    page = admin.get("/akun/arsiparis").text
    wrong = {**answers, "mulai-arsiparis": "x", "sampai-arsiparis": "31-13-2026"}
    slip = admin.post_form("/akun/arsiparis/peran", wrong)

    (role,) = desk.people.accounts.account("arsiparis").roles
    assert (kept.status_code, slip.status_code) == (303, 422)
    assert (role.since, role.until) == (date(2026, 12, 1), date(2026, 12, 31))
    assert _periods_in(page) == ["01-12-2026", "31-12-2026"]
    assert _periods_in(slip.text) == ["x", "31-13-2026"]
    assert slip.text.count("tulis misalnya 01-12-2026") == 4  # of each day, above the form and beside it


def _periods_in(page):
    html = document_fromstring(page)
    return [html.xpath(f'//*[@name="{end}-arsiparis"]')[0].get("value") for end in ("mulai", "sampai")]


def test_an_admin_cannot_lock_themselves_out(desk):
    admin = desk.browser("admin")

    locked = admin.post_form("/akun/admin/kunci", {"kunci": "ya"}, page="/profil")
    robbed = admin.post_form("/akun/admin/peran", {"peran": "kadiv"}, page="/profil")

    assert (locked.status_code, robbed.status_code) == (403, 422)
    assert admin.get("/akun").status_code == 200


def test_a_changed_password_ends_every_session(desk):
    here, there = desk.browser("kadiv"), desk.come_in("kadiv")
    new = "kalimat lain yang panjang"

    here.post_form("/profil/sandi", {"sandi": PASSWORD, "sandi_baru": new, "sandi_lagi": new}, page="/profil")

    assert (_is_in(here), _is_in(there)) == (False, False)
    assert _try(desk, "kadiv", new).status_code == 303


def test_a_password_is_changed_only_by_who_knows_the_old_one(desk):
    browser = desk.browser("kadiv")
    new = "kalimat lain yang panjang"

    answer = browser.post_form(
        "/profil/sandi", {"sandi": "tebak", "sandi_baru": new, "sandi_lagi": new}, page="/profil"
    )

    assert answer.status_code == 422
    assert _try(desk, "kadiv", PASSWORD).status_code == 303


def test_a_change_of_password_that_is_refused_begins_no_session(desk):
    browser = desk.browser("kadiv")
    people = desk.people
    before = people.sessions.alive(desk.clock.now())

    short = {"sandi": PASSWORD, "sandi_baru": "x", "sandi_lagi": "x"}
    assert browser.post_form("/profil/sandi", short, page="/profil").status_code == 422

    assert len(people.sessions.alive(desk.clock.now())) == len(before) == 1


def test_after_five_wrong_passwords_the_right_one_has_to_wait_longer_each_time(desk):
    desk.account("siti", "kadiv")
    browser = desk.stranger()

    for _ in range(5):
        _try(desk, "siti", "salah sekali", browser)
    soon = _try(desk, "siti", PASSWORD, browser)
    desk.clock.forward(seconds=31)
    _try(desk, "siti", "salah sekali", browser)
    desk.clock.forward(seconds=31)
    still = _try(desk, "siti", PASSWORD, browser)
    desk.clock.forward(seconds=30)
    let_in = _try(desk, "siti", PASSWORD, browser)

    assert (soon.status_code, still.status_code, let_in.status_code) == (403, 403, 303)
    assert "Terlalu banyak" in soon.text


def _tries(people, login, password, address, now):
    """Say whether somebody came in."""
    try:
        people.sign_in(login, password, address, now)
    except Denied:
        return False
    return True


def test_who_guesses_elsewhere_does_not_lock_the_owner_out(desk):
    desk.account("siti", "kadiv")
    now = desk.clock.now()
    before = _tries(desk.people, "siti", PASSWORD, "10.0.0.1", now)

    for n in range(200):
        _tries(desk.people, "siti", "salah sekali", f"10.0.1.{n}", now)

    assert before
    assert not _tries(desk.people, "siti", PASSWORD, "10.0.2.1", now)
    assert _tries(desk.people, "siti", PASSWORD, "10.0.0.1", now)


def test_guessing_from_everywhere_is_slowed_to_one_guess_a_minute(desk):
    desk.account("siti", "kadiv")
    tried = []
    desk.people.accounts.known_by = lambda _login, password, _renewing: bool(tried.append(password))

    for n in range(600):
        desk.clock.forward(seconds=1)
        _tries(desk.people, "siti", f"salah {n}", f"10.{n // 250}.1.{n % 250}", desk.clock.now())

    assert len(tried) <= 20 + 10


def test_many_guesses_at_once_are_no_more_than_one_after_the_other(desk):
    desk.account("siti", "kadiv")
    tried, now = [], desk.clock.now()

    def known_by(_login, _password, _renewing):
        tried.append(1)
        if len(tried) < 50:  # another comes before this one is known to be wrong
            _tries(desk.people, "siti", "salah sekali", "10.0.0.9", now)
        return False

    desk.people.accounts.known_by = known_by
    _tries(desk.people, "siti", "salah sekali", "10.0.0.9", now)

    assert len(tried) == 5


def test_coming_in_oneself_between_guesses_does_not_start_the_count_again(desk):
    desk.account("siti", "kadiv")
    desk.account("budi", "kadiv")
    now, tried = desk.clock.now(), 0

    for n in range(100):
        _tries(desk.people, "budi", PASSWORD, "10.0.0.9", now)
        tried += "percobaan" not in _refusal(desk.people, f"nama{n}", "10.0.0.9", now)

    assert tried == 20


def _refusal(people, login, address, now):
    with pytest.raises(Denied) as denied:
        people.sign_in(login, "salah sekali", address, now)
    return denied.value.message


def test_an_account_that_does_not_exist_is_answered_as_one_that_does(desk):
    desk.account("siti", "kadiv")

    answers = []
    for login in ("siti", "entah"):
        said = [_try(desk, login, "salah sekali").text for _ in range(7)]
        answers.append([re.sub(r'value="[^"]*"', "", text) for text in said])

    assert answers[0] == answers[1]


def test_many_wrong_tries_from_one_address_slow_that_address(desk):
    desk.account("siti", "kadiv")

    for n in range(20):
        _try(desk, f"tebakan{n}", "salah sekali")

    assert _try(desk, "siti", PASSWORD).status_code == 403


def test_as_much_work_is_done_for_an_account_that_does_not_exist():
    counted = []

    class Counting(PasswordHasher):
        def verify(self, stored, password):
            counted.append(stored)
            return super().verify(stored, password)

    passwords = Passwords(Counting(time_cost=1, memory_cost=8, parallelism=1))
    stored = passwords.hashed(PASSWORD, "siti")

    outcomes = [passwords.right(stored, PASSWORD), passwords.right("", PASSWORD)]

    assert outcomes == [True, False]
    assert len(counted) == 2


@pytest.mark.parametrize(
    "weak", ["pendek", "aaaaaaaaaaaaaaaa", "siti.rekaan sekali", "yankomas2026!!", "password12345", "x" * 201]
)
def test_a_password_that_is_easily_guessed_is_not_taken(weak):
    assert unfit(weak, "siti.rekaan")


def test_nothing_secret_is_kept(desk):
    desk.account("siti", "kadiv")
    browser = desk.come_in("siti")
    link = desk.people.links.make("siti", desk.clock.now())
    token = desk.people.tokens.make("pemindai", "kadiv", date(2026, 11, 30), "admin", desk.clock.now())
    _try(desk, "kata sandi salah kolom", "x")
    desk.people.close()

    kept = all_that_is_kept(desk.office.root)

    for secret in (PASSWORD, browser.cookies["yankomas"], link, token, "kata sandi salah kolom"):
        assert secret.encode() not in kept
    assert b"siti" in kept
    there = desk.office.root.layout.people
    assert all(path.stat().st_mode & 0o077 == 0 for path in (there, *there.glob("*")) if path.exists())


def test_a_role_is_held_from_day_to_day(desk):
    desk.people.accounts.make("budi", "Budi", [held("kabid", date(2026, 11, 26), date(2026, 11, 27))], MORNING)
    desk.people.accounts.set_password("budi", PASSWORD)

    roles = []
    for _ in range(4):
        roles.append(desk.come_in("budi").get("/register").status_code)
        desk.clock.forward(days=1)

    assert roles == [403, 200, 200, 403]


def test_a_deputy_in_office_toml_holds_the_role_by_their_nip():
    account = Account("budi", "Budi", "1980", locked=False, ready=True, roles=(held("kasubbid"),))
    deputy = Official(
        "kabid", "Kepala Bidang", nip="1980", since=date(2026, 12, 1), until=date(2026, 12, 5), acting="Plh."
    )

    days = [account.roles_on(date(2026, 12, d), (deputy,), USUAL) for d in (1, 6)]

    assert days == [{"kasubbid", "kabid"}, {"kasubbid"}]
    assert (
        Account("a", "A", "", False, True, ()).roles_on(date(2026, 12, 1), (Official("kabid", "K"),), USUAL)
        == frozenset()
    )


@pytest.mark.parametrize(
    ("login", "name", "roles"),
    [
        ("x", "A", []),
        ("Siti Rekaan", "A", []),
        ("siti", " ", []),
        ("siti", "A", [held("pelapor")]),
        ("siti", "A", [held("kabit")]),
    ],
)
def test_an_account_that_cannot_be_is_not_made(desk, login, name, roles):
    with pytest.raises(Incomplete):
        desk.people.accounts.make(login, name, roles, MORNING)

    assert desk.people.accounts.all() == []


def test_another_process_may_use_the_accounts_meanwhile(desk):
    desk.account("siti", "kadiv")

    past_the_program(desk.office.root, "UPDATE account SET locked = 1")

    assert _try(desk, "siti", PASSWORD).status_code == 403
