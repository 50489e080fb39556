"""Fakes of the register's ports: they pass the contract tests of the real ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from pipeline.cases.case_number import CaseNumber
from pipeline.reading.near_duplicates import LIKE, alike
from pipeline.register.complainant_status import folded_code
from pipeline.register.naskah_numbers import NaskahPattern
from pipeline.register.ports import Registered
from pipeline.register.row import Row


class FakeRegister:
    """A register book of rows that were put into it."""

    def __init__(self) -> None:
        self._rows: dict[CaseNumber, Row] = {}
        self._changes = 0

    def put(self, row: Row) -> None:
        self._rows[CaseNumber(row.year, row.serial)] = row
        self._changes += 1

    def rows(self, year: int | None = None) -> list[Row]:
        return [row for number, row in sorted(self._rows.items()) if year in (None, number.year)]

    def row(self, number: CaseNumber) -> Row | None:
        return self._rows.get(number)

    def mark(self) -> object:
        return self._changes


class FakeLookups:
    """Look-ups of rows that were noted; nothing is known before the first."""

    def __init__(self) -> None:
        self._rows: list[Row] | None = None

    def renew(self, rows: Iterable[Row]) -> None:
        self._rows = sorted(rows, key=lambda row: (row.year, row.serial))

    def holder(self, sha256: str) -> Registered | None:
        return next(
            (Registered(_number(row), sha256, row.claim) for row in self._rows or () if row.sha256 == sha256), None
        )

    def case_with(self, code: str) -> CaseNumber | None:
        return next((_number(row) for row in self._rows or () if code in row.page_codes), None)

    def resembling(self, signed: str) -> list[tuple[CaseNumber, float]] | None:
        if self._rows is None:
            return None
        near = [(_number(row), alike(signed, row.signature)) for row in self._rows if row.signature]
        return sorted(((n, share) for n, share in near if share >= LIKE), key=lambda found: (-found[1], found[0]))


class FakeStatusCodes:
    """Status codes of cases."""

    def __init__(self) -> None:
        self._codes: dict[str | None, CaseNumber] = {}

    def put(self, code: str, number: CaseNumber) -> None:
        self._codes[folded_code(code)] = number

    def find(self, typed: str) -> CaseNumber | None:
        code = folded_code(typed)
        return self._codes.get(code) if code else None


class FakeSeries:
    """Naskah numbers; ``has`` says whether a case has one that was noted for it."""

    def __init__(self, pattern: NaskahPattern) -> None:
        self._pattern, self._noted = pattern, dict[int, list[tuple[CaseNumber, str]]]()
        self.has = lambda _number, _text: True

    @contextmanager
    def held(self, year: int) -> Iterator[_FakeSeriesDesk]:
        noted = self._noted.setdefault(year, [])
        while noted and not self.has(*noted[-1]):
            noted.pop()
        yield _FakeSeriesDesk(self._pattern, year, noted)


class _FakeSeriesDesk:
    def __init__(self, pattern: NaskahPattern, year: int, noted: list[tuple[CaseNumber, str]]) -> None:
        self._pattern, self._year, self._noted = pattern, year, noted

    def next(self, number: CaseNumber) -> str:
        text = self._pattern.write(len(self._noted) + 1, self._year)
        self._noted.append((number, text))
        return text


def _number(row: Row) -> CaseNumber:
    return CaseNumber(row.year, row.serial)
