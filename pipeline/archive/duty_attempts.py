"""How often the duties of cases were tried, as a cabinet tells it, wherever the attempts are noted."""

from __future__ import annotations

from typing import Protocol

from pipeline.backoff import Tries
from pipeline.cases.case_number import CaseNumber


class KeptAttempts(Protocol):
    """Where attempts are noted, by a thing's key and what was tried with it."""

    def begin(self, key: str, what: str) -> Tries:
        """Note that work begins, before it does; return how often it failed, and was cut off in a row, before."""

    def failed(self, key: str, what: str) -> int:
        """Note that the work begun failed by itself; return how often it has."""

    def forgive(self, key: str, what: str, held_up: str = "") -> None:
        """Take the last attempt back; ``held_up``: why the work waits for a person."""

    def start_over(self, key: str, what: str) -> None:
        """Forget every attempt at this work."""


class DutyAttempts:
    """The part of a cabinet that counts attempts at duties (see the port ``Cabinet``)."""

    _attempts: KeptAttempts

    def attempt(self, number: CaseNumber, duty: str) -> Tries:
        """Record that a duty is being tried, before it is; return how often it was before."""
        return self._attempts.begin(number.key, duty)

    def failed(self, number: CaseNumber, duty: str) -> int:
        """Record that the attempt failed by the duty's own doing; return how often it has."""
        return self._attempts.failed(number.key, duty)

    def forgive(self, number: CaseNumber, duty: str) -> None:
        """Take the last attempt back: it failed for a passing reason. What failed before stays counted."""
        self._attempts.forgive(number.key, duty)

    def hold_up(self, number: CaseNumber, duty: str, why: str) -> None:
        """Take the last attempt back, and note what the office has to mend before the duty can be done."""
        self._attempts.forgive(number.key, duty, why)

    def start_over(self, number: CaseNumber, duty: str) -> None:
        """Forget every attempt at a duty: a person asked for another try."""
        self._attempts.start_over(number.key, duty)
