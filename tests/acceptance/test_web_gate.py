"""The gate before every page: nobody gets further than their roles allow, and no route is without a right."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest
from starlette.routing import Mount
from thorough import slowly
from usual_standing import standing
from web_desk import PASSWORD, WebDesk
from web_routes import endpoints_of, pages_of, path_of

import pipeline.desk as desk_package
from pipeline.access.log_chain import RENEWED
from pipeline.access.rights import HOLDERS, Right, may
from pipeline.cases.case_number import CaseNumber
from pipeline.desk.api.gate import ApiRoute
from pipeline.desk.desk import TAKEN_UP
from pipeline.desk.gate import PageRoute
from pipeline.desk.routes.access_log import WORDS
from pipeline.office.roles import ROLES

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

#: What whoever may press it has the machine do, for seconds.
WORK = {"/keutuhan/mesin", "/keutuhan/kerja/{chore}", "/pengaturan/percobaan"}
OPEN = {"/masuk", "/masuk/pertama", "/masuk/tautan", "/status", "/status/survei", "/keaslian", "/statis/{name}"}


@pytest.fixture
def desk(tmp_path):
    return WebDesk(tmp_path / "kantor")


@pytest.fixture(scope="module")
def desk_of_all(tmp_path_factory):
    """One desk for those who try every address of it in turn."""
    return WebDesk(tmp_path_factory.mktemp("semua") / "kantor")


def test_every_route_stands_behind_the_gate_and_declares_a_right(desk):
    routes = pages_of(desk)

    assert all(type(route) is PageRoute and isinstance(route.rule.right, Right) for route in routes)
    assert {route.path for route in routes if route.rule.right is Right.ANYONE} <= OPEN


def test_every_logged_page_has_its_words_in_the_access_log(desk):
    logged = [f"{m} {r.path}" for r in pages_of(desk) if r.rule.personal for m in r.methods - {"HEAD"}]

    assert [kind for kind in logged if kind not in WORDS] == []
    rules = (Right.PEOPLE, Right.SETTINGS)
    changes_rights = lambda route: route.rule.right in rules or route.path.startswith("/alih-tugas")  # noqa: E731
    deeds = [f"POST {r.path}" for r in pages_of(desk) if changes_rights(r) and "POST" in r.methods]
    terminal = [f"akun {deed}" for deed in ("buat", "nama", "nip", "surel", "tautan", "kunci", "buka-kunci")]
    terminal += [
        "belajar",
        "impor",
        "belajar --lupakan",
        "alih buat",
        "alih tarik",
        "templat pratinjau",
        "templat pakai",
        "edisi-sop",
        "perbaiki",
        "ikm kertas",
        "data-pribadi",
        "kebocoran",
        "masa-simpan",
        TAKEN_UP,
        RENEWED,
        *("case", "moves", "cari", "read", "register", "ekspedisi", "surat", "sunting --beda", "tanda-tangan"),
        *("sampul", "sop", "berkas", "daftar-arsip", "samarkan", "serah", "impor laporan"),
        *(f"arsip {deed}" for deed in ("keadaan", "kelengkapan", "cetak", "pinjaman", "paket", "lembar")),
        *("arsip tahun tutup", "arsip tahun lembar"),
    ]
    deeds += [f"POST {path}" for path in ("/pengesahan/sahkan", "/pengesahan/tolak", "/masuk/tautan", "/masuk/pertama")]
    deeds += [
        "POST /templat/{template}/pakai",
        "POST /masa-simpan/akun",
        "POST /profil/surel",
        "POST /profil/sandi",
        "POST /keutuhan/kerja/{chore}",
        "POST /kasus/{year}/{serial}/alasan",
    ]
    for path in ("/pengaturan/percobaan", "/sop/ubah/{section}", "/sop/kirim", "/sop/rancangan/buang"):
        deeds.remove(f"POST {path}")  # changes nothing, and shows nobody's data
    assert set(WORDS) == {*logged, *deeds, *terminal, "GET /"}


def test_every_endpoint_of_the_api_declares_a_right_and_is_closed_to_strangers(desk):
    stranger = desk.stranger()

    for path, method, rule in endpoints_of(desk):
        answer = stranger.request(method, path)

        assert isinstance(rule.right, Right), path
        assert rule.right is not Right.ANYONE, path
        assert answer.status_code == 401, path


@pytest.mark.parametrize("role", [r for r in ROLES if r not in ("pelapor", "instansi", "admin")])
def test_a_token_reaches_the_endpoints_of_its_role_and_no_others(desk_of_all, role):
    desk = desk_of_all
    key = desk.people.tokens.make("pemindai", role, desk.clock.now().date(), "admin", desk.clock.now())
    program = desk.stranger()

    for path, method, rule in endpoints_of(desk):
        answer = program.request(method, path, headers={"authorization": f"Bearer {key}"})

        assert (answer.status_code == 403) is not may(standing(role), rule.right), (path, answer.status_code)


def test_an_endpoint_that_declares_nothing_cannot_be_reached(desk):
    (mount,) = (route for route in desk.app.routes if isinstance(route, Mount))
    mount.app.router.routes.insert(0, ApiRoute("/lupa", lambda: "isi", methods=["GET"]))

    answer = desk.browser("tim-yankomas").get("/api/lupa")

    assert answer.status_code == 403


def test_a_session_reads_through_the_api_but_changes_nothing_by_it(desk):
    browser = desk.browser("tim-yankomas")

    assert browser.get("/api/register").status_code == 200
    assert browser.post("/api/tidak-ada").status_code == 401


def test_a_token_is_good_until_its_last_day_is_over_or_it_is_voided(desk):
    made = [desk.people.tokens.make(n, "kabid", desk.clock.now().date(), "admin", desk.clock.now()) for n in "ab"]
    program = desk.stranger()

    def status(key):
        return program.get("/api/register", headers={"authorization": f"Bearer {key}"}).status_code

    before = [status(key) for key in made]
    desk.people.tokens.end(1)
    voided = [status(key) for key in made]
    desk.clock.forward(days=1)
    after = [status(key) for key in made]

    assert (before, voided, after) == ([200, 200], [401, 200], [401, 401])


def test_a_stranger_is_sent_to_the_login_page_or_turned_away_everywhere(desk):
    stranger = desk.stranger()

    for route in pages_of(desk):
        for method in sorted(route.methods - {"HEAD"}):
            if route.path in OPEN:
                continue
            answer = stranger.request(method, path_of(route))

            said = (answer.status_code, answer.headers.get("location", "").split("?")[0])
            assert said in {(303, "/masuk"), (401, "")}, (method, route.path)


def _one_of_each(routes, role):
    """Of each right with each method one route, another one for each role: the gate asks the right, whichever it is."""
    alike = defaultdict(list)
    for route in routes:
        alike[route.rule.right, frozenset(route.methods)].append(route)
    return [group[ROLES.index(role) % len(group)] for group in alike.values()]


def _each(routes, _role):
    return routes


@pytest.mark.parametrize(
    ("role", "tried"),
    [
        *((role, _one_of_each) for role in ROLES if role not in ("pelapor", "instansi")),
        pytest.param(None, _each, id="none"),
        *(slowly(role, _each) for role in ROLES if role not in ("pelapor", "instansi")),
    ],
)
def test_a_role_reaches_the_pages_of_its_rights_and_no_others(desk_of_all, role, tried):
    desk, roles = desk_of_all, [role] if role else []
    browser = desk.browser(*roles)
    token = browser.token("/profil")
    left_out = {"/keluar", "/peristiwa"}  # the first ends the session, the second never ends
    routes = [route for route in pages_of(desk) if route.path not in left_out]
    # What whoever may would have done by it is tried in test_web_keeping.py.
    routes = [route for route in routes if route.path not in WORK or not may(standing(*roles), route.rule.right)]

    asked = set()
    for route in tried(routes, role):
        for method in sorted(route.methods - {"HEAD"}):
            answer = browser.request(method, path_of(route), data={"csrf": token} if method == "POST" else None)

            refused = answer.status_code == 403 and "Anda tidak berwenang" in answer.text
            assert refused is not may(standing(*roles), route.rule.right), (method, route.path, answer.status_code)
            asked.add(route.rule.right)
    assert asked >= {route.rule.right for route in pages_of(desk) if route.path not in WORK}


def test_every_right_is_held_by_somebody():
    assert set(HOLDERS) == set(Right) - {Right.ANYONE, Right.SIGNED_IN}
    assert all(HOLDERS.values())


def test_a_form_without_the_token_of_its_session_does_nothing(desk):
    admin = desk.browser("admin")
    other = desk.browser("tim-yankomas")
    values = {"login": "baru.rekaan", "nama": "Baru Rekaan"}

    without = admin.post("/akun", data=values)
    foreign = admin.post("/akun", data={**values, "csrf": other.token("/profil")})

    assert (without.status_code, foreign.status_code) == (403, 403)
    assert "baru.rekaan" not in [a.login for a in desk.people.accounts.all()]


@pytest.mark.parametrize(
    ("upload", "every"), [(False, 1), (True, 7), slowly(True, 1)], ids=["forms", "files", "files everywhere"]
)
def test_no_form_does_anything_without_its_token_or_from_another_site(desk, upload, every):
    desk.account("semua", *(r for r in ROLES if r not in ("pelapor", "instansi")))
    desk.account("siti", "kabid")
    browser, files = desk.come_in("semua"), {"berkas": ("surat.pdf", b"isi")} if upload else None
    token = browser.token("/profil")
    deeds = [route for route in pages_of(desk) if "POST" in route.methods]
    others = [route for route in deeds if not route.rule.uploads]
    deeds = [*(route for route in deeds if route.rule.uploads), *others[::every]]

    for route in deeds:
        for data, headers in (
            ({}, {}),
            ({"csrf": ""}, {}),
            ({"csrf": "x" * len(token)}, {}),
            ({"csrf": token}, {"origin": "https://jahat.example"}),
            ({"csrf": token}, {"sec-fetch-site": "same-site"}),
        ):
            answer = browser.post(path_of(route), data=data, files=files, headers=headers)

            assert answer.status_code == 403, (route.path, data, headers)
    assert {bool(route.rule.uploads) for route in deeds} == {True, False}
    assert len(deeds) > 15
    assert browser.get("/profil").status_code == 200
    assert not [p for p in desk.office.root.layout.inbox.iterdir() if p.is_file() and p.name[0] != "."]
    assert {e.kind for e in desk.app.state.desk.access_log.entries("2026-11")} <= {"GET /"}


@pytest.mark.parametrize("headers", [{"origin": "https://jahat.example"}, {"sec-fetch-site": "cross-site"}])
def test_a_form_from_another_site_does_nothing(desk, headers):
    admin = desk.browser("admin")

    answer = admin.post_form("/akun", {"login": "baru.rekaan", "nama": "Baru Rekaan"}, headers=headers)

    assert answer.status_code == 403
    assert "baru.rekaan" not in [a.login for a in desk.people.accounts.all()]


def test_a_form_that_is_too_large_is_refused_however_it_is_announced(desk):
    browser = desk.stranger()
    flood = (b"x" * 65536 for _ in range(40))

    answer = browser.post("/masuk", content=flood, headers={"content-type": "application/x-www-form-urlencoded"})

    assert answer.status_code == 413


@pytest.mark.parametrize("page", ["/masuk", "/masuk/pertama", "/masuk/tautan", "/status"])
def test_a_stranger_sends_small_forms_alone(desk, page):
    answer = desk.stranger().post(page, data={"csrf": "x" * 20_000})

    assert answer.status_code == 413


def test_every_answer_carries_the_security_headers(desk):
    for path in ("/masuk", "/", "/statis/meja.css", "/tidak-ada"):
        headers = desk.stranger().get(path).headers

        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cache-control"] == "no-store" or path.startswith("/statis/")


def test_another_host_name_is_not_answered(desk):
    answer = desk.stranger().get("/masuk", headers={"host": "jahat.example"})

    assert answer.status_code == 421


def test_a_page_that_breaks_tells_nothing_of_its_inside(desk, monkeypatch, caplog):
    browser = desk.browser("tim-yankomas")

    def broken():
        raise RuntimeError("Siti Rekaan 1771012345670001")

    monkeypatch.setattr(desk.app.state.desk.book, "mark", broken)
    answer = browser.get("/")

    assert answer.status_code == 500
    assert "Siti" not in answer.text
    assert "Siti" not in caplog.text
    assert "RuntimeError" in caplog.text


def test_login_leads_back_to_the_page_that_was_asked_for(desk):
    desk.account("siti.rekaan", "tim-yankomas")
    browser = desk.stranger()
    sent = browser.get("/register?tahun=2026").headers["location"]

    answer = browser.post(
        "/masuk",
        data={
            "login": "siti.rekaan",
            "sandi": PASSWORD,
            "lanjut": "/register?tahun=2026",
            "csrf": browser.token(sent),
        },
    )

    assert sent == "/masuk?lanjut=/register%3Ftahun%3D2026"
    assert answer.headers["location"] == "/register?tahun=2026"


@pytest.mark.parametrize("elsewhere", ["https://jahat.example", "//jahat.example", "/\\jahat.example", "jahat"])
def test_login_never_leads_to_another_site(desk, elsewhere):
    desk.account("siti.rekaan", "tim-yankomas")
    browser = desk.stranger()

    answer = browser.post_form("/masuk", {"login": "siti.rekaan", "sandi": PASSWORD, "lanjut": elsewhere})

    assert answer.headers["location"] == "/"


def _secret_case(desk):
    """A case that only its handlers may see; Kadiv is none of them."""
    answers = {"perihal": "Perihal sangat rahasia", "pelapor": ["Siti"], "terlapor": "Instansi", "uraian": "Uraian"}
    number = desk.office.open("lisan", answers)
    desk.office.decide(number, "koreksi", "tim-yankomas", {"sifat": "rahasia", "alasan": "Menyangkut anak"})
    return number


def test_no_page_of_a_secret_case_opens_to_who_has_no_part_in_it(desk):
    _secret_case(desk)
    kadiv = desk.browser("kadiv")
    token = kadiv.token("/profil")

    for route in pages_of(desk):
        if "{serial}" not in route.path or not may(standing("kadiv"), route.rule.right):
            continue
        for method in sorted(route.methods - {"HEAD"}):
            files = {"berkas": ("surat.pdf", b"isi")} if route.rule.uploads else None
            data = {"csrf": token} if method == "POST" else None
            answer = kadiv.request(method, path_of(route), data=data, files=files)

            assert answer.status_code == 403, (method, route.path)
            assert "bersifat rahasia" in answer.text, (method, route.path)


def test_no_endpoint_of_a_secret_case_opens_to_who_has_no_part_in_it(desk):
    number = _secret_case(desk)
    before, now = desk.office.root.cabinet.case(number).head, desk.clock.now()
    key = desk.people.tokens.make("pemindai", "kadiv", now.date(), "admin", now)
    program = desk.stranger()

    for path, method, rule in endpoints_of(desk):
        if "/2026/" in path and may(standing("kadiv"), rule.right):
            answer = program.request(method, path, headers={"authorization": f"Bearer {key}"}, json={})

            assert answer.status_code == 403 or (method == "POST" and 400 <= answer.status_code < 500), (method, path)
            assert "sangat rahasia" not in answer.text, (method, path)
    assert desk.office.root.cabinet.case(number).head == before


def _api(desk, role, path):
    """What a program with a token of that role is answered."""
    key = desk.people.tokens.make("pemindai", role, desk.clock.now().date(), "admin", desk.clock.now())
    return desk.stranger().get(f"/api{path}", headers={"authorization": f"Bearer {key}"})


def test_programs_are_told_of_a_secret_case_its_number_and_nothing_else(desk):
    number = _secret_case(desk)
    desk.office.decide(number, "koreksi", "tim-yankomas", {"kerentanan": ["anak"], "alasan": "Korban masih anak"})
    desk.clock.forward(days=90)

    (row,) = _api(desk, "kadiv", "/register").json()["rows"]
    (own,) = _api(desk, "tim-yankomas", "/register").json()["rows"]

    told = {name for name, value in row.items() if value not in (None, [], 0, False, "(rahasia)", ["(rahasia)"])}
    assert told == {"number", "year", "serial", "register_number", "received_at", "closed"}
    assert (own["kerentanan"], own["closed"]) == (["anak"], False)
    assert _api(desk, "kadiv", "/tenggat").json() == []
    assert {due["number"] for due in _api(desk, "tim-yankomas", "/tenggat").json()} == {str(number)}


def test_a_letter_that_resembles_a_secret_one_does_not_tell_of_it(desk):
    text = " ".join(f"kata{n} pengaduan{n}" for n in range(60)).encode()
    for name in ("satu.pdf", "dua.pdf"):
        (desk.office.root.layout.inbox / name).write_bytes(text + name.encode())
        desk.office.run_once()
    first = CaseNumber(2026, 1)
    before = _api(desk, "kadiv", "/kasus/2026/0002").text
    desk.office.decide(first, "koreksi", "tim-yankomas", {"sifat": "rahasia", "alasan": "Menyangkut anak"})

    assert "2026/0001" in before
    assert "2026/0001" not in _api(desk, "kadiv", "/kasus/2026/0002").text
    assert "2026/0001" not in desk.browser("kadiv").get("/kasus/2026/0002").text
    assert "2026/0001" in _api(desk, "tim-yankomas", "/kasus/2026/0002").text


@pytest.mark.parametrize("path", ["/kasus/2026/0001/bag", "/kasus/2026/0001/naskah/01-catatan.txt"])
def test_who_may_not_have_originals_gets_none_by_the_api_either(desk, path):
    desk.office.open("lisan", {"perihal": "Hal", "pelapor": ["Siti"], "terlapor": "Instansi", "uraian": "Uraian"})

    assert _api(desk, "kakanwil", path).status_code == 403
    assert desk.browser("kakanwil").get(f"/api{path}").status_code == 403
    assert _api(desk, "arsiparis", path).status_code == 200


def test_lists_show_of_a_secret_case_its_number_and_nothing_else(desk):
    _secret_case(desk)

    shown = {role: desk.browser(role).get("/register").text for role in ("kadiv", "tim-yankomas")}

    assert "0001/YANKOMAS/2026" in shown["kadiv"]
    assert "sangat rahasia" not in shown["kadiv"]
    assert "sangat rahasia" in shown["tim-yankomas"]


def test_pages_branch_on_no_words_that_people_read():
    pages = Path(desk_package.__file__).parent / "pages"
    compared = re.compile(r"""(?:==|!=)\s*["'][^"']* [^"']*["']|["'][^"']* [^"']*["']\s*:[^{}]*\}\s*(?:\[|\.get\()""")

    found = [f"{page.name}: {words[0]}" for page in pages.iterdir() for words in compared.finditer(page.read_text())]

    assert found == []
