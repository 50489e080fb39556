"""Files that somebody sent to the inbox: what is whole lands there, what is not is told at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.cases.deliveries import Delivery
from pipeline.intake.account import Delivered
from pipeline.intake.ports import InboxAccount, SentFile

#: Why a file without a byte is not taken.
EMPTY = "kosong"


@dataclass(frozen=True, slots=True)
class NotTaken:
    """A file that was not put into the inbox, and why (Indonesian, no full stop)."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Dropped:
    """What became of the files that were sent: those that lie in the inbox now, by what they are called there."""

    landed: tuple[tuple[str, SentFile], ...]
    not_taken: tuple[NotTaken, ...]


def land(file: SentFile, delivery: Delivery, account: InboxAccount, folder: str = "") -> str:
    """Put a file into the inbox, or into a folder of it; return what it is called there.

    Who brings it is noted before it lies there: what cannot be written down is not taken.

    Raises:
        Passing: the disk is full.
    """
    account.note(Delivered(file.mark, file.sha256, folder, delivery))
    return file.land(folder)


def dropped(sent: Iterable[SentFile], delivery: Delivery, account: InboxAccount, folder: str = "") -> Dropped:
    """Put into the inbox, or into a folder of it, what is whole (:func:`land`).

    A file whose end is missing would be waited for there, because scanners write slowly; this one was sent to its last
    byte, so no more of it comes.
    """
    landed, not_taken = [], []
    for file in sent:
        if why := EMPTY if not file.size else f"tidak utuh: {file.gap}" if file.gap else "":
            not_taken.append(NotTaken(file.name, why))
        else:
            landed.append((land(file, delivery, account, folder), file))
    return Dropped(tuple(landed), tuple(not_taken))
