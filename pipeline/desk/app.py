"""The app: every page family's routes behind the gate, the headers around them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Mount
from starlette.types import Receive, Scope, Send

from pipeline.access.store.people import People
from pipeline.cases.ports import Clock
from pipeline.desk import api
from pipeline.desk.desk import Desk
from pipeline.desk.headers import Surround
from pipeline.desk.routes import FAMILIES
from pipeline.wiring import Root


def create_app(root: Root, *, people: People | None = None, clock: Clock | None = None) -> Starlette:
    """Return the web desk of a root as an ASGI app; its ``state.desk`` is the desk."""
    desk = Desk(root, people=people or root.people, clock=clock or root.clock)
    routes = [route for family in FAMILIES for route in family.pages.routes]
    desk.paths = frozenset(route.path for route in routes if "GET" in (route.methods or ()))

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        for place in ("inbox", "state"):
            root.uploads(place).sweep()
        yield
        desk.close()

    app = Starlette(
        routes=[Mount("/api", app=api.build(desk)), *routes],
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
