"""The register of one service is closed for a year: its numbers end, and those of the other series go on."""

from __future__ import annotations

import json

import pytest
from fakes import MORNING, FixedClock
from other_services import BOOKED, CLERK, MAIL, ServiceOffice

from pipeline.cases.actor import Actor
from pipeline.cases.case_number import CaseNumber
from pipeline.cli import main
from pipeline.errors import NotAllowed, NotFound, Passing
from pipeline.register.store.restored import note_restored
from pipeline.work.close_year import close_year, sign_year

ARCHIVIST = Actor("arsiparis", "ita")
TOLD = {"perihal": "Sengketa", "pelapor": "Siti Rekaan", "terlapor": "X", "uraian": "y"}
WAY = "surat-masuk.tanpa-pindaian"


@pytest.fixture
def office(tmp_path):
    office = ServiceOffice(tmp_path / "kantor")
    office.take("surat-masuk")
    office.open("lisan", TOLD)
    office.open(WAY, BOOKED, CLERK)
    office.clock.forward(days=60)
    return office


def close(office, series="SM", year=2026):
    return close_year(year, by=ARCHIVIST, parts=office.root.close_year_parts(lambda: office.reader), series=series)


def findings(office):
    office.root.seals.seal_now(office.clock.now())
    return office.findings()


def test_a_closed_year_of_a_service_gives_no_number_and_leaves_other_series_alone(office):
    end = close(office)

    assert (end.figures.count, [one.number for one in end.figures.carried]) == (1, [str(MAIL)])
    now, office.clock = office.clock, FixedClock(MORNING.replace(hour=9))
    with pytest.raises(Passing, match=r"Register tahun 2026 \(deret SM\) sudah ditutup"):
        office.open(WAY, {**BOOKED, "perihal": "Terlambat"}, CLERK)
    assert office.open("lisan", {**TOLD, "perihal": "Yang kedua"}) == CaseNumber(2026, 2)
    office.clock = now
    assert office.open(WAY, {**BOOKED, "perihal": "Tahun baru"}, CLERK) == CaseNumber(2027, 1, "SM")
    assert office.root.year_ends.closed() == {MAIL.volume}
    assert findings(office) == []


def test_each_series_is_closed_and_signed_by_itself(office):
    parts = office.root.close_year_parts(lambda: office.reader)
    close(office)
    with pytest.raises(NotAllowed, match="sudah ditutup"):
        close(office)
    with pytest.raises(NotFound, match="deret SM"):
        close(office, year=2025)
    close(office, series="")
    scan = office.root.in_memory("lembar.pdf", b"%PDF pindaian")
    sign_year(2026, scan, by=ARCHIVIST, parts=parts, series="SM")

    first, second = office.root.year_ends.every()

    assert [(end.figures.series, end.figures.count, bool(end.signed)) for end in (first, second)] == [
        ("", 1, False),
        ("SM", 1, True),
    ]
    lines = (office.root.layout.year_ends / "daftar.jsonl").read_text().splitlines()
    assert [json.loads(line).get("deret") for line in lines] == ["SM", None, "SM"]
    assert findings(office) == []


def test_a_line_of_a_series_that_there_cannot_be_is_found(office):
    close(office)
    book = office.root.layout.year_ends / "daftar.jsonl"
    book.write_text(book.read_text().replace('"SM"', '"../x"'))

    assert any("tutup-buku" in found.where for found in office.findings())


def test_after_a_restore_nobody_says_that_a_closed_year_of_a_service_gave_more(office):
    close(office)
    note_restored(office.root.layout.restored, MORNING.isoformat())

    with pytest.raises(NotAllowed, match=r"deret SM.*lembar penutupannya"):
        office.root.numbers.confirm(None, {}, "Ani Rekaan", MORNING, [CaseNumber(2026, 9, "SM")])


def test_where_the_number_of_one_series_is_refused_those_of_the_others_are_not_raised_either(office):
    close(office)
    note_restored(office.root.layout.restored, MORNING.isoformat())
    numbers, mistyped = office.root.numbers, CaseNumber(2026, 40)
    with pytest.raises(NotAllowed, match="deret SM"):
        numbers.confirm(mistyped, {}, "Ani Rekaan", MORNING, [CaseNumber(2026, 9, "SM")])

    assert numbers.confirm(CaseNumber(2026, 4), {}, "Ani Rekaan", MORNING) == 3


def test_the_closing_sheet_says_of_which_service_the_book_is_and_who_keeps_it(office):
    words = "\n".join(office.root.letter_documents.words(office.root.year_sheet(close(office), "docx")))

    assert "PENUTUPAN BUKU REGISTER PENGELOLAAN SURAT MASUK" in words
    assert "AGENDA-0001/2026" in words
    assert "Petugas agenda," in words
    assert "Aduan" not in words
    assert "YANKOMAS" not in words.upper().replace("YANKOMAS@", "")


def test_a_year_of_a_service_is_closed_by_command(office, tmp_path, capsys):
    here = ["--root", str(office.root.layout.root), "arsip", "tahun"]

    assert main([*here, "tutup", "2025", "--layanan", "surat-masuk"]) == NotFound.exit_code
    assert main([*here, "tutup", "2026", "--layanan", "surat-keluar"]) == NotFound.exit_code
    close(office)
    assert main([*here, "lembar", "2026", "-o", str(tmp_path / "a.docx")]) == NotFound.exit_code
    assert main([*here, "lembar", "2026", "--layanan", "surat-masuk", "-o", str(tmp_path / "b.docx")]) == 0
    assert main(here) == 0
    assert "2026 deret SM: ditutup" in capsys.readouterr().out
