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
from pipeline.desk.connections import is_loopback, patient
from pipeline.desk.live_news import LiveNews
from pipeline.errors import SettingsFault
from pipeline.system_messages import os_words
from pipeline.wiring import Root
from pipeline.work.settings import WebSettings

_END = 3  # seconds that open requests have when the desk closes
_AT_ONCE = 400  # connections
_HEAD = 16 * 1024  # bytes of a request's head
_log = logging.getLogger(__name__)


class Served:
    """A desk that is being served."""

    def __init__(self, server: uvicorn.Server, listener: socket.socket, live_news: LiveNews) -> None:
        self._server, self._live_news = server, live_news
        self._thread = threading.Thread(target=server.run, args=([listener],), name="meja-web", daemon=True)
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
    if (listener := _listener(settings, say)) is None:
        return None
    app = create_app(root)
    app.state.desk.wake = wake
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            lifespan="on",
            limit_concurrency=_AT_ONCE,
            h11_max_incomplete_event_size=_HEAD,
            http=patient(settings),
            timeout_graceful_shutdown=_END,
            proxy_headers=bool(settings.proxies),
            forwarded_allow_ips=list(settings.proxies),
            **_certificate(root, settings),
        )
    )
    logging.getLogger("uvicorn").setLevel(logging.CRITICAL)  # its English asides; our pages tell their own faults
    served = Served(server, listener, app.state.desk.live_news)
    address = settings.url
    say(f"Meja web: {address}/")
    people = app.state.desk.people
    if not people.accounts.has_admin():
        key = people.links.make(FIRST, root.clock.now())
        say(f"Belum ada akun admin. Buat sekali dengan tautan ini: {address}/masuk/pertama?kunci={key}")
    return served


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
        return socket.create_server((settings.host, settings.port), family=family, backlog=256)
    except OSError as fault:
        say(f"Meja web tidak dibuka: {settings.host} pintu {settings.port} tidak dapat dipakai ({os_words(fault)}).")
        say("  Pilih pintu lain dengan --port atau [web] pintu di office.toml. Kotak masuk tetap dipantau.")
        return None


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
