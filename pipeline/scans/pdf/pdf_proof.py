"""Proves that a PDF can be taken in: it opens, its pages are all there, none is a bomb, nothing acts by itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from pikepdf import Array, Dictionary, Name, Object, Stream

from pipeline.errors import Refused
from pipeline.scans import refusals
from pipeline.scans.pdf.active_content import ActiveContent, find_active
from pipeline.scans.pdf.pdf_file import Overflow, contents, dictionary, unpacked
from pipeline.scans.pdf.pdf_repair import OpenedPdf, open_pdf
from pipeline.scans.pdf.plain_pages import Plainness, plainness
from pipeline.scans.pdf.stream_bombs import refuse_bombs
from pipeline.scans.refusals import FEW_PAGES, Limits

#: Forms within forms whose pictures are looked at, and those that pdfium draws; it goes no deeper.
_MOST_NESTING, _DEEPEST = 8, 40
#: Forms and pictures that may be drawn for one page; chosen 2026-11-25.
_MOST_DRAWN = 100_000
#: Bytes of instructions that are unpacked for all pages together; 500 honest pages have 10 million, and so many take
#: 5 s to look through (2026-11-26).
_MOST_UNPACKED_IN_ALL = 150_000_000
#: Nodes that a page tree may have: so many for each page that may be, and besides.
_NODES_A_PAGE, _MORE_NODES = 4, 100
#: What Adobe's form designer shows in every other program, instead of the form.
_WAIT = "Please wait"
#: What a JPEG ends with, and bytes at its end in which that stands.
_END_OF_JPEG, _TAIL = b"\xff\xd9", 64
_DRAWN = re.compile(rb"/([^\s/\[\]()<>{}%]+)\s+Do(?![^\s])")


@dataclass(frozen=True, slots=True)
class Proof:
    """How many pages there are, what the clerk should know, whether drawing them costs what honest pages do."""

    pages: int
    warnings: tuple[str, ...] = ()
    plain: bool = True
    pictures: bool = False


def prove_pdf(path: Path, limits: Limits) -> Proof:
    """Look through the whole PDF.

    Raises:
        Refused: it cannot be taken in (``terkunci``, ``rusak``, ``tanpa-halaman``, ``terlalu-besar``, ``isi-aktif``,
            ``jenis``).
    """
    refuse_bombs(path)
    opened = open_pdf(path)
    try:
        return _proven(opened, limits)
    except Refused:
        raise
    except Exception:  # damage is met with exceptions of every kind
        raise refusals.DAMAGED_PAGES() from None
    finally:
        opened.close()


def _proven(opened: OpenedPdf, limits: Limits) -> Proof:
    root = opened.pdf.Root
    pages = list(_leaves(root, limits))
    _refuse_empty_shell(root, pages, opened)
    cut = [number for number, page in enumerate(pages, start=1) if not _pictures_whole(page, limits)]
    active = find_active(root, pages)
    if active.runs:
        raise refusals.ACTS_BY_ITSELF()
    mended = not _all_read(opened, pages) or opened.mended() or len(pages) != len(opened.document)
    warnings = _warnings(root, active, encrypted=opened.encrypted, mended=mended, cut=cut)
    found = plainness(pages) if len(pages) <= FEW_PAGES else Plainness(plain=False)
    return Proof(len(pages), tuple(warnings), found.plain, found.pictures)


def _leaves(root: Object, limits: Limits) -> Iterator[Object]:
    """Yield the pages of the page tree in order; a loop or a tree without end is refused."""
    waiting = [root.get("/Pages")]
    seen: set[tuple[int, int]] = set()
    found = nodes = 0
    while waiting:
        node = waiting.pop()
        nodes += 1
        if nodes > _NODES_A_PAGE * limits.pages + _MORE_NODES:
            raise refusals.ENDLESS_PAGE_TREE()
        if not isinstance(node, Dictionary):
            continue
        if node.is_indirect:
            if node.objgen in seen:
                raise refusals.LOOPING_PAGE_TREE()
            seen.add(node.objgen)
        if "/Kids" in node:
            waiting.extend(reversed(list(node.Kids)))
            continue
        found += 1
        limits.check_pages(found, "PDF")
        yield node


def _refuse_empty_shell(root: Object, pages: list[Object], opened: OpenedPdf) -> None:
    if not pages:
        raise refusals.NO_PAGES()
    if bool(root.get("/NeedsRendering")) or (_has_xfa(root) and _asks_to_wait(opened)):
        raise refusals.XFA_FORM()


def _has_xfa(root: Object) -> bool:
    return "/XFA" in dictionary(root, "/AcroForm")


def _asks_to_wait(opened: OpenedPdf) -> bool:
    """Say whether the first page is what Adobe's form designer shows in every other program, instead of the form."""
    text = opened.document[0].get_textpage()
    try:
        return bool(str(text.get_text_range()).lstrip().startswith(_WAIT))
    finally:
        text.close()


