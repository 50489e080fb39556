"""The words of a Word file, paragraph by paragraph, and the same file with some of them changed.

Only paragraphs of plain words can be changed: those that hold pictures, links or fields are for Word itself. What is
not changed keeps its look to the letter; new words look like those beside which they were typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from itertools import groupby, takewhile

from lxml import etree

from pipeline.letters.engines.word_file import opened, packed, parsed
from pipeline.letters.ports import Passage

_BODY = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_AROUND = {f"{_W}{name}" for name in ("pPr", "r", "proofErr", "bookmarkStart", "bookmarkEnd")}
_WITHIN = {f"{_W}{name}" for name in ("rPr", "t", "tab", "br", "lastRenderedPageBreak")}
_UNWRITABLE = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: What says something: a colon between two cells does not, a dash for "none" does.
_SAYS = re.compile(r"[\w–-]")
_PIECES = re.compile(r"[^\t\n]+|\t|\n")


def passages(docx: bytes) -> tuple[Passage, ...]:
    """Return the paragraphs of a fit Word file that hold words, in their order; marks are no words."""
    root = parsed(opened(docx)[_BODY])
    rows, cells = ({part: n for n, part in enumerate(root.iter(f"{_W}{kind}"), start=1)} for kind in ("tr", "tc"))
    return tuple(
        Passage(
            number,
            text,
            _place(paragraph, "tr", rows),
            _place(paragraph, "tc", cells),
            style="" if (named := paragraph.find(f"{_W}pPr/{_W}pStyle")) is None else str(named.get(f"{_W}val", "")),
            locked=not _is_plain(paragraph),
        )
        for number, paragraph in enumerate(root.iter(f"{_W}p"))
        if _SAYS.search(text := "".join(text for _, text in _runs(paragraph)))
        or paragraph.find(f".//{_W}sdt") is not None
    )


def _place(paragraph: etree._Element, kind: str, places: Mapping[etree._Element, int]) -> int:
    inside = next(paragraph.iterancestors(f"{_W}{kind}"), None)
    return 0 if inside is None else places[inside]


def rewritten(docx: bytes, changes: Mapping[int, str]) -> bytes:
    """Return the file with other words in the paragraphs of these numbers; one without any words is taken out."""
    parts = opened(docx)
    root = parsed(parts[_BODY])
    for number, paragraph in enumerate(list(root.iter(f"{_W}p"))):
        if number in changes and _is_plain(paragraph):
            _write(paragraph, _UNWRITABLE.sub("", changes[number]))
    parts[_BODY] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return packed(parts)


def _is_plain(paragraph: etree._Element) -> bool:
    if next(paragraph.iterancestors(f"{_W}txbxContent"), None) is not None:
        return False
    inside = (part for run in paragraph.iter(f"{_W}r") for part in run)
    return all(child.tag in _AROUND for child in paragraph) and all(
        part.tag in _WITHIN and part.get(f"{_W}type") is None  # a break of a page or column is no word
        for part in inside
    )


def _runs(paragraph: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Yield the paragraph's runs, each with its text."""
    signs = {f"{_W}tab": "\t", f"{_W}br": "\n"}
    for run in paragraph.iter(f"{_W}r"):
        yield run, "".join(part.text or "" if part.tag == f"{_W}t" else signs.get(str(part.tag), "") for part in run)


def _write(paragraph: etree._Element, text: str) -> None:
    """Put other words into a paragraph: each letter that stays is written in the run in which it stood."""
    runs = list(_runs(paragraph))
    old = [(letter, n) for n, (_, letters) in enumerate(runs) for letter in letters]
    said = "".join(letter for letter, _ in old)
    kept = _alike(said, text)
    kept_after = _alike(said[kept:][::-1], text[kept:][::-1])
    begin, end = kept, len(said) - kept_after
    beside = old[begin][1] if begin < end else old[max(0, begin - 1)][1]
    new = [*old[:begin], *((letter, beside) for letter in text[kept : len(text) - kept_after]), *old[end:]]
    made = [_run(runs[n][0], "".join(letter for letter, _ in some)) for n, some in groupby(new, lambda one: one[1])]
    for run, _ in runs:
        paragraph.remove(run)
    paragraph.extend(made)
    if not text.strip():
        _take_out(paragraph)


def _alike(one: str, other: str) -> int:
    """Return how many letters two texts have in common at their beginning."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _run(like: etree._Element, text: str) -> etree._Element:
    run = etree.Element(f"{_W}r")
    if (look := like.find(f"{_W}rPr")) is not None:
        run.append(deepcopy(look))
    for piece in _PIECES.findall(text):
        if piece in "\t\n":
            etree.SubElement(run, f"{_W}tab" if piece == "\t" else f"{_W}br")
        else:
            written = etree.SubElement(run, f"{_W}t")
            written.text = piece
            written.set(_SPACE, "preserve")
    return run


def _take_out(paragraph: etree._Element) -> None:
    """Remove an emptied paragraph, unless the file needs it: a table's cell its last one, a section its end."""
    home = paragraph.getparent()
    alone = home is not None and home.tag == f"{_W}tc" and len(home.findall(f"{_W}p")) == 1
    if home is not None and not alone and paragraph.find(f"{_W}pPr/{_W}sectPr") is None:
        home.remove(paragraph)
