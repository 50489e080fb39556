"""All processes of an office stay within one memory: the greediest child goes, and its request is done later."""

from __future__ import annotations

import errno
import logging
import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from patience import until

from pipeline.errors import EngineFault, Passing, Refused
from pipeline.scans.confinement import registration
from pipeline.scans.confinement.budget import MOST_FROZEN, MemoryBudget
from pipeline.scans.confinement.child import ChildLimits, tightest
from pipeline.scans.confinement.expendable import that_may_be_ended
from pipeline.scans.confinement.keeper import Keeper
from pipeline.scans.confinement.pool import Pool
from pipeline.scans.confinement.registration import Registration
from pipeline.scans.confinement.sealed import sealed_scan
from pipeline.scans.confinement.weighing import family, files_in_memory, together, weight
from pipeline.scans.refusals import Limits

TESTS = Path(__file__).parents[1]
MB = 2**20
#: Small, so that the tests are quick: what we have ourselves is added.
ROOM = 300 * MB


def used(*mains: int) -> int:
    """What a keeper weighs: we with what we started for requests; of other processes, all that they started."""
    ours = {os.getpid(), *(pid for one in that_may_be_ended() for pid in family(one))}
    pids = {pid for main in mains for pid in (ours if main == os.getpid() else family(main))}
    return together(filter(None, map(weight, pids)), files_in_memory(mains))


@pytest.fixture
def most():
    return used(os.getpid()) + ROOM


@pytest.fixture
def budget(tmp_path, most):
    return MemoryBudget(tmp_path, too_much=most)


def pool(budget, size=1, **limits) -> Pool:
    return Pool("misbehaving", size=size, holding=tightest().seeing(TESTS), limits=ChildLimits(**limits), budget=budget)


def ended(caplog) -> list[int]:
    """Return the processes that the keeper has told that it ended."""
    return [record.args[1] for record in caplog.records if record.msg.endswith("dihentikan, pekerjaannya diulang.")]


@contextmanager
def peak(*mains: int):
    """The most that these processes had together, looked at as often as can be."""
    found, over = [0], threading.Event()

    def look() -> None:
        while not over.wait(0.005):
            found[0] = max(found[0], used(*(mains or (os.getpid(),))))

    looking = threading.Thread(target=look)
    looking.start()
    try:
        yield found
    finally:
        over.set()
        looking.join()


def test_greedy_children_stay_together_within_the_memory_and_all_come_to_their_end(budget, most):
    with pool(budget, 4) as many, ThreadPoolExecutor(4) as threads, peak() as found:
        done = list(threads.map(lambda _: many.call("fill", {"bytes": 180 * MB}).body, range(4)))

    assert done == [180 * MB] * 4
    assert found[0] < most + 100 * MB


def test_what_is_too_heavy_even_with_nothing_beside_it_is_refused_in_words(budget, most):
    with pool(budget) as one, peak() as found:
        with pytest.raises(Refused, match="kekurangan memori") as caught:
            one.call("fill", {"bytes": 750 * MB})

        assert one.call("echo", {"a": 1}).body == {"a": 1}
    assert caught.value.code == "terlalu-besar"
    assert found[0] < most + 100 * MB


OTHER = """
import sys
from pathlib import Path
from pipeline.scans.confinement.budget import MemoryBudget
from pipeline.scans.confinement.child import tightest
from pipeline.scans.confinement.pool import Pool
budget = MemoryBudget(Path(sys.argv[1]), too_much=int(sys.argv[2]))
holding = tightest().seeing(Path(sys.argv[3]))
with Pool("misbehaving", size=1, holding=holding, budget=budget) as pool:
    pool.call("echo", {})
    print("siap", flush=True)
    sys.stdin.readline()
    print(pool.call("fill", {"bytes": int(sys.argv[4])}).body, flush=True)
"""


@contextmanager
def another(tmp_path, most, size):
    """Another process that works on the same office."""
    command = [sys.executable, "-c", OTHER, str(tmp_path), str(most), str(TESTS), str(size)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(TESTS), str(TESTS.parent)))}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment) as other:
        assert other.stdout.readline() == "siap\n"
        try:
            yield other
        finally:
            other.kill()


#: A program that no file is given to, and which has more than all children may have.
GREEDY = """
import sys
kept = bytearray(int(sys.argv[1]))
kept[::4096] = b"x" * len(kept[::4096])
print("siap", flush=True)
sys.stdin.read()
"""


