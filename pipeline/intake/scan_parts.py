"""What a scan falls into: complaints, sheets that came back signed, attachments; and what was only between them.

No page is lost: every page of the file is in exactly one part, or a separator, or a blank page that belongs to none
(*in = out + separators + blanks*). Decided from what was seen on the pages before any text is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

from pipeline.cases.kept_files import MadePages
from pipeline.cases.ports import MakeBlob
from pipeline.letters.page_codes import Cover, Mark
from pipeline.reading.ports import Reader
from pipeline.register.ports import Claim
from pipeline.scans.ports import Inspection, Rendition, Suspicion, unread_code


@dataclass(frozen=True, slots=True)
class Leaf:
    """What was seen on one page (from 1). ``doubt`` is why it may be a separator that could not be read."""

    page: int
    marks: tuple[Mark, ...] = ()
    cover: Cover | None = None
    separator: bool = False
    blank: bool = False
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class ComplaintPart:
    """Pages that nothing claims: a complaint. ``beside``: it touches signed sheets without a separator between."""

    pages: tuple[int, ...]
    suspected: tuple[Suspicion, ...] = ()
    beside: bool = False


@dataclass(frozen=True, slots=True)
class SheetPart:
    """Pages with the codes of one document of ours, and what lies with them: backs, pages whose code may be unread.

    ``strangers`` counts the pages without a code that are held with a sheet that lacks pages.
    """

    pages: tuple[int, ...]
    marks: tuple[Mark, ...]
    strangers: int = 0

    @property
    def lacking(self) -> int:
        """How many pages of the sheet are not there."""
        return max(mark.pages for mark in self.marks) - len({mark.page for mark in self.marks})


@dataclass(frozen=True, slots=True)
class CoveredPart:
    """A cover sheet with the pages behind it; ``papers`` says whether any of them is more than a cover or blank."""

    pages: tuple[int, ...]
    cover: Cover
    papers: bool


AnyPart = ComplaintPart | SheetPart | CoveredPart


@dataclass(frozen=True, slots=True)
class Plan:
    """The parts of a file in the order of their first pages, and the pages that are in none."""

    parts: tuple[AnyPart, ...]
    separators: tuple[int, ...]
    blanks: tuple[int, ...]

    def pages(self) -> tuple[int, ...]:
        """Return every page that is accounted for, ascending."""
        return tuple(sorted([*self.separators, *self.blanks, *(page for part in self.parts for page in part.pages)]))


def plan(leaves: Sequence[Leaf]) -> Plan:
    """Return what a file of these pages (in order, from 1) falls into.

    Separators part; a blank page right behind one is its back. A cover sheet claims what follows it up to the next
    separator or cover. Pages with page codes find each other wherever they lie; a blank page belongs to the page
    before it. What is left in one run is a complaint.
    """
    sheets = _sheets(leaves)
    parts: list[AnyPart] = []
    for stretch in _stretches(leaves):
        if stretch.cover:
            parts.append(_covered(stretch.leaves, stretch.cover, sheets))
        else:
            parts += _complaints(stretch.leaves, sheets)
    parts += sheets.values()
    separators = tuple(leaf.page for leaf in leaves if leaf.separator)
    in_parts = {page for part in parts for page in part.pages}
    blanks = tuple(leaf.page for leaf in leaves if leaf.page not in in_parts and not leaf.separator)
    if not parts and not separators:
        return Plan((ComplaintPart(tuple(leaf.page for leaf in leaves)),), (), ())  # blank all through: a person looks
    made = Plan(tuple(sorted(parts, key=lambda part: part.pages)), separators, blanks)
    assert made.pages() == tuple(leaf.page for leaf in leaves), "a page is unaccounted for"
    assert all(leaf.blank for leaf in leaves if leaf.page in blanks), "a page with something on it belongs to no part"
    return made


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Pages between two separators or covers; under ``cover`` the cover sheet is the first of them."""

    leaves: tuple[Leaf, ...]
    cover: Cover | None = None


def _stretches(leaves: Sequence[Leaf]) -> list[_Stretch]:
    found = [_Stretch(())]
    after_separator = False
    for leaf in leaves:
        here = found[-1]
        if leaf.separator:
            found.append(_Stretch(()))
        elif leaf.cover and (leaf.cover != here.cover or _has_papers(here.leaves)):
            found.append(_Stretch((leaf,), leaf.cover))
        elif not (after_separator and leaf.blank):
            found[-1] = replace(here, leaves=(*here.leaves, leaf))
        after_separator = leaf.separator
    return [stretch for stretch in found if stretch.leaves]


def _has_papers(leaves: Iterable[Leaf]) -> bool:
    return any(not leaf.blank and not leaf.cover and not leaf.marks for leaf in leaves)


def _covered(leaves: Sequence[Leaf], cover: Cover, sheets: dict[str, SheetPart]) -> CoveredPart:
    owned = _owned(leaves)
    for leaf, owner in owned:
        if owner:
            sheets[owner] = _with(sheets[owner], (leaf,))
    return CoveredPart(tuple(leaf.page for leaf, owner in owned if not owner), cover, _has_papers(leaves))


