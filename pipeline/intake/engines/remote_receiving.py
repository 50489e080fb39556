"""Handing claimed files over to where an office's cases are: ``PUT /titipan/{claim}``, one after another.

What the other side says became of a file is believed only with the file's own hash beside it. As long as it cannot be
reached, or does not take our token, the first file waits, and all behind it: no number is given out of turn. One over
which the other side stumbles again and again is passed over, as in an inbox beside the cases, and tried now and then.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from pipeline.cases.case_number import read_number
from pipeline.errors import Passing, Refused, YankomasError
from pipeline.intake.account import State
from pipeline.intake.engines.remote_centre import Centre, not_taken
from pipeline.intake.outcomes import Accepted, Added, Duplicate, Fate, Outcome, Parted, PartOutcome, SetAside
from pipeline.office.ports import Clock
from pipeline.register.ports import Claim

#: Seconds between two tries, at first and at most.
_FIRST, _LONGEST = 1.0, 60.0
#: Answers after which the file is tried again: it is not the file's doing.
_LOCKED_OUT = (401, 403)
#: What the other side answers when it stumbles over this one file, and how often it may, which takes two minutes.
_STUMBLED, _STUMBLES = (403, 422, 500), 8
#: Codes of answers that stay the same however often the file is sent; and of one that is about a case, not the token.
_NEVER, _CASE = ("isian", "formulir-belum-lengkap"), "gerak-tidak-diizinkan"


class _OverThisFile(Passing):
    """The other side stumbled over this file: it may be the only one."""


class RemoteReceiving:
    """Hands files over (see :class:`~pipeline.intake.ports.Receiving`).

    ``waiting`` are the claims that have no outcome, in the order in which they came, ``claimed`` is when one was made.
    ``wait`` waits so many seconds, or less if the program is to end, which ``stopping`` says; ``say`` shows a line.
    ``passed_over`` are the claims over which the other side stumbled so often that others go before them.
    """

    def __init__(
        self,
        centre: Centre,
        clock: Clock,
        waiting: Callable[[], Iterable[str]],
        claimed: Callable[[str], datetime | None],
        say: Callable[[str], None],
        wait: Callable[[float], object],
        stopping: Callable[[], bool],
    ) -> None:
        self._centre, self.clock, self._waiting, self._claimed = centre, clock, waiting, claimed
        self._say, self._wait, self._stopping = say, wait, stopping
        self._told = ""
        self._line = threading.Lock()
        self.passed_over: set[str] = set()

    def received(
        self, claim: Claim, *, my_turn: Callable[[], None], check: Callable[[Claim], None], last_try: bool
    ) -> Outcome:
        """Hand a file over; return what became of it there.

        Raises:
            Passing: another is before it, the other side stumbles over it, or the program is to end: it is handed over
                later.
            Changed: the file is still written.
        """
        if not self._may_go(claim.id) or not self._line.acquire(blocking=False):
            raise Passing("Menunggu berkas yang datang lebih dahulu.", "Berkas dititipkan menurut urutan datangnya.")
        try:
            return self._handed_over(claim, check)
        finally:
            self._line.release()

    def _may_go(self, claim_id: str) -> bool:
        if claim_id in self.passed_over:
            return True
        return next((other for other in self._waiting() if other not in self.passed_over), "") == claim_id

    def _handed_over(self, claim: Claim, check: Callable[[Claim], None]) -> Outcome:
        claimed_at, pause, stumbles = self._claimed(claim.id) or self.clock.now(), _FIRST, 0
        while True:
            check(claim)
            try:
                outcome = self._sent(claim, claimed_at)
            except Passing as fault:
                self._tell(fault)
                stumbles += isinstance(fault, _OverThisFile)
                if stumbles >= _STUMBLES:
                    self.passed_over.add(claim.id)
                if claim.id in self.passed_over:
                    raise
            else:
                if self._told:
                    self._say("Pusat menjawab lagi.")
                self._told = ""
                self.passed_over.discard(claim.id)
                return outcome
            self._wait(pause)
            if self._stopping():
                raise Passing("Program berhenti sebelum berkas ini dijawab pusat.", "Dilanjutkan ketika dimulai lagi.")
            pause = min(pause * 2, _LONGEST)

    def _tell(self, fault: YankomasError) -> None:
        if (said := str(fault)) != self._told:
            self._say(said)
        self._told = said

    def _sent(self, claim: Claim, claimed_at: datetime) -> Outcome:
        status, told = self._centre.handed(claim, claimed_at)
        if status == 200 and told.get("sha256") == claim.blob.sha256 and isinstance(told.get("parts"), list):
            return _outcome(told["parts"])
        code = told.get("code")
        if status in _LOCKED_OUT and code != _CASE:
            raise Passing("Pusat tidak menerima token titipan ini.", "Minta token baru kepada admin kantor di pusat.")
        if status == 413:
            return SetAside(Refused("terlalu-besar", "Berkas terlalu besar.", "Pindai dengan 200 dpi, atau bagi dua."))
        passing = (403, 404, 408, 409, 421, 422, 425, 429)
        if (400 <= status < 500 and status not in passing) or (status == 422 and code in _NEVER):
            fact = str(told.get("title") or "Pusat tidak menerima berkas ini.")[:500]
            return SetAside(Refused("titipan", fact, str(told.get("remedy", ""))[:500]))
        if status in _STUMBLED and code:
            raise _OverThisFile(
                f"Pusat tersandung pada berkas ini (jawaban {status}).",
                "Bila berulang, berkas lain didahulukan; minta admin kantor di pusat menjalankan `yankomas verify`.",
            )
        raise not_taken(status, told)


def _outcome(parts: list[Any]) -> Outcome:
    """Return what became of a file as its outcome here.

    Raises:
        Passing: the answer cannot be understood; the file stays.
    """
    try:
        found = tuple(PartOutcome(_pages(part["pages"]), _fate(part)) for part in parts)
    except (KeyError, TypeError, ValueError, YankomasError) as fault:
        raise Passing("Jawaban pusat tidak dapat dibaca.", "Perbarui program ini atau yang di pusat.") from fault
    if not found:
        raise Passing("Jawaban pusat kosong.", "Program mencoba lagi sendiri.")
    return found[0].fate if len(found) == 1 and not found[0].pages else Parted(found)


def _fate(part: dict[str, Any]) -> Fate:
    match State(part["state"]):
        case State.REGISTERED:
            return Accepted(read_number(part["number"]))
        case State.ATTACHED:
            return Added(read_number(part["number"]), str(part["document"]))
        case State.DUPLICATE:
            return Duplicate(read_number(part["number"]))
        case State.REFUSED:
            return SetAside(Refused(str(part["code"]), str(part["reason"]), str(part["remedy"])))
        case State.WAITING:
            raise ValueError("no outcome")


def _pages(text: str) -> tuple[int, ...]:
    runs = (run.strip().partition("-") for run in text.split(",") if run.strip())
    return tuple(page for first, _, last in runs for page in range(int(first), int(last or first) + 1))
