"""Page codes read back: is a code one of ours, and whose sheet is it? Looked up in the register book, a view."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber
from pipeline.letters.cover_marks import Cover
from pipeline.letters.engines.page_code_stamp import PageMark, parse_page_text
from pipeline.letters.page_codes import covered, is_cover
from pipeline.letters.page_marks import Mark, Origin
from pipeline.register.store.register_book import RegisterBook
from pipeline.scans.ports import Code


class PageCodeIndex:
    """The office's page codes; ``case`` returns a case as its journal has it, ``book`` says which case has an id."""

    def __init__(self, key: bytes, case: Callable[[CaseNumber], Case], book: RegisterBook) -> None:
        self._key, self._case, self._book = key, case, book

    def mark(self, code: Code) -> Mark | None:
        """Return what a code says, or None if it is no page code."""
        found = parse_page_text(self._key, code.text)
        if found is None:
            return None
        return Mark(code.page, found.document, found.page, found.pages, isinstance(found, PageMark))

    def cover(self, code: Code) -> Cover | None:
        """Return which case a cover sheet's code names, or None if it is no such code."""
        return Cover(covered(self._key, code.text)) if is_cover(code.text) else None

    def origin(self, document: str) -> Origin | None:
        """Return the sheet that an id belongs to."""
        self._book.refresh()
        number = self._book.lookups.case_with(document)
        if number is None:
            return None
        case = self._case(number)
        template, version = case.page_codes[document]
        return Origin(case.number, template, version, case.drafts[template].version)
