"""LibreOffice for all tests of a process: started when the first of them prints, and kept warm."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from fakes import PAGE_KEY
from printed_sheets import printed

from pipeline.letters.engines import page_code_stamp
from pipeline.letters.engines.libreoffice import LibreOfficePress
from pipeline.letters.ports import PageCode

_STARTED: list[LibreOfficePress] = []


def warm_press() -> LibreOfficePress:
    """Return this process's press, whose page codes are made with the key of the tests."""
    return _press_of(os.getpid())  # a forked child that printed on its parent's would mix their documents


@cache
def _press_of(_process: int) -> LibreOfficePress:
    _STARTED.append(LibreOfficePress(PAGE_KEY))
    return _STARTED[-1]


def close_presses() -> None:
    """Let go of what was started."""
    while _STARTED:
        _STARTED.pop().close()


class OfficePress:
    """The warm press with the page codes of one office; what is the same in many offices is printed once in a run."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def print(self, docx: bytes, code: PageCode | None) -> bytes:
        """Return the document as PDF/A, every page stamped with the office's code if there is one."""
        pdf = printed(warm_press(), docx, None)
        return pdf if code is None else page_code_stamp.stamp(pdf, self._key, code.document)

    @contextmanager
    def lent(self) -> Iterator[OfficePress]:
        """Give it for a book that somebody asked for."""
        yield self
