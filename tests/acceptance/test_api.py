"""The API: programs read and do by token what people read and do at the desk, and mistakes come back in words."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile

import pytest
from fakes import FixedChance
from web_desk import WebDesk

from pipeline.cases.case_number import CaseNumber
from pipeline.desk.api.problems import problem_of
from pipeline.desk.throttle import Rate, Throttle
from pipeline.errors import EngineFault, Passing, TooSlow, Uncertain
from pipeline.work.store.setup import samples

TOLD = {
    "perihal": "Upah tidak dibayar",
    "pelapor": [{"nama": "Siti Rekaan", "nik": "1771014501850001"}],
    "terlapor": ["PT Rekaan"],
    "uraian": "Tiga bulan",
    "tempat_kejadian": "Kab. Seluma",
}
FIRST = CaseNumber(2026, 1)
CONFIRMED = {"ringkasan": "Upah tiga bulan", "hak": ["kesejahteraan"], "cara_penyampaian": "langsung"}


class Program:
    """A program with a token of one role."""

    def __init__(self, desk: WebDesk, role: str) -> None:
        now = desk.clock.now()
        key = desk.people.tokens.make(f"program {role}", role, now.date(), "admin", now)
        self.headers = {"authorization": f"Bearer {key}", "host": "127.0.0.1:8017"}
        self._client = desk.stranger()

    def call(self, method: str, path: str, **more):
        headers = {**self.headers, **more.pop("headers", {})}
        return self._client.request(method, f"/api{path}", headers=headers, **more)

    def get(self, path: str, **query):
        answer = self.call("GET", path, params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def move(self, key: str, typed: dict | str | None = None, **fields):
        files = fields.pop("files", None)
        isian = typed if isinstance(typed, str) else json.dumps(typed or {})
        form = {name: (None, str(value)) for name, value in {"isian": isian, **fields}.items()}
        return self.call("POST", f"/kasus/2026/0001/gerak/{key}", files={**form, **(files or {})})


@pytest.fixture
def desk(tmp_path):
    desk = WebDesk(tmp_path / "kantor")
    desk.office.open("lisan", TOLD)
    return desk


@pytest.fixture
def team(desk):
    return Program(desk, "tim-yankomas")


def test_desks_of_one_process_answer_each_of_its_own_office(desk, team, tmp_path):
    other = WebDesk(tmp_path / "kantor-lain")
    there = Program(other, "tim-yankomas")

    assert [len(program.get("/register")["rows"]) for program in (team, there, team)] == [1, 0, 1]


def problem(answer) -> dict:
    assert answer.headers["content-type"] == "application/problem+json"
    found = answer.json()
    assert found["status"] == answer.status_code
    assert found["type"] == f"urn:yankomas:galat:{found['code']}"
    assert found["title"].endswith(".")
    return found


def test_what_may_be_done_already_is_no_reason_to_come_again():
    unsure, away = problem_of(Uncertain("Belum pasti.")), problem_of(Passing("Tidak dapat dihubungi."))

    assert (unsure.status_code, b'"belum-pasti"' in unsure.body, "retry-after" in unsure.headers) == (503, True, False)
    assert (away.status_code, b'"sementara"' in away.body, "retry-after" in away.headers) == (503, True, True)


def test_a_file_that_took_too_long_may_be_sent_again_and_a_child_that_broke_is_in_the_log(caplog):
    late, broken = problem_of(TooSlow("Terlalu lama.", "Coba lagi.")), problem_of(EngineFault("Siti Rekaan.pdf"))

    assert (late.status_code, b'"terlalu-lama"' in late.body, "retry-after" in late.headers) == (503, True, True)
    assert "Coba lagi." in late.body.decode()
    assert broken.status_code == 500
    assert "EngineFault" in caplog.text
    assert "Siti" not in broken.body.decode() + caplog.text


# Reading.


def test_the_register_comes_in_parts(desk, team):
    desk.office.open("berita", {"perihal": "Banjir", "terlapor": ["Pemda"], "uraian": "Koran"})

    whole, part = team.get("/register"), team.get("/register", tahun=2026, mulai=1, banyak=1)

    assert (whole["total"], [row["number"] for row in whole["rows"]]) == (2, ["2026/0001", "2026/0002"])
    assert (part["total"], [row["perihal"] for row in part["rows"]]) == (2, ["Banjir"])
    assert team.get("/register", tahun=1999) == {"total": 0, "rows": []}


def test_names_are_masked_for_a_token_whose_role_does_not_need_them(desk, team):
    assert team.get("/register")["rows"][0]["pelapor"] == ["Siti Rekaan"]
    assert Program(desk, "kadiv").get("/register")["rows"][0]["pelapor"] == ["S*** R***"]


def test_what_falls_due_says_whose_it_is(team):
    due, form = team.get("/tenggat", hari=30)

    assert (due["letter"], form["letter"], form["state"]) == (
        "",
        "01-formulir-pengaduan",
        "formulir pengaduan menunggu tanda tangan",
    )
    assert (due["number"], due["roles"], due["holders"][0]["title"]) == (
        "2026/0001",
        ["tim-yankomas"],
        "Petugas Yankomas",
    )


def test_what_is_found_shows_where_it_stands_and_masks_names(desk, team):
    desk.office.root.index.refresh()

    (hit,) = team.get("/cari", q="upah")["hits"]
    assert (hit["number"], hit["exact"]) == ("2026/0001", True)
    assert any(part["hit"] for place in hit["places"] for part in place["parts"])
    masked = Program(desk, "kadiv")
    assert masked.get("/cari", q="siti")["total"] == 0
    assert masked.get("/cari", q="upah")["hits"][0]["pelapor"] == ["S*** R***"]


def test_a_case_comes_whole_but_no_nik_and_no_status_code_and_no_folder(desk, team):
    found = team.get("/kasus/2026/0001")

    assert found["fields"]["perihal"]["nilai"] == "Upah tidak dibayar"
    assert found["fields"]["pelapor"][0]["nik"]["nilai"] == "************0001"
    assert "1771014501850001" not in json.dumps(found)
    assert FixedChance().code() not in json.dumps(found)
    assert str(desk.office.root.layout.root) not in json.dumps(found)
    assert found["events"][0]["kind"] == "diterima"


def test_the_open_moves_say_what_they_ask(team):
    moves = {move["key"]: move for move in team.get("/kasus/2026/0001/gerak")}

    assert moves["konfirmasi"]["register"] is True
    assert moves["konfirmasi"]["required"] == ["ringkasan", "hak"], "the register's fields that are still blank"
    assert moves["batal"]["required"] == ["alasan"]
    assert moves["batal"]["fields"][0]["kind"] == "paragraf"


def test_a_document_is_downloaded_by_those_who_may(desk, team):
    name = next(d["name"] for d in team.get("/kasus/2026/0001")["documents"] if d["name"].startswith("01-tanda"))
    original = team.get("/kasus/2026/0001")["documents"][0]["name"]

    assert team.call("GET", f"/kasus/2026/0001/naskah/{name}").status_code == 200
    refused = Program(desk, "kadiv").call("GET", f"/kasus/2026/0001/naskah/{original}")
    assert problem(refused)["code"] == "gerak-tidak-diizinkan"
    assert problem(team.call("GET", "/kasus/2026/0001/naskah/tidak-ada.pdf"))["code"] == "tidak-ada"
    assert problem(team.call("GET", "/kasus/2026/0001/naskah/..%2Fjournal.jsonl"))["code"] == "tidak-ada"


def test_a_whole_folder_is_taken_away_as_its_bag(team):
    answer = team.call("GET", "/kasus/2026/0001/bag")

    names = zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    assert any(name.endswith("journal.jsonl") for name in names)
    assert answer.headers["content-disposition"] == 'attachment; filename="2026-0001.zip"'


def test_a_download_that_broke_off_goes_on_by_the_files_hash_wherever_it_is_kept(desk, team):
    document = desk.office.root.cabinet.case(FIRST).documents[0]
    path = f"/kasus/2026/0001/naskah/{document.name}"
    first = team.call("GET", path)

    rest = team.call("GET", path, headers={"range": "bytes=2-", "if-range": first.headers["etag"]})

    assert first.headers["etag"] == f'"{document.sha256}"'
    assert "last-modified" not in first.headers
    assert (rest.status_code, rest.content) == (206, first.content[2:])


def test_the_soundness_of_a_case_is_told_with_what_is_wrong(desk, team):
    assert team.get("/kasus/2026/0001/keutuhan") == {"sound": True, "findings": []}
    names = [document.name for document in desk.office.root.cabinet.case(FIRST).documents]
    desk.office.harm(FIRST, next(name for name in names if re.match(r"01-tanda-terima.*\.docx", name)))

    found = team.get("/kasus/2026/0001/keutuhan")
    assert not found["sound"]
    assert found["findings"][0]["code"] == "berubah"


def test_the_figures_are_those_of_the_page(team):
    found = team.get("/ringkasan", tahun=2026, bulan=11)

    assert (found["period"]["label"], found["flow"]["received"]) == ("November 2026", 1)
    assert problem(team.call("GET", "/ringkasan?triwulan=1&bulan=2"))["code"] == "isian"
    assert problem(team.call("GET", "/ringkasan?triwulan=5"))["fields"] == ["query.triwulan"]


def test_the_report_comes_as_a_file(team):
    answer = team.call("GET", "/ringkasan/laporan?jenis=xlsx&tahun=2026")

    assert answer.headers["content-disposition"] == 'attachment; filename="laporan-yankomas-2026.xlsx"'
    assert answer.content.startswith(b"PK")


def test_a_kiosk_can_answer_a_complainant(team):
    answer = team.call("POST", "/status", json={"kode": FixedChance().code().lower()})

    assert answer.json()["stages"][answer.json()["stage"] - 1] == "Dicatat"
    assert problem(team.call("POST", "/status", json={"kode": "ZZZZ-ZZZZ-ZZZZ"}))["code"] == "tidak-ada"


# Doing.


def test_a_move_is_made_as_at_the_desk(desk, team):
    answer = team.move("konfirmasi", CONFIRMED)

    assert answer.json()["state_key"] == "penyampaian", answer.text
    case = desk.office.root.cabinet.case(FIRST)
    assert (case.made[-1].role, case.register["ringkasan"]) == ("tim-yankomas", "Upah tiga bulan")
    assert answer.json()["seq"] == case.entries[-1].seq


def test_a_move_with_a_file_keeps_the_file(desk, team):
    scan = next(path for path in samples() if path.suffix == ".pdf").read_bytes()

    answer = team.move(
        "cabut",
        {"sebab": "permintaan pelapor", "alasan": "damai"},
        files={"berkas": ("cabut.pdf", scan, "application/pdf")},
    )

    assert answer.status_code == 200, answer.text
    case = desk.office.root.cabinet.case(FIRST)
    assert hashlib.sha256(scan).hexdigest() in {d.sha256 for d in case.documents}


def test_a_move_that_is_not_open_or_not_this_roles_is_refused_in_words(desk, team):
    assert problem(team.move("tandatangan"))["code"] == "gerak-tidak-diizinkan"
    refused = Program(desk, "kadiv").move("konfirmasi", CONFIRMED)
    assert "kadiv" in problem(refused)["title"]
    assert problem(team.move("konfirmasi", CONFIRMED, sebagai="kakanwil"))["code"] == "gerak-tidak-diizinkan"


def test_an_incomplete_form_names_all_that_is_missing(team):
    found = problem(team.move("batal"))

    assert (found["status"], found["code"]) == (422, "formulir-belum-lengkap")
    assert "alasan" in found["title"]


@pytest.mark.parametrize("isian", ["[]", "{", "null", '{"a":' + "[" * 50 + "]" * 50 + "}", "[" * 100_000])
def test_answers_that_are_no_object_are_refused(team, isian):
    assert problem(team.move("batal", isian))["code"] == "isian"


def test_what_was_seen_is_a_line_of_the_journal(team):
    assert problem(team.move("batal", {"alasan": "x"}, dilihat="kemarin"))["code"] == "isian"


def test_who_saw_an_older_case_is_told_so(team):
    seen = team.get("/kasus/2026/0001")["events"][-1]["seq"]
    team.move("konfirmasi", CONFIRMED)

    late = team.move("sampaikan", {}, dilihat=seen)
    now = team.move("sampaikan", {}, dilihat=team.get("/kasus/2026/0001")["events"][-1]["seq"])

    assert "sudah bergerak" in problem(late)["title"]
    assert now.status_code == 200


def test_a_file_is_put_into_the_inbox_whole(desk, team):
    letter = b"%PDF-1.7 " + bytes(range(256)) * 999 + b"startxref\n0\n%%EOF"
    answer = team.call("POST", "/kotak-masuk", files=[("berkas", ("surat.pdf", letter))])

    assert answer.status_code == 202
    assert answer.json() == [{"name": "surat.pdf", "bytes": len(letter), "sha256": hashlib.sha256(letter).hexdigest()}]
    assert (desk.office.root.layout.inbox / "surat.pdf").read_bytes() == letter
    (entry,) = team.get("/kotak-masuk")["entries"]
    assert (entry["name"], entry["state"]) == ("surat.pdf", "waiting")
    assert team.get("/kotak-masuk")["totals"]["in"] == 1


def test_a_file_that_was_cut_off_on_its_way_is_refused_at_once_with_those_beside_it(desk, team):
    whole = ("berkas", ("utuh.pdf", b"%PDF-1.7 startxref\n0\n%%EOF"))
    answer = team.call("POST", "/kotak-masuk", files=[whole, ("berkas", ("potong.pdf", b"%PDF-1.7 terpotong"))])

    assert problem(answer)["status"] == 422
    assert "potong.pdf (penutup PDF" in problem(answer)["title"]
    assert not [p for p in desk.office.root.layout.inbox.iterdir() if p.is_file()]


@pytest.mark.parametrize("files", [[("berkas", ("kosong.pdf", b""))], [("berkas", ("", b"isi"))]])
def test_an_empty_file_is_no_letter(desk, team, files):
    assert team.call("POST", "/kotak-masuk", files=files).status_code in (400, 422)
    assert not [p for p in desk.office.root.layout.inbox.iterdir() if p.is_file()]


def test_what_is_no_form_with_files_is_refused_and_leaves_nothing(desk, team):
    for body in (
        {"content": b"isi"},
        {"json": {}},
        {"content": b"--x\r\n", "headers": {"content-type": "multipart/form-data; boundary=x"}},
    ):
        assert problem(team.call("POST", "/kotak-masuk", **body))["status"] == 400
    assert not [p for p in desk.office.root.layout.inbox.iterdir() if p.is_file()]


def test_a_case_is_opened_without_a_letter_and_told_again_it_is_the_same(desk, team):
    news = {"cara": "berita", "isian": {"perihal": "Banjir", "terlapor": ["Pemda"], "uraian": "Koran"}}

    first, again = (team.call("POST", "/kasus", json=news) for _ in range(2))
    assert (first.status_code, first.json()["number"], first.json()["again"]) == (201, "2026/0002", False)
    assert again.json() == {**first.json(), "again": True}
    missing = problem(team.call("POST", "/kasus", json={**news, "isian": {}}))
    assert (missing["code"], "perihal" in missing["title"]) == ("formulir-belum-lengkap", True)
    assert team.call("POST", "/kasus", json={**news, "sebagai": "kabid"}).status_code == 403


@pytest.mark.parametrize(
    "wrong",
    [
        {"pelapor": {"nama": "Siti Rekaan"}},
        {"pelapor": [{"nama": {"depan": "Siti"}}]},
        {"pelapor": [{"nama": "Siti", "gelar": "Dr."}]},
        {"pelapor": "\u200b"},
        {"terlapor": {"0": "PT Rekaan"}},
        {"perihal": ["Upah", "Lembur"]},
        {"perihal": True},
        {"uraian": "Tiga\x1b[2Jbulan"},
        {"uraian": "x" * 20_001},
        {"tanggal_surat": "9999-12-31"},
        {"warna": "biru"},
    ],
)
def test_what_is_not_shaped_as_the_form_asks_takes_no_number(team, wrong):
    told = {"cara": "lisan", "isian": {**TOLD, "uraian": "lain", **wrong}}
    answer = team.call("POST", "/kasus", content=json.dumps(told), headers={"content-type": "application/json"})

    found = problem(answer)
    assert (found["status"], found["code"]) == (422, "formulir-belum-lengkap")
    assert next(iter(wrong)) in found["title"]
    assert team.call("GET", "/kasus/2026/0002").status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        {"cara": "lisan", "isian": TOLD, "lagi": 1},
        {"cara": ["lisan"], "isian": TOLD},
        {"cara": "lisan", "isian": [TOLD]},
    ],
)
def test_what_the_api_does_not_know_is_refused(team, body):
    assert problem(team.call("POST", "/kasus", json=body))["status"] == 422
    assert team.call("GET", "/kasus/2026/0002").status_code == 404


def test_a_misspelt_part_of_a_form_is_not_taken_for_one_left_out(team):
    misspelt = team.move("konfirmasi", CONFIRMED, dilihta="1")
    double = team.call(
        "POST", "/kasus/2026/0001/gerak/konfirmasi", files=[("isian", (None, "{}")), ("isian", (None, "{}"))]
    )

    assert problem(misspelt)["remedy"] == "Isiannya: isian, sebagai, dilihat."
    assert problem(double)["status"] == 422


def test_files_of_the_inbox_are_set_aside_tried_again_and_attached(desk, team):
    team.call("POST", "/kotak-masuk", files=[("berkas", ("surat.pdf", b"%PDF-1.7 startxref\n0\n%%EOF"))])

    aside = team.call("POST", "/kotak-masuk/sisihkan", json={"berkas": "surat.pdf", "alasan": "iklan"}).json()
    assert aside["path"].startswith("ditolak/")
    back = team.call("POST", "/kotak-masuk/ulangi", json={"berkas": aside["path"]}).json()
    assert back["path"] == "surat.pdf"
    placed = team.call("POST", "/kotak-masuk/lampirkan", json={"berkas": "surat.pdf", "perkara": "1/2026"}).json()
    assert placed["path"] == "2026-0001/surat.pdf"
    assert problem(team.call("POST", "/kotak-masuk/ulangi", json={"berkas": "tidak-ada"}))["code"] == "tidak-ada"
    assert problem(team.call("POST", "/kotak-masuk/daftarkan", json={"berkas": "tidak-ada"}))["code"] == "tidak-ada"


def test_a_mail_that_waits_becomes_a_complaint_and_a_stack_is_said_to_be_one(desk, team):
    desk.office.drop("warta.eml", b"MAIL Warta | milis\nIsi warta")
    desk.office.run_once()
    scan = ("tumpukan.pdf", b"%PDF-1.7 startxref\n0\n%%EOF")

    new = team.call("POST", "/kotak-masuk/daftarkan", json={"berkas": "ditolak/warta.eml"}).json()
    stack = team.call("POST", "/kotak-masuk", data={"bolak_balik": "ya"}, files=[("berkas", scan)])

    assert new["path"] == "aduan-baru/warta.eml"
    assert stack.status_code == 202
    assert (desk.office.root.layout.inbox / "bolak-balik" / "tumpukan.pdf").is_file()


# Mistakes, secrets, limits.


def test_without_a_good_token_nothing_is_told(desk):
    for headers in ({}, {"authorization": "Bearer salah"}, {"authorization": "Basic eDp5"}):
        answer = desk.stranger().get("/api/register", headers=headers)

        assert problem(answer)["code"] == "belum-masuk"
        assert answer.headers["www-authenticate"] == "Bearer"


def test_a_misread_parameter_is_named_and_not_repeated(team):
    found = problem(team.call("GET", "/register?tahun=Siti+Rekaan"))

    assert (found["code"], found["fields"]) == ("isian", ["query.tahun"])
    assert "Siti" not in json.dumps(found)


def test_another_address_or_method_is_said_to_be_none(team):
    assert problem(team.call("GET", "/tidak-ada"))["code"] == "tidak-ada"
    assert problem(team.call("GET", "/kasus/2026/1%0A/gerak"))["code"] == "tidak-ada"
    wrong = team.call("DELETE", "/register")
    assert (problem(wrong)["code"], wrong.headers["allow"]) == ("cara", "GET")


@pytest.mark.parametrize("path", ["/kasus/2026/9999", "/kasus/0/0", "/kasus/x/y", "/kasus/2026/1/naskah/x"])
def test_a_case_that_there_is_none_of_is_said_to_be_none(team, path):
    assert problem(team.call("GET", path))["code"] == "tidak-ada"


def test_a_secret_case_is_closed_to_a_token_that_has_no_part_in_it(desk, team):
    team.move("konfirmasi", {**CONFIRMED, "sifat": "rahasia"})
    other = Program(desk, "arsiparis")

    for path in ("", "/gerak", "/naskah/x.pdf", "/bag", "/keutuhan"):
        assert other.call("GET", f"/kasus/2026/0001{path}").status_code == 403, path
    (row,) = other.get("/register")["rows"]
    assert (row["closed"], row["perihal"], row["pelapor"]) == (True, "(rahasia)", ["(rahasia)"])


def test_a_program_fault_tells_nothing_of_its_inside(desk, team, monkeypatch, caplog):
    def broken(_year=None):
        raise RuntimeError("Siti Rekaan")

    monkeypatch.setattr(desk.app.state.desk.book, "rows", broken)
    answer = team.call("GET", "/register")

    assert problem(answer)["code"] == "kesalahan-program"
    assert "Siti" not in answer.text + caplog.text


def test_what_is_read_through_the_api_is_in_the_access_log(desk, team):
    team.get("/kasus/2026/0001")
    log = desk.office.root.access_log
    entries = [entry for month in log.months() for entry in log.entries(month)]

    assert any("/api/kasus" in entry.kind and entry.data.get("case") == "2026/0001" for entry in entries)


def test_who_calls_too_often_waits_and_says_how_long(desk, monkeypatch):
    monkeypatch.setattr(desk.app.state.desk, "callers", Throttle(Rate(3, 60)))
    one, other = Program(desk, "kabid"), Program(desk, "kasubbid")
    for _ in range(3):
        one.get("/register")

    waits = one.call("GET", "/register")
    assert (problem(waits)["code"], waits.headers["retry-after"]) == ("terlalu-sering", "1")
    other.get("/register")
    desk.clock.forward(seconds=1)
    one.get("/register")


def test_a_stranger_who_tries_tokens_is_slowed_down_without_slowing_others(desk, team):
    answers = [desk.stranger().get("/api/register").status_code for _ in range(70)]

    assert (answers[0], answers[-1]) == (401, 429)
    team.get("/register")


def test_programs_see_the_templates_and_their_fields(team):
    rows = {row["template"]: row for row in team.get("/templat")}
    fields = {field["name"]: field for field in team.get("/templat/03-lembar-disposisi")}

    assert rows["03-lembar-disposisi"]["title"] == "Lembar disposisi"
    assert rows["03-lembar-disposisi"]["findings"] == []
    assert fields["nomor_register"]["meaning"] == "nomor register aduan seperti tercetak"
    assert ["kepada", "Kepala Kantor Wilayah"] in fields["alur"]["parts"]
    assert problem(team.call("GET", "/templat/resep"))["status"] == 404


def test_the_description_names_every_address_and_the_problems_shape(team):
    found = team.get("/openapi.json")

    assert set(found["paths"]) == {
        "/register",
        "/tenggat",
        "/cari",
        "/kasus/{year}/{serial}",
        "/kasus/{year}/{serial}/gerak",
        "/kasus/{year}/{serial}/bertanda-tangan",
        "/kasus/{year}/{serial}/gerak/{move}",
        "/kasus/{year}/{serial}/sunting/{template}",
        "/kasus/{year}/{serial}/naskah/{name}",
        "/kasus/{year}/{serial}/naskah/{name}/halaman/{page}",
        "/kasus/{year}/{serial}/samarkan/{name}",
        "/kasus/{year}/{serial}/bag",
        "/kasus/{year}/{serial}/keutuhan",
        "/kasus",
        "/kotak-masuk",
        "/kotak-masuk/daftarkan",
        "/kotak-masuk/lampirkan",
        "/kotak-masuk/sisihkan",
        "/kotak-masuk/ulangi",
        "/kirim",
        "/ringkasan",
        "/ringkasan/laporan",
        "/status",
        "/templat",
        "/templat/{template}",
        "/titipan/{claim}",
        "/titipan/hilang",
    }
    for path in found["paths"].values():
        for operation in path.values():
            assert "application/problem+json" in operation["responses"]["422"]["content"]
