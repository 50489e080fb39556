"""Making a move: which moves are open for a case, to whom, and what a move brings about. Pure."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pipeline.cases import sop as table
from pipeline.cases.case import Case
from pipeline.cases.deadlines import current_state
from pipeline.cases.forms import FormField, answers
from pipeline.cases.sop import Move, Sop
from pipeline.errors import Incomplete, NotAllowed
from pipeline.office.roles import ROLES
from pipeline.office.wording import hinted

#: The question in which the letter is chosen that a number or a signature is for.
LETTER = "naskah"
#: The question in which a number from elsewhere (SRIKANDI) is typed; it takes none of the office's own series.
TYPED_NUMBER = "nomor_naskah"


@dataclass(frozen=True, slots=True)
class Open:
    """A move that is open now: the move with the form as it stands for this case, and the roles that may make it."""

    move: Move
    roles: tuple[str, ...]


def open_moves(case: Case, sop: Sop) -> tuple[Open, ...]:
    """Return the moves that are open for a case, in the SOP's order."""
    here = current_state(case, sop)
    starting = (move for move in sop.moves if _starts(move, here.key, case, sop))
    there = (Open(_asking(move, _letters(move, case, sop)), _roles(move, case, sop)) for move in starting)
    return tuple(opened for opened in there if opened.roles)


def open_move(case: Case, sop: Sop, key: str, role: str) -> Open:
    """Return the open move of that key, for that role.

    Raises:
        NotAllowed: it is not open, or not to this role; says which moves are open and to whom.
    """
    there = open_moves(case, sop)
    found = next((o for o in there if o.move.key == key), None)
    if role not in ROLES:
        told = hinted(f"Peran {role!r} tidak dikenal", role, ROLES)
        raise NotAllowed(f"{told}.", f"Peran yang ada: {', '.join(ROLES)}.")
    if found is None:
        raise _not_open(key, case, sop, there)
    if role not in found.roles:
        raise NotAllowed(
            f"Peran {role!r} tidak berwenang melakukan {key!r} pada perkara {case.number}.",
            f"Yang berwenang: {', '.join(found.roles)}. {_said(there)}",
        )
    if found.move.roles == (table.SIGNER,):
        own = tuple(t for t in _letters(found.move, case, sop) if sop.sheet(t).signer == role)
        return replace(found, move=_asking(found.move, own))
    return found


def _not_open(key: str, case: Case, sop: Sop, there: tuple[Open, ...]) -> NotAllowed:
    keys = {move.key for move in sop.moves}
    if key not in keys:
        return NotAllowed(f"{hinted(f'SOP {sop.number} tidak mengenal gerak {key!r}', key, keys)}.", _said(there))
    here = current_state(case, sop).label
    return NotAllowed(f"Gerak {key!r} tidak terbuka bagi perkara {case.number}, yang {_now(here)}.", _said(there))


def _now(label: str) -> str:
    return label if label.startswith(("menunggu", "dalam")) else f"sudah {label}"


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
    values = answers((*move.form, *register_form), typed, f"Formulir {move.label!r}", now)
    register = {f.name: values.pop(f.name, None) for f in register_form if f.name in typed}
    if move.file == "wajib" and not with_file:
        raise Incomplete(
            f"{move.label} perlu berkas yang ditandatangani.",
            "Sertakan pindaiannya dengan --file.",
            {"berkas": ("Pindaian yang ditandatangani", "wajib disertakan")},
        )
    if with_file and not move.file:
        raise Incomplete(f"{move.label} tidak memerlukan berkas.", "Ulangi tanpa --file.")
    if move.register and (missing := still_blank(move, case, sop, register)):
        raise Incomplete(
            f"Isian register belum lengkap: {', '.join(f'{f.name} ({f.label})' for f in missing)}.",
            "Isilah dengan --set nama=nilai atau --form.",
            {f.name: (f.label, "wajib diisi") for f in missing},
        )
    return Filled(values, register)


def asked(sop: Sop, names: Container[str]) -> tuple[FormField, ...]:
    """Return the register's fields of these names."""
    return tuple(f for f in sop.register if f.name in names)


