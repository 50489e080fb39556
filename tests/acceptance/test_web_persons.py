"""The survey at the complainant's page, requests on personal data, breaches and terms of keeping, on the desk."""

from __future__ import annotations

import io
import re

import pytest
from fakes import FixedChance
from openpyxl import load_workbook
from web_desk import WebDesk

from pipeline.cases.case_number import CaseNumber
from pipeline.survey.questionnaire import questionnaire

CODE = FixedChance().code()
GOOD = {element.key: "3" for element in questionnaire().elements}


@pytest.fixture
def desk(tmp_path):
    desk = WebDesk(tmp_path / "kantor")
    desk.office.open("lisan", {"perihal": "Upah", "pelapor": ["Siti Rekaan"], "terlapor": ["PT Rekaan"], "uraian": "x"})
    desk.office.root.book.refresh()
    return desk


@pytest.fixture
def ended(desk):
    desk.office.decide(CaseNumber(2026, 1), "batal", "tim-yankomas", {"alasan": "x"})
    return desk


def test_the_survey_opens_at_the_end_and_takes_one_answer_without_a_script(ended):
    browser = ended.stranger()
    page = browser.post_form("/status", {"kode": CODE}).text
    assert 'action="/status/survei"' in page
    assert all(element.question in page for element in questionnaire().elements)

    unfinished = browser.post_form("/status/survei", {**GOOD, "kode": CODE, "waktu": ""}, page="/status")
    assert (unfinished.status_code, unfinished.text.count("checked")) == (422, 8)
    taken = browser.post_form("/status/survei", {**GOOD, "kode": CODE}, page="/status")
    again = browser.post_form("/status/survei", {**GOOD, "kode": CODE}, page="/status")

    assert (taken.status_code, again.status_code) == (200, 409)
    assert "sudah diisi" in again.text
    assert "/status/survei" not in browser.post_form("/status", {"kode": CODE}).text


def test_before_the_end_and_without_a_code_there_is_no_survey(desk):
    browser = desk.stranger()

    assert "/status/survei" not in browser.post_form("/status", {"kode": CODE}).text
    assert browser.post_form("/status/survei", {**GOOD, "kode": CODE}, page="/status").status_code == 409
    for _ in range(10):
        assert (
            browser.post_form("/status/survei", {**GOOD, "kode": "ZZZZ-ZZZZ-ZZZZ"}, page="/status").status_code == 404
        )
    assert browser.post_form("/status/survei", {**GOOD, "kode": CODE}, page="/status").status_code == 429


def test_no_log_no_journal_and_no_file_says_that_this_case_answered(ended, caplog):
    root = ended.office.root
    lines = len(root.case(CaseNumber(2026, 1)).entries)
    before = {path for path in root.layout.root.rglob("*") if path.is_file()}
    with caplog.at_level("DEBUG"):
        ended.stranger().post_form("/status/survei", {**GOOD, "kode": CODE}, page="/status")

    assert CODE not in caplog.text
    assert len(root.case(CaseNumber(2026, 1)).entries) == lines
    assert root.access_log.months() == []
    new = {path.name for path in root.layout.root.rglob("*") if path.is_file()} - {path.name for path in before}
    tries = {"akun.sqlite3", "akun.sqlite3-shm", "akun.sqlite3-wal"}  # counts guesses, and knows no code
    published = {"terbitan", "kode-halaman"}  # at the centre: what letters are drawn with
    assert new - tries - published <= {"tanda", "ikm-laman", "kode-status", "kode-status.sqlite"}
    assert CODE.replace("-", "").encode() not in b"".join(p.read_bytes() for p in root.layout.people.glob("*"))


def test_paper_is_typed_in_and_the_index_is_shown_with_its_files(desk):
    browser = desk.browser("tim-yankomas")
    wrong = browser.post_form("/kepuasan/kertas", {"waktu": "3"})
    assert wrong.status_code == 422
    for _ in range(5):
        assert browser.post_form("/kepuasan/kertas", GOOD).status_code == 303

    page = browser.get("/kepuasan").text
    assert "75,00" in page
    book = load_workbook(io.BytesIO(browser.get("/kepuasan/laporan?jenis=xlsx").content))
    assert book.sheetnames == ["IKM", "Unsur", "Responden"]
    assert "Waktu penyelesaian,3.00" in browser.get("/kepuasan/laporan?jenis=csv").text
    assert browser.get("/kepuasan?semester=2026-9").status_code == 422
    assert "Belum cukup jawaban" in browser.get("/kepuasan?semester=2025-1").text
    assert desk.browser("kadiv").get("/kepuasan/kertas").status_code == 403