def test_what_was_started_for_no_request_is_left_alone_and_takes_no_room_from_files(budget):
    command = [sys.executable, "-c", GREEDY, str(2 * ROOM)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as backup:
        assert backup.stdout.readline() == "siap\n"
        with pool(budget) as one:
            assert one.call("fill", {"bytes": 100 * MB}).body == 100 * MB

        assert backup.poll() is None
        backup.kill()


def test_a_number_that_is_another_processs_by_now_ends_nobody():
    looks = []

    def registered():
        looks.append(theirs)
        return {os.getpid(): [theirs]}

    script = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(60)'])"
    with subprocess.Popen([sys.executable, "-c", script], start_new_session=True) as child:
        try:
            until(lambda: len(list(family(child.pid))) == 2)
            theirs = list(family(child.pid))[1]
            with Keeper(registered, 0).watching():
                until(lambda: len(looks) > 3)

            assert child.poll() is None
        finally:
            os.killpg(child.pid, signal.SIGKILL)


def test_the_greediest_child_of_another_process_goes_where_that_does_not_end_it_itself(tmp_path, most, caplog):
    budget = MemoryBudget(tmp_path, too_much=most + 100 * MB)
    with another(tmp_path, 10**12, 600 * MB) as other:
        theirs = set(family(other.pid))
        with budget.working():
            other.stdin.write("mulai\n")
            other.stdin.flush()
            until(lambda: ended(caplog))
        assert other.stdout.readline() == f"{600 * MB}\n"  # done again with nobody beside it

    assert len(ended(caplog)) == 1
    assert theirs.issuperset(ended(caplog))


def test_two_processes_of_one_office_share_one_memory(tmp_path, most):
    most += 100 * MB  # the other one itself
    budget = MemoryBudget(tmp_path, too_much=most)
    with another(tmp_path, most, 150 * MB) as other, pool(budget, 2) as ours, ThreadPoolExecutor(2) as threads:
        ours.call("echo", {})
        with peak(os.getpid(), other.pid) as found:
            other.stdin.write("mulai\n")
            other.stdin.flush()
            done = list(threads.map(lambda _: ours.call("fill", {"bytes": 150 * MB}).body, range(2)))
            answer = other.stdout.readline()

    assert (done, answer) == ([150 * MB] * 2, f"{150 * MB}\n")
    assert found[0] < most + 100 * MB


def test_a_process_that_was_killed_holds_up_no_other_and_leaves_nothing(tmp_path, most):
    with another(tmp_path, most, MB) as other:
        other.send_signal(signal.SIGKILL)
        other.wait()
        budget = MemoryBudget(tmp_path, too_much=most)
        with pool(budget) as ours:
            assert ours.call("fill", {"bytes": MB}).body == MB
            with budget.alone():
                pass
            ours.call("fill", {"bytes": MB})
            left = tmp_path / f"memori-{other.pid}"
            until(lambda: not left.exists())


def told(tmp_path) -> set[int]:
    """What this process tells the others of those that it started."""
    return set(map(int, (tmp_path / f"memori-{os.getpid()}").read_text().split()))


def test_a_child_that_has_not_worked_yet_is_known_to_other_processes(budget, tmp_path):
    with pool(budget) as one:
        one.warm()
        until(lambda: one.idle)

        assert told(tmp_path).issuperset(one.pids())


def test_children_of_an_office_that_was_set_up_anew_are_known_to_other_processes(tmp_path):
    with pool(MemoryBudget(tmp_path)) as before:
        before.call("echo", {})
    with pool(MemoryBudget(tmp_path)) as one:
        one.call("echo", {})

        assert told(tmp_path).issuperset(one.pids())


def test_who_reads_what_a_process_tells_while_it_is_written_reads_no_other_numbers(tmp_path, monkeypatch):
    seen, write = [], os.pwrite
    monkeypatch.setattr(os, "pwrite", lambda *args: (write(*args), seen.append(told(tmp_path))))
    one = Registration(tmp_path)

    for ours in ([12345, 6789012], [99], [], [7, 8]):
        monkeypatch.setattr(registration, "that_may_be_ended", lambda ours=ours: ours)
        one.tell()

    assert seen == [{12345, 6789012}, {99}, set(), {7, 8}]


def test_what_a_process_of_the_same_number_left_behind_is_not_told_on(budget, tmp_path):
    left = tmp_path / f"memori-{os.getpid()}"
    left.write_text("1")

    with budget.working():
        until(lambda: 1 not in told(tmp_path))


def test_two_offices_of_one_process_in_one_folder_do_not_hold_each_other_up(tmp_path):
    with pool(MemoryBudget(tmp_path)) as one, pool(MemoryBudget(tmp_path)) as other:
        assert [p.call("fill", {"bytes": MB, "seconds": 0.1}).body for p in (one, other)] == [MB, MB]


def test_only_so_many_bytes_are_frozen_at_once_and_a_larger_file_alone(budget):
    order = []

    def freeze(name, size):
        with budget.frozen(size):
            order.append(name)

    with budget.frozen(MOST_FROZEN - MB):
        small, large = (
            threading.Thread(target=freeze, args=one) for one in (("kecil", MB), ("besar", MOST_FROZEN + 1))
        )
        large.start()
        small.start()
        small.join()
        assert order == ["kecil"]
    large.join()

    assert order == ["kecil", "besar"]


def test_no_idle_child_keeps_a_large_file_and_few_children_lie_idle(tmp_path):
    budget = MemoryBudget(tmp_path, spare=2)
    large = tmp_path / "besar"
    large.write_bytes(b"x" * (9 * MB))
    pools = [pool(budget) for _ in range(3)]
    with sealed_scan(large, Limits(), budget) as file:
        for one in pools:
            one.call("echo", {}, file=file)
        assert sum(one.idle for one in pools) == 2

    assert sum(one.idle for one in pools) == 0
    for one in pools:
        one.close()


def test_a_keeper_that_cannot_see_the_others_says_so_once_and_keeps_our_own_memory(budget, most, caplog):
    def unseen():
        raise FileNotFoundError(errno.ENOENT, "the folder of locks was removed")

    budget._keeper = Keeper(unseen, most)
    with pool(budget) as one:
        with pytest.raises(Refused, match="kekurangan memori"):
            one.call("fill", {"bytes": 750 * MB})
        assert one.call("echo", {"a": 1}).body == {"a": 1}

    told = [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR]
    assert [words.split(" di ")[0] for words in told] == ["Memori: tidak semua proses terlihat, FileNotFoundError"]
    assert len(ended(caplog)) == 2  # beside others, and alone


def test_a_keeper_that_cannot_look_goes_on_until_it_can(most, caplog, monkeypatch):
    looks = []

    def weighed(pid):
        looks.append(pid)
        return None if len(looks) < 3 else weight(pid)  # no more files may be open

    monkeypatch.setattr("pipeline.scans.confinement.keeper.weight", weighed)
    with Keeper(lambda: {os.getpid(): ()}, most).watching():
        until(lambda: len(looks) > 5)

    told = [record.getMessage() for record in caplog.records if record.name.endswith("keeper")]
    assert [words.split(" di ")[0] for words in told] == ["Memori: tidak semua proses terlihat, OSError"]


def test_an_office_whose_registration_was_removed_is_registered_again(budget, tmp_path):
    registered = tmp_path / f"memori-{os.getpid()}"

    with budget.working():
        until(registered.exists)
        registered.unlink()
        until(registered.exists)


def test_a_keeper_with_nothing_to_keep_ends_and_the_next_work_has_another():
    keeper = Keeper(lambda: {os.getpid(): ()}, 10**12)

    for _ in range(2):
        before = set(threading.enumerate())
        with keeper.watching():
            (own,) = set(threading.enumerate()) - before
        until(lambda own=own: not own.is_alive())


@pytest.mark.parametrize("short_of", [errno.ENOMEM, errno.EMFILE])
def test_a_scan_for_which_there_is_no_memory_now_waits_and_one_that_is_gone_is_told(tmp_path, monkeypatch, short_of):
    (tmp_path / "surat.pdf").write_bytes(b"surat")

    def no_room(*_):
        raise OSError(short_of, "no more")

    monkeypatch.setattr(os, "memfd_create", no_room)

    with pytest.raises(Passing, match="Berkas belum dapat dibaca"), sealed_scan(tmp_path / "surat.pdf", Limits()):
        pass
    with pytest.raises(EngineFault, match="Berkas tidak dapat dibaca"), sealed_scan(tmp_path / "lain.pdf", Limits()):
        pass
