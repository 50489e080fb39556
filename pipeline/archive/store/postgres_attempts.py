"""How often work on the cases of an office of many failed, in PostgreSQL; and why it waits for a person.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.backoff import Tries
from pipeline.storage.postgres import Database, Row


class PostgresAttempts:
    """How often work failed, or was cut off by the end of a program (see ``archive/store/attempts.py``)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, key: str, what: str) -> Tries:
        """Note that work begins, before it does; return how often it failed, and was cut off in a row, before."""
        noted = self._database.row(
            "INSERT INTO percobaan VALUES (%s, %s, 0, 1) ON CONFLICT (kunci, tugas)"
            " DO UPDATE SET terputus = percobaan.terputus + 1, menunggu = ''"
            " RETURNING gagal, terputus - 1, (SELECT menunggu FROM percobaan WHERE kunci = %s AND tugas = %s)",
            (key, what, key, what),
        )
        return Tries(noted[0], noted[1], noted[2] or "") if noted else Tries(0, 0)

    def failed(self, key: str, what: str) -> int:
        """Note that the work begun failed by itself; return how often it has."""
        noted = self._database.row(
            "INSERT INTO percobaan VALUES (%s, %s, 1, 0) ON CONFLICT (kunci, tugas)"
            " DO UPDATE SET gagal = percobaan.gagal + 1, terputus = 0, menunggu = '' RETURNING gagal",
            (key, what),
        )
        return int(noted[0]) if noted else 1

    def forgive(self, key: str, what: str, held_up: str = "") -> None:
        """Take the last attempt back: it failed for a passing reason; ``held_up``: why the work waits for a person."""
        with self._database.transaction() as running:
            running.execute(
                "INSERT INTO percobaan VALUES (%s, %s, 0, 0, %s) ON CONFLICT (kunci, tugas)"
                " DO UPDATE SET terputus = 0, menunggu = excluded.menunggu",
                (key, what, held_up),
            )
            running.execute(
                "DELETE FROM percobaan WHERE kunci = %s AND tugas = %s AND gagal = 0 AND menunggu = ''", (key, what)
            )

    def every(self) -> dict[str, dict[str, Tries]]:
        """Return what is noted of each thing, by the work."""
        found: dict[str, dict[str, Tries]] = {}
        for key, what, *noted in self._database.rows("SELECT kunci, tugas, gagal, terputus, menunggu FROM percobaan"):
            found.setdefault(key, {})[what] = Tries(*noted)
        return found

    def take_over(self, key: str, noted: Mapping[str, Tries]) -> None:
        """Note of a thing of which nothing is noted here what was noted of it elsewhere."""
        rows: list[Row] = [(key, what, t.failed, t.cut_off, t.held_up) for what, t in noted.items()]
        with self._database.transaction() as running:
            running.many("INSERT INTO percobaan VALUES (%s, %s, %s, %s, %s)", rows)

    def held_up(self, key: str) -> dict[str, str]:
        """Return, by the work, why it waits for a person."""
        question = "SELECT tugas, menunggu FROM percobaan WHERE kunci = %s AND menunggu <> ''"
        return dict(self._database.rows(question, (key,)))

    def start_over(self, key: str, what: str) -> None:
        """Forget every attempt at this work."""
        with self._database.transaction() as running:
            running.execute("DELETE FROM percobaan WHERE kunci = %s AND tugas = %s", (key, what))
