"""What an office may write to its own numbers, cases and witnesses: what numbering and tending need, no more."""

from __future__ import annotations

from contextlib import closing

import psycopg
import pytest
from case_factory import document, recognised
from central_letters import FIRST, enrolled
from fakes import MORNING
from older_forms import made_in_form

from pipeline.archive.store.objects import Objects
from pipeline.archive.store.postgres_cabinet import PostgresCabinet
from pipeline.cases.case_number import volume_of
from pipeline.cases.journal import write_line
from pipeline.errors import SettingsFault
from pipeline.evidence.store.postgres_verify import verify_office
from pipeline.storage.postgres import Database
from pipeline.storage.postgres_forms import migrations
from pipeline.storage.postgres_lines import ACCESS, PostgresLines
from pipeline.storage.postgres_offices import address_of, make_office

TEXT = document("02-teks.txt", b"isi surat", kind="teks", step=2)


@pytest.fixture
def numbered(central_office):
    """An office that has given two numbers."""
    database, objects = central_office
    for text in ("pertama", "kedua"):
        enrolled(database, objects, text)
    return database, objects


@pytest.fixture(scope="module")
def for_those_who_may_not(central):
    """The database of such an office, for acts that all fail."""
    with central.office() as (database, objects):
        for text in ("pertama", "kedua"):
            enrolled(database, objects, text)
        yield database


@pytest.mark.parametrize(
    "act",
    [
        "UPDATE deret SET terakhir = 4",
        "UPDATE deret SET terakhir = 1",
        "UPDATE deret SET terakhir = 3",
        "UPDATE deret SET tahun = 2031",
        "INSERT INTO deret (tahun, terakhir, saat) VALUES (2031, 1, 'x')",
        "INSERT INTO deret (tahun, terakhir, saat) VALUES (2031, 7, 'x')",
        "DELETE FROM deret",
        "INSERT INTO perkara (tahun, urut, asli, klaim) VALUES (2026, 3, sha256('x'), 'k')",
        "UPDATE perkara SET asli = sha256('x')",
        "UPDATE perkara SET urut = urut + 5",
        "DELETE FROM perkara WHERE urut = 2",
        "INSERT INTO saksi (posisi, tahun, urut, seq, hash) SELECT posisi - 5, tahun, urut, seq, hash FROM saksi",
        "INSERT INTO saksi (posisi, sisa, tahun, urut, seq, hash) VALUES (999, 'x', 2026, 1, 1, 'x')",
        f"INSERT INTO deret (tahun, terakhir, saat) VALUES ({volume_of(2026, 'SM')}, 3, 'x')",
        "SELECT pastikan_nomor(ARRAY[2026], ARRAY[9], '2026-11-27T08:00:00+07:00')",
        "UPDATE versi_tercatat SET isi = 'y'",
        "DELETE FROM versi_tercatat",
        "UPDATE kantor SET posisi = posisi + 5",
        "UPDATE kantor SET posisi = 0",
        "INSERT INTO batas_naskah VALUES (2026, 'keluar', 90); UPDATE batas_naskah SET nomor = 1",
        "DELETE FROM batas_naskah",
        "INSERT INTO catatan (baris, buku, bagian, isi) OVERRIDING SYSTEM VALUE VALUES (0, 'akses', 'x', E'\\n')",
        "UPDATE bentuk SET versi = 1",
        "ALTER TABLE deret DISABLE TRIGGER USER",
        "SET session_replication_role = replica",
    ],
)
def test_an_office_changes_its_numbers_only_by_giving_them(for_those_who_may_not, act):
    database = for_those_who_may_not

    with pytest.raises(psycopg.errors.InsufficientPrivilege), database.transaction() as running:
        running.execute(act)

    assert database.rows("SELECT terakhir FROM deret") == [(2,)]


def test_a_line_without_its_witness_is_not_kept(numbered):
    database = numbered[0]
    line = database.row("SELECT hash, baris FROM jurnal WHERE urut = 1")

    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="witness"), database.transaction() as running:
        running.execute(
            "INSERT INTO jurnal (tahun, urut, seq, prev, hash, baris) VALUES (2026, 1, 2, %s, %s, %s)",
            (line[0], *next_line(line[0])),
        )


