"""The archivist's acts at the desk and at the terminal: the same verbs, and what is wrong said where it was typed."""

from __future__ import annotations

import pytest
from ended_cases import ended, let_all_fall_due
from lxml.html import document_fromstring
from web_desk import WebDesk

from pipeline.cli import main
from pipeline.records.list_steps import resume
from pipeline.records.record_list import STEP
from pipeline.records.retention import FATES, TRIGGERS


@pytest.fixture
def desk(tmp_path):
    return WebDesk(tmp_path / "kantor")


def test_an_archivist_files_and_holds_many_folders_and_lists_them(desk):
    first, second = ended(desk.office), ended(desk.office)
    ita = desk.browser("arsiparis")
    overview = ita.get("/penyusutan").text
    assert "Berkaskan" in overview
    assert "Tanah adat" in overview  # by its number alone nobody knows a folder
    assert " checked" not in overview
    assert ita.get("/penyusutan?centang=semua").text.count(" checked") == 2  # a link, so that it needs no script

    both = {"perkara": f"{first}\n{second}"}
    made = ita.post_form("/penyusutan/tindakan/berkaskan", {**both, "i.boks": "7", "i.jumlah_halaman": "12"})
    assert made.headers["location"] == "/penyusutan"
    asked = ita.post_form("/penyusutan/tindakan/tahan", {"perkara": str(first)})
    assert asked.status_code == 422
    assert "Wajib diisi" in asked.text
    ita.post_form("/penyusutan/tindakan/tahan", {"perkara": str(first), "i.alasan": "Gugatan"})

    assert desk.office.root.case(second).register["boks"] == "7"
    early = ita.post_form("/penyusutan/daftar-baru/musnah", {"perkara": str(second), "i.dasar": "Jadwal retensi"})
    assert "JRA belum menetapkan jangkanya" in early.text
    let_all_fall_due(desk.office)
    wrong = ita.post_form("/penyusutan/daftar-baru/musnah", {**both, "i.dasar": "Jadwal retensi"})
    assert "sedang ditahan: Gugatan" in wrong.text
    new = ita.post_form("/penyusutan/daftar-baru/musnah", {"perkara": str(second), "i.dasar": "Jadwal retensi"})
    assert new.headers["location"] == "/penyusutan/daftar/musnah-2026-1"
    assert "Catat penilaian panitia" in ita.get("/penyusutan/daftar/musnah-2026-1").text
    assert desk.browser("kasubbid").get("/penyusutan").status_code == 403


def test_the_terminal_does_the_same(office, capsys):
    number = ended(office)
    here = ["--root", str(office.root.layout.root), "arsip"]

    assert main([*here, "lakukan", "berkaskan", str(number), "--set", "boks=9"]) == 0
    assert main([*here, "lakukan", "tahan", str(number)]) != 0
    assert "wajib diisi" in capsys.readouterr().err
    assert main([*here, "lakukan", "tahan", str(number), "--set", "alasan=Gugatan", "--as", "kabid"]) == 0
    assert main([*here, "keadaan", str(number)]) == 0
    assert "inaktif, ditahan" in capsys.readouterr().out
    assert main([*here, "mulai", "musnah", str(number), "--set", "dasar=x"]) != 0
    assert main([*here, "tindakan"]) == 0
    assert "Daftar musnah: Daftar usul musnah" in capsys.readouterr().out


def test_two_people_approve_and_the_archivist_destroys_at_the_desk(desk):
    office = desk.office
    number = ended(office, uraian="Kebun zamrudkelabu")
    let_all_fall_due(office)
    ita, budi, rina = desk.browser("arsiparis"), desk.browser("kabid"), desk.browser("kakanwil")
    due = ita.get("/penyusutan/jatuh-tempo").text
    assert str(number) in due
    assert "Tanah adat" in due
    assert "(*)" not in due
    page = "/penyusutan/daftar/musnah-2026-1"
    ita.post_form("/penyusutan/daftar-baru/musnah", {"perkara": str(number), "i.dasar": "Jadwal retensi"})
    assessed = {"i.panitia.1.0": "Ita Contoh", "i.panitia.1.1": "Arsiparis", "i.pertimbangan": "Tidak bernilai guna"}
    ita.post_form(f"{page}/langkah/nilai", assessed, page=page)
    assert ita.post_form(f"{page}/langkah/setuju-pertama", {}, page="/penyusutan").status_code == 422
    budi.post_form(f"{page}/langkah/setuju-pertama", {}, page=page)
    rina.post_form(f"{page}/langkah/setuju-kedua", {"i.persetujuan": "W.8-9"}, page=page)
    waiting = rina.get(page).text
    assert "Menunggu Arsiparis" in waiting
    assert "Panitia penilai (nama, jabatan): Ita Contoh, Arsiparis" in waiting
    assert " | " not in waiting
    done = {"i.berita_acara": "BA-1", "i.cara": "dicacah", "i.saksi.1.0": "Budi Contoh", "i.saksi.1.1": "kabid"}
    ita.post_form(f"{page}/langkah/laksana", done, page=page)

    assert office.root.case(number).gone
    assert resume(office.root.record_parts) == ["musnah-2026-1"]  # what takes long is the running program's
    for place in (f"/arsip/{number}", f"/kasus/{number}", "/register", "/arsip", page, "/"):
        shown = ita.get(place)
        assert shown.status_code == 200, place
        assert "zamrudkelabu" not in shown.text, place
        assert "Siti Rekaan" not in shown.text, place
    assert "Dimusnahkan" in ita.get(f"/arsip/{number}").text
    gone = ita.get(f"/kasus/{number}").text
    assert "dimusnahkan (musnah-2026-1)" in gone
    assert "kurang:" not in gone


