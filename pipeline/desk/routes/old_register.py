"""*Buku lama*: the register that an office kept before is looked at on the screen, column by column, and taken over."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import Response

from pipeline.access.rights import Right
from pipeline.desk.column_choices import chosen_columns, column_words, columns_to_choose, number_typed
from pipeline.desk.gate import Pages
from pipeline.desk.lanes import Lane
from pipeline.desk.visit import Visit
from pipeline.errors import Busy, EngineFault, Incomplete, Passing, Refused, SettingsFault, UsageFault, YankomasError
from pipeline.moving_in.choices import Choices
from pipeline.moving_in.columns import labelled
from pipeline.moving_in.import_book import look_at
from pipeline.moving_in.old_book import MOST_BYTES
from pipeline.register.old_registers import count, told
from pipeline.register.register_numbers import RegisterPattern
from pipeline.work.chores import Chore

pages = Pages()
_ONE = "/buku-lama/{key}"
_SHOWN = 200  # doubts of a kind that are shown
_ASKED = ("lembar", "judul", "tahun", "pola", "keadaan", "teruskan", "lewati")


@pages.get("/buku-lama", Right.OLD_REGISTERS, Lane.QUICK, personal=False)
def start(visit: Visit) -> Response:
    """Ask for a book, and show how far the last one is."""
    return _start(visit)


@pages.post("/buku-lama", Right.OLD_REGISTERS, Lane.PAPERS, uploads="state", largest=MOST_BYTES)
def bring(visit: Visit) -> Response:
    """Keep a book that can be read as a table, to be looked at."""
    try:
        visit.desk.root.import_parts()
        sent = visit.sent_file("Pilih buku register lama, .xlsx atau .csv.")
        visit.desk.root.old_books().read(sent)
    except (Incomplete, Refused, EngineFault, UsageFault) as fault:
        return _start(visit, fault)
    return visit.go(f"/buku-lama/{visit.desk.root.brought_books.keep(sent)}")


@pages.get(_ONE, Right.OLD_REGISTERS, Lane.PAPERS)
def look(visit: Visit) -> Response:
    """Show what would be taken over of a book by what is chosen (in the address), with every doubt."""
    root, typed = visit.desk.root, dict(visit.request.query_params)
    blob = root.brought_books.get(_key(visit))
    book = root.old_books().read(blob)
    fault: YankomasError | None = None
    found = None
    try:
        found = look_at(book, _choices(typed), root.import_parts())
    except (Refused, UsageFault, SettingsFault) as wrong:
        fault = wrong
    return visit.show(
        "buku-lama-periksa.html",
        status=422 if fault else 200,
        title="Buku register lama",
        book=book.name,
        here=f"/buku-lama/{_key(visit)}",
        typed={**dict.fromkeys(_ASKED, ""), **typed},
        chosen={name: value for name, value in typed.items() if value},
        fault=fault,
        plan=found,
        sheets=[sheet.name for sheet in book.sheets if sheet.rows],
        columns=found.sheets[0].headings.columns if found else columns_to_choose(book, typed),
        options=labelled(),
        years=[(year, told(year.gaps), count(year.gaps)) for year in found.years] if found else [],
        shown=_SHOWN,
    )


@pages.post(_ONE + "/ambil-alih", Right.OLD_REGISTERS, Lane.PAPERS)
def take_over(visit: Visit) -> Response:
    """Begin to take a book over by what was chosen; a process does it, and the page shows how far it is."""
    root, key = visit.desk.root, _key(visit)
    typed = {name: str(value) for name, value in visit.form.items()}
    blob, role = root.brought_books.get(key), "arsiparis" if "arsiparis" in visit.who.roles else "admin"
    words = [*_words(typed), "--laksanakan", f"--as={role}", f"--akun={visit.who.login}"]
    visit.note(about=blob.sha256[:16])
    try:
        root.brought_books.order([str(blob.path), *words])
        visit.desk.chores.start(Chore.IMPORT, visit.who.login, visit.desk.now)
    except (Busy, Passing) as fault:
        return visit.go(f"/buku-lama/{key}", f"{fault}", kind="gagal")
    return visit.go("/buku-lama", "Pengambilalihan dimulai.")


def _start(visit: Visit, fault: YankomasError | None = None) -> Response:
    run = visit.desk.chores.last()
    return visit.show(
        "buku-lama.html",
        status=422 if fault else 200,
        title="Buku register lama",
        fault=fault,
        run=run if run and run.chore is Chore.IMPORT else None,
        most=MOST_BYTES // 10**6,
    )


def _key(visit: Visit) -> str:
    return str(visit.request.path_params["key"])


def _choices(typed: Mapping[str, str]) -> Choices:
    return Choices(
        sheet=typed.get("lembar", ""),
        heading_row=number_typed(typed, "judul"),
        columns=chosen_columns(typed),
        year=number_typed(typed, "tahun"),
        pattern=RegisterPattern(pattern) if (pattern := typed.get("pola", "").strip()) else None,
        state=typed.get("keadaan", "") if typed.get("keadaan") in ("selesai", "berjalan") else "",
        goes_on=bool(typed.get("teruskan")),
        leaves_out=bool(typed.get("lewati")),
    )


def _words(typed: Mapping[str, str]) -> list[str]:
    """Return the choices as the words of the command."""
    chosen = _choices(typed)
    words = column_words(chosen)
    words += [f"--lembar={chosen.sheet}"] if chosen.sheet else []
    words += [f"--tahun={chosen.year}"] if chosen.year else []
    words += [f"--pola={chosen.pattern.pattern}"] if chosen.pattern else []
    words += [f"--keadaan={chosen.state}"] if chosen.state else []
    words += ["--teruskan"] if chosen.goes_on else []
    return [*words, *(["--lewati"] if chosen.leaves_out else [])]
