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
from pipeline.errors import Refused, TooSlow, Unfinished
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
#: Processor seconds of the longest request: a page that takes more is of no honest file.
_LONGEST = 20.0
#: Files for which the fast lane is wary after one that was cut off there: only plain pictures are looked at meanwhile.
_WARY = 50
#: Files of which it is kept what was seen, chosen 2026-11-26.
_KEPT = 512


@dataclass(frozen=True, slots=True)
class Turn:
    """Where a file is looked into and how long at a time.

    ``seconds`` of the processor after which no further pages are begun, ``call`` that one request may take at most
    (None: the pool's own limit), ``opening`` likewise for the first, which opens it; ``pages`` that one looks at.
    ``patience`` is what a request may take at first; one that takes longer is made again in a later turn, with twice as
    much, so that others have theirs meanwhile. With ``plain_only`` the pages of a file that is not as scanners and word
    processors make them are not looked at here at all: only drawing them would tell what they cost. The clock does not
    count: on a busy machine honest letters are slow too.
    """

    pool: Pool
    seconds: float = math.inf
    call: float | None = None
    opening: float | None = None
    patience: float | None = None
    pages: int = 8
    plain_only: bool = False

    def ask(self, operation: str, arguments: dict[str, Any], file: int, seconds: float | None = None) -> Message:
        """Have a child do it, within this turn's limit of one request or so many seconds, whichever is less.

        Raises:
            Unfinished: it took longer than this turn allows, but not longer than may be.
        """
        try:
            return self.pool.call(operation, arguments, file=file, seconds=seconds, cpu=self.call)
        except TooSlow:
            if self.call is None:
                raise
            raise Unfinished from None


@dataclass(slots=True)
class _SoFar:
    """What is known of a file that is being looked into; ``spent`` in seconds of the processor.

    ``media`` is empty until it was opened. ``lost`` are the seconds that the last request took in vain.
    """

    media: str = ""
    pages: int = 0
    warnings: tuple[str, ...] = ()
    signatures: int = 0
    plain: bool = True
    pictures: bool = False
    spent: float = 0.0
    lost: float = 0.0
    seen: list[dict[str, Any]] = field(default_factory=list)

    def opened(self, body: dict[str, Any]) -> None:
        """Note what is known once the file is open."""
        self.media, self.pages = str(body["media"]), int(body["pages"])
        self.warnings, self.signatures = tuple(map(str, body["warnings"])), int(body["signatures"])
        self.plain, self.pictures = bool(body["plain"]), bool(body["pictures"])
        self.done(body)

    def done(self, body: dict[str, Any]) -> None:
        """Note what a request took that came to its end."""
        self.spent, self.lost = self.spent + max(0.0, float(body["spent"])), 0.0


class Inspecting:
    """Looks into files; safe for many threads."""

    def __init__(self, limits: Limits, budget: MemoryBudget | None = None) -> None:
        self._limits, self._budget = limits, budget
        self._kept: OrderedDict[str, _SoFar] = OrderedDict()
        self._wary = 0
        self._lock = threading.Lock()

    def inspect(self, blob: Blob, turn: Turn) -> Inspection:
        """Say what the file is, whole and safe, with the codes on its pages.

        Raises:
            Refused: it cannot be taken in, or takes more than any honest file.
            Unfinished: the turn is over; what was seen is kept for the next.
            EngineFault: the child died or took too long.
        """
        with self._lock:
            so_far = self._kept.pop(blob.sha256, None) or _SoFar()
            self._wary = max(0, self._wary - turn.plain_only)
        before = so_far.spent
        with blob.local() as path, sealed_scan(path, self._limits, self._budget) as file:
            try:
                if not so_far.media:
                    so_far.opened(self._asked(so_far, turn, "inspect", {"limits": asdict(self._limits)}, file))
                self._look(so_far, turn, file, before)
            finally:
                if (so_far.media and len(so_far.seen) < so_far.pages) or so_far.lost:
                    self._keep(blob.sha256, so_far)
        return _inspection(so_far)

    def _look(self, so_far: _SoFar, turn: Turn, file: int, before: float) -> None:
        """Look at further pages while the turn lasts; ``before`` is what was spent before it."""
        while (first := len(so_far.seen)) < so_far.pages:
            if so_far.spent - before > turn.seconds or (turn.plain_only and not self._is_for_the_fast_lane(so_far)):
                raise Unfinished(done=first, of=so_far.pages)
            if so_far.spent > _A_FILE + _A_PAGE * so_far.pages:
                raise _too_costly(so_far)
            last = min(so_far.pages, first + (1 if so_far.lost else turn.pages))
            body = self._asked(so_far, turn, "look", {"media": so_far.media, "first": first, "last": last}, file)
            so_far.seen += body["seen"]
            so_far.done(body)

    def _is_for_the_fast_lane(self, so_far: _SoFar) -> bool:
        with self._lock:
            return so_far.pictures or (so_far.plain and not self._wary)

    def _asked(
        self, so_far: _SoFar, turn: Turn, operation: str, arguments: dict[str, Any], file: int
    ) -> dict[str, Any]:
        """Have it done; what takes longer than this turn allows is not begun again in it.

        Raises:
            Unfinished: it took longer, or is known to.
            Refused: it took longer than it may in any turn.
        """
        call = turn.call if so_far.media else turn.opening or turn.call
        seconds = call or turn.patience
        if call and so_far.lost >= call:
            raise Unfinished(done=len(so_far.seen), of=so_far.pages)
        if turn.patience:
            seconds = min(_LONGEST, max(turn.patience, 2 * so_far.lost))
        try:
            return dict(turn.pool.call(operation, arguments, file=file, cpu=seconds).body)
        except TooSlow:
            if seconds is None:
                raise
            so_far.lost, so_far.spent = seconds, so_far.spent + seconds
            with self._lock:
                self._wary = _WARY if turn.plain_only else self._wary
        if seconds >= _LONGEST:
            raise _too_costly(so_far)
        raise Unfinished(done=len(so_far.seen), of=so_far.pages)

    def _keep(self, sha256: str, so_far: _SoFar) -> None:
        with self._lock:
            self._kept[sha256] = so_far
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)


def _too_costly(found: _SoFar) -> Refused:
    seconds = round(found.spent)
    if not found.media:
        return refusals.TOO_COSTLY_TO_OPEN(seconds=seconds)
    return refusals.TOO_COSTLY(seconds=seconds, seen=len(found.seen), pages=found.pages)


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
