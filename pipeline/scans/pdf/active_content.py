"""What in a PDF acts by itself: scripts, launched programs, forms that send, files inside (ISO 32000-1, 12.6).

A harmless ``/OpenAction`` that goes to a page is no such thing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pikepdf import Array, Dictionary, Name, Object

from pipeline.scans.pdf.pdf_file import dictionary

_DANGEROUS = {"/Launch", "/SubmitForm", "/ImportData", "/RichMediaExecute", "/Rendition"}
_SCRIPT = Name.JavaScript
_CARRIERS = {"/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/Screen", "/3D"}
_HARMLESS_ACTIONS = {"/URI"}
#: Actions that are followed from one; chosen 2026-11-25.
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


def find_active(root: Object, pages: Iterable[Object]) -> ActiveContent:
    """Look through the catalog and the pages."""
    names = dictionary(root, "/Names")
    runs = any(_acts(action) for action in _events(root)) or "/JavaScript" in names
    carries = "/EmbeddedFiles" in names or "/AF" in root or "/Collection" in root
    waits = False
    for page in pages:
        runs = runs or any(_acts(action) for action in _events(page))
        for note in notes(page):
            carries = carries or note.get("/Subtype") in _CARRIERS
            waits = waits or any(_acts(action) for action in (*_events(note), *_chain(note.get("/A"))))
    return ActiveContent(runs, waits, carries)


def disarm(page: Object) -> None:
    """Take every action and every attachment off a page; what a note shows (stamp, signature, text) stays."""
    kept = [note for note in notes(page) if note.get("/Subtype") not in _CARRIERS]
    for note in kept:
        drop(note, "/AA")
        if any(action.get("/S") not in _HARMLESS_ACTIONS for action in _chain(note.get("/A"))):
            drop(note, "/A")
    drop(page, "/AA", "/Annots")
    if kept:
        page.Annots = Array(kept)


def notes(page: Object) -> Iterator[Object]:
    """Yield a page's annotations."""
    found = page.get("/Annots")
    if isinstance(found, Array):
        yield from (note for note in found if isinstance(note, Dictionary))


def drop(owner: Object, *keys: str) -> None:
    """Take entries out of a dictionary, those that are there."""
    for key in keys:
        if key in owner:
            del owner[key]


def _events(owner: Object) -> Iterator[Object]:
    """Yield the actions that happen by themselves: on opening, and the additional ones."""
    yield from _chain(owner.get("/OpenAction"))
    for action in dictionary(owner, "/AA").values():
        yield from _chain(action)


def _chain(action: Any) -> Iterator[Object]:
    """Yield an action and those that follow it, however they are nested; loops end.

    What follows after very many is not looked at, and stands for the worst: no honest letter has so many.
    """
    waiting, seen = [action], 0
    while waiting and seen < _MOST_ACTIONS:
        one = waiting.pop()
        seen += 1
        if isinstance(one, Dictionary):
            yield one
            waiting.append(one.get("/Next"))
        elif isinstance(one, Array):
            waiting.extend(item for item in one if isinstance(item, Dictionary))
    if any(one is not None for one in waiting):
        yield Dictionary(S=_SCRIPT)


def _acts(action: Object) -> bool:
    kind = action.get("/S")
    return kind == _SCRIPT or kind in _DANGEROUS or "/JS" in action
