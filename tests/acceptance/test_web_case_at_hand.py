"""What an official has at hand on the page of a case: the paper in question, what waits next, what came later."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from pypdf import PdfWriter
from web_desk import CONFIRMED, WebDesk

from pipeline.cases.case_number import CaseNumber

CASE, OTHER = "/kasus/2026/0001", "/kasus/2026/0002"


def _pdf(width):
    made = io.BytesIO()
    writer = PdfWriter()
    writer.add_blank_page(width, 400)
    writer.write(made)
    return made.getvalue()


@pytest.fixture
def desk(tmp_path):
    desk = WebDesk(tmp_path / "kantor")
    for width in (300, 301):
        (desk.office.root.layout.inbox / f"surat {width}.pdf").write_bytes(_pdf(width))
        desk.office.run_once()
    yield desk
    desk.app.state.desk.close()


def _make(browser, case, move, answers=None):
    answer = browser.post_form(f"{case}/gerak/{move}", answers or {}, page=f"{case}/gerak/{move}")
    assert answer.status_code == 303, answer.text


def _to_the_head(desk, *cases):
    team = desk.browser("tim-yankomas")
    for case in cases:
        _make(team, case, "konfirmasi", CONFIRMED)
        _make(team, case, "sampaikan")


def _of(desk, serial):
    return desk.office.root.cabinet.case(CaseNumber(2026, serial))


def test_who_is_to_decide_has_the_complaints_first_page_beside_the_form(desk):
    _to_the_head(desk, CASE)
    shown = 'class="kartu sekilas'

    head, team = desk.browser("kakanwil").get(CASE).text, desk.browser("tim-yankomas").get(CASE).text

    assert shown in head
    assert f'<img src="{CASE}/naskah/02-surat-terbaca.pdf/halaman/1?lebar=900"' in head
    assert shown not in team
    assert shown in desk.browser("kakanwil").get(f"{CASE}/gerak/disposisi").text


def test_who_has_done_their_part_goes_to_the_next_case_that_waits_for_them(desk):
    _to_the_head(desk, CASE, OTHER)
    head = desk.browser("kakanwil")
    _make(head, CASE, "disposisi", {"i.isi_disposisi": "Telaah.", "sebagai": "kakanwil"})
    assert "/berikutnya?dari=2026/0001" in head.get(CASE).text

    assert head.get("/berikutnya?dari=2026/0001").headers["location"] == OTHER
    _make(head, OTHER, "disposisi", {"i.isi_disposisi": "Telaah.", "sebagai": "kakanwil"})
    assert head.get("/berikutnya?dari=2026/0002").headers["location"] == "/"
    assert "Tidak ada perkara lain yang menunggu Anda." in head.get("/").text


def test_a_case_that_is_secret_is_not_the_next_of_who_may_not_read_it(desk):
    _to_the_head(desk, CASE)
    _make(desk.browser("tim-yankomas"), OTHER, "konfirmasi", {**CONFIRMED, "i.sifat": "rahasia"})
    clerk = desk.browser("tim-yankomas")

    assert clerk.get("/berikutnya?dari=2026/0001").headers["location"] == OTHER  # it handles it
    assert desk.browser("arsiparis").get("/berikutnya?dari=2026/0001").headers["location"] == "/"


def test_a_clerk_adds_a_paper_that_came_later_and_no_number_is_given(desk):
    team = desk.browser("tim-yankomas")

    files = [("berkas", ("kuitansi.pdf", _pdf(305))), ("berkas", ("kosong.pdf", b""))]
    answer = team.post_form(f"{CASE}/lampiran", page=CASE, files=files)

    assert answer.headers["location"] == CASE
    said = team.get(CASE).text
    assert "1 lampiran masuk ke kotak masuk untuk perkara ini" in said
    assert "1 berkas kosong tidak diambil" in said
    desk.office.run_once()
    assert len(_of(desk, 1).attachments) == 1
    assert desk.office.root.book.rows()[-1].number == "2026/0002"


def test_a_paper_that_was_cut_off_is_refused_at_once_as_in_the_inbox(desk):
    team = desk.browser("tim-yankomas")

    files = [("berkas", ("kuitansi.pdf", _pdf(305))), ("berkas", ("terpotong.pdf", _pdf(306)[:-60]))]
    team.post_form(f"{CASE}/lampiran", page=CASE, files=files)

    said = team.get(CASE).text
    assert "1 lampiran masuk ke kotak masuk untuk perkara ini" in said
    assert "Tidak diterima: terpotong.pdf (tidak utuh: " in said


def test_nothing_chosen_is_said_and_others_than_the_mailroom_add_nothing(desk):
    team, head = desk.browser("tim-yankomas"), desk.browser("kakanwil")

    team.post_form(f"{CASE}/lampiran", page=CASE, files=[("berkas", ("", b""))])

    assert "Belum ada lampiran yang dipilih" in team.get(CASE).text
    assert "Tambah lampiran" not in head.get(CASE).text
    token = head.token("/profil")
    assert head.post(f"{CASE}/lampiran", data={"csrf": token}).status_code == 403


def test_what_ends_a_case_stands_below_what_leads_it_on(desk):
    shown = desk.browser("tim-yankomas").get(CASE).text

    assert 0 < shown.index("/verifikasi/2026/0001") < shown.index("Batalkan (terdaftar keliru)")
    assert shown.index("Gabung ke perkara lain") < shown.index("Batalkan (terdaftar keliru)")


def test_history_is_folded_by_day_and_the_newest_day_is_open(desk):
    desk.clock.at += timedelta(days=1)
    _to_the_head(desk, CASE)

    shown = desk.browser("tim-yankomas").get(CASE).text

    assert shown.count('class="hari"') == 2
    assert shown.count('<details class="hari" open>') == 1
    newest = shown[shown.index('<details class="hari" open>') :]
    assert newest.index("Sampaikan ke Kakanwil") < newest.index("Diterima dan diberi nomor register")


def test_a_tab_that_lies_open_is_logged_once_an_hour(desk):
    head = desk.browser("kakanwil")

    def logged():
        log = desk.app.state.desk.access_log
        return sum(e.kind == "GET /kasus/{year}/{serial}" for m in log.months() for e in log.entries(m))

    def renew(*minutes):
        for minute in minutes:
            desk.clock.at += timedelta(minutes=minute)
            head.get("/profil")  # somebody works, in another tab
            assert head.get(CASE, headers={"x-kabar": "1"}).status_code == 200
        return logged()

    head.get(CASE)
    assert logged() == 1
    assert renew(1, 20, 20) == 1
    assert renew(20) == 2
    assert renew(1) == 2
    head.get(CASE)
    assert logged() == 3


def test_a_script_that_never_opened_the_page_is_logged_all_the_same(desk):
    head = desk.browser("kakanwil")

    head.get(CASE, headers={"x-kabar": "1"})

    log = desk.app.state.desk.access_log
    assert [e.by for e in log.entries(log.months()[0]) if e.data.get("case") == "2026/0001"] == ["kakanwil"]
