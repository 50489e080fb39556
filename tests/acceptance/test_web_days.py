"""The days of the desk's users in a real browser: at a desk and by phone, with and without scripts."""

from __future__ import annotations

import io
import re

import pytest
from browsers import DESKTOP, PHONE, ServedDesk, chromium, hearing_news, overflow
from browsers import served as serving
from life_office import MORNING, RECOMMENDATION, LifeOffice
from playwright.sync_api import expect
from pypdf import PdfWriter

from pipeline.cases.case_number import CaseNumber


class Served(ServedDesk):
    """The desk of an office to which letters come."""

    def letters(self, count):
        """So many letters come and get their numbers."""
        for n in range(count):
            self.office.drop(f"surat-{n}.pdf", pdf(300 + n))
            self.office.run_once()


def pdf(width=300):
    """A PDF of one blank page; another width is another letter."""
    made = io.BytesIO()
    writer = PdfWriter()
    writer.add_blank_page(width, 400)
    writer.write(made)
    return made.getvalue()


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


@pytest.fixture
def served(tmp_path, browser):
    desk = Served(tmp_path / "kantor", browser)
    with serving(desk) as desk.address:
        yield desk
        for context in browser.contexts:
            context.close()


#: The ways in which a day is gone through: with what screen, and with scripts or without.
WAYS = {
    "desk": (DESKTOP, True),
    "desk, no scripts": (DESKTOP, False),
    "phone": (PHONE, True),
    "phone, no scripts": (PHONE, False),
}


def every_way(*always: str) -> pytest.MarkDecorator:
    """Go through a day in each of the ways: in these always, in the others in the slow run."""
    ways = [pytest.param(*way, id=name, marks=() if name in always else pytest.mark.slow) for name, way in WAYS.items()]
    return pytest.mark.parametrize(("size", "scripts"), ways)


def _case(served, serial=1):
    return served.office.root.cabinet.case(CaseNumber(2026, serial))


def _required(page):
    """Fill in what the register asks for, as the mailroom does from the letter."""
    page.select_option("[name='i.cara_penyampaian']", "surat")
    page.fill("[name='i.perihal']", "Sengketa tanah rekaan")
    page.fill("[name='i.pelapor.1.nama']", "Siti Rekaan")
    page.fill("[name='i.terlapor']", "Kantor Contoh")
    page.fill("[name='i.ringkasan']", "Tanah dipagari.")
    page.check("[name='i.hak'][value='rasa aman']")


@every_way("desk", "phone, no scripts")
def test_the_mailrooms_day(served, size, scripts):
    page = served.page("tim-yankomas", scripts=scripts, size=size)

    page.click("text=Kotak masuk")
    page.set_input_files("[name=berkas]", {"name": "SCN_0001.pdf", "mimeType": "application/pdf", "buffer": pdf()})
    if not scripts:  # which send what was chosen at once
        page.click("text=Kirim ke kotak masuk")
    page.wait_for_selector("#akun-kotak >> text=SCN_0001.pdf")
    served.office.run_once()
    page.goto("/kotak-masuk")
    page.click("a:has-text('0001/YANKOMAS/2026')")
    page.click("text=Konfirmasi isian register")
    _required(page)
    page.click("text=Konfirmasi, lanjut ke surat berikutnya")
    page.wait_for_selector("text=0001/YANKOMAS/2026 dikonfirmasi")

    assert _case(served).made[-1].decision.move == "konfirmasi"
    page.click("text=Lihat dan cetak")
    expect(page.locator("h1")).to_contain_text("Tanda terima")


def test_a_file_that_was_chosen_before_the_script_had_come_is_sent_too(served):
    page = served.page("tim-yankomas")
    held = []
    page.route("**/kotak-masuk.js*", lambda route: held.append(route))

    with page.expect_request("**/kotak-masuk.js*"):
        page.goto("/kotak-masuk", wait_until="commit")
    page.set_input_files("[name=berkas]", {"name": "SCN_0001.pdf", "mimeType": "application/pdf", "buffer": pdf()})
    held[0].continue_()

    page.wait_for_selector("#akun-kotak >> text=SCN_0001.pdf")


def test_a_press_is_not_lost_when_the_page_changes_by_itself_meanwhile(served):
    served.letters(1)
    page = served.page("tim-yankomas")
    button = page.get_by_role("button", name="Konfirmasi, lanjut")
    page.goto("/verifikasi/2026/0001")
    _required(page)
    before = button.bounding_box()
    expect(page.locator(".tersimpan")).to_contain_text("Ketikan tersimpan pukul")
    assert button.bounding_box() == before  # where one is about to press it

    held = []
    page.route("**/ketikan", lambda route: held.append(route))
    page.set_viewport_size({"width": 1366, "height": 4000})  # a page that is not scrolled moves as a whole
    page.goto("/kasus/2026/0001/gerak/koreksi")
    with page.expect_request("**/ketikan"):
        page.fill("[name='i.alasan']", "Salah ketik.")
    page.clock.install(time=0)
    page.clock.pause_at(60)  # who presses for a second does not click: a slow machine is not meant
    page.get_by_role("button", name="Tambah baris").first.hover()
    page.mouse.down()
    held[0].fulfill(json={"sisa": 600, "bersama": "Ani Rekaan sedang mengisi formulir perkara ini juga."})
    page.evaluate("fetch('/ketikan/hadir')")
    with page.expect_navigation():
        page.mouse.up()


