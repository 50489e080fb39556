"""*Templat* at the desk: seen, sent, looked through, previewed, taken into use from a day."""

from __future__ import annotations

import base64
import io
import re
from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from offices import WordOffice
from web_desk import WebDesk

from pipeline.cases.case_number import CaseNumber
from pipeline.desk.rendering import edition_name
from pipeline.letters.sheets.disposition_sheet import DISPOSITION
from pipeline.letters.sheets.receipt import RECEIPT

PAGE = f"/templat/{DISPOSITION}"
MARK = "Lembar disposisi model baru"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def desk(tmp_path: Path):
    made = WebDesk(tmp_path / "kantor", WordOffice)
    yield made
    made.app.state.desk.close()


def changed(desk: WebDesk, text: str, template: str = DISPOSITION) -> bytes:
    document, data = Document(str(desk.office.root.layout.templates / f"{template}.docx")), io.BytesIO()
    document.add_paragraph(text)
    document.save(data)
    return data.getvalue()


def send(browser, docx: bytes, page: str = PAGE):
    return browser.post_form(f"{page}/kirim", page=page, files={"berkas": ("baru.docx", docx, WORD)})


def arrives(desk: WebDesk) -> None:
    desk.office.drop("surat.pdf", b"Surat dari Siti Rekaan")
    desk.office.run_once()
    desk.office.root.book.refresh()


def text_of(page: str) -> str:
    found = re.search(r"data:application/pdf;base64,([^\"]+)\"", page)
    assert found
    pdf = pypdfium2.PdfDocument(base64.b64decode(found[1]))
    return "\n".join(one.get_textpage().get_text_range() for one in pdf)


def an_edition_of_the_office(desk: WebDesk) -> str:
    """Put an edition that the office made itself in force; return what cases call it."""
    root, today = desk.office.root, desk.clock.now().date().isoformat()
    place = root.layout.services / "yankomas" / "sop" / today
    place.mkdir(parents=True)
    for name, text in root.edition_texts(root.editions[-1].key).items():
        (place / name).write_text(re.sub("(?m)^berlaku = .*", f"berlaku = {today}", text))
    return f"{today}-kantor"


def test_the_list_says_what_each_template_is_for_and_how_it_fares(desk):
    own = an_edition_of_the_office(desk)
    (desk.office.root.layout.templates / "resep.docx").write_bytes(b"")
    (desk.office.root.layout.templates / f"{DISPOSITION}.docx").write_bytes(changed(desk, "{{ nomor_registr }}"))

    page = desk.browser("admin").get("/templat").text
    assert edition_name(own) in page

    assert "Lembar disposisi" in page
    assert "1 temuan" in page
    assert "nomor_register" in page
    assert "resep.docx" in page
    assert page.count("layak") >= 20


def test_a_template_shows_its_fields_with_their_meaning(desk):
    page = desk.browser("kasubbid").get("/templat/07-teguran-pertama").text

    assert "{{ nomor_rekomendasi }}" in page
    assert "Nomor surat rekomendasi" in page
    assert ".tindakan" in page


def test_a_template_that_does_not_pass_changes_nothing_and_is_told_place_by_place(desk):
    browser = desk.browser("admin")

    answer = send(browser, changed(desk, "{{ nomor_registr }} {hal}"))

    assert answer.status_code == 422
    assert "2 temuan" in answer.text
    assert "Mungkin maksudnya {{ nomor_register }}" in answer.text
    assert "Pakai templat ini" not in browser.get(PAGE).text
    assert desk.office.root.template_shelf.taken() == ()


def test_a_template_that_passed_is_previewed_and_taken_into_use_from_a_day(desk):
    browser, day = desk.browser("admin"), desk.clock.now().date() + timedelta(days=7)

    sent = send(browser, changed(desk, MARK))
    preview = browser.get(f"{PAGE}/pratinjau?versi=kiriman&contoh=lazim")
    taken = browser.post_form(f"{PAGE}/pakai", {"mulai": day.isoformat()}, page=PAGE)

    assert sent.status_code == taken.status_code == 303
    assert MARK in text_of(preview.text)
    assert "PRATINJAU" in text_of(preview.text)
    assert "YK1:" not in text_of(preview.text)
    (version,) = desk.office.root.template_shelf.taken()
    assert version.since == day
    assert f"{DISPOSITION}.mulai-{day}.docx" in browser.get("/templat").text


