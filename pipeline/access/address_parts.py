"""The parts of an address that tell where somebody lives: street and house, a few houses, who heads the place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.access.naming import keys_of, vocabulary

_RT_RW = re.compile(
    r"\bR\.?T\W{0,3}0*(\d{1,3})\W{1,5}R\.?W\W{0,3}0*(\d{1,3})\b|\bRT\W?/\W?RW\W{0,3}0*(\d{1,3})\W{1,3}0*(\d{1,3})\b",
    re.IGNORECASE,
)
#: One of them, and a village: who heads it tells where somebody lives (*Ketua RT 2*, *Lurah Contoh Indah*).
_NEIGHBOURHOOD = re.compile(r"\bR\.?(?P<kind>[TW])\W{0,3}0*(?P<number>\d{1,3})\b", re.IGNORECASE)
_ROADS = r"jalan|jln?|gang|gg|perumahan|kompleks?"
#: Behind such a word stands the name of a larger place, though it sounds like the village's.
_LARGER = r"kec(?:amatan)?|kab(?:upaten)?|kota|prov(?:insi)?|republik"
#: So many words may stand between a post and the place for which it is.
_MOST_BETWEEN = 4
_IN_FULL = {"t": "tetangga", "w": "warga"}


def streets_of(address: str) -> Iterator[tuple[str, ...]]:
    """Yield the street (or housing estate) and the number of the house, as keys."""
    groups = vocabulary().groups
    words = keys_of(address)
    street: list[str] | None = None
    for word in (*words, next(iter(groups["sesudah_jalan"]))):
        if word in groups["sesudah_jalan"]:
            if street and any(c.isdigit() for c in "".join(street[1:])):
                yield tuple(street)
            street = None
        elif word in groups["jalan"] and not street:
            street = []
        elif street is not None and word not in groups["nomor_rumah"]:
            street.append(word)


def spots_of(address: str) -> Iterator[re.Pattern[str]]:
    """Yield RT and RW together, and the hamlet: places of a few houses."""
    for found in _RT_RW.finditer(address):
        rt, rw = (found[1], found[2]) if found[1] else (found[3], found[4])
        short = rf"R\.?\s?T\b\W{{0,3}}0{{0,3}}{rt}\b\W{{0,5}}(?:dan\s)?R\.?\s?W\b\W{{0,3}}0{{0,3}}{rw}\b"
        long = rf"rukun\s+tetangga\W{{1,3}}0{{0,3}}{rt}\b\W{{0,5}}(?:dan\s)?rukun\s+warga\W{{1,3}}0{{0,3}}{rw}\b"
        bare = rf"\bRT\W{{0,2}}/\W{{0,2}}RW\W{{0,3}}0{{0,3}}{rt}\W{{0,2}}/\W{{0,2}}0{{0,3}}{rw}\b"
        yield re.compile(rf"\b(?:{short}|{long})|{bare}", re.IGNORECASE)
    leads = "|".join(sorted(vocabulary().groups["dusun"]))
    for found in re.finditer(rf"\b(?i:{leads})\s+([A-Z]\w*(?:\s+(?:[A-Z]\w*|\d+))?)", address):
        name = r"\s+".join(map(re.escape, found[1].split()))
        yield re.compile(rf"\b(?:{leads})\s+{name}\b", re.IGNORECASE)


def heads_of(address: str) -> Iterator[tuple[re.Pattern[str], re.Pattern[str]]]:
    """Yield neighbourhoods, village and street of an address: where that is, and whoever heads it or works for it.

    Between the post and the place some words may stand (*Kepala Urusan Umum Kelurahan …*), but none of a larger place.
    """
    posts, villages = ("|".join(sorted(vocabulary().groups[name])) for name in ("pengurus", "desa"))
    both = ((rt or slashed_rt, rw or slashed_rw) for rt, rw, slashed_rt, slashed_rw in _RT_RW.findall(address))
    numbers = {(kind, number) for rt, rw in both for kind, number in (("t", rt), ("w", rw))}
    numbers |= {(found["kind"].lower(), found["number"]) for found in _NEIGHBOURHOOD.finditer(address)}
    places = [rf"(?:R\.?\s?{k}\b|rukun\s+{_IN_FULL[k]}\b)\W{{0,3}}0{{0,3}}{n}(?!\d)" for k, n in sorted(numbers)]
    for found in re.finditer(rf"\b(?i:{villages})\W{{1,2}}([A-Z]\w*(?:\s+[A-Z]\w*)*)", address):
        parts = found[1].split()
        name = r"\s+".join(parts)
        places.append(rf"(?:{villages})\W{{1,2}}{name}\b" + (rf"|{name}\b" if len(parts) > 1 else ""))
        heads = rf"\b(?:{posts})\W{{1,2}}{name}\b"  # *Lurah Melur*: its name alone behind the post itself
        yield re.compile(rf"\b{name}\b", re.IGNORECASE), re.compile(heads, re.IGNORECASE)
    for found in re.finditer(
        rf"\b(?i:{_ROADS})\W{{0,2}}\s([A-Z][a-z]\w*(?:\s+(?!Nomor\b|No\b)[A-Z][a-z]\w*)*)", address
    ):
        places.append(rf"(?:{_ROADS})\W{{1,2}}" + r"\s+".join(found[1].split()) + r"\b")
    between = rf"(?:\W{{1,2}}(?!(?:{_LARGER})\b)\w+){{0,{_MOST_BETWEEN}}}"
    for place in places:
        told = rf"\b(?:{posts})\b{between}\W{{1,2}}(?:{place})"
        yield re.compile(place, re.IGNORECASE), re.compile(told, re.IGNORECASE)
