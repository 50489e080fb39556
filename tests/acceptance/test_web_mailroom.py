"""The mailroom's day at the desk: files are dropped and followed, letters are checked beside their scans."""

from __future__ import annotations

import io
import re
from types import SimpleNamespace

import pytest
from pypdf import PdfWriter
from web_desk import CONFIRMED, WebDesk

from pipeline.cases.case_number import CaseNumber
from pipeline.intake.inbox_view import AskedFor
from pipeline.intake.ports import Stage


@pytest.fixture
def desk(tmp_path):
    desk = WebDesk(tmp_path / "kantor")
    yield desk
    desk.app.state.desk.close()


def _pdf(width=300):
    made = io.BytesIO()
    writer = PdfWriter()
    writer.add_blank_page(width, 400)
    writer.write(made)
    return made.getvalue()


def _send(browser, *files):
    sent = [("berkas", file) for file in files]
    return browser.post_form("/kotak-masuk", page="/kotak-masuk", files=sent)


def _inbox(desk):
    return sorted(p.name for p in desk.office.root.layout.inbox.iterdir() if p.is_file() and p.name[0] != ".")


def test_files_that_are_sent_lie_in_the_inbox_under_their_names_and_get_their_numbers(desk):
    team = desk.browser("tim-yankomas")

    answer = _send(team, ("surat a.pdf", _pdf(300)), ("surat b.pdf", _pdf(301)))

    assert answer.status_code == 303
    assert _inbox(desk) == ["surat a.pdf", "surat b.pdf"]
    desk.office.run_once()
    shown = team.get("/kotak-masuk").text
    assert "0001/YANKOMAS/2026" in shown
    assert "0002/YANKOMAS/2026" in shown


def test_what_a_script_sends_is_told_on_the_page_that_comes_after(desk):
    team = desk.browser("tim-yankomas")

    sent = team.post_form("/kotak-masuk", page="/kotak-masuk", files=[("berkas", ("a.pdf", _pdf()))])
    for asked in ({"x-kabar": "1"}, {"sec-fetch-dest": "empty"}):
        assert "1 berkas masuk ke kotak masuk." not in team.get(sent.headers["location"], headers=asked).text
    assert team.get("/kasus/2026/0001/naskah/x/halaman/1", headers={"sec-fetch-dest": "image"}).status_code == 404
    assert "1 berkas masuk ke kotak masuk." in team.get("/kotak-masuk").text


def test_a_letter_that_is_being_read_shows_its_number_and_how_far_it_is(desk):
    _send(desk.browser("tim-yankomas"), ("surat.pdf", _pdf()))
    desk.office.run_once()
    team = desk.browser("tim-yankomas")

    for stage, words in ((Stage("membaca", 1, 2), "Membaca 1/2"), (Stage("mencetak"), "Mencetak")):
        desk.office.root.board.show("2026/0001", stage)
        shown = team.get("/kotak-masuk").text

        assert 'href="/kasus/2026/0001"' in shown
        assert words in shown


def test_a_letter_that_came_twice_is_a_duplicate_also_while_the_first_is_being_read(desk):
    _send(desk.browser("tim-yankomas"), ("surat.pdf", _pdf()), ("salinan.pdf", _pdf()))
    desk.office.run_once()
    desk.office.root.board.show("2026/0001", Stage("membaca", 1, 2))

    shown = desk.browser("tim-yankomas").get("/kotak-masuk").text

    assert (shown.count("Membaca 1/2"), shown.count('<span class="lencana jeda">ganda</span>')) == (1, 1)


def test_a_case_that_waits_for_a_worker_is_told_from_one_that_is_worked_on(desk, monkeypatch):
    _send(desk.browser("tim-yankomas"), ("surat.pdf", _pdf()))
    desk.office.run_once()
    team, shown = desk.browser("tim-yankomas"), []

    for stage in (Stage("menunggu sejak 09.30", waits=True), Stage("mencetak")):
        progress = SimpleNamespace(version=1, stages=lambda stage=stage: {"2026/0001": stage})
        monkeypatch.setattr(type(desk.office.root), "progress", property(lambda _root, now=progress: now))
        shown.append(team.get("/kotak-masuk").text)

    assert '<span class="lencana tunggu">Menunggu sejak 09.30</span>' in shown[0]
    assert '<span class="lencana kerja">Mencetak</span>' in shown[1]


def test_the_inbox_says_when_no_worker_tends_its_cases(desk, monkeypatch):
    told = "Tidak ada pekerja pusat yang hidup."
    before = desk.browser("tim-yankomas").get("/kotak-masuk").text
    monkeypatch.setattr(type(desk.office.root), "workers_told", told)

    assert (told in before, told in desk.browser("tim-yankomas").get("/kotak-masuk").text) == (False, True)


