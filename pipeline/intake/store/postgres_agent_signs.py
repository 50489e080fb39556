"""Which agents came to the desks of an office of many: rows of its own.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

from pipeline.intake.agents import KEPT, AgentSign, is_news
from pipeline.storage.postgres import Database

_KEPT = "INSERT INTO agent_sign VALUES (%s, %s, %s, %s, %s) ON CONFLICT (token, machine) DO UPDATE"


class PostgresAgentSigns:
    """The signs of one office (see the port); each process remembers what it noted, so that few are written."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._noted: dict[tuple[str, str], AgentSign] = {}

    def note(self, sign: AgentSign) -> None:
        """Keep an agent's sign in place of its last one."""
        if not is_news(sign, self._noted.get((sign.token, sign.machine))):
            return
        with self._database.beside.transaction() as running:
            running.execute("DELETE FROM agent_sign WHERE at < %s", (sign.at - KEPT,))
            row = (sign.token, sign.machine, sign.program, sign.form, sign.at)
            running.execute(f"{_KEPT} SET program = excluded.program, form = excluded.form, at = excluded.at", row)
        self._noted[sign.token, sign.machine] = sign

    def all(self) -> tuple[AgentSign, ...]:
        """Return the last sign of each agent."""
        asked = (
            'SELECT token, machine, program, form, at FROM agent_sign ORDER BY token COLLATE "C", machine COLLATE "C"'
        )
        return tuple(AgentSign(*row) for row in self._database.rows(asked))
