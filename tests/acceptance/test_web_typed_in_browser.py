"""What is typed in a real browser is there again, with scripts and without; a session's end is told before it comes."""

from __future__ import annotations

import pytest
from browsers import DESKTOP, PHONE, chromium, come_in, findings, new_page, overflow, served
from playwright.sync_api import expect
from pypdf import PdfWriter
from web_desk import PASSWORD, WebDesk

from pipeline.access.sessions import IDLE

pytestmark = pytest.mark.slow

CHECK = "/verifikasi/2026/0001"
WORDS = "Tanah Siti Rekaan dipagari,\nsejak Mei."


@pytest.fixture
def desk(tmp_path):
    desk = WebDesk(tmp_path / "kantor")
    for height in (400, 500):
        writer = PdfWriter()
        writer.add_blank_page(300, height)
        writer.write(desk.office.root.layout.inbox / f"{height}.pdf")
        desk.office.run_once()
    for login, name in (("siti", "Siti Rekaan"), ("ani", "Ani Rekaan")):
        desk.account(login, "tim-yankomas", name=name)
    return desk


@pytest.fixture
def place(desk):
    with desk.office.root.alone(), served(desk) as address, chromium() as browser:
        yield address, browser
    desk.app.state.desk.close()


def summary(page):
    return page.locator('textarea[name="i.ringkasan"]')


def come_in_again(page, login="siti"):
    page.get_by_label("Nama masuk").fill(login)
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def typing(place, request):
    """A clerk at a letter, who has typed something that was kept by itself."""
    page = new_page(place[1], viewport=request.param)
    page.complaints = []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("console", lambda m: page.complaints.append(m.text) if "Content Security" in m.text else None)
    come_in(page, place[0], "siti")
    page.goto(place[0] + CHECK)
    summary(page).fill(WORDS)
    expect(page.locator(".tersimpan")).to_contain_text("Ketikan tersimpan pukul")
    yield page
    assert page.complaints == []
    page.context.close()


def test_what_is_typed_is_kept_by_itself_and_stands_in_the_form_again(typing, place):
    typing.goto(place[0] + "/")
    typing.goto(place[0] + CHECK)

    expect(summary(typing)).to_have_value(WORDS)
    expect(typing.get_by_text("kembali di formulir ini; belum dikirim")).to_be_visible()
    assert findings(typing) == []
    assert overflow(typing) == 0
    typing.goto(place[0] + "/ketikan")
    expect(typing.get_by_text("dipagari")).to_be_visible()
    assert findings(typing) == []
    assert overflow(typing) == 0
    typing.get_by_role("button", name="Buang").click()
    typing.goto(place[0] + CHECK)
    expect(summary(typing)).not_to_have_value(WORDS)


def test_the_end_of_the_session_is_told_before_it_comes_and_can_be_put_off_whatever_the_browsers_clock(place, desk):
    page = new_page(place[1])
    page.clock.install(time="2031-02-03T04:05:06Z")
    come_in(page, place[0], "siti")
    page.goto(place[0] + CHECK)
    bar = page.locator("#sesi")
    expect(bar).to_be_hidden()

    desk.clock.forward(seconds=IDLE - 100)
    page.clock.fast_forward((IDLE - 100) * 1000)
    expect(bar).to_contain_text("berakhir kurang dari 3 menit lagi")
    assert findings(page) == []
    bar.get_by_role("button", name="Tetap masuk").click()

    expect(bar).to_be_hidden()
    desk.clock.forward(seconds=IDLE - 100)
    assert page.goto(place[0] + CHECK).status == 200
    assert "/masuk" not in page.url
    page.context.close()


def test_after_the_session_ended_the_page_says_so_and_the_form_goes_on(typing, place, desk):
    desk.people.sessions.end_all("siti")

    summary(typing).press_sequentially(" Lagi.")
    expect(typing.locator("#sesi")).to_contain_text("Sesi Anda sudah berakhir")
    typing.locator("#sesi").get_by_role("link", name="Masuk lagi").click()
    come_in_again(typing)

    typing.wait_for_url(place[0] + CHECK)
    expect(summary(typing)).to_have_value(WORDS + " Lagi.")


def test_two_clerks_at_one_letter_see_each_other(typing, place):
    other = new_page(place[1])
    come_in(other, place[0], "ani")
    other.goto(place[0] + CHECK)

    expect(other.locator("#bersama")).to_have_text("Siti Rekaan sedang mengisi formulir perkara ini juga.")
    summary(typing).press_sequentially(" x")
    expect(typing.locator("#bersama")).to_have_text("Ani Rekaan sedang mengisi formulir perkara ini juga.")
    other.context.close()


def test_the_back_button_brings_what_was_typed(typing, place):
    summary(typing).press_sequentially(" Tambahan.")
    typing.locator("main").get_by_role("link", name="Buka perkara").click()
    typing.wait_for_url(f"{place[0]}/kasus/2026/0001")

    typing.go_back()

    expect(summary(typing)).to_have_value(WORDS + " Tambahan.")


def test_without_scripts_a_form_comes_back_when_it_is_sent_after_the_session(place, desk):
    page = new_page(place[1], java_script_enabled=False)
    come_in(page, place[0], "siti")
    merge = "/kasus/2026/0001/gerak/gabung"
    page.goto(place[0] + merge)
    form = page.locator(f'main form[action="{merge}"]')
    form.locator('[name="i.alasan"]').fill(WORDS)
    form.locator('[name="i.perkara_induk"]').fill("0002/2026")
    desk.people.sessions.end_all("siti")

    form.get_by_role("button", name="Gabung ke perkara lain").click()
    expect(page.get_by_text("Yang Anda ketik tersimpan")).to_be_visible()
    come_in_again(page)

    page.wait_for_url(place[0] + merge)
    expect(form.locator('[name="i.alasan"]')).to_have_value(WORDS)
    expect(form.locator('[name="i.perkara_induk"]')).to_have_value("0002/2026")
    page.context.close()
