"""Forms with files that browsers send: files are written as they come, never whole in memory.

The form's token must stand before the first
file, so that nothing of a form that is not ours is ever written.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from pipeline.errors import Passing
from pipeline.intake.inbox_files import UNFINISHED
from pipeline.intake.ports import FileWriting, SentFile, Uploads

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

_GATHERED = 1 << 18  # bytes that are written at once; as many wait in memory for each file that is being sent
_FIELD_LIMIT = 1 << 20  # bytes of all plain fields together
_MOST_PARTS, _MOST_FILES = 2000, 500
#: Signs that drive terminals, part lines, or turn the writing round so that a name reads as another.
_UNFIT = re.compile(r"[\x00-\x1f\x7f-\x9f/\\\u2028-\u202e\u2066-\u2069]")


@dataclass(slots=True)
class Sent:
    """What a form with files has sent so far."""

    store: Uploads
    limit: int
    token_right: Callable[[str], bool]
    fields: list[tuple[str, str | UploadFile]] = field(default_factory=list)
    files: list[SentFile] = field(default_factory=list)
    _head: bytearray = field(default_factory=bytearray)
    _value: bytearray = field(default_factory=bytearray)
    _headers: dict[str, bytes] = field(default_factory=dict)
    _name: str = ""
    _file: FileWriting | None = None
    _plain: int = 0
    _parts: int = 0
    _complete: bool = False

    def callbacks(self) -> MultipartCallbacks:
        """Return what the parser calls."""
        return {
            "on_part_begin": self._headers.clear,
            "on_header_begin": self._begin_header,
            "on_header_field": lambda data, start, end: self._head.extend(data[start:end]),
            "on_header_value": lambda data, start, end: self._value.extend(data[start:end]),
            "on_header_end": self._end_header,
            "on_headers_finished": self._begin_part,
            "on_part_data": self._take,
            "on_part_end": self._end_part,
            "on_end": self._end,
        }

    def check(self) -> None:
        """Make sure that the form came to its end, and from a page of ours.

        Raises:
            HTTPException: 400, 419.
        """
        if not self._complete:
            raise HTTPException(400)
        self._check_token()

    def discard(self) -> None:
        """Remove whatever was not put in place."""
        if self._file is not None:
            self._file.discard()
        for upload in self.files:
            upload.discard()

    def _begin_header(self) -> None:
        self._head.clear()
        self._value.clear()

    def _end_header(self) -> None:
        self._headers[self._head.decode("latin-1").lower()] = bytes(self._value)

    def _begin_part(self) -> None:
        _, options = parse_options_header(self._headers.get("content-disposition", b""))
        self._name = options.get(b"name", b"").decode("utf-8", "replace")
        self._value.clear()
        self._parts += 1
        if self._parts > _MOST_PARTS:
            raise HTTPException(413)
        if b"filename" not in options:
            return
        self._check_token()
        if name := plain_name(options[b"filename"].decode("utf-8", "replace")):
            if len(self.files) >= _MOST_FILES:
                raise HTTPException(413)
            self._file = self.store.begin(name)

    def _check_token(self) -> None:
        if not self.token_right(next((str(value) for name, value in self.fields if name == "csrf"), "")):
            raise HTTPException(419)

    def _end(self) -> None:
        self._complete = True

    def _take(self, data: bytes, start: int, end: int) -> None:
        if self._file is not None:
            self._file.write(memoryview(data)[start:end])
            if self._file.size > self.limit:
                raise HTTPException(413)
            return
        self._plain += end - start
        if self._plain > _FIELD_LIMIT:
            raise HTTPException(413)
        self._value.extend(data[start:end])

    def _end_part(self) -> None:
        if self._file is None:
            self.fields.append((self._name, self._value.decode("utf-8", "replace")))
            return
        self.files.append(self._file.finished(self._name))
        self._file = None


async def receive(request: Request, store: Uploads, limit: int, token_right: Callable[[str], bool]) -> Sent:
    """Take a form with files; each may have so many bytes. The caller discards what was sent once it is done with it.

    Raises:
        HTTPException: 400 for what is no such form, 413 for too much, 419 without the form's token.
    """
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    if kind != b"multipart/form-data" or not options.get(b"boundary"):
        raise HTTPException(400)
    await run_in_threadpool(store.prepare)
    sent = Sent(store, limit, token_right)
    parser = MultipartParser(options[b"boundary"], sent.callbacks())
    gathered = bytearray()
    try:
        async for chunk in request.stream():
            gathered += chunk
            if len(gathered) >= _GATHERED:
                await run_in_threadpool(parser.write, bytes(gathered))
                gathered.clear()
        await run_in_threadpool(parser.write, bytes(gathered))
        sent.check()
    except MultipartParseError:
        await run_in_threadpool(sent.discard)
        raise HTTPException(400) from None
    except Passing as fault:
        await run_in_threadpool(sent.discard)
        raise Passing(fault.message, "Kirim lagi nanti; bila berulang, beri tahu admin.") from fault
    except BaseException:
        await run_in_threadpool(sent.discard)
        raise
    return sent


def plain_name(name: str) -> str:
    """Return the file's name without folders (some browsers send them) and signs that mislead.

    What marks a file that the inbox leaves alone as unfinished goes too: it was sent whole.
    """
    plain = _UNFIT.sub("", re.split(r"[/\\]", name)[-1]).strip().lstrip(".~$")
    while plain.lower().endswith(UNFINISHED):
        plain = plain.rpartition(".")[0].strip()
    return plain
