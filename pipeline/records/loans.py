"""Folders that were lent: to whom, for what, until when, in which condition they went and came back.

A loan is told by two lines of the case's journal: the act that sets the mark *dipinjam*, and the one that takes it off.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from pipeline.cases.archived import ArchivedLine
from pipeline.cases.key_labels import role_name
from pipeline.cases.lent import DUE, ROLE
from pipeline.cases.record_standing import LENT
from pipeline.errors import Incomplete, NotAllowed
from pipeline.office.roles import is_role

#: The questions of the acts that lend and take back.
BORROWER, UNIT, PURPOSE = "peminjam", "unit_peminjam", "keperluan"
OUT_AS, BACK_AS, BACK_NOTE = "kondisi_keluar", "kondisi_kembali", "catatan_kembali"
#: For so many days at most a folder goes out; who needs it longer brings it and borrows it again.
LONGEST = 366


@dataclass(frozen=True, slots=True)
class Loan:
    """A loan; ``back_at`` is None while the folder is out."""

    borrower: str
    role: str
    unit: str
    purpose: str
    out_at: datetime
    due: date
    out_as: str
    back_at: datetime | None = None
    back_as: str = ""
    note: str = ""

    def is_overdue(self, today: date) -> bool:
        """Say whether it should be back by now and is not."""
        return self.back_at is None and today > self.due

    @property
    def who(self) -> str:
        """The borrower as lists name them."""
        return f"{self.borrower} ({self.unit})"


def loans(lines: Iterable[ArchivedLine]) -> tuple[Loan, ...]:
    """Return the loans of a case, oldest first."""
    found: list[Loan] = []
    for line in lines:
        event = line.event
        if event.mark == LENT:
            found.append(_lent(line, event.values))
        elif event.lifts == LENT and found:
            told = (str(event.values.get(name, "")) for name in (BACK_AS, BACK_NOTE))
            back_as, note = told
            found[-1] = replace(found[-1], back_at=line.at, back_as=back_as, note=note)
    return tuple(found)


def _lent(line: ArchivedLine, values: Mapping[str, Any]) -> Loan:
    borrower, role, unit, purpose, out_as = (str(values[name]) for name in (BORROWER, ROLE, UNIT, PURPOSE, OUT_AS))
    return Loan(borrower, role, unit, purpose, line.at, date.fromisoformat(str(values[DUE])), out_as)


def on_loan(lines: Iterable[ArchivedLine]) -> Loan | None:
    """Return the loan by which the folder is out; None if it lies in its place."""
    last = loans(lines)[-1:]
    return next((loan for loan in last if loan.back_at is None), None)


def check_loan(values: Mapping[str, Any], today: date, readers: Set[str] | None) -> None:
    """Make sure that a folder may go to that borrower until that day.

    ``readers`` are the roles that may read a secret case; None: it is not secret.

    Raises:
        Incomplete: it would come back before it goes, or far too late.
        NotAllowed: the case is secret, and not the borrower's to see.
    """
    due = date.fromisoformat(str(values[DUE]))
    if not 0 <= (due - today).days <= LONGEST:
        why = "sudah lewat" if due < today else f"lebih dari {LONGEST} hari lagi"
        raise Incomplete(
            f"Tanggal kembali {due:%d-%m-%Y} {why}.",
            "Isi hari ini atau sesudahnya; yang masih diperlukan dipinjam lagi.",
            {DUE: ("Kembali paling lambat", why)},
        )
    if readers is not None and str(values[ROLE]) not in readers:
        raise NotAllowed(
            "Perkara ini bersifat rahasia; mapnya tidak dipinjamkan kepada yang tidak boleh membacanya.",
            f"Yang boleh: {', '.join(sorted(map(role_name, filter(is_role, readers)))) or 'tidak ada'}.",
        )
