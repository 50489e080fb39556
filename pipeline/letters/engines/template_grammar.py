"""One tag of a template at a time: whether it can be read, does only what tags may, and names what is there.

A clerk may write values, five filters, ``if`` and ``for``; every other thing Jinja knows is refused before it runs, so
that no template can run code, reach into the program or run for ever.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from jinja2 import Environment, TemplateSyntaxError, nodes
from lxml import etree

from pipeline.letters.engines.template_names import Scope, Shape, loop_of, nearest, nodes_of, targets
from pipeline.letters.engines.template_sandbox import Sandbox

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
#: How a tag is written, for whoever wrote one that cannot be read.
_AS_WRITTEN = "Tulis {{ nama_isian }}, {% if nama_isian %} atau {% for baris in daftar %}."


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


def faults_of_tags(tags: Sequence[Tag], env: Environment, known: Mapping[str, Shape]) -> list[Fault]:
    """Find syntax errors, forbidden constructs and names that are not there, tag by tag, in the order of the page."""
    trees: list[tuple[Tag, nodes.Template | None]] = []
    found: list[Fault] = []
    for tag in tags:
        try:
            source = _alone(tag.text)
            trees.append((tag, _parsed(source, env) if source else None))
        except _ForbiddenError as error:
            found.append(
                Fault(tag.place, f"tag {tag.text} memakai perintah “{error}”, yang tidak diizinkan", _AS_WRITTEN)
            )
        except TemplateSyntaxError:
            close = nearest("_".join(re.findall(r"\w+", tag.text)), known)
            remedy = f"Mungkin maksudnya {{{{ {close} }}}}. {_AS_WRITTEN}" if close else _AS_WRITTEN
            found.append(Fault(tag.place, f"tag {tag.text} tidak dapat dibaca", remedy, close))
    loops = {name: tag.text for tag, tree in trees if tree for name in targets(loop_of(tree))}
    scope = Scope(known, loops)
    for tag, tree in trees:
        if tree is None:
            if _is_word(tag.text, "endfor"):
                scope.leave()
            continue
        found += _forms(tag, tree, env)
        found += [Fault(tag.place, *slip) for slip in scope.faults(tree, tag.text)]
        scope.enter(tree)
    return found


@lru_cache(maxsize=256)
def _parsed(source: str, env: Environment) -> nodes.Template:
    """Return a tag's tree, which is only read: templates have the same fields in the same words."""
    return env.parse(source)


def _forms(tag: Tag, tree: nodes.Template, env: Environment) -> Iterator[Fault]:
    """Find what a tag does with its names and may not do."""
    for node in (node for node in nodes_of(tree) if isinstance(node, nodes.Filter | nodes.Test)):
        there, called = (env.filters, "saringan") if isinstance(node, nodes.Filter) else (env.tests, "ujian")
        if node.name not in there:
            close = nearest(node.name, there)
            remedy = f"Mungkin maksudnya {close}." if close else f"Yang ada: {', '.join(sorted(env.filters))}."
            yield Fault(tag.place, f"{called} {node.name} dalam tag {tag.text} tidak dikenal", remedy, close)
            return
    if any(_is_forbidden(node, env) for node in [tree, *nodes_of(tree)]):
        what = f"tag {tag.text} memakai bentuk yang tidak diizinkan"
        yield Fault(tag.place, what, f"Pakai nama isian saja, boleh dengan saringan {', '.join(sorted(env.filters))}.")


def _is_word(tag: str, word: str) -> bool:
    statement = STATEMENT.fullmatch(tag)
    return statement is not None and statement["word"] == word


class _ForbiddenError(Exception):
    """A statement that templates of this office may not use, by its word."""


@lru_cache(maxsize=16)  # templates have the same heads and feet
def hidden(source: str, env: Sandbox, part: str) -> tuple[Fault, ...]:
    """Find what the paragraphs do not show: tags in field codes or picture texts, which docxtpl would run as well."""
    fault = Fault(
        part,
        "ada tag yang tidak terlihat di halaman (medan, keterangan gambar) atau tidak utuh",
        "Tulis tag hanya di dalam teks; hapus dari medan dan keterangan gambar.",
    )
    try:
        return (fault,) if _goes_too_far(env.tree(source), env) else ()
    except TemplateSyntaxError:
        return (fault,)


def _goes_too_far(node: nodes.Node, env: Environment, loops: int = 0) -> bool:
    """Say whether a tree has what is forbidden, or too many loops one inside the other (side by side they may be)."""
    for child in node.iter_child_nodes():
        deep = loops + isinstance(child, nodes.For)
        if deep > MAX_LOOPS or _is_forbidden(child, env) or _goes_too_far(child, env, deep):
            return True
    return False


def _alone(tag: str) -> str:
    """Return the tag as a template of its own, or nothing for a tag that only ends or branches a block.

    Raises:
        _ForbiddenError: it is a statement that templates of this office may not use.
        TemplateSyntaxError: it is neither a value nor a statement.
    """
    if match := _EXPRESSION.fullmatch(tag):
        return f"{{{{ {_straight(match['rest'])} }}}}"
    statement = STATEMENT.fullmatch(tag)
    if statement is None:
        raise TemplateSyntaxError(tag, 1)
    word, rest = statement["word"], _straight(statement["rest"])
    if form := {**SPANS, **_BRANCHES}.get(word):
        return form % rest
    if word in BARE and not rest.strip():
        return ""
    raise _ForbiddenError(word)


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
