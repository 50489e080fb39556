"""How alike two complaints read: a short signature of a complaint's words, by which near-duplicates are suggested.

The same complaint scanned twice, photographed, or copied with a stamp never has the same bytes, and no two readings of
it the same text. What stays is most pairs of neighbouring words. A MinHash signature (Broder 1997) estimates the share
of pairs that two complaints have in common from some bytes each; equal bands of it find the few complaints worth
comparing without looking at all the others. Only suggested, never acted on: a person merges (move *gabung*). What
has the same bytes: ``pipeline/intake/duplicates.py``.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from pipeline.reading.vocabulary import vocabulary

#: Values in a signature, the bits of each, and how many make a band.
_VALUES, _BITS, _ROWS = 64, 16, 2
_DIGITS = _BITS // 4
_PRIME = (1 << 61) - 1
#: Fewer pairs than these say nothing: a page of one stamp and a date is like any other.
_FEWEST = 25
#: The share of pairs in common from which a complaint is suggested: ``docs/decisions/0011-near-duplicates.md``.
LIKE = 0.2
#: What scanners most often misread, figures for letters, in one shape.
_MISREAD = str.maketrans("015l", "oisi")


def signature(text: str) -> str:
    """Return a complaint's signature in hex; empty if it has too little text to be told from others."""
    pairs = set(_pairs(text))
    if len(pairs) < _FEWEST:
        return ""
    hashes = [int.from_bytes(hashlib.blake2b(pair.encode(), digest_size=7).digest(), "big") for pair in pairs]
    return "".join(f"{_least(hashes, n):0{_DIGITS}x}" for n in range(_VALUES))


def alike(one: str, other: str) -> float:
    """Return the estimated share of word pairs that two complaints have in common, 0 to 1."""
    if not one or len(one) != len(other):
        return 0.0
    return sum(a == b for a, b in zip(_values(one), _values(other), strict=True)) / _VALUES


def bands(signed: str) -> tuple[int, ...]:
    """Return the keys by which complaints that are alike find each other: they share at least one of them."""
    width = _ROWS * _DIGITS
    starts = range(0, len(signed), width)
    return tuple(n << 4 * width | int(signed[at : at + width], 16) for n, at in enumerate(starts))


def _values(signed: str) -> list[str]:
    return [signed[at : at + _DIGITS] for at in range(0, len(signed), _DIGITS)]


def _least(hashes: list[int], n: int) -> int:
    """Return the smallest of the hashes under the n-th permutation, cut to its bits."""
    factor, shift = _PERMUTATIONS[n]
    return min([(factor * h + shift) % _PRIME for h in hashes]) & (1 << _BITS) - 1


def _pairs(text: str) -> Iterator[str]:
    common = frozenset(vocabulary("near_duplicates")["common"])
    words = [word for word in _words(text) if word not in common]
    return (f"{one} {two}" for one, two in pairwise(words))


def _words(text: str) -> Iterator[str]:
    """Yield a text's words as they survive another scan: small letters, no accents or signs, the usual misreadings."""
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    for word in re.findall(r"[a-z0-9]{3,}", plain):
        yield word.translate(_MISREAD)


def _permutation(n: int) -> tuple[int, int]:
    digest = hashlib.sha256(f"yankomas {n}".encode()).digest()
    return int.from_bytes(digest[:7], "big") | 1, int.from_bytes(digest[7:14], "big")


_PERMUTATIONS = tuple(_permutation(n) for n in range(_VALUES))
