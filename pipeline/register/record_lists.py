"""What archivists keep of folders: the lists of active and inactive records, and labels for the shelf.

The columns are those of public specimens of *daftar arsip aktif* and *daftar arsip inaktif*. A folder is active until
its case has ended; one whose content was destroyed, or that was handed over, is on no list and has no label. The
description names no complainant: lists hang on walls and travel.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.access.secrecy import HIDDEN, unnamed
from pipeline.archive.contents import FolderPaper
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.record_standing import GONE
from pipeline.cases.secrecy_level import RAHASIA
from pipeline.drawing.ink import GREY, shrunk, within
from pipeline.drawing.picture import Area, Item, Picture, rectangle
from pipeline.errors import NotFound, YankomasError
from pipeline.office.office import Office
from pipeline.office.wording import counted, date_in_figures
from pipeline.register.ports import DrawnSheets, Extent, Listed, Listing, Workbook, WorkbookSheet
from pipeline.register.row import Row

_HEADS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
#: Labels lie ten on a sheet of A4, to be cut along the lines; in points.
_WIDTH, _HEIGHT = 595.0, 842.0
_ACROSS, _DOWN = 2, 5
_LEFT, _TOP, _WIDE, _HIGH = 28.0, 33.0, 269.0, 155.0
_INSET = 14.0
ListLine = tuple[str | date, ...]
#: Says whether a row's case may be read by whoever gets the list.
IsOpen = Callable[[Row], bool]


def _is_told(row: Row) -> bool:
    """Say whether lists tell of a case: of one that is *sangat rahasia* they tell nobody."""
    return not row.top_secret


@dataclass(frozen=True, slots=True)
class Label:
    """A label for the back of a folder: code of classification, then index, then its number.

    ``note`` says that the folder is out, and until when (the out-indicator), and as what it was closed.
    """

    classification: str
    index: str
    number: str
    place: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class RecordLists:
    """Makes the lists and labels as files. ``papers_of`` gives a case's papers, or raises what is wrong with it."""

    listing: Listing
    papers_of: Callable[[CaseNumber], Sequence[FolderPaper]]
    office: Office
    workbook: Workbook
    drawn: DrawnSheets

    def active_xlsx(self, year: int | None = None, opened: IsOpen = _is_told) -> bytes:
        """Return the list of active records (*Daftar arsip aktif*) as a spreadsheet, paper by paper."""
        lines: list[ListLine] = []
        for case in self._cases(year):
            if not opened(case.row):  # whether it has ended is not theirs to know
                lines.append(active_closed(case))
            elif not case.row.final:
                lines += active(case, self._papers(case))
        return self._workbook("Daftar arsip aktif", _HEADS["active"], lines)

    def inactive_xlsx(self, year: int | None = None, opened: IsOpen = _is_told) -> bytes:
        """Return the list of inactive records (*Daftar arsip inaktif*) as a spreadsheet, folder by folder."""
        ended = (case for case in self._cases(year) if opened(case.row) and case.row.final)
        lines = [inactive(case, self.office) for case in ended]
        return self._workbook("Daftar arsip inaktif", _HEADS["inactive"], lines)

    def labels_pdf(self, year: int | None = None, opened: IsOpen = _is_told) -> bytes:
        """Return labels for folders (*label berkas*) as PDF, ten on a sheet.

        Raises:
            NotFound: there is no folder.
            EngineMissing: the font is not installed.
        """
        labels = [label(case, closed=not opened(case.row)) for case in self._cases(year)]
        if not labels:
            raise NotFound("Belum ada map untuk diberi label.", "Pilih tahun lain.")
        return self.drawn(label_sheets(labels), "Label berkas")

    def _cases(self, year: int | None) -> Iterator[Listed]:
        return (case for case in self.listing.every(Extent(year, series=None)) if case.row.archived not in GONE)

    def _papers(self, case: Listed) -> Sequence[FolderPaper]:
        try:
            return self.papers_of(case.number)
        except YankomasError:  # `verify` names what is wrong with it; the list goes on
            return ()

    def _workbook(self, title: str, head: Sequence[str], lines: Sequence[ListLine]) -> bytes:
        return self.workbook(title, [WorkbookSheet("Daftar", title, tuple(head), lines)])


