"""Until when a folder is lent, for the register's rows: told by the line that lent it (``records/loans.py``)."""

from __future__ import annotations

from pipeline.cases.case import Case
from pipeline.cases.record_standing import LENT

#: The question of the act that lends in which the last day of the loan is answered.
DUE = "kembali_paling_lambat"


def lent_until(case: Case) -> str:
    """Return the day (ISO) on which the folder is to be back; empty while it lies in its place."""
    until = ""
    for line in case.archived:
        if line.event.mark == LENT:
            until = str(line.event.values.get(DUE, ""))
        elif line.event.lifts == LENT:
            until = ""
    return until
