"""The rows of the register book as the desk asks for them: those that somebody may read, as they are now."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from typing import Any

from pipeline.access import secrecy
from pipeline.cases.case_number import CaseNumber, read_number
from pipeline.cases.events import MERGED_INTO
from pipeline.errors import UsageFault
from pipeline.register.ports import Register
from pipeline.register.row import Row
from pipeline.wiring import Root


class OpenRows:
    """The register book behind every page; ``book`` is that of the office (``root``) as it is now."""

    book: Register
    root: Root

    def is_open(self, roles: Collection[str], number: CaseNumber) -> bool:
        """Say whether there is such a case, and somebody with these roles may read it."""
        row = self.row(number)
        return row is not None and secrecy.open_to(roles, row)

    def require_open(self, roles: Collection[str], number: CaseNumber) -> Row | None:
        """Return a case's row; None: there is no such case.

        Raises:
            NotAllowed: it is *rahasia*, and these roles have no part in it; or its series is a service's of which they
                read none: whether there is such a case they are not told, else who walks the numbers could count them.
        """
        if (row := self.row(number)) is not None:
            secrecy.require_open(roles, row)
        elif not secrecy.reads_of(roles, self.root.service_of(number)):
            raise secrecy.of_another_service()
        return row

    def told_to(self, roles: Collection[str]) -> Callable[[str], bool]:
        """Return what says of a case's number whether somebody with these roles may be told what it has to do with."""
        return lambda other: self.is_open(roles, read_number(other))

    def require_mergeable(self, roles: Collection[str], typed: Mapping[str, Any]) -> None:
        """Make sure that a case which is to take another in may be read: what is said of it tells where it stands.

        Raises:
            NotAllowed: it is *rahasia*, and these roles have no part in it.
        """
        with suppress(UsageFault):  # what is no number is told by the form
            self.require_open(roles, read_number(str(typed.get(MERGED_INTO, ""))))

    def current(self, rows: Iterable[Row]) -> list[Row]:
        """Return cases' rows as the register book has them now; those of an index that is being made may lie behind."""
        listed = [(row.case_number, row) for row in rows]
        now = self.book.these([number for number, _ in listed])
        return [now.get(number, row) for number, row in listed]

    def as_now(self, year: int | None = None) -> Callable[[Row], Row]:
        """Return what gives for a case's row that which the register book has at this moment; of a year, or of all."""
        now = {row.number: row for row in self.book.rows(year)}
        return lambda row: now.get(row.number, row)

    def open_among(self, roles: Collection[str], numbers: Collection[CaseNumber]) -> dict[CaseNumber, Row]:
        """Return those of these cases that there are and that somebody with these roles may read, asking once."""
        return {number: row for number, row in self.book.these(numbers).items() if secrecy.open_to(roles, row)}

    def row(self, number: CaseNumber) -> Row | None:
        """Return the case's row of the register book."""
        return self.book.row(number)
