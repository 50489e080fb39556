"""Officials: who holds which role on which day, who signs when its holder is away, and in which title.

A role is not a job title: titles change, and deputies (Plh., Plt.) and those who sign on behalf (a.n.) hold a role for
a period. Every document prints the holder of its own day. Who is named by the office's file is joined by who was handed
a role at the desk (:mod:`pipeline.office.handovers`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

#: How who signs in the name of the post's holder (*atas nama*) is marked.
ON_BEHALF = "a.n."
#: How somebody can act in a post: while its holder is away (*pelaksana harian*), while it is vacant or its holder away
#: for good (*pelaksana tugas*), or in the holder's name.
ACTING = ("Plh.", "Plt.", ON_BEHALF)


@dataclass(frozen=True, slots=True)
class Official:
    """Who holds a role, in which title, from ``since`` to ``until`` (both included; ``None`` is open).

    ``acting`` is ``""`` or one of :data:`ACTING`, printed before the title; who signs on behalf has an ``own_title``,
    printed below it. Where a role was handed over, ``account`` is the login of who got it, ``in_place_of`` that of who
    gave it (empty: nobody with an account).
    """

    role: str
    title: str
    name: str = ""
    nip: str = ""
    since: date | None = None
    until: date | None = None
    acting: str = ""
    own_title: str = ""
    account: str = ""
    in_place_of: str = ""

    def holds_on(self, day: date) -> bool:
        """Say whether the period includes the day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    def is_same_person(self, other: Official) -> bool:
        """Say whether one person is both: they have one NIP, or where either has none written, one name."""
        return self.nip == other.nip if self.nip and other.nip else bool(self.name) and self.name == other.name

    @property
    def printed_title(self) -> str:
        """The title as a document prints it (``Plh. Kepala Bidang HAM``); on behalf of another, the post's alone."""
        return self.title if self.acting == ON_BEHALF else f"{self.acting} {self.title}".strip()

    @property
    def signing_title(self) -> str:
        """The title above a signature: ``a.n.`` the post, and on the next line one's own."""
        return f"{ON_BEHALF} {self.title}\n{self.own_title}" if self.acting == ON_BEHALF else self.printed_title


def holder_of(officials: Sequence[Official], role: str, day: date, login: str = "") -> Official | None:
    """Return who holds the role that day; a deputy (Plh., Plt., a.n.) before the one deputised for.

    To the account that had somebody act in its name (a.n.), that is still the holder of the post.
    """
    holders = [o for o in officials if o.role == role and o.holds_on(day)]
    acting = [o for o in holders if o.acting and not (login and o.acting == ON_BEHALF and o.in_place_of == login)]
    return next(iter(acting or [o for o in holders if not o.acting]), None)


def plain_nip(nip: str) -> str:
    """Return a NIP as it is compared: its letters and digits, however they are grouped."""
    return "".join(c for c in unicodedata.normalize("NFKC", nip).casefold() if c.isalnum())


def same_nip(one: str, other: str) -> bool:
    """Say whether two NIPs are the same; none is like no other."""
    return bool(plain_nip(one)) and plain_nip(one) == plain_nip(other)
