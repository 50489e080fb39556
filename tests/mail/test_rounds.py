"""The thread beside the desk looks again and again, says once what is wrong, and ends with the desk."""

from __future__ import annotations

import logging
import threading

from patience import PATIENCE, until

from pipeline.errors import Passing
from pipeline.mail.engines.rounds import Rounds


def test_what_is_wrong_is_said_once_and_never_ends_the_rounds(caplog):
    looks = []

    def look() -> None:
        looks.append(1)
        if len(looks) < 4:
            raise Passing("Cakram penuh.", "Kosongkan.")
        if len(looks) < 7:
            raise KeyError("nama orang")

    with caplog.at_level(logging.WARNING), Rounds(look, pause=0.001):
        until(lambda: len(looks) > 9)

    assert [record.message for record in caplog.records][:1] == ["Surel tertunda: Cakram penuh. Kosongkan."]
    assert len(caplog.records) == 2
    assert "KeyError" in caplog.records[1].message
    assert "nama orang" not in caplog.text


def test_a_look_that_hangs_does_not_keep_the_desk_from_ending(monkeypatch):
    monkeypatch.setattr("pipeline.mail.engines.rounds._END", 0.01)
    begun, let_go = threading.Event(), threading.Event()

    def look() -> None:
        begun.set()
        let_go.wait(PATIENCE)

    with Rounds(look):
        assert begun.wait(PATIENCE)

    assert not let_go.is_set()
    let_go.set()
