"""Whatever no page answers to: strangers are sent to the login page all the same, so nobody learns what exists."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Match

from pipeline.access.rights import Right
from pipeline.desk.routing import Pages
from pipeline.desk.visit import Visit

pages = Pages()


def unknown(visit: Visit) -> Response:
    """Answer 405 where a page exists that works another way, else 404."""
    routes = visit.request.app.routes
    partial = any(route.matches(visit.request.scope)[0] is Match.PARTIAL for route in routes)
    raise HTTPException(405 if partial else 404)


pages.get("/{path:path}", Right.SIGNED_IN)(unknown)
