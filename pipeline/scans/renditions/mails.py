"""What a mail says (RFC 5322, RFC 2045): its head, its text, and of each attachment what is made of it.

A mail says many things of itself that need not be so: alphabets, kinds of attachments, names. Attachments are known by
their bytes alone, and none of their names is a path. Nothing raises whatever a mail says, but for its size.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.policy import compat32

from pipeline.scans import refusals
from pipeline.scans.ports import Mail
from pipeline.scans.renditions.content import Content, Writing
from pipeline.scans.renditions.plain_text import clean, decoded
from pipeline.scans.renditions.web_text import words_of_page

#: Parts of a mail, and of those that are looked into; how deep mails may lie in mails.
_MOST_PARTS, _MOST_READ, MOST_DEPTH = 2000, 40, 3
_MOST_HEADER, _MOST_NAME = 500, 120
#: Why what lies deeper is not read.
TOO_DEEP = "terlalu dalam di dalam surel lain"
#: What the library raises for a mail that is not as it must be.
FAULTS = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError, MessageError)
_MANY = re.compile(rb"\n\r?\nFrom [^\n]{5,200}\n[!-9;-~]{2,60}: ")
HEADS = (("Dari", "From"), ("Kepada", "To"), ("Tembusan", "Cc"), ("Tanggal", "Date"), ("Perihal", "Subject"))
#: What marks a mail as sent to many or by a machine (RFC 2919, RFC 2369, RFC 3834), and how that is said.
_BULK = (
    ("List-Unsubscribe", re.compile(r"."), "berlangganan (List-Unsubscribe)"),
    ("List-Id", re.compile(r"."), "milis (List-Id)"),
    ("Precedence", re.compile(r"\s*(bulk|list|junk)", re.I), "kiriman massal (Precedence)"),
    ("Auto-Submitted", re.compile(r"(?!\s*no\s*$).", re.I), "kiriman otomatis (Auto-Submitted)"),
    ("Content-Type", re.compile(r"\s*multipart/report", re.I), "laporan server surel (multipart/report)"),
    ("X-Spam-Flag", re.compile(r"\s*yes", re.I), "ditandai sampah oleh server surel (X-Spam-Flag)"),
)

#: Returns what a file inside another says, or why it is not read: its name, its bytes, how deep it lies.
Opener = Callable[[str, bytes, int], Content | str]


def content(data: bytes, opened: Opener, depth: int = 0) -> Content:
    """Return what a mail says; ``opened`` returns what an attachment says, or why it is not read.

    Raises:
        Refused: it is a box of many mails, or has more parts than any honest one.
    """
    if data.startswith(b"From ") and _MANY.search(data):
        raise refusals.MANY_MAILS()
    mail = _parsed(data)
    body, attached = _sorted(list(_leaves(mail)))
    letter = Letter(
        heads=tuple((label, header(mail, name)) for label, name in HEADS),
        texts=tuple(map(_text, body)),
        names=tuple(_name(part, number) for number, part in enumerate(attached, start=1)),
        mail=head_of(mail),
    )
    return written(letter, lambda number: opened(letter.names[number], _bytes(attached[number]), depth + 1), "eml")


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail, whoever wrote it down: its heads as they are said, texts, names of attachments, what its head tells."""

    heads: tuple[tuple[str, str], ...]
    texts: tuple[str, ...]
    names: tuple[str, ...]
    mail: Mail


def written(
    letter: Letter, opened: Callable[[int], Content | str], extension: str, unread: tuple[str, ...] = ()
) -> Content:
    """Return what a mail says; ``opened`` returns what its n-th attachment says, or why it is not read."""
    writing = Writing(unread=list(unread))
    for label, said in letter.heads:
        if said:
            writing.say(f"{label}: {said}", bold=label == "Perihal")
    if letter.names:
        writing.say(f"Lampiran: {', '.join(letter.names)}")
    writing.say("\n" + "\n\n".join(filter(None, letter.texts)))
    for number, name in enumerate(letter.names):
        found = opened(number) if number < _MOST_READ else "terlalu banyak lampiran"
        if isinstance(found, Content) and found.says_nothing and not found.unread:
            found = "kosong"
        writing.enclose(name, found, called="lampiran")
    return Content(tuple(writing.blocks), extension, tuple(writing.unread), "surel", letter.mail)


