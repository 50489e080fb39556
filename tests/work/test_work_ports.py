"""What the processes of an office, and who starts them, must do, fake or real."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta

import pytest
from fakes import MORNING
from patience import PATIENCE, until
from processes import kernel_tells
from work_fakes import FakeProcesses, FakeStarted

from pipeline.archive.store.layout import Layout
from pipeline.errors import Passing, SettingsFault
from pipeline.storage.locks import sole_process
from pipeline.work.engines.launcher import ProcessLauncher
from pipeline.work.processes import RESTART_MOMENT, Part, PartNote, PartState, told_of, unwatched
from pipeline.work.store.process_notes import FolderProcesses
from pipeline.work.telling import Told, line_of, told_by

NOTE = PartNote(2, MORNING, "prosesnya dihentikan paksa (SIGKILL).", MORNING)


@pytest.fixture(params=["in memory", "on a disk"])
def processes(request, tmp_path):
    if request.param == "in memory":
        return FakeProcesses()
    layout = Layout(tmp_path)
    layout.prepare()
    return FolderProcesses(layout)


def runs(processes, part):
    """Hold a part's role while the context lasts."""
    if isinstance(processes, FolderProcesses):
        layout = processes.layout
        return sole_process(layout.run_lock if part is Part.INTAKE else layout.desk_lock)
    return sole_fake(processes, part)


class sole_fake:  # noqa: N801
    def __init__(self, processes, part):
        self._running, self._part = processes.running, part

    def __enter__(self):
        self._running.add(self._part)

    def __exit__(self, *_):
        self._running.discard(self._part)


def test_a_part_runs_while_its_process_does(processes):
    for part in Part:
        assert not processes.state(part).running
        with runs(processes, part):
            assert [processes.state(p).running for p in Part] == [p is part for p in Part]
        assert not processes.state(part).running


def test_what_was_noted_of_a_part_is_read_by_everybody(processes):
    assert processes.state(Part.DESK).note == PartNote()

    processes.note(Part.DESK, NOTE)
    assert processes.state(Part.DESK).note == NOTE
    processes.note(Part.DESK, replace(NOTE, away_since=None))

    assert processes.state(Part.DESK).note == replace(NOTE, away_since=None)
    assert processes.state(Part.INTAKE).note == PartNote()


@pytest.mark.parametrize("rubbish", ["", "{}", "[1]", '["a", "b", "c", "d"]', '[1, "x", "bukan saat", ""]', "\0"])
def test_a_note_that_is_none_is_as_if_nothing_was_noted(tmp_path, rubbish):
    layout = Layout(tmp_path)
    layout.prepare()
    layout.processes.mkdir()
    (layout.processes / Part.DESK.value).write_text(rubbish)

    assert FolderProcesses(layout).state(Part.DESK).note == PartNote()


def test_people_are_told_of_an_intake_that_is_away_for_longer_than_a_restart_takes():
    away = PartState(Part.INTAKE, running=False, supervised=True, note=NOTE)

    assert unwatched(away, MORNING + RESTART_MOMENT) == ""
    assert unwatched(replace(away, running=True), MORNING + timedelta(hours=1)) == ""
    told = unwatched(away, MORNING + RESTART_MOMENT + timedelta(seconds=1))
    assert told.startswith("Kotak masuk sedang tidak dipantau sejak 08.15:")
    assert "menjalankannya lagi sendiri" in told
    alone = unwatched(PartState(Part.INTAKE, running=False, supervised=False), MORNING)
    assert "Minta admin" in alone


def test_a_part_is_told_in_a_line():
    state = PartState(Part.DESK, running=True, supervised=True, note=NOTE)

    assert told_of(state).startswith("berjalan; 2 kali dijalankan lagi, terakhir berhenti 25/11 08.15: prosesnya")
    assert told_of(replace(state, running=False)).startswith("tidak berjalan, akan dijalankan lagi; 2 kali")
    assert told_of(replace(state, running=False, supervised=False)) == "tidak berjalan"
    assert told_of(PartState(Part.DESK, running=True, supervised=False)) == "berjalan"


def test_what_is_told_comes_through_as_it_was():
    fault = told_by(line_of(Told(SettingsFault("salah\nsekali", "betulkan")))).fault

    assert (fault.exit_code, fault.message, fault.remedy) == (3, "salah\nsekali", "betulkan")
    assert told_by(line_of(Told())) == Told()


