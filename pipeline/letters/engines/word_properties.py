"""What a Word file says of itself: its custom properties, in which it says which letter and version it is, and others.

Office Open XML, ISO/IEC 29500-1, 22.3. Custom properties of others are kept; who wrote it, and where, is not said.
"""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import escape

from lxml import etree

from pipeline.letters.engines.word_file import opened, packed, parsed
from pipeline.letters.identity import Identity

_CODE, _VERSION = "Yankomas-Naskah", "Yankomas-Versi"
#: The part that says title and author, and the one that says company and manager.
CORE, _PROGRAM = "docProps/core.xml", "docProps/app.xml"
_AUTHOR = "Kanwil"
#: What a program tells there of who has it, and of the file that this one was made from.
_PERSONAL = ("Company", "Manager", "Template", "HyperlinkBase", "TitlesOfParts", "HeadingPairs")
_PART, _RELATIONS, _TYPES = "docProps/custom.xml", "_rels/.rels", "[Content_Types].xml"
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_MEDIA = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
#: The longest property that is looked at: a code has twelve letters.
_MOST_LETTERS = 40


def identity(docx: bytes) -> Identity | None:
    """Return what a fit file says of itself, or None if it says nothing."""
    parts = opened(docx)
    name = _part(parts)
    if name is None or name not in parts:
        return None
    said = {str(p.get("name")): "".join(map(str, p.itertext())).strip() for p in parsed(parts[name])}
    code, version = said.get(_CODE, ""), said.get(_VERSION, "")
    if not code or len(code) > _MOST_LETTERS or not (version.isdecimal() and len(version) < 10):
        return None
    return Identity(code, int(version))


def identified(docx: bytes, identity: Identity) -> bytes:
    """Return the file saying that it is this letter and version; same inputs, same bytes."""
    return packed(with_identity(opened(docx), identity))


def with_identity(parts: Mapping[str, bytes], identity: Identity) -> dict[str, bytes]:
    """Return a file's parts saying that it is this letter and version."""
    name = _part(parts)
    if name is None or name not in parts:
        name, parts = _PART, _declared(parts)
    root = parsed(parts[name]) if name in parts else etree.Element(f"{{{_CUSTOM}}}Properties", nsmap={None: _CUSTOM})
    for old in [p for p in root if p.get("name") in (_CODE, _VERSION)]:
        root.remove(old)
    for key, value in ((_CODE, identity.code), (_VERSION, str(identity.version))):
        held = etree.SubElement(root, f"{{{_CUSTOM}}}property", fmtid=_FORMAT, name=key)
        etree.SubElement(held, f"{{{_VALUES}}}lpwstr", nsmap={"vt": _VALUES}).text = value
    for number, held in enumerate(root, start=2):  # 0 and 1 are reserved
        held.set("pid", str(number))
    return {**parts, name: _written(root)}


def impersonal(docx: bytes, title: str) -> bytes:
    """Return the file under this title, saying nothing of who wrote it, when and on whose machine."""
    parts = opened(docx)
    if CORE in parts:
        parts[CORE] = core_properties(title)
    if _PROGRAM in parts:
        root = parsed(parts[_PROGRAM])
        for told in [part for part in root if etree.QName(part).localname in _PERSONAL]:
            root.remove(told)
        parts[_PROGRAM] = _written(root)
    return packed(parts)


def core_properties(title: str) -> bytes:
    """Return document properties that say what the document is, and nothing of when, where and on whose machine."""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties '
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>'
        f"{escape(title)}</dc:title><dc:creator>{_AUTHOR}</dc:creator></cp:coreProperties>"
    ).encode()


def _part(parts: Mapping[str, bytes]) -> str | None:
    """Return the name of the part that holds custom properties, if the file speaks of one."""
    if _RELATIONS not in parts:
        return None
    relations = (r for r in parsed(parts[_RELATIONS]) if str(r.get("Type")).endswith("/custom-properties"))
    return next((str(r.get("Target")).lstrip("/") for r in relations), None)


def _declared(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the parts with one more that is spoken of: custom properties."""
    relations, types = parsed(parts[_RELATIONS]), parsed(parts[_TYPES])
    for old in [r for r in relations if str(r.get("Type")).endswith("/custom-properties")]:
        relations.remove(old)
    taken = {str(r.get("Id")) for r in relations}
    free = next(f"rId{n}" for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
    space = etree.QName(relations).namespace
    etree.SubElement(relations, f"{{{space}}}Relationship", Id=free, Type=_RELATION, Target=_PART)
    if not any(t.get("PartName") == f"/{_PART}" for t in types):
        space = etree.QName(types).namespace
        etree.SubElement(types, f"{{{space}}}Override", PartName=f"/{_PART}", ContentType=_MEDIA)
    return {**parts, _RELATIONS: _written(relations), _TYPES: _written(types)}


def _written(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
