"""Style sheet, script and pictures: the same for everybody, kept by browsers until they change."""

from __future__ import annotations

import mimetypes

from starlette.responses import Response

from pipeline.access.rights import Right
from pipeline.desk.gate import Pages
from pipeline.desk.lanes import Lane
from pipeline.desk.rendering import STATIC_FILES
from pipeline.desk.visit import Visit
from pipeline.errors import NotFound

pages = Pages()
_FOR_GOOD = "public, max-age=31536000, immutable"


@pages.get("/statis/{name}", Right.ANYONE, Lane.QUICK)
def static_file(visit: Visit) -> Response:
    """Return a static file."""
    name = visit.request.path_params["name"]
    if name not in STATIC_FILES:
        raise NotFound("Halaman itu tidak ada.", "Periksa alamatnya.")
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Response(STATIC_FILES[name], media_type=kind, headers={"cache-control": _FOR_GOOD})
