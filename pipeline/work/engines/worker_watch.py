"""What an office's desk says of the centre's workers: whether any lives, and how long its cases have waited for one.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo

from pipeline.office.wording import date_and_hour, hour
from pipeline.storage.postgres import Database
from pipeline.storage.postgres_jobs import WorkStanding, standing_of

_PAUSE = 5.0  # seconds between two looks, however many pages ask
_SOON = 60  # seconds that a case may wait before the page says more of it than its own line


class WorkerWatch:
    """Looks now and then how the work of one office stands."""

    def __init__(self, database: Database, zone: tzinfo, clock: Callable[[], float] = time.monotonic) -> None:
        self._database, self._zone, self._clock = database, zone, clock
        self._told, self._due, self._looking = "", 0.0, threading.Lock()

    @property
    def told(self) -> str:
        """What is to be said, as sentences; empty while workers keep up.

        Raises:
            Passing: the centre is away.
        """
        with self._looking:
            if self._clock() >= self._due:
                self._told, self._due = self._said(standing_of(self._database)), self._clock() + _PAUSE
            return self._told

    def _said(self, standing: WorkStanding) -> str:
        now = datetime.now(self._zone)
        first = now - timedelta(seconds=standing.oldest)
        since = hour(first) if first.date() == now.date() else date_and_hour(first)
        waiting = f"{standing.waiting} perkara menunggu pekerja pusat, yang pertama sejak {since}."
        if not standing.alive:
            told = waiting if standing.waiting else "Perkara yang belum selesai dan yang baru menunggu."
            return f"Tidak ada pekerja pusat yang hidup. {told} Beri tahu pengelola pusat."
        return waiting if standing.oldest > _SOON else ""
