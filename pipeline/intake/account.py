"""The inbox account: what became of every file ever dropped, as a fold over what was noted of each.

A file is taken once, by a *claim*; each claim ends as registered, attached, duplicate or refused, and until then it
waits. Lines are noted before the claimed file goes, and noting one again changes nothing, so that a crash at any place
leaves every file in exactly one state.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from pipeline.cases.case_number import CaseNumber, read_number
from pipeline.errors import UsageFault

#: After this a filed complaint is only counted. A claim can be noted again only while its file may still lie about.
CLOSED_AFTER = timedelta(days=60)


class State(StrEnum):
    """What became of a file."""

    REGISTERED = "registered"
    ATTACHED = "attached"
    DUPLICATE = "duplicate"
    REFUSED = "refused"
    WAITING = "waiting"


#: The states of files that lie beside the inbox until somebody has dealt with them.
SET_ASIDE = frozenset({State.REFUSED, State.DUPLICATE})
#: The states in the office's words.
LABELS: Mapping[State, str] = {
    State.REGISTERED: "terdaftar",
    State.ATTACHED: "dilampirkan",
    State.DUPLICATE: "ganda",
    State.REFUSED: "ditolak",
    State.WAITING: "menunggu",
}


@dataclass(frozen=True, slots=True)
class AccountPart:
    """What became of a file, or of one part of a scan that held several.

    ``number`` is the case (``2026/0007``), ``document`` what it became there; ``code``, ``reason`` and ``remedy`` say
    why it was refused, ``place`` where it lies now, by path under the inbox; ``pages`` are the part's (``1-3, 5``).
    """

    state: State
    number: str = ""
    document: str = ""
    code: str = ""
    reason: str = ""
    remedy: str = ""
    place: str = ""
    pages: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """A file as it was taken from the inbox; ``mark`` names the file itself, whatever it is called.

    ``sha256`` is empty for one that is too large to be read. ``folder`` is that of the service in which it lay (empty:
    of none); put back, it goes there again.
    """

    claim: str
    name: str
    size: int
    sha256: str
    mark: str
    at: datetime
    folder: str = ""


@dataclass(frozen=True, slots=True)
class Settled:
    """The parts that a taken file ended as."""

    taken: Taken
    parts: tuple[AccountPart, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class GoneBack:
    """A taken file lies in the inbox again: it is waited for as if it had just been dropped."""

    claim: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PutAway:
    """Somebody (``by``: a login) has dealt with a file that was set aside; ``file`` is its claim.

    The field is not called a claim: older versions would read such a line as that of a file that went back.
    """

    file: str
    at: datetime
    by: str = ""


Line = Taken | Settled | GoneBack | PutAway


@dataclass(frozen=True, slots=True)
class AccountEntry:
    """One file in the account. ``at`` is when it came to its state, ``put_away`` that somebody has dealt with it."""

    taken: Taken
    at: datetime
    parts: tuple[AccountPart, ...] = ()
    put_away: PutAway | None = None

    @property
    def state(self) -> State:
        """What became of it; of several parts the one that asks for a person goes first, then a number."""
        if len(self.parts) == 1:  # nearly all are, and thousands are asked at once
            return self.parts[0].state
        states = {part.state for part in self.parts}
        order = (State.REFUSED, State.REGISTERED, State.ATTACHED, State.DUPLICATE)
        return next((state for state in order if state in states), State.WAITING)


#: How a document is called that came back with a signature, and what is said of such a file.
_SIGNED_MARK, _SIGNED = "-bertanda-tangan", "bertanda tangan"


def label_of(entry: AccountEntry) -> str:
    """Return what became of a file in the office's words; a letter that came back signed was not merely attached."""
    documents = [part.document for part in entry.parts if part.state is State.ATTACHED]
    signed = entry.state is State.ATTACHED and all(_SIGNED_MARK in document for document in documents)
    return _SIGNED if signed else LABELS[entry.state]


