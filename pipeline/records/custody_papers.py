"""What is printed of records in custody: of a case its loan form and checklist, of a list its list and minutes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from pipeline.access.secrecy import HIDDEN
from pipeline.access.shared_names import without_names
from pipeline.archive.appending import destroyed
from pipeline.cases.case import Case
from pipeline.cases.completeness import checklist
from pipeline.cases.folder_closing import closed_with
from pipeline.errors import NotFound
from pipeline.letters.sheets import record_papers
from pipeline.letters.sheets.record_papers import FolderTold, Handing, LoanTold
from pipeline.letters.sheets.texts import CHECKLIST, HAND_OVER_MINUTES, LOAN_FORM, TRANSFER_LIST, TRANSFER_MINUTES
from pipeline.office.office import Office
from pipeline.office.wording import counted, date_in_figures, said
from pipeline.records.checks import REASON
from pipeline.records.list_steps import found_list
from pipeline.records.loans import loans
from pipeline.records.ports import RecordParts
from pipeline.records.record_list import RecordList, StepMade
from pipeline.register.row import Row

#: The papers of a case, by the word that addresses and commands use.
OF_CASE = {"formulir-peminjaman": LOAN_FORM, "kelengkapan": CHECKLIST}


def folder_told(case: Case, row: Row, lacking: str = "") -> FolderTold:
    """Return a folder as the papers tell it, naming nobody; of a secret case only its number and since when."""
    began = date_in_figures(date.fromisoformat(row.received_at[:10]))
    if row.secret:
        return FolderTold(row.register_number, "", HIDDEN, began, "", "", "", row.sifat or "")
    ended = date_in_figures(date.fromisoformat(row.closed_at[:10])) if row.closed_at else ""
    known = case.fields
    fields = {name: said(known.get(name)) for name in ("jumlah_halaman", "boks", "rak", "lokasi")}
    sheets = fields["jumlah_halaman"]
    against = f"terlapor {'; '.join(row.terlapor)}" if row.terlapor else ""
    return FolderTold(
        register_number=row.register_number,
        classification=row.klasifikasi or "",
        subject=", ".join(filter(None, (without_names(row.perihal or "", known), against))),
        span=f"{began} – {ended}".rstrip(" –") if ended else began,
        sheets=counted(int(sheets), "lembar") if sheets.isdecimal() else sheets,
        box=f"boks {fields['boks']}" if fields["boks"] else "",
        place=", ".join(filter(None, (f"rak {fields['rak']}" if fields["rak"] else "", fields["lokasi"]))),
        secrecy=row.sifat or "",
        lacking=lacking,
    )


def of_case(word: str, case: Case, parts: RecordParts) -> tuple[str, dict[str, Any]]:
    """Return the template, and what it says, of a paper of a case (:data:`OF_CASE`).

    Raises:
        NotFound: there is no such paper, or the folder was never lent.
        Refused: its content was destroyed.
    """
    if word not in OF_CASE:
        raise NotFound(f"Tidak ada lembar arsip bernama {word!r}.", f"Yang ada: {', '.join(OF_CASE)}.")
    if case.gone:
        raise destroyed(case)
    folder = folder_told(case, parts.row(case))
    if OF_CASE[word] == LOAN_FORM:
        return LOAN_FORM, _loan_form(case, folder, parts.office)
    items = [(one.title, str(one.step or ""), one.lack) for one in checklist(case, parts.sop(case)).items]
    closed = closed_with(case)
    reason, at = (str(closed.event.values.get(REASON, "")), closed.at) if closed else ("", parts.clock.now())
    made = record_papers.checklist_sheet(folder, items, reason, closed=closed is not None, at=at, office=parts.office)
    return CHECKLIST, made


def _loan_form(case: Case, folder: FolderTold, office: Office) -> dict[str, Any]:
    last = loans(case.archived)[-1:]
    if not last:
        raise NotFound(f"Map {case.number} belum pernah dipinjam.", "Catat dahulu peminjamannya.")
    (one,) = last
    told = LoanTold(
        one.borrower, one.unit, one.purpose, one.out_at, one.due, one.out_as, one.back_at, one.back_as, one.note
    )
    return record_papers.loan_form(folder, told, office)


Maker = Callable[[Handing, date, Office], dict[str, Any]]
#: The papers of lists: what each says.
OF_LISTS: Mapping[str, Maker] = {
    TRANSFER_LIST: record_papers.transfer_list,
    TRANSFER_MINUTES: record_papers.transfer_minutes,
    HAND_OVER_MINUTES: record_papers.hand_over_minutes,
}


def of_list(template: str, name: str, parts: RecordParts) -> dict[str, Any]:
    """Return what a paper of a list (:data:`OF_LISTS`) says; what nobody answered yet is left to be written by hand.

    Raises:
        NotFound: there is no such list, or none of its steps that were made has such a paper.
    """
    found, kind = found_list(name, parts)
    found.step_of_sheet(template, kind)
    folders = []
    for number in found.members:
        case = parts.cabinet.case(number)
        folders.append(folder_told(case, parts.row(case)))
    return OF_LISTS[template](_handing(found, folders), found.steps[-1].at.date(), parts.office)


def _handing(found: RecordList, folders: list[FolderTold]) -> Handing:
    told = found.answers
    day = next((told[name] for name in ("tanggal", "tanggal_tanda_terima") if told.get(name)), None)
    return Handing(
        list_id=found.id,
        folders=folders,
        number=str(told.get("berita_acara") or told.get("nomor_tanda_terima") or ""),
        day=date.fromisoformat(str(day)) if day else None,
        venue=str(told.get("tempat", "")),
        place=str(told.get("lokasi", "")),
        giver=_first(told.get("penyerah")),
        taker=_first(told.get("penerima")),
        destination=str(told.get("lembaga", "")),
        checked_by=(_checked(found.step("periksa-penyerah")), _checked(found.step("periksa-penerima"))),
    )


def _first(people: Any) -> str:
    return str(people[0]) if people else ""


def _checked(step: StepMade | None) -> str:
    return f"{date_in_figures(step.at)}, {step.holder.name or step.login}" if step else ""
