"""Pages of a case's complaint that are a complaint of their own: which, and which still have to become a case.

A person names them (move *pisahkan*); nothing is renumbered: the old case keeps its number and its original, the pages
become new cases through the same door as every complaint.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from pipeline.cases.case import Case
from pipeline.cases.event_lines import from_data
from pipeline.cases.events import FILE, PAGES, SPLIT_OFF, Attached
from pipeline.errors import Incomplete

_RANGE = r"(\d{1,4})(?:\s*(?:-|–|s\.?/?d\.?|sampai)\s*(\d{1,4}))?"


@dataclass(frozen=True, slots=True)
class Source:
    """A scan of the case that pages can be taken from: its document, media, how many pages, and when it came."""

    document: str
    sha256: str
    media: str
    pages: int
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Split:
    """Pages (from 1) of a document that are to be a case of their own, as line ``seq`` of the journal says."""

    document: str
    pages: tuple[int, ...]
    seq: int

    @property
    def subject(self) -> str:
        """The split as a duty names it."""
        return f"{self.document} halaman {written([self.pages])}"


def read_ranges(text: str) -> tuple[tuple[int, int | None], ...]:
    """Return the ranges of ``3``, ``3-4`` or ``3-4; 5``: first and last page of each, None for an open end.

    Raises:
        ValueError: it is none of these.
    """
    parts = [part.strip() for part in re.split(r"[;,]|\bdan\b", text.lower()) if part.strip()]
    found = [re.fullmatch(_RANGE, part) for part in parts]
    ranges = tuple((int(m[1]), int(m[2]) if m[2] else None) for m in found if m)
    if not parts or len(ranges) < len(parts) or any(last is not None and last < first for first, last in ranges):
        raise ValueError(text)
    return tuple(sorted(ranges))


def written(splits: Iterable[Sequence[int]]) -> str:
    """Return runs of pages as the journal has them: ``3-4; 5-5``, nothing left open."""
    return "; ".join(f"{pages[0]}-{pages[-1]}" for pages in splits)


def closed(case: Case, text: str, document: str) -> str:
    """Return the pages that a person named, every range closed: one that is open goes on to the next, or to the end.

    Raises:
        Incomplete: there are no such pages, they are part of another case already, or none would be left.
    """
    source = source_of(case, document)
    ranges = read_ranges(text)
    starts = [first for first, _ in ranges] + [source.pages + 1]
    runs = [range(first, (last or starts[n + 1] - 1) + 1) for n, (first, last) in enumerate(ranges)]
    pages = [page for run in runs for page in run]
    beyond = not all(runs) or not all(1 <= page <= source.pages for page in pages)
    if beyond or len(set(pages)) < len(pages):
        raise Incomplete(
            f"Halaman {text} tidak dapat dipisahkan dari {source.document}, yang berisi {source.pages} halaman.",
            "Tulislah misalnya halaman=3 (surat baru mulai di halaman 3) atau halaman=3-4; tidak bertumpang tindih.",
        )
    own = own_pages(case, source.document)
    if again := sorted(set(pages).difference(own)):
        raise Incomplete(
            f"Halaman {', '.join(map(str, again))} sudah dipisahkan menjadi perkara lain.", "Sebut halaman lainnya."
        )
    if source.document == case.original.name and len(pages) == len(own):
        raise Incomplete(
            f"Tidak ada halaman yang tersisa pada perkara {case.number}.",
            "Sebut hanya halaman surat yang lain; surat pertama tetap pada perkara ini.",
        )
    return written([tuple(run) for run in runs])


def source_of(case: Case, document: str) -> Source:
    """Return the complaint, or the attachment of that name.

    Raises:
        Incomplete: there is none of that name; names those there are.
    """
    found = {source.document: source for source in _sources(case)}
    if source := found.get(document or case.original.name):
        return source
    raise Incomplete(
        f"Perkara {case.number} tidak punya lampiran {document!r}.", f"Yang dapat dipisahkan: {', '.join(found)}."
    )


def own_pages(case: Case, document: str = "") -> tuple[int, ...]:
    """Return the pages (from 1) of the complaint, or of the attachment of that name, that did not go to another case.

    Raises:
        Incomplete: there is none of that name.
    """
    source = source_of(case, document)
    gone = {page for split in _named(case) if split.document == source.document for page in split.pages}
    return tuple(page for page in range(1, source.pages + 1) if page not in gone)


def splits(case: Case) -> tuple[Split, ...]:
    """Return what is to become a case of its own and has not yet."""
    told = (link.source for link in case.links if link.how == SPLIT_OFF)
    done = {(source.get("document"), tuple(source.get("pages", ()))) for source in told}
    return tuple(split for split in _named(case) if (split.document, split.pages) not in done)


def _named(case: Case) -> Iterator[Split]:
    for made in case.made:
        values = made.decision.values
        if named := values.get(PAGES):
            for first, last in read_ranges(str(named)):
                document = str(values.get(FILE) or case.original.name)
                yield Split(document, tuple(range(first, (last or first) + 1)), made.seq)


def _sources(case: Case) -> Iterator[Source]:
    first, letter = case.received, case.original
    yield Source(letter.name, letter.sha256, first.media, first.pages, case.received_at)
    for entry in case.entries:
        if entry.kind == Attached.kind and isinstance(event := from_data(entry.kind, entry.data), Attached):
            paper = event.documents[0]
            yield Source(paper.name, paper.sha256, event.media, event.pages, entry.at)
