"""The code on a cover sheet: which case the papers behind it belong to, told to nobody without the office's key.

``YK1:SAMPUL:<case>:<check>``. The case's number is scrambled with the key (a Feistel network of four rounds, Luby and
Rackoff 1988), so a sheet left lying about says nothing; nothing has to be looked up to read it back, so a cover sheet
works as long as the key does, whatever became of the register book.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable

from pipeline.cases.case_number import CaseNumber
from pipeline.letters.engines.page_code_stamp import ALPHABET, CHECK_LENGTH

_TEXT = re.compile(rf"YK1:SAMPUL:([{ALPHABET}]{{8}}):([{ALPHABET}]{{{CHECK_LENGTH}}})")
_FIRST_YEAR, _SERIAL_BITS = 1900, 30
_HALF_BITS, _ROUNDS = 20, 4
_HALF = (1 << _HALF_BITS) - 1


def cover_text(key: bytes, number: CaseNumber) -> str:
    """Return the text of a case's cover sheet."""
    packed = number.year - _FIRST_YEAR << _SERIAL_BITS | number.serial
    scrambled = _letters(_scrambled(key, packed, range(_ROUNDS)), 8)
    return f"YK1:SAMPUL:{scrambled}:{_check(key, scrambled)}"


def is_cover(text: str) -> bool:
    """Say whether a text has the shape of a cover sheet's, genuine or not."""
    return _TEXT.fullmatch(text.strip()) is not None


def covered(key: bytes, text: str) -> CaseNumber | None:
    """Return the case of a cover sheet's text, or None if its check does not fit: forged, or of another office."""
    match = _TEXT.fullmatch(text.strip())
    if match is None or not hmac.compare_digest(match[2], _check(key, match[1])):
        return None
    turned = _scrambled(key, _turned(_number(match[1])), reversed(range(_ROUNDS)))
    packed = _turned(turned)
    return CaseNumber((packed >> _SERIAL_BITS) + _FIRST_YEAR, packed & (1 << _SERIAL_BITS) - 1)


def _scrambled(key: bytes, value: int, rounds: Iterable[int]) -> int:
    left, right = value >> _HALF_BITS, value & _HALF
    for n in rounds:
        digest = hmac.new(key, f"sampul {n} {right}".encode(), hashlib.sha256).digest()
        left, right = right, left ^ int.from_bytes(digest[:4], "big") & _HALF
    return left << _HALF_BITS | right


def _turned(value: int) -> int:
    """Return the value with its halves changed over: a Feistel network runs backwards on it."""
    return (value & _HALF) << _HALF_BITS | value >> _HALF_BITS


def _check(key: bytes, scrambled: str) -> str:
    digest = hmac.new(key, f"SAMPUL:{scrambled}".encode(), hashlib.sha256).digest()
    return _letters(int.from_bytes(digest[:4], "big") >> (32 - 5 * CHECK_LENGTH), CHECK_LENGTH)


def _letters(number: int, length: int) -> str:
    return "".join(ALPHABET[number >> 5 * i & 31] for i in reversed(range(length)))


def _number(letters: str) -> int:
    return sum(ALPHABET.index(letter) << 5 * i for i, letter in enumerate(reversed(letters)))
