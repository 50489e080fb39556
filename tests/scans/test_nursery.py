"""Children that are forked from one process share what it loaded, and nothing else."""

import errno
import os
import re
import shutil
import signal
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from patience import PATIENCE, until
from processes import all_ended, kernel_tells, links_of, watched

from pipeline.errors import EngineFault
from pipeline.scans.confinement import bubblewrap, nursery_program, seccomp
from pipeline.scans.confinement.child import ChildLimits, Holding
from pipeline.scans.confinement.nursery import Nursery
from pipeline.scans.confinement.pool import Pool

HELD = Holding(namespaces=True, calls=True).seeing(Path(__file__).parents[1])
KINDS = ("user", "pid", "mnt", "net", "ipc", "uts")
READER = "pipeline.scans.operations.reader"


def nests() -> bool:
    """Whether one without powers may make namespaces inside those of bubblewrap here: asked without our program."""
    if bubblewrap.obstacle() or not seccomp.known():
        return False
    seen = ("--unshare-all", "--dev-bind", "/", "/", "--proc", "/proc")
    as_nobody = ("--unshare-user", "--uid", "1000", "--gid", "1000", "--cap-drop", "ALL")
    return not subprocess.run(["bwrap", *seen, *as_nobody, "bwrap", *seen, "true"], check=False).returncode


pytestmark = pytest.mark.skipif(not nests(), reason="this machine lets no namespaces be made inside others")


@pytest.fixture
def nursery():
    made = Nursery("misbehaving", holding=HELD)
    yield made
    made.close()


@pytest.fixture
def pool(nursery):
    with Pool("misbehaving", size=2, holding=HELD, nursery=nursery) as pool:
        yield pool


def both(pool: Pool) -> list[int]:
    """Have requests done until both children of a pool live; return them."""
    with ThreadPoolExecutor(2) as threads:
        until(lambda: list(threads.map(lambda _: pool.call("sleep", {"seconds": 0.2}), range(2))) and pool.pids()[1:])
    return pool.pids()


def parent(pid: int) -> int:
    return int(kernel_tells(pid, "stat").rpartition(")")[2].split()[1])


def serving(pool: Pool) -> int:
    """Have a request done; return who did it, of a pool of which one child works."""
    pool.call("echo", {})
    return pool.pids()[0]


def namespaces(pid: int) -> dict[str, str]:
    found = links_of(pid, "ns")
    return {kind: found[kind] for kind in KINDS}


def megabytes(pid: int, *kinds: str) -> float:
    told = kernel_tells(pid, "smaps_rollup")
    return sum(int(re.search(rf"^{kind}:\s+(\d+) kB", told, re.MULTILINE)[1]) / 1024 for kind in kinds)


def test_what_children_load_they_have_in_common():
    nursery = Nursery(READER)
    with Pool(READER, size=1, nursery=nursery) as pool:
        pool.call("version", {})
        (pid,) = pool.pids()

        whole, own = megabytes(pid, "Anonymous"), megabytes(pid, "Private_Dirty")
    nursery.close()

    assert whole > 20
    assert own < whole / 4


def test_each_child_has_namespaces_of_its_own_and_sees_nobody():
    nursery = Nursery("escaping", holding=HELD)
    with Pool("escaping", size=2, holding=HELD, nursery=nursery) as pool, ThreadPoolExecutor(2) as threads:
        until(lambda: list(threads.map(lambda _: pool.call("alone", {"seconds": 0.2}), range(2))) and pool.pids()[1:])
        seen = list(threads.map(lambda _: pool.call("alone", {"seconds": 0.2}).body, range(2)))
        one, other = pool.pids()
        spaces = [namespaces(pid) for pid in (os.getpid(), parent(one), one, other)]
    nursery.close()

    assert seen == [{"processes": ["self"], "number": 1, "powers": ["0" * 16] * 5}] * 2
    for kind in KINDS:
        assert len({each[kind] for each in spaces}) == len(spaces), kind


def test_children_come_from_one_process_and_after_a_crash_from_another(pool):
    one, other = both(pool)
    home = parent(one)
    assert parent(other) == home

    with pytest.raises(EngineFault, match="mendadak"):
        pool.call("crash", {})

    left = {pid: parent(pid) for pid in both(pool)}
    assert home in left.values()
    assert len(set(left.values())) == 2
    ours = watched([home])
    (survivor,) = [pid for pid, of in left.items() if of == home]
    os.kill(survivor, signal.SIGKILL)
    both(pool)
    assert all_ended(ours)


def test_with_the_process_that_forks_its_children_end_and_others_follow(pool):
    first = serving(pool)
    ours = watched([first])

    os.kill(parent(first), signal.SIGKILL)

    assert all_ended(ours)
    assert serving(pool) != first


def test_a_request_whose_child_went_with_it_is_done_again(pool):
    first = serving(pool)
    with ThreadPoolExecutor(1) as threads:
        asked = threads.submit(pool.call, "work", {"seconds": 0.3})
        os.kill(parent(first), signal.SIGKILL)

        assert asked.result().body is None


def test_one_that_was_killed_and_has_not_quite_ended_is_followed_by_another(nursery, pool, monkeypatch):
    ours = watched([parent(serving(pool))])
    signal.pidfd_send_signal(ours[0], signal.SIGKILL)
    assert all_ended(ours)
    monkeypatch.setattr(nursery._home._process, "poll", lambda: None)  # bubblewrap around it ends a moment later

    child = nursery.birth(ChildLimits())

    child.kill()
    child.wait(PATIENCE)
    assert child.returncode == -signal.SIGKILL
    child.close()


def test_closing_ends_it_with_all_that_live_there(nursery, pool):
    first = serving(pool)
    ours = watched([first, parent(first)])

    pool.close()
    nursery.close()

    assert all_ended(ours)


def test_it_can_be_closed_while_it_starts(nursery):
    with Pool("misbehaving", size=1, holding=HELD, nursery=nursery) as pool:
        pool.warm()
        until(lambda: nursery._home is not None)
        nursery.close()

    assert not nursery._home or not nursery._home.alive


def test_where_processes_are_not_held_by_descriptors_none_is_forked(monkeypatch):
    """Linux before 5.3: a child that was forked all the same would never be cleared away."""

    def unknown(_pid):
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))

    monkeypatch.setattr(os, "pidfd_open", unknown)
    monkeypatch.setattr(os, "listdir", lambda _: ["1"])
    monkeypatch.setattr(nursery_program.own_namespaces, "fork", lambda: pytest.fail("forked"))

    assert not nursery_program._can_fork()


@pytest.mark.parametrize("says", ["printf n >&0", "exit 1"])
def test_where_it_cannot_be_children_start_one_by_one(monkeypatch, tmp_path, nursery, pool, says):
    fake, real = tmp_path / "bwrap", shutil.which("bwrap")
    tried = tmp_path / "dicoba"
    nursing = f"*nursery_program*) echo >>{tried}; {says};;"
    fake.write_text(f'#!/bin/sh\ncase "$*" in {nursing} *) exec {real} "$@";; esac\n')
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setattr("pipeline.scans.confinement.nursery._TOLD_SECONDS", PATIENCE)  # a busy machine ends it later

    for n in range(2):
        assert pool.call("echo", {"n": n}).body == {"n": n}
        pool.drop_idle()
    assert tried.read_text() == "\n"  # not again for each child
