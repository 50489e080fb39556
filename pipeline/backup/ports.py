"""What a backup is: what was made, and the moment that it shows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kept:
    """A backup that was made: restic's id and counts, and the password if it was made just now, to be shown once."""

    snapshot: str
    files: int
    added: int
    password: str = ""


@dataclass(frozen=True, slots=True)
class Fence:
    """When a backup was begun, how long the list of witnesses was, and how long each file of the inbox' ledger."""

    at: str
    changes: int
    ledger: dict[str, int]
