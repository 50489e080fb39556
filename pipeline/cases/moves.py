"""Which moves are open for a case now, and who may make them: as the SOP's file says (``sop_files/``)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipeline.cases import sop as table
from pipeline.cases.case import Case
from pipeline.cases.deadlines import current_state
from pipeline.cases.sop import Move, Sop
from pipeline.errors import NotAllowed
from pipeline.office.officials import ROLES
from pipeline.office.wording import hinted

#: The question in which the letter is chosen that a number or a signature is for.
LETTER = "naskah"
#: The question in which a number from elsewhere (SRIKANDI) is typed; it takes none of the office's own series.
TYPED_NUMBER = "nomor_naskah"
#: The question in which the case is named that this one goes into.
MERGED_INTO = "perkara_induk"


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
    ways = "; ".join(f"{o.move.key} ({', '.join(o.roles)})" for o in there)
    said = f"Yang terbuka: {ways or 'tidak ada'}."
    if found is None:
        raise _not_open(key, case, sop, said)
    if role not in found.roles:
        raise NotAllowed(
            f"Peran {role!r} tidak berwenang melakukan {key!r} pada perkara {case.number}.",
            f"Yang berwenang: {', '.join(found.roles)}. {said}",
        )
    if found.move.roles == (table.SIGNER,):
        own = tuple(t for t in _letters(found.move, case, sop) if sop.sheet(t).signer == role)
        return replace(found, move=_asking(found.move, own))
    return found


def _not_open(key: str, case: Case, sop: Sop, said: str) -> NotAllowed:
    keys = {move.key for move in sop.moves}
    if key not in keys:
        return NotAllowed(f"{hinted(f'SOP {sop.number} tidak mengenal gerak {key!r}', key, keys)}.", said)
    label = current_state(case, sop).label
    now = label if label.startswith(("menunggu", "dalam")) else f"sudah {label}"
    return NotAllowed(f"Gerak {key!r} tidak terbuka bagi perkara {case.number}, yang {now}.", said)


def _starts(move: Move, here: str, case: Case, sop: Sop) -> bool:
    ended = sop.state(here).final
    if move.to == table.BACK and not states_behind(case, sop):
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
        numbers, own = case.numbers, {t for m in sop.moves if m.numbers for t in m.sheets}
        outgoing = (t for t in case.drafts if sop.sheet(t).outgoing)
        return tuple(t for t in outgoing if t not in numbers and t not in own)
    if table.UNSIGNED in move.start:
        numbers, signed, own = case.numbers, case.signed, {m.file_kind for m in sop.moves}
        waiting = (t for t in case.drafts if sop.sheet(t).signer and t not in signed and t not in own)
        return tuple(t for t in waiting if t in numbers or not sop.sheet(t).outgoing)
    return ()


def _asking(move: Move, letters: tuple[str, ...]) -> Move:
    """Return the move with the choice of letter filled in."""
    if not letters:
        return move
    return replace(move, form=tuple(replace(f, choices=letters) if f.name == LETTER else f for f in move.form))


def _roles(move: Move, case: Case, sop: Sop) -> tuple[str, ...]:
    """Return who may make a move: the roles it names, those the state waits for, or the signers of its letters."""
    if move.roles == (table.AWAITED,):
        outside = {lane.role for lane in sop.lanes if lane.outside}
        return tuple(r for r in current_state(case, sop).awaits if r not in outside)
    if move.roles == (table.SIGNER,):
        return tuple(dict.fromkeys(sop.sheet(t).signer for t in _letters(move, case, sop)))
    return move.roles


def states_behind(case: Case, sop: Sop) -> list[str]:
    """Return the states that lie behind the case, oldest first; what it did in a loop is behind it no more."""
    path = [sop.first]
    for made in case.made:
        there = made.decision.state
        if there in path:
            del path[path.index(there) + 1 :]
        else:
            path.append(there)
    return path[:-1]
