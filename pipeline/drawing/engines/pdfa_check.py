"""Looks at whether a PDF is *marked* and built as PDF/A-2b. It does not validate: that takes veraPDF and its rules."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from typing import Any

from pikepdf import Array, Dictionary, Object, PasswordError, Pdf, Stream

_DEPTH = 12
#: What is noted of a document against which nothing was found.
SOUND = "2b"
_LOCKED = "Berkas terkunci (terenkripsi), padahal PDF/A tidak boleh."
_FORBIDDEN_ACTIONS = {
    "/JavaScript": "JavaScript",
    "/Launch": "perintah menjalankan program",
    "/ImportData": "perintah mengambil data",
    "/Sound": "suara",
    "/Movie": "film",
}


def marks(pdf: bytes) -> list[str]:
    """Return what keeps the file from being called marked PDF/A-2b, in Indonesian; an empty list if nothing does.

    Never raises: a file that cannot be read has that as its finding.
    """
    try:
        with Pdf.open(io.BytesIO(pdf)) as opened:
            return [_LOCKED] if opened.is_encrypted else list(dict.fromkeys(_findings(opened)))
    except PasswordError:
        return [_LOCKED]
    except Exception as error:  # damage is met with exceptions of every kind
        return [f"Berkas tidak dapat diperiksa sebagai PDF ({type(error).__name__})."]


def verdict(pdf: bytes) -> str:
    """Return what is noted of a document that we made: ``2b``, or what keeps it from being called marked PDF/A-2b."""
    return "; ".join(marks(pdf)) or SOUND


def carries(opened: Pdf, pages: Sequence[Object]) -> bool:
    """Say whether pages can be carried into a PDF/A: their document is marked one, nothing speaks against it."""
    found = [*_metadata(opened.Root), *_intent(opened.Root)]
    return not found and not any(list(_on_page(page, number)) for number, page in enumerate(pages, 1))


def _findings(opened: Pdf) -> Iterator[str]:
    root = opened.Root
    yield from _metadata(root)
    yield from _intent(root)
    identifier = opened.trailer.get("/ID")
    if not isinstance(identifier, Array) or len(identifier) != 2:
        yield "Penanda berkas (trailer /ID) tidak ada."
    yield from _active(root)
    for number, page in enumerate((page.obj for page in opened.pages), 1):
        yield from _on_page(page, number)


def _on_page(page: Object, number: int) -> Iterator[str]:
    yield from _active(page)
    for name in _loose_fonts(_own(page, "/Resources"), _DEPTH):
        yield f"Huruf {name} di halaman {number} tidak tertanam."
    for note in _list(page.get("/Annots")):
        yield from _active(note)
        for name in _loose_fonts(_appearance(note), _DEPTH):
            yield f"Huruf {name} pada catatan di halaman {number} tidak tertanam."


def _metadata(root: Object) -> Iterator[str]:
    stream = root.get("/Metadata")
    if stream is None:
        yield "Metadata XMP tidak ada."
        return
    text = stream.read_bytes().decode("utf-8", "replace")
    part = re.search(r"pdfaid:part(?:>|=[\"'])\s*(\d)", text)
    level = re.search(r"pdfaid:conformance(?:>|=[\"'])\s*(\w)", text)
    if part is None or level is None:
        yield "Tanda PDF/A (pdfaid) tidak ada dalam metadata XMP."
    elif part[1] != "2" or level[1] not in "ABU":
        yield f"Tanda PDF/A adalah {part[1]}{level[1].lower()}, bukan 2b."


def _intent(root: Object) -> Iterator[str]:
    intents = [i for i in _list(root.get("/OutputIntents")) if i.get("/S") == "/GTS_PDFA1"]
    if not any(i.get("/DestOutputProfile") is not None for i in intents):
        yield "Profil warna (OutputIntent) tidak ada."


def _active(holder: Object) -> Iterator[str]:
    """Find what runs, opens or carries something, on the document, a page or an annotation."""
    names = _own(holder, "/Names")
    if "/JavaScript" in names:
        yield "Berkas memuat JavaScript."
    if "/EmbeddedFiles" in names or "/AF" in holder or holder.get("/Subtype") == "/FileAttachment":
        yield "Berkas memuat berkas lain di dalamnya."
    if "/AA" in holder:
        yield "Berkas memuat perintah otomatis (AA)."
    for key in ("/OpenAction", "/A"):
        action = _own(holder, key)
        for _ in range(_DEPTH):
            if (kind := str(action.get("/S"))) in _FORBIDDEN_ACTIONS:
                yield f"Berkas memuat {_FORBIDDEN_ACTIONS[kind]}."
            action = _own(action, "/Next")


def _loose_fonts(resources: Object, depth: int) -> Iterator[str]:
    """Find the fonts without their program inside, also in the forms and patterns that the resources name."""
    if depth == 0:
        return
    for font in _values(resources, "/Font"):
        if not _is_embedded(font):
            yield str(font.get("/BaseFont", "/tanpa nama")).lstrip("/")
    for kind in ("/XObject", "/Pattern"):
        for item in _values(resources, kind):
            yield from _loose_fonts(_own(item, "/Resources"), depth - 1)


def _is_embedded(font: Object) -> bool:
    if font.get("/Subtype") == "/Type3":
        return True
    inner = [*_list(font.get("/DescendantFonts")), font]
    descriptor = next((d for f in inner if (d := _own(f, "/FontDescriptor"))), Dictionary())
    return any(isinstance(descriptor.get(key), Stream) for key in ("/FontFile", "/FontFile2", "/FontFile3"))


def _appearance(note: Object) -> Object:
    """Return the resources of an annotation's normal look."""
    return _own(_own(_own(note, "/AP"), "/N"), "/Resources")


def _own(holder: Object, key: str) -> Object:
    found = holder.get(key)
    return found if isinstance(found, Dictionary | Stream) else Dictionary()


def _values(holder: Object, key: str) -> list[Object]:
    return [value for value in _own(holder, key).values() if isinstance(value, Dictionary | Stream)]


def _list(value: Any) -> list[Object]:
    return [item for item in value if isinstance(item, Dictionary)] if isinstance(value, Array) else []
