"""What an office is called from a day on (*perubahan nomenklatur*), as when its ministry is split: ``[[nomenklatur]]``.

A row says only what changes; all else goes on as before. It has a first day and no last one: it holds until the next
row begins, so that no day has two names and none has no name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from pipeline.office.office_file import Table, fault

if TYPE_CHECKING:
    from pipeline.office.office import Office

#: Where it stands in the office's file.
TABLE = "nomenklatur"
#: The codes and patterns of numbers that it may change, as ``[nomor]`` names them.
NUMBERS = ("register", "naskah", "unit", "klasifikasi")


@dataclass(frozen=True, slots=True)
class Renaming:
    """What changes on the day ``since``: texts as ``[kantor]`` names them (empty: as before), and of the numbers."""

    since: date
    name: str
    ministry: tuple[str, ...] = ()
    office: str = ""
    address: str = ""
    contact: str = ""
    place: str = ""
    status_line: str = ""
    status_page: str = ""
    numbers: Mapping[str, str] | None = None

    def of(self, before: Office) -> Office:
        """Return the office that was called otherwise before, as it is called from this day on."""
        head = before.letterhead
        return replace(
            before,
            name=self.name,
            place=self.place or before.place,
            letterhead=replace(
                head,
                ministry=self.ministry or head.ministry,
                office=self.office or head.office,
                address=self.address or head.address,
                contact=self.contact or head.contact,
            ),
            status_line=self.status_line or before.status_line,
            status_page=self.status_page or before.status_page,
            since=self.since,
        )


def renamings(top: Table) -> tuple[Renaming, ...]:
    """Return the rows of the office's file, the earliest first.

    Raises:
        SettingsFault: one says something that cannot be used, or begins on another's day; names the key.
    """
    found: dict[date, Renaming] = {}
    for position, values in enumerate(top.get(TABLE, list, []), start=1):
        row = _row(Table(f"{TABLE}[{position}]", values))
        if row.since in found:
            fact = f"{row.since.isoformat()} juga hari pertama {found[row.since].name!r}"
            raise fault(f"{TABLE}[{position}].mulai", fact, "Betulkan tanggalnya, atau hapus salah satu.")
        found[row.since] = row
    return tuple(found[day] for day in sorted(found))


def with_periods(office: Office, rows: Iterable[Renaming]) -> Office:
    """Return an office with what it is called later."""
    periods: list[Office] = []
    for row in rows:
        periods.append(row.of(periods[-1] if periods else office))
    return replace(office, periods=tuple(periods))


def numbers_since(numbers: Mapping[str, str], rows: Iterable[Renaming]) -> tuple[tuple[date, Mapping[str, str]], ...]:
    """Return codes and patterns from each first day on, all of them, out of those that hold at first."""
    known, found = dict(numbers), []
    for row in rows:
        known |= row.numbers or {}
        found.append((row.since, dict(known)))
    return tuple(found)


def _row(table: Table) -> Renaming:
    told: dict[str, Any] = {name: table.get(key, str, "").strip() for name, key in _TEXTS.items()}
    row = Renaming(
        since=table.get("mulai", date),
        ministry=table.texts("kementerian", []),
        numbers={key: text for key in NUMBERS if (text := table.get(key, str, "").strip())},
        **told,
    )
    table.done()
    if not row.name:
        raise fault(f"{table.where}.nama", "kosong", "Tulis nama lengkap kantor sejak hari itu.")
    return row


_TEXTS = {
    "name": "nama",
    "office": "kop",
    "address": "alamat",
    "contact": "kontak",
    "place": "tempat",
    "status_line": "tanya_status",
    "status_page": "laman_pelapor",
}
