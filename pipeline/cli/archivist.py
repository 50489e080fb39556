"""``yankomas arsip``: the archivist's acts on cases, and lists of cases with their approvals."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path

from pipeline.cases.actor import Actor
from pipeline.cases.archived import told_of
from pipeline.cases.key_labels import role_name
from pipeline.cases.sop_rows import FormField
from pipeline.cli.inputs import answers_of, ready_root, system_account
from pipeline.cli.parser import say_error
from pipeline.cli.readers import note_case, note_reading
from pipeline.cli.show import as_json, outside, write_out
from pipeline.office.wording import date_and_hour
from pipeline.records import came_back, list_steps
from pipeline.records.acting import Outcome, act_on_many, standing_of, sweep_again
from pipeline.records.due import due_by
from pipeline.records.ports import RecordParts
from pipeline.records.record_list import RecordList
from pipeline.records.retention import typed_row
from pipeline.records.schedule_versions import schedule_on, set_schedule
from pipeline.records.still_kept import told


def acts(options: Namespace) -> int:
    """Show which acts and lists there are."""
    known = ready_root(options).record_acts
    for act in known.acts.values():
        if act.by_list:
            continue
        print(f"{act.key}: {act.button}; {_roles(act.roles)}; map {', '.join(act.start)}")
        _questions(act.form)
    for kind in known.lists.values():
        print(f"\nDaftar {kind.key}: {kind.label}")
        for step in kind.steps:
            other = f"; orang lain daripada {', '.join(step.others)}" if step.others else ""
            print(f"  {step.key}: {step.button}; {_roles(step.roles)}{other}")
            _questions(step.form, "  ")
    return 0


def do(options: Namespace) -> int:
    """Do an act to one record or many, to each for itself."""
    root, by = ready_root(options), Actor(options.role, system_account())
    numbers = [root.pattern.read(number) for number in options.numbers]
    typed = answers_of(options.set, options.form)
    outcomes = act_on_many(numbers, options.act, typed, by=by, parts=root.record_parts)
    root.wake()
    return _outcomes(outcomes, f"{options.act} dicatat")


def _outcomes(outcomes: Iterable[Outcome], done: str) -> int:
    """Tell of each record what became of it; return the exit code of the last that failed."""
    code = 0
    for outcome in outcomes:
        if outcome.fault:
            code = say_error(outcome.fault)
        else:
            print(f"{outcome.number}: {done}.")
    return code


def standing(options: Namespace) -> int:
    """Show where a case stands as a record, and what was done to it."""
    root = ready_root(options)
    case = root.cabinet.case(root.pattern.read(options.number))
    note_case(root, "arsip keadaan", case, options)
    print(f"{case.number}: {standing_of(case, root.sop_of(case), root.clock.now()).words}")
    for line in case.archived:
        told = told_of(line.event, gone=bool(case.gone))
        said = "; ".join(f"{line.event.labels.get(k, k)}: {v}" for k, v in told.items())
        who = f"{role_name(line.role)}, {line.event.login}"
        print(f"  {date_and_hour(line.at)} {line.event.label} ({who}) {said}".rstrip())
    return 0


def sweep(options: Namespace) -> int:
    """Take away what lies again in the folder of a case whose content was destroyed."""
    root, by = ready_root(options), Actor(options.role, system_account())
    case = root.cabinet.case(root.pattern.read(options.number))
    names = sweep_again(case, by=by, parts=root.record_parts)
    print(f"{case.number}: {', '.join(names) if names else 'tidak ada isi yang kembali'}.")
    return 0


def destroy_again(options: Namespace) -> int:
    """Destroy what came back with an older backup."""
    root, by = ready_root(options), Actor(options.role, system_account())
    return _outcomes(came_back.destroy_again(by=by, parts=root.record_parts), "dimusnahkan lagi")


def schedule(options: Namespace) -> int:
    """Show the retention schedule in force, or keep a new version of it."""
    root, by = ready_root(options), Actor(options.role, system_account())
    parts = root.record_parts
    if typed := answers_of(options.set, options.form):
        made = set_schedule(typed, by=by, rows=root.rows.rows(), parts=parts)
        print(f"Jadwal retensi dicatat, {len(made.rows)} baris, berlaku sejak {made.since:%d-%m-%Y}.")
        return 0
    holds = schedule_on(root.clock.now().date(), parts)
    print(f"# berlaku sejak {holds.since:%d-%m-%Y}, oleh {holds.by}" if holds.since else "# bawaan program")
    print("# kode | uraian | pemicu | aktif | inaktif | nasib | dasar")
    for row in holds.rows:
        print(typed_row(row))
    return 0


def due(options: Namespace) -> int:
    """Show what is due by the end of a year."""
    root = ready_root(options)
    today = root.clock.now().date()
    found = due_by(options.year or today.year, root.rows.rows(), root.records_book.lines(), today)
    if options.json:
        told = [
            {"nomor": str(one.number), "tindakan": one.what, "jatuh_tempo": one.on.isoformat(), "baris": one.rule.code}
            for one in found.records
        ]
        print(as_json({"tahun": found.year, "map": told, "belum_dijadwalkan": found.unset, "ditahan": found.held}))
        return 0
    for one in found.records:
        print(f"{one.number}  {one.what}  {one.on:%d-%m-%Y}  ({one.rule.code})")
    print(f"{len(found.records)} map jatuh tempo sampai 31-12-{found.year}.")
    if found.unset:
        print(f"{found.unset} map selesai tidak: jadwal belum menetapkan jangkanya (`yankomas arsip jra`).")
    if found.held:
        print(f"{found.held} map sedang ditahan.")
    return 0


def lists(options: Namespace) -> int:
    """Show every list, or one with its records and steps."""
    parts = ready_root(options).record_parts
    if not options.name:
        found = list_steps.all_lists(parts)
        for one in found.values():
            print(f"{one.id}: {len(one.members)} map, {told(one, parts.acts.list_kind(one.kind), parts)}")
        if not found:
            print("Belum ada daftar.")
        return 0
    one, kind = list_steps.found_list(options.name, parts)
    print(f"{kind.label} {one.id}: {told(one, kind, parts)}")
    for step in one.steps:
        said = "; ".join(f"{k}: {v}" for k, v in step.values.items())
        print(f"  {date_and_hour(step.at)} {step.key} ({role_name(step.role)}, {step.login}) {said}".rstrip())
    for number in one.numbers:
        print(f"  {number}{f'  dikeluarkan: {one.taken_off[number]}' if number in one.taken_off else ''}")
    if following := one.next_step(kind):
        print(f"Berikutnya: {following.key} ({following.button}); {_roles(following.roles)}")
    return 0


def begin(options: Namespace) -> int:
    """Begin a list."""
    root, by = ready_root(options), Actor(options.role, system_account())
    numbers = [root.pattern.read(number) for number in options.numbers]
    typed = answers_of(options.set, options.form)
    return _told(list_steps.begin(options.kind, numbers, typed, by=by, parts=root.record_parts), root.record_parts)


def go_on(options: Namespace) -> int:
    """Make the next step of a list."""
    root, by = ready_root(options), Actor(options.role, system_account())
    typed = answers_of(options.set, options.form)
    made = list_steps.go_on(options.name, options.step, typed, by=by, parts=root.record_parts)
    root.wake()
    return _told(made, root.record_parts)


def sheet(options: Namespace) -> int:
    """Write a sheet of a list into a file."""
    root = ready_root(options)
    output: Path = options.output
    outside(output, root)
    note_reading(root, "arsip lembar")
    write_out(output, root.record_sheet(options.name, options.template))
    print(f"Ditulis ke {output}.")
    return 0


def take_off(options: Namespace) -> int:
    """Take a record off a list."""
    root, by = ready_root(options), Actor(options.role, system_account())
    number = root.pattern.read(options.number)
    parts = root.record_parts
    return _told(list_steps.take_off(options.name, number, options.reason, by=by, parts=parts), parts)


def give_up(options: Namespace) -> int:
    """Give a list up."""
    root, by = ready_root(options), Actor(options.role, system_account())
    parts = root.record_parts
    return _told(list_steps.give_up(options.name, options.reason, by=by, parts=parts), parts)


def _told(one: RecordList, parts: RecordParts) -> int:
    kind = parts.acts.list_kind(one.kind)
    print(f"{kind.label} {one.id}: {told(one, kind, parts)}, {len(one.members)} map.")
    for number, why in one.taken_off.items():
        print(f"  {number} dikeluarkan: {why}")
    return 0


def _roles(roles: Iterable[str]) -> str:
    return ", ".join(map(role_name, roles))


def _questions(form: Iterable[FormField], indent: str = "") -> None:
    for field in form:
        choices = f" ({' | '.join(field.choices)})" if field.choices else ""
        print(f"{indent}    {field.name}: {field.label}{choices}{', wajib' if field.required else ''}")
