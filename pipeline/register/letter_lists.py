"""The letters of all cases: those of the office, those that wait for somebody, and those that were sent in a period."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from pipeline.cases import sop_words
from pipeline.cases.case_kind import NEWS
from pipeline.cases.letter_subjects import CASE, CITED, COMPLAINT, subject
from pipeline.office.office import Office
from pipeline.register.dispatch_files import DispatchRow
from pipeline.register.letter_rows import LetterRow, ProposalRow
from pipeline.register.row import Row

#: What is to be done to letters, as lists head it, in the order in which they show it: what mends first.
ACT_TITLES = {
    sop_words.HAND_IN: "Perbaiki",
    sop_words.INITIAL: "Paraf",
    sop_words.NUMBER: "Beri nomor",
    sop_words.SIGN: "Tanda tangani",
    sop_words.SEND: "Kirim",
    sop_words.RECEIVE: "Catat tanda terima",
}


#: Days for which those whose signature is said to be on a file see on their desk that it was filed.
SHOWN_DAYS = 14


class Listed(NamedTuple):
    """A letter with the row of its case. Forty thousand of them are listed at once."""

    case: Row
    letter: LetterRow

    @property
    def waits(self) -> bool:
        """Whether somebody is to do something to it."""
        return bool(self.letter.act)

    @property
    def urgency(self) -> int:
        """How urgent the letter is, 0 to 2: once its case has ended, as any other."""
        return 0 if self.case.final else self.letter.urgency


@dataclass(frozen=True, slots=True)
class LetterQuery:
    """Which letters are asked for: in this state (empty: any), only those that wait, only of these roles' turn."""

    state: str = ""
    waiting: bool = True
    roles: Collection[str] | None = None


def asked_letters(query: LetterQuery, rows: Iterable[Row]) -> list[Listed]:
    """Return the letters that are asked for: those that wait first, the urgent before the others, then the oldest.

    Behind them stand those for which nothing is due any more, the newest first.
    """
    state, roles = query.state, set(query.roles) if query.roles is not None else None
    waiting, done = [], []
    for row in rows:
        for one in row.surat:
            if state and one.state != state:
                continue
            if one.act and (roles is None or not roles.isdisjoint(one.roles)):
                waiting.append(Listed(row, one))
            elif not one.act and not query.waiting and roles is None:
                done.append(Listed(row, one))
    waiting.sort(key=lambda listed: (-listed.urgency, listed.letter.since))
    done.sort(key=lambda listed: listed[1].since, reverse=True)
    return waiting + done


def age(one: LetterRow, now: datetime) -> str:
    """Return for how long a letter has been in its state: ``hari ini``, ``1 hari``, ``12 hari``."""
    days = (now.date() - datetime.fromisoformat(one.since).date()).days
    return f"{days} hari" if days > 0 else "hari ini"


#: How secret a case is of which the register says nothing.
_USUAL_SECRECY = "terbatas"


def in_turn(roles: Collection[str], rows: Iterable[Row]) -> dict[str, list[Listed]]:
    """Return the letters whose turn is one of these roles', by the act that is due, in the order of a letter's life.

    Urgent ones stand first, then those that were given back, then the oldest.
    """
    mine = [Listed(row, one) for row in rows for one in row.surat if one.act and not set(one.roles).isdisjoint(roles)]
    mine.sort(key=lambda one: (-one.urgency, not one.letter.given_back, one.letter.since))
    return {act: some for act in ACT_TITLES if (some := [one for one in mine if one.letter.act == act])}


def proposed_to(roles: Collection[str], rows: Iterable[Row], today: date) -> list[tuple[Row, ProposalRow]]:
    """Return what the machine proposes to somebody with these roles today, the longest due first."""
    found = [
        (row, proposal)
        for row in rows
        for proposal in row.usulan
        if proposal.after < today.isoformat() and not set(proposal.roles).isdisjoint(roles)
    ]
    return sorted(found, key=lambda pair: pair[1].after)


def dispatches(rows: Iterable[Row], since: date, until: date) -> list[DispatchRow]:
    """Return the letters that were sent in these days (both included), in the order in which they were sent."""
    return [dispatch_row(listed) for listed in sent_letters(rows, since, until)]


def sent_letters(rows: Iterable[Row], since: date, until: date) -> list[Listed]:
    """Return the same as they stand in the register: a book of a year is looked through for one page of it."""
    first, last = since.isoformat(), until.isoformat()
    found = [Listed(row, one) for row in rows for one in row.surat if one.sent_on and first <= one.sent_on <= last]
    found.sort(key=lambda listed: (listed[1].sent_on, listed[1].number))
    return found


def dispatch_row(listed: Listed) -> DispatchRow:
    """Return the line of the dispatch book for a letter that was sent."""
    row, one = listed
    return DispatchRow(
        sent_on=date.fromisoformat(one.sent_on or ""),
        number=one.number,
        dated=datetime.fromisoformat(one.numbered_at).date() if one.numbered_at else None,
        recipient=one.recipient,
        means=one.means,
        sent_by=one.sent_by,
        received_on=date.fromisoformat(one.received_on) if one.received_on else None,
        received_by=one.received_by,
        subject=_subject(row, one),
        secrecy=row.sifat or _USUAL_SECRECY,
        enclosed=one.enclosed,
    )


def _subject(row: Row, one: LetterRow) -> str:
    """Return the line *Hal* of a letter; of one that tells which other letter it corrects, what it is."""
    if one.template not in CITED:
        return one.title
    complained = row.pelapor or row.lembaga_pelapor
    came_as = CASE if row.cara_penyampaian == NEWS and not complained else COMPLAINT
    return subject(one.template, row.register_number, came_as)


def filed_as_signed(
    roles: Collection[str], login: str, rows: Iterable[Row], now: datetime, office: Office
) -> list[Listed]:
    """Return the letters that others lately filed as signed by one of these roles, and all that are disputed.

    Whoever brought a file needs not be told of it, nor who holds the role besides whom the file names: a deputy, or the
    holder of the post in whose place one signed. The newest first.
    """
    since = (now - timedelta(days=SHOWN_DAYS)).isoformat()
    holders = (office.holder(role, now.date(), login) for role in roles)
    mine = {official.name for official in holders if official}
    others = {official.name for official in office.appointed if official.role in roles and official.name} - mine

    def names_another(filed: str) -> bool:
        return any(name in filed for name in others) and not any(name and name in filed for name in mine)

    found = [
        Listed(row, one)
        for row in rows
        for one in row.surat
        if one.filed_at and not set(roles).isdisjoint(one.signers)
        if one.disputed or (one.filed_at >= since and one.filed_by != login and not names_another(one.filed))
    ]
    return sorted(found, key=lambda listed: listed.letter.filed_at or "", reverse=True)
