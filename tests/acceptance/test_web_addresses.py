"""An address is set on the profile, by the admin and at the terminal; who sees of it what; when no mail goes out."""

from __future__ import annotations

import pytest
from offices import lay_out
from web_desk import WebDesk

from pipeline.cli import main
from pipeline.mail.ports import Trouble


@pytest.fixture
def desk(tmp_path):
    return WebDesk(tmp_path / "kantor")


def _address(desk, login):
    return desk.people.accounts.account(login).address


def _log(desk):
    return [(e.by, e.kind, e.data.get("about")) for e in desk.app.state.desk.access_log.entries("2026-11")]


def test_on_the_profile_one_sets_ones_own_address_and_sees_it_again(desk):
    siti = desk.browser("tim-yankomas")

    saved = siti.post_form("/profil/surel", {"surel": "siti.rekaan@kantor.contoh"}, page="/profil")
    page = siti.get(saved.headers["location"]).text

    assert saved.status_code == 303
    assert "Alamat surel disimpan." in page
    assert 'value="siti.rekaan@kantor.contoh"' in page
    assert "Kantor ini belum mengirim surel" in page
    assert _address(desk, "tim-yankomas") == "siti.rekaan@kantor.contoh"
    assert ("tim-yankomas", "POST /profil/surel", "tim-yankomas: surel") in _log(desk)


@pytest.mark.parametrize("typed", ["siti", "siti@kantor.contoh\nBcc: semua@luar.contoh", '"><script>@x.contoh'])
def test_what_is_no_address_is_shown_again_with_what_is_wrong(desk, typed):
    siti = desk.browser("tim-yankomas")

    refused = siti.post_form("/profil/surel", {"surel": typed}, page="/profil")

    assert refused.status_code == 422
    assert "bukan satu alamat surel" in refused.text
    assert "<script>@" not in refused.text
    assert _address(desk, "tim-yankomas") == ""


def test_an_admin_sets_anybodys_and_its_owner_is_told(desk):
    siti, admin = desk.browser("tim-yankomas"), desk.browser("admin")
    siti.post_form("/profil/surel", {"surel": "siti@kantor.contoh"}, page="/profil")

    saved = admin.post_form("/akun/tim-yankomas/surel", {"surel": "baru@kantor.contoh"}, page="/akun/tim-yankomas")
    wrong = admin.post_form("/akun/tim-yankomas/surel", {"surel": "baru"}, page="/akun/tim-yankomas")

    assert (saved.status_code, wrong.status_code) == (303, 422)
    assert _address(desk, "tim-yankomas") == "baru@kantor.contoh"
    assert "admin mengubah alamat surel akun tim-yankomas." in siti.get("/").text
    assert [former.address for former in desk.people.accounts.former_addresses()] == ["siti@kantor.contoh"]
    assert not [line for line in _log(desk) if "@" in str(line)]


def test_nobody_but_an_admin_sets_anothers(desk):
    desk.account("budi", "kakanwil")
    siti = desk.browser("tim-yankomas")

    assert siti.post_form("/akun/budi/surel", {"surel": "x@luar.contoh"}, page="/profil").status_code == 403
    assert _address(desk, "budi") == ""


def test_at_the_terminal_too(tmp_path, capsys):
    folder = tmp_path / "kantor"
    lay_out(folder)
    desk = WebDesk(folder)
    desk.account("siti", "tim-yankomas")

    assert main(["--root", str(folder), "akun", "surel", "siti", "siti@kantor.contoh"]) == 0
    assert _address(desk, "siti") == "siti@kantor.contoh"
    assert main(["--root", str(folder), "akun", "surel", "siti", "siti@@kantor"]) == 13
    assert main(["--root", str(folder), "akun", "surel", "siti"]) == 0
    assert _address(desk, "siti") == ""
    assert "Alamat surel akun siti dikosongkan." in capsys.readouterr().out


def test_that_no_mail_goes_out_stands_on_the_admins_pages_alone(desk):
    words = "Server surel tidak dapat dihubungi."
    admin, siti = desk.browser("admin"), desk.browser("tim-yankomas")
    desk.office.root.mail_trouble.note(Trouble(desk.clock.now(), words))

    assert f"Surel tidak terkirim sejak 25 Nov 2026 08.15: {words}" in admin.get("/").text
    assert words not in siti.get("/").text

    desk.office.root.mail_trouble.note(None)
    assert words not in admin.get("/").text
