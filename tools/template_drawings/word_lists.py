r"""Lists that Word itself numbers: a clerk adds, moves or deletes an entry and the numbers follow.

The drawings write a list as people read it: ``1.\tDasar``, ``a.\t...``, ``{{ loop.index }})\t{{ butir }}``. Here those
typed marks become Word's own numbering. The first mark of a kind (1, a, A, or an entry of a loop) begins a new list,
a later one goes on with the list of its style. How far an entry hangs is told by the style of its paragraph. A dash
(``–\t...``) makes an entry without number: for a list inside a loop, whose numbers would run on.
"""

from __future__ import annotations

import re
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

_LOOP = "{{ loop.index }}"
_DASH = "–"
_MARK = re.compile(rf"(\(?)({re.escape(_LOOP)}|\d+|[a-z]|[A-Z])([.)])\t|()({_DASH})()\t")
_FIRST = ("1", "a", "A", _LOOP, _DASH)
#: What the name of the style ends with in which a loop's last entry is drawn, before the others; it is of their list.
_LAST = " Akhir"
#: Word's names of what lists count in.
_KINDS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", _DASH: "bullet"}


def numbered(document: Any) -> None:
    """Turn every typed mark of the document into an entry of a Word list."""
    numbering = document.part.numbering_part.element
    for child in list(numbering):  # the lists of python-docx's own blank document
        numbering.remove(child)
    current: dict[tuple[str, str], int] = {}
    ended: tuple[str, str] | None = None
    for element in document.element.body.iter(qn("w:p")):
        paragraph = Paragraph(element, document)
        if not (mark := _MARK.match(paragraph.text)):
            continue
        opening, count, closing = (part for part in mark.groups() if part is not None)
        form = f"{opening}{_kind(count)}{closing}"
        key = (paragraph.style.name.removesuffix(_LAST), form)
        if key not in current or (count in _FIRST and key != ended):
            current[key] = _new_list(numbering, paragraph.style, form)
        ended = key if paragraph.style.name.endswith(_LAST) else None
        paragraph.runs[0].text = paragraph.runs[0].text[mark.end() :]
        listed = element.get_or_add_pPr().get_or_add_numPr()
        listed.get_or_add_ilvl().val, listed.get_or_add_numId().val = 0, current[key]


def _kind(count: str) -> str:
    """Return what a list counts in, as its first mark: 1, a or A, or the dash."""
    if count == _DASH:
        return _DASH
    return "1" if count == _LOOP or count.isdigit() else "a" if count.islower() else "A"


def _new_list(numbering: Any, style: Any, form: str) -> int:
    """Begin a list whose entries hang as the style does; return its number in the file."""
    number = 1 + len(numbering.findall(qn("w:num")))
    definition = _element("w:abstractNum", abstractNumId=str(number))
    level = _element("w:lvl", ilvl="0")
    count = next(letter for letter in form if letter in _KINDS)
    level.extend(
        (
            _element("w:start", val="1"),
            _element("w:numFmt", val=_KINDS[count]),
            _element("w:lvlText", val=form if count == _DASH else form.replace(count, "%1")),
            _element("w:lvlJc", val="left"),
        )
    )
    if (hang := style.element.pPr.find(qn("w:ind"))) is not None:
        shape = OxmlElement("w:pPr")
        shape.append(_element("w:ind", **{key.rsplit("}", 1)[1]: value for key, value in hang.attrib.items()}))
        level.append(shape)
    definition.extend((_element("w:multiLevelType", val="singleLevel"), level))
    entry = _element("w:num", numId=str(number))
    entry.append(_element("w:abstractNumId", val=str(number)))
    first = numbering.find(qn("w:num"))
    if first is not None:  # Word wants every definition before the first list
        first.addprevious(definition)
    else:
        numbering.append(definition)
    numbering.append(entry)
    return number


def _element(tag: str, **attributes: str) -> Any:
    node = OxmlElement(tag)
    for key, value in attributes.items():
        node.set(qn(f"w:{key}"), value)
    return node
