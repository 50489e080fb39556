"""The reader of scans: children do the work, this puts it together.

Pools of children: two look into what has just arrived, so that a letter gets its number at once however many are being
read; one looks into what is costly, in turns (:mod:`~pipeline.reading.engines.inspecting`); the others read, at a lower
priority, a page at a time, each page with its own wall clock.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any, Self

from pipeline.cases.ports import Blob
from pipeline.errors import EngineFault, Refused
from pipeline.reading.engines.inspecting import Inspecting, Turn
from pipeline.reading.engines.page_by_page import PAGE, PageByPage, senseless
from pipeline.reading.engines.renditions import Lane, Renditions
from pipeline.reading.fields import Complaint
from pipeline.reading.notices import cited, notices
from pipeline.reading.ports import Progress, Reading, unseen
from pipeline.scans.confinement.budget import MemoryBudget
from pipeline.scans.confinement.child import ChildLimits
from pipeline.scans.confinement.framing import Message
from pipeline.scans.confinement.nursery import Nursery
from pipeline.scans.confinement.pool import Pool
from pipeline.scans.confinement.sealed import sealed_scan
from pipeline.scans.page_comparison import PageComparison, comparison_from_json
from pipeline.scans.ports import Inspection, PageAt, Rendition, Suspicion
from pipeline.scans.refusals import Limits
from pipeline.scans.words import Page, page_to_json

FindComplaints = Callable[[tuple[Page, ...], date], tuple[Complaint, ...]]
FindBeginnings = Callable[[tuple[Page, ...]], tuple[Suspicion, ...]]

_OPERATIONS = "pipeline.scans.operations.reader"
_PROVING = ChildLimits(seconds=30.0, cpu=20.0)
_BUILDING_SECONDS = 30.0
_SECONDS_A_PAGE = 1.0
#: Seconds more a page where it is drawn in colour, and what the clerk is then told.
_DRAWING_A_PAGE = 4.0
_DRAWN_ANEW = "Halaman berkas ini tidak dapat disalin apa adanya; salinan untuk dibaca digambar ulang, periksa aslinya."
#: Processor seconds of one request in the fast lane that looks at a page. Honest pages of A4 took 0.08
#: to 0.67 at 600 dpi, at 300 dpi a quarter of that (2026-11-26): the dearest of 600 dpi go to the slow lane.
_FAST_CALL = 0.4
#: And those of a turn in the slow lane, and of a request there at first.
_SLOW_TURN, _SLOW_CALL = 4.0, 1.0
#: And those of a request about a file that lies in another one.
_INSIDE = 5.0
#: Below the fast lane, above reading: a letter in the slow lane is to have its number before others are read.
_SLOW_NICE = 5
#: Processor seconds in which the fast lane opens a file and proves it whole: of 131 honest files of the sample letters
#: and the sample collection the slowest took 0.011, the median 0.001 (2026-11-26).
_OPENING = 0.1


class ScanReader:
    """Implements the Reader port. Starts nothing before it is asked; :meth:`close` ends all children."""

    def __init__(
        self,
        find: FindComplaints,
        suspect: FindBeginnings = lambda _pages: (),
        *,
        workers: int | None = None,
        limits: Limits | None = None,
        budget: MemoryBudget | None = None,
    ) -> None:
        """Read with *workers* children (default: one a core).

        *find* proposes fields from the pages, *suspect* says on which of them another letter seems to begin.
        """
        self._find, self._suspect = find, suspect
        self._limits, self._budget = limits or Limits(), budget
        self._workers = workers or len(os.sched_getaffinity(0))
        self._nursery = Nursery(_OPERATIONS)
        # two: a huge file holds up no other
        self._intake = self._pool(2, _PROVING, replacing=True)
        self._comparing = self._pool(1, _PROVING)  # a returned letter waits for no complaint
        self._slow = self._pool(1, replace(_PROVING, nice=_SLOW_NICE))
        self._readers = self._pool(self._workers, PAGE)
        self._inspecting = Inspecting(self._limits, budget)
        self._renditions = Renditions(self._limits, self.upright, budget)

    def _pool(self, size: int, limits: ChildLimits, *, replacing: bool = False) -> Pool:
        return Pool(
            _OPERATIONS, size=size, limits=limits, budget=self._budget, replacing=replacing, nursery=self._nursery
        )

    def quickly(self) -> TurnReader:
        """Return this reader for the fast lane: what takes longer than an honest letter is left unfinished."""
        turn = Turn(self._intake, seconds=1.0, call=_FAST_CALL, opening=_OPENING, pages=1, plain_only=True)
        return TurnReader(self, turn)

    def patiently(self) -> TurnReader:
        """Return this reader for the slow lane: costly files take turns in a child of their own."""
        return TurnReader(self, Turn(self._slow, seconds=_SLOW_TURN, patience=_SLOW_CALL, pages=2))

    def inspect(self, blob: Blob) -> Inspection:
        """Say what the file is, whole and safe, with the codes on its pages (see the port)."""
        return self.inspect_in(Turn(self._intake), blob)

    def rendition(self, blob: Blob) -> Rendition | None:
        """Return the pages of a file that is no scan (see the port)."""
        return self._renditions.of(blob, Lane(lambda inside: self.inspect_in(Turn(self._intake, call=_INSIDE), inside)))

    def rendition_in(self, turn: Turn, blob: Blob) -> Rendition | None:
        """Return the same, in a turn.

        Raises:
            Unfinished: it takes longer than the turn.
        """
        if not turn.plain_only:
            return self.rendition(blob)
        return self._renditions.of(blob, Lane(lambda inside: self.inspect_in(turn, inside), quick=True))

    def inspect_in(self, turn: Turn, blob: Blob) -> Inspection:
        """Say the same, in a turn.

        Raises:
            Unfinished: the turn is over; the next goes on from there.
        """
        return self._inspecting.inspect(blob, turn)

    def read(self, blob: Blob, received: datetime, progress: Progress = unseen) -> Reading:
        """Read the text and propose the fields (see the port)."""
        with blob.local() as path, sealed_scan(path, self._limits, self._budget) as file:
            body = self._readers.call("inspect", {"limits": asdict(self._limits)}, file=file).body
            media, count = str(body["media"]), int(body["pages"])
            pages = PageByPage(self._readers, file, media, count, progress).read(self._workers)
            built, archival, told = self._searchable(file, media, pages)
            searchable = built or path.read_bytes()
        warnings = (*map(str, body["warnings"]), *told, *notices(pages))
        complaints, suspected = self._find(pages, received.date()), self._suspect(pages)
        return Reading(pages, complaints, searchable, self._engine, warnings, suspected, cited(pages), archival)

    def extract(self, blob: Blob, media: str, pages: Sequence[int]) -> bytes:
        """Return these pages as a file of the same kind, nothing on them encoded anew (see the port)."""
        return self.extract_in(Turn(self._intake), blob, media, pages)

    def extract_in(self, turn: Turn, blob: Blob, media: str, pages: Sequence[int]) -> bytes:
        """Return the same, in a turn.

        Raises:
            Unfinished: it takes longer than the turn.
        """
        arguments, seconds = {"media": media, "pages": list(pages)}, _building(len(pages))
        with blob.local() as path, sealed_scan(path, self._limits, self._budget) as file:
            return _one_blob(turn.ask("extract", arguments, file, seconds))

    def compare(self, at: PageAt, printed: bytes, page: int, code: str, *, freely: bool = False) -> PageComparison:
        """Hold a page of a scan against a page of a print of ours (see the port)."""
        arguments = {"media": at.media, "index": at.page - 1, "page": page - 1, "code": code, "freely": freely}
        with at.file.local() as path, sealed_scan(path, self._limits, self._budget) as file:
            body = self._comparing.call("compare", arguments, (printed,), file=file).body
        try:
            return comparison_from_json(body)
        except (ValueError, TypeError, KeyError):
            raise senseless() from None

    def upright(self, pages: Sequence[PageAt]) -> bytes:
        """Return pages as a PDF, upright and in this order (see the port)."""
        files = tuple({at.file.sha256: at for at in pages}.values())
        parts = [self._upright([at for at in pages if at.file.sha256 == one.file.sha256]) for one in files]
        if len(parts) == 1:
            return parts[0]
        numbers, taken = [one.file.sha256 for one in files], [0] * len(files)
        order = []
        for at in pages:
            number = numbers.index(at.file.sha256)
            order.append((number, taken[number]))
            taken[number] += 1
        return _one_blob(self._intake.call("join", {"order": order}, parts, seconds=_building(len(pages))))

    def _upright(self, pages: Sequence[PageAt]) -> bytes:
        """Return pages of one file."""
        first = pages[0]
        arguments = {"media": first.media, "pages": [(at.page - 1, at.turned) for at in pages]}
        with first.file.local() as path, sealed_scan(path, self._limits, self._budget) as file:
            return _one_blob(self._intake.call("upright", arguments, file=file, seconds=_building(len(pages))))

    def warm(self) -> None:
        """Start the children now, so that the first letter does not wait for them."""
        self._intake.warm()
        self._readers.warm()

    def close(self) -> None:
        """End every child."""
        self._intake.close()
        self._slow.close()
        self._comparing.close()
        self._readers.close()
        self._nursery.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @cached_property
    def _engine(self) -> str:
        return str(self._readers.call("version", {}).body)

    def _searchable(self, file: int, media: str, pages: tuple[Page, ...]) -> tuple[bytes | None, str, Sequence[str]]:
        """Return the searchable copy, what was found of it, and what the clerk should know of it.

        No copy: the file's own bytes serve. Where its pages cannot be copied they are drawn anew, so that what was read
        is kept.
        """
        seconds, told = _building(len(pages)), list[str]()
        arguments: dict[str, Any] = {"media": media, "pages": [page_to_json(p) for p in pages]}
        try:
            answer = self._readers.call("searchable", arguments, file=file, seconds=seconds)
        except (EngineFault, Refused):
            told.append(_DRAWN_ANEW)
            seconds += _DRAWING_A_PAGE * len(pages)
            answer = self._readers.call("redrawn", arguments, file=file, seconds=seconds)
        return (answer.blobs[0], str(answer.body), told) if answer.blobs else (None, "", told)


class TurnReader:
    """A reader in one lane of the intake: what takes longer than its turn is left unfinished, and gone on with."""

    def __init__(self, reader: ScanReader, turn: Turn) -> None:
        self._reader, self._turn = reader, turn
        self.read, self.compare, self.upright = reader.read, reader.compare, reader.upright

    def inspect(self, blob: Blob) -> Inspection:
        """Say what the file is, whole and safe, with the codes on its pages (see the port)."""
        return self._reader.inspect_in(self._turn, blob)

    def rendition(self, blob: Blob) -> Rendition | None:
        """Return the pages of a file that is no scan (see the port)."""
        return self._reader.rendition_in(self._turn, blob)

    def extract(self, blob: Blob, media: str, pages: Sequence[int]) -> bytes:
        """Return these pages as a file of the same kind (see the port)."""
        return self._reader.extract_in(self._turn, blob, media, pages)


def _building(pages: int) -> float:
    """Return the seconds in which a file of so many pages must be built."""
    return _BUILDING_SECONDS + _SECONDS_A_PAGE * pages


def _one_blob(answer: Message) -> bytes:
    if not answer.blobs:
        raise senseless()
    return answer.blobs[0]
