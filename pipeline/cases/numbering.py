"""What must hold before a letter gets its number, or is changed: what was approved can be issued as it is.

A number once given is never given again, so it is asked before.
"""

from __future__ import annotations

from datetime import date, datetime

from pipeline.cases.case import Case
from pipeline.cases.duties import awaits_draft
from pipeline.cases.ports import LetterReader
from pipeline.cases.sop import Sop, title_of
from pipeline.cases.versions import only_numbers
from pipeline.errors import NotAllowed
from pipeline.office.office import Office
from pipeline.office.officials import Official
from pipeline.office.wording import long_date

#: The fields that numbering fills, as a letter's document names them.
NUMBER, DATE = "nomor", "tanggal"


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
