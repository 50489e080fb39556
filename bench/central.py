"""Measures the centre of many offices, beside the embedded store in the same run: ``python bench/central.py``.

Numbers under kills (``--only nomor``), what a letter costs (``surat``), nodes of a quarter of a processor each
(``simpul``; needs root and control groups); and of 34 offices of 30,000 cases on one centre searches (``cari``), pages
(``halaman``), people at the desk (``orang``) and a letter's way to its number (``masuk``). Making these offices takes
some 30 GB and a quarter of an hour; with ``--folder`` they are kept for the next time. Both servers are real and sync
what they write. Says how far it is; prints a table, writes ``bench/out/central.json``. It needs a quiet machine.

What the object store costs is that of the trial's (``rclone``).
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path += [str(ROOT / "tests"), str(ROOT / "tools")]

import psycopg  # noqa: E402
from central_offices import pages, searches, ways_to_a_number  # noqa: E402
from central_people import people  # noqa: E402
from central_servers import CentralServers  # noqa: E402
from kept_centre import YEARS, FilledCentre, filled_centre, tell  # noqa: E402
from letters import make  # noqa: E402
from office import YANKOMAS, _processor, descendants, until  # noqa: E402
from trial_servers import object_store, postgres  # noqa: E402

from pipeline.archive.store.postgres_cabinet import PostgresCabinet  # noqa: E402
from pipeline.evidence.store.postgres_verify import verify_office  # noqa: E402
from pipeline.storage.postgres_offices import make_worker, worker_address  # noqa: E402
from pipeline.wiring import office_in  # noqa: E402
from pipeline.wiring.central import CentralRoot  # noqa: E402
from pipeline.work.store.setup import lay_out_filled as lay_out  # noqa: E402

OUT = ROOT / "bench" / "out"
_QUOTA, _PERIOD = 25_000, 100_000  # microseconds: a quarter of a processor
_SHARES = 65_536  # a node gets its quarter whatever else the machine does; a process has 1,024
_GROUPS = Path("/sys/fs/cgroup/cpu")
_ENROLLING = ROOT / "tests" / "storage"
Results = dict[str, float]
Part = Callable[[argparse.Namespace], Results]
PROMISES: Sequence[tuple[str, str, Callable[[float], bool]]] = (
    ("numbers_gaps", "no gap and no twin", lambda v: v == 0),
    ("letter_ratio", "a letter costs at most 1.15 of what it costs on one PC", lambda v: v <= 1.15),
    ("nodes_2_ratio", "two nodes do 0.9 of twice as much", lambda v: v >= 1.8),
    ("nodes_4_ratio", "four nodes do 0.9 of four times as much", lambda v: v >= 3.6),
    ("search_p95_s", "95 of 100 searches within 50 ms", lambda v: v <= 0.05),
    ("page_slowest_s", "a page within 50 ms of the server's time", lambda v: v <= 0.05),
    ("people_10s_p95_s", "95 of 100 pages within 0.3 s for people who look at one for 10 s", lambda v: v <= 0.3),
    ("number_median_s", "a number within 0.3 s (median)", lambda v: v <= 0.3),
)


def main() -> int:
    """Measure, print, write; return 1 if ``--check`` finds a promise broken."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--numbers", type=int, default=10_000, help="numbers given (10000)")
    parser.add_argument("--kills", type=int, default=200, help="processes killed while they give them (200)")
    parser.add_argument("--letters", type=int, default=24, help="letters read on each side, and by each node (24)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of one PC and the centre in turn (3)")
    parser.add_argument("--offices", type=int, default=34)
    parser.add_argument("--cases", type=int, default=30_000, help="of each office (30000)")
    parser.add_argument("--folder", type=Path, help="make the offices here and keep them; used again if they are there")
    parser.add_argument("--looks", type=int, default=60, help="how often each page is asked for (60)")
    parser.add_argument("--people", type=int, default=200, help="people at the desks of all offices (200)")
    parser.add_argument(
        "--thought", type=float, nargs="+", default=[20.0, 10.0, 5.0, 2.5], help="seconds that they look at a page"
    )
    parser.add_argument("--seconds", type=float, default=90.0, help="that they work for each of these (90)")
    parser.add_argument("--only", choices=PARTS, nargs="+", help="only these parts")
    parser.add_argument("--check", action="store_true", help="fail if a promise is not kept")
    options = parser.parse_args()
    OUT.mkdir(exist_ok=True)
    results: Results = {"cores": float(len(os.sched_getaffinity(0)))}
    for name, part in PARTS.items():
        if name in (options.only or PARTS):
            results |= part(options)
    (OUT / "central.json").write_text(json.dumps(results, indent=2) + "\n")
    for key, value in results.items():
        print(f"{key:<32} {value:,.4f}")
    broken = [words for key, words, kept in PROMISES if key in results and not kept(results[key])]
    for words in broken:
        print(f"Not kept: {words}", file=sys.stderr)
    return 1 if options.check and broken else 0


