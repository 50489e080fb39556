"""Signing at a desk in a real browser, on a screen and on a phone: read, chosen, signed; nobody is shut out."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from browsers import DESKTOP, PHONE, chromium, come_in, findings, new_page, overflow, served
from offices import copied
from signing_memos import with_memos
from signing_pki import PASSPHRASE
from test_whole_sop import FIRST
from web_desk import WebDesk

MEMO = "04-nota-telaahan"
#: Where pictures of the pages are put, for people to look at; nowhere unless asked.
PICTURES = os.environ.get("YANKOMAS_PICTURES", "")


@pytest.fixture(scope="module")
def before(pki, tmp_path_factory):
    """An office with three memos that wait for their signature."""
    folder = tmp_path_factory.mktemp("sebelum") / "kantor"
    with_memos(folder, pki, b"Sengketa tanah", b"Upah", b"Air")
    return folder


@pytest.fixture(scope="module")
def browser():
    with chromium() as found:
        yield found


@pytest.fixture(params=[pytest.param(DESKTOP, id="desktop", marks=pytest.mark.slow), pytest.param(PHONE, id="phone")])
def place(request, before, browser, tmp_path):
    """A desk that is served, and a page of that size on which the official has come in."""
    folder = copied(before, tmp_path / "kantor")
    desk = WebDesk(folder)
    desk.account("eko.rekaan", "kasubbid")
    with served(desk) as address:
        page = new_page(browser, viewport=request.param)
        come_in(page, address, "eko.rekaan")
        yield desk, address, page, request.node.callspec.id
        page.context.close()
    desk.app.state.desk.close()


def picture(page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


def looked_at(page, name: str) -> None:
    picture(page, name)
    assert findings(page) == []
    assert not overflow(page)


def test_an_official_reads_chooses_and_signs(place):
    desk, address, page, size = place
    page.goto(f"{address}/tanda-tangan")
    looked_at(page, f"menunggu-{size}")

    page.get_by_role("checkbox").first.check()
    page.get_by_role("checkbox").nth(1).check()
    page.get_by_label("Kata sandi").fill(PASSPHRASE)
    page.get_by_role("button", name="Tandatangani yang dipilih").click()
    page.get_by_text("2 ditandatangani").wait_for()
    looked_at(page, f"hasil-{size}")

    assert MEMO in desk.office.root.cabinet.case(FIRST).signed
    page.goto(f"{address}/kasus/2026/0001")
    picture(page, f"perkara-{size}")


def test_a_stranger_asks_whether_a_letter_is_ours(place):
    desk, address, _, size = place
    with_code = desk.office.root.cabinet.case(FIRST).drafts[MEMO].page_code
    page = place[2]
    page.goto(f"{address}/keaslian")
    looked_at(page, f"keaslian-{size}")

    page.get_by_label("Kode pada naskah").fill(with_code)
    page.get_by_role("button", name="Periksa").click()
    page.get_by_text("Nota telaahan").wait_for()
    looked_at(page, f"keaslian-jawaban-{size}")
