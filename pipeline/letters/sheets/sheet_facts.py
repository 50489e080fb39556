"""What is known of a case when one of its sheets is drafted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from pipeline.access.identities import OFFICIALS
from pipeline.cases.case import Case, Made
from pipeline.cases.cleared_words import CLEARED, cleared_words
from pipeline.cases.deadlines import deadlines, ended_at
from pipeline.cases.disposition_way import hops
from pipeline.cases.duties import TYPED
from pipeline.cases.events import MERGED_INTO
from pipeline.cases.letter_life import letters
from pipeline.cases.sop import YANKOMAS, Sop, is_own_sheet
from pipeline.cases.splitting import own_pages
from pipeline.cases.standing import standing_state
from pipeline.office.office import Office
from pipeline.office.worktime import Calendar


@dataclass(frozen=True, slots=True)
class MoveMade:
    """A move that was made on the case: who made it in which role, when, and what the form of the move said.

    ``values`` holds texts; a value of the kind ``daftar`` is a list of texts, of which one that holds `` | `` is a
    row of a table; a value of the kind ``tanggal`` is a date or its ISO text. ``sheets`` are the templates of the
    sheets that were drafted after it. ``passed_to`` is the role that the case waits for from then on (empty: none).
    ``papers`` are the kinds of the files that came with it (``surat-pencabutan``).
    """

    key: str
    at: datetime
    role: str
    values: Mapping[str, Any]
    sheets: tuple[str, ...] = ()
    passed_to: str = ""
    papers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NumberedLetter:
    """A letter of the case that got its naskah number: made from which template, and when it was numbered."""

    template: str
    number: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """What is known of a case when a sheet is drafted.

    ``fields`` has the shape of :func:`pipeline.reading.fields.proposed` and is empty when the reading failed; with
    them are the words that somebody said name nobody (:mod:`pipeline.cases.cleared_words`) and, once the office is
    known, the names of its own people (:func:`with_officials`).
    ``pages`` counts the sheets of the letter; ``due_at`` is the deadline of the whole case, ``review_due_at`` that
    of the review (SOP step 4). ``naskah_number`` and ``naskah_date`` are empty until the letter is issued: until
    then it is a draft (KONSEP). ``seal`` is the archive's newest seal before that day, in words, for the register's
    page. ``answer_days`` is how long the complainant has to complete a complaint, in ``working_days`` or days of the
    calendar; ``numbers`` the naskah number of every letter of the case that has one, by template. ``letters`` are all
    letters of the case that got a number and were neither cancelled nor replaced, oldest first, also those that a later
    one followed.
    ``hops`` is the way of the disposition by the SOP, from role to role; ``lanes`` how the SOP calls the roles;
    ``standing`` where the case stands, ``awaited`` the roles that it waits for, ``ended_at`` when it came to its end.
    ``initials`` are the roles that initial this sheet, in their order, ``signers`` those that sign it, the main one
    first; ``head`` is the head of the office by the edition, ``chain`` who is between the signer and the head, the
    nearest first. ``series`` names that of the number it will get
    (empty: it gets none). ``templates`` are those of all sheets that the edition of the case's SOP has. ``merged_into``
    is the register number of the case with which a merged one is handled; empty where that case cannot be read; so are
    ``split_from`` that of the case whose scan this one's pages were in, ``split_into`` those that its own pages became.
    ``edition`` is the SOP of a case whose sheet follows from it: of another service, or one that the office added
    (None: there is a module for it).
    """

    register_number: str
    number: str
    received_at: datetime
    status_code: str
    drafted_on: date
    fields: Mapping[str, Any]
    pages: int
    channel: str | None = None
    classification: str = "Terbatas"
    due_at: datetime | None = None
    review_due_at: datetime | None = None
    moves: tuple[MoveMade, ...] = ()
    naskah_number: str = ""
    naskah_date: date | None = None
    sop_number: str = ""
    sop_title: str = ""
    confirmed: bool = False
    answer_days: int = 10
    working_days: bool = True
    numbers: Mapping[str, str] = field(default_factory=dict)
    seal: str = ""
    letters: tuple[NumberedLetter, ...] = ()
    hops: tuple[tuple[str, str], ...] = ()
    lanes: Mapping[str, str] = field(default_factory=dict)
    standing: str = ""
    awaited: tuple[str, ...] = ()
    ended_at: datetime | None = None
    initials: tuple[str, ...] = ()
    signers: tuple[str, ...] = ()
    head: str = ""
    chain: tuple[str, ...] = ()
    series: str = ""
    templates: tuple[str, ...] = ()
    merged_into: str = ""
    split_from: str = ""
    split_into: tuple[str, ...] = ()
    edition: Sop | None = None

    def last(self, key: str) -> MoveMade | None:
        """Return the newest move of this key."""
        return next((move for move in reversed(self.moves) if move.key == key), None)

    @property
    def merging(self) -> MoveMade | None:
        """The newest move by which the case became part of another, whichever of those that do so."""
        return next((move for move in reversed(self.moves) if move.values.get(MERGED_INTO)), None)

    def made(self, key: str) -> tuple[MoveMade, ...]:
        """Return every move of this key, oldest first."""
        return tuple(move for move in self.moves if move.key == key)

    def composed(self, template: str, *keys: str) -> MoveMade | None:
        """Return the newest move of these keys after which this sheet was drafted; others only draft it again."""
        made = (move for move in reversed(self.moves) if move.key in keys and template in move.sheets)
        return next(made, None)

    def letters_of(self, template: str) -> tuple[NumberedLetter, ...]:
        """Return the letters of this template that got a number, oldest first."""
        return tuple(letter for letter in self.letters if letter.template == template)

    @property
    def letter_date(self) -> date:
        """The day whose office holders sign: that of the letter, until it has one that of the draft."""
        return self.naskah_date or self.drafted_on


#: Gives a sheet's own values, beside those that every sheet has.
Maker = Callable[[SheetFacts, Office], dict[str, Any]]


def facts_of(case: Case, sop: Sop, calendar: Calendar, *, template: str = "", drafted_on: date) -> SheetFacts:
    """Return what a sheet made from that template on that day may say."""
    due = deadlines(case, sop, calendar)
    numbered = case.numbered.get(template)
    sheet = next((sheet for sheet in sop.sheets if sheet.template == template), None)
    secrecy = case.register.get("sifat")
    here = standing_state(case, sop)
    return SheetFacts(
        register_number=case.received.register_number,
        number=str(case.number),
        received_at=case.received_at,
        status_code=case.received.status_code,
        fields={**sop.known(case.fields), CLEARED: cleared_words(case)},
        pages=len(own_pages(case)),
        channel=channel_of(case),
        **({"classification": secrecy} if secrecy else {}),
        due_at=due.case,
        review_due_at=due.review,
        drafted_on=drafted_on,
        moves=tuple(_move_made(made, sop) for made in case.made),
        naskah_number=str(numbered.decision.numbers[template]) if numbered else "",
        naskah_date=numbered.at.date() if numbered else None,
        sop_number=sop.number,
        sop_title=sop.title,
        confirmed=bool(case.made),
        numbers=case.numbers,
        letters=_numbered(case, sop),
        initials=sheet.initials if sheet else (),
        signers=sheet.signers if sheet else (),
        head=sop.head,
        chain=sop.between(sheet.signer) if sheet and sheet.signer else (),
        series=sheet.series if sheet else "",
        templates=tuple(sheet.template for sheet in sop.sheets),
        answer_days=max((s.patience for s in sop.states if s.paused), default=0),
        working_days=not calendar.calendar_days,
        hops=hops(sop),
        lanes={lane.role: lane.name for lane in sop.lanes},
        standing=here.label,
        awaited=here.awaits,
        ended_at=ended_at(case, sop),
        edition=sop if sop.service != YANKOMAS or is_own_sheet(template) else None,
    )


def with_officials(facts: SheetFacts, office: Office) -> SheetFacts:
    """Return facts that know the office's own people: a part of their names may be that of a witness, too."""
    return replace(facts, fields={**facts.fields, OFFICIALS: officials_of(office)})


def officials_of(office: Office) -> tuple[str, ...]:
    """Return the names of everybody who holds a post of the office at some time."""
    return tuple(dict.fromkeys(one.name for one in office.appointed if one.name))


def _move_made(made: Made, sop: Sop) -> MoveMade:
    decided = made.decision
    awaits = next((state.awaits for state in sop.states if state.key == decided.state), ())
    papers = tuple(paper.kind for paper in decided.documents)
    return MoveMade(decided.move, made.at, made.role, decided.values, decided.sheets, next(iter(awaits), ""), papers)


def channel_of(case: Case) -> str | None:
    """Return how the complaint came, as the register says; as long as it does not, how the case was opened."""
    return case.register.get("cara_penyampaian") or (case.received.channel if case.received.media == TYPED else None)


def _numbered(case: Case, sop: Sop) -> tuple[NumberedLetter, ...]:
    """Return every letter that ever got a number, but for those that never went: cancelled, or replaced by another."""
    dropped = {letter.number for letter in letters(case, sop) if letter.over}
    given = (NumberedLetter(t, str(n), made.at) for made in case.made for t, n in made.decision.numbers.items())
    return tuple(letter for letter in given if letter.number not in dropped)
