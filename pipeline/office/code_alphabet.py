"""The alphabet of all codes that people read, copy and type: one without letters that are taken for others.

Crockford's base 32: no I, L, O, U. Where a code is spoken or written down by
hand, 0 and 1 are left out too.
"""

from __future__ import annotations

BASE32 = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
#: What is left for codes that are read aloud, letters first.
SPOKEN = BASE32[10:] + BASE32[2:10]
#: Turns the letters that are left out into the digits that they were misread from.
MISREAD = str.maketrans("OIL", "011")
_BITS = 5


def in_base32(number: int, length: int) -> str:
    """Return the lowest bits of a number, five a letter, as so many letters."""
    return "".join(BASE32[number >> _BITS * i & 31] for i in reversed(range(length)))


def from_base32(letters: str) -> int:
    """Return the number that letters stand for.

    Raises:
        ValueError: one is not of the alphabet.
    """
    return sum(BASE32.index(letter) << _BITS * i for i, letter in enumerate(reversed(letters)))
