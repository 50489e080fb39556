"""The rows of an office's register book that a process has read from PostgreSQL: those it was asked for, as of now.

Of ten years' cases pages ask for few: those about which something is due, a year, the fifty of a list. What was read is
kept, and what has changed since is read again before anything is answered.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from pipeline.archive.store.postgres_cabinet import THESE, columns
from pipeline.cases.case_number import YEARS, CaseNumber, in_volume
from pipeline.register.row import Row
from pipeline.register.touched import touched_on
from pipeline.storage.postgres import Database

#: Of more changed rows than these nothing is kept: they were made anew, and what is asked for is read again.
_MOST_READ_ON = 1000
#: Stands behind every day.
_NEVER = "~"
_FIELDS = "SELECT tahun, urut, baris FROM buku"


_Kept = tuple[str, Row]
"""A row, and the day on which it was touched last."""


class PostgresRows:
    """Rows as they were read. Not for many threads: whoever asks takes turns."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._forget(0)

    def _forget(self, seen: int) -> None:
        self._seen, self._rows = seen, dict[CaseNumber, _Kept]()
        #: The same by number; made when they are asked for.
        self._ordered: list[_Kept] | None = None
        #: From which day on those that were touched are all there; and the years of which all are.
        self._since, self._years, self._all, self._asked = _NEVER, set[int](), False, False

    @property
    def seen(self) -> int:
        """The version of the newest row that there is, as far as was looked."""
        return self._seen

    def read_on(self, newest: int) -> None:
        """Read what was written since the last time, up to a version; versions are committed in their order.

        Raises:
            KeyError, TypeError: an earlier version of the program wrote a row.
        """
        if newest == self._seen or not self._asked:
            self._seen = newest
            return
        question = f"{_FIELDS} WHERE versi > %s ORDER BY versi LIMIT %s"
        changed = self._database.rows(question, (self._seen, _MOST_READ_ON + 1))
        if len(changed) > _MOST_READ_ON:
            self._forget(newest)
            return
        self._keep(changed)
        self._seen = newest

    def these(self, numbers: Collection[CaseNumber]) -> dict[CaseNumber, Row]:
        """Return the rows of some cases; raises as :meth:`read_on`."""
        if missing := [number for number in numbers if number not in self._rows]:
            self._read(f" WHERE {THESE}", columns(missing))
        return {number: kept[1] for number in numbers if (kept := self._rows.get(number))}

    def of_year(self, year: int) -> list[Row]:
        """Return the rows of a year of all series, by number; raises as :meth:`read_on`."""
        if not self._all and year not in self._years:
            self._read(" WHERE tahun IN (SELECT tahun FROM deret WHERE tahun %% %s = %s)", (YEARS, year))
            self._years.add(year)
        return [row for _, row in self._by_number() if row.year == year]

    def every(self) -> list[Row]:
        """Return all rows by number; raises as :meth:`read_on`."""
        if not self._all:
            self._read("", ())
            self._all = True
        return [row for _, row in self._by_number()]

    def touched_since(self, day: date) -> list[Row]:
        """Return the rows that were touched on this day or later, by number; raises as :meth:`read_on`."""
        since = day.isoformat()
        if not self._all and since < self._since:
            self._read(" WHERE tersentuh >= %s AND tersentuh < %s", (since, self._since))
            self._since = since
        return [row for touched, row in self._by_number() if touched >= since]

    def _by_number(self) -> list[_Kept]:
        if self._ordered is None:
            self._ordered = [self._rows[number] for number in sorted(self._rows, key=lambda n: (n.volume, n.serial))]
        return self._ordered

    def _read(self, which: str, values: Any) -> None:
        self._keep(self._database.rows(_FIELDS + which, values))
        self._asked = True

    def _keep(self, rows: list[tuple[Any, ...]]) -> None:
        if rows:
            self._ordered = None
        for volume, serial, written in rows:
            row = Row.from_json(written)
            self._rows[in_volume(volume, serial)] = touched_on(row), row
