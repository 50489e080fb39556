"""A child that a hostile file has taken over finds nothing to read, nowhere to write and nobody to talk to."""

import os
import platform
import socket
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path

import pytest

from pipeline.errors import EngineFault, EngineMissing, TooSlow
from pipeline.scans.confinement import bubblewrap, child, seccomp
from pipeline.scans.confinement.child import ChildLimits, Holding
from pipeline.scans.confinement.nursery import Nursery
from pipeline.scans.confinement.pool import Pool
from pipeline.scans.confinement.sealed import sealed

HERE = Path(__file__).parents[1]
FILTER = Holding(namespaces=False, calls=True)
BOTH = Holding(namespaces=True, calls=True).seeing(HERE)
NAMESPACES = Holding(namespaces=True, calls=False).seeing(HERE)
needs_namespaces = pytest.mark.skipif(bool(bubblewrap.obstacle()), reason="bubblewrap does not work on this machine")
needs_filter = pytest.mark.skipif(not seccomp.known(), reason="no filter of system calls for this machine")
needs_x86 = pytest.mark.skipif(platform.machine() != "x86_64", reason="system calls by their numbers on x86-64")
#: As the readers of scans are held: forked, each into namespaces inside those of the process that forks them.
FORKED = BOTH.seeing(HERE / "scans")
CONFINED = [pytest.param(BOTH, marks=needs_namespaces), pytest.param(FORKED, marks=[needs_namespaces, needs_filter])]
EITHER = [*CONFINED, pytest.param(FILTER, marks=needs_filter)]
EACH = [*EITHER, pytest.param(NAMESPACES, marks=needs_namespaces)]


@pytest.fixture(scope="module")
def pools():
    """One pool for each way of holding; a child costs a tenth of a second."""
    with ExitStack() as all_ended:

        @cache
        def pool(hold: Holding) -> Pool:
            return all_ended.enter_context(held(hold))

        yield pool


@contextmanager
def held(hold: Holding, operations: str = "escaping", limits: ChildLimits | None = None):
    """Give a pool of one child that is held so."""
    with ExitStack() as all_ended:
        nursery = Nursery(operations, holding=hold) if hold == FORKED else None
        if nursery:
            all_ended.callback(nursery.close)
        pool = Pool(operations, size=1, holding=hold, limits=limits, nursery=nursery)
        yield all_ended.enter_context(pool)


@pytest.fixture
def listening():
    """A neighbour on the loopback that would take a connection, or a datagram, at the same port."""
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket(type=socket.SOCK_DGRAM) as box:
        box.bind(server.getsockname())
        for each in (server, box):
            each.setblocking(False)
        yield server, box


@pytest.mark.parametrize("hold", EACH, ids=str)
def test_a_child_reaches_nobody_over_the_network(pools, hold, listening):
    server, box = listening
    port = {"port": server.getsockname()[1]}

    assert pools(hold).call("connect", port).body != "berhasil"
    pools(hold).call("datagram", port)

    with pytest.raises(BlockingIOError):
        server.accept()
    with pytest.raises(BlockingIOError):
        box.recv(10)


@pytest.mark.parametrize("hold", EITHER, ids=str)
def test_a_child_reaches_no_service_of_this_machine(pools, hold, tmp_path):
    path = str(tmp_path / "layanan")
    with socket.socket(socket.AF_UNIX) as service:
        service.bind(path)
        service.listen()

        assert pools(hold).call("unix", {"path": path}).body != "berhasil"


@pytest.mark.parametrize("hold", EACH, ids=str)
@pytest.mark.parametrize("act", ["write", "rewrite", "truncate", "chmod", "unlink", "rename"])
def test_a_child_changes_no_file(pools, hold, act, tmp_path):
    path = tmp_path / "surat.pdf"
    path.write_bytes(b"asli")
    path.chmod(0o600)

    assert pools(hold).call(act, {"path": str(path)}).body != "berhasil"

    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"asli", 0o600)


@pytest.mark.parametrize("hold", EACH, ids=str)
@pytest.mark.parametrize("place", ["/tmp", "/dev/shm", "/dev", "/", "/var/tmp", str(HERE)])
def test_a_child_leaves_nothing_anywhere(pools, hold, place):
    path = Path(place) / f"bekas-{os.getpid()}"

    assert pools(hold).call("write", {"path": str(path)}).body != "berhasil"
    assert pools(hold).call("mkdir", {"path": str(path)}).body != "berhasil"

    assert not path.exists()


@pytest.mark.parametrize("hold", CONFINED, ids=str)
@pytest.mark.parametrize("name", ["archive/2026/0001/data/01-surat.pdf", ".kunci/kode-halaman", "office.toml"])
def test_a_child_reads_nothing_of_the_office(pools, office, name, hold):
    path = office.root.layout.root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("rahasia")

    with pytest.raises(EngineFault, match="FileNotFoundError"):
        pools(hold).call("read", {"path": str(path)})


