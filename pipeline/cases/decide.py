"""Decide: a person makes a move that the SOP allows them, and what follows from it.

It leads to another state, calls for sheets to be drafted, and gives letters their numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pipeline.cases import sop_words
from pipeline.cases.actor import Actor, holder, holding
from pipeline.cases.called_sheets import called_sheets, parts_complaint
from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber, read_number
from pipeline.cases.cleared_words import CLEARED, check_entries
from pipeline.cases.corrected_words import check_readings
from pipeline.cases.corrections import BEFORE, kept_before
from pipeline.cases.deadlines import current_state
from pipeline.cases.decide_parts import DecideParts
from pipeline.cases.events import MERGED_INTO, Decided, Document, Retried
from pipeline.cases.forms import Filled, answer_of, filled
from pipeline.cases.kept_files import (
    Came,
    Examined,
    attached_documents,
    check_signable,
    examined,
    letter_out,
    marked,
    signed_documents,
)
from pipeline.cases.letter_acts import (
    check_choice,
    check_days,
    check_end,
    check_leaving,
    check_signer,
    check_waited,
    letters_acted_on,
)
from pipeline.cases.moves import LETTER, Open, open_move, states_behind
from pipeline.cases.numbering import numbered
from pipeline.cases.parting import check_held, with_pages
from pipeline.cases.ports import (
    Blob,
    CaseFolder,
    Filed,
    LetterOut,
)
from pipeline.cases.secrecy_level import check_lowering
from pipeline.cases.separation import acting_person, check_two_people
from pipeline.cases.signature_proof import SCANNER, UNPROVEN
from pipeline.cases.sop import Sop
from pipeline.cases.sop_rows import Move
from pipeline.cases.sop_words import GIVEN_UP
from pipeline.cases.transfers import check_parcels
from pipeline.cases.versions import only_numbers
from pipeline.errors import NotAllowed


def decide(
    number: CaseNumber,
    key: str,
    typed: Mapping[str, Any],
    *,
    by: Actor,
    parts: DecideParts,
    files: Sequence[Blob] = (),
    seen: int | None = None,
) -> Case:
    """Make a move on a case; return the case after it.

    ``files`` come with it: the pages of a signed letter may lie in several.
    ``seen`` is the last line of the journal when the person looked at the case, if that is known.

    Raises:
        NotAllowed: the SOP has no such move here, or not for this role, or nobody holds the role today; says which
            moves there are. Or it is the second step of a pair that two people must make. Or what it is about is not
            there yet: the sheet to be signed, the case to go into. Or somebody else has made a move since the person
            looked.
        Incomplete: answers of the move's form are missing or wrong; names every one of them.
            A letter that others read names who must not be named (:mod:`pipeline.letters.naming_guard`).
        Refused: a file that came with it cannot be taken in, or does not prove that it is the signed letter; or the
            letter to be numbered, signed or sent names somebody.
        Changed: that file is still written to.
    """
    # What comes with it is proved whole, safe and signed before the lock is taken; a scan is never rewritten. Before a
    # byte of it is looked at, the move must be open to whoever brings it: opening files costs memory and time.
    letter = _letter_brought(number, key, typed, by, files, seen, parts) if files else None
    came = [_came(file, parts) for file in files]
    proving = examined(letter, files, parts.proofs) if letter else None
    with parts.cabinet.held(number) as folder:
        _check_seen(folder.case, seen)
        return _decided(folder, key, typed, by, came, proving, parts)


def _decided(
    folder: CaseFolder,
    key: str,
    typed: Mapping[str, Any],
    by: Actor,
    came: Sequence[Came],
    proving: Examined | None,
    parts: DecideParts,
) -> Case:
    """Make the move on the case that is held; return the case after it."""
    case, at = folder.case, parts.clock.now()
    opened = open_move(case, sop := parts.sop(case), key, by.role)
    if GIVEN_UP in opened.move.start:
        filled(opened, case, sop, typed, with_file=bool(came), now=at)
        return _started_over(folder, by, at, parts)
    answered = _answered(opened, case, sop, typed, by, at, parts, with_file=bool(came))
    answers, released = with_pages(case, sop, answered.form, parts.cabinet)
    kept, proof = _kept(case, sop, file_kind(opened.move, answers), came, proving, by, answers)
    with numbered(case, sop, opened.move, answers, at, parts) as numbers:
        decided = Decided(
            move=key,
            start=case.state(sop.first),
            state=answered.to,
            holder=holder(by, at, parts.office) if not by.scanned else {},
            login=by.login,
            values=_stated(answers, proof),
            register=dict(answers.register),
            released=released,
            sheets=called_sheets(opened.move, case, sop, answers),
            numbers=numbers,
            documents=tuple(kept),
            letters=answered.letters,
            person=acting_person(by),
            alone=answered.alone,
            signatures=marked(kept, came),
            delivered_by=(SCANNER if by.scanned else by.login) if proof else "",
            proof=proof,
            deliveries=by.deliveries,
        )
        if not only_numbers(opened.move) and not parts_complaint(answers):  # those drafts no form here could clear
            parts.naming.check_drafts(case.after(decided, by.role, at), decided.sheets, decided.values, at)
        check_parcels(case, case.after(decided, by.role, at), parts.cabinet.case)
        return folder.append(decided, {d.name: data for d, data in kept.items()}, by=by.writes_as, at=at)


def _started_over(folder: CaseFolder, by: Actor, at: datetime, parts: DecideParts) -> Case:
    """Have the machine try again what it gave up; return the case."""
    for duty in tuple(folder.case.given_up):
        parts.cabinet.start_over(folder.case.number, duty)
        folder.append(Retried(duty, login=by.login), {}, by=by.role, at=at)
    return folder.case


@dataclass(frozen=True, slots=True)
class _Answered:
    """What was answered on a move's form, the state to which that leads, and what the move does to letters.

    ``alone`` is the exception by which one person makes both steps of a pair.
    """

    form: Filled
    to: str
    letters: Mapping[str, Any]
    alone: Mapping[str, Any]


def _answered(
    opened: Open,
    case: Case,
    sop: Sop,
    typed: Mapping[str, Any],
    by: Actor,
    at: datetime,
    parts: DecideParts,
    *,
    with_file: bool,
) -> _Answered:
    """Return the answers of a move's form, once the move may be made as the case and its letters stand.

    Raises:
        NotAllowed, Incomplete, Refused: as :func:`decide` does.
    """
    check_choice(opened.move, case, sop, typed)
    answers = filled(opened, case, sop, typed, with_file=with_file, now=at)
    if opened.move.fixed:
        known = {f.name: answer_of(f, case.fields) for f in sop.register if f.name in answers.register}
        before, changed = kept_before(opened.move, known, answers.register)
        answers = Filled({**answers.values, BEFORE: before}, changed)
    check_held(case, answers, at.date())
    check_lowering(case, answers.register, answers.values, opened.move.form)
    check_entries(answers.values.get(CLEARED, ()))
    acted = letters_acted_on(opened.move, case, sop, answers)
    alone = check_two_people(opened.move.key, acted, by, case, sop, parts.office)
    to = target(opened.move, case, sop, answers.values)
    _check_merger(case, answers, parts)
    check_readings(opened.move, case, answers, cabinet=parts.cabinet, letters=parts.letters)
    check_waited(opened.move, case, sop, parts.calendar, at)
    check_end(case, sop, to)
    check_days(opened.move, case, sop, answers, parts.calendar, at)
    check_signer(opened.move, answers, sop, holding(by, at, parts.office))
    check_leaving(case, acted, parts.cabinet, parts.naming)
    return _Answered(answers, to, acted, alone)


def _came(file: Blob, parts: DecideParts) -> Came:
    inspected = parts.reader().inspect(file)
    return Came(inspected.extension, file, inspected.signatures)


def _check_seen(case: Case, seen: int | None) -> None:
    if seen is not None and case.changed_since(seen):
        raise NotAllowed(
            f"Perkara {case.number} sudah bergerak sejak halaman itu dibuka.",
            "Lihat keadaannya sekarang, lalu putuskan lagi bila masih perlu.",
        )


def _check_merger(case: Case, answers: Filled, parts: DecideParts) -> None:
    if other := answers.values.get(MERGED_INTO):
        number = read_number(str(other))
        if number == case.number:
            raise NotAllowed(f"Perkara {number} tidak dapat digabung ke dirinya sendiri.", "Sebut perkara induknya.")
        if number.series != case.number.series:
            raise NotAllowed(f"Perkara {number} milik layanan lain.", "Sebut perkara induk dari layanan yang sama.")
        parent = parts.cabinet.case(number)
        state = current_state(parent, parts.sop(parent))
        if state.final:
            raise NotAllowed(f"Perkara {number} sudah berakhir ({state.label}).", "Buka kembali perkara itu dahulu.")


def _letter_brought(
    number: CaseNumber,
    key: str,
    typed: Mapping[str, Any],
    by: Actor,
    files: Sequence[Blob],
    seen: int | None,
    parts: DecideParts,
) -> LetterOut | None:
    """Return the letter that this move is the signature of (None: of none), once all that needs no file is in order."""
    case, at = parts.cabinet.case(number), parts.clock.now()
    _check_seen(case, seen)
    sop = parts.sop(case)
    opened = open_move(case, sop, key, by.role)
    kind = file_kind(opened.move, _answered(opened, case, sop, typed, by, at, parts, with_file=True).form)
    if kind not in case.drafts:
        return None
    check_signable(case, sop, kind, [file.sha256 for file in files])
    return letter_out(case, sop, kind, parts.cabinet)


def _kept(
    case: Case, sop: Sop, kind: str, came: Sequence[Came], seen: Examined | None, by: Actor, answers: Filled
) -> tuple[dict[Document, Filed], dict[str, Any]]:
    if not came:
        return {}, {}
    if kind not in case.drafts:
        return attached_documents(case, sop, kind, came), {}
    reason = str(answers.values.get(UNPROVEN) or "")
    return signed_documents(case, sop, kind, came, seen, role=by.role, reason=reason)


def _stated(answers: Filled, proof: Mapping[str, Any]) -> dict[str, Any]:
    """Return the form's answers without why a signed file that was proved all the same could not be."""
    proved = bool(proof) and UNPROVEN not in proof
    return {k: v for k, v in answers.values.items() if not (proved and k == UNPROVEN)}


def target(move: Move, case: Case, sop: Sop, values: Mapping[str, Any]) -> str:
    """Return the key of the state to which the move leads."""
    here = case.state(sop.first)
    to = move.branches[values[move.branch]] if move.branch else move.to
    if to == sop_words.STAY:
        return here
    return states_behind(case, sop)[-1] if to == sop_words.BACK else to


def file_kind(move: Move, filled_in: Filled) -> str:
    """Return the kind under which the file that comes with the move is kept."""
    return str(filled_in.values[LETTER]) if move.file_kind == sop_words.CHOSEN else move.file_kind