def test_every_page_says_while_nobody_watches_the_inbox_but_no_stranger_hears_it(desk):
    words, head = "Kotak masuk sedang tidak dipantau", desk.browser("kakanwil")

    away = [words in head.get(path).text for path in ("/", "/register", "/profil")]
    with desk.office.root.alone():
        there = [words in head.get(path).text for path in ("/", "/register", "/profil")]

    assert (away, there) == ([True] * 3, [False] * 3)
    assert words not in desk.stranger().get("/masuk").text
    assert words not in desk.stranger().get("/status").text


def test_two_files_of_one_name_are_two_files(desk):
    team = desk.browser("tim-yankomas")

    _send(team, ("SCN_0001.pdf", _pdf(300)))
    _send(team, ("SCN_0001.pdf", _pdf(301)))

    assert len(_inbox(desk)) == 2


@pytest.mark.parametrize("name", ["../../di-luar.pdf", "..\\..\\di-luar.pdf", "/tmp/di-luar.pdf"])
def test_a_files_name_is_never_a_path(desk, name):
    _send(desk.browser("tim-yankomas"), (name, _pdf()))

    assert _inbox(desk) == ["di-luar.pdf"]


def test_a_form_without_a_file_says_so_and_leaves_the_inbox_as_it_is(desk):
    team = desk.browser("tim-yankomas")

    answer = _send(team, ("kosong.pdf", b""))

    assert answer.status_code == 303
    assert "Belum ada berkas yang dipilih" in team.get("/kotak-masuk").text
    assert _inbox(desk) == []


def _refused(desk):
    desk.office.drop("iklan.pdf", b"")
    desk.office.run_once()


def test_a_refused_file_says_why_and_is_tried_again_at_a_press(desk):
    _refused(desk)
    team = desk.browser("tim-yankomas")
    page = team.get("/kotak-masuk").text
    place = re.search(r'action="/kotak-masuk/ulangi".*?name="berkas" value="([^"]+)"', page, re.DOTALL)[1]

    answer = team.post_form("/kotak-masuk/ulangi", {"berkas": place}, page="/kotak-masuk")

    assert "ditolak" in page
    assert answer.status_code == 303
    assert _inbox(desk) == ["iklan.pdf"]


def test_a_waiting_file_is_set_aside_with_a_reason_or_not_at_all(desk):
    desk.office.drop("iklan.pdf", _pdf())
    team = desk.browser("tim-yankomas")

    without = team.post_form("/kotak-masuk/sisihkan", {"berkas": "iklan.pdf"}, page="/kotak-masuk")
    aside = team.post_form("/kotak-masuk/sisihkan", {"berkas": "iklan.pdf", "alasan": "Iklan"}, page="/kotak-masuk")

    assert (without.status_code, aside.status_code) == (422, 303)
    assert _inbox(desk) == []
    assert "Iklan" in team.get("/kotak-masuk").text


def test_a_waiting_file_is_attached_to_a_case(desk):
    desk.office.drop("surat.pdf", _pdf(300))
    desk.office.run_once()
    desk.office.drop("susulan.pdf", _pdf(301))
    team = desk.browser("tim-yankomas")

    answer = team.post_form("/kotak-masuk/lampirkan", {"berkas": "susulan.pdf", "nomor": "1/2026"}, page="/kotak-masuk")
    desk.office.run_once()

    assert answer.status_code == 303
    assert len(_case(desk, 1).attachments) == 1


def test_a_mail_that_names_a_case_is_looked_at_and_becomes_a_new_one_on_a_persons_word(desk):
    desk.office.drop("surat.pdf", _pdf(300))
    desk.office.run_once()
    desk.office.drop("surel.eml", b"MAIL Re: perkara 1/2026\nIni aduan lain")
    desk.office.run_once()
    team = desk.browser("tim-yankomas")
    key = re.search(r'href="(/kotak-masuk/berkas/[^"]+)" title="surel.eml"', team.get("/kotak-masuk").text)[1]
    page = team.get(key).text
    name = re.search(r'action="/kotak-masuk/daftarkan".*?name="berkas" value="([^"]+)"', page, re.DOTALL)[1]

    answer = team.post_form("/kotak-masuk/daftarkan", {"berkas": name}, page=key)
    again = team.post_form("/kotak-masuk/daftarkan", {"berkas": name}, page="/kotak-masuk")
    desk.office.run_once()

    assert "menyebut perkara 2026/0001" in page
    assert (answer.status_code, again.status_code) == (303, 422)
    assert _case(desk, 2).arrived.name == "01-surat-asli.eml"
    assert desk.browser("admin").post_form("/kotak-masuk/daftarkan", {"berkas": name}, page="/").status_code == 403


