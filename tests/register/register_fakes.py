"""Fakes of the register's ports: they pass the contract tests of the real ones."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber, volume_of
from pipeline.cases.event_lines import as_data
from pipeline.cases.events import Received
from pipeline.cases.fold import fold
from pipeline.cases.journal import GENESIS, MACHINE, write_line
from pipeline.cases.sop_words import OUTGOING
from pipeline.errors import Changed
from pipeline.reading.near_duplicates import LIKE, alike
from pipeline.register.complainant_status import folded_code
from pipeline.register.naskah_numbers import NaskahPattern
from pipeline.register.ports import Claim
from pipeline.register.register_numbers import Registered, next_number
from pipeline.register.row import Row
from pipeline.register.touched import touched_on


@dataclass(frozen=True, slots=True)
class FakeStaged:
    """An original that is copied nowhere."""

    sha256: str
    size: int


class FakeNumbers:
    """The numbers of an office without folders; it is its own numbering, for nobody else asks."""

    def __init__(self) -> None:
        self._cases: list[Case] = []

    @contextmanager
    def staged(self, claim: Claim, _name: str, _beside: object = None) -> Iterator[FakeStaged]:
        with claim.blob.local() as path:
            data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != claim.blob.sha256:
            raise Changed("Berkas masih ditulis ketika disalin.", "Berkas ditunggu sampai selesai ditulis.")
        yield FakeStaged(claim.blob.sha256, len(data))

    @contextmanager
    def numbering(self) -> Iterator[FakeNumbers]:
        yield self

    def holder_of(self, sha256: str, series: str = "") -> Registered | None:
        of_series = (case for case in self._cases if case.number.series == series)
        held = (case for case in of_series if case.original.sha256 == sha256)
        return next((Registered(case.number, sha256, case.received.claim) for case in held), None)

    def take(
        self,
        _staged: FakeStaged,
        at: datetime,
        event: Callable[[CaseNumber], Received],
        by: str = MACHINE,
        series: str = "",
    ) -> Case:
        volume = volume_of(at.year, series)
        highest = max((case.number.serial for case in self._cases if case.number.volume == volume), default=0)
        last = max((case.registered_at for case in self._cases), default=None)
        first = event(next_number(at, highest, last, series))
        case = fold((write_line(1, at, by, first.kind, as_data(first), GENESIS)[1],))
        self._cases.append(case)
        return case


class FakeRegister:
    """A register book of rows that were put into it."""

    def __init__(self) -> None:
        self._rows: dict[CaseNumber, Row] = {}
        self._changes = 0

    def put(self, row: Row) -> None:
        self._rows[row.case_number] = row
        self._changes += 1

    def rows(self, year: int | None = None) -> list[Row]:
        return [row for number, row in sorted(self._rows.items()) if year in (None, number.year)]

    def touched_since(self, day: date) -> list[Row]:
        return [row for row in self.rows() if touched_on(row) >= day.isoformat()]

    def row(self, number: CaseNumber) -> Row | None:
        return self._rows.get(number)

    def these(self, numbers: Collection[CaseNumber]) -> dict[CaseNumber, Row]:
        return {number: self._rows[number] for number in numbers if number in self._rows}

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

    def case_of_file(self, hash_start: str) -> CaseNumber | None:
        return next((_number(row) for row in self._rows or () if hash_start in row.issued), None)

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
        self._pattern, self._noted = pattern, dict[tuple[int, str], list[tuple[CaseNumber, str]]]()
        self.has = lambda _number, _text: True

    @contextmanager
    def held(self, year: int, name: str = OUTGOING) -> Iterator[_FakeSeriesDesk]:
        noted = self._noted.setdefault((year, name), [])
        while noted and not self.has(*noted[-1]):
            noted.pop()
        yield _FakeSeriesDesk(self._pattern, year, noted)


class _FakeSeriesDesk:
    def __init__(self, pattern: NaskahPattern, year: int, noted: list[tuple[CaseNumber, str]]) -> None:
        self._pattern, self._year, self._noted = pattern, year, noted

    def next(self, number: CaseNumber, day: date) -> str:
        text = self._pattern.write(len(self._noted) + 1, self._year)
        self._noted.append((number, text))
        return text

    def holder(self, text: str) -> CaseNumber | None:
        return next((number for number, given in self._noted if given == text), None)


def _number(row: Row) -> CaseNumber:
    return row.case_number