def _pictures_whole(page: Object, limits: Limits) -> bool:
    """Say whether each JPEG of the page reaches its end; what is missing of one is drawn as an empty area.

    Raises:
        Refused: a picture has too many pixels, by what its dictionary says, before anybody decodes it.
    """
    pictures = list(_pictures(page))
    for picture in pictures:
        limits.check_pixels(_side(picture, "/Width"), _side(picture, "/Height"))
    return all(map(_reaches_its_end, pictures))


def _side(picture: Stream, key: str) -> int:
    """Return a picture's width or height in dots; one without such a number is not drawn."""
    side = picture.get(key, 0)
    return int(side) if isinstance(side, int | float | Decimal) else 0


def _reaches_its_end(picture: Stream) -> bool:
    filters = picture.get("/Filter")
    jpeg = (list(filters) if isinstance(filters, Array) else [filters]) == [Name.DCTDecode]
    return not jpeg or _END_OF_JPEG in bytes(memoryview(picture.get_raw_stream_buffer())[-_TAIL:])


def _pictures(page: Object) -> Iterator[Stream]:
    """Yield the pictures and forms that a page may draw, also those that its forms do."""
    waiting = [(page, 0)]
    seen: set[tuple[int, int]] = set()
    while waiting:
        owner, depth = waiting.pop()
        for picture in dictionary(dictionary(owner, "/Resources"), "/XObject").values():
            if isinstance(picture, Stream) and picture.objgen not in seen and depth <= _MOST_NESTING:
                seen.add(picture.objgen)
                yield picture
                waiting.append((picture, depth + 1))


def _all_read(opened: OpenedPdf, pages: list[Object]) -> bool:
    """Say whether each page's drawing instructions can be unpacked, and then the page opens in pdfium.

    Raises:
        Refused: they unpack to more than any honest page has.
    """
    try:
        looked = _Looked()
        for index, page in enumerate(pages):
            if looked.drawn_things(page) > _MOST_DRAWN:
                raise Overflow
            opened.document[index].close()
    except Overflow:
        raise refusals.TOO_MUCH_DRAWING(page=index + 1) from None
    except Exception:  # whatever it is, the page is damaged
        return False
    return True


@dataclass(slots=True)
class _Looked:
    """What of a file was unpacked to be looked through, in bytes."""

    unpacked: int = 0

    def drawn_things(self, page: Object) -> int:
        """Return how many forms and pictures are drawn for a page, those within a form each time that it is.

        A few small forms that each draw the one before ten times end no program's work.

        Raises:
            Overflow: what the page or a form draws with unpacks to too much, or all pages together do.
            PdfError: it is damaged.
        """
        return self._drawn_by(contents(page), _things(page), {}, 0)

    def _drawn_by(self, code: bytes, things: dict[str, Stream], known: dict[tuple[int, int], int], depth: int) -> int:
        self.unpacked += len(code)
        if self.unpacked > _MOST_UNPACKED_IN_ALL:
            raise Overflow
        total = 0
        for name, times in Counter(found.decode("latin-1") for found in _DRAWN.findall(code)).items():
            thing = things.get(f"/{name}")
            if thing is not None and depth < _DEEPEST:
                total += times * self._drawn_within(thing, things, known, depth + 1)
        return total

    def _drawn_within(
        self, thing: Stream, around: dict[str, Stream], known: dict[tuple[int, int], int], depth: int
    ) -> int:
        """Return how much drawing one thing comes to; one that draws itself counts as drawn once more."""
        if thing.objgen not in known:
            known[thing.objgen] = 1
            if thing.get("/Subtype") == "/Form":
                known[thing.objgen] = 1 + self._drawn_by(unpacked(thing), _things(thing) or around, known, depth)
        return known[thing.objgen]


def _things(owner: Object) -> dict[str, Stream]:
    entries = dictionary(dictionary(owner, "/Resources"), "/XObject")
    return {name: thing for name, thing in entries.items() if isinstance(thing, Stream)}


def _warnings(root: Object, active: ActiveContent, *, encrypted: bool, mended: bool, cut: list[int]) -> Iterator[str]:
    if mended:
        yield "PDF ini rusak sebagian dan dibaca dengan perbaikan; periksa apakah semua halaman ada."
    if cut:
        yield f"Gambar halaman {', '.join(map(str, cut))} terpotong, bagian bawahnya hilang; pindai atau minta ulang."
    if encrypted:
        yield "PDF ini terenkripsi tetapi terbuka tanpa kata sandi; salinan untuk dibaca dibuat tanpa enkripsi."
    if "/Collection" in root:
        yield "PDF ini portofolio: suratnya mungkin berkas di dalamnya; simpan satu per satu, lalu letakkan lagi."
    elif active.carries:
        yield "PDF ini membawa berkas lain di dalamnya; berkas itu tidak ikut dalam salinan, periksa aslinya."
    if active.opening:
        yield f"PDF ini menjalankan perintah bila dibuka ({', '.join(active.opening)}); salinan dibuat tanpa itu."
    if active.clicking:
        said = ", ".join(active.clicking)
        yield f"PDF ini berisi tombol atau formulir yang menjalankan perintah ({said}); salinan dibuat tanpa itu."
    if _has_xfa(root):
        yield "PDF ini formulir XFA; isian yang hanya tampak di Adobe Reader mungkin tidak terbaca."
