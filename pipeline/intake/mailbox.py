"""The office's mailbox is emptied into the inbox: each mail once, as the file that it is, and it goes when it is done.

A mail that was fetched lies in the inbox like any other file, and what becomes of it stands in the inbox's account. So
nothing is queued here: a mail is owed until the account has its bytes, and stays in the mailbox until the account says
what became of it. What the account cannot know (the same mail that was delivered twice, and what was noted months ago)
is in a small record by the mails' content; losing that costs a second case that resembles the first.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from pipeline.cases.deliveries import MAILBOX, delivered
from pipeline.errors import Passing, SettingsFault
from pipeline.intake.account import State
from pipeline.intake.dropping import land
from pipeline.intake.ports import Inbox, InboxAccount, Uploads
from pipeline.mail.ports import Trouble, TroubleNote

#: Mails that are looked at in one visit.
_MOST = 200
#: The heads that stay what they are however a mail travels.
_LASTING = (b"message-id", b"from", b"date", b"subject")
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_FOLD = re.compile(rb"\r?\n[ \t]+")


@dataclass(frozen=True, slots=True)
class MailAt:
    """A mail in the mailbox: its number there (UID, RFC 3501 2.3.1.1), and its size in bytes."""

    uid: int
    size: int


class MailboxVisit(Protocol):
    """One visit at the mailbox; ``validity`` is what is another number when the mailbox was made anew (UIDVALIDITY)."""

    @property
    def validity(self) -> int:
        """The mailbox's own number."""

    def waiting(self, most: int) -> list[MailAt]:
        """Return the mails that are not settled, the oldest first, so many at most."""

    def fetch(self, uid: int, most: int) -> bytes:
        """Return a mail's bytes; it stays unread.

        Raises:
            Passing: the server does not give it, or gives more than so many bytes.
        """

    def settle(self, uid: int) -> None:
        """Mark a mail as done, or move it to where such mails go.

        Raises:
            Passing: the server does not do it.
        """


class MailboxServer(Protocol):
    """Who keeps the mailbox."""

    def opened(self) -> AbstractContextManager[MailboxVisit]:
        """Visit the mailbox.

        Raises:
            Passing: it cannot be reached, proves to be another, does not let us in, or cannot mark mails.
            SettingsFault: the password or the certificates cannot be read.
        """


class MailRecord(Protocol):
    """What is known of mails by their content: the hash of the first that had it, and whether it is settled."""

    def first(self, content: str) -> str | None:
        """Return the SHA-256 of the first mail with this content; None if there was none."""

    def note(self, content: str, sha256: str, at: datetime) -> None:
        """Note the first mail with this content; a later one changes nothing.

        Raises:
            Passing: it cannot be written.
        """

    def is_settled(self, content: str) -> bool:
        """Say whether what became of it was noted in the account."""

    def settled(self, content: str) -> None:
        """Note that it was.

        Raises:
            Passing: it cannot be written.
        """


@dataclass(frozen=True, slots=True)
class FetchedMail:
    """A mail as it is told apart: its bytes' hash, its content's, and what it is called in the inbox."""

    sha256: str
    content: str

    @property
    def name(self) -> str:
        """What it is called in the inbox."""
        return f"surel-{self.sha256[:16]}.eml"


@dataclass(slots=True)
class Visited:
    """What a visit did: mails put into the inbox, mails settled, mails too large to be fetched."""

    fetched: int = 0
    settled: int = 0
    too_large: int = 0


