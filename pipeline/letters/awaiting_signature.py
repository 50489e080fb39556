"""Which letters wait for a signature, and by which move of the SOP a signed file of each is filed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from pipeline.access.secrecy import open_to
from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.duties import DRAFT, PRINT, duties
from pipeline.cases.events import Document
from pipeline.cases.moves import LETTER, Open, open_moves
from pipeline.cases.sop import CHOSEN, Sop, title_of
from pipeline.register.row import Row


@dataclass(frozen=True, slots=True)
class AwaitingSignature:
    """A letter that waits: of which case, which sheet in which version, its print, the role that signs, by which move.

    ``seen`` is how many moves had been made when this was found, so that nothing is signed past a change.
    """

    number: CaseNumber
    register_number: str
    template: str
    version: int
    printed: Document
    role: str
    move: str
    naskah_number: str
    seen: int

    @property
    def title(self) -> str:
        """What people call it."""
        return title_of(self.template)

    @property
    def key(self) -> str:
        """What the letter is called among those that are chosen, and staged."""
        return f"{self.number.year}-{self.number.serial:04d}-{self.template}-v{self.version}-{self.role}"


def awaiting(case: Case, sop: Sop, roles: Collection[str]) -> tuple[AwaitingSignature, ...]:
    """Return the case's letters that wait for the signature of one of these roles, and are printed as they are."""
    busy = {duty.subject for duty in duties(case, sop) if duty.action in (DRAFT, PRINT)}
    signed, numbers = case.signed, case.numbers
    found = []
    for opened in open_moves(case, sop):
        for template in _signed_by(opened, sop):
            printed, sheet = case.prints.get(template), sop.sheet(template)
            ready = printed and template not in busy and template not in signed
            if ready and printed and sheet.signer in roles and (template in numbers or not sheet.outgoing):
                found.append(
                    AwaitingSignature(
                        number=case.number,
                        register_number=case.received.register_number,
                        template=template,
                        version=printed.version,
                        printed=printed.documents[0],
                        role=sheet.signer,
                        move=opened.move.key,
                        naskah_number=numbers.get(template, ""),
                        seen=len(case.made),
                    )
                )
    return tuple(found)


def _signed_by(opened: Open, sop: Sop) -> Iterator[str]:
    """Yield the sheets whose signed file a move takes."""
    move = opened.move
    if move.file != "wajib":
        return
    if any(sheet.template == move.file_kind and sheet.signer for sheet in sop.sheets):
        yield move.file_kind
    elif move.file_kind == CHOSEN:
        yield from (choice for field in move.form if field.name == LETTER for choice in field.choices)


class SignatureList:
    """The letters of all cases that wait for somebody's signature. A case is read anew only when it has changed."""

    def __init__(self, case: Callable[[CaseNumber], Case], sop: Callable[[Case], Sop], roles: Collection[str]) -> None:
        """``roles`` are all that ever sign."""
        self._case, self._sop, self._roles = case, sop, roles
        self._known: dict[str, tuple[str, tuple[AwaitingSignature, ...]]] = {}

    def waiting_for(self, roles: Collection[str], rows: Iterable[Row]) -> tuple[AwaitingSignature, ...]:
        """Return what waits for one of these roles, in the cases that it may read, the oldest case first."""
        there = [row for row in rows if open_to(roles, row)]
        found = [letter for row in there for letter in self._of(row) if letter.role in roles]
        return tuple(sorted(found, key=lambda letter: letter.number))

    def _of(self, row: Row) -> tuple[AwaitingSignature, ...]:
        head, letters = self._known.get(row.number, ("", ()))
        if head != row.head:
            case = self._case(CaseNumber(row.year, row.serial))
            letters = awaiting(case, self._sop(case), self._roles)
            self._known[row.number] = (row.head, letters)
        return letters
