"""What in a PDF acts by itself: scripts, launched programs, forms that send, files inside (ISO 32000-1, 12.6).

A harmless ``/OpenAction`` that goes to a page is no such thing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject

_DANGEROUS = {"/Launch", "/SubmitForm", "/ImportData", "/RichMediaExecute", "/Rendition"}
_SCRIPT = "/JavaScript"
_CARRIERS = {"/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/Screen", "/3D"}
_HARMLESS_ACTIONS = {"/URI"}
_MOST_ACTIONS = 200


@dataclass(frozen=True, slots=True)
class ActiveContent:
    """What was found: things that run when the file is opened, things that wait for a click, files inside."""

    runs: bool = False
    waits: bool = False
    carries: bool = False

    @property
    def any(self) -> bool:
        """Whether a copy for people's screens must be made without something."""
        return self.runs or self.waits or self.carries


def find_active(root: Any, pages: Iterable[Any]) -> ActiveContent:
    """Look through the catalog and the pages (pypdf dictionaries)."""
    names = _plain(root.get("/Names")) or {}
    runs = any(_acts(action) for action in _events(root)) or "/JavaScript" in names
    carries = "/EmbeddedFiles" in names or "/AF" in root or "/Collection" in root
    waits = False
    for page in pages:
        runs = runs or any(_acts(action) for action in _events(page))
        for note in _annotations(page):
            carries = carries or note.get("/Subtype") in _CARRIERS
            waits = waits or any(_acts(action) for action in (*_events(note), *_chain(note.get("/A"))))
    return ActiveContent(runs, waits, carries)


def disarm(page: DictionaryObject) -> None:
    """Take every action and every attachment off a page; what a note shows (stamp, signature, text) stays."""
    page.pop(NameObject("/AA"), None)
    kept = ArrayObject()
    for entry in _plain(page.get("/Annots")) or ():
        note = _plain(entry)
        if not isinstance(note, DictionaryObject) or note.get("/Subtype") in _CARRIERS:
            continue
        note.pop(NameObject("/AA"), None)
        if any(action.get("/S") not in _HARMLESS_ACTIONS for action in _chain(note.get("/A"))):
            note.pop(NameObject("/A"), None)
        kept.append(entry)
    page.pop(NameObject("/Annots"), None)
    if kept:
        page[NameObject("/Annots")] = kept


def _plain(value: Any) -> Any:
    return value.get_object() if isinstance(value, IndirectObject) else value


def _annotations(page: Any) -> Iterator[Any]:
    for entry in _plain(page.get("/Annots")) or ():
        note = _plain(entry)
        if isinstance(note, DictionaryObject):
            yield note


def _events(owner: Any) -> Iterator[Any]:
    """Yield the actions that happen by themselves: on opening, and the additional ones."""
    yield from _chain(owner.get("/OpenAction"))
    triggers = _plain(owner.get("/AA"))
    if isinstance(triggers, DictionaryObject):
        for action in triggers.values():
            yield from _chain(action)


def _chain(action: Any) -> Iterator[Any]:
    """Yield an action and those that follow it, however they are nested; loops end.

    What follows after very many is not looked at, and stands for the worst: no honest letter has so many.
    """
    waiting, seen = [_plain(action)], 0
    while waiting and seen < _MOST_ACTIONS:
        one = waiting.pop()
        seen += 1
        if isinstance(one, DictionaryObject):
            yield one
            waiting.append(_plain(one.get("/Next")))
        elif isinstance(one, ArrayObject):
            waiting.extend(_plain(item) for item in one if isinstance(_plain(item), DictionaryObject))
    if any(waiting):
        yield DictionaryObject({NameObject("/S"): NameObject(_SCRIPT)})


def _acts(action: Any) -> bool:
    kind = action.get("/S")
    return kind == _SCRIPT or kind in _DANGEROUS or "/JS" in action