@pytest.mark.parametrize("hold", CONFINED, ids=str)
def test_a_child_sees_the_system_our_program_and_nothing_else(pools, hold):
    checkout = HERE.parent
    hidden = [Path.home() / ".ssh", Path("/etc/passwd"), Path("/etc/shadow"), Path("/var"), checkout / "README.md"]

    seen = pools(hold).call("seen", {"paths": [*map(str, hidden), str(checkout / "pipeline")]}).body

    assert seen["there"] == [False] * len(hidden) + [True]
    needed = {path.parts[1] for path in bubblewrap.python_needs()}
    assert set(seen["root"]) <= {"usr", "bin", "sbin", "lib", "lib32", "lib64", "etc", "proc", "dev"} | needed


@needs_namespaces
def test_a_child_sees_no_process_but_its_own_and_has_no_powers(pools):
    assert pools(BOTH).call("others", {}).body == ["1", "2"]
    assert pools(BOTH).call("powers", {}).body == "0" * 16


@pytest.mark.parametrize("hold", EITHER, ids=str)
def test_a_child_starts_no_process_so_that_no_fork_bomb_goes_off(pools, hold):
    assert pools(hold).call("run", {}).body == "PermissionError"
    assert pools(hold).call("fork", {}).body == "PermissionError"
    assert pools(hold).call("thread", {}).body == ["jalan"]


@pytest.mark.parametrize("hold", EITHER, ids=str)
def test_a_child_signals_and_traces_nobody(pools, hold):
    us = {"pid": os.getpid()}

    assert pools(hold).call("kill", us).body == "PermissionError"
    assert pools(hold).call("signal-all", {}).body == "PermissionError"


@needs_x86
@pytest.mark.parametrize("hold", EITHER, ids=str)
@pytest.mark.parametrize("act", ["ptrace", "mount", "io-uring", "old-numbering"])
def test_system_calls_that_break_out_are_not_permitted(pools, hold, act):
    assert pools(hold).call(act, {"pid": os.getpid()}).body == "PermissionError"


@needs_x86
@pytest.mark.parametrize("act", ["clone3", "openat2"])
def test_calls_that_no_filter_can_judge_are_not_there(pools, act):
    assert pools(FILTER).call(act, {}).body == "OSError"


def test_no_forbidden_call_is_misspelt_and_so_left_out():
    names = f"{seccomp._STRANGE} {seccomp._MORE_PROCESSES} {seccomp._CHANGING_FILES}".split()
    old = "fork vfork creat rename link symlink unlink mkdir rmdir mknod chmod chown lchown utime utimes futimesat"

    for machine, lacks in (("x86_64", ""), ("aarch64", old)):
        assert set(names) - set(seccomp._MACHINES[machine].numbers) == set(lacks.split())


@pytest.mark.parametrize("hold", EITHER, ids=str)
def test_a_limit_cannot_be_lifted_again(hold):
    with held(hold, limits=ChildLimits(memory=2**29)) as pool:
        try:
            lifted = pool.call("raise-limit", {}).body
        except EngineFault as fault:
            lifted = str(fault)

    assert lifted != "berhasil"


@pytest.mark.parametrize("hold", EACH, ids=str)
def test_a_child_knows_nothing_of_our_environment(pools, hold, monkeypatch):
    monkeypatch.setenv("YANKOMAS_RAHASIA", "kunci")

    with held(hold) as pool:
        known = pool.call("environment", {}).body

    allowed = {"PYTHONPATH", "OMP_THREAD_LIMIT", "PYTHONDONTWRITEBYTECODE", "LANG", "LC_ALL", "TESSDATA_PREFIX", "PWD"}
    assert set(known) <= allowed | {"LC_CTYPE", "MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_"}


@pytest.mark.parametrize("hold", EITHER, ids=str)
def test_a_child_that_burns_the_processor_is_ended_long_before_its_wall_clock(hold):
    with held(hold, limits=ChildLimits(cpu=0.2, seconds=60)) as pool:
        with pytest.raises(EngineFault, match="terlalu lama"):
            pool.call("spin", {})

        assert pool.call("thread", {}).body == ["jalan"]


@pytest.mark.parametrize("hold", EITHER, ids=str)
def test_less_than_a_second_of_the_processor_is_counted_too(hold):
    with held(hold, "misbehaving") as pool:
        pool.call("echo", {})
        with pytest.raises(TooSlow) as late:
            pool.call("work", {"seconds": 0.5}, cpu=0.1)
        assert "cetak berkas itu" in str(late.value.remedy)

        pool.call("work", {"seconds": 0.5})


def test_processor_time_is_counted_for_each_request_anew():
    with Pool("misbehaving", size=1, holding=FILTER, limits=ChildLimits(cpu=1.2)) as pool:
        for _ in range(14):  # together more than the limit, each a twelfth of it: the kernel's timer counts in ticks
            pool.call("work", {"seconds": 0.1})

        assert len(pool.pids()) == 1


