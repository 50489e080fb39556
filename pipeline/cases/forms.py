"""The forms of moves: what each asks, which fields are required and still blank, what was answered."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Protocol

from pipeline.acts import Act, Advice
from pipeline.cases.answers import answers
from pipeline.cases.case import Case, says
from pipeline.cases.corrections import check_correctable
from pipeline.cases.moves import Open, open_moves
from pipeline.cases.secrecy_level import SECRECY, with_present_level
from pipeline.cases.sop import Sop
from pipeline.cases.sop_rows import FormField, Move
from pipeline.cases.sop_words import STAY
from pipeline.errors import Incomplete
from pipeline.office.wording import spelled_out

#: Kinds of questions whose answer is one line.
_WORDS = ("teks", "pilihan", "bilangan", "tanggal", "waktu")


@dataclass(frozen=True, slots=True)
class Filled:
    """A move's answers: those of its own form, and those of the register's fields."""

    values: Mapping[str, Any]
    register: Mapping[str, Any]


def filled(
    opened: Open, case: Case, sop: Sop, typed: Mapping[str, Any], *, with_file: bool, now: datetime | None = None
) -> Filled:
    """Return the answers of a move's form. A field of the register that was typed blank is cleared.

    ``now`` is the office's time: what has happened cannot be later.

    Raises:
        Incomplete: answers are missing or wrong, a required field of the register is empty, or the file is missing.
        NotAllowed: what may not be corrected would be.
    """
    move = opened.move
    check_correctable(move, sop, typed)
    register_form = tuple(replace(f, required=False) for f in register_asked(move, case, sop))
    try:
        values = answers((*move.form, *register_form), typed, f"Formulir {move.label!r}", now)
    except Incomplete as fault:
        raise _with_blanks(fault, move, case, sop, typed) from None
    register = {f.name: values.pop(f.name, None) for f in register_form if f.name in typed}
    if SECRECY in values:  # asked by a move that asks nothing else of the register
        register[SECRECY] = values.pop(SECRECY)
    if move.file == "wajib" and not with_file:
        raise Incomplete(
            f"{move.label} perlu berkas yang ditandatangani.",
            Advice(Act.ADD_SCAN, "."),
            {"berkas": ("Pindaian yang ditandatangani", "wajib disertakan")},
        )
    if with_file and not move.file:
        raise Incomplete(f"{move.label} tidak memerlukan berkas.", Advice(Act.OMIT_SCAN, "."))
    if move.register and (missing := still_blank(move, case, sop, register)):
        raise Incomplete(
            f"Isian register belum lengkap: {_listed(missing)}.", Advice(Act.FILL_IN, "."), _required(missing)
        )
    return Filled(values, register)


def register_asked(move: Move, case: Case, sop: Sop) -> tuple[FormField, ...]:
    """Return the register's fields that a move's form takes; how secret the case is by now is among the choices."""
    return tuple(with_present_level(f, case) for f in sop.register) if move.register else ()


def _with_blanks(fault: Incomplete, move: Move, case: Case, sop: Sop, typed: Mapping[str, Any]) -> Incomplete:
    """Return an error with the register's fields that are required and blank besides: whoever mends does so once."""
    given = {name: answer for name, answer in typed.items() if name not in fault.fields}
    missing = [f for f in still_blank(move, case, sop, given) if f.name not in fault.fields] if move.register else []
    if not missing:
        return fault
    said = f"{fault.message} Isian register belum lengkap: {_listed(missing)}."
    return Incomplete(said, fault.remedy, {**fault.fields, **_required(missing)})


def _listed(fields: Iterable[FormField]) -> str:
    return ", ".join(f"{f.name} ({f.label})" for f in fields)


def _required(fields: Iterable[FormField]) -> dict[str, tuple[str, str]]:
    return {f.name: (f.label, "wajib diisi") for f in fields}


def asked(sop: Sop, names: Container[str]) -> tuple[FormField, ...]:
    """Return the register's fields of these names."""
    return tuple(f for f in sop.register if f.name in names)


