"""The forms of the moves that are open: what each asks, which fields are required and still blank, what was said."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Protocol

from pipeline.acts import Act, Advice
from pipeline.cases.answers import answers
from pipeline.cases.case import Case, says
from pipeline.cases.deadlines import current_state
from pipeline.cases.moves import LETTER, Open, moves_open_to, open_moves
from pipeline.cases.sop import Sop, title_of
from pipeline.cases.sop_rows import FormField, Move
from pipeline.cases.sop_words import BACK, GIVE_BACK, HAND_IN, INITIAL, NUMBER, OPENINGS, RECEIVE, SEND, SIGN, STAY
from pipeline.cases.standing import standing_state
from pipeline.errors import Incomplete
from pipeline.office.wording import spelled_out

#: Kinds of answer that hold for several moves (a date that was proposed, a place); words are written anew each time.
_KEPT = ("teks", "tanggal", "waktu", "daftar")


@dataclass(frozen=True, slots=True)
class Offer:
    """A move that is open to somebody: in which of their roles, with which questions, and what they answer by default.

    ``forward``: it leads on the straight way or out of it from where the case stands; the others are at hand always.
    ``here``: it belongs to this state, though it may leave the case in it (what is noted while an agency is watched).
    ``register``: the register's fields belong to the form, with what they hold now. ``file``: ``boleh`` or ``wajib``.
    ``act`` is what it does to a letter, ``letter`` the template of the one that it is about (empty: a choice, or none).
    ``together``: it may be made on several cases with one form. ``button`` is the verb on what makes it, ``sheets`` the
    templates that are drafted of its answers.
    """

    key: str
    label: str
    button: str
    roles: tuple[str, ...]
    fields: tuple[FormField, ...]
    register: tuple[FormField, ...]
    known: Mapping[str, Any]
    file: str
    file_title: str
    forward: bool
    here: bool
    act: str
    letter: str
    sheets: tuple[str, ...] = ()
    together: bool = False

    @property
    def choices(self) -> tuple[str, ...]:
        """The letters of which it can be about one."""
        return tuple(choice for asked in self.fields if asked.name == LETTER for choice in asked.choices)


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
    """
    move = opened.move
    register_form = tuple(replace(f, required=False) for f in sop.register) if move.register else ()
    try:
        values = answers((*move.form, *register_form), typed, f"Formulir {move.label!r}", now)
    except Incomplete as fault:
        raise _with_blanks(fault, move, case, sop, typed) from None
    register = {f.name: values.pop(f.name, None) for f in register_form if f.name in typed}
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


def offers(case: Case, sop: Sop, roles: Collection[str]) -> tuple[Offer, ...]:
    """Return the moves open to somebody with these roles, those that lead on first, those that end the case last.

    Of these, handing in what was given back stands before composing it anew, by which what was mended would be lost. A
    move that ends the case is only at hand (not ``here``) where another leads on.
    """
    ends = {state.key for state in sop.states if state.final}
    mine = moves_open_to(case, sop, roles) if roles else open_moves(case, sop)
    fields = case.fields  # folded from all moves: once for all that is asked
    led_on = any(_forward(opened) and opened.move.to not in ends for opened in mine)

    def by_use(opened: Open) -> tuple[bool, bool, bool]:
        ending = opened.move.to in ends
        return not _forward(opened) or (led_on and ending), opened.move.act != HAND_IN, ending

    found = ((opened, _offer(opened, case, fields, sop, roles)) for opened in sorted(mine, key=by_use))
    return tuple(replace(o, here=o.here and not (led_on and opened.move.to in ends)) for opened, o in found)


def elsewhere(case: Case, sop: Sop, roles: Collection[str]) -> tuple[str, tuple[str, ...]] | None:
    """Return what leads on, if it is for others: a move, or what is due of a letter, and their roles."""
    awaited = standing_state(case, sop).awaits
    theirs = [o for o in open_moves(case, sop) if not set(o.roles).isdisjoint(awaited)]
    ahead = [o for o in theirs if _forward(o) and o.move.act != GIVE_BACK]
    due = [o for o in theirs if o.move.act in (INITIAL, NUMBER, SIGN, SEND, RECEIVE)]
    first = next(iter([*ahead, *due]), None)
    mine = first is None or not set(first.roles).isdisjoint(roles)
    return None if first is None or mine else (first.move.button or first.move.label, first.roles)


def plain(value: Any) -> Any:
    """Return a field's value without its evidence: ``nilai`` alone, in lists and persons too."""
    if isinstance(value, list | tuple):
        return [plain(v) for v in value]
    if isinstance(value, Mapping):
        return value["nilai"] if "nilai" in value else {k: plain(v) for k, v in value.items()}
    return value


def answer_of(field: FormField, fields: Mapping[str, Any]) -> Any:
    """Return what a case's fields hold for one of the register, its groups of parts in words, as people answer it.

    A right that was read by its number is named.
    """
    known = plain(fields.get(field.name))
    if field.kind == "pilihan-banyak":
        numbered = {str(n): choice for n, choice in enumerate(field.choices, start=1)}
        return [numbered.get(str(item), str(item)) for item in known or []]
    if isinstance(known, list):
        return [_entry(item, field.kind == "orang") for item in known]
    return spelled_out(known) if isinstance(known, Mapping) else known


def _entry(item: Any, person: bool) -> Any:
    """Return an entry of a list: a person by details, any other group (an attachment, a respondent) in one line."""
    if not isinstance(item, Mapping):
        return item
    return {key: spelled_out(part) for key, part in item.items()} if person else spelled_out(item)


def _offer(opened: Open, case: Case, fields: Mapping[str, Any], sop: Sop, roles: Collection[str]) -> Offer:
    move = opened.move
    register = sop.register if move.register else ()
    answered = {name: v for m in case.made if m.decision.move != move.key for name, v in m.decision.values.items()}
    known = {f.name: answered[f.name] for f in move.form if f.kind in _KEPT and f.name in answered and not f.phrases}
    known |= _given_before(opened, case, sop)
    known |= {f.name: answer_of(f, fields) for f in register}
    return Offer(
        key=move.key,
        label=move.label,
        button=move.button or move.label,
        roles=tuple(role for role in opened.roles if role in roles),
        fields=move.form,
        register=register,
        known=known,
        file=move.file,
        file_title=title_of(move.file_kind) if move.file else "",
        forward=_forward(opened),
        here=_here(opened),
        act=move.act,
        letter=move.letter,
        sheets=move.sheets,
        together=move.together,
    )


def _given_before(opened: Open, case: Case, sop: Sop) -> dict[str, Any]:
    """Return the answers that a sheet was drafted from, when the case was returned to where they were given.

    Ticked words are not kept: they are one's decision of that day.
    """
    move, here = opened.move, current_state(case, sop).key
    if not move.sheets or move.to == STAY:
        return {}
    before = [m.decision for m in case.made if m.decision.move == move.key and m.decision.start == here]
    given = before[-1].values if before else {}
    return {f.name: given[f.name] for f in move.form if f.name in given and not f.phrases}


def _forward(opened: Open) -> bool:
    return opened.move.to != STAY and _here(opened)


def _here(opened: Open) -> bool:
    move = opened.move
    return move.to != BACK and not set(move.start) & set(OPENINGS)


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
