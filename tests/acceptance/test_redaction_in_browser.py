"""Areas are drawn on the page with a pointer, suggestions pressed, and what was drawn is what is black."""

from __future__ import annotations

import pypdfium2
import pytest
from browsers import PHONE, chromium, come_in, findings, new_page, overflow, served
from scan_samples import digital_pdf
from web_desk import CONFIRMED, WebDesk

from pipeline.cases.case_number import CaseNumber

FIRST = CaseNumber(2026, 1)
TEAM = "tim-yankomas"

pytestmark = pytest.mark.slow


def test_an_area_is_drawn_and_burnt_out(tmp_path):
    desk = WebDesk(tmp_path / "kantor")
    lines = ("Yang mengadu Siti Rekaan", "tentang tanah di Desa Umpama", "Hormat kami, Ibu Siti")
    digital_pdf(desk.office.root.layout.inbox / "surat.pdf", lines)
    desk.office.run_once()
    desk.browser(TEAM).post_form("/kasus/2026/0001/gerak/konfirmasi", CONFIRMED)
    with served(desk) as address, chromium() as browser:
        page = new_page(browser)
        come_in(page, address, TEAM)
        page.goto(f"{address}/kasus/2026/0001/samarkan/01-surat.pdf")
        picture = page.locator(".disamarkan svg")
        box = picture.bounding_box()
        page.mouse.move(box["x"] + box["width"] * 0.2, box["y"] + box["height"] * 0.4)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + box["height"] * 0.5, steps=4)
        page.mouse.up()
        page.locator("rect.saran").first.click()
        typed = page.locator("[name=daerah]").input_value()
        wrong = findings(page)
        page.fill("[name=alasan]", "Bahan jawaban instansi")
        page.fill("[name=penerima]", "Kantor Contoh")
        page.get_by_role("button", name="Buat salinan").click()
        page.wait_for_url("**/lihat/*salinan*")
        page.set_viewport_size(PHONE)
        page.goto(f"{address}/kasus/2026/0001/samarkan/01-surat.pdf")
        wide = overflow(page)
    desk.app.state.desk.close()

    made = desk.office.root.cabinet.case(FIRST).redacted[-1]
    drawn = next(area["box"] for area in made.areas if area["box"][3] > 0.45)
    assert typed.startswith("1: ")
    assert drawn == pytest.approx([0.2, 0.4, 0.6, 0.5], abs=0.01)
    assert len(made.areas) == 2  # the suggestion that was pressed is not covered
    assert wrong == []
    assert wide <= 0
    data = desk.office.file(FIRST, made.documents[0].name)
    with pypdfium2.PdfDocument(data) as document:
        shown = document[0].render(scale=1).to_pil().convert("L")
    left, top, right, bottom = (int(595 * drawn[0]), int(842 * drawn[1]), int(595 * drawn[2]), int(842 * drawn[3]))
    assert shown.crop((left + 2, top + 2, right - 2, bottom - 2)).getextrema()[1] < 30
