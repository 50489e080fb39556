"""Archivists take lists of active and inactive records with them, and labels for the folders on the shelf."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from pipeline.cli import main
from pipeline.errors import NotFound
from pipeline.register.ports import Extent

SHELF = {"klasifikasi": "HA.01.07", "indeks": "Sengketa tanah", "boks": "12", "rak": "B-3"}
SITI = {"perihal": "Tanah adat Siti Rekaan", "pelapor": "Siti Rekaan", "terlapor": "PT Contoh", "uraian": "x", **SHELF}
BUDI = {**SITI, "perihal": "Upah", "pelapor": "Budi Contoh"}


@pytest.fixture
def full(office):
    office.one_open_one_ended(SITI, BUDI)
    return office


def lines(data: bytes) -> list[dict]:
    head, *rows = load_workbook(io.BytesIO(data)).active.iter_rows(min_row=3, values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_active_records_are_listed_paper_by_paper_without_the_complainants_name(full):
    data = full.root.record_lists().active_xlsx()
    first, *others = lines(data)

    assert first["Nomor berkas"] == "0001/YANKOMAS/2026"
    assert first["Kode klasifikasi"] == "HA.01.07"
    assert first["Uraian informasi berkas"] == "Tanah adat pelapor, terlapor PT Contoh"
    assert first["Jumlah"] == "4 (empat) naskah"
    assert [line["Nomor item"] for line in (first, *others)] == ["1", "2", "3", "4"]
    assert not any(line["Nomor berkas"] for line in others)
    assert "Siti" not in str(lines(data))


def test_inactive_records_are_the_cases_that_have_ended_with_their_place(full):
    (line,) = lines(full.root.record_lists().inactive_xlsx())

    assert line["Nomor arsip"] == "0002/YANKOMAS/2026"
    assert line["Kurun waktu"] == "25/11/2026 – 25/11/2026"
    assert line["Nomor folder dan boks"] == "boks 12"
    assert line["Lokasi simpan"] == "rak B-3"
    assert lines(full.root.record_lists().inactive_xlsx(2025)) == []


def test_of_a_folder_that_is_closed_only_its_number_is_told(full):
    lists = full.root.record_lists()
    active, inactive = (lines(make(None, lambda _row: False)) for make in (lists.active_xlsx, lists.inactive_xlsx))
    (sheet,) = PdfReader(io.BytesIO(lists.labels_pdf(None, lambda _row: False))).pages

    told = [{name: said for name, said in line.items() if said} for line in active]
    assert told == [
        {
            "Nomor berkas": f"000{n}/YANKOMAS/2026",
            "Uraian informasi berkas": "(rahasia)",
            "Kurun waktu": "25/11/2026",
            "Keterangan": "Rahasia",
        }
        for n in (1, 2)
    ]
    assert inactive == []
    assert not {"HA.01.07", "boks 12", "rak B-3", "Sengketa tanah"} & set(sheet.extract_text().splitlines())


def test_a_sheet_that_waits_for_its_signature_is_a_draft_in_the_list_and_any_other_paper_an_original(full):
    grown = {
        line["Uraian informasi arsip"]: line["Tingkat perkembangan"]
        for line in lines(full.root.record_lists().active_xlsx())
    }

    assert grown["Lembar disposisi (belum bertanda tangan)"] == "Konsep"
    assert grown["Tanda terima"] == "Asli"


def test_labels_carry_code_then_index_then_number(full):
    (sheet,) = PdfReader(io.BytesIO(full.root.record_lists().labels_pdf())).pages

    text = sheet.extract_text()
    assert text.index("HA.01.07") < text.index("Sengketa tanah") < text.index("0001/YANKOMAS/2026")
    assert "boks 12, rak B-3" in text
    with pytest.raises(NotFound):
        full.root.record_lists().labels_pdf(2025)


@pytest.mark.parametrize("form", ["--aktif", "--inaktif", "--label"])
def test_the_command_writes_them(full, tmp_path, form):
    out = tmp_path / "daftar"

    assert main(["--root", str(full.root.layout.root), "daftar-arsip", form, str(out)]) == 0
    assert out.read_bytes()[:4] in (b"PK\x03\x04", b"%PDF")


def test_no_label_cuts_what_it_says(office):
    place = "Gedung Arsip Contoh lantai dua, ruang tiga, sayap kanan sebelah utara"
    office.open("lisan", {**SITI, "indeks": "Penggusuran permukiman nelayan tanpa ganti rugi", "rak": place})
    office.root.index.refresh()

    for sheet in (office.root.record_lists().labels_pdf(), office.root.box_lists().labels_pdf(Extent())):
        (page,) = PdfReader(io.BytesIO(sheet)).pages
        text = " ".join(page.extract_text().split())
        assert "…" not in text
        assert "12" in text
    assert text.count("Gedung Arsip Contoh lantai dua") == 1
    assert "sebelah utara" in text
