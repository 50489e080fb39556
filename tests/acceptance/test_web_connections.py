"""Connections that ask for nothing, or for too much: the desk stays open to everybody else."""

from __future__ import annotations

import contextlib
import select
import socket
import threading

import pytest
import uvicorn
from patience import PATIENCE, until
from web_desk import WebDesk

from pipeline.desk.connections import is_loopback, patient
from pipeline.errors import SettingsFault
from pipeline.work.settings import WebSettings

_HEAD = b"POST /kotak-masuk HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n"


@contextlib.contextmanager
def _served(app, settings, *, pause=0.3, of_one=150):
    """The port of a desk whose patience is short."""
    protocol = type("Hurried", (patient(settings),), {"pause": pause, "of_one": of_one})
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, http=protocol, lifespan="off"))
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(PATIENCE)


@pytest.fixture
def desk(tmp_path):
    return WebDesk(tmp_path / "kantor")


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
            return line.recv(12) == b"HTTP/1.1 200"
        except ConnectionResetError:
            return False


@pytest.mark.parametrize("said", [b"", b"GET /masuk HTTP/1.1\r\nHost: 127.0.0.1\r\n"])
def test_who_says_nothing_more_is_waited_for_a_while_and_no_longer(desk, said):
    with _served(desk.app, WebSettings()) as port, _connected(port, said) as line:
        assert _is_ended(line)
        assert _is_answered(port)


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
    with _served(_slow_taker, WebSettings(), pause=1) as port:
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


def test_one_address_has_so_many_connections_and_no_more(desk):
    with _served(desk.app, WebSettings(), pause=60, of_one=5) as port:
        lines = [_connected(port) for _ in range(5)]
        crowded = _is_answered(port)
        lines.pop().close()
        with contextlib.ExitStack() as stack:
            for line in lines:
                stack.enter_context(line)
            assert not crowded
            until(lambda: _is_answered(port))  # as soon as the end of the other is known

    with _served(desk.app, WebSettings(proxies=("127.0.0.0/8",)), pause=60, of_one=5) as port:
        lines = [_connected(port) for _ in range(9)]
        assert _is_answered(port)
        for line in lines:
            line.close()


def test_on_a_network_behind_a_proxy_only_its_connections_are_taken():
    settings = WebSettings(host="0.0.0.0", proxy_speaks_tls=True, proxies=("10.0.0.2", "fd00::/8"))
    takes = patient(settings)._welcome
    line = object.__new__(patient(settings))
    line.connections = set()

    welcome = {
        peer: takes(line, peer)
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
        patient(WebSettings(proxies=("proksi.kantor.example",)))


@pytest.mark.parametrize(
    ("host", "here"),
    [("127.0.0.9", True), ("::ffff:127.0.0.1", True), ("::1", True), ("10.0.0.1", False), ("x", False)],
)
def test_what_is_this_machine_itself(host, here):
    assert is_loopback(host) is here
