"""Measures where the memory of the running program is: ``python bench/memory.py [--letters 40] [--rounds 3]``.

Letters, each fourth of five pages, are dropped at once into a fresh office's inbox. Until the last is finished every
process is weighed twice a second, as the kernel counts it (PSS: what several have in common is divided among them),
memory of its own and files of programs apart. What is told is the moment when all together had most, which is what
``throughput.py`` tells too, and what they have at the end. Offices one after the other; the median of each line.
"""

from __future__ import annotations

import argparse
import re
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from letters import make
from office import Office, descendants

OUT = Path(__file__).resolve().parent / "out"
_PAUSE, _SETTLED = 0.5, 2.0  # seconds between two looks; after the last letter
_EACH, _PAGES = 4, 5  # each fourth letter has five pages
#: What a command line holds, and what the process is called in the table; the first that fits.
_NAMES = (
    ("bwrap", "bubblewrap"),
    ("soffice.bin", "LibreOffice"),
    ("oosplash", "LibreOffice's starter"),
    ("uno", "script that holds LibreOffice"),
    ("--no-web", "intake"),
    ("--web-only", "desk"),
    ("nursery_program", "process that forks children"),
    ("child_program", "child"),
)
#: The first process of a namespace within another's.
_FIRST = re.compile(r"^NSpid:(?:\t\d+){2,}\t1$", re.MULTILINE)
#: Of each name the processes, largest first: megabytes of its own and of files.
Weights = dict[str, list[tuple[float, float]]]


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--letters", type=int, default=40, help="letters dropped at once (40)")
    parser.add_argument("--rounds", type=int, default=3, help="offices one after the other (3)")
    options = parser.parse_args()
    OUT.mkdir(exist_ok=True)
    most, ends = [], []
    with tempfile.TemporaryDirectory(dir=OUT) as name:
        letters = [
            letter
            for number in range(options.letters)
            for letter in make(Path(name) / "letters", [number], pages=1 if number % _EACH else _PAGES)
        ]
        for number in range(options.rounds):
            weights = weighed(Path(name) / f"office-{number}", letters)
            most.append(max(weights, key=together))
            ends.append(weights[-1])
            print(f"{together(most[-1]):.0f} MB at most, {together(ends[-1]):.0f} at the end", file=sys.stderr)
    print(table(most), table(ends), sep="\n\n")
    return 0


def weighed(folder: Path, letters: list[Path]) -> list[Weights]:
    """Return what each process had, again and again until the letters were finished."""
    found = []
    with Office(folder) as office:
        office.drop_all(letters)
        end = None
        while end is None or time.monotonic() < end:
            time.sleep(_PAUSE)
            found.append(_weights(office.pid))
            if end is None and not office.unfinished():
                end = time.monotonic() + _SETTLED
        office.check()
    return found


def _weights(main: int) -> Weights:
    found: Weights = defaultdict(list)
    for pid in descendants(main):
        try:
            command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
            status = Path(f"/proc/{pid}/status").read_text()
        except OSError:
            continue
        told = {line.split(":")[0]: int(line.split()[1]) * 1024 / 1e6 for line in lines[1:]}
        name = next((name for part, name in _NAMES if part in command), "supervisor")
        if "nursery_program" in command and _FIRST.search(status):
            name = "child, forked"
        found[name].append((told["Pss_Anon"], told["Pss"] - told["Pss_Anon"]))
    for weights in found.values():
        weights.sort(reverse=True)
    return found


def together(weights: Weights) -> float:
    """Return the megabytes of all processes."""
    return sum(own + files for several in weights.values() for own, files in several)


def table(rounds: list[Weights]) -> str:
    """Return a line for each process, largest first, and their sums (each round's too), in Markdown."""
    lines = []
    for name in {name for one in rounds for name in one}:
        for index in range(max(len(one.get(name, ())) for one in rounds)):
            had = [one[name][index] if index < len(one.get(name, ())) else (0.0, 0.0) for one in rounds]
            lines.append((name, statistics.median(h[0] for h in had), statistics.median(h[1] for h in had)))
    lines.sort(key=lambda line: -line[1])
    rows = [f"| {name} | {own:.1f} | {files:.1f} |" for name, own, files in lines if own + files >= 1]
    sums = f"{sum(line[1] for line in lines):.0f} | {sum(line[2] for line in lines):.0f}"
    rows.append(f"| **all**; each round {', '.join(f'{together(one):.0f}' for one in rounds)} | {sums} |")
    return "\n".join(["| process | its own, MB | files of programs, MB |", "|---|---|---|", *rows])


if __name__ == "__main__":
    sys.exit(main())