@contextmanager
def servers() -> Iterator[tuple[CentralServers, Path]]:
    """Run both servers in a folder of their own while the context lasts."""
    folder = Path(tempfile.mkdtemp(prefix="yankomas-ukur-", dir="/var/tmp"))
    folder.chmod(0o755)
    try:
        with (
            postgres(folder / "basis", {"shared_buffers": "512MB"}) as address,
            object_store(folder / "objek") as store,
        ):
            names = iter(f"kantor_{n}" for n in range(1, 1000))
            yield CentralServers(address, store, names, folder / "objek"), folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def made(folder: Path, running: CentralServers, *, has_workers: bool = False) -> CentralRoot:
    """Make an office of the centre in a folder."""
    lay_out(folder)
    running.join(folder)
    if has_workers:
        with open(folder / "office.toml", "a") as settings:
            settings.write("pekerja = true\n")
    root = office_in(folder)
    assert isinstance(root, CentralRoot)
    root.prepare()
    return root


# Numbers under kills.


def numbers(running: CentralServers, folder: Path, options: argparse.Namespace) -> Results:
    """Give numbers by processes that are killed at random, and look for gaps and twins."""
    root = made(folder / "kantor", running)
    database, chance = root.database, random.Random(1)
    own = root.objects.place
    place = (own.address, own.bucket, own.key_id, own.secret)
    sys.path.insert(0, str(_ENROLLING))
    import test_postgres_store

    program = test_postgres_store._ENROLLING
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(_ENROLLING), *sys.path])}

    def started(mark: int) -> subprocess.Popen[bytes]:
        words = [str(_ENROLLING), database.address, database.schema, *place, str(mark)]
        return subprocess.Popen([sys.executable, "-c", program, *words], env=environment)

    def given() -> int:
        return (database.row("SELECT count(*) FROM perkara") or (0,))[0]

    begun, killed, at_once = time.perf_counter(), 0, [started(-1), started(-2)]
    while (count := given()) < options.numbers or killed < options.kills:
        if killed < options.kills and count >= options.numbers * killed // options.kills:
            n = chance.randrange(len(at_once))
            at_once[n].send_signal(signal.SIGKILL)
            at_once[n].wait()
            at_once[n], killed = started(killed), killed + 1
        time.sleep(chance.random() * 0.05)
    seconds = time.perf_counter() - begun
    for process in at_once:
        process.kill()
        process.wait()
    cabinet = PostgresCabinet(database, root.objects)
    found = cabinet.numbers()
    twins = len(found) - len({case.arrived.sha256 for case in cabinet.cases()})
    gaps = sum(number.serial != n for n, number in enumerate(found, start=1))
    findings = len(list(verify_office(database, cabinet, lambda _done, _all: None)))
    database.close()
    tell(f"{len(found)} numbers, {killed} kills")
    return {
        "numbers": float(len(found)),
        "numbers_kills": float(killed),
        "numbers_gaps": float(gaps + twins + findings),
        "numbers_a_second": len(found) / seconds,
    }


# What a letter costs.


