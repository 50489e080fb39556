"""Which moves are open for a case now, and who may make them: as the SOP's edition says (``sop_files/``)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property

from pipeline.cases import sop_words
from pipeline.cases.case import Case
from pipeline.cases.cleared_words import CLEARED, QUESTION, asks_cleared
from pipeline.cases.duties import awaits_words
from pipeline.cases.letter_life import Letter, current_letters
from pipeline.cases.owed_letters import has_complainant
from pipeline.cases.record_standing import is_handed_over
from pipeline.cases.signature_proof import UNPROVEN
from pipeline.cases.sop import Sop
from pipeline.cases.sop_rows import FormField, Move, State, Waited
from pipeline.cases.standing import is_past, standing_by
from pipeline.errors import NotAllowed
from pipeline.office.roles import ROLES, is_role
from pipeline.office.wording import hinted

#: The question in which the letter is chosen that a number or a signature is for.
LETTER = "naskah"
#: The question in which a number from elsewhere (SRIKANDI) is typed; it takes none of the office's own series.
TYPED_NUMBER = "nomor_naskah"
#: Asked of whoever delivers a signed scan: why it is to be taken though it proves nothing.
VOUCHING = FormField(UNPROVEN, "Bila tidak terbukti: diterima tanpa bukti, karena", "paragraf")
_ABOUT_LETTERS = frozenset({sop_words.UNNUMBERED, sop_words.UNSIGNED, sop_words.LETTERS})


@dataclass(frozen=True, slots=True)
class Open:
    """A move that is open now: the move with the form as it stands for this case, and the roles that may make it."""

    move: Move
    roles: tuple[str, ...]


def open_moves(case: Case, sop: Sop) -> tuple[Open, ...]:
    """Return the moves that are open for a case, in the SOP's order."""
    return _open(_Now(case, sop))


def moves_open_to(case: Case, sop: Sop, roles: Collection[str]) -> tuple[Open, ...]:
    """Return the moves that are open to somebody with these roles, each about the letters that are theirs to see to."""
    now = _Now(case, sop)
    mine = [o for o in _open(now) if not set(o.roles).isdisjoint(roles)]
    theirs = ((o, dict.fromkeys(t for role in roles for t in _letters_for(role, o.move, now))) for o in mine)
    return tuple(replace(o, move=_asking(o.move, tuple(letters), sop)) for o, letters in theirs)


class _Now:
    """A case as it stands, looked at once for all moves."""

    def __init__(self, case: Case, sop: Sop) -> None:
        self.case, self.sop = case, sop

    @cached_property
    def here(self) -> State:
        """Where it stands."""
        return standing_by(self.case, self.sop, lambda: self.letters)

    @cached_property
    def letters(self) -> dict[str, Letter]:
        """The newest letter of each template that is not over."""
        return current_letters(self.case, self.sop)


def _open(now: _Now) -> tuple[Open, ...]:
    if now.case.gone or is_handed_over(now.case):
        return ()
    starting = (move for move in now.sop.moves if _starts(move, now))
    there = (Open(_asking(move, _letters(move, now), now.sop), _roles(move, now)) for move in starting)
    return tuple(opened for opened in there if opened.roles)


def open_move(case: Case, sop: Sop, key: str, role: str) -> Open:
    """Return the open move of that key, for that role.

    Raises:
        NotAllowed: it is not open, or not to this role; says which moves are open and to whom.
    """
    now = _Now(case, sop)
    there = _open(now)
    found = next((o for o in there if o.move.key == key), None)
    if not is_role(role):
        told = hinted(f"Peran {role!r} tidak dikenal", role, ROLES)
        raise NotAllowed(f"{told}.", f"Peran yang ada: {', '.join(ROLES)}.")
    ways = "; ".join(f"{o.move.key} ({', '.join(o.roles)})" for o in there)
    said = f"Yang terbuka: {ways or 'tidak ada'}."
    if found is None:
        raise _not_open(key, now, said)
    if role not in found.roles:
        raise NotAllowed(
            f"Peran {role!r} tidak berwenang melakukan {key!r} pada perkara {case.number}.",
            f"Yang berwenang: {', '.join(found.roles)}. {said}",
        )
    return replace(found, move=_asking(found.move, _letters_for(role, found.move, now), sop))


