"""Who is at the door: every connection that is open, counted by address, and which of them gives way when it is full.

Counted where a connection is accepted, before TLS and before a word was said, so that nobody who only opens connections
takes the program's open files. Whoever holds most gives way, and there who has waited longest without asking anything:
an address that comes with one connection is let in however many another one holds.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from pipeline.access.failed_tries import network
from pipeline.desk.throttle import Rate, Throttle
from pipeline.desk.tls import is_loopback
from pipeline.errors import SettingsFault

#: How often an address may exchange its own connections for new ones when there is no room.
_AGAIN = Rate(60, 60)
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def _nothing() -> None:
    """End nothing: the connection has not begun."""


@dataclass(slots=True, eq=False)
class Guest:
    """A connection: by which address it is counted, whether it waits (has asked nothing), and how it is ended."""

    whence: str
    waits: bool = True
    end: Callable[[], None] = field(default=_nothing, repr=False)


@dataclass(frozen=True, slots=True)
class DoorRules:
    """How many may be in, in all and of one address.

    ``proxies`` come with everybody's connections and have no bound of their own; with ``proxied_only`` nobody else
    comes in but from this machine itself.
    """

    most: int
    of_one: int
    proxies: Sequence[Network] = ()
    proxied_only: bool = False


class Crowd:
    """The connections that are open. Lives on the server's event loop."""

    def __init__(self, rules: DoorRules) -> None:
        self._rules, self._total, self._again = rules, 0, Throttle(_AGAIN)
        self._by_address: dict[str, dict[Guest, None]] = {}  # each in the order in which they began to wait, or to work

    def __len__(self) -> int:
        return self._total

    @property
    def largest(self) -> tuple[str, int]:
        """The address with most connections, and how many."""
        whence = max(self._by_address, key=lambda each: len(self._by_address[each]), default="")
        return whence, len(self._by_address.get(whence, ()))

    def enter(self, peer: str, now: datetime) -> tuple[Guest | None, bool]:
        """Let a connection in; return it, or None if it is turned away, and whether the door is full.

        When it is full, somebody is ended: the newcomer has their place. An address that takes place after place from
        itself gets only so many a minute: each costs the machine a handshake.
        """
        from_proxy = any(_is_in(peer, proxy) for proxy in self._rules.proxies)
        if self._rules.proxied_only and not from_proxy and not is_loopback(peer):
            return None, False
        guest = Guest(network(peer))
        self._add(guest)
        own = self._by_address[guest.whence]
        if len(own) > self._rules.of_one and not from_proxy:
            leaving = _gives_way([own], guest)
        elif self._total > self._rules.most:
            leaving = _gives_way(self._greediest(), guest)
        else:
            return guest, False
        if leaving.whence == guest.whence and not from_proxy and self._again.take(guest.whence, now):
            leaving = guest
        self.leave(leaving)
        leaving.end()
        return (None if leaving is guest else guest), True

    def thin(self) -> None:
        """End one connection of an address that holds most, if there is any: there is no room for so many."""
        if self._total:
            leaving = _gives_way(self._greediest(), None)
            self.leave(leaving)
            leaving.end()

    def _greediest(self) -> list[dict[Guest, None]]:
        most = max(map(len, self._by_address.values()))
        return [own for own in self._by_address.values() if len(own) == most]

    def note(self, guest: Guest, *, waits: bool) -> None:
        """Note that a connection has asked something, or waits again."""
        own = self._by_address.get(guest.whence, {})
        if guest.waits != waits and guest in own:
            del own[guest]
            own[guest] = None
        guest.waits = waits

    def leave(self, guest: Guest) -> None:
        """Forget a connection; one that is forgotten already is no fault."""
        own = self._by_address.get(guest.whence, {})
        if guest not in own:
            return
        del own[guest]
        self._total -= 1
        if not own:
            del self._by_address[guest.whence]

    def all(self) -> tuple[Guest, ...]:
        """Return everybody who is in."""
        return tuple(guest for own in self._by_address.values() for guest in own)

    def _add(self, guest: Guest) -> None:
        self._by_address.setdefault(guest.whence, {})[guest] = None
        self._total += 1


def _gives_way(greediest: Sequence[dict[Guest, None]], newcomer: Guest | None) -> Guest:
    """Return who gives way of those that hold most: the longest waiting, else the newcomer, else who came last."""
    waiting = (guest for own in greediest for guest in own if guest.waits and guest is not newcomer)
    if longest := next(waiting, None):
        return longest
    if newcomer is not None and any(newcomer in own for own in greediest):
        return newcomer
    return next(reversed(greediest[0]))


def networks(proxies: Sequence[str]) -> tuple[Network, ...]:
    """Return the addresses that a setting names.

    Raises:
        SettingsFault: one of them is none.
    """
    return tuple(_network(proxy) for proxy in proxies)


def _network(proxy: str) -> Network:
    try:
        return ipaddress.ip_network(proxy, strict=False)
    except ValueError as fault:
        raise SettingsFault(f"[web] proksi: {proxy!r} bukan alamat.", 'Tulis misalnya "127.0.0.1".') from fault


def _is_in(peer: str, proxy: Network) -> bool:
    try:
        return ipaddress.ip_address(network(peer).partition("/")[0] if "." in peer else peer) in proxy
    except ValueError:
        return False
