"""What the machine owes a case now: derived from what the SOP calls for and what the journal has, never queued."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline.cases.becoming import becomings
from pipeline.cases.case import Case
from pipeline.cases.events import INTO, MERGED_INTO
from pipeline.cases.record_standing import is_handed_over
from pipeline.cases.sop import Sop, title_of
from pipeline.cases.sop_words import CANCEL
from pipeline.cases.splitting import own_pages, splits

READ, DRAFT, PRINT, LINK, SPLIT = "baca", "konsep", "cetak", "hubungkan", "pisahkan"
#: What came is registered for another service too.
BECOME = "jadikan"
VALIDATE = "periksa-tanda-tangan"
#: Media that hold a picture or text to be read; what a person typed in is known already.
TYPED = "text/plain"


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing owed: read a scan, draft a sheet, print a draft, tell another case, split pages, judge signatures.

    ``subject`` is the sheet's template key, the other case's number, the attachment's document, or the pages;
    ``trigger`` the line that calls for it.
    """

    action: str
    subject: str = ""
    version: int = 1
    trigger: int = 0

    @property
    def key(self) -> str:
        """The duty as the journal and its attempts name it (``cetak 03-lembar-disposisi v1``)."""
        return f"{self.action} {self.subject} v{self.version}" if self.subject else self.action


def duties(case: Case, sop: Sop) -> tuple[Duty, ...]:
    """Return what is owed, in the order in which it is done; what was given up waits for a person."""
    return tuple(d for d in _owed(case, sop) if d.key not in case.given_up)


def held_up(case: Case, sop: Sop, noted: Mapping[str, str]) -> tuple[str, ...]:
    """Return, as sentences, which sheets wait until the office mends something; ``noted`` is why, by duty."""
    return tuple(
        f"{title_of(duty.subject)} belum dapat dibuat. {noted[duty.key]} Sesudah itu lembarnya dibuat sendiri."
        for duty in duties(case, sop)
        if duty.action == DRAFT and duty.key in noted
    )


def needs_person(case: Case) -> bool:
    """Say whether the machine has given something up."""
    return bool(case.given_up)


def _owed(case: Case, sop: Sop) -> Iterator[Duty]:
    if case.gone or is_handed_over(case):  # nothing could be added to it
        return
    if case.reading is None and case.received.media != TYPED:
        yield Duty(READ)
        if READ not in case.given_up:
            return  # sheets wait for the reading, or go out with blanks once it was given up
    for template, trigger in _called_for(case, sop).items():
        draft = case.drafts.get(template)
        if draft is None or draft.trigger < trigger:
            yield Duty(DRAFT, template, draft.version + 1 if draft else 1, trigger)
    for template, draft in case.drafts.items():
        printed = case.prints.get(template)
        if printed is None or printed.version < draft.version:
            yield Duty(PRINT, template, draft.version)
    for made in case.made:
        other = made.decision.values.get(MERGED_INTO)
        if other and not any(link.other == other and link.how == INTO for link in case.links):
            yield Duty(LINK, other)
    for split in splits(case):
        yield Duty(SPLIT, split.subject, trigger=split.seq)
    for becoming in becomings(case, sop):
        yield Duty(BECOME, becoming.service, trigger=becoming.seq)
    for name in case.with_signatures:
        if name not in case.validated:
            yield Duty(VALIDATE, name)
    for attached in case.attachments:
        name = attached.documents[0].name
        if attached.media != TYPED and name not in case.attachments_read and own_pages(case, name):
            yield Duty(READ, name)


def awaited_drafts(case: Case, sop: Sop) -> tuple[str, ...]:
    """Return the sheets that have been called for since their newest version, also those that the machine gave up."""
    drawn = {template: draft.trigger for template, draft in case.drafts.items()}
    return tuple(t for t, trigger in _called_for(case, sop).items() if trigger > drawn.get(t, 0))


def awaits_draft(case: Case, sop: Sop, template: str) -> bool:
    """Say whether a sheet is among these."""
    return template in awaited_drafts(case, sop)


def awaits_words(case: Case, sop: Sop, template: str) -> bool:
    """Say whether a sheet is composed and nobody can read it yet: not drafted, or drafted as it was composed before.

    One that only gets its number has its words already.
    """
    called = next((made.decision for made in reversed(case.made) if template in made.decision.sheets), None)
    return awaits_draft(case, sop, template) and not (called and template in called.numbers)


def _called_for(case: Case, sop: Sop) -> dict[str, int]:
    """Return for every sheet that is called for the newest line that calls for it; one that was dropped is not."""
    first = () if case.imported else sop.first_sheets(case.received.channel)  # an old case had its receipt long ago
    called = dict.fromkeys(first, case.read_seq)
    for made in case.made:
        for template in made.decision.done(CANCEL):
            called.pop(template, None)
        called |= dict.fromkeys(made.decision.sheets, made.seq)
    return called