def active(case: Listed, papers: Sequence[FolderPaper]) -> Iterator[ListLine]:
    """Yield a folder's lines of the list of active records: one for each paper, the folder named on the first."""
    head = (
        case.row.register_number,
        case.entry.get("klasifikasi", ""),
        _described(case),
        _span(case),
        counted(len(papers), "naskah"),
    )
    for n, paper in enumerate(papers, start=1):
        grown = "Konsep" if "belum" in paper.title else "Asli"
        first, note = (head, _secrecy(case)) if n == 1 else (("",) * len(head), "")
        yield (*first, str(n), paper.title, paper.day, grown, note)


def active_closed(case: Listed) -> ListLine:
    """Return the line of a *rahasia* case for whoever may not read it: that its folder exists, and since when."""
    began = _day(case)
    mark = (case.row.sifat or RAHASIA).capitalize()
    return (case.row.register_number, "", HIDDEN, date_in_figures(began), "", "", "", "", "", mark)


def inactive(case: Listed, office: Office) -> ListLine:
    """Return a folder's line of the list of inactive records."""
    return (
        office.name,
        office.service,
        case.row.register_number,
        case.entry.get("klasifikasi", ""),
        _described(case),
        _span(case),
        counted(1, "berkas"),
        "Asli",
        _secrecy(case),
        _labelled(case, "boks"),
        ", ".join(text for text in (_labelled(case, "rak"), case.entry.get("lokasi", "")) if text),
    )


def label(case: Listed, *, closed: bool) -> Label:
    """Return the folder's label; of a ``closed`` case all but its number is left free, to be filled in by hand."""
    if closed:
        return Label("", "", str(case.row.register_number), "")
    place = ", ".join(text for name in ("boks", "rak", "lokasi") if (text := _labelled(case, name)))
    index = case.entry.get("indeks", "")
    return Label(case.entry.get("klasifikasi", ""), index, str(case.row.register_number), place, _label_note(case.row))


def _label_note(row: Row) -> str:
    out = f"KELUAR, dipinjam sampai {date_in_figures(date.fromisoformat(row.lent_until))}" if row.lent_until else ""
    return " · ".join(filter(None, (out, f"map {row.folder}" if row.folder else "")))


def label_sheets(labels: Sequence[Label]) -> Iterator[Picture]:
    """Yield sheets of labels."""
    many = _ACROSS * _DOWN
    for start in range(0, len(labels), many):
        items: list[Item] = []
        for n, label in enumerate(labels[start : start + many]):
            items += _drawn(label, _LEFT + n % _ACROSS * _WIDE, _TOP + n // _ACROSS * _HIGH)
        yield Picture(_WIDTH, _HEIGHT, (_WIDTH, _HEIGHT), "Label berkas", "Label berkas", tuple(items))


def _drawn(label: Label, left: float, top: float) -> Iterator[Item]:
    right = left + _WIDE
    yield Area(rectangle(left, top, right, top + _HIGH), stroke=GREY, width=0.5, dashed=True)
    inner, end = left + _INSET, right - _INSET
    yield within(inner, end, top + 19, "Kode klasifikasi", 7.5, colour=GREY)
    yield shrunk(inner, end, top + 41, label.classification or "........................", 20, bold=True)
    yield within(inner, end, top + 63, "Indeks", 7.5, colour=GREY)
    yield shrunk(inner, end, top + 79, label.index or "........................................", 13)
    yield within(inner, end, top + 101, "Nomor berkas", 7.5, colour=GREY)
    yield shrunk(inner, end, top + 116, label.number, 12, bold=True)
    yield shrunk(inner, end, top + 131, label.place, 9)
    if label.note:
        yield shrunk(inner, end, top + 144, label.note, 8, bold=True)


def _described(case: Listed) -> str:
    """Return what a folder is about, naming nobody but whom it is against: these lists go through many hands."""
    subject, against = unnamed(case.entry.get("perihal"), case.row) or "", case.entry.get("terlapor", "")
    return ", ".join(text for text in (subject, f"terlapor {against}" if against else "") if text)


def _span(case: Listed) -> str:
    """Return from which day to which the folder grew."""
    return f"{date_in_figures(_day(case))} – {case.entry.get('tanggal_selesai', '')}".rstrip()


def _day(case: Listed) -> date:
    return date.fromisoformat(str(case.row.received_at)[:10])


def _secrecy(case: Listed) -> str:
    return case.entry.get("sifat", "").capitalize()


def _labelled(case: Listed, name: str) -> str:
    return f"{name} {text}" if (text := case.entry.get(name, "")) else ""
