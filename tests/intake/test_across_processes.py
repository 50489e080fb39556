"""What one process tells another of the inbox: what is in work, and that there is something to do."""

from __future__ import annotations

import os
import threading
import time
from datetime import UTC

import pytest
from patience import PATIENCE, until

from pipeline.intake.engines.doorbell import Doorbell, press
from pipeline.intake.engines.watching import Bell
from pipeline.intake.ports import Stage
from pipeline.intake.progress import ProgressBoard
from pipeline.intake.store.postgres_progress import AnnouncedProgress, Announcing
from pipeline.intake.store.progress_file import PublishedProgress, Publishing


@pytest.fixture
def place(tmp_path):
    return tmp_path / "kemajuan"


class InFolder:
    """A board that other processes see by a file."""

    pause = 0.1

    def __init__(self, place):
        self._place, self._lives = place, True
        self.seen = PublishedProgress(place, lambda: self._lives)

    def publishing(self, board):
        return Publishing(board, self._place)

    def die(self):
        self._lives = False


class AtTheCentre:
    """A board that other machines see by a row of the office's schema."""

    pause = 0.02

    def __init__(self, database):
        self._database, self.seen = database, AnnouncedProgress(database, UTC)

    def publishing(self, board):
        self._announcing = Announcing([(board, lambda: self._database)], pause=self.pause)
        return self._announcing

    def die(self):
        self._announcing._ending.set()
        self._announcing._thread.join()
        with self._database.transaction() as running:
            running.execute("UPDATE kemajuan SET saat = saat - interval '31 seconds'")


@pytest.fixture(params=["in a folder", "at the centre"])
def elsewhere(request):
    if request.param == "in a folder":
        return InFolder(request.getfixturevalue("place"))
    return AtTheCentre(request.getfixturevalue("central_office")[0])


def test_a_board_is_seen_elsewhere_as_it_is_and_its_version_grows(elsewhere):
    board, seen = ProgressBoard(), elsewhere.seen
    with elsewhere.publishing(board):
        versions = [seen.version]
        for change, shown in (
            (lambda: board.show("a1", Stage("membaca", 1, 2)), {"a1": Stage("membaca", 1, 2)}),
            (
                lambda: board.show("b “2”", Stage("diperiksa")),
                {"a1": Stage("membaca", 1, 2), "b “2”": Stage("diperiksa")},
            ),
            (lambda: board.clear("a1"), {"b “2”": Stage("diperiksa")}),
            (board.touch, {"b “2”": Stage("diperiksa")}),
        ):
            change()
            versions.append(seen.wait(versions[-1], PATIENCE))
            until(lambda shown=shown: seen.stages() == shown)
            versions[-1] = seen.version

    assert versions == sorted(set(versions))
    assert seen.stages() == {}


def test_a_version_goes_on_growing_from_process_to_process(elsewhere):
    seen, versions = elsewhere.seen, []
    for _ in range(3):
        board = ProgressBoard()
        with elsewhere.publishing(board):
            board.show("a1", Stage("membaca", 1, 2))
            until(seen.stages)
            versions.append(seen.version)

    assert versions == sorted(set(versions))


def test_what_a_dead_process_was_at_is_not_shown(elsewhere):
    board, seen = ProgressBoard(), elsewhere.seen
    with elsewhere.publishing(board):
        board.show("a1", Stage("membaca", 1, 2))
        until(seen.stages)
        before = seen.version

        elsewhere.die()

        assert seen.stages() == {}
        assert isinstance(elsewhere, InFolder) or seen.version > before


@pytest.mark.parametrize("rubbish", [b"", b"[", b"{}", b"[1]", b'[1, {"a": 3}]', b'[1, ["a"]]', b"\xff\xfe"])
def test_a_board_that_cannot_be_read_is_empty(place, rubbish):
    place.write_bytes(rubbish)

    assert PublishedProgress(place, lambda: True).stages() == {}


def test_a_thousand_changes_are_few_writings(elsewhere):
    board, seen = ProgressBoard(), elsewhere.seen
    written, begun = set(), time.monotonic()
    with elsewhere.publishing(board):
        for n in range(1000):
            board.show("a1", Stage("membaca", n, 1000))
            written.add(seen.version)
        took = time.monotonic() - begun

        until(lambda: seen.stages() == {"a1": Stage("membaca", 999, 1000)})

    assert len(written) <= 3 + took / elsewhere.pause  # before, at first, and after each pause


def test_a_board_that_cannot_be_written_stops_nobody(tmp_path):
    board = ProgressBoard()

    with Publishing(board, tmp_path / "tidak-ada" / "dalam" / "kemajuan"):
        board.show("a1", Stage("diperiksa"))

    assert list(tmp_path.iterdir()) == []


def test_who_presses_wakes_who_listens(tmp_path):
    bell = Bell(tmp_path / "inbox")
    with Doorbell(tmp_path / "bel", bell.ring):
        for _ in range(3):
            waiting = threading.Thread(target=bell.wait, args=(PATIENCE,))
            waiting.start()
            press(tmp_path / "bel")
            waiting.join(PATIENCE)
            assert not waiting.is_alive()
            bell.closed()


def test_where_nobody_listens_pressing_is_no_fault_and_stops_nobody(tmp_path):
    press(tmp_path / "bel")
    with Doorbell(tmp_path / "bel", lambda: None):
        pass

    for _ in range(3):
        press(tmp_path / "bel")

    (tmp_path / "lain").write_bytes(b"milik orang")
    press(tmp_path / "lain")
    assert (tmp_path / "lain").read_bytes() == b"milik orang"


def test_a_pipe_that_is_full_or_was_replaced_or_left_over_is_no_fault(tmp_path):
    (tmp_path / "bel").write_text("bukan pipa")
    rung = threading.Event()
    with Doorbell(tmp_path / "bel", rung.set):
        for _ in range(100_000 // 64):
            press(tmp_path / "bel")
        assert rung.wait(PATIENCE)
        (tmp_path / "bel").unlink()
        press(tmp_path / "bel")


def test_where_no_pipe_can_be_made_the_office_goes_on(tmp_path, caplog):
    with Doorbell(tmp_path / "tidak-ada" / "bel", lambda: None):
        pass

    assert "beberapa detik kemudian" in caplog.text


def test_who_presses_a_link_presses_nothing(tmp_path):
    os.mkfifo(tmp_path / "bel")
    (tmp_path / "tautan").symlink_to(tmp_path / "bel")
    listening = os.open(tmp_path / "bel", os.O_RDONLY | os.O_NONBLOCK)

    press(tmp_path / "tautan")

    assert os.read(listening, 1) == b""
    press(tmp_path / "bel")
    assert os.read(listening, 1) != b""
    os.close(listening)
