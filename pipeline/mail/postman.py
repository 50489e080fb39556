"""The postman: looks what is owed, tells it by mail or on the desk's pages, and writes down that it was told.

A thing is noted as begun, told, and noted as told. Killed after the server took a mail and before that was noted, one
mail is sent again, with the same id; nothing is ever lost. What cannot be noted (disk full) is not begun.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from pipeline.access.accounts import FormerAddress
from pipeline.access.on_duty import OnDuty, on_duty
from pipeline.access.ports import People
from pipeline.backoff import Backoff
from pipeline.cases.sop import Sop
from pipeline.errors import Passing, YankomasError
from pipeline.mail.owed import Owed, Situation, owed
from pipeline.mail.ports import (
    AddressRefused,
    AddressWaits,
    Carrier,
    Refusal,
    Run,
    SentRecord,
    Trouble,
    TroubleNote,
)
from pipeline.mail.wording import farewell, message, notice
from pipeline.office.office import Office
from pipeline.office.ports import Clock
from pipeline.office.worktime import Calendar
from pipeline.privacy.matters import Pressing
from pipeline.register.row import Row

#: Seconds before a server that failed is tried again, at first and at most: one that shuts out who knocks too often
#: must not be knocked at every minute.
_FIRST, _LONGEST = 30.0, 1800.0
#: And an address that the server puts off: one that makes strangers wait (greylisting) does so for some minutes.
_FIRST_OF_ADDRESS = 300.0
#: For so long an address that the server refused is not tried again.
REFUSED = timedelta(days=1)
#: For so long a former address is tried to be told that it is one.
PATIENCE = timedelta(days=7)
_RELAY = "Periksa pengguna dan pengirim di [surel], dan izin kantor ini pada server itu; dicoba lagi sendiri."


@dataclass(frozen=True, slots=True)
class MailParts:
    """What telling people needs. ``carrier`` is None where the office sends no mail; ``desk`` is for links.

    ``is_restored`` says whether the archive was brought back from a backup and nobody has vouched for it yet: it may be
    a rehearsal beside the real office, and tells nobody anything.
    """

    people: People
    rows: Callable[[], Sequence[Row]]
    editions: Mapping[str, Sop]
    office: Office
    calendar: Calendar
    clock: Clock
    carrier: Carrier | None
    record: SentRecord
    trouble: TroubleNote
    desk: str
    is_restored: Callable[[], bool] = lambda: False
    pressing: Callable[[frozenset[str]], Sequence[Pressing]] = lambda _roles: ()


@dataclass(slots=True)
class Postman:
    """Tells people, one look after another; used by one thread of one process.

    ``seconds`` is a monotonic clock, by which failures are waited out.
    """

    parts: MailParts
    seconds: Callable[[], float] = time.monotonic
    _server: Backoff = field(default_factory=lambda: Backoff(_FIRST, _LONGEST))
    _waiting: dict[str, Backoff] = field(default_factory=dict)
    _broke_off: Counter[str] = field(default_factory=Counter)
    """At whose mail the server broke off, and how often: these come last, so that they hold up nobody else."""

    def look(self) -> None:
        """Tell everything that is owed now and can be told.

        Raises:
            Passing: nothing can be written down at present, so nothing is told.
        """
        parts, now = self.parts, self.parts.clock.now()
        if parts.is_restored():
            return
        parts.record.catch_up(now)
        found = owed(self._situation(), parts.record.is_told)
        for one in found:
            if not one.to.address:
                self._show(one)
        self._forget_old_addresses()
        if parts.carrier is None:
            parts.trouble.note(None)
            return
        mails = [one for one in found if one.to.address and self._is_due(one.to.login)]
        self._carry(parts.carrier, sorted(mails, key=lambda one: self._broke_off[one.to.login]))

    def _situation(self) -> Situation:
        parts, now = self.parts, self.parts.clock.now()
        refusals = parts.record.refusals()
        people = [
            self._reached(one, refusals.get(one.login))
            for one in on_duty(parts.people.accounts.all(), parts.office, now.date())
        ]
        return Situation(people, parts.rows(), parts.editions, now, parts.calendar, parts.office.roles, parts.pressing)

    def _reached(self, one: OnDuty, refusal: Refusal | None) -> OnDuty:
        """Return somebody without the address if mail does not reach it."""
        lately = refusal and refusal.address == one.address and self.parts.clock.now() - refusal.at < REFUSED
        return replace(one, address="") if lately or self.parts.carrier is None else one

    def _show(self, one: Owed) -> None:
        """Tell somebody on the desk's pages whom mail does not reach; what they have not read yet is not repeated."""
        now, notices, words = self.parts.clock.now(), self.parts.people.notices, notice(one)
        self.parts.record.begin(one.keys, now)
        if words not in (unread for _, _, unread in notices.unread(one.to.login)):
            notices.tell([one.to.login], words, now)
        self.parts.record.told(one.keys, now)

    def _carry(self, carrier: Carrier, mails: Sequence[Owed]) -> None:
        """Visit the server, if there is anything to hand over and it is not waited for.

        One that failed is visited again even if nothing is left to hand over: nobody is to read of it for ever.
        """
        parts, now = self.parts, self.parts.clock.now()
        silent = [one for one in mails if not one.says_something]
        for one in silent:
            parts.record.told(one.keys, now)
        spoken = [one for one in mails if one.says_something]
        formers = [f for f in parts.people.accounts.former_addresses() if self._is_due(_as_key(f))]
        if not (spoken or formers or parts.trouble.read()) or self._server.due > self.seconds():
            return
        try:
            with carrier.opened() as run:
                self._deliver(run, spoken)
                self._say_farewell(run, formers)
        except (YankomasError, OSError) as fault:
            self._failed(fault)
        else:
            self._server = Backoff(_FIRST, _LONGEST)
            parts.trouble.note(None)

    def _deliver(self, run: Run, mails: Sequence[Owed]) -> None:
        """Hand mails over, and settle those that the server does not take.

        Raises:
            Passing: it refuses every address, or this one by a rule of its own: that is no fault of the addresses.
        """
        answers = [(one, self._send(run, one)) for one in mails]
        refused = [fault for _, fault in answers if isinstance(fault, AddressRefused)]
        if refused and all(fault for _, fault in answers) and (len(refused) > 1 or refused[0].by_rule):
            raise Passing(f"Server surel menolak semua alamat. {refused[0].message}", _RELAY)
        for one, fault in answers:
            if isinstance(fault, AddressWaits):
                self._put_off(one, fault)
            elif fault:
                self._refused(one, fault)

    def _send(self, run: Run, one: Owed) -> Passing | None:
        """Hand a mail over; return why the server does not take it for this address."""
        parts, now = self.parts, self.parts.clock.now()
        parts.record.begin(one.keys, now)
        try:
            run.send(message(one, parts.desk, parts.office.on(now.date()).name, now))
        except (AddressRefused, AddressWaits) as fault:
            return fault
        except Passing:
            self._broke_off[one.to.login] += 1
            raise
        parts.record.accepted(one.to.login)
        self._settled(one)
        return None

    def _put_off(self, one: Owed, fault: Passing) -> None:
        """Wait for an address; one that was put off again and again is as good as refused."""
        if self._wait(one.to.login).is_stuck:
            self._refused(one, fault)

    def _refused(self, one: Owed, fault: Passing) -> None:
        """Tell somebody on the desk's pages whose address the server does not serve, and that it does not."""
        now = self.parts.clock.now()
        self.parts.record.refused(one.to.login, Refusal(one.to.address, fault.message, now))
        words = (fault.message, fault.remedy, notice(one))
        self.parts.people.notices.tell([one.to.login], " ".join(filter(None, words)), now)
        self._settled(one)

    def _settled(self, one: Owed) -> None:
        self.parts.record.told(one.keys, self.parts.clock.now())
        self._waiting.pop(one.to.login, None)
        self._broke_off.pop(one.to.login, None)

    def _say_farewell(self, run: Run, formers: Sequence[FormerAddress]) -> None:
        """Tell former addresses that they are no longer an account's."""
        parts, now = self.parts, self.parts.clock.now()
        name = parts.office.on(now.date()).name
        for former in formers:
            try:
                run.send(farewell(former, parts.desk, name, now))
            except (AddressRefused, AddressWaits) as fault:
                if not isinstance(fault, AddressRefused) or fault.by_rule:
                    self._wait(_as_key(former))
                    continue
            parts.people.accounts.forget_address(former.id)  # refused: nobody reads there

    def _wait(self, whose: str) -> Backoff:
        """Wait before an account's address, or a former one, is tried again."""
        before = self._waiting.get(whose, Backoff(_FIRST_OF_ADDRESS, _LONGEST))
        self._waiting[whose] = before.failed(self.seconds())
        return self._waiting[whose]

    def _forget_old_addresses(self) -> None:
        """Forget former addresses that were not told in time, or are the account's again."""
        accounts, now = self.parts.people.accounts, self.parts.clock.now()
        for former in accounts.former_addresses():
            late = now.timestamp() - former.at > PATIENCE.total_seconds()
            if late or accounts.account(former.login).address == former.address:
                accounts.forget_address(former.id)

    def _failed(self, fault: YankomasError | OSError) -> None:
        """Wait before the server is tried again, and say since when no mail goes out."""
        self._server = self._server.failed(self.seconds())
        before = self.parts.trouble.read()
        since = before.since if before else self.parts.clock.now()
        self.parts.trouble.note(Trouble(since, str(fault)))

    def _is_due(self, whose: str) -> bool:
        return whose not in self._waiting or self._waiting[whose].due <= self.seconds()


def _as_key(former: FormerAddress) -> str:
    """Return what names a former address among the logins that wait; no login has a blank."""
    return f"alamat {former.id}"
