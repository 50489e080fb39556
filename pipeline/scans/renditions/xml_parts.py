"""XML out of a document: no entity is resolved, nothing repaired, nor fetched, which the parser does only if told."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from pipeline.scans import refusals

#: Marks of elements and attributes in one part: so none fills the memory (once 112 kB of a Word file took 3.4 GB).
_MOST_MARKS = 1_500_000


def parsed(xml: bytes) -> etree._Element:
    """Return the root of a part.

    Raises:
        Refused: it is not well formed, declares entities, or is no part of a letter for its sheer number of elements.
    """
    if xml.count(b"<") + xml.count(b"=") > _MOST_MARKS:
        raise refusals.TOO_INTRICATE()
    if b"<!DOCTYPE" in xml:
        raise refusals.DAMAGED_FILE()
    try:
        root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False))
    except (etree.XMLSyntaxError, ValueError):
        raise refusals.DAMAGED_FILE() from None
    if root.getroottree().docinfo.internalDTD is not None:  # it was written in wider signs
        raise refusals.DAMAGED_FILE()
    return root


def local(node: etree._Element) -> str:
    """Return an element's name without its namespace; comments and instructions have none."""
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


def attribute(node: etree._Element, name: str) -> str:
    """Return an attribute by its local name, whatever its namespace; empty if there is none."""
    return next((str(value) for key, value in node.items() if key.rpartition("}")[2] == name), "")


def outermost(node: etree._Element, name: str, *, without: str = "") -> Iterator[etree._Element]:
    """Yield the elements of a name below a node, none that lies in another of them or in one called *without*."""
    for child in node:
        if local(child) == name:
            yield child
        elif local(child) != without:
            yield from outermost(child, name, without=without)
