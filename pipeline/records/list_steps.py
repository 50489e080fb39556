"""A list begins, goes through its steps, and is carried out on each of its records.

The line of a step is what was decided, by a person. What it still owes single records is derived: the records on the
list whose journal has no act of it yet. So an execution that was cut short is taken up again by whoever repeats it, or
by the program at its next start; but no program decides anything.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from pipeline.cases.actor import Actor, holder
from pipeline.cases.answers import answers
from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.deadlines import ended_at
from pipeline.cases.folder_closing import closed_as
from pipeline.cases.owed_letters import unfinished_letters
from pipeline.cases.separation import person_of
from pipeline.errors import Incomplete, NotAllowed, NotFound, YankomasError
from pipeline.office.wording import said
from pipeline.records.acting import append_act, check_role, closed_because, standing_of
from pipeline.records.acts import ListKind, ListStep, RecordAct
from pipeline.records.checks import STEP_CHECKS
from pipeline.records.ports import RecordParts
from pipeline.records.record_list import DONE, GIVEN_UP, TAKEN_OFF, RecordList, StepMade, lists_of, step_line
from pipeline.records.retention import Schedule
from pipeline.records.schedule_versions import schedule_on


def all_lists(parts: RecordParts) -> dict[str, RecordList]:
    """Return every list, by its name, in the order in which they began."""
    return lists_of(parts.book.lines())


def awaiting(roles: Collection[str], parts: RecordParts) -> list[tuple[RecordList, ListKind, ListStep]]:
    """Return the lists whose next step one of these roles makes, with that step, in the order in which they began."""
    kinds = parts.acts.lists
    lists = [(one, kind, one.next_step(kind)) for one in all_lists(parts).values() for kind in (kinds[one.kind],)]
    return [(one, kind, step) for one, kind, step in lists if step and not {*step.roles}.isdisjoint(roles)]


def found_list(name: str, parts: RecordParts) -> tuple[RecordList, ListKind]:
    """Return a list and its kind.

    Raises:
        NotFound: there is none of that name.
    """
    if (found := all_lists(parts).get(name)) is None:
        raise NotFound(f"Tidak ada daftar {name!r}.", "Lihat halaman Penyusutan arsip, atau `yankomas arsip daftar`.")
    return found, parts.acts.list_kind(found.kind)


def begin(
    key: str, numbers: Iterable[CaseNumber], typed: Mapping[str, Any], *, by: Actor, parts: RecordParts
) -> RecordList:
    """Begin a list of these records with its first step; return it.

    Raises:
        NotAllowed: the role may not, or a record may not stand on such a list (all of these are named), or stands on
            another of its kind that is under way.
        Incomplete: answers are missing, or there is no record.
    """
    kind = parts.acts.list_kind(key)
    step, wanted = kind.steps[0], tuple(dict.fromkeys(numbers))
    at = parts.clock.now()
    check_role(step.roles, step.button, by)
    if not wanted:
        raise Incomplete(
            f"{kind.label} belum memuat satu map pun.", "Pilih mapnya.", {"perkara": ("Map", "pilih satu")}
        )
    values = answers(step.form, typed, f"Formulir {step.label!r}", at)
    with parts.book.held():
        lists = all_lists(parts)
        _require_fit(kind, wanted, lists, parts)
        serial = max((one.serial for one in lists.values() if (one.kind, one.year) == (key, at.year)), default=0) + 1
        name = f"{key}-{at.year}-{serial}"
        line = step_line(name, step.key, values, at=at, by=by, holder=holder(by, at, parts.office))
        parts.book.note({**line, "perkara": [str(number) for number in wanted]})
    return found_list(name, parts)[0]


def go_on(
    name: str, key: str, typed: Mapping[str, Any], *, by: Actor, parts: RecordParts, finishing: bool = True
) -> RecordList:
    """Make the next step of a list; return the list after it. A step that was made and owes records goes on with them.

    Without ``finishing`` what takes long once content is gone (views made anew) is left to the running program.

    Raises:
        NotFound, NotAllowed: there is no such list; the step is not the next one, not for this role, or must be another
            person's than an earlier one; or a record on it may not be on it any more (all are named).
        Incomplete: answers are missing or wrong.
    """
    at = parts.clock.now()
    with parts.book.held():
        found, kind = found_list(name, parts)
        step = found.next_step(kind)
        if step is None or step.key != key:
            _require_owing(found, kind, key)
        else:
            check_role(step.roles, step.button, by)
            _require_another(found, step, by)
            values = answers(step.form, typed, f"Formulir {step.label!r}", at)
            if step.check:
                STEP_CHECKS[step.check](found, values)
            _require_standing(found, kind, parts)
            if step.act and parts.acts.act(step.act).removes:
                parts.eraser.ready()
            held_by = holder(by, at, parts.office)
            parts.book.note(step_line(name, step.key, values, at=at, by=by, holder=held_by))
    carry_out(name, parts, finishing=finishing)
    return found_list(name, parts)[0]


def take_off(name: str, number: CaseNumber, reason: str, *, by: Actor, parts: RecordParts) -> RecordList:
    """Take a record off a list that is under way; return the list.

    Raises:
        NotFound, NotAllowed: it is not on it, or the list was carried out or given up.
        Incomplete: no reason is given.
    """
    _require_reason(reason)
    with parts.book.held():
        found, kind = found_list(name, parts)
        _require_under_way(found, kind, by)
        if number not in found.members:
            raise NotFound(f"{number} tidak ada pada {found.id}.", "Lihat daftarnya.")
        _note_off(found, number, reason, by.login, parts)
    return found_list(name, parts)[0]


def give_up(name: str, reason: str, *, by: Actor, parts: RecordParts) -> RecordList:
    """Give a list up that was not carried out; its number stays used. Return it.

    Raises:
        NotFound, NotAllowed, Incomplete: as :func:`take_off`.
    """
    _require_reason(reason)
    with parts.book.held():
        found, kind = found_list(name, parts)
        _require_under_way(found, kind, by)
        at = parts.clock.now().isoformat()
        parts.book.note({"apa": GIVEN_UP, "daftar": name, "alasan": reason.strip(), "login": by.login, "saat": at})
    return found_list(name, parts)[0]


def carry_out(name: str, parts: RecordParts, *, finishing: bool = True) -> None:
    """Do what the steps of a list owe its records, to each in turn.

    A record that was held since is taken off, with the reason, and nothing is done to it.
    """
    found, kind = found_list(name, parts)
    for step in kind.steps:
        made = found.step(step.key)
        if made is None or not step.act or step.key in found.done:
            continue
        removes = parts.acts.act(step.act).removes
        if removes:
            parts.eraser.ready()
        for number in found.members:
            _carry_out_one(number, found, step, made, parts)
        if removes and not finishing:
            return
        if removes:
            parts.eraser.finish({number.volume for number in found.members})
        with parts.book.held():
            at = parts.clock.now().isoformat()
            parts.book.note({"apa": DONE, "daftar": name, "langkah": step.key, "saat": at})


def _carry_out_one(number: CaseNumber, found: RecordList, step: ListStep, made: StepMade, parts: RecordParts) -> None:
    act = parts.acts.act(step.act)
    with parts.cabinet.held(number) as folder:
        case = folder.case
        if not _has(case, found, step):
            removed = tuple(d.name for d in case.documents) if act.removes else ()
            by = Actor(made.role, made.login)
            try:
                case = append_act(
                    folder,
                    act,
                    said_by_steps(found, act),
                    by=by,
                    parts=parts,
                    of_list=found.id,
                    removed=removed,
                    held=made.holder,
                )
            except NotAllowed as fault:
                with parts.book.held():
                    _note_off(found, number, fault.message, made.login, parts)
                return
    if act.removes:
        parts.eraser.erase(case)


def said_by_steps(found: RecordList, act: RecordAct) -> dict[str, Any]:
    """Return the answers of an act that a list does: what its steps were answered to the same questions."""
    told = found.answers
    return {field.name: told[field.name] for field in act.form if field.name in told}


def resume(parts: RecordParts) -> list[str]:
    """Go on with what people decided and a stopped program left undone; return the lists of which that was so."""
    lists = [one for one in all_lists(parts).values() if unfinished(one, parts.acts.lists[one.kind])]
    for one in lists:
        carry_out(one.id, parts)
    return [one.id for one in lists]


def unfinished(found: RecordList, kind: ListKind) -> bool:
    """Say whether a step of a list was made that has not been carried out on all of its records."""
    return any(step.act and found.step(step.key) and step.key not in found.done for step in kind.steps)


def _has(case: Case, found: RecordList, step: ListStep) -> bool:
    return any(line.event.of_list == found.id and line.event.act == step.act for line in case.archived)


def _require_fit(
    kind: ListKind, numbers: Iterable[CaseNumber], lists: Mapping[str, RecordList], parts: RecordParts
) -> None:
    schedule = schedule_on(parts.clock.now().date(), parts)
    under_way = [one for one in lists.values() if one.kind == kind.key and one.next_step(kind) is not None]
    wrong = []
    for number in numbers:
        other = next((one.id for one in under_way if number in one.members), "")
        if why := f"sudah ada pada {other}" if other else _unfit(kind, number, schedule, parts):
            wrong.append(f"{number} ({why})")
    if wrong:
        raise NotAllowed(f"Tidak dapat masuk {kind.label.lower()}: {'; '.join(wrong)}.", "Keluarkan dari pilihan itu.")


def _require_standing(found: RecordList, kind: ListKind, parts: RecordParts) -> None:
    schedule = schedule_on(parts.clock.now().date(), parts)
    wrong = [f"{number} ({why})" for number in found.members if (why := _unfit(kind, number, schedule, parts))]
    if wrong:
        raise NotAllowed(
            f"Pada {found.id} ada yang tidak boleh lagi: {'; '.join(wrong)}.", "Keluarkan dahulu dari daftar itu."
        )
    if not found.members:
        raise NotAllowed(f"{found.id} tidak memuat satu map pun lagi.", "Batalkan daftar itu.")


def _unfit(kind: ListKind, number: CaseNumber, schedule: Schedule, parts: RecordParts) -> str:
    try:
        case = parts.cabinet.case(number)
        sop, now = parts.sop(case), parts.clock.now()
        if why := closed_because(kind.start, kind.unless, standing_of(case, sop, now)):
            return why
        if kind.settled and not closed_as(case) and (owed := unfinished_letters(case, sop)):
            return f"{'; '.join(owed)}: selesaikan, batalkan, atau tutup mapnya dengan alasan"
        if not kind.fates:
            return ""
        ended = ended_at(case, sop) or now
        rule = schedule.row_of(said(case.fields.get("klasifikasi")))
        return rule.unfit(ended.date(), kind.fates, now.date())
    except YankomasError as fault:
        return fault.message


def _require_another(found: RecordList, step: ListStep, by: Actor) -> None:
    """Make sure that a step is another person's than those before: also by another account, a deputy's, a token.

    Raises:
        NotAllowed: the same person made one of them.
    """
    person = person_of(by)
    for key in step.others:
        made = found.step(key)
        if made and made.person.is_same(person):
            raise NotAllowed(
                f"{step.button} harus oleh orang lain: {made.login} sudah membuat langkah {key!r} pada {found.id}.",
                "Mintalah pejabat yang lain, dengan akunnya sendiri.",
            )


def _require_owing(found: RecordList, kind: ListKind, key: str) -> None:
    """Make sure that a step which is not the next one was made and still owes something."""
    if found.step(key) and unfinished(found, kind):
        return
    following = found.next_step(kind)
    said = f"Langkah berikutnya: {following.key} ({following.button})." if following else "Tidak ada lagi langkahnya."
    raise NotAllowed(f"{found.id}: langkah {key!r} tidak terbuka; daftar itu {found.words(kind)}.", said)


def _require_under_way(found: RecordList, kind: ListKind, by: Actor) -> None:
    check_role(kind.steps[0].roles, kind.label, by)
    if found.next_step(kind) is None:
        raise NotAllowed(f"{found.id} sudah {found.words(kind)}.", "Tidak dapat diubah lagi.")


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise Incomplete("Alasannya wajib diisi.", "Tulis alasannya.", {"alasan": ("Alasan", "wajib diisi")})


def _note_off(found: RecordList, number: CaseNumber, reason: str, login: str, parts: RecordParts) -> None:
    at = parts.clock.now().isoformat()
    line = {"apa": TAKEN_OFF, "daftar": found.id, "perkara": str(number), "alasan": reason.strip(), "login": login}
    parts.book.note({**line, "saat": at})
