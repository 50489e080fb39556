"""*Buku lama* on the desk: a book is sent, its columns matched on the screen, and it is taken over by a process."""

from __future__ import annotations

from html import unescape

import pytest
from old_registers import HEADINGS, as_read, row, workbook
from patience import until
from web_desk import WebDesk

pytestmark = pytest.mark.in_folders


@pytest.fixture
def desk(tmp_path):
    made = WebDesk(tmp_path / "kantor")
    yield made
    made.app.state.desk.close()


def sent(browser, data, name="buku lama.xlsx"):
    """Send a book; return the answer."""
    return browser.post_form("/buku-lama", {}, page="/buku-lama", files={"berkas": (name, data)})


def small_book():
    return workbook(
        ("2019", [HEADINGS, row("1/HAM/2019"), row("2a/HAM/2019", who="Budi"), row("4/HAM/2019", who="Tuti")])
    )


def test_a_book_is_looked_at_and_taken_over_from_the_desk(desk):
    browser = desk.browser("arsiparis")

    here = sent(browser, small_book()).headers["location"]
    page = unescape(browser.get(here).text)

    assert "2 perkara dapat diambil alih" in page
    assert "sisipan" in page
    assert "ambil-alih" not in page  # nothing until what is refused is settled
    page = unescape(browser.get(f"{here}?lewati=1").text)
    assert "2 perkara akan ditulis" in page
    answer = browser.post_form(f"{here}/ambil-alih", {"lewati": "1"}, page=f"{here}?lewati=1")
    assert answer.status_code == 303
    until(lambda: (run := desk.app.state.desk.chores.last()) and not run.running)
    page = unescape(browser.get("/buku-lama").text)
    assert "2 perkara diambil alih dari buku lama.xlsx" in page
    case = unescape(browser.get("/kasus/2019/0004").text)
    assert "(buku lama)" in case
    assert "Diambil alih dari buku register lama" in case
    assert "arsiparis" in case
    assert "(buku lama)" in unescape(browser.get("/register?tahun=2019").text)


def test_a_running_old_case_is_confirmed_like_any_other(desk):
    from pipeline.cases.actor import Actor
    from pipeline.moving_in.choices import Choices
    from pipeline.moving_in.import_book import import_book
    from pipeline.storage.blobs import TypedText

    data = workbook(("2019", [HEADINGS, row("3/HAM/2019", state="dalam proses")]))
    by, parts = Actor("arsiparis", "penguji"), desk.office.root.import_parts()
    import_book(TypedText("b.xlsx", data), as_read(data), Choices(), by=by, parts=parts)
    browser = desk.browser("tim-yankomas")

    assert "3/HAM/2019" in unescape(browser.get("/").text)
    page = browser.get("/verifikasi/2019/0003")
    assert page.status_code == 200
    assert "Sengketa lahan" in page.text
    assert browser.get("/kasus/2019/0003").status_code == 200
    assert "Baris buku register lama" in unescape(browser.get("/kasus/2019/0003").text)


def test_columns_are_matched_on_the_screen(desk):
    browser = desk.browser("arsiparis")
    data = workbook(("2019", [("Nomor", "Hari", "Orang"), ("1/2019", "03-02-2019", "Siti Rekaan")]))
    here = sent(browser, data).headers["location"]
    first = browser.get(here)
    assert first.status_code == 422
    assert 'name="kolom.B"' in first.text

    page = unescape(browser.get(f"{here}?keadaan=selesai&kolom.A=nomor&kolom.B=tanggal&kolom.C=pelapor").text)

    assert "1 perkara dapat diambil alih" in page
    assert "tanggal terima tidak ada" not in page


def test_what_the_terminal_calls_by_an_option_is_said_to_be_the_terminals(desk):
    browser = desk.browser("arsiparis")
    book = b"No;Tanggal terima;Pelapor\n1;05-01-2015;Siti Rekaan\nentah;05-02-2015;Budi Rekaan"

    page = unescape(browser.get(sent(browser, book, "buku.csv").headers["location"]).text)

    assert "selesai, atau berjalan (di terminal: --keadaan)" in page
    assert "Sebut pola nomornya (di terminal: --pola)" in page
    assert "(--" not in page


def test_what_is_no_book_is_refused_on_the_page(desk):
    browser = desk.browser("admin")

    for data in (b"%PDF-1.7", b"", b"PK\x03\x04xxxx"):
        answer = sent(browser, data)
        assert answer.status_code == 422
        assert "pesan gagal" in answer.text
    assert browser.post_form("/buku-lama", {}, page="/buku-lama").status_code == 422


@pytest.mark.parametrize("query", ["judul=abc", "lembar=entah", "pola={urut", "kolom.ZZ=nomor", "tahun=99999999"])
def test_choices_that_cannot_be_are_told_on_the_page(desk, query):
    browser = desk.browser("arsiparis")
    here = sent(browser, small_book()).headers["location"]

    answer = browser.get(f"{here}?{query}")

    assert answer.status_code == 422
    assert "pesan gagal" in answer.text


def test_nobody_else_opens_it_and_a_book_that_is_gone_is_said_to_be(desk):
    for role in ("kakanwil", "tim-yankomas", "kabid"):
        assert desk.browser(role).get("/buku-lama").status_code == 403
    assert desk.browser("arsiparis").get("/buku-lama/0123456789abcdef").status_code == 404
    assert desk.browser("arsiparis").get("/buku-lama/..%2f..").status_code == 404
    admin = desk.browser("admin")
    assert admin.post_form("/keutuhan/kerja/ambil-alih", page="/keutuhan").status_code == 404
    assert "/buku-lama" in admin.get("/keutuhan").text