def _complaints(leaves: Sequence[Leaf], sheets: dict[str, SheetPart]) -> list[ComplaintPart]:
    """Return a stretch's complaints: the runs between its sheets. A run that may be a sheet's goes with the sheet."""
    runs = [(owner, [leaf for leaf, _ in run]) for owner, run in groupby(_owned(leaves), lambda o: o[1])]
    letters = []
    for at, (owner, run) in enumerate(runs):
        if owner:
            sheets[owner] = _with(sheets[owner], run)
            continue
        beside = [runs[n][0] for n in (at - 1, at + 1) if 0 <= n < len(runs)]
        written = sum(not leaf.blank for leaf in run)
        if not written:
            if beside:
                sheets[beside[0]] = _with(sheets[beside[0]], run)
            continue
        if held := next((s for s in beside if written + sheets[s].strangers <= sheets[s].lacking), None):
            sheets[held] = _with(sheets[held], run, written)
        else:
            doubts = tuple(Suspicion(at, leaf.doubt) for at, leaf in enumerate(run, start=1) if leaf.doubt)
            letters.append(ComplaintPart(tuple(leaf.page for leaf in run), doubts, beside=bool(beside)))
    return letters


def _owned(leaves: Sequence[Leaf]) -> list[tuple[Leaf, str]]:
    """Return each page with the sheet it belongs to (empty: none); a blank page belongs to the page before it."""
    owned: list[tuple[Leaf, str]] = []
    for leaf in leaves:
        owner = _key(leaf) if leaf.marks else owned[-1][1] if leaf.blank and owned else ""
        owned.append((leaf, owner))
    return owned


def _sheets(leaves: Sequence[Leaf]) -> dict[str, SheetPart]:
    found: dict[str, SheetPart] = {}
    for leaf in leaves:
        if leaf.marks:
            known = found.get(_key(leaf), SheetPart((), ()))
            found[_key(leaf)] = SheetPart((*known.pages, leaf.page), (*known.marks, *leaf.marks))
    return found


def _key(leaf: Leaf) -> str:
    """Return what pages of one sheet have in common; a page with the codes of two documents is by itself."""
    return " ".join(sorted({mark.document for mark in leaf.marks}))


def _with(sheet: SheetPart, run: Iterable[Leaf], strangers: int = 0) -> SheetPart:
    pages = sorted({*sheet.pages, *(leaf.page for leaf in run)})
    return replace(sheet, pages=tuple(pages), strangers=sheet.strangers + strangers)


@dataclass(frozen=True, slots=True)
class Papers:
    """A file as it is filed, and what is known of it. ``source`` says of which file it is a part (empty: of none).

    Of a file that is no scan ``made`` are its pages, and media, extension and pages are theirs.
    """

    claim: Claim
    media: str
    extension: str
    pages: int
    codes: tuple[Mapping[str, Any], ...] = ()
    warnings: tuple[str, ...] = ()
    unread: tuple[int, ...] = ()
    source: Mapping[str, Any] = field(default_factory=dict)
    signatures: int = 0
    made: MadePages | None = None

    @property
    def told(self) -> tuple[str, ...]:
        """What the clerk should know of them."""
        return (*self.warnings, *map(unread_code, self.unread))


def looked_into(
    claim: Claim, reader: Reader, made: Rendition | None = None
) -> tuple[Papers, Inspection, Rendition | None]:
    """Return a claimed file as it is filed, what was seen on its pages, and those that were made of what is no scan.

    ``made`` are pages that were made of it before.

    Raises:
        Refused: it cannot be taken in.
        EngineFault: the child died or took too long.
    """
    made = made or reader.rendition(claim.blob)
    inspection = reader.inspect(made.pages if made else claim.blob)
    papers = whole(claim, inspection)
    if made:
        pages, told = MadePages(made.pages, made.extension), (*made.warnings, *papers.warnings)
        papers = replace(papers, made=pages, warnings=told, signatures=0)  # what was signed was the file inside
    return papers, inspection, made


def whole(claim: Claim, inspection: Inspection) -> Papers:
    """Return the claimed file itself."""
    return Papers(
        claim=claim,
        media=inspection.media,
        extension=inspection.extension,
        pages=inspection.pages,
        codes=tuple({"page": c.page, "kind": c.kind, "text": c.text} for c in inspection.codes),
        warnings=inspection.warnings,
        unread=inspection.unread,
        signatures=inspection.signatures,
    )


def some(of: Papers, pages: Sequence[int], reader: Reader, blob: MakeBlob, **noted: Any) -> Papers:
    """Return these pages (from 1, ascending) as a file of their own; all of them are the file itself, untouched.

    The claim's name is made from the whole file's, so that starting again after a crash finds its own work. ``noted``
    is kept in the source as well.

    Raises:
        Refused: the pages cannot be taken out of this file.
        EngineFault: the child died or took too long.
    """
    if tuple(pages) == tuple(range(1, of.pages + 1)):
        return of
    whole_file = of.claim.blob
    made = blob(whole_file.name, reader.extract(whole_file, of.media, pages))
    return replace(
        of,
        claim=replace(of.claim, id=f"{of.claim.id}-{pages[0]}", blob=made),
        pages=len(pages),
        codes=tuple({**code, "page": pages.index(code["page"]) + 1} for code in of.codes if code["page"] in pages),
        warnings=tuple(f"Berkas asalnya: {warning}" for warning in of.warnings),
        unread=tuple(pages.index(page) + 1 for page in of.unread if page in pages),
        source={"sha256": whole_file.sha256, "pages": list(pages), "of": of.pages, **noted},
        signatures=0,  # what was signed was the whole file
    )
