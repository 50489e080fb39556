"""What a Word document says (.docx, ISO 29500-1): its text in order, tables row by row, then its pictures.

Macros, objects, links and fields are neither run nor followed. What was deleted while changes were tracked is no text
of the document; what stands in a text box is.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from lxml import etree

from pipeline.scans.renditions.content import Content, Writing
from pipeline.scans.renditions.packages import Package
from pipeline.scans.renditions.pictures import add_picture
from pipeline.scans.renditions.xml_parts import attribute, local, outermost, parsed

DOCUMENT = "word/document.xml"
#: Parts beside the body that hold text, in the order in which they are read.
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
#: Elements whose text nobody sees, or sees a second time (the old form of a text box, for old programs).
_UNSEEN = frozenset(("del", "moveFrom", "instrText", "delText", "Fallback", "pPr", "rPr", "tblPr", "sectPr"))
_MACROS = ("vbaProject.bin", "vbaData.xml")
_EMBEDDED = ("word/embeddings/", "word/activeX/")
_MACRO_WORDS = "Berkas Word ini memuat makro; makronya tidak dijalankan dan hanya tersimpan di dalam berkas aslinya."
_OBJECT_WORDS = "Berkas Word ini memuat objek sisipan yang tidak dibaca; objeknya tersimpan di dalam berkas aslinya."
_REVIEWED = ("{*}commentReference", "{*}ins", "{*}del", "{*}moveFrom", "{*}moveTo")


def content(package: Package) -> Content:
    """Return what the document says.

    Raises:
        Refused: a part of it is damaged or too large.
    """
    writing, is_reviewed = Writing(), False
    for name in (*_headers(package, "header"), DOCUMENT, *_headers(package, "footer"), *_NOTES):
        if name not in package:
            continue
        root = parsed(package.read(name))
        is_reviewed = is_reviewed or next(root.iter(*_REVIEWED), None) is not None
        if (said := "\n".join(_paragraphs(root))).strip():
            writing.say(said)
    for name in _pictures(package):
        add_picture(writing, package, name)
    if any(name.endswith(_MACROS) for name in package.entries):
        writing.unread.append(_MACRO_WORDS)
    if any(name.startswith(_EMBEDDED) for name in package.entries):
        writing.unread.append(_OBJECT_WORDS)
    if is_reviewed:
        writing.reviewed("Berkas Word ini")
    return Content(tuple(writing.blocks), "docx", tuple(writing.unread))


def _headers(package: Package, kind: str) -> list[str]:
    return sorted(name for name in package.entries if name.startswith(f"word/{kind}") and name.endswith(".xml"))


def _paragraphs(root: etree._Element) -> Iterator[str]:
    """Yield the paragraphs below a node; cells of a row stand beside one another, as on the page."""
    for child in root:
        match local(child):
            case "p":
                yield _text(child)
                for box in outermost(child, "txbxContent", without="Fallback"):
                    yield from _paragraphs(box)
            case "tr":
                cells = (" ".join(_paragraphs(cell)).strip() for cell in outermost(child, "tc"))
                yield " ".join(filter(None, cells))
            case name if name and name not in _UNSEEN:
                yield from _paragraphs(child)


def _text(node: etree._Element) -> str:
    parts: list[str] = []
    for child in node:
        name = local(child)
        if name == "t":
            parts.append(child.text or "")
        elif name in _SIGNS:
            parts.append(_SIGNS[name])
        elif name and name not in _UNSEEN and name != "txbxContent":
            parts.append(_text(child))
    return "".join(parts)


def _pictures(package: Package) -> list[str]:
    """Return the entries that are pictures of the body, in the order in which they stand there."""
    relations = "word/_rels/document.xml.rels"
    if relations not in package:
        return []
    targets = {
        str(relation.get("Id")): posixpath.normpath(posixpath.join("word", str(relation.get("Target", "")).lstrip("/")))
        for relation in parsed(package.read(relations)).iter("{*}Relationship")
        if str(relation.get("Type", "")).endswith("/image") and relation.get("TargetMode") != "External"
    }
    found: dict[str, None] = {}
    for node in parsed(package.read(DOCUMENT)).iter("{*}blip", "{*}imagedata"):
        target = targets.get(attribute(node, "embed") or attribute(node, "id"), "")
        if target in package:
            found[target] = None
    return list(found)
