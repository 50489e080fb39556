"""A letter is checked in a real browser: by keyboard only, on a phone, without scripts."""

from __future__ import annotations

import io

import pytest
from browsers import DESKTOP, PHONE, chromium, come_in, findings, new_page, overflow, served
from checked_letters import LetterReader
from playwright.sync_api import expect
from pypdf import PdfWriter
from web_desk import WebDesk

from pipeline.cases.case_number import CaseNumber

pytestmark = pytest.mark.slow
FIRST = "/verifikasi/2026/0001"


def two_pages(width):
    """A PDF of two blank pages; another width is another letter."""
    made = io.BytesIO()
    writer = PdfWriter()
    for _ in range(2):
        writer.add_blank_page(width, 400)
    writer.write(made)
    return made.getvalue()


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


@pytest.fixture
def desk(tmp_path):
    desk = WebDesk(tmp_path / "kantor")
    desk.clock.forward(days=5)
    desk.office.reader = LetterReader()
    for width in (300, 301):
        desk.office.drop(f"surat-{width}.pdf", two_pages(width))
        desk.office.run_once()
    desk.account("siti.rekaan", "tim-yankomas")
    with served(desk) as desk.address:
        yield desk


@pytest.fixture
def opened(desk, browser):
    """Opens the first letter in a window of its own."""
    pages = []

    def open_in(**options):
        page = new_page(browser, base_url=desk.address, **options)
        page.complaints = []
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("console", lambda m: page.complaints.append(m.text) if "Content Security" in m.text else None)
        come_in(page, desk.address, "siti.rekaan")
        page.goto(FIRST)
        pages.append(page)
        return page

    yield open_in
    for page in pages:
        page.context.close()


def case(desk):
    return desk.office.root.cabinet.case(CaseNumber(2026, 1))


def in_hand(page):
    """The name of the field that has the focus."""
    return page.evaluate("document.activeElement.name || document.activeElement.textContent.trim()")


def lit(page):
    """The places that are lit on the scan, and the clippings that stand by the field in hand."""
    return page.evaluate(
        """[[...document.querySelectorAll('.bukti')].filter((m) => getComputedStyle(m).fill !== 'rgba(0, 0, 0, 0)'),
            [...document.activeElement.closest('.satu').querySelectorAll('.potongan')]
                .filter((clip) => clip.getBoundingClientRect().height)]
           .map((parts) => parts.map((part) => part.dataset.tempat))"""
    )


def test_a_letter_is_confirmed_by_keyboard_and_only_the_place_in_hand_is_lit(desk, opened):
    page, way = opened(), []

    keys = ("p", "Enter", "Space", "Enter", "Control+Enter", "Control+Enter", "Enter", "Enter", "Enter", "Enter")
    for key in keys:
        way.append((in_hand(page), *lit(page)))
        page.keyboard.press(key)
    last = in_hand(page)
    page.keyboard.press("Enter")
    page.wait_for_url("**/verifikasi/2026/0002")

    assert [step for n, step in enumerate(way) if n not in (1, 3)] == [
        ("i.cara_penyampaian", [], []),
        ("i.hak", [], []),
        ("i.ringkasan", ["ringkasan"], ["ringkasan"]),
        ("i.terlapor", ["terlapor"], ["terlapor"]),
        ("i.perihal", ["perihal"], ["perihal"]),
        ("i.pelapor.1.nama", ["pelapor.1.nama"], ["pelapor.1.nama"]),
        ("i.pelapor.1.ttl", ["pelapor.1.ttl"], ["pelapor.1.ttl"]),
        ("i.kabupaten", [], []),
    ]
    assert last == "Konfirmasi, lanjut ke surat berikutnya"
    assert case(desk).register["cara_penyampaian"] == "pos"
    assert page.complaints == []


