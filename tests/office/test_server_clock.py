"""The clock of an office of many is that of its database, whatever the machine's own says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from fakes import MORNING, WIB

from pipeline.errors import Passing
from pipeline.office.store.server_clock import ServerClock


class Server:
    """A server's time, how often it was asked, and how long the machine has been running."""

    def __init__(self) -> None:
        self.at, self.asked, self.seconds, self.away = MORNING.astimezone(UTC), 0, 1000.0, False

    def time(self) -> datetime:
        self.asked += 1
        if self.away:
            raise Passing("Basis data pusat tidak dapat dihubungi.", "Tunggu.")
        return self.at

    def passes(self, seconds: float) -> None:
        self.at, self.seconds = self.at + timedelta(seconds=seconds), self.seconds + seconds

    def clock(self) -> ServerClock:
        return ServerClock(WIB, self.time, lambda: self.seconds)


def test_it_is_the_servers_time_in_the_offices_zone_to_the_second():
    server = Server()
    server.at += timedelta(seconds=0.7)

    assert server.clock().now() == MORNING
    assert server.clock().now().tzinfo is WIB


def test_the_server_is_asked_now_and_then_and_the_machine_counts_meanwhile():
    server = Server()
    clock = server.clock()
    clock.now()

    server.passes(30)
    assert clock.now() == MORNING + timedelta(seconds=30)
    assert server.asked == 1
    server.passes(40)
    assert clock.now() == MORNING + timedelta(seconds=70)
    assert server.asked == 2


def test_while_the_server_is_away_time_goes_on_from_what_it_said():
    server = Server()
    clock = server.clock()
    clock.now()
    server.away = True

    server.passes(3600)

    assert clock.now() == MORNING + timedelta(hours=1)


def test_a_server_that_was_never_reached_leaves_the_machines_own_time():
    server = Server()
    server.away = True

    assert abs((server.clock().now() - datetime.now(UTC)).total_seconds()) < 60
