"""What was destroyed and came back with an older backup: which cases that are, and destroying them once more.

Nobody has to approve again: the list was approved, and a backup undoes no decision. A person does it all the same.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.cases.actor import Actor
from pipeline.cases.case_number import CaseNumber
from pipeline.errors import NotFound, YankomasError
from pipeline.records.acting import Outcome, append_act, check_role
from pipeline.records.acts import record_acts
from pipeline.records.ports import Line, RecordParts
from pipeline.records.record_list import lists_of

#: What a line of the book is about that says so.
AGAIN = "musnah-susulan"


def may_have_destroyed(lines: Iterable[Line]) -> bool:
    """Say whether a list was ever begun by which content is destroyed."""
    return any(record_acts().destroying(one.kind) for one in lists_of(lines).values())


def destroyed_by(lines: Iterable[Line]) -> dict[CaseNumber, str]:
    """Return the cases that were destroyed by the lists of a book, each with its list."""
    found: dict[CaseNumber, str] = {}
    for one in lists_of(lines).values():
        if any(one.step(key) for key in record_acts().destroying(one.kind)):
            found |= dict.fromkeys(one.members, one.id)
    return found


def came_back(parts: RecordParts) -> dict[CaseNumber, str]:
    """Return the cases whose content was destroyed after the backup from which this archive came, and is here."""
    found = {}
    for number, name in parts.book.destroyed_since().items():
        try:
            if not parts.cabinet.case(number).gone:
                found[number] = name
        except NotFound:
            continue
    return found


def destroy_again(*, by: Actor, parts: RecordParts) -> list[Outcome]:
    """Destroy what came back; return what became of each case.

    Raises:
        NotAllowed: not for this role, or content cannot be destroyed in this office.
    """
    act = next(act for act in parts.acts.acts.values() if act.removes)
    check_role(act.roles, act.label, by)
    outcomes = []
    for number, name in came_back(parts).items():
        parts.eraser.ready()
        try:
            with parts.cabinet.held(number) as folder:
                removed = tuple(document.name for document in folder.case.documents)
                case = append_act(folder, act, {}, by=by, parts=parts, of_list=name, removed=removed)
        except YankomasError as fault:
            outcomes.append(Outcome(number, fault))
            continue
        parts.eraser.erase(case)
        with parts.book.held():
            at = parts.clock.now().isoformat()
            told = {"apa": AGAIN, "daftar": name, "perkara": str(number), "login": by.login, "saat": at}
            parts.book.note(told)
        outcomes.append(Outcome(number))
    if outcomes:
        parts.eraser.finish({outcome.number.volume for outcome in outcomes})
    return outcomes
