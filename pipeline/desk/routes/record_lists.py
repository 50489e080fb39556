"""*Penyusutan arsip*: lists of records, from the proposal to what is done to each of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.responses import Response

from pipeline.access.rights import Right
from pipeline.cases.actor import Actor
from pipeline.cases.case_number import read_number
from pipeline.desk.downloads import attachment
from pipeline.desk.gate import Pages
from pipeline.desk.lanes import Lane
from pipeline.desk.questions import answered
from pipeline.desk.routes.moves import asked_of
from pipeline.desk.routes.record_acts import chosen_numbers, role_among
from pipeline.desk.visit import Visit
from pipeline.errors import Incomplete, NotAllowed, NotFound, UsageFault, YankomasError
from pipeline.records.acts import ListKind
from pipeline.records.checks import ticking
from pipeline.records.list_steps import begin, found_list, give_up, go_on, take_off, unfinished
from pipeline.records.packages import APPROVED, HAND_OVER
from pipeline.records.ports import RecordParts
from pipeline.records.still_kept import told

pages = Pages()
_NEW = "/penyusutan/daftar-baru/{kind}"
_LIST = "/penyusutan/daftar/{name}"


@pages.get(_NEW, Right.RECORDS, Lane.QUICK)
def ask(visit: Visit) -> Response:
    """Ask which records are to stand on a new list."""
    return _asked(visit, _kind(visit), visit.request.query_params.getlist("perkara"), {})


@pages.post(_NEW, Right.RECORDS, Lane.LOOKUPS)
def make(visit: Visit) -> Response:
    """Begin a list, or ask again with what is wrong."""
    kind, texts = _kind(visit), visit.text("perkara").splitlines()
    typed = answered(visit.form, kind.steps[0].form)
    if visit.text("tambah"):
        return _asked(visit, kind, texts, typed, longer=visit.text("tambah"))
    try:
        by = visit.who.acting(role_among(visit, kind.steps[0].roles))
        made = begin(kind.key, chosen_numbers(visit, texts), typed, by=by, parts=visit.desk.root.record_parts)
    except (Incomplete, NotAllowed, NotFound, UsageFault) as fault:
        return _asked(visit, kind, texts, typed, fault)
    return visit.go(f"/penyusutan/daftar/{made.id}", f"{kind.label} {made.id} dibuat dengan {len(made.members)} map.")


@pages.get(_LIST, Right.RECORDS, Lane.LOOKUPS)
def show(visit: Visit) -> Response:
    """Show a list: its records, its steps, and the form of the next one."""
    return _shown(visit, {})


@pages.post(_LIST + "/langkah/{step}", Right.RECORDS, Lane.LOOKUPS)
def step(visit: Visit) -> Response:
    """Make the next step of a list."""
    name, key, parts = visit.request.path_params["name"], visit.request.path_params["step"], _parts(visit)
    found, kind = found_list(name, parts)
    asked = next((one for one in kind.steps if one.key == key), None)
    if asked is None:
        raise NotFound(f"{kind.label} tidak mempunyai langkah {key!r}.", "Lihat daftarnya.")
    typed = answered(visit.form, ticking(asked.form, found))
    if visit.text("tambah"):
        return _shown(visit, typed, longer=visit.text("tambah"))
    try:
        by = visit.who.acting(role_among(visit, asked.roles))
        made = go_on(name, key, typed, by=by, parts=parts, finishing=False)
    except (Incomplete, NotAllowed) as fault:
        return _shown(visit, typed, fault)
    visit.desk.wake()
    return visit.go(f"/penyusutan/daftar/{name}", f"{kind.label} {name}: {told(made, kind, parts)}.")


@pages.get(_LIST + "/lembar/{template}", Right.RECORDS, Lane.PAPERS)
def sheet(visit: Visit) -> Response:
    """Give a sheet of a list as PDF."""
    name, template = visit.request.path_params["name"], visit.request.path_params["template"]
    made = visit.desk.root.record_sheet(name, template)
    return attachment(made, f"{template}-{name}.pdf", "application/pdf")


@pages.post(_LIST + "/keluar", Right.RECORDS, Lane.QUICK)
def off(visit: Visit) -> Response:
    """Take a record off a list."""
    name, by = visit.request.path_params["name"], _author(visit)
    try:
        number = read_number(visit.text("nomor"))
        take_off(name, number, visit.text("alasan"), by=by, parts=_parts(visit))
    except (Incomplete, NotAllowed, NotFound, UsageFault) as fault:
        return visit.go(f"/penyusutan/daftar/{name}", f"{fault.message} {fault.remedy}", kind="gagal")
    return visit.go(f"/penyusutan/daftar/{name}", f"{number} dikeluarkan dari daftar.")


@pages.post(_LIST + "/batal", Right.RECORDS, Lane.QUICK)
def stop(visit: Visit) -> Response:
    """Give a list up."""
    name, by = visit.request.path_params["name"], _author(visit)
    try:
        give_up(name, visit.text("alasan"), by=by, parts=_parts(visit))
    except (Incomplete, NotAllowed) as fault:
        return visit.go(f"/penyusutan/daftar/{name}", f"{fault.message} {fault.remedy}", kind="gagal")
    return visit.go("/penyusutan", f"{name} dibatalkan.")


def _parts(visit: Visit) -> RecordParts:
    return visit.desk.root.record_parts


def _author(visit: Visit) -> Actor:
    _, kind = found_list(visit.request.path_params["name"], _parts(visit))
    return visit.who.acting(role_among(visit, kind.steps[0].roles))


def _kind(visit: Visit) -> ListKind:
    return _parts(visit).acts.list_kind(visit.request.path_params["kind"])


def _asked(
    visit: Visit,
    kind: ListKind,
    numbers: Sequence[str],
    known: Mapping[str, Any],
    fault: YankomasError | None = None,
    longer: str = "",
) -> Response:
    return visit.show(
        "penyusutan-daftar-baru.html",
        422 if fault else 200,
        title=kind.label,
        kind=kind,
        first=kind.steps[0],
        numbers="\n".join(numbers),
        asked=asked_of(kind.steps[0].form, known, fault, longer),
        fault=fault,
    )


def _shown(visit: Visit, known: Mapping[str, Any], fault: YankomasError | None = None, longer: str = "") -> Response:
    found, kind = found_list(visit.request.path_params["name"], _parts(visit))
    following, labels = found.next_step(kind), {step.key: step for step in kind.steps}
    roles, desk = visit.who.acts_in, visit.desk
    there = desk.open_among(visit.who.sees, found.numbers)
    rows = [(number, there.get(number)) for number in found.numbers]
    return visit.show(
        "penyusutan-daftar.html",
        422 if fault else 200,
        title=f"{kind.label} {found.id}",
        found=found,
        kind=kind,
        words=told(found, kind, _parts(visit)),
        labels=labels,
        rows=rows,
        sheets=[template for step in kind.steps if found.step(step.key) for template in step.sheets],
        pending=unfinished(found, kind),
        following=following,
        may_go_on=following is not None and not roles.isdisjoint(following.roles),
        may_change=following is not None and not roles.isdisjoint(kind.steps[0].roles),
        asked=asked_of(ticking(following.form, found), known, fault, longer) if following else [],
        packed=found.kind == HAND_OVER and found.step(APPROVED) is not None and not found.given_up,
        fault=fault,
    )
