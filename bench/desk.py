"""Measures the web desk: ``python bench/desk.py`` (10,000 cases, 50 users, 100 letters).

First each page alone (``--only pages``): from request to answer inside this process, with so many cases in the archive,
on the clock and in processor time, which other people's work on the machine does not change; and what each weighs with
its styles and scripts. Then (``--only users``) a real ``yankomas run``: its users look at pages and make moves, with a
pause for thought between two, while letters are dropped and read, for ``--minutes`` at most. For comparison the same
users load the smallest answer of the same server (a style sheet) while nothing is read. That half needs a quiet
machine.

``--folder`` makes the office there and keeps it; it is used again if it is there. Tells how far it is; prints a table,
writes ``bench/out/desk.json``; with ``--check`` it fails when a promise is broken.
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
from collections.abc import Callable, Iterator, Mapping, Sequence
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
from pipeline.archive.store.layout import Layout  # noqa: E402
from pipeline.desk.app import create_app  # noqa: E402
from pipeline.wiring import Root  # noqa: E402
from pipeline.work.store.setup import lay_out_filled as lay_out  # noqa: E402

OUT = ROOT / "bench" / "out"
YEARS, LAST = 10, 2026
ROLES = ("tim-yankomas", "kakanwil", "kadiv", "kabid", "kasubbid", "arsiparis")
#: What everybody opens; what else each role does.
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
OTHERS = {
    "tim-yankomas": {
        "semua satu tindakan": "/?kelompok=verifikasi",
        "verifikasi, satu surat": "/verifikasi/2026/0050",
        "register, setahun lalu": "/register?tahun=2025&hal=9",
        "ringkasan, daftar": "/ringkasan/daftar?menurut=berjalan",
        "bagan perkara": "/kasus/2026/0100/bagan",
        "map": "/arsip/2026/0100",
        "buka lisan": "/buka/lisan",
    },
    "kakanwil": {name: PAGES[name] for name in ("meja saya", "surat", "arsip, dicari", "perkara", "ringkasan")},
    "admin": {
        "akun": "/akun",
        "akun satu": "/akun/orang-1",
        "catatan akses": "/akses",
        "keutuhan": "/keutuhan",
        "pengaturan": "/pengaturan",
        "pejabat": "/pengaturan/pejabat",
    },
}
_ROUNDS = 15
_THOUGHT = (1.0, 4.0)  # seconds that a person looks at a page
_MOVES = 0.08  # part of the visits that make a move
_TOLD_EVERY = 15.0  # seconds
_DIGITS = re.compile(r"\d+")
_TOKEN = re.compile(r'name="csrf" value="([^"]+)"')
_PART = re.compile(r'(?:href|src)="(/statis/[^"]+\.(?:css|js)[^"]*)"')
Results = dict[str, float]
PROMISES: Sequence[tuple[str, str, Callable[[Results], bool]]] = (
    (
        "page_slowest_cpu_s",
        "every page in 30 ms of the server's processor with 10,000 cases, 100 ms with more",
        lambda r: r["page_slowest_cpu_s"] <= (0.03 if r["cases"] <= 10_000 else 0.1),
    ),
    ("page_heaviest_kb", "no page over 60 kB without its pictures", lambda r: r["page_heaviest_kb"] <= 60),
    ("load_p95_s", "p95 in 250 ms with everybody working", lambda r: r["load_p95_s"] <= 0.25),
    ("load_errors", "no error", lambda r: r["load_errors"] == 0),
    ("letters_unread", "every letter read meanwhile", lambda r: r["letters_unread"] == 0),
)


def tell(words: str) -> None:
    """Say how far it is."""
    print(f"{time.strftime('%H:%M:%S')} {words}", file=sys.stderr, flush=True)


def main() -> int:
    """Measure, print, write; return 1 if ``--check`` finds a promise broken."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--letters", type=int, default=100)
    parser.add_argument("--minutes", type=float, default=8, help="that letters are waited for at most (8)")
    parser.add_argument("--only", choices=("pages", "users"), help="only this half")
    parser.add_argument("--folder", type=Path, help="make the office here and keep it; used again if it is there")
    parser.add_argument("--check", action="store_true", help="fail if a promise is not kept")
    options = parser.parse_args()
    OUT.mkdir(exist_ok=True)
    results: Results = {}
    with tempfile.TemporaryDirectory(dir=OUT) as name:
        folder = options.folder or Path(name) / "kantor"
        if not folder.exists():
            fill_office(folder, options.cases)
        keys = people(folder, options.users)
        results["cases"] = float(sum(1 for year in Layout(folder).years() for _ in Layout(folder).numbers(year)))
        if options.only != "users":
            results |= pages_alone(folder, keys)
        if options.only != "pages":
            letters = make(Path(name) / "letters", range(options.letters))
            tell(f"{len(letters)} letters made")
            results |= everybody(folder, keys, letters, options.minutes * 60)
    (OUT / "desk.json").write_text(json.dumps(results, indent=2) + "\n")
    for key, value in results.items():
        print(f"{key:<44} {value:,.3f}")
    broken = [words for key, words, kept in PROMISES if key in results and not kept(results)]
    for words in broken:
        print(f"Not kept: {words}", file=sys.stderr)
    return 1 if options.check and broken else 0


