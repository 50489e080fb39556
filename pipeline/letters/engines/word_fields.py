"""The named content controls of a Word document: what stands in them, and the document with something else in them.

The machine writes into a document that people approved, so it changes as little as can be: the words between the
control's tags, in the look that they had. A control that holds more than one line is not one of ours.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator, Mapping
from copy import deepcopy

from lxml import etree

from pipeline.errors import NotAllowed
from pipeline.letters.approved_text import DATE, FIELD_TITLES, MARK, NUMBER, TAG, Line, Span
from pipeline.letters.engines import number_places
from pipeline.letters.engines.word_dates import whole_at
from pipeline.letters.engines.word_file import opened, packed, parsed

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "\N{NON-BREAKING HYPHEN}"}
#: What stands in every part that has a control.
_CONTROL = b"sdt"
#: The tags by which templates ask for what stands in the fields.
_TAGS = {NUMBER: "nomor_naskah", DATE: "tanggal_naskah", MARK: "tanda_konsep"}
#: The most letters that a number or a date has; a control that holds more holds what somebody wrote there.
_MOST_LETTERS = 120


def lines(docx: bytes) -> tuple[Line, ...]:
    """Return every paragraph that one sees: the body first, then headers, footers and notes by their names."""
    parts = opened(docx)
    return tuple(
        _line(paragraph, pictures)
        for name, root in _texts(parts).items()
        for pictures in [_pictures(parts, name)]
        for paragraph in root.iter(f"{_W}p")
    )


def named(docx: bytes, wanted: Collection[str]) -> bytes:
    """Return the file with a control around every place of these fields; one that has them all is left as it is.

    Where a control is missing, the place is found by what templates print there: dots beside "Nomor".

    Raises:
        NotAllowed: a field has no place, or several that look alike; or a control holds more than its one line.
    """
    parts = opened(docx)
    roots = _texts(parts)
    there: set[str] = set()
    for field, control in _controls(roots.values()):
        if len(list(control.iter(f"{_W}p"))) > 1 or len(_words(control)) > _MOST_LETTERS:
            raise NotAllowed(
                f"Kotak {FIELD_TITLES[field]!r} dalam naskah memuat lebih dari isinya sendiri.",
                "Pindahkan tulisan lain ke luar kotak itu di Word, lalu unggah sebagai suntingan.",
            )
        there.add(field)
    missing = {*wanted, MARK} - there
    if not missing:
        return docx
    number_places.name(roots, missing, wanted)
    return packed({**parts, **{name: _written(root) for name, root in roots.items()}})


def filled(docx: bytes, values: Mapping[str, str]) -> bytes:
    """Return the file with these values in the fields' controls; a mark that says nothing any more goes.

    A date is whole where those of a draft are.
    """
    parts = opened(docx)
    roots = _texts(parts)
    touched = False
    for field, control in list(_controls(roots.values())):
        told = whole_at(control, values[field]) if field == DATE and field in values else values.get(field)
        if told is None or _words(control) == told:
            continue
        touched = True
        if told or field != MARK:
            _fill(control, told)
        else:
            control.getparent().remove(control)
    return packed({**parts, **{name: _written(root) for name, root in roots.items()}}) if touched else docx


def without_empty_marks(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return a document's parts without the controls of draft marks that say nothing: Word would ask to write there."""
    made = dict(parts)
    for name, root in _texts({name: part for name, part in parts.items() if _CONTROL in part}).items():
        empty = [c for field, c in _controls([root]) if field == MARK and not _words(c)]
        for control in empty:
            control.getparent().remove(control)
        if empty:
            made[name] = _written(root)
    return made


def unnamed_fields(template: bytes) -> tuple[str, ...]:
    """Return the fields that a fit template prints outside their controls, where numbering has to look for them."""
    spans = [span for line in lines(template) for span in line]
    outside = (field for field, tag in _TAGS.items() if any(tag in s.text and s.field != field for s in spans))
    return tuple(outside)


