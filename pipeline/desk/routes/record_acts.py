"""*Penyusutan arsip*: what an archivist does to one record or to many with one form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from starlette.responses import Response

from pipeline.access import secrecy
from pipeline.access.rights import Right
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.record_standing import GONE
from pipeline.desk.case_file import file_of
from pipeline.desk.gate import Pages
from pipeline.desk.lanes import Lane
from pipeline.desk.questions import answered
from pipeline.desk.routes.moves import asked_of
from pipeline.desk.visit import Visit
from pipeline.errors import Incomplete, NotAllowed, NotFound, UsageFault, YankomasError
from pipeline.records.acting import Outcome, act_on_many
from pipeline.records.acts import RecordAct
from pipeline.records.list_steps import all_lists
from pipeline.records.still_kept import told
from pipeline.register.row import Row

pages = Pages()
_ACT = "/penyusutan/tindakan/{act}"
#: So many records at once: each is done in a moment, and somebody waits for all of them.
MOST = 200
#: So many cases without a code are shown at once.
_SHOWN = 50
#: The question that begins with the office's own code.
_CODE = "klasifikasi"


@pages.get("/penyusutan", Right.RECORDS, Lane.LOOKUPS)
def overview(visit: Visit) -> Response:
    """Show what can be done, and the lists with whose turn it is."""
    parts = visit.desk.root.record_parts
    kinds = parts.acts.lists
    lists = [
        (one, kind, one.next_step(kind), told(one, kind, parts))
        for one in reversed(all_lists(parts).values())
        for kind in (kinds[one.kind],)
    ]
    roles, unfiled = visit.who.acts_in, without_code(visit, visit.desk.root.rows.rows())
    return visit.show(
        "penyusutan.html",
        title="Penyusutan arsip",
        acts=parts.acts.done_by(roles),
        unfiled=unfiled[:_SHOWN],
        unfiled_in_all=len(unfiled),
        ticked=visit.asked("centang") == "semua",
        kinds=[kind for kind in kinds.values() if not roles.isdisjoint(kind.steps[0].roles)],
        lists=lists,
    )


def without_code(visit: Visit, rows: Iterable[Row]) -> list[Row]:
    """Return those open to the visitor that have ended and have no code of classification, in their order."""
    ended = (row for row in rows if row.final and not row.klasifikasi and row.archived not in GONE)
    return [row for row in ended if secrecy.open_to(visit.who.sees, row)]


@pages.get(_ACT, Right.RECORDS, Lane.QUICK)
def ask(visit: Visit) -> Response:
    """Ask what is to be done, and to which records."""
    named, root, numbers = visit.request.query_params.getlist("perkara"), visit.desk.root, []
    for text in named:
        with suppress(UsageFault):  # told once the form is sent
            numbers.append(root.pattern.read(text))
    return _asked(visit, _act(visit), named, {_CODE: root.suggested_code(numbers)})


@pages.post(_ACT, Right.RECORDS, Lane.LOOKUPS)
def do(visit: Visit) -> Response:
    """Do the act to each of the records; tell of each what became of it, and ask again for what failed."""
    act, texts = _act(visit), visit.text("perkara").splitlines()
    typed = {name: value for name, value in answered(visit.form, act.form).items() if value}
    if visit.text("tambah"):
        return _asked(visit, act, texts, typed, longer=visit.text("tambah"))
    try:
        numbers = chosen_numbers(visit, texts)
        by = visit.who.acting(role_among(visit, act.roles))
        outcomes = act_on_many(numbers, act.key, typed, by=by, parts=visit.desk.root.record_parts)
    except (Incomplete, NotAllowed, NotFound, UsageFault) as fault:
        return _asked(visit, act, texts, typed, fault)
    visit.desk.wake()
    left = [one for one in outcomes if one.fault]
    done = len(outcomes) - len(left)
    if not left:
        return visit.go("/penyusutan", f"{act.label}: dicatat pada {done} map.")
    common = Incomplete(f"{len(left)} dari {len(outcomes)} map belum dicatat.", "Sebabnya tertulis di bawah.")
    return _asked(visit, act, [str(one.number) for one in left], typed, common, left)


def _act(visit: Visit) -> RecordAct:
    return visit.desk.root.record_parts.acts.act(visit.request.path_params["act"])


def chosen_numbers(visit: Visit, texts: Sequence[str]) -> list[CaseNumber]:
    """Return the cases that were named, a line each, once the visitor may read all of them.

    Raises:
        Incomplete: none is named, or too many.
        NotFound, NotAllowed, UsageFault: one is no case, or none that the visitor may read.
    """
    named = [text.strip() for text in texts if text.strip()]
    if not named or len(named) > MOST:
        why = f"paling banyak {MOST} map sekaligus" if named else "sebut satu nomor sebaris"
        raise Incomplete(f"Map: {why}.", "Betulkan daftarnya.", {"perkara": ("Map", why)})
    pattern, numbers = visit.desk.root.pattern, []
    for text in named:
        number = pattern.read(text)
        visit.note(number)
        file_of(visit.desk, number, visit.who.sees)
        numbers.append(number)
    return numbers


def role_among(visit: Visit, roles: Sequence[str]) -> str:
    """Return the role in which the visitor may do it; one that may not is refused by the verb."""
    return next((role for role in roles if role in visit.who.acts_in), min(visit.who.acts_in, default=""))


def _asked(
    visit: Visit,
    act: RecordAct,
    numbers: Sequence[str],
    known: Mapping[str, Any],
    fault: YankomasError | None = None,
    left: Sequence[Outcome] = (),
    longer: str = "",
) -> Response:
    return visit.show(
        "penyusutan-tindakan.html",
        422 if fault else 200,
        title=act.button,
        act=act,
        numbers="\n".join(numbers),
        asked=asked_of(act.form, known, fault, longer),
        fault=fault,
        left=left,
        most=MOST,
    )
