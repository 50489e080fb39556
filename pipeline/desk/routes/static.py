"""Style sheet, script and pictures: the same for everybody, kept by browsers until they change."""

from __future__ import annotations

import gzip
import mimetypes

from starlette.responses import Response

from pipeline.access.rights import Right
from pipeline.desk.gate import Pages
from pipeline.desk.lanes import Lane
from pipeline.desk.rendering import STATIC_FILES
from pipeline.desk.visit import Visit
from pipeline.errors import NotFound

pages = Pages()
#: Packed once. Pages never are: their length would tell what stands beside a token in them (BREACH).
_PACKED = {name: gzip.compress(content, mtime=0) for name, content in STATIC_FILES.items()}
_FOR_GOOD = "public, max-age=31536000, immutable"


@pages.get("/statis/{name}", Right.ANYONE, Lane.QUICK)
def static_file(visit: Visit) -> Response:
    """Return a static file."""
    name = visit.request.path_params["name"]
    if name not in STATIC_FILES:
        raise NotFound("Halaman itu tidak ada.", "Periksa alamatnya.")
    packed = "gzip" in visit.request.headers.get("accept-encoding", "")
    headers = {
        "cache-control": _FOR_GOOD,
        "vary": "accept-encoding",
        **({"content-encoding": "gzip"} if packed else {}),
    }
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    content = _PACKED[name] if packed else STATIC_FILES[name]
    return Response(content, media_type=kind, headers=headers)
