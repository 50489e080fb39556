"""The program as an office runs it, ``yankomas run``, with its desk on a free port; and what is measured of it."""

from __future__ import annotations

import hashlib
import json
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from free_ports import free_port
from patience import PATIENCE, until
from processes import family, kernel_tells

from pipeline.wiring import Root

YANKOMAS = str(Path(sys.executable).with_name("yankomas"))
_PSS = re.compile(r"^Pss:\s+(\d+) kB", re.MULTILINE)
_TOKEN = re.compile(r'name="csrf" value="([^"]+)"')


@dataclass(frozen=True, slots=True)
class RunningOffice:
    """An office whose program runs: the address of its desk, the process that was started."""

    root: Root
    address: str
    process: subprocess.Popen[bytes]

    def memory(self) -> int:
        """Return the bytes of memory that the program and all it started have together, shared ones in parts."""
        return sum(map(_pss, family(self.process.pid)))

    def come_in(self, login: str, password: str) -> httpx.Client:
        """Return a browser in which an account has come in."""
        browser = httpx.Client(base_url=self.address, timeout=PATIENCE)
        found = _TOKEN.search(browser.get("/masuk").text)
        assert found
        answer = browser.post("/masuk", data={"login": login, "sandi": password, "csrf": found[1]})
        assert answer.status_code == 303
        return browser


@contextmanager
def running_office(root: Root) -> Iterator[RunningOffice]:
    """Run the program as an office does, until the context ends."""
    port = free_port()
    program = [YANKOMAS, "--root", str(root.layout.root), "run", "--port", str(port)]
    process = subprocess.Popen(program, stdout=subprocess.DEVNULL)

    def answers() -> bool:
        with socket.socket() as door:
            return door.connect_ex(("127.0.0.1", port)) == 0

    try:
        until(answers)
        yield RunningOffice(root, f"http://127.0.0.1:{port}", process)
    finally:
        process.terminate()
        process.wait(PATIENCE)


@dataclass(slots=True)
class Sampler:
    """Measures something again and again in a thread of its own while the context lasts."""

    measure: Callable[[], float]
    pause: float
    values: list[float] = field(default_factory=list)
    _over: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def __enter__(self) -> Sampler:
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        assert self._thread
        self._thread.join()

    def _run(self) -> None:
        while not self._over.wait(self.pause):
            self.values.append(self.measure())


def seconds(work: Callable[[], object]) -> float:
    """Return how long something takes, by the clock on the wall."""
    begun = time.monotonic()
    work()
    return time.monotonic() - begun


def began_with(journal: bytes) -> str:
    """Return the hash of the file that a case began with, by its journal."""
    data = json.loads(journal.partition(b"\n")[0])["data"]
    return (data.get("source") or data["documents"][0])["sha256"]


def sha256(path: Path) -> str:
    """Return a file's hash."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _pss(pid: int) -> int:
    found = _PSS.search(kernel_tells(pid, "smaps_rollup"))
    return int(found[1]) * 1024 if found else 0
