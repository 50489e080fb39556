"""A case for which the machine has nothing more to do is settled: it is not looked at again until something happens."""

from __future__ import annotations

from offices import FakeOffice

from pipeline.cases.actor import Actor
from pipeline.intake.open_case import open_case
from pipeline.work.tend import tend


def test_a_case_is_open_until_nothing_is_owed_it(tmp_path):
    office = FakeOffice(tmp_path / "kantor")
    told = {"perihal": "Upah", "pelapor": ["Siti Rekaan"], "terlapor": "PT Contoh", "uraian": "Tiga bulan"}
    number = open_case("lisan", told, by=Actor("tim-yankomas", "penguji"), parts=office.open_parts).number

    before = office.root.cabinet.open_cases()
    tend(number, office.tend_parts)

    assert before == [number]
    assert office.root.cabinet.open_cases() == []
