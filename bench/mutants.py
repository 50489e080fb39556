"""Turns conditions of the rules round, some in every module, and reports which of them no test notices.

A mutant is a module in which one ``==``, ``<``, ``in``, ``and``, ``not`` or the like is turned. It is tried with the
tests that go through its line, the nearest first; ``tests_by_line.py`` runs the suite once to learn which. First it is
tried in a fork of a process that has loaded the tests (``in_fork.py``), and if it lives there, in a copy of the
checkout. The mutants of a module are drawn by a fixed seed, so that who measures twice tries the same ones. Those
that live although nothing is wrong stand in ``equivalent_mutants.toml``, each with its reason. Fails when fewer than
95 % of the others die.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import math
import os
import random
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from threading import Lock

from tests_by_line import ROOT, TestsByLine
from turning import count, turned

OUT = Path(__file__).resolve().parent / "out" / "mutants"
EQUIVALENT = Path(__file__).with_name("equivalent_mutants.toml")
LEAST = 0.95
#: Folders that hold no rules: what touches the world, speaks to people, draws, or is a sample.
_NO_RULES = {"store", "engines", "cli", "desk", "wiring", "storage", "drawing", "sop_chart", "samples"}
_NO_RULES |= {"charts.py", "folder_pages.py", "specimens.py"}  # they draw, or are a sample, too
#: What of the scans is a rule lies at its top; below it foreign formats are taken apart.
_NO_RULES |= {"confinement", "formats", "imaging", "ocr", "operations", "pdf"}
_SECONDS = 20.0  # that the tests of a mutant may take, as they took when the suite was run
_COPIES = 2  # of the checkout, in which mutants are tried at once


@dataclass(frozen=True, order=True)
class Turn:
    """What a mutant turns: the condition in its module before and after, as ``ast.unparse`` writes it."""

    module: str
    old: str
    new: str

    @property
    def room(self) -> str:
        """The room the module is in."""
        return self.module.split("/")[1]


def main() -> int:
    """Learn, draw, try, report; return 1 if too many live."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("modules", nargs="*", type=Path, help="modules or rooms to be tried (all rules)")
    parser.add_argument("--each", type=int, default=4, help="mutants of a module; 0 for all (4)")
    parser.add_argument("--seed", type=int, default=1, help="which ones (1)")
    parser.add_argument(
        "--known", action="store_true", help="the program is as it was the last time: do not learn again"
    )
    parser.add_argument(
        "--tests", nargs="+", type=Path, default=[], help="learn from these alone, as those of a room (the whole suite)"
    )
    parser.add_argument(
        "--forks", action="store_true", help="do not try what lives again in a copy: sooner, and more seems to live"
    )
    options = parser.parse_args()
    if not options.known:
        learn(options.tests)
    tests, modules = TestsByLine(OUT), list(rules(options.modules))
    with ExitStack() as stack:
        copies: SimpleQueue[Path] = SimpleQueue()
        for _ in range(_COPIES):
            copies.put(stack.enter_context(copy_of_checkout()))
        threads = stack.enter_context(ThreadPoolExecutor(_COPIES))
        drawn = [(module, which) for module in modules for which in draw(module, options.each, options.seed)]
        forks = stack.enter_context(Forks.started(tests.seconds))
        prove_sound(copies, forks, tests, modules)
        again = None if options.forks else copies
        results = threads.map(lambda one: try_in(again, forks, tests, *one), drawn)
        return report(results, equivalents())


def learn(tests: Sequence[Path]) -> None:
    """Run the suite once, or these tests of it."""
    OUT.mkdir(parents=True, exist_ok=True)
    subprocess.run([sys.executable, Path(__file__).with_name("tests_by_line.py"), OUT, *tests], cwd=ROOT, check=True)


def rules(only: Sequence[Path]) -> Iterator[Path]:
    """Yield the modules that hold rules, as paths from the root of the checkout."""
    for path in sorted((ROOT / "pipeline").rglob("*.py")):
        module = path.relative_to(ROOT)
        wanted = not only or any(module.is_relative_to(one) for one in only)
        if wanted and len(module.parts) > 2 and not _NO_RULES & set(module.parts) and module.name != "ports.py":
            yield module


def draw(module: Path, each: int, seed: int) -> list[int]:
    """Return which of a module's conditions are turned."""
    there = range(count((ROOT / module).read_text()))
    return list(there) if not each else random.Random(f"{seed} {module}").sample(there, min(each, len(there)))


