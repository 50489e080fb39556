"""Meja saya: what waits by act, several cases at once, the audiences, the day's receipts, what comes next."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from itertools import count

import pytest
from fakes import FakePress
from lxml.html import document_fromstring
from offices import FakeOffice
from pypdf import PdfReader, PdfWriter
from web_desk import WebDesk

from pipeline.cases.case_number import CaseNumber

TEAM, HEAD = "tim-yankomas", "kakanwil"
TOLD = {"perihal": "Sengketa tanah", "pelapor": ["Siti Rekaan"], "terlapor": "Kantor Contoh", "uraian": "Dipagari."}
CONFIRMED = {"cara_penyampaian": "lisan", "ringkasan": "Tanah dipagari.", "hak": ["rasa aman"]}
_PLOTS = count(1)
MET = {
    "alasan": "Keterangan para pihak berbeda.",
    "tanggal_audiensi": "2026-12-02",
    "waktu_audiensi": "09.00 WIB",
    "tempat_audiensi": "Ruang Rapat",
    "acara": "Klarifikasi",
    "pihak": ["Kantor Contoh"],
}


@pytest.fixture
def desk(tmp_path):
    desk = WebDesk(tmp_path / "kantor")
    yield desk
    desk.app.state.desk.close()


def _opened(desk):
    """Open a case that says what no other says: the same words twice are one complaint."""
    return desk.office.open("lisan", {**TOLD, "uraian": f"Dipagari, bidang {next(_PLOTS)}."})


def _cases(desk, many, *, handed_on=True):
    """Open so many cases, confirmed, and as a rule handed on to the head."""
    numbers = [_opened(desk) for _ in range(many)]
    for number in numbers:
        desk.office.decide(number, "konfirmasi", TEAM, CONFIRMED)
        if handed_on:
            desk.office.decide(number, "sampaikan", TEAM)
    return numbers


def _form(page):
    """The hidden answers of the form on several cases: which, and what was seen of each."""
    return {
        "perkara": re.findall(r'name="perkara" value="([^"]+)"', page),
        **dict(re.findall(r'name="(dilihat\.[^"]+)" value="([^"]+)"', page)),
    }


def _state(desk, number):
    return desk.office.root.cabinet.case(number).made[-1].decision


def test_cases_wait_under_the_act_that_is_due(desk):
    _cases(desk, 1)
    _cases(desk, 1, handed_on=False)
    _opened(desk)

    heads = re.findall(r'<h2 id="h-[^"]+">([^<]+) <', desk.browser(TEAM).get("/").text)

    assert heads == ["Sampaikan ke Kakanwil dengan lembar disposisi", "Tanda tangani", "Periksa"]
    assert re.findall(r'<h2 id="h-[^"]+">([^<]+) <', desk.browser(HEAD).get("/").text) == ["Disposisikan"]


def _rows(page):
    """The numbers of the cases in a page's lists, and whether a phone folds them away at first."""
    return [
        (row.xpath('.//a[@class="nomor"]/@href')[0], "lebih" in row.get("class", ""))
        for row in document_fromstring(page).xpath("//tbody/tr")
    ]


def test_a_phone_begins_with_a_few_of_each_act_and_folds_nothing_that_is_late_or_urgent(desk):
    numbers = _cases(desk, 7)
    for number in numbers:
        degree = "Amat segera" if number == numbers[5] else "Biasa"
        desk.office.decide(number, "disposisi", HEAD, {"isi_disposisi": "Telaah", "derajat": degree})
    division = desk.browser("kadiv")

    page = division.get("/").text
    whole = division.get("/?kelompok=disposisi-kadiv").text
    desk.clock.forward(days=9)
    late = desk.come_in("kadiv").get("/").text

    assert [folded for _, folded in _rows(page)] == [False] * 4 + [True, False, True]
    assert _rows(page)[5][0] == f"/kasus/{numbers[5]}"
    assert "amat segera" in page
    assert re.search(r'<p class="sesudah hanya-telepon"><a href="/\?kelompok=([^"]+)">Lihat semua 7', page)
    assert [folded for _, folded in _rows(whole)] == [False] * 7
    assert "Lihat semua" not in whole
    assert not any(folded for _, folded in _rows(late))


def test_how_urgent_a_case_is_stands_in_every_list_until_it_has_ended(desk):
    (number,) = _cases(desk, 1)
    desk.office.decide(number, "disposisi", HEAD, {"isi_disposisi": "Telaah", "derajat": "Segera"})
    division, team = desk.browser("kadiv"), desk.browser(TEAM)
    lists = ("/", "/register", "/arsip?q=sengketa", "/ringkasan/daftar?menurut=berjalan", f"/kasus/{number}")

    told = [page for page in lists if ">segera</span>" in division.get(page).text]
    desk.office.decide(number, "cabut", TEAM, {"alasan": "x", "sebab": "permintaan pelapor"})

    assert told == list(lists)
    assert ">segera</span>" not in team.get("/register").text


