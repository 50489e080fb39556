"""What differs between two versions of a letter: their paragraphs side by side, and the words in them that changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from itertools import zip_longest

#: Beyond so many paragraphs, or words of one, nothing in common is sought: the time grows with the square.
_MOST_PARAGRAPHS, _MOST_WORDS = 3000, 1500
_WORDS = re.compile(r"\s+|[^\s]+")


class Kind(Enum):
    """What became of a passage; the value is how screens say it."""

    SAME = "sama"
    REMOVED = "dihapus"
    ADDED = "ditambah"
    CHANGED = "diubah"


@dataclass(frozen=True, slots=True)
class Words:
    """Some words of a passage, and whether they are only in this version."""

    text: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """A passage as it stands in the older and in the newer version; empty where that version has none like it."""

    kind: Kind
    before: tuple[Words, ...]
    after: tuple[Words, ...]

    @property
    def old(self) -> str:
        """The passage in the older version."""
        return "".join(words.text for words in self.before)

    @property
    def new(self) -> str:
        """The passage in the newer version."""
        return "".join(words.text for words in self.after)


def differences(before: Sequence[str], after: Sequence[str]) -> tuple[Difference, ...]:
    """Return all passages of two versions in order: those that both have, and what was removed, added or changed."""
    return tuple(_passages(tuple(before), tuple(after)))


def _passages(before: tuple[str, ...], after: tuple[str, ...]) -> Iterator[Difference]:
    for same, old, new in _runs(before, after, _MOST_PARAGRAPHS):
        if same:
            yield from (Difference(Kind.SAME, (Words(text, False),), (Words(text, False),)) for text in old)
            continue
        for one, other in zip_longest(old, new):
            if one is None:
                yield Difference(Kind.ADDED, (), (Words(other, True),))
            elif other is None:
                yield Difference(Kind.REMOVED, (Words(one, True),), ())
            else:
                yield Difference(Kind.CHANGED, *_marked(one, other))


def _runs(
    before: tuple[str, ...], after: tuple[str, ...], most: int
) -> Iterator[tuple[bool, tuple[str, ...], tuple[str, ...]]]:
    """Yield what two sequences have in common and what not, in order: whether the same, and the parts of both."""
    if max(len(before), len(after)) > most:
        yield before == after, before, after
        return
    for tag, i, j, k, m in SequenceMatcher(None, before, after).get_opcodes():
        yield tag == "equal", before[i:j], after[k:m]


def _marked(before: str, after: str) -> tuple[tuple[Words, ...], tuple[Words, ...]]:
    old: list[Words] = []
    new: list[Words] = []
    for same, one, other in _runs(tuple(_WORDS.findall(before)), tuple(_WORDS.findall(after)), _MOST_WORDS):
        old += [Words("".join(one), not same)] if one else []
        new += [Words("".join(other), not same)] if other else []
    return tuple(old), tuple(new)
