"""Measures what the README claims, all in one run on this machine: ``make bench``.

Letters a minute against bare Tesseract, seconds to a number while the workers are busy, memory, and how long a command
takes to start. Prints a table and writes ``bench/out/throughput.json``. With ``--check`` it fails when a promise is not
kept. Nothing is cached: every letter is made, dropped, read and filed anew.

Both sides read the same letters, as many at once as there are cores. What the last letter needs after it was read has
a processor for itself while another stands idle, and bare Tesseract has no such end: of few letters that is much.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from letters import make
from office import YANKOMAS, Office, until

from pipeline.scans.formats.kinds import PDF
from pipeline.scans.imaging.raster import WORKING_DPI
from pipeline.scans.ocr.tesseract import LANGUAGE
from pipeline.scans.operations.inspection import open_scan

OUT = Path(__file__).resolve().parent / "out"
MANY_PAGES = 5
_BACKLOG = 8  # letters that lie before the workers whenever a further one is dropped
_WARM_UP = 2
Results = dict[str, Any]

#: What is promised: key of the results, words, and whether a value keeps it.
PROMISES: Sequence[tuple[str, str, Callable[[float], bool]]] = (
    ("ratio", "at least 0.85 of bare Tesseract's pages a minute", lambda v: v >= 0.85),
    ("number_median_s", "a number in less than 1 s (median)", lambda v: v < 1.0),
    ("further_page_s", "at most 0.15 s for each further page", lambda v: v <= 0.15),
    ("memory_bytes", "less than 1 GB with all workers busy", lambda v: v < 1e9),
)


def main() -> int:
    """Measure, print, write; return 1 if ``--check`` finds a promise broken."""
    options = _options()
    OUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=OUT) as name:
        results = measure(Path(name), options)
    (OUT / "throughput.json").write_text(json.dumps(results, indent=2) + "\n")
    print(table(results))
    broken = [words for key, words, kept in PROMISES if not kept(results[key])]
    for words in broken if options.check else ():
        print(f"Not kept: {words}", file=sys.stderr)
    return 1 if options.check and broken else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--letters", type=int, default=48, help="letters dropped at once (48)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of product and bare Tesseract in turn (3)")
    parser.add_argument("--probes", type=int, default=20, help="letters whose way to a number is timed (20)")
    parser.add_argument("--pause", type=float, default=1.5, help="seconds between two of them (1.5)")
    parser.add_argument("--check", action="store_true", help="fail if a promise is not kept")
    return parser.parse_args()


def measure(folder: Path, options: argparse.Namespace) -> Results:
    """Measure everything, in a folder that may be filled."""
    say(f"makes {options.letters} letters")
    letters = make(folder / "letters", range(options.letters))
    warm_up = make(folder / "letters", range(9000, 9000 + _WARM_UP))
    pictures = _pictures(letters, folder / "pictures")
    product, bare = [], []
    for number in range(options.rounds):
        product.append(_product(folder / f"office-{number}", letters, warm_up))
        bare.append(_bare(pictures))
        say(f"round {number + 1}: {product[-1]:.1f} letters a minute, bare {bare[-1]:.1f} pages a minute")
    return {
        "cores": len(os.sched_getaffinity(0)),
        "letters": options.letters,
        "dpi": WORKING_DPI,
        "product_rounds": product,
        "bare_rounds": bare,
        "product_per_minute": statistics.median(product),
        "bare_per_minute": statistics.median(bare),
        "ratio": statistics.median(p / b for p, b in zip(product, bare, strict=True)),
        **_to_a_number(folder, warm_up, options, per_second=max(product) / 60),
        **_starting(folder / "office-0"),
    }


def _product(root: Path, letters: Sequence[Path], warm_up: Sequence[Path]) -> float:
    """Return letters a minute from the first drop to the last one finished, in a process that is warm."""
    with Office(root) as office:
        office.drop_all(warm_up)
        office.wait()
        start = time.perf_counter()
        office.drop_all(letters)
        office.wait()
        seconds = time.perf_counter() - start
        office.check()
    return len(letters) / seconds * 60


def _pictures(letters: Sequence[Path], folder: Path) -> list[Path]:
    """Write the letters' pages as the product draws them, from which it makes what its engine reads."""
    folder.mkdir()
    pictures = []
    for letter in letters:
        scan = open_scan(letter, PDF)
        raster = scan.raster(0)
        pictures.append(folder / f"{letter.stem}.png")
        raster.image.save(pictures[-1], dpi=(raster.dpi, raster.dpi))
        scan.close()
    return pictures


def _bare(pictures: Sequence[Path]) -> float:
    """Return pages a minute of bare Tesseract: one process a page, as many at once as there are cores."""

    def read(picture: Path) -> None:
        command = ["tesseract", str(picture), "stdout", "-l", LANGUAGE, "--psm", "3"]
        subprocess.run(command, check=True, capture_output=True, env={**os.environ, "OMP_THREAD_LIMIT": "1"})

    start = time.perf_counter()
    with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as processes:
        list(processes.map(read, pictures))
    return len(pictures) / (time.perf_counter() - start) * 60


