"""What a case's sheet says, by the name of each value: what a template is filled with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber, read_number
from pipeline.cases.events import MERGED_INTO, SPLIT_FROM, SPLIT_OFF
from pipeline.cases.secrecy_level import family, level_now
from pipeline.cases.sop import Sop, title_of
from pipeline.errors import NotFound
from pipeline.letters.sheets import context, texts
from pipeline.letters.sheets.register_book import BOOK
from pipeline.letters.sheets.review_letters import MERGED
from pipeline.letters.sheets.sheet_facts import SheetFacts, facts_of
from pipeline.office.office import Office
from pipeline.office.worktime import Calendar


@dataclass(frozen=True, slots=True)
class CaseValues:
    """Gives the values of sheets. ``case`` returns another case; ``seal`` names the newest seal before a day."""

    office: Office
    calendar: Calendar
    case: Callable[[CaseNumber], Case]
    seal: Callable[[date], str]

    def facts(self, case: Case, sop: Sop, template: str, day: date) -> SheetFacts:
        """Return what a sheet that is drafted on that day may say of a case."""
        facts = facts_of(case, sop, self.calendar, template=template, drafted_on=day)
        if level := level_now(case, self.case):
            facts = replace(facts, classification=level)
        if template in (MERGED, BOOK):
            facts = with_relatives(case, facts, self.case)
        return replace(facts, seal=self.seal(day)) if template == BOOK else facts

    def values(self, template: str, facts: SheetFacts) -> dict[str, Any]:
        """Return the values of a sheet.

        Raises:
            TemplateFault: no sheet of this name is known.
        """
        return context(template, facts, self.office)

    def of(self, case: Case, sop: Sop, template: str, day: date) -> dict[str, Any]:
        """Return the values of a sheet that is drafted on that day; raises as :meth:`values`.

        Raises:
            NotFound: the edition that the case follows has no such sheet: it may be another service's.
        """
        if all(sheet.template != template for sheet in sop.sheets):
            told = f"SOP perkara {case.received.register_number} tidak mempunyai {title_of(template).lower()}."
            raise NotFound(told, "Pilih perkara yang SOP-nya memakai templat itu.")
        return self.values(template, self.facts(case, sop, template, day))


def with_relatives(case: Case, facts: SheetFacts, case_of: Callable[[CaseNumber], Case]) -> SheetFacts:
    """Return facts that name the case into which this one was merged, and those that it was parted from or into.

    Each by its register number, as it was given to that case; one that cannot be read is not named.
    """
    known = {str(n): other.received.register_number for n, other in family(case, case_of).items() if other}
    tied = [(link.how, known[link.other]) for link in case.links if link.other in known]
    move = facts.merging
    return replace(
        facts,
        merged_into=known.get(str(read_number(texts.line(move, MERGED_INTO))), "") if move else "",
        split_from=next((number for how, number in tied if how == SPLIT_FROM), ""),
        split_into=tuple(number for how, number in tied if how == SPLIT_OFF),
    )
