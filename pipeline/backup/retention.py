"""How long backups are kept, unless the office says otherwise (``[cadangan]`` of ``office.toml``)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """What an office may choose: from ``least`` to ``most``; ``usual`` where it does not."""

    least: int
    most: int
    usual: int


#: For how many days the last backup of each day is kept, for how many weeks and months that of each week and month.
DAILY, WEEKLY, MONTHLY = Choice(1, 3660, 14), Choice(0, 520, 8), Choice(0, 1200, 24)


@dataclass(frozen=True, slots=True)
class BackupPlan:
    """Where backups are kept (a path, or a place as restic names it), and for how many days, weeks and months."""

    repository: str
    daily: int
    weekly: int
    monthly: int
