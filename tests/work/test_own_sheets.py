"""A sheet that an office adds to Yankomas: looked through with its Word file, drafted by what its edition says."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from docx import Document
from offices import WordOffice
from sop_texts import own_texts

from pipeline.cases.case_number import CaseNumber
from pipeline.cases.own_editions import edition_faults
from pipeline.cases.sop import YANKOMAS, title_of
from pipeline.cases.unfit_edition import UnfitEdition
from pipeline.work.own_sop import looked_through

SHEET = "05-kantor-undangan-mediasi"
TOLD = {"perihal": "Tanah adat", "pelapor": "Siti Rekaan", "terlapor": "PT Contoh", "uraian": "Tanah digarap."}
MOVE = """
[[gerak]]
kunci = "mediasi"
label = "Undang mediasi"
dari = "semua"
ke = "tetap"
peran = ["tim-yankomas"]
naskah = ["05-kantor-undangan-mediasi"]
isian = [
    { nama = "tujuan_surat", label = "Kepada", wajib = true },
    { nama = "pokok", label = "Pokok", jenis = "paragraf" },
]
"""
LETTER = """
[[naskah]]
templat = "05-kantor-undangan-mediasi"
langkah = 5
surat_keluar = true
penyusun = ["tim-yankomas"]
penanda_tangan = "kadiv"
kepada = "instansi"
"""
LINES = (
    "{{ tanda_konsep }} Yth. {{ gerak.mediasi.tujuan_surat }}",
    "{{ gerak.mediasi.pokok }} ({{ isian.perihal }}), oleh {{ gerak.mediasi.oleh }}",
    "{{ penandatangan_jabatan }}",
)


@pytest.fixture
def office(tmp_path: Path) -> WordOffice:
    return WordOffice(tmp_path)


def texts_on(day: date) -> dict[str, str]:
    texts = own_texts(day)
    return {**texts, "moves.toml": texts["moves.toml"] + MOVE, "letters.toml": texts["letters.toml"] + LETTER}


def write(office: WordOffice, *lines: str) -> None:
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(office.root.layout.templates / f"{SHEET}.docx")


def taken(office: WordOffice) -> CaseNumber:
    """Take the edition into use, and open a case that follows it."""
    today = office.clock.now().date()
    folder = office.root.own_editions(new=True)
    folder.install(today, texts_on(today), by="ani", at=office.clock.now(), why="uji")
    if (later := office.root.successor()) is not None:
        later.clock, office.root = office.clock, later
    return office.open("lisan", TOLD)


def test_an_edition_is_installed_with_a_word_file_that_goes_with_it_and_not_before(office):
    today = office.clock.now().date()
    parts = office.root.sop_parts(lambda: SimpleNamespace(come_in=list), office.clock.now(), lambda _: None)

    for lines, said in (((), "tidak ada"), (("{{ gerak.mediasi.pokk }}",), "pokk")):
        if lines:
            write(office, *lines)
        with pytest.raises(UnfitEdition, match=f"letter_templates/{SHEET}.docx.*{said}"):
            looked_through(texts_on(today), today, parts)


def test_it_is_drafted_signed_and_listed_as_the_edition_says(office):
    write(office, *LINES)
    number = taken(office)

    office.decide(number, "mediasi", "tim-yankomas", {"tujuan_surat": "Camat Contoh", "pokok": "Sengketa tanah"})

    lines = office.lines(number, SHEET)
    assert lines[0] == "KONSEP Yth. Camat Contoh"
    assert lines[1].startswith("Sengketa tanah (Tanah adat), oleh ")
    assert lines[2] == office.root.settings.office.holder("kadiv", office.clock.now().date()).signing_title
    assert title_of(SHEET) == "Undangan mediasi"
    assert SHEET in office.root.templates.known
    assert "gerak.mediasi.pokok" in {field.name for field in office.root.templates.fields(SHEET)}
    assert office.root.templates.versions(SHEET)[0].findings == ()


def test_what_goes_to_others_names_nobody_who_must_not_be_named(office):
    write(office, *LINES)
    number = taken(office)

    told = {"tujuan_surat": "Camat Contoh", "pokok": "Aduan Siti Rekaan"}
    office.decide(number, "mediasi", "tim-yankomas", told)

    lines = office.lines(number, SHEET)
    assert lines[1].startswith("Aduan ")
    assert "Siti" not in "".join(lines), lines


def test_a_sheet_is_there_once_whether_the_program_s_or_the_office_s():
    day = date(2027, 1, 1)
    texts = texts_on(day)
    again = texts["letters.toml"] + LETTER + LETTER.replace(SHEET, "03-lembar-disposisi")

    told = edition_faults(YANKOMAS, day, {**texts, "letters.toml": again})

    assert any(f"templat {SHEET!r} sudah dipakai" in fault for fault in told), told
    assert any("templat '03-lembar-disposisi' sudah dipakai" in fault for fault in told), told


@pytest.mark.parametrize(
    "name",
    [
        "05-undangan-audiensii",
        "05-kantor",
        "kantor-mediasi",
        "05-kantor-Mediasi",
        "05-kantor-../x",
        "٠٥-kantor-x",
        f"05-kantor-{'a' * 51}",
    ],
)
def test_a_slip_in_the_name_of_a_sheet_is_no_sheet_of_the_office(name):
    day = date(2027, 1, 1)
    texts = {file: text.replace(SHEET, name) for file, text in texts_on(day).items()}

    assert any("tidak dikenal program ini" in fault for fault in edition_faults(YANKOMAS, day, texts))
