"""The numbered folders, as the three verbs see them: numbers are given, cases opened, attempts counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, suppress

from pipeline.archive import bagit
from pipeline.archive.store.attempts import Attempts
from pipeline.archive.store.case_reading import read_case
from pipeline.archive.store.changes import Changes
from pipeline.archive.store.folder import CaseFolder, StoredFile, held_case
from pipeline.archive.store.layout import Layout
from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber, read_number
from pipeline.cases.events import Document
from pipeline.cases.ports import Claim, Tries
from pipeline.errors import ArchiveFault, UsageFault, YankomasError
from pipeline.evidence.store.witnesses import CaseWitness, Witnesses
from pipeline.register.store.lookups import Lookups
from pipeline.register.store.numbers import NumberDesk, Numbers, Staged
from pipeline.storage import disk, locks


class FolderCabinet:
    """The archive of one root. ``lookups`` say what the register book remembers of registered letters."""

    def __init__(self, layout: Layout, lookups: Lookups) -> None:
        self._layout = layout
        self._changes = Changes(layout.changes)
        self._attempts = Attempts(layout.state)
        self._numbers = Numbers(layout, self._changes, lookups)

    def numbering(self) -> AbstractContextManager[NumberDesk]:
        """Hold the numbers: nobody else gives one or looks for a twin meanwhile."""
        return self._numbers.desk()

    def staged(self, claim: Claim, name: str) -> AbstractContextManager[Staged]:
        """Copy a claimed letter to a folder in the making, as document ``name``."""
        return self._numbers.staged(claim.blob, claim.id, name)

    def case(self, number: CaseNumber) -> Case:
        """Return the case as its journal has it now."""
        return read_case(self._layout, number)

    def held(self, number: CaseNumber) -> AbstractContextManager[CaseFolder]:
        """Open a case under its lock, finishing what a crash cut short."""
        return held_case(self._layout, self._changes, number)

    def blob(self, number: CaseNumber, document: Document) -> StoredFile:
        """Return a document of a case."""
        path = self._layout.case(number) / bagit.PAYLOAD / document.name
        return StoredFile(path, document.name, document.sha256, document.bytes)

    def open_cases(self) -> list[CaseNumber]:
        """Return the cases that may be owed something, by number; a mark can stand before its case does."""
        return [number for number in self._marked() if self._layout.case(number).is_dir()]

    def attempt(self, number: CaseNumber, duty: str) -> Tries:
        """Record that a duty is being tried, before it is; return how often it was before."""
        return self._attempts.begin(number.key, duty)

    def failed(self, number: CaseNumber, duty: str) -> int:
        """Record that the attempt failed by the duty's own doing; return how often it has."""
        return self._attempts.failed(number.key, duty)

    def forgive(self, number: CaseNumber, duty: str) -> None:
        """Take the last attempt back: it failed for a passing reason. What failed before stays counted."""
        self._attempts.forgive(number.key, duty)

    def start_over(self, number: CaseNumber, duty: str) -> None:
        """Forget every attempt at a duty: a person asked for another try."""
        self._attempts.start_over(number.key, duty)

    def sweep(self) -> None:
        """Tidy up after processes that died: folders in the making, highest numbers, marks of cases that never were."""
        self._numbers.sweep_staging()
        self._numbers.heal()
        with locks.held(self._layout.locks / "nomor"):
            for number in self._marked():
                if not self._layout.case(number).is_dir():
                    disk.remove(self._layout.open_cases / number.key)

    def cases(self) -> Iterator[Case]:
        """Yield all cases by number; those whose journal is broken are left to ``verify``."""
        for number in sorted(n for year in self._layout.years() for n in self._layout.numbers(year)):
            with suppress(YankomasError):
                yield read_case(self._layout, number)

    def rebuild(self, owed: Callable[[Case], bool]) -> int:
        """Mark every case that is owed something as open, witness what lost its witnesses, note the highest numbers.

        Cases whose journal is broken are left to ``verify``.

        Returns:
            How many cases are open.
        """
        count = 0
        for year in self._layout.years():
            witnesses = Witnesses(self._layout, year)
            for number in sorted(self._layout.numbers(year)):
                try:
                    case = read_case(self._layout, number)
                except YankomasError:
                    continue
                if owed(case):
                    disk.touch(self._layout.open_cases / number.key)
                    count += 1
                self._witness_anew(case, witnesses.of(number))
            self._numbers.renew_highest(year, witnesses.highest)
        return count

    def renew_bag(self, number: CaseNumber) -> list[str]:
        """Make a case's BagIt files anew from its journal; return the names of those that were not as they should be.

        Raises:
            ArchiveFault: the journal itself is not what was witnessed, so nothing can be worked out from it.
        """
        with self.held(number) as folder:
            witness = Witnesses(self._layout, number.year).of(number)
            entries = folder.case.entries
            if witness.last != len(entries) or witness.contradicted(entries) or witness.unseen(entries):
                raise ArchiveFault(
                    f"Jurnal {number} bukan yang dahulu disaksikan, jadi tidak ada yang disusun ulang darinya.",
                    f"Jalankan `yankomas verify {number}` dan pulihkan map ini dari cadangan.",
                )
            return folder.renew_bag()

    def _witness_anew(self, case: Case, witness: CaseWitness) -> None:
        """Witness lines from the first on that nobody witnesses any more: the list was lost, or its beginning.

        A line that alone lacks its witness was written past us, and stays for ``verify`` to report.
        """
        unseen = set(witness.unseen(case.entries))
        if witness.contradicted(case.entries):
            return
        for entry in case.entries:
            if entry.seq not in unseen:
                return
            self._changes.append(case.number, entry.seq, entry.hash)

    def _marked(self) -> list[CaseNumber]:
        return sorted(_numbers(p.name for p in self._layout.open_cases.iterdir()))


def _numbers(names: Iterable[str]) -> Iterable[CaseNumber]:
    for name in names:
        try:
            yield read_number(name)
        except UsageFault:
            continue
