"""Versions that a record of an office of many names: what a process has of them at hand."""

from __future__ import annotations

import psycopg
import pytest

from pipeline.storage import postgres_versions
from pipeline.storage.postgres_lines import EDITIONS
from pipeline.storage.postgres_versions import PostgresVersions
from pipeline.storage.version_list import digest


def test_a_process_has_the_versions_at_hand_that_were_asked_for_last_and_not_all(central_office, central, monkeypatch):
    monkeypatch.setattr(postgres_versions, "_REMEMBERED", 250)
    database, _ = central_office
    record, versions = PostgresVersions(database, EDITIONS, ".json"), [b"%d" % n * 100 for n in range(4)]
    for data in versions:
        record.keep(data)
        assert record.kept(digest(data)) == data
    assert record.kept(digest(versions[1])) == versions[1]
    assert record.fetched(digest(versions[0])) == versions[0]
    with psycopg.connect(central.database) as owner:
        owner.execute(f"DELETE FROM {database.schema}.versi_tercatat")

    assert [record.kept(digest(versions[n])) for n in (3, 1)] == [versions[3], versions[1]]
    for n in (0, 2):
        with pytest.raises(FileNotFoundError):
            record.kept(digest(versions[n]))


def test_one_version_that_is_larger_than_all_that_is_kept_at_hand_is_at_hand_alone(central_office, monkeypatch):
    monkeypatch.setattr(postgres_versions, "_REMEMBERED", 50)
    record, large = PostgresVersions(central_office[0], EDITIONS, ".json"), b"x" * 100
    record.keep(large)

    assert record.kept(digest(large)) == record.kept(digest(large)) == large
    assert list(record._recent) == [digest(large)]
