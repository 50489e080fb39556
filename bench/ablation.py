"""Reading pages with something left out, to see what each way of looking at a page is worth."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from pipeline.scans.words import Page

_READING = "pipeline.scans.ocr.page_reading"
Pages = Mapping[str, Sequence[Page]]


def _same(image: Any, *_: Any) -> Any:
    return image


def _as_found(*arguments: Any) -> Any:
    """Return what was found before, wherever it stands among the arguments of a second look."""
    from pipeline.scans.ocr.recognised_words import RecognisedWords

    return next(argument for argument in arguments if isinstance(argument, RecognisedWords))


#: Ways of reading a page with something left out: words, and what is put in whose place.
LOOKS: Mapping[str, Mapping[str, Any]] = {
    "paper made white": {f"{_READING}.normalised": _same},
    "streaks and lost rows taken out": {f"{_READING}.without_streaks": _same},
    "skewed sheets and uneven print read again": {f"{_READING}._with_more_letters": _as_found},
    "hard pages read again from more dots": {f"{_READING}._read_finer": lambda scan, index, found, turn: found},
    "text under stamps and signatures": {f"{_READING}._read_missed": _as_found},
    "doubtful figures read again": {f"{_READING}.with_sure_figures": _as_found},
    "misread colons": {f"{_READING}.with_colons": _same},
    "words put into rows, facing pages apart": {f"{_READING}.in_reading_order": _as_found},
}


@contextmanager
def without(places: Mapping[str, Any]) -> Iterator[None]:
    """Leave something out while the context lasts."""
    with ExitStack() as stack:
        for place, instead in places.items():
            stack.enter_context(patch(place, instead))
        yield


def read_all(folder: Path, names: Sequence[str], left_out: str = "") -> tuple[Pages, list[float]]:
    """Return the pages of every file, and the seconds of processor that each page read by OCR took."""
    with ProcessPoolExecutor(len(os.sched_getaffinity(0))) as readers:
        done = list(readers.map(partial(_read, folder, left_out), names))
    seconds = [spent for pages in done for page, spent in pages if page.source == "ocr"]
    return {name: [page for page, _ in pages] for name, pages in zip(names, done, strict=True)}, seconds


def _read(folder: Path, left_out: str, name: str) -> list[tuple[Page, float]]:
    from pipeline.scans.formats.kinds import sniff
    from pipeline.scans.ocr.page_reading import read_page
    from pipeline.scans.operations.inspection import open_scan

    os.environ["OMP_THREAD_LIMIT"] = "1"
    scan = open_scan(folder / name, sniff(folder / name))
    pages = []
    with without(LOOKS.get(left_out, {})):
        for index in range(scan.pages):
            started = time.process_time()
            pages.append((read_page(scan, index), time.process_time() - started))
    scan.close()
    return pages
