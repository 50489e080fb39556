"""Measures the web desk: ``python bench/desk.py`` (10,000 cases, 50 users, 100 letters).

First each page alone: seconds from request to answer inside this process, with so many cases in the archive. Then a
real ``yankomas run``: its users look at pages and make moves, with a pause for thought between two, while letters are
dropped and read. For comparison the same users load the smallest answer of the same server (a style sheet) while
nothing is read. Prints a table and writes ``bench/out/desk.json``; with ``--check`` it fails when a promise is broken.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

import httpx  # noqa: E402
from filled_archive import fill  # noqa: E402
from letters import make  # noqa: E402
from office import YANKOMAS, until  # noqa: E402
from starlette.testclient import TestClient  # noqa: E402

from pipeline.access.accounts import held  # noqa: E402
from pipeline.access.store.people import SqlitePeople  # noqa: E402
from pipeline.desk.app import create_app  # noqa: E402
from pipeline.wiring import Root  # noqa: E402
from pipeline.work.store.setup import lay_out_filled as lay_out  # noqa: E402

OUT = ROOT / "bench" / "out"
YEARS, LAST = 10, 2026
ROLES = ("tim-yankomas", "kakanwil", "kadiv", "kabid", "kasubbid", "arsiparis")
PAGES = {
    "meja saya": "/",
    "kotak masuk": "/kotak-masuk",
    "verifikasi": "/verifikasi",
    "buku register": "/register",
    "surat": "/surat",
    "surat, semua": "/surat?keadaan=semua",
    "buku ekspedisi": "/ekspedisi?tahun=2026",
    "arsip": "/arsip",
    "arsip, dicari": "/arsip?q=upah+siti",
    "perkara": "/kasus/2026/0100",
    "formulir koreksi": "/kasus/2026/0100/gerak/koreksi",
    "audiensi": "/audiensi",
    "ringkasan": "/ringkasan",
}
_THOUGHT = (1.0, 4.0)  # seconds that a person looks at a page
_MOVES = 0.08  # part of the visits that make a move
_TOKEN = re.compile(r'name="csrf" value="([^"]+)"')
Results = dict[str, float]
PROMISES: Sequence[tuple[str, str, Callable[[float], bool]]] = (
    ("page_slowest_s", "every page in under 100 ms of server time", lambda v: v < 0.1),
    ("load_p95_s", "p95 under 500 ms with everybody working", lambda v: v < 0.5),
    ("load_errors", "no error", lambda v: v == 0),
)


def main() -> int:
    """Measure, print, write; return 1 if ``--check`` finds a promise broken."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--letters", type=int, default=100)
    parser.add_argument("--check", action="store_true", help="fail if a promise is not kept")
    options = parser.parse_args()
    OUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=OUT) as name:
        folder = Path(name) / "kantor"
        keys = office(folder, options.cases, options.users)
        results = pages_alone(folder, keys[0])
        results |= everybody(folder, keys, make(Path(name) / "letters", range(options.letters)))
    (OUT / "desk.json").write_text(json.dumps(results, indent=2) + "\n")
    for key, value in results.items():
        print(f"{key:<28} {value:,.3f}")
    broken = [words for key, words, kept in PROMISES if not kept(results[key])]
    for words in broken if options.check else ():
        print(f"Not kept: {words}", file=sys.stderr)
    return 1 if options.check and broken else 0


def office(folder: Path, cases: int, users: int) -> list[str]:
    """Make an office with so many cases and users who have come in; return the keys of their sessions."""
    lay_out(folder)
    root = Root(folder)
    root.prepare()
    fill(root.layout, cases, YEARS, last=LAST)
    root.rebuild()
    root.book.rebuild()
    root.index.rebuild()
    people, keys = SqlitePeople(root.layout.people), []
    for n in range(users):
        now = root.clock.now()
        people.accounts.make(f"orang-{n}", f"Orang Rekaan {n}", [held(ROLES[n % len(ROLES)])], now)
        keys.append(people.sessions.start(f"orang-{n}", "127.0.0.1", now))
    people.close()
    return keys


def pages_alone(folder: Path, key: str) -> Results:
    """Return the median seconds of each page, asked one after the other by one person of the team."""
    app = create_app(Root(folder))
    client = TestClient(app, base_url="http://127.0.0.1:8017", cookies={"yankomas": key})
    results: Results = {}
    for name, path in PAGES.items():
        assert client.get(path).status_code == 200, path
        spent = []
        for _ in range(15):
            begun = time.perf_counter()
            client.get(path)
            spent.append(time.perf_counter() - begun)
        results[f"page {name} s"] = statistics.median(spent)
    app.state.desk.close()
    return results | {"page_slowest_s": max(results.values())}


