"""Hostile files are opened in children that may die, hang, hoard and lie without harm to us."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, Thread

import pytest
from patience import PATIENCE, until
from processes import all_ended, family, watched

from pipeline.errors import EngineFault, Passing, Refused
from pipeline.scans.confinement import framing
from pipeline.scans.confinement.child import ChildLimits, Holding, tightest
from pipeline.scans.confinement.framing import BadMessage, pack, unpack
from pipeline.scans.confinement.pool import Pool

TIGHT = tightest().seeing(Path(__file__).parents[1])
#: Limits alone, as on a machine that can neither confine nor filter: what these tests do must be possible at all.
LOOSE = Holding(namespaces=False, calls=False)


def make(size: int = 1, hold: Holding = TIGHT, **limits) -> Pool:
    return Pool("misbehaving", size=size, holding=hold, limits=ChildLimits(**limits))


@pytest.fixture(params=[TIGHT, LOOSE], ids=["kurungan", "batas-saja"])
def pool(request):
    with make(2, request.param) as pool:
        yield pool


def serving(pool: Pool) -> int:
    """Have a request done; return who does it, of a pool that has one child."""
    pool.call("echo", {})
    return pool.pids()[0]


def wait_until_dead(pid: int) -> None:
    assert all_ended(watched([pid])), f"{pid} still lives"


def test_nothing_is_started_before_the_first_request(pool):
    assert pool.pids() == ()


def test_values_and_bytes_come_back_as_they_were_sent(pool):
    blobs = (b"", bytes(range(256)), b"x" * 300_000)

    answer = pool.call("echo", {"nama": "Siti Aminah", "halaman": [1, 2.5, None]}, blobs)

    assert answer.body == {"nama": "Siti Aminah", "halaman": [1, 2.5, None]}
    assert answer.blobs == blobs


def test_what_is_larger_than_a_child_is_given_is_refused_and_nothing_is_started_for_it(pool, monkeypatch):
    monkeypatch.setattr(framing, "LARGEST_BLOBS", 1000)

    with pytest.raises(Refused, match="terlalu besar untuk dikerjakan sekaligus") as refused:
        pool.call("echo", {}, (b"x" * 600, b"y" * 600))

    assert (refused.value.code, pool.pids()) == ("terlalu-besar", ())
    assert pool.call("echo", {}, (b"x" * 600,)).blobs == (b"x" * 600,)


def test_one_child_serves_many_requests(pool):
    pids = {serving(pool) for _ in range(5)}

    assert len(pids) == 1


def test_many_threads_share_the_children(pool):
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda n: pool.call("echo", {"n": n}).body["n"], range(40)))

    assert answers == list(range(40))
    assert len(pool.pids()) <= 2


def test_a_refusal_crosses_with_its_code_and_remedy(pool):
    with pytest.raises(Refused) as caught:
        pool.call("refuse", {})

    assert (caught.value.code, caught.value.message, caught.value.remedy) == (
        "jenis",
        "Ini bukan surat.",
        "Kirim surat.",
    )


def test_a_failing_library_is_a_fault_in_words_and_the_child_lives_on(pool):
    before = serving(pool)

    with pytest.raises(EngineFault, match="ZeroDivisionError"):
        pool.call("fail", {})

    assert serving(pool) == before


def test_a_child_that_crashes_fails_its_own_request_only(pool):
    with ThreadPoolExecutor(2) as threads:
        slow = threads.submit(pool.call, "sleep", {"seconds": 0.3})
        with pytest.raises(EngineFault):
            pool.call("crash", {})

        assert slow.result().body is None
    assert pool.call("echo", {"after": 1}).body == {"after": 1}


def test_a_child_killed_while_idle_is_replaced_unnoticed(pool):
    victim = serving(pool)
    os.kill(victim, signal.SIGKILL)
    wait_until_dead(victim)

    assert serving(pool) != victim


def test_a_request_that_takes_too_long_ends_with_its_whole_family(tmp_path):
    tell = tmp_path / "pid"

    with make(hold=LOOSE) as pool, ThreadPoolExecutor(1) as threads:
        late = threads.submit(pool.call, "linger", {"tell": str(tell)}, seconds=5)
        until(tell.exists)
        grandchild = int(tell.read_text())
        with pytest.raises(EngineFault, match="terlalu lama"):
            late.result()

        wait_until_dead(grandchild)
        assert pool.pids() == ()


def _families(pool: Pool) -> list[int]:
    return [pid for child in pool.pids() for pid in family(child)]


@pytest.mark.skipif(not TIGHT.namespaces, reason="bubblewrap does not work on this machine")
def test_a_confined_child_cannot_leave_its_family_to_outlive_it():
    with make(hold=Holding(namespaces=True, calls=False).seeing(Path(__file__).parents[1])) as pool:
        with ThreadPoolExecutor(1) as threads:
            late = threads.submit(pool.call, "escape", {}, seconds=5)
            until(lambda: len(_families(pool)) >= 3)
            ours = watched(_families(pool))
            with pytest.raises(EngineFault, match="terlalu lama"):
                late.result()

        assert all_ended(ours)


def test_memory_is_bounded():
    with make(memory=300 * 2**20) as pool:
        with pytest.raises(Refused, match="memori"):
            pool.call("hoard", {"bytes": 2**30})

        assert pool.call("hoard", {"bytes": 2**20}).body == 2**20


def test_a_child_cannot_write_large_files(pool, tmp_path):
    with pytest.raises(EngineFault):
        pool.call("write", {"path": str(tmp_path / "besar")})


def test_children_know_little_of_our_environment(pool, monkeypatch):
    monkeypatch.setenv("YANKOMAS_RAHASIA", "kunci")

    assert "YANKOMAS_RAHASIA" not in pool.call("environment", {}).body


def test_the_memory_of_one_page_serves_the_next(pool):
    page = 1240 * 1754

    assert pool.call("pictures", {"bytes": page}).body < page // 4096


def test_reading_children_give_way_to_others():
    with make(nice=5) as pool:
        assert pool.call("nice", {}).body == os.nice(0) + 5


def test_a_library_that_prints_does_not_spoil_the_answer(pool):
    assert pool.call("chatter", {}).body == "said"


def test_a_child_that_lies_is_not_believed(pool):
    with pytest.raises(EngineFault):
        pool.call("lie", {}, seconds=5)


def test_a_child_is_replaced_after_its_share_of_requests():
    with make(requests=2) as pool:
        first = serving(pool)

        pool.call("echo", {})

        assert first != serving(pool) == pool.pids()[0]


def test_a_child_that_has_grown_is_replaced():
    with make(resident=1) as pool:
        pool.call("echo", {})

        assert pool.pids() == ()


def test_closing_ends_idle_and_busy_children():
    pool = make(2)
    first = serving(pool)
    faults = []

    def wait():
        try:
            pool.call("sleep", {"seconds": 60})
        except Passing as fault:
            faults.append(fault)

    busy = Thread(target=wait)
    busy.start()
    pool.close()
    busy.join(PATIENCE)

    assert not busy.is_alive()
    assert len(faults) == 1
    wait_until_dead(first)
    with pytest.raises(Passing, match="ditutup"):
        pool.call("echo", {})


def test_who_waits_behind_another_start_when_it_is_closed_is_told_to_come_again():
    begun, may_go_on = Event(), Event()

    class Slow:
        def birth(self, _limits):
            begun.set()
            may_go_on.wait(PATIENCE)
            raise ConnectionAbortedError

    pool = Pool("misbehaving", size=2, holding=LOOSE, nursery=Slow())
    with ThreadPoolExecutor(2) as threads:
        asked = [threads.submit(pool.call, "echo", {})]
        assert begun.wait(PATIENCE)
        asked.append(threads.submit(pool.call, "echo", {}))
        until(lambda: pool._starter._work_queue.qsize() == 1)

        pool.close()
        may_go_on.set()

        for one in asked:  # no fault of a file's, and none of the program's
            with pytest.raises(Passing, match="ditutup"):
                one.result(PATIENCE)


def test_children_outlive_the_thread_that_first_asked(pool):
    pids = []
    asking = Thread(target=lambda: pids.append(serving(pool)))
    asking.start()
    asking.join()

    assert serving(pool) == pids[0]


@pytest.mark.parametrize("hold", [TIGHT, LOOSE], ids=["kurungan", "batas-saja"])
def test_children_die_when_their_parent_is_killed(hold):
    script = (
        "from pathlib import Path, PosixPath; import time\n"
        "from pipeline.scans.confinement.child import Holding\n"
        "from pipeline.scans.confinement.pool import Pool\n"
        f"pool = Pool('misbehaving', size=1, holding={hold!r})\n"
        "pool.call('pid', {}); print(pool.pids()[0], flush=True); time.sleep(600)"
    )
    path = os.pathsep.join(sys.path)
    parent = subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": path}
    )
    ours = watched(family(int(parent.stdout.readline())))

    parent.kill()
    parent.wait()

    assert all_ended(ours)
    parent.stdout.close()


def reading(data: bytes):
    """Give the bytes of *data* one after the other."""
    view = memoryview(data)

    def read(count: int) -> bytes:
        nonlocal view
        part, view = bytes(view[:count]), view[count:]
        return part

    return read


@pytest.mark.parametrize(
    "data",
    [
        b"YKM1\xff\xff\xff\xff",
        b"NOPE\x00\x00\x00\x02{}",
        b"YKM1\x00\x00\x00\x02{}",
        b"YKM1\x00\x00\x00\x04[[[[",
        b'YKM1\x00\x00\x00\x19{"blobs":[-1],"body":null}',
        b'YKM1\x00\x00\x00\x24{"blobs":[99999999999999],"body":null}',
    ],
)
def test_a_message_out_of_form_or_too_large_is_refused_before_it_is_read(data):
    with pytest.raises(BadMessage):
        unpack(reading(data))


def test_a_packed_message_unpacks():
    message = unpack(reading(pack({"a": "é"}, [b"1", b"22"])))

    assert (message.body, message.blobs) == ({"a": "é"}, (b"1", b"22"))