def letters(running: CentralServers, folder: Path, options: argparse.Namespace) -> Results:
    """Return the processor seconds of a letter on one PC and at the centre, its servers too, in turn.

    What a start costs, of an office that has started before, is taken off; other letters come each round.
    """
    scans = make(folder / "letters", range(options.letters * options.rounds))
    spent: dict[str, list[float]] = {"embedded": [], "central": [], "postgres": [], "store": []}
    offices = {side: folder / side for side in ("embedded", "central")}
    for office in offices.values():
        lay_out(office)
    running.join(offices["central"])
    for office in offices.values():
        _run_once(running, office)
    for round_ in range(options.rounds):
        for side, office in offices.items():
            started = _run_once(running, office)
            for scan in scans[round_ * options.letters : (round_ + 1) * options.letters]:
                shutil.copyfile(scan, office / "inbox" / scan.name)
            worked = _run_once(running, office)
            each = {name: (worked[name] - started[name]) / options.letters for name in worked}
            spent[side].append(each["program"])
            if side == "central":
                for name in ("postgres", "store"):
                    spent[name].append(each[name])
            tell(f"round {round_ + 1}, {side}: {each}")
    medians = {f"letter_{name}_cpu_s": statistics.median(values) for name, values in spent.items()}
    central = sum(medians[f"letter_{name}_cpu_s"] for name in ("central", "postgres", "store"))
    embedded = medians["letter_embedded_cpu_s"]
    return {
        **medians,
        "letter_ratio": central / embedded,
        "letter_worker_ratio": medians["letter_central_cpu_s"] / embedded,
    }


def _run_once(running: CentralServers, office: Path) -> Mapping[str, float]:
    """Work everything off; return the processor seconds of the program and all that it started, and of each server."""
    command, before = [YANKOMAS, "--root", str(office), "run", "--once", "--no-web"], _of_servers(running)
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"`run --once` ended with {process.returncode}")
    after = _of_servers(running)
    return {"program": used.ru_utime + used.ru_stime} | {name: after[name] - before[name] for name in after}


def _of_servers(running: CentralServers) -> Mapping[str, float]:
    """Return the processor seconds of each server until now; ended children are counted by their parent."""
    with psycopg.connect(running.database) as owner:
        folder = owner.execute("SHOW data_directory").fetchone()
    pid = int(Path(folder[0], "postmaster.pid").read_text().split()[0]) if folder else 0
    time.sleep(0.2)  # until what has just ended is cleared away
    return {
        "postgres": sum(_processor(p) for p in descendants(pid)),
        "store": sum(_processor(p) for p in _over(running.objects)),
    }


def _over(folder: Path) -> Iterator[int]:
    """Yield the processes of the object store over a folder: it is no child of ours."""
    for command in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            words = command.read_bytes()
            if b"rclone" in words and bytes(folder) in words:
                yield int(command.parent.name)


# Nodes of a quarter of a processor.


