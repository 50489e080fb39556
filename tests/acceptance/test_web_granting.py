"""At the desk and in the terminal nobody becomes an official alone, and who is concerned is told until they read it."""

from __future__ import annotations

import re

import pytest
from offices import lay_out
from people_rows import past_the_program
from web_desk import PASSWORD, WebDesk, posts_in

from pipeline.cli import main
from pipeline.errors import Passing
from pipeline.work.engines.doctor_people import account_checks


@pytest.fixture
def desk(tmp_path):
    return WebDesk(tmp_path / "kantor")


@pytest.fixture
def named(tmp_path):
    """A desk whose office.toml names the head by NIP 1970."""
    folder = tmp_path / "kantor"
    lay_out(folder)
    posts_in(folder)
    return WebDesk(folder)


def _lines(desk):
    return [(e.by, e.kind, e.data.get("about")) for e in desk.app.state.desk.access_log.entries("2026-11")]


def _number(page):
    """The number of the first request that a page offers to confirm."""
    return re.search(r'"/pengesahan/sahkan".*?name="nomor" value="(\d+)"', page.text, re.DOTALL)[1]


def test_an_admin_who_makes_themself_head_is_stopped_until_the_head_says_yes(desk):
    desk.account("budi", "kakanwil")
    admin, head = desk.browser("admin"), desk.come_in("budi")

    given = admin.post_form("/akun/admin/peran", {"peran": ["admin", "kakanwil"]}, page="/akun/admin")
    shown = admin.get(given.headers["location"]).text
    refused = admin.get("/register").status_code
    asked = head.get("/pengesahan")
    home = head.get("/").text
    sneaky = admin.post_form("/pengesahan/sahkan", {"nomor": _number(asked)}, page="/pengesahan")
    confirmed = head.post_form("/pengesahan/sahkan", {"nomor": _number(asked)}, page="/pengesahan")

    assert "Menunggu pengesahan: Kakanwil." in shown
    assert refused == 403
    assert "1 hal menunggu pengesahan Anda" in home
    assert "Akun admin diberi peran Kakanwil (diminta admin" in asked.text
    assert sneaky.status_code == 403
    assert confirmed.status_code == 303
    assert admin.get("/register").status_code == 200
    assert ("budi", "POST /pengesahan/sahkan", "admin: kakanwil") in _lines(desk)
    assert "budi mengesahkan" in admin.get("/profil").text


def test_a_notice_stays_on_every_page_until_its_reader_says_so(desk):
    desk.account("budi", "kakanwil")
    admin, head = desk.browser("admin"), desk.come_in("budi")
    admin.post_form("/akun", {"nama": "Siti", "login": "siti", "peran": "kabid"})
    words = "admin membuat akun siti dengan peran Kabid HAM."

    seen = [words in head.get(page).text for page in ("/", "/register", "/")]
    notice = re.search(r'pemberitahuan/baca.*?name="nomor" value="(\d+)"', head.get("/").text, re.DOTALL)[1]
    admin.post_form("/pemberitahuan/baca", {"nomor": notice}, page="/profil")
    kept = words in head.get("/").text
    head.post_form("/pemberitahuan/baca", {"nomor": notice}, page="/")

    assert seen == [True, True, True]
    assert kept
    assert words not in head.get("/").text


def test_the_nip_of_the_head_in_a_new_account_is_in_the_log_and_told_before_it_is_used(named):
    admin = named.browser("admin")
    named.account("dewi", "kadiv")

    page = admin.post_form("/akun", {"nama": "Budi", "login": "budi", "nip": "1970"})
    link = re.search(r"/masuk/tautan\?kunci=[\w-]+", page.text)[0]
    answers = {"kunci": link.partition("=")[2], "sandi_baru": PASSWORD, "sandi_lagi": PASSWORD}
    named.stranger().post_form("/masuk/tautan", answers, page=link)

    assert named.come_in("budi").get("/register").status_code == 200
    assert _lines(named)[:2] == [("admin", "POST /akun", "budi"), ("admin", "POST /akun", "budi: kakanwil")]
    assert ("?", "POST /masuk/tautan", "budi: testclient") in _lines(named)
    assert "Akun budi memegang peran Kakanwil menurut NIP-nya" in named.come_in("dewi").get("/").text
    again = admin.post_form("/akun", {"nama": "Boneka", "login": "boneka", "nip": "19 70"})
    assert "sudah dipakai akun budi" in again.text


def test_roles_by_a_nip_that_cannot_be_written_down_are_not_held(named, monkeypatch):
    named.account("budi", nip="1970")

    def full(*_values, **_more):
        raise Passing("Cakram penuh.", "Kosongkan.")

    log = named.app.state.desk.access_log
    with monkeypatch.context() as patched:
        patched.setattr(log, "append", full)
        without = named.come_in("budi").get("/profil").text
    with_it = named.come_in("budi").get("/profil").text

    assert "belum ada; mintalah" in without
    assert "belum ada; mintalah" not in with_it
    assert ("budi", "peran dari office.toml", "budi: kakanwil") in _lines(named)


