"""What a backup is: what was made, and the moment that it shows. And the centre of many offices."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from pipeline.cases.case_number import CaseNumber


@dataclass(frozen=True, slots=True)
class Kept:
    """A backup that was made: restic's id and counts, and the password if it was made just now, to be shown once."""

    snapshot: str
    files: int
    added: int
    password: str = ""


@dataclass(frozen=True, slots=True)
class Fence:
    """When a backup was begun, how long the list of witnesses was, and how long each file of the inbox' ledger."""

    at: str
    changes: int
    ledger: dict[str, int]


@dataclass(frozen=True, slots=True)
class CentralOffice:
    """An office at the centre: its name, its schema's form, its cases, how many are open, the last number given.

    ``moved_out``: nobody works on it there any more. ``key_tried``: when it was tried last whether its key of the
    object store opens what is other offices', and ``key_opens``: whose it opened then (names, empty for none).
    """

    name: str
    form: int
    cases: int
    open: int
    last: CaseNumber | None
    moved_out: bool
    key_tried: datetime | None
    key_opens: str


@dataclass(frozen=True, slots=True)
class ObjectPlace:
    """Where an office's files are to lie: the store's address, its bucket there (empty: one of the office's own name).

    ``plaintext``: they may go there unencrypted.
    """

    address: str
    bucket: str = ""
    plaintext: bool = False


@dataclass(frozen=True, slots=True)
class Prepared:
    """A centre that was made ready: its offices, and how workers come to it if that was made just now (told once)."""

    offices: int
    worker: str


class Centre(Protocol):
    """The centre of many offices, for who looks after it. ``progress`` gets what is done and all that is to do."""

    def prepare(self, progress: Callable[[int, int], None]) -> Prepared:
        """Bring every office's schema to this version's form, and make the role of workers if it is missing.

        Raises:
            UsageFault: the server is too old.
            SettingsFault: a later version of the program made a schema.
            Passing: the database cannot be reached.
        """

    def add(self, office: str, folder: Path, place: ObjectPlace) -> None:
        """Make a new office, and have a folder that was laid out and has no cases be it.

        Raises:
            UsageFault: the folder has cases, or is an office of the centre already; there is an office of that name.
            SettingsFault: the name or the store's address cannot be used; the office's key of the object store is not
                in the environment, does not open its bucket, or opens what is another office's.
        """

    def move_in(self, office: str, folder: Path, place: ObjectPlace, progress: Callable[[int, int], None]) -> int:
        """Move a folder's office into the centre, verify it there, and set its own cases aside; return how many.

        A move that was cut short is gone on with.

        Raises:
            Busy: a process works on the folder.
            UsageFault, SettingsFault: as :meth:`add`.
            ArchiveFault: the folder is not whole, or what arrived is not; nothing is set aside then.
        """

    def brought_back(self) -> int:
        """Note that the database was brought back from a copy that does not show it; return of how many offices.

        No number is given there until a person has said how far they went.
        """

    def status(self) -> Iterator[CentralOffice]:
        """Yield the offices, by name."""
