"""The threads that look into files: taking is done in the order of arrival, however many look."""

from __future__ import annotations

import threading

from patience import PATIENCE

from pipeline.intake.receivers import Pending, Receivers


def test_files_are_taken_one_after_another_in_the_order_of_arrival_while_others_are_looked_into():
    taken, all_done, second = [], threading.Event(), threading.Event()

    def take(pending):
        taken.append(pending.place)
        if pending.place == 1:
            second.set()

    def work(pending):
        if pending.place == 0:
            assert second.wait(PATIENCE)  # the slow first file holds nobody up
        if pending.place == 39:
            all_done.set()

    receivers = Receivers(take, work, 4, lambda: None)
    for place in range(40):
        receivers.submit(Pending(f"{place:016x}", place))

    assert all_done.wait(PATIENCE)
    receivers.stop(PATIENCE)
    assert taken == list(range(40))
