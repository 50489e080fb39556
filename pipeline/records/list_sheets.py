"""What the sheets of a list say: its records, its steps with who made them, what was answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pipeline.access.secrecy import HIDDEN, unnamed
from pipeline.cases.key_labels import role_name
from pipeline.letters.sheets.record_sheets import ListedRecord, RecordSheet, Signer
from pipeline.office.roles import OfficeRoles
from pipeline.office.wording import long_date
from pipeline.records.acts import ListKind
from pipeline.records.list_steps import found_list
from pipeline.records.ports import RecordParts
from pipeline.records.record_list import RecordList, StepMade
from pipeline.records.retention import Schedule
from pipeline.records.schedule_versions import schedule_on
from pipeline.records.still_kept import refuse_still_kept
from pipeline.register.ports import Register
from pipeline.register.row import Row


def sheet_of(name: str, template: str, parts: RecordParts, register: Register) -> RecordSheet:
    """Return what a sheet of a list says, as of the day of the step that it belongs to.

    Raises:
        NotFound: there is no such list, or none of its steps that were made has such a sheet.
        NotAllowed: it would say that content was destroyed that is still kept at the centre.
    """
    found, kind = found_list(name, parts)
    made = found.step_of_sheet(template, kind)
    if any(step.act and template in step.sheets for step in kind.steps):  # it says that the act was done
        refuse_still_kept(found, kind, parts)
    schedule = schedule_on(made.at.date(), parts)
    rows, of = register.these(found.members), parts.office.roles
    return RecordSheet(
        name=found.id,
        kind=kind.label,
        day=made.at.date(),
        records=[_listed(rows[number], schedule) for number in found.members if number in rows],
        maker=_signer(made, of),
        approvals=[_signer(step, of) for step in _approvals(found, kind)],
        answers=found.answers,
    )


def _approvals(found: RecordList, kind: ListKind) -> Iterator[StepMade]:
    """Yield the steps that had to be another person's than those before."""
    return (made for step in kind.steps if step.others and (made := found.step(step.key)))


def _signer(made: StepMade, of: OfficeRoles) -> Signer:
    held = made.holder
    return Signer(held.post or role_name(made.role, of), held.name, held.nip, long_date(made.at.date()))


def _listed(row: Row, schedule: Schedule) -> ListedRecord:
    """Return a record as a sheet lists it, naming nobody; of a secret case never what it is about.

    Sheets go through many hands.
    """
    code = row.klasifikasi or ""
    rule = schedule.row_of(code)
    subject = HIDDEN if row.secret else unnamed(row.perihal, row) or ""
    return ListedRecord(row.register_number, code, subject, _span(row), f"{rule.fate}, {rule.code}")


def _span(row: Row) -> str:
    """Return the years that a record spans."""
    years = [date.fromisoformat(at[:10]).year for at in (row.received_at, row.closed_at) if at]
    return " – ".join(dict.fromkeys(map(str, years)))
