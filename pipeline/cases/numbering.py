"""Letters get their numbers; what must hold before one does, or is changed: what was approved is issued as it is.

A number once given is never given again, so it is asked before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import date, datetime
from typing import Any

from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.decide_parts import DecideParts
from pipeline.cases.duties import awaits_draft
from pipeline.cases.forms import Filled
from pipeline.cases.moves import LETTER, TYPED_NUMBER
from pipeline.cases.ports import LetterReader, content
from pipeline.cases.secrecy_level import is_secret_now
from pipeline.cases.sop import Sop, title_of
from pipeline.cases.sop_rows import Move
from pipeline.cases.versions import only_numbers
from pipeline.errors import Incomplete, NotAllowed
from pipeline.office.office import Office
from pipeline.office.officials import Official
from pipeline.office.wording import long_date

#: The fields that numbering fills, as a letter's document names them.
NUMBER, DATE = "nomor", "tanggal"


@contextmanager
def numbered(
    case: Case, sop: Sop, move: Move, answers: Filled, at: datetime, parts: DecideParts
) -> Iterator[dict[str, str]]:
    """Give the letters of a move their numbers by template, holding the series until the journal has them.

    Raises:
        Incomplete: the number that was typed is none, is another letter's, or nothing here awaits one.
        NotAllowed, Refused: what was approved cannot be issued as it is.
    """
    letters = letters_to_number(move, case, sop, answers.values)
    typed = answers.values.get(TYPED_NUMBER)
    if typed and not letters:
        raise Incomplete("Surat itu sudah bernomor; nomornya tetap.", "Ulangi tanpa nomor_naskah.")
    for letter in letters:
        _check_approved(case, sop, move, letter, at, parts)
    with ExitStack() as held:
        names = dict.fromkeys(sop.sheet(letter).series for letter in letters)
        desks = {name: held.enter_context(parts.series.held(at.year, name)) for name in names}
        if typed:
            _check_number(str(typed), desks[sop.sheet(letters[0]).series].holder, parts)
        day, series = at.date(), {letter: sop.sheet(letter).series for letter in letters}
        yield {letter: str(typed) if typed else desks[series[letter]].next(case.number, day) for letter in letters}


def letters_to_number(move: Move, case: Case, sop: Sop, values: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the templates of the letters that get their number by this move."""
    if not move.numbers:
        return ()
    if LETTER in values:
        return (values[LETTER],)
    return tuple(t for t in move.sheets if sop.sheet(t).series and t not in case.numbers)


def _check_approved(case: Case, sop: Sop, move: Move, letter: str, at: datetime, parts: DecideParts) -> None:
    """Make sure that the letter can be issued as it was approved; one that the move itself composes is no draft yet."""
    if not only_numbers(move):
        return
    check_drafted(case, sop, letter)
    docx = content(parts.cabinet.blob(case.number, case.drafts[letter].documents[0]))
    check_issuable(case, sop, letter, docx, letters=parts.letters, office=parts.office, at=at)
    parts.naming.check_file(case, letter, docx)


def _check_number(typed: str, holder: Callable[[str], CaseNumber | None], parts: DecideParts) -> None:
    if not any(c.isdigit() for c in typed):
        raise Incomplete(f"{typed!r} bukan nomor naskah.", "Tulislah seperti di SRIKANDI, misalnya W.8-HA.01.07-118.")
    if other := holder(typed):
        case = parts.cabinet.case(other)
        made = next((m for m in case.made if m.decision.numbers), None)
        when = f" ({made.at:%Y})" if made else ""
        whose = "surat lain" if is_secret_now(case, parts.cabinet.case) else f"surat perkara {other}{when}"
        raise Incomplete(
            f"Nomor {typed} sudah dipakai {whose}.",  # whoever tries numbers learns nothing of a secret case
            "Ketik nomor surat ini sendiri; nomor yang sama dari tahun lain ditulis dengan tahunnya (… TAHUN 2027).",
        )


