"""A letter is checked beside its scan: what is in doubt is looked at, what the machine noticed is settled there."""

from __future__ import annotations

import re

import pytest
from checked_letters import NIK, LetterReader
from web_desk import WebDesk

from pipeline.cases.case_number import CaseNumber

ANSWERS = {
    "i.cara_penyampaian": "pos",
    "i.perihal": "Sengketa tanah rekaan",
    "i.tanggal_surat": "2026-11-20",
    "i.pelapor.1.nama": "Siti Rekaan",
    "i.pelapor.1.nik": NIK,
    "i.pelapor.1.ttl": "Contoh, 27 Desember 1955",
    "i.terlapor": "Kantor Contoh",
    "i.ringkasan": "Tanah dipagari.",
    "i.hak": ["rasa aman"],
}
DOUBTS = ["perihal", "pelapor", "terlapor", "ringkasan"]
FIRST = "/verifikasi/2026/0001"


@pytest.fixture
def desk(tmp_path):
    desk = WebDesk(tmp_path / "kantor")
    desk.clock.forward(days=5)  # under the SOP's edition of 26 November 2026
    desk.office.reader = LetterReader()
    yield desk
    desk.app.state.desk.close()


def letters(desk, *names):
    """These letters come, one after the other, each of two pages."""
    for name in names:
        desk.office.drop(f"{name}.pdf", f"PAGES\n-{name} satu\n-{name} dua".encode())
        desk.office.run_once()


def case(desk, serial=1):
    return desk.office.root.cabinet.case(CaseNumber(2026, serial))


def test_what_is_in_doubt_stands_open_and_what_is_certain_is_folded(desk):
    letters(desk, "satu")

    page = desk.browser("tim-yankomas").get(FIRST).text

    first, folded = page.split("Terbaca pasti")
    assert all(f'name="diperiksa" value="{name}"' in first for name in DOUBTS)
    assert 'data-bukti="tanggal_surat"' not in first
    assert "Tanggal surat pengaduan: 20 November 2026" in folded
    assert 'data-ragu="pelapor.1.nama pelapor.1.ttl"' in first


def test_each_field_shows_its_place_on_the_page(desk):
    letters(desk, "satu")

    page = desk.browser("tim-yankomas").get(FIRST).text

    clip = re.search(r'<svg class="potongan" data-tempat="pelapor.1.nik" viewBox="([\d. ]+)".*?href="([^"]+)"', page)
    x, y, width, height = map(float, clip[1].split())
    assert x <= 300 <= 600 <= x + width
    assert y <= 1333 * 0.25 <= 1333 * 0.27 <= y + height
    assert clip[2] == "/kasus/2026/0001/naskah/01-surat.pdf/halaman/1?lebar=1400"


def test_nothing_in_doubt_is_confirmed_before_somebody_looked(desk):
    letters(desk, "satu")
    team = desk.browser("tim-yankomas")

    unseen = team.post_form(FIRST, ANSWERS)
    half = team.post_form(FIRST, {**ANSWERS, "i.perihal": "Tanah dipagari", "diperiksa": ["pelapor", "terlapor"]})

    assert unseen.status_code == half.status_code == 422
    assert unseen.text.count("Belum diperiksa; cocokkan dengan suratnya") == len(DOUBTS)  # beside each field
    assert re.findall(r'<a href="#f-i\.(\w+)">', half.text) == ["ringkasan"]
    assert not case(desk).made


def test_what_was_looked_at_is_confirmed(desk):
    letters(desk, "satu")
    team = desk.browser("tim-yankomas")

    answer = team.post_form(FIRST, {**ANSWERS, "diperiksa": DOUBTS})

    assert answer.status_code == 303
    assert case(desk).made[-1].decision.move == "konfirmasi"


def test_all_that_is_wrong_is_said_in_one_round(desk):
    letters(desk, "satu")
    team = desk.browser("tim-yankomas")
    slips = {"i.pelapor.1.umur": "tua", "i.hak": [""], "i.tanggal_surat": "2026-12-31", "diperiksa": DOUBTS[1:]}

    answer = team.post_form(FIRST, {**ANSWERS, **slips})

    named = set(re.findall(r'<a href="#f-i\.(\w+)">', answer.text))
    assert named == {"perihal", "pelapor", "hak", "tanggal_surat"}
    assert "umur tua bukan bilangan tahun" in answer.text


def test_a_nik_that_says_another_birthday_is_shown_before_it_is_confirmed(desk):
    desk.office.reader.born = "1955-12-28"
    letters(desk, "satu")
    team = desk.browser("tim-yankomas")

    assert "memuat tanggal lahir lain daripada yang tertulis" in team.get(FIRST).text


def test_a_birthday_typed_against_the_nik_is_told_once_and_then_taken(desk):
    letters(desk, "satu")
    team = desk.browser("tim-yankomas")
    typed = {**ANSWERS, "diperiksa": DOUBTS, "i.pelapor.1.ttl": "Contoh, 28 Desember 1955"}

    told = team.post_form(FIRST, typed)
    words = re.search(r'name="diberitahu" value="([^"]+)"', told.text)[1]
    taken = team.post_form(FIRST, {**typed, "diberitahu": words})

    assert told.status_code == 422
    assert taken.status_code == 303
    assert case(desk).register["pelapor"][0]["ttl"] == "Contoh, 28 Desember 1955"


