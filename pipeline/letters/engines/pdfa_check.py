"""Looks at whether a PDF is *marked* and built as PDF/A-2b. It does not validate: that takes veraPDF and its rules."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, StreamObject

_DEPTH = 12
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
        reader = PdfReader(io.BytesIO(pdf))
        if reader.is_encrypted:
            return ["Berkas terkunci (terenkripsi), padahal PDF/A tidak boleh."]
        return list(dict.fromkeys(_findings(reader)))
    except Exception as error:  # pypdf raises a dozen kinds on damaged files
        return [f"Berkas tidak dapat diperiksa sebagai PDF ({type(error).__name__})."]


def _findings(reader: PdfReader) -> Iterator[str]:
    root = reader.root_object
    yield from _metadata(root)
    yield from _intent(root)
    identifier = reader.trailer.get("/ID")
    if not isinstance(identifier, ArrayObject) or len(identifier) != 2:
        yield "Penanda berkas (trailer /ID) tidak ada."
    yield from _active(root)
    for number, page in enumerate(reader.pages, 1):
        yield from _active(page)
        for name in _loose_fonts(_own(page, "/Resources"), _DEPTH):
            yield f"Huruf {name} di halaman {number} tidak tertanam."
        for note in _list(page.get("/Annots")):
            yield from _active(note)
            for name in _loose_fonts(_appearance(note), _DEPTH):
                yield f"Huruf {name} pada catatan di halaman {number} tidak tertanam."


def _metadata(root: DictionaryObject) -> Iterator[str]:
    stream = root.get("/Metadata")
    if stream is None:
        yield "Metadata XMP tidak ada."
        return
    text = stream.get_object().get_data().decode("utf-8", "replace")
    part = re.search(r"pdfaid:part(?:>|=[\"'])\s*(\d)", text)
    level = re.search(r"pdfaid:conformance(?:>|=[\"'])\s*(\w)", text)
    if part is None or level is None:
        yield "Tanda PDF/A (pdfaid) tidak ada dalam metadata XMP."
    elif part[1] != "2" or level[1] not in "ABU":
        yield f"Tanda PDF/A adalah {part[1]}{level[1].lower()}, bukan 2b."


def _intent(root: DictionaryObject) -> Iterator[str]:
    intents = [i for i in _list(root.get("/OutputIntents")) if i.get("/S") == "/GTS_PDFA1"]
    if not any(i.get("/DestOutputProfile") is not None for i in intents):
        yield "Profil warna (OutputIntent) tidak ada."


def _active(holder: DictionaryObject) -> Iterator[str]:
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


def _loose_fonts(resources: DictionaryObject, depth: int) -> Iterator[str]:
    """Find the fonts without their program inside, also in the forms and patterns that the resources name."""
    if depth == 0:
        return
    for font in _values(resources, "/Font"):
        if not _is_embedded(font):
            yield str(font.get("/BaseFont", "/tanpa nama")).lstrip("/")
    for kind in ("/XObject", "/Pattern"):
        for item in _values(resources, kind):
            yield from _loose_fonts(_own(item, "/Resources"), depth - 1)


def _is_embedded(font: DictionaryObject) -> bool:
    if font.get("/Subtype") == "/Type3":
        return True
    inner = [*_list(font.get("/DescendantFonts")), font]
    descriptor = next((d for f in inner if (d := _own(f, "/FontDescriptor"))), DictionaryObject())
    programs = (_plain(descriptor.get(key)) for key in ("/FontFile", "/FontFile2", "/FontFile3"))
    return any(isinstance(program, StreamObject) for program in programs)


def _appearance(note: DictionaryObject) -> DictionaryObject:
    """Return the resources of an annotation's normal look."""
    return _own(_own(_own(note, "/AP"), "/N"), "/Resources")


def _own(holder: DictionaryObject, key: str) -> DictionaryObject:
    found = _plain(holder.get(key))
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def _values(holder: DictionaryObject, key: str) -> list[DictionaryObject]:
    return [v for item in _own(holder, key).values() if isinstance(v := _plain(item), DictionaryObject)]


def _list(value: Any) -> list[DictionaryObject]:
    found = _plain(value)
    items = [_plain(v) for v in found] if isinstance(found, ArrayObject) else []
    return [item for item in items if isinstance(item, DictionaryObject)]


def _plain(value: Any) -> Any:
    return value.get_object() if hasattr(value, "get_object") else value
