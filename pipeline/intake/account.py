"""The inbox account: what became of every file ever dropped, as a fold over what was noted of each.

A file is taken once, by a *claim*; each claim ends as registered, attached, duplicate or refused, and until then it
waits. Lines are noted before the claimed file goes, and noting one again changes nothing, so that a crash at any place
leaves every file in exactly one state.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from pipeline.cases.deliveries import Delivery

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

    ``sha256`` is empty for one that is too large to be read. ``folder`` is that of the inbox in which it lay, if that
    is another service's than Yankomas's, or for one of its cases (empty: it is not); put back, it goes there again.
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


@dataclass(frozen=True, slots=True)
class Delivered:
    """Somebody brings the file with this mark into the inbox, or says there what becomes of it; noted before.

    ``sha256`` is empty where nobody has read the file; ``folder`` is that of the inbox into which it goes. No field is
    called a claim, as with :class:`PutAway`.
    """

    mark: str
    sha256: str
    folder: str
    delivery: Delivery

    @property
    def at(self) -> datetime:
        """When that was."""
        return self.delivery.at


Line = Taken | Settled | GoneBack | PutAway | Delivered


@dataclass(frozen=True, slots=True)
class AccountEntry:
    """One file in the account. ``at`` is when it came to its state, ``put_away`` that somebody has dealt with it.

    ``deliveries`` say how it came; there are none of files that were put into the folder, and of earlier versions.
    """

    taken: Taken
    at: datetime
    parts: tuple[AccountPart, ...] = ()
    put_away: PutAway | None = None
    deliveries: tuple[Delivery, ...] = ()

    @property
    def numbers(self) -> tuple[str, ...]:
        """The cases that it went to (``2026/0007``), each once."""
        return tuple(dict.fromkeys(part.number for part in self.parts if part.number))

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
    _delivered: dict[str, tuple[Delivered, ...]] = field(default_factory=dict)

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
            case Delivered(mark=mark):
                noted = self._delivered.get(file := _file_of(mark), ())
                self._delivered[file] = noted if line in noted else (*noted, line)

    def deliveries(self, mark: str, sha256: str, folder: str | None = None) -> tuple[Delivery, ...]:
        """Return how the file with this mark and these bytes came, and what was said of it.

        A file is told by itself, not by its name or its bytes alone: two people may send the same, one may cover
        another's, and one that never came to lie in the inbox must not be taken for a later one. What was said of it
        counts if it lies in the folder into which it was sent by that (None: wherever it lies).
        """
        found = self._delivered.get(_file_of(mark), ())
        same = (one for one in found if "" in (one.sha256, sha256) or one.sha256 == sha256)
        return tuple(d.delivery for d in same if not d.delivery.places or folder is None or d.folder == folder)

    def lying(self, mark: str) -> AccountEntry | None:
        """Return the entry of the file with this mark, unless it is filed: such a file can lie in the inbox again."""
        entry = self.entries.get(self._marks.get(mark, ""))
        return entry if entry and entry.state in (State.WAITING, State.REFUSED, State.DUPLICATE) else None

    def _take(self, taken: Taken) -> None:
        if taken.claim in self.entries:
            return
        if before := self.lying(taken.mark):  # it was moved back from where it had been set aside
            del self.entries[before.taken.claim]
        deliveries = self.deliveries(taken.mark, taken.sha256)
        self.entries[taken.claim] = AccountEntry(taken, taken.at, deliveries=deliveries)
        self._marks[taken.mark] = taken.claim

    def close(self, before: datetime) -> None:
        """Keep only the counts of what was filed before that: nothing more can become of it."""
        for claim, entry in list(self.entries.items()):
            if entry.at < before and entry.state in (State.REGISTERED, State.ATTACHED):
                self.counts[entry.state] += 1
                del self.entries[claim]
                self._marks.pop(entry.taken.mark, None)
        if old := [file for file, noted in self._delivered.items() if noted[-1].at < before]:
            waited_for = {_file_of(mark) for mark in self._marks}
            for file in old:
                if file not in waited_for:
                    del self._delivered[file]

    def totals(self) -> Counter[State]:
        """Return how many files there are in each state."""
        return Counter(entry.state for entry in self.entries.values()) + self.counts

    def lines(self) -> list[Line]:
        """Return lines that, added to an empty account, give these entries."""
        found: list[Line] = [line for noted in self._delivered.values() for line in noted]
        for entry in self.entries.values():
            found.append(Settled(entry.taken, entry.parts, entry.at) if entry.parts else entry.taken)
            found += [entry.put_away] if entry.put_away else []
        return found

    def copy(self) -> Account:
        """Return the account as it is now, for whoever reads it while lines are added."""
        return Account(dict(self.entries), Counter(self.counts), dict(self._marks), dict(self._delivered))


def _file_of(mark: str) -> str:
    """Return which file a mark names: inode and mtime. A share that is mounted again is another device."""
    return mark.partition("-")[2] or mark


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
