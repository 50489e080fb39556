"""An office of its own with a really running ``yankomas run``: letters are dropped in, the archive is watched."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from pipeline.archive.store.layout import Layout
from pipeline.register.store.number_records import read_highest
from pipeline.work.store.setup import lay_out_filled as lay_out

YANKOMAS = str(Path(sys.executable).with_name("yankomas"))
_PATIENCE = 300.0
_PSS = re.compile(r"^Pss:\s+(\d+) kB", re.MULTILINE)


class Office:
    """One root and the process that has it, while the context lasts."""

    def __init__(self, folder: Path, program: Sequence[str] = (YANKOMAS,)) -> None:
        lay_out(folder)
        self._program = program
        self.folder = folder
        self._layout = Layout(folder)
        self._log = (folder / "run.log").open("w")
        self._process: subprocess.Popen[bytes] | None = None
        self.dropped = 0

    def __enter__(self) -> Self:
        command = [*self._program, "--root", str(self.folder), "run"]
        self._process = subprocess.Popen(command, stdout=self._log, stderr=subprocess.STDOUT)
        until(lambda: self._layout.open_cases.is_dir(), "`run` tidak mulai")
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        assert self._process
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(60)
        self._log.close()

    @property
    def pid(self) -> int:
        """The process that was started, of which all others descend."""
        assert self._process
        return self._process.pid

    def drop(self, letter: Path) -> float:
        """Write a letter into the inbox as a scanner does; return when it was closed (``perf_counter``)."""
        self.dropped += 1
        shutil.copyfile(letter, self._layout.inbox / f"{self.dropped:04}-{letter.name}")
        return time.perf_counter()

    def drop_all(self, letters: Iterable[Path]) -> None:
        """Drop many letters, one after the other without a pause."""
        for letter in letters:
            self.drop(letter)

    def numbered(self) -> int:
        """Return the highest number given; it is noted when folder and number are synced, after the rename."""
        return max((read_highest(self._layout.highest(year))[0] for year in self._layout.years()), default=0)

    def unfinished(self) -> int:
        """Return how many letters are not finished: without a number yet, or owed something."""
        return self.dropped - self.numbered() + len(os.listdir(self._layout.open_cases))

    def wait(self) -> None:
        """Wait until every letter is finished; seldom looked, for a look takes 0.3 ms of a processor that reads."""
        until(lambda: not self.unfinished(), "surat tidak selesai", every=0.05)

    def check(self) -> None:
        """Make sure that every case has what a finished case has, so that no number is quoted for half the work.

        Raises:
            RuntimeError: a case lacks something.
        """
        suffixes = (".pdf", "terbaca.pdf", ".txt", ".json", ".docx", ".docx", "v1.pdf", "v1.pdf")
        for year in self._layout.years():
            for number in self._layout.numbers(year):
                names = sorted(p.name for p in (self._layout.case(number) / "data").iterdir())
                if len(names) != len(suffixes) or sum(n.endswith("-v1.pdf") for n in names) != 2:
                    raise RuntimeError(f"{number} tidak lengkap: {', '.join(names)}")

    def memory(self) -> int:
        """Return the proportional share of memory, in bytes, of the process and all its descendants together."""
        assert self._process
        return sum(_pss(pid) for pid in descendants(self._process.pid))

    def filtered(self) -> int:
        """Return how many of the living descendants have a filter of system calls more than this process."""
        assert self._process
        return sum(_filters(pid) > _filters(os.getpid()) for pid in descendants(self._process.pid))

    def processor(self) -> float:
        """Return the processor seconds that the process and all its living descendants have used until now."""
        assert self._process
        return sum(_processor(pid) for pid in descendants(self._process.pid))


def until(done: Callable[[], bool], otherwise: str, *, every: float = 0.002) -> float:
    """Wait until something is so; return when it was seen (``perf_counter``).

    Raises:
        RuntimeError: it took five minutes.
    """
    end = time.perf_counter() + _PATIENCE
    while not done():
        if time.perf_counter() > end:
            raise RuntimeError(otherwise)
        time.sleep(every)
    return time.perf_counter()


def descendants(pid: int) -> Sequence[int]:
    """Return the process and everything it started, directly or not."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        children.setdefault(parent, []).append(int(stat.parent.name))
    found = [pid]
    for known in found:
        found += children.get(known, [])
    return found


def _pss(pid: int) -> int:
    try:
        found = _PSS.search(Path(f"/proc/{pid}/smaps_rollup").read_text())
    except OSError:
        return 0
    return int(found[1]) * 1024 if found else 0


def _filters(pid: int) -> int:
    """Return how many filters of system calls a process has; 0 for one that ended, or where the kernel does not say."""
    try:
        found = re.search(r"^Seccomp_filters:\s+(\d+)$", Path(f"/proc/{pid}/status").read_text(), re.MULTILINE)
    except OSError:
        return 0
    return int(found[1]) if found else 0


def _processor(pid: int) -> float:
    """Return the seconds of a process, and of those that it has already cleared away."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
