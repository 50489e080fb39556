"""Measures where the processor's time of reading a page goes: ``python bench/stages.py [--letters 24] [--folder F]``.

Every stage in one process, as the children and their parent do it between them, without what starting and talking to
children costs (``throughput.py`` and ``limits.py`` have that). A stage's own time only: what it asks another stage for
is counted there. Each stage beside recognition's first look, which bare Tesseract does too, of the page as it is.
Letters are made as for ``throughput.py``, or those of a folder.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import partial, wraps
from pathlib import Path
from typing import Any
from unittest.mock import patch

from letters import make
from marked_tables import table

from pipeline.drawing.engines.pdfa_check import verdict
from pipeline.reading.beginnings import beginnings
from pipeline.reading.engines.crf_tagger import CrfTagger
from pipeline.reading.engines.section_tagger import SectionTagger
from pipeline.reading.find_complaints import find_complaints
from pipeline.reading.near_duplicates import signature
from pipeline.scans.confinement.held_process import MEMORY
from pipeline.scans.formats.kinds import sniff
from pipeline.scans.imaging.raster import ImageScan
from pipeline.scans.ocr.page_reading import read_page
from pipeline.scans.operations.inspection import inspect_file, look_at_pages, open_scan
from pipeline.scans.pdf.pdf_pages import PdfScan
from pipeline.scans.pdf.searchable_pdf import build_searchable
from pipeline.scans.refusals import Limits
from pipeline.scans.words import Page, page_from_json, page_to_json

_READING = "pipeline.scans.ocr.page_reading"
FIRST, FURTHER = "recognised: the first look", "recognised: further looks"
#: The stages within reading a page: names, and the functions of that module that are each.
_WITHIN = {
    "cleaned": ("normalised", "without_streaks", "without_grain", "denoised", "evened"),
    "looked at: blank, faint, uneven": ("is_blank", "is_faint", "has_pale_marks", "is_uneven", "stretches"),
    "looked for what was missed; figures, colons, rows": (
        *("missed_areas", "darkest_only", "with_more", "with_sure_figures"),
        *("with_colons", "in_reading_order", "found_slope"),
    ),
}
_RECEIVED = date(2026, 12, 31)


@dataclass
class Clock:
    """Seconds of processor by stage, each stage's own."""

    spent: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    _begun: list[float] = field(default_factory=list)
    looks: int = 0

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count what is done meanwhile, but for what is counted elsewhere, under a name."""
        begun, elsewhere = time.process_time(), sum(self.spent.values())
        yield
        self.spent[name] += time.process_time() - begun - (sum(self.spent.values()) - elsewhere)

    def timed(self, name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function that is counted under a name."""

        @wraps(work)
        def counted(*arguments: Any, **options: Any) -> Any:
            with self.stage(name):
                return work(*arguments, **options)

        return counted

    def recognising(self, work: Callable[..., Any]) -> Callable[..., Any]:
        """Return what recognises, counted as the first look at a page or a further one."""

        @wraps(work)
        def counted(*arguments: Any, **options: Any) -> Any:
            self.looks += 1
            with self.stage(FIRST if self.looks == 1 else FURTHER):
                return work(*arguments, **options)

        return counted


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--letters", type=int, default=24, help="letters that are made (24)")
    parser.add_argument("--folder", type=Path, help="letters that lie in a folder, instead")
    options = parser.parse_args()
    if not MEMORY.items() <= os.environ.items():  # glibc reads it at the start of a process alone
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, **MEMORY})
    with tempfile.TemporaryDirectory() as scratch:
        files = (
            sorted(options.folder.glob("surat-*")) if options.folder else make(Path(scratch), range(options.letters))
        )
        print(measured(files))


def measured(files: Sequence[Path]) -> str:
    """Return the table of stages for some letters; the first is read once before, so that all is loaded."""
    rows = SectionTagger()
    find, suspect = partial(find_complaints, tagger=CrfTagger(rows=rows)), partial(beginnings, tagger=rows)
    _read(files[0], Clock(), find, suspect)
    clock = Clock()
    pages = sum(_read(file, clock, find, suspect) for file in files)
    whole, first = sum(clock.spent.values()), clock.spent[FIRST]
    told = [
        [name, f"{1000 * spent / pages:.1f} ms", f"{100 * spent / first:.1f} %"]
        for name, spent in sorted(clock.spent.items(), key=lambda one: -one[1])
    ]
    told.append([f"**all, {pages} pages**", f"{1000 * whole / pages:.1f} ms", f"{100 * whole / first:.1f} %"])
    return table(["stage", "processor a page", "of the first look"], told)


def _read(path: Path, clock: Clock, find: Callable[..., Any], suspect: Callable[..., Any]) -> int:
    """Do with a letter what intake and reading do, stage by stage; return how many pages it has."""
    media = sniff(path)
    with clock.stage("looked into: whole, codes"):
        found = inspect_file(path, Limits())
        scan = open_scan(path, media)
        look_at_pages(scan, 0, found.pages)
    pages = [_page(scan, index, clock) for index in range(found.pages)]
    scan.close()
    with clock.stage("handed from a child to its parent"):
        pages = [page_from_json(page_to_json(page)) for page in pages]
    with clock.stage("searchable copy, PDF/A looked at"):
        built = build_searchable(path, media, pages)
        if built is not None:
            verdict(built)
    with clock.stage("fields"):
        find(tuple(pages), _RECEIVED)
    with clock.stage("second letter, near-duplicates"):
        suspect(pages)
        signature(" ".join(page.text for page in pages))
    return found.pages


def _page(scan: PdfScan | ImageScan, index: int, clock: Clock) -> Page:
    clock.looks = 0
    from pipeline.scans.ocr import page_reading

    with ExitStack() as stack:
        for name, functions in _WITHIN.items():
            for function in functions:
                counted = clock.timed(name, getattr(page_reading, function))
                stack.enter_context(patch(f"{_READING}.{function}", counted))
        for name in ("recognise", "recognise_in_parts"):
            stack.enter_context(patch(f"{_READING}.{name}", clock.recognising(getattr(page_reading, name))))
        stack.enter_context(patch.object(type(scan), "raster", clock.timed("drawn grey", type(scan).raster)))
        with clock.stage("reading a page, the rest"):
            return read_page(scan, index)


if __name__ == "__main__":
    main()
