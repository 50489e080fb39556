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
    least = min(len(seen), len(meant))
    head = next((n for n in range(least) if seen[n] != meant[n]), least)
    tail = next((n for n in range(least - head) if seen[-1 - n] != meant[-1 - n]), least - head)
    return seen[head : len(seen) - tail], meant[head : len(meant) - tail]


def _apart(seen: str, meant: str, most: int) -> bool:
    """Say whether at most so many letters are wrong, lost or added (Levenshtein), or two neighbours changed places."""
    if abs(len(seen) - len(meant)) > most:
        return False
    one, other = _differing(seen, meant)
    if len(one) == 2 and one == other[::-1]:
        return True
    row = list(range(len(other) + 1))
    for at, sign in enumerate(one, 1):
        above, row = row, [at]
        for n, letter in enumerate(other, 1):
            row.append(min(above[n] + 1, row[-1] + 1, above[n - 1] + (sign != letter)))
        if min(row) > most:
            return False
    return row[-1] <= most
