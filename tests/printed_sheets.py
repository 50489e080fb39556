"""Sheets drafted from the shipped templates and printed; each of them once in a run, for many tests to look at.

The same document makes the same print, whichever process of the run sends it to LibreOffice. Tests of printing itself
(``tests/letters/test_libreoffice.py``) print for themselves.
"""

from __future__ import annotations

import hashlib
import os
from copy import deepcopy
from functools import cache
from pathlib import Path
from threading import get_ident
from typing import Any

import pypdfium2
from fakes import PAGE_CODE
from PIL import Image

from pipeline.letters.engines.libreoffice import LibreOfficePress
from pipeline.letters.engines.word_templates import WordTypist
from pipeline.letters.ports import PageCode
from pipeline.letters.sheets import specimen_values
from pipeline.letters.sheets.texts import (
    BREACH_NOTICE,
    CLOSING_SHEET,
    DISPATCHES,
    PRIVACY_ANSWER,
    RECORD_PAPERS,
    RECORD_SHEETS,
    SERVICE_BOOK,
    SERVICE_REPORT,
    SURVEY,
)

TEMPLATES_FOLDER = Path(__file__).resolve().parents[1] / "letter_templates"
#: The sheets that no scan is matched with a case by.
UNCODED = (
    *(DISPATCHES, CLOSING_SHEET, *RECORD_PAPERS, *RECORD_SHEETS, SERVICE_REPORT, SERVICE_BOOK),
    *(SURVEY, PRIVACY_ANSWER, BREACH_NOTICE),
)


def on_paper(press: LibreOfficePress, template: str, values: dict[str, Any]) -> bytes:
    """Return the sheet of these values as a PDF, with page codes as the office prints it."""
    code = None if template in UNCODED else PAGE_CODE
    return printed(press, WordTypist(TEMPLATES_FOLDER).draft(template, values).docx, code)


#: Where the processes of this run keep their prints (``conftest.py``).
_KEPT: list[Path] = []


def keep_prints_in(folder: Path) -> None:
    """Keep in a folder what is printed from now on."""
    folder.mkdir(exist_ok=True)
    _KEPT[:] = [folder]


def printed(press: LibreOfficePress, docx: bytes, code: PageCode | None) -> bytes:
    """Return the print of a document, printing it only if no process of this run has yet (outside a run: each time)."""
    if not _KEPT:
        return press.print(docx, code)
    mark = hashlib.sha256(docx + repr(code).encode()).hexdigest()
    kept = _KEPT[0] / mark
    if not kept.exists():
        own = kept.with_suffix(f".{os.getpid()}-{get_ident()}")
        own.write_bytes(press.print(docx, code))
        own.replace(kept)
    return kept.read_bytes()


@cache
def specimen_on_paper(press: LibreOfficePress, template: str, specimen: str) -> bytes:
    """Return the sheet of a specimen case of the specimen office as a PDF."""
    return on_paper(press, template, specimen_of(template, specimen))


def specimen_of(template: str, specimen: str = "lazim") -> dict[str, Any]:
    """Return the values of a specimen case of the specimen office, to be changed at will."""
    return deepcopy(_specimens(template)[specimen])


@cache  # of letters that must not name people, each takes a tenth of a second
def _specimens(template: str) -> dict[str, dict[str, Any]]:
    return specimen_values(template)


def foot_of(page: pypdfium2.PdfPage) -> Image.Image:
    """Return the lowest fifth of a page, where its code stands, as a scanner sees it at 150 dots to the inch."""
    return page.render(scale=150 / 72, crop=(0, 0, 0, page.get_height() * 4 / 5)).to_pil().convert("L")
