"""*Buku lama* in a browser: sent, looked at, its columns chosen; fit for a telephone and for a reader of screens."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from browsers import DESKTOP, PHONE, chromium, come_in, findings, new_page, overflow, served
from old_registers import HEADINGS, row, workbook
from web_desk import WebDesk

pytestmark = pytest.mark.in_folders


def test_a_book_is_sent_and_looked_at_on_a_desktop_and_on_a_telephone(tmp_path):
    desk = WebDesk(tmp_path / "kantor")
    desk.account("siti.rekaan", "arsiparis")
    rows = [row("1/HAM/2019"), row("2a/HAM/2019", who="Budi"), row("4/HAM/2019", who="Tuti", state="")]
    book = tmp_path / "REGISTER PENGADUAN 2019.xlsx"
    book.write_bytes(workbook(("2019", [HEADINGS, *rows])))

    with served(desk) as address, chromium() as browser:
        page = new_page(browser)
        come_in(page, address, "siti.rekaan")
        page.goto(f"{address}/buku-lama")
        page.get_by_label("Buku register lama (.xlsx").set_input_files(book)
        page.get_by_role("button", name="Periksa buku ini").click()
        page.get_by_text("sisipan").wait_for()
        page.get_by_label("Perkara yang keadaannya tidak disebut buku").select_option("berjalan")
        page.get_by_label("lewati; dapat dikirim lagi").check()
        page.get_by_role("button", name="Periksa lagi").click()
        page.get_by_role("button", name="Ambil alih").wait_for()

        for size in (DESKTOP, PHONE):
            page.set_viewport_size(size)
            assert findings(page) == []
            assert overflow(page) == 0
            if folder := os.environ.get("YANKOMAS_LIHAT"):
                page.screenshot(path=Path(folder) / f"buku-lama-{size['width']}.png", full_page=True)
    desk.app.state.desk.close()
