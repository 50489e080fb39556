"""What an office's desk says of the centre: whether workers live and keep up, and whether its folder is the office's.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo

from pipeline.evidence.store.office_folders import OfficeFolders
from pipeline.office.wording import date_and_hour, hour
from pipeline.storage.postgres import Database
from pipeline.storage.postgres_workers import WorkStanding, standing_of

_PAUSE = 5.0  # seconds between two looks, however many pages ask
_SOON = 60  # seconds that a case may wait before the page says more of it than its own line


class _Watch(ABC):
    """Looks now and then at what is to be said."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._told, self._due, self._looking = "", 0.0, threading.Lock()

    @property
    def told(self) -> str:
        """What is to be said, as sentences; empty while all is as it should be.

        Raises:
            Passing: the centre is away.
        """
        with self._looking:
            if self._clock() >= self._due:
                self._told, self._due = self._look(), self._clock() + _PAUSE
            return self._told

    @abstractmethod
    def _look(self) -> str:
        """Return what is to be said now."""


class FolderWatch(_Watch):
    """Looks whether a desk's folder is the one from which its office is run; ``unlike``: how it differs from that."""

    def __init__(
        self, folders: OfficeFolders, unlike: Callable[[], str], clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(clock)
        self._folders, self._unlike = folders, unlike

    def _look(self) -> str:
        if (told := self._folders.elsewhere()) is None:
            return ""
        unlike = f" Berbeda dari yang berlaku di kantornya: {which}." if (which := self._unlike()) else ""
        return f"Folder meja ini bukan yang dipakai kantornya: {told.fact}. {told.remedy}{unlike}"


class WorkerWatch(_Watch):
    """Looks how the work of one office stands."""

    def __init__(self, database: Database, zone: tzinfo, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(clock)
        self._database, self._zone = database, zone

    def _look(self) -> str:
        return self._said(standing_of(self._database))

    def _said(self, standing: WorkStanding) -> str:
        now = datetime.now(self._zone)
        first = now - timedelta(seconds=standing.oldest)
        since = hour(first) if first.date() == now.date() else date_and_hour(first)
        waiting = f"{standing.waiting} perkara menunggu pekerja pusat, yang pertama sejak {since}."
        idle = "".join(f"{worker.words[0].upper()}{worker.words[1:]}. " for worker in standing.others if worker.waits)
        if not standing.alive:
            told = waiting if standing.waiting else "Perkara yang belum selesai dan yang baru menunggu."
            return f"{idle or 'Tidak ada pekerja pusat yang hidup. '}{told} Beri tahu pengelola pusat."
        told = waiting if standing.oldest > _SOON else ""
        return f"{idle}{told or 'Pekerja lain mengerjakannya.'} Beri tahu pengelola pusat." if idle else told
