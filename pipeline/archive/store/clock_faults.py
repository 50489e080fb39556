"""Moments that a wrong clock wrote, as a person has confirmed: ``archive/.jam``.

A clock that once ran ahead leaves registrations and journal lines dated in the future; nothing may be dated before
them, so that one wrong evening would stop the office for years. A person who has looked at the clock says that it is
right *now*; the moments that lie ahead of it then no longer hold anything up. The lines themselves stay as they are.
Each line of the file is ``moment right-now who``.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from pipeline.storage import disk


def was_wrong(path: Path, at: datetime) -> bool:
    """Say whether a person has confirmed that the clock which gave this moment was wrong."""
    try:
        return at.isoformat() in {line.partition(" ")[0] for line in path.read_text().splitlines()}
    except FileNotFoundError:
        return False


def confirm(path: Path, moments: Iterable[datetime], right: datetime, by: str) -> None:
    """Note that the clock is right now, and was wrong when it gave these moments."""
    who = "-".join(by.split())
    disk.append(path, "".join(f"{at.isoformat()} {right.isoformat()} {who}\n" for at in moments).encode())
    disk.sync_folder(path.parent)
