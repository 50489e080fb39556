"""A letter's own life: drafted, initialled, numbered, signed, sent, received - derived from the case's journal.

A letter is a sheet that somebody signs. Where it stands and whose turn it is follows from what was done to it and from
what the SOP says of it (``[[naskah]]`` in its ``letters.toml``: who drafts, initials, signs, whether it is numbered,
sent, received).

An initial is given to one version. Numbering fills the number and the date into that version and leaves it valid; any
other new version voids it. Composed again once it was signed, it is another letter: one that had been sent stays what
it is, one that had not is replaced.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from pipeline.cases import sop_words
from pipeline.cases.acted import NOBODY, Acted, acted
from pipeline.cases.case import AboutLetters, Case
from pipeline.cases.duties import PRINT, awaited_drafts, duties
from pipeline.cases.events import ACT, VERSION, Decided, Drafted, Returned
from pipeline.cases.sop import Sop, title_of
from pipeline.cases.sop_rows import Sheet

#: The states of a letter, as people read them.
DRAFTED, INITIALLED, NUMBERED, SIGNED, SENT, RECEIVED = (
    "konsep",
    "diparaf",
    "bernomor",
    "bertanda tangan",
    "dikirim",
    "diterima",
)
RETURNED, REPLACED, CANCELLED = "dikembalikan", "diganti", "batal"
STATES = (DRAFTED, INITIALLED, NUMBERED, SIGNED, SENT, RECEIVED, RETURNED, REPLACED, CANCELLED)
#: What a letter waits for, by the act that is due.
WAITS_FOR = {
    sop_words.INITIAL: "menunggu paraf",
    sop_words.NUMBER: "menunggu nomor",
    sop_words.SIGN: "menunggu tanda tangan",
    sop_words.SEND: "menunggu pengiriman",
    sop_words.RECEIVE: "menunggu tanda terima",
    sop_words.HAND_IN: "dikembalikan, menunggu perbaikan",
}


@dataclass(frozen=True, slots=True)
class Act:
    """Something that was done to a letter: which act, when, by which role, its holder that day, by which account.

    ``version`` is the one it was done to, ``answers`` what the form of the move said, ``document`` the file that came
    with it; ``who`` says who acted in whose place.
    """

    act: str
    at: datetime
    role: str
    holder: str
    login: str
    version: int
    answers: Mapping[str, Any]
    document: str = ""
    who: Acted = NOBODY


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn it is with a letter: for which act, and which roles may do it."""

    act: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of a case.

    ``serial`` tells several letters from one template apart (from 1; one that is over does not count).

    ``initials`` are those that hold for the newest version, ``voided`` those that an edit undid; ``returned`` is how it
    was last given back until it is handed in or composed anew, ``given_back`` every time that it was. ``since`` is when
    it came to its present state. ``turn`` is None while the machine works on it, and once nothing more is to be done.
    """

    template: str
    serial: int
    version: int
    drafted_at: datetime
    since: datetime
    initials: tuple[Act, ...] = ()
    voided: tuple[Act, ...] = ()
    number: str = ""
    numbered_at: datetime | None = None
    signed: Act | None = None
    sent: Act | None = None
    received: Act | None = None
    returned: Act | None = None
    given_back: tuple[Act, ...] = ()
    waived: Act | None = None
    decided: Act | None = None
    cancelled: Act | None = None
    replaced: bool = False
    turn: Turn | None = None

    @property
    def state(self) -> str:
        """Where it stands, one of :data:`STATES`."""
        ways = (
            (self.replaced, REPLACED),
            (self.cancelled, CANCELLED),
            (self.received, RECEIVED),
            (self.sent, SENT),
            (self.returned, RETURNED),
            (self.signed, SIGNED),
            (self.number, NUMBERED),
            (self.initials, INITIALLED),
        )
        return next((state for reached, state in ways if reached), DRAFTED)

    @property
    def over(self) -> bool:
        """Whether it will never go: cancelled, or replaced by another."""
        return self.replaced or self.cancelled is not None

    @property
    def title(self) -> str:
        """What people call it; further ones from the same template by their number."""
        return title_of(self.template) + (f" ke-{self.serial}" if self.serial > 1 else "")


def letters(case: Case, sop: Sop) -> tuple[Letter, ...]:
    """Return the case's letters in the order in which they were first drafted, those that are over too."""
    sheets = {sheet.template: sheet for sheet in sop.letters}
    fallen = frozenset(s.seq for s in case.signatures if not s.stands)
    life = _Life(sheets, fallen, sends=any(move.act == sop_words.SEND for move in sop.moves))
    for line in case.about_letters:
        life.follow(line)
    busy = {d.subject for d in duties(case, sop) if d.action == PRINT} | set(awaited_drafts(case, sop))
    found = life.found
    newest = {letter.template: letter for letter in found}
    return tuple(
        replace(one, turn=_turn(one, sheets[one.template], sop))
        if newest[one.template] is one and one.template not in busy and _has_come(one.template, case, sop)
        else one
        for one in found
    )


def _has_come(template: str, case: Case, sop: Sop) -> bool:
    """Say whether a letter's turn can have come: where an edition has no general moves, its own may not be open yet."""
    own = [m for m in sop.moves if m.file_kind == template or (m.numbers and template in m.sheets)]
    return sop.tells_acts or not own or any(case.state(sop.first) in move.start for move in own)


def current_letters(case: Case, sop: Sop) -> dict[str, Letter]:
    """Return the newest letter of each template, but for those that are over."""
    return {letter.template: letter for letter in letters(case, sop) if not letter.over}


