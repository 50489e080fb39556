"""What the working day needs of the world, and what looking at the machine tells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from pipeline.cases.case_number import CaseNumber
from pipeline.errors import EngineFault
from pipeline.work.processes import Part, PartNote, PartState
from pipeline.work.telling import Told

if TYPE_CHECKING:
    from pipeline.register.summary.handed_up import OfficeFigures

#: How the remedy for a missing package begins.
INSTALL = "Jalankan `make install`, atau: apt-get install"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: whether it is good, the fact, and the remedy if it is not.

    A ``caution`` is good enough to work, but the administrator should know. ``code`` is the exit code that it stands
    for if it is not good: 3 for settings, 8 for what is missing, 9 for templates, 10 for a mail server that takes none.
    """

    thing: str
    good: bool
    fact: str
    remedy: str = ""
    caution: bool = False
    code: int = EngineFault.exit_code


def exit_code_of(checks: Iterable[Check]) -> int:
    """Return the exit code for all that was looked at: of what is missing before what is written wrongly."""
    codes = {check.code for check in checks if not check.good}
    return EngineFault.exit_code if EngineFault.exit_code in codes else min(codes, default=0)


class Engine(Protocol):
    """Something with foreign processes behind it."""

    def close(self) -> None:
        """End the processes."""


class View(Protocol):
    """Something that is made from the case folders and follows their changes."""

    def refresh(self) -> object:
        """Bring it up to date."""


class Processes(Protocol):
    """The processes of one office, seen from any of them; fit for many threads and processes."""

    def state(self, part: Part) -> PartState:
        """Return how a part stands now."""

    def note(self, part: Part, note: PartNote) -> None:
        """Note how a part fares; what cannot be noted (disk full) is not."""


class Started(Protocol):
    """A part's process that was started."""

    def told(self) -> Sequence[Told]:
        """Return what it has told since the last call."""

    def ended(self) -> int | None:
        """Return how it ended: its exit code, less than 0 for a signal; None while it runs."""

    def stop(self) -> None:
        """Ask it to finish what it is at, and to end."""

    def kill(self) -> None:
        """End it at once."""


class Launcher(Protocol):
    """Starts the parts as processes that die with this one; used by one thread."""

    @property
    def stopping(self) -> bool:
        """Whether this program was asked to end (Ctrl-C, a signal)."""

    def start(self, part: Part, *, again: bool) -> Started:
        """Start a part; ``again``: it was up before, and what is said once has been said.

        Raises:
            Passing: the machine cannot start a process at present.
        """

    def wait(self, seconds: float) -> None:
        """Wait until a process tells something or ends, this program is asked to end, or the time is over."""


class Machine(Protocol):
    """The machine on which an office is installed as a service: its account, its files, what it runs."""

    @property
    def is_root(self) -> bool:
        """Whether this program may change the machine."""

    @property
    def has_systemd(self) -> bool:
        """Whether systemd looks after its services."""

    def read(self, path: Path) -> str | None:
        """Return what a file says; None if there is none."""

    def write(self, path: Path, text: str) -> None:
        """Put a file there, whole or not at all."""

    def remove(self, path: Path) -> None:
        """Remove a file."""

    def run(self, *command: str) -> None:
        """Run a command of the machine.

        Raises:
            EngineFault: it is not there, or refused; says what it said.
        """

    def runs(self, unit: str) -> bool:
        """Say whether a unit runs."""

    def port_taken(self, host: str, port: int) -> str:
        """Return why nobody can listen there, in words; empty: one can."""

    def room(self, folder: Path) -> int:
        """Return the bytes that are free on the disk where a folder is, or would be."""

    def has_office(self, folder: Path) -> bool:
        """Say whether a folder is an office's."""

    def give(self, folder: Path, user: str) -> None:
        """Make an account the owner of a folder and of all that lies in it; links are not followed.

        Raises:
            EngineFault: there is no such account.
        """


class CentreWorker(Protocol):
    """Tends the cases of offices of the centre, with others of its kind on any machines."""

    def run(self) -> None:
        """Work until stopped."""

    def stop(self) -> None:
        """End when the cases in hand are done."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A case on its way from one office of a centre to another.

    ``sender`` and ``receiver`` are offices' names there, ``number`` the case's at the sender. ``told`` is what the
    sender says of it (:func:`pipeline.work.transfer.offer`), ``sent_at`` when. ``taken``: the receiver took it, as
    ``number_there``, or refused it for a ``reason``; None: it waits. ``withdrawn``: its sender took it back before.
    """

    id: str
    sender: str
    receiver: str
    number: CaseNumber
    told: Mapping[str, Any]
    sent_at: str
    taken: bool | None = None
    number_there: str = ""
    reason: str = ""
    withdrawn: bool = False


class HeldParcel(Protocol):
    """A parcel to this office that waits, while nobody else can answer it."""

    @property
    def parcel(self) -> Parcel:
        """The parcel."""

    def file(self, at: int) -> bytes:
        """Return its file at this place, from 0."""

    def take(self, number: str) -> None:
        """Say that it became the case with this register number."""

    def refuse(self, reason: str) -> None:
        """Say that it is not taken, and why."""


class Exchange(Protocol):
    """What offices of a centre hand to one another. Whatever is done within a transaction becomes so with it."""

    def receivers(self) -> list[str]:
        """Return the offices to which this one can send, and the directorate if there is one, by name."""

    def send(self, receiver: str, number: CaseNumber, told: Mapping[str, Any], files: Sequence[bytes]) -> str:
        """Send a parcel; return its name.

        Raises:
            NotFound: there is no such receiver.
        """

    def incoming(self) -> list[Parcel]:
        """Return what waits for this office's answer, the oldest first."""

    def sent(self, most: int) -> list[Parcel]:
        """Return what this office sent, the newest first."""

    def answers(self) -> list[Parcel]:
        """Return what was answered and is not noted here yet, the oldest first."""

    def withdrawn(self, parcel: str) -> AbstractContextManager[Parcel]:
        """Take back what this office sent and nobody answered, with the transaction that the context is; give it.

        Raises:
            NotFound: this office sent none of that name, or it waits no longer.
        """

    def held(self, parcel: str) -> AbstractContextManager[HeldParcel]:
        """Hold a parcel to this office until the transaction ends.

        Raises:
            NotFound: there is none of that name that waits; it was answered, say.
        """

    def noted(self, parcel: str) -> None:
        """Note that the journal has the answer."""

    def report(self, year: int, figures: Mapping[str, Any]) -> None:
        """Hand up the figures of a year (:func:`pipeline.register.summary.handed_up.figures_up`), over those before."""


class Directorate(Protocol):
    """What the directorate may have: figures of all offices, and what was handed up to it. Nothing else."""

    def figures(self, year: int | None = None) -> list[OfficeFigures]:
        """Return what offices handed up of a year, or of all, by year and office."""

    def shown(self) -> list[Parcel]:
        """Return the cases that offices show it and that it has not fetched yet, the oldest first."""

    def fetch(self, parcel: str) -> Path:
        """Write the files of a case that is shown into the directorate's folder; return where. Then it is fetched.

        Raises:
            NotFound: there is none of that name that waits.
        """
