"""Proves that a PDF can be taken in: it opens, its pages are all there, none is a bomb, nothing acts by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pypdf.errors import LimitReachedError
from pypdf.generic import DictionaryObject, IndirectObject

from pipeline.errors import Refused
from pipeline.scans.limits import Limits
from pipeline.scans.pdf.active_content import ActiveContent, find_active
from pipeline.scans.pdf.nesting import drawn
from pipeline.scans.pdf.pdf_file import OpenedPdf, open_pdf

AGAIN = "Minta kirim ulang: pindai kembali suratnya, atau cetak ke PDF baru."
_MOST_NESTING = 8
_WAIT = "Please wait"
_MOST_DRAWN = 100_000
_END_OF_JPEG, _TAIL = b"\xff\xd9", 64


@dataclass(frozen=True, slots=True)
class Proof:
    """How many pages there are, and what the clerk should know."""

    pages: int
    warnings: tuple[str, ...] = ()


def prove_pdf(path: Path, limits: Limits) -> Proof:
    """Look through the whole PDF.

    Raises:
        Refused: it cannot be taken in (``terkunci``, ``rusak``, ``tanpa-halaman``, ``terlalu-besar``, ``isi-aktif``,
            ``jenis``).
    """
    opened = open_pdf(path)
    try:
        return _proven(opened, limits)
    except Refused:
        raise
    except Exception:  # pypdf meets damage with exceptions of every kind
        raise Refused("rusak", "PDF ini rusak: halamannya tidak dapat dibaca.", AGAIN) from None
    finally:
        opened.document.close()


def _proven(opened: OpenedPdf, limits: Limits) -> Proof:
    root: Any = opened.reader.trailer["/Root"].get_object()
    pages = list(_leaves(root, limits.pages))
    _refuse_empty_shell(root, pages, opened)
    cut = [number for number, page in enumerate(pages, start=1) if not _pictures_whole(page, limits.pixels)]
    active = find_active(root, pages)
    if active.runs:
        raise Refused(
            "isi-aktif",
            "PDF ini berisi program (JavaScript atau perintah) yang berjalan sendiri bila dibuka.",
            "Minta pengirim mencetaknya ke PDF biasa, atau pindai dari kertas.",
        )
    mended = not _all_read(opened, pages) or opened.mended or len(pages) != len(opened.document)
    return Proof(len(pages), tuple(_warnings(root, active, encrypted=opened.encrypted, mended=mended, cut=cut)))


def _leaves(root: Any, most: int) -> Iterator[Any]:
    """Yield the pages of the page tree in order; a loop or a tree without end is refused."""
    waiting: list[Any] = [root.get("/Pages")]
    seen: set[int] = set()
    found = nodes = 0
    while waiting:
        entry = waiting.pop()
        nodes += 1
        if nodes > 4 * most + 100:
            raise Refused("rusak", "PDF ini rusak: daftar halamannya tidak berujung.", AGAIN)
        if isinstance(entry, IndirectObject):
            if entry.idnum in seen:
                raise Refused("rusak", "PDF ini rusak: daftar halamannya berputar tanpa akhir.", AGAIN)
            seen.add(entry.idnum)
        node = entry.get_object() if entry is not None else None
        if not isinstance(node, DictionaryObject):
            continue
        kids = node.get("/Kids")
        if kids is not None:
            waiting.extend(reversed(kids.get_object()))
            continue
        found += 1
        if found > most:
            raise Refused(
                "terlalu-besar",
                f"PDF ini berisi lebih dari {most} halaman.",
                "Pisahkan menjadi beberapa berkas, satu surat satu berkas.",
            )
        yield node


def _refuse_empty_shell(root: Any, pages: list[Any], opened: OpenedPdf) -> None:
    if not pages:
        raise Refused("tanpa-halaman", "PDF ini tidak berisi halaman.", AGAIN)
    if bool(root.get("/NeedsRendering")) or (_has_xfa(root) and _asks_to_wait(opened)):
        raise Refused(
            "jenis",
            "PDF ini formulir XFA: isinya hanya tampak di Adobe Reader, halamannya sendiri kosong.",
            "Minta pengirim mencetaknya ke PDF biasa, atau pindai dari kertas.",
        )


def _has_xfa(root: Any) -> bool:
    form = root.get("/AcroForm")
    return form is not None and "/XFA" in form.get_object()


def _asks_to_wait(opened: OpenedPdf) -> bool:
    """Say whether the first page is what Adobe's form designer shows in every other program, instead of the form."""
    text = opened.document[0].get_textpage()
    try:
        return bool(str(text.get_text_range()).lstrip().startswith(_WAIT))
    finally:
        text.close()


