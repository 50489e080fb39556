"""Serving the desk: uvicorn in a thread of the desk's process, ended with it."""

from __future__ import annotations

import logging
import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import uvicorn
from starlette.applications import Starlette

from pipeline.access.accounts import FIRST
from pipeline.desk.app import create_app
from pipeline.desk.connections import Patient
from pipeline.desk.crowd import Crowd, DoorRules, networks
from pipeline.desk.desk import Desk
from pipeline.desk.doorway import Doorway
from pipeline.desk.offices import OfficeDoors, names_of
from pipeline.desk.open_files import ask_for_more, connections_within
from pipeline.desk.tls import is_loopback, require_tls
from pipeline.errors import Busy, SettingsFault, YankomasError
from pipeline.system_messages import os_words
from pipeline.wiring import Root
from pipeline.work.settings import WebSettings

_END = 3  # seconds that open requests have when the desk closes
_OF_ONE = 150  # connections of one address; an office behind a proxy comes by the proxy's, which has no such bound
_HEAD = 16 * 1024  # bytes of a request's head
_QUEUE = 1024  # connections that the system holds until they are accepted
_AGAIN = 10.0  # seconds until the desk of an office is tried again that could not be opened
_SENDING = 1 << 18  # bytes of an answer that the system holds for one connection


class DeskServer(uvicorn.Server):
    """uvicorn behind our own door; counts the turns of its event loop, some ten a second."""

    turns = 0

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

    async def on_tick(self, counter: int) -> bool:
        """Count a turn."""
        self.turns += 1
        return await super().on_tick(counter)


class Served:
    """A desk that is being served, or those of several offices."""

    def __init__(self, server: DeskServer, desks: Sequence[Desk]) -> None:
        self._server, self._desks = server, [*desks]
        self._thread = threading.Thread(target=server.run, name="meja-web", daemon=True)
        self._thread.start()

    @property
    def turns(self) -> int:
        """How often its event loop has turned; no more while something holds it up."""
        return self._server.turns

    @property
    def alive(self) -> bool:
        """Whether it is still being served."""
        return self._thread.is_alive()

    @property
    def roots(self) -> list[Root]:
        """The offices as their settings are now; one whose settings were changed is another from then on."""
        return [desk.root for desk in self._desks]

    def close(self) -> None:
        """Let open requests end, then stop."""
        for desk in self._desks:
            desk.live_news.closing = True
        self._server.should_exit = True
        self._thread.join(_END + 2)


def serve(root: Root, settings: WebSettings, say: Callable[[str], None], *, again: bool = False) -> Served:
    """Serve the desk of a root; ``say`` is told where it is and how to make the first admin, but not *again*.

    Raises:
        SettingsFault: it would listen on a network without TLS, or its certificate cannot be used.
        Busy: its port is taken.
    """
    require_tls(settings)
    certificate = _certificate(root, settings)
    app = create_app(root)
    served = Served(_server(app, settings, certificate, say), [app.state.desk])
    for line in () if again else _announced(app.state.desk, settings.url):
        say(line)
    return served


class _Office:
    """An office at a desk of several: its app, once that can be made."""

    def __init__(self, office: str, root: Root, settings: WebSettings, say: Callable[[str], None]) -> None:
        self._office, self._root, self._settings, self._say = office, root, settings, say
        self.app: Starlette | None = None
        self.fault: YankomasError | None = None
        self.due = 0.0
        self.announced: Sequence[str] = ()

    def open(self) -> Starlette | None:
        """Make its app; where that cannot be, say why, each reason once."""
        try:
            app = create_app(self._root.as_in_force())
            self.announced = _announced(app.state.desk, self._settings.url)
        except YankomasError as fault:
            if str(fault) != str(self.fault):
                self._say(f"Meja web {self._office} tidak dibuka: {fault} Dicoba lagi sendiri.")
            self.fault, self.due = fault, time.monotonic() + _AGAIN
            return None
        self.app = app
        return app

    def tell(self) -> None:
        """Say where its desk is, if that is open."""
        for line in self.announced:
            self._say(line)


class ServedOffices(Served):
    """The desks of several offices that are being served; one that could not be opened is tried again and again."""

    def __init__(self, server: DeskServer, doors: OfficeDoors, offices: Mapping[str, _Office]) -> None:
        """``offices``: by the host names of each."""
        super().__init__(server, [office.app.state.desk for office in dict.fromkeys(offices.values()) if office.app])
        self._doors, self._offices = doors, offices

    def open_another(self) -> Root | None:
        """Try the office that is closed and was tried longest ago, if it is time to; return it if it is open now."""
        waiting = [office for office in self._offices.values() if not office.app and office.due <= time.monotonic()]
        if not waiting or (app := (office := min(waiting, key=lambda one: one.due)).open()) is None:
            return None
        desk: Desk = app.state.desk
        self._desks.append(desk)
        self._doors.open([name for name, one in self._offices.items() if one is office], app)
        office.tell()
        return desk.root