class Crowd:
    """Users who look at pages until it is enough; what each request took, and what went wrong."""

    def __init__(self, address: str, keys: Sequence[str], paths: Sequence[str], *, moves: bool) -> None:
        self.spent: list[float] = []
        self.errors: list[str] = []
        self._enough = threading.Event()
        self._paths, self._moves, self._turn = paths, moves, threading.Lock()
        self._threads = [threading.Thread(target=self._use, args=(address, k, n)) for n, k in enumerate(keys)]

    def __enter__(self) -> Crowd:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._enough.set()
        for thread in self._threads:
            thread.join()

    @property
    def p95(self) -> float:
        """Seconds within which 95 of 100 requests were answered."""
        return statistics.quantiles(self.spent, n=20)[-1]

    def _use(self, address: str, key: str, seed: int) -> None:
        chance = random.Random(seed)
        with httpx.Client(base_url=address, cookies={"yankomas": key}, timeout=60) as client:
            while not self._enough.wait(chance.uniform(*_THOUGHT)):
                try:
                    self._visit(client, chance, team=seed % len(ROLES) == 0)
                except httpx.HTTPError as fault:
                    self._note(0.0, f"{type(fault).__name__}")

    def _visit(self, client: httpx.Client, chance: random.Random, *, team: bool) -> None:
        path = chance.choice(self._paths)
        answer = self._timed(client, "GET", path)
        if self._moves and team and chance.random() < _MOVES * len(ROLES):
            number = f"/kasus/{chance.randint(2017, LAST)}/{chance.randint(1, 20) * 50}"
            page = self._timed(client, "GET", f"{number}/gerak/koreksi")
            if token := _TOKEN.search(page.text):
                data = {"csrf": token[1], "i.alasan": "uji beban", "i.boks": str(chance.randint(1, 99))}
                self._timed(client, "POST", f"{number}/gerak/koreksi", data=data)
        assert answer is not None

    def _timed(self, client: httpx.Client, method: str, path: str, **more: object) -> httpx.Response:
        begun = time.perf_counter()
        answer = client.request(method, path, **more)  # type: ignore[arg-type]
        wrong = f"{answer.status_code} {method} {path}" if answer.status_code >= 500 else ""
        self._note(time.perf_counter() - begun, wrong)
        return answer

    def _note(self, seconds: float, wrong: str) -> None:
        with self._turn:
            self.spent.append(seconds)
            if wrong:
                self.errors.append(wrong)


def everybody(folder: Path, keys: Sequence[str], letters: Sequence[Path]) -> Results:
    """Return how the desk answers while everybody works and letters are read, and before, for the smallest answer."""
    with running(folder) as address:
        with Crowd(address, keys, ["/statis/meja.css"], moves=False) as idle:
            time.sleep(15)
        begun = time.perf_counter()
        with Crowd(address, keys, list(PAGES.values()), moves=True) as crowd:
            for letter in letters:
                (folder / "inbox" / letter.name).write_bytes(letter.read_bytes())
            # Seldom: looking through so many cases takes a processor of its own.
            until(lambda: _read(folder) >= len(letters), "letters are not read", every=1.0)
            took = time.perf_counter() - begun
    for wrong in sorted(set(crowd.errors)):
        print(f"error: {wrong}", file=sys.stderr)
    return {
        "smallest_p95_s": idle.p95,
        "load_requests": float(len(crowd.spent)),
        "load_median_s": statistics.median(crowd.spent),
        "load_p95_s": crowd.p95,
        "load_errors": float(len(crowd.errors)),
        "letters_a_minute": len(letters) / took * 60,
    }


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """Run the office's own process; give the desk's address."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = [YANKOMAS, "--root", str(folder), "run", "--port", str(port)]
    with (folder / "run.log").open("w") as log:
        process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, env=os.environ)
        address = f"http://127.0.0.1:{port}"
        try:
            until(lambda: _answers(address), "the desk does not answer")
            yield address
        finally:
            process.terminate()
            process.wait(60)


def _answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}/masuk").status_code == 200
    except httpx.HTTPError:
        return False


def _read(folder: Path) -> int:
    """Return how many of this run's letters have been read: their text is filed."""
    return sum(1 for _ in (folder / "archive" / str(LAST)).glob("*/data/02-surat-terbaca.pdf"))


if __name__ == "__main__":
    sys.exit(main())
