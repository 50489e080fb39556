"""Who has said today why they read a case not theirs: asked once for each case and day, kept in the access log."""

from __future__ import annotations

from datetime import date, datetime
from threading import Lock

from pipeline.access.ports import AccessLog
from pipeline.access.reasons import asks_reason_of, stated_reason
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.journal import Entry
from pipeline.desk.visitor import Visitor
from pipeline.errors import NotAllowed
from pipeline.register.row import Row

#: What was done where somebody said why, as the access log has it.
STATED = "POST /kasus/{year}/{serial}/alasan"


class ReasonAsked(NotAllowed):
    """Who reads a case has no part in it, and has not said today why they read it."""


class StatedReasons:
    """The reasons of one day, found in the access log; what is not known here may have been said at another desk."""

    def __init__(self, log: AccessLog) -> None:
        self._log, self._lock = log, Lock()
        self._day: date | None = None
        self._last: Entry | None = None  # of the lines that were looked at
        self._stated: set[tuple[str, str]] = set()

    def state(self, who: Visitor, number: CaseNumber, typed: str, now: datetime) -> None:
        """Write into the access log why somebody is about to read a case.

        Raises:
            Incomplete: that is no reason that can be kept.
        """
        reason = stated_reason(typed)
        self._log.append(now, who.login, STATED, who.roles, str(number), reason=reason)
        with self._lock:
            self._stated.add((who.login, str(number)))

    def require(self, who: Visitor, row: Row, now: datetime) -> None:
        """Let somebody read a case that is theirs to see to, or of which they have said today why they read it.

        Raises:
            ReasonAsked: neither.
        """
        if self.owes(who, row, now):
            raise ReasonAsked(
                f"Perkara {row.number} tidak sedang Anda tangani; sebutkan dahulu untuk apa dibaca.",
                "Tulis alasannya sekali saja untuk hari ini; API: ?alasan=….",
            )

    def owes(self, who: Visitor, row: Row, now: datetime) -> bool:
        """Say whether somebody has yet to say why they read a case."""
        if not asks_reason_of(who.sees, row):
            return False
        said = (who.login, row.number)
        with self._lock:
            if self._day != now.date() or said not in self._stated:
                self._look(now.date())
            return said not in self._stated

    def _look(self, day: date) -> None:
        """Look at the lines that are new; at all of the month once a day, for each page that is looked at adds one."""
        if self._day != day:
            self._day, self._last, self._stated = day, None, set()
        entries = self._log.entries(f"{day:%Y-%m}", self._last)
        mine = (e for e in entries if e.at.date() == day and e.data.get("reason") and e.data.get("case"))
        self._stated |= {(entry.by, str(entry.data["case"])) for entry in mine}
        self._last = entries[-1] if entries else self._last