def fill_office(folder: Path, cases: int) -> None:
    """Make an office with so many cases and its views."""
    lay_out(folder)
    root = Root(folder)
    root.prepare()
    written, begun = 0, time.perf_counter()

    def say(count: int) -> None:
        nonlocal written
        written += count
        if written % 5000 == 0:
            tell(f"{written} cases written, {written / (time.perf_counter() - begun):,.0f} a second")

    fill(root.layout, cases, YEARS, last=LAST, say=say)
    for what, make_anew in (
        ("the views", root.rebuild),
        ("the register book", root.book.rebuild),
        ("the search index", root.index.rebuild),
    ):
        begun = time.perf_counter()
        make_anew()
        tell(f"{what} made in {time.perf_counter() - begun:.0f} s")


def people(folder: Path, users: int) -> dict[str, list[str]]:
    """Let so many users, and an admin, come in; return the keys of their sessions by role."""
    root = Root(folder)
    them, keys = SqlitePeople(root.layout.people), dict[str, list[str]]()
    there = {account.login for account in them.accounts.all()}
    now = root.clock.now()
    for n, role in enumerate([*(ROLES[n % len(ROLES)] for n in range(users)), "admin"]):
        if (login := f"orang-{n}") not in there:
            them.accounts.make(login, f"Orang Rekaan {n}", [held(role)], now)
        keys.setdefault(role, []).append(them.sessions.start(login, "127.0.0.1", now))
    them.close()
    return keys


def pages_alone(folder: Path, keys: Mapping[str, Sequence[str]]) -> Results:
    """Return the median seconds of each page, asked one after the other by one person of each role, and its weight."""
    app = create_app(Root(folder))
    results, busiest, slowest, heaviest = Results(), 0.0, 0.0, 0.0
    for role, own in OTHERS.items():
        client = TestClient(app, base_url="http://127.0.0.1:8017", cookies={"yankomas": keys[role][0]})
        for name, path in ({**PAGES, **own} if role == ROLES[0] else own).items():
            page = client.get(path, follow_redirects=True)
            assert page.status_code == 200, (path, page.status_code)
            parts = [int(client.get(one).headers["content-length"]) for one in dict.fromkeys(_PART.findall(page.text))]
            weight = (len(page.content) + sum(parts)) / 1000
            clock, busy = [], []
            for _ in range(_ROUNDS):
                begun, worked = time.perf_counter(), time.process_time()
                client.get(path, follow_redirects=True)
                clock.append(time.perf_counter() - begun)
                busy.append(time.process_time() - worked)
            took, spent = statistics.median(clock), statistics.median(busy)
            results[f"{role}, {name}: cpu s"] = spent
            busiest, slowest, heaviest = max(busiest, spent), max(slowest, took), max(heaviest, weight)
            tell(f"{role:<13} {name:<24} cpu {spent * 1e3:6.1f} ms  clock {took * 1e3:6.1f} ms  {weight:5.1f} kB")
    app.state.desk.close()
    return results | {"page_slowest_cpu_s": busiest, "page_slowest_s": slowest, "page_heaviest_kb": heaviest}


