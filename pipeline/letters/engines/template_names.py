"""The names in a template's tags: fields that are known, loop variables within their loops, parts that entries have.

What a field is made of is its *shape*: a list's is that of its entries, a named group's is that of its parts by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from jinja2 import nodes

from pipeline.office import wording

#: By part its shape; empty: a text, which has no parts; None: not known.
Shape = Mapping[str, Any] | None
#: What is wrong at a place that somebody else knows: the fact, the remedy, and the nearest known name.
Slip = tuple[str, str, str | None]
#: What Jinja binds in every loop.
_LOOP = "loop"


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that looks most like this one, if any does."""
    return wording.nearest(name, sorted(known), 0.5) or None


def shape_of(values: Iterable[Any]) -> Shape:
    """Return the shape that all these values of one field have together."""
    found: Shape = None
    for value in values:
        found = _joined(found, _one(value))
    return found


def _one(value: Any) -> Shape:
    if isinstance(value, Mapping):
        return {str(name): _one(part) for name, part in value.items()}
    return shape_of(value) if isinstance(value, list | tuple) else {}


def _joined(one: Shape, other: Shape) -> Shape:
    if one is None or other is None:
        return other if one is None else one
    return {name: _joined(one.get(name), other.get(name)) for name in {**one, **other}}


@dataclass(slots=True)
class Scope:
    """Which names are there at a place of a template; ``loops`` says where each loop variable is bound."""

    fields: Mapping[str, Shape]
    loops: Mapping[str, str]
    _open: list[dict[str, Shape]] = field(default_factory=list)

    def enter(self, tree: nodes.Template) -> None:
        """Go into the loop that a tag opens."""
        loop = loop_of(tree)
        if loop is not None:
            inner = self._shape(loop.iter)
            single = isinstance(loop.target, nodes.Name)
            self._open.append(dict.fromkeys(targets(loop), inner if single else None) | {_LOOP: None})

    def leave(self) -> None:
        """Leave the innermost loop."""
        if self._open:
            self._open.pop()

    def faults(self, tree: nodes.Template, shown: str) -> Iterator[Slip]:
        """Yield what a tag names that is not there; ``shown`` is the tag as it is written."""
        bound, all_nodes = set(targets(loop_of(tree))), nodes_of(tree)
        there = self._there()
        named = {node.name for node in all_nodes if isinstance(node, nodes.Name) and node.ctx == "load"}
        for name in sorted(named - bound - set(there)):
            if name in self.loops:
                what = (
                    f"{shown} berada di luar pengulangannya: {name} hanya ada di antara {self.loops[name]} dan endfor"
                )
                yield what, f"Pindahkan ke antara {self.loops[name]} dan {{% endfor %}}.", None
                continue
            close = nearest(name, there)
            remedy = f"Mungkin maksudnya {{{{ {close} }}}}." if close else "Lihat `yankomas templat isian`."
            yield f"isian {{{{ {name} }}}} tidak dikenal", remedy, close
        for node in all_nodes:
            if isinstance(node, nodes.Getattr | nodes.Getitem) and (fault := self._part_fault(node)):
                yield fault

    def _part_fault(self, node: nodes.Getattr | nodes.Getitem) -> Slip | None:
        part, shape = _part(node), self._shape(node.node)
        if not isinstance(part, str) or shape is None or part in shape:
            return None
        whole, close = _written(node.node), nearest(part, shape)
        if not shape:
            fact = f"{whole} tidak punya bagian, jadi {whole}.{part} kosong"
            return fact, f"Tulis {{{{ {whole} }}}} saja.", None
        remedy = f"Mungkin maksudnya {whole}.{close}." if close else f"Bagiannya: {', '.join(sorted(shape))}."
        return f"isian {whole}.{part} tidak dikenal", remedy, close

    def _there(self) -> dict[str, Shape]:
        found = dict(self.fields)
        for names in self._open:
            found |= names
        return found

    def _shape(self, node: nodes.Node) -> Shape:
        if isinstance(node, nodes.Name):
            return self._there().get(node.name)
        if isinstance(node, nodes.Getattr | nodes.Getitem):
            part, whole = _part(node), self._shape(node.node)
            return whole if not isinstance(part, str) or whole is None else whole.get(part)
        return None


@lru_cache(maxsize=256)
def nodes_of(tree: nodes.Template) -> tuple[nodes.Node, ...]:
    """Return all nodes of a tag's tree, which is only read, in their order: they are gone through again and again."""
    return tuple(tree.find_all(nodes.Node))


def loop_of(tree: nodes.Template) -> nodes.For | None:
    """Return the loop that a tag opens."""
    return next((node for node in nodes_of(tree) if isinstance(node, nodes.For)), None)


def targets(loop: nodes.For | None) -> Sequence[str]:
    """Return the names that a loop binds."""
    names = loop.target.find_all(nodes.Name) if loop is not None else ()
    own = [loop.target.name] if loop is not None and isinstance(loop.target, nodes.Name) else []
    return [*own, *(n.name for n in names)]


def _part(node: nodes.Getattr | nodes.Getitem) -> object:
    if isinstance(node, nodes.Getattr):
        return node.attr
    return node.arg.value if isinstance(node.arg, nodes.Const) else None


def _written(node: nodes.Node) -> str:
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr | nodes.Getitem):
        part = _part(node)
        return f"{_written(node.node)}.{part}" if isinstance(part, str) else f"{_written(node.node)}[{part}]"
    return "…"
