"""The codes that the office prints on its sheets: how one is made, and how one that was read is checked.

``YK1:<id>:<k>/<n>:<check>`` stands on every page of a sheet that waits for a wet signature: an opaque id, page k of n.
``YK1:SAMPUL:<case>:<check>`` stands on a cover sheet: the case that the papers behind it belong to. Its number is
scrambled with the office's key (a Feistel network of four rounds, Luby and Rackoff 1988), so that nothing has to be
looked up to read it back: a cover sheet works as long as the key does, whatever became of the register book.

Neither names anybody or says anything of a case. The checks are made with the office's key, so that a made-up code is
told from a smudged one. Drawing a code on a page is :mod:`pipeline.letters.engines.page_code_stamp`.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber, series_code, series_of_code
from pipeline.office.code_alphabet import BASE32, MISREAD, from_base32, in_base32
from pipeline.scans.ports import Barcode

#: Letters of an id, of a check, of a scrambled case number, and of one of another series; each holds five bits.
ID_LENGTH, CHECK_LENGTH, COVER_LENGTH, SERIES_COVER_LENGTH = 12, 6, 8, 12
_ID, _MOST_PAGES = "[0-9A-Z-]{1,40}", 9999
_PAGE = re.compile(rf"YK[1IL]:({_ID}):(\d{{1,4}})/(\d{{1,4}}):([0-9A-Z]{{{CHECK_LENGTH}}})")
_SCRAMBLED = rf"[{BASE32}]{{{COVER_LENGTH}}}|[{BASE32}]{{{SERIES_COVER_LENGTH}}}"
_COVER = re.compile(rf"YK1:SAMPUL:({_SCRAMBLED}):([{BASE32}]{{{CHECK_LENGTH}}})")
_FIRST_YEAR, _YEAR_BITS, _SERIAL_BITS = 1900, 9, 30
_HALF_BITS, _SERIES_HALF_BITS, _ROUNDS = 20, 30, 4


@dataclass(frozen=True, slots=True)
class Mark:
    """A page code on page ``at`` of a scan: the sheet's id, its page of so many, and whether the check fits.

    A check that does not fit: the code is forged, of another office, or misread.
    """

    at: int
    document: str
    page: int
    pages: int
    genuine: bool


@dataclass(frozen=True, slots=True)
class Origin:
    """The sheet that an id belongs to: its case, its template and version, and the newest version there is."""

    number: CaseNumber
    template: str
    version: int
    newest: int


@dataclass(frozen=True, slots=True)
class Cover:
    """The code of a cover sheet: the case that what follows belongs to; None: the code's check does not fit."""

    number: CaseNumber | None


class PageCodes:
    """The office's codes read back. ``holder`` says which case has an id, ``case`` returns it as its journal has it."""

    def __init__(
        self, key: bytes, holder: Callable[[str], CaseNumber | None], case: Callable[[CaseNumber], Case]
    ) -> None:
        self._key, self._holder, self._case = key, holder, case

    def mark(self, code: Barcode) -> Mark | None:
        """Return what a code says, or None if it is no page code."""
        return parse_page_text(self._key, code.text, code.page)

    def cover(self, code: Barcode) -> Cover | None:
        """Return which case a cover sheet's code names, or None if it is no such code."""
        return Cover(covered(self._key, code.text)) if is_cover(code.text) else None

    def origin(self, document: str) -> Origin | None:
        """Return the sheet that an id belongs to."""
        if (number := self._holder(document)) is None:
            return None
        case = self._case(number)
        template, version = case.page_codes[document]
        newest = case.drafts[template].version if template in case.drafts else version  # its content may be destroyed
        return Origin(case.number, template, version, newest)


def page_code(case: Case, template: str, version: int) -> str:
    """Return a sheet's opaque id: derived from the first line's hash, which holds a secret code, so not guessable."""
    seed = f"{case.entries[0].hash} {template} {version}".encode()
    return in_base32(int.from_bytes(hashlib.sha256(seed).digest()[:8], "big") >> 64 - 5 * ID_LENGTH, ID_LENGTH)


