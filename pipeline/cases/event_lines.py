"""How an event becomes a journal line's data, and such data an event again: each value of the type it was written with.

A kind that a later version wrote is no event here, and its documents are known all the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any, TypeVar, get_args

from pipeline.cases.events import Document, Event
from pipeline.cases.imported import Imported
from pipeline.errors import ArchiveFault

M = TypeVar("M")
_PLAIN_NAME = re.compile(r"[^/\\\x00-\x1f.][^/\\\x00-\x1f]*")
_TYPES: Mapping[str, type] = {"int": int, "str": str, "tuple": tuple, "Mapping": dict}
_KINDS: Mapping[str, type[Event]] = {e.kind: e for e in (*get_args(Event), Imported)}
_SHAPES: Mapping[Any, Mapping[str, type]] = {
    made: {f.name: _TYPES[str(f.type).partition("[")[0]] for f in fields(made)} for made in (Document, *_KINDS.values())
}


def as_data(event: Event) -> dict[str, Any]:
    """Return the event as a journal line's ``data``."""
    return asdict(event)


def from_data(kind: str, data: Mapping[str, Any]) -> Event | None:
    """Return the event of a journal line, or None for a kind that a later version wrote.

    Raises:
        ArchiveFault: the line's data is not what this kind of event holds.
    """
    made = _KINDS.get(kind)
    if made is None:
        return None
    values = {k: tuple(v) if isinstance(v, list) else v for k, v in data.items()}
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
