"""From the inbox to a number: looks at what lies there, claims what has come to rest, hands it to ``receive``."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from pipeline.actions.ports import Claim
from pipeline.actions.receive import Accepted, Desk, Duplicate, SetAside, receive
from pipeline.actions.take_back import TakenBack
from pipeline.adapters.inbox import Inbox
from pipeline.adapters.settling import Identity, Settling, Verdict
from pipeline.adapters.watching import Bell
from pipeline.domain.numbering import CaseNumber
from pipeline.errors import ArchiveFault, Changed, EngineFault, Passing, Refused, YankomasError

TRIES = 3
_LONGEST_PAUSE = 300.0  # seconds between tries of what fails for a passing reason
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Pending:
    """A claimed file that has no outcome yet."""

    claim: Claim
    due: float = 0.0
    pause: float = 0.5
    crashes: int = 0


@dataclass(slots=True)
class Intake:
    """One inbox being worked off. ``say`` shows a line to the mailroom, ``accepted`` is told of each new case."""

    inbox: Inbox
    settling: Settling
    bell: Bell
    desk: Desk
    say: Callable[[str], None]
    accepted: Callable[[CaseNumber], None]
    clock: Callable[[], float] = time.monotonic
    counts: Counter[str] = field(default_factory=Counter)
    last_fault: YankomasError | None = None
    _pending: list[_Pending] = field(default_factory=list)
    _waiting: dict[Path, str] = field(default_factory=dict)
    _stop: Callable[[], bool] = lambda: False

    def take_up(self, stop: Callable[[], bool]) -> None:
        """Take up again what was claimed before a crash. ``stop`` is asked between two files."""
        self._stop = stop
        self._pending = [_Pending(claim) for claim in self.inbox.leftovers()]

    def turn(self) -> float:
        """Look once and work off what is ready; return in how many seconds to look again at the latest."""
        self._try_pending()  # what was taken first, before a crash even, gets its number first
        closed = self.bell.closed()
        seen = self.inbox.files()
        verdicts = self.settling.look(seen, closed, self.clock())
        self._waiting = {}
        for path, (verdict, gap) in verdicts.items():
            if self._stop():
                break
            self._act(path, seen[path], verdict, gap)
        return self._next_look()

    @property
    def settled(self) -> bool:
        """Whether nothing waits: every file seen has an outcome."""
        return not self._pending and not self._waiting

    @property
    def stuck(self) -> int:
        """How many claimed files failed at least three times for a passing reason."""
        return sum(p.pause >= 0.5 * 2**TRIES for p in self._pending)

    @property
    def waiting(self) -> int:
        """How many files have no outcome yet."""
        return len(self._pending) + len(self._waiting)

    def _act(self, path: Path, identity: Identity, verdict: Verdict, gap: str) -> None:
        if verdict is Verdict.WAIT:
            self._waiting[path] = gap
            return
        claim = self.inbox.claim(path, identity)
        if claim is None:
            self._waiting[path] = "masih ditulis"
        elif verdict is Verdict.GIVE_UP:
            self._set_aside(claim, _incomplete(claim, gap))
        else:
            self._try(_Pending(claim))

    def _try_pending(self) -> None:
        now = self.clock()
        due = [p for p in self._pending if p.due <= now]
        self._pending = [p for p in self._pending if p.due > now]
        for position, pending in enumerate(due):
            if self._stop():
                self._pending += due[position:]
                return
            self._try(pending)

    def _try(self, pending: _Pending) -> None:
        claim = pending.claim
        try:
            self._settle(claim)
        except Changed:
            self.inbox.put_back(claim)
        except (Passing, ArchiveFault) as fault:
            self.last_fault = fault
            self._later(pending, fault)
        except EngineFault as fault:
            pending.crashes += 1
            if pending.crashes < TRIES:
                self._later(pending, fault)
            else:
                self._set_aside(claim, _unreadable(fault))

    def _later(self, pending: _Pending, fault: Exception) -> None:
        _log.warning("%s tertunda: %s", pending.claim.id, fault)
        pending.due = self.clock() + pending.pause
        pending.pause = min(pending.pause * 2, _LONGEST_PAUSE)
        self._pending.append(pending)

    def _settle(self, claim: Claim) -> None:
        match receive(claim, self.desk):
            case Accepted(number, again):
                self.inbox.done(claim)
                self.counts["terdaftar"] += 1
                self.say(f"{claim.blob.name} → {number}" + (" (melanjutkan yang terhenti)" if again else ""))
                self.accepted(number)
            case Duplicate(number):
                self.counts["ganda"] += 1
                self._put_aside(claim, _duplicate(number))
            case TakenBack(origin):
                self.inbox.done(claim)
                self.counts["kembali bertanda tangan"] += 1
                self.say(f"{claim.blob.name} → {origin.number}: {origin.template} v{origin.version} bertanda tangan")
                self.accepted(origin.number)
            case SetAside(reason):
                self._set_aside(claim, reason)

    def _set_aside(self, claim: Claim, reason: Refused) -> None:
        self.counts["ditolak"] += 1
        self._put_aside(claim, reason)

    def _put_aside(self, claim: Claim, reason: Refused) -> None:
        place = self.inbox.set_aside(claim, refusal_text(claim.blob.name, reason, self.desk.clock.now()))
        self.say(f"{claim.blob.name} → {place.parent.name}/: {reason.message}")

    def _next_look(self) -> float:
        now = self.clock()
        waits = [w for w in (self.settling.next_look(now),) if w is not None]
        waits += [max(0.0, p.due - now) for p in self._pending]
        return min(waits, default=_LONGEST_PAUSE)


def refusal_text(name: str, reason: Refused, at: datetime) -> str:
    """Return what the clerk reads beside a file that was set aside."""
    return (
        "BERKAS INI TIDAK DIDAFTARKAN\n\n"
        f"Berkas : {name}\n"
        f"Waktu  : {at:%d-%m-%Y %H.%M} {at.tzname()}\n"
        f"Sebab  : {reason.message}\n"
        f"Saran  : {reason.remedy}\n\n"
        "Berkas aslinya tidak diubah dan ada di samping catatan ini.\n"
    )


def _incomplete(claim: Claim, gap: str) -> Refused:
    code = "kosong" if claim.blob.size == 0 else "terpotong"
    return Refused(
        code,
        f"Berkas tidak utuh: {gap}.",
        "Pindai atau salin ulang suratnya sampai selesai, lalu letakkan lagi di kotak masuk.",
    )


def _unreadable(fault: EngineFault) -> Refused:
    return Refused(
        "mesin",
        f"Berkas tiga kali menghentikan program pembaca ({fault.message})",
        "Pindai ulang suratnya, atau kirim berkas ini kepada pengelola.",
    )


def _duplicate(number: CaseNumber) -> Refused:
    return Refused(
        "ganda",
        f"Isi berkas ini sama persis dengan surat yang sudah terdaftar sebagai {number}.",
        "Tidak perlu didaftarkan lagi. Bila ini surat lain, pindailah surat itu sendiri.",
    )
