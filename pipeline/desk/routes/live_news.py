"""*Peristiwa*: the live news of the desk, for pages that bring themselves up to date."""

from __future__ import annotations

from starlette.responses import Response, StreamingResponse

from pipeline.access.rights import Right
from pipeline.desk.routing import Pages
from pipeline.desk.visit import Visit

pages = Pages()


@pages.get("/peristiwa", Right.SIGNED_IN)
def events(visit: Visit) -> Response:
    """Stream what changes."""
    hub = visit.desk.hub
    hub.admit(visit.who)
    news = hub.stream(visit.who, visit.request.headers.get("last-event-id", ""))
    return StreamingResponse(news, media_type="text/event-stream", headers={"x-accel-buffering": "no"})
