"""The office's file, ``office.toml``: its tables, and what of it everybody needs, the numbers' pattern and the hours.

All of it is read by :mod:`pipeline.work.settings`; looking at one case does not wait for the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pipeline.errors import SettingsFault
from pipeline.office.wording import nearest
from pipeline.office.worktime import SpecialHours, WeekHours

#: How the file names the days of the week, Monday first.
WEEKDAYS = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")


@dataclass(frozen=True, slots=True)
class Hours:
    """Zone, office hours by weekday (Monday 0), the office's own closed days, and holidays on which it is open.

    ``special`` are periods with hours of their own (Ramadan).
    """

    zone: ZoneInfo
    hours: WeekHours
    closed: frozenset[date]
    calendar_days: bool
    opened: frozenset[date] = frozenset()
    special: tuple[SpecialHours, ...] = ()


class Table:
    """A table of the file that knows which of its keys were asked for, and complains about the rest."""

    def __init__(self, where: str, values: Any) -> None:
        if not isinstance(values, dict):
            raise fault(where, "harus berupa tabel", "Bandingkan dengan berkas contoh dari `yankomas init`.")
        self.where, self._values, self._asked = where, values, set[str]()

    def get(self, key: str, kind: type | tuple[type, ...], default: Any = None) -> Any:
        """Return a value of exactly that type: for TOML a date with a time is another, and so is a truth.

        Raises:
            SettingsFault: it is of another type, or missing and there is no default.
        """
        self._asked.add(key)
        if key not in self._values:
            if default is None:
                if near := nearest(key, [k for k in self._values if k not in self._asked], 0.75):
                    raise fault(self.name(near), "tidak dikenal", f"Maksudnya `{key}`?")
                raise fault(self.name(key), "tidak ada", "Tambahkan; lihat contoh dari `yankomas init`.")
            return default
        found = self._values[key]
        if type(found) not in (kind if isinstance(kind, tuple) else (kind,)):
            raise fault(self.name(key), f"berisi {found!r} yang salah jenis", "Lihat contoh `yankomas init`.")
        return found

    def texts(self, key: str, default: list[str] | None = None) -> tuple[str, ...]:
        """Return a list of texts."""
        texts = self.get(key, list, default)
        if not all(type(text) is str for text in texts):
            raise fault(self.name(key), "harus daftar teks", "Lihat contoh `yankomas init`.")
        return tuple(texts)

    def table(self, key: str) -> Table:
        """Return a table in this one."""
        return Table(self.name(key), self.get(key, dict))

    def part(self, key: str) -> Table:
        """Return a table in this one that may be left out."""
        return Table(self.name(key), self.get(key, dict, {}))

    def with_part_of(self, other: Table, key: str) -> Table:
        """Return this table with what another says of a key, or without it where that says nothing."""
        rest = {name: value for name, value in self._values.items() if name != key}
        return Table(self.where, {**rest, **({key: other._values[key]} if other.has(key) else {})})

    def has(self, key: str) -> bool:
        """Say whether a key is there."""
        return key in self._values

    def name(self, key: str) -> str:
        """Return a key's name with those of the tables it stands in."""
        return f"{self.where}.{key}".lstrip(".")

    def done(self) -> None:
        """Refuse keys that nobody asked for.

        Raises:
            SettingsFault: there is one; it is named, with what was probably meant.
        """
        for key in self._values:
            if key not in self._asked:
                near = nearest(key, sorted(self._asked))
                hint = f"Maksudnya `{near}`?" if near else f"Yang dikenal: {', '.join(sorted(self._asked))}."
                raise fault(self.name(key), "tidak dikenal", hint)