def serve_offices(
    roots: Mapping[str, Root], settings: Mapping[str, WebSettings], say: Callable[[str], None]
) -> ServedOffices:
    """Serve the desks of several offices, each by its own host names; where is told by the settings of the first.

    Args:
        roots: the offices by how they are named in messages (their folders).
        settings: where each is reached, by the same names.
        say: is told where each office is, and how to make its first admin; or why its desk is closed: one whose people
            are to come from another folder, or whose centre is away, holds up no other.

    Raises:
        SettingsFault: as :func:`serve`; or an office has no host name, or one of another's, or every desk is closed for
            such a reason.
        Busy: the port is taken.
    """
    doors = names_of([*settings.items()])
    first = next(iter(roots))
    for office in roots:
        require_tls(settings[office])
    certificates = {office: _certificate(root, settings[office]) for office, root in roots.items()}
    offices = {name: _Office(name, root, settings[name], say) for name, root in roots.items()}
    for one in offices.values():
        one.open()
    faults = [one.fault for one in offices.values() if one.fault]
    if len(faults) == len(offices) and all(isinstance(fault, SettingsFault) for fault in faults):
        raise faults[0]
    app = OfficeDoors({name: offices[office].app for name, office in doors.items()})
    server = _server(
        app,
        settings[first],
        certificates[first],
        say,
        {name: certificates[office] for name, office in doors.items() if certificates[office]},
    )
    served = ServedOffices(server, app, {name: offices[office] for name, office in doors.items()})
    for one in offices.values():
        one.tell()
    return served


def _server(
    app: Starlette,
    settings: WebSettings,
    certificate: Mapping[str, str],
    say: Callable[[str], None],
    by_name: Mapping[str, Mapping[str, str]] = MappingProxyType({}),
) -> DeskServer:
    """Return an app's server, which listens; ``by_name`` are the certificates of further host names (SNI, RFC 6066)."""
    rules = door_rules(settings, connections_within(ask_for_more()))
    listener = _listener(settings)
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
        ssl_certfile=certificate.get("ssl_certfile"),
        ssl_keyfile=certificate.get("ssl_keyfile"),
    )
    config.load()
    if config.ssl and by_name:
        config.ssl.sni_callback = _certificates(by_name)
    logging.getLogger("uvicorn").setLevel(logging.CRITICAL)  # its English asides; our pages tell their own faults
    return DeskServer(config, listener, rules, say)


def _certificates(by_name: Mapping[str, Mapping[str, str]]) -> Callable[..., None]:
    """Return what gives a browser the certificate of the name it calls."""
    contexts = {}
    for name, certificate in by_name.items():
        contexts[name] = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        contexts[name].load_cert_chain(certificate["ssl_certfile"], certificate["ssl_keyfile"])

    def give(connection: ssl.SSLObject, name: str | None, _context: ssl.SSLContext) -> None:
        if own := contexts.get((name or "").lower()):
            connection.context = own

    return give


def _announced(desk: Desk, address: str) -> Sequence[str]:
    """Return what is said of a desk that is served: where it is, and how to make the first admin."""
    told = [f"Meja web: {address}/"]
    if not desk.people.accounts.has_admin():
        key = desk.people.links.make(FIRST, desk.now())
        told.append(f"Belum ada akun admin. Buat sekali dengan tautan ini: {address}/masuk/pertama?kunci={key}")
    return told


def door_rules(settings: WebSettings, most: int) -> DoorRules:
    """Return how many connections come in with these settings, of so many in all.

    Raises:
        SettingsFault: a proxy is no address.
    """
    beyond = settings.proxy_speaks_tls and not is_loopback(settings.host)
    return DoorRules(most, min(_OF_ONE, max(1, most // 2)), networks(settings.proxies), beyond)


def _listener(settings: WebSettings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        listener = socket.create_server((settings.host, settings.port), family=family, backlog=_QUEUE)
    except OSError as fault:
        raise Busy(
            f"Meja web tidak dibuka: {settings.host} pintu {settings.port} tidak dapat dipakai ({os_words(fault)}).",
            "Pilih pintu lain dengan --port atau [web] pintu di office.toml.",
        ) from fault
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SENDING)
    return listener


def _certificate(root: Root, settings: WebSettings) -> dict[str, str]:
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