def _to_a_number(folder: Path, warm_up: Sequence[Path], options: argparse.Namespace, *, per_second: float) -> Results:
    """Time letters on their way to a number while the workers are busy with others, and weigh the processes.

    ``per_second`` letters keep the workers busy.
    """
    say("times the way to a number, workers busy")
    single = make(folder / "single", range(20_000, 20_000 + options.probes))
    many = make(folder / "many", range(30_000, 30_000 + max(3, options.probes // 2)), pages=MANY_PAGES)
    need = round((len(single) + len(many)) * (options.pause + 1) * per_second * 1.5) + 2 * _BACKLOG
    others = iter(make(folder / "others", range(10_000, 10_000 + need)))
    with Office(folder / "office-busy") as office:
        office.drop_all(warm_up)
        office.wait()
        with weighed(office) as weights:
            one_page = [_probe(office, letter, others, options.pause) for letter in single]
            many_pages = [_probe(office, letter, others, options.pause) for letter in many]
        office.wait()
        office.check()
    return {
        "number_s": one_page,
        "number_median_s": statistics.median(one_page),
        "number_p95_s": statistics.quantiles(one_page, n=20, method="inclusive")[-1],
        "number_max_s": max(one_page),
        "number_many_pages_s": many_pages,
        "further_page_s": (statistics.median(many_pages) - statistics.median(one_page)) / (MANY_PAGES - 1),
        "memory_bytes": max(weights),
    }


def _probe(office: Office, letter: Path, others: Iterator[Path], pause: float) -> float:
    """Return the seconds from the letter's closing to its number, with a backlog before the workers."""
    while office.unfinished() < _BACKLOG:
        office.drop(next(others))
    until(lambda: office.numbered() == office.dropped, "penomoran tertinggal")
    time.sleep(pause)
    closed = office.drop(letter)
    return until(lambda: office.numbered() == office.dropped, "tidak bernomor") - closed


@contextmanager
def weighed(office: Office) -> Iterator[list[int]]:
    """Collect the memory of the office's processes, twice a second."""
    weights: list[int] = []
    over = threading.Event()

    def weigh() -> None:
        while not over.wait(0.5):
            weights.append(office.memory())

    scales = threading.Thread(target=weigh)
    scales.start()
    try:
        yield weights
    finally:
        over.set()
        scales.join()


def _starting(root: Path) -> Results:
    """Time commands that do little, and Python that does nothing."""
    number = f"{next(root.glob('archive/[0-9]*/0001')).parent.name}/0001"
    commands = {
        "start_python_s": [sys.executable, "-c", "pass"],
        "start_register_s": [YANKOMAS, "--root", str(root), "register"],
        "start_case_s": [YANKOMAS, "--root", str(root), "case", number, "--alasan", "uji"],
    }
    return {name: statistics.median(_seconds(command) for _ in range(9)) for name, command in commands.items()}


def _seconds(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def table(results: Results) -> str:
    """Return the results as a table in Markdown."""
    r = results
    rows = [
        (f"Letters a minute, drop to finished ({r['letters']} at once)", f"{r['product_per_minute']:.0f}", ""),
        ("Bare `tesseract`, pages a minute", f"{r['bare_per_minute']:.0f}", f"{r['dpi']:.0f} dpi, {r['cores']} cores"),
        ("Ratio (median of rounds)", f"{r['ratio']:.2f}", "≥ 0.85"),
        ("Closed to numbered, workers busy: median", f"{r['number_median_s']:.2f} s", "< 1 s"),
        ("… 95 of 100", f"{r['number_p95_s']:.2f} s", ""),
        ("… slowest", f"{r['number_max_s']:.2f} s", ""),
        ("… each further page", f"{r['further_page_s']:.3f} s", "≤ 0.15 s"),
        ("Memory, all processes, workers busy (PSS)", f"{r['memory_bytes'] / 1e6:.0f} MB", "< 1 GB"),
        ("`yankomas register`", f"{r['start_register_s'] * 1000:.0f} ms", ""),
        ("`yankomas case`", f"{r['start_case_s'] * 1000:.0f} ms", ""),
        ("`python -c pass`", f"{r['start_python_s'] * 1000:.0f} ms", ""),
    ]
    return "\n".join(["| Measured | Value | Promised |", "|---|---|---|", *(f"| {' | '.join(row)} |" for row in rows)])


def say(words: str) -> None:
    """Show how far it is."""
    print(f"[{time.strftime('%X')}] {words}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    if shutil.which("tesseract") is None:
        sys.exit("`tesseract` is missing: apt-get install tesseract-ocr tesseract-ocr-ind")
    sys.exit(main())