def test_a_stack_of_both_sides_is_said_to_be_one_when_it_is_sent(desk):
    team = desk.browser("tim-yankomas")
    sent = [("berkas", ("tumpukan.pdf", _pdf()))]

    team.post_form("/kotak-masuk", {"bolak_balik": "1"}, page="/kotak-masuk", files=sent)

    assert (desk.office.root.layout.inbox / "bolak-balik" / "tumpukan.pdf").is_file()


def test_a_file_cut_in_the_middle_is_refused_at_once_and_never_waited_for(desk):
    team = desk.browser("tim-yankomas")

    _send(team, ("potong.pdf", _pdf()[:-200]), ("utuh.pdf", _pdf()))

    assert _inbox(desk) == ["utuh.pdf"]
    told = team.get("/kotak-masuk").text
    assert "1 berkas masuk ke kotak masuk." in told
    assert "potong.pdf (tidak utuh: penutup PDF (%%EOF) tidak ada)" in told


def test_a_script_that_sends_files_one_by_one_hears_of_each_and_leaves_no_words_for_the_next_page(desk):
    team, one = desk.browser("tim-yankomas"), {"headers": {"x-kirim": "1"}, "page": "/kotak-masuk"}

    whole = team.post_form("/kotak-masuk", files=[("berkas", ("a.pdf", _pdf()))], **one)
    cut = team.post_form("/kotak-masuk", files=[("berkas", ("b.pdf", _pdf()[:-200]))], **one)

    assert (whole.status_code, cut.status_code) == (200, 422)
    assert cut.text.startswith("tidak utuh: penutup PDF")
    assert 'class="pesan baik"' not in team.get("/kotak-masuk").text


def test_three_hundred_files_are_sent_in_one_form_without_scripts(desk):
    answer = _send(desk.browser("tim-yankomas"), *((f"{n}.pdf", _pdf(300 + n)) for n in range(300)))

    assert answer.status_code == 303
    assert len(_inbox(desk)) == 300


def test_a_letters_row_tells_who_complains_of_what_and_leads_to_checking_it(desk):
    team = desk.browser("tim-yankomas")
    _two_letters(desk)
    team.post_form("/verifikasi/2026/0001", CONFIRMED)

    shown = team.get("/kotak-masuk").text

    assert "Siti Rekaan" in shown
    assert "Sengketa tanah rekaan" in shown
    assert 'src="/kasus/2026/0001/gambar-surat"' in shown
    assert re.search(r"dikonfirmasi.*belum diperiksa|belum diperiksa.*dikonfirmasi", shown, re.DOTALL)
    assert 'href="/verifikasi/2026/0002"' in shown
    assert 'href="/verifikasi/2026/0001"' not in shown


def test_counters_lead_to_the_files_that_they_count(desk):
    _refused(desk)
    _two_letters(desk)
    team = desk.browser("tim-yankomas")

    assert 'href="/kotak-masuk?keadaan=ditolak"' in team.get("/kotak-masuk").text
    refused = team.get("/kotak-masuk?keadaan=ditolak").text
    assert "iklan.pdf" in refused
    assert "satu.pdf" not in refused


def test_a_refused_file_is_put_away_and_found_again_among_those_dealt_with(desk):
    _refused(desk)
    team = desk.browser("tim-yankomas")

    team.post_form("/kotak-masuk/ditangani", {"berkas": "ditolak/iklan.pdf"}, page="/kotak-masuk")

    assert ">iklan.pdf<" not in team.get("/kotak-masuk").text
    assert ">iklan.pdf<" in team.get("/kotak-masuk?keadaan=ditangani").text


def _key(desk, name):
    return next(e.key for e in desk.office.root.inbox_view(AskedFor.ALL).entries if e.name == name)


def test_a_set_aside_file_is_attached_to_a_case_that_was_found_by_name_and_shown_before(desk):
    _two_letters(desk)
    desk.office.drop("kembar.pdf", _pdf(300))
    desk.office.run_once()
    team = desk.browser("tim-yankomas")
    team.post_form("/verifikasi/2026/0001", CONFIRMED)
    path = f"/kotak-masuk/berkas/{_key(desk, 'kembar.pdf')}"

    found = team.post_form(path, {"q": "siti rekaan"})
    sent = {"berkas": "ditolak/kembar.pdf", "kunci": path.rpartition("/")[2], "nomor": "2026/0002"}
    attached = team.post_form("/kotak-masuk/lampirkan", sent, page=path)

    assert "0001/YANKOMAS/2026" in found.text
    assert "Sengketa tanah rekaan" in found.text
    assert "0002/YANKOMAS/2026" not in found.text
    assert attached.status_code == 303
    assert (desk.office.root.layout.inbox / "2026-0002" / "kembar.pdf").exists()


