"""What the doctor says of the centre: version, rights, clocks, store."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from central_letters import enrolled
from worker_signs import workers_of as signs_of

import pipeline
from pipeline.archive.store.objects import Objects, StorePlace
from pipeline.errors import ArchiveFault, Passing, SettingsFault
from pipeline.storage.postgres_forms import known_form
from pipeline.work.engines.doctor_central import central_checks


def said(database, objects, now=None) -> dict[str, bool]:
    return {check.thing: check.good for check in central_checks(database, objects, now or datetime.now(UTC))}


def test_a_sound_centre_is_good_but_for_a_database_of_tests_that_writes_without_sync(central_office):
    checks = said(*central_office)

    assert checks.pop("Basis data pusat") is False
    assert set(checks.values()) == {True}
    store = "Penyimpanan objek pusat"
    database = {f"Basis data pusat, {what}" for what in ("log", "sambungan", "hak")}
    assert set(checks) == {*database, "Jam pusat", store, f"{store}, jaringan", f"{store}, kunci"}


def test_a_database_that_keeps_no_log_is_told(central_office):
    told = {check.thing: check for check in central_checks(*central_office, datetime.now(UTC))}

    assert told["Basis data pusat, log"].caution
    assert "archive_mode" in told["Basis data pusat, log"].remedy


@pytest.mark.parametrize(("each", "enough"), [(0, True), (10_000, False)])
def test_a_server_that_allows_too_few_connections_is_told(central_office, monkeypatch, each, enough):
    monkeypatch.setattr("pipeline.work.engines.doctor_central._EACH", each)

    told = {check.thing: check for check in central_checks(*central_office, datetime.now(UTC))}
    connections = told["Basis data pusat, sambungan"]

    assert (connections.good, connections.caution) == (True, not enough)
    assert enough or "max_connections" in connections.remedy


def test_an_office_that_comes_as_the_owner_is_told(central_owner, central_office):
    assert said(central_owner, central_office[1])["Basis data pusat, hak"] is False


def test_a_clock_that_is_an_hour_wrong_is_told(central_office):
    assert said(*central_office, datetime.now(UTC) - timedelta(hours=1))["Jam pusat"] is False


class Careless(Objects):
    """A store that loses what it has acknowledged."""

    def local(self, sha256):
        raise ArchiveFault("Objek hilang.")


def test_a_store_that_loses_what_it_acknowledged_is_told(central_office, central):
    office = central_office[0].schema
    careless = Careless(central.key_of(office), office)

    assert said(central_office[0], careless)["Penyimpanan objek pusat"] is False


def test_a_store_that_is_away_ends_the_look(central_office):
    with pytest.raises(Passing):
        said(central_office[0], Objects(StorePlace("http://127.0.0.1:9", "x", "x", "x"), "x"))


def test_a_key_that_opens_another_offices_files_is_told_with_whose(central_office, central):
    database = central_office[0]
    with central.office() as (other, objects):
        said(other, objects)
        wide = Objects(central.key_of(database.schema, f"{objects.place.key_id}.2"), database.schema)

        checks = {check.thing: check for check in central_checks(database, wide, datetime.now(UTC))}

    key = checks["Penyimpanan objek pusat, kunci"]
    assert (key.good, other.schema in key.fact) == (False, True)


def test_files_that_go_over_a_network_unencrypted_are_told(central_office):
    database, objects = central_office
    told = Objects(objects.place, objects.office)
    told.put(b"surat rekaan")
    told.place = replace(told.place, address="http://objek.contoh.go.id")  # the store that was opened is the real one

    way = next(check for check in central_checks(database, told, datetime.now(UTC)) if "jaringan" in check.thing)

    assert (way.good, way.caution, "TANPA enkripsi" in way.fact) == (True, True, True)


def workers_of(office):
    checks = central_checks(*office, datetime.now(UTC), has_workers=True)
    return next(check for check in checks if check.thing == "Pekerja pusat")


@pytest.fixture
def workers(central, central_office):
    """What says who works for the office."""
    with signs_of(central.database, central_office[0].schema) as signs:
        yield signs


def test_cases_that_no_worker_comes_to_are_told(central_office, workers):
    enrolled(*central_office, "surat rekaan", handed_on=True)
    none = workers_of(central_office)
    workers.give()
    workers.last("5 minutes")
    dead = workers_of(central_office)
    workers.last("0 minutes")
    alive = workers_of(central_office)
    workers.wait_longer("1 hour")
    passed_over = workers_of(central_office)

    assert (none.good, "tidak ada yang tercatat" in none.fact) == (False, True)
    assert (dead.good, "tanda terakhir 30" in dead.fact, "1 perkara" in dead.fact) == (False, True, True)
    assert (alive.good, alive.caution, "1 hidup; 1 perkara" in alive.fact) == (True, False, True)
    assert (passed_over.good, passed_over.caution, "60 menit" in passed_over.fact) == (True, True, True)


def test_workers_of_another_version_are_told_and_do_not_count_where_the_form_is_another(central_office, workers):
    form = known_form()
    workers.give(machine="lama", form=form - 1)
    old = workers_of(central_office)
    workers.give(machine="baru", form=form + 1, program="9.9")
    both = workers_of(central_office)
    workers.give(machine="lain", program="0.0.9")
    works = workers_of(central_office)

    assert (old.good, "tidak ada pekerja yang mengambil perkara" in old.fact) == (False, True)
    assert f"mesin lama (versi {pipeline.__version__}, bentuk {form - 1}) lebih lama daripada basis data" in old.fact
    assert f"mesin baru (versi 9.9, bentuk {form + 1}) lebih baru daripada basis data" in both.fact
    assert "versi program yang sama" in both.remedy
    enrolled(*central_office, "surat rekaan", handed_on=True)
    workers.wait_longer("1 hour")
    passed_over = workers_of(central_office)

    assert (works.good, works.caution, works.fact.startswith("1 hidup; ")) == (True, True, True)
    assert ("mesin lain" in passed_over.fact, "sejak 60 menit" in passed_over.fact) == (True, True)
    assert "mesin lain (versi 0.0.9" in works.fact
    assert "tetap bekerja" in works.fact


def test_a_centre_that_was_not_made_ready_for_this_version_is_told(central_office, workers):
    workers.owner.execute("ALTER FUNCTION kerja.para_pekerja() RENAME TO lain")
    try:
        with pytest.raises(SettingsFault) as told:
            workers_of(central_office)
    finally:
        workers.owner.execute("ALTER FUNCTION kerja.lain() RENAME TO para_pekerja")

    assert "pusat siapkan" in told.value.remedy


def test_so_is_one_that_was_made_ready_for_other_offices_alone(central_office, workers):
    office = f"kantor_{central_office[0].schema}"
    workers.owner.execute(f"REVOKE EXECUTE ON FUNCTION kerja.para_pekerja() FROM {office}")

    with pytest.raises(SettingsFault) as told:
        workers_of(central_office)

    assert "pusat siapkan" in told.value.remedy


def test_an_office_that_tends_its_cases_itself_asks_for_no_worker(central_office):
    assert "Pekerja pusat" not in said(*central_office)
