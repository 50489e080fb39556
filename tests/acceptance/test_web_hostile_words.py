"""Words that were written to do harm: shown on every page as words, in addresses answered as what there is none of."""

from __future__ import annotations

import re

import pytest
from web_desk import WebDesk
from web_routes import pages_of, path_of

from pipeline.cases.sop import in_force
from pipeline.cases.sop_rows import FormField

MARK = "<img src=x onerror=zz1>"
EVIL = f"\"'>{MARK}{{{{7*7}}}}{{%raw%}}"
_PERSON = {**dict.fromkeys(("nama", "alamat", "surel", "pekerjaan"), EVIL), "telepon": "0812-3456-7890"}
_QUESTIONS = (
    "q",
    "tahun",
    "bulan",
    "bagian",
    "hal",
    "keadaan",
    "akun",
    "perkara",
    "lanjut",
    "jenis",
    "wilayah",
    "semua",
)
_ANSWERS = ("login", "nama", "nip", "peran", "nomor", "berkas", "alasan", "sebagai", "kode", "kunci", "tambah", "token")
_NO_PLACES = (
    "..",
    "..%2f..%2f..%2f..%2fetc%2fpasswd",
    "%2Fetc%2Fpasswd",
    "..%5c..%5coffice.toml",
    "%00",
    "01-catatan.txt%00.pdf",
    "%0d%0aX-Jahat:1",
    "%ff",
    "9" * 4000,
    "-1",
)
#: What takes no words and has the machine work for seconds.
_WORK = ("/mesin", "/kerja/periksa", "/percobaan")
#: A page that opens the draft's Word file: of a fake office that is none.
_NEEDS_WORD = "/isi/{template}"


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    desk = WebDesk(tmp_path_factory.mktemp("kantor"))
    sop = in_force(desk.office.root.editions, desk.clock.now().date())
    desk.office.open("lisan", {field.name: _answer(field) for field in sop.register if _answer(field)})
    for name, text in ((f"{EVIL.replace('/', '')}.pdf", EVIL), (f"b{MARK}.pdf", "BAD"), (f"c{MARK}.part", "x")):
        desk.office.drop(name, text.encode())
    desk.office.run_once()
    desk.account("semua", "tim-yankomas", "kakanwil", "kadiv", "kabid", "kasubbid", "arsiparis", "admin")
    desk.people.accounts.make("siti", EVIL, [], desk.clock.now(), EVIL)
    desk.people.tokens.make(EVIL, "kabid", desk.clock.now().date(), "semua", desk.clock.now())
    return desk


def _answer(field: FormField):
    return {"orang": [_PERSON], "daftar": [EVIL], "teks": EVIL, "paragraf": EVIL}.get(field.kind)


def _routes(desk):
    for route in pages_of(desk):
        if route.path not in ("/keluar", "/peristiwa"):  # ends the session; never ends
            yield from ((route, method) for method in sorted(route.methods - {"HEAD"}))


def test_what_was_written_is_never_a_part_of_a_page(desk):
    browser = desk.come_in("semua")
    token, shown = browser.token("/profil"), 0

    for route, method in _routes(desk):
        path = path_of(route)
        if path.endswith((".pdf", ".xlsx", ".zip", *(_WORK if method == "POST" else ()))):  # with tests of their own
            continue
        if method == "GET":
            answers = [browser.get(path), browser.get(path, params=dict.fromkeys(_QUESTIONS, EVIL))]
        else:
            answers = [browser.post(path, data={**dict.fromkeys(_ANSWERS, EVIL), "csrf": token})]
        for answer in answers:
            if answer.headers.get("content-type", "").startswith(("text/html", "image/svg")):
                assert MARK not in answer.text, (method, route.path)
                assert "onerror=zz1" not in re.sub(r"&lt;img src=x onerror=zz1&gt;", "", answer.text), route.path
                shown += "onerror=zz1" in answer.text
    assert shown > 15


@pytest.mark.parametrize("every", [9, pytest.param(1, marks=pytest.mark.slow)], ids=["some", "every"])
def test_what_is_no_part_of_an_address_is_not_found_and_breaks_nothing(desk, every):
    browser = desk.come_in("semua")
    token = browser.token("/profil")

    for turn, (route, method) in enumerate(_routes(desk)):
        parts = re.findall(r"{[^}]+}", route.path)
        if route.path.endswith(_NEEDS_WORD):
            continue
        for part in parts:
            for text in _NO_PLACES[turn % every :: every]:
                path = route.path.replace(part, text)
                for other in parts:
                    path = path.replace(other, path_of(type("Part", (), {"path": other})))
                answer = browser.request(method, path, data={"csrf": token} if method == "POST" else None)

                assert answer.status_code < 500, (method, path)
                assert "root:x:0" not in answer.text
                assert "x-jahat" not in answer.headers
