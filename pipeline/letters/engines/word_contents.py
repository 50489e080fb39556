"""What a part of a Word file is or refers to: macros, objects, other documents, places outside the file.

Whatever a part is called (ISO 29500-2): it is told by its first bytes, by the type that the package gives it, and by
the relation that leads to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

_ACTIVE_NAMES = re.compile(r"vbaProject|vbaData|activeX/|embeddings/|\.bin$|afchunk|customUI/", re.IGNORECASE)
#: Parts that are no XML and may be there: pictures, by their first bytes, and fonts.
_PICTURES = re.compile(
    rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff|GIF8[79]a|BM|II\*\0|MM\0\*|II\xbc|RIFF.{4}WEBP"
    rb"|\xd7\xcd\xc6\x9a|\x01\0\x09\0|\x01\0\0\0.{36} EMF",
    re.DOTALL,
)
_FONT = ".odttf"
#: Types of parts, and relations to parts, that no letter has: programs, objects, other documents, data to be merged.
_ACTIVE_TYPES = re.compile(
    r"macroEnabled|vba|oleObject|activeX|control|x-msdownload|html|rfc822|rtf|spreadsheetml|presentationml|mailMerge"
    r"|attachedToolbars|keyMapCustomizations",
    re.IGNORECASE,
)
_ACTIVE_RELATIONS = re.compile(
    r"/(vbaProject|wordVbaData|oleObject|package|control|activeXControlBinary|aFChunk|attachedTemplate|mailMerge\w*"
    r"|recipientData|subDocument|frame|externalLink\w*|attachedToolbars|keyMapCustomizations|extensibility|transform)$",
    re.IGNORECASE,
)
#: Elements by their names in any namespace: ISO 29500 has two (transitional and strict), and LibreOffice reads both.
_ELEMENTS = {
    "altChunk": "menyisipkan dokumen lain",
    "subDoc": "menyisipkan dokumen lain",
    "frameset": "memuat bingkai halaman lain",
    "mailMerge": "memakai penggabungan surat (mail merge)",
    "dataSource": "memakai penggabungan surat (mail merge)",
    "OLEObject": "memuat objek sisipan",
    "object": "memuat objek sisipan",
    "control": "memuat tombol atau kendali ActiveX",
}
#: A place outside the file, also where the relation does not call itself external.
_OUTSIDE = re.compile(r"\s*([a-z][a-z0-9+.-]*:|//|\\\\)", re.IGNORECASE)
#: Attributes that name a picture or a place directly, without a relation (VML).
_PLACES = ("src", "href", "althref", "link")
_REMOVE = "Hapus tautan itu atau ganti dengan teks biasa; sisipkan gambar, jangan tautkan."


def is_active(name: str, data: bytes, *, text: bool) -> bool:
    """Say whether a part is no part of a letter: by its name, or because it is neither XML nor picture nor font."""
    if _ACTIVE_NAMES.search(name):
        return True
    return bool(data) and not text and not name.lower().endswith(_FONT) and not _PICTURES.match(data)


def link_faults(root: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield what leads out of the file, or to what runs; any part may hold relations, whatever it is called."""
    for relation in root.iter("{*}Relationship"):
        target, kind = str(relation.get("Target", "")), str(relation.get("Type", ""))
        if str(relation.get("TargetMode", "")).lower() == "external" or _OUTSIDE.match(target):
            yield f"Berkas menunjuk ke luar dirinya ({target[:60]})", _REMOVE
        elif match := _ACTIVE_RELATIONS.search(kind):
            yield f"Berkas memuat makro, objek, atau dokumen lain ({match[1][:40]})", "Simpan sebagai .docx biasa."


def type_faults(root: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield types of parts that no letter has."""
    for part in root.iter("{*}Default", "{*}Override"):
        if (match := _ACTIVE_TYPES.search(str(part.get("ContentType", "")))) and root.tag.endswith("}Types"):
            yield f"Berkas memuat makro atau objek sisipan (jenis {match[0][:40]})", "Simpan sebagai .docx biasa."


def element_faults(name: str, root: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield elements that bring something in, and pictures that are fetched from a place."""
    for node in root.iter(*(f"{{*}}{element}" for element in _ELEMENTS)):
        what = _ELEMENTS[etree.QName(node).localname]
        yield f"Bagian {name} {what}", "Salin isinya ke dalam berkas ini sebagai teks biasa."
        break
    for node in root.iter("{*}*"):
        for key, value in node.items():
            if key.rpartition("}")[2].lower() in _PLACES and _OUTSIDE.match(str(value)):
                yield f"Bagian {name} menunjuk ke luar berkas ({str(value)[:60]})", _REMOVE
                return
