"""The record of hand-overs: ``alih-tugas.jsonl`` beside the accounts, a line for each that is entered or taken back.

It is read again when it has changed, so that every process of the office follows without a restart. A line without an
end, which a power cut left, was never counted and is cut off before the next; one of a kind that a later version wrote
is left alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pipeline.errors import NotAllowed, NotFound
from pipeline.office.handovers import Handover, officials_of, require_free
from pipeline.office.officials import Official
from pipeline.office.wording import long_date
from pipeline.storage import disk, locks

FILE = "alih-tugas.jsonl"
_ENTERED, _TAKEN_BACK = "dialihkan", "ditarik"
_REMEDY = "Lihat nomornya dengan `yankomas alih daftar`, atau di halaman Alih tugas."
#: What is written of a hand-over; that it was taken back is a line of its own.
_WRITTEN = tuple(f.name for f in fields(Handover) if not f.name.startswith("taken_back"))


@dataclass(frozen=True, slots=True)
class _Read:
    """What the file held when it looked like that."""

    stamp: tuple[int, int, int]
    found: tuple[Handover, ...] = ()
    highest: int = 0
    faults: tuple[str, ...] = ()
    officials: tuple[Official, ...] = ()


_NOTHING = _Read((0, 0, 0))


class HandoverFile:
    """The record in one file, which is the owner's alone; ``lock`` is held while a line is written."""

    def __init__(self, path: Path, lock: Path) -> None:
        self._path, self._lock = path, lock
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
        with locks.held(self._lock):
            known = self._read()
            require_free(handover, known.found, officials)
            kept = replace(handover, number=known.highest + 1)
            self._append({"kind": _ENTERED, **{name: _plain(getattr(kept, name)) for name in _WRITTEN}})
        return kept

    def take_back(self, number: int, by: str, at: datetime) -> Handover:
        """Note that a hand-over is taken back; return it.

        Raises:
            NotFound: there is none of that number.
            NotAllowed: it is over, or was taken back already.
        """
        with locks.held(self._lock):
            found = next((h for h in self._read().found if h.number == number), None)
            if found is None:
                raise NotFound(f"Tidak ada pengalihan tugas nomor {number}.", _REMEDY)
            if found.taken_back_at or found.is_over(at.date()):
                how = "ditarik" if found.taken_back_at else f"berakhir {long_date(found.until)}"
                raise NotAllowed(f"Pengalihan tugas nomor {number} sudah {how}.", "Tidak ada yang perlu dilakukan.")
            self._append({"kind": _TAKEN_BACK, "number": number, "by": by, "at": at.isoformat()})
        return replace(found, taken_back_by=by, taken_back_at=at)

    def _append(self, line: Mapping[str, Any]) -> None:
        disk.make_folder(self._path.parent)
        new = not self._path.exists()
        disk.cut_torn_line(self._path)
        disk.append(self._path, json.dumps(line, ensure_ascii=False).encode() + b"\n", mode=0o600)
        if new:
            disk.sync_folder(self._path.parent)

    def _read(self) -> _Read:
        try:
            at = self._path.stat()
            stamp = (at.st_ino, at.st_size, at.st_mtime_ns)
            if stamp != self._known.stamp:
                self._known = _parsed(stamp, self._path.read_bytes())
        except FileNotFoundError:
            return _NOTHING
        return self._known


def _parsed(stamp: tuple[int, int, int], text: bytes) -> _Read:
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
