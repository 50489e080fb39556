"""The SOP as a table: its steps with their limits, the sheets it calls for, the moves people make.

The table is data (``pipeline/sop/*.toml``, transcribed from SOP W.8.OT.02.01-74); code walks it and never names a
step. A revision is another file with its own effective date; a case keeps the one it started with.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import add
from typing import Any, TypeVar

from pipeline.domain.office import ROLES
from pipeline.domain.worktime import Limit
from pipeline.errors import SettingsFault

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Step:
    """One row of the SOP: number, key, activity as printed, lanes (role keys) and time limit.

    ``state`` is what a case in this step is waiting for, as lists show it.
    """

    number: int
    key: str
    activity: str
    lanes: tuple[str, ...]
    limit: Limit
    state: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document that the machine drafts: its template's key, its step, whether it waits for a wet signature."""

    template: str
    step: int
    signed: bool


@dataclass(frozen=True, slots=True)
class Move:
    """What a person may do with a case: key, label on screens, the roles that may, required form fields."""

    key: str
    label: str
    roles: tuple[str, ...]
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sop:
    """One edition of the SOP. ``at_intake`` are the sheets drafted as soon as a letter has been read."""

    key: str
    number: str
    title: str
    effective: date
    steps: tuple[Step, ...]
    at_intake: tuple[Sheet, ...]
    moves: tuple[Move, ...]
    first: str
    """Key of the step in which a newly registered case stands."""
    reviewed: str
    """Key of the step whose limit the disposition sheet prints: by then the letter must have been reviewed."""

    def step(self, key: str) -> Step:
        """Return the step of that key."""
        return next(s for s in self.steps if s.key == key)

    def move(self, key: str) -> Move | None:
        """Return the move of that key, if the SOP has it."""
        return next((m for m in self.moves if m.key == key), None)

    def limit_to(self, last: int | None = None) -> Limit:
        """Return the sum of the limits of all steps up to and including number ``last`` (default: all)."""
        return reduce(add, (s.limit for s in self.steps if last is None or s.number <= last), Limit())


def in_force(editions: Iterable[Sop], day: date) -> Sop:
    """Return the edition that a case registered on that day follows.

    Raises:
        SettingsFault: none was in force yet.
    """
    valid = [s for s in editions if s.effective <= day]
    if not valid:
        raise SettingsFault(
            f"Tidak ada SOP yang berlaku pada {day.isoformat()}.",
            "Periksa tanggal komputer ini dan tanggal `berlaku` pada berkas SOP.",
        )
    return max(valid, key=lambda s: s.effective)


def from_table(key: str, table: Mapping[str, Any]) -> Sop:
    """Build an edition from its parsed file.

    Raises:
        SettingsFault: a part is missing, has the wrong type, or names a role or step that is not there.
    """
    try:
        sop = Sop(
            key=key,
            number=_of(table, "nomor", str),
            title=_of(table, "nama", str),
            effective=_of(table, "berlaku", date),
            steps=tuple(_step(n, row) for n, row in enumerate(_of(table, "langkah", list), start=1)),
            at_intake=tuple(_sheet(row) for row in _of(table, "naskah", list)),
            moves=tuple(_move(row) for row in _of(table, "gerak", list)),
            first=_of(table, "awal", str),
            reviewed=_of(table, "tenggat_disposisi", str),
        )
    except (KeyError, TypeError, AttributeError) as fault:
        raise _broken(key, f"bagian {fault} tidak ada atau salah bentuk") from fault
    _check(sop)
    return sop


def _of(row: Any, key: str, kind: type[T], default: T | None = None) -> T:
    """Return a value of a table; raises KeyError or TypeError naming the key."""
    found = row[key] if default is None else row.get(key, default)
    if type(found) is not kind:
        raise TypeError(key)
    return found


def _texts(row: Any, key: str, default: list[str] | None = None) -> tuple[str, ...]:
    texts = _of(row, key, list, default)
    if not all(isinstance(text, str) for text in texts):
        raise TypeError(key)
    return tuple(texts)


def _step(number: int, row: Any) -> Step:
    limit = Limit(minutes=_of(row, "menit", int, 0), days=_of(row, "hari", int, 0))
    return Step(
        number,
        _of(row, "kunci", str),
        _of(row, "kegiatan", str),
        _texts(row, "pelaksana"),
        limit,
        _of(row, "status", str),
    )


def _sheet(row: Any) -> Sheet:
    if _of(row, "saat", str) != "dibaca":
        raise TypeError(f"saat = {row['saat']!r}")
    return Sheet(_of(row, "templat", str), _of(row, "langkah", int), _of(row, "tanda_tangan_basah", bool))


def _move(row: Any) -> Move:
    return Move(_of(row, "kunci", str), _of(row, "label", str), _texts(row, "peran"), _texts(row, "isian", []))


def _check(sop: Sop) -> None:
    keys = [s.key for s in sop.steps]
    for key in (sop.first, sop.reviewed):
        if key not in keys:
            raise _broken(sop.key, f"langkah {key!r} tidak ada")
    if len(set(keys)) != len(keys):
        raise _broken(sop.key, "dua langkah memakai kunci yang sama")
    if any(s.limit.minutes < 0 or s.limit.days < 0 for s in sop.steps):
        raise _broken(sop.key, "menit atau hari suatu langkah kurang dari nol")
    for sheet in sop.at_intake:
        if not 1 <= sheet.step <= len(sop.steps):
            raise _broken(sop.key, f"naskah {sheet.template!r} menunjuk langkah {sheet.step} yang tidak ada")
    used = {r for s in sop.steps for r in s.lanes} | {r for m in sop.moves for r in m.roles}
    if unknown := sorted(used - set(ROLES)):
        raise _broken(sop.key, f"peran {unknown[0]!r} tidak dikenal")


def _broken(key: str, fact: str) -> SettingsFault:
    return SettingsFault(f"Berkas SOP {key} tidak dapat dipakai: {fact}.", "Perbaiki berkas itu atau pasang ulang.")
