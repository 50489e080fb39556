"""A page that may be the first of another letter, and why that is thought."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A page (from 1) on which another letter may begin, and why that is thought, in Indonesian."""

    page: int
    reason: str
