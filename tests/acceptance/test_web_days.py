"""The days of the desk's users in a real browser, with and without scripts."""

from __future__ import annotations

import io

import pytest
from browsers import chromium, come_in, hearing_news, new_page
from browsers import served as serving
from playwright.sync_api import expect
from pypdf import PdfWriter
from web_desk import WebDesk

from pipeline.cases.case_number import CaseNumber


class Served(WebDesk):
    """The desk of a fake office that is really served; ``page`` opens a browser in which somebody has come in."""

    def __init__(self, folder, browser) -> None:
        super().__init__(folder)
        self._browser = browser
        self.address = ""

    def page(self, role, *, scripts=True):
        if role not in [a.login for a in self.people.accounts.all()]:
            self.account(role, role)
        page = new_page(self._browser, base_url=self.address, java_script_enabled=scripts)
        come_in(page, self.address, role)
        return page

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


@pytest.mark.parametrize("scripts", [True, False])
def test_the_mailrooms_day(served, scripts):
    page = served.page("tim-yankomas", scripts=scripts)

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

    page.goto("/kotak-masuk", wait_until="commit")
    page.set_input_files("[name=berkas]", {"name": "SCN_0001.pdf", "mimeType": "application/pdf", "buffer": pdf()})
    held[0].continue_()

    page.wait_for_selector("#akun-kotak >> text=SCN_0001.pdf")


def test_a_letter_is_verified_by_keyboard_alone(served):
    served.letters(1)
    page = served.page("tim-yankomas")
    page.goto("/verifikasi/2026/0001")

    assert page.evaluate("document.activeElement.closest('[data-bukti]') !== null")
    _required(page)
    page.focus("[name='i.perihal']")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/verifikasi")

    assert _case(served).made[-1].decision.move == "konfirmasi"


@pytest.mark.parametrize("scripts", [True, False])
def test_a_disposition_takes_three_clicks(served, scripts):
    served.letters(1)
    served.office.decide(CaseNumber(2026, 1), "konfirmasi", "tim-yankomas", CONFIRMED)
    served.office.decide(CaseNumber(2026, 1), "sampaikan", "tim-yankomas")
    page = served.page("kakanwil", scripts=scripts)

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


def test_an_archivist_finds_a_folder_and_opens_it(served):
    served.letters(2)
    served.office.decide(CaseNumber(2026, 2), "konfirmasi", "tim-yankomas", CONFIRMED)
    page = served.page("arsiparis")

    page.click("nav >> text=Buku register")
    page.click("a:has-text('0002/YANKOMAS/2026')")

    expect(page.locator("h1")).to_contain_text("Sengketa tanah rekaan")
    page.click("text=Surat pengaduan")
    expect(page.locator(".lembar img")).to_have_count(1)


def test_what_happens_to_a_file_shows_by_itself(served):
    page = served.page("tim-yankomas")
    with hearing_news(served, page):
        page.goto("/kotak-masuk")

    served.office.drop("surat.pdf", pdf())
    served.office.run_once()

    expect(page.locator("a.nomor:has-text('0001/YANKOMAS/2026')")).to_be_visible()
