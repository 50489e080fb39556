"""The journal's text: one line a thing that happened, each line chained to the one before.

A line is compact JSON with the keys ``seq, at, by, kind, data, prev, hash`` in this order and a newline. ``hash`` is
the SHA-256 (hex) of ``prev`` followed by every byte of the line before ``,"hash":``. ``prev`` of the first line is 64
zeros. A text without a final newline is *torn*: that tail, and nothing else, was never committed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pipeline.errors import ArchiveFault

GENESIS = "0" * 64
#: Who did it, where it was no person.
MACHINE = "sistem"
_HASH_KEY = b',"hash":"'
_SHAPE = {"seq": int, "at": str, "by": str, "kind": str, "data": dict, "prev": str, "hash": str}
_TAIL = len(_HASH_KEY) + 64 + len(b'"}')


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a journal. ``by`` is a role key, or ``sistem`` for what the machine did."""

    seq: int
    at: datetime
    by: str
    kind: str
    data: Mapping[str, Any]
    prev: str
    hash: str


@dataclass(frozen=True, slots=True)
class Journal:
    """A journal as found: its good entries, the torn tail, and what is wrong with the whole lines."""

    entries: tuple[Entry, ...]
    torn: bytes
    faults: tuple[str, ...]

    @property
    def head(self) -> str:
        """The hash that the next line must carry as ``prev``."""
        return self.entries[-1].hash if self.entries else GENESIS

    def sound(self, where: str) -> tuple[Entry, ...]:
        """Return the entries.

        Raises:
            ArchiveFault: a whole line is not as it was written.

        """
        if self.faults:
            raise ArchiveFault(
                f"Jurnal {where} rusak: {self.faults[0]}.",
                "Jangan mengubah apa pun; jalankan `yankomas verify` dan pulihkan map ini dari cadangan.",
            )
        return self.entries


def write_line(seq: int, at: datetime, by: str, kind: str, data: Mapping[str, Any], prev: str) -> tuple[bytes, Entry]:
    """Return the line (with its newline) and the entry it holds."""
    record = {"seq": seq, "at": at.isoformat(), "by": by, "kind": kind, "data": data, "prev": prev}
    body = json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()[:-1]
    digest = _digest(prev, body)
    line = body + _HASH_KEY + digest.encode() + b'"}\n'
    return line, Entry(seq, at, by, kind, data, prev, digest)


def read_journal(text: bytes, behind: Entry | None = None) -> Journal:
    """Return what stands in a journal, or in its lines behind one that was read; never raises, whatever the bytes.

    Reading goes on behind a bad line as far as lines can be understood, so that every fault is named; ``entries``
    ends before the first bad line, for nothing behind it can be relied upon.
    """
    *lines, torn = text.split(b"\n")
    entries: list[Entry] = []
    faults: list[str] = []
    prev = behind.hash if behind else GENESIS
    for position, line in enumerate(lines, start=behind.seq + 1 if behind else 1):
        entry, fault = _read_line(line, position, prev)
        if fault:
            faults.append(f"baris {position} {fault}")
        elif entry and not faults:
            entries.append(entry)
        prev = entry.hash if entry else prev
    return Journal(tuple(entries), torn, tuple(faults))


def entries_of(text: bytes, where: str) -> tuple[Entry, ...]:
    """Return the committed entries of a journal; a torn tail is left out.

    Raises:
        ArchiveFault: a whole line is not as it was written, or there is no line at all.

    """
    entries = read_journal(text).sound(where)
    if not entries:
        raise ArchiveFault(f"Jurnal {where} kosong.", "Pulihkan map ini dari cadangan.")
    return entries


def heads(entries: tuple[Entry, ...]) -> Iterator[tuple[int, str]]:
    """Yield (seq, hash) of each entry, for comparison with what was witnessed outside the folder."""
    return ((e.seq, e.hash) for e in entries)


def _read_line(line: bytes, position: int, prev: str) -> tuple[Entry | None, str]:
    try:
        entry = _entry(json.loads(line))
        digest = _digest(entry.prev, line[:-_TAIL])
    except (ValueError, KeyError, TypeError, RecursionError):
        return None, "tidak dapat dibaca"
    if digest != entry.hash or line[-_TAIL : -_TAIL + len(_HASH_KEY)] != _HASH_KEY:
        return entry, "isinya berubah sesudah ditulis"
    if entry.prev != prev:
        return entry, "tidak menyambung pada baris sebelumnya"
    if entry.seq != position:
        return entry, f"bernomor urut {entry.seq}"
    return entry, ""


def _entry(record: Any) -> Entry:
    """Return the entry of a parsed line; raises KeyError, TypeError or ValueError for one of another shape."""
    values = [record[key] for key in _SHAPE]
    if [type(value) for value in values] != list(_SHAPE.values()):
        raise TypeError("a value of another kind")
    seq, at, *others = values
    moment = datetime.fromisoformat(at)
    if moment.tzinfo is None:
        raise ValueError("a moment without its offset")
    return Entry(seq, moment, *others)


def _digest(prev: str, body: bytes) -> str:
    return hashlib.sha256(prev.encode() + body).hexdigest()