def nodes(running: CentralServers, folder: Path, options: argparse.Namespace) -> Results:
    """Return how much more two and four nodes do than one; nothing where the machine allows no control groups."""
    if os.geteuid() != 0 or not (_GROUPS / "cpu.cfs_quota_us").exists():
        tell("no control groups: nodes are left out")
        return {}
    results: Results = {}
    as_worker = worker_address(running.database, make_worker(running.database))
    for count in (1, 2, 4):
        root = made(folder / f"simpul-{count}", running, has_workers=True)
        in_hand = count * (root.workers + 1)
        scans = make(
            folder / "letters", range(100 * count, 100 * count + 2 * count + options.letters * count // 2 + in_hand)
        )
        for scan in scans:
            shutil.copyfile(scan, root.layout.inbox / scan.name)
        name, worked = f"nodes_{count}", _worked(root, as_worker, count, len(scans), in_hand)
        results |= {f"{name}_{key}": value for key, value in worked.items()}
        tell(f"{count} nodes: {', '.join(f'{key} {value:.3g}' for key, value in worked.items())}")
        root.database.close()
    alone = results["nodes_1_a_minute"]
    return results | {f"nodes_{count}_ratio": results[f"nodes_{count}_a_minute"] / alone for count in (2, 4)}


def _worked(root: CentralRoot, as_worker: str, count: int, letters: int, in_hand: int) -> Results:
    """Register the letters, then have so many nodes do them; return how many a minute while all of them have work.

    That is from when each has done two until no more are left than they have in hand. Beside it: the processor seconds
    of a letter at the nodes, and which part of their quarters the nodes used.
    """
    _register(root, letters)
    database = root.database

    def left() -> int:
        return (database.row("SELECT count(*) FROM perkara WHERE terbuka") or (0,))[0]

    with ExitStack() as started:
        ours = [started.enter_context(_node(root.layout.root, as_worker, n)) for n in range(count)]

        def spent() -> float:
            return sum(_processor(pid) for node in ours for pid in descendants(node))

        until(lambda: left() <= letters - 2 * count, "simpul tidak mulai", every=0.05)
        begun, first, before = time.perf_counter(), left(), spent()
        until(lambda: left() <= in_hand, "simpul tidak selesai", every=0.05)
        seconds, done, used = time.perf_counter() - begun, first - left(), spent() - before
    share = seconds * count * _QUOTA / _PERIOD
    return {"a_minute": done / seconds * 60, "letters": float(done), "letter_cpu_s": used / done, "used": used / share}


def _register(root: CentralRoot, letters: int) -> None:
    """Have the office's own process give the numbers; its cases are left to others."""
    process = subprocess.Popen(
        [YANKOMAS, "--root", str(root.layout.root), "run", "--no-web"], stdout=subprocess.DEVNULL
    )
    until(lambda: len(root.cabinet.numbers()) == letters, "surat tidak bernomor", every=0.1)
    process.send_signal(signal.SIGTERM)
    process.wait(60)


@contextmanager
def _node(office: Path, address: str, n: int) -> Iterator[int]:
    """Run a worker that has a quarter of a processor; give its process."""
    group = _GROUPS / f"yankomas-{os.getpid()}-{n}"
    group.mkdir()
    (group / "cpu.cfs_period_us").write_text(str(_PERIOD))
    (group / "cpu.cfs_quota_us").write_text(str(_QUOTA))
    (group / "cpu.shares").write_text(str(_SHARES))
    command = [YANKOMAS, "pusat", "pekerja", str(office)]
    environment = {**os.environ, "YANKOMAS_PUSAT_PEKERJA": address}
    join = f'echo $$ > {group}/cgroup.procs && exec "$@"'
    process = subprocess.Popen(["sh", "-c", join, "sh", *command], stdout=subprocess.DEVNULL, env=environment)
    try:
        yield process.pid
    finally:
        (group / "cpu.cfs_quota_us").write_text("-1")
        process.send_signal(signal.SIGTERM)
        process.wait(120)
        until(lambda: not (group / "cgroup.procs").read_text(), "simpul tidak berakhir")
        group.rmdir()


# Many offices: made once in a folder and kept.


def _of_offices(measure: Callable[[FilledCentre, argparse.Namespace], Results]) -> Part:
    def part(options: argparse.Namespace) -> Results:
        with ExitStack() as kept:
            folder = options.folder or Path(kept.enter_context(tempfile.TemporaryDirectory(dir="/var/tmp")))
            centre = kept.enter_context(filled_centre(folder, options.offices, options.cases))
            return {"offices": float(len(centre.folders)), **measure(centre, options)}

    return part


def _of_servers_alone(measure: Callable[[CentralServers, Path, argparse.Namespace], Results]) -> Part:
    def part(options: argparse.Namespace) -> Results:
        with servers() as (running, folder):
            return measure(running, folder, options)

    return part


PARTS: Mapping[str, Part] = {
    "nomor": _of_servers_alone(numbers),
    "surat": _of_servers_alone(letters),
    "simpul": _of_servers_alone(nodes),
    "cari": _of_offices(lambda centre, options: searches(centre, options.looks * 5)),
    "halaman": _of_offices(lambda centre, options: pages(centre, options.looks, options.cases // YEARS)),
    "orang": _of_offices(
        lambda centre, options: people(centre, options.people, options.thought, options.seconds, options.cases)
    ),
    "masuk": _of_offices(lambda centre, _options: ways_to_a_number(centre)),
}

if __name__ == "__main__":
    sys.exit(main())
