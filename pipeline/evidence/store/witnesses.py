"""What was witnessed of the cases of one year outside their folders: every head in ``.changes`` and in the seals.

Kept a year at a time, so that memory stays flat however many years the archive has, and kept up with what others
append while we verify.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.archive.store.layout import Layout
from pipeline.archive.store.witness_log import WitnessLog
from pipeline.cases.case_number import CaseNumber, Volume, folder_of_volume
from pipeline.cases.journal import Entry
from pipeline.evidence.seal import read_seal
from pipeline.evidence.store.seals import read_seals, seal_files

_DIGEST = 32  # bytes
_Heads = dict[int, dict[int, bytes]]


class Witnesses:
    """The witnessed heads of a year's cases; a line that was witnessed twice in two ways keeps both."""

    def __init__(self, layout: Layout, year: Volume) -> None:
        self._changes, self._year = WitnessLog(layout.changes), year
        self._heads: _Heads = {}
        self._position = 0
        self._follow()
        self._sealed: _Heads = {}
        for path in seal_files(layout):
            self._read_seals(path)

    def of(self, number: CaseNumber) -> CaseWitness:
        """Return what was witnessed of a case until now. Only under the case's lock."""
        self._follow()
        return CaseWitness(self._heads.get(number.serial, {}), self._sealed.get(number.serial, {}))

    @property
    def highest(self) -> int:
        """The highest serial that was ever witnessed or sealed."""
        return max([0, *self._heads, *self._sealed])

    @property
    def serials(self) -> set[int]:
        """The serials of which anything was ever witnessed or sealed."""
        return {*self._heads, *self._sealed}

    def _follow(self) -> None:
        for change, position in self._changes.walk(self._position, self._year):
            self._position = position
            if change:
                _note(self._heads, change.number.serial, change.seq, change.head)

    def _read_seals(self, path: Path) -> None:
        wanted = f'"{folder_of_volume(self._year)}/'.encode()
        with open(path, "rb") as reader:
            for line in reader:
                seal, fault = read_seal(line[:-1]) if wanted in line else (None, "")
                for head in seal.heads if seal and not fault else ():
                    if head.number.volume == self._year:
                        _note(self._sealed, head.number.serial, head.seq, head.hash)


class CaseWitness:
    """What was witnessed of one case: by line, the heads that it was seen with."""

    def __init__(self, changes: dict[int, bytes], seals: dict[int, bytes]) -> None:
        self._changes, self._seals = changes, seals

    @property
    def last(self) -> int:
        """The last line that was ever witnessed; 0 for none."""
        return max([0, *self._changes, *self._seals])

    def contradicted(self, entries: Sequence[Entry]) -> list[int]:
        """Return the lines that are not, or not always were, what somebody witnessed."""
        return sorted({*_other(self._changes, entries), *_other(self._seals, entries)})

    def contradicts_seal(self, entries: Sequence[Entry]) -> bool:
        """Say whether a sealed line is another one now."""
        return any(True for _ in _other(self._seals, entries))

    def unseen(self, entries: Sequence[Entry]) -> list[int]:
        """Return the lines that nobody witnessed when they were written."""
        return [entry.seq for entry in entries if entry.seq not in self._changes]


def _note(heads: _Heads, serial: int, seq: int, head: str) -> None:
    lines, digest = heads.setdefault(serial, {}), bytes.fromhex(head)
    known = lines.get(seq, b"")
    if digest not in (known[at : at + _DIGEST] for at in range(0, len(known), _DIGEST)):
        lines[seq] = known + digest


def _other(heads: dict[int, bytes], entries: Sequence[Entry]) -> Iterator[int]:
    for seq, digests in heads.items():
        if 0 < seq <= len(entries) and digests != bytes.fromhex(entries[seq - 1].hash):
            yield seq


def witnessed_years(layout: Layout) -> set[Volume]:
    """Return the years of every series of which anything was ever witnessed or sealed."""
    years = {change.number.volume for change, _ in WitnessLog(layout.changes).walk(0) if change}
    for _, seal, _ in read_seals(layout):
        years |= {head.number.volume for head in seal.heads} if seal else set()
    return years
