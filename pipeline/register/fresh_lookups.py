"""What a register book is asked for by a sheet or a letter, answered as of this moment, wherever it is kept."""

from __future__ import annotations

from typing import Protocol

from pipeline.cases.case_number import CaseNumber
from pipeline.register.ports import Lookups


class NaskahLookups(Lookups, Protocol):
    """Look-ups that know the numbers of letters too."""

    def with_naskah(self, text: str) -> CaseNumber | None:
        """Return the case that has a letter with this number, however it is written."""


class FreshLookups:
    """The part of a register book that answers by its look-ups, taking in first what has just changed."""

    lookups: NaskahLookups

    def refresh(self) -> int:
        """Take in what has changed since the last time; return how many cases that were."""
        raise NotImplementedError

    def catch_up(self) -> None:
        """Take in what answers depend on, before one is given."""
        self.refresh()

    def case_with(self, code: str) -> CaseNumber | None:
        """Return the case that has a sheet with this page code, also one that was drafted just now."""
        self.catch_up()
        return self.lookups.case_with(code)

    def with_naskah(self, text: str) -> CaseNumber | None:
        """Return the case that has a letter with this number, also one that got it just now."""
        self.catch_up()
        return self.lookups.with_naskah(text)

    def case_of_file(self, hash_start: str) -> CaseNumber | None:
        """Return the case one of whose letters is a file whose hash begins so, also one that was filed just now."""
        self.catch_up()
        return self.lookups.case_of_file(hash_start)
