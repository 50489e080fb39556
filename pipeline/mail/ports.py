"""What telling people needs of the world, as small protocols; fakes are in ``tests``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from pipeline.cases.ports import Blob
from pipeline.errors import Passing
from pipeline.scans.ports import AnswerTo

#: For so long receipts are counted.
COUNTED = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Mail:
    """A message as it goes out. ``id`` is the same whenever the same thing is told: a repeated one shows as that.

    ``is_answer``: a machine answers a mail with it, whose *Message-ID* is ``answers`` (empty: it had none).
    """

    to: str
    subject: str
    text: str
    id: str
    at: datetime
    is_answer: bool = False
    answers: str = ""


class MailReader(Protocol):
    """Who looks into a mail that came, where it can do no harm."""

    def answer_to(self, blob: Blob) -> AnswerTo:
        """Return whom a machine may answer; without an address, why nobody.

        Raises:
            EngineFault: the child died of it.
        """


class AddressRefused(Passing):
    """The server takes no mail for this address, and will not by itself; all others are served.

    ``by_rule``: it says that its rules forbid it (RFC 3463, 5.7), as it also does to whom it does not relay for.
    """

    by_rule = False


class AddressWaits(Passing):
    """The server takes no mail for this address at present; all others are served."""


class Run(Protocol):
    """One visit at the server."""

    def send(self, mail: Mail, about_to: Callable[[], None] = ...) -> None:
        """Hand a mail over; when this returns, the server has taken it.

        ``about_to`` is called once the server takes mail for the address, before it gets a word of this one; if it
        raises, the server gets none.

        Raises:
            AddressRefused, AddressWaits: not for this address.
            Passing: the server cannot be used (any more).
        """


class Carrier(Protocol):
    """Who takes mail away."""

    def opened(self) -> AbstractContextManager[Run]:
        """Visit the server.

        Raises:
            Passing: it cannot be reached, proves to be another, or does not let us in.
            SettingsFault: the password or the certificates cannot be read.
        """

    def try_out(self) -> None:
        """Visit the server as for a mail, and send none; raises as :meth:`opened` does."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """An address for which the server took nothing: since when, and in which words of ours."""

    address: str
    why: str
    at: datetime


class SentRecord(Protocol):
    """What was told: outside the cases, each thing by its key. Of one process; a restart finds what it left."""

    def is_told(self, key: str) -> bool:
        """Say whether it was told."""

    def begin(self, keys: Iterable[str], now: datetime) -> None:
        """Note that these are about to be told: what cannot be noted (disk full) is not begun.

        Raises:
            Passing: it cannot be written.
        """

    def told(self, keys: Iterable[str], now: datetime) -> None:
        """Note that they were told. In this process they were, even if that cannot be written.

        Raises:
            Passing: it cannot be written; :meth:`catch_up` tries again.
        """

    def catch_up(self, now: datetime) -> None:
        """Write what could not be written before, and forget what is long over.

        Raises:
            Passing: it cannot be written yet.
        """

    def refused(self, login: str, refusal: Refusal) -> None:
        """Note that the server takes nothing for an account's address."""

    def refusals(self) -> Mapping[str, Refusal]:
        """Return the refusals by login; an account has one at most."""

    def accepted(self, login: str) -> None:
        """Note that the server takes mail for an account."""


@dataclass(frozen=True, slots=True)
class ReceiptCount:
    """How many receipts went out: to anybody in the last hour, to one address in the last day."""

    hour: int
    address: int


class ReceiptCounts(Protocol):
    """How many receipts by mail went out lately; a restart finds what was counted."""

    def count(self, message: str, address: str, at: datetime) -> None:
        """Count a receipt that is about to go to an address; the same ``message`` (its *Message-ID*) again not.

        Raises:
            Passing: it cannot be written; then none is sent.
        """

    def lately(self, address: str, now: datetime) -> ReceiptCount:
        """Return how many went out before now."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Since when no mail goes out, and why."""

    since: datetime
    why: str


class TroubleNote(Protocol):
    """What keeps mail from going out, as other processes see it."""

    def note(self, trouble: Trouble | None) -> None:
        """Note it, or that there is none."""

    def read(self) -> Trouble | None:
        """Return what was noted last."""
