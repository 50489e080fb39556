"""Measures what a large archive costs: ``python bench/growth.py --cases 100000`` (default 10,000), over ten years.

The archive is made by ``filled_archive`` in a folder of its own and removed afterwards (``--folder`` keeps one, and
takes one up again). Letters are taken in by the product itself with engines that answer at once, turn about in the
large office and in an empty one, so that nothing but the house's own work is compared. Processor time is measured,
since other people's work on the machine does not change it; commands are started as a clerk starts them.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from filled_archive import fill  # noqa: E402
from office import YANKOMAS  # noqa: E402
from offices import FakeOffice  # noqa: E402

from pipeline.intake.receive import Accepted, receive  # noqa: E402
from pipeline.wiring import Root  # noqa: E402
from pipeline.work.tend import tend  # noqa: E402

OUT = ROOT / "bench" / "out"
YEARS, LAST = 10, 2026
_LOOKS = 20
#: Compiled modules are kept, as for whoever installed the program, whatever this shell is set to.
INSTALLED = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
Results = dict[str, float]
#: What is promised: key of the results, words, and whether a value keeps it.
PROMISES: Sequence[tuple[str, str, Callable[[float], bool]]] = (
    ("letter_ratio", "a letter costs at most 1.3 times what it costs in an empty archive", lambda v: v <= 1.3),
    ("start_s", "start-up under 3 s", lambda v: v < 3.0),
    ("case_ratio", "`case` costs no more than in an empty archive (1.2)", lambda v: v <= 1.2),
    ("case_s", "`case` under 50 ms beyond the interpreter's start", lambda v: v < 0.05),
)


def main() -> int:
    """Measure, print, write; return 1 if ``--check`` finds a promise broken."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=10_000, help="cases in the large archive (10000)")
    parser.add_argument("--letters", type=int, default=40, help="letters taken in by each office (40)")
    parser.add_argument("--folder", type=Path, help="make the large office here and keep it; used again if it is there")
    parser.add_argument("--without-verify", action="store_true", help="leave verify out, which reads everything")
    parser.add_argument("--check", action="store_true", help="fail if a promise is not kept")
    options = parser.parse_args()
    OUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=OUT) as name:
        large = options.folder or Path(name) / "large"
        if not large.exists():
            make(large, options.cases)
        results = measure(Path(name) / "empty", large, options)
    (OUT / "growth.json").write_text(json.dumps(results, indent=2) + "\n")
    for key, value in results.items():
        print(f"{key:<24} {value:,.3f}")
    broken = [words for key, words, kept in PROMISES if not kept(results[key])]
    for words in broken if options.check else ():
        print(f"Not kept: {words}", file=sys.stderr)
    return 1 if options.check and broken else 0


def make(folder: Path, cases: int) -> None:
    """Make the large office with its views."""
    office = FakeOffice(folder)
    written = 0

    def say(count: int) -> None:
        nonlocal written
        written += count
        if written % 5000 == 0:
            print(f"{written} cases made", file=sys.stderr)

    fill(office.root.layout, cases, YEARS, last=LAST, say=say)
    office.root.rebuild()
    office.root.book.rebuild()


def measure(empty: Path, large: Path, options: argparse.Namespace) -> Results:
    """Measure everything. The first letter of a process is apart: it looks through what is known."""
    offices = {"empty": FakeOffice(empty), "large": FakeOffice(large)}
    results: Results = {"cases": float(_count(large))}
    spent: dict[str, list[float]] = {"empty": [], "large": []}
    for office in offices.values():
        office.root.seals.seal_if_due(office.clock.now())
        office.root.book.refresh()
    firsts = {name: letter(office, f"{name} first {time.time_ns()}") for name, office in offices.items()}
    for n in range(options.letters):
        for name, office in offices.items():
            spent[name].append(letter(office, f"{name} {n} {time.time_ns()}"))
    medians = {name: statistics.median(values) for name, values in spent.items()}
    results |= {f"letter_{name}_cpu_s": value for name, value in medians.items()}
    results["letter_ratio"] = medians["large"] / medians["empty"]
    results |= {f"first_letter_{name}_cpu_s": value for name, value in firsts.items()}
    results |= _commands(empty, large)
    if not options.without_verify:
        results |= _verify(empty, large)
    return results


def _count(folder: Path) -> int:
    layout = Root(folder).layout
    return sum(1 for year in layout.years() for _ in layout.numbers(year))


def letter(office: FakeOffice, content: str) -> float:
    """Take a letter in, tend it and bring the book up to date; return the seconds of processor."""
    path = office.drop("surat.pdf", content.encode())
    begun = time.process_time()
    claim = office.claim(path)
    assert claim is not None
    outcome = receive(claim, office.receive_parts)
    assert isinstance(outcome, Accepted)
    office.inbox.done(claim)
    tend(outcome.number, office.tend_parts)
    office.root.book.refresh()
    return time.process_time() - begun


def _commands(empty: Path, large: Path) -> Results:
    """Time starting up and looking at one case, in processor seconds of the whole command."""
    number = f"{LAST}/1"
    folders = {"empty": empty, "large": large}
    starts = {name: command(folder, "run", "--once", "--no-web")[0] for name, folder in folders.items()}
    bare = statistics.median(python() for _ in range(_LOOKS))
    cases = {
        name: statistics.median(command(folder, "case", number, "--alasan", "uji")[0] for _ in range(_LOOKS))
        for name, folder in folders.items()
    }
    return {
        "start_empty_s": starts["empty"],
        "start_s": starts["large"],
        "python_s": bare,
        "case_empty_s": cases["empty"] - bare,
        "case_s": cases["large"] - bare,
        "case_ratio": cases["large"] / cases["empty"],
    }


def _verify(empty: Path, large: Path) -> Results:
    """Time verify, and weigh it at its heaviest."""
    _, least = command(empty, "verify")
    seconds, most = command(large, "verify")
    return {"verify_cpu_s": seconds, "verify_empty_mb": least / 1e6, "verify_mb": most / 1e6}


def command(folder: Path, *arguments: str) -> tuple[float, float]:
    """Run a command; return its processor seconds and the most memory it had, in bytes."""
    process = subprocess.Popen([YANKOMAS, "--root", str(folder), *arguments], stdout=subprocess.DEVNULL, env=INSTALLED)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 6):
        raise RuntimeError(f"{arguments} ended with {process.returncode}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss * 1024


def python() -> float:
    """Return the processor seconds that the interpreter takes to start."""
    process = subprocess.Popen([sys.executable, "-c", "pass"], env=INSTALLED)
    _, _, used = os.wait4(process.pid, 0)
    process.returncode = 0
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    sys.exit(main())
