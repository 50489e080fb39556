"""Measures what limits and confinement cost: the same letters with them and without, in turn, in one run.

Prints a table and writes ``bench/out/limits.json``. Letters a minute depend on what else the machine does; processor
seconds a letter hardly do, so both are shown. With ``--check`` it fails when the promise is not kept.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from letters import make
from office import YANKOMAS, Office

from pipeline.scans.confinement.child import tightest

OUT = Path(__file__).resolve().parent / "out"
UNHELD = (sys.executable, str(Path(__file__).with_name("unheld.py")))
_WARM_UP = 2
#: What is promised: throughput with limits, as a share of that without.
_LEAST = 0.90


@dataclass(frozen=True)
class Round:
    """Letters a minute, and processor seconds a letter."""

    per_minute: float
    seconds: float


def main() -> int:
    """Measure, print, write; return 1 if ``--check`` finds the promise broken."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--letters", type=int, default=20, help="letters dropped at once (20)")
    parser.add_argument("--rounds", type=int, default=5, help="rounds with and without limits in turn (5)")
    parser.add_argument("--check", action="store_true", help="fail if the promise is not kept")
    options = parser.parse_args()
    OUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=OUT) as name:
        held, unheld = measure(Path(name), options.letters, options.rounds)
    ratio = statistics.median(h.per_minute / u.per_minute for h, u in zip(held, unheld, strict=True))
    work = statistics.median(u.seconds / h.seconds for h, u in zip(held, unheld, strict=True))
    results = {
        "holding": {"namespaces": tightest().namespaces, "calls": tightest().calls},
        "letters": options.letters,
        "held_per_minute": [r.per_minute for r in held],
        "unheld_per_minute": [r.per_minute for r in unheld],
        "held_processor_s": [r.seconds for r in held],
        "unheld_processor_s": [r.seconds for r in unheld],
        "throughput_ratio": ratio,
        "processor_ratio": work,
    }
    (OUT / "limits.json").write_text(json.dumps(results, indent=2) + "\n")
    print(table(held, unheld, ratio, work))
    return 1 if options.check and ratio < _LEAST else 0


def measure(folder: Path, letters: int, rounds: int) -> tuple[list[Round], list[Round]]:
    """Return the rounds with limits and those without; which goes first changes from round to round."""
    papers = make(folder / "letters", range(letters))
    warm_up = make(folder / "letters", range(9000, 9000 + _WARM_UP))
    held: list[Round] = []
    unheld: list[Round] = []
    for number in range(rounds):
        turns = [((YANKOMAS,), held, "held"), (UNHELD, unheld, "unheld")]
        for program, results, name in turns if number % 2 == 0 else reversed(turns):
            results.append(_round(folder / f"{name}-{number}", program, papers, warm_up))
        print(f"[{time.strftime('%X')}] round {number + 1}: {held[-1]} {unheld[-1]}", file=sys.stderr, flush=True)
    return held, unheld


def _round(root: Path, program: Sequence[str], letters: Sequence[Path], warm_up: Sequence[Path]) -> Round:
    """Have all letters read and filed by a process that is warm."""
    with Office(root, program) as office:
        office.drop_all(warm_up)
        office.wait()
        start, used = time.perf_counter(), office.processor()
        office.drop_all(letters)
        office.wait()
        seconds, used = time.perf_counter() - start, office.processor() - used
        filtered = office.filtered()
        office.check()
    if tightest().calls and bool(filtered) != (program != UNHELD):
        raise RuntimeError(f"{program}: {filtered} processes have a filter of system calls; limits were not as said")
    return Round(len(letters) / seconds * 60, used / len(letters))


def table(held: Sequence[Round], unheld: Sequence[Round], ratio: float, work: float) -> str:
    """Return the results as a table in Markdown."""

    def row(name: str, rounds: Sequence[Round]) -> str:
        minute, seconds = (
            statistics.median(values) for values in zip(*((r.per_minute, r.seconds) for r in rounds), strict=True)
        )
        return f"| {name} | {minute:.0f} | {seconds:.2f} s |"

    return "\n".join(
        [
            "| Median of rounds | Letters a minute | Processor a letter |",
            "|---|---|---|",
            row("With limits and confinement", held),
            row("Without", unheld),
            f"| Share of throughput kept (promised ≥ {_LEAST:.2f}) | {ratio:.2f} | {work:.2f} |",
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
