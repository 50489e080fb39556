"""*Laporan dari sistem lain*: an export is looked at on the screen, column by column, and its reports registered."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import Response

from pipeline.access.rights import Right
from pipeline.desk.column_choices import chosen_columns, column_words, columns_to_choose, number_typed
from pipeline.desk.gate import Pages
from pipeline.desk.lanes import Lane
from pipeline.desk.visit import Visit
from pipeline.errors import (
    Busy,
    EngineFault,
    Incomplete,
    NotFound,
    Passing,
    Refused,
    SettingsFault,
    UsageFault,
    YankomasError,
)
from pipeline.moving_in.choices import Choices
from pipeline.moving_in.columns import labelled
from pipeline.moving_in.foreign_reports import look_at
from pipeline.moving_in.old_book import MOST_BYTES
from pipeline.office.roles import TAKES_IN
from pipeline.work.chores import Chore

pages = Pages()
_HERE = "/laporan-lain"
_ONE = "/laporan-lain/{system}/{key}"
_SHOWN = 200  # doubts of a kind that are shown
_ASKED = ("judul", "lewati")


@pages.get(_HERE, Right.INBOX, Lane.QUICK, personal=False)
def start(visit: Visit) -> Response:
    """Ask for an export and the system it is from, and show how far the last one is."""
    return _start(visit)


@pages.post(_HERE, Right.INBOX, Lane.PAPERS, uploads="state", largest=MOST_BYTES)
def bring(visit: Visit) -> Response:
    """Keep an export that can be read as a table, to be looked at."""
    root = visit.desk.root
    try:
        if not (chosen := visit.text("sistem")):
            raise UsageFault("Sistem asalnya belum dipilih.", "Pilih dahulu dari sistem mana ekspor ini.")
        system = root.export_mapping(chosen).key
        sent = visit.sent_file("Pilih ekspornya, .xlsx atau .csv.")
        root.old_books().read(sent)
    except (Incomplete, Refused, EngineFault, UsageFault, NotFound, SettingsFault) as fault:
        return _start(visit, fault)
    return visit.go(f"{_HERE}/{system}/{root.brought_exports.keep(sent)}")


@pages.get(_ONE, Right.INBOX, Lane.PAPERS)
def look(visit: Visit) -> Response:
    """Show which reports would be registered by what is chosen (in the address), with every doubt."""
    root, typed = visit.desk.root, dict(visit.request.query_params)
    mapping = root.export_mapping(_part(visit, "system"))
    book = root.old_books().read(root.brought_exports.get(_part(visit, "key")))
    fault: YankomasError | None = None
    found = None
    try:
        found = look_at(book, mapping, _choices(typed), root.foreign_parts())
    except (Refused, UsageFault) as wrong:
        fault = wrong
    doubts = found.doubts if found else ()
    return visit.show(
        "laporan-lain-periksa.html",
        status=422 if fault else 200,
        title="Laporan dari sistem lain",
        book=book.name,
        mapping=mapping,
        here=f"{_HERE}/{mapping.key}/{_part(visit, 'key')}",
        typed={**dict.fromkeys(_ASKED, ""), **typed},
        chosen={name: value for name, value in typed.items() if value},
        fault=fault,
        found=found,
        refused=[doubt for doubt in doubts if doubt.refuses],
        rest=[doubt for doubt in doubts if not doubt.refuses],
        columns=found.headings.columns if found else columns_to_choose(book, typed, mapping.columns),
        options=labelled(),
        shown=_SHOWN,
    )


@pages.post(_ONE + "/daftarkan", Right.INBOX, Lane.PAPERS)
def register(visit: Visit) -> Response:
    """Begin to register the reports as was chosen; a process does it, and the page shows how far it is."""
    root, key = visit.desk.root, _part(visit, "key")
    mapping, blob = root.export_mapping(_part(visit, "system")), root.brought_exports.get(key)
    typed = {name: str(value) for name, value in visit.form.items()}
    role = next(role for role in root.office_roles.having(TAKES_IN) if role in visit.who.roles)
    words = [f"--dari={mapping.key}", *_words(typed), "--laksanakan", f"--as={role}", f"--akun={visit.who.login}"]
    visit.note(about=blob.sha256[:16])
    try:
        root.brought_exports.order([str(blob.path), *words])
        visit.desk.chores.start(Chore.REPORTS, visit.who.login, visit.desk.now)
    except (Busy, Passing) as fault:
        return visit.go(f"{_HERE}/{mapping.key}/{key}", f"{fault}", kind="gagal")
    return visit.go(_HERE, "Pendaftaran laporan dimulai.")


def _start(visit: Visit, fault: YankomasError | None = None) -> Response:
    run = visit.desk.chores.last()
    return visit.show(
        "laporan-lain.html",
        status=422 if fault else 200,
        title="Laporan dari sistem lain",
        fault=fault,
        run=run if run and run.chore is Chore.REPORTS else None,
        systems=visit.desk.root.export_systems(),
        most=MOST_BYTES // 10**6,
    )


def _part(visit: Visit, name: str) -> str:
    return str(visit.request.path_params[name])


def _choices(typed: Mapping[str, str]) -> Choices:
    return Choices(heading_row=number_typed(typed, "judul"), columns=chosen_columns(typed))


def _words(typed: Mapping[str, str]) -> list[str]:
    """Return the choices as the words of the command."""
    return [*column_words(_choices(typed)), *(["--lewati"] if typed.get("lewati") else [])]
