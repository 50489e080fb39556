"""What the law on personal data says of requests, refusals and breaches, as data (``law.toml``)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class PersonalRight:
    """A right of the person: what it is called, what they ask for by it, the articles."""

    key: str
    name: str
    meaning: str
    articles: str


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a request is refused: the rights against which it stands. ``unidentified``: also before who asks is known."""

    key: str
    words: str
    articles: str
    rights: frozenset[str]
    unidentified: bool


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a breach's checklist, or one of those who are to be notified."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class PrivacyLaw:
    """All of it; ``term``: hours of the clock on the wall, not of office time."""

    source: str
    term: timedelta
    rights: tuple[PersonalRight, ...]
    grounds: tuple[Ground, ...]
    steps: tuple[Step, ...]
    notified: tuple[Step, ...]

    def right(self, key: str) -> PersonalRight:
        """Return a right by its key."""
        return next(one for one in self.rights if one.key == key)

    def ground(self, key: str) -> Ground:
        """Return a ground by its key."""
        return next(one for one in self.grounds if one.key == key)


@cache
def privacy_law() -> PrivacyLaw:
    """Return what the law says."""
    told = tomllib.loads(files(__package__).joinpath("law.toml").read_text(encoding="utf-8"))
    return PrivacyLaw(
        told["dasar"],
        timedelta(hours=told["batas_jam"]),
        tuple(PersonalRight(one["kunci"], one["nama"], one["arti"], one["pasal"]) for one in told["hak"]),
        tuple(
            Ground(a["kunci"], a["kata"], a["pasal"], frozenset(a["hak"]), a.get("tanpa_identitas", False))
            for a in told["alasan"]
        ),
        tuple(Step(one["kunci"], one["kata"]) for one in told["langkah"]),
        tuple(Step(one["kunci"], one["kata"]) for one in told["penerima"]),
    )
