"""A document of a case as an answer, its bytes given as they lie."""

from __future__ import annotations

from contextlib import ExitStack

from starlette.background import BackgroundTask
from starlette.responses import FileResponse

from pipeline.cases.ports import Blob


def file_response(blob: Blob, media: str) -> FileResponse:
    """Return the file as a download under its own name; it is held on this machine until the last byte is sent."""
    held = ExitStack()
    path = held.enter_context(blob.local())
    return FileResponse(path, media_type=media, filename=blob.name, background=BackgroundTask(held.close))
