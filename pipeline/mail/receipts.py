"""Receipts by mail: who sent a complaint by mail is told its number, if the office says so; once, and in doubt not.

What is owed is derived from the cases: one that came out of the office's mailbox a few days ago, has its receipt on
paper (SOP step 1; which placeholders hold back), and whose journal says nothing of one by mail. The journal says that
one is about to be sent *before* it is: killed in between, nobody knows whether it went out, that is what the journal
says then, and no second one is sent. A person who can see that is better than a complainant who gets two.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from pipeline.backoff import Backoff
from pipeline.cases.case import Case, value
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.events import Document
from pipeline.cases.journal import MACHINE
from pipeline.cases.mailed_receipt import BEGUN, NOT_SENT, PUT_OFF, REFUSED, SENT, UNSURE, ReceiptMailed
from pipeline.cases.ports import Blob, Cabinet
from pipeline.cases.secrecy_level import is_secret_now
from pipeline.errors import ArchiveFault, Busy, Changed, EngineFault, NotFound, Passing, YankomasError
from pipeline.mail.ports import AddressRefused, AddressWaits, Carrier, MailReader, ReceiptCounts, Run
from pipeline.mail.wording import receipt
from pipeline.office.office import Office
from pipeline.office.ports import Clock
from pipeline.register.row import Row
from pipeline.scans.ports import AnswerTo

#: The sheet that it tells of; how a mail is filed, and what the register calls the way it came.
SHEET, _MAIL, CHANNEL = "01-tanda-terima", ".eml", "surel"
#: How old a complaint may be of which the sender is told; how often an address is tried that the server puts off, and
#: seconds between (one that makes strangers wait does so for some minutes).
_YOUNG, _TRIES = timedelta(days=3), 4
_FIRST_OF_ADDRESS, _LONGEST_OF_ADDRESS = 600.0, 3600.0
#: Receipts an hour, whoever they are for, and in a day for one address: a flood of forged mails is not answered.
MOST_AN_HOUR, MOST_FOR_ONE = 30, 3
#: Seconds before a server that failed is tried again, at first and at most; how often a child may die of a mail.
_FIRST, _LONGEST, _DEATHS = 60.0, 1800.0, 3
#: What a letter that asks for secrecy calls itself.
_ASKS_FOR_SECRECY = ("rahasia", "konfidensial", "confidential", "pribadi")

_SECRET = "perkaranya rahasia"  # noqa: S105
_OURS = "pengirimnya alamat kantor sendiri"
_TOO_MANY = "sudah {most} kali sehari ke alamat yang sama"
_UNREADABLE = "surelnya tidak dapat dibaca"
_STOPPED, _BROKE_OFF = "program berhenti ketika mengirim", "server surel memutus sambungan ketika mengirim"


@dataclass(frozen=True, slots=True)
class ReceiptParts:
    """What sending receipts needs.

    ``rows`` are those of the register about which something is still due. ``came_by_mailbox`` says of a mail whether
    the office's mailbox had it: one that somebody put into the inbox, or sent by the page, may be anybody's. ``ours``
    are the office's own addresses, ``counts`` how many went out. ``is_restored`` as for the postman.
    """

    rows: Callable[[], Sequence[Row]]
    cabinet: Cabinet
    reader: MailReader
    came_by_mailbox: Callable[[Blob], bool]
    office: Office
    clock: Clock
    carrier: Carrier
    ours: frozenset[str]
    counts: ReceiptCounts
    is_restored: Callable[[], bool] = lambda: False


@dataclass(frozen=True, slots=True)
class _Due:
    """A receipt that can go out now: of which case, in answer to which document, to whom."""

    case: Case
    mail: Document
    to: AnswerTo


@dataclass(slots=True)
class Receipts:
    """Sends what is owed, one look after another; used by one thread of one process. ``seconds`` is monotonic."""

    parts: ReceiptParts
    seconds: Callable[[], float] = time.monotonic
    _done: set[CaseNumber] = field(default_factory=set)
    _deaths: Counter[CaseNumber] = field(default_factory=Counter)
    _broke: Counter[CaseNumber] = field(default_factory=Counter)
    _waiting: dict[CaseNumber, Backoff] = field(default_factory=dict)
    _server: Backoff = field(default_factory=lambda: Backoff(_FIRST, _LONGEST))

    def look(self) -> None:
        """Send what is owed and can be sent now.

        Raises:
            Passing: the server cannot be used at present, or nothing can be written down.
        """
        parts, now = self.parts, self.parts.clock.now()
        if parts.is_restored() or self._server.due > self.seconds():
            return
        # Who broke a visit off goes last: an address at which a server hangs up must not keep all others waiting.
        due = sorted(self._due(now), key=lambda one: self._broke[one.case.number])
        if not due:
            return
        try:
            with parts.carrier.opened() as run:
                for one in due:
                    self._send(run, one)
        except (YankomasError, OSError):
            self._server = self._server.failed(self.seconds())
            raise
        self._server = Backoff(_FIRST, _LONGEST)

    def _due(self, now: datetime) -> Iterator[_Due]:
        """Yield what can go out now; note of the others, once, why none does."""
        left = MOST_AN_HOUR - self.parts.counts.lately("", now).hour
        for row in self.parts.rows():
            if row.cara_penyampaian != CHANNEL or row.final or row.imported or row.series or left < 1:
                continue
            number = row.case_number
            waits = number in self._waiting and self._waiting[number].due > self.seconds()
            if number in self._done or waits or now - datetime.fromisoformat(row.received_at) > _YOUNG:
                continue
            try:
                found = self._found(number, row)
            except (ArchiveFault, Busy, NotFound):  # one case that cannot be looked at keeps no other from its receipt
                continue
            if found:
                left -= 1
                yield found

    def _found(self, number: CaseNumber, row: Row) -> _Due | None:
        case = self.parts.cabinet.case(number)
        mail, told = case.arrived, _told(case)
        if not mail.name.endswith(_MAIL) or (told and told[-1][1] not in (BEGUN, PUT_OFF)):
            self._done.add(number)
            return None
        if told and told[-1][1] == BEGUN:
            self._note(case, mail, UNSURE, reason=_STOPPED)
            return None
        if SHEET not in case.prints:
            return None
        if row.secret or is_secret_now(case, self.parts.cabinet.case):
            self._note(case, mail, NOT_SENT, reason=_SECRET)
            return None
        if not row.confirmed and _asks_for_secrecy(case):
            return None  # until a person has said whether it is
        return self._addressed(case, mail)

    def _addressed(self, case: Case, mail: Document) -> _Due | None:
        blob = self.parts.cabinet.blob(case.number, mail)
        if not self.parts.came_by_mailbox(blob):
            self._done.add(case.number)
            return None
        try:
            to = self.parts.reader.answer_to(blob)
        except EngineFault:
            self._deaths[case.number] += 1
            if self._deaths[case.number] >= _DEATHS:
                self._note(case, mail, NOT_SENT, reason=_UNREADABLE)
            return None
        why = to.why
        if not why and to.address.casefold() in self.parts.ours:
            why = _OURS
        if why:
            self._note(case, mail, NOT_SENT, reason=why)
            return None
        return _Due(case, mail, to)

    def _send(self, run: Run, one: _Due) -> None:
        """Hand a receipt over; its journal says that it is about to be before the server gets a word of it."""
        parts, now, begun = self.parts, self.parts.clock.now(), False
        if parts.counts.lately(one.to.address, now).address >= MOST_FOR_ONE:
            self._note(one.case, one.mail, NOT_SENT, reason=_TOO_MANY.format(most=MOST_FOR_ONE))
            return
        letter = receipt(one.case, one.to, parts.office.on(now.date()), now)

        def begin() -> None:
            nonlocal begun
            parts.counts.count(letter.id, one.to.address, now)
            self._begin(one, letter.id)
            begun = True

        try:
            run.send(letter, begin)
        except Changed:
            return
        except AddressRefused as fault:
            self._note(one.case, one.mail, REFUSED, letter.id, _code(fault))
        except AddressWaits as fault:
            self._put_off(one, letter.id, _code(fault), begun=begun)
        except (YankomasError, OSError):
            if begun:
                self._note(one.case, one.mail, UNSURE, letter.id, _BROKE_OFF)
            self._broke[one.case.number] += 1
            raise
        else:
            self._note(one.case, one.mail, SENT, letter.id)

    def _put_off(self, one: _Due, message: str, code: str, *, begun: bool) -> None:
        number = one.case.number
        waits = self._waiting.get(number, Backoff(_FIRST_OF_ADDRESS, _LONGEST_OF_ADDRESS)).failed(self.seconds())
        self._waiting[number] = waits
        if waits.failures >= _TRIES:
            self._note(one.case, one.mail, REFUSED, message, code)
        elif begun:
            self._note(one.case, one.mail, PUT_OFF, message, code)

    def _begin(self, one: _Due, message: str) -> None:
        """Note that a receipt is about to be sent.

        Raises:
            Changed: somebody did something about it meanwhile.
        """
        parts = self.parts
        with parts.cabinet.held(one.case.number) as folder:
            if _told(folder.case) != _told(one.case) or is_secret_now(folder.case, parts.cabinet.case):
                raise Changed("Perkara itu berubah sebelum tanda terimanya dikirim.", "")
            folder.append(ReceiptMailed(BEGUN, one.mail.name, message), {}, by=MACHINE, at=parts.clock.now())

    def _note(self, case: Case, mail: Document, outcome: str, message: str = "", reason: str = "") -> None:
        parts = self.parts
        with parts.cabinet.held(case.number) as folder:
            event = ReceiptMailed(outcome, mail.name, message, reason)
            folder.append(event, {}, by=MACHINE, at=parts.clock.now())
        if outcome != PUT_OFF:
            self._done.add(case.number)


def _told(case: Case) -> list[tuple[datetime, str]]:
    """Return what the journal says of receipts by mail: when, and how it went."""
    return [(e.at, str(e.data.get("outcome"))) for e in case.entries if e.kind == ReceiptMailed.kind]


def _asks_for_secrecy(case: Case) -> bool:
    said = str(value(case.fields.get("sifat_surat")) or "").casefold()
    return any(word in said for word in _ASKS_FOR_SECRECY)


def _code(fault: Passing) -> str:
    """Return what is told of a server's answer: its code alone; its words may say anything."""
    return fault.message.partition("(")[2].rstrip(").") or "tanpa kode"
