"""The Jinja tags of a Word template, read as Word shows them: paragraph by paragraph, however Word split its runs.

docxtpl works on the raw XML and lets a tag that crosses paragraphs, cells or rows swallow what lies between. So the
tags are looked at here first: that each is whole, and that each block ends where it began. What a tag may say is in
:mod:`pipeline.letters.engines.tag_syntax`.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from jinja2 import Environment
from lxml import etree

from pipeline.letters.engines import tag_syntax
from pipeline.letters.engines.tag_syntax import BARE, MAX_LOOPS, SPANS, STATEMENT, Fault, Tag

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DELIMITER = re.compile(r"\{\{|\{%|\{#|\}\}|%\}|#\}")
_CLOSES = {"{{": "}}", "{%": "%}", "{#": "#}"}


@dataclass(frozen=True, slots=True)
class _Open:
    word: str
    level: str
    container: etree._Element
    place: str


def faults(root: etree._Element, part: str, env: Environment, known: Collection[str]) -> list[Fault]:
    """Return everything wrong with the tags of one part (body, header, footer), in the order of the page."""
    tags: list[Tag] = []
    found: list[Fault] = []
    for number, paragraph in enumerate(root.iter(f"{_W}p"), 1):
        text = text_of(paragraph)
        if _DELIMITER.search(text):
            place = f"{part}, {_place(paragraph, number)}: “{_snippet(text)}”"
            broken = _broken(text, place)
            found += broken
            tags += [] if broken else [Tag(m, place, paragraph) for m in _tags(text)]
            found += [] if broken else _lost(text, place, paragraph)
    return found + _blocks(tags) + tag_syntax.faults(tags, env, known)


def text_of(paragraph: etree._Element) -> str:
    """Return the paragraph's own text, its runs joined (a text box inside it is paragraphs of its own)."""
    own = (t for t in paragraph.iter(f"{_W}t") if next(t.iterancestors(f"{_W}p")) is paragraph)
    return "".join(t.text or "" for t in own)


def _tags(text: str) -> list[str]:
    return re.findall(r"\{\{.*?\}\}|\{%.*?%\}", re.sub(r"\{#.*?#\}", "", text, flags=re.DOTALL), re.DOTALL)


def _snippet(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"


def _place(paragraph: etree._Element, number: int) -> str:
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
    """Find tags that do not end in the paragraph in which they begin."""
    opened = ""
    for match in _DELIMITER.finditer(text):
        mark = match[0]
        if (mark in _CLOSES) == bool(opened) or (opened and mark != _CLOSES[opened]):
            return [_crossing(opened or mark, place)]
        opened = mark if not opened else ""
    return [_crossing(opened, place)] if opened else []


def _crossing(mark: str, place: str) -> Fault:
    return Fault(
        place,
        f"tanda {mark} tidak berpasangan di dalam paragraf atau sel ini",
        "Tulis seluruh tag, dari kurung buka sampai kurung tutup, dalam satu paragraf dan satu sel.",
    )


def _lost(text: str, place: str, paragraph: etree._Element) -> list[Fault]:
    """Find text that docxtpl drops silently: whatever shares a paragraph or row with a ``{%p`` or ``{%tr`` tag."""
    for level, holder in (
        ("p", paragraph),
        ("tr", _container(paragraph, "row")),
        ("tc", _container(paragraph, "cell")),
    ):
        if re.search(rf"\{{[%#]{level}\s", text) is None:
            continue
        whole = "".join(text_of(p) for p in holder.iter(f"{_W}p"))
        if re.sub(rf"\{{[%#]{level}\s.*?[%#]\}}", "", whole, count=1, flags=re.DOTALL).strip():
            remedy = f"Beri tag {{%{level} …%}} {_HOLDERS[level]} tersendiri, tanpa teks lain."
            return [Fault(place, f"teks di sekitar tag {{%{level} …%}} akan hilang", remedy)]
    return []


_HOLDERS = {"p": "paragraf", "tr": "baris tabel", "tc": "sel"}


def _container(paragraph: etree._Element, kind: str) -> etree._Element:
    """Return the cell, row or table around a paragraph; the part's root where there is none."""
    tag = {"cell": "tc", "row": "tr", "table": "tbl"}[kind]
    root: etree._Element = paragraph.getroottree().getroot()
    return next(paragraph.iterancestors(f"{_W}{tag}"), root)


def _within(level: str, paragraph: etree._Element) -> etree._Element:
    """Return what a block of this level must begin and end in."""
    if level == "p":
        parent: etree._Element = paragraph.getparent()
        return parent
    if level in ("tr", "tc"):
        return _container(paragraph, {"tr": "table", "tc": "row"}[level])
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
            found += _too_deep(stack, tag)
        elif word in BARE:
            found += _mismatch(stack[-1] if stack else None, here)
            if word.startswith("end") and stack:
                stack.pop()
    return found + [
        Fault(o.place, f"{{% {o.word} %}} tidak ditutup", f"Tambahkan {{% end{o.word} %}} pasangannya.") for o in stack
    ]


def _too_deep(stack: list[_Open], tag: Tag) -> list[Fault]:
    if sum(o.word == "for" for o in stack) <= MAX_LOOPS:
        return []
    return [Fault(tag.place, f"pengulangan bersusun lebih dari {MAX_LOOPS}", "Kurangi susunan {% for %}.")]


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
