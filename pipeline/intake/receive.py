"""Receive: a file has come to rest in the inbox and was claimed. Prove it, route its pages, and only then number.

One stage of a file's way; what holds after a fault or a crash: ``journey.py``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from pipeline.acts import Act, Advice
from pipeline.cases.case import RECEIVED_FIELD
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.decide_parts import DecideParts
from pipeline.errors import EngineFault, NotFound, Refused, YankomasError
from pipeline.intake import fronts_then_backs
from pipeline.intake.duplicates import known_already
from pipeline.intake.filing import attach, origin_of, take_back
from pipeline.intake.fronts_then_backs import in_sheet_order
from pipeline.intake.named_case import number_in_name, number_of_folder
from pipeline.intake.no_scans import AS_COMPLAINT, CHANNEL_FIELD, require_letter, require_undoubted
from pipeline.intake.outcomes import Accepted, Fate, Outcome, Parted, PartOutcome, SetAside, unreadable
from pipeline.intake.scan_parts import (
    AnyPart,
    ComplaintPart,
    CoveredPart,
    Leaf,
    Papers,
    Plan,
    SheetPart,
    looked_into,
    plan,
    some,
)
from pipeline.letters.page_codes import PageCodes
from pipeline.office.ports import Clock
from pipeline.reading.ports import Reader
from pipeline.register.enrol import EnrolParts, Newcomer, enrol, line_of
from pipeline.register.ports import Claim
from pipeline.scans.ports import SEPARATOR, Inspection, Rendition

CHANNEL = "pindaian"
#: By what an attachment found its case.
BY_COVER, BY_NAME, BY_FOLDER = "sampul", "nama", "map"
_BESIDE = "Terpindai bersama naskah bertanda tangan tanpa lembar pemisah; periksa apakah ini memang surat baru."


@dataclass(frozen=True, slots=True)
class ReceiveParts:
    """What receiving needs: what enrols, reader, page codes; what decides, for sheets that come back.

    ``check`` raises ``Changed`` where a file is still written; it is asked before anything of it is filed. With
    ``last_try`` a part of which the reader dies is refused alone: the other parts have, or get, their numbers.
    ``came_at`` is when a complaint came, if not now: it waited where there was no line.
    """

    enrolling: EnrolParts
    reader: Reader
    page_codes: PageCodes
    deciding: DecideParts
    check: Callable[[Claim], None] = lambda claim: None
    last_try: bool = False
    came_at: datetime | None = None

    def received(
        self, claim: Claim, *, my_turn: Callable[[], None], check: Callable[[Claim], None], last_try: bool
    ) -> Outcome:
        """Take a claimed file in (:func:`receive`); before it asks for a number it waits for ``my_turn``."""
        enrolling = replace(self.enrolling, my_turn=my_turn)
        return receive(claim, replace(self, enrolling=enrolling, check=check, last_try=last_try))

    @property
    def clock(self) -> Clock:
        """The time."""
        return self.enrolling.clock


def receive(claim: Claim, parts: ReceiveParts) -> Outcome:
    """Take a claimed file in: new cases with the next numbers, signed sheets and attachments to theirs, or aside.

    Doing it again for the same claim gives the same numbers.

    Raises:
        Passing: the disk is full or the clock runs behind; the claim stays and is tried again.
        EngineFault: the file could not be looked into.
    """
    with parts.enrolling.numbers.numbering() as numbering:
        known = numbering.holder_of(claim.blob.sha256, _series_of(claim, parts))
    if known:  # without looking into it
        return known_already(known.number, known.claim, claim)
    try:
        turned = claim.folder == fronts_then_backs.FOLDER
        stack = in_sheet_order(claim.blob, parts.reader, parts.enrolling.blob) if turned else None
        papers, inspection, rendition = looked_into(claim, parts.reader, stack)
        made, given = plan(_leaves(inspection, parts.page_codes)), _given(claim, parts)
        if rendition:
            return _no_scan(papers, made, rendition, given, parts)
    except Refused as reason:
        return SetAside(reason)
    if not made.parts:
        return SetAside(Refused("kosong", "Berkas ini hanya berisi lembar pemisah.", "Pindailah suratnya."))
    parts.check(claim)
    found = tuple(PartOutcome(part.pages, _fate(part, made, papers, given, parts)) for part in made.parts)
    if found[0].pages == tuple(range(1, papers.pages + 1)):
        return found[0].fate
    return Parted(found, made.separators, made.blanks)


def _no_scan(
    papers: Papers, made: Plan, rendition: Rendition, given: tuple[CaseNumber, str] | None, parts: ReceiveParts
) -> Fate:
    """Take a file in that is no scan: always whole, as what it is kept as cannot be parted.

    One that names a case, or was sent to many, waits for a person unless somebody has said by its folder what it is.

    Raises:
        Refused: it waits for a person, or it cannot be filed.
    """
    claim = papers.claim
    require_letter(rendition)
    if given is None and claim.folder != AS_COMPLAINT and not _service_of(claim, parts):
        exists = partial(_exists, parts=parts)
        require_undoubted(rendition, made, parts.page_codes.origin, parts.enrolling.pattern, exists)
    parts.check(claim)
    if given:
        return attach(papers, *given, parts.deciding)
    return _complaint(ComplaintPart(tuple(range(1, papers.pages + 1))), papers, parts, rendition.channel)


def _leaves(inspection: Inspection, codes: PageCodes) -> list[Leaf]:
    """Return what was seen on each page."""
    leaves = []
    doubts = {doubt.page: doubt.reason for doubt in inspection.doubts}
    for page in range(1, inspection.pages + 1):
        here = [code for code in inspection.codes if code.page == page]
        marks = tuple(mark for code in here if (mark := codes.mark(code)))
        if page in inspection.separators:
            leaves.append(Leaf(page, separator=True))
        elif cover := next((c for code in here if (c := codes.cover(code))), None):
            leaves.append(Leaf(page, cover=cover))
        else:
            doubt = doubts.get(page, "")
            if any(code.text == SEPARATOR for code in here):
                doubt = "kode lembar pemisah ada di halaman ini, tetapi bukan selembar penuh"
            leaves.append(Leaf(page, marks, blank=page in inspection.blanks and not marks, doubt=doubt))
    return leaves


def _given(claim: Claim, parts: ReceiveParts) -> tuple[CaseNumber, str] | None:
    """Return the case that the file was dropped for, by its folder or its name, and by which of them.

    Raises:
        Refused: the folder names a case that is not there.
    """
    if number := number_of_folder(claim.folder, parts.enrolling.pattern):
        if not _exists(number, parts):
            raise _no_case(f"Folder {claim.folder!r} di kotak masuk menyebut perkara {number}, yang tidak ada.")
        return number, BY_FOLDER
    number = number_in_name(claim.blob.name, parts.enrolling.pattern)
    service = parts.enrolling.services.get(_service_of(claim, parts))
    if number is None or (service and number.series != service.series):  # who sends for a service has no part in others
        return None
    return (number, BY_NAME) if _exists(number, parts) else None


def _exists(number: CaseNumber, parts: ReceiveParts) -> bool:
    try:
        parts.deciding.cabinet.case(number)
    except NotFound:
        return False
    return True


def _no_case(fact: str) -> Refused:
    return Refused("lampiran", fact, Advice("Periksa nomornya ", Act.LOOK_UP_CASE, ", lalu letakkan lagi."))


def _fate(part: AnyPart, made: Plan, papers: Papers, given: tuple[CaseNumber, str] | None, parts: ReceiveParts) -> Fate:
    """Bring one part where it belongs; what has no place is for a person, told exactly what was found."""

    def cut() -> Papers:
        between = {"separators": list(made.separators), "blanks": list(made.blanks)}
        return some(papers, part.pages, parts.reader, parts.enrolling.blob, **between)

    try:
        match part:
            case SheetPart():
                origin = origin_of(part.marks, parts.page_codes.origin, part.strangers)
                return take_back(cut(), part.marks, origin, parts.deciding)
            case CoveredPart():
                return attach(cut(), _covered(part, parts), BY_COVER, parts.deciding)
            case ComplaintPart():
                return attach(cut(), *given, parts.deciding) if given else _complaint(part, cut(), parts)
    except Refused as reason:
        return SetAside(reason)
    except EngineFault as fault:
        if not parts.last_try:
            raise
        return SetAside(unreadable(fault.message))
    except (YankomasError, OSError):
        raise
    except Exception as fault:  # our own program stumbles over one part, which must not take the others with it
        if not parts.last_try:
            raise
        return SetAside(unreadable(f"kesalahan program ({type(fault).__name__})"))


def _covered(part: CoveredPart, parts: ReceiveParts) -> CaseNumber:
    number, where = part.cover.number, f"Lembar sampul pada halaman {part.pages[0]}"
    if number is None:
        raise Refused(
            "lampiran",
            f"{where} berkode tidak sah: palsu, salah baca, atau milik kantor lain.",
            Advice("Cetak lembar sampul baru ", Act.PRINT_COVER, ", lalu pindai lagi."),
        )
    if not _exists(number, parts):
        raise _no_case(f"{where} menyebut perkara {number}, yang tidak ada di arsip ini.")
    if not part.papers:
        raise Refused(
            "lampiran",
            f"{where} untuk perkara {number} tidak diikuti lampiran apa pun.",
            "Letakkan lembar sampul di depan lampirannya, lalu pindai bersama.",
        )
    return number


def _complaint(part: ComplaintPart, papers: Papers, parts: ReceiveParts, channel: str = "") -> Fate:
    """Register what came: for the service in whose folder of the inbox it lay."""
    known = {RECEIVED_FIELD: parts.came_at.isoformat()} if parts.came_at else {}
    enrolled = enrol(
        Newcomer(
            claim=papers.claim,
            name=f"01-surat.{papers.extension}",
            media=papers.media,
            pages=papers.pages,
            channel=CHANNEL,
            codes=papers.codes,
            warnings=(*papers.told, *([_BESIDE] if part.beside else [])),
            source=papers.source,
            register=known | ({CHANNEL_FIELD: channel} if channel else {}),
            signatures=papers.signatures,
            suspected=tuple({"page": s.page, "reason": s.reason} for s in part.suspected),
            pages_made=papers.made,
            service=_service_of(papers.claim, parts),
        ),
        parts.enrolling,
    )
    return known_already(enrolled.number, enrolled.claim, papers.claim) if enrolled.again else Accepted(enrolled.number)


def _series_of(claim: Claim, parts: ReceiveParts) -> str:
    """Return the series in which a file's twin is looked for: of the case that its folder names, or of its service.

    One with the same bytes in another service is a case of that one: who sends to this must not learn of it.
    """
    if number := number_of_folder(claim.folder, parts.enrolling.pattern):
        return number.series
    return line_of(_service_of(claim, parts), parts.enrolling).series


def _service_of(claim: Claim, parts: ReceiveParts) -> str:
    """Return the service in whose folder of the inbox a file lay, however deep; empty for Yankomas."""
    top = claim.folder.partition("/")[0]
    return top if top in parts.enrolling.services else ""
