"""Machines that tend the centre's cases fail: killed, cut off and back, or a server fails in the middle of a letter."""

from __future__ import annotations

import os
import signal
import threading
from functools import partial
from pathlib import Path

import pytest
from central_network import DEAD, network_centre, told
from central_node import one_letter_on, worker_of
from central_office import jobs_left, made, opened, registered, require_whole, what_was_done
from crash import Effects, clean_forks, effects_of, in_child, was_killed
from ended_cases import ARCHIVIST
from network_nodes import node
from offices import FakeOffice, copied
from patience import PATIENCE, until

from pipeline.cases.case_number import CaseNumber
from pipeline.cases.ports import content
from pipeline.work.close_year import close_year, sign_year

pytestmark = pytest.mark.skipif(os.environ.get("YANKOMAS_TES_PUSAT") != "1", reason="dijalankan `make test-central`")
FIRST, SHEET = CaseNumber(2026, 1), b"%PDF-1.7 lembar bertanda tangan"


@pytest.fixture
def office(central, tmp_path):
    """An office whose cases the centre's workers tend."""
    return made(tmp_path / "kantor", central, has_workers=True)


@pytest.fixture
def forks():
    """Where children are forked from, with all loaded that they need and nothing of the store begun."""
    return clean_forks()


def tended(office: FakeOffice, address: str) -> None:
    """Have a worker of this process do whatever is open."""
    worker = worker_of(office, address, DEAD)
    thread = threading.Thread(target=worker.run, daemon=True)
    thread.start()
    until(lambda: not office.root.cabinet.open_cases() and not jobs_left(address, office.root.central_plan.office))
    worker.stop()
    thread.join(PATIENCE)


@pytest.mark.parametrize("step", [13, pytest.param(1, marks=pytest.mark.slow)], ids=["some", "every"])
def test_what_a_worker_had_in_hand_is_done_once_wherever_it_was_killed(centre, forks, step):
    office, killed, n = centre.office, 0, 1
    with node() as machine:
        folder, there = centre.folder_on(machine)
        while True:
            number = registered(office, f"surat {n}")
            child = forks.Process(target=one_letter_on, args=(machine.name, str(folder), there, n, DEAD))
            child.start()
            child.join(PATIENCE)
            if child.exitcode == 0:
                break
            assert child.exitcode == -signal.SIGKILL
            killed, n = killed + 1, n + step
            if killed % 5 == 0:
                tended(office, centre.address)
        tended(office, centre.address)

    assert killed >= 4
    require_whole(office, number.serial)


def _close(folder: Path, effects: Effects) -> None:
    """Close the year that is over with its signed sheet, as far as that is not done."""
    office = later(folder)
    effects.install()
    parts = office.root.close_year_parts(lambda: office.reader)
    if not office.root.year_ends.closed():
        close_year(2026, by=ARCHIVIST, parts=parts)
    if not office.root.year_ends.every()[0].signed:
        sign_year(2026, office.root.in_memory("lembar.pdf", SHEET), by=ARCHIVIST, parts=parts)


def later(folder: Path) -> FakeOffice:
    """Open an office two months later, when the year is over."""
    office = opened(folder)
    office.clock.forward(days=60)
    return office


def test_a_year_whose_closing_was_killed_anywhere_is_closed_once_with_its_sheet(office, tmp_path):
    folder = office.root.layout.root
    registered(office, "tanah")
    effects = effects_of(partial(_close, copied(folder, tmp_path / "utuh")), tmp_path)
    for kill_at in range(3, len(effects), 9):
        copy = copied(folder, tmp_path / f"n{kill_at}")
        assert was_killed(in_child(partial(_close, copy, Effects(kill_at))))

        assert in_child(partial(_close, copy, Effects())) == 0

        closed = later(copy)
        [end] = closed.root.year_ends.every()
        assert content(closed.root.year_ends.sheet(end)) == SHEET
        assert closed.root.seals.seal_now(closed.clock.now())
        assert closed.findings() == [], kill_at


@pytest.fixture
def centre(tmp_path):
    with network_centre(tmp_path) as made:
        yield made


def test_a_machine_that_was_cut_off_comes_back_and_does_nothing_twice(centre, tmp_path):
    office, hold = centre.office, tmp_path / "lanjut"
    with node() as first, node() as second:
        cut_off = centre.machine(first, hold)
        registered(office, "tanah")
        assert cut_off.stdout.readline() == "mulai\n"
        first.cut_off()
        other = centre.machine(second)
        until(centre.all_done)
        done = what_was_done(office.root.cabinet.case(FIRST))
        other.terminate()
        other.wait(PATIENCE)
        hold.touch()
        first.reconnect()
        registered(office, "upah")
        until(centre.all_done)

        assert what_was_done(office.root.cabinet.case(FIRST)) == done
        require_whole(office, 2)


def test_what_a_machine_had_in_hand_that_was_killed_another_does(centre, tmp_path):
    with node() as first, node() as second:
        killed = centre.machine(first, tmp_path / "lanjut")
        registered(centre.office, "tanah")
        assert killed.stdout.readline() == "mulai\n"
        killed.kill()
        centre.machine(second)
        registered(centre.office, "upah")
        until(centre.all_done)

        require_whole(centre.office, 2)


@pytest.mark.parametrize(
    "fails",
    [
        "database killed",
        "database read only",
        "store refuses",
        pytest.param("store frozen for a minute", marks=pytest.mark.slow),
    ],
)
def test_a_machine_of_its_own_goes_on_with_its_letter_after_a_server_has_failed(centre, tmp_path, fails):
    store, hold = centre.store, tmp_path / "lanjut"
    with node() as machine:
        worker = centre.machine(machine, hold)
        registered(centre.office, "tanah")
        assert worker.stdout.readline() == "mulai\n"

        def is_told(why: str) -> bool:
            return f"bengkulu 2026/0001 tertunda: {why}" in told(centre.folder_on(machine)[0])

        if fails == "database killed":
            centre.database.kill()
            hold.touch()
            until(lambda: is_told("Basis data pusat tidak dapat dihubungi"))
            centre.database.start()
        elif fails == "database read only":
            centre.read_only(is_so=True)
            hold.touch()
            until(lambda: is_told("Basis data pusat sedang hanya dapat dibaca"))
            centre.read_only(is_so=False)
        elif fails == "store refuses":
            store.refuses = 503
            hold.touch()
            until(lambda: is_told("Penyimpanan objek pusat"))
            store.refuses = 0
        else:
            store.moves.clear()
            hold.touch()
            until(lambda: store.failed)
            threading.Event().wait(60)
            store.moves.set()
        registered(centre.office, "upah")
        until(centre.all_done)

        require_whole(centre.office, 2)
