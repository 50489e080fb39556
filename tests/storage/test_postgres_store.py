"""What the database itself holds, whoever writes: chains, rights, transactions; and what becomes of faults."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import obstore
import psycopg
import pytest
from case_factory import document, recognised
from central_letters import FIRST, enrolled
from fakes import MORNING
from patience import until
from processes import all_ended, watched

from pipeline.archive.store.objects import Objects, StorePlace
from pipeline.archive.store.postgres_cabinet import PostgresCabinet
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.ports import content
from pipeline.errors import ArchiveFault, Busy, Passing, SettingsFault
from pipeline.evidence.store.postgres_verify import verify_office
from pipeline.storage.postgres import Database
from pipeline.storage.postgres_forms import migrations

TEXT = document("02-teks.txt", b"isi surat", kind="teks", step=2)


def append_and_fail(folder) -> None:
    other = document("03-lain.txt", b"lain", kind="teks", step=2)
    folder.append(recognised(documents=(other,)), {other.name: b"lain"}, by="sistem", at=MORNING)
    raise Passing("Yang sesudahnya gagal.")


def of_two_lines(database, objects):
    """Give an office a case of two lines; return its database, its objects, its cabinet."""
    cabinet = PostgresCabinet(database, objects)
    enrolled(database, objects, "surat rekaan")
    with cabinet.held(FIRST) as folder:
        folder.append(recognised(documents=(TEXT,)), {TEXT.name: b"isi surat"}, by="sistem", at=MORNING)
    return database, objects, cabinet


@pytest.fixture
def kept(central_office):
    """An office with a case of two lines: its database, its objects, its cabinet."""
    return of_two_lines(*central_office)


@pytest.fixture(scope="module")
def untouched(central):
    """The database of such an office, for what all fails."""
    with central.office() as (database, objects):
        of_two_lines(database, objects)
        lines = database.rows("SELECT * FROM jurnal ORDER BY seq")
        yield database
        assert database.rows("SELECT * FROM jurnal ORDER BY seq") == lines


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE jurnal SET baris = overlay(baris PLACING 'X' FROM 30) WHERE seq = 2",
        "DELETE FROM saksi; DELETE FROM jurnal WHERE seq = 1",
        "UPDATE jurnal SET prev = repeat('0', 64) WHERE seq = 2",
        "UPDATE jurnal SET seq = 7 WHERE seq = 2",
    ],
    ids=["a byte", "the line before another", "what it follows", "its place"],
)
def test_not_even_who_owns_the_database_changes_a_line_unless_the_constraints_go(untouched, central, change):
    with psycopg.connect(central.database) as owner:
        owner.execute(f"SET search_path TO {untouched.schema}")
        with pytest.raises(psycopg.errors.IntegrityError):
            owner.execute(change)


@pytest.mark.parametrize("act", ["UPDATE {} SET seq = seq", "DELETE FROM {}", "TRUNCATE {}"])
@pytest.mark.parametrize("table", ["jurnal", "saksi"])
def test_an_office_changes_and_removes_no_line_that_it_wrote(untouched, table, act):
    with pytest.raises(psycopg.errors.InsufficientPrivilege), untouched.transaction() as running:
        running.execute(act.format(table))


def test_an_office_sees_nothing_of_another(untouched, central):
    with central.office() as (other, _), pytest.raises(psycopg.errors.InsufficientPrivilege):
        other.rows(f"SELECT baris FROM {untouched.schema}.jurnal")


def test_a_line_whose_constraints_were_taken_away_is_found(kept, central):
    database, _, cabinet = kept
    with psycopg.connect(central.database) as owner:
        owner.execute(f"SET search_path TO {database.schema}")
        owner.execute("ALTER TABLE saksi DROP CONSTRAINT saksi_tahun_urut_seq_hash_fkey")
        owner.execute("DELETE FROM jurnal WHERE seq = 2")

    found = list(verify_office(database, cabinet, lambda _done, _all: None))

    assert [(finding.where, finding.code) for finding in found] == [("2026/0001/jurnal", "saksi")]


def test_who_asks_for_the_first_line_alone_leaves_a_remembered_case_remembered(kept):
    cabinet = kept[2]
    known = cabinet.case(FIRST)

    assert len(cabinet.first(FIRST).entries) == 1
    assert cabinet.case(FIRST) is known


def test_a_decision_that_fails_at_its_end_has_changed_nothing(kept):
    database, _, cabinet = kept
    before = cabinet.case(FIRST)

    with pytest.raises(Passing), cabinet.held(FIRST) as folder:
        append_and_fail(folder)

    assert cabinet.case(FIRST) == before
    assert database.row("SELECT count(*) FROM saksi") == (2,)


def test_a_part_that_fails_leaves_what_was_before_it(kept):
    database, objects, cabinet = kept
    enrolled(database, objects, "kedua")
    second = CaseNumber(2026, 2)

    with cabinet.held(FIRST) as folder:
        with pytest.raises(Passing), cabinet.held(second) as inner:
            append_and_fail(inner)
        other = document("03-catatan.txt", b"lain", kind="teks", step=2)
        folder.append(recognised(documents=(other,)), {other.name: b"lain"}, by="sistem", at=MORNING)

    assert [len(cabinet.case(n).entries) for n in (FIRST, second)] == [3, 1]
    assert database.row("SELECT count(*), max(posisi) = (SELECT posisi FROM kantor) FROM saksi") == (4, True)


def test_a_case_that_another_process_holds_is_busy(kept, central, monkeypatch):
    database, objects, _ = kept
    monkeypatch.setattr("pipeline.storage.postgres.PATIENCE", 1.0)
    impatient = Database(database.address, database.schema)

    with psycopg.connect(central.database) as owner:
        owner.execute(f"SELECT 1 FROM {database.schema}.perkara FOR UPDATE")
        with pytest.raises(Busy), PostgresCabinet(impatient, objects).held(FIRST):
            pass
    impatient.close()


def test_an_object_that_the_store_lost_or_changed_is_found(kept):
    database, objects, cabinet = kept
    key = objects.key(TEXT.sha256)
    obstore.put(objects._store, key, b"isi lain!")

    with pytest.raises(ArchiveFault, match="berisi bita lain"):
        content(cabinet.blob(FIRST, TEXT))
    changed = list(verify_office(database, cabinet, lambda _done, _all: None))
    obstore.delete(objects._store, key)
    lost = list(verify_office(database, cabinet, lambda _done, _all: None))

    assert [(finding.where, finding.code) for finding in changed] == [("2026/0001/02-teks.txt", "berubah")]
    assert [(finding.where, finding.code) for finding in lost] == [("2026/0001/02-teks.txt", "hilang")]
    assert not cabinet.holds(FIRST, TEXT)


def test_without_its_store_an_office_gives_no_number_and_loses_nothing(kept):
    database, objects, cabinet = kept
    place = StorePlace("http://127.0.0.1:9", "yankomas", "x", "y")

    with pytest.raises(Passing, match="Penyimpanan objek"):
        enrolled(database, Objects(place, "rekaan"), "kedua")
    assert enrolled(database, objects, "kedua") == CaseNumber(2026, 2)
    assert [len(case.entries) for case in cabinet.cases()] == [2, 1]


def test_without_its_database_an_office_waits(tmp_path):
    away = Database(f"host={tmp_path} user=x dbname=x", "rekaan")
    away._pool.timeout = 0.5

    with pytest.raises(Passing, match="tidak dapat dihubungi"):
        away.row("SELECT 1")
    away.close()


@pytest.mark.parametrize(("form", "said"), [(len(migrations()) + 1, "lebih baru"), (1, "pusat siapkan")])
def test_a_schema_of_another_form_is_left_alone(kept, central, form, said):
    database = kept[0]
    with psycopg.connect(central.database) as owner:
        owner.execute(f"UPDATE {database.schema}.bentuk SET versi = versi + 100")
        owner.execute(f"DELETE FROM {database.schema}.bentuk")
        owner.execute(f"INSERT INTO {database.schema}.bentuk VALUES (%s)", (form,))

    with pytest.raises(SettingsFault, match=said):
        database.require_form()


#: Loads the program once; then for each line begins a process that enrols complaints until it is killed; says which.
_ENROLLING = """
import os, signal, sys
sys.path.insert(0, sys.argv[1])
from central_letters import enrolled
from pipeline.archive.store.objects import Objects, StorePlace
from pipeline.storage.postgres import Database
address, schema, *place = sys.argv[2:]
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for mark in sys.stdin:
    if child := os.fork():
        print(child, flush=True)
        continue
    database, objects = Database(address, schema), Objects(StorePlace(*place), schema)
    n = 0
    while True:
        n += 1
        enrolled(database, objects, f"{mark.strip()}-{n}")
