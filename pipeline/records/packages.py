"""What goes to another archive: a bag for each folder of a list, described by ISAD(G), and the list itself as CSV."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipeline.access.secrecy import require_exportable
from pipeline.access.shared_names import without_names
from pipeline.archive import bagit
from pipeline.archive.contents import contents
from pipeline.archive.ports import Export
from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.completeness import checklist
from pipeline.cases.sop import YANKOMAS
from pipeline.errors import NotAllowed
from pipeline.office.wording import said
from pipeline.records.custody_papers import folder_told
from pipeline.records.description import Described, bag_info, tag_files
from pipeline.records.ports import RecordParts
from pipeline.records.record_list import RecordList
from pipeline.register.register_files import as_csv
from pipeline.register.row import Row

#: The kind of list whose folders leave for another archive, and its first step after which they may.
HAND_OVER, APPROVED = "serah", "setuju"
_LIST = "daftar.csv"


def package(found: RecordList, parts: RecordParts, export: Export) -> Iterator[bytes]:
    """Return one ZIP of everything that a list of folders to be handed over consists of.

    Raises:
        NotAllowed: the list is no such list, was given up, or nobody has approved of it yet; or one of its cases is
            *sangat rahasia*, of which no copy leaves.
        ArchiveFault: a folder is not whole; before a byte was given.
    """
    if found.kind != HAND_OVER or found.given_up or found.step(APPROVED) is None:
        raise NotAllowed(
            f"{found.id} bukan daftar penyerahan yang sudah disetujui.", "Setujui dahulu daftar penyerahannya."
        )
    cases = {number: parts.cabinet.case(number) for number in found.members}
    rows = {number: parts.row(case) for number, case in cases.items()}
    for row in rows.values():
        require_exportable(row)
    described = {number: _described(case, rows[number], found, parts) for number, case in cases.items()}
    bags = {number: bagit.Description(tag_files(of), bag_info(of)) for number, of in described.items()}
    return export.bags(bags, {f"{found.id}-{_LIST}": _listed(described)})


def _described(case: Case, row: Row, found: RecordList, parts: RecordParts) -> Described:
    sop, first, fields = parts.sop(case), found.steps[0], case.fields
    told, ours = folder_told(case, row), sop.service == YANKOMAS
    return Described(
        reference=str(case.number),
        register_number=case.received.register_number,
        creator=parts.office.on(first.at.date()).name,
        service=parts.office.service if ours else sop.title,
        kind="pengaduan" if ours else sop.title,
        book="Buku Register Aduan" if ours else f"Buku register {sop.title}",
        began=case.received_at.date(),
        ended=case.entries[-1].at.date(),
        subject=without_names(row.perihal or "", fields),
        respondent="; ".join(row.terlapor),
        classification=told.classification or said(fields.get("klasifikasi")),
        secrecy=row.sifat or "",
        documents=len(case.documents),
        size=sum(document.bytes for document in case.documents),
        sheets=said(fields.get("jumlah_halaman")),
        papers=tuple(paper.title for paper in contents(case, sop)),
        outcome=row.state,
        place=", ".join(filter(None, (told.box, told.place))),
        lacking=checklist(case, sop).told,
        sop=f"SOP {sop.number}",
        list_id=found.id,
        described_by=first.holder.name or first.login,
        described_on=first.at.date(),
    )


def _listed(described: Mapping[CaseNumber, Described]) -> bytes:
    """Return the list as CSV: a line for each folder."""
    lines = [
        (
            *(number.key, of.register_number, of.classification, of.subject),
            *(of.began, of.ended, of.documents, of.size, of.secrecy, of.lacking),
        )
        for number, of in described.items()
    ]
    head = ("map", "nomor_register", "klasifikasi", "perihal", "mulai", "selesai", "dokumen", "byte", "sifat", "kurang")
    return as_csv(lines, head).encode()
