"""Real SMTP servers on this machine: honest ones, with a certificate and a login, and some that misbehave."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from free_ports import free_port
from patience import PATIENCE


class Mailboxes:
    """What a server took; ``answers`` are what it says of a recipient instead."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, list[str], bytes]] = []
        self.answers: dict[str, str] = {}
        self.logins: list[tuple[bytes, bytes]] = []

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if answer := self.answers.get(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.taken.append((envelope.mail_from, list(envelope.rcpt_tos), bytes(envelope.content)))
        return "250 OK"

    def letters(self) -> list[EmailMessage]:
        return [message_from_bytes(whole, policy=policy.default) for _, _, whole in self.taken]

    def check(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        self.logins.append((data.login, data.password))
        return AuthResult(success=data.password == b"kata-sandi-rekaan", handled=False)


@contextmanager
def served(
    boxes: Mailboxes, certificate: tuple[Path, Path] | None = None, tls: str = "", **options: Any
) -> Iterator[int]:
    """Serve mailboxes; give the port. ``tls`` is ``starttls`` or ``tls``, with a certificate and its key."""
    context = None
    if certificate:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(*map(str, certificate))
    port = free_port()
    server = Controller(
        boxes,
        hostname="127.0.0.1",
        port=port,
        server_hostname="uji.contoh",
        ssl_context=context if tls == "tls" else None,
        tls_context=context if tls == "starttls" else None,
        require_starttls=tls == "starttls",
        auth_require_tls=tls == "starttls",  # it knows no other TLS
        ready_timeout=PATIENCE,
        **options,
    )
    server.start()
    try:
        yield port
    finally:
        server.stop()


@contextmanager
def talking(*lines: bytes, silent: bool = False, visitors: list[object] | None = None) -> Iterator[int]:
    """Serve whoever connects with these lines, one before each thing that is said, then hang up or stay silent.

    ``visitors`` are noted.
    """
    listener, ending = socket.create_server(("127.0.0.1", 0)), threading.Event()
    open_ones: list[Any] = [] if visitors is None else visitors

    def serve() -> None:
        while not ending.is_set():
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            open_ones.append(connection)
            try:
                for line in lines:
                    connection.sendall(line)
                    connection.recv(4096)
            except OSError:
                pass
            if not silent:
                connection.close()

    server = threading.Thread(target=serve, daemon=True)
    server.start()
    try:
        yield listener.getsockname()[1]
    finally:
        ending.set()
        for waited_on in (listener, *open_ones):
            with suppress(OSError):
                waited_on.shutdown(socket.SHUT_RDWR)  # closing alone wakes nobody who waits on it
            waited_on.close()
        server.join()


def send_by(port: int, settings: Path) -> None:
    """Write into an office's settings that it sends its mail by the server at a port of this machine, without TLS."""
    text = settings.read_text().replace('server = ""\npintu = 587 ', f'server = "127.0.0.1"\npintu = {port} ')
    text = text.replace('tls = "starttls" ', 'tls = "tidak" ').replace('pengirim = ""', 'pengirim = "y@kantor.contoh"')
    settings.write_text(text)
