"""The versions of a letter, and into which of them a number is filled.

Numbering makes a version whose words are those of the approved one (``issued_from``): what was approved of that one
holds. An edit or a new draft makes other words.
"""

from __future__ import annotations

from pipeline.cases.case import Case
from pipeline.cases.duties import Duty
from pipeline.cases.event_lines import from_data
from pipeline.cases.events import Drafted
from pipeline.cases.moves import LETTER, TYPED_NUMBER
from pipeline.cases.sop import Sop
from pipeline.cases.sop_rows import Move


def versions(case: Case, template: str) -> tuple[Drafted, ...]:
    """Return every version of a sheet, oldest first."""
    lines = (e for e in case.entries if e.kind == Drafted.kind and e.data.get("template") == template)
    return tuple(event for e in lines if isinstance(event := from_data(e.kind, e.data), Drafted))


def open_versions(case: Case, template: str) -> tuple[Drafted, ...]:
    """Return the versions that are looked at, oldest first: none that says of pages that became another case.

    The newest is among them, whatever it says: somebody has to see to it.
    """
    known = versions(case, template)
    return (*(v for v in known[:-1] if v.documents[0].name not in case.shared), *known[-1:])


def approved_draft(case: Case, sop: Sop, duty: Duty) -> Drafted | None:
    """Return the draft into which a number is to be filled, if that is why the sheet is owed.

    It is the newest version, if nothing but numbering has called for the sheet since it was made; otherwise the sheet
    is to be drafted from its form.
    """
    draft = case.drafts.get(duty.subject)
    if draft is None or duty.subject not in case.numbers:
        return None
    numbering = {move.key for move in sop.moves if only_numbers(move)}
    calls = (m for m in case.made if draft.trigger < m.seq <= duty.trigger and duty.subject in m.decision.sheets)
    return draft if all(call.decision.move in numbering for call in calls) else None


def only_numbers(move: Move) -> bool:
    """Say whether a move gives letters their number and says nothing else of them."""
    return move.numbers and {question.name for question in move.form} <= {LETTER, TYPED_NUMBER}
