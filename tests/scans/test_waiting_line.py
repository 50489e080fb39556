"""Who has waited longest is served next, whoever gives up a place."""

from __future__ import annotations

import threading

from patience import PATIENCE, until

from pipeline.scans.confinement.waiting_line import WaitingLine


def test_who_gives_up_a_place_and_asks_again_comes_after_those_who_wait():
    line, served = WaitingLine(1), []

    def come(name: str) -> None:
        with line:
            served.append(name)

    waiting = [threading.Thread(target=come, args=(name,), daemon=True) for name in ("pertama", "kedua")]
    with line:
        for count, thread in enumerate(waiting, 1):
            thread.start()
            until(lambda count=count: line.waiting == count)
    come("yang tadi")

    for thread in waiting:
        thread.join(PATIENCE)
    assert served == ["pertama", "kedua", "yang tadi"]


def test_there_are_as_many_places_as_were_made_and_each_comes_back():
    line = WaitingLine(2)

    for _ in range(3):
        with line, line:
            assert line.waiting == 0
