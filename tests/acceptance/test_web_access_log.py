"""Nobody sees a person's data, and nobody is let in or given a role, without a line in the access log before it."""

from __future__ import annotations

import pytest
from thorough import slowly
from web_desk import WebDesk
from web_routes import endpoints_of, pages_of, path_of

from pipeline.access.log_chain import RENEWED
from pipeline.access.rights import Right
from pipeline.errors import Passing

NAME, NIK, PHONE = "Zubaidah Rahasiawati", "1771014507900004", "081270001122"
#: What tells of the complainant: each word, and what masking leaves of the name.
_TELLING = (*NAME.split(), "Z***", NIK, PHONE)
_PAPERS = ("01-catatan.txt", "01-tanda-terima-v1.docx")


@pytest.fixture
def desk(tmp_path):
    desk = WebDesk(tmp_path / "kantor")
    person = {"nama": NAME, "nik": NIK, "telepon": PHONE}
    desk.office.open(
        "lisan", {"perihal": "Hal", "pelapor": [person], "terlapor": "Instansi", "uraian": f"Saya, {NAME}, dipukul."}
    )
    desk.office.run_once()
    return desk


def _lines(desk):
    return [
        (e.by, e.kind, e.data.get("case"), e.data.get("about"))
        for e in desk.app.state.desk.access_log.entries("2026-11")
    ]


def _asked(desk, role):
    """Every page and endpoint in the hands of a role: method, address, the route as it is logged, the answer."""
    browser, now = desk.browser(role), desk.clock.now()
    token = browser.token("/profil")
    key = desk.people.tokens.make("pemindai", role, now.date(), "admin", now)
    for route in pages_of(desk):
        if route.path in ("/keluar", "/peristiwa"):  # ends the session; never ends
            continue
        for method in sorted(route.methods - {"HEAD"}):  # whose answers tell nothing
            for path in _addresses(path_of(route)):
                form = {"csrf": token} if method == "POST" else None
                yield f"{method} {route.path}", lambda m=method, p=path, f=form: browser.request(m, p, data=f)
    for path, method, _ in endpoints_of(desk):
        for address in _addresses(path):
            more = {"params": {"q": "saya"}} if address.endswith("/cari") else {}
            head = {"authorization": f"Bearer {key}"}
            yield (
                f"{method} {path}",
                lambda m=method, p=address, o=more, h=head: desk.stranger().request(m, p, headers=h, **o),
            )


def _addresses(path):
    return [path.replace("meja.css", name) for name in _PAPERS] if "meja.css" in path else [path]


@pytest.mark.parametrize("role", ["tim-yankomas", slowly("kakanwil"), "arsiparis"])
def test_whatever_tells_of_a_person_is_in_the_log_before_it_is_shown(desk, role):
    told, log, last = 0, desk.app.state.desk.access_log, None

    for route, asking in _asked(desk, role):
        answer = asking()

        new = log.entries("2026-11", last)
        if any(word in answer.text for word in _TELLING):
            told += 1
            assert len(new) == 1, route
        last = (last, *new)[-1]
    assert told > 9


@pytest.mark.parametrize("path", ["/", "/register", "/kasus/2026/0001", "/arsip", "/api/register"])
def test_what_cannot_be_written_down_is_not_shown(desk, path, monkeypatch):
    browser = desk.browser("tim-yankomas")

    def full(*_values, **_more):
        raise Passing("Cakram penuh.", "Kosongkan.")

    monkeypatch.setattr(desk.app.state.desk.access_log, "append", full)
    answer = browser.get(path)

    assert answer.status_code == 503
    assert not any(word in answer.text for word in _TELLING)


def test_that_a_password_was_hashed_anew_is_told_of_the_account_and_without_hashes(desk):
    now, step = desk.clock.now(), f"{'1a' * 32}:{'2b' * 32}"
    desk.office.root.access_log.append(now, "siti", RENEWED, (), about=step)

    page = desk.browser("admin").get("/akses?akun=siti").text

    assert '<td data-label="Perkara atau akun">siti</td>' in page
    assert "kata sandi yang sama disimpan ulang" in page
    assert "1a1a" not in page


def test_whatever_lets_somebody_in_or_keeps_them_out_is_in_the_log(desk):
    admin = desk.browser("admin")
    desk.account("siti", "kabid")
    token = admin.token("/akun")
    deeds = [route for route in pages_of(desk) if route.rule.right is Right.PEOPLE and "POST" in route.methods]
    form = {
        "login": "budi",
        "nama": "Budi Rekaan",
        "peran": "kakanwil",
        "kunci": "ya",
        "sampai": "2026-12-31",
        "token": "1",
        "csrf": token,
    }

    for route in deeds:
        answer = admin.post(path_of(route), data=form)
        assert answer.status_code in (200, 303), route.path

    assert {kind.removeprefix("POST ") for _, kind, _, _ in _lines(desk)} == {route.path for route in deeds}
    about = {kind: about for _, kind, _, about in _lines(desk)}
    assert about["POST /akun"] == "budi: kakanwil"
    assert about["POST /akun/{login}/peran"] == "siti: kakanwil"
    assert about["POST /akun/token/baru"] == "token: kakanwil"
    assert "Budi Rekaan" not in str(about)
    assert "siti: kakanwil" in admin.get("/akses").text
