"""Where a letter without content controls has its number, its date and its mark: found by what templates print.

Drafts of earlier versions of the program, and the office's own templates, print dots where the number will stand:
``Nomor : .......`` in a table or on a line, ``NOMOR .......`` under a title, ``Tanggal : .......``.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Collection, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from pipeline.errors import NotAllowed
from pipeline.letters.approved_text import DATE, FIELD_TITLES, MARK, NUMBER, TAG

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BODY = "word/document.xml"
#: Dots, or the underscores that some offices print.
_DOTS = r"(?:[.…]{5,}|_{5,})"
_DAY = r"\d{1,2}\s+[A-Za-z]{3,9}\s+\d{4}"
_BLANK = re.compile(rf"\s*({_DOTS})\s*")
_BLANK_OR_DAY = re.compile(rf"\s*({_DOTS}|{_DAY})\s*")
_NUMBER_LINE = re.compile(rf"\s*(?:nomor|no\.?)\s*:?\s*({_DOTS})(?:\s+({_DOTS}))?\s*", re.IGNORECASE)
_DATE_LINE = re.compile(rf"\s*(?:tanggal|tgl\.?)\s*:?\s*({_DOTS}|{_DAY})\s*", re.IGNORECASE)
_NUMBER_LABEL, _DATE_LABEL = re.compile(r"(?i)\s*(nomor|no\.?)\s*:?\s*"), re.compile(r"(?i)\s*(tanggal|tgl\.?)\s*:?\s*")
#: The style in which templates head a page of enclosures, where the number stands once more.
_ENCLOSURE = "KepalaLampiran"
#: The style of the mark, where a template has it in the body; elsewhere in the body the word is somebody's word.
_MARK_STYLE = "TandaKonsep"


@dataclass(frozen=True, slots=True)
class _Place:
    field: str
    paragraph: etree._Element
    begin: int
    end: int


def name(roots: Mapping[str, etree._Element], missing: Collection[str], wanted: Collection[str]) -> None:
    """Put a named control around the places of the fields that are missing.

    Raises:
        NotAllowed: a wanted field has no place, or several that look alike.
    """
    places = [place for place in _places(roots) if place.field in missing]
    for field in sorted(set(wanted) & set(missing)):
        heads = [p for p in places if p.field == field and not _enclosed(p.paragraph)]
        if len(heads) != 1:
            fact = "tidak ditemukan" if not heads else f"ada {len(heads)} yang serupa"
            raise NotAllowed(
                f"Tempat {FIELD_TITLES[field].lower()} dalam naskah {fact}, sehingga tidak dapat diisi tanpa menebak.",
                "Sunting naskahnya di Word: beri satu baris `Nomor : ..........` dan satu `Tanggal : ..........`, "
                "lalu unggah; untuk naskah berikutnya perbarui templatnya (lihat `yankomas doctor`).",
            )
    for count, place in enumerate(reversed(places)):  # from the end, so that those before keep their letters' count
        _wrap(place, count)


def _places(roots: Mapping[str, etree._Element]) -> Iterator[_Place]:
    for part, root in roots.items():
        for paragraph in root.iter(f"{_W}p"):
            text = _text(paragraph)
            if text.strip() == "KONSEP" and (part != _BODY or _style(paragraph) == _MARK_STYLE):
                yield _Place(MARK, paragraph, *_inner(text))
            elif part == _BODY and text.strip():
                yield from _in_line(paragraph, text)
                yield from _in_row(paragraph, text)


def _in_line(paragraph: etree._Element, text: str) -> Iterator[_Place]:
    if match := _NUMBER_LINE.fullmatch(text):
        yield _Place(NUMBER, paragraph, *match.span(1))
        if match[2]:
            yield _Place(DATE, paragraph, *match.span(2))
    elif match := _DATE_LINE.fullmatch(text):
        yield _Place(DATE, paragraph, *match.span(1))


def _in_row(paragraph: etree._Element, text: str) -> Iterator[_Place]:
    """Find the number beside its label, the date beside its own or at the end of the number's row."""
    cell = next(paragraph.iterancestors(f"{_W}tc"), None)
    row = next(paragraph.iterancestors(f"{_W}tr"), None)
    if cell is None or row is None:
        return
    cells = list(row.iter(f"{_W}tc"))
    label = "".join(_text(p) for p in cells[0].iter(f"{_W}p"))
    if _NUMBER_LABEL.fullmatch(label) and (match := _BLANK.fullmatch(text)):
        earlier = cells[1 : cells.index(cell)]
        first = not any(_BLANK.fullmatch(_text(p)) for other in earlier for p in other.iter(f"{_W}p"))
        yield _Place(NUMBER if first else DATE, paragraph, *match.span(1))
    elif _DATE_LABEL.fullmatch(label) and (match := _BLANK_OR_DAY.fullmatch(text)):
        yield _Place(DATE, paragraph, *match.span(1))


