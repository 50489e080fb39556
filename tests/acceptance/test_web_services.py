"""Another service at the desk: its people send, agenda, dispose and file its letters beside Yankomas's complaints."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from other_services import ServiceOffice
from pypdf import PdfWriter
from web_desk import WebDesk

from pipeline.archive.ports import News
from pipeline.cases.case_number import CaseNumber
from pipeline.desk.live_news import told
from pipeline.intake.inbox_view import AskedFor

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


def test_the_register_book_of_a_service_is_taken_home_with_its_own_columns(sent):
    query = "tahun=2026&layanan=surat-masuk"
    archivist = sent.browser("arsiparis")

    book = archivist.get(f"/register/buku.csv?{query}")

    assert "Asal surat (pengirim dan instansinya)" in book.text.splitlines()[0]
    assert [line.split(",")[0] for line in book.text.splitlines()[1:]] == ["AGENDA-0001/2026"]
    assert "register-surat-masuk-2026.csv" in book.headers["content-disposition"]
    assert sent.browser("tim-yankomas").get(f"/register/buku.csv?{query}").status_code == 403


def test_a_folder_is_lent_to_a_role_of_a_service_in_use(sent):
    form = sent.browser("arsiparis").get("/penyusutan/tindakan/pinjamkan").text

    assert [role in form for role in (CLERK, UNIT, "kabid")] == [True] * 3


def test_a_folder_is_proposed_the_code_of_its_own_service(sent):
    archivist, form = sent.browser("arsiparis"), "/penyusutan/tindakan/berkaskan?perkara="

    letter, complaint = archivist.get(form + MAIL).text, archivist.get(form + "2026/0001").text
    both = archivist.get(f"{form}{MAIL}&perkara=2026/0001").text

    assert 'value="UM.01"' in letter
    assert 'value="HA.01.07"' in complaint
    assert 'value="UM.01"' not in both + complaint
    assert 'value="HA.01.07"' not in both + letter


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
    files = [("berkas", ("a.pdf", b"%PDF-1.4"))]
    assert clerk.post_form("/kotak-masuk", page="/kotak-masuk", files=files).status_code == 403


def test_the_inbox_shows_nobody_the_files_of_a_service_in_which_they_have_no_part(sent, tmp_path):
    office = sent.office
    office.drop_for("surat-masuk", "rusak-bu-rani.pdf", b"BAD")
    (office.inbox_folder / "2026~SM-0001").mkdir()
    (office.inbox_folder / "2026~SM-0001" / "lampiran-bu-rani.pdf").write_bytes(b"BAD too")
    office.drop("rusak-pak-toto.pdf", b"BAD")
    office.run_once()
    office.drop_for("surat-masuk", "menunggu-bu-rani.pdf", b"waits")
    ours = {"undangan.pdf", "rusak-bu-rani.pdf", "lampiran-bu-rani.pdf", "menunggu-bu-rani.pdf"}
    theirs = {"aduan.pdf", "rusak-pak-toto.pdf"}
    keys = {e.name: e.key for e in office.root.inbox_view(AskedFor.ALL).entries}
    assert keys.keys() == ours | theirs
    now = sent.clock.now()
    tokens = {r: sent.people.tokens.make(r, r, now.date(), "admin", now) for r in (CLERK, "tim-yankomas")}

    for role, seen, hidden in ((CLERK, ours, theirs), ("tim-yankomas", theirs, ours)):
        browser, api = sent.browser(role), sent.stranger()
        head = {"Authorization": f"Bearer {tokens[role]}"}

        page = browser.get("/kotak-masuk?keadaan=semua").text
        listed = api.get("/api/kotak-masuk?semua=true", headers=head).json()

        assert {name for name in keys if name in page} == {e["name"] for e in listed["entries"]} == seen
        assert listed["totals"]["in"] == len(seen)
        assert ("Pengirim dan hal" in page, "Pelapor dan perihal" in page) == (role == CLERK, role != CLERK)
        for name in hidden:
            away = browser.get(f"/kotak-masuk/berkas/{keys[name]}", follow_redirects=True)
            assert name not in away.text
            assert "tidak ada lagi di kotak masuk" in away.text
            assert browser.get(f"/kotak-masuk/berkas/{keys[name]}/halaman/1").status_code == 404
            said = {"berkas": name, "alasan": "bukan surat"}
            for act in ("ulangi", "sisihkan", "ditangani"):
                assert browser.post_form(f"/kotak-masuk/{act}", said, page="/kotak-masuk").status_code == 422
            assert api.post("/api/kotak-masuk/ulangi", json={"berkas": name}, headers=head).status_code == 404


def test_a_clerk_deals_with_what_was_refused_of_their_own_service(sent):
    office, clerk = sent.office, sent.browser(CLERK)
    office.drop_for("surat-masuk", "rusak.pdf", b"BAD")
    office.drop("aduan-rusak.pdf", b"BAD too")
    office.run_once()

    assert clerk.post_form("/kotak-masuk/daftarkan", {"berkas": "rusak.pdf"}, page="/kotak-masuk").status_code == 403
    assert clerk.post_form("/kotak-masuk/ulangi", {"berkas": "rusak.pdf"}, page="/kotak-masuk").status_code == 303
    assert (office.inbox_folder / "surat-masuk" / "rusak.pdf").is_file()
    office.run_once()
    sent.clock.at = sent.clock.now() + timedelta(days=2)
    clerk = sent.browser(CLERK)
    assert clerk.post_form("/kotak-masuk/ditangani", {"lama": "1"}, page="/kotak-masuk").status_code == 303
    left = [e.name for e in office.root.inbox_view(AskedFor.REFUSED).entries]
    assert left == ["aduan-rusak.pdf"]


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


def test_nobody_is_told_how_many_cases_of_others_answer(sent):
    sent.office.root.index.refresh()

    for role in (CLERK, "tim-yankomas"):
        browser = sent.browser(role)
        assert "<strong>1</strong> map" in browser.get("/arsip").text or "1 map" in browser.get("/arsip").text
        assert "1 map" in browser.get("/arsip?q=2026", follow_redirects=True).text
    assert "2 map" in sent.browser("kakanwil").get("/arsip").text
    assert "2 map" in sent.browser("kakanwil").get("/arsip?q=2026", follow_redirects=True).text


def test_the_pages_of_a_service_speak_of_letters_and_call_its_roles_as_it_does(sent):
    clerk = sent.browser(CLERK)
    waiting = clerk.get("/").text
    assert "Pengirim belum terbaca" in waiting
    assert clerk.post_form(f"/verifikasi/{MAIL}", BOOKED).status_code == 303
    sent.office.run_once()

    desk, case = clerk.get("/").text, clerk.get(f"/kasus/{MAIL}").text
    form = clerk.get(f"/kasus/{MAIL}/gerak/jadikan-pengaduan").text

    assert "Cetak tanda terima" not in desk
    assert "Tindak lanjut</span>" in case
    for page in (waiting, desk, case, form):
        assert "Surat pengaduan" not in page
        assert not re.search(r"(?<!-Masuk\.)Agendaris", page)  # its account is called so
        assert "elapor" not in page
    assert "Petugas agenda" in case


def test_the_first_act_of_a_state_is_the_way_on_and_returning_asks_no_names(sent):
    clerk, head = sent.browser(CLERK), sent.browser("kakanwil")
    assert "Bukan nama pelapor" not in clerk.get(f"/kasus/{MAIL}/gerak/susun-pengembalian").text
    assert clerk.post_form(f"/verifikasi/{MAIL}", BOOKED).status_code == 303
    sent.office.run_once()
    told = {"i.diteruskan_kepada": "Subbagian Rekaan", "i.isi_disposisi": "Hadiri"}
    assert make(head, "disposisi", told).status_code == 303
    sent.office.run_once()

    assert "Sampaikan kepada unit pengolah · Pengelolaan Surat Masuk" in clerk.get("/").text


def test_what_became_a_complaint_is_told_by_its_printed_number_and_is_not_to_be_merged(sent):
    clerk, head = sent.browser(CLERK), sent.browser("kakanwil")
    assert clerk.post_form(f"/verifikasi/{MAIL}", BOOKED).status_code == 303
    assert make(head, "jadikan-pengaduan", {"i.alasan": "Isinya pengaduan"}).status_code == 303
    sent.office.run_once()

    mail, complaint = head.get(f"/kasus/{MAIL}").text, head.get("/kasus/2026/0002").text

    assert "0002/YANKOMAS/2026</a>" in mail
    assert "Surat ini menjadi perkara 0002/YANKOMAS/2026" in mail
    assert "AGENDA-0001/2026</a>" in complaint
    assert f">{MAIL}<" not in complaint
    assert "menggabungkannya" not in mail


def test_a_control_for_files_speaks_the_offices_language(sent):
    """The script puts its words over the controls that stand so; a browser's own speaks English."""
    assert '<div class="kirim-berkas"><input type="file"' in sent.browser(CLERK).get("/kirim").text


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

    assert heard == b"id: 7\nevent: perkara\ndata: 2026~SM/0001\n\nid: 7\nevent: kotak-masuk\ndata: \n\n"
    assert told({"admin"}, news, lambda _roles, _number: True) == b": \n\n"