@dataclass(slots=True)
class Account:
    """The claims so far, each in the state its lines give it; of those filed long ago only their ``counts``."""

    entries: dict[str, AccountEntry] = field(default_factory=dict)
    counts: Counter[State] = field(default_factory=Counter)
    _marks: dict[str, str] = field(default_factory=dict)

    def add(self, line: Line) -> None:
        """Take one more line in; a line that was in already changes nothing."""
        match line:
            case Taken():
                self._take(line)
            case Settled(taken=taken, parts=parts, at=at):
                self._take(taken)
                known = self.entries[taken.claim]
                self.entries[taken.claim] = replace(known, parts=parts, at=known.at if known.parts else at)
            case GoneBack(claim=claim):
                self.entries.pop(claim, None)
            case PutAway(file=claim) if (put := self.entries.get(claim)) and put.state in SET_ASIDE:
                self.entries[claim] = replace(put, put_away=line)

    def lying(self, mark: str) -> AccountEntry | None:
        """Return the entry of the file with this mark, unless it is filed: such a file can lie in the inbox again."""
        entry = self.entries.get(self._marks.get(mark, ""))
        return entry if entry and entry.state in (State.WAITING, State.REFUSED, State.DUPLICATE) else None

    def _take(self, taken: Taken) -> None:
        if taken.claim in self.entries:
            return
        if before := self.lying(taken.mark):  # it was moved back from where it had been set aside
            del self.entries[before.taken.claim]
        self.entries[taken.claim] = AccountEntry(taken, taken.at)
        self._marks[taken.mark] = taken.claim

    def close(self, before: datetime) -> None:
        """Keep only the counts of what was filed before that: nothing more can become of it."""
        for claim, entry in list(self.entries.items()):
            if entry.at < before and entry.state in (State.REGISTERED, State.ATTACHED):
                self.counts[entry.state] += 1
                del self.entries[claim]
                self._marks.pop(entry.taken.mark, None)

    def totals(self) -> Counter[State]:
        """Return how many files there are in each state."""
        return Counter(entry.state for entry in self.entries.values()) + self.counts

    def lines(self) -> list[Line]:
        """Return lines that, added to an empty account, give these entries."""
        found: list[Line] = []
        for entry in self.entries.values():
            found.append(Settled(entry.taken, entry.parts, entry.at) if entry.parts else entry.taken)
            found += [entry.put_away] if entry.put_away else []
        return found

    def copy(self) -> Account:
        """Return the account as it is now, for whoever reads it while lines are added."""
        return Account(dict(self.entries), Counter(self.counts), dict(self._marks))


_KINDS: Mapping[str, type[Line]] = {"diambil": Taken, "selesai": Settled, "kembali": GoneBack, "ditangani": PutAway}


def write_line(line: Line) -> bytes:
    """Return a line as JSON, with its newline."""
    kind = next(name for name, cls in _KINDS.items() if isinstance(line, cls))
    values = {k: v for k, v in asdict(line).items() if k != "parts"}
    for taken in (values, values.get("taken", {})):  # earlier versions know no folder, and read lines without one
        if not taken.get("folder", True):
            del taken["folder"]
    if isinstance(line, Settled):
        values["parts"] = [{k: v for k, v in asdict(part).items() if v} for part in line.parts]
    text = json.dumps({"kind": kind, **values}, ensure_ascii=False, default=datetime.isoformat)
    return text.encode() + b"\n"


def read_line(text: bytes) -> Line | None:
    """Return the line, or None for one that a power cut left torn."""
    try:
        values = json.loads(text)
        kind = values.pop("kind")
        if kind == "selesai":
            parts = tuple(AccountPart(**{**part, "state": State(part["state"])}) for part in values["parts"])
            return Settled(_taken(values["taken"]), parts, datetime.fromisoformat(values["at"]))
        if kind == "ditangani":
            return PutAway(values["file"], datetime.fromisoformat(values["at"]), values["by"])
        return _taken(values) if kind == "diambil" else GoneBack(values["claim"], datetime.fromisoformat(values["at"]))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def given_numbers(text: bytes) -> Iterator[tuple[CaseNumber, str]]:
    """Yield the numbers that a line says were given, each with the claim of the file."""
    if b'"registered"' not in text:  # nine lines of ten are not worth reading
        return
    if not isinstance(line := read_line(text), Settled):
        return
    for part in line.parts:
        if part.state is State.REGISTERED:
            with suppress(UsageFault):
                yield read_number(part.number), line.taken.claim


def _taken(values: dict[str, Any]) -> Taken:
    return Taken(**{**values, "at": datetime.fromisoformat(values["at"])})


def unknown(found: Iterable[Settled], account: Account) -> list[Settled]:
    """Return what was found of files that an account does not know, or not to their end.

    What was found of the parts of one file is put together.
    """
    ended = {claim for claim, entry in account.entries.items() if entry.state is not State.WAITING}
    missing: dict[str, Settled] = {}
    for settled in found:
        claim = settled.taken.claim
        if before := missing.get(claim):
            settled = Settled(settled.taken, (*before.parts, *settled.parts), settled.at)
        if claim not in ended:
            missing[claim] = settled
    return list(missing.values())
