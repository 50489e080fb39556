"""What a person does with a file in the inbox: have it tried again, set it aside, attach it to a case.

Each works beside a running service, from any process: files are moved by one rename, and whoever is second finds
the file gone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipeline.cases.case_number import CaseNumber
from pipeline.cases.ports import Cabinet
from pipeline.errors import Busy, Incomplete, NotFound, Refused
from pipeline.intake.account import GoneBack, Settled, Taken
from pipeline.intake.account_texts import account_parts, refusal_text
from pipeline.intake.outcomes import SetAside
from pipeline.intake.store.inbox import Inbox, readable
from pipeline.intake.store.ledger import Ledger
from pipeline.intake.store.listing import REFUSED, identity_of, mark_of

#: The code of a file that a person set aside.
BY_HAND = "petugas"


@dataclass(frozen=True, slots=True)
class Mailroom:
    """One inbox with its account, in a person's hands. Files are named as the account's ``path`` or ``name``."""

    inbox: Inbox
    folder: Path
    ledger: Ledger
    cabinet: Cabinet
    now: Callable[[], datetime]

    def retry(self, name: str) -> str:
        """Move a file that was set aside back into the inbox; return its name there.

        Raises:
            NotFound: no such file was set aside.
        """
        return self._send(self._set_aside_as(name))

    def retry_all(self) -> list[str]:
        """Move everything that was refused back into the inbox, duplicates left out; return the names there."""
        return [self._send(self.folder / place) for place in self._refused_places()]

    def attach(self, name: str, number: CaseNumber) -> str:
        """Have a file taken as an attachment of a case; return its path under the inbox.

        Raises:
            NotFound: there is no such file, or no such case.
            Busy: the file is being worked on this moment.
        """
        self.cabinet.case(number)
        try:
            path = self._lying_as(name)
        except NotFound:
            path = self._set_aside_as(name)
        return self._send(path, number.key)

    def set_aside(self, name: str, reason: str, by: str) -> str:
        """Set a file of the inbox aside for a reason that a person gives; return where it lies, under the inbox.

        Raises:
            NotFound: no such file lies in the inbox.
            Busy: the file is being worked on this moment.
            Incomplete: no reason is given.
        """
        if not (why := " ".join(reason.split())):
            raise Incomplete("Alasan belum ditulis.", "Tulis mengapa berkas ini disisihkan.")
        path = self._lying_as(name)
        claim = self.inbox.claim(path, identity_of(path))
        if claim is None:
            raise _in_work(name)
        at = self.now()
        taken = Taken(claim.id, claim.blob.name, claim.blob.size, claim.blob.sha256, self.inbox.mark(claim), at)
        self.ledger.note(taken)
        refusal = Refused(BY_HAND, f"Disisihkan petugas ({by}): {why}", "Bila keliru, kembalikan ke kotak masuk.")
        outcome = SetAside(refusal)
        words = refusal_text(claim.blob.name, refusal, at, claim.id)
        place = self.inbox.set_aside(
            claim, words, lambda place: self.ledger.note(Settled(taken, account_parts(outcome, place), at))
        )
        return self._shown(place)

    def _send(self, path: Path, folder: str = "") -> str:
        """Move a file to where it is taken from, and let the account know that it waits again."""
        try:
            mark = mark_of(identity_of(path))
        except FileNotFoundError:
            raise _in_work(readable(path.name)) from None
        target = self.inbox.relocate(path, folder)
        if entry := self.ledger.account(self.now()).lying(mark):
            self.ledger.note(GoneBack(entry.taken.claim, self.now()))
        return self._shown(target)

    def _refused_places(self) -> list[str]:
        """Return where the files lie that were refused and are not merely duplicates, by path under the inbox."""
        twins = {
            part.place
            for entry in self.ledger.account(self.now()).entries.values()
            for part in entry.parts
            if entry.state == "duplicate"
        }
        return [place for path in self.inbox.refused() if (place := f"{REFUSED}/{path.name}") not in twins]

    def _lying_as(self, name: str) -> Path:
        lying = [found.path for found in self.inbox.lying() if not found.why]
        if found := _named(name, lying, self.folder):
            return found
        if name in {readable(path.name) for path in self.inbox.taken().values()} | set(self.inbox.taken()):
            raise _in_work(name)
        raise NotFound(f"Di kotak masuk tidak ada berkas {name}.", "Lihat namanya dengan `yankomas inbox`.")

    def _set_aside_as(self, name: str) -> Path:
        if found := _named(name, self.inbox.refused(), self.folder):
            return found
        raise NotFound(f"Di {REFUSED}/ tidak ada berkas {name}.", "Lihat namanya dengan `yankomas inbox`.")

    def _shown(self, path: Path) -> str:
        return readable(path.relative_to(self.folder).as_posix())


def _named(name: str, paths: list[Path], folder: Path) -> Path | None:
    """Return the file of this path under the inbox, or the only one of this name."""
    exact = [path for path in paths if readable(path.relative_to(folder).as_posix()) == name]
    alike = [path for path in paths if readable(path.name) == name]
    return exact[0] if exact else alike[0] if len(alike) == 1 else None


def _in_work(name: str) -> Busy:
    return Busy(f"Berkas {name} sedang dikerjakan.", "Tunggu sebentar, lalu lihat `yankomas inbox`.")
