"""A case folder as one ZIP file, written while somebody takes it away: its documents, or the whole bag.

Under the case's lock the small files of the bag and its journal are read, so that they belong together; documents never
change once they are committed, so they are read afterwards, a piece at a time.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from pipeline.archive import bagit
from pipeline.archive.store.cabinet import FolderCabinet
from pipeline.archive.store.layout import Layout
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.events import Document
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


class FolderExport:
    """Case folders as ZIP files."""

    def __init__(self, layout: Layout, cabinet: FolderCabinet) -> None:
        self._layout, self._cabinet = layout, cabinet

    def documents(self, number: CaseNumber, documents: Sequence[Document]) -> Iterator[bytes]:
        """Return the ZIP of these documents of a case, in one folder that is called by its number."""
        folder = self._layout.case(number) / bagit.PAYLOAD
        _all_there(folder, documents, number)
        return _written({}, [(f"{number.key}/{d.name}", folder / d.name) for d in documents])

    def bag(self, number: CaseNumber) -> Iterator[bytes]:
        """Return the ZIP of the case's bag, whole."""
        path = self._layout.case(number)
        with self._cabinet.held(number) as folder:
            documents = folder.case.documents
            small = dict(bagit.bag_files(number, folder.case.entries))
            small[bagit.JOURNAL] = (path / bagit.JOURNAL).read_bytes()
        payload = path / bagit.PAYLOAD
        _all_there(payload, documents, number)
        names = {f"{number.key}/{name}": data for name, data in small.items()}
        return _written(names, [(f"{number.key}/{bagit.PAYLOAD}/{d.name}", payload / d.name) for d in documents])


def _all_there(folder: Path, documents: Sequence[Document], number: CaseNumber) -> None:
    for document in documents:
        size = -1
        with suppress(OSError):
            size = (folder / document.name).stat().st_size
        if size != document.bytes:
            raise ArchiveFault(
                f"Berkas {document.name} perkara {number} hilang atau berubah.",
                "Jalankan `yankomas verify` dan pulihkan map ini dari cadangan.",
            )


def _written(small: Mapping[str, bytes], files: Sequence[tuple[str, Path]]) -> Iterator[bytes]:
    outlet = _Outlet()
    with zipfile.ZipFile(outlet, "w", allowZip64=True) as archive:  # type: ignore[call-overload]
        for name, data in small.items():
            archive.writestr(_entry(name), data)
            yield outlet.taken()
        for name, path in files:
            with archive.open(_entry(name), "w", force_zip64=True) as writer, path.open("rb") as reader:
                while piece := reader.read(_PIECE):
                    writer.write(piece)
                    yield outlet.taken()
    yield outlet.taken()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _DATE)
    entry.external_attr = _MODE
    entry.compress_type = zipfile.ZIP_STORED if name.lower().endswith(_PACKED) else zipfile.ZIP_DEFLATED
    return entry