def test_what_is_taken_into_use_is_in_the_access_log(desk):
    browser, day = desk.browser("admin"), desk.clock.now().date().isoformat()
    send(browser, changed(desk, MARK))

    browser.post_form(f"{PAGE}/pakai", {"mulai": day}, page=PAGE)

    month = desk.clock.now().strftime("%Y-%m")
    entries = desk.office.root.access_log.entries(month)
    assert any(e.data.get("about") == f"{DISPOSITION} mulai {day}" for e in entries)


@pytest.mark.parametrize(("day", "said"), [("2020-01-01", "sudah lewat"), ("besok lusa", "1 isian perlu diperiksa")])
def test_a_day_that_cannot_be_is_told_on_the_page(desk, day, said):
    browser = desk.browser("admin")
    send(browser, changed(desk, MARK))

    answer = browser.post_form(f"{PAGE}/pakai", {"mulai": day}, page=PAGE)

    assert answer.status_code == 422
    assert said in answer.text
    assert desk.office.root.template_shelf.taken() == ()


def test_drafters_look_and_try_and_the_admin_takes_into_use(desk):
    browser = desk.browser("kasubbid")
    send(browser, changed(desk, MARK))

    answer = browser.post_form(f"{PAGE}/pakai", {"mulai": desk.clock.now().date().isoformat()}, page=PAGE)

    assert answer.status_code == 403
    assert desk.browser("kakanwil").get("/templat").status_code == 403
    assert "lolos pemeriksaan" not in desk.browser("admin").get(PAGE).text


def test_what_was_sent_can_be_thrown_away(desk):
    browser = desk.browser("admin")
    send(browser, changed(desk, MARK))

    browser.post_form(f"{PAGE}/buang", page=PAGE)

    assert browser.get(f"{PAGE}/unduh?versi=kiriman").status_code == 404


def test_a_version_is_given_to_be_changed_in_word(desk):
    lying = desk.office.root.layout.templates / f"{DISPOSITION}.docx"

    answer = desk.browser("tim-yankomas").get(f"{PAGE}/unduh")

    assert answer.content == lying.read_bytes()
    assert desk.browser("tim-yankomas").get(f"{PAGE}/unduh?versi=../../office").status_code == 404


def test_a_preview_with_a_real_case_is_a_reading_of_it_and_no_draft(desk):
    arrives(desk)
    before = desk.office.root.cabinet.case(CaseNumber(2026, 1))
    browser = desk.browser("tim-yankomas")

    asked = browser.get(f"/templat/{RECEIPT}/pratinjau?perkara=1/2026")
    page = browser.get(asked.headers["location"]).text

    assert before.received.register_number in text_of(page)
    after = desk.office.root.cabinet.case(CaseNumber(2026, 1))
    assert after.head == before.head
    entries = desk.office.root.access_log.entries(desk.clock.now().strftime("%Y-%m"))
    assert [e.data["case"] for e in entries if "pratinjau/{year}" in str(e)] == ["2026/0001"]


def test_who_may_not_read_a_case_gets_no_preview_of_it(desk):
    arrives(desk)

    assert desk.browser("admin").get(f"/templat/{RECEIPT}/pratinjau/2026/0001").status_code == 403
    assert "perkara nomor" not in desk.browser("admin").get(f"/templat/{RECEIPT}").text


def test_a_sheet_that_waits_for_its_template_is_told_on_the_page_of_its_case(desk):
    lying = desk.office.root.layout.templates / f"{DISPOSITION}.docx"
    lying.write_bytes(changed(desk, "{{ nomor_registr }}"))
    desk.office.drop("surat.pdf", b"Surat")
    with pytest.raises(Exception, match="belum selesai"):
        desk.office.run_once()
    desk.office.root.book.refresh()
    browser = desk.browser("tim-yankomas")

    page, inbox = browser.get("/kasus/2026/0001").text, browser.get("/kotak-masuk").text

    for told in (page, inbox):
        assert "nomor_registr" in told
    assert "Lembar disposisi belum dapat dibuat" in page
