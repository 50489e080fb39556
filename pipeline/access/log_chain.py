"""The lines of the access log, and how its months hang together, wherever it is kept.

A line has the form of a case's journal: ``by`` is the login, ``kind`` the route, ``data`` the roles held, the case's
number, and the account that was changed; no name and no content. The first line of a month carries the head of the
month before, so that the months hang together too.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime

from pipeline.archive.ports import RESTORE, Finding
from pipeline.cases.journal import GENESIS, MACHINE, Entry, Journal, write_line

#: The kind of a month's first line.
OPENED = "bulan"
#: And of one by which the hash of a right password is made anew: of the account it says what it was and becomes.
RENEWED = "sandi diperbarui"
#: The seq and hash of a line.
Link = tuple[int, str]


def first_line(at: datetime, before: tuple[str, str] | None) -> tuple[bytes, Entry]:
    """Return the line that opens a month; ``before`` is the month before it and its head, None for the first."""
    data = {"month": before[0], "head": before[1]} if before else {}
    return write_line(1, at, MACHINE, OPENED, data, GENESIS)


def next_line(
    last: Link, at: datetime, login: str, route: str, roles: Iterable[str], case: str, about: str, reason: str = ""
) -> tuple[bytes, Entry]:
    """Return the line behind another: somebody (``login``) is about to see something, or to change an account.

    ``reason`` is why who reads a case reads it who does not handle it.
    """
    named = {"case": case, "about": about, "reason": reason}
    data = {"roles": sorted(roles), **{name: text for name, text in named.items() if text}}
    return write_line(last[0] + 1, at, login, route, data, last[1])


def link_of(line: bytes) -> Link | None:
    """Return the seq and hash that a line says it has; None for one that cannot be read."""
    try:
        record = json.loads(line)
        return int(record["seq"]), str(record["hash"])
    except (ValueError, KeyError, TypeError):
        return None


def chain_faults(months: Iterable[tuple[str, Journal]]) -> Iterator[Finding]:
    """Yield what is wrong within each month, and from month to month; they come oldest first."""
    before: tuple[str, str] | None = None
    for month, journal in months:
        where = f"akses/{month}"
        for fault in journal.faults:
            yield Finding(where, "rantai", f"{fault[0].upper()}{fault[1:]}.", RESTORE)
        first = journal.entries[0] if journal.entries else None
        if before and (first is None or first.data.get("head") != before[1]):
            yield Finding(where, "rantai", f"Tidak menyambung pada akhir bulan {before[0]}.", RESTORE)
        before = (month, journal.head)