def page_text(key: bytes, document: str, k: int, n: int) -> str:
    """Return the text of page ``k`` of ``n``; the id's letters become capitals.

    Raises:
        ValueError: the id has other signs than letters, digits and dashes, or the page cannot be.
    """
    document = document.upper()
    if re.fullmatch(_ID, document) is None or not 1 <= k <= n <= _MOST_PAGES:
        raise ValueError(f"no page code for {document!r} {k}/{n}")
    return f"YK1:{document}:{k}/{n}:{_check(key, f'{document}:{k}/{n}')}"


def parse_page_text(key: bytes, text: str, at: int = 1) -> Mark | None:
    """Return what a text read on page ``at`` of a scan says, or None if it is no page code.

    Small letters, blanks and the usual misreadings (O for 0, I and l for 1, in the check only) are borne.
    """
    match = _PAGE.fullmatch(re.sub(r"\s+", "", text).upper())
    if match is None:
        return None
    document, k, n = match[1], int(match[2]), int(match[3])
    fits = hmac.compare_digest(match[4].translate(MISREAD), _check(key, f"{document}:{k}/{n}"))
    return Mark(at, document, k, n, genuine=fits and 1 <= k <= n)


def cover_text(key: bytes, number: CaseNumber) -> str:
    """Return the text of a case's cover sheet."""
    packed = number.year - _FIRST_YEAR << _SERIAL_BITS | number.serial
    half, length = _HALF_BITS, COVER_LENGTH
    if number.series:
        packed |= series_code(number.series) << _YEAR_BITS + _SERIAL_BITS
        half, length = _SERIES_HALF_BITS, SERIES_COVER_LENGTH
    scrambled = in_base32(_scrambled(key, packed, range(_ROUNDS), half), length)
    return f"YK1:SAMPUL:{scrambled}:{_check(key, f'SAMPUL:{scrambled}')}"


def is_cover(text: str) -> bool:
    """Say whether a text has the shape of a cover sheet's, genuine or not."""
    return _COVER.fullmatch(text.strip()) is not None


def covered(key: bytes, text: str) -> CaseNumber | None:
    """Return the case of a cover sheet's text, or None if its check does not fit: forged, or of another office."""
    match = _COVER.fullmatch(text.strip())
    if match is None or not hmac.compare_digest(match[2], _check(key, f"SAMPUL:{match[1]}")):
        return None
    half = _HALF_BITS if len(match[1]) == COVER_LENGTH else _SERIES_HALF_BITS
    packed = _turned(_scrambled(key, _turned(from_base32(match[1]), half), reversed(range(_ROUNDS)), half), half)
    year, serial = packed >> _SERIAL_BITS, packed & (1 << _SERIAL_BITS) - 1
    return CaseNumber((year & (1 << _YEAR_BITS) - 1) + _FIRST_YEAR, serial, series_of_code(year >> _YEAR_BITS))


def _scrambled(key: bytes, value: int, rounds: Iterable[int], half: int) -> int:
    mask = (1 << half) - 1
    left, right = value >> half, value & mask
    for n in rounds:
        digest = hmac.new(key, f"sampul {n} {right}".encode(), hashlib.sha256).digest()
        left, right = right, left ^ int.from_bytes(digest[:4], "big") & mask
    return left << half | right


def _turned(value: int, half: int) -> int:
    """Return the value with its halves changed over: a Feistel network runs backwards on it."""
    return (value & (1 << half) - 1) << half | value >> half


def _check(key: bytes, message: str) -> str:
    digest = hmac.new(key, message.encode(), hashlib.sha256).digest()
    return in_base32(int.from_bytes(digest[:4], "big") >> 32 - 5 * CHECK_LENGTH, CHECK_LENGTH)