def test_the_next_letter_came_as_the_last_one_did(desk):
    letters(desk, "satu", "dua")
    team = desk.browser("tim-yankomas")
    chosen = '<option value="pos" selected>'
    before = team.get("/verifikasi/2026/0002").text

    team.post_form(FIRST, {**ANSWERS, "diperiksa": DOUBTS})

    assert chosen not in before
    assert chosen in team.get("/verifikasi/2026/0002").text
    assert "Seperti surat sebelumnya." in team.get("/verifikasi/2026/0002").text


def test_what_a_browser_keeps_is_never_more_than_a_choice(desk):
    letters(desk, "satu")
    team = desk.browser("tim-yankomas")
    team.cookies.set("cara_penyampaian", "<b>merpati</b>", path="/verifikasi")

    page = team.get(FIRST)

    assert page.status_code == 200
    assert "merpati" not in page.text


def test_a_second_letter_is_cut_off_where_the_clerk_stands(desk):
    desk.office.reader.suspects = True
    letters(desk, "satu")
    team = desk.browser("tim-yankomas")
    page = team.get(FIRST).text

    answer = team.post_form(f"{FIRST}/pisahkan", {"mulai": "2"}, page=FIRST)
    desk.office.run_once()

    assert '<input type="checkbox" name="mulai" value="2" checked>' in page
    assert answer.headers["location"] == FIRST
    assert case(desk).made[-1].decision.values == {"halaman": "2-2"}
    assert case(desk, 2).received.pages == 1


def test_scissors_at_no_page_cut_nothing(desk):
    letters(desk, "satu")
    team = desk.browser("tim-yankomas")

    team.post_form(f"{FIRST}/pisahkan", {"mulai": "1"}, page=FIRST)

    assert "Tidak ada halaman yang tersisa" in team.get(FIRST).text
    team.post_form(f"{FIRST}/pisahkan", {}, page=FIRST)
    assert "Pilih dahulu halaman" in team.get(FIRST).text
    assert not case(desk).made


def test_a_letter_that_names_a_case_joins_it_instead_of_being_one(desk):
    letters(desk, "satu")
    desk.office.reader.cites = 1
    letters(desk, "susulan", "lain")
    team, second = desk.browser("tim-yankomas"), "/verifikasi/2026/0002"
    page = team.get(second).text
    sent = dict(re.findall(r'name="(perkara_induk|alasan|sebagai)" value="([^"]+)"', page))

    answer = team.post_form(f"{second}/lampirkan", sent, page=second)
    desk.office.run_once()

    assert "Menyusul perkara" in page
    assert sent["alasan"] == "Surat susulan perkara 2026/0001."
    assert answer.headers["location"] == "/verifikasi/2026/0003"
    assert case(desk, 2).made[-1].decision.move == "lampirkan"
    assert [(link.other, link.how) for link in case(desk).links] == [("2026/0002", "anak")]


def test_a_letter_joins_no_case_that_came_after_it(desk):
    desk.office.reader.cites = 2
    letters(desk, "satu", "dua")

    page = desk.browser("tim-yankomas").get(FIRST).text

    assert 'href="/kasus/2026/0002"' in page
    assert "Lampirkan saja" not in page


def test_after_confirming_a_letter_joins_another_only_by_the_head_of_division(desk):
    letters(desk, "satu", "dua")
    team = desk.browser("tim-yankomas")
    team.post_form("/verifikasi/2026/0002", {**ANSWERS, "diperiksa": DOUBTS})

    team.post_form("/verifikasi/2026/0002/lampirkan", {"perkara_induk": "2026/0001", "alasan": "Sama."}, page=FIRST)

    assert case(desk, 2).made[-1].decision.move == "konfirmasi"


def test_the_regency_is_proposed_of_the_place_and_counts_only_once_a_person_confirmed_it(desk):
    letters(desk, "satu")
    team = desk.browser("tim-yankomas")
    here = {**ANSWERS, "i.tempat_kejadian": "Desa Contoh, Kecamatan Tais, Kabupaten Seluma"}
    page = team.get(FIRST).text
    offered = page.partition('id="f-i.kabupaten"')[2].partition("</select>")[0]

    unseen = team.post_form(FIRST, {**here, "i.kabupaten": "", "diperiksa": DOUBTS})
    confirmed = team.post_form(FIRST, {**here, "i.kabupaten": "Kabupaten Seluma", "diperiksa": DOUBTS})

    assert "Kabupaten Seluma" in offered
    assert "di luar wilayah kantor" in offered
    assert re.findall(r'<a href="#f-i\.(\w+)">', unseen.text) == ["kabupaten"]
    assert confirmed.status_code == 303
    assert case(desk).fields["kabupaten"]["nilai"] == "Kabupaten Seluma"


def test_secrecy_that_the_letter_asks_for_is_offered_and_set_by_a_person_alone(desk):
    desk.office.reader.calls_itself = "Segera dan rahasia"
    letters(desk, "satu")
    team = desk.browser("tim-yankomas")
    asked, folded = team.get(FIRST).text.split("Terbaca pasti")

    unseen = team.post_form(FIRST, {**ANSWERS, "diperiksa": DOUBTS})  # no choice, as browsers send it
    before = case(desk).fields.get("sifat")
    set_by_hand = team.post_form(FIRST, {**ANSWERS, "i.sifat": "rahasia", "diperiksa": DOUBTS})

    assert 'data-bukti="sifat"' in asked
    assert 'data-bukti="sifat"' not in folded
    assert "tertulis Segera dan rahasia; usul: rahasia (baris berlabel" in asked
    assert re.findall(r'<a href="#f-i\.(\w+)">', unseen.text) == ["sifat"]
    assert before is None
    assert set_by_hand.status_code == 303
    assert case(desk).fields["sifat"]["nilai"] == "rahasia"
