"""Rows of the register made of cases: also of those that are tied to what changed, for how secret they are with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress

from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.secrecy_level import SecretCases, family, levels_among
from pipeline.errors import ArchiveFault, NotFound, SettingsFault
from pipeline.register.row import Row


class RowMaking:
    """Makes rows; ``row_of`` makes a case's own, ``read`` reads a case. What is broken is left to ``verify``."""

    def __init__(self, row_of: Callable[[Case], Row], read: Callable[[CaseNumber], Case]) -> None:
        self._row_of, self._read = row_of, read

    def of(self, case: Case) -> Row:
        """Return the row that a case has by now."""
        return self._made(case, SecretCases(self._read))

    def of_all(self, numbers: Iterable[CaseNumber]) -> dict[CaseNumber, Row]:
        """Return the rows of these cases, and no others; a case that cannot be read has none."""
        secret, rows = SecretCases(self._read), dict[CaseNumber, Row]()
        for number in numbers:
            if case := self._case(number):
                with suppress(ArchiveFault, NotFound, SettingsFault):
                    rows[number] = self._made(case, secret)
        return rows

    def with_kin(self, numbers: Iterable[CaseNumber]) -> dict[CaseNumber, Row]:
        """Return the rows of cases and of all that are tied to them: how secret these are may have changed with it."""
        rows: dict[CaseNumber, Row] = {}
        for number in numbers:
            if number in rows or (case := self._case(number)) is None:
                continue
            cases = family(case, self._read)
            levels = levels_among(cases)
            for kin in filter(None, cases.values()):
                with suppress(ArchiveFault, NotFound, SettingsFault):
                    row = self._row_of(kin)
                    rows[kin.number] = row.kept_secret(levels[kin.number]) if levels[kin.number] else row
        return rows

    def _made(self, case: Case, secret: SecretCases) -> Row:
        row = self._row_of(case)
        level = secret.level(case)
        return row.kept_secret(level) if level else row

    def _case(self, number: CaseNumber) -> Case | None:
        try:
            return self._read(number)
        except (ArchiveFault, NotFound, SettingsFault):
            return None
