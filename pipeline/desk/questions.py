"""Questions of a form on a page: how each is asked, and what was answered, as a move's form takes it.

A question is named ``i.<field>`` on the page. Lists that have columns (``Kronologi (tanggal | kejadian)``) and persons
are asked row by row: ``i.<field>.<row>.<column>``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as attribute
from typing import Any

from starlette.datastructures import FormData

from pipeline.cases.answers import PERSON, numeric, read_day, read_moment
from pipeline.cases.key_labels import PERSON_LABELS, choice_label, role_name
from pipeline.cases.lent import ROLE
from pipeline.cases.moves import LETTER
from pipeline.cases.register_words import register_words
from pipeline.cases.sop import title_of
from pipeline.cases.sop_rows import FormField

#: The section of a long form in which is told what names nobody: a short form has none for it alone.
GUARD = "Penjagaan nama"
SPARE_ROWS = 2
MORE_ROWS = 3
_MOST_ROWS = 200
_DAYS = ("tanggal", "waktu")
_COLUMNS = re.compile(r"\s*\(([^()]*\|[^()]*)\)")
_ROW = re.compile(r"i\.(\w+)\.(\d{1,3})\.(\w+)")


@dataclass(frozen=True, slots=True)
class FormQuestion:
    """A field as a page asks it.

    ``value`` is a text, the chosen texts, or the rows (lists of texts by column) of a list with columns or of persons;
    ``columns`` are these columns' keys and labels, ``offered`` what may be answered in one that is not free;
    ``wrong`` says why an answer was not taken.
    """

    field: FormField
    label: str
    value: Any
    columns: tuple[tuple[str, str], ...]
    wrong: str
    offered: Mapping[str, tuple[str, ...]] = attribute(default_factory=dict)

    @property
    def name(self) -> str:
        """The question's name on the page."""
        return f"i.{self.field.name}"

    @property
    def options(self) -> tuple[tuple[str, str], ...]:
        """The choices with their labels; sheets by their titles, roles by what they are called."""
        naming: Mapping[str, Callable[[str], str]] = {LETTER: title_of, ROLE: role_name}
        named = naming.get(self.field.name, choice_label)
        return tuple((choice, named(choice)) for choice in self.field.choices)

    def choices_of(self, column: str) -> tuple[str, ...]:
        """Return the answers that a column may have; none where it is free."""
        sexes = register_words().sexes if (self.field.kind, column) == ("orang", "jenis_kelamin") else ()
        return sexes or self.offered.get(column, ())


def question(field: FormField, known: Any, *, wrong: str = "", more: int = 0) -> FormQuestion:
    """Return a field as a page asks it, with what is known already; ``more`` are rows to be added."""
    columns = columns_of(field)
    label = _COLUMNS.sub("", field.label) if columns and field.kind == "daftar" else field.label
    if not columns:
        return FormQuestion(field, label, _shown(field, known), (), wrong)
    kept = [_cells(field, item, columns) for item in known or []]
    spare = SPARE_ROWS if field.kind == "daftar" else (0 if kept else 1)
    blank = [[""] * len(columns) for _ in range(min(spare + more, _MOST_ROWS))]
    return FormQuestion(field, label, [*kept, *blank], columns, wrong)


def in_sections(asked: Iterable[FormQuestion]) -> list[tuple[str, list[FormQuestion]]]:
    """Return the questions by the sections of a long form, in their order; those of a short one under no title."""
    found: list[tuple[str, list[FormQuestion]]] = []
    for one in asked:
        if not found or (one.field.section and (found[0][0] or one.field.section != GUARD)):
            found.append((one.field.section, []))
        found[-1][1].append(one)
    return found


def columns_of(field: FormField) -> tuple[tuple[str, str], ...]:
    """Return the columns (key, label) of a question that is asked row by row; none for others."""
    if field.kind == "orang":
        return tuple((key, PERSON_LABELS[key]) for key in PERSON)
    found = _COLUMNS.search(field.label) if field.kind == "daftar" else None
    if found is None:
        return ()
    return tuple((str(n), name.strip().capitalize()) for n, name in enumerate(found[1].split("|")))


def answered(form: FormData, fields: Iterable[FormField]) -> dict[str, Any]:
    """Return what was answered, by field; questions that were not on the page are left out."""
    typed: dict[str, Any] = {}
    rows: dict[str, dict[int, dict[str, str]]] = {}
    for key, value in form.multi_items():
        if isinstance(value, str) and (named := _ROW.fullmatch(key)):
            rows.setdefault(named[1], {}).setdefault(int(named[2]), {})[named[3]] = value.strip()
    for field in fields:
        if columns_of(field):
            if field.name in rows:
                typed[field.name] = _joined(field, rows[field.name])
        elif (given := _given(form, field)) is not None:
            typed[field.name] = given
    return typed


def _given(form: FormData, field: FormField) -> Any:
    name = f"i.{field.name}"
    texts = [v.replace("\r\n", "\n").strip() for v in form.getlist(name) if isinstance(v, str)]
    if field.kind == "pilihan-banyak":
        return [t for t in texts if t] if texts else None
    ticked = [v for v in form.getlist(f"{name}.frasa") if isinstance(v, str)]
    if not texts and not ticked:
        return None
    text = texts[0] if texts else ""
    if field.kind in _DAYS:
        return _day(field, text)
    if field.kind == "daftar":
        return [line.strip() for line in (*ticked, *text.split("\n")) if line.strip()]
    between = " " if all(phrase.endswith(".") for phrase in ticked) else "; "  # sentences, or words of a disposition
    return between.join(ticked) + ("\n" if ticked and text else "") + text


def _day(field: FormField, text: str) -> str:
    """Return a day or moment as the register has it, so that it compares with what is known; as typed if it is none."""
    try:
        if field.kind == "tanggal":
            return read_day(text).isoformat()
        return read_moment(text).isoformat(timespec="minutes")
    except ValueError:
        return text


def _joined(field: FormField, rows: Mapping[int, Mapping[str, str]]) -> list[Any]:
    keys = [key for key, _ in columns_of(field)]
    in_order = [[rows[n].get(key, "") for key in keys] for n in sorted(rows)]
    filled = [row for row in in_order if any(row)]
    if field.kind == "orang":
        return [{key: cell for key, cell in zip(keys, row, strict=True) if cell} for row in filled]
    return [" | ".join(row).rstrip(" |") for row in filled]


def _cells(field: FormField, item: Any, columns: tuple[tuple[str, str], ...]) -> list[str]:
    if field.kind == "orang":
        person = item if isinstance(item, Mapping) else {"nama": item}
        return [str(person.get(key) or "") for key, _ in columns]
    cells = [numeric(cell.strip()) for cell in str(item).split("|", len(columns) - 1)]
    return [*cells, *[""] * (len(columns) - len(cells))]


def _shown(field: FormField, known: Any) -> Any:
    if field.kind == "pilihan-banyak":
        return [str(v) for v in known or []]
    if isinstance(known, list | tuple):
        return "\n".join(str(v) for v in known)
    text = "" if known is None else str(known)
    return numeric(text) if field.kind in _DAYS else text
