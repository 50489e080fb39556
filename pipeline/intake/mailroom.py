"""What a person does with a file in the inbox: have it tried again, set it aside, attach it to a case.

Each works beside a running service, from any process: files are moved by one rename, and whoever is second finds
the file gone.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from pipeline.acts import Act, Advice
from pipeline.cases.actor import Actor
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.deliveries import ATTACHED, REGISTERED, RETRIED, Delivery, delivered
from pipeline.cases.ports import Blob, Cabinet
from pipeline.errors import Busy, Incomplete, NotFound, Refused
from pipeline.intake.account import SET_ASIDE, Delivered, GoneBack, PutAway, State
from pipeline.intake.inbox_files import REFUSED, InboxFile, readable
from pipeline.intake.journey import noted, put_aside
from pipeline.intake.no_scans import AS_COMPLAINT
from pipeline.intake.outcomes import SetAside
from pipeline.intake.ports import Inbox, InboxAccount
from pipeline.intake.sight import Sight
from pipeline.office.wording import shows, unprintable

#: The code of a file that a person set aside.
BY_HAND = "petugas"


@dataclass(frozen=True, slots=True)
class Mailroom:
    """One inbox with its account, in a person's hands. Files are named as the account's ``path`` or ``name``.

    ``most``: bytes beyond which a file is not read, whatever is done with it. Files that are not in ``sight`` are not
    there for that person.
    """

    inbox: Inbox
    account: InboxAccount
    cabinet: Cabinet
    now: Callable[[], datetime]
    most: int
    sight: Sight

    def retry(self, name: str, by: Actor) -> str:
        """Move a file that was set aside back into the inbox; return its name there. ``by`` is who says so, as below.

        Raises:
            NotFound: no such file was set aside.
        """
        return self._send(self._set_aside_as(name), delivered(RETRIED, self.now(), by))

    def retry_all(self, by: Actor) -> list[str]:
        """Move what was refused and is not dealt with back into the inbox, duplicates left out; return the names."""
        left = {
            part.place
            for entry in self.account.account(self.now()).entries.values()
            for part in entry.parts
            if entry.state is State.DUPLICATE or entry.put_away
        }
        said = delivered(RETRIED, self.now(), by)
        refused = [file for file in self._refused() if file.path not in left]
        return [self._send(file, said) for file in refused]

    def attach(self, name: str, number: CaseNumber, by: Actor) -> str:
        """Have a file taken as an attachment of a case; return its path under the inbox.

        Raises:
            NotFound: there is no such file, or no such case.
            Busy: the file is being worked on this moment.
        """
        self.cabinet.case(number)
        try:
            file = self._lying_as(name)
        except NotFound:
            file = self._set_aside_as(name)
        return self._send(file, delivered(ATTACHED, self.now(), by), number.key)

    def register(self, name: str, by: Actor) -> str:
        """Have a file taken as a new complaint, although it names a case or was sent to many; return its path.

        Raises:
            NotFound: no such file was set aside.
        """
        return self._send(self._set_aside_as(name), delivered(REGISTERED, self.now(), by), AS_COMPLAINT)

    def set_aside(self, name: str, reason: str, by: str) -> str:
        """Set a file of the inbox aside for a reason that a person gives; return where it lies, under the inbox.

        Raises:
            NotFound: no such file lies in the inbox.
            Busy: the file is being worked on this moment.
            Incomplete: no reason is given, or one that no sheet can hold.
        """
        why = " ".join(reason.split())
        if wrong := (unprintable(why) if shows(why) else "belum ditulis"):
            raise Incomplete(f"Alasan {wrong}.", "Tulis mengapa berkas ini disisihkan.")
        file, claim_id = self._lying_as(name), secrets.token_hex(8)
        claim = self.inbox.opened(file, claim_id, self.most) if self.inbox.take(file, claim_id) else None
        if claim is None:
            raise _in_work(name)
        taken = noted(claim, self.inbox, self.account, self.now())
        refusal = Refused(BY_HAND, f"Disisihkan petugas ({by}): {why}", "Bila keliru, kembalikan ke kotak masuk.")
        return readable(put_aside(claim, taken, SetAside(refusal), self.inbox, self.account, taken.at))

    def put_away(self, name: str, by: str) -> None:
        """Note that somebody has dealt with a file that was set aside; it stays where it lies.

        Raises:
            NotFound: no such file was set aside.
        """
        entry = self.account.account(self.now()).lying(self._set_aside_as(name).mark)
        if entry is None or entry.state not in SET_ASIDE:
            raise NotFound(f"Berkas {name} tidak lagi disisihkan.", Advice("Lihat keadaannya ", Act.LIST_INBOX, "."))
        self.account.note(PutAway(entry.taken.claim, self.now(), by))

    def put_away_old(self, by: str) -> int:
        """Note that somebody has dealt with all that was set aside before today; return how many files that were."""
        now = self.now()
        today = now.replace(hour=0, minute=0, second=0, microsecond=0)
        entries = filter(self.sight.shows_entry, self.account.account(now).entries.values())
        old = [e for e in entries if e.state in SET_ASIDE and not e.put_away and e.at < today]
        for entry in old:
            self.account.note(PutAway(entry.taken.claim, now, by))
        return len(old)

    def shown(self, place: str) -> Blob:
        """Return a file that was set aside, by its path under the inbox, to be looked at.

        Raises:
            NotFound: it does not lie there any more.
            Refused: it is larger than may be read.
        """
        return self.inbox.copied(self._set_aside_as(place), self.most)

    def _send(self, file: InboxFile, said: Delivery, folder: str | None = None) -> str:
        """Move a file to where it is taken from; let the account know who says so before, and that it waits again.

        Without a ``folder`` it goes to that of the service for which it came, or of none.
        """
        if not self.inbox.is_there(file):
            raise _in_work(file.name)
        entry = self.account.account(self.now()).lying(file.mark)
        if folder is None:
            folder = entry.taken.folder if entry and self.inbox.is_of_another(entry.taken.folder) else ""
        self.account.note(Delivered(file.mark, entry.taken.sha256 if entry else "", folder, said))
        path = self.inbox.relocate(file, folder)
        if entry:
            self.account.note(GoneBack(entry.taken.claim, self.now()))
        return readable(path)

    def _lying_as(self, name: str) -> InboxFile:
        if found := _named(name, filter(self.sight.shows_lying, self.inbox.files())):
            return found
        taken = self.sight.taken(self.inbox)
        if name in taken or name in {file.name for file in taken.values()}:
            raise _in_work(name)
        raise NotFound(f"Di kotak masuk tidak ada berkas {name}.", Advice("Lihat namanya ", Act.LIST_INBOX, "."))

    def _set_aside_as(self, name: str) -> InboxFile:
        if found := _named(name, self._refused()):
            return found
        raise NotFound(f"Di {REFUSED}/ tidak ada berkas {name}.", Advice("Lihat namanya ", Act.LIST_INBOX, "."))

    def _refused(self) -> list[InboxFile]:
        """Return the files that were set aside and are in sight; one of which nothing is noted is a complaint."""
        known = self.account.account(self.now())
        entries = ((file, known.lying(file.mark)) for file in self.inbox.refused())
        return [file for file, entry in entries if (self.sight.shows_entry(entry) if entry else self.sight.shows(""))]


def _named(name: str, files: Iterable[InboxFile]) -> InboxFile | None:
    """Return the file of this path under the inbox, or the only one of this name."""
    alike = [file for file in files if name in (file.shown, file.name)]
    exact = [file for file in alike if file.shown == name]
    return exact[0] if exact else alike[0] if len(alike) == 1 else None


def _in_work(name: str) -> Busy:
    return Busy(f"Berkas {name} sedang dikerjakan.", Advice("Tunggu sebentar, lalu ", Act.LOOK_AGAIN, "."))
