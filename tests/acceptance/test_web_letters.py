"""The letters on the desk: whose turn it is, what each may do, what was sent; and nothing to whom it is closed."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from life_office import DRAFTED, MORNING, NOTICE, RECOMMENDATION, LifeOffice
from web_desk import WebDesk

from pipeline.cases.timeline import timeline

CASE = "/kasus/2026/0001"
COMPLETION = "04-permintaan-kelengkapan"
LETTER = f"{CASE}/surat/{RECOMMENDATION}"


@pytest.fixture
def desk(tmp_path):
    desk = WebDesk(tmp_path / "kantor")
    desk.clock.at = MORNING
    return desk


@pytest.fixture
def life(desk):
    life = LifeOffice(desk.office)
    desk.office.clock = desk.clock  # one clock for the office and its pages
    life.recommended()
    return life


@pytest.fixture
def noticed(life):
    """The recommendation has its number, and so the notice that cites it is there."""
    life.numbered(RECOMMENDATION)
    return life


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_my_desk_holds_the_letters_that_wait_for_me_by_what_is_to_be_done(desk, life):
    told = words(desk.browser("kabid").get("/").text)

    assert "Paraf 1" in told
    assert "Surat rekomendasi" in told
    assert "Tidak ada yang menunggu Anda" in words(desk.browser("kakanwil").get("/").text)


def test_a_letter_is_initialled_where_it_is_read(desk, life):
    browser = desk.browser("kabid")
    page = browser.get(LETTER).text
    assert f'action="{CASE}/gerak/paraf-naskah"' in page
    assert '<input type="hidden" name="i.versi" value="1">' in page

    form = {"i.naskah": RECOMMENDATION, "i.versi": "1", "sebagai": "kabid"}
    answer = browser.post_form(f"{CASE}/gerak/paraf-naskah", form, page=LETTER)

    assert answer.status_code == 303
    assert [by.role for by in life.letter(RECOMMENDATION).initials] == ["kabid"]
    assert "Menunggu Kadiv Yankum: paraf." in words(browser.get(LETTER).text)
    assert "Diparaf oleh akun kabid, sebagai Kabid HAM" in words(browser.get(LETTER).text)


def test_an_initial_on_a_version_that_nobody_reads_any_more_is_refused_with_what_to_do(desk, life):
    form = {"i.naskah": RECOMMENDATION, "i.versi": "7", "sebagai": "kabid"}

    answer = desk.browser("kabid").post_form(f"{CASE}/gerak/paraf-naskah", form, page=LETTER)

    assert answer.status_code == 422
    assert "sudah versi 1; yang Anda baca versi 7" in answer.text
    assert life.letter(RECOMMENDATION).initials == ()


@pytest.mark.parametrize("role", ["kadiv", "kakanwil", "kasubbid", "tim-yankomas", "arsiparis"])
def test_nobody_else_is_offered_the_initial_nor_may_they_give_it(desk, life, role):
    browser = desk.browser(role)

    assert "gerak/paraf-naskah" not in browser.get(LETTER).text
    form = {"i.naskah": RECOMMENDATION, "sebagai": role}
    answer = browser.post(f"{CASE}/gerak/paraf-naskah", data={**form, "csrf": browser.token("/profil")})

    assert answer.status_code in (403, 404, 422)
    assert life.letter(RECOMMENDATION).initials == ()


def test_the_list_shows_all_letters_by_state_age_and_turn(desk, noticed):
    noticed.sent(NOTICE)
    desk.clock.forward(days=2)
    browser = desk.browser("kasubbid")

    waiting, every, sent = (words(browser.get(f"/surat{q}").text) for q in ("", "?keadaan=semua", "?keadaan=dikirim"))

    assert "Surat rekomendasi" in waiting
    assert "2 hari" in waiting
    assert "Tanda tangani: Kakanwil" in waiting
    assert "Pemberitahuan pelapor" in every
    assert "Pemberitahuan pelapor" in sent
    assert "Surat rekomendasi" not in sent
    assert "Surat rekomendasi" not in words(browser.get("/surat?giliran=saya").text)


def test_all_letters_are_those_of_the_year_and_of_what_still_runs_and_a_year_can_be_asked_for(desk):
    life = LifeOffice(desk.office)
    desk.office.clock = desk.clock
    life.until_review()
    life.make("minta-kelengkapan", "kasubbid", {"kekurangan": ["KTP"]})
    life.sent(COMPLETION)
    life.act("terima-naskah", "tim-yankomas", COMPLETION, tanggal_terima="2026-12-02", penerima="Siti Rekaan")
    life.make("cabut", "kabid", {"alasan": "Sudah berdamai."})
    desk.clock.at = MORNING.replace(year=2027)
    desk.office.open("lisan", {"pelapor": ["Siti Rekaan"], "terlapor": "Dinas", "perihal": "Baru", "uraian": "Uraian"})
    browser = desk.browser("tim-yankomas")

    usual, year, next_year = (
        words(browser.get(f"/surat?keadaan=diterima{asked}").text) for asked in ("", "&tahun=2026", "&tahun=2027")
    )

    assert "Tidak ada surat dengan saringan ini" in usual
    assert "Permintaan kelengkapan" in year
    assert "Tidak ada surat dengan saringan ini" in next_year
    assert browser.get("/surat?keadaan=semua&tahun=99999999999").status_code == 200


def test_that_a_case_is_urgent_and_late_is_seen_wherever_it_is_met(desk):
    life = LifeOffice(desk.office)
    desk.office.clock = desk.clock
    for role, degree in (("kakanwil", {"derajat": "Amat segera"}), ("kadiv", {}), ("kabid", {})):
        life.make("disposisi", role, {"isi_disposisi": "Telaah.", **degree})
    life.make("minta-kelengkapan", "kasubbid", {"kekurangan": ["KTP"]})
    desk.clock.forward(days=60)
    browser = desk.browser("tim-yankomas", "kabid", "arsiparis")
    places = ("/", "/surat", "/register", "/arsip", "/arsip/2026/0001", CASE, f"{CASE}/surat/{COMPLETION}")
    places += (f"{CASE}/gerak/koreksi", "/ringkasan/daftar?menurut=berjalan")

    told = {place: words(browser.get(place).text) for place in places}

    assert [place for place, text in told.items() if "amat segera" not in text] == []
    assert [place for place, text in told.items() if "terlambat" not in text] == []


def test_what_was_sent_stands_in_the_dispatch_book_and_leaves_as_a_file(desk, noticed):
    noticed.sent(NOTICE)
    browser = desk.browser("tim-yankomas")

    told = words(browser.get("/ekspedisi?tahun=2026").text)
    sheet = browser.get("/ekspedisi/buku?tahun=2026&jenis=xlsx")

    assert "Pelapor pada register nomor 0001/YANKOMAS/2026" in told
    assert "Siti" not in told
    assert "pos" in told
    assert sheet.headers["content-disposition"] == 'attachment; filename="ekspedisi-2026.xlsx"'
    strings = zipfile.ZipFile(io.BytesIO(sheet.content)).read("xl/sharedStrings.xml").decode()
    assert "Pelapor pada register nomor 0001/YANKOMAS/2026" in strings
    assert browser.get("/ekspedisi/buku?tahun=2026&jenis=exe").status_code in (400, 422)
    assert "Belum ada surat" in words(browser.get("/ekspedisi?tahun=2025").text)
    assert desk.browser("kadiv").get("/ekspedisi/buku?jenis=xlsx").status_code == 403


def test_who_corrects_a_letter_that_was_sent_has_that_letter_beside_the_form(desk, noticed):
    noticed.sent(NOTICE)

    page = desk.browser("tim-yankomas").get(f"{CASE}/gerak/ralat?naskah={NOTICE}").text

    beside = re.findall(rf"{CASE}/naskah/([^/]+)/halaman/1", page)
    assert beside == [next(d.name for d in noticed.case.documents if d.name.startswith(f"{NOTICE}-v2-bertanda"))]


def test_sentences_in_six_columns_stand_in_blocks_that_leave_them_room(desk, life):
    life.sent(RECOMMENDATION)
    life.make("terima", "tim-yankomas", {"tanggal_terima": "2026-12-02", "penerima": "Sekretariat"})

    page = desk.browser("tim-yankomas").get(f"{CASE}/gerak/evaluasi").text

    first = re.search(r'<div class="(\w+)" role="group" aria-label="Hasil 1">.*?</div>', page, re.DOTALL)
    assert first
    assert (first[1], first[0].count("<label>")) == ("orang", 6)


def test_letters_of_a_secret_case_are_seen_by_those_whose_turn_it_is_and_nobody_else(desk, life):
    life.make("koreksi", "tim-yankomas", {"sifat": "rahasia", "alasan": "Menyangkut anak."})
    desk.office.run_once()

    stranger, in_turn = desk.browser("arsiparis"), desk.browser("kabid")

    assert "Surat rekomendasi" not in words(stranger.get("/surat?keadaan=semua").text)
    assert stranger.get(LETTER).status_code == 403
    assert "Surat rekomendasi" in words(in_turn.get("/surat").text)
    assert in_turn.get(LETTER).status_code == 200


def test_a_letter_that_the_case_does_not_have_is_not_found(desk, life):
    browser = desk.browser("kabid")

    assert browser.get(f"{CASE}/surat/07-teguran-pertama").status_code == 404
    assert browser.get(f"{CASE}/surat/01-tanda-terima").status_code == 404
    assert browser.get(f"{CASE}/surat/..%2f..%2foffice.toml").status_code == 404


def test_a_letter_that_was_given_back_says_why_and_to_whom_it_came(desk, noticed):
    noticed.act("kembalikan-naskah", "kabid", NOTICE, alasan="Pasalnya keliru.")

    drafter = desk.browser("kasubbid")

    assert "Perbaiki 1" in words(drafter.get("/").text)
    assert "Pasalnya keliru." in words(drafter.get(f"{CASE}/surat/{NOTICE}").text)


def test_that_a_letter_was_given_back_is_told_also_after_it_was_handed_in_again(desk, noticed):
    noticed.act("kembalikan-naskah", "kabid", NOTICE, alasan="Pasalnya keliru.")
    noticed.act("ajukan-naskah", "kasubbid", NOTICE)

    in_turn = desk.browser("kabid")

    assert "Pemberitahuan pelapor pernah dikembalikan" in words(in_turn.get("/").text)
    assert "Pasalnya keliru." in words(in_turn.get(f"{CASE}/surat/{NOTICE}").text)


def test_what_is_due_stands_before_what_else_may_be_done(desk, noticed):
    page = desk.browser("kabid").get(f"{CASE}/surat/{NOTICE}").text

    assert page.index("/gerak/paraf-naskah") < page.index("/gerak/kembalikan-naskah")


def test_a_letter_that_was_given_back_is_handed_in_rather_than_composed_anew(desk, life):
    life.make("kembalikan", "kabid", {"alasan": "Pasalnya keliru."})

    page = desk.browser("kasubbid").get(CASE).text

    assert page.index("/gerak/ajukan-rekomendasi") < page.index("/gerak/susun-rekomendasi")


def test_the_history_calls_a_move_what_it_was_where_the_case_stood(desk, life):
    life.make("kembalikan", "kabid", {"alasan": "Pasalnya keliru."})

    assert timeline(life.case, life.sop)[-1].title == "Kembalikan surat rekomendasi untuk diperbaiki"


def test_who_initialled_a_version_that_was_changed_since_is_told_so(desk, life):
    life.act("paraf-naskah", "kabid", RECOMMENDATION)
    life.make("kembalikan", "kadiv", {"alasan": "Susun lagi."})
    life.make("susun-rekomendasi", "kasubbid", DRAFTED)

    assert "berubah sejak paraf Anda" in words(desk.browser("kabid").get("/").text)
    assert "berubah sejak paraf Anda" not in words(desk.browser("kasubbid").get("/").text)
