"""What an office of many has is held against its seals: its journals, and its books."""

from __future__ import annotations

import pytest
from fakes import MORNING
from test_evidence_ports import FIRST, SealsAtTheCentre

from pipeline.evidence.store.postgres_seals import PostgresBooks
from pipeline.evidence.store.postgres_verify_records import seal_findings

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
