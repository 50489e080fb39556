"""Another service at the desk: its people send, agenda, dispose and file its letters beside Yankomas's complaints."""

from __future__ import annotations

import pytest
from other_services import ServiceOffice
from pypdf import PdfWriter
from web_desk import WebDesk

from pipeline.archive.ports import News
from pipeline.cases.case_number import CaseNumber
from pipeline.desk.live_news import told

CLERK, UNIT = "surat-masuk.agendaris", "surat-masuk.pengolah"
MAIL = "2026~SM/0001"
BOOKED = {
    "i.cara_penyampaian": "pos",
    "i.asal_surat": "Dinas Rekaan",
    "i.perihal": "Undangan rapat rekaan",
    "i.jenis_surat": "undangan",
    "diperiksa": ["perihal", "asal_surat"],
}


@pytest.fixture
def desk(tmp_path):
    desk = WebDesk(tmp_path / "kantor", ServiceOffice)
    desk.office.take("surat-masuk")
    yield desk
    desk.app.state.desk.close()


def scan(path):
    writer = PdfWriter()
    writer.add_blank_page(300, 400)
    writer.write(path)
    return path.read_bytes()


@pytest.fixture
def sent(desk, tmp_path):
    """A letter that the clerk sent in by the page, and a complaint that came by the scanner."""
    scan(desk.office.inbox_folder / "aduan.pdf")
    desk.office.run_once()
    clerk = desk.browser(CLERK)
    data = scan(tmp_path / "undangan.pdf") + b"%"
    form = {"layanan": "surat-masuk", "csrf": clerk.token("/kirim")}
    answer = clerk.post("/kirim", data=form, files={"berkas": ("undangan.pdf", data, "application/pdf")})
    assert answer.status_code == 303, answer.text
    desk.office.run_once()
    return desk


def make(browser, move, answers=None):
    page = f"/kasus/{MAIL}/gerak/{move}"
    return browser.post_form(page, answers or {}, page=page)


def test_a_letter_goes_its_way_at_the_desk_beside_the_complaint(sent):
    clerk, head, unit = sent.browser(CLERK), sent.browser("kakanwil"), sent.browser(UNIT)
    assert "AGENDA-0001/2026" in clerk.get("/").text

    assert clerk.post_form(f"/verifikasi/{MAIL}", BOOKED).status_code == 303
    sent.office.run_once()
    assert "Disposisikan" in head.get("/").text
    passed_on = {"i.diteruskan_kepada": "Subbagian Rekaan", "i.isi_disposisi": "Hadiri"}
    assert make(head, "disposisi", passed_on).status_code == 303
    assert make(clerk, "distribusikan", {"i.diserahkan_kepada": "Rani Rekaan"}).status_code == 303
    assert make(unit, "laporkan-tindak-lanjut", {"i.hasil": "Dihadiri."}).status_code == 303
    assert make(clerk, "berkaskan").status_code == 303

    sent.office.run_once()
    assert "selesai: diberkaskan" in unit.get(f"/kasus/{MAIL}").text
    assert sent.office.root.cabinet.case(CaseNumber(2026, 1, "SM")).state("agenda") == "diberkaskan"


def test_each_service_has_its_register_book(sent):
    head = sent.browser("kakanwil")

    complaints = head.get("/register?tahun=2026").text
    letters = head.get("/register?tahun=2026&layanan=surat-masuk").text

    assert "0001/YANKOMAS/2026" in complaints
    assert "AGENDA-0001/2026" not in complaints
    assert "AGENDA-0001/2026" in letters
    assert "0001/YANKOMAS/2026" not in letters
    assert "AGENDA-0001/2026" in sent.browser(CLERK).get("/register").text


def test_who_has_no_part_in_a_service_opens_none_of_its_cases(sent):
    clerk, team = sent.browser(CLERK), sent.browser("tim-yankomas")

    assert clerk.get("/kasus/2026/0001").status_code == 403
    assert team.get(f"/kasus/{MAIL}").status_code == 403
    assert clerk.get(f"/kasus/{MAIL}").status_code == team.get("/kasus/2026/0001").status_code == 200


def test_a_clerk_of_a_service_sends_files_to_no_other(sent):
    clerk = sent.browser(CLERK)

    form = {"layanan": "yankomas", "csrf": clerk.token("/kirim")}
    answer = clerk.post("/kirim", data=form, files={"berkas": ("a.pdf", b"%PDF-1.4", "application/pdf")})

    assert answer.status_code == 403
    assert clerk.get("/kotak-masuk").status_code == 403


def test_letters_are_found_by_their_agenda_number(sent):
    sent.office.root.index.refresh()

    found = sent.browser(CLERK).get("/arsip?q=AGENDA-0001/2026", follow_redirects=True)

    assert found.status_code == 200
    assert "AGENDA-0001/2026" in found.text


def test_a_program_hands_in_files_for_its_service_alone(desk, tmp_path):
    now, pdf = desk.clock.now(), scan(tmp_path / "surat.pdf")
    key = desk.people.tokens.make("pemindai agenda", CLERK, now.date(), "admin", now)
    head, api = {"Authorization": f"Bearer {key}"}, desk.stranger()

    answers = [
        api.post("/api/kirim", data={"layanan": service}, files={"berkas": ("surat.pdf", pdf)}, headers=head)
        for service in ("surat-masuk", "yankomas")
    ]

    assert [answer.status_code for answer in answers] == [202, 403]
    desk.office.run_once()
    assert [str(number) for number in desk.office.root.cabinet.numbers()] == [MAIL]


def test_a_clerk_of_a_service_finds_letters_by_their_sender_and_no_complaint(sent):
    clerk = sent.browser(CLERK)
    assert clerk.post_form(f"/verifikasi/{MAIL}", BOOKED | {"i.asal_surat": "Qomarudin Khayalan"}).status_code == 303
    sent.office.run_once()
    assert "Tanda terima" not in clerk.get("/").text  # none of its sheets is one

    assert "AGENDA-0001/2026" not in clerk.get("/arsip?q=Zulkarnaen", follow_redirects=True).text
    assert "AGENDA-0001/2026" in clerk.get("/arsip?q=Qomarudin", follow_redirects=True).text
    assert "2026/0001" not in clerk.get("/arsip?q=aduan", follow_redirects=True).text


def test_a_clerk_of_a_service_hears_of_its_cases_and_of_no_other():
    news = News((CaseNumber(2026, 1), CaseNumber(2026, 1, "SM")), inbox=True, position=7)

    heard = told({CLERK}, news, lambda _roles, number: number.series == "SM")

    assert heard == b"id: 7\nevent: perkara\ndata: 2026~SM/0001\n\n"
    assert told({"admin"}, news, lambda _roles, _number: True) == b": \n\n"
