"""A seal: what cases and books had come to, chained to the seal before, with a check by the office's key.

A seal is one line of compact JSON with the keys ``seq, at, start, end, changes, heads, books, prev, hash, mac`` in this
order. ``start`` and ``end`` are bytes of the archive's list of witnesses, ``changes`` the SHA-256 of what lies between
them, ``heads`` the newest (number, line, head) of every case named there. ``books`` has a (name, start, end, SHA-256)
for each other book of lines that grew: access log, inbox account, states of accounts. ``hash`` is the SHA-256 of
``prev`` and every byte of the line before ``,"hash":``; so the hash that is printed on paper vouches for everything
sealed before. ``mac`` is HMAC-SHA256 of the hash with a key outside the archive: who has no key makes no seal.

Seals of the first format have no ``books``, and there was one a day; they are read and vouch as ever.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pipeline.cases.case_number import CaseNumber, read_number
from pipeline.cases.journal import GENESIS
from pipeline.errors import UsageFault

_HASH_KEY = b',"hash":"'
_SHAPE = {
    "seq": int,
    "at": str,
    "start": int,
    "end": int,
    "changes": str,
    "heads": list,
    "books": list,
    "prev": str,
    "hash": str,
    "mac": str,
}
_FIRST_SHAPE = {name: kind for name, kind in _SHAPE.items() if name != "books"}
#: Seals with books: the format of archives (``archive/.bentuk``) that have them.
FORMAT = 2
_CODE = re.compile(r"[0-9a-f]{16}(?:[0-9a-f]{48})?")
_SHORT = 16  # hex digits that are printed: 64 bits, more than anybody can search for


@dataclass(frozen=True, slots=True)
class Head:
    """The hash of a case's line."""

    number: CaseNumber
    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a book of lines (its path under the root) and its SHA-256; ``start`` 0 again: it was made anew."""

    book: str
    start: int
    end: int
    digest: str


@dataclass(frozen=True, slots=True)
class Seal:
    """One seal. ``start`` 0 after the first one says that the list of witnesses had been made anew."""

    seq: int
    at: datetime
    start: int
    end: int
    changes: str
    heads: tuple[Head, ...]
    prev: str
    hash: str
    mac: str
    books: tuple[Stretch, ...] = ()

    @property
    def short(self) -> str:
        """The hash as it is printed and read aloud: ``3F9A-22C1-9B7E-4D10``."""
        return short(self.hash)

    def is_printed_as(self, code: str) -> bool:
        """Say whether a code, as somebody types it from paper or from a mail, is this seal's."""
        return is_code(code) and self.hash.startswith(_plain(code))


@dataclass(frozen=True, slots=True)
class Covered:
    """What a seal covers: a part of the list of witnesses, its SHA-256, the newest heads in it, and parts of books."""

    start: int
    end: int
    changes: str
    heads: Sequence[Head]
    books: Sequence[Stretch] = ()


def short(digest: str) -> str:
    """Return the first 64 bits of a hash in groups of four."""
    text = digest[:_SHORT].upper()
    return "-".join(text[at : at + 4] for at in range(0, _SHORT, 4))


def is_code(text: str) -> bool:
    """Say whether a text can be a seal's code: its first 16 hex digits, or all 64, in groups or not."""
    return bool(_CODE.fullmatch(_plain(text)))


def _plain(code: str) -> str:
    return "".join(code.split()).replace("-", "").lower()


def moment_of_next(before: Seal | None, now: datetime, was_wrong: Callable[[datetime], bool]) -> datetime:
    """Return when the next seal says it was made: never before the last one, unless a wrong clock had made that.

    A clock that once ran ahead must not stop sealing; what comes first is told by the chain, not by the clock.
    """
    return before.at if before and before.at > now and not was_wrong(before.at) else now


