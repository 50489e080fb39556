"""Binds papers into one PDF, a few pages at a time, while somebody takes it away.

Files are opened in child processes. Pages are carried over where the file is a copy of our own making, else drawn anew;
a page that cannot even be drawn is replaced by one that says so, and the others stay.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from pikepdf import Pdf

from pipeline.archive.folder_pages import Entry, Leaf, contents_count, contents_leaves, lost_leaf, text_leaves
from pipeline.archive.ports import How, Sheaf
from pipeline.cases.ports import Blob
from pipeline.drawing.engines.pdf import pdf
from pipeline.errors import EngineMissing, YankomasError
from pipeline.office.wording import long_date
from pipeline.scans.confinement.budget import MemoryBudget
from pipeline.scans.confinement.child import ChildLimits
from pipeline.scans.confinement.pool import Pool
from pipeline.scans.confinement.sealed import sealed_file
from pipeline.scans.pdf.assembly import FIRST_PAGE, TREE, Assembly, Fragment, OutlineItem, fragment
from pipeline.scans.refusals import Limits

_OPERATIONS = "pipeline.scans.operations.page_drawing"
_LIMITS = ChildLimits(seconds=60.0, cpu=45.0)
#: Pages that are asked for at once; a page more that has to be held in memory.
_CARRIED, _DRAWN = 16, 4
_LONGEST_TEXT = 2_000_000
_REMEMBERED = 10_000  # files whose pages were counted
_GONE = "Berkasnya tidak ada di map perkara; jalankan `yankomas verify`."
_BROKEN = "Berkasnya rusak, terlalu besar, atau tidak dapat dibaca."


@dataclass(frozen=True, slots=True)
class _Counted:
    sheaf: Sheaf
    pages: int
    leaves: tuple[Leaf, ...] = ()


class FolderBinder:
    """Binds folders. Starts its child at the first; :meth:`close` ends it. Several threads take turns."""

    def __init__(self, limits: Limits | None = None, budget: MemoryBudget | None = None) -> None:
        self._limits, self._budget = limits or Limits(), budget
        self._pool = Pool(_OPERATIONS, size=1, limits=_LIMITS, budget=budget)
        self._known: dict[tuple[str, str], int] = {}

    def close(self) -> None:
        """End the child."""
        self._pool.close()

    def pages(self, blob: Blob, media: str) -> int:
        """Return how many pages a file has; 0 if it cannot be opened.

        Raises:
            EngineMissing: no child can be started.
        """
        if (known := self._known.get((blob.sha256, media))) is not None:
            return known
        try:
            pages = self._count(blob, media)
        except EngineMissing:
            raise
        except (OSError, YankomasError, ValueError, TypeError):
            return 0  # not remembered: the child may have been busy, the file away
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        self._known[blob.sha256, media] = pages
        return pages

    def _count(self, blob: Blob, media: str) -> int:
        with self._opened(blob) as file:
            return int(self._pool.call("count", {"media": media}, file=file).body)

    def bind(self, title: str, facts: Sequence[tuple[str, str]], sheaves: Sequence[Sheaf]) -> Iterator[bytes]:
        """Yield the PDF: table of contents, then every paper, with bookmarks.

        Raises:
            EngineMissing: no child can be started, or the font is not installed.
        """
        counted = [self._counted(sheaf) for sheaf in sheaves]
        first = contents_count(len(counted))
        starts = [first + sum(c.pages for c in counted[:n]) for n in range(len(counted))]
        book = Assembly(first + sum(c.pages for c in counted))
        yield book.begin()
        entries = [Entry(c.sheaf.title, long_date(c.sheaf.day), at + 1) for c, at in zip(counted, starts, strict=True)]
        yield book.add(_drawn(book, 0, tuple(contents_leaves(title, facts, entries))))
        for paper, at in zip(counted, starts, strict=True):
            yield from self._pages(book, at, paper)
        marks = [OutlineItem(c.sheaf.title, at) for c, at in zip(counted, starts, strict=True)]
        yield from book.end(title, [OutlineItem("Isi berkas", 0), *marks])

    def _counted(self, sheaf: Sheaf) -> _Counted:
        """Return how many pages a paper has; one that cannot be opened has a page that says so."""
        try:
            if sheaf.how is How.SET:
                with sheaf.blob.local() as path, open(path, "rb") as content:
                    text = content.read(_LONGEST_TEXT).decode(errors="replace")
                leaves = tuple(text_leaves(sheaf.title, text))
                return _Counted(sheaf, len(leaves), leaves)
            pages = self._count(sheaf.blob, sheaf.media)
            if 0 < pages <= self._limits.pages:
                return _Counted(sheaf, pages)
        except EngineMissing:
            raise
        except OSError:
            return _Counted(sheaf, 1, (lost_leaf(sheaf.title, 1, _GONE),))
        except (YankomasError, ValueError, TypeError):
            pass
        return _Counted(sheaf, 1, (lost_leaf(sheaf.title, 1, _BROKEN),))

    def _pages(self, book: Assembly, at: int, paper: _Counted) -> Iterator[bytes]:
        if paper.leaves:
            yield book.add(_drawn(book, at, paper.leaves))
            return
        try:
            with self._opened(paper.sheaf.blob) as file:
                yield from self._parts(book, at, paper, file)
        except OSError:  # it went between the counting and now
            lost = [lost_leaf(paper.sheaf.title, n + 1, _GONE) for n in range(paper.pages)]
            yield book.add(_drawn(book, at, tuple(lost)))

    def _parts(self, book: Assembly, at: int, paper: _Counted, file: int) -> Iterator[bytes]:
        carried = paper.sheaf.how is How.CARRIED
        step = _CARRIED if carried else _DRAWN
        for first in range(0, paper.pages, step):
            last = min(first + step, paper.pages)
            done = self._tried("carry", book, at, paper, first, last, file) if carried else None
            done = done or self._tried("draw", book, at, paper, first, last, file)
            if done:
                yield done
            else:
                yield from self._one_by_one(book, at, paper, first, last, file)

    def _one_by_one(
        self, book: Assembly, at: int, paper: _Counted, first: int, last: int, file: int
    ) -> Iterator[bytes]:
        for page in range(first, last):
            done = self._tried("draw", book, at, paper, page, page + 1, file)
            yield done or book.add(_drawn(book, at + page, (lost_leaf(paper.sheaf.title, page + 1, _BROKEN),)))

    def _tried(
        self, operation: str, book: Assembly, at: int, paper: _Counted, first: int, last: int, file: int
    ) -> bytes | None:
        """Return some pages of a paper, or None if they cannot be had in this way."""
        arguments: dict[str, Any] = {
            "media": paper.sheaf.media,
            "first": first,
            "last": last,
            "numbers": book.numbers(at + first, last - first),
            "parent": TREE,
            "free": book.free,
        }
        try:
            answer = self._pool.call(operation, arguments, file=file)
            offsets = [(int(number), int(offset)) for number, offset in answer.body["offsets"]]
            return book.add(
                Fragment(answer.blobs[0], offsets, int(answer.body["free"]), answer.body["archival"] is True)
            )
        except EngineMissing:
            raise
        except (YankomasError, ValueError, TypeError, KeyError, IndexError):
            return None

    @contextmanager
    def _opened(self, blob: Blob) -> Iterator[int]:
        with blob.local() as path, sealed_file(path, self._limits.size, self._budget) as file:
            yield file


def _drawn(book: Assembly, at: int, leaves: Sequence[Leaf]) -> Fragment:
    """Return pages that we drew ourselves."""
    drawn = [Pdf.open(io.BytesIO(pdf(leaf.picture))) for leaf in leaves]  # a page lives no longer than its document
    pages = [one.pages[0] for one in drawn]
    links = [[(place, FIRST_PAGE + page - 1) for place, page in leaf.links] for leaf in leaves]
    return replace(fragment(pages, book.numbers(at, len(pages)), TREE, book.free, links), archival=True)
