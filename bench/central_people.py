"""Two hundred people at the desks of many offices, served by one process as it is shipped (``yankomas pusat meja``).

Each comes from an address of their own, keeps a connection and a stream of live news open as a browser does, looks at a
page for a while and asks for the next; who is of the team corrects a case now and then. They run in a process of their
own, so that what they cost is none of the desk's.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import re
import statistics
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urlencode

from kept_centre import LAST, YEARS, FilledCentre, name_of, people_of, tell
from office import YANKOMAS, _processor, _pss, descendants
from trial_servers import free_port

#: What people open, and how often among a hundred pages; {n} is a number of a case of this year.
_MIX: Sequence[tuple[str, int]] = (
    ("/", 24),
    ("/kasus/{year}/{n:04d}", 28),
    ("/register", 10),
    ("/surat", 9),
    ("/arsip?q={words}", 9),
    ("/arsip", 3),
    ("/verifikasi", 5),
    ("/kotak-masuk", 4),
    ("/kasus/{year}/{n:04d}/gerak/koreksi", 4),
    ("/ekspedisi?tahun={year}", 2),
    ("/ringkasan", 2),
)
WORDS = ("tanah", "siti upah", "ijazah ditahan", "puskesmas kaur", "budi", "penggusuran seluma", "dinas x", "upha")
_TEAM = "tim-yankomas"
_MOVES = 0.04  # part of the team's pages after which they correct a case
_PATIENCE = 60.0
_TOKEN = re.compile(r'name="csrf" value="([^"]+)"')
_NUMBERS = re.compile(r"\d+|=[^&]+")
Results = dict[str, float]


@dataclass(slots=True)
class Heard:
    """What came of the requests: seconds of each, by kind; what went wrong; the moves that were made."""

    spent: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    wrong: Counter[str] = field(default_factory=Counter)
    moves: int = 0
    asked: int = 0


class Person:
    """Somebody at the desk of an office, with a connection and a stream of news."""

    def __init__(self, port: int, office: str, role: str, key: str, n: int, cases: int) -> None:
        self._port, self._office, self._role, self._key = port, office, role, key
        self._from, self._cases = f"127.1.{n // 200 + 1}.{n % 200 + 1}", cases
        self._chance = random.Random(n)
        self._mix = dict(_MIX)  # without what turns out not to be theirs
        self._line: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def work(self, heard: Heard, thought: float, until: float, warm: float) -> None:
        """Look at pages until a moment (``time.monotonic``); what is answered before ``warm`` is not counted."""
        news = asyncio.create_task(self._listen())
        await asyncio.sleep(self._chance.uniform(0, thought * 2))
        while time.monotonic() < until:
            path = self._chance.choices([*self._mix], [*self._mix.values()])[0]
            if await self._timed(heard, warm, "GET", self._asked(path)) is None:
                del self._mix[path]
            if self._role == _TEAM and self._chance.random() < _MOVES:
                await self._correct(heard, warm)
            await asyncio.sleep(max(0.0, min(self._chance.expovariate(1 / thought), until - time.monotonic())))
        news.cancel()
        with suppress(asyncio.CancelledError, OSError):
            await news
        if self._line:
            self._line[1].close()

    def _asked(self, path: str) -> str:
        words = self._chance.choice(WORDS).replace(" ", "+")
        return path.format(year=LAST, n=self._chance.randint(1, self._cases), words=words)

    async def _correct(self, heard: Heard, warm: float) -> None:
        running = self._chance.randint(1, max(1, self._cases // 50)) * 50
        path = f"/kasus/{LAST}/{running:04d}/gerak/koreksi"
        page = await self._timed(heard, warm, "GET", path)
        if token := _TOKEN.search(page or ""):
            data = {"csrf": token[1], "i.alasan": "uji beban", "i.boks": str(self._chance.randint(1, 99))}
            before = sum(heard.wrong.values())
            await self._timed(heard, warm, "POST", path, urlencode(data))
            heard.moves += sum(heard.wrong.values()) == before

    async def _timed(self, heard: Heard, warm: float, method: str, path: str, body: str = "") -> str | None:
        """Return the page; None for one that is not theirs."""
        begun, kind = time.monotonic(), f"{method} {_NUMBERS.sub('N', path)}"
        try:
            status, text = await asyncio.wait_for(self._request(method, path, body), _PATIENCE)
        except (OSError, TimeoutError, asyncio.IncompleteReadError, ValueError) as fault:
            status, text, self._line = 0, "", None
            heard.wrong[f"{type(fault).__name__} {kind}"] += 1
        heard.asked += 1
        if status == 403:
            return None
        if status >= 400:
            heard.wrong[f"{status} {kind}"] += 1
        if begun >= warm and status:
            heard.spent[kind].append(time.monotonic() - begun)
        return text

    async def _request(self, method: str, path: str, body: str) -> tuple[int, str]:
        """Ask on the line there is; if the server has closed it meanwhile, on a new one, as browsers do."""
        if self._line is not None and not self._line[0].at_eof():
            with suppress(ConnectionError, asyncio.IncompleteReadError):
                return await self._asked_on(self._line, method, path, body)
        self._line = await asyncio.open_connection("127.0.0.1", self._port, local_addr=(self._from, 0))
        return await self._asked_on(self._line, method, path, body)

    async def _asked_on(
        self, line: tuple[asyncio.StreamReader, asyncio.StreamWriter], method: str, path: str, body: str
    ) -> tuple[int, str]:
        reader, writer = line
        head = f"{method} {path} HTTP/1.1\r\nHost: {self._office}:{self._port}\r\nCookie: yankomas={self._key}\r\n"
        if body:
            head += f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
        writer.write(f"{head}\r\n{body}".encode())
        status, headers = await _head(reader)
        content = await _content(reader, headers)
        if headers.get("connection") == "close":
            writer.close()
            self._line = None
        return status, content.decode(errors="replace")

    async def _listen(self) -> None:
        """Hold a stream of live news, as an open page does."""
        while True:
            with suppress(OSError):
                reader, writer = await asyncio.open_connection("127.0.0.1", self._port, local_addr=(self._from, 0))
                lines = (
                    "GET /peristiwa HTTP/1.1",
                    f"Host: {self._office}:{self._port}",
                    f"Cookie: yankomas={self._key}",
                )
                writer.write(("\r\n".join(lines) + "\r\n\r\n").encode())
                while await reader.read(1 << 16):
                    pass
            await asyncio.sleep(3)


async def _head(reader: asyncio.StreamReader) -> tuple[int, Mapping[str, str]]:
    first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers = (line.partition(": ") for line in lines if line)
    return int(first.split()[1]), {name.lower(): value for name, _, value in headers}


async def _content(reader: asyncio.StreamReader, headers: Mapping[str, str]) -> bytes:
    if "content-length" in headers:
        return await reader.readexactly(int(headers["content-length"]))
    found = b""
    while size := int((await reader.readuntil(b"\r\n")).strip() or b"0", 16):
        found += (await reader.readexactly(size + 2))[:-2]
    await reader.readexactly(2)
    return found


def people(centre: FilledCentre, count: int, thoughts: Sequence[float], seconds: float, cases: int) -> Results:
    """Return how one process answers so many people of all offices, for each mean time that they look at a page.

    ``cases``: of each office. The first third of each run is not counted: the process is still cold.
    """
    each = [count // len(centre.folders) + (n < count % len(centre.folders)) for n in range(len(centre.folders))]
    crowd = [
        [name_of(folder), role, key]
        for folder, some in zip(centre.folders, each, strict=True)
        for key, role in people_of(folder, some).items()
    ]
    port, results = free_port(), Results()
    busy = [folder for folder, some in zip(centre.folders, each, strict=True) if some]
    command = [YANKOMAS, "pusat", "meja", *map(str, busy), "--host", "127.0.0.1", "--port", str(port)]
    with open(centre.folders[0].parent / "meja.log", "wb") as log:
        begun = time.perf_counter()
        desk = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            _until_answers(port, name_of(busy[-1]))
            results["people_desk_starts_s"] = time.perf_counter() - begun
            tell(f"the desk of {len(busy)} offices answers after {results['people_desk_starts_s']:.1f} s")
            for thought in thoughts:
                results |= _run(desk.pid, crowd, port, thought, seconds, cases)
        finally:
            desk.terminate()
            desk.wait(120)
    return results


def _run(desk: int, crowd: object, port: int, thought: float, seconds: float, cases: int) -> Results:
    told = {"crowd": crowd, "port": port, "thought": thought, "seconds": seconds, "cases": cases // YEARS}
    before, begun = sum(_processor(pid) for pid in descendants(desk)), time.perf_counter()
    done = subprocess.run(
        [sys.executable, __file__],
        input=json.dumps(told),
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    worked = sum(_processor(pid) for pid in descendants(desk)) - before
    heard, name = json.loads(done.stdout), f"people_{thought:g}s"
    spent = [second for some in heard["spent"].values() for second in some]
    for kind, some in sorted(heard["spent"].items(), key=lambda one: -statistics.median(one[1])):
        p95 = statistics.quantiles(some, n=20)[-1] if len(some) > 1 else some[0]
        tell(f"  {kind:<36} {len(some):5} times, median {statistics.median(some) * 1e3:6.0f}, p95 {p95 * 1e3:6.0f} ms")
    for wrong, times in heard["wrong"].items():
        tell(f"  {times} times {wrong}")
    return {
        f"{name}_a_second": heard["asked"] / (time.perf_counter() - begun),
        f"{name}_median_s": statistics.median(spent),
        f"{name}_p95_s": statistics.quantiles(spent, n=20)[-1],
        f"{name}_moves": float(heard["moves"]),
        f"{name}_wrong": float(sum(heard["wrong"].values())),
        f"{name}_desk_processors": worked / (time.perf_counter() - begun),
        f"{name}_desk_mb": sum(map(_pss, descendants(desk))) / 1e6,
        f"{name}_desk_cpu_s_a_page": worked / max(1, heard["asked"]),
    }


def _until_answers(port: int, name: str) -> None:
    import http.client

    end = time.monotonic() + 300
    while time.monotonic() < end:
        with suppress(OSError):
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            line.request("GET", "/masuk", headers={"Host": f"{name}:{port}"})
            if line.getresponse().status == 200:
                return
        time.sleep(0.2)
    raise RuntimeError("the desk does not answer")


async def _crowd(told: Mapping[str, object]) -> Heard:
    heard, seconds = Heard(), float(told["seconds"])  # type: ignore[arg-type]
    now = time.monotonic()
    persons = [
        Person(int(told["port"]), office, role, key, n, int(told["cases"]))  # type: ignore[call-overload]
        for n, (office, role, key) in enumerate(told["crowd"])  # type: ignore[arg-type]
    ]
    thought = float(told["thought"])  # type: ignore[arg-type]
    await asyncio.gather(*(one.work(heard, thought, now + seconds, now + seconds / 3) for one in persons))
    return heard


if __name__ == "__main__":
    heard = asyncio.run(_crowd(json.load(sys.stdin)))
    print(json.dumps({"spent": heard.spent, "wrong": heard.wrong, "moves": heard.moves, "asked": heard.asked}))
