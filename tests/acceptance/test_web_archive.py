"""The archivists' pages: a folder is found, looked through and taken away; the register is read, narrowed and saved."""

from __future__ import annotations

import io
import re
import sqlite3
import zipfile

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from web_desk import WebDesk

from pipeline.desk.saved_queries import SavedQueries
from pipeline.storage import locks

SITI = {
    "perihal": "Sengketa tanah adat",
    "pelapor": "Siti Rekaan",
    "terlapor": "PT Contoh",
    "uraian": "Lahan kami digusur",
    "tempat_kejadian": "Kabupaten Seluma",
}
BUDI = {**SITI, "perihal": "Upah <b>tidak</b> dibayar", "pelapor": "Budi Contoh", "uraian": "Sudah tiga bulan"}
HIDDEN = {**SITI, "perihal": "Perkara tertutup", "pelapor": "Rina Contoh", "sifat": "rahasia"}


@pytest.fixture
def desk(tmp_path):
    desk = WebDesk(tmp_path / "kantor")
    for told in (SITI, BUDI, HIDDEN):
        desk.office.open("lisan", told)
    yield desk
    desk.app.state.desk.close()


def test_a_folder_is_found_by_a_word_of_its_text_and_the_word_is_marked(desk):
    page = desk.browser("arsiparis").get("/arsip", params={"q": "penggusuran lahan"}).text

    assert "1 map ditemukan" in page
    assert 'href="/arsip/2026/0001"' in page
    assert "<mark>Lahan</mark>" in page
    assert "<mark>digusur</mark>" in page


def test_what_people_wrote_is_shown_and_never_run(desk):
    page = desk.browser("arsiparis").get("/arsip", params={"q": 'upah "><script>'}).text

    assert "<script>" not in page.replace('<script src="', "")
    page = desk.browser("arsiparis").get("/arsip", params={"q": "upah"}).text
    assert "Upah &lt;b&gt;tidak&lt;/b&gt; dibayar" in page


def test_nothing_found_says_what_to_try(desk):
    page = desk.browser("arsiparis").get("/arsip", params={"q": "entah"}).text

    assert "Tidak ada map yang memuat semua kata itu." in page
    assert "Coba kata yang lebih sedikit" in page


def test_a_facet_narrows_and_is_taken_off_again_by_links_alone(desk):
    browser = desk.browser("arsiparis")

    page = browser.get("/arsip", params={"q": "contoh"}).text
    assert "2 map ditemukan" in page
    assert re.search(r'href="/arsip\?tanya=[0-9a-f]{16}&amp;wilayah=Kabupaten\+Seluma"', page)

    narrowed = browser.get("/arsip", params={"q": "contoh budi", "wilayah": "Kabupaten Seluma", "hak": "tiada"}).text
    assert "0 map ditemukan" in narrowed
    assert re.search(r'href="/arsip\?tanya=[0-9a-f]{16}&amp;wilayah=Kabupaten\+Seluma"', narrowed)


def test_who_is_looked_for_stands_in_no_address(desk):
    browser, other = desk.browser("arsiparis"), desk.browser("tim-yankomas")

    sent = browser.post_form("/arsip", {"q": "siti rekaan", "wilayah": "Kabupaten Seluma"})
    answer = browser.get(sent.headers["location"])
    elsewhere = other.get(sent.headers["location"]).text

    assert re.fullmatch(r"/arsip\?tanya=[0-9a-f]{16}&wilayah=Kabupaten\+Seluma", sent.headers["location"])
    assert 'value="siti rekaan"' in answer.text
    assert not [address for address in re.findall(r'(?:href|action)="([^"]*)"', answer.text) if "siti" in address]
    assert "siti rekaan" not in elsewhere
    assert "tidak disimpan; tulis lagi" in elsewhere
    assert browser.post_form("/arsip", {"q": "siti rekaan"}).headers["location"] in answer.text  # without the region
    assert browser.post_form("/arsip", {"q": "  "}).headers["location"] == "/arsip"


def test_the_oldest_questions_are_forgotten_and_no_others():
    questions = SavedQueries()
    names = [questions.keep(b"s", f"kata {n}") for n in range(5001)]

    assert questions.text(b"s", names[0]) is None
    assert questions.text(b"s", names[1]) == "kata 1"
    assert questions.text(b"lain", names[1]) is None


def test_the_head_finds_what_may_be_opened_by_a_name_and_lists_show_initials_all_the_same(desk):
    head = desk.browser("kakanwil")

    page = head.get("/arsip", params={"q": "siti"}).text

    assert "1 map ditemukan" in page
    assert "S*** R***" in page
    assert "Siti Rekaan" not in page
    assert "Lahan kami digusur" not in page  # what people wrote may name others


def test_who_sees_no_names_in_lists_finds_none_by_them(desk):
    division = desk.browser("kadiv")

    assert "0 map ditemukan" in division.get("/arsip", params={"q": "siti"}).text
    page = division.get("/arsip", params={"q": "sengketa"}).text
    assert "1 map ditemukan" in page
    assert "Siti Rekaan" not in page
    assert "S*** R***" in page


