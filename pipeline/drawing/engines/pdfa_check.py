"""Looks at whether a PDF is *marked* and built as PDF/A-2b. It does not validate: that takes veraPDF and its rules.

Of ISO 19005-2 it looks at 6.1.3 (identifier, no encryption), 6.1.7 (no stream outside the file, no LZW), 6.2.3 (output
intent), 6.2.5 (no transfer curves), 6.2.8 (images: no alternates, no interpolation, no OPI), 6.2.9 (no PostScript, no
references to other files), 6.2.11.4.1 (font programs inside), 6.3 (kinds of annotations, their flags and looks), 6.4.2
(no XFA, no looks left to the reader), 6.5 (no actions that act), 6.6.4 (the mark itself), 6.8 (no files inside), 6.10
and 6.11 (no alternate presentations, no requirements), each as far as said here. Not at glyphs, their widths and
encodings, colour spaces and blending, JPEG 2000, the other clauses of 6.1, 6.6 and 6.9.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from typing import Any

from pikepdf import Array, Dictionary, Object, PasswordError, Pdf, Stream

_DEPTH = 12
#: How the library calls an object that lies in the file by itself; what lies in a stream is none (ISO 32000-1, 7.5.7).
_AT_PLACE = 1
#: How deep the parts of what is no stream lie in one another at most, that this is seen without parsing it.
_NESTED = 4
#: What is noted of a document against which nothing was found.
SOUND = "2b"
_LOCKED = "Berkas terkunci (terenkripsi), padahal PDF/A tidak boleh."
_FORBIDDEN_ACTIONS = {
    "/JavaScript": "JavaScript",
    "/Launch": "perintah menjalankan program",
    "/ImportData": "perintah mengambil data",
    "/ResetForm": "perintah mengosongkan formulir",
    "/Hide": "perintah menyembunyikan",
    "/SetOCGState": "perintah mengganti lapisan",
    "/Rendition": "perintah memutar media",
    "/Trans": "perintah peralihan",
    "/GoTo3DView": "perintah 3D",
    "/SetState": "perintah mengganti keadaan",
    "/NOP": "perintah kosong",
    "/Sound": "suara",
    "/Movie": "film",
}
#: Annotations that a PDF/A may not have; the flags of all others: printed, never hidden (ISO 32000-1, 12.5.3).
_FORBIDDEN_NOTES = ("/3D", "/Sound", "/Screen", "/Movie")
_PRINTED, _HIDDEN = 1 << 2, 1 << 0 | 1 << 1 | 1 << 5 | 1 << 8
#: Annotations that need no look of their own.
_LOOKLESS = ("/Popup", "/Link")


def _no_stream() -> re.Pattern[bytes]:
    """Return what follows the number of what is no stream, until its end: whole, without texts and remarks.

    An end that stands within a dictionary or a list is none: the library reads on behind it, perhaps to a stream.
    """
    plain = rb"(?:[^][(%<>es]++|e(?!ndobj)|s(?!tream))"
    inside = plain + rb"*+"
    for _ in range(_NESTED):
        inside = rb"(?:" + plain + rb"|<<" + inside + rb">>|\[" + inside + rb"\])*+"
    return re.compile(inside + rb"(?<=[\s>\]])endobj")


_NO_STREAM = _no_stream()


def marks(pdf: bytes) -> list[str]:
    """Return what keeps the file from being called marked PDF/A-2b, in Indonesian; an empty list if nothing does.

    Never raises: a file that cannot be read has that as its finding.
    """
    try:
        with Pdf.open(io.BytesIO(pdf)) as opened:
            return [_LOCKED] if opened.is_encrypted else list(dict.fromkeys(_findings(opened, pdf)))
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


def _findings(opened: Pdf, pdf: bytes) -> Iterator[str]:
    root = opened.Root
    yield from _metadata(root)
    yield from _intent(root)
    identifier = opened.trailer.get("/ID")
    if not isinstance(identifier, Array) or len(identifier) != 2:
        yield "Penanda berkas (trailer /ID) tidak ada."
    yield from _active(root)
    yield from _foreign(root)
    for stream in _streams(opened, pdf):
        yield from _stream(stream)
    for number, page in enumerate((page.obj for page in opened.pages), 1):
        yield from _on_page(page, number)


def _streams(opened: Pdf, pdf: bytes) -> Iterator[Stream]:
    """Yield all streams. Nine in ten objects of a sheet are its tags: they are not parsed to see that they are none.

    An object is none for certain where its number stands at its place, and it ends before it could say that it is one.
    """
    places = {key: found.offset or 0 for key, found in opened.get_xref_table().items() if found.type == _AT_PLACE}
    if not pdf.startswith(b"%PDF-") or any(not pdf.startswith(b"%d %d obj" % key, at) for key, at in places.items()):
        yield from (item for item in opened.objects if isinstance(item, Stream))
        return
    for key, at in places.items():
        if not _NO_STREAM.match(pdf, at) and isinstance(item := opened.get_object(key), Stream):
            yield item


def _on_page(page: Object, number: int) -> Iterator[str]:
    yield from _active(page)
    for state in _values(_own(page, "/Resources"), "/ExtGState"):
        yield from _curves(state)
    for name in _loose_fonts(_own(page, "/Resources"), _DEPTH):
        yield f"Huruf {name} di halaman {number} tidak tertanam."
    for note in _list(page.get("/Annots")):
        yield from _active(note)
        yield from (f"{what} di halaman {number}." for what in _note(note))
        for name in _loose_fonts(_appearance(note), _DEPTH):
            yield f"Huruf {name} pada catatan di halaman {number} tidak tertanam."


def _foreign(root: Object) -> Iterator[str]:
    """Find what a document asks of whoever shows it, and forms that are drawn only when it is shown."""
    form = _own(root, "/AcroForm")
    if "/XFA" in form or form.get("/NeedAppearances"):
        yield "Formulir dalam berkas baru digambar ketika dibuka (XFA, NeedAppearances)."
    if "/Requirements" in root or "/AlternatePresentations" in _own(root, "/Names"):
        yield "Berkas menuntut sesuatu dari pembacanya (Requirements, AlternatePresentations)."


def _stream(stream: Stream) -> Iterator[str]:
    filters = stream.get("/Filter")
    names = list(filters) if isinstance(filters, Array) else [filters]
    if "/F" in stream or "/LZWDecode" in (str(name) for name in names):
        yield "Sebagian isi berkas ada di luar berkas, atau dimampatkan dengan LZW."
    kind = stream.get("/Subtype")
    if kind == "/Image" and ("/Alternates" in stream or "/OPI" in stream or stream.get("/Interpolate")):
        yield "Sebuah gambar memiliki pengganti atau diperhalus (Alternates, OPI, Interpolate)."
    if kind == "/PS" or (kind == "/Form" and ("/Ref" in stream or "/OPI" in stream or "/PS" in stream)):
        yield "Sebuah gambar adalah PostScript atau menunjuk berkas lain."
    for state in _values(_own(stream, "/Resources"), "/ExtGState"):
        yield from _curves(state)


def _curves(state: Object) -> Iterator[str]:
    if "/TR" in state or state.get("/TR2", "/Default") != "/Default" or "/HTP" in state:
        yield "Keadaan gambar memuat kurva alih (TR, TR2, HTP)."


def _note(note: Object) -> Iterator[str]:
    kind, flags = str(note.get("/Subtype")), int(note.get("/F", 0))
    if kind in _FORBIDDEN_NOTES:
        yield f"Catatan {kind.lstrip('/')}"
    elif kind != "/Popup" and (not flags & _PRINTED or flags & _HIDDEN):
        yield f"Catatan {kind.lstrip('/')} tersembunyi atau tidak ikut tercetak"
    elif kind not in _LOOKLESS and "/AP" not in note and _has_area(note):
        yield f"Catatan {kind.lstrip('/')} tanpa rupa (AP)"


def _has_area(note: Object) -> bool:
    place = [float(side) for side in note.get("/Rect", Array())]
    return len(place) == 4 and (place[0] != place[2] or place[1] != place[3])


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
