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
        self._kept: tuple[tuple[object, date], Sequence[Row]] | None = None

    def of(self, today: date) -> Sequence[Row]:
        """Return the rows, by number, that a desk shows to anybody today; nobody changes them.

        Those are cases about which something is due, or was done within :data:`SHOWN_DAYS` days
        (:func:`pipeline.register.touched.touched_on`).
        """
        key = (self._register.mark(), today)
        with self._turn:
            if self._kept is None or self._kept[0] != key:
                self._kept = (key, self._register.touched_since(today - timedelta(days=SHOWN_DAYS)))
            return self._kept[1]
