"""Whoever comes to the database waits for an answer as long as is said, and not as long as a cut network likes."""

from __future__ import annotations

import psycopg
import pytest

from pipeline.errors import Passing
from pipeline.storage import postgres_jobs, postgres_offices, postgres_workers
from pipeline.storage.postgres import ALIVE

ADDRESS = "host=127.0.0.1 dbname=rekaan"
COMING = {
    "offices": lambda: postgres_offices.offices(ADDRESS),
    "version": lambda: postgres_offices.server_version(ADDRESS),
    "drop": lambda: postgres_offices.drop_office(ADDRESS, "rekaan", "tanda"),
    "make": lambda: postgres_offices.make_office(ADDRESS, "rekaan"),
    "worker": lambda: postgres_offices.make_worker(ADDRESS),
    "directorate": lambda: postgres_offices.make_directorate(ADDRESS),
    "administrator": lambda: postgres_jobs.refuse_administrator(ADDRESS),
    "standing": lambda: postgres_workers.standing_of_all(ADDRESS),
}


@pytest.mark.parametrize("come", COMING.values(), ids=COMING)
def test_a_connection_is_waited_for_as_long_as_is_said(come, monkeypatch):
    said: list[dict] = []

    def away(_address: str, **how: object) -> None:
        said.append(how)
        raise psycopg.OperationalError("connection timeout expired")

    monkeypatch.setattr(psycopg, "connect", away)

    with pytest.raises(Passing, match="tidak dapat dihubungi"):
        come()

    assert [how.items() >= ALIVE.items() for how in said] == [True]
    assert ALIVE["connect_timeout"]
