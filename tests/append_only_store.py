"""A restic repository behind HTTP that takes files and gives them, and lets nothing go but locks.

restic's REST protocol (https://restic.readthedocs.io/en/stable/100_references.html#rest-backend), as much of it as
restic asks for; ``append_only=False`` serves one that lets everything go.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

_LISTED = "application/vnd.x.restic.rest.v2"


@contextmanager
def append_only_store(*, append_only: bool = True) -> Iterator[str]:
    """Serve a repository; gives its place as restic names it."""
    files: dict[str, bytes] = {}

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            pass

        def answer(self, code: int, body: bytes = b"", kind: str = "application/octet-stream") -> None:
            self.send_response(code)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        @property
        def name(self) -> str:
            return urlsplit(self.path).path

        def do_HEAD(self) -> None:
            self.answer(200, files[self.name]) if self.name in files else self.answer(404)

        def do_GET(self) -> None:
            if self.name.endswith("/"):
                found = [
                    {"name": name.rpartition("/")[2], "size": len(data)}
                    for name, data in files.items()
                    if name.startswith(self.name)
                ]
                return self.answer(200, json.dumps(found).encode(), _LISTED)
            if self.name not in files:
                return self.answer(404)
            data = files[self.name]
            if wanted := self.headers.get("Range"):
                first, _, last = wanted.removeprefix("bytes=").partition("-")
                return self.answer(206, data[int(first) : int(last) + 1 if last else None])
            return self.answer(200, data)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if urlsplit(self.path).query == "create=true":
                return self.answer(200)
            if self.name in files:
                return self.answer(403)
            files[self.name] = body
            return self.answer(200)

        def do_DELETE(self) -> None:
            if append_only and not self.name.startswith("/locks/"):
                return self.answer(403)
            return self.answer(200 if files.pop(self.name, None) is not None else 404)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"rest:http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