def _texts(parts: Mapping[str, bytes]) -> dict[str, etree._Element]:
    names = sorted((name for name in parts if _PARTS.fullmatch(name)), key=lambda n: (n != "word/document.xml", n))
    return {name: parsed(parts[name]) for name in names}


def _written(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _controls(roots: Collection[etree._Element]) -> Iterator[tuple[str, etree._Element]]:
    for root in roots:
        for control in root.iter(f"{_W}sdt"):
            tag = control.find(f"{_W}sdtPr/{_W}tag")
            field = "" if tag is None else str(tag.get(f"{_W}val", "")).removeprefix(TAG)
            if field in FIELD_TITLES and control.find(f"{_W}sdtContent") is not None:
                yield field, control


def _line(paragraph: etree._Element, pictures: Mapping[str, str]) -> Line:
    """Return a paragraph's own words (those of a text box in it are paragraphs of their own), neighbours joined.

    A picture is told by its content's hash; the number of the page is not told.
    """
    found: list[Span] = []
    for node in paragraph.iter(f"{_W}t", _BLIP, *_SIGNS):
        if next(node.iterancestors(f"{_W}p")) is not paragraph or _is_page_number(node):
            continue
        if node.tag == _BLIP:
            text = f"[gambar {pictures.get(str(node.get(_EMBED)), '')}]"
        elif node.getparent().tag == f"{_W}r":
            text = node.text or "" if node.tag == f"{_W}t" else _SIGNS[str(node.tag)]
        else:
            continue
        field = _field_of(node)
        if found and found[-1].field == field:
            text = found.pop().text + text
        found.append(Span(text, field))
    return tuple(span for span in found if span.text or span.field)


def _pictures(parts: Mapping[str, bytes], name: str) -> dict[str, str]:
    """Return the beginning of the hash of each picture that a part shows, by the key of its relation."""
    folder, _, own = name.rpartition("/")
    relations = parts.get(f"{folder}/_rels/{own}.rels")
    told = parsed(relations) if relations else ()
    targets = ((str(r.get("Id")), f"{folder}/{r.get('Target')}") for r in told)
    return {key: hashlib.sha256(parts[target]).hexdigest()[:8] for key, target in targets if target in parts}


def _is_page_number(node: etree._Element) -> bool:
    codes = (str(field.get(f"{_W}instr", "")).split() for field in node.iterancestors(f"{_W}fldSimple"))
    return any(code[:1] in (["PAGE"], ["NUMPAGES"]) for code in codes)


def _field_of(node: etree._Element) -> str:
    tags = (c.find(f"{_W}sdtPr/{_W}tag") for c in node.iterancestors(f"{_W}sdt"))
    fields = (str(tag.get(f"{_W}val", "")).removeprefix(TAG) for tag in tags if tag is not None)
    return next((field for field in fields if field in FIELD_TITLES), "")


def _words(control: etree._Element) -> str:
    signs = (
        node.text or "" if node.tag == f"{_W}t" else _SIGNS[str(node.tag)] for node in control.iter(f"{_W}t", *_SIGNS)
    )
    return "".join(signs)


def _fill(control: etree._Element, text: str) -> None:
    """Put other words into a control, in the look of its first run."""
    content = control.find(f"{_W}sdtContent")
    runs = list(content.iter(f"{_W}r"))
    home = runs[0].getparent() if runs else next(content.iter(f"{_W}p"), content)
    like = next((run for run in runs if run.find(f"{_W}t") is not None), runs[0] if runs else None)
    run = etree.Element(f"{_W}r")
    if like is not None and (look := like.find(f"{_W}rPr")) is not None:
        run.append(deepcopy(look))
    written = etree.SubElement(run, f"{_W}t")
    written.text = text
    written.set(_SPACE, "preserve")
    home.insert(home.index(runs[0]), run) if runs else home.append(run)
    for old in runs:
        old.getparent().remove(old)
