"""A Word file as the zip it is: looked at before anybody opens it, and packed so that equal content is equal bytes.

A .docx can carry macros, links that are fetched when it is opened, and bombs. None of it belongs into the template
of an office letter, so a file that has any of it is refused as a whole, never repaired.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping

from lxml import etree

from pipeline.letters.engines import word_contents, word_kinds, word_zip
from pipeline.letters.ports import MOST_WORD_BYTES

MAX_ENTRIES = 300
#: Word's own XML packs 10 to 50 times smaller; beyond this it is a bomb.
MAX_RATIO = 200
#: The least date a zip can hold; it says nothing, and that is the point.
FIXED_DATE = (1980, 1, 1, 0, 0, 0)

#: Marks of elements and of attributes in all parts together; the office's letters have 2,000 to 5,000, an empty file of
#: python-docx with all its styles 24,000. So no such file fills the memory (once 112 KB took 3.4 GB).
MAX_ELEMENTS, MAX_ATTRIBUTES = 300_000, 600_000

_REQUIRED = ("[Content_Types].xml", "_rels/.rels", "word/document.xml")
#: Word fields that fetch or run something when a document is opened or printed.
_ACTIVE_FIELDS = re.compile(
    r"\b(INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|LINK|DDE|DDEAUTO|EMBED|MACROBUTTON|DATABASE|RD)\b"
    r"|\b(HYPERLINK)\s+\"?\s*(?:[A-Z][A-Z0-9+.-]*:|//|\\\\)"
)
#: Elements by their names in any namespace: ISO 29500 has two (transitional and strict), and LibreOffice reads both.
_FIELD_CODES, _FIELD_MARK, _FIELD = ("{*}instrText", "{*}delInstrText"), "{*}fldChar", "{*}fldSimple"
_ODD_PARTS = "Isi berkas janggal: bagiannya terlalu banyak, kembar, atau bertumpuk"
_OPEN_AGAIN = "Simpan ulang dari Word atau LibreOffice sebagai .docx biasa."


def unsafe(data: bytes) -> list[tuple[str, str]]:
    """Return everything that makes the file unfit to be opened, as (fact, remedy); an empty list is a fit file."""
    if other := word_kinds.foreign(data):
        return [other]
    try:
        if word_zip.too_many(data, MAX_ENTRIES):
            return [(_ODD_PARTS, _OPEN_AGAIN)]
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if other := word_kinds.other_package(archive):
                return [other]
            found = list(_size_faults(archive, data))
            return found or list(_content_faults(parts(archive)))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        return [("Berkas ini bukan berkas Word (.docx) yang utuh", _OPEN_AGAIN)]


def parts(archive: zipfile.ZipFile) -> dict[str, bytes]:
    """Return the entries by name; call it only on a file whose sizes have been looked at."""
    return {info.filename: archive.read(info) for info in archive.infolist() if not info.is_dir()}


def opened(data: bytes) -> dict[str, bytes]:
    """Return the parts of a file that :func:`unsafe` found fit."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return parts(archive)


def packed(content: Mapping[str, bytes]) -> bytes:
    """Return the parts as a .docx: fixed order, fixed dates, so that the same parts give the same bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(content, key=lambda n: (n != _REQUIRED[0], not n.startswith("_rels/"), n)):
            info = zipfile.ZipInfo(name, FIXED_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            archive.writestr(info, content[name])
    return target.getvalue()


def is_xml(name: str, data: bytes) -> bool:
    """Say whether a part is XML, by its name or by its first bytes: a package may give any name to any part."""
    starts = (b"<", b"\0<", b"\xff\xfe", b"\xfe\xff")
    return name.lower().endswith((".xml", ".rels")) or data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(starts)


def parsed(xml: bytes) -> etree._Element:
    """Parse a part: no entity is resolved, nothing is fetched, nothing is repaired.

    Raises:
        etree.XMLSyntaxError: the part is not well formed.
    """
    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def _size_faults(archive: zipfile.ZipFile, data: bytes) -> Iterator[tuple[str, str]]:
    entries = archive.infolist()
    names = [info.filename for info in entries]
    for name in _REQUIRED:
        if name not in names:
            yield f"Berkas ini bukan dokumen Word: bagian {name} tidak ada", _OPEN_AGAIN
    # Names of parts differ by more than their case (ISO 29500-2, 6.2.2.3): one reader takes this twin, another that.
    if len({name.casefold() for name in names}) < len(names) or word_zip.overlap(entries, len(data)):
        yield _ODD_PARTS, _OPEN_AGAIN
    if any(name.startswith("/") or "\\" in name or ".." in name.split("/") for name in names):
        yield "Isi berkas janggal: nama bagian menunjuk ke luar berkas", _OPEN_AGAIN
    if any(info.flag_bits & 0x1 for info in entries):
        yield "Berkas terkunci kata sandi", "Hapus kata sandinya, lalu simpan ulang."
    total = sum(info.file_size for info in entries)
    if total > MOST_WORD_BYTES or any(info.file_size > MAX_RATIO * max(info.compress_size, 64) for info in entries):
        yield "Isi berkas mengembang terlalu besar saat dibuka", "Kecilkan gambar di dalamnya, lalu simpan ulang."


def _content_faults(content: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    texts = {name: data for name, data in content.items() if is_xml(name, data)}
    for sign, most in ((b"<", MAX_ELEMENTS), (b"=", MAX_ATTRIBUTES)):
        if sum(data.count(sign) for data in texts.values()) > most:
            yield "Isi berkas terlalu rumit untuk sebuah surat", "Salin isinya ke dokumen baru, lalu simpan ulang."
            return
    for name, data in content.items():
        if word_contents.is_active(name, data, text=name in texts):
            yield f"Berkas memuat makro atau objek sisipan ({name})", "Simpan sebagai .docx tanpa makro dan objek."
    for name, data in texts.items():
        if b"\0" in data or b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            yield f"Bagian {name} memakai DTD atau sandi huruf selain UTF-8", _OPEN_AGAIN
            continue
        try:
            root = parsed(data)
        except etree.XMLSyntaxError:
            yield f"Bagian {name} rusak (bukan XML yang utuh)", _OPEN_AGAIN
            continue
        yield from word_contents.link_faults(root)
        yield from word_contents.type_faults(root)
        yield from word_contents.element_faults(name, root)
        yield from _field_faults(name, root)


def _field_faults(name: str, root: etree._Element) -> Iterator[tuple[str, str]]:
    if match := _ACTIVE_FIELDS.search(_field_codes(root).upper()):
        field = match[1] or match[2]
        yield f"Bagian {name} memakai medan Word {field}", "Hapus medan itu; tulis isinya sebagai teks biasa."


def _field_codes(root: etree._Element) -> str:
    """Return the codes of all fields; a code may be cut into pieces, which end at the next mark of a field."""
    codes = []
    for node in root.iter(*_FIELD_CODES, _FIELD_MARK, _FIELD):
        if etree.QName(node).localname in ("instrText", "delInstrText"):
            codes.append(node.text or "")
        else:
            of_field = (str(text) for name, text in node.items() if etree.QName(name).localname == "instr")
            codes.append(f" {next(of_field, '')} ")
    return "".join(codes)
