"""Looking into a file before it has a number, in turns: a costly one holds up no other.

A file gets so many seconds; what was seen by then is kept by its hash, and its next turn goes on from there. What all
its turns took of the processor is bounded: a file that needs more than any honest one is refused, with what to do.
"""

from __future__ import annotations

import math
import threading
from collections import OrderedDict
from dataclasses import asdict, dataclass, field
from typing import Any

from pipeline.cases.ports import Blob
from pipeline.errors import TooSlow, Unfinished
from pipeline.scans import refusals
from pipeline.scans.confinement.budget import MemoryBudget
from pipeline.scans.confinement.framing import Message
from pipeline.scans.confinement.pool import Pool
from pipeline.scans.confinement.sealed import sealed_scan
from pipeline.scans.formats.kinds import EXTENSIONS
from pipeline.scans.ports import Barcode, Inspection, Suspicion
from pipeline.scans.refusals import Limits

#: Processor seconds that looking into one file may take: for the file, and for each page. Of 25 honest files of the
#: sample collection a page took 0.013 in the median and 0.08 at most, with opening the file (2026-11-26).
_A_FILE, _A_PAGE = 30.0, 0.6
#: Files of which it is kept what was seen, chosen 2026-11-26.
_KEPT = 512


@dataclass(frozen=True, slots=True)
class Turn:
    """Where a file is looked into and how long at a time.

    ``seconds`` of the processor after which no further pages are begun, ``call`` that one request may take at most
    (None: the pool's own limit), ``opening`` likewise before its pages are looked at, ``pages`` that one request looks
    at. With ``plain_only`` the pages of a file that is not as scanners and word processors make them are not looked at
    here at all: only drawing them would tell what they cost. The clock does not count: on a busy machine honest letters
    are slow too.
    """

    pool: Pool
    seconds: float = math.inf
    call: float | None = None
    opening: float | None = None
    pages: int = 8
    plain_only: bool = False

    def ask(self, operation: str, arguments: dict[str, Any], file: int, seconds: float | None = None) -> Message:
        """Have a child do it, within this turn's limit of one request or so many seconds, whichever is less.

        Raises:
            Unfinished: it took longer than this turn allows, but not longer than may be.
        """
        return self._asked(operation, arguments, file, self.call, seconds)

    def open(self, arguments: dict[str, Any], file: int) -> Message:
        """Have a child prove a file whole, within this turn's limit for that.

        Raises:
            Unfinished: likewise.
        """
        return self._asked("inspect", arguments, file, self.opening or self.call)

    def _asked(
        self, operation: str, arguments: dict[str, Any], file: int, most: float | None, seconds: float | None = None
    ) -> Message:
        try:
            return self.pool.call(operation, arguments, file=file, seconds=seconds, cpu=most)
        except TooSlow:
            if most is None:
                raise
            raise Unfinished from None


@dataclass(slots=True)
class _SoFar:
    """What is known of a file whose pages are being looked at; ``spent`` in seconds of the processor."""

    media: str
    pages: int
    warnings: tuple[str, ...]
    signatures: int
    plain: bool
    spent: float
    seen: list[dict[str, Any]] = field(default_factory=list)


class Inspecting:
    """Looks into files; safe for many threads."""

    def __init__(self, limits: Limits, budget: MemoryBudget | None = None) -> None:
        self._limits, self._budget = limits, budget
        self._kept: OrderedDict[str, _SoFar] = OrderedDict()
        self._lock = threading.Lock()

    def inspect(self, blob: Blob, turn: Turn) -> Inspection:
        """Say what the file is, whole and safe, with the codes on its pages.

        Raises:
            Refused: it cannot be taken in, or takes more than any honest file.
            Unfinished: the turn is over; what was seen is kept for the next.
            EngineFault: the child died or took too long.
        """
        with self._lock:
            so_far = self._kept.pop(blob.sha256, None)
        begins = so_far is None
        with blob.local() as path, sealed_scan(path, self._limits, self._budget) as file:
            if so_far is None:
                so_far = _begun(turn.open({"limits": asdict(self._limits)}, file))
            try:
                self._look(so_far, turn, file, 0.0 if begins else so_far.spent)
            finally:
                if len(so_far.seen) < so_far.pages:
                    self._keep(blob.sha256, so_far)
        return _inspection(so_far)

    def _look(self, so_far: _SoFar, turn: Turn, file: int, before: float) -> None:
        """Look at further pages while the turn lasts; ``before`` is what was spent before it."""
        while (first := len(so_far.seen)) < so_far.pages:
            if so_far.spent - before > turn.seconds or (turn.plain_only and not so_far.plain):
                raise Unfinished(done=first, of=so_far.pages)
            if so_far.spent > _A_FILE + _A_PAGE * so_far.pages:
                raise refusals.TOO_COSTLY(seconds=round(so_far.spent), seen=first, pages=so_far.pages)
            last = min(so_far.pages, first + turn.pages)
            body = turn.ask("look", {"media": so_far.media, "first": first, "last": last}, file).body
            so_far.seen += body["seen"]
            so_far.spent += max(0.0, float(body["spent"]))

    def _keep(self, sha256: str, so_far: _SoFar) -> None:
        with self._lock:
            self._kept[sha256] = so_far
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)


def _begun(answer: Message) -> _SoFar:
    body = answer.body
    warnings = tuple(map(str, body["warnings"]))
    return _SoFar(
        str(body["media"]),
        int(body["pages"]),
        warnings,
        int(body["signatures"]),
        plain=bool(body["plain"]),
        spent=max(0.0, float(body["spent"])),
    )


def _inspection(found: _SoFar) -> Inspection:
    seen = found.seen
    return Inspection(
        found.media,
        EXTENSIONS[found.media],
        found.pages,
        codes=tuple(Barcode(s["page"], str(kind), str(text)) for s in seen for kind, text in s["codes"]),
        warnings=found.warnings,
        separators=tuple(s["page"] for s in seen if s["separator"]),
        blanks=tuple(s["page"] for s in seen if s["blank"]),
        doubts=tuple(Suspicion(s["page"], str(s["doubt"])) for s in seen if s["doubt"]),
        unread=tuple(s["page"] for s in seen if s["unread"]),
        signatures=found.signatures,
    )
