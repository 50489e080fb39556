"""What single acts and steps ask beyond their row: a loan's borrower and day, a folder's checklist, a joint check.

A row names its check (``pemeriksaan``); which there are stands in :data:`ACT_CHECKS` and :data:`STEP_CHECKS`. The check
of an act may say more than was typed: that stands in the act's line beside the answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pipeline.access.secrecy import ANYBODY, readers
from pipeline.cases.case import Case
from pipeline.cases.completeness import checklist
from pipeline.cases.folder_closing import LACKING
from pipeline.cases.key_labels import role_name
from pipeline.cases.lent import ROLE
from pipeline.cases.secrecy_level import level_now
from pipeline.cases.sop_rows import FormField
from pipeline.errors import Incomplete, NotAllowed
from pipeline.records.acts import Acts
from pipeline.records.joint_check import TICKED, check_ticked
from pipeline.records.loans import BORROWER, check_loan
from pipeline.records.ports import RecordParts
from pipeline.records.record_list import RecordList

#: The question in which is told why a folder is closed although something is missing, and what its line says besides.
REASON, ITEMS = "alasan", "daftar_periksa"
#: The check of the act that lends a folder.
_LOAN = "pinjaman"


@dataclass(frozen=True, slots=True)
class Besides:
    """What an act's line says besides the answers: values, and what each is called."""

    values: Mapping[str, Any]
    labels: Mapping[str, str]


NOTHING = Besides({}, {})
ActCheck = Callable[[Case, Mapping[str, Any], datetime, RecordParts], Besides]
StepCheck = Callable[[RecordList, Mapping[str, Any]], None]


def _loan(case: Case, values: Mapping[str, Any], at: datetime, parts: RecordParts) -> Besides:
    may = None
    if level := level_now(case, parts.cabinet.case):
        may = {*parts.office.roles.named(readers(parts.row(case).kept_secret(level)))} - {ANYBODY}
    check_loan(values, at.date(), may)
    who, role = str(values[BORROWER]), str(values[ROLE])
    if may is not None and not parts.holds(who, role, at.date()):
        raise NotAllowed(
            f"Perkara ini bersifat rahasia, dan {who} tidak tercatat memegang peran {role_name(role)}.",
            "Tulis nama pejabat atau akun yang memegang peran itu hari ini, lengkap seperti tercatat.",
        )
    return NOTHING


def _closing(case: Case, values: Mapping[str, Any], at: datetime, parts: RecordParts) -> Besides:
    found = checklist(case, parts.sop(case))
    if found.lacking and not values.get(REASON):
        raise Incomplete(
            f"Map {case.number} belum lengkap: {found.told}.",
            "Lengkapi, atau tulis mengapa map itu ditutup juga.",
            {REASON: ("Alasan", "wajib diisi bila ada yang kurang")},
        )
    lines = [f"{item.title}: {item.lack or 'ada'}" for item in found.items]
    labels = {ITEMS: "Daftar periksa", LACKING: "Yang kurang"}
    return Besides({ITEMS: lines, **({LACKING: found.told} if found.lacking else {})}, labels)


def _joint(found: RecordList, values: Mapping[str, Any]) -> None:
    check_ticked(found.members, values.get(TICKED, ()))


def lending_to(acts: Acts, roles: Iterable[str]) -> Acts:
    """Return the acts, with these roles offered to who lends a folder too: those of the office's other services."""
    more = tuple(roles)

    def asked(field: FormField) -> FormField:
        *ours, other = field.choices or ("",)
        return replace(field, choices=(*ours, *more, other)) if field.name == ROLE else field

    lent = {a.key: replace(a, form=tuple(map(asked, a.form))) for a in acts.acts.values() if a.check == _LOAN}
    return replace(acts, acts={**acts.acts, **lent})


ACT_CHECKS: Mapping[str, ActCheck] = {_LOAN: _loan, "kelengkapan": _closing}
STEP_CHECKS: Mapping[str, StepCheck] = {"cocok": _joint}


def ticking(form: Sequence[FormField], found: RecordList) -> tuple[FormField, ...]:
    """Return a step's questions with the folders of the list offered for ticking, where they are to be ticked."""
    offered = tuple(map(str, found.members))
    return tuple(replace(field, phrases=offered) if field.name == TICKED else field for field in form)