def asked_until(case: Case, template: str, question: str) -> date | None:
    """Return the day that the form answered by which the letter was composed, or None: it was not, or asks for none."""
    composed = (m.decision for m in reversed(case.made) if template in m.decision.sheets)
    asked = next((decided for decided in composed if template not in decided.numbers), None)
    until = asked.values.get(question) if asked else None
    return date.fromisoformat(str(until)) if until is not None else None


class _Life:
    """What has become of the letters so far, line by line."""

    def __init__(self, sheets: Mapping[str, Sheet], fallen: frozenset[int], *, sends: bool) -> None:
        """``fallen`` are the lines that brought signed files which were withdrawn or are disputed."""
        self._sheets, self._fallen, self._sends = sheets, fallen, sends
        self.found: list[Letter] = []
        self._at: dict[str, int] = {}

    def follow(self, line: AboutLetters) -> None:
        event = line.event
        match event:
            case Drafted() if event.template in self._sheets:
                self._drafted(line, event)
            case Returned() if line.seq not in self._fallen and self._is_newest(event.template, event.version):
                by = Act(sop_words.SIGN, line.at, "", "", "", event.version, {}, event.documents[0].name)
                self._put(event.template, line, signed=by)
            case Decided():
                self._decided(line, event)

    def _drafted(self, line: AboutLetters, event: Drafted) -> None:
        now = self._now(event.template)
        if now is None or now.over or now.signed:
            if now and now.signed and self._sends and not now.sent and not now.over:
                self._put(event.template, line, replaced=True)
            stays = now is not None and not self.found[self._at[event.template]].over
            self._at[event.template] = len(self.found)
            serial = (now.serial if now else 1) + stays
            self.found.append(Letter(event.template, serial, event.version, line.at, line.at))
        elif event.issued_from == now.version:  # numbered: what was approved, and nothing else
            self._put(event.template, line, version=event.version, since=now.since)
        else:
            voided = (*now.voided, *now.initials)
            mended = now.returned if event.editor else None  # whoever mends it hands it in once it is done
            anew = {"initials": (), "voided": voided, "returned": mended, "decided": None}
            self._put(event.template, line, version=event.version, **anew)

    def _decided(self, line: AboutLetters, event: Decided) -> None:
        for template, number in event.numbers.items():
            if template in self._at:
                self._put(template, line, number=str(number), numbered_at=line.at)
        for document in event.documents[:1] if line.seq not in self._fallen else ():
            if self._is_newest(document.kind, document.version):
                self._put(
                    document.kind, line, signed=_act(sop_words.SIGN, line, event, document.version, document.name)
                )
        for template, done in event.letters.items():
            if template in self._at:
                self._done(template, line, _act(str(done[ACT]), line, event, int(done[VERSION])))

    def _done(self, template: str, line: AboutLetters, by: Act) -> None:
        now = self.found[self._at[template]]
        match by.act:
            case sop_words.INITIAL:
                self._put(template, line, initials=(*now.initials, by), returned=None)
            case sop_words.SEND:
                self._put(template, line, sent=by)
            case sop_words.RECEIVE:
                self._put(template, line, received=by)
            case sop_words.GIVE_BACK:
                anew = {"initials": (), "voided": (*now.voided, *now.initials), "decided": None}
                self._put(template, line, returned=by, given_back=(*now.given_back, by), **anew)
            case sop_words.HAND_IN:
                self._put(template, line, returned=None)
            case sop_words.WAIVE:
                self._put(template, line, waived=by)
            case sop_words.DECIDE:
                self._put(template, line, decided=by, since=now.since)
            case sop_words.CANCEL:
                self._put(template, line, cancelled=by)

    def _is_newest(self, template: str, version: int) -> bool:
        now = self._now(template)
        return now is not None and version >= now.version

    def _now(self, template: str) -> Letter | None:
        return self.found[self._at[template]] if template in self._at else None

    def _put(self, template: str, line: AboutLetters, **changed: Any) -> None:
        place = self._at[template]
        self.found[place] = replace(self.found[place], **{"since": line.at, **changed})


def _act(act: str, line: AboutLetters, event: Decided, version: int, document: str = "") -> Act:
    holder = str(event.holder.get("nama", ""))
    if not document and event.documents:
        document = event.documents[0].name
    return Act(act, line.at, line.by, holder, event.login, version, event.values, document, acted(event))


def _turn(letter: Letter, sheet: Sheet, sop: Sop) -> Turn | None:
    """Return whose turn it is with a letter, or None when nothing more is to be done to it."""
    if letter.over or letter.received:
        return None
    if letter.sent:
        return _turn_of(sop_words.RECEIVE, sop) if sheet.receipt and not letter.waived else None
    if letter.signed:
        return _turn_of(sop_words.SEND, sop) if sheet.recipient else None
    if letter.returned:
        return Turn(sop_words.HAND_IN, sheet.drafters or sop.editors(sheet.template))
    if missing := next(_missing(letter, sheet), None):
        return Turn(sop_words.INITIAL, (missing,))
    if sheet.series and not letter.number:
        return Turn(sop_words.NUMBER, sop.actors(sop_words.NUMBER))
    return Turn(sop_words.SIGN, sheet.signers)


def _turn_of(act: str, sop: Sop) -> Turn | None:
    roles = sop.actors(act)
    return Turn(act, roles) if roles else None


def _missing(letter: Letter, sheet: Sheet) -> Iterator[str]:
    """Yield the roles whose initials a letter still needs, in their order."""
    given = {by.role for by in letter.initials}
    return (role for role in sheet.initials if role not in given)


def is_done(letter: Letter, sop: Sop) -> bool:
    """Say whether nothing more is to be done to a letter."""
    return letter.over or _turn(letter, sop.sheet(letter.template), sop) is None
