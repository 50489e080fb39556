"""Tag manifests as the first versions wrote them: of which cases that moved into the centre, so that they come back so.

The centre keeps no BagIt files, for the journal yields them; of a case that nobody touched since an early version,
it yields today's, which lists the journal too. What is needed to write the other is how long the journal was then.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pipeline.archive import bagit
from pipeline.archive.store.layout import Layout
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.journal import Entry
from pipeline.storage.postgres import Database, Row
from pipeline.storage.postgres_lines import FIRST_TAGS, PostgresLines

_PART = "daftar"


def first_tags_row(layout: Layout, number: CaseNumber, entries: tuple[Entry, ...]) -> Iterable[Row]:
    """Yield what is to be noted (book, part, line) of a case whose tag manifest is as the first versions wrote it."""
    path = layout.case(number) / bagit.TAGS
    if path.is_file() and path.read_bytes() == bagit.first_tags(number, entries):
        yield FIRST_TAGS, _PART, f"{number.key} {len(entries)}\n".encode()


class BagFiles:
    """The BagIt files of an office's cases, as a folder that it moved in from had them."""

    def __init__(self, database: Database) -> None:
        noted = (line.decode().split() for _, line in PostgresLines(database, FIRST_TAGS).lines())
        self._first = {key: int(count) for key, count in noted}

    def of(self, number: CaseNumber, entries: tuple[Entry, ...], journal: bytes) -> Mapping[str, bytes]:
        """Return name and bytes of a bag's own files; ``journal`` are the whole lines of the entries."""
        files = bagit.bag_files(number, entries, journal)
        if self._first.get(number.key) == len(entries):
            return {**files, bagit.TAGS: bagit.first_tags(number, entries)}
        return files
