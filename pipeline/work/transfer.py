"""Transfer: a case goes to another office, which takes it under a number of its own or refuses it.

The sender keeps case and number. Its journal says what was offered, and what was answered; the receiver's first lines
say where the case came from. Between offices of a centre, what is said in a journal and what lies at the exchange
become so in one transaction, so a process that is killed leaves neither without the other; through a folder, doing it
again mends what was cut short (:mod:`pipeline.work.store.folder_exchange`).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any

from pipeline.cases.actor import Actor, holder
from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.deadlines import current_state
from pipeline.cases.decide_parts import DecideParts
from pipeline.cases.events import Decided
from pipeline.cases.journal import MACHINE
from pipeline.cases.kept_files import came_as
from pipeline.cases.ports import content
from pipeline.cases.record_standing import record_standing
from pipeline.cases.secrecy_level import RAHASIA, SECRECY, TOP_SECRET, level_now
from pipeline.cases.separation import acting_person
from pipeline.cases.splitting import own_pages, source_of
from pipeline.cases.transferred import BACK, CAME, OFFERED, REFUSED, SHOWN, TAKEN, Transferred
from pipeline.cases.transfers import REFUSERS, SENDERS, TAKERS, leaving, offered, require_role, under_way
from pipeline.errors import Incomplete, NotAllowed, YankomasError
from pipeline.intake.filing import attach
from pipeline.intake.scan_parts import Papers, some
from pipeline.office.wording import said
from pipeline.reading.ports import Reader
from pipeline.register.enrol import EnrolParts, enrol
from pipeline.register.ports import Claim
from pipeline.work.arriving import OURS, arrived, newcomer, require_joinable
from pipeline.work.ports import Exchange, Parcel

_log = logging.getLogger(__name__)
#: The directorate, to which cases are shown and do not go.
DIRECTORATE = "direktorat"
#: How an attachment came that another office handed over.
HOW = "kantor"
#: What files are called that have pages of their own.
_SCANS = frozenset((".pdf", ".jpg", ".png", ".tif"))


@dataclass(frozen=True, slots=True)
class TransferParts:
    """What handing over needs: the exchange, what deciding and enrolling need, who takes pages out of scans."""

    exchange: Exchange
    deciding: DecideParts
    enrolling: EnrolParts
    reader: Callable[[], Reader]


def offer(number: CaseNumber, receiver: str, reason: str, *, by: Actor, parts: TransferParts) -> Case:
    """Offer a case to another office, or show it to the directorate; return it.

    Raises:
        NotAllowed: the role may not; nobody holds it today; the case has ended, is offered already or is of another
            service, its folder is held or lent, or its content was destroyed.
        Incomplete: no reason is given.
        NotFound: there is no such case, or no such office.
    """
    require_role(by.role, SENDERS, "menyerahkan perkara ke kantor lain", parts.deciding.office.roles)
    if not reason.strip():
        raise Incomplete("Alasannya belum diisi.", "Tulis mengapa perkara itu diserahkan; kantor penerima membacanya.")
    deciding = parts.deciding
    with deciding.cabinet.held(number) as folder:
        case, at = folder.case, deciding.clock.now()
        if number.series:
            raise NotAllowed(
                f"{number} milik layanan lain; hanya perkara pengaduan diserahkan ke kantor lain.",
                "Teruskan suratnya menurut SOP layanannya.",
            )
        if case.gone:
            raise NotAllowed(
                f"Isi perkara {number} sudah dimusnahkan ({case.destroyed_by}); tidak ada surat yang dapat diserahkan.",
                "Jawab kantor itu dengan surat; yang tersisa ada di halaman perkaranya.",
            )
        if receiver != DIRECTORATE:
            _require_offerable(case, parts)
        held, papers = holder(by, at, deciding.office), _papers(case, parts)
        if not papers:
            raise NotAllowed(
                f"Semua halaman perkara {number} sudah menjadi perkara lain; tidak ada surat yang dapat diserahkan.",
                "Serahkan perkara tempat halamannya kini.",
            )
        told = _told(case, held, reason.strip(), papers, parts)
        parcel = parts.exchange.send(receiver, number, told, [content(one.claim.blob) for one in papers])
        what = SHOWN if receiver == DIRECTORATE else OFFERED
        event = Transferred(what, receiver, parcel, reason=reason.strip(), holder=held, login=by.login)
        return folder.append(event, {}, by=by.role, at=at)


def withdraw(parcel: str, *, by: Actor, parts: TransferParts) -> Parcel:
    """Take back what was offered or shown, as long as nobody answered it; return the parcel.

    Raises:
        NotAllowed: the role may not, or nobody holds it today.
        NotFound: this office sent none of that name, or it was answered.
    """
    require_role(by.role, SENDERS, "menarik kembali perkara yang ditawarkan", parts.deciding.office.roles)
    deciding = parts.deciding
    at = deciding.clock.now()
    held = holder(by, at, deciding.office)
    with parts.exchange.withdrawn(parcel) as sent, deciding.cabinet.held(sent.number) as folder:
        event = Transferred(BACK, sent.receiver, sent.id, holder=held, login=by.login)
        folder.append(event, {}, by=by.role, at=at)
    return sent


def accept(parcel: str, *, by: Actor, parts: TransferParts) -> Case:
    """Take a case that another office offers: it gets the next number here; return it.

    A complaint that this office has already is that case.

    Raises:
        NotAllowed: the role may not, or nobody holds it today; or the case that has the complaint already cannot take
            it in as it stands.
        NotFound: it waits no longer.
        Passing: the disk is full or the clock runs behind.
    """
    require_role(by.role, TAKERS, "menerima perkara dari kantor lain", parts.deciding.office.roles)
    deciding, enrolling = parts.deciding, parts.enrolling
    with parts.exchange.held(parcel) as waiting:
        told, sender = waiting.parcel.told, waiting.parcel.sender
        held = holder(by, deciding.clock.now(), deciding.office)
        first, *others = arrived(waiting, enrolling, parts.reader)
        came = replace(newcomer(first, told, enrolling), person=acting_person(by))
        enrolled = enrol(came, enrolling, by.role)
        number = enrolled.number
        if enrolled.again:
            with deciding.cabinet.held(number) as twin:  # its row is held until the transaction ends
                require_joinable(twin.case, told, deciding)
        for papers in others:
            attach(papers, number, HOW, deciding)
        with deciding.cabinet.held(number) as folder:
            there, reason = str(told["nomor_register"]), str(told["alasan"])
            event = Transferred(CAME, sender, parcel, there, reason, held, by.login)
            case = folder.append(event, {}, by=by.role, at=deciding.clock.now())
        waiting.take(case.received.register_number)
    return case


def refuse(parcel: str, reason: str, *, by: Actor, parts: TransferParts) -> Parcel:
    """Refuse a case that another office offers; return the parcel.

    Raises:
        NotAllowed: the role may not, or nobody holds it today.
        Incomplete: no reason is given.
        NotFound: it waits no longer.
    """
    require_role(by.role, REFUSERS, "menolak perkara dari kantor lain", parts.deciding.office.roles)
    if not reason.strip():
        raise Incomplete("Alasannya belum diisi.", "Tulis mengapa perkara itu ditolak; kantor pengirim membacanya.")
    holder(by, parts.deciding.clock.now(), parts.deciding.office)
    with parts.exchange.held(parcel) as waiting:
        waiting.refuse(reason.strip())
        return waiting.parcel


def note_answers(parts: TransferParts) -> int:
    """Write into the journals what was answered; return how many that were. Each is written once, however often.

    A case that cannot be written to at present keeps no other from its answer.

    Raises:
        YankomasError: what kept the first of those, once all others are written.
    """
    noted, first = 0, None
    for parcel in parts.exchange.answers():
        try:
            _note(parcel, parts)
            noted += 1
        except YankomasError as fault:
            _log.warning("Jawaban atas kiriman %s (perkara %s) belum tercatat: %s", parcel.id, parcel.number, fault)
            first = first or fault
    if first:
        raise first
    return noted


def _note(parcel: Parcel, parts: TransferParts) -> None:
    with parts.deciding.cabinet.held(parcel.number) as folder:
        case = folder.case
        if made := offered(case, parcel.id):
            event, by = _answered(parcel, case, *made, parts)
            folder.append(event, {}, by=by, at=parts.deciding.clock.now())
        parts.exchange.noted(parcel.id)


def _answered(
    parcel: Parcel, case: Case, made: Transferred, role: str, parts: TransferParts
) -> tuple[Decided | Transferred, str]:
    """Return the line that tells an answer, and by whom it is: of a case that left, by who offered it."""
    sop = parts.deciding.sop(case)
    if parcel.taken and made.what == OFFERED and not current_state(case, sop).final:
        return leaving(made, case, sop, parcel.number_there), role
    what = TAKEN if parcel.taken else REFUSED
    return Transferred(what, parcel.receiver, parcel.id, parcel.number_there, parcel.reason), MACHINE


def _require_offerable(case: Case, parts: TransferParts) -> None:
    state = current_state(case, parts.deciding.sop(case))
    if state.final:
        raise NotAllowed(f"Perkara {case.number} sudah berakhir ({state.label}).", "Buka kembali perkara itu dahulu.")
    today = parts.deciding.clock.now().date()
    if marks := record_standing(case, ended=False, today=today).marks:
        raise NotAllowed(
            f"Map perkara {case.number} {' dan '.join(marks)}; perkara itu tidak dapat diserahkan ke kantor lain.",
            "Catat dahulu bahwa map itu kembali, atau lepaskan penahanannya (Penyusutan arsip).",
        )
    if waiting := under_way(case):
        raise NotAllowed(
            f"Perkara {case.number} sudah ditawarkan kepada kantor {waiting.office}.",
            f"Tunggu jawaban kantor itu, atau tarik kiriman {waiting.parcel} kembali.",
        )


def _papers(case: Case, parts: TransferParts) -> list[Papers]:
    """Return the complaint and its attachments as they came, without pages that became another case."""
    papers = []
    for name in (case.original.name, *(a.documents[0].name for a in case.attachments)):
        document, own = next(d for d in case.documents if d.name == name), own_pages(case, name)
        source, blob = source_of(case, name), parts.deciding.cabinet.blob(case.number, document)
        extension = PurePath(name).suffix.removeprefix(".")
        of = Papers(Claim(f"pindah-{case.number.key}-{name}", blob), source.media, extension, source.pages)
        came = came_as(case, document)
        if came != document and PurePath(came.name).suffix not in _SCANS and len(own) == source.pages:
            # The file itself, of which the receiver makes its own pages; of a stack that was put in order, those go.
            file = parts.deciding.cabinet.blob(case.number, came)
            papers.append(replace(of, claim=replace(of.claim, blob=file), extension=PurePath(came.name).suffix[1:]))
        elif own:
            papers.append(some(of, own, parts.reader(), parts.enrolling.blob))
        elif not source.pages:
            papers.append(of)
    return papers


def _told(
    case: Case, held: Mapping[str, str], reason: str, papers: list[Papers], parts: TransferParts
) -> dict[str, Any]:
    """Return what the receiver is told: no more than what is needed to decide, and to take the case in."""
    level = level_now(case, parts.deciding.cabinet.case)
    if level == TOP_SECRET:
        raise NotAllowed(
            f"Perkara {case.number} bersifat sangat rahasia; tidak disampaikan ke kantor lain.",
            "Kakanwil menurunkan sifatnya dahulu, dengan alasan, bila memang harus diserahkan.",
        )
    secret = bool(level)
    register = {name: value for name, value in case.register.items() if name not in OURS}
    return {
        "kantor": parts.deciding.office.on(parts.deciding.clock.now().date()).letterhead.office,
        "nomor_register": case.received.register_number,
        "diterima": case.received_at.isoformat(),
        "saluran": case.received.channel,
        "perihal": "" if secret else said(case.fields.get("perihal")),
        "rahasia": secret,
        "alasan": reason,
        "oleh": dict(held),
        "register": register | ({SECRECY: RAHASIA} if secret else {}),
        "berkas": [
            {"nama": p.claim.blob.name, "media": p.media, "akhiran": p.extension, "halaman": p.pages} for p in papers
        ],
    }