def test_letters_that_wait_for_one_act_have_pages_of_their_own(desk):
    _cases(desk, 13, handed_on=False)
    team = desk.browser(TEAM)

    page = team.get("/").text
    act = re.search(r'href="/\?kelompok=([^"]+)">Lihat semua 13 \(Tanda tangani\)', page)[1]
    whole = team.get("/", params={"kelompok": act}).text

    assert page.count("/surat/") == 12
    assert whole.count("/surat/") == 13
    assert re.findall(r'<h2 id="h-[^"]+">([^<]+) <', whole) == ["Tanda tangani"]


def test_one_disposition_is_made_on_several_cases_each_with_its_own_line(desk):
    numbers = _cases(desk, 3)
    head = desk.browser(HEAD)
    page = head.get("/sekaligus/disposisi", params={"perkara": [str(n) for n in numbers[:2]]}).text

    answer = head.post_form("/sekaligus/disposisi", {**_form(page), "i.isi_disposisi": "Telaah"}, page="/profil")

    assert answer.status_code == 200
    assert "dicatat pada 2 perkara" in answer.text
    assert [_state(desk, n).values.get("isi_disposisi") for n in numbers] == ["Telaah", "Telaah", None]
    assert _state(desk, numbers[2]).move == "sampaikan"


def test_what_fails_stays_and_says_why_and_what_was_made_is_told(desk):
    first, second = _cases(desk, 2)
    head = desk.browser(HEAD)
    page = head.get("/sekaligus/disposisi", params={"perkara": [str(first), str(second)]}).text
    desk.office.decide(first, "disposisi", HEAD, {"isi_disposisi": "Lebih dahulu"})  # a colleague was faster

    answer = head.post_form("/sekaligus/disposisi", {**_form(page), "i.isi_disposisi": "Telaah"}, page="/profil")

    assert answer.status_code == 422
    assert "tidak terbuka bagi Anda" in answer.text
    assert _state(desk, first).values["isi_disposisi"] == "Lebih dahulu"
    assert _state(desk, second).values["isi_disposisi"] == "Telaah"
    assert answer.text.index("Dicatat <") < answer.text.index("Belum dicatat <")


def test_a_form_that_is_not_filled_in_is_told_once_and_nothing_is_made(desk):
    (number,) = _cases(desk, 1)
    head = desk.browser(HEAD)
    page = head.get("/sekaligus/disposisi", params={"perkara": str(number)}).text

    answer = head.post_form("/sekaligus/disposisi", _form(page), page="/profil")

    assert answer.status_code == 422
    assert "1 isian perlu diperiksa" in answer.text
    assert _state(desk, number).move == "sampaikan"


def test_what_was_typed_for_several_cases_comes_back_after_the_session(desk):
    numbers = _cases(desk, 2)
    desk.browser(HEAD)
    head = desk.come_in(HEAD)
    asked = f"/sekaligus/disposisi?perkara={numbers[0]}&perkara={numbers[1]}"
    sent = {
        **_form(head.get(asked).text),
        "asal": asked,
        "i.isi_disposisi": "Telaah bersama",
        "csrf": head.token(asked),
    }
    desk.people.sessions.end_all(HEAD)

    assert head.post("/sekaligus/disposisi", data=sent).status_code == 401
    shown = desk.come_in(HEAD).get(asked).text

    assert "Telaah bersama" in shown
    assert all(f'value="{number}" checked' in shown for number in numbers)


def test_the_right_and_the_sop_are_asked_for_each_case(desk):
    (number,) = _cases(desk, 1)
    (other,) = _cases(desk, 1, handed_on=False)
    sent = {"perkara": [str(number), str(other)], "i.isi_disposisi": "Telaah"}

    refused = desk.browser("arsiparis").post_form("/sekaligus/disposisi", sent, page="/profil")
    wrong = desk.browser("kadiv").post_form("/sekaligus/disposisi", sent, page="/profil")
    head = desk.browser(HEAD).post_form("/sekaligus/disposisi", sent, page="/profil")

    assert refused.status_code == 403
    assert wrong.headers["location"] == "/"
    assert head.status_code == 422
    assert [_state(desk, n).move for n in (number, other)] == ["disposisi", "konfirmasi"]


def test_an_act_that_the_sop_does_not_give_to_several_cases_is_made_on_none(desk):
    (number,) = _cases(desk, 1, handed_on=False)

    sent = {"perkara": str(number), "i.alasan": "x", "i.sebab": "permintaan pelapor"}
    team = desk.browser(TEAM)
    answer = team.post_form("/sekaligus/cabut", sent, page="/profil")

    assert answer.headers["location"] == "/"
    assert "masing-masing" in team.get("/").text
    assert _state(desk, number).move == "konfirmasi"