#: A process of this program as the supervisor starts it: it comes up, then does what it reads from its first argument.
PART = """
import errno, signal, sys, time
from pipeline.wiring import supervision
from pipeline.errors import SettingsFault
supervised = supervision()
stopped = []
signal.signal(signal.SIGTERM, lambda *_: stopped.append(1))
with supervised.telling():
    if sys.argv[1] == "fails":
        raise SettingsFault("salah", "betulkan")
    if sys.argv[1] == "finds the disk full":
        raise OSError(errno.ENOSPC, "No space left on device")
    if sys.argv[1] == "breaks":
        raise ValueError("Siti Rekaan")
    supervised.moves()
    supervised.moves()  # told once in a while
    while not stopped:
        time.sleep(0.01)
sys.exit(40 + supervised.again)
"""


class RealStarted:
    """A real process, with what tests have it do."""

    def __init__(self, launcher, *, does="works", again=False):
        launcher._commands = {Part.DESK: [sys.executable, "-c", PART, does]}
        self._process = launcher.start(Part.DESK, again=again)
        self.wait = launcher.wait
        for name in ("told", "ended", "stop", "kill", "pid"):
            setattr(self, name, getattr(self._process, name))


@pytest.fixture
def launcher():
    launcher = ProcessLauncher({})
    with launcher.open():
        yield launcher


def heard(process, wait):
    """Wait until something was told."""
    found = []
    until(lambda: found.extend(process.told()) or found or wait(0.05))
    return found


def test_a_process_tells_that_it_is_up_and_ends_when_asked(launcher):
    process = RealStarted(launcher, again=True)
    assert heard(process, process.wait) == [Told()]
    assert process.ended() is None

    process.stop()
    until(lambda: process.ended() is not None)

    assert process.ended() == 41  # as one that was up before

    fake = FakeStarted(Part.DESK, again=True)
    fake.comes_up()
    assert fake.told() == [Told()]
    assert fake.ended() is None
    fake.stop()
    assert fake.ended() is not None


def test_a_process_tells_why_it_cannot_come_up(launcher):
    process = RealStarted(launcher, does="fails")

    (told,) = heard(process, process.wait)
    until(lambda: process.ended() is not None)

    assert (told.fault.exit_code, process.ended()) == (3, 3)


def test_a_process_tells_that_it_found_the_disk_full(launcher):
    process = RealStarted(launcher, does="finds the disk full")

    (told,) = heard(process, process.wait)
    until(lambda: process.ended() is not None)

    assert (told.fault.exit_code, process.ended()) == (Passing.exit_code,) * 2
    assert told.fault.message == "Cakram tidak dapat ditulisi: cakram penuh."


def test_a_process_tells_where_it_broke_and_nothing_of_what_it_was_at(launcher, capfd):
    process = RealStarted(launcher, does="breaks")

    (told,) = heard(process, process.wait)
    until(lambda: process.ended() is not None)

    assert told.fault.message == "Kesalahan program: ValueError di <string>:14."
    assert (process.ended(), "".join(capfd.readouterr())) == (1, "")


def test_the_end_of_a_process_ends_a_wait(launcher):
    process = RealStarted(launcher)
    heard(process, process.wait)

    os.kill(process.pid, signal.SIGKILL)
    launcher.wait(PATIENCE)
    until(lambda: process.ended() is not None)

    assert process.ended() == -9
    assert process.told() == []


def test_a_signal_asks_to_stop_and_ends_a_wait(launcher):
    os.kill(os.getpid(), signal.SIGTERM)

    launcher.wait(PATIENCE)

    assert launcher.stopping


def test_the_threads_of_a_part_share_one_heap(launcher):
    process = RealStarted(launcher)
    heard(process, process.wait)

    environment = kernel_tells(process.pid, "environ").split("\0")
    process.stop()
    until(lambda: process.ended() is not None)

    assert "MALLOC_ARENA_MAX=1" in environment


def test_our_own_ctrl_c_is_left_to_the_supervisor(launcher):
    process = RealStarted(launcher)
    heard(process, process.wait)

    os.kill(process.pid, signal.SIGINT)
    os.kill(process.pid, signal.SIGHUP)
    process.stop()
    until(lambda: process.ended() is not None)

    assert process.ended() == 40


def test_nothing_that_is_started_sees_the_pipe():
    seen = (
        "import json, os; from pipeline.wiring import supervision; supervision(); print(json.dumps(dict(os.environ)))"
    )
    reads, writes = os.pipe()
    environment = {**os.environ, "YANKOMAS_PENYELIA": str(writes)}
    done = subprocess.run(
        [sys.executable, "-c", seen], env=environment, pass_fds=(writes,), capture_output=True, check=True
    )
    os.close(reads)
    os.close(writes)

    assert "YANKOMAS_PENYELIA" not in json.loads(done.stdout)
