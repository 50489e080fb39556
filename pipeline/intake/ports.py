"""What the inbox needs of the world, as small protocols; fakes are in ``tests/intake/inbox_fakes.py``.

Files are named by their paths under the inbox; where that lies, only a store knows. What is known of the inbox may be
asked for, and what is being done may be told, by several processes at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from pipeline.archive.ports import Finding
from pipeline.backoff import Tries
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.ports import Blob
from pipeline.intake.account import Account, Line, Settled
from pipeline.intake.agents import AgentSign
from pipeline.intake.inbox_files import InboxFile
from pipeline.intake.outcomes import Outcome
from pipeline.office.ports import Clock
from pipeline.register.ports import Claim


class Inbox(Protocol):
    """Where scans arrive. A file is taken from it once, by a claim; until its end it is out of the scanner's reach."""

    @property
    def where(self) -> str:
        """Where it is, for people."""

    @property
    def fault(self) -> str:
        """What keeps the inbox from being seen, in Indonesian; empty if nothing does."""

    def prepare(self) -> None:
        """Make what is missing, and remove what is left of claims that came to their end."""

    def lying(self) -> list[InboxFile]:
        """Return all that lies in the inbox: what may be a complaint, and what is left alone, with the reason."""

    def files(self) -> list[InboxFile]:
        """Return what lies in the inbox and may be a complaint."""

    def taken(self) -> dict[str, InboxFile]:
        """Return the files that are taken and not settled yet by their claims' ids, in the order they were written."""

    def refused(self) -> list[InboxFile]:
        """Return the files that were set aside, by name; not the notes beside them."""

    def is_of_another(self, folder: str) -> bool:
        """Say whether what comes in this folder is of another service than Yankomas: in its own, or one for a case."""

    def is_there(self, file: InboxFile) -> bool:
        """Say whether this very file still lies where it was seen."""

    def lies_at(self, place: str, mark: str) -> bool:
        """Say whether the file with this mark lies at a place, and not a later one of its name."""

    def copied(self, file: InboxFile, most: int) -> Blob:
        """Return a file's bytes as they are now, whatever is written to it afterwards; links are not followed.

        Raises:
            NotFound: it does not lie there any more.
            Refused: it has more than *most* bytes; none of them is read.
        """

    def take(self, file: InboxFile, claim_id: str) -> bool:
        """Take a file out of reach; False if it is no longer the one that was looked at.

        Raises:
            Passing: it cannot be taken at present; it is left.
        """

    def opened(self, file: InboxFile, claim_id: str, most: int) -> Claim | None:
        """Return the claim of a file that was just taken; None if it was changed on the way, and was put back.

        Its bytes are a copy that nobody else can write, made and hashed now. A file of more than *most* bytes is not
        read: its hash is empty, and it can only be set aside or put back.

        Raises:
            Passing: it cannot be read at present; it is put back.
        """

    def reclaim(self, claim_id: str, most: int) -> Claim:
        """Return the claim of a file that was taken before a crash; its bytes as :meth:`opened` gives them.

        Raises:
            Passing: it cannot be read at present, or is being written, and goes back to where it lay.
        """

    def mark(self, claim: Claim) -> str:
        """Return what names the claimed file itself, whatever it is called.

        Raises:
            FileNotFoundError: somebody took it away.
        """

    def has_end(self, claim: Claim) -> bool:
        """Say whether a claimed file that is not as it should be has its end: then its reader may mend it."""

    def is_as_claimed(self, claim: Claim) -> bool:
        """Say whether nobody wrote to a claimed file since it was claimed.

        Raises:
            FileNotFoundError: somebody took it away.
        """

    def was_taken_away(self, claim: Claim) -> bool:
        """Say whether somebody took the claimed file away, and not the whole inbox with it."""

    def done(self, claim: Claim) -> None:
        """Remove a claimed file: its bytes lie safe in a case folder.

        One that somebody wrote to since it was claimed is another letter by now and is put back.
        """

    def put_back(self, claim: Claim) -> None:
        """Put a claimed file back under its name, or a free one like it; never over another file."""

    def set_aside(self, claim: Claim, words: str, note: Callable[[str], None] = ...) -> str:
        """Move a claimed file to where refused ones lie, with a text beside it; return its path there.

        Both have names that nothing else has; doing it again after a crash takes the same names again. ``note`` is
        told the path before the file goes there.
        """

    def relocate(self, file: InboxFile, folder: str = "") -> str:
        """Move a file of the inbox, or one that was set aside, to be taken from this folder; return its path there.

        The note beside it goes; no other file is covered.

        Raises:
            NotFound: it is gone.
        """


class InboxAccount(Protocol):
    """What was noted of every file that was ever taken from the inbox."""

    def note(self, line: Line) -> None:
        """Note a line, so that it outlives a power cut.

        Raises:
            Passing: the disk is full.
        """

    def account(self, now: datetime) -> Account:
        """Return the account as it stands now; of what was filed long ago it has only the counts."""

    def everything(self) -> Account:
        """Return the whole account, every file that ever came."""


