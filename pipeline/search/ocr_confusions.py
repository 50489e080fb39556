"""Which words a scanner may have made of a word: ``tanab`` of ``tanah``, ``bud1`` of ``budi``, ``tenarn`` of ``tenam``.

Short words are believed to be misread only where the letters look alike, for a letter away there is another word
(``rudi`` is not ``budi``); longer ones also with any one letter wrong, lost or added, the longest with two.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

#: Words of fewer letters are never looked for with another letter in them.
SHORTEST = 3
#: From so many letters on any one letter may be wrong, and any two.
ONE, TWO = 6, 9
_SIGNS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_JOINED = tuple((pair["seen"], pair["meant"]) for pair in _SIGNS["joined"])
_SHAPES = str.maketrans(_SIGNS["shapes"])
_PAIRS = frozenset(pair for group in _SIGNS["alike"]["groups"] for pair in permutations(group, 2))


def shape(word: str) -> str:
    """Return what is left of a word when signs that look alike are the same: ``bud1`` and ``budi`` are ``budl``."""
    for pair, one in _JOINED:
        word = word.replace(pair, one)
    return word.translate(_SHAPES)


def misread(seen: str, meant: str) -> bool:
    """Say whether ``seen`` may be what a scanner made of ``meant`` (both folded); a word is no misreading of itself."""
    if seen == meant or len(meant) < SHORTEST:
        return False
    if shape(seen) == shape(meant):
        return True
    wrong = tuple(_differing(seen, meant))
    if len(wrong[0]) == len(wrong[1]) == 1 and (wrong[0], wrong[1]) in _PAIRS:
        return True
    return len(meant) >= ONE and _apart(seen, meant, 2 if len(meant) >= TWO else 1)


def lookalikes(word: str) -> Iterator[str]:
    """Yield the words that differ in one sign which looks alike."""
    for at, sign in enumerate(word):
        for seen, meant in _PAIRS:
            if meant == sign:
                yield word[:at] + seen + word[at + 1 :]


def _differing(seen: str, meant: str) -> tuple[str, str]:
    """Return what is left of both words without their common beginning and end."""
    head = _alike(seen, meant)
    tail = _alike(seen[: head - len(seen) - 1 : -1], meant[: head - len(meant) - 1 : -1])
    return seen[head : len(seen) - tail], meant[head : len(meant) - tail]


def _alike(one: str, other: str) -> int:
    """Return with how many equal signs two words begin."""
    for at, (sign, letter) in enumerate(zip(one, other, strict=False)):
        if sign != letter:
            return at
    return min(len(one), len(other))


def _apart(seen: str, meant: str, most: int) -> bool:
    """Say whether at most so many letters are wrong, lost or added (Levenshtein), or two neighbours changed places."""
    one, other = _differing(seen, meant)
    return (len(one) == 2 and one == other[::-1]) or _within(one, other, most)


def _within(one: str, other: str, most: int) -> bool:
    """Say whether at most so many letters are wrong, lost or added between words that neither begin nor end alike.

    The first letter of one is wrong, was added, or lost before it: what follows has one mistake less.
    """
    if abs(len(one) - len(other)) > most:
        return False
    if max(len(one), len(other)) <= most:
        return True
    return most > 1 and any(
        _within(*_differing(one[skip:], other[jump:]), most - 1) for skip, jump in ((1, 1), (1, 0), (0, 1))
    )
