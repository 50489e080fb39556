"""The roles of an office, and what each may at the desk: of the lanes of its SOP, of the program, of other services.

What a lane may is said by the edition in words (``hak``); rights and secrecy ask for these words, never for a role. A
set of roles is asked about together with what they may (:meth:`OfficeRoles.standing`); the words of Yankomas's lanes
are marked there, because roles of other services are of kinds that are called the same and open less.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from pathlib import Path

#: What a lane of Yankomas can be there for: it takes letters in, keeps the register and sends; it drafts and opens
#: cases; it decides and signs; it is in charge of records and of the data of persons; it is the head of the office,
#: to whom every case is open; it reads.
LANE_WORDS = ("menangani", "menyusun", "memutus", "membidangi", "memimpin", "membaca")
_MARK = "hak:"
TAKES_IN, DRAFTS, DECIDES, IN_CHARGE, LEADS, READS = (f"{_MARK}{word}" for word in LANE_WORDS)
#: What makes an official of who may it.
DECIDING = (DECIDES, IN_CHARGE, LEADS)
#: The service that every office has; roles that the office's own editions of its SOP add are called by it.
YANKOMAS = "yankomas"
#: What a role of a service is called: the service, and what it is there.
_QUALIFIED = re.compile(r"([a-z][a-z0-9-]*)\.[a-z][a-z0-9-]*")
_LONGEST_ROLE = 32  # letters; as many as logs and tables hold

_TABLE: Mapping[str, Mapping[str, object]] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
)
#: The roles that every office has, and what each is called.
TITLES: Mapping[str, str] = {role: str(row["nama"]) for role, row in _TABLE.items()}
#: How papers print those of which that is something else, while nobody holds them.
PRINTED: Mapping[str, str] = {role: str(row["tercetak"]) for role, row in _TABLE.items() if "tercetak" in row}
ROLES = tuple(_TABLE)
#: Those outside the office, and those of the program itself, which are no lanes of an SOP.
OUTSIDE = tuple(role for role, row in _TABLE.items() if row.get("luar"))
ARCHIVIST, ADMIN = OF_PROGRAM = tuple(role for role, row in _TABLE.items() if row.get("program"))


@dataclass(frozen=True, slots=True)
class OfficeRoles:
    """The roles of an office and what they may.

    ``lanes`` are the words (of :data:`LANE_WORDS`) of each role inside the office that has a lane in Yankomas's SOP, in
    the order of its chart, ``above`` the role above each; ``services`` the kinds of the roles of other services
    (decision 44). ``titles`` are what those are called that not every office has; ``once`` the roles that decided by
    any edition that began, whatever they may since.
    """

    lanes: Mapping[str, tuple[str, ...]]
    above: Mapping[str, str] = field(default_factory=dict)
    services: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    once: frozenset[str] = frozenset()

    def kinds(self, roles: Iterable[str]) -> frozenset[str]:
        """Return what these roles may, as rights and secrecy ask for it."""
        held = frozenset(roles)
        found = {f"{_MARK}{word}" for role in held for word in self.lanes.get(role, ())}
        return frozenset(found | {kind for role, kind in self.services.items() if role in held})

    def standing(self, roles: Iterable[str]) -> frozenset[str]:
        """Return roles together with what they may."""
        held = frozenset(roles)
        return held | self.kinds(held)

    def having(self, *kinds: str) -> tuple[str, ...]:
        """Return the roles of Yankomas that may one of these, in the order of its chart."""
        return tuple(role for role in self.lanes if not self.kinds({role}).isdisjoint(kinds))

    def named(self, words: Iterable[str]) -> tuple[str, ...]:
        """Return words with the roles of Yankomas in place of what these may (``hak:memimpin``; ``hak:``: all)."""

        def meant(word: str) -> tuple[str, ...]:
            if word == _MARK:
                return tuple(self.lanes)
            return self.having(word) if word.startswith(_MARK) else (word,)

        return tuple(dict.fromkeys(one for word in words for one in meant(word)))

    def chain(self, role: str) -> tuple[str, ...]:
        """Return the roles above one that are not the head of the office, the nearest first."""
        heads, found = self.having(LEADS), [role]
        while (here := self.above.get(found[-1], "")) and here not in (*found, *heads):
            found.append(here)
        return tuple(found[1:])

    @property
    def deciding(self) -> tuple[str, ...]:
        """The roles of Yankomas that decide: sign, are in charge, or head the office; no admin gives them alone."""
        return self.having(*DECIDING)

    @property
    def ever_deciding(self) -> frozenset[str]:
        """The roles of Yankomas that decide, or did by an earlier edition.

        Where somebody ever held one of them, no edition makes it so that there was never anybody to ask.
        """
        return self.once | {*self.deciding}

    def beyond_usual(self, role: str) -> bool:
        """Say whether a role may what only an edition of this office lets it."""
        return not {*self.lanes.get(role, ())} <= {*usual_words(role)}

    @property
    def given(self) -> tuple[str, ...]:
        """The roles that an account can hold."""
        return (*self.lanes, *OF_PROGRAM, *self.services)

    @property
    def handed(self) -> tuple[str, ...]:
        """The roles that can be handed over: those of people who work on cases of Yankomas, or keep them."""
        return (*self.lanes, ARCHIVIST)

    def is_deciding(self, role: str) -> bool:
        """Say whether a role decides; of those of other services any may, as their office says."""
        return is_service_role(role) or role in self.deciding


@cache
def usual_roles() -> OfficeRoles:
    """Return the roles of an office that changed none: what each may where its edition does not say it."""
    inside = [role for role in ROLES if role not in (*OUTSIDE, *OF_PROGRAM)]
    above = {role: str(_TABLE[role].get("atasan", "")) for role in inside}
    found = OfficeRoles({role: usual_words(role) for role in inside}, above)
    return replace(found, once=frozenset(found.deciding))


def usual_words(role: str) -> tuple[str, ...]:
    """Return what a role may where its edition does not say it; of one that not every office has, nothing."""
    words = _TABLE.get(role, {}).get("hak", ())
    return tuple(map(str, words)) if isinstance(words, list) else ()


@lru_cache(maxsize=4096)  # asked of every role for each of thousands of rows
def service_of_role(key: str) -> str:
    """Return the service that a role's key names (``surat-masuk.agendaris``, ``yankomas.analis``); empty: none."""
    found = _QUALIFIED.fullmatch(key)
    return found.group(1) if found and len(key) <= _LONGEST_ROLE else ""


def is_service_role(key: str) -> bool:
    """Say whether a key is shaped as the role of one of the office's other services (``surat-masuk.agendaris``)."""
    return service_of_role(key) not in ("", YANKOMAS)


def only_in_services(roles: Collection[str]) -> bool:
    """Say whether somebody has roles of the office's other services, and no other."""
    held = [*filter(is_role, roles)]
    return bool(held) and all(map(is_service_role, held))


def is_given(key: str) -> bool:
    """Say whether an account could hold a role of that key: that of people in an office, whether or not in this one."""
    return is_role(key) and key not in OUTSIDE


def is_role(key: str) -> bool:
    """Say whether a key is that of a role: one that every office has, or shaped as one of a service."""
    return key in ROLES or bool(service_of_role(key))