def check_drafted(case: Case, sop: Sop, template: str) -> None:
    """Make sure that the newest version is the one that was called for last.

    Raises:
        NotAllowed: the machine has still to draft it; nobody has seen what would be numbered.
    """
    if awaits_draft(case, sop, template):
        raise NotAllowed(
            f"Mesin masih mengonsep {template}, jadi belum ada yang dapat disetujui.",
            "Tunggu sampai konsepnya jadi, periksa, lalu ulangi.",
        )


def check_unapproved(case: Case, sop: Sop, template: str) -> None:
    """Make sure that an edit takes no approval away from under those who gave it, where the SOP's file keeps none.

    An edition that does not tell the acts on letters has its recommendation initialled from state to state: what was
    passed on there was passed on as it stood, so it has to come back before it is changed.

    Raises:
        NotAllowed: the letter was passed on since it was composed.
    """
    own = [move for move in sop.moves if only_numbers(move) and template in move.sheets]
    if sop.tells_acts or not own:
        return
    numbering = {move.key for move in own}
    passed: list[str] = []
    for made in case.made:
        if template in made.decision.sheets and made.decision.move not in numbering:
            passed = []
        elif made.decision.state in passed:
            del passed[passed.index(made.decision.state) :]
        elif made.decision.state != made.decision.start:
            passed.append(made.decision.start)
    if passed:
        raise NotAllowed(
            f"{title_of(template)} sudah diparaf atau dinomori sebagaimana adanya, jadi tidak disunting lagi di sini.",
            "Kembalikan dahulu perkaranya (gerak kembalikan), sunting, lalu mintakan paraf lagi.",
        )


def check_issuable(
    case: Case, sop: Sop, template: str, docx: bytes, *, letters: LetterReader, office: Office, at: datetime
) -> None:
    """Make sure that number and date have their place in a letter, its signer holds the post, its office has its name.

    Signer and letterhead are part of what was approved: numbering never puts others in.

    Raises:
        NotAllowed: a place is missing or ambiguous, the letter names a signer who does not hold the post today, or the
            office is called otherwise since.
    """
    sheet = sop.sheet(template)
    letters.check_places(docx, (NUMBER, DATE) if sheet.outgoing else (NUMBER,))
    drafted_on = case.entries[max(case.drafts[template].trigger, 1) - 1].at.date()
    words = letters.words(docx)
    _check_name(template, words, drafted_on, at.date(), office)
    for role in sheet.signers:
        _check_signer(template, role, words, drafted_on, at.date(), office)


def _check_name(template: str, words: tuple[str, ...], drafted_on: date, today: date, office: Office) -> None:
    then, now = office.on(drafted_on), office.on(today)
    if now.since is None or then.letterhead == now.letterhead:
        return
    if {*now.letterhead.ministry, now.letterhead.office} <= _lines(words):
        return  # somebody edited the letterhead since
    raise NotAllowed(
        f"{template} dikonsep dengan kop {then.name}; sejak {long_date(now.since)} kantor ini {now.name}.",
        "Kembalikan agar dikonsep ulang dengan kop yang berlaku, lalu mintakan paraf lagi.",
    )


def _check_signer(
    template: str, role: str, words: tuple[str, ...], drafted_on: date, today: date, office: Office
) -> None:
    then, now = office.holder(role, drafted_on), office.holder(role, today)
    if then is None or now is None or _signs(then) <= _signs(now):
        return
    lines = _lines(words)
    if _signs(now) <= lines or not _signs(then) <= lines:
        return  # somebody edited the signature since
    raise NotAllowed(
        f"{template} disetujui untuk ditandatangani {then.printed_title} {then.name}; "
        f"hari ini jabatan itu dipegang {now.printed_title} {now.name}.",
        "Kembalikan agar dikonsep ulang, atau ganti penanda tangannya lewat suntingan; lalu mintakan paraf lagi.",
    )


def _lines(words: tuple[str, ...]) -> set[str]:
    return {line.strip().rstrip(",") for paragraph in words for line in paragraph.splitlines()}


def _signs(official: Official) -> frozenset[str]:
    return frozenset({*official.signing_title.splitlines(), official.name} - {""})
