"""What an office of many has is held against its seals: its journals, and its books."""

from __future__ import annotations

from contextlib import closing

import pytest
from fakes import MORNING
from older_forms import made_in_form
from test_evidence_ports import FIRST, SealsAtTheCentre

from pipeline.evidence.store.postgres_seals import PostgresBooks
from pipeline.evidence.store.postgres_verify_records import seal_findings
from pipeline.storage.postgres import Database
from pipeline.storage.postgres_offices import make_office

KEY = b"kunci kantor"


@pytest.fixture
def office(central_owner):
    """The owner's view of an office, who can change what the office's own role can only add to."""
    seals = SealsAtTheCentre(central_owner)
    for line in (b"satu\n", b"dua\n", b"tiga\n"):
        seals.note("2026-11", line)
        seals.seal_now(MORNING)
    return central_owner


def found(database, key=KEY):
    return [finding.code for finding in seal_findings(database, key, PostgresBooks(database))]


def done(database, statement):
    with database.transaction() as running:
        running.execute(statement)


def test_what_is_as_it_was_sealed_is_whole(office):
    assert found(office) == []


@pytest.mark.parametrize(
    ("statement", "codes"),
    [
        ("UPDATE catatan SET isi = 'dux\n' WHERE isi = 'dua\n'", ["buku-segel"]),
        ("DELETE FROM catatan WHERE isi = 'tiga\n'", ["buku-segel"]),
        ("DELETE FROM catatan WHERE buku = 'akses'", ["buku-segel"]),
        ("DELETE FROM catatan WHERE buku = 'segel' AND isi LIKE '{\"seq\":2,%%'", ["segel", "buku-segel"]),
        (
            "INSERT INTO catatan (buku, bagian, isi) VALUES ('kotak-masuk', '2026', 'lain\n');"
            " UPDATE catatan SET akhir = -5 WHERE buku = 'kotak-masuk'",
            ["buku-segel"],
        ),
        ("UPDATE catatan SET isi = 'x\n' WHERE buku = 'segel' AND isi LIKE '{\"seq\":3,%%'", ["segel"]),
    ],
)
def test_what_the_databases_owner_changed_is_found(office, statement, codes):
    done(office, statement)

    assert found(office) == codes


def test_a_seal_of_another_key_is_found(office):
    assert found(office, b"lain") == ["segel"] * 3


def test_a_seal_of_a_line_that_no_journal_has_is_found(office):
    seals = SealsAtTheCentre(office)
    seals.witness(FIRST)
    seals.seal_now(MORNING)

    assert found(office) == ["segel"]


def test_a_process_goes_on_from_what_this_machine_remembers_and_reads_no_older_seals(office, tmp_path):
    class Counting(SealsAtTheCentre):
        read = 0

        def __init__(self):
            super().__init__(office)
            self._beside = tmp_path / "segel"

        def _newest_first(self):
            for seal in super()._newest_first():
                Counting.read += 1
                yield seal

    sealed = []
    for line in (b"empat\n", b"lima\n"):
        Counting.read = 0
        one = Counting()
        one.note("2026-11", line)
        sealed.append((one.seal_now(MORNING).seq, Counting.read))

    assert sealed == [(4, 4), (5, 2)]  # the newest seal is looked at twice
    assert found(office) == []


def test_books_of_a_schema_that_noted_no_places_are_whole_and_sealed_on(central):
    name = next(central.names)
    made_in_form(10, central, name)
    with closing(Database(central.database, name)) as database:
        for part in ("2026-11", "2026-12"):
            for line in (b"satu\n", b"dua belas\n"):
                done(database, f"INSERT INTO catatan (buku, bagian, isi) VALUES ('akses', '{part}', '{line.decode()}')")

        make_office(central.database, name)

        seals = SealsAtTheCentre(database)
        first = seals.seal_now(MORNING)
        seals.note("2026-12", b"tiga\n")
        assert [(part.start, part.end) for part in (*first.books, *seals.seal_now(MORNING).books)] == [
            *((0, 15), (0, 15)),
            (15, 20),
        ]
        assert found(database) == []