def still_blank(move: Move, case: Case, sop: Sop, register: Mapping[str, Any]) -> tuple[FormField, ...]:
    """Return the register's fields that a move requires and nobody has filled, ``register`` being what is typed now.

    A move that leads on requires all of them; one that stays, those that it touches.
    """
    fields = sop.register if move.to != table.STAY else asked(sop, register)
    known = {**case.fields, **register}
    opening = sop.opening(case.received.channel)
    exempt = opening.exempt if opening else ()
    return tuple(f for f in fields if f.required and not says(known.get(f.name)) and f.name not in exempt)


def says(value: Any) -> bool:
    """Say whether a field of the register holds anything; of a person, a name."""
    if isinstance(value, list | tuple):
        return any(map(says, value))
    if isinstance(value, Mapping):
        return says(value.get("nilai") if "nilai" in value else value.get("nama"))
    return value not in (None, "")


def target(move: Move, case: Case, sop: Sop, values: Mapping[str, Any]) -> str:
    """Return the key of the state to which the move leads."""
    here = case.state(sop.first)
    to = move.branches[values[move.branch]] if move.branch else move.to
    if to == table.STAY:
        return here
    return _before(case, sop) if to == table.BACK else to


def _starts(move: Move, here: str, case: Case, sop: Sop) -> bool:
    ended = sop.state(here).final
    if move.to == table.BACK and not _previous(case, sop):
        return False
    return (
        here in move.start
        or (table.ANY in move.start and not ended)
        or (table.ENDED in move.start and ended)
        or (table.GIVEN_UP in move.start and bool(case.given_up))
        or (table.UNNUMBERED in move.start and bool(_letters(move, case, sop)))
        or (table.UNSIGNED in move.start and bool(_letters(move, case, sop)))
    )


def _letters(move: Move, case: Case, sop: Sop) -> tuple[str, ...]:
    """Return the letters that a move for letters can be about; those with a move of their own are left to it."""
    if table.UNNUMBERED in move.start:
        own = {t for m in sop.moves if m.numbers for t in m.sheets}
        return tuple(t for t in _outgoing(case, sop) if t not in case.numbers and t not in own)
    if table.UNSIGNED in move.start:
        own = {m.file_kind for m in sop.moves}
        waiting = (t for t in case.drafts if sop.sheet(t).signer and t not in case.signed and t not in own)
        return tuple(t for t in waiting if _may_be_signed(case, sop, t))
    return ()


def _may_be_signed(case: Case, sop: Sop, template: str) -> bool:
    return template in case.numbers or not sop.sheet(template).outgoing


def _outgoing(case: Case, sop: Sop) -> tuple[str, ...]:
    return tuple(t for t in case.drafts if sop.sheet(t).outgoing)


def _asking(move: Move, letters: tuple[str, ...]) -> Move:
    """Return the move with the choice of letter filled in."""
    if not letters:
        return move
    return replace(move, form=tuple(_with_choices(f, letters) if f.name == LETTER else f for f in move.form))


def _with_choices(field: FormField, choices: tuple[str, ...]) -> FormField:
    return replace(field, choices=choices)


def _roles(move: Move, case: Case, sop: Sop) -> tuple[str, ...]:
    if move.roles == (table.AWAITED,):
        outside = {lane.role for lane in sop.lanes if lane.outside}
        return tuple(r for r in current_state(case, sop).awaits if r not in outside)
    if move.roles == (table.SIGNER,):
        return tuple(dict.fromkeys(sop.sheet(t).signer for t in _letters(move, case, sop)))
    return move.roles


def _previous(case: Case, sop: Sop) -> list[str]:
    """Return the states that lie behind the case, oldest first; what it did in a loop is behind it no more."""
    path = [sop.first]
    for made in case.made:
        there = made.decision.state
        if there in path:
            del path[path.index(there) + 1 :]
        else:
            path.append(there)
    return path[:-1]


def _before(case: Case, sop: Sop) -> str:
    return _previous(case, sop)[-1]


def _said(there: tuple[Open, ...]) -> str:
    return f"Yang terbuka: {'; '.join(_lines(there)) or 'tidak ada'}."


def _lines(there: tuple[Open, ...]) -> Iterator[str]:
    return (f"{o.move.key} ({', '.join(o.roles)})" for o in there)
