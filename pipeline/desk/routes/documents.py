"""Documents of a case: their pages as pictures, drawn anew, and the files themselves as downloads."""

from __future__ import annotations

from starlette.responses import Response

from pipeline.access.rights import Right
from pipeline.archive.documents import Shelved, shelved
from pipeline.desk.case_file import open_file
from pipeline.desk.downloads import file_response
from pipeline.desk.routing import Pages
from pipeline.desk.visit import Visit
from pipeline.errors import NotAllowed, NotFound

pages = Pages()
_USUAL = 900


@pages.get("/kasus/{year}/{serial}/naskah/{name}/halaman/{page}", Right.READ_CASES)
def page(visit: Visit) -> Response:
    """Show a page (from 1) of a document, about ``?lebar=`` pixels wide; ``X-Halaman`` says of how many."""
    found, number = _document(visit), str(visit.request.path_params["page"])
    if not (number.isdecimal() and len(number) < 6):
        raise NotFound("Halaman itu tidak ada.", "Halaman dihitung dari 1.")
    width = visit.asked("lebar")
    wide = int(width) if width.isdecimal() and len(width) < 6 else _USUAL
    picture = visit.desk.previews.page(found.blob, int(number), wide)
    return Response(picture.webp, media_type="image/webp", headers={"x-halaman": str(picture.pages)})


@pages.get("/kasus/{year}/{serial}/naskah/{name}", Right.READ_CASES)
def download(visit: Visit) -> Response:
    """Give a document as a download: what the office made to all who read cases, what came from outside to fewer."""
    found = _document(visit)
    if not (found.ours or visit.who.may(Right.ORIGINALS)):
        raise NotAllowed("Berkas asli tidak dapat diunduh oleh peran Anda.", "Lihat halamannya di halaman perkara.")
    return file_response(found.blob, found.media)


def _document(visit: Visit) -> Shelved:
    return shelved(visit.desk.root.cabinet, open_file(visit).case, visit.request.path_params["name"])