@dataclass(slots=True)
class Mailbox:
    """The mailbox of an office. ``most``: bytes of the largest mail that is fetched; ``alone`` keeps others out.

    ``folder`` gives the folder of the inbox that mails are put into (empty: the inbox itself).
    What was fetched is remembered by the mailbox's own numbers, so that nothing is fetched at each visit.
    """

    server: MailboxServer
    inbox: Inbox
    account: InboxAccount
    uploads: Uploads
    record: MailRecord
    trouble: TroubleNote
    alone: Callable[[], AbstractContextManager[bool]]
    now: Callable[[], datetime]
    most: int
    folder: Callable[[], str] = lambda: ""
    _known: dict[tuple[int, int], FetchedMail] = field(default_factory=dict)

    def look(self) -> Visited:
        """Fetch what is new and settle what is done; what keeps that from happening is noted for the pages.

        Raises:
            Passing: the mailbox cannot be used at present.
            SettingsFault: its settings cannot.
        """
        with self.alone() as mine:
            if not mine:
                return Visited()
            try:
                visited = self._visit()
            except (Passing, SettingsFault) as fault:
                since = self.trouble.read()
                self.trouble.note(Trouble(since.since if since else self.now(), str(fault)))
                raise
        large = visited.too_large
        why = f"{large} surel lebih besar dari {self.most // 10**6} MB dan tetap di kotak surel; ambil sendiri."
        self.trouble.note(Trouble(self.now(), why) if large else None)
        return visited

    def _visit(self) -> Visited:
        if why := self.inbox.fault:  # what lies there cannot be seen, and would be put there again
            raise Passing(why, "Surel diambil lagi sendiri sesudah itu.")
        self.folder()  # of a service that is not in use no mail is taken
        visited = Visited()
        with self.server.opened() as visit:
            mails = visit.waiting(_MOST)
            here = {(visit.validity, at.uid): at for at in mails}
            self._known = {key: mail for key, mail in self._known.items() if key in here}
            states, lying = self._states(), {file.name for file in self.inbox.files()}
            for (validity, uid), at in here.items():
                if at.size > self.most:
                    visited.too_large += 1
                    continue
                self._one(visit, (validity, uid), states, lying, visited)
        return visited

    def _states(self) -> Mapping[str, State]:
        """Return what the account has of each file by its hash; of several that were alike what is settled."""
        entries = sorted(self.account.account(self.now()).entries.values(), key=lambda e: e.state is not State.WAITING)
        return {entry.taken.sha256: entry.state for entry in entries}

    def _one(
        self,
        visit: MailboxVisit,
        key: tuple[int, int],
        states: Mapping[str, State],
        lying: set[str],
        visited: Visited,
    ) -> None:
        data = b""
        if key not in self._known:
            data = visit.fetch(key[1], self.most)
            self._known[key] = fetched(data)
        mail = self._known[key]
        of = {mail.sha256, self.record.first(mail.content) or mail.sha256}
        done = any(states.get(one, State.WAITING) is not State.WAITING for one in of)
        if done or self.record.is_settled(mail.content):
            self.record.note(mail.content, mail.sha256, self.now())
            self.record.settled(mail.content)
            visit.settle(key[1])
            visited.settled += 1
        elif not of & states.keys() and not {FetchedMail(one, "").name for one in of} & lying:
            self.record.note(mail.content, mail.sha256, self.now())
            self._drop(mail, data or visit.fetch(key[1], self.most))
            lying.add(mail.name)
            visited.fetched += 1

    def _drop(self, mail: FetchedMail, data: bytes) -> None:
        """Put a mail into the inbox, whole, by one rename."""
        writing = self.uploads.begin(mail.name)
        try:
            writing.write(memoryview(data))
        except BaseException:
            writing.discard()
            raise
        land(writing.finished("surel"), delivered(MAILBOX, self.now()), self.account, self.folder())


def fetched(data: bytes) -> FetchedMail:
    """Return how a mail is told apart."""
    return FetchedMail(hashlib.sha256(data).hexdigest(), content_hash(data))


def content_hash(data: bytes) -> str:
    """Return what is the same for one mail however it was delivered: of its lasting heads and its body.

    A mail without Message-ID or date is told apart by its bytes alone.
    """
    head, _, body = _parted(data)
    found: dict[bytes, bytes] = {}
    for line in _FOLD.sub(b" ", head).splitlines():
        name, _, said = line.partition(b":")
        if name.strip().lower() in _LASTING:
            found.setdefault(name.strip().lower(), b" ".join(said.split()))
    if not (found.get(b"message-id") and found.get(b"date")):
        return hashlib.sha256(data).hexdigest()
    told = b"\n".join(found.get(name, b"") for name in _LASTING)
    return hashlib.sha256(told + b"\n\n" + body.replace(b"\r\n", b"\n").rstrip()).hexdigest()


def _parted(data: bytes) -> tuple[bytes, bytes, bytes]:
    end = _HEAD_END.search(data)
    return (data[: end.start()], end[0], data[end.end() :]) if end else (data, b"", b"")
