"""Bad input met in a real browser: endless and hostile names, five tabs, two officials at once."""

from __future__ import annotations

import pytest
from browsers import DESKTOP, PHONE, chromium, come_in, findings, new_page, overflow, served
from playwright.sync_api import expect
from web_desk import WebDesk

from pipeline.cases.case_number import CaseNumber

pytestmark = pytest.mark.slow
CASE = "/kasus/2026/0001"
#: A name without a blank, ten thousand letters long; one that would be a part of a page; one that would be worked out.
NAMES = ["Siti" * 2500, "\"><script>alert('x')</script><img src=x onerror=alert(1)>", "{{ 7*7 }}"]
CONFIRMED = {"cara_penyampaian": "lisan", "ringkasan": "Upah ditahan.", "hak": ["kesejahteraan"]}


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


@pytest.fixture
def desk(tmp_path):
    desk = WebDesk(tmp_path / "kantor")
    desk.office.open("lisan", {"perihal": NAMES[0], "pelapor": NAMES, "terlapor": NAMES[1:], "uraian": NAMES[1]})
    desk.office.decide(CaseNumber(2026, 1), "konfirmasi", "tim-yankomas", CONFIRMED)
    with served(desk) as desk.address:
        yield desk


@pytest.fixture
def opened(desk, browser):
    """Opens a window in which an account of that role has come in."""
    contexts = []

    def open_for(login, role, **options):
        if login not in [account.login for account in desk.people.accounts.all()]:
            desk.account(login, role)
        page = new_page(browser, base_url=desk.address, **options)
        page.faults = []
        page.on("dialog", lambda dialog: page.faults.append(dialog.message) or dialog.dismiss())
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        come_in(page, desk.address, login)
        contexts.append(page.context)
        return page

    yield open_for
    for context in contexts:
        context.close()


def made(desk, move):
    return [m.decision.move for m in desk.office.root.cabinet.case(CaseNumber(2026, 1)).made].count(move)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_endless_and_hostile_names_are_words_on_every_page_and_widen_none(opened, size):
    page, wide = opened("siti.rekaan", "tim-yankomas", viewport=size), {}

    for path in (
        "/",
        "/register",
        "/verifikasi",
        "/arsip",
        "/ringkasan/daftar?menurut=berjalan",
        CASE,
        f"{CASE}/salin",
    ):
        page.goto(path)
        wide[path] = overflow(page)
    page.goto(f"{CASE}/gerak/koreksi")
    wide["koreksi"] = overflow(page)

    assert {path: by for path, by in wide.items() if by} == {}
    assert page.faults == []
    assert findings(page) == []


def test_of_five_tabs_one_passes_the_case_on_and_the_others_say_that_it_went(desk, opened):
    first = opened("siti.rekaan", "tim-yankomas")
    tabs = [first, *(first.context.new_page() for _ in range(4))]
    for tab in tabs:
        tab.goto(f"{CASE}/gerak/sampaikan")

    for tab in tabs:
        tab.get_by_role("button", name="Sampaikan ke Kakanwil dengan lembar disposisi").click()

    assert made(desk, "sampaikan") == 1
    expect(tabs[0].locator(".pesan.baik").first).to_be_visible()
    for tab in tabs[1:]:
        expect(tab.locator("main")).to_contain_text("sudah bergerak sejak halaman itu dibuka: Sampaikan ke Kakanwil")


def test_of_two_officials_at_one_case_the_slower_keeps_what_was_written_and_is_told(desk, opened):
    desk.office.decide(CaseNumber(2026, 1), "sampaikan", "tim-yankomas")
    path = f"{CASE}/gerak/disposisi"
    budi, dewi = opened("budi.rekaan", "kakanwil"), opened("dewi.rekaan", "kakanwil")
    for page in (budi, dewi):
        page.goto(path)
        page.locator("[name='i.isi_disposisi']").fill("Telaah segera.")

    budi.get_by_role("button", name="Disposisi").first.click()
    expect(budi.locator(".pesan.baik").first).to_be_visible()
    dewi.get_by_role("button", name="Disposisi").first.click()

    told = "sudah bergerak sejak halaman itu dibuka: Disposisi, akun budi.rekaan, sebagai Kakanwil"
    expect(dewi.locator("main")).to_contain_text(told)
    expect(dewi.locator("main")).to_contain_text("Telaah segera.")
    assert made(desk, "disposisi") == 1