class Crowd:
    """Users who look at pages until it is enough; what each request took, and what went wrong.

    ``running`` are the cases of each year that run, on which the team makes moves (0: nobody does).
    """

    def __init__(
        self, address: str, users: Sequence[tuple[str, str]], paths: Mapping[str, Sequence[str]], *, running: int
    ) -> None:
        self.made = 0
        self.spent: list[float] = []
        self.of_kind: dict[str, list[float]] = {}
        self.errors: list[str] = []
        self._enough = threading.Event()
        self._paths, self._running, self._turn = paths, running, threading.Lock()
        self._threads = [
            threading.Thread(target=self._use, args=(address, role, key, n)) for n, (role, key) in enumerate(users)
        ]

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
        with self._turn:
            return statistics.quantiles(self.spent, n=20)[-1] if len(self.spent) > 1 else 0.0

    def _use(self, address: str, role: str, key: str, seed: int) -> None:
        chance = random.Random(seed)
        with httpx.Client(base_url=address, cookies={"yankomas": key}, timeout=60) as client:
            while not self._enough.wait(chance.uniform(*_THOUGHT)):
                try:
                    self._timed(client, "GET", chance.choice(self._paths[role]))
                    if self._running and role == ROLES[0] and chance.random() < _MOVES * len(ROLES):
                        self._move(client, chance)
                except httpx.HTTPError as fault:
                    self._note(0.0, f"{type(fault).__name__}")

    def _move(self, client: httpx.Client, chance: random.Random) -> None:
        """Correct a case that runs."""
        number = f"/kasus/{chance.randint(LAST - YEARS + 1, LAST)}/{chance.randint(1, self._running) * 50}"
        page = self._timed(client, "GET", f"{number}/gerak/koreksi")
        if token := _TOKEN.search(page.text):
            data = {"csrf": token[1], "i.alasan": "uji beban", "i.boks": str(chance.randint(1, 99))}
            if self._timed(client, "POST", f"{number}/gerak/koreksi", data=data).status_code == 303:
                self.made += 1

    def _timed(self, client: httpx.Client, method: str, path: str, **more: object) -> httpx.Response:
        begun = time.perf_counter()
        answer = client.request(method, path, **more)  # type: ignore[arg-type]
        wrong = f"{answer.status_code} {method} {path}" if answer.status_code >= 400 else ""
        self._note(time.perf_counter() - begun, wrong, f"{method} {_DIGITS.sub('N', path)}")
        return answer

    def _note(self, seconds: float, wrong: str, kind: str = "broken off") -> None:
        with self._turn:
            self.spent.append(seconds)
            self.of_kind.setdefault(kind, []).append(seconds)
            if wrong:
                self.errors.append(wrong)


def everybody(folder: Path, keys: Mapping[str, Sequence[str]], letters: Sequence[Path], patience: float) -> Results:
    """Return how the desk answers while everybody works and letters are read, and before, for the smallest answer.

    ``patience``: seconds after which letters that are not read are no longer waited for, and are told as unread.
    """
    running_cases = len(list(Layout(folder).numbers(LAST - YEARS + 1))) // 50
    everyone = [(role, key) for role, some in keys.items() if role in ROLES for key in some]
    before = _read(folder)
    with running(folder) as address:
        style = {role: ["/statis/meja.css"] for role in ROLES}
        with Crowd(address, everyone, style, running=0) as idle:
            time.sleep(15)
        tell(f"the smallest answer: p95 {idle.p95 * 1e3:.0f} ms")
        paths = {role: _open_to(address, keys[role][0]) for role in ROLES if role in keys}
        begun = time.perf_counter()
        with Crowd(address, everyone, paths, running=running_cases) as crowd:
            for letter in letters:
                (folder / "inbox" / f"{begun:.0f}-{letter.name}").write_bytes(letter.read_bytes())
            read = 0
            while (passed := time.perf_counter() - begun) < patience and read < len(letters):
                time.sleep(1.0)  # seldom: looking through so many cases takes a processor of its own
                read = _read(folder) - before
                if int(passed / _TOLD_EVERY) != int((passed + 1) / _TOLD_EVERY):
                    tell(f"{read} letters read, {len(crowd.spent)} requests, p95 {crowd.p95 * 1e3:.0f} ms")
            took = time.perf_counter() - begun
    for kind, spent in sorted(crowd.of_kind.items(), key=lambda one: -statistics.median(one[1])):
        tell(f"{kind:<40} {len(spent):4} times, median {statistics.median(spent) * 1e3:5.0f} ms")
    for wrong in sorted(set(crowd.errors)):
        print(f"error: {wrong}", file=sys.stderr)
    return {
        "smallest_p95_s": idle.p95,
        "load_requests": float(len(crowd.spent)),
        "load_moves": float(crowd.made),
        "load_median_s": statistics.median(crowd.spent),
        "load_p95_s": crowd.p95,
        "load_errors": float(len(crowd.errors)),
        "letters_unread": float(len(letters) - read),
        "letters_a_minute": read / took * 60,
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
            try:
                process.wait(60)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}/masuk").status_code == 200
    except httpx.HTTPError:
        return False


def _open_to(address: str, key: str) -> list[str]:
    """Return the pages that a role opens: nobody is sent away from a page that they would not go to."""
    with httpx.Client(base_url=address, cookies={"yankomas": key}, timeout=60) as client:
        return [path for path in PAGES.values() if client.get(path).status_code == 200]


def _read(folder: Path) -> int:
    """Return how many of this run's letters have been read: their text is filed."""
    return sum(1 for _ in (folder / "archive" / str(LAST)).glob("*/data/02-surat-terbaca.pdf"))


if __name__ == "__main__":
    sys.exit(main())