def hours_of(table: Table) -> Hours:
    """Read the table ``waktu``.

    Raises:
        SettingsFault: it is not as it should be; names the key.
    """
    name = table.get("zona", str)
    try:
        zone = ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as wrong:
        raise fault(
            "waktu.zona", f"{name!r} tidak dikenal", "Pilih Asia/Jakarta, Asia/Makassar, Asia/Jayapura."
        ) from wrong
    week = table.table("jam_kerja")
    hours = _week(week)
    week.done()
    if not any(hours.values()):
        raise fault("waktu.jam_kerja", "kosong", "Isi paling sedikit satu hari kerja.")
    closed, opened = _dates(table, "tutup"), _dates(table, "buka")
    days = table.get("hari", str, "kerja")
    special = tuple(_special(n, row) for n, row in enumerate(table.get("khusus", list, []), start=1))
    table.done()
    if days not in ("kerja", "kalender"):
        raise fault("waktu.hari", f"{days!r} tidak dikenal", 'Pilih "kerja" atau "kalender".')
    if twice := sorted(closed & opened):
        raise fault("waktu.buka", f"memuat {twice[0]}, yang juga ada di `tutup`", "Hapus dari salah satunya.")
    for n, one in enumerate(special, start=1):
        if other := next((o for o in special[: n - 1] if o.since <= one.until and one.since <= o.until), None):
            raise fault(f"waktu.khusus[{n}].mulai", f"bertumpang tindih dengan {other.name}", "Betulkan tanggalnya.")
    return Hours(zone, hours, closed, days == "kalender", opened, special)


def _dates(table: Table, key: str) -> frozenset[date]:
    days = table.get(key, list, [])
    if not all(type(day) is date for day in days):
        raise fault(table.name(key), "harus daftar tanggal", "Tulis misalnya [2026-12-31].")
    return frozenset(days)


def _special(position: int, values: Any) -> SpecialHours:
    table = Table(f"waktu.khusus[{position}]", values)
    found = SpecialHours(table.get("nama", str), table.get("mulai", date), table.get("sampai", date), _week(table))
    table.done()
    if found.since > found.until:
        raise fault(f"{table.where}.mulai", "sesudah `sampai`", "Tukar kedua tanggal itu.")
    if not any(found.hours.values()):
        raise fault(table.where, "tidak memuat jam kerja", "Isi paling sedikit satu hari kerja.")
    return found


def _week(table: Table) -> WeekHours:
    return {n: _intervals(table.name(day), table.get(day, list, [])) for n, day in enumerate(WEEKDAYS)}


def _intervals(key: str, texts: list[Any]) -> tuple[tuple[time, time], ...]:
    intervals = tuple(_interval(key, text) for text in texts)
    if any(after[0] < before[1] for before, after in pairwise(intervals)):
        raise fault(key, "bertumpang tindih atau tidak urut", "Tulis dari pagi ke sore.")
    return intervals


def _interval(key: str, text: Any) -> tuple[time, time]:
    try:
        opens, closes = (time.fromisoformat(part.strip().replace(".", ":")) for part in text.split("-"))
        if opens.tzinfo or closes.tzinfo:
            raise ValueError("a zone of its own")
    except (AttributeError, ValueError):
        raise fault(key, f"{text!r} bukan jam kerja", "Tulis misalnya 07.30-12.00.") from None
    if opens >= closes:
        raise fault(key, f"{text!r} terbalik", "Jam buka harus sebelum jam tutup.")
    return opens, closes


def within(table: Table, key: str, least: float, most: float, default: float | None = None) -> float:
    """Return a number between these.

    Raises:
        SettingsFault: it is none.
    """
    value = float(table.get(key, (int, float), default))
    if not least <= value <= most:
        raise fault(f"{table.where}.{key}", f"{value:g} di luar {least:g} sampai {most:g}", "Pilih nilai di antaranya.")
    return value


class KeyFault(SettingsFault):
    """What is wrong with a key of the file: ``fact`` without the key, for a screen that shows it beside the field."""

    def __init__(self, key: str, fact: str, remedy: str) -> None:
        super().__init__(f"office.toml: `{key}` {fact}.", remedy)
        self.key, self.fact = key, fact


def fault(key: str, fact: str, remedy: str) -> KeyFault:
    """Return what is to be said of a key."""
    return KeyFault(key, fact, remedy)
