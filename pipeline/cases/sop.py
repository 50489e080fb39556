"""The SOP as a table: its steps with their limits, the states of a case, the moves people make, the sheets made.

The table is data (a folder for each edition in ``sop_files/``, transcribed from SOP W.8.OT.02.01-74); code walks it and
never names a step, a state or a sheet. A revision is another folder with its own effective date; a case keeps the one
it started with.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, reduce
from operator import add
from typing import Any

from pipeline.cases.case_number import CaseNumber
from pipeline.cases.document import AS_IT_CAME
from pipeline.cases.sop_rows import FormField, Lane, Move, Opening, Pair, Sheet, State, Step
from pipeline.cases.sop_words import NUMBER
from pipeline.errors import SettingsFault
from pipeline.office import roles
from pipeline.office.roles import is_role
from pipeline.office.worktime import Limit

#: The service that every office has.
YANKOMAS = roles.YANKOMAS
#: How sheets are called that an office adds to Yankomas; a slip in the name of one of the program's is none of them.
#: So many characters that its files have names that every disk can write.
_OWN_SHEET = re.compile(r"(?=.{,60}\Z)[0-9]{2}-kantor(?:-[a-z][a-z0-9]*)+")
#: Kinds of files that are no sheets.
_TITLES = {"surat": "Surat pengaduan", "lampiran": "Lampiran", AS_IT_CAME: "Berkas asli"}


@dataclass(frozen=True, slots=True)
class Sop:
    """One edition of the SOP. ``at_intake`` are the templates drafted as soon as a complaint has been read."""

    key: str
    number: str
    title: str
    office: str
    established: date
    effective: date
    basis: tuple[str, ...]
    lanes: tuple[Lane, ...]
    steps: tuple[Step, ...]
    states: tuple[State, ...]
    moves: tuple[Move, ...]
    sheets: tuple[Sheet, ...]
    register: tuple[FormField, ...]
    at_intake: tuple[str, ...]
    openings: tuple[Opening, ...]
    first: str
    """Key of the state in which a newly registered case stands."""
    ended_before: str
    """Key of the end in which a case stands that an old register tells as ended."""
    reviewed: str
    """Key of the step whose limit the disposition sheet prints: by then the complaint must have been reviewed."""
    pairs: tuple[Pair, ...] = ()
    """Steps that two people must make; editions of before there were any tell none."""
    own: bool = False
    """Whether the office made this edition itself."""
    service: str = YANKOMAS
    """The service whose SOP it is."""
    sender: str = ""
    """Name of the register's question that says from whom it came, for lists of another service."""

    def known(self, fields: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return what is known of a case as far as its register asks for it; Yankomas reads more than it asks."""
        asked = {field.name for field in self.register}
        return fields if self.service == YANKOMAS else {k: v for k, v in fields.items() if k in asked}

    def step(self, key: str) -> Step:
        """Return the step of that key."""
        return next(s for s in self.steps if s.key == key)

    def state(self, key: str) -> State:
        """Return the state of that key.

        Raises:
            SettingsFault: this edition has none; the case follows another.
        """
        for state in self.states:
            if state.key == key:
                return state
        raise SettingsFault(f"SOP {self.key} tidak mengenal keadaan {key!r}.", "Pasang versi program yang memuatnya.")

    def sheet(self, template: str) -> Sheet:
        """Return the sheet made from that template."""
        return next(s for s in self.sheets if s.template == template)

    def editors(self, template: str) -> tuple[str, ...]:
        """Return the roles that may edit a drafted sheet: its drafters or those whose moves call for it, its signer."""
        sheet = self.sheet(template)
        if sheet.drafters:
            return tuple(dict.fromkeys((*sheet.drafters, *sheet.initials, *sheet.signers)))
        makers = [role for move in self.moves if template in move.sheets for role in move.roles]
        openers = [role for opening in self.openings if template in opening.sheets for role in opening.roles]
        return tuple(dict.fromkeys([*makers, *openers, *sheet.signers]))

    def above(self, role: str) -> tuple[str, ...]:
        """Return the roles above this one, the nearest first."""
        lanes, found = {lane.role: lane for lane in self.lanes}, [role]
        while (here := lanes.get(found[-1])) and here.above and here.above not in found:
            found.append(here.above)
        return tuple(found[1:])

    def between(self, role: str) -> tuple[str, ...]:
        """Return the roles between one and the head of the office, the nearest first.

        Where an edition does not tell who is above whom, they are those between the two in its chart, which has the
        head first.
        """
        if above := self.above(role):
            return tuple(one for one in above if one != self.head)
        inside = [lane.role for lane in self.lanes if not lane.outside]
        if role not in inside or self.head not in inside:
            return ()
        return tuple(reversed(inside[inside.index(self.head) + 1 : inside.index(role)]))

    def actors(self, act: str) -> tuple[str, ...]:
        """Return the roles that do this act to letters; none where the edition does not tell it."""
        moves = (m for m in self.moves if m.act == act or (act == NUMBER and m.numbers))
        return tuple(dict.fromkeys(role for move in moves for role in move.roles if is_role(role)))

    @property
    def head(self) -> str:
        """The role above all others of the office, which answers for what nobody else signs.

        Where an edition does not tell who is above whom, it is who signs most of its sheets.
        """
        inside = [lane for lane in self.lanes if not lane.outside]
        top = (lane.role for lane in inside if not lane.above and any(other.above == lane.role for other in inside))
        signers = Counter(role for sheet in self.sheets for role in sheet.signers)
        return next(top, max(signers, key=lambda role: signers[role], default=inside[-1].role if inside else ""))

    @property
    def clerks(self) -> tuple[str, ...]:
        """The roles that a new case waits for: they take in, file, and send."""
        return self.state(self.first).awaits

    @property
    def tells_acts(self) -> bool:
        """Whether the edition says which of its moves are acts on letters; older ones do not."""
        return any(move.act for move in self.moves)

    @property
    def letters(self) -> tuple[Sheet, ...]:
        """The sheets that are letters: those that somebody signs."""
        return tuple(sheet for sheet in self.sheets if sheet.signers)

    def opening(self, channel: str) -> Opening | None:
        """Return how cases of that channel begin without a written complaint, or None: they come as scans."""
        return next((o for o in self.openings if o.channel == channel), None)

    def first_sheets(self, channel: str) -> tuple[str, ...]:
        """Return the templates that are drafted for a new case of that channel before anybody makes a move."""
        opening = self.opening(channel)
        return opening.sheets if opening else self.at_intake

    def limit_to(self, last: int | None = None) -> Limit:
        """Return the sum of the limits of all steps up to and including number ``last`` (default: all)."""
        return reduce(add, (s.limit for s in self.steps if last is None or s.number <= last), Limit())


def is_own_sheet(template: str) -> bool:
    """Say whether a sheet is one that an office's own edition of Yankomas adds (``05-kantor-undangan-mediasi``)."""
    return _OWN_SHEET.fullmatch(template) is not None


@lru_cache(maxsize=256)  # a case's page asks for 26 titles
def title_of(key: str) -> str:
    """Return how people call a sheet or kind of file: ``03-lembar-disposisi`` is ``Lembar disposisi``."""
    if key in _TITLES:
        return _TITLES[key]
    words = key.replace("-kantor-", "-", 1).split("-") if is_own_sheet(key) else key.split("-")
    return " ".join(words[1:] if words[0].isdigit() else words).capitalize()


def letter_title(number: CaseNumber, *, noted: bool = False) -> str:
    """Return how people call what a case began with: a letter, in other services no complaint, or what was noted."""
    if noted:
        return "Catatan petugas" if number.series else "Catatan pengaduan"
    return "Surat yang diterima" if number.series else title_of("surat")


def in_force(editions: Iterable[Sop], day: date) -> Sop:
    """Return the edition that a case registered on that day follows.

    Once one of the office's own is in force, its own go on, also when the program brings a newer one (decision 45).

    Raises:
        SettingsFault: none was in force yet.
    """
    valid = [s for s in editions if s.effective <= day]
    if not valid:
        raise SettingsFault(
            f"Tidak ada SOP yang berlaku pada {day.isoformat()}.",
            "Periksa tanggal komputer ini dan tanggal `berlaku` pada berkas SOP.",
        )
    return max(valid, key=lambda s: (s.own, s.effective))