def sealed(before: Seal | None, at: datetime, covered: Covered, key: bytes) -> tuple[bytes, Seal]:
    """Return the next seal's line (with its newline) and the seal."""
    seq, prev = (before.seq + 1, before.hash) if before else (1, GENESIS)
    parts = (covered.start, covered.end, covered.changes, tuple(covered.heads))
    open_ = Seal(seq, at, *parts, prev, "", "", tuple(covered.books))
    digest = hashlib.sha256(prev.encode() + _body(open_)).hexdigest()
    seal = replace(open_, hash=digest, mac=_mac(key, digest))
    return line_of(seal), seal


def line_of(seal: Seal) -> bytes:
    """Return a seal as it was written, with its newline."""
    body = _body(seal)
    if not seal.books and hashlib.sha256(seal.prev.encode() + body).hexdigest() != seal.hash:
        body = _body(seal, of_first_format=True)
    return body + _HASH_KEY + seal.hash.encode() + b'","mac":"' + seal.mac.encode() + b'"}\n'


def _body(seal: Seal, *, of_first_format: bool = False) -> bytes:
    record: dict[str, Any] = {"seq": seal.seq, "at": seal.at.isoformat(), "start": seal.start, "end": seal.end}
    record |= {"changes": seal.changes, "heads": [[str(head.number), head.seq, head.hash] for head in seal.heads]}
    if not of_first_format:
        record["books"] = [[part.book, part.start, part.end, part.digest] for part in seal.books]
    return json.dumps({**record, "prev": seal.prev}, separators=(",", ":")).encode()[:-1]


def read_seal(line: bytes) -> tuple[Seal | None, str]:
    """Return the seal of a line (without its newline), and what is wrong with the line; never raises."""
    try:
        seal = _seal(json.loads(line))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, UsageFault):
        return None, "tidak dapat dibaca"
    body, found, _ = line.rpartition(_HASH_KEY)
    tail = f'{seal.hash}","mac":"{seal.mac}"}}'.encode()
    if not found or body + found + tail != line or hashlib.sha256(seal.prev.encode() + body).hexdigest() != seal.hash:
        return seal, "berubah sesudah dibuat"
    return seal, ""


def follows(seal: Seal, before: Seal | None, was_wrong: Callable[[datetime], bool] = lambda _at: False) -> str:
    """Return what keeps a seal from being the one after ``before``; empty if nothing does.

    ``was_wrong`` says whether a person has confirmed that a moment was a wrong clock's.
    """
    if (seal.seq, seal.prev) != ((before.seq + 1, before.hash) if before else (1, GENESIS)):
        return "tidak menyambung pada segel sebelumnya"
    if before and seal.at < before.at and not was_wrong(before.at):
        return "bertanggal sebelum segel sebelumnya"
    if before and seal.start not in (before.end, 0):
        return "tidak menyambung pada daftar saksi yang disegel sebelumnya"
    return ""


def is_signed(seal: Seal, key: bytes) -> bool:
    """Say whether the seal was made with this key."""
    return hmac.compare_digest(_mac(key, seal.hash), seal.mac)


def _mac(key: bytes, digest: str) -> str:
    return hmac.new(key, digest.encode(), hashlib.sha256).hexdigest()


def _seal(record: Any) -> Seal:
    shape = _SHAPE if "books" in record else _FIRST_SHAPE
    found = {key: record[key] for key in shape}
    if len(record) != len(shape) or [type(value) for value in found.values()] != list(shape.values()):
        raise TypeError("a value of another kind")
    moment = datetime.fromisoformat(found["at"])
    if moment.tzinfo is None:
        raise ValueError("a moment without its offset")
    heads = []
    for text, line, head in found["heads"]:
        if str(number := read_number(text)) != text:
            raise ValueError("a number in another spelling")
        heads.append(Head(number, int(line), str(head)))
    books = tuple(Stretch(str(name), int(a), int(b), str(digest)) for name, a, b, digest in found.get("books", ()))
    covered = (found["start"], found["end"], found["changes"], tuple(heads))
    return Seal(found["seq"], moment, *covered, found["prev"], found["hash"], found["mac"], books)
