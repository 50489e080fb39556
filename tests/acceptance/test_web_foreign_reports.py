"""*Laporan dari sistem lain*: an export is sent to the desk, its columns matched on the screen, reports registered."""

from __future__ import annotations

from html import unescape

import pytest
from old_registers import workbook
from patience import until
from web_desk import WebDesk

from pipeline.office.person import Person

HEADINGS = ("Tracking ID", "Tanggal Laporan", "Nama Pelapor", "Judul Laporan", "Isi Laporan", "Status")


@pytest.fixture
def desk(tmp_path):
    made = WebDesk(tmp_path / "kantor")
    yield made
    made.app.state.desk.close()


def row(number="7001", subject="Penahanan"):
    return (number, "20-11-2026", "Siti Rekaan", subject, "Anak saya ditahan.", "Belum")


def sent(browser, *rows, system="sp4n-lapor", headings=HEADINGS):
    files = {"berkas": ("ekspor.xlsx", workbook(("Laporan", [headings, *rows])))}
    return browser.post_form("/laporan-lain", {"sistem": system}, page="/laporan-lain", files=files)


def registered(desk, browser, here, **typed):
    """Have the reports registered; return the page that says how it went."""
    query = "&".join(f"{name}={value}" for name, value in typed.items())
    assert browser.post_form(f"{here}/daftarkan", typed, page=f"{here}?{query}").status_code == 303
    until(lambda: (run := desk.app.state.desk.chores.last()) and not run.running)
    return unescape(browser.get("/laporan-lain").text)


def test_an_export_is_looked_at_and_its_reports_registered_once(desk):
    browser = desk.browser("tim-yankomas")

    here = sent(browser, row(), row("7002", "Upah"), row("")).headers["location"]
    page = unescape(browser.get(here).text)

    assert "belum pernah dicoba" in page
    assert "2 laporan baru" in page
    assert "tidak ada nomor SP4N-LAPOR!" in page
    assert "/daftarkan" not in page  # nothing until what is refused is settled
    assert list(desk.office.root.cabinet.numbers()) == []
    assert "2 laporan menjadi perkara 2026/0001 sampai 2026/0002." in registered(desk, browser, here, lewati="1")
    case = desk.office.root.cabinet.case(desk.office.root.cabinet.numbers()[0])
    assert (case.register["nomor_surat"], case.received.person) == ("7001", Person("tim-yankomas"))
    again = unescape(browser.get(f"{here}?lewati=1").text)
    assert "0 laporan baru; 2 sudah menjadi perkara" in again.replace("</strong>", "")
    assert "/daftarkan" not in again
    assert "Mendaftarkan laporan dari sistem lain" in unescape(desk.browser("admin").get("/akses").text)


def test_columns_are_matched_on_the_screen(desk):
    browser = desk.browser("tim-yankomas")
    here = sent(browser, ("A-1", "Upah", "x"), headings=("Kode", "Judul Laporan", "Isi Laporan")).headers["location"]
    first = browser.get(here)
    assert first.status_code == 422
    assert 'name="kolom.A"' in first.text
    assert '<option value="kabupaten">Kabupaten/kota tempat kejadian</option>' in first.text

    page = unescape(browser.get(f"{here}?kolom.A=nomor&kolom.B=perihal").text)

    assert "1 laporan baru" in page


def test_what_is_no_export_an_unknown_system_and_choices_that_cannot_be_are_told_on_the_page(desk):
    browser = desk.browser("tim-yankomas")
    here = sent(browser, row()).headers["location"]

    answers = [
        browser.post_form("/laporan-lain", {"sistem": "simasham"}, page="/laporan-lain"),
        sent(browser, row(), system="../../office"),
        sent(browser, row(), system=""),
        browser.get(f"{here}?judul=abc"),
        browser.get(f"{here}?judul=99999"),
        browser.get(f"{here}?kolom.ZZ=nomor"),
    ]

    assert "Sistem asalnya belum dipilih" in answers[2].text
    assert [(answer.status_code, "pesan gagal" in answer.text) for answer in answers] == [(422, True)] * 6
    for path in ("/laporan-lain/sp4n-lapor/0123456789abcdef", "/laporan-lain/entah/0123456789abcdef"):
        assert browser.get(path).status_code == 404


def test_nobody_else_opens_it_and_it_is_not_started_elsewhere(desk):
    for role in ("kakanwil", "kabid", "arsiparis", "admin"):
        assert desk.browser(role).get("/laporan-lain").status_code == 403
    admin = desk.browser("admin")
    assert admin.post_form("/keutuhan/kerja/daftarkan-laporan", page="/keutuhan").status_code == 404
    assert "/laporan-lain" in desk.browser("tim-yankomas").get("/kotak-masuk").text
