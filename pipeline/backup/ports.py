"""What a backup is: what was made, and the moment that it shows. And the centre of many offices."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from pipeline.archive.ports import Finding
from pipeline.cases.case_number import CaseNumber


@dataclass(frozen=True, slots=True)
class Kept:
    """A backup that was made: restic's id and counts, and the password if it was made just now, to be shown once.

    ``findings``: what was wrong with what changed since the last backup; it was kept as it was found.
    """

    snapshot: str
    files: int
    added: int
    password: str = ""
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Fence:
    """When a backup was begun, how long the list of witnesses was, and how long each file of the inbox' ledger.

    ``seal`` is the number of the last seal made before (0: none); earlier versions did not say (None).
    """

    at: str
    changes: int
    ledger: dict[str, int]
    seal: int | None = None


@dataclass(frozen=True, slots=True)
class CentralOffice:
    """An office at the centre: its name, its schema's form, its cases, how many are open, the last number given.

    ``to_delete`` files of it wait until who looks after the centre deletes them (None: its schema does not say so yet).
    ``moved_out``: nobody works on it there any more. ``key_tried``: when it was tried last whether its key of the
    object store opens what is other offices', and ``key_opens``: whose it opened then (names, empty for none).
    ``prepared``: its schema has this program's form; then ``agents`` are those of its remote scanners, in words.
    """

    name: str
    form: int
    cases: int
    open: int
    last: CaseNumber | None
    moved_out: bool
    key_tried: datetime | None
    key_opens: str
    to_delete: int | None = None
    prepared: bool = True
    agents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CentralWorkers:
    """How the centre's workers stand: how many live, and how many cases of all offices none has begun yet.

    ``silent``: seconds since the last of any gave a sign; None: none is known. ``others``: those of another version
    than this program's, or than the form of an office, in words.
    """

    alive: int
    silent: int | None
    waiting: int
    others: tuple[str, ...] = ()


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
    """A centre that was made ready: its offices, and how workers come to it if that was made just now (told once).

    ``folderless`` are the offices of which nobody has said from which folder they are run.
    """

    offices: int
    worker: str
    folderless: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RemovalKey:
    """A key of the object store that may list and delete what offices have there; it is no office's own."""

    key_id: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Removed:
    """What became of the files that were to be deleted.

    ``deleted`` are gone, ``in_use`` stay because another case names them, ``as_versions`` are deleted, but the store
    keeps old versions and gives one back; ``refused`` the store did not delete.
    """

    deleted: int = 0
    in_use: int = 0
    as_versions: int = 0
    refused: int = 0


class Removal(Protocol):
    """Deletes files of one office from the object store, for who looks after the centre."""

    def remove(self, progress: Callable[[int, int], None]) -> Removed:
        """Delete what is to be deleted and no case names; return what became of it. Gone on with if it was cut short.

        Raises:
            NotAllowed: the office is just moving.
            Busy: work of the office that had begun does not end.
            Passing: a server is away, or the store refuses the key.
        """

    def unnamed(self, days: int) -> tuple[int, int]:
        """Return how many files, and bytes, nobody names and were written more than so many days ago.

        Raises:
            NotAllowed, Passing: as :meth:`remove`; or the database was brought back and it is not known yet what was
                given since.
        """

    def remove_unnamed(self, days: int, progress: Callable[[int, int], None]) -> Removed:
        """Delete those, and whatever else is to be deleted; raises as :meth:`unnamed`."""


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

    def removal(self, office: str, key: RemovalKey) -> AbstractContextManager[Removal]:
        """Give what deletes an office's files from the object store, where they lie as the office itself has noted.

        Raises:
            NotFound: there is no such office, or it has noted no place.
        """

    def status(self) -> Iterator[CentralOffice]:
        """Yield the offices, by name."""

    def workers(self) -> CentralWorkers:
        """Return how the centre's workers stand."""
