"""Sheets drafted from the shipped templates and printed; those of specimens once, for many tests to look at."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from fakes import PAGE_CODE

from pipeline.letters.engines.libreoffice import LibreOfficePress
from pipeline.letters.engines.word_templates import WordTypist
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
    return press.print(WordTypist(TEMPLATES_FOLDER).draft(template, values).docx, code)


@cache
def specimen_on_paper(press: LibreOfficePress, template: str, specimen: str) -> bytes:
    """Return the sheet of a specimen case of the specimen office as a PDF."""
    return on_paper(press, template, specimen_values(template)[specimen])
