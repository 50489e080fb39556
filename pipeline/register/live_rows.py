"""The rows about which something is due, or was done of late: few of many, looked for once until a row changes."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import date, timedelta

from pipeline.register.letter_lists import SHOWN_DAYS
from pipeline.register.ports import Register
from pipeline.register.row import Row


class LiveRows:
    """The live rows of one register, kept while it stays as it is, for a day at most. Safe for many threads."""

    def __init__(self, register: Register) -> None:
        self._register, self._turn = register, threading.Lock()
        self._kept: tuple[tuple[object, date], list[Row]] | None = None

    def of(self, today: date) -> Sequence[Row]:
        """Return the rows, by number, that a desk shows to anybody today; nobody changes them.

        Those are cases that run, that came to an end within :data:`SHOWN_DAYS` days or have an audience ahead, and
        those of which a letter waits for somebody, was filed in these days, or is disputed; or for which something is
        proposed, or whose folder is lent.
        """
        key = (self._register.mark(), today)
        with self._turn:
            if self._kept is None or self._kept[0] != key:
                lately = (today - timedelta(days=SHOWN_DAYS)).isoformat()
                self._kept = (key, [row for row in self._register.rows() if _is_live(row, lately, today.isoformat())])
            return self._kept[1]


def _is_live(row: Row, lately: str, today: str) -> bool:
    return (
        not row.final
        or row.since >= lately
        or bool(row.usulan or row.lent_until)
        or any(letter.act or letter.disputed or (letter.filed_at or "") >= lately for letter in row.surat)
        or any(meeting.day >= today for meeting in row.audiensi)
    )
