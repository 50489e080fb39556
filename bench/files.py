"""Measures hard files and long ones: ``python bench/files.py [--corpus FOLDER] [--write docs/reading.md]``.

A folder of foreign files has a ``manifest.json``: which are to be accepted, with the words that must be read in them,
and which are to be refused. Long letters are made here; each is read in a process of its own, whose memory and whose
children's is weighed. Prints tables in Markdown, or puts them into a document between its two marks.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from letters import make
from marked_tables import put, table

from pipeline.errors import Refused, YankomasError
from pipeline.reading.engines.scan_reader import ScanReader
from pipeline.reading.find_complaints import find_complaints
from pipeline.reading.vocabulary import distance
from pipeline.scans.refusals import Limits
from pipeline.storage.blobs import stored_file

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"
LONG = (10, 60)
LIMITS = Limits()
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


def corpus_table(folder: Path) -> str:
    """Take in, read or refuse every foreign file; return counts, the slowest and the memory of the children."""
    entries = [
        entry
        for entry in json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["entries"]
        if entry["role"] == "input" and entry["expect"] in ("accept", "reject")
    ]
    with ScanReader(find_complaints, workers=1) as reader:
        done = [(entry, *_tried(reader, folder, entry)) for entry in entries]
        peak = largest_child()
    rows = [_row(words, [d for d in done if d[0]["expect"] == kind]) for kind, words in _KINDS.items()]
    head = ["must be", "files", "are", "words that must be read", "median", "longest"]
    strange = [f"{entry['path']} ({said})" for entry, said, _, _ in done if said not in _AS_EXPECTED[entry["expect"]]]
    closing = f"Largest memory of one child: {peak:.0f} MB. Not as they must be: {', '.join(strange) or 'none'}."
    return f"{table(head, rows)}\n\n{closing}"


_KINDS = {"accept": "accepted and read", "reject": "refused with the reason"}
_AS_EXPECTED = {"accept": ("diterima",), "reject": ("ditolak", "diterima dengan peringatan")}


def _tried(reader: ScanReader, folder: Path, entry: Mapping[str, Any]) -> tuple[str, tuple[int, int], float]:
    """Return what became of a file, how many of the words it must hold were read, and the seconds it took."""
    blob = stored_file(folder / entry["path"], LIMITS.check_size)
    started = time.perf_counter()
    words = entry.get("words", [])
    try:
        inspection = reader.inspect(blob)
        text = ""
        if entry["expect"] == "accept":
            text = _folded(" ".join(page.text for page in reader.read(blob, NOON).pages))
        said = "diterima dengan peringatan" if inspection.warnings and entry["expect"] == "reject" else "diterima"
    except Refused:
        said, text = "ditolak", ""
    except YankomasError as fault:
        said, text = f"kesalahan: {type(fault).__name__}", ""
    found = sum(_nearly_in(_folded(phrase), text) for phrase in words)
    return said, (found, len(words)), time.perf_counter() - started


def _nearly_in(phrase: str, text: str) -> bool:
    """Say whether all words of the phrase stand in the text, one wrong letter in each allowed (foreign languages)."""
    read = set(text.split())
    return all(word in read or any(distance(word, other, 1) <= 1 for other in read) for word in phrase.split())


def _folded(text: str) -> str:
    return " ".join(re.sub(r"[^\w ]", " ", text.lower()).split())


def _row(words: str, done: Sequence[tuple[Mapping[str, Any], str, tuple[int, int], float]]) -> list[str]:
    right = sum(said in _AS_EXPECTED[entry["expect"]] for entry, said, _, _ in done)
    read, wanted = (sum(count[n] for _, _, count, _ in done) for n in (0, 1))
    seconds = [spent for *_, spent in done]
    of = f"{read} of {wanted} phrases" if wanted else "–"
    return [words, str(len(done)), str(right), of, f"{statistics.median(seconds):.2f} s", f"{max(seconds):.2f} s"]


def long_table() -> str:
    """Read letters of few and of many pages, each in a process of its own; return seconds a page and peak memory."""
    rows = []
    with tempfile.TemporaryDirectory() as name:
        for pages in LONG:
            (letter,) = make(Path(name), range(1), pages=pages)
            command = [sys.executable, __file__, "--weigh", str(letter)]
            answer = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            seconds, own, child, size = json.loads(answer)
            ratio = f"{size / letter.stat().st_size:.2f}"
            rows.append([str(pages), f"{seconds / pages:.2f} s", f"{own:.0f} MB", f"{child:.0f} MB", ratio])
    head = ["pages", "seconds a page", "peak memory of the program", "peak memory of a child", "copy : scan"]
    return table(head, rows)


def _weigh(letter: Path) -> tuple[float, float, float, int]:
    """Read one letter; return seconds, peak memory of this process and of its largest child (MB), bytes of the copy."""
    with ScanReader(find_complaints, workers=2) as reader:
        reader.warm()
        started = time.perf_counter()
        reading = reader.read(stored_file(letter, LIMITS.check_size), NOON)
        seconds = time.perf_counter() - started
        child = largest_child()
    return seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, child, len(reading.searchable)


def largest_child() -> float:
    """Return the peak memory (MB) of the largest process that descends from this one and still lives."""
    parents, peaks = {}, {}
    for status in Path("/proc").glob("[0-9]*/status"):
        with suppress(OSError):
            said = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
            parents[int(status.parent.name)] = int(said["PPid"])
            peaks[int(status.parent.name)] = int(said.get("VmHWM", "0 kB").split()[0]) / 1024
    ours = {os.getpid()}
    while more := {pid for pid, parent in parents.items() if parent in ours} - ours:
        ours |= more
    return max(peaks[pid] for pid in ours - {os.getpid()})


def main() -> None:
    """Print the tables, or put them into a document between its two marks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="folder of foreign files with manifest.json")
    parser.add_argument("--write", type=Path, help="document whose tables are to be replaced")
    parser.add_argument("--weigh", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.weigh:
        print(json.dumps(_weigh(options.weigh)))
        return
    tables = f"{corpus_table(options.corpus)}\n\n{long_table()}\n"
    put(tables, options.write, "<!-- files -->", "<!-- /files -->")


if __name__ == "__main__":
    main()
