"""A case as one ZIP file, written while somebody takes it away: its documents, or the whole bag.

The bag's own files are made of the journal that goes with them, so that they belong together; documents never change
once they are committed, so they are read afterwards, a piece at a time.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence

from pipeline.archive import bagit
from pipeline.archive.appending import destroyed
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.events import Document
from pipeline.cases.fold import fold
from pipeline.cases.journal import entries_of
from pipeline.cases.ports import Blob, Cabinet
from pipeline.errors import ArchiveFault

_PIECE = 1 << 20
#: The least date a ZIP can hold: the same folder is the same bytes.
_DATE = (1980, 1, 1, 0, 0, 0)
_MODE = 0o640 << 16
#: Files that are small by packing already.
_PACKED = (".pdf", ".jpg", ".jpeg", ".png", ".docx", ".tif", ".tiff")


class _Outlet:
    """What a ZIP file is written to: gives away what has come so far."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        pass

    def taken(self) -> bytes:
        parts, self._parts = self._parts, []
        return b"".join(parts)


class ZipExport:
    """Cases as ZIP files; ``seal_of`` gives the line of the seal that vouches for a case, if there is one."""

    def __init__(self, cases: Cabinet, seal_of: Callable[[CaseNumber], bytes] = lambda _number: b"") -> None:
        self._cases, self._seal_of = cases, seal_of

    def documents(self, number: CaseNumber, documents: Sequence[Document]) -> Iterator[bytes]:
        """Return the ZIP of these documents of a case, in one folder that is called by its number."""
        self._all_there(number, documents)
        return _written({}, self._named(number.key, number, documents))

    def bag(self, number: CaseNumber) -> Iterator[bytes]:
        """Return the ZIP of the case's bag, whole."""
        return _written(*self._bagged(number, None))

    def bags(self, described: Mapping[CaseNumber, bagit.Description], beside: Mapping[str, bytes]) -> Iterator[bytes]:
        """Return one ZIP of the bags of these cases, each described, with these files beside them."""
        small, payload = dict(beside), list[tuple[str, Blob]]()
        for number, one in described.items():
            own, files = self._bagged(number, one)
            small.update(own)
            payload += files
        return _written(small, payload)

    def _bagged(
        self, number: CaseNumber, described: bagit.Description | None
    ) -> tuple[Mapping[str, bytes], list[tuple[str, Blob]]]:
        """Return the small files of a case's bag by their names in the ZIP, and those of its payload."""
        journal = self._cases.journal(number)
        entries = entries_of(journal, str(number))
        case = fold(entries)
        if case.gone:  # its journal still has what people typed, and is shown to nobody
            raise destroyed(case)
        documents = case.documents
        self._all_there(number, documents)
        small = bagit.taken_away(number, entries, journal, self._seal_of(number), described)
        payload = self._named(f"{number.key}/{bagit.PAYLOAD}", number, documents)
        return {f"{number.key}/{name}": data for name, data in small.items()}, payload

    def _named(self, folder: str, number: CaseNumber, documents: Sequence[Document]) -> list[tuple[str, Blob]]:
        return [(f"{folder}/{d.name}", self._cases.blob(number, d)) for d in documents]

    def _all_there(self, number: CaseNumber, documents: Sequence[Document]) -> None:
        for document in documents:
            if not self._cases.holds(number, document):
                raise ArchiveFault(
                    f"Berkas {document.name} perkara {number} hilang atau berubah.",
                    "Jalankan `yankomas verify` dan pulihkan map ini dari cadangan.",
                )


def _written(small: Mapping[str, bytes], files: Sequence[tuple[str, Blob]]) -> Iterator[bytes]:
    outlet = _Outlet()
    with zipfile.ZipFile(outlet, "w", allowZip64=True) as archive:  # type: ignore[call-overload]
        for name, data in small.items():
            archive.writestr(_entry(name), data)
            yield outlet.taken()
        for name, blob in files:
            opened = archive.open(_entry(name), "w", force_zip64=True)
            with opened as writer, blob.local() as path, path.open("rb") as reader:
                while piece := reader.read(_PIECE):
                    writer.write(piece)
                    yield outlet.taken()
    yield outlet.taken()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _DATE)
    entry.external_attr = _MODE
    entry.compress_type = zipfile.ZIP_STORED if name.lower().endswith(_PACKED) else zipfile.ZIP_DEFLATED
    return entry
