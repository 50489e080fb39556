"""The editor in a real browser: what is typed is kept by itself, and is there again; nothing shuts people out."""

from __future__ import annotations

import pytest
from browsers import DESKTOP, PHONE, chromium, come_in, findings, new_page, overflow, served
from offices import WordOffice
from playwright.sync_api import expect
from test_letters_edited import CASE, EDITOR, RECOMMENDATION, today
from test_letters_numbered import SUMMARY, TO_DRAFT
from test_whole_sop import SUB, received, walk
from web_desk import WebDesk

from pipeline.cases.case_number import CaseNumber

pytestmark = pytest.mark.slow
FIRST = CaseNumber(2026, 1)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A desk with an edited recommendation, its address, and a browser."""
    desk = WebDesk(tmp_path_factory.mktemp("sunting") / "kantor", WordOffice)
    received(desk.office)
    walk(desk.office, FIRST, today(TO_DRAFT))
    desk.office.edit(FIRST, RECOMMENDATION, SUB, before=SUMMARY, after="Disunting")
    desk.account("siti.rekaan", SUB)
    with served(desk) as address, chromium() as browser:
        yield address, browser
    desk.app.state.desk.close()


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def page(place, request):
    page = new_page(place[1], viewport=request.param)
    come_in(page, place[0], "siti.rekaan")
    yield page
    page.context.close()


def test_what_is_typed_is_there_again_without_being_saved(page, place):
    page.goto(place[0] + EDITOR)
    field = page.locator("textarea", has_text="Disunting")
    number = field.get_attribute("name")

    field.fill("Disunting setengah jal")

    expect(page.locator("[data-tersimpan]")).to_contain_text("tersimpan otomatis")
    page.goto(place[0] + "/")
    page.goto(place[0] + EDITOR)
    expect(page.locator(f'textarea[name="{number}"]')).to_have_value("Disunting setengah jal")
    page.get_by_role("button", name="Buang ketikan itu").click()
    page.goto(place[0] + EDITOR)
    expect(page.locator(f'textarea[name="{number}"]')).to_have_value("Disunting")


@pytest.mark.parametrize("path", [EDITOR, f"{EDITOR}?dasar=1", f"{CASE}/beda/{RECOMMENDATION}?dari=1&ke=2"])
def test_the_pages_shut_nobody_out_and_fit_the_window(page, place, path):
    page.goto(place[0] + path)

    assert findings(page) == []
    assert overflow(page) == 0
