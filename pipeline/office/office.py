"""The office as its documents show it: its name and letterhead, its officials, its regencies."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from pipeline.office.laws import Laws, shipped_laws
from pipeline.office.officials import Official, holder_of
from pipeline.office.roles import OfficeRoles, usual_roles

#: Behind the area code of a telephone number, which stays on its line.
_AFTER_AREA = re.compile(r"(?<=\d\)) (?=\d)")


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

    @property
    def lines(self) -> tuple[str, ...]:
        """All of it, line by line."""
        return (*self.ministry, self.office, self.address, self.contact)


@dataclass(frozen=True, slots=True)
class Paper:
    """A size of paper, standing: millimetres."""

    name: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class OnePerson:
    """A small office's exception: one person may make both steps of a pair (its key in the SOP's edition), and why."""

    pair: str
    reason: str


A4, F4 = Paper("A4", 210, 297), Paper("F4", 215, 330)
#: The papers on which an office may have its sheets, by name.
PAPERS = {paper.name: paper for paper in (A4, F4)}


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
    paper: Paper = A4
    """The paper of its sheets."""
    since: date | None = None
    """The first day of what it is called; None: it was never called otherwise before."""
    periods: tuple[Office, ...] = ()
    """What it is called from a later day on (``since``), the earliest first; each has all that then holds."""
    one_person: tuple[OnePerson, ...] = ()
    """The pairs of steps that one person may make here, though the SOP asks for two."""
    deputies: Callable[[], tuple[Official, ...]] = field(default=tuple, compare=False, repr=False)
    """Returns who was handed a role at the desk, as it stands now: it changes while the program runs."""
    own_laws: Callable[[], Laws] = field(default=shipped_laws, compare=False, repr=False)
    """Returns the laws that its letters cite, as its file stands now."""
    own_roles: Callable[[], OfficeRoles] = field(default=usual_roles, compare=False, repr=False)
    """Returns its roles and what they may, as the editions of its SOP say now."""

    def on(self, day: date) -> Office:
        """Return the office as it is called on a day, for good: asked again, that stays so."""
        held = next((period for period in reversed(self.periods) if period.since and period.since <= day), self)
        return replace(held, deputies=self.deputies, own_laws=self.own_laws, own_roles=self.own_roles, periods=())

    @property
    def at_all_times(self) -> tuple[Office, ...]:
        """The office under every name that it has at some time."""
        return (self, *self.periods)

    @property
    def asking(self) -> str:
        """How a complainant asks how the case stands, for a sentence that says *melalui* before it."""
        page = f", atau laman {self.status_page}" if self.status_page else ""
        return _AFTER_AREA.sub("\N{NO-BREAK SPACE}", f"{self.status_line.rstrip('. ')}{page}")

    @property
    def laws(self) -> Laws:
        """The laws that its letters cite.

        Raises:
            TemplateFault: the office's table cannot be used.
        """
        return self.own_laws()

    @property
    def roles(self) -> OfficeRoles:
        """Its roles and what they may."""
        return self.own_roles()

    def reason_for_one(self, pair: str) -> str:
        """Return why one person may make both steps of that pair here; empty: two must."""
        return next((allowed.reason for allowed in self.one_person if allowed.pair == pair), "")

    @property
    def appointed(self) -> tuple[Official, ...]:
        """Everybody who holds a role at some time: who was handed one, and those whom the office's file names."""
        return (*self.deputies(), *self.officials)

    def holder(self, role: str, day: date, login: str = "") -> Official | None:
        """Return who holds the role that day, as the account that asks has to take it (:func:`holder_of`)."""
        return holder_of(self.appointed, role, day, login)