def test_a_letter_is_verified_by_keyboard_alone(served):
    served.letters(1)
    page = served.page("tim-yankomas")
    page.goto("/verifikasi/2026/0001")

    page.wait_for_function("document.activeElement.closest('[data-bukti]') !== null")
    _required(page)
    page.focus("[name='i.perihal']")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/verifikasi")

    assert _case(served).made[-1].decision.move == "konfirmasi"


@every_way("phone")
def test_a_disposition_takes_three_clicks(served, size, scripts):
    served.letters(1)
    served.office.decide(CaseNumber(2026, 1), "konfirmasi", "tim-yankomas", CONFIRMED)
    served.office.decide(CaseNumber(2026, 1), "sampaikan", "tim-yankomas")
    page = served.page("kakanwil", scripts=scripts, size=size)

    page.click("a.nomor")
    page.check("text=Tindak lanjuti")
    page.click("button:has-text('Disposisi')")
    page.wait_for_selector("text=Disposisi: dicatat")

    assert _case(served).made[-1].decision.values["isi_disposisi"] == "Tindak lanjuti"


CONFIRMED = {
    "cara_penyampaian": "surat",
    "perihal": "Sengketa tanah rekaan",
    "pelapor": "Siti Rekaan",
    "terlapor": "Kantor Contoh",
    "ringkasan": "Tanah dipagari.",
    "hak": "rasa aman",
}


@every_way("phone")
def test_an_official_reads_a_letter_and_initials_it(served, size, scripts):
    served.clock.at = MORNING
    life = LifeOffice(served.office)
    served.office.clock = served.clock
    life.recommended()
    page = served.page("kabid", scripts=scripts, size=size)

    page.click("main >> text=Surat rekomendasi")
    expect(page.locator(".lembar img, .kosong").first).to_be_visible()
    assert overflow(page) == 0
    page.get_by_role("button", name="Paraf").click()
    expect(page.locator(".pesan.baik").first).to_be_visible()

    assert [by.role for by in life.letter(RECOMMENDATION).initials] == ["kabid"]


@every_way("phone")
def test_an_archivist_finds_a_folder_by_a_word_and_opens_it(served, size, scripts):
    served.letters(2)
    served.office.decide(CaseNumber(2026, 2), "konfirmasi", "tim-yankomas", CONFIRMED)
    page = served.page("arsiparis", scripts=scripts, size=size)

    page.get_by_role("searchbox").first.fill("sengketa")
    page.get_by_role("button", name="Temukan").click()
    page.get_by_role("link", name="Sengketa tanah rekaan").click()

    expect(page.locator("h1")).to_contain_text("Sengketa tanah rekaan")
    page.click("nav >> text=Surat pengaduan")
    page.click("#n1 img")
    expect(page.locator(".lembar img")).to_have_count(1)
    page.click("nav >> text=Buku register")
    expect(page.locator("a:has-text('0002/YANKOMAS/2026')")).to_be_visible()


@every_way("phone")
def test_the_head_reads_the_quarter_and_the_cases_behind_a_figure(served, size, scripts):
    served.letters(1)
    served.office.decide(CaseNumber(2026, 1), "konfirmasi", "tim-yankomas", CONFIRMED)
    page = served.page("kakanwil", scripts=scripts, size=size)

    page.click("nav >> text=Ringkasan")
    assert overflow(page) == 0
    page.locator("main a[href*='menurut=hak']:visible").first.click()
    expect(page.locator("main table")).to_contain_text("Sengketa tanah rekaan")
    page.get_by_role("searchbox").first.fill("siti rekaan")
    page.get_by_role("button", name="Temukan").click()

    expect(page.get_by_role("link", name="Sengketa tanah rekaan")).to_be_visible()


@every_way("phone")
def test_the_admins_day(served, size, scripts):
    served.letters(1)
    page = served.page("admin", scripts=scripts, size=size)

    page.click("nav >> text=Akun")
    page.get_by_label("Nama lengkap").fill("Rani Rekaan")
    page.get_by_label("Nama masuk").fill("rani")
    page.get_by_label("Tim Yankomas").first.check()
    page.get_by_role("button", name="Buat akun").click()
    expect(page.locator("h1")).to_have_text("Tautan sekali pakai")
    page.click("nav >> text=Keutuhan")
    page.get_by_role("button", name="Periksa seluruh arsip").click()
    expect(page.locator("main")).to_contain_text(re.compile("Arsip utuh|[0-9]+ temuan"))

    assert "rani" in [account.login for account in served.people.accounts.all()]


def test_what_happens_to_a_file_shows_by_itself(served):
    page = served.page("tim-yankomas")
    with hearing_news(served, page):
        page.goto("/kotak-masuk")

    served.office.drop("surat.pdf", pdf())
    served.office.run_once()

    expect(page.locator("a.nomor:has-text('0001/YANKOMAS/2026')")).to_be_visible()
