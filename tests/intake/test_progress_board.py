"""Whoever watches sees what is being worked on, and nothing of what is over."""

from __future__ import annotations

import threading

import pytest
from patience import PATIENCE

from pipeline.intake.ports import Stage
from pipeline.intake.progress import ProgressBoard, until_done, wait_for_change


def test_a_case_shows_its_pages_while_it_is_read_and_nothing_afterwards():
    board, seen = ProgressBoard(), []

    def read(number: str) -> None:
        board.show(number, Stage("membaca", 12, 60))
        seen.append(str(board.stages()[number]))

    until_done(board, read)("2026/0007")

    assert seen == ["membaca 12/60"]
    assert board.stages() == {}


def test_a_case_whose_reading_breaks_is_not_shown_as_being_read():
    board = ProgressBoard()

    def read(number: str) -> None:
        board.show(number, Stage("membaca", 1, 2))
        raise ConnectionError

    with pytest.raises(ConnectionError):
        until_done(board, read)("2026/0007")

    assert board.stages() == {}


def test_who_waits_is_told_at_once_of_what_changed_before_and_after_so_long_that_nothing_did():
    board, told = ProgressBoard(), []
    board.touch()

    waiting = threading.Thread(target=lambda: told.append(board.wait(0, 3600)), daemon=True)
    waiting.start()
    waiting.join(PATIENCE)

    assert told == [board.version] == [board.wait(board.version, 0)]


class Changing:
    """Work elsewhere, of which each look finds the next of these versions."""

    def __init__(self, *versions):
        self._versions = iter(versions)

    @property
    def version(self):
        return next(self._versions)


def test_what_is_done_elsewhere_is_looked_at_until_it_changes_or_the_time_is_over():
    assert wait_for_change(Changing(3, 3, 4), 3, 3600, 0) == 4
    assert wait_for_change(Changing(3), 3, -1, 0) == 3
