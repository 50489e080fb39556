"""How an event becomes a journal line's data, and such data an event again: each value of the type it was written with.

A kind that a later version wrote is no event here, and its documents are known all the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from types import UnionType
from typing import Any, TypeVar, get_args

from pipeline.cases.deliveries import Delivery
from pipeline.cases.events import Document, Event
from pipeline.cases.imported import Imported
from pipeline.cases.line_values import ActedOn, MadeAlone, PostHolder
from pipeline.cases.seen_on_pages import Barcode, Citation, Suspicion
from pipeline.cases.signature_proof import FiledProof
from pipeline.errors import ArchiveFault
from pipeline.office.person import Person

M = TypeVar("M")
_PLAIN_NAME = re.compile(r"[^/\\\x00-\x1f.][^/\\\x00-\x1f]*")
_TYPES: Mapping[str, type | UnionType] = {made.__name__: made for made in (int, str, tuple, Person, PostHolder)} | {
    "Mapping": dict,
    "MadeAlone | None": MadeAlone | None,
    "FiledProof | None": FiledProof | None,
}
_KINDS: Mapping[str, type[Event]] = {e.kind: e for e in (*get_args(Event), Imported)}
_SHAPES: Mapping[Any, Mapping[str, type | UnionType]] = {
    made: {f.name: _TYPES[str(f.type).partition("[")[0]] for f in fields(made)} for made in (Document, *_KINDS.values())
}


def _each(read: Callable[[Any], M]) -> Callable[[Any], Any]:
    return lambda told: tuple(map(read, told)) if isinstance(told, list | tuple) else told


def _named(read: Callable[[Any], M]) -> Callable[[Any], Any]:
    return lambda told: read(told) if isinstance(told, Mapping) else told


#: How the values within an event are read that are values of their own, by the field's name; what is no list or no
#: mapping at all is left to be found misshapen.
_WITHIN: Mapping[str, Callable[[Any], Any]] = {
    "codes": _each(Barcode.from_data),
    "suspected": _each(Suspicion.from_data),
    "cited": _each(Citation.from_data),
    "deliveries": _each(Delivery.from_data),
    "person": _named(Person.from_data),
    "holder": _named(PostHolder.from_data),
    "numbers": _named(lambda told: {template: str(number) for template, number in told.items()}),
    "letters": _named(lambda told: {template: ActedOn.from_data(done) for template, done in told.items()}),
    "alone": _named(MadeAlone.from_data),
    "proof": _named(FiledProof.from_data),
}
#: And how those are written whose names in the journal are not those of their attributes.
_WRITTEN: Mapping[str, Callable[[Any], Any]] = {
    "deliveries": lambda each: [one.as_data() for one in each],
    "person": Person.as_data,
    "holder": PostHolder.as_data,
    "letters": lambda acted: {template: done.as_data() for template, done in acted.items()},
    "alone": lambda alone: alone.as_data() if alone else {},
    "proof": lambda proof: proof.as_data() if proof else {},
}


def as_data(event: Event) -> dict[str, Any]:
    """Return the event as a journal line's ``data``."""
    made = asdict(event)
    return made | {name: write(getattr(event, name)) for name, write in _WRITTEN.items() if name in made}


def from_data(kind: str, data: Mapping[str, Any]) -> Event | None:
    """Return the event of a journal line, or None for a kind that a later version wrote.

    Raises:
        ArchiveFault: the line's data is not what this kind of event holds.
    """
    made = _KINDS.get(kind)
    if made is None:
        return None
    values = {k: _WITHIN.get(k, _plain)(v) for k, v in data.items() if k != "documents"}
    return _made(made, {**values, "documents": documents_in(data)})


def documents_in(data: Mapping[str, Any]) -> tuple[Document, ...]:
    """Return the documents that a journal line commits, whatever its kind.

    Raises:
        ArchiveFault: they are not written as documents are, or a name is not a plain file name.
    """
    found = data.get("documents", [])
    if not isinstance(found, list | tuple):
        raise _misshapen("documents")
    documents = tuple(_made(Document, d) for d in found)
    if strange := next((d for d in documents if not _PLAIN_NAME.fullmatch(d.name)), None):
        raise _misshapen(strange.name)
    return documents


def _plain(told: Any) -> Any:
    return tuple(told) if isinstance(told, list) else told


def _made(kind: type[M], values: Any) -> M:
    """Make an event or a document, each value of the type that the class declares."""
    try:
        made = kind(**values)
    except TypeError as fault:
        raise _misshapen(kind.__name__) from fault
    for name, expected in _SHAPES[kind].items():
        if not isinstance(getattr(made, name), expected):
            raise _misshapen(f"{kind.__name__}.{name}")
    return made


def _misshapen(what: str) -> ArchiveFault:
    return ArchiveFault(
        f"Sebuah baris jurnal tidak berbentuk seperti yang ditulis program ini ({what!r}).",
        "Jalankan `yankomas verify` dan pulihkan map ini dari cadangan.",
    )
