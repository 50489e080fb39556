"""Until when a folder is lent, for the register's rows: told by the line that lent it (``records/loans.py``)."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.cases.archived import ArchivedLine
from pipeline.cases.record_standing import LENT

#: The questions of the act that lends in which are answered the last day of the loan, and in which role it is lent.
DUE, ROLE = "kembali_paling_lambat", "peran_peminjam"


def lent_until(marks: Mapping[str, ArchivedLine]) -> str:
    """Return the day (ISO) on which a folder with these marks is to be back; empty while it lies in its place."""
    lent = marks.get(LENT)
    return str(lent.event.values.get(DUE, "")) if lent else ""