def test_a_request_goes_from_its_register_to_the_answer(desk):
    browser = desk.browser("tim-yankomas")
    asked = {"hak": "akses", "nama": "Siti Rekaan", "cara": "loket", "isi": "Data saya"}
    assert browser.post_form("/data-pribadi", {**asked, "isi": ""}).status_code == 422
    assert browser.post_form("/data-pribadi", asked).headers["location"] == "/data-pribadi/1"
    here = "/data-pribadi/1"

    assert browser.post_form(f"{here}/berkas", page=here).status_code == 403  # nobody knows who asks
    assert browser.get(f"{here}/surat").status_code == 403
    browser.post_form(f"{here}/identitas", {"cara": "KTP di loket"}, page=here)
    browser.post_form(f"{here}/perkara", {"perkara": ["2026/0001", "2026/0099"]}, page=here)
    assert desk.office.root.person_requests.lines()[-1].told == {"perkara": ["2026/0001"]}
    file = browser.post_form(f"{here}/berkas", page=here)
    assert "Siti Rekaan" in str(list(load_workbook(io.BytesIO(file.content))["Data diri"].values))
    assert [e.data.get("case") for e in desk.office.root.access_log.entries("2026-11") if "berkas" in e.kind][
        -1
    ] == "2026/0001"
    assert (
        browser.post_form(f"{here}/jawaban", {"hasil": "ditolak", "alasan": "", "kata": "x"}, page=here).status_code
        == 422
    )
    assert (
        browser.post_form(f"{here}/jawaban", {"hasil": "dipenuhi", "kata": "Dilampirkan."}, page=here).status_code
        == 303
    )
    assert "tepat waktu" in browser.get(here).text
    assert browser.get(f"{here}/surat?jenis=docx").content[:2] == b"PK"
    assert browser.get("/data-pribadi/9").status_code == 404
    assert desk.browser("admin").get("/data-pribadi").status_code == 403


def test_what_is_late_stands_on_my_desk_of_those_who_answer_and_of_nobody_else(desk):
    asked = {"hak": "akses", "nama": "Siti Rekaan", "cara": "loket", "isi": "Data saya"}
    desk.browser("tim-yankomas").post_form("/data-pribadi", asked)
    desk.browser("admin").post_form("/kebocoran", {"bagaimana": "Laptop hilang", "data": "NIK"})
    desk.clock.forward(seconds=73 * 3600)

    team, head, admin, archivist = (
        desk.browser(r).get("/").text for r in ("tim-yankomas", "kakanwil", "admin", "arsiparis")
    )

    for page in (team, head):
        assert re.search(r'href="/data-pribadi/1".*?lewat 1 jam', page, re.DOTALL)
        assert 'href="/kebocoran/1"' in page
    assert 'href="/kebocoran/1"' in admin
    assert "/data-pribadi/1" not in admin
    assert "/data-pribadi/1" not in archivist


def test_a_breach_goes_through_its_checklist_to_both_notices(desk):
    browser, here = desk.browser("admin"), "/kebocoran/1"
    browser.post_form("/kebocoran", {"bagaimana": "Laptop hilang", "data": "Nama, NIK"})

    assert browser.get(f"{here}/surat?kepada=subjek").status_code == 403  # what must be told is not known yet
    told = {"bagaimana": "Laptop hilang", "data": "Nama, NIK", "terjadi": "kemarin", "upaya": "Akun dikunci"}
    assert browser.post_form(f"{here}/diketahui", told, page=here).status_code == 303
    assert (
        browser.post_form(f"{here}/langkah", {"langkah": "hentikan", "kata": "dikunci"}, page=here).status_code == 303
    )
    for to in ("subjek", "lembaga"):
        sent = {"kepada": to, "kata": "surat", "pada": ""}
        assert browser.post_form(f"{here}/pemberitahuan", sent, page=here).status_code == 303
        assert browser.get(f"{here}/surat?kepada={to}").content[:2] == b"PK"
    assert browser.post_form(f"{here}/ngawur", {"kata": "x"}, page=here).status_code == 404
    assert browser.post_form(f"{here}/tutup", {"kata": "laptop ditemukan"}, page=here).status_code == 303
    assert browser.post_form(f"{here}/tutup", {"kata": "lagi"}, page="/kebocoran").status_code == 403
    assert "laptop ditemukan" in browser.get(here).text


def test_terms_are_the_admins_alone_and_nothing_is_due_in_a_young_office(desk):
    page = desk.browser("admin").get("/masa-simpan")

    assert "Tidak ada tahun" in page.text
    young = {"tahun": "2026", "alasan": "x"}
    assert desk.browser("admin").post_form("/masa-simpan/akses", young, page="/akses").status_code == 403
    assert desk.browser("kakanwil").get("/masa-simpan").status_code == 403
