"""A seal: which cases had which heads when a day began, chained to the seal before, with a check by the office's key.

A seal is one line of compact JSON with the keys ``seq, at, start, end, changes, heads, prev, hash, mac`` in this order.
``start`` and ``end`` are bytes of the archive's list of witnesses, ``changes`` the SHA-256 of what lies between them,
``heads`` the newest (number, line, head) of every case named there. ``hash`` is the SHA-256 of ``prev`` and every byte
of the line before ``,"hash":``; so the hash that is printed on paper vouches for everything sealed before. ``mac`` is
HMAC-SHA256 of the hash with a key outside the archive: who has no key makes no seal.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pipeline.cases.case_number import CaseNumber
from pipeline.cases.journal import GENESIS

_HASH_KEY = b',"hash":"'
_SHAPE = {
    "seq": int,
    "at": str,
    "start": int,
    "end": int,
    "changes": str,
    "heads": list,
    "prev": str,
    "hash": str,
    "mac": str,
}
_SHORT = 16  # hex digits that are printed: 64 bits, more than anybody can search for


@dataclass(frozen=True, slots=True)
class Head:
    """The hash of a case's line."""

    number: CaseNumber
    seq: int
    hash: str


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

    @property
    def short(self) -> str:
        """The hash as it is printed and read aloud: ``3F9A-22C1-9B7E-4D10``."""
        return short(self.hash)


@dataclass(frozen=True, slots=True)
class Covered:
    """What a seal covers: a part of the list of witnesses, its SHA-256, and the newest heads in it."""

    start: int
    end: int
    changes: str
    heads: Sequence[Head]


def short(digest: str) -> str:
    """Return the first 64 bits of a hash in groups of four."""
    text = digest[:_SHORT].upper()
    return "-".join(text[at : at + 4] for at in range(0, _SHORT, 4))


def sealed(before: Seal | None, at: datetime, covered: Covered, key: bytes) -> tuple[bytes, Seal]:
    """Return the next seal's line (with its newline) and the seal."""
    seq, prev = (before.seq + 1, before.hash) if before else (1, GENESIS)
    heads = [[str(head.number), head.seq, head.hash] for head in covered.heads]
    record = {"seq": seq, "at": at.isoformat(), "start": covered.start, "end": covered.end}
    record |= {"changes": covered.changes, "heads": heads, "prev": prev}
    body = json.dumps(record, separators=(",", ":")).encode()[:-1]
    digest = hashlib.sha256(prev.encode() + body).hexdigest()
    mac = _mac(key, digest)
    line = body + _HASH_KEY + digest.encode() + b'","mac":"' + mac.encode() + b'"}\n'
    parts = (covered.start, covered.end, covered.changes, tuple(covered.heads))
    return line, Seal(seq, at, *parts, prev, digest, mac)


def read_seal(line: bytes) -> tuple[Seal | None, str]:
    """Return the seal of a line (without its newline), and what is wrong with the line; never raises."""
    try:
        seal = _seal(json.loads(line))
    except (ValueError, KeyError, TypeError, RecursionError):
        return None, "tidak dapat dibaca"
    body, found, _ = line.rpartition(_HASH_KEY)
    tail = f'{seal.hash}","mac":"{seal.mac}"}}'.encode()
    if not found or body + found + tail != line or hashlib.sha256(seal.prev.encode() + body).hexdigest() != seal.hash:
        return seal, "berubah sesudah dibuat"
    return seal, ""


def follows(seal: Seal, before: Seal | None) -> str:
    """Return what keeps a seal from being the one after ``before``; empty if nothing does."""
    if (seal.seq, seal.prev) != ((before.seq + 1, before.hash) if before else (1, GENESIS)):
        return "tidak menyambung pada segel sebelumnya"
    if before and (seal.at < before.at or seal.start not in (before.end, 0)):
        return "tidak menyambung pada daftar saksi yang disegel sebelumnya"
    return ""


def is_signed(seal: Seal, key: bytes) -> bool:
    """Say whether the seal was made with this key."""
    return hmac.compare_digest(_mac(key, seal.hash), seal.mac)


def _mac(key: bytes, digest: str) -> str:
    return hmac.new(key, digest.encode(), hashlib.sha256).hexdigest()


def _seal(record: Any) -> Seal:
    values = [record[key] for key in _SHAPE]
    if len(record) != len(_SHAPE) or [type(value) for value in values] != list(_SHAPE.values()):
        raise TypeError("a value of another kind")
    seq, at, start, end, changes, heads, *others = values
    moment = datetime.fromisoformat(at)
    if moment.tzinfo is None:
        raise ValueError("a moment without its offset")
    read = []
    for number, line, head in heads:
        year, _, serial = number.partition("/")
        read.append(Head(CaseNumber(int(year), int(serial)), int(line), str(head)))
    return Seal(seq, moment, start, end, changes, tuple(read), *others)
