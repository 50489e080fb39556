"""Holds two checkouts of this program against each other: what the same work costs each, in processor time.

    python bench/interleaved.py BEFORE AFTER [--rounds 9] [--letters 10]

Each is a checkout with its own ``.venv``. Rounds are interleaved and their order turns, so that a noisy machine is
noisy for both. Works: letters read, drafted, printed and filed by ``run --once``; oral complaints, whose sheets alone
are drafted and printed; looking at a case on the terminal; a case's page on the desk. Prints seconds of processor time
(medians), the ratio AFTER / BEFORE as the geometric mean of the rounds, and its 95 % confidence interval.
"""

from __future__ import annotations

import argparse
import ctypes
import math
import os
import resource
import shutil
import statistics
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

#: Student's t for a two-sided 95 % interval, by degrees of freedom.
_T = {2: 4.303, 4: 2.776, 6: 2.447, 8: 2.306, 10: 2.228, 14: 2.145}
_PR_SET_CHILD_SUBREAPER = 36
_LOOKS, _VIEWS, _ORAL = 20, 150, 4
_TOLD = ("perihal=Upah", "pelapor=Siti Rekaan", "terlapor=PT Contoh", "uraian=Upah tiga bulan belum dibayar")
#: The desk's pages, called by the checkout's own tests' desk; prints the processor time of the calls alone.
_PAGES = f"""
import sys, tempfile, time
from pathlib import Path
sys.path.insert(0, "tests")
from web_desk import WebDesk
with tempfile.TemporaryDirectory() as folder:
    desk = WebDesk(Path(folder) / "kantor")
    told = {{"perihal": "Upah", "pelapor": ["Siti"], "terlapor": "PT", "uraian": "Tiga bulan"}}
    number = desk.office.open("lisan", told)
    browser = desk.browser("kakanwil")
    address = f"/kasus/{{number}}"
    assert browser.get(address).status_code == 200
    begun = time.process_time()
    for _ in range({_VIEWS}):
        browser.get(address)
    print(time.process_time() - begun)
"""


class Checkout:
    """A checkout, and offices worked by its program."""

    def __init__(self, folder: Path, scratch: Path) -> None:
        self._folder, self._scratch = folder.resolve(), scratch
        self._program, self._python = self._folder / ".venv/bin/yankomas", self._folder / ".venv/bin/python"
        self._shown = self._office()
        self._letters(self._shown, 1)

    def letters(self, count: int) -> float:
        """Read, draft, print and file so many letters."""
        office = self._office()
        return self._spent(lambda: self._letters(office, count))

    def documents(self) -> float:
        """Draft and print the sheets of oral complaints; no scan is read."""
        office = self._office()
        for number in range(_ORAL):
            told = [part for text in (*_TOLD, f"waktu_kejadian={number + 1} November 2026") for part in ("--set", text)]
            self._run(office, "buka", "--lisan", "--as", "tim-yankomas", *told)
        return self._spent(lambda: self._run(office, "run", "--once", "--no-web"))

    def looks(self) -> float:
        """Look at a case on the terminal."""
        return self._spent(lambda: [self._run(self._shown, "moves", "1/2026") for _ in range(_LOOKS)]) / _LOOKS

    def pages(self) -> float:
        """Look at a case on the desk."""
        done = subprocess.run(
            [self._python, "-c", _PAGES], cwd=self._folder, capture_output=True, text=True, check=True, env=_bare()
        )
        return float(done.stdout.splitlines()[-1]) / _VIEWS

    def _office(self) -> Path:
        office = Path(tempfile.mkdtemp(dir=self._scratch))
        self._run(office, "init", str(office))
        return office

    def _letters(self, office: Path, count: int) -> None:
        """Drop sample letters, each another file: its bytes have an ending of their own."""
        samples = sorted(next(self._folder.glob("pipeline/**/samples")).iterdir())
        for number in range(count):
            sample = samples[number % len(samples)]
            (office / "inbox" / f"{number}{sample.suffix}").write_bytes(sample.read_bytes() + b"\n" * (number + 1))
        self._run(office, "run", "--once", "--no-web")

    def _run(self, office: Path, *arguments: str) -> None:
        command = [self._program, "--root", office, *arguments]
        subprocess.run(command, capture_output=True, check=True, env=_bare())

    @staticmethod
    def _spent(work: Callable[[], object]) -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        work()
        _reap()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _adopt() -> None:
    """Have the children of programs that ended become ours, so that their time is counted (prctl(2))."""
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _reap() -> None:
    """Wait for whoever was adopted."""
    try:
        while True:
            os.waitpid(-1, 0)
    except ChildProcessError:
        return


def _bare() -> dict[str, str]:
    """Return the environment that both get: neither imports from the other's folder."""
    return {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "YANKOMAS"))}


def interval(ratios: Sequence[float]) -> tuple[float, float]:
    """Return the geometric mean of ratios and half the width of its 95 % confidence interval, relative to it."""
    logs = [math.log(ratio) for ratio in ratios]
    half = _T[len(logs) - 1] * statistics.stdev(logs) / math.sqrt(len(logs))
    return math.exp(statistics.mean(logs)), math.exp(half) - 1


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    parser.add_argument("--rounds", type=int, default=9, choices=sorted(df + 1 for df in _T))
    parser.add_argument("--letters", type=int, default=10)
    options = parser.parse_args()
    scratch = Path(tempfile.mkdtemp())
    _adopt()
    try:
        both = [Checkout(folder, scratch) for folder in (options.before, options.after)]
        works: dict[str, Callable[[Checkout], float]] = {
            "letters": lambda checkout: checkout.letters(options.letters),
            "documents": Checkout.documents,
            "case": Checkout.looks,
            "page": Checkout.pages,
        }
        spent: dict[str, list[tuple[float, float]]] = {name: [] for name in works}
        for turn in range(options.rounds):
            for name, work in works.items():
                order = both if turn % 2 == 0 else both[::-1]
                found = {id(checkout): work(checkout) for checkout in order}
                spent[name].append((found[id(both[0])], found[id(both[1])]))
        print(f"{'work':<12}{'before s':>10}{'after s':>10}{'after/before':>14}{'95 %':>9}")
        for name, pairs in spent.items():
            before, after = (statistics.median(side) for side in zip(*pairs, strict=True))
            mean, half = interval([b / a for a, b in pairs])
            print(f"{name:<12}{before:>10.3f}{after:>10.3f}{mean:>14.3f}{f'±{half:.1%}':>9}")
    finally:
        shutil.rmtree(scratch)


if __name__ == "__main__":
    main()
