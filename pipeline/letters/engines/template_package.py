"""A Word template taken apart once: what is the same in all letters made of it is neither unpacked nor parsed again."""

from __future__ import annotations

import functools
import io
import zipfile
from collections.abc import Iterator

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.package import Unmarshaller
from docx.opc.packuri import PackURI
from docx.opc.part import Part, PartFactory
from docx.opc.pkgreader import PackageReader, _SerializedRelationship
from docx.oxml import parse_xml
from docx.package import Package
from lxml import etree

#: The parts that are filled, by their content types: all others go into a letter as the bytes that they are.
_FILLED = (CONTENT_TYPE.WML_DOCUMENT_MAIN, CONTENT_TYPE.WML_HEADER, CONTENT_TYPE.WML_FOOTER)
#: Bytes of all parts of a template that is kept, at most: ours have 50,000 to 155,000, one with a large picture more.
_LARGEST_KEPT = 2_000_000
#: Name, content type, kind of the relation that led to it, bytes.
_PartRead = tuple[PackURI, str, str, bytes]


class TemplatePackage:
    """The parts of a template and how they are related, as python-docx reads them; what it gives is shared, and stays.

    Opening a template with its styles, fonts and settings was a quarter of what filling it took (2026-11-28).
    """

    def __init__(self, data: bytes) -> None:
        reader, read = PackageReader.from_file(io.BytesIO(data)), Package()  # type: ignore[no-untyped-call]
        Unmarshaller.unmarshal(reader, read, PartFactory)  # type: ignore[no-untyped-call]
        written = {part.partname: part.blob for part in read.parts if part.content_type not in _FILLED}
        self._parts: list[_PartRead] = [
            (name, content_type, how, written.get(name, blob)) for name, content_type, how, blob in reader.iter_sparts()
        ]
        self._relations = list(reader.iter_srels())
        self.title = str(read.main_document_part.document.core_properties.title)
        self._texts: dict[PackURI, str] = {
            name: etree.tostring(parse_xml(blob), encoding="unicode")
            for name, content_type, _, blob in self._parts
            if content_type in _FILLED
        }

    def text(self, name: PackURI) -> str:
        """Return the XML of a part that is filled."""
        return self._texts[name]

    def document(self) -> Document:
        """Return the template as a document of its own, to be filled."""
        package = Package()
        Unmarshaller.unmarshal(self, package, _part)  # type: ignore[no-untyped-call]
        document: Document = package.main_document_part.document
        return document

    def iter_sparts(self) -> Iterator[_PartRead]:
        """Yield the parts, as a reader of python-docx does."""
        return iter(self._parts)

    def iter_srels(self) -> Iterator[tuple[PackURI, _SerializedRelationship]]:
        """Yield what each part is related to, as a reader of python-docx does."""
        return iter(self._relations)


def _part(name: PackURI, content_type: str, how: str, blob: bytes, package: Package) -> Part:
    """Return a part as python-docx would; but what is not filled is not parsed."""
    if content_type in _FILLED or how == RELATIONSHIP_TYPE.IMAGE:
        made: Part = PartFactory(name, content_type, how, blob, package)  # type: ignore[assignment]
    else:
        made = Part.load(name, content_type, blob, package)
    return made


_kept = functools.lru_cache(maxsize=24)(TemplatePackage)  # those of a day's letters


def package_of(data: bytes) -> TemplatePackage:
    """Return a template that was looked through, taken apart; a large one is taken apart each time."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        is_large = sum(entry.file_size for entry in archive.infolist()) > _LARGEST_KEPT
    return TemplatePackage(data) if is_large else _kept(data)