def header(mail: Message, name: str) -> str:
    """Return a header as text on one line, whatever alphabet it states; empty if there is none."""
    try:
        text = str(mail.get(name, ""))
        text = "".join(
            piece if isinstance(piece, str) else decoded(piece, str(stated or "ascii"))[0]
            for piece, stated in decode_header(text)
        )
    except FAULTS:
        text = ""
    return " ".join(clean(text.encode("utf-8", "replace").decode()).split())[:_MOST_HEADER]


def _parsed(data: bytes) -> Message:
    try:
        return message_from_bytes(data, policy=compat32)
    except FAULTS:
        raise refusals.TOO_INTRICATE() from None


def _leaves(mail: Message) -> Iterator[Message]:
    """Yield the parts that hold something, a mail inside a mail as one.

    Raises:
        Refused: there are more than in any honest mail.
    """
    waiting, count = [mail], 0
    while waiting:
        part = waiting.pop(0)
        inner = part.get_payload()
        count += 1
        if count > _MOST_PARTS:
            raise refusals.TOO_MANY_PARTS(most=_MOST_PARTS)
        if part.get_content_maintype() == "multipart" and isinstance(inner, list):
            waiting[:0] = [one for one in inner[: _MOST_PARTS + 1] if isinstance(one, Message)]
        else:
            yield part


def _sorted(parts: list[Message]) -> tuple[list[Message], list[Message]]:
    """Return the parts that are the mail's text, and the attachments. Of HTML and plain text the latter is read."""
    texts = [part for part in parts if part.get_content_maintype() == "text" and not _is_attached(part)]
    plain = [part for part in texts if part.get_content_subtype() != "html" and _text(part).strip()]
    body = plain or [part for part in texts if part.get_content_subtype() == "html"]
    beside = {id(part) for part in texts}
    return body, [part for part in parts if id(part) not in beside]


def _is_attached(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or bool(_filename(part))


def _text(part: Message) -> str:
    text, _ = decoded(_bytes(part), _stated(part))
    return words_of_page(text) if part.get_content_subtype() == "html" else text


def _stated(part: Message) -> str:
    try:
        return str(part.get_content_charset() or "")
    except FAULTS:
        return ""


def _bytes(part: Message) -> bytes:
    """Return what a part holds; a mail inside is written anew, as nobody keeps its bytes apart."""
    inner = part.get_payload()
    if isinstance(inner, list):
        return b"\n".join(_written(one) for one in inner if isinstance(one, Message))
    try:
        found = part.get_payload(decode=True)
    except FAULTS:
        found = None
    return found if isinstance(found, bytes) else str(inner).encode("utf-8", "replace")


def _written(mail: Message) -> bytes:
    try:
        return mail.as_bytes()
    except FAULTS:
        return b""


def _filename(part: Message) -> str:
    try:
        name = part.get_filename() or ""
    except FAULTS:
        return ""
    return as_header(clean(name))


def as_header(text: str) -> str:
    """Return a text as it is read where it is a header: on one line, and what is encoded in it decoded."""
    told = Message()
    told["Subject"] = text.replace("\n", " ")
    return header(told, "Subject")


def file_name(said: str) -> str:
    """Return what a file inside is called on one line: its name is no path, whatever it says."""
    return " ".join(said.replace("\\", "/").rpartition("/")[2].split())[:_MOST_NAME]


def _name(part: Message, number: int) -> str:
    if name := file_name(_filename(part)):
        return name
    return f"surel-{number}.eml" if part.get_content_type() == "message/rfc822" else f"lampiran-{number}"


def head_of(mail: Message, subject: str = "") -> Mail:
    """Return what a mail's head tells of it; ``subject`` is where else that stands."""
    bulk = (words for name, sign, words in _BULK if (said := header(mail, name)) and sign.match(said))
    return Mail(subject or header(mail, "Subject"), next(bulk, ""))
