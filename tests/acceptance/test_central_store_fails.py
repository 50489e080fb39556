"""The centre's object store fails while an office works: it stands still, refuses, loses or changes what it had."""

from __future__ import annotations

import os

import pytest
from careless_store import careless_store
from central_office import drop, made, opened, registered, require_whole
from central_servers import CentralServers
from offices import FakeOffice

from pipeline.archive.store import objects
from pipeline.cases.case_number import CaseNumber
from pipeline.errors import ArchiveFault, Interrupted, Passing
from pipeline.wiring import Root
from pipeline.wiring.central_export import export_office, take_objects_again

pytestmark = pytest.mark.skipif(os.environ.get("YANKOMAS_TES_PUSAT") != "1", reason="dijalankan `make test-central`")


def quiet(_done: int, _all: int) -> None:
    """Show nothing."""


def given(office: FakeOffice) -> int:
    return len(office.root.cabinet.numbers())


@pytest.fixture
def careless(central, tmp_path, monkeypatch):
    """An office whose object store cannot be trusted, and that store; what it refuses is not asked for long."""
    monkeypatch.setattr(objects, "_RETRYING", objects.timedelta(seconds=1))
    with careless_store() as (store, place):
        office = made(tmp_path / "kantor", CentralServers(central.database, place, central.names, tmp_path / "ember"))
        yield office, store
        FakeOffice.close_all()


def test_while_the_store_stands_still_letters_wait_and_then_go_on(careless, monkeypatch):
    office, store = careless
    monkeypatch.setattr(objects, "_REQUEST", "1s")
    impatient = opened(office.root.layout.root)
    drop(office, "tanah", "upah")
    store.moves.clear()

    with pytest.raises(Interrupted, match="Penyimpanan objek"):
        impatient.run_once()
    assert given(office) == 0
    store.moves.set()
    office.run_once()

    require_whole(office, 2)


@pytest.mark.parametrize("status", [403, 500, 503])
def test_while_the_store_refuses_letters_wait_in_the_middle_of_a_case_too(careless, status):
    office, store = careless
    drop(office, "tanah")
    office.run_once()
    registered(office, "upah")
    store.refuses = status

    with pytest.raises((Interrupted, Passing), match="Penyimpanan objek"):
        office.run_once()
    store.refuses = 0
    office.run_once()

    require_whole(office, 2)


def test_a_file_that_was_acknowledged_and_lost_is_named_and_taken_again_from_the_export(careless, tmp_path):
    office, store = careless
    drop(office, "tanah", "upah")
    office.run_once()
    place = tmp_path / "ekspor"
    place.mkdir()
    folder, _ = export_office(office.root.exporting, place, quiet)
    gone, other = (office.root.cabinet.case(CaseNumber(2026, n)).documents[-1] for n in (1, 2))
    del store.files[office.root.objects.key(gone.sha256)]
    store.files[office.root.objects.key(other.sha256)] = b"x" * other.bytes

    lost = [f"2026/0001/{gone.name}", f"2026/0002/{other.name}"]
    assert [finding.where for finding in office.root.verify(quiet)] == lost
    (tmp_path / "kosong").mkdir()
    assert take_objects_again(office.root.exporting, tmp_path / "kosong", quiet) == [(name, False) for name in lost]
    assert take_objects_again(office.root.exporting, folder, quiet) == [(name, True) for name in lost]

    require_whole(office, 2)
    assert Root(folder).verify(quiet) == []


def test_a_letter_that_the_store_lost_is_taken_again_from_what_the_scanner_kept(careless, tmp_path):
    office, store = careless
    store.loses = lambda _key: True
    number = registered(office, "tanah")
    store.loses = lambda _key: False

    with (
        pytest.raises(ArchiveFault, match="padahal pernah disimpan"),
        office.root.cabinet.blob(number, office.root.cabinet.case(number).original).local(),
    ):
        pass
    kept = tmp_path / "pindaian/november"
    kept.mkdir(parents=True)
    (kept / "scan0007.pdf").write_bytes(b"Pengaduan tanah rekaan")

    assert [whole for _, whole in take_objects_again(office.root.exporting, kept.parent, quiet)] == [True]
    assert office.root.verify(quiet) == []


def test_a_store_that_keeps_other_bytes_gives_them_to_nobody(careless):
    office, store = careless
    store.keeps = lambda data: data[:-1] + b"?"
    number = registered(office, "tanah")

    with (
        pytest.raises(ArchiveFault, match="berisi bita lain"),
        office.root.cabinet.blob(number, office.root.cabinet.case(number).original).local(),
    ):
        pass


def test_one_letter_brought_by_two_gets_one_number_from_a_store_that_heeds_no_condition(careless):
    office, store = careless
    first = registered(office, "tanah")
    again = registered(office, "tanah")

    assert first == again
    key = office.root.objects.key(office.root.cabinet.case(first).original.sha256)
    assert store.puts.count(key) == 2
