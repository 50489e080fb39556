"""Where an office keeps its backups, and for how long."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BackupPlan:
    """Where backups are kept (a path, or a place as restic names it), and for how many days, weeks and months."""

    repository: str
    daily: int
    weekly: int
    monthly: int
