"""Connections that ask for nothing, or for too much: the desk stays open to everybody else."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import resource
import select
import socket
import ssl
import threading
from datetime import UTC, datetime

import pytest
import uvicorn
from desk_certificate import certificate_in
from patience import PATIENCE, until
from web_desk import WebDesk

from pipeline.desk.connections import Patient
from pipeline.desk.crowd import Crowd, DoorRules, networks
from pipeline.desk.downloads import file_response
from pipeline.desk.serving import DeskServer, door_rules
from pipeline.desk.tls import is_loopback
from pipeline.errors import SettingsFault
from pipeline.work.settings import WebSettings

_HEAD = b"POST /kotak-masuk HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n"


@contextlib.contextmanager
def _served(app, *, pause=0.3, of_one=150, most=400, say=lambda _: None, proxies=(), **more):
    """The port of a desk whose patience is short."""
    protocol = type("Hurried", (Patient,), {"pause": pause})
    listener = socket.create_server(("127.0.0.1", 0), backlog=256)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 16)
    config = uvicorn.Config(app, log_config=None, http=protocol, lifespan="off", timeout_graceful_shutdown=1, **more)
    server = DeskServer(config, listener, DoorRules(most, of_one, networks(proxies)), say)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(PATIENCE)


@pytest.fixture
def desk(tmp_path):
    return WebDesk(tmp_path / "kantor")


@pytest.fixture
def tls_desk(desk, tmp_path):
    """A desk behind TLS, with room for five connections of one address."""
    certificate, key = certificate_in(tmp_path)
    with _served(desk.app, pause=60, of_one=5, ssl_certfile=certificate, ssl_keyfile=key) as port:
        yield port, ssl.create_default_context(cafile=certificate)


def _connected(port, said=b""):
    line = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
    line.sendall(said)
    return line


def _is_ended(line):
    try:
        return line.recv(1) == b""
    except ConnectionResetError:
        return True


def _is_answered(port):
    with _connected(port, b"GET /masuk HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n") as line:
        try:
            return line.makefile("rb").read().startswith(b"HTTP/1.1 200")  # to the end: then the desk has let it go
        except ConnectionResetError:
            return False


@pytest.mark.parametrize("said", [b"", b"GET /masuk HTTP/1.1\r\nHost: 127.0.0.1\r\n"])
def test_who_says_nothing_more_is_waited_for_a_while_and_no_longer(desk, said):
    with _served(desk.app) as port, _connected(port, said) as line:
        assert _is_ended(line)
        until(lambda: _is_answered(port))  # a busy machine may say nothing for a while itself


async def _slow_taker(scope, receive, send):
    """An app that takes a body piece by piece, as uploads are taken."""
    taken = 0
    while (message := await receive())["type"] == "http.request":
        taken += len(message["body"])
        if not message["more_body"]:
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": str(taken).encode()})
            return


def test_a_body_that_comes_in_drops_is_cut_off_and_one_that_flows_is_not():
    with _served(_slow_taker, pause=2) as port:
        drops, flow = _connected(port, _HEAD), _connected(port, _HEAD)

        def is_cut_off():
            flow.sendall(b"10000\r\n" + b"x" * 0x10000 + b"\r\n")
            with contextlib.suppress(OSError):
                drops.sendall(b"1\r\nx\r\n")
            return select.select([drops], [], [], 0.02)[0]

        until(is_cut_off)
        flow.sendall(b"0\r\n\r\n")

        assert b"200" in flow.recv(65536)
        assert _is_ended(drops)


def test_of_a_crowded_address_the_longest_silent_gives_way_and_who_asks_is_answered(desk):
    said = []
    with _served(desk.app, pause=60, of_one=5, say=said.append) as port, contextlib.ExitStack() as stack:
        lines = [stack.enter_context(_connected(port)) for _ in range(6)]

        assert _is_ended(lines[0])
        assert _is_answered(port)
        assert _is_ended(lines[1])
        assert len(said) == 1
        assert "terlalu banyak sambungan" in said[0]


def test_a_proxy_has_no_bound_of_its_own(desk):
    with _served(desk.app, pause=60, of_one=5, proxies=["127.0.0.0/8"]) as port, contextlib.ExitStack() as stack:
        lines = [stack.enter_context(_connected(port)) for _ in range(9)]

        assert _is_answered(port)
        assert not select.select(lines, [], [], 0)[0]


def test_on_a_network_behind_a_proxy_only_its_connections_are_taken():
    settings = WebSettings(host="0.0.0.0", proxy_speaks_tls=True, proxies=("10.0.0.2", "fd00::/8"))
    crowd = Crowd(door_rules(settings, 400))

    welcome = {
        peer: crowd.enter(peer, datetime.now(UTC))[0] is not None
        for peer in ("10.0.0.2", "::ffff:10.0.0.2", "fd00::7", "127.0.0.1", "10.0.0.3", "2001:db8::1", "")
    }

    assert [peer for peer, taken in welcome.items() if taken] == [
        "10.0.0.2",
        "::ffff:10.0.0.2",
        "fd00::7",
        "127.0.0.1",
    ]


def test_a_proxy_that_is_no_address_is_named():
    with pytest.raises(SettingsFault, match="proksi"):
        door_rules(WebSettings(proxies=("proksi.kantor.example",)), 400)


async def _big_answer(scope, receive, send):
    """An app that gives 32 MB, piece by piece, as downloads are given."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    for _ in range(512):
        await send({"type": "http.response.body", "body": b"x" * 65536, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


def _asked_in_drops(port):
    """A browser that asks for a big answer and has little room for it."""
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    line.settimeout(PATIENCE)
    line.connect(("127.0.0.1", port))
    line.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    return line


class _Kept:
    """A file of a case that knows whether somebody still holds it."""

    name, sha256 = "surat.pdf", "0" * 64

    def __init__(self, path):
        self._path, self.held = path, False

    @contextlib.contextmanager
    def local(self):
        self.held = True
        yield self._path
        self.held = False


@pytest.mark.parametrize(("asked", "code"), [("bytes=1-", 206), ("bytes=9-", 416), ("baris=1-", 400)])
def test_a_download_is_held_no_longer_than_it_is_answered(tmp_path, asked, code):
    path = tmp_path / "surat.pdf"
    path.write_bytes(b"surat")
    kept, sent = _Kept(path), []
    download = file_response(kept, "application/pdf")
    assert kept.held
    scope = {
        "type": "http",
        "method": "GET",
        "headers": [(b"range", asked.encode())],
        "asgi": {"spec_version": "2.4"},
    }

    async def send(message):
        sent.append(message)

    asyncio.run(download(scope, None, send))

    assert sent[0]["status"] == code
    assert not kept.held


def test_who_does_not_take_the_answer_is_cut_off_and_a_slow_line_is_not():
    with _served(_big_answer, pause=2) as port, _asked_in_drops(port) as silent, _asked_in_drops(port) as slow:
        taken = 0

        def is_cut_off():
            nonlocal taken
            taken += len(slow.recv(2048))  # with the wait below far more than 4096 bytes in a pause
            select.select([], [], [], 0.02)
            return silent.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) == errno.ECONNRESET

        until(is_cut_off)

        assert taken
        assert slow.recv(2048)


def test_a_handshake_that_is_not_finished_counts_and_holds_nobody_up(tls_desk):
    port, context = tls_desk
    with contextlib.ExitStack() as stack:
        for _ in range(8):  # more than this door lets in of one address
            stack.enter_context(_connected(port, b"\x16\x03\x01"))

        with context.wrap_socket(_connected(port), server_hostname="localhost") as line:
            line.sendall(b"GET /masuk HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            assert line.recv(12) == b"HTTP/1.1 200"


def test_without_files_for_more_connections_the_desk_waits_says_so_and_goes_on(desk):
    said = []
    with _served(desk.app, pause=60, say=said.append) as port:
        assert _is_answered(port)
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        waiting = socket.socket()
        probe = os.open("/dev/null", os.O_RDONLY)
        os.close(probe)
        resource.setrlimit(resource.RLIMIT_NOFILE, (probe, hard))
        try:
            waiting.connect(("127.0.0.1", port))
            until(lambda: said)
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        waiting.sendall(b"GET /masuk HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")

        assert waiting.recv(12) == b"HTTP/1.1 200"
        assert "terlalu banyak berkas terbuka" in said[0]
        waiting.close()


@pytest.mark.parametrize(
    ("host", "here"),
    [("127.0.0.9", True), ("::ffff:127.0.0.1", True), ("::1", True), ("10.0.0.1", False), ("x", False)],
)
def test_what_is_this_machine_itself(host, here):
    assert is_loopback(host) is here
