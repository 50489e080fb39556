"""*Pengaturan*: the office set up at the desk, step by step, by the admin.

Each part is a form of its own. What it says is taken into use once all of the settings can be used with it; no process
is started anew for that. Who holds a post that decides may have to be confirmed by a second person.
"""

from __future__ import annotations

from datetime import date

from starlette.responses import Response

from pipeline.access.confirmation import described
from pipeline.access.requests import BACKUP
from pipeline.access.rights import Right
from pipeline.desk.faults import wrong_with
from pipeline.desk.gate import Pages
from pipeline.desk.lanes import Lane
from pipeline.desk.setting_up import answers_of, parts_of, steps_of
from pipeline.desk.visit import Visit
from pipeline.errors import Incomplete, NotAllowed, SettingsFault, YankomasError
from pipeline.work.backup_settings import BACKUPS, Saved, save_backups
from pipeline.work.office_settings import MAILBOX_SERVICE, open_form, require_usable, save
from pipeline.work.setting_forms import SettingForm, row_numbers, setting_form
from pipeline.work.setup_steps import waits_for

pages = Pages()
_HISTORY = 20  # of the last changes that are shown


@pages.get("/pengaturan", Right.SETTINGS, Lane.QUICK, personal=False)
def overview(visit: Visit) -> Response:
    """Show the steps of setting up, how each stands, and the last changes."""
    return overview_with(visit)


def overview_with(visit: Visit, fault: YankomasError | None = None) -> Response:
    """Show the steps, and what keeps the office's file from being used."""
    steps, record = steps_of(visit), visit.desk.root.office_file
    if fault is None:
        try:
            require_usable(record.values(), {})
        except (Incomplete, SettingsFault) as found:  # edited by hand; what was in use before stays so
            fault = found
    return visit.show(
        "pengaturan.html",
        fault=fault,
        title="Pengaturan",
        steps=steps,
        missing=waits_for(steps),
        history=record.history()[: -_HISTORY - 1 : -1],
    )


@pages.get("/pengaturan/{part}", Right.SETTINGS, Lane.QUICK, personal=False)
def part(visit: Visit) -> Response:
    """Show the form of a part."""
    form = setting_form(str(visit.request.path_params["part"]))
    try:
        return form_page(visit, form)
    except SettingsFault as fault:
        return overview_with(visit, fault)


@pages.post("/pengaturan/{part}", Right.SETTINGS, Lane.QUICK, personal=False)
def change(visit: Visit) -> Response:
    """Set what the form of a part says."""
    form = setting_form(str(visit.request.path_params["part"]))
    answers, seen, by, parts = answers_of(visit), visit.text("dilihat"), visit.who.login, parts_of(visit)
    try:
        if form.key == BACKUPS:
            saved = save_backups(form, answers, seen, by=by, parts=parts, grants=visit.grant_parts)
        else:
            saved = Saved(save(form, answers, seen, by=by, parts=parts))
    except (Incomplete, NotAllowed, SettingsFault) as fault:
        return form_page(visit, form, fault)
    if saved.keys and form.key == BACKUPS:
        visit.grant_parts.tell(f"{by} mengubah pengaturan cadangan.", by)
    onward = _after(visit, form.key) if visit.text("lanjut") else f"/pengaturan/{form.key}"
    if saved.waits:
        said = "Tempat cadangan di komputer lain menunggu pengesahan orang kedua; sampai disahkan, yang lama berlaku."
        return visit.go(onward, said, kind="perhatian")
    return visit.go(onward, f"{form.title} disimpan dan sudah berlaku." if saved.keys else "Tidak ada yang berubah.")


def _after(visit: Visit, key: str) -> str:
    """Return where the next step is done."""
    steps = steps_of(visit)
    at = next(n for n, step in enumerate(steps) if step.key == key)
    return steps[at + 1].path if at + 1 < len(steps) else "/pengaturan"


def form_page(
    visit: Visit, form: SettingForm, fault: YankomasError | None = None, logo_fault: YankomasError | None = None
) -> Response:
    """Show the form of a part, with what is wrong with it or with the picture that was sent."""
    root = visit.desk.root
    opened = open_form(form, root.office_file)
    texts = {**opened.texts, **(answers_of(visit) if fault else {})}
    return visit.show(
        "pengaturan-bagian.html",
        422 if fault or logo_fault else 200,
        title=form.title,
        form=form,
        texts=texts,
        choices={MAILBOX_SERVICE: _services(visit, texts.get(MAILBOX_SERVICE, ""))},
        mark=opened.mark,
        numbers=row_numbers(form.rows.key, texts) if form.rows else (),
        wrong_rows=set(row_numbers(form.rows.key, wrong_with(fault))) if form.rows else set(),
        fault=fault,
        logo_fault=logo_fault,
        wrong=wrong_with(fault),
        steps=steps_of(visit),
        here=form.key,
        has_logo=root.logo().there,
        renamed=[(period, root.logo(period.since).there) for period in root.settings.office.periods],
        holidays=_holidays(visit) if form.key == "hari-libur" else (),
        waiting=_waiting(visit) if form.key == BACKUPS else (),
    )


def _services(visit: Visit, now: str) -> list[tuple[str, str]]:
    """Return for whom a mailbox may be; a service that is set and not in use any more stays to be seen."""
    there = {"": "Pengaduan (Yankomas)", **{one.key: one.name for one in visit.desk.root.services}}
    return list(({now: f"{now} (tidak dipakai)"} | there).items())


def _waiting(visit: Visit) -> list[str]:
    """Return the places for backups that wait for a second person, in words."""
    return [described(one) for one in visit.desk.people.requests.waiting() if one.kind == BACKUP]


def _holidays(visit: Visit) -> list[tuple[date, str, bool]]:
    """Return the holidays of this year and the next: the day, what it is called, and whether the office is open."""
    year, root = visit.desk.now().year, visit.desk.root
    opened = root.settings.hours.opened
    return [(day, name, day in opened) for one in (year, year + 1) for day, name in root.national_days(one).items()]
