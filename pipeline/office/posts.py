"""Who holds a post, as rows of the office's file: kept with what waits for a second person, and told in words."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pipeline.office.officials import ON_BEHALF
from pipeline.office.person import Person
from pipeline.office.wording import long_date

#: A row of ``[[jabatan]]``, with everything that is filled in.
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PostChange:
    """Who is to hold a post (``rows``) in place of who does (``before``)."""

    role: str
    before: tuple[Row, ...]
    rows: tuple[Row, ...]

    @property
    def words(self) -> str:
        """What is changed, so that somebody who knows the people can tell whether it is right."""
        return f"jabatan {self.role} menjadi: {_told(self.rows)}; sebelumnya: {_told(self.before)}"

    def is_new_to(self, person: Person) -> bool:
        """Say whether it gives the post to a person who did not have it."""
        return _names(self.rows, person) and not _names(self.before, person)

    def as_json(self) -> str:
        """Return it as a text to be kept."""
        return json.dumps([self.role, list(self.before), list(self.rows)], ensure_ascii=False, default=date.isoformat)


def read_post_change(text: str) -> PostChange:
    """Return what :meth:`PostChange.as_json` made."""
    role, before, rows = json.loads(text)
    return PostChange(role, tuple(map(_dated, before)), tuple(map(_dated, rows)))


def rows_of(values: Mapping[str, Any], role: str) -> tuple[Row, ...]:
    """Return the rows of the file that name who holds a role."""
    return tuple(row for row in values.get("jabatan", ()) if isinstance(row, dict) and row.get("peran") == role)


def with_rows(values: Mapping[str, Any], change: PostChange) -> list[Row]:
    """Return all rows of the file with those of one role exchanged, where the first of these stood."""
    there = [dict(row) for row in values.get("jabatan", ())]
    first = next((n for n, row in enumerate(there) if row.get("peran") == change.role), len(there))
    others = [row for row in there if row.get("peran") != change.role]
    return [*others[:first], *map(dict, change.rows), *others[first:]]


def _names(rows: Sequence[Row], person: Person) -> bool:
    return any(person.is_same(Person("", str(row.get("nip", "")), str(row.get("nama", "")))) for row in rows)


def _dated(row: Mapping[str, Any]) -> Row:
    days = {key: date.fromisoformat(row[key]) for key in ("mulai", "sampai") if key in row}
    return {**row, **days}


def _told(rows: Sequence[Row]) -> str:
    return "; ".join(map(_row_words, rows)) or "kosong"


def _row_words(row: Row) -> str:
    acting, title = row.get("sebagai", ""), row.get("jabatan", "")
    name = row.get("nama", "") or "tanpa nama"
    nip = f", NIP {row['nip']}" if row.get("nip") else ", tanpa NIP"
    own = f" ({row['jabatan_sendiri']})" if acting == ON_BEHALF and row.get("jabatan_sendiri") else ""
    since = f", sejak {long_date(row['mulai'])}" if "mulai" in row else ""
    until = f", sampai {long_date(row['sampai'])}" if "sampai" in row else ""
    return f"{name}{nip}, {acting} {title}{own}{since}{until}".replace(",  ", ", ")