def test_a_file_is_attached_to_no_secret_case_that_the_clerk_may_not_open(desk):
    told = {"perihal": "Perkara tertutup", "terlapor": "Instansi", "uraian": "Dari koran", "sifat": "rahasia"}
    desk.clock.forward(days=2)  # since when the head of the field may cancel a case that the team has not touched
    desk.office.decide(desk.office.open("berita", told, "kabid"), "batal", "kabid", {"alasan": "Keliru"})
    _refused(desk)
    team = desk.browser("tim-yankomas")
    path = f"/kotak-masuk/berkas/{_key(desk, 'iklan.pdf')}"

    found = team.post_form(path, {"q": "tertutup"})
    sent = {"berkas": "ditolak/iklan.pdf", "kunci": path.rpartition("/")[2], "nomor": "1/2026"}
    answer = team.post_form("/kotak-masuk/lampirkan", sent, page=path)

    assert "Tidak ada perkara yang cocok." in found.text
    assert answer.status_code == 422
    assert "rahasia" in answer.text
    assert (desk.office.root.layout.inbox / "ditolak" / "iklan.pdf").exists()


def test_no_address_of_the_inbox_is_dead(desk):
    _two_letters(desk)
    team = desk.browser("tim-yankomas")

    for act in ("ulangi", "sisihkan", "lampirkan", "ditangani", "berkas"):
        assert team.get(f"/kotak-masuk/{act}").headers["location"] == "/kotak-masuk"
    assert team.get("/kotak-masuk/berkas/0123456789abcdef").headers["location"] == "/kotak-masuk"
    gone_on = team.get(f"/kotak-masuk/berkas/{_key(desk, 'satu.pdf')}")
    assert gone_on.headers["location"] == "/kasus/2026/0001"


def _case(desk, serial):
    return desk.office.root.cabinet.case(CaseNumber(2026, serial))


def _two_letters(desk):
    desk.office.drop("satu.pdf", _pdf(300))
    desk.office.run_once()
    desk.office.drop("dua.pdf", _pdf(301))
    desk.office.run_once()


def test_a_letter_is_confirmed_beside_its_scan_and_the_next_one_follows(desk):
    _two_letters(desk)
    team = desk.browser("tim-yankomas")
    page = team.get("/verifikasi/2026/0001").text

    answer = team.post_form("/verifikasi/2026/0001", CONFIRMED)

    assert "/kasus/2026/0001/naskah/" in page
    assert answer.headers["location"] == "/verifikasi/2026/0002"
    assert _case(desk, 1).made[-1].decision.move == "konfirmasi"
    assert _case(desk, 1).register["perihal"] == "Sengketa tanah rekaan"


def test_a_letter_that_is_passed_over_comes_again_after_the_others(desk):
    _two_letters(desk)
    desk.office.drop("tiga.pdf", _pdf(302))
    desk.office.run_once()
    team = desk.browser("tim-yankomas")

    assert '<a href="/verifikasi/2026/0002">Lewati dulu</a>' in team.get("/verifikasi/2026/0001").text
    second = team.post_form("/verifikasi/2026/0002", CONFIRMED)
    third = team.post_form("/verifikasi/2026/0003", CONFIRMED)

    assert second.headers["location"] == "/verifikasi/2026/0003"
    assert third.headers["location"] == "/verifikasi/2026/0001"


def test_what_is_missing_is_said_beside_the_scan_and_nothing_is_confirmed(desk):
    _two_letters(desk)
    team = desk.browser("tim-yankomas")

    answer = team.post_form("/verifikasi/2026/0001", {**CONFIRMED, "i.hak": [""]})

    assert answer.status_code == 422
    assert "Hak yang diduga dilanggar" in answer.text
    assert "Siti Rekaan" in answer.text
    assert not _case(desk, 1).made


def test_the_queue_shows_what_waits_and_leads_to_the_receipts_of_what_was_confirmed(desk):
    _two_letters(desk)
    team = desk.browser("tim-yankomas")
    team.post_form("/verifikasi/2026/0001", CONFIRMED)

    queue = team.get("/verifikasi").text

    assert 'href="/verifikasi/2026/0002"' in queue
    assert 'href="/kasus/2026/0001/tanda-terima"' in queue
    assert team.get("/kasus/2026/0001/tanda-terima").status_code == 303


def test_a_confirmed_letter_is_not_verified_again(desk):
    _two_letters(desk)
    team = desk.browser("tim-yankomas")
    team.post_form("/verifikasi/2026/0001", CONFIRMED)

    assert team.get("/verifikasi/2026/0001").headers["location"] == "/kasus/2026/0001"
