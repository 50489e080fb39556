"""The fold over a case's journal: what its lines make of it. Nothing of a case is stored anywhere else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pipeline.cases.archived import Archived, ArchivedLine, removed_in
from pipeline.cases.case import AboutLetters, Case, Made
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.document import came_beside
from pipeline.cases.event_lines import documents_in, from_data
from pipeline.cases.events import (
    FILE,
    PAGES,
    SPLIT_FROM,
    Attached,
    AttachmentRead,
    Confirmed,
    Decided,
    Disputed,
    Document,
    Drafted,
    Failed,
    Linked,
    PartReturned,
    Printed,
    Received,
    Recognised,
    Retried,
    Returned,
    Validated,
    Withdrawn,
)
from pipeline.cases.journal import MACHINE, Entry
from pipeline.cases.redacted import Redacted
from pipeline.cases.signed_files import Part, SignedFile, contested
from pipeline.errors import ArchiveFault


def fold(entries: tuple[Entry, ...]) -> Case:
    """Return the case that these lines make.

    Raises:
        ArchiveFault: the first line does not register a complaint, or a line is not of the shape of its kind.
    """
    first = from_data(entries[0].kind, entries[0].data) if entries else None
    if not isinstance(first, Received) or not first.documents:
        raise ArchiveFault(
            "Jurnal tidak dimulai dengan penerimaan surat.",
            "Jalankan `yankomas verify` dan pulihkan map ini dari cadangan.",
        )
    # A case whose complaint was pages of another's, or its letter in another service, says so in its own first line.
    other = first.source.get("case")
    how = str(first.source.get("how", SPLIT_FROM))
    links = (Linked(str(other), how, source=first.source),) if other else ()
    case = Case(CaseNumber(first.year, first.serial, first.series), first, entries[0].at, (), links=links)
    return grown(case, entries)


def grown(case: Case, entries: tuple[Entry, ...]) -> Case:
    """Return what becomes of a case by these further lines of its journal.

    Raises:
        ArchiveFault: a line is not of the shape of its kind.
    """
    case = replace(case, entries=(*case.entries, *entries))
    documents, about_letters = list(case.documents), list(case.about_letters)
    for entry in entries:
        case = _after(case, entry, documents, about_letters)
    return replace(case, documents=tuple(documents), about_letters=tuple(about_letters))


def _after(case: Case, entry: Entry, documents: list[Document], about_letters: list[AboutLetters]) -> Case:
    event = from_data(entry.kind, entry.data)
    if event is None:
        documents.extend(documents_in(entry.data))
        return case
    documents.extend(event.documents)
    if isinstance(event, Drafted | Decided | Returned):
        about_letters.append(AboutLetters(entry.seq, entry.at, entry.by, event))
    match event:
        case Attached():
            return replace(case, attachments=(*case.attachments, event))
        case AttachmentRead():
            return replace(case, attachments_read={**case.attachments_read, event.source: event})
        case Recognised():
            return replace(case, reading=event, read_seq=case.read_seq or entry.seq)
        case Drafted():
            return replace(case, drafts={**case.drafts, event.template: event})
        case Printed():
            return replace(case, prints={**case.prints, event.template: event})
        case Decided():
            # Of a scan that spoke for itself, nobody made the move; it counts in the lane of who signs.
            role = str(event.proof.get("signer") or entry.by) if entry.by == MACHINE else entry.by
            made = (*case.made, Made(entry.seq, entry.at, role, event))
            if event.values.get(PAGES) and "released" in entry.data:  # older versions parted the scan alone
                case = _parted(case, str(event.values.get(FILE) or case.original.name), documents)
            return replace(case, made=made, signatures=(*case.signatures, *_signed_by(event, entry, case)))
        case Returned():
            return replace(case, signatures=(*case.signatures, _signed_file(event, entry, event.documents)))
        case Validated():
            return replace(case, validated={**case.validated, event.source: event})
        case PartReturned():
            part = Part(event.template, event.version, event.pages, event.documents[0].name, entry.seq)
            return replace(case, parts=(*case.parts, part))
        case Disputed() | Confirmed() | Withdrawn():
            return replace(case, signatures=contested(case.signatures, event, entry.at, entry.by))
        case Linked():
            return replace(case, links=(*case.links, event))
        case Redacted():
            return replace(case, redacted=(*case.redacted, event))
        case Archived():
            case = replace(case, archived=(*case.archived, ArchivedLine(entry.seq, entry.at, entry.by, event)))
            return _stub(case, frozenset(event.removed), documents, about_letters) if event.removed else case
        case Failed():
            return replace(case, given_up={**case.given_up, event.duty: event.reason})
        case Retried():
            return replace(case, given_up={k: v for k, v in case.given_up.items() if k != event.duty})
        case _:
            return case


def _stub(case: Case, removed: frozenset[str], documents: list[Document], about_letters: list[AboutLetters]) -> Case:
    """Return what is left of a case whose content was destroyed: its lines, the names and hashes of what was there."""
    gone = tuple(d for d in documents if d.name in removed)
    documents[:] = [d for d in documents if d.name not in removed]
    about_letters.clear()
    return replace(
        case,
        gone=(*case.gone, *gone),
        reading=None,
        drafts={},
        prints={},
        given_up={},
        signatures=(),
        parts=(),
        attachments=(),
        attachments_read={},
        validated={},
        shared=frozenset(),
    )


def _parted(case: Case, source: str, documents: list[Document]) -> Case:
    """Return the case once pages of a scan are to become another: what was made of all its pages counts no more.

    What is read of the pages that stayed takes its place. A file that is no scan holds all of its pages, too.
    """
    came = came_beside(source, documents)
    whole = {source, came.name} if came else {source}
    if source != case.original.name:
        read = case.attachments_read.get(source)
        made = {*whole, *(d.name for d in read.documents)} if read else whole
        others = {name: reading for name, reading in case.attachments_read.items() if name != source}
        return replace(case, attachments_read=others, shared=case.shared | made)
    made = {d.name for d in documents if d.kind in case.drafts}
    made |= {*whole, *(d.name for d in case.reading.documents)} if case.reading else whole
    return replace(case, reading=None, shared=case.shared | made)


def _signed_by(event: Decided, entry: Entry, case: Case) -> tuple[SignedFile, ...]:
    """Return the signed letter that came with a move, if one did."""
    files = tuple(d for d in event.documents if d.kind in case.drafts)
    return (_signed_file(event, entry, files),) if files else ()


def _signed_file(event: Decided | Returned, entry: Entry, files: tuple[Document, ...]) -> SignedFile:
    return SignedFile(
        seq=entry.seq,
        at=entry.at,
        role=entry.by,
        template=files[0].kind,
        version=event.version if isinstance(event, Returned) else files[0].version,
        documents=tuple(d.name for d in files),
        delivered_by=event.delivered_by,
        proof=event.proof,
    )


def documents_of(entries: Iterable[Entry]) -> tuple[Document, ...]:
    """Return every document that these lines commit, oldest first, also those of kinds that are not known here.

    Those whose content was destroyed by a later line are none of them (:func:`destroyed_in`).

    Raises:
        ArchiveFault: a line names documents in another way than they are written.
    """
    entries = tuple(entries)
    gone = destroyed_in(entries)
    return tuple(d for e in entries for d in documents_in(e.data) if d.name not in gone)


def destroyed_in(entries: Iterable[Entry]) -> frozenset[str]:
    """Return the names of the documents whose content went for good by one of these lines."""
    return frozenset(name for e in entries if e.kind == Archived.kind for name in removed_in(e.data))