def test_the_scan_goes_to_the_page_of_the_field(opened):
    page = opened()
    expect(page.locator("[data-alat=letak]")).to_have_text("1")

    page.focus("[name='i.terlapor']")

    expect(page.locator("[data-alat=letak]")).to_have_text("2")
    expect(page.locator("#halaman-2 .bukti.nyala")).to_be_in_viewport()


def test_the_scan_is_enlarged_and_turned_by_keyboard(opened):
    page = opened()
    sheet = page.locator("#halaman-1 .lembaran")
    before = sheet.bounding_box()

    page.keyboard.press("Alt+b")
    large = sheet.bounding_box()
    page.keyboard.press("Alt+k")
    page.keyboard.press("Alt+p")
    turned = sheet.bounding_box()

    assert large["width"] == pytest.approx(1.5 * before["width"], rel=0.02)
    assert (turned["width"], turned["height"]) == pytest.approx((before["height"], before["width"]), rel=0.02)


def test_what_was_not_looked_at_is_not_confirmed_at_once(desk, opened):
    page = opened()
    page.select_option("[name='i.cara_penyampaian']", "surat")
    page.check("[name='i.hak'][value='rasa aman']")

    page.get_by_role("button", name="Konfirmasi, lanjut").click()

    expect(page.locator(".sisa")).to_contain_text("Masih 5 isian yang meragukan")
    assert in_hand(page) == "i.ringkasan"
    assert not case(desk).made


def test_after_an_error_the_first_wrong_field_has_the_focus(opened):
    page = opened()
    page.fill("[name='i.pelapor.1.umur']", "tua")
    for box in page.locator("[name=diperiksa]").all():
        box.check()

    page.get_by_role("button", name="Konfirmasi, lanjut").click()

    expect(page.locator(".pesan.gagal")).to_contain_text("3 isian perlu diperiksa")
    expect(page.locator("[name='i.cara_penyampaian']")).to_be_focused()
    assert page.input_value("[name='i.pelapor.1.umur']") == "tua"


def test_without_scripts_a_letter_is_confirmed_by_ticking_what_is_right(desk, opened):
    page = opened(java_script_enabled=False)
    page.select_option("[name='i.cara_penyampaian']", "surat")
    page.check("[name='i.hak'][value='rasa aman']")
    expect(page.locator("[data-bukti=ringkasan] .potongan")).to_be_visible()
    shown = page.locator("[data-bukti=pelapor] .potongan:visible")
    expect(shown).to_have_count(2)  # the name and the birth, which are in doubt; not the NIK

    page.get_by_role("button", name="Konfirmasi, lanjut").click()
    expect(page.locator(".pesan.gagal")).to_contain_text("5 isian perlu diperiksa")
    for name in ("perihal", "pelapor", "terlapor", "ringkasan", "kabupaten"):
        page.check(f"[name=diperiksa][value={name}]")
    page.get_by_role("button", name="Konfirmasi, lanjut").click()
    page.wait_for_url("**/verifikasi/2026/0002")

    assert case(desk).made[-1].decision.move == "konfirmasi"


@pytest.mark.parametrize("window", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_letter_stands_before_its_form_and_everything_is_large_enough(opened, window):
    page = opened(viewport=window)
    page.evaluate("document.querySelectorAll('details:not(.saya)').forEach((part) => { part.open = true; })")

    scan, form = (page.locator(part).bounding_box() for part in (".pindaian", ".isian-surat"))
    small = page.evaluate(
        """[...document.querySelectorAll('main :is(button, summary, select, textarea, label, input)')]
           .filter((part) => part.offsetParent && !part.closest('label') || part.matches('label.centang'))
           .map((part) => [part.outerHTML.slice(0, 60), part.getBoundingClientRect()])
           .filter(([, box]) => box.width && Math.min(box.width, box.height) < 24).map(([words]) => words)"""
    )

    assert scan["y"] < form["y"] or scan["x"] < form["x"]
    assert small == []
    assert (findings(page), overflow(page)) == ([], 0)
