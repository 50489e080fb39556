"""An office's key of the object store opens its own files alone: tried on a real store, and said where it is not so."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from pipeline.archive.store.central_keys import opened_elsewhere
from pipeline.archive.store.objects import Objects
from pipeline.errors import ArchiveFault, Passing, SettingsFault

LETTER = b"Surat pengaduan rekaan"
DIGEST = hashlib.sha256(LETTER).hexdigest()


@pytest.fixture
def offices(central):
    """Two offices with their own keys, of which the first has a letter."""
    with central.office() as one, central.office() as other:
        one[1].put(LETTER)
        assert opened_elsewhere(*one) == []
        yield one, other


def test_the_key_of_one_office_neither_reads_nor_writes_what_is_anothers(offices):
    (_, objects), (_, others) = offices
    intruding = Objects(replace(others.place, bucket=objects.place.bucket), objects.office)

    with pytest.raises((ArchiveFault, Passing)), intruding.local(DIGEST):
        pass
    with pytest.raises((ArchiveFault, Passing)):
        intruding.put(LETTER)
    assert intruding.size(DIGEST) is None


def test_a_key_that_opens_its_own_bucket_alone_is_found_to(offices):
    _, (database, objects) = offices

    assert opened_elsewhere(database, objects) == []
    assert database.row("SELECT kunci_dicoba IS NOT NULL, kunci_membuka FROM kantor") == (True, "")


def test_a_key_that_opens_the_files_of_another_office_is_found_out(offices, central):
    (_, objects), (database, _) = offices
    wide = central.key_of(database.schema, f"{objects.place.key_id}.2")

    assert opened_elsewhere(database, Objects(wide, database.schema)) == [objects.office]
    assert database.row("SELECT kunci_membuka FROM kantor") == (objects.office,)


def test_a_prefix_of_one_bucket_with_one_key_for_all_is_found_out(offices, central):
    (one, objects), (database, _) = offices
    shared = central.key_of("semua")
    opened_elsewhere(one, Objects(shared, objects.office))

    assert opened_elsewhere(database, Objects(shared, database.schema)) == [objects.office]


def test_a_bucket_that_is_not_there_is_said_to_be_missing(offices):
    _, (database, objects) = offices

    with pytest.raises(SettingsFault, match="tidak membukanya"):
        opened_elsewhere(database, Objects(replace(objects.place, bucket="tidak-ada"), objects.office))


def test_a_store_that_refuses_the_key_is_said_to_refuse_it(offices):
    _, (_, objects) = offices

    with pytest.raises(Passing, match="menolak kunci"):
        Objects(replace(objects.place, secret="salah"), objects.office).put(LETTER)


def test_an_office_notes_its_own_place_alone(offices):
    (database, objects), (other, _) = offices
    with other.transaction() as running:
        running.execute("SELECT pusat.catat_tempat('https://lain', 'lain')")

    noted = database.rows("SELECT alamat, ember FROM pusat.tempat WHERE kantor = %s", (database.schema,))
    assert noted == [(objects.place.address, objects.place.bucket)]
