"""Where the tags of a Word template stand: that each is whole, and that each block ends where it began.

docxtpl works on the raw XML and lets a tag that crosses paragraphs, cells or rows swallow what lies between. So the
tags are looked at here first, as Word shows them: paragraph by paragraph, however Word split its runs. What a tag says
is looked at in ``template_grammar``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from jinja2 import Environment
from lxml import etree

from pipeline.letters.engines import template_slips
from pipeline.letters.engines.template_grammar import BARE, MAX_LOOPS, SPANS, STATEMENT, Fault, Tag, faults_of_tags
from pipeline.letters.engines.template_names import Shape

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: The twin of a text box for old readers: Word writes both, and a clerk sees one.
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BRACE = re.compile(r"[{}]")
_DELIMITER = re.compile(r"\{\{|\{%|\{#|\}\}|%\}|#\}")
_CLOSES = {"{{": "}}", "{%": "%}", "{#": "#}"}
#: What a tag of a level must have for itself alone.
_HOLDERS = {"p": "paragraf", "tr": "baris tabel", "tc": "sel"}


@dataclass(frozen=True, slots=True)
class _Open:
    word: str
    level: str
    container: etree._Element
    place: str


def faults(root: etree._Element, part: str, env: Environment, known: Mapping[str, Shape]) -> list[Fault]:
    """Return everything wrong with the tags of one part (body, header, footer)."""
    tags: list[Tag] = []
    found: list[Fault] = []
    whole = True
    for number, paragraph in enumerate(root.iter(f"{_W}p"), 1):
        text = text_of(paragraph)
        if not _BRACE.search(text) or next(paragraph.iterancestors(_FALLBACK), None) is not None:
            continue
        shown = text if len(text) <= 60 else text[:59] + "…"
        place = f"{part}, {_place(paragraph, number)}: “{shown}”"
        found += [Fault(place, *slip) for slip in template_slips.loose(text, known)]
        if broken := [Fault(place, *slip) for slip in template_slips.in_tags(text)] or _broken(text, place):
            found, whole = found + broken, False
            continue
        told = re.sub(r"\{#.*?#\}", "", text, flags=re.DOTALL)
        tags += [Tag(tag, place, paragraph) for tag in re.findall(r"\{\{.*?\}\}|\{%.*?%\}", told, re.DOTALL)]
        found += _lost(text, place, paragraph)
    # A tag that is broken opens or ends nothing: what it belongs to would be blamed.
    return found + (_blocks(tags) + faults_of_tags(tags, env, known) if whole else [])


def text_of(paragraph: etree._Element) -> str:
    """Return the paragraph's own text, its runs joined (a text box inside it is paragraphs of its own)."""
    own = (t for t in paragraph.iter(f"{_W}t") if next(t.iterancestors(f"{_W}p")) is paragraph)
    return "".join(t.text or "" for t in own)


def _place(paragraph: etree._Element, number: int) -> str:
    if next(paragraph.iterancestors(f"{_W}txbxContent"), None) is not None:
        return "kotak teks"
    cell = next(paragraph.iterancestors(f"{_W}tc"), None)
    if cell is None:
        return f"paragraf ke-{number}"
    row = next(cell.iterancestors(f"{_W}tr"))
    table = next(row.iterancestors(f"{_W}tbl"))
    rows, cells = list(table.iterchildren(f"{_W}tr")), list(row.iterchildren(f"{_W}tc"))
    tables = list(paragraph.getroottree().iter(f"{_W}tbl"))
    row_number = rows.index(row) + 1 if row in rows else 0
    cell_number = cells.index(cell) + 1 if cell in cells else 0
    return f"tabel {tables.index(table) + 1} baris {row_number} kolom {cell_number}"


def _broken(text: str, place: str) -> list[Fault]:
    """Find the first tag that does not end in the paragraph in which it begins."""
    opened = ""
    for match in _DELIMITER.finditer(text):
        mark = match[0]
        if (mark in _CLOSES) == bool(opened) or (opened and mark != _CLOSES[opened]):
            opened = opened or mark
            break
        opened = mark if not opened else ""
    what = f"tanda {opened} tidak berpasangan di dalam paragraf atau sel ini"
    remedy = "Tulis seluruh tag, dari kurung buka sampai kurung tutup, dalam satu paragraf dan satu sel."
    return [Fault(place, what, remedy)] if opened else []


def _lost(text: str, place: str, paragraph: etree._Element) -> list[Fault]:
    """Find text that docxtpl drops silently: whatever shares a paragraph or row with a ``{%p`` or ``{%tr`` tag."""
    for level in _HOLDERS:
        holder = paragraph if level == "p" else _container(paragraph, level)
        if re.search(rf"\{{[%#]{level}\s", text) is None:
            continue
        whole = "".join(text_of(p) for p in holder.iter(f"{_W}p"))
        if re.sub(rf"\{{[%#]{level}\s.*?[%#]\}}", "", whole, count=1, flags=re.DOTALL).strip():
            remedy = f"Beri tag {{%{level} …%}} {_HOLDERS[level]} tersendiri, tanpa teks lain."
            return [Fault(place, f"teks di sekitar tag {{%{level} …%}} akan hilang", remedy)]
    return []


def _container(paragraph: etree._Element, tag: str) -> etree._Element:
    """Return the cell (``tc``), row (``tr``) or table (``tbl``) around a paragraph; the part's root without one."""
    root: etree._Element = paragraph.getroottree().getroot()
    return next(paragraph.iterancestors(f"{_W}{tag}"), root)


def _within(level: str, paragraph: etree._Element) -> etree._Element:
    """Return what a block of this level must begin and end in."""
    if level == "p":
        parent: etree._Element = paragraph.getparent()
        return parent
    if level in ("tr", "tc"):
        return _container(paragraph, {"tr": "tbl", "tc": "tr"}[level])
    return paragraph


def _blocks(tags: list[Tag]) -> list[Fault]:
    """Find ``if`` and ``for`` that do not end where, and as, they began."""
    found: list[Fault] = []
    stack: list[_Open] = []
    for tag in tags:
        match = STATEMENT.fullmatch(tag.text)
        if match is None:
            continue
        word, level = match["word"], match["level"] or ""
        here = _Open(word, level, _within(level, tag.paragraph), tag.place)
        if word in SPANS:
            stack.append(here)
            if sum(o.word == "for" for o in stack) > MAX_LOOPS:
                what = f"pengulangan bersusun lebih dari {MAX_LOOPS}"
                found.append(Fault(tag.place, what, "Kurangi susunan {% for %}."))
        elif word in BARE:
            found += _mismatch(stack[-1] if stack else None, here)
            if word.startswith("end") and stack:
                stack.pop()
    return found + [
        Fault(o.place, f"{{% {o.word} %}} tidak ditutup", f"Tambahkan {{% end{o.word} %}} pasangannya.") for o in stack
    ]


def _mismatch(opened: _Open | None, here: _Open) -> list[Fault]:
    if opened is None or opened.word not in BARE[here.word]:
        return [Fault(here.place, f"{{% {here.word} %}} tanpa pembuka", "Periksa urutan {% if %} atau {% for %}.")]
    if opened.level != here.level or opened.container is not here.container:
        return [
            Fault(
                here.place,
                f"{{% {here.word} %}} berada di paragraf, sel atau tabel lain daripada pembukanya ({opened.place})",
                "Pakai {%p …%} untuk paragraf utuh atau {%tr …%} untuk baris tabel utuh, pada kedua ujungnya.",
            )
        ]
    return []