def _not_open(key: str, now: _Now, said: str) -> NotAllowed:
    keys = {move.key for move in now.sop.moves}
    if key not in keys:
        return NotAllowed(f"{hinted(f'SOP {now.sop.number} tidak mengenal gerak {key!r}', key, keys)}.", said)
    for so_it_is, so in ((bool(now.case.gone), "dimusnahkan"), (is_handed_over(now.case), "diserahkan sebagai arsip")):
        if so_it_is:
            fact = f"Gerak {key!r} tidak terbuka bagi perkara {now.case.number}, yang sudah {so}."
            return NotAllowed(fact, "Bila ada perkembangan baru, buka perkara baru.")
    label = now.here.label
    so = "sudah" if now.here.final else "keadaannya"
    stands = label if label.startswith(("menunggu", "dalam")) else f"{so} {label}"
    return NotAllowed(f"Gerak {key!r} tidak terbuka bagi perkara {now.case.number}, yang {stands}.", said)


def _starts(move: Move, now: _Now) -> bool:
    ended = now.here.final
    if move.to == sop_words.BACK and not states_behind(now.case, now.sop):
        return False
    if _writes_to_nobody(move, now):
        return False
    if move.letter and not _is_ready(move, now.letters.get(move.letter)):
        return False
    if move.unless and move.unless in now.letters:
        return False
    if move.idle and (under_way := now.letters.get(move.idle)) and not under_way.sent:
        return False
    if move.complainant and has_complainant(now.case, now.sop, {}) != (move.complainant == sop_words.SOMEBODY):
        return False
    if move.waited and not move.waited.days and not _has_passed(move.waited, now):
        return False
    return (
        now.here.key in move.start
        or (sop_words.ANY in move.start and not ended)
        or (sop_words.ENDED in move.start and ended)
        or (sop_words.GIVEN_UP in move.start and bool(now.case.given_up))
        or (bool(_ABOUT_LETTERS.intersection(move.start)) and bool(_letters(move, now)))
    )


def _writes_to_nobody(move: Move, now: _Now) -> bool:
    """Say whether all that a move does is to write to the complainant of a case that has none."""
    drafted = [sheet for sheet in now.sop.sheets if sheet.template in move.sheets]
    only = move.to == sop_words.STAY and bool(drafted) and all(sheet.to_complainant for sheet in drafted)
    return only and not has_complainant(now.case, now.sop, {})


def _letters(move: Move, now: _Now) -> tuple[str, ...]:
    """Return the letters that a move for letters can be about; those with a move of their own are left to it."""
    case, sop = now.case, now.sop
    if sop_words.UNNUMBERED in move.start:
        numbers, own = case.numbers, {t for m in sop.moves if m.numbers for t in m.sheets}
        outgoing = (t for t in case.drafts if sop.sheet(t).outgoing)
        return tuple(t for t in outgoing if t not in numbers and t not in own)
    if sop_words.UNSIGNED in move.start:
        numbers, signed, own = case.numbers, case.signed, {m.file_kind for m in sop.moves}
        own -= {s.template for s in case.signatures if not s.stands}  # its own move is behind the case
        waiting = (t for t in case.drafts if sop.sheet(t).signer and t not in signed and t not in own)
        return tuple(t for t in waiting if t in numbers or not sop.sheet(t).outgoing)
    if sop_words.LETTERS in move.start:
        if move.act == sop_words.CORRECT and any(t in now.letters and not now.letters[t].sent for t in move.sheets):
            return ()  # one correction after another: composed again before it is sent, it would be another one
        own = _with_own_move(move, now)
        if move.act == sop_words.CANCEL and now.here.gate:
            own.add(now.here.gate.letter)  # the case waits for it here; sent back, it may be dropped
        return tuple(t for t, letter in now.letters.items() if t not in own and _is_ready(move, letter))
    return ()


