"""Files that the object store lost or changed, taken again from a folder that has them: an export, or what moved in.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
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

    ``folder`` is an office's folder, one that holds its years, or any with files, as the scans that a scanner has kept.
    Only bytes that the journal names are taken.

    Raises:
        Passing: a server is away.
    """
    numbers, loose = cabinet.numbers(), cache(lambda: _by_hash(folder))
    for done, number in enumerate(numbers, start=1):
        for document in cabinet.case(number).documents:
            try:
                with cabinet.blob(number, document).local():
                    continue
            except ArchiveFault:
                yield number, document, _put_again(objects, folder, loose, number, document)
        progress(done, len(numbers))


def _put_again(
    objects: Objects, folder: Path, loose: Callable[[], Mapping[str, Path]], number: CaseNumber, document: Document
) -> bool:
    name = Path(number.year_folder, number.folder, bagit.PAYLOAD, document.name)
    paths = [path for years in (folder / "archive", folder) if (path := years / name).is_file()]
    for path in paths or [path for sha256, path in loose().items() if sha256 == document.sha256]:
        if disk.sha256_of(path) == document.sha256:
            objects.put(StoredFile(path, document.name, document.sha256, document.bytes))
            return True
    return False


def _by_hash(folder: Path) -> Mapping[str, Path]:
    """Return the files under a folder that is no archive, by their SHA-256."""
    if (folder / "archive").is_dir():
        return {}
    return {disk.sha256_of(path): path for path in sorted(folder.rglob("*")) if path.is_file()}
