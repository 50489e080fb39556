"""Which agents came to the desk of an office on one PC: a small file that says what was so last."""

from __future__ import annotations

import threading
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from pipeline.intake.agents import KEPT, AgentSign, is_news
from pipeline.storage.ephemeral import heard, tell


class AgentSignFile:
    """The signs of one office (see the port); the desk alone writes it."""

    def __init__(self, path: Path) -> None:
        self._path, self._noting = path, threading.Lock()

    def note(self, sign: AgentSign) -> None:
        """Keep an agent's sign in place of its last one."""
        with self._noting:
            known = {(one.token, one.machine): one for one in self.all() if sign.at - one.at < KEPT}
            if is_news(sign, known.get((sign.token, sign.machine))):
                known[sign.token, sign.machine] = sign
                rows = [[s.token, s.machine, s.program, s.form, s.at.isoformat()] for s in known.values()]
                tell(self._path, rows)

    def all(self) -> tuple[AgentSign, ...]:
        """Return the last sign of each agent."""
        rows = heard(self._path)
        found = [sign for row in (rows if isinstance(rows, list) else ()) if (sign := _sign(row))]
        return tuple(sorted(found, key=lambda sign: (sign.token, sign.machine)))


def _sign(row: Any) -> AgentSign | None:
    with suppress(ValueError, TypeError):
        token, machine, program, form, at = row
        return AgentSign(str(token), str(machine), str(program), int(form), datetime.fromisoformat(at))
    return None
