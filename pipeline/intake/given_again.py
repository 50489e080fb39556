"""Files that the centre's store has lost, given again by the agent that handed them over.

An agent asks of what it keeps whether it is still there, and hands over again, under the same claim, what is not. Only
bytes that a journal names are taken, and no journal changes: of a scan that was parted, the pages are cut once more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber, read_number
from pipeline.cases.events import Document
from pipeline.cases.ports import Blob, Cabinet, Filed, sha256_of
from pipeline.errors import ArchiveFault
from pipeline.intake.account import AccountEntry
from pipeline.reading.ports import Reader
from pipeline.scans.ports import PDF

#: How many files an agent asks for at once: each is read whole.
AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class GivingAgain:
    """What it needs: the cases, who cuts pages out of a scan, and ``keep``, which puts a file into the store."""

    cabinet: Cabinet
    reader: Reader
    keep: Callable[[Filed], None]


def lost_of(entries: Iterable[AccountEntry], cabinet: Cabinet) -> Iterator[AccountEntry]:
    """Yield those of these files of which the store does not give back what was kept; reads all of them.

    Raises:
        Passing: a server is away.
    """
    for entry in entries:
        if any(True for _ in _lost(entry, cabinet)):
            yield entry


def give_again(entry: AccountEntry, blob: Blob, parts: GivingAgain) -> int:
    """Put back what the store has lost of a file that was handed over before; return how many documents that were.

    Raises:
        Passing: a server is away.
        Refused, EngineFault: its pages cannot be cut.
    """
    count = 0
    for number, kept in list(_lost(entry, parts.cabinet)):
        made = blob if kept.whole else parts.reader.extract(blob, kept.media, kept.pages)
        with parts.cabinet.held(number) as folder:  # it may have been destroyed meanwhile, on purpose
            if kept.document in folder.case.documents and sha256_of(made) == kept.document.sha256:
                parts.keep(made)
                count += 1
    return count


@dataclass(frozen=True, slots=True)
class _Kept:
    """A document that a file became: all of it, or these pages (from 1) of a scan of this kind."""

    document: Document
    pages: tuple[int, ...] = ()
    media: str = PDF

    @property
    def whole(self) -> bool:
        return not self.pages


def _lost(entry: AccountEntry, cabinet: Cabinet) -> Iterator[tuple[CaseNumber, _Kept]]:
    for number in map(read_number, entry.numbers):
        for kept in _kept_of(cabinet.case(number), entry.taken.sha256):
            try:
                with cabinet.blob(number, kept.document).local():
                    pass
            except ArchiveFault:
                yield number, kept


def _kept_of(case: Case, sha256: str) -> Iterator[_Kept]:
    """Yield what became of a file in a case, by its hash: the file itself, and what its parts are filed as."""
    yield from (_Kept(document) for document in case.documents if document.sha256 == sha256)
    for entry in case.entries:
        source = entry.data.get("source")
        if isinstance(source, Mapping) and source.get("sha256") == sha256:
            yield from _part(case, entry.data, source)


def _part(case: Case, data: Mapping[str, Any], source: Mapping[str, Any]) -> Iterator[_Kept]:
    for told in data.get("documents", ()):
        if document := case.document(str(told["name"])):
            yield _Kept(document, tuple(source["pages"]), str(data.get("media", PDF)))