def test_who_takes_an_official_over_by_a_link_decides_nothing(desk):
    desk.account("budi", "kakanwil")
    desk.account("dewi", "kadiv")
    admin = desk.browser("admin")
    page = admin.post_form("/akun/budi/tautan", page="/akun/budi")
    link = re.search(r"/masuk/tautan\?kunci=[\w-]+", page.text)[0]
    answers = {"kunci": link.partition("=")[2], "sandi_baru": PASSWORD, "sandi_lagi": PASSWORD}
    desk.stranger().post_form("/masuk/tautan", answers, page=link)
    thief, other = desk.come_in("budi"), desk.come_in("dewi")

    before = thief.get("/register").status_code
    asked = other.get("/pengesahan")
    other.post_form("/pengesahan/sahkan", {"nomor": _number(asked)}, page="/pengesahan")

    assert before == 403
    assert "kata sandi akun budi, yang diganti dengan tautan" in asked.text
    assert thief.get("/register").status_code == 200


def test_a_token_in_an_officials_name_is_dead_until_they_say_so(desk):
    desk.account("budi", "kakanwil")
    admin, head = desk.browser("admin"), desk.come_in("budi")
    form = {"nama": "program", "peran": "kakanwil", "sampai": "2026-12-01", "pemilik": "budi"}
    page = admin.post_form("/akun/token/baru", form, page="/akun")
    key = re.search(r"ykm_[\w-]+", page.text)[0]
    headers = {"authorization": f"Bearer {key}"}

    before = desk.stranger().get("/api/register", headers=headers).status_code
    head.post_form("/pengesahan/sahkan", {"nomor": _number(head.get("/pengesahan"))}, page="/pengesahan")

    assert "baru dapat dipakai sesudah disahkan" in page.text
    assert before == 401
    assert desk.stranger().get("/api/register", headers=headers).status_code == 200


def test_the_last_admin_cannot_give_their_role_an_end(desk):
    admin = desk.browser("admin")

    expired = admin.post_form("/akun/admin/peran", {"peran": "admin", "sampai-admin": "2026-11-26"}, page="/akun/admin")

    assert expired.status_code == 422
    assert "tidak lagi mempunyai admin" in expired.text


def test_a_hand_over_by_the_admin_is_told_to_the_holder(named):
    named.account("budi", nip="1970")
    named.account("dewi", "kadiv", nip="1980")
    admin, head = named.browser("admin"), named.come_in("budi")
    form = {"peran": "kakanwil", "kepada": "dewi", "sebagai": "Plh.", "mulai": "2026-11-25", "sampai": "2026-11-30"}

    assert admin.post_form("/alih-tugas", form).status_code == 303

    assert "admin mengalihkan tugas" in head.get("/").text
    assert "kepada akun dewi (Plh.)" in named.come_in("dewi").get("/").text


def test_in_the_terminal_the_same_waits_and_the_last_admin_stays(desk, tmp_path, capsys):
    desk.account("budi", "kakanwil")
    desk.account("ani", "admin")
    root = ["--root", str(tmp_path / "kantor")]

    made = main([*root, "akun", "buat", "boneka", "--nama", "Boneka", "--peran", "kakanwil"])
    said = capsys.readouterr().out
    changed = main([*root, "akun", "nip", "boneka", "1999"])
    locked = main([*root, "akun", "kunci", "ani"])

    assert (made, changed, locked) == (0, 0, 11)
    assert "Menunggu pengesahan di meja web (halaman Pengesahan): kakanwil." in said
    assert desk.people.accounts.account("boneka").roles == ()
    told = desk.come_in("budi").get("/").text
    assert "terminal membuat akun boneka." in told
    assert "Menunggu pengesahan: akun boneka diberi peran Kakanwil" in told


def test_in_the_terminal_a_name_is_mended_as_at_the_desk_and_who_is_concerned_is_told(desk, tmp_path, capsys):
    desk.account("budi", "kakanwil")
    root = ["--root", str(tmp_path / "kantor"), "akun", "nama"]

    changed = main([*root, "budi", "  Budi  Rekaan, S.H. "])
    wrong = [main([*root, login, name]) for login, name in (("budi", " "), ("budi", "B" * 121), ("tiada", "Budi"))]

    assert changed == 0
    assert all(wrong)
    assert desk.people.accounts.account("budi").name == "Budi Rekaan, S.H."
    assert "terminal mengubah nama akun budi" in desk.come_in("budi").get("/").text
    assert ("terminal", "akun nama", "budi: nama") in _lines(desk)


def test_the_doctor_names_twins_and_what_waits(desk):
    desk.account("budi", "kakanwil")
    admin = desk.browser("admin")
    admin.post_form("/akun/admin/peran", {"peran": ["admin", "kakanwil"]}, page="/akun/admin")
    desk.people.close()
    past_the_program(
        desk.office.root,
        "INSERT INTO account (login, name, nip, made) VALUES ('satu', 'S', '19 80', 1), ('dua', 'D', '1980', 1)",
    )

    said = [(check.good, check.fact) for check in account_checks(desk.people)]

    assert said[0] == (False, "NIP 1980 dipakai akun dua dan satu; karena itu tidak memberi peran")
    assert said[1][0]
    assert "akun admin diberi peran Kakanwil" in said[1][1]
    assert "NIP kembar: akun dua, satu." in admin.get("/akun").text