def _pictures_whole(page: Any, most: int) -> bool:
    """Say whether each JPEG of the page reaches its end; what is missing of one is drawn as an empty area.

    Raises:
        Refused: a picture has too many pixels, by what its dictionary says, before anybody decodes it.
    """
    pictures = list(_pictures(page))
    for picture in pictures:
        refuse_pixels(int(picture.get("/Width", 0)), int(picture.get("/Height", 0)), most)
    return all(map(_reaches_its_end, pictures))


def _reaches_its_end(picture: Any) -> bool:
    filters = picture.get("/Filter")
    jpeg = (filters if isinstance(filters, list) else [filters]) == ["/DCTDecode"]
    return not jpeg or _END_OF_JPEG in picture._data[-_TAIL:]


def _pictures(page: Any) -> Iterator[Any]:
    """Yield the pictures and forms that a page may draw, also those that its forms do."""
    owner = page
    for _ in range(32):
        if "/Resources" in owner or owner.get("/Parent") is None:
            break
        owner = owner["/Parent"].get_object()
    waiting = [(owner.get("/Resources"), 0)]
    seen: set[int] = set()
    while waiting:
        resources, depth = waiting.pop()
        resources = resources.get_object() if resources is not None else None
        if not isinstance(resources, DictionaryObject) or id(resources) in seen or depth > _MOST_NESTING:
            continue
        seen.add(id(resources))
        for entry in (resources.get("/XObject", {}).get_object() if "/XObject" in resources else {}).values():
            picture = entry.get_object()
            if not isinstance(picture, DictionaryObject):
                continue
            yield picture
            waiting.append((picture.get("/Resources"), depth + 1))


def refuse_pixels(width: int, height: int, most: int) -> None:
    """Refuse a picture of more than *most* pixels."""
    if width * height > most:
        raise Refused(
            "terlalu-besar",
            f"Gambarnya terlalu besar: {width} x {height} titik.",
            f"Pindai kembali dengan 300 dpi (paling banyak {most // 1_000_000} juta titik sehalaman).",
        )


def _all_read(opened: OpenedPdf, pages: list[Any]) -> bool:
    """Say whether each page opens in pdfium and its drawing instructions can be unpacked.

    Raises:
        Refused: they unpack to more than any honest page has.
    """
    try:
        for index in range(len(pages)):
            if drawn(opened.reader.pages[index]) > _MOST_DRAWN:
                raise LimitReachedError
            opened.document[index].close()
            contents = opened.reader.pages[index].get_contents()
            if contents is not None:
                contents.get_data()
    except LimitReachedError:
        raise Refused(
            "terlalu-besar", f"Isi halaman {index + 1} mengembang menjadi terlalu besar bila dibuka.", AGAIN
        ) from None
    except Exception:  # whatever it is, the page is damaged
        return False
    return True


def _warnings(root: Any, active: ActiveContent, *, encrypted: bool, mended: bool, cut: list[int]) -> Iterator[str]:
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
    if active.waits:
        yield "PDF ini berisi tombol atau formulir yang menjalankan perintah; salinan dibuat tanpa itu."
    if _has_xfa(root):
        yield "PDF ini formulir XFA; isian yang hanya tampak di Adobe Reader mungkin tidak terbaca."
