"""What in a PDF acts by itself or leads out of it: scripts, programs, addresses, forms that send, files inside.

ISO 32000-2, 12.6 (actions) and 7.11.4 (files inside). Going to a place in the same document is no such thing: a
harmless ``/OpenAction`` that does so is accepted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from pipeline.scans.pdf.pdf_file import dictionary

#: Actions that run something: a file in which one happens by itself is refused.
_DANGEROUS = {"/Launch", "/SubmitForm", "/ImportData", "/RichMediaExecute", "/Rendition"}
#: Actions that stay within the document and show no more than it has.
_HARMLESS = {"/GoTo", "/Named", "/Hide", "/Thread", "/SetOCGState", "/Trans", "/GoTo3DView", "/NOP"}
#: How actions and what carries files are called to whoever is warned.
_CALLED = {
    "/JavaScript": "JavaScript",
    "/Launch": "menjalankan program",
    "/SubmitForm": "mengirim isian",
    "/ImportData": "mengambil isian",
    "/ResetForm": "mengosongkan isian",
    "/URI": "membuka alamat internet",
    "/GoToR": "membuka berkas lain",
    "/GoToE": "membuka berkas di dalamnya",
    "/GoToDp": "membuka bagian dokumen lain",
    "/Rendition": "memutar media",
    "/Movie": "memutar video",
    "/Sound": "memutar suara",
    "/RichMediaExecute": "menjalankan media",
}
_OTHER = "perintah yang tidak dikenal"
_SCRIPT = Name.JavaScript
_CARRIERS = {"/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/Screen", "/3D"}
#: Entries that no copy has, wherever they stand; and those that hold actions, or what follows one.
_ALWAYS = (
    "/AA",
    "/PA",
    "/JS",
    "/XFA",
    "/AF",
    "/EF",
    "/EmbeddedFiles",
    "/JavaScript",
    "/RichMediaContent",
    "/Collection",
)
_ACTIONS = ("/A", "/OpenAction", "/Next")
_NESTED = (Dictionary, Stream, Array)
#: Actions that are followed from one, and entries of bookmarks or names that are looked at; chosen 2026-11-25.
_MOST_ACTIONS, _MOST_ENTRIES = 200, 5000


@dataclass(frozen=True, slots=True)
class ActiveContent:
    """What was found: whether a program runs when the file is opened, and whether files lie inside.

    ``opening`` and ``clicking`` name in Indonesian, each once, what happens by itself and what waits for a click; an
    ordinary link to an address on the internet is not told.
    """

    runs: bool = False
    carries: bool = False
    opening: tuple[str, ...] = ()
    clicking: tuple[str, ...] = ()


@dataclass(slots=True)
class _Found:
    """What was found so far."""

    runs: bool = False
    carries: bool = False
    opening: dict[str, None] = field(default_factory=dict)
    clicking: dict[str, None] = field(default_factory=dict)

    def opens(self, actions: Iterable[Object]) -> None:
        """Take in actions that happen by themselves."""
        for action in filter(_leads_out, actions):
            self.runs = self.runs or _runs(action)
            self.opening[_called(action)] = None

    def waits(self, actions: Iterable[Object]) -> None:
        """Take in actions that wait for a click."""
        for action in filter(_leads_out, actions):
            if action.get("/S") != "/URI" or "/JS" in action:
                self.clicking[_called(action)] = None


def find_active(root: Object, pages: Iterable[Object]) -> ActiveContent:
    """Look through the catalog, its bookmarks, names and form, and the pages with their notes."""
    found = _Found()
    names = dictionary(root, "/Names")
    found.runs = "/JavaScript" in names
    found.carries = any(
        key in owner for owner, key in ((names, "/EmbeddedFiles"), (root, "/AF"), (root, "/Collection"))
    )
    found.opens(_events(root))
    found.waits(action for item in _bookmarks(root) for action in _chain(item.get("/A")))
    found.waits(action for one in _fields(root) for action in (*_events(one), *_chain(one.get("/A"))))
    for page in pages:
        found.opens(_events(page))
        found.carries = found.carries or "/AF" in page
        for note in notes(page):
            found.carries = found.carries or note.get("/Subtype") in _CARRIERS or "/AF" in note
            found.waits((*_events(note), *_chain(note.get("/A")), *_chain(note.get("/PA"))))
    return ActiveContent(found.runs, found.carries, tuple(found.opening), tuple(found.clicking))


def disarm(page: Object) -> None:
    """Take every action and every attachment off a page; what a note shows (stamp, signature, text) stays.

    Nothing of a note is kept that leads elsewhere: a field's actions may stand in its parents, a note's in its pop-up.
    """
    kept = [note for note in notes(page) if note.get("/Subtype") not in _CARRIERS]
    for note in kept:
        drop(note, "/AA", "/PA", "/AF", "/Parent", "/Popup", "/IRT", "/P")
        if any(action.get("/S") != "/GoTo" for action in _chain(note.get("/A"))):
            drop(note, "/A")
    drop(page, "/AA", "/AF", "/PresSteps", "/Annots")
    if kept:
        page.Annots = Array(kept)


def clean(pdf: Pdf) -> bool:
    """Take off all that acts, carries files or leads out, in whatever object it stands; say whether there was any.

    It looks for the entries themselves, wherever they are, so that no place is forgotten.
    """
    found = [(owner, key) for thing in pdf.objects for owner in _within(thing) for key in _acting(owner)]
    for owner, key in found:
        drop(owner, key)
    return bool(found)


def _within(thing: Object) -> Iterator[Object]:
    """Yield the dictionaries of an object: itself and those written inside it."""
    waiting: list[Any] = [thing]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Dictionary | Stream):
            yield one
            waiting.extend(part for _, part in one.items() if isinstance(part, _NESTED) and not part.is_indirect)
        elif isinstance(one, Array):
            waiting.extend(part for part in one if isinstance(part, _NESTED) and not part.is_indirect)


def _acting(owner: Object) -> Iterator[str]:
    """Yield the keys of a dictionary under which something acts, carries files or leads out."""
    yield from (key for key in _ALWAYS if key in owner)
    for key in _ACTIONS:
        if key in owner and any(map(_leads_out, _chain(owner[key]))):
            yield key
    if "/Rect" in owner and owner.get("/Subtype") in _CARRIERS:
        yield "/Subtype"
    if isinstance(owner, Stream):
        yield from (key for key in ("/F", "/Ref") if key in owner)


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


def _bookmarks(root: Object) -> Iterator[Object]:
    """Yield the items of the outline, whatever their order."""
    yield from _tree(dictionary(root, "/Outlines"), ("/First", "/Next"))


def _fields(root: Object) -> Iterator[Object]:
    """Yield the fields of the form with those above and below them, whether a page shows them or not."""
    form = dictionary(root, "/AcroForm")
    yield form
    own = form.get("/Fields")
    for one in own if isinstance(own, Array) else ():
        yield from _tree(one, ("/Kids",))


def _tree(top: Any, leading: tuple[str, ...]) -> Iterator[Object]:
    """Yield the dictionaries that are reached by these keys; loops end, and so does what has very many."""
    waiting, seen, count = [top], set(), 0
    while waiting and count < _MOST_ENTRIES:
        one = waiting.pop()
        if isinstance(one, Array):
            waiting.extend(one)
            continue
        if not isinstance(one, Dictionary) or (one.is_indirect and one.objgen in seen):
            continue
        seen.add(one.objgen)
        count += 1
        yield one
        waiting.extend(one[key] for key in leading if key in one)


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


def _called(action: Object) -> str:
    return _CALLED["/JavaScript"] if "/JS" in action else _CALLED.get(str(action.get("/S")), _OTHER)


def _leads_out(action: Object) -> bool:
    return ("/S" in action and action.get("/S") not in _HARMLESS) or "/JS" in action


def _runs(action: Object) -> bool:
    kind = action.get("/S")
    return kind == _SCRIPT or kind in _DANGEROUS or "/JS" in action