def test_a_list_stands_on_the_desk_of_whoever_makes_its_next_step_and_of_nobody_else(desk):
    number = ended(desk.office)
    let_all_fall_due(desk.office)
    there = {role: desk.browser(role) for role in ("arsiparis", "kabid", "kakanwil")}
    ita, page = there["arsiparis"], "/penyusutan/daftar/musnah-2026-1"
    link = f'<a href="{page}">'
    ita.post_form("/penyusutan/daftar-baru/musnah", {"perkara": str(number), "i.dasar": "Jadwal retensi"})
    asked = [role for role, browser in there.items() if link in browser.get("/").text]

    assessed = {"i.panitia.1.0": "Ita Contoh", "i.panitia.1.1": "Arsiparis", "i.pertimbangan": "Tidak bernilai guna"}
    ita.post_form(f"{page}/langkah/nilai", assessed, page=page)

    assert asked == ["arsiparis"]
    assert [role for role, browser in there.items() if link in browser.get("/").text] == ["kabid"]
    assert "Setujui pemusnahan: musnah-2026-1" in there["kabid"].get("/").text


def test_a_case_that_ended_without_a_code_is_on_the_archivists_own_desk_until_it_is_filed(desk):
    number, asked = ended(desk.office), []
    there = {role: desk.browser(role) for role in ("arsiparis", "kabid")}
    link = f"/penyusutan/tindakan/berkaskan?perkara={number}"
    asked.append([role for role, browser in there.items() if link in browser.get("/").text])

    there["arsiparis"].post_form(
        "/penyusutan/tindakan/berkaskan", {"perkara": str(number), "i.klasifikasi": "HA.01.07", "i.boks": "7"}
    )

    asked.append([role for role, browser in there.items() if link in browser.get("/").text])
    assert asked == [["arsiparis"], []]


def test_a_broken_book_of_records_keeps_nobody_from_their_desk(desk):
    book = desk.office.root.record_parts.book
    with book.held():
        book.note({"apa": STEP, "daftar": "musnah-2026-1", "saat": "2026-11-24T09:00:00+07:00"})

    assert desk.browser("kabid").get("/").status_code == 200


def test_the_schedule_is_changed_at_the_desk_and_a_used_row_stays(desk):
    number = ended(desk.office)
    ita = desk.browser("arsiparis")
    today = f"{desk.office.clock.now():%d-%m-%Y}"
    row = {f"i.baris.1.{n}": text for n, text in enumerate(("*", "Semua", "selesai", "1", "2", "musnah"))}
    asked = document_fromstring(ita.get("/penyusutan/jra").text)
    offered = {n: asked.xpath(f"//select[@name='i.baris.1.{n}']/option/text()") for n in (2, 5)}
    assert offered == {2: [*TRIGGERS], 5: [*FATES]}
    refused = ita.post_form("/penyusutan/jra", {"i.berlaku": today}, page="/penyusutan/jra")
    assert refused.status_code == 422

    kept = ita.post_form("/penyusutan/jra", {"i.berlaku": today, **row}, page="/penyusutan/jra")

    assert kept.headers["location"] == "/penyusutan/jra"
    assert "2 tahun" in ita.get("/penyusutan/jra").text
    soon = f"{desk.office.clock.now().year + 3}"
    assert str(number) in ita.get(f"/penyusutan/jatuh-tempo?tahun={soon}").text