@pytest.mark.parametrize("hold", EACH, ids=str)
def test_a_file_reaches_the_child_as_bytes_that_nobody_can_change(pools, hold, tmp_path):
    path = tmp_path / "surat.pdf"
    path.write_bytes(b"isi surat")
    file = sealed(path, 100)
    path.write_bytes(b"diganti!!")

    assert pools(hold).call("read", {}, file=file).body == "isi surat"
    assert pools(hold).call("rewrite", {}, file=file).body != "berhasil"
    assert pools(hold).call("truncate", {}, file=file).body != "berhasil"
    assert pools(hold).call("read", {}, file=file).body == "isi surat"
    os.close(file)


def test_each_request_finds_its_own_file(pools, tmp_path):
    files = []
    for name in ("satu", "dua", "tiga"):
        (tmp_path / name).write_text(name)
        files.append(sealed(tmp_path / name, 100))

    found = [pools(FILTER).call("read", {}, file=file).body for file in (*files, *files)]

    assert found == ["satu", "dua", "tiga"] * 2
    for file in files:
        os.close(file)


def test_asking_for_the_pages_of_a_file_fills_no_table_of_open_files(pools, tmp_path):
    (tmp_path / "a").write_text("a")
    file = sealed(tmp_path / "a", 100)

    names = {pools(FILTER).call("arguments", {}, file=file).body["path"] for _ in range(100)}

    assert len(names) == 1
    os.close(file)


def test_of_a_file_that_grows_while_it_is_copied_only_what_may_be_is_taken(tmp_path):
    (tmp_path / "a").write_bytes(b"x" * 1000)

    file = sealed(tmp_path / "a", 10)

    assert os.fstat(file).st_size == 11
    os.close(file)


def test_without_bubblewrap_children_work_and_the_reason_is_known(monkeypatch):
    monkeypatch.setenv("PATH", "/tidak/ada")
    for found in (bubblewrap.obstacle, child.tightest):
        found.cache_clear()

    try:
        assert bubblewrap.obstacle() == "bubblewrap tidak terpasang"
        assert child.tightest() == Holding(namespaces=False, calls=seccomp.known())
        with Pool("escaping", size=1) as pool:
            assert pool.call("thread", {}).body == ["jalan"]
    finally:
        bubblewrap.obstacle.cache_clear()
        child.tightest.cache_clear()


def test_a_bubblewrap_that_is_forbidden_here_is_found_out_by_trying(monkeypatch, tmp_path):
    fake = tmp_path / "bwrap"
    fake.write_text("#!/bin/sh\necho 'bwrap: No permissions to create new namespace' >&2; exit 1\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    bubblewrap.obstacle.cache_clear()

    try:
        assert "No permissions to create new namespace" in bubblewrap.obstacle()
    finally:
        bubblewrap.obstacle.cache_clear()


def test_a_bubblewrap_that_fails_later_is_no_letters_fault(monkeypatch, tmp_path):
    fake = tmp_path / "bwrap"
    fake.write_text("#!/bin/sh\nexit 1\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")

    with Pool("escaping", size=1, holding=BOTH) as pool, pytest.raises(EngineMissing) as caught:
        pool.call("thread", {})

    assert "doctor" in caught.value.remedy


@pytest.mark.parametrize(
    "answer", ["", "printf 'YKM1\\377\\377\\377\\377'", "head -c 100000 /dev/zero", "exec sleep 60"]
)
def test_a_child_that_never_becomes_ready_is_no_letters_fault(monkeypatch, tmp_path, answer):
    fake = tmp_path / "bwrap"
    fake.write_text(f"#!/bin/sh\n{answer}\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setattr("pipeline.scans.confinement.child._START_SECONDS", 0.5)

    with Pool("escaping", size=1, holding=BOTH) as pool:
        with pytest.raises(EngineMissing):
            pool.call("thread", {})

        assert pool.pids() == ()


def test_no_dead_child_is_left_behind(pools):
    script = (
        "from pipeline.scans.confinement.pool import Pool; from pipeline.errors import YankomasError; import os\n"
        "from pipeline.scans.confinement.child import ChildLimits\n"
        "pool = Pool('misbehaving', size=2, limits=ChildLimits(requests=1), holding=HOLD)\n"
        "for act in ('crash', 'pid', 'lie', 'fail', 'pid') * 2:\n"
        "    try: pool.call(act, {}, seconds=0.2)\n"
        "    except YankomasError: pass\n"
        "pool.close()\n"
        "try: print(os.waitpid(-1, os.WNOHANG))\n"
        "except ChildProcessError: print('bersih')\n"
    ).replace("HOLD", "__import__('pipeline.scans.confinement.child', fromlist='x').Holding(False, True)")
    path = os.pathsep.join(sys.path)

    ran = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, env={**os.environ, "PYTHONPATH": path}
    )

    assert ran.stdout.strip() == "bersih", ran.stderr
