"""Who says how far numbers went: a person, once after each time that the database was brought back, and nobody else."""

from __future__ import annotations

from contextlib import closing

import psycopg
import pytest
from central_letters import enrolled
from fakes import MORNING
from older_forms import made_in_form

from pipeline.archive.store.objects import Objects
from pipeline.cases.case_number import CaseNumber
from pipeline.errors import Passing, UsageFault
from pipeline.register.store.postgres_numbers import PostgresNumbers
from pipeline.storage.postgres import Database
from pipeline.storage.postgres_offices import address_of, make_office


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


def test_the_highest_numbers_of_all_series_are_said_at_once_and_each_goes_on_behind_its_own(brought_back):
    database, objects = brought_back
    numbers = PostgresNumbers(database, objects)
    with pytest.raises(UsageFault, match="lebih rendah"):
        numbers.confirm(CaseNumber(2026, 0), {}, "Ani Rekaan", MORNING, [CaseNumber(2026, 4, "SM")])

    others = [CaseNumber(2026, 4, "SM"), CaseNumber(2026, 2, "ZZZZ")]
    assert numbers.confirm(CaseNumber(2026, 5), {}, "Ani Rekaan", MORNING, others) == 4 + 4 + 2

    given = [enrolled(database, objects, f"dua {series}", series=series) for series in ("", "SM", "ZZZZ", "A")]
    assert list(map(str, given)) == ["2026/0006", "2026~SM/0005", "2026~ZZZZ/0003", "2026~A/0001"]
    assert numbers.last() == CaseNumber(2026, 6)


def test_a_series_that_begins_in_a_database_once_brought_back_waits_until_a_person_says_how_far_it_went(brought_back):
    database, objects = brought_back
    numbers = PostgresNumbers(database, objects)
    numbers.confirm(None, {}, "Ani Rekaan", MORNING)

    numbers.begin_series("SM")

    with pytest.raises(Passing, match="yankomas nomor"):
        enrolled(database, objects, "surat", series="SM")
    numbers.confirm(None, {}, "Ani Rekaan", MORNING, [CaseNumber(2026, 9, "SM")])
    assert enrolled(database, objects, "surat", series="SM") == CaseNumber(2026, 10, "SM")
    numbers.begin_series("SM")
    assert numbers.restored_from() is None, "a series that is known begins no second time"


def test_a_series_begins_at_once_where_nothing_was_ever_brought_back(central_office):
    numbers = PostgresNumbers(*central_office)

    numbers.begin_series("SM")

    assert numbers.restored_from() is None


def test_an_office_without_a_case_asks_too(central_office, central):
    database, objects = central_office
    with psycopg.connect(central.database) as owner:
        owner.execute(f"UPDATE {database.schema}.kantor SET riwayat = 'lain'")

    with pytest.raises(Passing, match="yankomas nomor"):
        enrolled(database, objects, "satu")
    assert PostgresNumbers(database, objects).confirm(CaseNumber(2026, 3), {}, "Ani", MORNING) == 3

    assert enrolled(database, objects, "satu") == CaseNumber(2026, 4)


@pytest.mark.parametrize("given", [0, 3])
def test_a_database_of_a_form_that_noted_no_history_asks_once_if_it_ever_gave_a_number(central, given):
    name = next(central.names)
    password = made_in_form(5, central, name)
    with central.as_owner(Database(address_of(central.database, name, password), name)) as owner:
        if given:
            owner.row("INSERT INTO deret VALUES (2026, %s, %s) RETURNING 1", (given, MORNING.isoformat()))

    make_office(central.database, name)

    with closing(Database(address_of(central.database, name, password), name)) as database:
        numbers = PostgresNumbers(database, Objects(central.key_of(name), name))
        assert (numbers.restored_from() is not None) == bool(given)
        if given:
            assert numbers.confirm(None, {}, "Ani Rekaan", MORNING) == 0
        assert numbers.restored_from() is None
