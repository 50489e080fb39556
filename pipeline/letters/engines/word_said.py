"""Everything that a Word file says, seen or not, each text with the place where a person finds it.

Body, headers, footers, notes, text boxes, remarks, changes that are tracked; names of bookmarks and pictures; who is
said to have written it, and what else it says of itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from pipeline.letters.engines.word_file import is_xml, opened, parsed

#: What a part is called, by its name in the file; any other holds what the file says of itself.
_PLACES = (
    (re.compile(r"^word/document\.xml$"), "isi surat"),
    (re.compile(r"^word/header\d*\.xml$"), "kepala halaman"),
    (re.compile(r"^word/footer\d*\.xml$"), "kaki halaman"),
    (re.compile(r"^word/(?:foot|end)notes\.xml$"), "catatan kaki"),
    (re.compile(r"^word/comments.*\.xml$"), "komentar"),
)
_ABOUT = "keterangan berkas"
#: Parts that say how things look, and nothing of a case.
_LOOKS = re.compile(
    r"^word/(?:styles|settings|fontTable|webSettings|numbering|theme/.*|stylesWithEffects|_rels/.*)(?:\.xml|\.rels)?$"
    r"|\.rels$|^\[Content_Types\]\.xml$"
)
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_WORDS = ("t", "delText", "instrText", "delInstrText")
#: Attributes in which people write, or programs write people.
_WRITTEN = ("author", "initials", "name", "descr", "title", "alt", "alias", "tag", "val", "userId", "default")
_IN_ATTRIBUTES = (
    "bookmarkStart",
    "docPr",
    "cNvPr",
    "ins",
    "del",
    "comment",
    "alias",
    "tag",
    "person",
    "rPrChange",
    "pPrChange",
    "text",
)


def said(docx: bytes) -> list[tuple[str, str]]:
    """Return every text of a fit Word file, as (place, text)."""
    found: list[tuple[str, str]] = []
    for name, data in opened(docx).items():
        if not is_xml(name, data) or _LOOKS.search(name):
            continue
        root, place = parsed(data), next((told for pattern, told in _PLACES if pattern.match(name)), _ABOUT)
        found += _paragraphs(root, place)
        found += [(f"{place} (keterangan)", text) for text in _attributes(root)]
        if place == _ABOUT:
            found += [(place, text) for node in root.iter("{*}*") if (text := (node.text or "").strip())]
    return list(dict.fromkeys(found))


def _paragraphs(root: etree._Element, place: str) -> Iterator[tuple[str, str]]:
    for number, paragraph in enumerate(root.iter("{*}p"), start=1):
        if text := "".join(_letters(paragraph)).strip():
            yield f"{place}, paragraf {number}", text


def _letters(paragraph: etree._Element) -> Iterator[str]:
    """Yield what a paragraph says; a field's code, and a paragraph within (a text box), stand apart from the rest."""
    for part in paragraph.iter("{*}*"):
        name = etree.QName(part).localname
        if name in _SIGNS:
            yield _SIGNS[name]
        elif name in _WORDS:
            yield (part.text or "") if name in _WORDS[:2] else f" {part.text or ''} "
        elif name == "p" and part is not paragraph:
            yield "\n"


def _attributes(root: etree._Element) -> Iterator[str]:
    for node in root.iter(*(f"{{*}}{name}" for name in _IN_ATTRIBUTES)):
        for key, value in node.items():
            if key.rpartition("}")[2] in _WRITTEN and value.strip():
                yield value
