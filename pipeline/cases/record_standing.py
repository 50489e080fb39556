"""Where a case stands as a record of the archive: in use, put away, held, lent, gone. Computed from its journal.

It is another question than where the complaint stands (:mod:`pipeline.cases.standing`): a case that has ended can be
filed, lent, transferred, handed over, destroyed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pipeline.cases.archived import ArchivedLine
from pipeline.cases.case import Case

#: The states of a record, one at a time.
ACTIVE, INACTIVE, TRANSFERRED, HANDED_OVER, DESTROYED = (
    "aktif",
    "inaktif",
    "dipindahkan",
    "diserahkan",
    "dimusnahkan",
)
STATES = (ACTIVE, INACTIVE, TRANSFERRED, HANDED_OVER, DESTROYED)
#: In which the office has the record no more: it is on no list, in no box, and falls due no more.
GONE = (HANDED_OVER, DESTROYED)
#: What can be on a record besides.
HELD, LENT = "ditahan", "dipinjam"
MARKS = (HELD, LENT)


@dataclass(frozen=True, slots=True)
class RecordStanding:
    """The state of a record, and of each mark that is on it the line that set it."""

    state: str
    marks: Mapping[str, ArchivedLine]

    @property
    def words(self) -> str:
        """Return it as people read it: ``inaktif, ditahan``."""
        return ", ".join((self.state, *self.marks))


def record_standing(case: Case, *, ended: bool, today: date) -> RecordStanding:
    """Return where a record stands today; ``ended`` says whether its case has come to an end."""
    running = {mark: line for mark, line in marks_of(case).items() if not is_over(line.event.until, today)}
    return RecordStanding(record_state(case, ended=ended), running)


def record_state(case: Case, *, ended: bool) -> str:
    """Return the state of a record; one that was transferred is in use again while its case is reopened."""
    became = _became(case)
    if became == TRANSFERRED and not ended:
        return ACTIVE
    return became or (INACTIVE if ended else ACTIVE)


def is_handed_over(case: Case) -> bool:
    """Say whether another archive has the record: what is changed here would no longer be what they took."""
    return _became(case) == HANDED_OVER


def _became(case: Case) -> str:
    """Return the state that an archivist's act made of the record last; empty: none did."""
    return next((line.event.becomes for line in reversed(case.archived) if line.event.becomes), "")


def marks_of(case: Case) -> dict[str, ArchivedLine]:
    """Return the marks that were set on a record and not taken off, also those whose last day lies behind."""
    marks: dict[str, ArchivedLine] = {}
    for line in case.archived:
        marks.pop(line.event.lifts, None)
        if line.event.mark:
            marks[line.event.mark] = line
    return marks


def is_over(until: str, today: date) -> bool:
    """Say whether the last day (ISO) of a mark lies behind; one without lasts until it is taken off."""
    return bool(until) and today > date.fromisoformat(until)
