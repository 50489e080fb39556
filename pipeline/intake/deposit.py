"""Deposits: files that an agent at a remote office has claimed there, and hands over to where the cases are.

The claim's name comes with the file. What became of it is noted in the account like that of any file; so a repeat of
the same claim gets the same answer, whatever broke in between.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from pipeline.backoff import CUT_OFFS, TRIES
from pipeline.cases.actor import Actor
from pipeline.cases.deliveries import REMOTE, delivered
from pipeline.cases.ports import Blob
from pipeline.errors import EngineFault, Refused, UsageFault, YankomasError, place_of
from pipeline.intake import outcomes
from pipeline.intake.account import AccountEntry, AccountPart, Delivered, Settled, Taken
from pipeline.intake.outcomes import Outcome, SetAside
from pipeline.intake.ports import Attempts, InboxAccount
from pipeline.intake.receive import ReceiveParts, receive
from pipeline.register.ports import Claim

#: How claims are named where they were made.
_NAME = re.compile(r"[0-9a-f]{16,64}")
#: Where a file lies that was refused: it never left the agent's office.
_STAYED = "di kantor yang memindai"
#: A file that waited no longer than this came when it was handed over; one that waited longer came when it was claimed,
#: if that can be: a clock there may be wrong.
_AT_ONCE, _TOO_LONG = timedelta(minutes=5), timedelta(days=60)
_DEPOSITING = "titipan"
_log = logging.getLogger(__name__)


def deposit(
    name: str,
    blob: Blob,
    *,
    folder: str,
    claimed_at: datetime | None,
    by: Actor,
    parts: ReceiveParts,
    account: InboxAccount,
    attempts: Attempts,
    again: Callable[[AccountEntry, Blob], object] = lambda _entry, _blob: None,
    accepted: Callable[[Outcome], None] = lambda _outcome: None,
) -> tuple[AccountPart, ...]:
    """Take a file in that an agent claimed under this name; return what became of it. A repeat changes nothing.

    ``by`` is whose token the agent has: who scanned at the remote office, only that office knows. ``again`` gets what
    is repeated, should the store have lost it since.

    Raises:
        UsageFault: the claim's name is none, or another file was handed over under it.
        Passing: it cannot be done now; the agent keeps the file and comes again.
    """
    if not _NAME.fullmatch(name):
        raise UsageFault(f"{name[:80]!r} bukan nama titipan.", "Nama titipan: 16 sampai 64 angka heksadesimal kecil.")
    now = parts.clock.now()
    claim = Claim(claim_of(name), blob, folder)
    if (known := account.account(now).entries.get(claim.id)) and known.taken.sha256 != blob.sha256:
        raise UsageFault(
            "Titipan dengan nama itu sudah diterima dengan isi lain.", "Setiap berkas dititipkan dengan nama baru."
        )
    if known and known.parts:
        again(known, blob)
        return known.parts
    taken = known.taken if known else Taken(claim.id, blob.name, blob.size, blob.sha256, claim.id, now)
    delivery = delivered(REMOTE, now, by)
    if known is None:
        account.note(Delivered(claim.id, blob.sha256, folder, delivery))
    account.note(taken)
    deliveries = account.account(now).deliveries(claim.id, blob.sha256) or (delivery,)
    outcome = _outcome(replace(claim, deliveries=deliveries), replace(parts, came_at=_came(claimed_at, now)), attempts)
    found = outcomes.account_parts(outcome, _STAYED)
    account.note(Settled(taken, found, parts.clock.now()))
    accepted(outcome)
    return found


def claim_of(name: str) -> str:
    """Return what a claim that an agent made is called here."""
    return f"titipan-{name}"


def _outcome(claim: Claim, parts: ReceiveParts, attempts: Attempts) -> Outcome:
    """Return what becomes of a file; one that stops its reader, or this program, every time is refused."""
    before = attempts.begin(claim.id, _DEPOSITING)
    try:
        if before.cut_off >= CUT_OFFS:
            return SetAside(outcomes.unreadable("program ini sendiri berhenti setiap kali memeriksanya"))
        for left in reversed(range(TRIES)):
            try:
                return _looked_into(claim, replace(parts, last_try=left == 0))
            except EngineFault as fault:
                if left == 0:
                    return SetAside(outcomes.unreadable(fault.message))
        raise AssertionError
    finally:
        attempts.forget(claim.id)


def _looked_into(claim: Claim, parts: ReceiveParts) -> Outcome:
    try:
        return receive(claim, parts)
    except (YankomasError, OSError):
        raise
    except Exception as fault:  # one file that our own program stumbles over must not stop the others
        _log.error("%s: kesalahan program %s di %s", claim.id, type(fault).__name__, place_of(fault))
        raise EngineFault(f"kesalahan program ({type(fault).__name__})") from fault


def _came(claimed_at: datetime | None, now: datetime) -> datetime | None:
    if claimed_at is None or not _AT_ONCE < now - claimed_at < _TOO_LONG:
        return None
    return claimed_at.astimezone(now.tzinfo)


def require_hash(blob: Blob, sha256: str) -> None:
    """Make sure that a file arrived as it was sent.

    Raises:
        Refused: it did not; the agent sends it again.
    """
    if blob.sha256 != sha256:
        raise Refused("terpotong", "Berkas berubah di jalan.", "Kirim lagi dari awal.")
