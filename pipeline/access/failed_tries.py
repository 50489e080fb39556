"""Tries that failed, counted by account and by address: the more there were, the longer the next has to wait.

A try is counted before it is made and given back if it succeeds, so that many at once are not more than one after the
other. What is counted is kept as a hash: a password typed into the wrong field must not lie in the file.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from ipaddress import IPv4Address, ip_address, ip_network

_FIRST_WAIT, _LONGEST_WAIT = 30.0, 3600.0  # seconds
FORGOTTEN = 24 * 3600.0  # seconds after the last one
KNOWN = 90 * 24 * 3600.0  # seconds in which an address is known from where somebody came in


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many failed tries are free before waiting begins, for one kind of thing that is counted.

    ``longest`` is the most that anybody waits, in seconds.
    """

    kind: str
    free: int
    longest: float = _LONGEST_WAIT

    def of(self, *whose: str) -> Counted:
        """Return what is counted of somebody."""
        return Counted(self, hashlib.sha256("\0".join((self.kind, *whose)).encode("utf-8", "replace")).digest())


@dataclass(frozen=True, slots=True)
class Counted:
    """Something whose failed tries are counted, by the hash of what it is."""

    allowance: Allowance
    key: bytes


#: An account from one address: whoever guesses there makes nobody wait elsewhere.
ACCOUNT = Allowance("akun", 5)
#: An account from all addresses that it is not known from: nobody shall close it to its owner for long.
ACCOUNT_EVERYWHERE = Allowance("akun-semua", 20, longest=60.0)
ADDRESS = Allowance("alamat", 20)
#: The passphrase of an official's key: tokens and services lock themselves for good after a few more.
SIGNING = Allowance("tanda-tangan", 3)
STATUS = Allowance("status", 10)
#: All addresses together: nobody shall be able to close the page to everybody for long.
STATUS_EVERYWHERE = Allowance("status-semua", 300, longest=60.0)
#: A letter's code or file that nobody knows, asked about at the page on authenticity; and by all together.
AUTHENTICITY = Allowance("keaslian", 10)
AUTHENTICITY_EVERYWHERE = Allowance("keaslian-semua", 300, longest=60.0)


def network(address: str) -> str:
    """Return what addresses are counted by: themselves, or of IPv6 the part that one subscriber has (/64, RFC 6177)."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv4Address):
        return str(found)
    return str(found.ipv4_mapped or ip_network((found, 64), strict=False))


def wait(allowance: Allowance, count: int) -> float:
    """Return how long the next try has to wait, in seconds, after so many that failed.

    Beyond the allowance each failed one doubles it, up to the longest.
    """
    over = count - allowance.free
    return min(_FIRST_WAIT * 2 ** min(over, 10), allowance.longest) if over >= 0 else 0.0
