"""An object store that is not to be trusted: it acknowledges and loses, changes, refuses, stands still when told to.

It ignores ``If-None-Match`` always, as some real ones do. What it speaks of S3 is what the program uses.
"""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from pipeline.archive.store.objects import StorePlace

_BUCKET = "yankomas"


class CarelessStore:
    """Files by their key, and what is wrong with the store at present."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.puts: list[str] = []
        #: Which files it acknowledges and does not keep.
        self.loses: Callable[[str], bool] = lambda _key: False
        #: What it keeps of the bytes that it was given.
        self.keeps: Callable[[bytes], bytes] = lambda data: data
        #: The HTTP status with which it refuses whatever it is asked (0: it does not).
        self.refuses = 0
        #: How often it was asked while it stood still or refused.
        self.failed = 0
        #: How often it was asked for a file that it does not have.
        self.missed = 0
        #: How many bytes it has given.
        self.given = 0
        #: Old versions of what was deleted, if it keeps them: all are called "v1".
        self.versions: dict[str, bytes] | None = None
        self.moves = threading.Event()
        self.moves.set()

    def put(self, key: str, data: bytes) -> None:
        self.puts.append(key)
        if not self.loses(key):
            self.files[key] = self.keeps(data)


class _Asked(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    store: CarelessStore

    def _key(self) -> str:
        return self.path.partition("?")[0].split("/", 2)[2]

    def _file(self) -> bytes | None:
        """What is asked for, of the version that is asked for."""
        if self.store.versions is not None and "versionId=v1" in self.path:
            return self.store.versions.get(self._key())
        return self.store.files.get(self._key())

    def _answer(self, status: int, data: bytes = b"", tag: bytes | None = None, part: str = "") -> None:
        """Answer with these bytes, or with what is said of the ``tag`` bytes and none of them."""
        shown = data if tag is None else tag
        self.send_response(status)
        if part:
            self.send_header("Content-Range", part)
        if self.store.versions is not None:
            self.send_header("x-amz-version-id", "v1")
        self.store.given += len(data)
        self.send_header("Content-Length", str(len(shown)))
        self.send_header("ETag", f'"{hashlib.md5(shown).hexdigest()}"')
        self.send_header("Last-Modified", formatdate(0, usegmt=True))
        self.end_headers()
        self.wfile.write(data)

    def _in_order(self) -> bool:
        self.store.failed += not self.store.moves.is_set() or bool(self.store.refuses)
        self.store.moves.wait()
        if self.store.refuses:
            self._answer(self.store.refuses, b"<Error><Code>Refused</Code></Error>")
        return not self.store.refuses

    def do_PUT(self) -> None:
        data = self.rfile.read(int(self.headers["Content-Length"]))
        if self._in_order():
            self.store.put(self._key(), data)
            self._answer(200)

    def do_GET(self) -> None:
        if self._in_order():
            data = self._file()
            if data is None:
                self.store.missed += 1
                self._answer(404, b"<Error><Code>NoSuchKey</Code></Error>")
            elif asked := self.headers["Range"]:
                last = int(asked.removeprefix("bytes=0-"))
                self._answer(206, data[: last + 1], part=f"bytes 0-{last}/{len(data)}")
            else:
                self._answer(200, data)

    def do_HEAD(self) -> None:
        if self._in_order():
            data = self._file()
            self._answer(404) if data is None else self._answer(200, tag=data)

    def do_POST(self) -> None:
        """Delete the files that are named (several at once: the only deletion that obstore asks for)."""
        keys = re.findall(r"<Key>(.*?)</Key>", self.rfile.read(int(self.headers["Content-Length"])).decode())
        if self._in_order():
            for key in keys:
                data = self.store.files.pop(key, None)
                if self.store.versions is not None and data is not None:
                    self.store.versions[key] = data
            done = "".join(f"<Deleted><Key>{key}</Key></Deleted>" for key in keys)
            self._answer(200, f"<DeleteResult>{done}</DeleteResult>".encode())

    def log_message(self, *_said: object) -> None:
        pass


@contextmanager
def careless_store(host: str = "127.0.0.1") -> Iterator[tuple[CarelessStore, StorePlace]]:
    """Run such a store while the context lasts, reached at this address; give it, and where it is."""
    store = CarelessStore()
    server = ThreadingHTTPServer((host, 0), type("_AskedHere", (_Asked,), {"store": store}))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield store, StorePlace(f"http://127.0.0.1:{server.server_port}", _BUCKET, "kunci", "rahasia")
    finally:
        store.moves.set()
        server.shutdown()
        server.server_close()
