"""What kind of case one is: how it came, who complains and for whom. Sheets and offered phrases go by it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.office.wording import all_said, said

#: How a case came: a letter, told in person, from the news, from another agency.
LETTER, ORAL, NEWS, AGENCY = "surat", "lisan", "berita", "instansi"
#: The channels by which somebody tells a complaint and writes nothing.
SPOKEN = (ORAL, "telepon")
#: What else may be said of it: several complain, a proxy does, a group; the victim is a child; nobody is complained of.
SEVERAL, REPRESENTED, GROUP, CHILD, NO_RESPONDENT = (
    "beberapa-pelapor",
    "kuasa",
    "kelompok",
    "korban-anak",
    "tanpa-terlapor",
)
ORIGINS = (LETTER, ORAL, NEWS, AGENCY)
KINDS = (*ORIGINS, SEVERAL, REPRESENTED, GROUP, CHILD, NO_RESPONDENT)
#: How the channel begins by which another agency hands a complaint on.
_HANDED_ON = "pelimpahan"


@dataclass(frozen=True, slots=True)
class CaseKind:
    """How a case came (one of :data:`ORIGINS`), and what else is true of it (of :data:`KINDS`)."""

    origin: str
    traits: frozenset[str]

    @property
    def words(self) -> frozenset[str]:
        """All that is true of it: its origin and its traits."""
        return self.traits | {self.origin}

    def __contains__(self, word: str) -> bool:
        return word in self.words


def named_complainants(fields: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the persons who complain, as far as the register names them."""
    return [p for p in fields.get("pelapor") or [] if isinstance(p, Mapping) and said(p.get("nama"))]


def kind_of_case(fields: Mapping[str, Any], channel: str) -> CaseKind:
    """Return the kind of a case with these fields of the register, which came by that channel.

    ``channel`` is the register's *cara penyampaian* as the case has it (empty: as the fields say).
    """
    people = named_complainants(fields)
    capacity = said(fields.get("kapasitas")).casefold()
    holds = {
        SEVERAL: len(people) > 1,
        REPRESENTED: bool(fields.get("kuasa")),
        GROUP: capacity == GROUP,
        CHILD: concerns_child(fields),
        NO_RESPONDENT: not fields.get("terlapor"),
    }
    came = (channel or said(fields.get("cara_penyampaian"))).casefold()
    return CaseKind(_origin(came), frozenset(word for word, true in holds.items() if true))


def concerns_child(fields: Mapping[str, Any]) -> bool:
    """Say whether the register marks a child as vulnerable in this case."""
    return "anak" in _words(fields.get("kerentanan"))


def _origin(channel: str) -> str:
    """Return how a case came; an organisation that complains by its own letter hands nothing on."""
    if channel in SPOKEN:
        return ORAL
    if channel == NEWS:
        return NEWS
    return AGENCY if channel.startswith(_HANDED_ON) else LETTER


def _words(value: Any) -> set[str]:
    return {text.casefold() for text in all_said(value) or [said(value)]}
