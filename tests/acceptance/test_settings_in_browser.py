"""A new office set up by its admin in a real browser, from the one-time link to the trial letter; by phone too."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from browsers import DESKTOP, PHONE, chromium, findings, new_page, served
from playwright.sync_api import expect
from web_desk import PASSWORD, WebDesk

from pipeline.access.accounts import FIRST
from pipeline.work.store.setup import bundled

PICTURES = os.environ.get("YANKOMAS_PICTURES", "")


@pytest.fixture(scope="module")
def browser():
    with chromium() as found:
        yield found


def picture(page, name):
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


@pytest.mark.parametrize(("size", "scripts"), [(DESKTOP, True), pytest.param(PHONE, False, marks=pytest.mark.slow)])
def test_a_new_office_is_set_up_from_the_link_to_the_trial_letter(tmp_path, browser, size, scripts):
    folder = tmp_path / "kantor"
    folder.mkdir()
    (folder / "office.toml").write_text((bundled() / "office.toml").read_text(encoding="utf-8"), encoding="utf-8")
    desk, wide = WebDesk(folder), size["width"]
    with served(desk) as address:
        page = new_page(browser, viewport=size, java_script_enabled=scripts)
        page.goto(f"{address}/masuk")
        expect(page.get_by_text("Belum ada akun admin.")).to_be_visible()
        picture(page, f"masuk-{wide}")
        key = desk.people.links.make(FIRST, desk.clock.now())
        page.goto(f"{address}/masuk/pertama?kunci={key}")
        page.get_by_label("Nama lengkap").fill("Ani Rekaan")
        page.get_by_label("Nama masuk").fill("ani")
        page.get_by_label(re.compile("^Kata sandi \\*?$|^Kata sandi$")).first.fill(PASSWORD)
        page.get_by_label("Kata sandi, sekali lagi").fill(PASSWORD)
        page.get_by_role("button", name="Buat akun admin").click()
        page.get_by_label("Nama masuk").fill("ani")
        page.get_by_label("Kata sandi").fill(PASSWORD)
        page.get_by_role("button", name="Masuk").click()

        page.get_by_role("link", name="Lanjutkan: Kop dan alamat").click()
        page.locator("[name='kantor.alamat']").fill("Jalan Rekaan 1, Bengkulu")
        page.get_by_role("button", name="Simpan dan lanjut").click()
        picture(page, f"kop-salah-{wide}")
        expect(page.get_by_text("belum diisi").first).to_be_visible()
        page.get_by_label("Telepon, laman, surel").fill("Telepon (0736) 000000")
        page.get_by_role("button", name="Simpan dan lanjut").click()

        page.get_by_label("Nama dengan gelar").first.fill("Budi Rekaan, S.H.")
        page.get_by_label("NIP").first.fill("19700101 199503 1 001")
        page.get_by_role("button", name="Simpan Kakanwil").click()
        expect(page.locator(".jabatan strong").first).to_have_text("Budi Rekaan, S.H.")
        picture(page, f"pejabat-{wide}")

        page.get_by_role("link", name="Lanjut ke Jam kerja").click()
        page.get_by_text("Tambah masa").click()
        page.get_by_label("Nama masa").fill("Ramadan 1448 H")
        page.get_by_label("Hari pertama").fill("8 Februari 2027")
        page.get_by_label("Hari terakhir").fill("9 Maret 2027")
        page.get_by_label("Senin").last.fill("08.00-12.00, 12.30-15.00")
        picture(page, f"jam-kerja-{wide}")
        page.get_by_role("button", name="Simpan dan lanjut").click()
        page.get_by_label("Hari tutup kantor sendiri").fill("31 Desember 2026")
        picture(page, f"hari-libur-{wide}")
        page.get_by_role("button", name="Simpan dan lanjut").click()
        page.get_by_role("button", name="Simpan dan lanjut").click()
        page.goto(f"{address}/pengaturan/percobaan")
        page.get_by_role("button", name="Coba sekarang").click()
        expect(page.get_by_role("heading", name="Tanda terima")).to_be_visible()
        picture(page, f"percobaan-{wide}")
        page.goto(f"{address}/keutuhan")
        picture(page, f"keutuhan-{wide}")
        page.goto(f"{address}/pengaturan")
        picture(page, f"pengaturan-{wide}")
        assert page.evaluate("document.documentElement.scrollWidth") <= wide
        if scripts:
            for path in ("/pengaturan", "/pengaturan/kop", "/pengaturan/pejabat", "/pengaturan/jam-kerja"):
                page.goto(f"{address}{path}")
                assert findings(page) == []
        page.context.close()
    assert desk.office.root.numbers.last() is None
