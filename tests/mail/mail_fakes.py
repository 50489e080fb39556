"""Fakes of the ports of mail, and an office of rows and accounts whose people are told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from access_fakes import FakePeople
from case_factory import CALENDAR
from fakes import MORNING, FixedClock
from registers import entry

from pipeline.access.accounts import held
from pipeline.cases.store.sop_editions import editions
from pipeline.errors import Passing
from pipeline.mail.ports import COUNTED, Mail, ReceiptCount, Refusal, Trouble
from pipeline.mail.postman import MailParts, Postman
from pipeline.mail.store.fetched_record import SqliteMailRecord
from pipeline.mail.store.receipt_counts import SqliteReceiptCounts
from pipeline.mail.store.sent_record import SqliteSentRecord
from pipeline.office.office import Letterhead, Office
from pipeline.office.officials import Official
from pipeline.privacy.matters import Pressing
from pipeline.register.row import Row

SOP = editions()[-1]
DESK = "https://meja.kantor.contoh"


class FakeSentRecord:
    """A record in memory. ``room`` False: nothing can be written."""

    def __init__(self) -> None:
        self.begun: set[str] = set()
        self.kept: dict[str, datetime] = {}
        self.room = True
        self._unwritten: dict[str, datetime] = {}
        self._refusals: dict[str, Refusal] = {}

    def is_told(self, key: str) -> bool:
        return key in self.kept or key in self._unwritten

    def begin(self, keys: Iterable[str], now: datetime) -> None:
        self._need_room()
        self.begun |= set(keys)

    def told(self, keys: Iterable[str], now: datetime) -> None:
        self._unwritten |= dict.fromkeys(keys, now)
        self._write()

    def catch_up(self, now: datetime) -> None:
        if self._unwritten:
            self._write()
        self.kept = {key: at for key, at in self.kept.items() if now - at < timedelta(days=800)}

    def _write(self) -> None:
        self._need_room()
        self.kept |= self._unwritten
        self._unwritten = {}

    def refused(self, login: str, refusal: Refusal) -> None:
        self._need_room()
        self._refusals[login] = refusal

    def refusals(self) -> Mapping[str, Refusal]:
        return dict(self._refusals)

    def accepted(self, login: str) -> None:
        self._refusals.pop(login, None)

    def _need_room(self) -> None:
        if not self.room:
            raise Passing("Catatan surel tidak dapat ditulis.", "Periksa sisa ruang cakram.")


class FakeReceiptCounts:
    """Counts in memory, of which a start of the program forgets none."""

    def __init__(self) -> None:
        self.kept: dict[str, tuple[str, datetime]] = {}

    def count(self, message: str, address: str, at: datetime) -> None:
        self.kept.setdefault(message, (address.casefold(), at))

    def lately(self, address: str, now: datetime) -> ReceiptCount:
        day = [(whose, at) for whose, at in self.kept.values() if now - at < COUNTED]
        hour = sum(now - at < timedelta(hours=1) for _, at in day)
        return ReceiptCount(hour, sum(whose == address.casefold() for whose, _ in day))


class FakeCarrier:
    """Keeps what it was given. ``down``: it cannot be reached; ``faults``: what it says of an address, each time."""

    def __init__(self) -> None:
        self.sent: list[Mail] = []
        self.visits = 0
        self.down: Exception | None = None
        self.faults: dict[str, Exception] = {}

    @contextmanager
    def opened(self) -> Iterator[FakeCarrier]:
        self.visits += 1
        if self.down:
            raise self.down
        yield self

    def send(self, mail: Mail, about_to: Callable[[], None] = lambda: None) -> None:
        if fault := self.faults.get(mail.to):
            raise fault
        about_to()
        self.sent.append(mail)

    def try_out(self) -> None:
        with self.opened():
            pass

    def to(self, address: str) -> list[Mail]:
        return [mail for mail in self.sent if mail.to == address]


class FakeTrouble:
    """A note in memory."""

    def __init__(self) -> None:
        self._noted: Trouble | None = None

    def note(self, trouble: Trouble | None) -> None:
        self._noted = trouble

    def read(self) -> Trouble | None:
        return self._noted


class MailOffice:
    """An office whose head, division, bureau and team have accounts with addresses, and whose register is a list."""

    def __init__(self, rows: Iterable[Row] = (), *, at: datetime = MORNING) -> None:
        self.rows, self.clock, self.people = list(rows), FixedClock(at), FakePeople()
        self.carrier, self.record, self.trouble = FakeCarrier(), FakeSentRecord(), FakeTrouble()
        self.deputies: tuple[Official, ...] = ()
        self.seconds = 0.0
        self.pressing: Callable[[frozenset[str]], list[Pressing]] = lambda _roles: []
        for login, role in (("rudi", "kakanwil"), ("dewi", "kadiv"), ("budi", "kabid"), ("eko", "kasubbid")):
            self.account(login, role)
        self.account("siti", "tim-yankomas")
        self.postman = self.started()

    def account(self, login: str, *roles: str, address: str | None = None) -> None:
        self.people.accounts.make(login, login.title(), [held(role) for role in roles], MORNING)
        self.people.accounts.set_password(login, "empat kata acak sekali")
        self.people.accounts.set_address(login, f"{login}@kantor.contoh" if address is None else address, MORNING)

    def started(self, *, mail: bool = True) -> Postman:
        """A postman as after a start of the program."""
        head = Letterhead((), "", "", "")
        office = Office("Kantor Rekaan", "Bengkulu", head, (), "", deputies=lambda: self.deputies)
        parts = MailParts(
            people=self.people,
            pressing=lambda roles: self.pressing(roles),
            rows=lambda: self.rows,
            editions={SOP.key: SOP},
            office=office,
            calendar=CALENDAR,
            clock=self.clock,
            carrier=self.carrier if mail else None,
            record=self.record,
            trouble=self.trouble,
            desk=DESK,
        )
        return Postman(parts, seconds=lambda: self.seconds)

    def look(self, at: str = "") -> list[Mail]:
        """Let the postman look, at a moment; return what was sent meanwhile."""
        if at:
            self.clock.at = datetime.fromisoformat(at).replace(tzinfo=MORNING.tzinfo)
        before = len(self.carrier.sent)
        self.postman.look()
        return self.carrier.sent[before:]

    def shown(self, login: str) -> str:
        return " ".join(words for _, _, words in self.people.notices.unread(login))


_SERIAL = count(1)


def waits(*roles: str, due: str, state: str = "telaahan", step: int = 4, **values: Any) -> Row:
    """A case that waits for these roles and is due at a moment."""
    known = {"step": step, "state_key": state, "awaits": list(roles), "sop": SOP.key, "due_at": f"{due}:00+07:00"}
    return entry("2026-11-20", **{**known, "since": "2026-11-20T09:00:00+07:00", **values})


def told_from(folder: Path) -> None:
    """Let a folder's files have something of everything that is kept of mail."""
    with (
        closing(SqliteSentRecord(folder)) as sent,
        closing(SqliteMailRecord(folder)) as fetched,
        closing(SqliteReceiptCounts(folder)) as counts,
    ):
        sent.begin(["pagi siti", "segera siti"], MORNING)
        sent.told(["pagi siti"], MORNING)
        sent.refused("budi", Refusal("budi@kantor.contoh", "Alamat ditolak.", MORNING))
        fetched.note("isi", "ab12", MORNING)
        fetched.settled("isi")
        counts.count("m1", "rahmat@contoh.id", MORNING)
