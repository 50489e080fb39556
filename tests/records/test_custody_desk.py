"""Loans, transfers, hand-overs and the end of a year at the desk and at the terminal."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta

import pytest
from ended_cases import ARCHIVIST, HEAD_OF_FIELD, close_folder, ended, lend, running
from fakes import FixedClock
from lxml.html import document_fromstring
from web_desk import WebDesk

from pipeline.cli import main
from pipeline.errors import NotAllowed, NotFound, Passing
from pipeline.records.acting import act_on
from pipeline.records.list_steps import begin, go_on
from pipeline.work.close_year import close_year, sign_year


@pytest.fixture
def desk(tmp_path):
    return WebDesk(tmp_path / "kantor")


def test_a_folder_that_is_out_is_marked_wherever_it_is_looked_for(desk):
    number, other = ended(desk.office), ended(desk.office)
    ita = desk.browser("arsiparis")
    due = (desk.clock.now() + timedelta(days=7)).date()
    form = {"perkara": str(number), "i.peminjam": "Eko Contoh", "i.peran_peminjam": "kabid"}
    form |= {"i.unit_peminjam": "Bidang HAM", "i.keperluan": "Audiensi", "i.kondisi_keluar": "baik"}

    asked = document_fromstring(ita.get(f"/penyusutan/tindakan/pinjamkan?perkara={number}").text)
    roles = {one.get("value"): one.text_content() for one in asked.xpath("//*[@name='i.peran_peminjam']/option")}
    assert (roles["tim-yankomas"], roles["kabid"]) == ("Tim Yankomas", "Kabid HAM")
    late = ita.post_form("/penyusutan/tindakan/pinjamkan", {**form, "i.kembali_paling_lambat": "01-01-2026"})
    assert "sudah lewat" in late.text
    ita.post_form("/penyusutan/tindakan/pinjamkan", {**form, "i.kembali_paling_lambat": f"{due:%d-%m-%Y}"})

    assert "dipinjam sampai" in ita.get("/arsip").text
    assert "dipinjam Eko Contoh (Bidang HAM)" in ita.get(f"/arsip/{number}").text
    assert "dipinjam" not in ita.get(f"/arsip/{other}").text
    assert "Eko Contoh" in ita.get("/pinjaman").text
    assert "Pinjaman lewat waktu" not in ita.get("/").text
    twice = ita.post_form("/penyusutan/tindakan/pinjamkan", {**form, "i.kembali_paling_lambat": f"{due:%d-%m-%Y}"})
    assert "sedang dipinjam" in twice.text
    desk.clock.forward(days=8)
    ita = desk.browser("arsiparis", "kabid")  # the session of a week ago is over
    assert "Pinjaman lewat waktu" in ita.get("/").text
    late = document_fromstring(ita.get("/pinjaman").text)
    assert "lewat 1 hari" in late.text_content()
    assert all(head.text_content().strip() for head in late.xpath("//th"))
    assert all(cell.get("data-label") for cell in late.xpath("//td"))  # what a phone shows before each
    assert desk.browser("tim-yankomas").get("/pinjaman").status_code == 403


def test_a_transfer_is_ticked_by_both_sides_at_the_desk(desk):
    first, second = ended(desk.office), ended(desk.office)
    ita, eko = desk.browser("arsiparis"), desk.browser("kabid")
    ita.post_form("/penyusutan/daftar-baru/pindah", {"perkara": f"{first}\n{second}"})
    here = "/penyusutan/daftar/pindah-2026-1"
    ticked = {"i.diperiksa.frasa": [str(first), str(second)], "i.diperiksa": ""}

    page = eko.get(here).text
    assert page.count('name="i.diperiksa.frasa"') == 2
    one = {"i.diperiksa.frasa": [str(first)], "i.diperiksa": "2026/0077"}
    wrong = eko.post_form(f"{here}/langkah/periksa-penyerah", one, page=here)
    assert f"tidak dicentang: {second}" in wrong.text
    assert "2026/0077" in wrong.text
    assert eko.post_form(f"{here}/langkah/periksa-penyerah", ticked, page=here).status_code == 303
    assert ita.post_form(f"{here}/langkah/periksa-penerima", ticked, page=here).status_code == 303
    assert "lembar/berita-acara-pemindahan" in ita.get(here).text


def test_what_is_handed_over_is_a_described_bag_for_each_folder(desk, tmp_path):
    office = desk.office
    number, parts = ended(office), office.root.record_parts
    close_folder(office, number)
    name = begin("serah", [number], {"tujuan": "ANRI", "lembaga": "ANRI"}, by=ARCHIVIST, parts=parts).id
    ita = desk.browser("arsiparis")
    assert ita.get(f"/penyusutan/daftar/{name}/paket.zip").status_code == 403
    go_on(name, "setuju", {}, by=HEAD_OF_FIELD, parts=parts)

    there = ita.get(f"/penyusutan/daftar/{name}/paket.zip")

    with zipfile.ZipFile(io.BytesIO(there.content)) as package:
        told = json.loads(package.read(f"{number.key}/metadata/isad-g.json"))
        tags = package.read(f"{number.key}/tagmanifest-sha256.txt").decode()
        info = package.read(f"{number.key}/bag-info.txt").decode()
        listed = package.read(f"{name}-daftar.csv").decode()
    assert told["elemen"]["3.1.1"]["isi"].endswith(f"({number})")
    assert {f"3.1.{n}" for n in range(1, 6)} | {"3.2.1"} <= told["elemen"].keys()
    assert "metadata/isad-g.json" in tags
    assert f"Bag-Group-Identifier: {name}" in info
    assert "Tanah adat" in listed
    out = tmp_path / "paket.zip"
    assert main(["--root", str(office.root.layout.root), "arsip", "paket", name, "-o", str(out)]) == 0
    assert zipfile.is_zipfile(out)


def test_the_terminal_tells_loans_and_checklists_and_writes_papers_and_boxes(office, tmp_path, capsys):
    number = ended(office)
    here = ["--root", str(office.root.layout.root), "arsip"]
    lend(office, number, 3)
    act_on(number, "berkaskan", {"boks": "12", "rak": "B-3"}, by=ARCHIVIST, parts=office.root.record_parts)

    assert main([*here, "pinjaman", "--terlambat"]) == 0
    assert main([*here, "pinjaman"]) == 0
    assert "Eko Contoh (Bidang HAM)" in capsys.readouterr().out
    assert main([*here, "kelengkapan", str(number)]) == 1
    assert "kurang  Klasifikasi dan letak: belum diberkaskan: Kode klasifikasi" in capsys.readouterr().out
    for paper in ("formulir-peminjaman", "kelengkapan"):
        assert main([*here, "cetak", paper, str(number), "-o", str(tmp_path / f"{paper}.docx")]) == 0
    assert main([*here, "cetak", "kelengkapan", str(number), "-o", str(tmp_path / "x.txt")]) != 0
    assert main([*here, "boks", "-o", str(tmp_path / "boks.xlsx")]) == 0
    assert main([*here, "boks", "-o", str(tmp_path / "boks.pdf")]) == 0
    assert main(["--root", str(office.root.layout.root), "daftar-arsip", "--label", str(tmp_path / "l.pdf")]) == 0


def test_a_year_is_closed_once_it_is_over_and_gives_no_number_after_that(office, tmp_path, capsys):
    first = running(office)
    here = ["--root", str(office.root.layout.root), "arsip", "tahun"]
    assert main([*here, "tutup", "2026"]) != 0
    assert "belum berakhir" in capsys.readouterr().err
    office.clock.forward(days=60)
    before = office.clock.now() - timedelta(days=30)
    parts = office.root.close_year_parts(lambda: office.reader)

    with pytest.raises(NotAllowed, match="tidak berwenang"):
        close_year(2026, by=HEAD_OF_FIELD, parts=parts)
    with pytest.raises(NotFound, match="kosong"):
        close_year(2025, by=ARCHIVIST, parts=parts)
    end = close_year(2026, by=ARCHIVIST, parts=parts)

    assert (end.figures.count, end.figures.last, [one.number for one in end.figures.carried]) == (1, 1, [str(first)])
    assert end.seal
    with pytest.raises(NotAllowed, match="sudah ditutup"):
        close_year(2026, by=ARCHIVIST, parts=parts)
    now, office.clock = office.clock, FixedClock(before)
    with pytest.raises(Passing, match="sudah ditutup"):
        running(office, perihal="Yang terlambat")
    office.clock = now
    assert str(running(office, perihal="Tahun baru")).startswith("2027/")
    scan = office.root.in_memory("lembar.pdf", b"%PDF pindaian")
    sign_year(2026, scan, by=ARCHIVIST, parts=parts)
    with pytest.raises(NotAllowed, match="tidak diganti"):
        sign_year(2026, scan, by=ARCHIVIST, parts=parts)
    assert office.root.year_ends.every()[0].signed == scan.sha256
    assert main([*here, "lembar", "2026", "-o", str(tmp_path / "tutup.docx")]) == 0
    assert main(here) == 0
    assert "1 masih berjalan" in capsys.readouterr().out


def test_a_year_that_a_clock_closed_which_ran_ahead_is_open_again_once_a_person_says_so(office):
    running(office)
    right = office.clock
    office.clock = FixedClock(right.now() + timedelta(days=60))
    parts = office.root.close_year_parts(lambda: office.reader)
    close_year(2026, by=ARCHIVIST, parts=parts)
    office.clock = right

    with pytest.raises(Passing, match="sudah ditutup"):
        running(office, perihal="Yang menunggu")
    office.root.confirm_clock(office.root.moments_ahead(), "ani")

    assert str(running(office, perihal="Yang menunggu")).startswith("2026/")
    assert office.root.year_ends.every() == []


def test_a_folder_is_open_again_once_something_happens_to_its_case(office):
    number = ended(office)
    act_on(number, "tutup-map", {"alasan": "Lama"}, by=ARCHIVIST, parts=office.root.record_parts)
    assert office.root.book.row_of(office.root.case(number)).folder == "ada yang kurang"

    office.decide(number, "buka-kembali", "kabid", {"alasan": "Bukti baru"})

    assert office.root.book.row_of(office.root.case(number)).folder == ""


def test_a_closing_that_was_changed_is_found(office):
    running(office)
    office.clock.forward(days=60)
    parts = office.root.close_year_parts(lambda: office.reader)

    close_year(2026, by=ARCHIVIST, parts=parts)
    sign_year(2026, office.root.in_memory("lembar.pdf", b"%PDF"), by=ARCHIVIST, parts=parts)
    office.root.seal_what_is_left()
    layout = office.root.layout
    assert not any("tutup-buku" in found.where for found in office.root.verify(lambda *_: None))

    (sheet,) = layout.year_ends.glob("*.lembar")
    sheet.write_bytes(b"lain")
    (layout.year_ends / "daftar.jsonl").write_bytes(b"")

    told = {found.where for found in office.root.verify(lambda *_: None) if "tutup-buku" in found.where}
    assert {one.rpartition("/")[2] for one in told} >= {sheet.name, "daftar.jsonl"}


def test_the_desk_closes_a_year_with_a_tick_and_keeps_the_signed_sheet(desk):
    running(desk.office)
    desk.clock.at = desk.clock.at.replace(year=2027, month=1, day=4)
    ita = desk.browser("arsiparis")

    for year in ("", "abad lalu", "20260"):
        unclear = ita.post_form("/tutup-tahun", {"tahun": year, "yakin": "ya"})
        assert unclear.status_code == 422
        assert "Tahunnya belum dipilih." in unclear.text
    asked = ita.post_form("/tutup-tahun", {"tahun": "2026"})
    assert asked.status_code == 422
    made = ita.post_form("/tutup-tahun", {"tahun": "2026", "yakin": "ya"})
    assert made.headers["location"] == "/tutup-tahun"
    shown = ita.get("/tutup-tahun").text
    assert "menunggu tanda tangan" in shown
    assert "yang sudah disimpan tidak diganti" in shown
    assert desk.browser("kasubbid").get("/tutup-tahun").status_code == 403
