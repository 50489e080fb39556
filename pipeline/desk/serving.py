"""Serving the desk beside the watcher: uvicorn in a thread of the same process, ended with it."""

from __future__ import annotations

import logging
import socket
import ssl
import threading
from collections.abc import Callable
from typing import Any

import uvicorn

from pipeline.access.accounts import FIRST
from pipeline.desk.app import create_app
from pipeline.desk.connections import Patient
from pipeline.desk.crowd import Crowd, DoorRules, is_loopback, networks
from pipeline.desk.doorway import Doorway
from pipeline.desk.live_news import LiveNews
from pipeline.desk.open_files import ask_for_more, connections_within
from pipeline.errors import SettingsFault
from pipeline.system_messages import os_words
from pipeline.wiring import Root
from pipeline.work.settings import WebSettings

_END = 3  # seconds that open requests have when the desk closes
_OF_ONE = 150  # connections of one address; an office behind a proxy comes by the proxy's, which has no such bound
_HEAD = 16 * 1024  # bytes of a request's head
_QUEUE = 1024  # connections that the system holds until they are accepted
_SENDING = 1 << 18  # bytes of an answer that the system holds for one connection
_log = logging.getLogger(__name__)


class DeskServer(uvicorn.Server):
    """uvicorn behind our own door."""

    def __init__(
        self, config: uvicorn.Config, listener: socket.socket, rules: DoorRules, say: Callable[[str], None]
    ) -> None:
        super().__init__(config)
        self._listener, self._rules, self._say = listener, rules, say

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to accept."""
        await super().startup(sockets=[])

        def protocol() -> Patient:
            made: Patient = self.config.http_protocol_class(  # type: ignore[call-arg, assignment]
                config=self.config, server_state=self.server_state, app_state=self.lifespan.state
            )
            return made

        door = Doorway(self._listener, Crowd(self._rules), protocol, context=self.config.ssl, say=self._say)
        self.servers.append(door)  # type: ignore[arg-type] # closed and waited for like asyncio's own


class Served:
    """A desk that is being served."""

    def __init__(self, server: uvicorn.Server, live_news: LiveNews) -> None:
        self._server, self._live_news = server, live_news
        self._thread = threading.Thread(target=server.run, name="meja-web", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Let open requests end, then stop."""
        self._live_news.closing = True
        self._server.should_exit = True
        self._thread.join(_END + 2)


def serve(
    root: Root, settings: WebSettings, say: Callable[[str], None], wake: Callable[[], None] = lambda: None
) -> Served | None:
    """Serve the desk of a root; return None if the port is taken: the mail goes on without the desk.

    ``wake`` is called after each move: the machine may owe the case something now.

    Raises:
        SettingsFault: it would listen on a network without TLS, or its certificate cannot be used.
    """
    require_tls(settings)
    rules = door_rules(settings, connections_within(ask_for_more()))
    if (listener := _listener(settings, say)) is None:
        return None
    app = create_app(root)
    app.state.desk.wake = wake
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        lifespan="on",
        h11_max_incomplete_event_size=_HEAD,
        http=Patient,
        timeout_graceful_shutdown=_END,
        proxy_headers=bool(settings.proxies),
        forwarded_allow_ips=list(settings.proxies),
        **_certificate(root, settings),
    )
    server = DeskServer(config, listener, rules, say)
    logging.getLogger("uvicorn").setLevel(logging.CRITICAL)  # its English asides; our pages tell their own faults
    served = Served(server, app.state.desk.live_news)
    address = settings.url
    say(f"Meja web: {address}/")
    people = app.state.desk.people
    if not people.accounts.has_admin():
        key = people.links.make(FIRST, root.clock.now())
        say(f"Belum ada akun admin. Buat sekali dengan tautan ini: {address}/masuk/pertama?kunci={key}")
    return served


def door_rules(settings: WebSettings, most: int) -> DoorRules:
    """Return how many connections come in with these settings, of so many in all.

    Raises:
        SettingsFault: a proxy is no address.
    """
    beyond = settings.proxy_speaks_tls and not is_loopback(settings.host)
    return DoorRules(most, min(_OF_ONE, max(1, most // 2)), networks(settings.proxies), beyond)


def require_tls(settings: WebSettings) -> None:
    """Refuse to listen beyond this machine without TLS: passwords and complaints would pass in clear text.

    Behind a proxy that speaks TLS only the proxy's connections are taken, so it must be named.

    Raises:
        SettingsFault: it would, or the proxy is not named.
    """
    if settings.proxy_speaks_tls and not settings.proxies and not is_loopback(settings.host):
        raise SettingsFault(
            f"Meja web tidak dibuka pada {settings.host}: belum disebut proksi mana yang di depannya.",
            'Isi [web] proksi = ["alamat proksi"] di office.toml; hanya sambungan darinya yang diterima. '
            "Atau kembalikan alamat ke 127.0.0.1 bila proksinya di komputer ini.",
        )
    if not (is_loopback(settings.host) or settings.tls):
        raise SettingsFault(
            f"Meja web tidak dibuka pada {settings.host} tanpa TLS: kata sandi dan isi surat akan terbaca di jaringan.",
            'Isi [web] tls = "sertifikat" dengan sertifikatnya di office.toml, atau "proksi" bila server https ada di '
            "depannya; atau kembalikan alamat ke 127.0.0.1.",
        )


def _listener(settings: WebSettings, say: Callable[[str], None]) -> socket.socket | None:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        listener = socket.create_server((settings.host, settings.port), family=family, backlog=_QUEUE)
    except OSError as fault:
        say(f"Meja web tidak dibuka: {settings.host} pintu {settings.port} tidak dapat dipakai ({os_words(fault)}).")
        say("  Pilih pintu lain dengan --port atau [web] pintu di office.toml. Kotak masuk tetap dipantau.")
        return None
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SENDING)
    return listener


def _certificate(root: Root, settings: WebSettings) -> dict[str, Any]:
    if not settings.certificate:
        return {}
    certificate, private_key = (str(root.named(n)) for n in (settings.certificate, settings.private_key))
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, private_key)
    except (OSError, ssl.SSLError) as fault:
        reason = "isinya salah" if isinstance(fault, ssl.SSLError) else os_words(fault)
        raise SettingsFault(
            f"Sertifikat meja web tidak dapat dipakai: {reason}.",
            "Periksa [web] sertifikat dan kunci_sertifikat di office.toml (PEM).",
        ) from fault
    return {"ssl_certfile": certificate, "ssl_keyfile": private_key}
