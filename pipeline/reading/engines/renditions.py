"""Pages of files that are no scans: a child of its own says each, what has pages in it is proved as a scan is.

Nothing of a file is opened here. Its texts come back as pages, a PDF or picture in it as a file that is looked into as
if it had been scanned; what cannot be taken in stays in the file that is kept, and is told.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from pipeline.cases.ports import Blob
from pipeline.errors import EngineFault, Refused, TooSlow, Unfinished
from pipeline.scans import refusals
from pipeline.scans.confinement.budget import MemoryBudget
from pipeline.scans.confinement.child import ChildLimits
from pipeline.scans.confinement.framing import Message
from pipeline.scans.confinement.pool import Pool
from pipeline.scans.confinement.sealed import sealed_scan
from pipeline.scans.formats.kinds import rendered_kind
from pipeline.scans.ports import Inspection, Mail, PageAt, Rendition
from pipeline.scans.refusals import Limits
from pipeline.storage.blobs import TypedText

_OPERATIONS = "pipeline.scans.operations.rendering"
_LIMITS = ChildLimits(memory=1_500_000_000, own=900_000_000, seconds=60.0, cpu=40.0, requests=1)
#: Processor seconds that a file may take in the fast lane, and files with pages of their own that it may hold there.
_QUICK_SECONDS, _QUICK_INSERTS = 3.0, 4
#: Files of which the pages are kept for the next turn; letters of a text that a child is believed to give.
_KEPT, _LONGEST = 2, 20_000


@dataclass(frozen=True, slots=True)
class Lane:
    """How files are looked into in a lane of the intake; in the quick one what takes long is left for the other."""

    inspect: Callable[[Blob], Inspection]
    quick: bool = False


@dataclass(slots=True)
class Renditions:
    """Makes pages of files that are no scans. ``upright`` puts pages of several files one behind the other."""

    limits: Limits
    upright: Callable[[list[PageAt]], bytes]
    budget: MemoryBudget | None = None
    _kept: dict[str, Rendition] = field(default_factory=dict)

    def of(self, blob: Blob, lane: Lane) -> Rendition | None:
        """Return the pages of a file; None for a scan, and for what is refused as such.

        Raises:
            Refused: no pages can be made of it.
            Unfinished: it takes longer than the quick lane allows.
            EngineFault: the child died or took too long.
        """
        with blob.local() as path:
            kind = rendered_kind(path, blob.name)
            if not kind:
                return None
            if kept := self._kept.get(blob.sha256):
                return kept
            with sealed_scan(path, self.limits, self.budget) as file:
                answer = self._said(kind, blob.name, file, lane)
        try:
            made = self._composed(blob, answer, lane)
        except (TypeError, ValueError, KeyError, IndexError):
            raise EngineFault("Pembuka berkas memberi jawaban yang tidak dapat dipahami.") from None
        self._kept = dict([*self._kept.items(), (blob.sha256, made)][-_KEPT:])
        return made

    def _said(self, kind: str, name: str, file: int, lane: Lane) -> Message:
        pool = Pool(_OPERATIONS, size=1, limits=_LIMITS, budget=self.budget)
        arguments = {"kind": kind, "name": name, "limits": asdict(self.limits)}
        try:
            return pool.call("render", arguments, file=file, cpu=_QUICK_SECONDS if lane.quick else None)
        except TooSlow:
            if lane.quick:
                raise Unfinished from None
            raise
        finally:
            pool.close()

    def _composed(self, blob: Blob, answer: Message, lane: Lane) -> Rendition:
        body, told = answer.body, [str(warning)[:_LONGEST] for warning in answer.body["warnings"]]
        if lane.quick and sum("media" in part for part in body["parts"]) > _QUICK_INSERTS:
            raise Unfinished
        pages: list[PageAt] = []
        for part, data in zip(body["parts"], answer.blobs, strict=True):
            pages += self._pages(part, data, len(pages), told, lane)
        if not pages:
            raise refusals.SAYS_NOTHING()
        own = {at.file.sha256: at for at in pages}
        whole = next(iter(own.values())).file if len(own) == 1 and "pages" in body["parts"][0] else None
        name = f"{blob.name.rpartition('.')[0] or blob.name}.pdf"
        return Rendition(
            pages=whole or TypedText(name, self.upright(pages)),
            extension=str(body["extension"])[:8],
            channel=str(body["channel"])[:40],
            words=str(body["words"])[:_LONGEST],
            warnings=tuple(told),
            mail=_mail(body["mail"]),
        )

    def _pages(self, part: dict[str, Any], data: bytes, before: int, told: list[str], lane: Lane) -> list[PageAt]:
        """Return the pages of a part; of a file inside that cannot be taken in none, which is told."""
        if "pages" in part:
            file, media, count = TypedText("teks.pdf", data), "application/pdf", int(part["pages"])
        else:
            file = TypedText(str(part["name"])[:200], data)
            try:
                seen = lane.inspect(file)
                self.limits.check_pages(before + seen.pages, "Berkas")
            except Refused as refusal:
                told.append(f"{file.name} tidak dibaca ({refusal.message.rstrip('.')}); tersimpan di berkas aslinya.")
                return []
            except Unfinished:
                if lane.quick:
                    raise
                told.append(f"{file.name} tidak dibaca (terlalu berat); tersimpan di berkas aslinya.")
                return []
            media, count = seen.media, seen.pages
            told += [f"{file.name}: {warning}" for warning in seen.warnings]
        return [PageAt(file, media, page) for page in range(1, count + 1)]


def _mail(told: dict[str, Any] | None) -> Mail | None:
    return None if told is None else Mail(str(told["subject"]), str(told["bulk"]))
