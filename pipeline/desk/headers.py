"""What goes around every answer: security headers, the check of the Host header."""

from __future__ import annotations

from collections.abc import Collection

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pipeline.work.settings import WebSettings

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
            await send(message)

        if not self._knows(scope):
            refusal = PlainTextResponse("Nama komputer ini tidak dikenal; isi [web] nama di office.toml.\n", 421)
            await refusal(scope, receive, sending)
            return
        await self._app(scope, receive, sending)

    def _knows(self, scope: Scope) -> bool:
        given = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
        return len(given) == 1 and _name(given[0]) in self._hosts


def hosts(settings: WebSettings) -> Collection[str]:
    """Return the names by which browsers may call this desk, in small letters."""
    own = f"[{settings.host}]" if ":" in settings.host else settings.host
    return frozenset(name.lower() for name in (*_LOCAL, own, *settings.names))


def _name(host: str) -> str:
    name, colon, port = host.rpartition(":")
    return (name if colon and port.isdecimal() else host).lower()