def still_blank(move: Move, case: Case, sop: Sop, register: Mapping[str, Any]) -> tuple[FormField, ...]:
    """Return the register's fields that a move requires and nobody has filled, ``register`` being what is typed now.

    A move that leads on requires all of them; one that stays, those that it touches.
    """
    fields = sop.register if move.to != STAY else asked(sop, register)
    known = {**case.fields, **register}
    opening = sop.opening(case.received.channel)
    exempt = opening.exempt if opening else ()
    return tuple(f for f in fields if f.required and not says(known.get(f.name)) and f.name not in exempt)


def plain(value: Any) -> Any:
    """Return a field's value without its evidence: ``nilai`` alone, in lists and persons too."""
    if isinstance(value, list | tuple):
        return [plain(v) for v in value]
    if isinstance(value, Mapping):
        return value["nilai"] if "nilai" in value else {k: plain(v) for k, v in value.items()}
    return value


def answer_of(field: FormField, fields: Mapping[str, Any]) -> Any:
    """Return what a case's fields hold for one of the register, its groups of parts in words, as people answer it.

    A right that was read by its number is named. Of people whom another service's register asks for in words, their
    names.
    """
    known = plain(fields.get(field.name))
    if field.kind == "pilihan-banyak":
        numbered = {str(n): choice for n, choice in enumerate(field.choices, start=1)}
        return [numbered.get(str(item), str(item)) for item in known or []]
    if isinstance(known, list) and field.kind in _WORDS:  # read as of a complaint; this register asks it in words
        return spelled_out([item["nama"] if isinstance(item, Mapping) and "nama" in item else item for item in known])
    if isinstance(known, list):
        return [_entry(item, field.kind == "orang") for item in known]
    return spelled_out(known) if isinstance(known, Mapping) else known


def _entry(item: Any, person: bool) -> Any:
    """Return an entry of a list: a person by details, any other group (an attachment, a respondent) in one line."""
    if not isinstance(item, Mapping):
        return item
    return {key: spelled_out(part) for key, part in item.items()} if person else spelled_out(item)


@dataclass(frozen=True, slots=True)
class Help:
    """What a question offers whoever answers it: sentences to tick, and entries to begin with."""

    phrases: tuple[str, ...] = ()
    begun: tuple[str, ...] = ()


class Composed(Protocol):
    """A move, or the offer of one: its key, and the templates of the sheets that are drafted of its answers."""

    @property
    def key(self) -> str:
        """Its key."""

    @property
    def sheets(self) -> tuple[str, ...]:
        """The templates."""


#: Gives what a question of a move offers.
Helping = Callable[[Composed, FormField], Help]


def sop_phrases(_: Composed, field: FormField) -> Help:
    """Return what the SOP itself offers for a question."""
    return Help(field.phrases)


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a form."""

    name: str
    label: str
    kind: str
    choices: tuple[str, ...]
    required: bool
    phrases: tuple[str, ...] = field(metadata={"description": "kalimat yang ditawarkan"})
    begun: tuple[str, ...] = field(metadata={"description": "butir yang diisikan lebih dahulu di layar, untuk diubah"})
    past: bool = field(metadata={"exclude": True})


@dataclass(frozen=True, slots=True)
class MoveView:
    """A move that is open, to whom, and what it asks."""

    key: str
    label: str
    roles: tuple[str, ...]
    required: tuple[str, ...]
    fields: tuple[Question, ...]
    register: bool = field(metadata={"description": "isian register boleh disertakan"})
    file: str = field(metadata={"description": "berkas: kosong, boleh, atau wajib"})


def moves_view(case: Case, sop: Sop, helping: Helping = sop_phrases) -> list[MoveView]:
    """Return the moves that are open for a case, each question with what ``helping`` offers for it.

    ``required`` also names the register's fields that the move requires and that are still blank.
    """
    views = []
    for opened in open_moves(case, sop):
        move = opened.move
        blanks = still_blank(move, case, sop, {}) if move.register else ()
        views.append(
            MoveView(
                key=move.key,
                label=move.label,
                roles=opened.roles,
                required=tuple(f.name for f in (*move.form, *blanks) if f.required),
                fields=tuple(_question(f, helping(move, f)) for f in move.form),
                register=move.register,
                file=move.file,
            )
        )
    return views


def _question(field: FormField, offered: Help) -> Question:
    return Question(
        name=field.name,
        label=field.label,
        kind=field.kind,
        choices=field.choices,
        required=field.required,
        phrases=offered.phrases,
        begun=offered.begun,
        past=field.past,
    )
