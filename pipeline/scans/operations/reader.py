"""What the child processes can do: inspect a file, read codes, read a page, build the searchable PDF.

The only module that the heavy libraries hang on; the parent names it but never imports it. Pages travel as plain
lists (see :mod:`pipeline.scans.words`), so that the parent has nothing to unpickle.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pipeline.errors import EngineMissing
from pipeline.scans.confinement.framing import Message, Operation
from pipeline.scans.imaging.raster import WORKING_DPI, Scan
from pipeline.scans.operations.inspection import inspect_file, look_at_pages, open_scan
from pipeline.scans.page_comparison import PageComparison, comparison_to_json
from pipeline.scans.refusals import Limits
from pipeline.scans.words import page_from_json, page_to_json

Arguments = Mapping[str, Any]


class _OpenScan:
    """The scan that lies open: the pages of one file are asked for one after the other."""

    def __init__(self) -> None:
        self._open: tuple[tuple[object, ...], Scan] | None = None

    def of(self, arguments: Arguments) -> Scan:
        path = Path(arguments["path"])
        state = path.stat()
        key = (path, state.st_ino, state.st_size, state.st_mtime_ns)
        if self._open is None or self._open[0] != key:
            if self._open is not None:
                self._open[1].close()
            self._open = (key, open_scan(path, arguments["media"]))
        return self._open[1]


_open_scan = _OpenScan()


def _inspect(arguments: Arguments, _: tuple[bytes, ...]) -> Message:
    begun = time.process_time()
    found = inspect_file(Path(arguments["path"]), Limits(**arguments["limits"]))
    return Message(asdict(found) | {"warnings": list(found.warnings), "spent": time.process_time() - begun})


def _look(arguments: Arguments, _: tuple[bytes, ...]) -> Message:
    begun = time.process_time()
    seen = look_at_pages(_open_scan.of(arguments), arguments["first"], arguments["last"])
    return Message({"seen": [asdict(sighting) for sighting in seen], "spent": time.process_time() - begun})


def _extract(arguments: Arguments, _: tuple[bytes, ...]) -> Message:
    from pipeline.scans.operations.page_extraction import extract_pages

    return Message("extracted", (extract_pages(Path(arguments["path"]), arguments["media"], arguments["pages"]),))


def _page(arguments: Arguments, _: tuple[bytes, ...]) -> Message:
    from pipeline.scans.ocr.page_reading import read_page

    begun = time.process_time()
    page = page_to_json(read_page(_open_scan.of(arguments), arguments["index"]))
    return Message({"page": page, "spent": time.process_time() - begun})


def _searchable(arguments: Arguments, _: tuple[bytes, ...]) -> Message:
    from pipeline.drawing.engines.pdfa_check import verdict
    from pipeline.scans.pdf.searchable_pdf import build_searchable

    pages = [page_from_json(page) for page in arguments["pages"]]
    built = build_searchable(Path(arguments["path"]), arguments["media"], pages)
    return Message("") if built is None else Message(verdict(built), (built,))


def _redrawn(arguments: Arguments, _: tuple[bytes, ...]) -> Message:
    from pipeline.drawing.engines.pdfa_check import verdict
    from pipeline.scans.pdf.redrawn_pdf import build_redrawn

    pages = [page_from_json(page) for page in arguments["pages"]]
    built = build_redrawn(Path(arguments["path"]), arguments["media"], pages)
    return Message(verdict(built), (built,))


def _compare(arguments: Arguments, blobs: tuple[bytes, ...]) -> Message:
    from pipeline.scans.comparison.examined_page import compared
    from pipeline.scans.comparison.printed_page import printed_page

    code = str(arguments["code"])
    page = printed_page(blobs[0], arguments["page"], code)
    if page is None:
        return Message(comparison_to_json(PageComparison(obstacle="cetakan")))
    found = compared(_open_scan.of(arguments), arguments["index"], page, code, freely=arguments["freely"])
    return Message(comparison_to_json(found))


def _upright(arguments: Arguments, _: tuple[bytes, ...]) -> Message:
    from pipeline.scans.pdf.upright_pages import upright_pages

    pages = [(int(index), int(turn)) for index, turn in arguments["pages"]]
    scan = _open_scan.of(arguments)
    return Message("upright", (upright_pages(Path(arguments["path"]), arguments["media"], scan, pages),))


def _join(arguments: Arguments, blobs: tuple[bytes, ...]) -> Message:
    from pipeline.scans.pdf.upright_pages import joined_pages

    return Message("joined", (joined_pages(blobs, [(int(n), int(page)) for n, page in arguments["order"]]),))


def _version(_: Arguments, __: tuple[bytes, ...]) -> Message:
    from pipeline.scans.ocr.tesseract import engine_version

    return Message(f"{engine_version()} {WORKING_DPI:.0f} dpi")


def load() -> None:
    """Load and work out what most files need: for a process that forks those who open them."""
    from pipeline.scans.operations.practice import practise

    with suppress(EngineMissing):  # whoever reads a page is told
        practise()


OPERATIONS: Mapping[str, Operation] = {
    "inspect": _inspect,
    "look": _look,
    "extract": _extract,
    "page": _page,
    "searchable": _searchable,
    "redrawn": _redrawn,
    "compare": _compare,
    "upright": _upright,
    "join": _join,
    "version": _version,
}
