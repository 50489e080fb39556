"""The record of hand-overs: a line for each that is entered or taken back, read again when there are others.

So every process of the office follows without a restart. On one PC it is ``alih-tugas.jsonl`` beside the accounts; a
line without an end, which a power cut left there, was never counted and is cut off before the next. One of a kind that
a later version wrote is left alone.
"""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pipeline.errors import NotAllowed, NotFound
from pipeline.office.handovers import Handover, officials_of, require_free
from pipeline.office.officials import Official
from pipeline.office.wording import long_date
from pipeline.storage import disk, locks

Stamp = tuple[int, ...]
FILE = "alih-tugas.jsonl"
_ENTERED, _TAKEN_BACK = "dialihkan", "ditarik"
_REMEDY = "Lihat nomornya dengan `yankomas alih daftar`, atau di halaman Alih tugas."
#: What is written of a hand-over; that it was taken back is a line of its own.
_WRITTEN = tuple(f.name for f in fields(Handover) if not f.name.startswith("taken_back"))


@dataclass(frozen=True, slots=True)
class _Read:
    """What the lines were when they looked like that."""

    stamp: Stamp
    found: tuple[Handover, ...] = ()
    highest: int = 0
    faults: tuple[str, ...] = ()
    officials: tuple[Official, ...] = ()


_NOTHING = _Read(())


class KeptHandovers(ABC):
    """The record as lines, wherever they are kept; read again when there are others."""

    def __init__(self) -> None:
        self._known = _NOTHING

    def all(self) -> tuple[Handover, ...]:
        """Return every hand-over as it stands now, the oldest first."""
        return self._read().found

    def officials(self) -> tuple[Official, ...]:
        """Return who acts by them, as officials."""
        return self._read().officials

    def faults(self) -> tuple[str, ...]:
        """Return which lines cannot be read."""
        return self._read().faults

    def enter(self, handover: Handover, officials: Iterable[Official]) -> Handover:
        """Keep a hand-over; return it with its number.

        Raises:
            NotAllowed: somebody acts in that post already on a day of it.
        """
        with self._held():
            known = self._read()
            require_free(handover, known.found, officials)
            kept = replace(handover, number=known.highest + 1)
            self._append(_line({"kind": _ENTERED, **{name: _plain(getattr(kept, name)) for name in _WRITTEN}}))
        return kept

    def take_back(self, number: int, by: str, at: datetime) -> Handover:
        """Note that a hand-over is taken back; return it.

        Raises:
            NotFound: there is none of that number.
            NotAllowed: it is over, or was taken back already.
        """
        with self._held():
            found = next((h for h in self._read().found if h.number == number), None)
            if found is None:
                raise NotFound(f"Tidak ada pengalihan tugas nomor {number}.", _REMEDY)
            if found.taken_back_at or found.is_over(at.date()):
                how = "ditarik" if found.taken_back_at else f"berakhir {long_date(found.until)}"
                raise NotAllowed(f"Pengalihan tugas nomor {number} sudah {how}.", "Tidak ada yang perlu dilakukan.")
            self._append(_line({"kind": _TAKEN_BACK, "number": number, "by": by, "at": at.isoformat()}))
        return replace(found, taken_back_by=by, taken_back_at=at)

    def _read(self) -> _Read:
        stamp = self._stamp()
        if stamp != self._known.stamp:
            self._known = _parsed(stamp, self._text()) if stamp else _NOTHING
        return self._known

    @abstractmethod
    def _held(self) -> AbstractContextManager[None]:
        """Hold the record: nobody else adds to it meanwhile."""

    @abstractmethod
    def _append(self, line: bytes) -> None:
        """Add a line; the record is held."""

    @abstractmethod
    def _stamp(self) -> Stamp:
        """Return what is another once lines were added; empty if there are none."""

    @abstractmethod
    def _text(self) -> bytes:
        """Return the lines."""


class HandoverFile(KeptHandovers):
    """The record in one file, which is the owner's alone; ``lock`` is held while a line is written."""

    def __init__(self, path: Path, lock: Path) -> None:
        super().__init__()
        self._path, self._lock = path, lock

    def _held(self) -> AbstractContextManager[None]:
        return locks.held(self._lock)

    def _append(self, line: bytes) -> None:
        disk.make_folder(self._path.parent)
        new = not self._path.exists()
        disk.cut_torn_line(self._path)
        disk.append(self._path, line, mode=0o600)
        if new:
            disk.sync_folder(self._path.parent)

    def _stamp(self) -> Stamp:
        try:
            at = self._path.stat()
        except FileNotFoundError:
            return ()
        return at.st_ino, at.st_size, at.st_mtime_ns

    def _text(self) -> bytes:
        return self._path.read_bytes()


def _line(told: Mapping[str, Any]) -> bytes:
    return json.dumps(told, ensure_ascii=False).encode() + b"\n"


def _parsed(stamp: Stamp, text: bytes) -> _Read:
    found: dict[int, Handover] = {}
    highest, faults = 0, []
    for position, line in enumerate(text.split(b"\n")[:-1], start=1):
        try:
            record = json.loads(line)
            kind = record["kind"]
            number = int(record["number"]) if kind in (_ENTERED, _TAKEN_BACK) else 0
            highest = max(highest, number)
            if kind == _ENTERED:
                found[number] = _handover(record)
            elif kind == _TAKEN_BACK:
                at = datetime.fromisoformat(record["at"])
                found[number] = replace(found[number], taken_back_by=str(record["by"]), taken_back_at=at)
        except (ValueError, KeyError, TypeError):
            faults.append(f"baris {position} {FILE} tidak terbaca")
    return _Read(stamp, tuple(found.values()), highest, tuple(faults), officials_of(found.values()))


def _handover(record: Mapping[str, Any]) -> Handover:
    values = {name: record[name] for name in _WRITTEN if name in record}
    days = {name: date.fromisoformat(values[name]) for name in ("since", "until")}
    return Handover(**{**values, **days, "entered_at": datetime.fromisoformat(values["entered_at"])})


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
