"""Downloads: answers that a browser keeps as a file, whole, in pieces, or as it lies in a case."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from typing import Any

from starlette.responses import FileResponse, Response, StreamingResponse
from starlette.types import Message, Receive, Scope, Send

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
    return _KeptFile(held, path, media_type=media, filename=blob.name, headers={"etag": f'"{blob.sha256}"'})


class _KeptFile(FileResponse):
    """A file that is the same wherever its office keeps it: it goes by its hash, not by when it came to this disk."""

    def __init__(self, held: ExitStack, path: Path, **told: Any) -> None:
        super().__init__(path, **told)
        self._held = held

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the answer, and hold the file no longer, however that ended (a range that it does not have, a fault)."""

        async def send_without_moment(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [(name, said) for name, said in message["headers"] if name != b"last-modified"]
            await send(message)

        try:
            await super().__call__(scope, receive, send_without_moment)
        finally:
            self._held.close()