"""


def test_numbers_have_no_gap_and_no_twin_however_often_who_gives_them_is_killed(central_office, central):
    database, objects = central_office
    here = os.path.dirname(__file__)
    place = (objects.place.address, objects.place.bucket, objects.place.key_id, objects.place.secret)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([here, os.path.dirname(here), *sys.path])}
    words = [sys.executable, "-c", _ENROLLING, here, database.address, database.schema, *place]

    def given() -> int:
        return (database.row("SELECT count(*) FROM perkara") or (0,))[0]

    with subprocess.Popen(
        words, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as beginning:
        for kill in range(4):
            print(f"{kill}a\n{kill}b", file=beginning.stdin, flush=True)
            both = [int(beginning.stdout.readline()) for _ in range(2)]
            ends, before = watched(both), given()
            until(lambda before=before: given() >= before + 2)
            for process in both:
                os.kill(process, signal.SIGKILL)
            assert all_ended(ends)

    cabinet = PostgresCabinet(database, objects)
    numbers = cabinet.numbers()
    assert [number.serial for number in numbers] == list(range(1, len(numbers) + 1))
    assert len({case.original.sha256 for case in cabinet.cases()}) == len(numbers) >= 8
    assert list(verify_office(database, cabinet, lambda _done, _all: None)) == []
