"""What a tag of a Word template may say: little, and enough for letters.

A clerk may write values, five filters, ``if`` and ``for``; every other thing Jinja knows is refused before it runs, so
that no template can run code, reach into the program or run for ever.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from jinja2 import Environment, TemplateSyntaxError, nodes
from lxml import etree

from pipeline.office import wording

#: Loops inside loops multiply; no sheet needs a third.
MAX_LOOPS = 2
#: A statement: its level (``tr``, ``tc``, ``p``, ``r`` or none), its word and the rest.
STATEMENT = re.compile(r"\{%-?(?P<level>tr|tc|p|r)?\s+(?P<word>\w+)\b(?P<rest>.*?)-?%\}", re.DOTALL)
_EXPRESSION = re.compile(r"\{\{(?:r\s)?(?P<rest>.*?)\}\}", re.DOTALL)
#: The statements that open a block, each as a template of its own.
SPANS = {"if": "{%% if %s %%}{%% endif %%}", "for": "{%% for %s %%}{%% endfor %%}"}
_BRANCHES = {"elif": "{%% if 1 %%}{%% elif %s %%}{%% endif %%}"}
#: The statements that branch or end a block, with what they may belong to.
BARE = {"else": ("if", "for"), "endif": ("if",), "endfor": ("for",), "elif": ("if",)}
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


@dataclass(frozen=True, slots=True)
class Tag:
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


def nearest(name: str, known: Collection[str]) -> str | None:
    """Return the known name that looks most like this one, if any does."""
    return wording.nearest(name, sorted(known), 0.5) or None


def faults(tags: list[Tag], env: Environment, known: Collection[str]) -> list[Fault]:
    """Find syntax errors, forbidden constructs and unknown fields, tag by tag."""
    trees: list[tuple[Tag, nodes.Template]] = []
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
        found += _forbidden(tag, tree, env)
        found += _unknown(tag, tree, {*known, *bound})
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
    deep = any(len(list(loop.find_all(nodes.For))) >= MAX_LOOPS for loop in tree.find_all(nodes.For))
    return [fault] if deep or any(_is_forbidden(node, env) for node in tree.find_all(nodes.Node)) else []


def _alone(tag: str) -> str:
    """Return the tag as a template of its own, or nothing for a tag that only ends or branches a block.

    Raises:
        TemplateSyntaxError: it is a statement that templates of this office may not use.
    """
    if match := _EXPRESSION.fullmatch(tag):
        return f"{{{{ {_straight(match['rest'])} }}}}"
    statement = STATEMENT.fullmatch(tag)
    if statement is None:
        raise TemplateSyntaxError("bentuknya tidak dikenal", 1)
    word, rest = statement["word"], _straight(statement["rest"])
    if form := {**SPANS, **_BRANCHES}.get(word):
        return form % rest
    if word in BARE and not rest.strip():
        return ""
    raise TemplateSyntaxError(f"perintah “{word}” tidak diizinkan dalam templat", 1)


def _straight(code: str) -> str:
    """Undo what Word's autocorrection does to quotes, as docxtpl does."""
    return code.translate({0x201C: '"', 0x201D: '"', 0x2018: "'", 0x2019: "'"})


def _forbidden(tag: Tag, tree: nodes.Template, env: Environment) -> Iterator[Fault]:
    for node in [tree, *tree.find_all(nodes.Node)]:
        if _is_forbidden(node, env):
            yield Fault(
                tag.place,
                f"tag {tag.text} memakai bentuk yang tidak diizinkan",
                f"Pakai nama isian saja, boleh dengan saringan {', '.join(sorted(env.filters))}.",
            )
            return


def _is_forbidden(node: nodes.Node, env: Environment) -> bool:
    return _reaches_inside(node) or not isinstance(node, _NODES) or _unknown_filter(node, env)


def _reaches_inside(node: nodes.Node) -> bool:
    """Say whether the node asks for a private attribute, or for one whose name is made up while running."""
    if isinstance(node, nodes.Getattr):
        return node.attr.startswith("_")
    if isinstance(node, nodes.Getitem):
        return not isinstance(node.arg, nodes.Const) or str(node.arg.value).startswith("_")
    return False


def _unknown_filter(node: nodes.Node, env: Environment) -> bool:
    """Say whether it is a filter that there is not, or one that a value steers: joined by itself a text is a bomb."""
    if not isinstance(node, nodes.Filter):
        return False
    steered = any(not isinstance(value, nodes.Const) for value in node.args)
    return node.name not in env.filters or steered or bool(node.kwargs)


def _unknown(tag: Tag, tree: nodes.Template, known: Collection[str]) -> Iterator[Fault]:
    for name in sorted({n.name for n in tree.find_all(nodes.Name) if n.ctx == "load"} - set(known)):
        close = nearest(name, known)
        remedy = f"Mungkin maksudnya {{{{ {close} }}}}." if close else "Lihat daftar isian di panduan templat."
        yield Fault(tag.place, f"isian {{{{ {name} }}}} tidak dikenal", remedy, close)
