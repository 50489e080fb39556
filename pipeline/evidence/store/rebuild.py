"""Making anew what follows from the journals: marks, witnesses, highest numbers, and a case's bag."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.archive.store.cabinet import FolderCabinet
from pipeline.archive.store.case_reading import read_case
from pipeline.archive.store.layout import Layout
from pipeline.archive.store.witness_log import WitnessLog
from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber
from pipeline.errors import ArchiveFault, YankomasError
from pipeline.evidence.store.witnesses import CaseWitness, Witnesses
from pipeline.register.store.numbers import FolderNumbers
from pipeline.storage import disk


def rebuild(layout: Layout, changes: WitnessLog, numbers: FolderNumbers, owed: Callable[[Case], bool]) -> int:
    """Mark every case that is owed something as open, witness what lost its witnesses, note the highest numbers.

    Cases whose journal is broken are left to ``verify``.

    Returns:
        How many cases are open.
    """
    count = 0
    for year in layout.years():
        witnesses = Witnesses(layout, year)
        for number in sorted(layout.numbers(year)):
            try:
                case = read_case(layout, number)
            except YankomasError:
                continue
            if owed(case):
                disk.touch(layout.open_cases / number.key)
                count += 1
            _witness_anew(case, witnesses.of(number), changes)
        numbers.renew_highest(year, witnesses.highest)
    return count


def renew_bag(layout: Layout, cabinet: FolderCabinet, number: CaseNumber) -> list[str]:
    """Make a case's BagIt files anew from its journal; return the names of those that were not as they should be.

    Raises:
        ArchiveFault: the journal itself is not what was witnessed, so nothing can be worked out from it.
    """
    with cabinet.held(number) as folder:
        witness = Witnesses(layout, number.volume).of(number)
        entries = folder.case.entries
        if witness.last != len(entries) or witness.contradicted(entries) or witness.unseen(entries):
            raise ArchiveFault(
                f"Jurnal {number} bukan yang dahulu disaksikan, jadi tidak ada yang disusun ulang darinya.",
                f"Jalankan `yankomas verify {number}` dan pulihkan map ini dari cadangan.",
            )
        return folder.renew_bag()


def _witness_anew(case: Case, witness: CaseWitness, changes: WitnessLog) -> None:
    """Witness lines from the first on that nobody witnesses any more: the list was lost, or its beginning.

    A line that alone lacks its witness was written past us, and stays for ``verify`` to report.
    """
    unseen = set(witness.unseen(case.entries))
    if witness.contradicted(case.entries):
        return
    for entry in case.entries:
        if entry.seq not in unseen:
            return
        changes.append(case.number, entry.seq, entry.hash)
