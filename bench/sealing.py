"""Measures what sealing costs: the same letters with a seal at every look and without any, in turn, in one run.

The office seals at most once in two minutes; here it does at every look, several times a letter, so that there is
something to measure. Processor seconds are user and system time of all processes, medians over rounds; beside the ratio
of both stands what the sealing thread itself took, which no noise of the machine touches. What is promised is held for
one seal a letter, which is some hundred times what an office at full speed makes. Prints a table and writes
``bench/out/sealing.json``; with ``--check`` it fails when that takes more than 2 %.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from letters import make
from office import Office

OUT = Path(__file__).resolve().parent / "out"
_PROGRAM = str(Path(__file__).with_name("sealing_set.py"))
_WARM_UP = 2
#: What is promised: the share of a letter's processor time that a seal takes, at most.
_MOST = 0.02


@dataclass(frozen=True)
class Round:
    """Processor seconds of all letters of a round, of those what sealing took, and how many seals it made."""

    seconds: float
    sealing: float = 0.0
    seals: int = 0


def main() -> int:
    """Measure, print, write; return 1 if ``--check`` finds the promise broken."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--letters", type=int, default=10, help="letters dropped at once (10)")
    parser.add_argument("--rounds", type=int, default=5, help="rounds with and without seals in turn (5)")
    parser.add_argument("--check", action="store_true", help="fail if the promise is not kept")
    options = parser.parse_args()
    OUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=OUT) as name:
        often, off = measure(Path(name), options.letters, options.rounds)
    ratio = statistics.median(a.seconds / b.seconds for a, b in zip(often, off, strict=True))
    each = sum(r.sealing for r in often) / max(1, sum(r.seals for r in often))
    share = each * options.letters / statistics.median(r.seconds for r in off)
    found = {"letters": options.letters, "often": [asdict(r) for r in often], "off": [asdict(r) for r in off]}
    found |= {"share": share, "ratio": ratio, "seconds_a_seal": each}
    (OUT / "sealing.json").write_text(json.dumps(found, indent=2) + "\n")
    print("| Median of rounds | Processor a letter | Seals | Sealing's own share |\n|---|---|---|---|")
    for words, rounds in (("A seal at every look", often), ("None", off)):
        letter = statistics.median(r.seconds for r in rounds) / options.letters
        own = statistics.median(r.sealing / r.seconds for r in rounds)
        print(f"| {words} | {letter:.3f} s | {statistics.median(r.seals for r in rounds):.0f} | {own:.2%} |")
    print(f"With / without: {ratio:.3f}. A seal: {each * 1000:.1f} ms, {share:.2%} of a letter (promised {_MOST:.0%}).")
    return 1 if options.check and share > _MOST else 0


def measure(folder: Path, letters: int, rounds: int) -> tuple[list[Round], list[Round]]:
    """Return the rounds with seals and those without; which goes first changes from round to round."""
    papers = make(folder / "letters", range(letters))
    warm_up = make(folder / "letters", range(9000, 9000 + _WARM_UP))
    often: list[Round] = []
    off: list[Round] = []
    for number in range(rounds):
        turns = [("often", often), ("off", off)]
        for how, results in turns if number % 2 == 0 else reversed(turns):
            results.append(_round(folder / f"{how}-{number}", how, papers, warm_up))
        print(f"[{time.strftime('%X')}] round {number + 1}: {often[-1]} {off[-1]}", file=sys.stderr, flush=True)
    return often, off


def _round(root: Path, how: str, letters: Sequence[Path], warm_up: Sequence[Path]) -> Round:
    """Have all letters read and filed by a process that is warm."""
    spent = root.with_suffix(".spent")
    with Office(root, (sys.executable, _PROGRAM, how, str(spent))) as office:
        office.drop_all(warm_up)
        office.wait()
        used, (sealing, seals) = office.processor(), _spent(spent)
        office.drop_all(letters)
        office.wait()
        used, (sealed, made) = office.processor() - used, _spent(spent)
        office.check()
    return Round(used, sealed - sealing, made - seals)


def _spent(path: Path) -> tuple[float, int]:
    if not path.exists():
        return 0.0, 0
    seconds, made = path.read_text().split()
    return float(seconds), int(made)


if __name__ == "__main__":
    sys.exit(main())
