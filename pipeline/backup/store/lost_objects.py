"""Files that the object store lost or changed, taken again from a folder that has them: an export, or what moved in.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from pipeline.archive import bagit
from pipeline.archive.store.objects import Objects
from pipeline.archive.store.postgres_cabinet import PostgresCabinet
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.events import Document
from pipeline.errors import ArchiveFault
from pipeline.storage import disk
from pipeline.storage.blobs import StoredFile


def take_again(
    cabinet: PostgresCabinet, objects: Objects, folder: Path, progress: Callable[[int, int], None]
) -> Iterator[tuple[CaseNumber, Document, bool]]:
    """Yield each document that the store does not give back as it was, and whether it has it again; reads all of them.

    ``folder`` is an office's folder, or one that holds its years. Only bytes that the journal names are taken.

    Raises:
        Passing: a server is away.
    """
    numbers = cabinet.numbers()
    for done, number in enumerate(numbers, start=1):
        for document in cabinet.case(number).documents:
            try:
                with cabinet.blob(number, document).local():
                    continue
            except ArchiveFault:
                yield number, document, _put_again(objects, folder, number, document)
        progress(done, len(numbers))


def _put_again(objects: Objects, folder: Path, number: CaseNumber, document: Document) -> bool:
    for years in (folder / "archive", folder):
        path = years / number.year_folder / number.folder / bagit.PAYLOAD / document.name
        if path.is_file() and disk.sha256_of(path) == document.sha256:
            objects.put(StoredFile(path, document.name, document.sha256, document.bytes))
            return True
    return False
