"""The register book of another service leaves the office with what its own SOP's register asks."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook
from other_services import BOOKED, CLERK, MAIL, ServiceOffice

from pipeline.access.secrecy import entry_shown
from pipeline.cases.public_service import PublicService
from pipeline.cli import main
from pipeline.errors import NotFound
from pipeline.register.ports import Extent
from pipeline.register.service_book import columns_of

LETTERS = Extent(2026, series="SM")


@pytest.fixture
def office(tmp_path):
    office = ServiceOffice(tmp_path / "kantor")
    office.take("surat-masuk")
    office.drop("aduan.pdf", b"Aduan")
    office.drop_for("surat-masuk", "surat.pdf", b"Undangan")
    office.run_once()
    office.decide(MAIL, "konfirmasi", CLERK, {**BOOKED, "tanggal_surat": "20-11-2026", "perihal": "=1+1"})
    return office


def command(office, *args):
    return main(["--root", str(office.root.layout.root), "register", *args])


def test_a_service_book_as_a_spreadsheet_has_the_questions_of_its_sop(office, tmp_path):
    path = tmp_path / "agenda.xlsx"
    assert command(office, "--layanan", "surat-masuk", "--xlsx", str(path)) == 0

    sheet = load_workbook(path).active
    head, *rows = ([cell.value for cell in row] for row in sheet.iter_rows(min_row=3))
    (row,) = (dict(zip(head, row, strict=True)) for row in rows)
    asked = [field.label for field in office.root.services[0].editions[-1].register]
    assert head == ["No. register", "Diterima", *asked, "Keadaan", "Tenggat", "Selesai"]
    assert "Terlapor" not in head
    assert row["No. register"] == "AGENDA-0001/2026"
    assert row["Asal surat (pengirim dan instansinya)"] == BOOKED["asal_surat"]
    assert row["Tanggal surat"].date() == date(2026, 11, 20)
    assert row["Hal"] == "=1+1"
    assert sheet["A1"].value.startswith("Buku register Pengelolaan Surat Masuk")


def test_a_service_book_as_csv_is_disarmed_and_holds_no_complaint(office, capsys):
    assert command(office, "--layanan", "surat-masuk", "--csv") == 0

    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert (row["No. register"], row["Hal"], row["Tanggal surat"]) == ("AGENDA-0001/2026", "'=1+1", "2026-11-20")


def test_a_service_book_for_programs_has_the_answers_by_name(office, capsys):
    assert command(office, "--layanan", "surat-masuk", "--json") == 0

    (row,) = json.loads(capsys.readouterr().out)
    assert row["number"] == str(MAIL)
    assert row["isian"]["jenis_surat"] == "undangan"
    assert row["isian"]["tanggal_surat"] == "2026-11-20"


def test_the_register_is_that_of_complaints_unless_a_service_is_named(office, capsys):
    for told, numbers in (((), ["2026/0001"]), (("--layanan", "yankomas"), ["2026/0001"])):
        assert command(office, *told, "--json") == 0
        assert [row["number"] for row in json.loads(capsys.readouterr().out)] == numbers
    assert command(office, "--layanan", "surat-masuk") == 0
    assert "AGENDA-0001/2026" in capsys.readouterr().out


def test_the_files_of_all_years_are_of_one_service_each(office):
    office.root.index.refresh()
    files = office.root.register_files()

    complaints, letters = files.csv(Extent()), files.csv(Extent(series="SM"))

    assert "0001/YANKOMAS/2026" in complaints
    assert "AGENDA-0001/2026" not in complaints
    assert "AGENDA-0001/2026" in letters
    assert "0001/YANKOMAS/2026" not in letters


def test_a_service_that_nobody_has_is_refused(office, capsys):
    assert command(office, "--layanan", "surat-keluar") == NotFound.exit_code
    assert "surat-masuk" in capsys.readouterr().err


def test_a_secret_letter_tells_its_level_and_no_answer(office):
    office.decide(MAIL, "koreksi", CLERK, {"sifat": "rahasia", "alasan": "x"})
    office.root.index.refresh()

    def closed(row, entry):
        return entry_shown({"tim-yankomas"}, row, entry)

    (row,) = csv.DictReader(io.StringIO(office.root.register_files().csv(LETTERS, closed)))

    assert row.pop("Sifat") == "Rahasia"
    assert {name for name, text in row.items() if text} == {"No. register", "Diterima"}


def test_the_newest_edition_leads_and_what_older_ones_asked_follows(office):
    (service,) = office.root.services
    older = service.editions[0]
    newer = replace(
        older,
        effective=older.effective + timedelta(days=300),
        register=tuple(replace(field, label="Perihal surat") for field in older.register if field.name == "perihal"),
    )
    both = PublicService("x", "X", "X", "X", "{urut}", editions=(older, newer))

    labels = [column.label for column in columns_of(both)]

    assert labels[2] == "Perihal surat"
    assert "Hal" not in labels
    assert "Asal surat (pengirim dan instansinya)" in labels
