"""In which regency (*kabupaten* or *kota*) a place lies, as far as its words tell for certain.

What the office has listed decides: each regency's name, and the districts and towns by which letters name it. The
longest name that is found wins, so that ``Rejang Lebong`` is not ``Lebong``, and it must be said whole:
``Air Ketahun`` is not ``Ketahun``. One regency said with its kind (``Kab. Lebong``) wins over all others; else all
names must lie in the same. A town, which may be called like its province (``Kota Bengkulu``), is known only with its
kind, or by its districts.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from pipeline.office.office import Region
from pipeline.office.wording import words_of

#: Where a place lies that is in none of them.
OUTSIDE = "di luar wilayah kantor"
_WORDS = Path(__file__).with_suffix(".toml")
_TOWN, _DISTRICT = "kota", "kecamatan"
_PARTS = re.compile(r"[,;:()/\n–—]+")
#: How surely a name tells where it lies: a place, a regency without its kind, a regency with it.
_PLACE, _BARE, _FULL = range(3)


@dataclass(frozen=True, slots=True)
class _Name:
    """A name by which a region is found."""

    words: tuple[str, ...]
    rank: int
    region: str

    @property
    def length(self) -> int:
        """How much it says: ``Kecamatan Merigi`` less than ``Merigi Sakti``."""
        return len(" ".join(self.words).removeprefix(f"{_DISTRICT} "))


def regency_of(place: str | None, regions: tuple[Region, ...]) -> str | None:
    """Return the name of the regency in which a place lies, or None if its words do not tell."""
    return regency_finder(regions)(place)


@lru_cache(maxsize=2)
def regency_finder(regions: tuple[Region, ...]) -> Callable[[str | None], str | None]:
    """Return what tells the regency in which a place lies, or None if the place's words do not tell.

    It remembers the places it was asked about: many letters name the same ones.
    """
    names = sorted((name for region in regions for name in _names(region)), key=lambda name: -name.length)
    towns = (_words(region.name) for region in regions)
    beside = frozenset(_told()["beside"]["words"]) | {full[-1] for full in towns if full[0] == _TOWN}

    @lru_cache(maxsize=50_000)
    def find(place: str | None) -> str | None:
        text = place or ""
        one_case = text.islower() or text.isupper()
        found = [name for part in _PARTS.split(text) for name in _named(part, names, beside, one_case=one_case)]
        for told in ([name.region for name in found if name.rank == _FULL], [name.region for name in found]):
            if told:
                return told[0] if len(set(told)) == 1 else None
        return None

    return find


def _names(region: Region) -> Iterator[_Name]:
    """Yield each name by which a region is found."""
    full = _words(region.name)
    yield _Name(full, _FULL, region.name)
    if full[0] != _TOWN and full[1:]:
        yield _Name(full[1:], _BARE, region.name)
    for place in region.places:
        yield _Name(_words(place), _PLACE, region.name)


def _named(part: str, names: Sequence[_Name], beside: frozenset[str], *, one_case: bool) -> Iterator[_Name]:
    """Yield the names that are said whole in a part of a text, of those that overlap the longest."""
    words = [(word, one_case or said[:1].isupper()) for said in part.split() for word in _words(said)]
    taken: dict[int, _Name] = {}
    found = []
    for name in names:
        for at in range(len(words) - len(name.words) + 1):
            places = range(at, at + len(name.words))
            if tuple(words[place][0] for place in places) == name.words and not taken.keys() & set(places):
                taken |= dict.fromkeys(places, name)
                found.append((name, at))
    for name, at in found:
        before, after = at - 1, at + len(name.words)
        with_kind = name.rank == _FULL or name.words[0] == _DISTRICT
        if all(
            taken[place].region == name.region if place in taken else _is_beside(*words[place], beside)
            for place in ((after,) if with_kind else (before, after))
            if 0 <= place < len(words)
        ):
            yield name


def _is_beside(word: str, capital: bool, beside: frozenset[str]) -> bool:
    """Say whether a word beside a name is no part of it; a town's name is that of its province too."""
    return not capital or word[0].isdigit() or word in beside


def _words(text: str) -> tuple[str, ...]:
    """Return a text's words, with the kinds of places written out."""
    return tuple(_told()["kinds"].get(word, word) for word in words_of(text))


@cache
def _told() -> dict[str, Any]:
    return tomllib.loads(_WORDS.read_text(encoding="utf-8"))
