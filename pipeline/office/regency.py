"""In which regency (*kabupaten* or *kota*) a place lies, as far as its words tell.

What the office has listed decides: each regency's name, and the districts and towns by which letters name it. The
longest name that is found wins, so that ``Rejang Lebong`` is not ``Lebong``; one said with its kind (``Kab. Lebong``)
wins over all others. A town, which may be called like its province (``Kota Bengkulu``), is known only with its kind, or
by its districts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from pipeline.office.office import Region
from pipeline.office.wording import words_of

#: Where a place lies that is in none of them.
OUTSIDE = "di luar wilayah kantor"
_KINDS = {"kab": "kabupaten", "kec": "kecamatan", "kel": "kelurahan", "kotamadya": "kota", "kodya": "kota"}
_TOWN, _DISTRICT = "kota", " kecamatan"


def regency_of(place: str | None, regions: tuple[Region, ...]) -> str | None:
    """Return the name of the regency in which a place lies, or None if its words do not tell."""
    return regency_finder(regions)(place)


@lru_cache(maxsize=2)
def regency_finder(regions: tuple[Region, ...]) -> Callable[[str | None], str | None]:
    """Return what tells the regency in which a place lies, or None if the place's words do not tell.

    It remembers the places it was asked about: many letters name the same ones.
    """
    names = [(rank, _length(name), region.name, name) for region in regions for rank, name in _names(region)]

    @lru_cache(maxsize=50_000)
    def find(place: str | None) -> str | None:
        said = _phrase(place or "")
        found = [(rank, length, region) for rank, length, region, name in names if name in said]
        return max(found)[2] if found else None

    return find


def _length(name: str) -> int:
    """Return how much a name says: ``Kecamatan Merigi`` less than ``Merigi Sakti``."""
    return len(name.removeprefix(_DISTRICT))


def _names(region: Region) -> Iterator[tuple[int, str]]:
    """Yield each name by which a region is found and its rank: with its kind, alone, by a place in it."""
    full = _phrase(region.name)
    yield 2, full
    kind, _, bare = full.strip().partition(" ")
    if kind != _TOWN and bare:
        yield 1, f" {bare} "
    for place in region.places:
        yield 0, _phrase(place)


def _phrase(text: str) -> str:
    """Return a text's words between single blanks, with the kinds of places written out."""
    return f" {' '.join(_KINDS.get(word, word) for word in words_of(text))} "