@contextmanager
def copy_of_checkout() -> Iterator[Path]:
    """Give a copy of all files that are or would be under version control."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    with tempfile.TemporaryDirectory() as name:
        for file in filter(None, listed.stdout.split("\0")):
            (Path(name) / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / file, Path(name) / file)
        yield Path(name)


def prove_sound(copies: SimpleQueue[Path], forks: Forks, tests: TestsByLine, modules: Iterable[Path]) -> None:
    """Run some tests in a fork and in a copy without any mutant; where they fail, everything would seem to die."""
    copy = copies.get()
    for module in modules:
        source = (ROOT / module).read_text()
        if near := tests.of(ROOT / module, 1, source.count("\n"), _SECONDS):
            break
    else:
        sys.exit("There are no tests.")
    if forks.die(module, None, near, _SECONDS) or _dies(copy, module, source, near, _SECONDS):
        sys.exit(f"The tests of {module} fail without any mutant.")
    copies.put(copy)


class Forks:
    """A process that has loaded all tests and tries mutants in forks of itself, one at a time."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process, self._one = process, Lock()

    @classmethod
    @contextmanager
    def started(cls, tests: Iterable[str]) -> Iterator[Forks]:
        """Load the modules of the tests; the process ends with the context."""
        modules = sorted({test.partition("::")[0] for test in tests})
        command = [sys.executable, str(Path(__file__).with_name("in_fork.py")), *modules]
        pipe = subprocess.PIPE
        with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as process:
            yield cls(process)
            process.kill()

    def die(self, module: Path, which: int | None, tests: list[str], seconds: float) -> bool:
        """Say whether one of the tests, which take so many seconds, fails or never ends with the mutant."""
        asked = [str(module), which, tests, _patience(seconds), _processor(seconds)]
        with self._one:
            assert self._process.stdin
            assert self._process.stdout
            print(json.dumps(asked), file=self._process.stdin, flush=True)
            answer = self._process.stdout.readline().strip()
        if answer not in ("died", "lived"):
            raise RuntimeError(f"in_fork.py ended: {self._process.wait()}")
        return answer == "died"


def try_in(
    copies: SimpleQueue[Path] | None, forks: Forks, tests: TestsByLine, module: Path, which: int
) -> tuple[Turn, str]:
    """Return what a mutant turns and what became of it: ``died``, ``lived``, or ``no test``."""
    mutant = turned((ROOT / module).read_text(), which)
    turn = Turn(str(module), mutant.old, mutant.new)
    near = tests.of(ROOT / module, mutant.first, mutant.last, _SECONDS)
    if not near:
        return turn, "no test"
    seconds = sum(tests.seconds[test] for test in near)
    if forks.die(module, which, near, seconds):
        return turn, "died"
    if copies is None:
        return turn, "lived"
    copy = copies.get()
    try:
        died = _dies(copy, module, mutant.text, near, seconds)
    finally:
        copies.put(copy)
    return turn, "died" if died else "lived"


def _dies(copy: Path, module: Path, text: str, tests: list[str], seconds: float) -> bool:
    """Say whether a test fails, or never ends, when the module has this text."""
    place = copy / module
    compiled = Path(importlib.util.cache_from_source(str(place)))
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "--hypothesis-seed=0", *tests]
    place.write_text(text)
    compiled.unlink(missing_ok=True)  # it is told from the module by second and size, which a mutant may share
    try:
        environment = {**os.environ, "PYTHONPATH": str(copy)}
        ran = subprocess.run(command, cwd=copy, env=environment, capture_output=True, timeout=_patience(seconds))
    except subprocess.TimeoutExpired:
        return True
    finally:
        shutil.copy2(ROOT / module, place)
        compiled.unlink(missing_ok=True)
    if ran.returncode not in (0, 1, 2, 4):  # 4: a module of tests does not even load with it
        raise RuntimeError(ran.stdout.decode()[-2000:])
    return ran.returncode != 0


def _patience(seconds: float) -> float:
    """Return how long tests are waited for that took so many seconds when the suite was run."""
    return 30 + 5 * seconds


def _processor(seconds: float) -> int:
    """Return how many seconds of the processor such tests may have: they took no more than by the clock."""
    return math.ceil(3 + 2 * seconds)


def equivalents() -> dict[Turn, str]:
    """Return the mutants that nobody can notice, each with its reason."""
    listed = tomllib.loads(EQUIVALENT.read_text())["equivalent"]
    return {Turn(one["module"], one["old"], one["new"]): one["why"] for one in listed}


def report(results: Iterable[tuple[Turn, str]], equivalent: Mapping[Turn, str]) -> int:
    """Print every mutant that lives, as it is tried, and how many died in each room; return 1 if too few did."""
    tried, dead = Counter[str](), Counter[str]()
    for turn, fate in results:
        if turn in equivalent:
            continue
        tried[turn.room] += 1
        dead[turn.room] += fate == "died"
        if fate != "died":
            print(f"{turn.module}: {fate}\n  - {turn.old}\n  + {turn.new}", flush=True)
    for room in sorted(tried):
        print(f"{room:10} {dead[room]:4} of {tried[room]:4} died")
    share = dead.total() / max(1, tried.total())
    print(f"{dead.total()} of {tried.total()} died: {share:.1%}")
    return int(share < LEAST)


if __name__ == "__main__":
    sys.exit(main())
