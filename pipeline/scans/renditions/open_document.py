"""What a text document of LibreOffice says (.odt, OASIS OpenDocument 1.3): its text in order, then its pictures."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from pipeline.scans import refusals
from pipeline.scans.renditions.content import Content, Writing
from pipeline.scans.renditions.packages import Package
from pipeline.scans.renditions.pictures import add_picture
from pipeline.scans.renditions.xml_parts import attribute, local, outermost, parsed

TYPE_ENTRY, TYPE = "mimetype", b"application/vnd.oasis.opendocument.text"
_BODY, _MANIFEST = "content.xml", "META-INF/manifest.xml"
_SIGNS = {"tab": "\t", "line-break": "\n"}
#: What was deleted while changes were tracked, notes of readers, scripts: no text of the document.
_UNSEEN = frozenset(("tracked-changes", "annotation", "scripts", "forms", "automatic-styles", "font-face-decls"))
_MACROS = ("Basic/", "Scripts/")
_MACRO_WORDS = "Berkas ini memuat makro; makronya tidak dijalankan dan hanya tersimpan di dalam berkas aslinya."
_REVIEWED = ("{*}tracked-changes", "{*}annotation")


def content(package: Package) -> Content:
    """Return what the document says.

    Raises:
        Refused: it is locked, or a part of it is damaged or too large.
    """
    if _MANIFEST in package and b"encryption-data" in package.read(_MANIFEST):
        raise refusals.LOCKED_FILE()
    if _BODY not in package:
        raise refusals.DAMAGED_FILE()
    root, writing = parsed(package.read(_BODY)), Writing()
    writing.say("\n".join(_paragraphs(root)))
    for name in dict.fromkeys(attribute(picture, "href").removeprefix("./") for picture in root.iter("{*}image")):
        if name in package:
            add_picture(writing, package, name)
    if any(name.startswith(_MACROS) and name.endswith(".xml") for name in package.entries):
        writing.unread.append(_MACRO_WORDS)
    if next(root.iter(*_REVIEWED), None) is not None:
        writing.reviewed("Berkas ini")
    return Content(tuple(writing.blocks), "odt", tuple(writing.unread))


def _paragraphs(root: etree._Element) -> Iterator[str]:
    for child in root:
        match local(child):
            case "p" | "h":
                yield _text(child)
            case "table-row":
                cells = (" ".join(_paragraphs(cell)).strip() for cell in outermost(child, "table-cell"))
                yield " ".join(filter(None, cells))
            case name if name and name not in _UNSEEN:
                yield from _paragraphs(child)


def _text(node: etree._Element) -> str:
    parts = [node.text or ""]
    for child in node:
        name = local(child)
        if name == "s":
            parts.append(" ")
        elif name in _SIGNS:
            parts.append(_SIGNS[name])
        elif name and name not in _UNSEEN:
            parts.append(_text(child))
        parts.append(child.tail or "")
    return "".join(parts)
