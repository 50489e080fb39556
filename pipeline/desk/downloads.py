"""Downloads: answers that a browser keeps as a file, whole, in pieces, or as it lies in a case."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import ExitStack
from itertools import chain

from starlette.background import BackgroundTask
from starlette.responses import FileResponse, Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from pipeline.cases.ports import Blob
from pipeline.desk.lanes import Place


class PiecesResponse(StreamingResponse):
    """An answer in pieces, each made in its turn in the lane of its page."""

    def __init__(self, pieces: Iterator[bytes], media: str, headers: Mapping[str, str]) -> None:
        super().__init__((), media_type=media, headers=headers)
        self._pieces = pieces

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the answer."""
        self.body_iterator = _in_turn(self._pieces, scope["state"]["place"])
        await super().__call__(scope, receive, send)


async def _in_turn(pieces: Iterator[bytes], place: Place) -> AsyncIterator[bytes]:
    while (piece := await place.run(next, pieces, None)) is not None:
        yield piece


def attachment(content: bytes | Iterator[bytes], name: str, media: str) -> Response:
    """Answer with a file that was made; what goes wrong at the beginning of its pieces does so before the answer."""
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    if isinstance(content, bytes):
        return Response(content, media_type=media, headers=headers)
    return PiecesResponse(chain([next(content, b"")], content), media, headers)


def file_response(blob: Blob, media: str) -> FileResponse:
    """Return the file as a download under its own name; it is held on this machine until the last byte is sent."""
    held = ExitStack()
    path = held.enter_context(blob.local())
    return FileResponse(path, media_type=media, filename=blob.name, background=BackgroundTask(held.close))