class OfficeAccount(InboxAccount, Protocol):
    """The account of one office, as the program looks after it."""

    def findings(self) -> Iterator[Finding]:
        """Say where lines cannot be read; nothing depends on them."""

    def given(self) -> Iterator[tuple[CaseNumber, str]]:
        """Yield every number that was given for a file, with its claim, as often as it was noted."""

    def stamp(self) -> object:
        """Return what is another value whenever a line was noted."""

    def recover(self, found: Iterable[Settled]) -> int:
        """Note what was found of files that are not known here, or not to their end; return of how many."""


class Receiving(Protocol):
    """Where a claimed file goes to: into the office's cases here, or to the centre that has them."""

    @property
    def clock(self) -> Clock:
        """The time."""

    def received(
        self, claim: Claim, *, my_turn: Callable[[], None], check: Callable[[Claim], None], last_try: bool
    ) -> Outcome:
        """Take a file in; return what became of it. Doing it again for the same claim gives the same numbers.

        ``my_turn`` waits until no file that came before is still to be numbered; ``check`` raises ``Changed`` where the
        file is still written. With ``last_try`` what stops its reader is refused.

        Raises:
            Passing: it cannot be done now; the claim stays and is tried again.
            EngineFault: the file could not be looked into.
        """


class Attempts(Protocol):
    """How often this program ended in the middle of a work."""

    def begin(self, key: str, what: str) -> Tries:
        """Note that work begins, before it does; return how often it failed, and was cut off in a row, before."""

    def forget(self, key: str) -> None:
        """Forget every attempt at this thing."""


class Bell(Protocol):
    """Rings when something may have happened in the inbox; a hint, which may be lost."""

    def ring(self) -> None:
        """Wake whoever waits."""

    def wait(self, seconds: float) -> None:
        """Wait until something happens or the time is over."""

    def closed(self) -> set[str]:
        """Return the files closed since the last call, and silence the bell. Ask before listing the inbox."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a file or case is: ``membaca 2/3``. ``done`` of ``of`` pages, both 0 where there is nothing to count.

    ``waits``: nobody works on it yet, or not before another try.
    """

    words: str
    done: int = 0
    of: int = 0
    waits: bool = False

    def __str__(self) -> str:
        return f"{self.words} {self.done}/{self.of}" if self.of else self.words


class Progress(Protocol):
    """What is being worked on this moment, by key: a claim's id, a path under the inbox, or a case's number.

    Nothing of it is kept: account and journals say what happened, this says what is happening. Who shows and who
    looks may be several processes: values go in and out, and a watcher knows what it saw by a number.
    """

    @property
    def version(self) -> int:
        """A number that grows with every change, so that a watcher asks for what is newer than it has seen."""

    def stages(self) -> Mapping[str, Stage]:
        """Return all stages as they are now."""

    def wait(self, seen: int, seconds: float) -> int:
        """Wait until the version is no longer ``seen``, or the time is over; return the version."""


class Board(Progress, Protocol):
    """Where who works shows what is being worked on."""

    def show(self, key: str, stage: Stage) -> None:
        """Say where this one is now."""

    def clear(self, key: str) -> None:
        """Forget this one: it is done, or nothing is known of it any more."""

    def touch(self) -> None:
        """Say that something changed that is written elsewhere: a file came to its end, another was dropped."""


class SentFile(Protocol):
    """A file that was sent to the desk whole: the form's field, the name it had there (no path), its hash and size."""

    @property
    def field(self) -> str:
        """The form's field."""

    @property
    def name(self) -> str:
        """The name it had where it came from."""

    @property
    def sha256(self) -> str:
        """Hex digest of its bytes."""

    @property
    def size(self) -> int:
        """Its size in bytes."""

    @property
    def mark(self) -> str:
        """What names the file itself, here and once it lies in the inbox (:attr:`InboxFile.mark`)."""

    @property
    def gap(self) -> str:
        """What it lacks to be whole and nothing can mend, in Indonesian; empty if nothing."""

    @property
    def blob(self) -> Blob:
        """The file as verbs take it."""

    def land(self, folder: str = "") -> str:
        """Put it in place, or in a folder there, under its name or a free one like it; return that name."""

    def discard(self) -> None:
        """Remove it, unless it was put in place."""


class FileWriting(Protocol):
    """A file that is being sent."""

    size: int

    def write(self, data: memoryview) -> None:
        """Append to the file.

        Raises:
            Passing: the disk is full.
        """

    def finished(self, field: str) -> SentFile:
        """Return the file, synced.

        Raises:
            Passing: the disk is full.
        """

    def discard(self) -> None:
        """Give the file up."""


class Uploads(Protocol):
    """Where files that are sent come to lie: the inbox, or a place for files that come with a move."""

    def prepare(self) -> None:
        """Make the place if it is missing."""

    def begin(self, name: str) -> FileWriting:
        """Begin to write a file of that name."""

    def sweep(self) -> None:
        """Remove what was left of uploads that a crash cut off."""


class AgentSigns(Protocol):
    """Which agents of remote offices came, and when last: for weeks, whichever desk each of them came to."""

    def note(self, sign: AgentSign) -> None:
        """Keep an agent's sign in place of its last one; one that was kept a moment ago may stay."""

    def all(self) -> tuple[AgentSign, ...]:
        """Return the last sign of each agent, by token and machine."""
