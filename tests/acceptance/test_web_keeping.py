"""What else the command line has: sheets for the feeder, seals, a folder held against its journal, the machine."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest
from pypdf import PdfReader, PdfWriter
from web_desk import WebDesk

CASE = "/kasus/2026/0001"


@pytest.fixture
def desk(tmp_path):
    desk = WebDesk(tmp_path / "kantor")
    writer = PdfWriter()
    writer.add_blank_page(300, 400)
    writer.write(desk.office.root.layout.inbox / "surat.pdf")
    desk.office.run_once()
    yield desk
    desk.app.state.desk.close()


def _pages(answer):
    return len(PdfReader(io.BytesIO(answer.content)).pages)


def test_the_mailroom_prints_separators_and_a_cases_cover(desk):
    team = desk.browser("tim-yankomas")

    parting, cover = team.get("/kotak-masuk/lembar-pemisah.pdf"), team.get(f"{CASE}/sampul.pdf")

    assert (_pages(parting), _pages(cover)) == (40, 1)
    assert f'href="{CASE}/sampul.pdf"' in team.get(CASE).text
    assert desk.browser("kadiv").get(f"{CASE}/sampul.pdf").status_code == 403


def test_a_folder_is_held_against_its_journal(desk):
    archivist, page = desk.browser("arsiparis"), "/arsip/2026/0001?periksa=1"

    whole = archivist.get(page).text
    receipt = desk.office.root.layout.root / "archive/2026/0001/data/01-tanda-terima-v1.docx"
    receipt.write_bytes(receipt.read_bytes() + b"x")
    changed = archivist.get(page).text

    assert "Map ini utuh" in whole
    assert "temuan pada map ini" in changed
    assert "01-tanda-terima-v1.docx" in changed


def test_the_seals_are_shown_to_be_held_against_paper(desk):
    archivist = desk.browser("arsiparis")
    assert "Belum ada segel." in archivist.get("/keutuhan").text

    desk.office.root.seals.seal_if_due(desk.clock.now() + timedelta(days=1))

    assert desk.office.root.seals.last().short in archivist.get("/keutuhan").text


def test_only_the_admin_looks_at_the_machine(desk):
    shown = desk.browser("admin").get("/keutuhan").text
    archivist = desk.browser("arsiparis")

    assert "Periksa mesin" in shown
    assert "Periksa mesin" not in archivist.get("/keutuhan").text
    assert archivist.post_form("/keutuhan/mesin", page="/keutuhan").status_code == 403


@pytest.mark.slow
def test_the_machine_is_looked_at_with_its_engines(desk):
    shown = desk.browser("admin").post_form("/keutuhan/mesin", page="/keutuhan").text

    assert "LibreOffice" in shown
    assert re.search(r"Semua yang diperlukan ada|hal perlu dibereskan", shown)


def test_a_page_names_pages_where_the_terminal_names_commands(desk):
    team = desk.browser("tim-yankomas")
    writer = PdfWriter()
    writer.add_blank_page(301, 400)
    writer.write(desk.office.root.layout.inbox / "susulan.pdf")

    team.post_form("/kotak-masuk/lampirkan", {"berkas": "susulan.pdf", "nomor": "99/2026"}, page="/kotak-masuk")
    shown = team.get("/kotak-masuk").text

    assert "Periksa nomornya di buku register." in shown
    assert "yankomas register" not in shown


def test_a_remedy_kept_in_the_account_names_the_page_too(desk):
    folder = desk.office.root.layout.inbox / "2026-0099"
    folder.mkdir()
    writer = PdfWriter()
    writer.add_blank_page(301, 400)
    writer.write(folder / "susulan.pdf")
    desk.office.run_once()
    team = desk.browser("tim-yankomas")

    shown, told = team.get("/kotak-masuk").text, team.get("/api/kotak-masuk").json()["entries"]
    (note,) = (desk.office.root.layout.inbox / "ditolak").glob("*.txt")

    assert "Periksa nomornya di buku register, lalu letakkan lagi." in shown
    assert "yankomas register" not in shown
    assert "Periksa nomornya dengan `yankomas register`, lalu letakkan lagi." in {entry["remedy"] for entry in told}
    assert "dengan `yankomas register`" in note.read_text()


def test_a_page_says_that_the_watcher_is_at_rest(desk):
    writer = PdfWriter()
    writer.add_blank_page(301, 400)
    writer.write(desk.office.root.layout.inbox / "susulan.pdf")

    shown = desk.browser("tim-yankomas").get("/kotak-masuk").text

    assert "Menunggu: pemantau sedang tidak berjalan" in shown
