"""Engines that say "not now" once the process is stopping, so that work cut off by a stop counts as no attempt."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from pipeline.cases.ports import Blob
from pipeline.errors import EngineFault, Passing
from pipeline.letters.ports import PageCode, Press
from pipeline.reading.ports import Progress, Reader, Reading, unseen
from pipeline.scans.page_comparison import PageComparison
from pipeline.scans.ports import Inspection, PageAt, Rendition
from pipeline.signing.findings import Findings, Likeness
from pipeline.signing.ports import Validator

R = TypeVar("R")


class StoppableReader:
    """A reader that stops with its process."""

    def __init__(self, reader: Reader, stopping: threading.Event) -> None:
        self._reader, self._stopping = reader, stopping

    def inspect(self, blob: Blob) -> Inspection:
        """See :class:`~pipeline.reading.ports.Reader`."""
        return _unless_stopping(self._stopping, lambda: self._reader.inspect(blob))

    def rendition(self, blob: Blob) -> Rendition | None:
        """See :class:`~pipeline.reading.ports.Reader`."""
        return _unless_stopping(self._stopping, lambda: self._reader.rendition(blob))

    def read(self, blob: Blob, received: datetime, progress: Progress = unseen) -> Reading:
        """See :class:`~pipeline.reading.ports.Reader`."""
        return _unless_stopping(self._stopping, lambda: self._reader.read(blob, received, progress))

    def compare(self, at: PageAt, printed: bytes, page: int, code: str, *, freely: bool = False) -> PageComparison:
        """See :class:`~pipeline.reading.ports.Reader`."""
        return _unless_stopping(self._stopping, lambda: self._reader.compare(at, printed, page, code, freely=freely))

    def upright(self, pages: Sequence[PageAt]) -> bytes:
        """See :class:`~pipeline.reading.ports.Reader`."""
        return _unless_stopping(self._stopping, lambda: self._reader.upright(pages))

    def extract(self, blob: Blob, media: str, pages: Sequence[int]) -> bytes:
        """See :class:`~pipeline.reading.ports.Reader`."""
        return _unless_stopping(self._stopping, lambda: self._reader.extract(blob, media, pages))


class StoppableValidator:
    """A validator that stops with its process."""

    def __init__(self, validator: Validator, stopping: threading.Event) -> None:
        self._validator, self._stopping = validator, stopping

    def validate(self, blob: Blob, at: datetime) -> Findings:
        """See :class:`~pipeline.signing.ports.Validator`."""
        return _unless_stopping(self._stopping, lambda: self._validator.validate(blob, at))

    def likeness(self, blob: Blob, printed: Blob) -> Likeness:
        """See :class:`~pipeline.signing.ports.Validator`."""
        return _unless_stopping(self._stopping, lambda: self._validator.likeness(blob, printed))


class StoppablePress:
    """A press that stops with its process."""

    def __init__(self, press: Press, stopping: threading.Event) -> None:
        self._press, self._stopping = press, stopping

    def print(self, docx: bytes, code: PageCode | None) -> bytes:
        """See :class:`~pipeline.letters.ports.Press`."""
        return _unless_stopping(self._stopping, lambda: self._press.print(docx, code))


def _unless_stopping(stopping: threading.Event, work: Callable[[], R]) -> R:
    if stopping.is_set():
        raise _not_now()
    try:
        return work()
    except EngineFault:
        if stopping.is_set():
            raise _not_now() from None
        raise


def _not_now() -> Passing:
    return Passing("Program sedang dihentikan.", "Pekerjaan dilanjutkan ketika program berjalan lagi.")
