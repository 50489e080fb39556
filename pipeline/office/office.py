"""The office: its letterhead and who holds which role on which day.

A role is not a job title: titles change, and deputies (Plh., Plt.) and those who sign on behalf (a.n.)
hold a role for a period. Every document prints the holder of its own day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

#: How who signs in the name of the post's holder (*atas nama*) is marked.
ON_BEHALF = "a.n."


@dataclass(frozen=True, slots=True)
class Region:
    """A regency: its name as printed (``Kabupaten Seluma``), and the districts and towns that lie in it."""

    name: str
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The kop: ministry lines, the office's line, address and contact lines, as printed, top to bottom."""

    ministry: tuple[str, ...]
    office: str
    address: str
    contact: str


@dataclass(frozen=True, slots=True)
class Official:
    """Who holds a role, in which title, from ``since`` to ``until`` (both included; ``None`` is open).

    ``acting`` is ``""``, ``"Plh."``, ``"Plt."`` or :data:`ON_BEHALF`, printed before the title; who signs on behalf has
    an ``own_title``, printed below it.
    """

    role: str
    title: str
    name: str = ""
    nip: str = ""
    since: date | None = None
    until: date | None = None
    acting: str = ""
    own_title: str = ""

    def holds_on(self, day: date) -> bool:
        """Say whether the period includes the day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    @property
    def printed_title(self) -> str:
        """The title as a document prints it (``Plh. Kepala Bidang HAM``); on behalf of another, the post's alone."""
        return self.title if self.acting == ON_BEHALF else f"{self.acting} {self.title}".strip()

    @property
    def signing_title(self) -> str:
        """The title above a signature: ``a.n.`` the post, and on the next line one's own."""
        return f"{ON_BEHALF} {self.title}\n{self.own_title}" if self.acting == ON_BEHALF else self.printed_title


@dataclass(frozen=True, slots=True)
class Office:
    """The office as its documents show it. ``place`` is the town that dates and addresses name."""

    name: str
    place: str
    letterhead: Letterhead
    officials: tuple[Official, ...]
    status_line: str
    """How a complainant asks how the case stands, printed on the receipt (counter, telephone or web address)."""
    status_page: str = ""
    """The address of the page for complainants (*cek status*), as they type it; empty without one."""
    service: str = "Pelayanan Komunikasi Masyarakat (Yankomas)"
    regions: tuple[Region, ...] = ()
    """The regencies (*kabupaten/kota*) that the office serves, in the order of its reports."""

    @property
    def asking(self) -> str:
        """How a complainant asks how the case stands, as sheets say it."""
        page = f", atau {self.status_page}" if self.status_page else ""
        return f"{self.status_line.rstrip('. ')}{page}"

    def holder(self, role: str, day: date) -> Official | None:
        """Return who holds the role that day; a deputy (Plh., Plt., a.n.) before the one deputised for."""
        holders = [o for o in self.officials if o.role == role and o.holds_on(day)]
        acting = [o for o in holders if o.acting]
        return next(iter(acting or holders), None)