def _text(paragraph: etree._Element) -> str:
    """Return the words of a paragraph's runs; a letter each for tabs and breaks, so that places can be counted."""
    return "".join(_run_text(run) for run in paragraph.findall(f"{_W}r"))


def _run_text(run: etree._Element) -> str:
    return "".join(
        node.text or "" if node.tag == f"{_W}t" else "\t"
        for node in run
        if node.tag in (f"{_W}t", f"{_W}tab", f"{_W}br")
    )


def _inner(text: str) -> tuple[int, int]:
    begin = len(text) - len(text.lstrip())
    return begin, begin + len(text.strip())


def _enclosed(paragraph: etree._Element) -> bool:
    return _style(paragraph) == _ENCLOSURE


def _style(paragraph: etree._Element) -> str:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return "" if style is None else str(style.get(f"{_W}val", "")).replace(" ", "")


def _wrap(place: _Place, count: int) -> None:
    """Put a control around the letters of a place; a run that goes on beyond it is cut there, its look kept."""
    inside: list[etree._Element] = []
    at = 0
    for run in list(place.paragraph.findall(f"{_W}r")):
        size = len(_run_text(run))
        begin, end = max(place.begin - at, 0), min(place.end - at, size)
        if begin < end:
            inside.append(_cut(run, begin, end))
        at += size
    holder = etree.Element(f"{_W}sdt")
    properties = etree.SubElement(holder, f"{_W}sdtPr")
    identity = zlib.crc32(f"{place.field} {count}".encode()) & 0x7FFFFFFF
    told = {
        "alias": FIELD_TITLES[place.field],
        "tag": TAG + place.field,
        "id": str(identity),
        "lock": "sdtContentLocked",
    }
    for key, value in told.items():
        etree.SubElement(properties, f"{_W}{key}").set(f"{_W}val", value)
    etree.SubElement(properties, f"{_W}text")
    content = etree.SubElement(holder, f"{_W}sdtContent")
    inside[0].addprevious(holder)
    content.extend(inside)


def _cut(run: etree._Element, begin: int, end: int) -> etree._Element:
    """Return the run that holds just these letters; what stood before and after them becomes runs beside it."""
    if begin == 0 and end == len(_run_text(run)):
        return run
    pieces = [list(_pieces(run, *ends)) for ends in ((0, begin), (begin, end), (end, len(_run_text(run))))]
    look = run.find(f"{_W}rPr")
    made = []
    for piece in pieces:
        part = etree.Element(f"{_W}r")
        part.extend([deepcopy(look)] if look is not None else [])
        part.extend(piece)
        made.append(part)
    for part, piece in zip(made, pieces, strict=True):
        if piece:
            run.addprevious(part)
    run.getparent().remove(run)
    return made[1]


def _pieces(run: etree._Element, begin: int, end: int) -> Iterator[etree._Element]:
    at = 0
    for node in run:
        if node.tag not in (f"{_W}t", f"{_W}tab", f"{_W}br"):
            continue
        size = len(node.text or "") if node.tag == f"{_W}t" else 1
        text = (node.text or "")[max(begin - at, 0) : max(end - at, 0)]
        if node.tag == f"{_W}t" and text:
            piece = etree.Element(f"{_W}t")
            piece.text = text
            piece.set(_SPACE, "preserve")
            yield piece
        elif node.tag != f"{_W}t" and begin <= at < end:
            yield deepcopy(node)
        at += size