def test_cases_are_handed_on_together_without_a_question(desk):
    numbers = _cases(desk, 2, handed_on=False)
    team = desk.browser(TEAM)
    page = team.get("/sekaligus/sampaikan", params={"perkara": [str(n) for n in numbers]}).text

    team.post_form("/sekaligus/sampaikan", _form(page), page="/profil")

    assert [_state(desk, n).move for n in numbers] == ["sampaikan", "sampaikan"]


def test_the_next_that_waits_is_one_address_away_in_a_circle(desk):
    first, second = _cases(desk, 2)
    head = desk.browser(HEAD)

    assert head.get(f"/berikutnya?dari={first}").headers["location"] == f"/kasus/{second}"
    assert head.get(f"/berikutnya?dari={second}").headers["location"] == f"/kasus/{first}"
    assert head.get("/berikutnya").headers["location"] == f"/kasus/{first}"
    assert f'href="/berikutnya?dari={first}"' in head.get(f"/kasus/{first}").text
    assert desk.browser("kabid").get("/berikutnya").headers["location"] == "/"


def test_what_is_to_be_checked_comes_next_beside_its_letter(desk):
    number = _opened(desk)

    assert desk.browser(TEAM).get("/berikutnya").headers["location"] == f"/verifikasi/{number}"


def _audience(desk):
    (number,) = _cases(desk, 1)
    for role in (HEAD, "kadiv", "kabid"):
        desk.office.decide(number, "disposisi", role, {"isi_disposisi": "Telaah"})
    memo = {"persoalan": "x", "analisis_hak": "x", "indikasi": "ya", "berwenang": "ya", "saran": "audiensi"}
    desk.office.decide(number, "telaah", "kasubbid", memo)
    desk.office.decide(number, "usulkan-audiensi", "kasubbid", MET)
    return number


def test_an_audience_stands_on_the_desk_and_goes_into_a_calendar_that_names_nobody(desk):
    number = _audience(desk)
    head = desk.browser(HEAD)

    assert "2 Des 2026" in head.get("/").text
    assert f'href="/kasus/{number}"' in head.get("/audiensi").text
    calendar = head.get("/audiensi.ics")
    assert calendar.headers["content-type"].startswith("text/calendar")
    assert "DTSTART:20261202T020000Z" in calendar.text
    assert "Siti" not in calendar.text
    assert "Sengketa" not in calendar.text
    assert "Kantor Contoh" not in calendar.text


def test_an_audience_about_a_secret_case_is_in_nobody_elses_calendar(desk):
    number = _audience(desk)
    desk.office.decide(number, "koreksi", TEAM, {"sifat": "rahasia", "alasan": "Anak"})

    archivist = desk.browser("arsiparis")

    assert str(number) not in archivist.get("/audiensi").text
    assert "VEVENT" not in archivist.get("/audiensi.ics").text


def test_receipts_that_are_still_being_made_are_named_and_without_any_it_is_said(desk):
    team = desk.browser(TEAM)
    assert team.get("/tanda-terima-hari-ini.pdf").headers["location"] == "/"
    assert "belum ada tanda terima" in team.get("/").text

    assert CaseNumber(2026, 1) == _cases(desk, 1)[0]
    assert "Cetak tanda terima hari ini (1)" in team.get("/").text
    desk.clock.forward(days=1)
    assert "Cetak tanda terima" not in desk.browser(TEAM).get("/").text


class PrintingOffice(FakeOffice):
    """An office whose press prints real pages: one a sheet, as wide as the number of its case says."""

    @property
    def tend_parts(self):
        return replace(super().tend_parts, press=OnePagePress())


class OnePagePress(FakePress):
    def print(self, docx, code):
        made, writer = io.BytesIO(), PdfWriter()
        named = re.search(rb"(\d{4})/YANKOMAS", docx)
        writer.add_blank_page(300 + (int(named[1]) if named else 0), 400)
        writer.write(made)
        return made.getvalue()


def test_the_receipts_of_the_day_are_one_pdf_in_the_order_of_their_numbers(tmp_path):
    desk = WebDesk(tmp_path / "kantor", PrintingOffice)
    first, second = _cases(desk, 2)
    third = _cases(desk, 1)[0]

    answer = desk.browser(TEAM).get("/tanda-terima-hari-ini.pdf")

    assert answer.headers["content-type"] == "application/pdf"
    widths = [round(page.mediabox.width) - 300 for page in PdfReader(io.BytesIO(answer.content)).pages]
    assert widths == [first.serial, second.serial, third.serial]
    desk.app.state.desk.close()
