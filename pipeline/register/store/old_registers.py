"""The old registers that were taken over, each as it came, and what was taken over when: ``archive/.buku-lama``.

Of each there are two lines: before its first case is filed, and when all of them are. So a missing number is known as
a gap of the old book, or as one that is still to come.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from pipeline.cases.ports import Blob, content
from pipeline.register.old_registers import Run, Taken, read_run
from pipeline.storage import disk, locks
from pipeline.storage.version_list import LIST, VersionList, digest

_BEGUN, _DONE = "mulai", "selesai"


class OldRegisterRecord:
    """The record of one office."""

    def __init__(self, folder: Path, lock: Path) -> None:
        self._folder, self._lock = folder, lock
        self._versions = VersionList(folder, ".buku")

    def begin(self, blob: Blob, taken: Taken) -> None:
        """Keep a register, and note what is about to be taken over of it."""
        with locks.held(self._lock):
            disk.make_folder(self._folder)
            self._versions.keep(content(blob))
            years = {
                str(year): {"nomor": _written(taken.numbers[year]), "celah": _written(taken.gaps.get(year, ()))}
                for year in taken.numbers
            }
            told = {"tahap": _BEGUN, "buku": taken.name, "sha256": taken.sha256, "oleh": taken.by}
            self._versions.note({**told, "saat": taken.at.isoformat(), "kolom": dict(taken.columns), "tahun": years})

    def end(self, taken: Taken, at: datetime) -> None:
        """Note that all of it was."""
        with locks.held(self._lock):
            self._versions.note({"tahap": _DONE, "sha256": taken.sha256, "saat": at.isoformat()})

    def runs(self, year: int) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
        """Return of a year the numbers that were, or were about to be, taken over, and the gaps of the old books."""
        numbers, gaps = list[Run](), list[Run]()
        for told in self._lines():
            if found := told.get("tahun", {}).get(str(year)):
                numbers += map(read_run, found["nomor"])
                gaps += map(read_run, found["celah"])
        return tuple(numbers), tuple(gaps)

    def unfinished(self, there: Callable[[int], Collection[int]]) -> str:
        """Return the name of a register of which not all was taken over; empty if there is none.

        ``there`` returns the serials of a year that have a case: another book can have brought what one lacks.
        """
        begun: dict[str, Mapping[str, Any]] = {}
        for told in self._lines():
            if told["tahap"] == _BEGUN:
                begun[told["sha256"]] = told
            else:
                begun.pop(told["sha256"], None)
        for told in begun.values():
            for year, found in told["tahun"].items():
                serials = set(there(int(year)))
                if any(s not in serials for first, end in map(read_run, found["nomor"]) for s in range(first, end + 1)):
                    return str(told["buku"])
        return ""

    def faults(self) -> Iterator[tuple[str, str]]:
        """Yield what is wrong with the record, as (name, fact): broken lines, registers that are gone or changed."""
        for number, (told, why) in enumerate(self._versions.lines(_told), 1):
            if why:
                yield LIST, f"Baris {number} {why}."
            if told and not (self._folder / f"{told['sha256']}.buku").is_file():
                yield f"{told['sha256']}.buku", "Buku register lama yang pernah diambil alih tidak ada lagi."
        for path in sorted(self._folder.glob("*.buku")) if self._folder.is_dir() else ():
            if not path.name.startswith(".") and digest(path.read_bytes()) != path.stem:
                yield path.name, "Isi buku register lama ini bukan lagi yang dicatat."

    def _lines(self) -> Iterator[Mapping[str, Any]]:
        return self._versions.said(_told)


def _told(line: dict[str, Any]) -> dict[str, Any]:
    """Return a line that can be relied upon; raises KeyError, TypeError or ValueError for any other."""
    datetime.fromisoformat(line["saat"])
    if line["tahap"] not in (_BEGUN, _DONE):
        raise ValueError(line["tahap"])
    for runs in line.get("tahun", {}).values():
        for run in (*runs["nomor"], *runs["celah"]):
            read_run(run)
    return {**line, "sha256": str(line["sha256"])}


def _written(runs: tuple[Run, ...]) -> list[list[int]]:
    return [list(run) for run in runs]
