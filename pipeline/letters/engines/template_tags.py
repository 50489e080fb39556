"""The Jinja tags of a Word template: that each is whole, that each block ends where it began, that they say little.

docxtpl works on the raw XML and lets a tag that crosses paragraphs, cells or rows swallow what lies between. So the
tags are looked at here first, as Word shows them: paragraph by paragraph, however Word split its runs.

A clerk may write values, five filters, ``if`` and ``for``; every other thing Jinja knows is refused before it runs, so
that no template can run code, reach into the program or run for ever.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from jinja2 import Environment, TemplateSyntaxError, nodes
from lxml import etree

from pipeline.office import wording

#: Loops inside loops multiply; no sheet needs a third.
_MAX_LOOPS = 2
#: A statement: its level (``tr``, ``tc``, ``p``, ``r`` or none), its word and the rest.
_STATEMENT = re.compile(r"\{%-?(?P<level>tr|tc|p|r)?\s+(?P<word>\w+)\b(?P<rest>.*?)-?%\}", re.DOTALL)
_EXPRESSION = re.compile(r"\{\{(?:r\s)?(?P<rest>.*?)\}\}", re.DOTALL)
#: The statements that open a block, each as a template of its own.
_SPANS = {"if": "{%% if %s %%}{%% endif %%}", "for": "{%% for %s %%}{%% endfor %%}"}
_BRANCHES = {"elif": "{%% if 1 %%}{%% elif %s %%}{%% endif %%}"}
#: The statements that branch or end a block, with what they may belong to.
_BARE = {"else": ("if", "for"), "endif": ("if",), "endfor": ("for",), "elif": ("if",)}
_NODES = (
    nodes.Template,
    nodes.Output,
    nodes.If,
    nodes.For,
    nodes.Name,
    nodes.Const,
    nodes.TemplateData,
    nodes.Getattr,
    nodes.Getitem,
    nodes.Filter,
    nodes.Test,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.CondExpr,
    nodes.Concat,
    nodes.Tuple,
)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DELIMITER = re.compile(r"\{\{|\{%|\{#|\}\}|%\}|#\}")
_CLOSES = {"{{": "}}", "{%": "%}", "{#": "#}"}
#: What a tag of a level must have for itself alone.
_HOLDERS = {"p": "paragraf", "tr": "baris tabel", "tc": "sel"}


@dataclass(frozen=True, slots=True)
class _Tag:
    """One tag: its text, where it stands in words, and the paragraph that holds it."""

    text: str
    place: str
    paragraph: etree._Element


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at a place, what to do about it, and the nearest known field where one was misspelt."""

    place: str
    what: str
    remedy: str
    nearest: str | None = None


@dataclass(frozen=True, slots=True)
class _Open:
    word: str
    level: str
    container: etree._Element
    place: str


def faults(root: etree._Element, part: str, env: Environment, known: Collection[str]) -> list[Fault]:
    """Return everything wrong with the tags of one part (body, header, footer), in the order of the page."""
    tags: list[_Tag] = []
    found: list[Fault] = []
    for number, paragraph in enumerate(root.iter(f"{_W}p"), 1):
        text = text_of(paragraph)
        if not _DELIMITER.search(text):
            continue
        shown = text if len(text) <= 60 else text[:59] + "…"
        place = f"{part}, {_place(paragraph, number)}: “{shown}”"
        if broken := _broken(text, place):
            found += broken
            continue
        told = re.sub(r"\{#.*?#\}", "", text, flags=re.DOTALL)
        tags += [_Tag(tag, place, paragraph) for tag in re.findall(r"\{\{.*?\}\}|\{%.*?%\}", told, re.DOTALL)]
        found += _lost(text, place, paragraph)
    return found + _blocks(tags) + _faults_of_tags(tags, env, known)


def text_of(paragraph: etree._Element) -> str:
    """Return the paragraph's own text, its runs joined (a text box inside it is paragraphs of its own)."""
    own = (t for t in paragraph.iter(f"{_W}t") if next(t.iterancestors(f"{_W}p")) is paragraph)
    return "".join(t.text or "" for t in own)


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


def _blocks(tags: list[_Tag]) -> list[Fault]:
    """Find ``if`` and ``for`` that do not end where, and as, they began."""
    found: list[Fault] = []
    stack: list[_Open] = []
    for tag in tags:
        match = _STATEMENT.fullmatch(tag.text)
        if match is None:
            continue
        word, level = match["word"], match["level"] or ""
        here = _Open(word, level, _within(level, tag.paragraph), tag.place)
        if word in _SPANS:
            stack.append(here)
            if sum(o.word == "for" for o in stack) > _MAX_LOOPS:
                what = f"pengulangan bersusun lebih dari {_MAX_LOOPS}"
                found.append(Fault(tag.place, what, "Kurangi susunan {% for %}."))
        elif word in _BARE:
            found += _mismatch(stack[-1] if stack else None, here)
            if word.startswith("end") and stack:
                stack.pop()
    return found + [
        Fault(o.place, f"{{% {o.word} %}} tidak ditutup", f"Tambahkan {{% end{o.word} %}} pasangannya.") for o in stack
    ]


