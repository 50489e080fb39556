"""Pages of documents as pictures: drawn in a child process that sees nothing else, kept in a cache of limited size.

The cache lies in ``archive/.state`` and can be lost at any time: a picture is named by the document's hash, so it is
never wrong, only missing.
"""

from __future__ import annotations

import threading
from contextlib import suppress
from pathlib import Path

from pipeline.cases.ports import Blob
from pipeline.errors import NotFound
from pipeline.scans.confinement.budget import MemoryBudget
from pipeline.scans.confinement.child import ChildLimits
from pipeline.scans.confinement.pool import Pool
from pipeline.scans.confinement.sealed import sealed_scan
from pipeline.scans.formats.kinds import EXTENSIONS, sniff
from pipeline.scans.ports import Preview
from pipeline.scans.refusals import Limits
from pipeline.storage import disk

#: The widths in pixels that are drawn: a thumbnail, a page beside others, a page to read.
WIDTHS = (240, 900, 1400)
#: Bytes of the cache, pictures between two looks at its size.
_CACHE, _LOOK = 400 * 2**20, 64
_LIMITS = ChildLimits(seconds=30.0, cpu=20.0, nice=5)


class CachedPreviews:
    """Draws pages; nothing starts before the first that is not in the cache. Safe for many threads."""

    def __init__(
        self, cache: Path, limits: Limits, *, children: int = 1, room: int = _CACHE, budget: MemoryBudget | None = None
    ) -> None:
        self._cache, self._limits, self._room, self._budget = cache, limits, room, budget
        self._pool = Pool("pipeline.scans.operations.page_drawing", size=children, limits=_LIMITS, budget=budget)
        self._turn = threading.Lock()
        self._written = 0

    def page(self, document: Blob, number: int, width: int) -> Preview:
        """Return a page (from 1) of a document, drawn as wide as one of :data:`WIDTHS`.

        Raises:
            NotFound: it has no such page, or no pages at all.
            Refused: it cannot be opened any more.
            EngineFault: it could not be drawn.
        """
        width = min(WIDTHS, key=lambda known: abs(known - width))
        kept = self._cache / document.sha256[:2] / f"{document.sha256}-{number}-{width}.webp"
        if (picture := _kept(kept)) is not None:
            return picture
        with document.local() as path:
            picture = self._drawn(path, number - 1, width)
        self._keep(kept, picture)
        return picture

    def close(self) -> None:
        """End the child."""
        self._pool.close()

    def _drawn(self, document: Path, index: int, width: int) -> Preview:
        media = sniff(document)
        if media not in EXTENSIONS:
            raise NotFound("Berkas ini tidak berhalaman.", "Unduh berkasnya, atau lihat versi PDF-nya.")
        with sealed_scan(document, self._limits, self._budget) as file:
            answer = self._pool.call("preview", {"media": media, "index": index, "width": width}, file=file)
        if not answer.blobs:
            raise NotFound("Halaman itu tidak ada.", f"Berkas ini berisi {int(answer.body['pages'])} halaman.")
        return Preview(answer.blobs[0], int(answer.body["pages"]))

    def _keep(self, path: Path, picture: Preview) -> None:
        """Keep a picture; its first bytes say how many pages the document has. A full disk is no fault here."""
        with suppress(OSError):
            disk.make_folder(path.parent)
            disk.replace(path, picture.pages.to_bytes(4, "big") + picture.webp)
        with self._turn:
            self._written += 1
            if self._written % _LOOK == 1:
                self._prune()

    def _prune(self) -> None:
        """Remove the pictures that were drawn longest ago, until three quarters of the room are left."""
        found = []
        for path in self._cache.glob("*/*.webp"):
            with suppress(FileNotFoundError):
                stat = path.stat()
                found.append((stat.st_mtime, stat.st_size, path))
        total = sum(size for _, size, _ in found)
        if total <= self._room:
            return
        for _, size, path in sorted(found):
            disk.remove(path)
            total -= size
            if total <= self._room * 3 // 4:
                return


def _kept(path: Path) -> Preview | None:
    try:
        data = path.read_bytes()
    except OSError:
        return None
    return Preview(data[4:], int.from_bytes(data[:4], "big")) if len(data) > 4 else None
