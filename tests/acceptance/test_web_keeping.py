"""*Keutuhan*: the whole archive verified, views made anew, a backup made and brought back for a try, from the desk."""

from __future__ import annotations

import re
import shutil
from html import unescape

import pytest
from patience import until
from web_desk import WebDesk

from pipeline.access.rights import Right, may
from pipeline.cases.case_number import CaseNumber


@pytest.fixture
def desk(tmp_path):
    made = WebDesk(tmp_path / "kantor")
    made.office.drop("surat.pdf", b"Surat")
    made.office.run_once()
    yield made
    made.app.state.desk.close()


def does(desk, browser, chore):
    """Start a work and wait for its end; return the page."""
    answer = browser.post_form(f"/keutuhan/kerja/{chore}", page="/keutuhan")
    assert answer.status_code == 303
    until(lambda: (run := desk.app.state.desk.chores.last()) and not run.running)
    return unescape(browser.get("/keutuhan").text)


def test_the_whole_archive_is_verified_from_the_desk(desk):
    page = does(desk, desk.browser("admin"), "periksa")

    assert "Periksa seluruh arsip" in page
    assert "Arsip utuh: tidak ada temuan." in page or "temuan" in page
    entries = desk.app.state.desk.access_log.entries(f"{desk.clock.now():%Y-%m}")
    assert ("admin", "POST /keutuhan/kerja/{chore}", "periksa") in [
        (e.by, e.kind, e.data.get("about")) for e in entries
    ]


def test_the_books_are_made_anew_from_the_desk(desk):
    page = does(desk, desk.browser("admin"), "susun-ulang")

    assert "Buku register disusun ulang: 1 perkara" in page


def test_without_a_place_no_backup_begins_and_the_page_says_where_to_name_one(desk):
    browser = desk.browser("admin")

    browser.post_form("/keutuhan/kerja/cadangkan", page="/keutuhan")

    assert "Tempat cadangan belum ditentukan" in browser.get("/keutuhan").text
    assert desk.app.state.desk.chores.last() is None


@pytest.mark.skipif(shutil.which("restic") is None, reason="restic is not installed")
def test_a_backup_is_made_and_brought_back_for_a_try_and_its_password_is_shown_to_one(desk, tmp_path):
    settings = desk.office.root.layout.settings
    settings.write_text(settings.read_text().replace('tujuan = ""', f'tujuan = "{tmp_path / "cadangan"}"'))
    desk.account("lain", "admin")
    browser, other = desk.browser("admin"), desk.come_in("lain")

    made = does(desk, browser, "cadangkan")
    seen = unescape(other.get("/keutuhan").text)
    tried = does(desk, browser, "gladi")

    assert re.search(r"KATA SANDI CADANGAN: \S+", made)
    assert "KATA SANDI" not in seen
    assert "1 perkara" in tried
    assert not (desk.office.root.layout.root / ".gladi").exists()


def test_a_work_that_is_none_is_not_started(desk):
    assert desk.browser("admin").post_form("/keutuhan/kerja/hapus", page="/keutuhan").status_code == 404


def test_only_the_admin_starts_them():
    assert not may({"arsiparis"}, Right.MACHINE)
    assert may({"admin"}, Right.MACHINE)


def test_the_formats_held_are_counted_without_cases_that_are_closed_to_who_looks(desk):
    team = "tim-yankomas"
    desk.office.open("lisan", {"perihal": "Upah", "pelapor": ["Siti"], "terlapor": "PT Rekaan", "uraian": "Upah"})
    desk.office.open("lisan", {"perihal": "Lain", "pelapor": ["Sari"], "terlapor": "PT Rekaan", "uraian": "Lain"})
    archivist = desk.browser("arsiparis")
    before = archivist.get("/keutuhan/format").text
    desk.office.decide(CaseNumber(2026, 2), "koreksi", team, {"sifat": "rahasia", "alasan": "Menyangkut anak"})

    after = archivist.get("/keutuhan/format").text

    counted = [int(n) for n in re.findall(r'data-label="Berkas">(\d+)<', before)]
    left = [int(n) for n in re.findall(r'data-label="Berkas">(\d+)<', after)]
    assert "x-fmt/111" in before
    assert sum(left) < sum(counted)
    assert "1 perkara rahasia tidak dihitung" in after
    assert "/keutuhan/format" in archivist.get("/keutuhan").text
    assert desk.browser("kabid").get("/keutuhan/format").status_code == 403
