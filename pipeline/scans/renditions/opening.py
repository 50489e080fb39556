"""What a file says that is no scan: which kind it is, and who reads that kind."""

from __future__ import annotations

import io
from pathlib import Path
from typing import BinaryIO

from pipeline.errors import Refused
from pipeline.scans import refusals
from pipeline.scans.formats.kinds import (
    DOCX,
    HEIC,
    MAIL,
    MAILS,
    OLE,
    PDF,
    RTF,
    TEXT,
    TEXTS,
    TNEF,
    WEBP,
    ZIP,
    heif_kind,
    picture_kind,
    unsupported_beginning,
)
from pipeline.scans.refusals import Limits
from pipeline.scans.renditions import (
    chats,
    heif,
    mails,
    old_word,
    open_document,
    outlook,
    plain_text,
    rich_text,
    winmail,
    word,
)
from pipeline.scans.renditions.compound_files import CompoundFile
from pipeline.scans.renditions.content import Content, Insert
from pipeline.scans.renditions.packages import Package
from pipeline.scans.renditions.pictures import is_ornament, webp_content

#: Where Excel before 2007 keeps its sheets ([MS-XLS] 2.1.2, BIFF5).
_WORKBOOKS, _SHEETS = ("Workbook", "Book"), "xl/workbook.xml"
#: How Office names what it locks ([MS-OFFCRYPTO] 2.3.4.4), and where a file of any kind says what it is.
_ENCRYPTED, _HEAD = "EncryptedPackage", 1024
_OLD_OFFICE, _RICH_TEXT = b"\xd0\xcf\x11\xe0", b"{\\rtf"
#: What a file inside another is called that is not read.
_UNREAD = {
    "audio/video": "rekaman suara atau video",
    "application/x-archive": "arsip terkompresi",
    "application/x-executable": "program",
    "image/gif": "gambar GIF",
    "image/bmp": "gambar BMP",
    "image/jp2": "gambar JPEG 2000",
    "image/avif": "gambar AVIF",
    "text/html": "halaman web",
    "text/plain": "teks yang bukan surat",
}


def content_of(path: Path, kind: str, name: str, limits: Limits) -> Content:
    """Return what a file of a kind of :func:`~pipeline.scans.formats.kinds.rendered_kind` says.

    Raises:
        Refused: it is nothing that can be read, is locked, damaged, too large, or says nothing.
    """
    with path.open("rb") as source:
        found = _opened(source, kind, name, limits, 0)
    if found.says_nothing:
        raise refusals.SAYS_NOTHING()
    return found


def _opened(source: BinaryIO, kind: str, name: str, limits: Limits, depth: int) -> Content:
    def inside(called: str, data: bytes, deep: int) -> Content | str:
        return _inside(called, data, limits, deep)

    if kind in (DOCX, ZIP):
        return _of_package(Package(source), kind, inside)
    data = source.read()
    if kind == OLE:
        return _of_compound(CompoundFile(data), inside, depth)
    if kind == RTF:
        return rich_text.content(data)
    if kind == TNEF:
        return winmail.content(data, inside, depth)
    if kind == HEIC:
        return heif.content(data, limits)
    if kind == WEBP:
        return webp_content(data, limits)
    if kind == MAIL:
        return mails.content(data, inside, depth)
    found = plain_text.content(data)
    is_chat = "whatsapp" in name.casefold() and chats.looks_like_a_chat(next(found.words()))
    return Content(found.blocks, found.extension, found.unread, chats.CHANNEL) if is_chat else found


def _of_package(package: Package, kind: str, inside: mails.Opener) -> Content:
    if word.DOCUMENT in package:
        return word.content(package)
    declared = package.read(open_document.TYPE_ENTRY, 200) if open_document.TYPE_ENTRY in package else b""
    if declared.startswith(open_document.TYPE):
        return open_document.content(package)
    if chat := chats.chat_in(package):
        return chats.content(package, chat, inside)
    raise refusals.WORKBOOK() if _SHEETS in package else refusals.UNSUPPORTED[kind]()


def _of_compound(file: CompoundFile, inside: mails.Opener, depth: int) -> Content:
    if outlook.PROPERTIES in file:
        return outlook.content(file, inside, depth)
    if old_word.DOCUMENT in file:
        return old_word.content(file)
    if _ENCRYPTED in file:
        raise refusals.LOCKED_FILE()
    raise refusals.OLD_WORKBOOK() if any(name in file for name in _WORKBOOKS) else refusals.UNSUPPORTED[OLE]()


def _inside(name: str, data: bytes, limits: Limits, depth: int) -> Content | str:
    """Return what a file inside another says, or why it is not read; nothing (empty) where there is nothing to tell."""
    if depth > mails.MOST_DEPTH:
        return mails.TOO_DEEP
    if data[:_HEAD].find(b"%PDF-") >= 0:
        return Content((Insert(name, PDF, data),), "pdf")
    if media := picture_kind(data):
        return "" if is_ornament(data) else Content((Insert(name, media, data),), "gambar")
    kind = _kind_inside(name, data)
    if not kind:
        return _UNREAD.get(unsupported_beginning(data[:_HEAD]), "jenisnya tidak dikenal")
    try:
        return _opened(io.BytesIO(data), kind, name, limits, depth)
    except Refused as refusal:
        return refusal.message.rstrip(".")


def _kind_inside(name: str, data: bytes) -> str:
    ending = name.rpartition(".")[2].lower()
    if data.startswith(b"PK\x03\x04"):
        return DOCX
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return WEBP
    if data.startswith(_OLD_OFFICE):
        return OLE
    if data.startswith(winmail.SIGNATURE):
        return TNEF
    if data.startswith(_RICH_TEXT):
        return RTF
    if heif_kind(data):
        return HEIC
    if ending in MAILS:
        return MAIL
    return TEXT if ending in TEXTS and b"\0" not in data[:_HEAD] else ""