def _with_own_move(move: Move, now: _Now) -> set[str]:
    """Return the letters for which another move is this act where the case stands, and leads the case on with it."""
    own = (m for m in now.sop.moves if m.act == move.act and m.letter and now.here.key in m.start)
    return {m.letter for m in own if _is_ready(m, now.letters.get(m.letter))}


def _has_passed(waited: Waited, now: _Now) -> bool:
    """Say whether that act is done to that letter: to the newest that is called for, which must be there."""
    letter = now.letters.get(waited.letter)
    if letter is None or awaits_words(now.case, now.sop, waited.letter):
        return False
    return not letter.returned and is_past(letter, waited.act)


def _is_ready(move: Move, letter: Letter | None) -> bool:
    """Say whether a letter waits for the act that a move is, or may be given back, cancelled or corrected now."""
    if letter is None:
        return False
    if move.act == sop_words.CORRECT:
        return letter.sent is not None and letter.template not in move.sheets
    if move.act == sop_words.CANCEL:
        return letter.sent is None
    if (
        move.act == sop_words.HAND_IN and move.letter
    ):  # leads the case on with it, also when it is signed or sent by now
        return letter.turn is not None or letter.signed is not None
    if move.act == sop_words.DECIDE:
        return letter.returned is None  # how far it must have come, the move says itself
    if letter.turn is None:
        return False
    if move.act == sop_words.WAIVE:
        return letter.turn.act == sop_words.RECEIVE
    if move.act == sop_words.GIVE_BACK:
        return letter.signed is None and letter.returned is None and (not letter.decided or bool(move.letter))
    return letter.turn.act == move.act and (not move.letter or not set(move.roles).isdisjoint(letter.turn.roles))


def _letters_for(role: str, move: Move, now: _Now) -> tuple[str, ...]:
    """Return the letters that a move for letters can be about when this role makes it."""
    found = _letters(move, now)
    if move.roles == (sop_words.SIGNER,):
        return tuple(t for t in found if now.sop.sheet(t).signer == role)
    if move.roles == (sop_words.IN_TURN,):
        return tuple(t for t in found if (turn := now.letters[t].turn) and role in turn.roles)
    return found


def takes_signed(move: Move, sop: Sop) -> bool:
    """Say whether a move takes the signed scan of a letter."""
    return move.file_kind == sop_words.CHOSEN or any(sheet.template == move.file_kind for sheet in sop.sheets)


def _asking(move: Move, letters: tuple[str, ...], sop: Sop) -> Move:
    """Return the move with the choice of letter filled in, and with the questions that its letters call for.

    Of a signature that by which one vouches; of a letter that others read that for words that name nobody.
    """
    if takes_signed(move, sop) and all(f.name != UNPROVEN for f in move.form):
        move = replace(move, form=(*move.form, VOUCHING))
    if asks_cleared(move, sop) and all(f.name != CLEARED for f in move.form):
        move = replace(move, form=(*move.form, QUESTION))
    if not letters:
        return move
    return replace(move, form=tuple(replace(f, choices=letters) if f.name == LETTER else f for f in move.form))


def _roles(move: Move, now: _Now) -> tuple[str, ...]:
    """Return who may make a move: the roles it names, those the state waits for, or the signers of its letters."""
    if move.roles == (sop_words.AWAITED,):
        outside = {lane.role for lane in now.sop.lanes if lane.outside}
        return tuple(r for r in now.here.awaits if r not in outside)
    if move.roles == (sop_words.SIGNER,):
        return tuple(dict.fromkeys(now.sop.sheet(t).signer for t in _letters(move, now)))
    if move.roles == (sop_words.IN_TURN,):
        turns = (now.letters[t].turn for t in _letters(move, now))
        return tuple(dict.fromkeys(role for turn in turns if turn for role in turn.roles))
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
