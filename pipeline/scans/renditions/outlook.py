"""What a mail says that Outlook saved (.msg, [MS-OXMSG]): its properties are streams of a compound file, named by tag.

As of any mail, head, text and attachments are said; what it says of itself need not be so. Its text in rich form
([MS-OXRTFCP]) is not read: Outlook saves the plain one beside it.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import Message
from email.parser import HeaderParser
from email.policy import compat32
from email.utils import format_datetime

from pipeline.errors import Refused
from pipeline.scans.renditions.compound_files import CompoundFile
from pipeline.scans.renditions.content import Content
from pipeline.scans.renditions.mails import (
    FAULTS,
    HEADS,
    MOST_DEPTH,
    TOO_DEEP,
    Letter,
    Opener,
    as_header,
    file_name,
    head_of,
    header,
    written,
)
from pipeline.scans.renditions.plain_text import clean, decoded
from pipeline.scans.renditions.web_text import words_of_page

PROPERTIES = "__properties_version1.0"
_ATTACHMENT = "__attach_version1.0_#"
#: Tags of properties ([MS-OXPROPS] 2): what the heads of a mail are called there, its text, its attachments.
_SUBJECT, _TO, _CC, _SENT, _DELIVERED, _HEADERS = 0x0037, 0x0E04, 0x0E03, 0x0039, 0x0E06, 0x007D
_SENDER, _SENDER_KIND, _SENDER_ADDRESS, _SENDER_SMTP = 0x0C1A, 0x0C1E, 0x0C1F, 0x5D01
_PLAIN, _HTML, _RICH, _CODE_PAGE = 0x1000, 0x1013, 0x1009, 0x3FDE
_LONG_NAME, _NAME, _SHOWN, _DATA = 0x3707, 0x3704, 0x3001, 0x3701
_WIDE, _NARROW, _BINARY, _OBJECT = "001F", "001E", "0102", "000D"
_NUMBER, _TIME = 0x0003, 0x0040
_EPOCH, _LONGEST = datetime(1601, 1, 1, tzinfo=UTC), 8 * 2**20
_ONLY_RICH = "Isi surel ini hanya tersimpan dalam bentuk RTF dan tidak dibaca; lihat berkas aslinya."


def content(file: CompoundFile, opened: Opener, depth: int = 0, storage: str = "") -> Content:
    """Return what a mail says; ``opened`` returns what an attachment says, or why it is not read.

    ``storage`` is where the mail lies in the file, if within another one.

    Raises:
        Refused: a part of it is damaged or too large.
    """
    mail = _Properties(file, storage, header=24 if storage else 32)
    headers = _headers(mail.text(_HEADERS))
    attached = list(_attachments(file, storage))
    letter = Letter(
        heads=tuple((label, _head(name, mail, headers)) for label, name in HEADS),
        texts=(_text(mail),),
        names=tuple(one.name for one in attached),
        mail=head_of(headers, subject=_head("Subject", mail, headers)),
    )

    def inside(number: int) -> Content | str:
        one = attached[number]
        if not one.is_mail:
            return opened(one.name, file.read(one.data), depth + 1) if one.data else "sisipan tanpa isi"
        if depth >= MOST_DEPTH:
            return TOO_DEEP
        try:
            return content(file, opened, depth + 1, one.data)
        except Refused as refusal:
            return refusal.message.rstrip(".")

    unread = (_ONLY_RICH,) if not letter.texts[0].strip() and mail.has(_RICH) else ()
    return written(letter, inside, "msg", unread)


@dataclass(frozen=True, slots=True)
class _Attachment:
    """An attachment: its name, the stream or storage that holds it (empty: none), whether it is a mail itself."""

    name: str
    data: str
    is_mail: bool


class _Properties:
    """The properties of a mail or an attachment; whatever is missing or no such thing is empty."""

    def __init__(self, file: CompoundFile, storage: str, *, header: int) -> None:
        self._file, self._before = file, f"{storage}/" if storage else ""
        self._fixed: dict[tuple[int, int], bytes] = {}
        table = file.read(f"{self._before}{PROPERTIES}", _LONGEST)
        for at in range(header, len(table) - 15, 16):
            kind, tag = struct.unpack_from("<HH", table, at)
            self._fixed[tag, kind] = table[at + 8 : at + 16]

    def where(self, tag: int, kind: str) -> str:
        return f"{self._before}__substg1.0_{tag:04X}{kind}"

    def has(self, tag: int) -> bool:
        return self.where(tag, _BINARY) in self._file

    def text(self, tag: int) -> str:
        """Return a property that is text, in whichever alphabet it was written."""
        if wide := self._file.read(self.where(tag, _WIDE), _LONGEST):
            return clean(wide.decode("utf-16-le", "replace")).rstrip("\0")
        return decoded(self._file.read(self.where(tag, _NARROW), _LONGEST), self.alphabet)[0]

    def binary(self, tag: int) -> bytes:
        return self._file.read(self.where(tag, _BINARY), _LONGEST)

    @property
    def alphabet(self) -> str:
        """The name of the alphabet in which narrow texts are written ([MS-UCODEREF] 2.2.1: pages of Windows)."""
        page = int.from_bytes(self._fixed.get((_CODE_PAGE, _NUMBER), b"")[:4], "little")
        return {0: "", 65001: "utf-8", 20127: "ascii", 28591: "latin-1"}.get(page, f"cp{page}")

    def moment(self, tag: int) -> str:
        """Return a moment as mails write it; empty if there is none."""
        ticks = int.from_bytes(self._fixed.get((tag, _TIME), b""), "little")
        try:
            return format_datetime(_EPOCH + timedelta(microseconds=ticks // 10)) if ticks else ""
        except (OverflowError, ValueError):
            return ""


def _head(name: str, mail: _Properties, headers: Message) -> str:
    """Return a head of the mail on one line: as it was delivered, else as Outlook has it."""
    if said := header(headers, name):
        return said
    match name:
        case "From":
            smtp = mail.text(_SENDER_SMTP) or (
                mail.text(_SENDER_ADDRESS) if mail.text(_SENDER_KIND).upper() in ("", "SMTP") else ""
            )
            said = " ".join(filter(None, (mail.text(_SENDER), f"<{smtp}>" if smtp else "")))
        case "Date":
            said = mail.moment(_SENT) or mail.moment(_DELIVERED)
        case _:
            said = mail.text({"Subject": _SUBJECT, "To": _TO, "Cc": _CC}[name])
    return as_header(said)


def _headers(text: str) -> Message:
    try:
        return HeaderParser(policy=compat32).parsestr(text)
    except FAULTS:
        return Message()


def _text(mail: _Properties) -> str:
    if (plain := mail.text(_PLAIN)).strip():
        return plain
    page = mail.text(_HTML) or decoded(mail.binary(_HTML), mail.alphabet)[0]
    return words_of_page(page)


def _attachments(file: CompoundFile, storage: str) -> Iterator[_Attachment]:
    before = f"{storage}/" if storage else ""
    for number, inner in enumerate((n for n in file.children(storage) if n.startswith(_ATTACHMENT)), start=1):
        at = f"{before}{inner}"
        properties = _Properties(file, at, header=8)
        name = next(filter(None, map(properties.text, (_LONG_NAME, _NAME, _SHOWN))), "")
        data, mail = properties.where(_DATA, _BINARY), properties.where(_DATA, _OBJECT)
        is_mail = f"{mail}/{PROPERTIES}" in file
        where = mail if is_mail else data if data in file else ""
        called = file_name(name) or f"{'surel' if is_mail else 'lampiran'}-{number}"
        yield _Attachment(called, where, is_mail)