def test_a_secret_case_is_found_by_those_it_is_open_to_and_by_nobody_else(desk):
    assert "1 map ditemukan" in desk.browser("tim-yankomas").get("/arsip", params={"q": "tertutup"}).text
    archivist = desk.browser("arsiparis")
    assert "0 map ditemukan" in archivist.get("/arsip", params={"q": "tertutup"}).text
    assert archivist.get("/arsip/2026/0003").status_code == 403
    assert archivist.get("/arsip/2026/0003/berkas.pdf").status_code == 403
    assert archivist.get("/arsip/2026/0003/bag.zip").status_code == 403


def test_a_folder_shows_its_papers_in_the_order_of_the_sop(desk):
    page = desk.browser("arsiparis").get("/arsip/2026/0001").text

    assert page.index("Catatan pengaduan") < page.index("Tanda terima") < page.index("Lembar disposisi")
    assert "Lahan kami digusur" in page
    assert 'href="/arsip/2026/0001/berkas.pdf"' in page


def test_a_folder_is_taken_away_as_pdf_zip_and_bag_and_that_is_written_down(desk):
    browser = desk.browser("arsiparis")

    pdf = browser.get("/arsip/2026/0001/berkas.pdf")
    assert len(PdfReader(io.BytesIO(pdf.content)).pages) >= 5
    assert pdf.headers["content-disposition"] == 'attachment; filename="berkas-2026-0001.pdf"'
    names = zipfile.ZipFile(io.BytesIO(browser.get("/arsip/2026/0001/berkas.zip").content)).namelist()
    assert "2026-0001/01-catatan.txt" in names
    names = zipfile.ZipFile(io.BytesIO(browser.get("/arsip/2026/0001/bag.zip").content)).namelist()
    assert {"2026-0001/bagit.txt", "2026-0001/journal.jsonl"} <= set(names)

    log = desk.app.state.desk.access_log
    seen = [entry.data for month in log.months() for entry in log.entries(month)]
    assert [data["case"] for data in seen].count("2026/0001") == 3
    assert "Siti" not in str(seen)


@pytest.mark.parametrize(
    ("role", "path", "status"),
    [
        ("kabid", "/arsip/2026/0001/berkas.pdf", 403),
        ("kabid", "/register/buku.xlsx", 403),
        ("kakanwil", "/arsip/2026/0001/berkas.pdf", 200),
        ("kakanwil", "/arsip/2026/0001/berkas.zip", 403),
        ("kakanwil", "/register/buku.csv", 200),
        ("admin", "/arsip", 403),
    ],
)
def test_who_may_take_what_away(desk, role, path, status):
    assert desk.browser(role).get(path).status_code == status


def test_the_register_is_narrowed_by_month_and_state_and_hides_what_is_secret(desk):
    browser = desk.browser("arsiparis")

    page = browser.get("/register").text
    assert "3 perkara" in page
    assert "Perkara tertutup" not in page
    assert "Tidak ada perkara dengan saringan ini." in browser.get("/register", params={"bulan": "3"}).text
    state = next(hit.state for hit in desk.office.search().hits)
    open_ones = browser.get("/register", params={"bulan": "11", "keadaan": state}).text
    assert "2 perkara" in open_ones
    assert f"{state} (2)" in open_ones
    own = desk.browser("tim-yankomas").get("/register", params={"bulan": "11", "keadaan": state}).text
    assert "3 perkara" in own


def test_the_register_is_saved_with_nothing_in_it_that_its_reader_may_not_see(desk):
    sheet = load_workbook(io.BytesIO(desk.browser("arsiparis").get("/register/buku.xlsx?tahun=2026").content)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    assert [row[0] for row in rows] == ["0001/YANKOMAS/2026", "0002/YANKOMAS/2026", "0003/YANKOMAS/2026"]
    assert "Siti Rekaan" in rows[0]
    assert "Rina Contoh" not in rows[2]
    assert "Perkara tertutup" not in rows[2]

    text = desk.browser("kakanwil").get("/register/buku.csv?tahun=2026").text
    assert text.startswith("\ufeffNo. register,Diterima,")
    assert "S*** R***" in text
    assert "Siti Rekaan" not in text


def test_while_the_index_is_made_anew_the_register_says_so_and_no_file_lacks_cases(desk):
    browser, layout = desk.browser("arsiparis"), desk.office.root.layout
    before = browser.get("/register").text
    with sqlite3.connect(layout.search_index) as base:  # an upgrade's making has come so far
        base.execute("UPDATE progress SET position = NULL")
        base.execute("DELETE FROM cases")

    with locks.held(layout.locks / "indeks"):
        desk.office.open("lisan", {**SITI, "uraian": "Lain"})
        during = browser.get("/register").text
        files = [browser.get(f"/{name}").status_code for name in ("register/buku.csv", "arsip/daftar-aktif.xlsx")]
    after = browser.get("/register").text

    assert "sedang disusun ulang" in during
    assert "masih kosong" not in during
    assert files == [503, 503]
    assert "sedang disusun" not in before + after
    assert browser.get("/register/buku.csv").status_code == 200


def test_one_searches_from_every_page(desk):
    for path in ("/", "/register", "/ringkasan", "/profil"):
        page = desk.browser("kakanwil").get(path).text
        assert '<form method="post" action="/arsip" class="cari-kepala"' in page
    assert "cari-kepala" not in desk.browser("admin").get("/akun").text
