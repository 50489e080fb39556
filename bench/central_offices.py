"""What searches, pages and a letter's way to its number take where many offices of many cases lie on one centre.

Offices are asked in random order: what is asked of one for the first time by a process is told apart from the rest. The
clock tells what a person waits; the processor's time of the asking process and of PostgreSQL is none of other people's.
"""

from __future__ import annotations

import asyncio
import random
import shutil
import signal
import statistics
import subprocess
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import psycopg
from central_people import WORDS
from kept_centre import LAST, FilledCentre, people_of, tell
from letters import make
from office import YANKOMAS, _processor, descendants, until
from starlette.applications import Starlette

from pipeline.desk.app import create_app
from pipeline.search.query import Wanted, asked
from pipeline.wiring import Root, office_in

Results = dict[str, float]
#: Who asks, as at the desk: what a case is open to is looked into.
_ROLES = frozenset({"tim-yankomas"})
#: The pages of a person of the team; {n}: a case of this year.
PAGES: Mapping[str, str] = {
    "meja": "/",
    "register": f"/register?tahun={LAST}",
    "register_lain": f"/register?tahun={LAST - 2}",
    "surat": "/surat",
    "arsip": "/arsip",
    "cari": "/arsip?q=upah+siti",
    "perkara": f"/kasus/{LAST}/{{n:04d}}",
    "koreksi": f"/kasus/{LAST}/{{n:04d}}/gerak/koreksi",
    "ekspedisi": f"/ekspedisi?tahun={LAST}",
    "ringkasan": "/ringkasan",
}


def searches(centre: FilledCentre, rounds: int) -> Results:
    """Return what searches take: the first of an office in this process, and the later ones, of random offices."""
    roots = [office_in(folder) for folder in centre.folders]
    chance, cold, warm = random.Random(1), list[float](), list[float]()
    by_words: defaultdict[str, list[float]] = defaultdict(list)

    def ask(root: Root, words: str) -> float:
        begun = time.perf_counter()
        root.index.search(Wanted(asked([words], root.pattern.read), roles=_ROLES))
        return time.perf_counter() - begun

    for root in roots:
        _ = root.pattern
        cold.append(ask(root, chance.choice(WORDS)))
    before, own = of_postgres(centre), time.process_time()
    for _ in range(rounds):
        words = chance.choice(WORDS)
        warm.append(ask(chance.choice(roots), words))
        by_words[words].append(warm[-1])
    worked = {"desk": time.process_time() - own, "postgres": of_postgres(centre) - before}
    _close(roots)
    for words, spent in by_words.items():
        tell(f"  {words:<20} {len(spent)} times, median {statistics.median(spent) * 1e3:.0f} ms")
    return {
        **_told("search_first", cold),
        **_told("search", warm),
        **{f"search_{name}_cpu_s": spent / rounds for name, spent in worked.items()},
    }


def pages(centre: FilledCentre, rounds: int, cases: int) -> Results:
    """Return what pages take of the server, asked one after the other of random offices; ``cases``: of a year."""
    offices = [(folder, office_in(folder), next(iter(people_of(folder, 1)))) for folder in centre.folders]
    apps = [(create_app(root), root.settings.web.names[0], key) for _, root, key in offices]
    chance, results = random.Random(2), Results()
    with asyncio.Runner() as loop:

        def look(which: tuple[Starlette, str, str], page: str) -> float:
            path = PAGES[page].format(n=chance.randint(1, cases))
            begun = time.perf_counter()
            status = loop.run(asked_of(*which, path))
            assert status == 200, (path, status)
            return time.perf_counter() - begun

        for page in PAGES:
            first = [look(app, page) for app in apps]
            before, own = of_postgres(centre), time.process_time()
            again = [look(chance.choice(apps), page) for _ in range(rounds)]
            worked = {"desk": time.process_time() - own, "postgres": of_postgres(centre) - before}
            results |= _told(f"page_{page}_first", first) | _told(f"page_{page}", again)
            results |= {f"page_{page}_{name}_cpu_s": spent / rounds for name, spent in worked.items()}
            processor = ", ".join(f"{name} {spent / rounds * 1e3:.0f}" for name, spent in worked.items())
            tell(f"  {page:<14} {_words(first)} first; {_words(again)}; processor {processor} ms")
    for app, _, _ in apps:
        app.state.desk.close()
    _close([root for _, root, _ in offices])
    every = [results[f"page_{page}_median_s"] for page in PAGES]
    return results | {"page_slowest_s": max(every)}


async def asked_of(app: Starlette, host: str, key: str, path: str) -> int:
    """Return the status with which an app answers a request, without a network in between."""
    where, _, query = path.partition("?")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": where,
        "raw_path": where.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(b"host", host.encode()), (b"cookie", f"yankomas={key}".encode())],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }
    statuses, silent = list[int](), asyncio.Event()

    async def receive() -> dict[str, object]:
        if silent.is_set():
            await asyncio.Event().wait()
        silent.set()
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Mapping[str, object]) -> None:
        if message["type"] == "http.response.start":
            statuses.append(int(str(message["status"])))

    await app(scope, receive, send)  # type: ignore[arg-type]
    return statuses[0]


def ways_to_a_number(centre: FilledCentre, probes: int = 30) -> Results:
    """Return the seconds from a letter's closing to its number, one letter after the other."""
    folder = centre.folders[0]
    root = office_in(folder)
    scans = make(folder.parent / "letters", range(70_000, 70_000 + probes))
    process = subprocess.Popen([YANKOMAS, "--root", str(folder), "run", "--no-web"], stdout=subprocess.DEVNULL)
    spent, before = list[float](), of_postgres(centre)
    try:
        time.sleep(15)
        for n, scan in enumerate(scans):
            known = root.numbers.last()
            shutil.copyfile(scan, root.layout.inbox / f"{time.time_ns()}-{n}{scan.suffix}")
            closed = time.perf_counter()
            spent.append(
                until(lambda known=known: root.numbers.last() != known, "tidak bernomor", every=0.005) - closed
            )
            time.sleep(1.0)
        worked = {
            "program": sum(_processor(pid) for pid in descendants(process.pid)),
            "postgres": of_postgres(centre) - before,
        }
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(120)
    _close([root])
    return {**_told("number", spent), **{f"number_{name}_cpu_s": spent / probes for name, spent in worked.items()}}


def of_postgres(centre: FilledCentre) -> float:
    """Return the processor seconds of PostgreSQL until now; ended children are counted by their parent."""
    with psycopg.connect(centre.running.database) as owner:
        folder = owner.execute("SHOW data_directory").fetchone() or ("",)
    pid = int(Path(folder[0], "postmaster.pid").read_text().split()[0])
    return sum(_processor(p) for p in descendants(pid))


def _told(name: str, spent: Sequence[float]) -> Results:
    return {f"{name}_median_s": statistics.median(spent), f"{name}_p95_s": statistics.quantiles(spent, n=20)[-1]}


def _words(spent: Sequence[float]) -> str:
    return f"{statistics.median(spent) * 1e3:.0f} ({statistics.quantiles(spent, n=20)[-1] * 1e3:.0f}) ms"


def _close(roots: Sequence[Root]) -> None:
    for root in roots:
        root.database.close()  # type: ignore[attr-defined]
