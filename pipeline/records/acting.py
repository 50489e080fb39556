"""An archivist acts on a record, or on many with one form: whether the act is open, its answers, its line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pipeline.cases.actor import Actor, holder
from pipeline.cases.answers import answers
from pipeline.cases.archived import Archived
from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.deadlines import current_state
from pipeline.cases.ports import CaseFolder
from pipeline.cases.record_standing import RecordStanding, record_standing
from pipeline.cases.sop import Sop
from pipeline.errors import NotAllowed, YankomasError
from pipeline.records.acts import RecordAct
from pipeline.records.checks import ACT_CHECKS, NOTHING
from pipeline.records.ports import RecordParts


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an act on one of many records; ``fault`` is why it was not done."""

    number: CaseNumber
    fault: YankomasError | None = None


def standing_of(case: Case, sop: Sop, at: datetime) -> RecordStanding:
    """Return where a case stands as a record."""
    return record_standing(case, ended=current_state(case, sop).final, today=at.date())


def act_on(number: CaseNumber, key: str, typed: Mapping[str, Any], *, by: Actor, parts: RecordParts) -> Case:
    """Do an act to a record; return the case after it.

    Raises:
        NotFound, NotAllowed: there is no such case or act, it is not open for this record or role, or a list does it.
        Incomplete: the form's answers are missing or wrong.
    """
    act = parts.acts.act(key)
    if act.by_list:
        raise NotAllowed(
            f"{act.label} hanya menurut daftar yang disetujui.", "Buat daftarnya di halaman Penyusutan arsip."
        )
    values = filled(act, typed, parts.clock.now())
    with parts.cabinet.held(number) as folder:
        return append_act(folder, act, values, by=by, parts=parts)


def act_on_many(
    numbers: Iterable[CaseNumber], key: str, typed: Mapping[str, Any], *, by: Actor, parts: RecordParts
) -> list[Outcome]:
    """Do an act to many records, to each for itself; return what became of each.

    Raises:
        NotAllowed, Incomplete: as :func:`act_on`, of what is wrong for all of them.
    """
    act = parts.acts.act(key)
    check_role(act.roles, act.label, by)
    filled(act, typed, parts.clock.now())
    outcomes = []
    for number in dict.fromkeys(numbers):
        try:
            act_on(number, key, typed, by=by, parts=parts)
            outcomes.append(Outcome(number))
        except YankomasError as fault:
            outcomes.append(Outcome(number, fault))
    return outcomes


def filled(act: RecordAct, typed: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """Return the answers of an act's form.

    Raises:
        Incomplete: they are missing or wrong; or the last day of what is set lies behind, or nothing is said at all.
    """
    return answers(act.form, typed, f"Formulir {act.label!r}", now)


def append_act(
    folder: CaseFolder,
    act: RecordAct,
    values: Mapping[str, Any],
    *,
    by: Actor,
    parts: RecordParts,
    of_list: str = "",
    removed: tuple[str, ...] = (),
    held: Mapping[str, Any] | None = None,
) -> Case:
    """Write an act into the journal of a case that is held; return the case after it.

    ``held`` is who held the role when a list's step was made: what it still owes is theirs, whoever holds it by then.

    Raises:
        NotAllowed: it is not open for this record, or not for this role, or what the act itself asks is not so.
        Incomplete: an answer does not fit this record.
    """
    at, case = parts.clock.now(), folder.case
    check_role(act.roles, act.label, by)
    check_open(act, case, standing_of(case, parts.sop(case), at))
    besides = ACT_CHECKS[act.check](case, values, at, parts) if act.check else NOTHING
    event = Archived(
        act=act.key,
        label=act.label,
        values={**values, **besides.values},
        labels={**{field.name: field.label for field in act.form if field.name in values}, **besides.labels},
        register={name: values[name] for name in act.says if name in values},
        becomes=act.becomes,
        mark=act.mark,
        until=str(values.get(act.ends, "")) if act.ends else "",
        lifts=act.lifts,
        of_list=of_list,
        removed=removed,
        holder=holder(by, at, parts.office) if held is None else held,
        login=by.login,
    )
    return folder.append(event, {}, by=by.role, at=at)


def check_role(roles: tuple[str, ...], label: str, by: Actor) -> None:
    """Make sure that a role may do it.

    Raises:
        NotAllowed: it may not; says which may.
    """
    if by.role not in roles:
        raise NotAllowed(f"Peran {by.role!r} tidak berwenang: {label}.", f"Yang berwenang: {', '.join(roles)}.")


def check_open(act: RecordAct, case: Case, standing: RecordStanding) -> None:
    """Make sure that an act is open for a record.

    Raises:
        NotAllowed: it is not, by where the record stands.
    """
    if why := closed_because(act.start, act.unless, standing, act.only):
        raise NotAllowed(f"{case.number}: {act.label} tidak terbuka; {why}.", "Lihat letak dan keadaan mapnya.")


def closed_because(
    start: tuple[str, ...], unless: tuple[str, ...], standing: RecordStanding, only: tuple[str, ...] = ()
) -> str:
    """Return why what is for such records is not open for one that stands like that; empty: it is open."""
    if standing.state not in start:
        return f"map itu {standing.words} (harus {' atau '.join(start)})"
    if found := next((mark for mark in unless if mark in standing.marks), ""):
        return f"map itu sedang {found}{_reason(standing, found)}"
    if missing := next((mark for mark in only if mark not in standing.marks), ""):
        return f"map itu tidak sedang {missing}"
    return ""


def _reason(standing: RecordStanding, mark: str) -> str:
    said = standing.marks[mark].event.values.get("alasan", "")
    return f": {said}" if said else ""


def sweep_again(case: Case, *, by: Actor, parts: RecordParts) -> list[str]:
    """Take away what lies again of a case whose content was destroyed; return the names of what was there.

    Raises:
        NotAllowed: not for this role, or its content was not destroyed.
    """
    check_role(("arsiparis",), "Hapus isi yang kembali", by)
    if not case.gone:
        raise NotAllowed(f"Isi perkara {case.number} tidak dimusnahkan.", "Pemusnahan hanya menurut daftar.")
    return parts.eraser.sweep(case)