def _mismatch(opened: _Open | None, here: _Open) -> list[Fault]:
    if opened is None or opened.word not in _BARE[here.word]:
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


def nearest(name: str, known: Collection[str]) -> str | None:
    """Return the known name that looks most like this one, if any does."""
    return wording.nearest(name, sorted(known), 0.5) or None


def _faults_of_tags(tags: list[_Tag], env: Environment, known: Collection[str]) -> list[Fault]:
    """Find syntax errors, forbidden constructs and unknown fields, tag by tag."""
    trees: list[tuple[_Tag, nodes.Template]] = []
    found: list[Fault] = []
    for tag in tags:
        try:
            source = _alone(tag.text)
            if source:
                trees.append((tag, env.parse(source)))
        except TemplateSyntaxError as error:
            found.append(Fault(tag.place, f"tag {tag.text} keliru: {error.message}", "Perbaiki penulisan tag itu."))
    bound = {n.name for _, tree in trees for n in tree.find_all(nodes.Name) if n.ctx == "store"} | {"loop"}
    for tag, tree in trees:
        if any(_is_forbidden(node, env) for node in [tree, *tree.find_all(nodes.Node)]):
            what = f"tag {tag.text} memakai bentuk yang tidak diizinkan"
            remedy = f"Pakai nama isian saja, boleh dengan saringan {', '.join(sorted(env.filters))}."
            found.append(Fault(tag.place, what, remedy))
        names = {n.name for n in tree.find_all(nodes.Name) if n.ctx == "load"}
        for name in sorted(names - {*known, *bound}):
            close = nearest(name, {*known, *bound})
            remedy = f"Mungkin maksudnya {{{{ {close} }}}}." if close else "Lihat daftar isian di panduan templat."
            found.append(Fault(tag.place, f"isian {{{{ {name} }}}} tidak dikenal", remedy, close))
    return found


def hidden(source: str, env: Environment, part: str) -> list[Fault]:
    """Find what the paragraphs do not show: tags in field codes or picture texts, which docxtpl would run as well."""
    fault = Fault(
        part,
        "ada tag yang tidak terlihat di halaman (medan, keterangan gambar) atau tidak utuh",
        "Tulis tag hanya di dalam teks; hapus dari medan dan keterangan gambar.",
    )
    try:
        tree = env.parse(source)
    except TemplateSyntaxError:
        return [fault]
    deep = any(len(list(loop.find_all(nodes.For))) >= _MAX_LOOPS for loop in tree.find_all(nodes.For))
    return [fault] if deep or any(_is_forbidden(node, env) for node in tree.find_all(nodes.Node)) else []


def _alone(tag: str) -> str:
    """Return the tag as a template of its own, or nothing for a tag that only ends or branches a block.

    Raises:
        TemplateSyntaxError: it is a statement that templates of this office may not use.
    """
    if match := _EXPRESSION.fullmatch(tag):
        return f"{{{{ {_straight(match['rest'])} }}}}"
    statement = _STATEMENT.fullmatch(tag)
    if statement is None:
        raise TemplateSyntaxError("bentuknya tidak dikenal", 1)
    word, rest = statement["word"], _straight(statement["rest"])
    if form := {**_SPANS, **_BRANCHES}.get(word):
        return form % rest
    if word in _BARE and not rest.strip():
        return ""
    raise TemplateSyntaxError(f"perintah “{word}” tidak diizinkan dalam templat", 1)


def _straight(code: str) -> str:
    """Undo what Word's autocorrection does to quotes, as docxtpl does."""
    return code.translate({0x201C: '"', 0x201D: '"', 0x2018: "'", 0x2019: "'"})


def _is_forbidden(node: nodes.Node, env: Environment) -> bool:
    """Say whether the node is of a kind that templates may not use, or reaches for what it may not have.

    That is a private attribute, one whose name is made up while running, a filter that there is not, or one that a
    value steers: joined by itself a text is a bomb.
    """
    match node:
        case nodes.Getattr():
            return node.attr.startswith("_")
        case nodes.Getitem():
            return not isinstance(node.arg, nodes.Const) or str(node.arg.value).startswith("_")
        case nodes.Filter():
            steered = any(not isinstance(value, nodes.Const) for value in node.args)
            return node.name not in env.filters or steered or bool(node.kwargs)
    return not isinstance(node, _NODES)
