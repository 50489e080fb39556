"""Reading the pages of one file side by side, each in a child: a page that breaks an engine costs only that page.

A child that dies may have been killed for want of memory, and one that took too long may have shared the machine with
many: such a page is tried once more after the others are through, in another child. If it fails again it is kept
without text, and the clerk is told.
"""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from pipeline.errors import EngineFault, Refused, TooCostly, TooSlow
from pipeline.reading.ports import Progress
from pipeline.scans.confinement.child import ChildLimits
from pipeline.scans.confinement.pool import Pool
from pipeline.scans.words import UNREAD, Page, page_from_json

#: Limits of one page; it is read at a low priority, so on a busy machine the clock says little about it: what it costs
#: is bounded by the processor's time, and the clock ends only what stands still.
PAGE = ChildLimits(seconds=300.0, cpu=45.0, nice=10)
#: Processor seconds that reading one file may take: for the file, and for each page; chosen 2026-11-26. Sixty honest
#: pages were read within 56 s on two cores, so within 2 for each.
_A_FILE, _A_PAGE = 60.0, 6.0
#: The shape of a page of which nothing is known, in points: A4.
_USUAL = 595, 842


class PageByPage:
    """The pages of one file that lies open as ``file``; ``progress`` is told of each that is done."""

    def __init__(self, pool: Pool, file: int, media: str, pages: int, progress: Progress) -> None:
        self._pool, self._file, self._media, self._count = pool, file, media, pages
        self._progress, self._telling, self._done, self._spent = progress, threading.Lock(), 0, 0.0

    def read(self, workers: int) -> tuple[Page, ...]:
        """Return all pages, those that could not be read without text.

        Raises:
            TooCostly: the file takes more of the processor than any honest one.
            EngineFault, Refused: no page could be read; why the last could not.
        """
        if self._count == 1:
            return (self._page(0),)
        with ThreadPoolExecutor(workers, thread_name_prefix="yankomas-halaman") as threads:
            first = list(threads.map(self._tried, range(self._count)))
        failed = [fault for fault in first if not isinstance(fault, Page)]
        if len(failed) == self._count:
            raise failed[-1]
        return tuple(self._again(index, found) for index, found in enumerate(first))

    def _tried(self, index: int) -> Page | EngineFault | Refused:
        try:
            return self._page(index)
        except TooCostly:
            raise
        except (EngineFault, Refused) as fault:
            return fault

    def _again(self, index: int, found: Page | EngineFault | Refused) -> Page:
        if isinstance(found, Page):
            return found
        with suppress(EngineFault, Refused):  # too costly too: what was read is kept
            return self._page(index)
        self._tell()
        return Page(index + 1, *_USUAL, (), "", UNREAD)

    def _page(self, index: int) -> Page:
        if self._spent > _A_FILE + _A_PAGE * self._count:
            raise _too_costly(self._done, self._count)
        try:
            answer = self._pool.call("page", {"media": self._media, "index": index}, file=self._file)
        except TooSlow:
            self._count_in(PAGE.cpu or PAGE.seconds)
            raise
        try:
            page, spent = page_from_json(answer.body["page"]), float(answer.body["spent"])
        except (ValueError, TypeError, KeyError):
            raise senseless() from None
        if page.number != index + 1:
            raise senseless()
        self._count_in(spent)
        self._tell()
        return page

    def _count_in(self, seconds: float) -> None:
        with self._telling:
            self._spent += max(0.0, seconds)

    def _tell(self) -> None:
        with self._telling:
            self._done += 1
            self._progress(self._done, self._count)


def senseless() -> EngineFault:
    """Return the fault that a child's answer is none."""
    return EngineFault("Mesin pembaca memberi jawaban yang tidak dapat dipahami.")


def _too_costly(read: int, pages: int) -> TooCostly:
    return TooCostly(
        f"Berkas ini terlalu berat untuk dibaca mesin: baru {read} dari {pages} halamannya selesai.",
        "Bacalah aslinya, lalu isi registernya dengan tangan.",
    )
