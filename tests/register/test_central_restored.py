"""Who says how far numbers went: a person, once after each time that the database was brought back, and nobody else."""

from __future__ import annotations

import psycopg
import pytest
from central_letters import enrolled
from fakes import MORNING

from pipeline.cases.case_number import CaseNumber
from pipeline.errors import Passing, UsageFault
from pipeline.register.store.postgres_numbers import PostgresNumbers


@pytest.fixture
def brought_back(central_office, central):
    """An office of one case whose database shows another history than that on which its number was given."""
    database, objects = central_office
    enrolled(database, objects, "satu")
    with psycopg.connect(central.database) as owner:
        owner.execute(f"UPDATE {database.schema}.kantor SET riwayat = 'lain'")
    return database, objects


@pytest.mark.parametrize(
    "act", ["SELECT pastikan_nomor(2026, 9, '2026-11-27T08:00:00+07:00')", "UPDATE kantor SET riwayat = '' RETURNING 1"]
)
def test_an_office_alone_does_not_raise_its_numbers_nor_says_that_it_was_brought_back(central_office, act):
    database, objects = central_office
    enrolled(database, objects, "satu")

    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        database.row(act)


def test_until_a_person_has_said_how_far_they_went_no_number_is_given_and_then_the_next(brought_back):
    database, objects = brought_back
    numbers = PostgresNumbers(database, objects)

    with pytest.raises(Passing, match="yankomas nomor"):
        enrolled(database, objects, "dua")
    with pytest.raises(UsageFault, match="2027 belum mulai"):
        numbers.confirm(CaseNumber(2027, 1), {}, "Ani Rekaan", MORNING)
    assert numbers.restored_from() == MORNING

    assert numbers.confirm(CaseNumber(2026, 5), {"keluar": 7}, "Ani Rekaan", MORNING) == 4

    assert enrolled(database, objects, "dua") == CaseNumber(2026, 6)
    assert database.rows("SELECT nama, nomor FROM batas_naskah") == [("keluar", 7)]
    lines = [bytes(line).decode() for (line,) in database.rows("SELECT isi FROM catatan WHERE buku = 'pulih'")]
    assert lines[0] == f"pulih {MORNING.isoformat()}\n"
    assert lines[1].startswith("pasti 2026/0005 2026 keluar=7 Ani-Rekaan ")


def test_an_office_without_a_case_asks_too(central_office, central):
    database, objects = central_office
    with psycopg.connect(central.database) as owner:
        owner.execute(f"UPDATE {database.schema}.kantor SET riwayat = 'lain'")

    with pytest.raises(Passing, match="yankomas nomor"):
        enrolled(database, objects, "satu")
    assert PostgresNumbers(database, objects).confirm(CaseNumber(2026, 3), {}, "Ani", MORNING) == 3

    assert enrolled(database, objects, "satu") == CaseNumber(2026, 4)
