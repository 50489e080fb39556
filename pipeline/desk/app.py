"""The app: every page family's routes behind the gate, the headers around them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pipeline.access.ports import People
from pipeline.desk import api
from pipeline.desk.desk import Desk
from pipeline.desk.routes import ROUTES
from pipeline.office.ports import Clock
from pipeline.wiring import Root
from pipeline.work.settings import WebSettings


def create_app(root: Root, *, people: People | None = None, clock: Clock | None = None) -> Starlette:
    """Return the web desk of a root as an ASGI app; its ``state.desk`` is the desk."""
    root.require_office_keys()
    desk = Desk(root, people=people or root.people, clock=clock or root.clock)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        for place in ("inbox", "state"):
            root.uploads(place).sweep()
        desk.sweep_drafts()
        yield
        desk.close()

    app = Starlette(
        routes=[Mount("/api", app=api.build(desk)), *ROUTES],
        middleware=[Middleware(Surround, settings=root.settings.web)],
        lifespan=lifespan,
    )
    app.state.desk = desk
    app.router.default = _nowhere
    return app


async def _nowhere(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer for addresses that no pattern can match (with a line end in them), as all others are answered."""
    if scope["path"].startswith("/api/"):
        await api.nowhere(scope, receive, send)
        return
    await PlainTextResponse("Halaman itu tidak ada.\n", 404)(scope, receive, send)


_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
_HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
_HSTS = "max-age=31536000"
_SLICE = 1 << 16  # bytes: what uvicorn holds for a connection before it waits
_LOCAL = ("localhost", "127.0.0.1", "[::1]")


class Surround:
    """Answers only to our own names (DNS rebinding), and puts the headers on every answer."""

    def __init__(self, app: ASGIApp, settings: WebSettings) -> None:
        self._app, self._tls, self._hosts = app, settings.tls, hosts(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("cache-control", "no-store")
                if self._tls:
                    headers["strict-transport-security"] = _HSTS
            await in_slices(message, send)

        if not self._knows(scope):
            refusal = PlainTextResponse("Nama komputer ini tidak dikenal; isi [web] nama di office.toml.\n", 421)
            await refusal(scope, receive, sending)
            return
        await self._app(scope, receive, sending)

    def _knows(self, scope: Scope) -> bool:
        return name_called(scope) in self._hosts


def name_called(scope: Scope) -> str:
    """Return the host name by which a browser calls, in small letters without a port; empty if it names none or two."""
    given: list[str] = [value.decode("latin-1").lower() for name, value in scope["headers"] if name == b"host"]
    if len(given) != 1:
        return ""
    name, colon, port = given[0].rpartition(":")
    return name if colon and port.isdecimal() else given[0]


async def in_slices(message: Message, send: Send) -> None:
    """Send a large answer slice by slice, each when the one before was taken: it does not wait in memory, unbounded."""
    body, more = message.get("body", b""), message.get("more_body", False)
    if len(body) <= _SLICE:
        await send(message)
        return
    for start in range(0, len(body), _SLICE):
        last = start + _SLICE >= len(body)
        await send({**message, "body": body[start : start + _SLICE], "more_body": more or not last})


def hosts(settings: WebSettings) -> Collection[str]:
    """Return the names by which browsers may call this desk, in small letters."""
    own = f"[{settings.host}]" if ":" in settings.host else settings.host
    return frozenset(name.lower() for name in (*_LOCAL, own, *settings.names))
