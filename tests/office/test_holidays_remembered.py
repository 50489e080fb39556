"""What the library says of a year is kept beside the archive: no command has to load it again."""

from __future__ import annotations

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

from pipeline.office.store import holidays
from pipeline.office.store.holidays import ClosedDays


def test_years_that_are_asked_for_at_once_are_all_kept(tmp_path, monkeypatch):
    memory, together = tmp_path / "hari-libur", Barrier(2)
    remembered = holidays._remembered

    def read_together(*which):
        found = remembered(*which)
        if not together.broken:
            together_or_alone(together)
        return found

    monkeypatch.setattr(holidays, "_remembered", read_together)
    days = ClosedDays(frozenset(), memory)

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(days.__contains__, [date(2026, 12, 25), date(2027, 12, 25)]))

    assert sorted(json.loads(memory.read_bytes())["years"]) == ["2026", "2027"]


def test_the_same_release_is_called_the_same_wherever_it_lies(tmp_path, monkeypatch):
    called = []
    for place, release in (("satu", "1.2"), ("dua", "1.2"), ("tiga", "1.3")):
        (tmp_path / place / "holidays").mkdir(parents=True)
        (tmp_path / place / "holidays" / "__init__.py").touch()
        (tmp_path / place / f"holidays-{release}.dist-info").mkdir()
        monkeypatch.setattr(sys, "path", [str(tmp_path / place)])
        called.append(holidays.edition.__wrapped__())

    assert called[0] == called[1] != called[2]


def together_or_alone(barrier: Barrier) -> None:
    """Wait for the other reader for a moment: where they take turns it does not come."""
    try:
        barrier.wait(0.2)
    except Exception:
        barrier.abort()
