"""Hands mail to the office's SMTP server (RFC 5321) with Python's own client, within a time.

TLS is held to: the server must prove its name, and one that offers no STARTTLS gets nothing, the password least of all.
Of what the server says only its code is repeated: its words may say anything.
"""

from __future__ import annotations

import smtplib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from pipeline.errors import Passing
from pipeline.mail.engines.server_trust import password_in, reached, to_check, trusting
from pipeline.mail.mail_settings import MailPlan
from pipeline.mail.ports import AddressRefused, AddressWaits, Mail
from pipeline.mail.server_plan import IMPLICIT, STARTTLS

#: Seconds for one answer, and for a whole visit: a server that sends a byte a minute holds nobody for hours.
_PATIENCE, _VISIT = 20.0, 300.0
_SECTION = "surel"
_CHECK = to_check(_SECTION)


@dataclass(frozen=True, slots=True)
class SmtpCarrier:
    """The office's mail server. ``password`` is the file that holds the password, ``issuers`` who vouches for it.

    ``archive`` is where no password may lie. ``patience`` and ``visit`` are the seconds for one answer and for all.
    """

    plan: MailPlan
    password: Path | None = None
    issuers: Path | None = None
    archive: Path | None = None
    patience: float = _PATIENCE
    visit: float = _VISIT

    @contextmanager
    def opened(self) -> Iterator[_Visit]:
        """Visit the server (see the port)."""
        secret, context = password_in(self.password, self.archive, _SECTION), trusting(self.issuers, _SECTION)
        with _told(self.plan), self._connected(context) as server:
            if self.plan.tls == STARTTLS:
                server.starttls(context=context)
            if self.plan.user:
                server.login(self.plan.user, secret)
            yield _Visit(server, self.plan)

    @contextmanager
    def _connected(self, context: ssl.SSLContext) -> Iterator[smtplib.SMTP]:
        """Hold a connection that is cut when the visit takes too long."""
        here = self.plan.sender.rpartition("@")[2]
        at = {"host": self.plan.server, "port": self.plan.port, "local_hostname": here, "timeout": self.patience}
        tls = self.plan.tls == IMPLICIT
        server = _BoundedTls(self.visit, **at, context=context) if tls else _Bounded(self.visit, **at)
        try:
            yield server
            with suppress(smtplib.SMTPException, OSError):
                server.quit()
        finally:
            server.close()

    def try_out(self) -> None:
        """Visit the server as for a mail, up to naming the sender, and send none."""
        with self.opened() as visit:
            visit.name_sender()


class _Bounded(smtplib.SMTP):
    """A client that cuts its connection when the visit takes too long, the greeting included."""

    def __init__(self, visit: float, *args: Any, **kwargs: Any) -> None:
        self._end = threading.Timer(visit, self._cut)
        self._end.daemon = True
        self._end.start()
        try:
            super().__init__(*args, **kwargs)
        except BaseException:
            self._end.cancel()
            raise

    def _cut(self) -> None:
        with suppress(OSError, AttributeError):  # it may not be there yet, or no more
            self.sock.shutdown(socket.SHUT_RDWR)  # type: ignore[union-attr]

    def close(self) -> None:
        """Close the connection."""
        self._end.cancel()
        super().close()


class _BoundedTls(_Bounded, smtplib.SMTP_SSL):
    """The same with TLS from the first byte."""


@dataclass(frozen=True, slots=True)
class _Visit:
    server: smtplib.SMTP
    plan: MailPlan

    def send(self, mail: Mail, about_to: Callable[[], None] = lambda: None) -> None:
        """Hand a mail over (see the port)."""
        letter = written(mail, self.plan.sender).as_bytes()
        self.name_sender()
        code, said = self.server.rcpt(mail.to)
        if code not in (250, 251):
            self._give_up(code, said, "Alamat surel Anda")
        try:
            about_to()
        except BaseException:
            self.server.rset()
            raise
        try:
            code, said = self.server.data(letter)
        except smtplib.SMTPDataError as fault:
            code, said = fault.smtp_code, b""
        if code != 250:
            self._give_up(code, said, "Surel kepada alamat Anda")

    def name_sender(self) -> None:
        """Say who sends."""
        self.server.ehlo_or_helo_if_needed()
        code, said = self.server.mail(self.plan.sender)
        if code != 250:
            raise smtplib.SMTPSenderRefused(code, said, self.plan.sender)

    def _give_up(self, code: int, said: bytes, what: str) -> None:
        """Leave this mail; the next can go on."""
        if code == 421:  # the server leaves
            raise smtplib.SMTPServerDisconnected
        self.server.rset()
        if code < 500:
            raise AddressWaits(f"{what} ditunda server surel (kode {code}).", "Periksa alamatnya di Profil.")
        refused = AddressRefused(f"{what} ditolak server surel (kode {code}).", "Betulkan alamatnya di Profil.")
        refused.by_rule = said.startswith(b"5.7.")
        raise refused


def written(mail: Mail, sender: str) -> EmailMessage:
    """Return a mail as it goes over the wire: nobody answers it, and no machine either (RFC 3834)."""
    letter = EmailMessage(policy=policy.SMTP)
    letter["From"], letter["To"], letter["Subject"] = f"Yankomas <{sender}>", mail.to, mail.subject
    letter["Date"], letter["Message-ID"] = format_datetime(mail.at), f"<{mail.id}@{sender.rpartition('@')[2]}>"
    letter["Auto-Submitted"] = "auto-replied" if mail.is_answer else "auto-generated"
    if mail.answers:
        letter["In-Reply-To"] = letter["References"] = mail.answers
    letter.set_content(mail.text)
    letter["Content-Language"] = "id"  # what is said of the content before it is set is lost
    return letter


@contextmanager
def _told(plan: MailPlan) -> Iterator[None]:
    """Say in the office's words what went wrong at the server."""
    where = f"Server surel {plan.server}"
    with reached(plan.server, _SECTION, "dikirim"):
        try:
            yield
        except (Passing, ssl.SSLError):  # a certificate that proves nothing is a ValueError, too
            raise
        except smtplib.SMTPNotSupportedError:
            raise Passing(f"{where} tidak menawarkan STARTTLS atau cara masuk yang dikenal.", _CHECK) from None
        except smtplib.SMTPAuthenticationError as fault:
            raise Passing(f"{where} menolak pengguna atau sandinya (kode {fault.smtp_code}).", _CHECK) from None
        except smtplib.SMTPResponseException as fault:
            what = "pengirimnya" if isinstance(fault, smtplib.SMTPSenderRefused) else "kantor ini"
            raise Passing(f"{where} menolak {what} (kode {fault.smtp_code}).", _CHECK) from None
        except smtplib.SMTPServerDisconnected as fault:
            slow = isinstance(fault.__context__, TimeoutError)
            what = "tidak menjawab pada waktunya" if slow else "memutus sambungan"
            raise Passing(f"{where} {what}.", _CHECK) from None
        except (smtplib.SMTPException, ValueError):
            raise Passing(f"{where} tidak menjawab seperti server SMTP.", _CHECK) from None
