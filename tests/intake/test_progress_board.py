"""Whoever watches sees what is being worked on, and nothing of what is over."""

from __future__ import annotations

import pytest

from pipeline.intake.ports import Stage
from pipeline.intake.progress import ProgressBoard, until_done


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
