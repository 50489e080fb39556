"""The office's mailbox by IMAP (RFC 3501, MOVE: RFC 6851, UIDPLUS: RFC 4315) with Python's own client, within a time.

TLS is held to: the server must prove its name. Of what it says only whether it agrees is repeated: its words may say
anything, and mails are bytes that nobody here looks into. No answer may be longer than the largest mail.
"""

from __future__ import annotations

import imaplib
import re
import socket
import ssl
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import Passing
from pipeline.intake.mailbox import MailAt
from pipeline.intake.mailbox_plan import MailboxPlan
from pipeline.mail.engines.server_trust import password_in, reached, to_check, trusting
from pipeline.mail.server_plan import IMPLICIT, STARTTLS

#: The keyword that marks what is done (RFC 3501, 2.3.2).
DONE = "Yankomas"
#: Seconds for one answer, and for a whole visit.
_PATIENCE, _VISIT = 30.0, 300.0
#: Bytes of an answer that is no mail.
_LONGEST = 4 * 2**20
_SECTION = "kotak_surel"
_CHECK = to_check(_SECTION)
_SIZE = re.compile(rb"\bUID (\d{1,10})\b")
_BYTES = re.compile(rb"\bRFC822\.SIZE (\d{1,15})\b")


@dataclass(frozen=True, slots=True)
class ImapServer:
    """The server. ``password`` is the file that holds the password, ``issuers`` who vouches for it.

    ``archive`` is where no password may lie. ``patience`` and ``visit`` are the seconds for one answer and for all.
    """

    plan: MailboxPlan
    password: Path | None = None
    issuers: Path | None = None
    archive: Path | None = None
    patience: float = _PATIENCE
    visit: float = _VISIT

    @contextmanager
    def opened(self) -> Iterator[ImapVisit]:
        """Visit the mailbox (see the port)."""
        secret = password_in(self.password, self.archive, _SECTION)
        context = trusting(self.issuers, _SECTION)
        with _told(self.plan), self._connected(context) as server:
            try:
                server.login(self.plan.user, secret)
            except imaplib.IMAP4.error as fault:
                if isinstance(fault, imaplib.IMAP4.abort):
                    raise
                raise Passing(f"Server surel {self.plan.server} menolak pengguna atau sandinya.", _CHECK) from None
            yield _selected(server, self.plan)

    @contextmanager
    def _connected(self, context: ssl.SSLContext) -> Iterator[imaplib.IMAP4]:
        """Hold a connection that is cut when the visit takes too long."""
        plan = self.plan
        server = (
            _Tls(plan.server, plan.port, ssl_context=context, timeout=self.patience)
            if plan.tls == IMPLICIT
            else _Plain(plan.server, plan.port, timeout=self.patience)
        )
        end = threading.Timer(self.visit, lambda: _cut(server))
        end.daemon = True
        end.start()
        try:
            if plan.tls == STARTTLS:
                server.starttls(context)
            yield server
            with suppress(imaplib.IMAP4.error, OSError):
                server.logout()
        finally:
            end.cancel()
            with suppress(OSError):
                server.shutdown()


class _Bounded(imaplib.IMAP4):
    """A client that reads no more than is expected: a server may announce any length."""

    expected = _LONGEST

    def read(self, size: int) -> bytes:
        """Read what was announced."""
        if size > self.expected:
            raise self.abort("too long")
        return super().read(size)


class _Plain(_Bounded):
    """Without TLS at first, or at all on this machine."""


class _Tls(_Bounded, imaplib.IMAP4_SSL):
    """With TLS from the first byte (RFC 8314)."""


