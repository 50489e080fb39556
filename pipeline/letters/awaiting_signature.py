"""Which letters wait for a signature, and by which move of the SOP a signed file of each is filed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from pipeline.access.secrecy import open_to
from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber, in_volume, volume_named
from pipeline.cases.events import Document
from pipeline.cases.letter_life import current_letters
from pipeline.cases.moves import LETTER, Open, open_moves
from pipeline.cases.separation import Barred, first_steps
from pipeline.cases.sop import Sop, title_of
from pipeline.cases.sop_words import CHOSEN, SIGN
from pipeline.register.row import Row


@dataclass(frozen=True, slots=True)
class AwaitingSignature:
    """A letter that waits: of which case, which sheet in which version, its print, the role that signs, by which move.

    ``signers`` are all roles that sign it; it is filed once the last of them has. Whoever made one of
    ``first_steps`` does not sign it: that takes two people.
    """

    number: CaseNumber
    register_number: str
    template: str
    version: int
    printed: Document
    role: str
    signers: tuple[str, ...]
    move: str
    naskah_number: str
    page_code: str
    first_steps: tuple[Barred, ...]

    @property
    def title(self) -> str:
        """What people call it."""
        return title_of(self.template)

    @property
    def key(self) -> str:
        """What the letter is called among those that are chosen, and staged."""
        return f"{self.number.key}-{self.template}-v{self.version}"


def case_of_key(key: str) -> CaseNumber | None:
    """Return the case that a letter's key names; None if it is no such key."""
    year, _, rest = key.partition("-")
    volume, serial = volume_named(year), rest.partition("-")[0]
    return in_volume(volume, int(serial)) if volume and serial.isdecimal() else None


def awaiting(case: Case, sop: Sop, roles: Collection[str]) -> tuple[AwaitingSignature, ...]:
    """Return the case's letters that wait for the signature of one of these roles, and are printed as they are."""
    moves = open_moves(case, sop)
    found = []
    for letter in current_letters(case, sop).values():
        printed, turn = case.prints.get(letter.template), letter.turn
        if turn is None or turn.act != SIGN or printed is None or printed.version != letter.version:
            continue
        if printed.documents[0].name in case.shared:
            continue  # it may say of people whose pages became another case
        move = next((o.move.key for o in moves if _takes(o, letter.template)), "")
        found += [
            AwaitingSignature(
                number=case.number,
                register_number=case.received.register_number,
                template=letter.template,
                version=letter.version,
                printed=printed.documents[0],
                role=role,
                signers=turn.roles,
                move=move,
                naskah_number=letter.number,
                page_code=case.drafts[letter.template].page_code,
                first_steps=tuple(first_steps(move, SIGN, (letter.template,), role, case, sop)),
            )
            for role in turn.roles
            if role in roles and move
        ]
    return tuple(found)


def _takes(opened: Open, template: str) -> bool:
    """Say whether a move takes the signed file of this sheet."""
    move = opened.move
    if move.file_kind == CHOSEN:
        return any(template in field.choices for field in move.form if field.name == LETTER)
    return move.file == "wajib" and move.file_kind == template


class SignatureList:
    """The letters of all cases that wait for somebody's signature. A case is read anew only when it has changed."""

    def __init__(self, case: Callable[[CaseNumber], Case], sop: Callable[[Case], Sop]) -> None:
        self._case, self._sop = case, sop
        self._known: dict[str, tuple[str, tuple[AwaitingSignature, ...]]] = {}

    def waiting_for(self, roles: Collection[str], rows: Iterable[Row]) -> tuple[AwaitingSignature, ...]:
        """Return what waits for one of these roles, in the cases that it may read, the oldest case first."""
        mine = (row for row in rows if open_to(roles, row) and _may_wait(row, roles))
        found = [letter for row in mine for letter in self._of(row) if letter.role in roles]
        return tuple(sorted(found, key=lambda letter: letter.number))

    def _of(self, row: Row) -> tuple[AwaitingSignature, ...]:
        head, letters = self._known.get(row.number, ("", ()))
        if head != row.head:
            case = self._case(row.case_number)
            sop = self._sop(case)
            letters = awaiting(case, sop, {role for sheet in sop.letters for role in sheet.signers})
            self._known[row.number] = (row.head, letters)
        return letters


def _may_wait(row: Row, roles: Collection[str]) -> bool:
    return any(one.act == SIGN and not set(one.roles).isdisjoint(roles) for one in row.surat)