def test_who_is_at_a_letter_of_a_service_is_told_to_its_people(sent):
    sent.browser(CLERK).get(f"/verifikasi/{MAIL}")

    def told(role):
        return sent.browser(role).get("/ketikan/hadir", params={"perkara": MAIL}).json()["bersama"]

    assert told("kakanwil")
    assert told("tim-yankomas") == ""


def test_who_walks_the_numbers_of_another_service_counts_none_of_its_cases(sent):
    clerk, team = sent.browser(CLERK), sent.browser("tim-yankomas")
    key = sent.people.tokens.make("program", CLERK, sent.clock.now().date(), "admin", sent.clock.now())
    api, head = sent.stranger(), {"Authorization": f"Bearer {key}"}
    pages = ("/kasus/{}", "/kasus/{}/bagan", "/verifikasi/{}", "/arsip/{}")

    def said(answer):
        found = re.search(r'role="alert".*?</', answer.text, re.DOTALL)
        return answer.status_code, found and found[0]

    there, missing = "2026/0001", "2026/0777"
    for page in pages:
        told = [said(clerk.get(page.format(number))) for number in (there, missing)]
        assert told[0] == told[1], page
        assert told[0][0] == 403, page
    assert [team.get(f"/kasus/{number}").status_code for number in (there, missing)] == [200, 404]
    assert [clerk.get(f"/kasus/2026~SM/{serial}").status_code for serial in ("0001", "0777")] == [200, 404]
    told = [api.get(f"/api/kasus/{number}", headers=head) for number in (there, missing)]
    assert told[0].status_code == told[1].status_code == 403
    assert told[0].json() == told[1].json()


def test_a_template_of_complaints_is_not_previewed_with_a_letter_of_the_agenda(sent):
    told = sent.browser(CLERK).get(f"/templat/03-lembar-disposisi/pratinjau/{MAIL}")

    assert told.status_code == 404
    assert "AGENDA-0001/2026 tidak mempunyai lembar disposisi" in told.text