@dataclass(frozen=True, slots=True)
class ImapVisit:
    """A mailbox that is open. ``marks``: mails can be marked there; ``moves``, ``expunges``: what the server can do."""

    server: Any
    plan: MailboxPlan
    validity: int
    marks: bool
    moves: bool
    expunges: bool

    def waiting(self, most: int) -> list[MailAt]:
        """Return the mails that are not settled (see the port)."""
        sought = ["UNDELETED", *(["UNKEYWORD", DONE] if self.marks else [])]
        found = [int(uid) for part in self._asked("SEARCH", None, *sought) for uid in bytes(part or b"").split()]
        if not (uids := sorted(found)[:most]):
            return []
        sizes: dict[int, int] = {}
        for line in self._asked("FETCH", ",".join(map(str, uids)), "(UID RFC822.SIZE)"):
            line = line[0] if isinstance(line, tuple) else line
            uid, size = _SIZE.search(line or b""), _BYTES.search(line or b"")
            if uid and size:
                sizes[int(uid[1])] = int(size[1])
        return [MailAt(uid, sizes[uid]) for uid in uids if uid in sizes]

    def fetch(self, uid: int, most: int) -> bytes:
        """Return a mail's bytes (see the port)."""
        self.server.expected = most + 1024
        try:
            answer = self._asked("FETCH", str(uid), "(UID BODY.PEEK[])")
        finally:
            self.server.expected = _LONGEST
        literals = [part[1] for part in answer if isinstance(part, tuple) and len(part) == 2]
        if len(literals) != 1 or not isinstance(literals[0], bytes) or not literals[0]:
            raise Passing(f"Server surel {self.plan.server} tidak memberikan sebuah surel.", _CHECK)
        return literals[0]

    def settle(self, uid: int) -> None:
        """Mark a mail as done, or move it (see the port)."""
        if not self.plan.done:
            self._asked("STORE", str(uid), "+FLAGS.SILENT", f"({DONE} \\Seen)")
        elif self.moves:
            self._asked("MOVE", str(uid), _quoted(self.plan.done))
        else:
            self._asked("COPY", str(uid), _quoted(self.plan.done))
            self._asked("STORE", str(uid), "+FLAGS.SILENT", "(\\Deleted)")
            if self.expunges:
                self._asked("EXPUNGE", str(uid))

    def _asked(self, command: str, *arguments: Any) -> Sequence[Any]:
        """Have the server do it.

        Raises:
            Passing: it says that it does not.
        """
        said, answer = self.server.uid(command, *arguments)
        if said != "OK":
            what = "memindahkan atau menandai surel (kotaknya penuh?)" if command != "FETCH" else "memberikan surel"
            raise Passing(f"Server surel {self.plan.server} tidak mau {what}.", _CHECK)
        return [part for part in answer or () if part is not None]


def _selected(server: imaplib.IMAP4, plan: MailboxPlan) -> ImapVisit:
    """Open the folder that is emptied, and see to it that mails can be marked or moved there.

    Raises:
        Passing: there is no such folder, or neither can be done.
    """
    where = f"Server surel {plan.server}"
    lacks_done = plan.done and server.status(_quoted(plan.done), "(MESSAGES)")[0] != "OK"
    if lacks_done and server.create(_quoted(plan.done))[0] != "OK":
        raise Passing(f"{where} tidak mempunyai folder {plan.done}, dan tidak mau membuatnya.", _CHECK)
    if server.select(_quoted(plan.folder))[0] != "OK":
        raise Passing(f"{where} tidak mempunyai folder {plan.folder}.", _CHECK)
    validity = _said(server, "UIDVALIDITY")
    flags = _said(server, "PERMANENTFLAGS").decode("ascii", "replace")
    marks = "\\*" in flags or DONE.casefold() in flags.casefold()
    if not (marks or plan.done):
        raise Passing(
            f"{where} tidak dapat menandai surel dengan kata kunci.",
            "Isi [kotak_surel] folder_selesai di office.toml: surel yang selesai dipindahkan ke sana.",
        )
    if not validity.isdigit():
        raise Passing(f"{where} tidak menyebut nomor kotaknya (UIDVALIDITY).", _CHECK)
    able = set(_last(server.capability()[1]).upper().split())  # more than before the login
    return ImapVisit(server, plan, int(validity), marks, b"MOVE" in able, b"UIDPLUS" in able)


def _said(server: imaplib.IMAP4, name: str) -> bytes:
    return _last(server.response(name)[1])


def _last(answer: Sequence[Any] | None) -> bytes:
    last = answer[-1] if answer else b""
    return last if isinstance(last, bytes) else b""


def _quoted(folder: str) -> str:
    return f'"{folder}"'


def _cut(server: imaplib.IMAP4) -> None:
    with suppress(OSError, AttributeError):
        server.sock.shutdown(socket.SHUT_RDWR)


@contextmanager
def _told(plan: MailboxPlan) -> Iterator[None]:
    """Say in the office's words what went wrong at the server."""
    where = f"Server surel {plan.server}"
    with reached(plan.server, _SECTION, "diambil"):
        try:
            yield
        except (Passing, OSError):  # a certificate that proves nothing is a ValueError, too
            raise
        except imaplib.IMAP4.abort:
            raise Passing(f"{where} memutus sambungan atau tidak menjawab pada waktunya.", _CHECK) from None
        except (imaplib.IMAP4.error, ValueError, IndexError, TypeError):
            raise Passing(f"{where} tidak menjawab seperti server IMAP.", _CHECK) from None
