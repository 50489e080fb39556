"""Measures the documents of a full case, all in one run on this machine: ``python bench/documents.py``.

All sheets of a case as .docx, in seconds of processor; their PDFs with one warm LibreOffice, against one cold
``soffice --convert-to pdf`` for each document, warm and cold turn about. The cold calls have a profile that is already
made, as on a desk where LibreOffice was used before; the warm one makes PDF/A with page codes, as the office needs it.
Prints a Markdown table and writes ``bench/out/documents.json``. With ``--check`` it fails when a promise is not kept.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from pipeline.letters.engines.libreoffice import LibreOfficePress
from pipeline.letters.engines.word_templates import WordTypist
from pipeline.letters.ports import PageCode
from pipeline.letters.sheets import TEMPLATES, specimen_values
from pipeline.letters.sheets.receipt import RECEIPT
from pipeline.letters.sheets.register_book import BOOK

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "bench" / "out"
KEY = b"kunci kantor untuk mengukur saja"
CODE = PageCode("K7QM2XPA94TD")
#: The sheets that nobody signs, and which therefore have no page code.
UNSIGNED = (RECEIPT, BOOK)

#: What is promised: key of the results, words, and whether a value keeps it.
PROMISES: Sequence[tuple[str, str, Callable[[float], bool]]] = (
    ("drafts_first_cpu_s", "all documents of a case in less than 1 s of processor", lambda v: v < 1.0),
    ("slowest_draft_cpu_s", "each document in less than 0.06 s of processor", lambda v: v < 0.06),
    ("times_faster", "PDFs faster with a warm LibreOffice than with a cold one", lambda v: v > 1.0),
)


def main() -> int:
    """Measure, print, write; return 1 if ``--check`` finds a promise broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="how often each is done; medians are shown")
    parser.add_argument("--check", action="store_true", help="fail when a promise is not kept")
    options = parser.parse_args()
    OUT.mkdir(exist_ok=True)
    results = measure(options.rounds)
    (OUT / "documents.json").write_text(json.dumps(results, indent=2) + "\n")
    print(table(results))
    broken = [words for key, words, kept in PROMISES if not kept(results[key])]
    for words in broken if options.check else ():
        print(f"Not kept: {words}", file=sys.stderr)
    return 1 if options.check and broken else 0


def measure(rounds: int) -> dict[str, float]:
    """Return everything measured, in seconds."""
    cases = {template: specimen_values(template)["lazim"] for template in TEMPLATES}
    firsts, furthers, slowest = [], [], []
    for _ in range(rounds):
        typist = WordTypist(ROOT / "letter_templates")
        firsts.append(sum(drafted(typist, cases).values()))
        further = drafted(typist, cases)
        furthers.append(sum(further.values()))
        slowest.append(max(further.values()))
    typist = WordTypist(ROOT / "letter_templates")
    return {
        "documents": len(cases),
        "rounds": rounds,
        "drafts_first_cpu_s": statistics.median(firsts),
        "drafts_further_cpu_s": statistics.median(furthers),
        "slowest_draft_cpu_s": statistics.median(slowest),
        **printed({template: typist.draft(template, values).docx for template, values in cases.items()}, rounds),
    }


def drafted(typist: WordTypist, cases: Mapping[str, Mapping[str, object]]) -> dict[str, float]:
    """Draft every sheet once and return the seconds of processor for each."""
    spent = {}
    for template, values in cases.items():
        begun = time.process_time()
        typist.draft(template, values)
        spent[template] = time.process_time() - begun
    return spent


def printed(documents: Mapping[str, bytes], rounds: int) -> dict[str, float]:
    """Make the PDFs warm and cold, turn about, and return how long each took."""
    press = LibreOfficePress(KEY)
    try:
        start = timed(lambda: press.print(documents[TEMPLATES[0]], None))
        with tempfile.TemporaryDirectory() as name:
            cold = Cold(Path(name), documents)
            warm_times, cold_times = [], []
            for _ in range(rounds):
                warm_times.append(timed(lambda: print_all(press, documents)))
                cold_times.append(timed(cold.print_all))
    finally:
        press.close()
    warm, each_cold = statistics.median(warm_times), statistics.median(cold_times)
    return {
        "warm_start_s": start,
        "warm_pdfs_s": warm,
        "cold_pdfs_s": each_cold,
        "times_faster": each_cold / warm,
        "times_faster_with_start": each_cold / (warm + start),
    }


def print_all(press: LibreOfficePress, documents: Mapping[str, bytes]) -> None:
    """Print every document as the office does: with its page code where it waits for a signature."""
    for template, docx in documents.items():
        press.print(docx, None if template in UNSIGNED else CODE)


class Cold:
    """A new LibreOffice for each document, with a profile that has been used before."""

    def __init__(self, folder: Path, documents: Mapping[str, bytes]) -> None:
        self._program = shutil.which("soffice") or "soffice"
        self._profile, self._out = folder / "profil", folder / "pdf"
        self._files = [folder / f"{template}.docx" for template in documents]
        for file, docx in zip(self._files, documents.values(), strict=True):
            file.write_bytes(docx)
        self._print(self._files[0])

    def print_all(self) -> None:
        """Print every document."""
        for file in self._files:
            self._print(file)

    def _print(self, file: Path) -> None:
        target = self._out / file.with_suffix(".pdf").name
        target.unlink(missing_ok=True)
        profile = f"-env:UserInstallation={self._profile.as_uri()}"
        command = [self._program, profile, "--headless", "--convert-to", "pdf", "--outdir", str(self._out), str(file)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        if not target.exists():
            raise RuntimeError(f"soffice made no {target.name}")


def timed(work: Callable[[], object]) -> float:
    """Return how many seconds the work took."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def table(results: Mapping[str, float]) -> str:
    """Return the results as a Markdown table."""
    count = int(results["documents"])
    each = {key: results[key] / count for key in ("drafts_further_cpu_s", "warm_pdfs_s", "cold_pdfs_s")}
    rows = (
        ("the first case after a start, .docx, processor", f"{results['drafts_first_cpu_s']:.2f} s", ""),
        (
            "each further case, .docx, processor",
            f"{results['drafts_further_cpu_s']:.2f} s",
            f"{each['drafts_further_cpu_s'] * 1000:.0f} ms",
        ),
        ("its PDF/A, one warm LibreOffice", f"{results['warm_pdfs_s']:.2f} s", f"{each['warm_pdfs_s'] * 1000:.0f} ms"),
        ("(starting that LibreOffice, once)", f"{results['warm_start_s']:.2f} s", ""),
        (
            "its PDF, one cold `soffice` a document",
            f"{results['cold_pdfs_s']:.2f} s",
            f"{each['cold_pdfs_s'] * 1000:.0f} ms",
        ),
        ("cold over warm", f"{results['times_faster']:.1f} times", ""),
    )
    lines = [f"| {count} documents of a full case | all | each |", "|---|---:|---:|"]
    return "\n".join(lines + [f"| {what} | {whole} | {single} |" for what, whole, single in rows])


if __name__ == "__main__":
    sys.exit(main())
