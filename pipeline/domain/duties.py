"""What the machine owes a case now: derived from what the SOP calls for and what the journal has, never queued."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.domain.case import Case
from pipeline.domain.sop import Sop

READ, DRAFT, PRINT = "baca", "konsep", "cetak"


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing owed: read the letter, draft a sheet, print a draft. ``subject`` is the sheet's template key."""

    action: str
    subject: str = ""
    version: int = 1

    @property
    def key(self) -> str:
        """The duty as the journal and its attempts name it (``cetak 03-lembar-disposisi v1``)."""
        return f"{self.action} {self.subject} v{self.version}" if self.subject else self.action


def duties(case: Case, sop: Sop) -> tuple[Duty, ...]:
    """Return what is owed, in the order in which it is done; what was given up waits for a person."""
    return tuple(d for d in _owed(case, sop) if d.key not in case.given_up)


def needs_person(case: Case) -> bool:
    """Say whether the machine has given something up."""
    return bool(case.given_up)


def _owed(case: Case, sop: Sop) -> Iterator[Duty]:
    if case.reading is None:
        yield Duty(READ)
        if READ not in case.given_up:
            return  # sheets wait for the reading, or go out with blanks once it was given up
    for sheet in sop.at_intake:
        draft = case.drafts.get(sheet.template)
        if draft is None:
            yield Duty(DRAFT, sheet.template)
    for template, draft in case.drafts.items():
        printed = case.prints.get(template)
        if printed is None or printed.version < draft.version:
            yield Duty(PRINT, template, draft.version)