def next_line(prev: str) -> tuple[str, bytes]:
    text, entry = write_line(2, MORNING, "sistem", "rekaan", {}, prev)
    return entry.hash, text


def test_a_table_of_the_offices_own_deceives_no_guard(numbered):
    database = numbered[0]

    raised = f"UPDATE {database.schema}.deret SET terakhir = 7"
    with psycopg.connect(database.address) as office:
        office.execute("CREATE TEMP TABLE deret (tahun integer, terakhir integer)")
        office.execute("INSERT INTO pg_temp.deret VALUES (2026, 6)")
        office.execute("SET search_path TO pg_temp, public")
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="by one"):
            office.execute(raised)


def test_what_the_office_does_by_its_rules_goes_on(numbered):
    database, objects = numbered
    cabinet = PostgresCabinet(database, objects)

    with cabinet.held(FIRST) as folder:
        folder.append(recognised(documents=(TEXT,)), {TEXT.name: b"isi surat"}, by="sistem", at=MORNING)
        folder.settle()

    assert enrolled(database, objects, "ketiga").serial == 3
    assert list(verify_office(database, cabinet, lambda _done, _all: None)) == []


def test_a_version_is_kept_under_its_own_hash_alone(numbered):
    with pytest.raises(psycopg.errors.CheckViolation):
        numbered[0].row("INSERT INTO versi_tercatat VALUES ('sop', repeat('0', 64), 'x') RETURNING 1")


def test_witnesses_follow_each_other_whatever_a_series_is_called(numbered):
    database, objects = numbered

    for series in ("A", "Z", "AA", "ZZ", "AAA", "ZZZ", "AAAA", "ZZZZ"):
        given = [enrolled(database, objects, f"surat {series} {n}", series=series) for n in range(2)]

        assert [str(number) for number in given] == [f"2026~{series}/0001", f"2026~{series}/0002"]
        assert list(verify_office(database, PostgresCabinet(database, objects), lambda _done, _all: None)) == [], series


def test_a_schema_of_the_form_that_had_one_series_goes_on_with_its_cases_and_gives_numbers_of_others(central):
    name = next(central.names)
    address = address_of(central.database, name, made_in_form(9, central, name))
    objects = Objects(central.key_of(name), name)
    with closing(Database(address, name)) as database:
        with pytest.raises(SettingsFault, match=f"bentuk 9, perlu {len(migrations())}"):
            database.require_form()
        for text in ("satu", "dua"):
            enrolled(database, objects, text)

        make_office(central.database, name)

        database.require_form()
        cabinet = PostgresCabinet(database, objects)
        mail = [enrolled(database, objects, text, series="SM") for text in ("surat", "surat lagi")]
        assert [str(number) for number in (*mail, enrolled(database, objects, "tiga"))] == [
            *("2026~SM/0001", "2026~SM/0002"),
            "2026/0003",
        ]
        assert [cabinet.case(number).number for number in cabinet.numbers()] == cabinet.numbers()
        assert len(cabinet.numbers()) == 5
        assert sorted(cabinet.volumes()) == [2026, volume_of(2026, "SM")]
        assert list(verify_office(database, cabinet, lambda _done, _all: None)) == []


def test_no_office_holds_up_a_book_of_another(numbered, central, monkeypatch):
    monkeypatch.setattr("pipeline.storage.postgres.PATIENCE", 1.0)
    office = numbered[0]
    with central.office() as (other, _), psycopg.connect(other.address) as waiting:
        names = [f"{office.schema} {ACCESS}", f"naskah {office.schema}", ACCESS]
        for name in names:
            waiting.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", (name,))
            waiting.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", (name,))
        impatient = Database(office.address, office.schema)
        book = PostgresLines(impatient, ACCESS)

        with book.held():
            book.append("2026-11", b"satu\n")

        assert [line for _, line in book.lines()] == [b"satu\n"]
        impatient.close()
