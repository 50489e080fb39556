"""Lists of records and labels as files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pipeline.archive.contents import contents
from pipeline.cases.case_number import CaseNumber
from pipeline.errors import NotFound, YankomasError
from pipeline.register.folder_labels import label_sheets
from pipeline.register.record_lists import ACTIVE_HEAD, INACTIVE_HEAD, Folder, active, inactive, label
from pipeline.search.store.listing import Extent, every
from pipeline.wiring import Root

#: Says whether a row's case may be read by whoever gets the list.
Open = Callable[[Mapping[str, Any]], bool]


def active_xlsx(root: Root, year: int | None = None, opened: Open = lambda _row: True) -> bytes:
    """Return the list of active records (*Daftar arsip aktif*) as a spreadsheet, paper by paper."""
    lines = [line for folder in _folders(root, year, opened, ended=False, papers=True) for line in active(folder)]
    return _workbook("Daftar arsip aktif", ACTIVE_HEAD, lines)


def inactive_xlsx(root: Root, year: int | None = None, opened: Open = lambda _row: True) -> bytes:
    """Return the list of inactive records (*Daftar arsip inaktif*) as a spreadsheet, folder by folder."""
    office, unit = root.settings.office.name, root.settings.office.service
    lines = [inactive(folder, office, unit) for folder in _folders(root, year, opened, ended=True)]
    return _workbook("Daftar arsip inaktif", INACTIVE_HEAD, lines)


def labels_pdf(root: Root, year: int | None = None, opened: Open = lambda _row: True) -> bytes:
    """Return labels for folders (*label berkas*) as PDF, ten on a sheet.

    Raises:
        NotFound: there is no folder.
        EngineMissing: the font is not installed.
    """
    from pipeline.drawing.engines.pdf import pdf
    from pipeline.scans.pdf.joining import joined

    labels = [label(folder) for folder in _folders(root, year, opened)]
    if not labels:
        raise NotFound("Belum ada map untuk diberi label.", "Pilih tahun lain.")
    return joined([pdf(sheet) for sheet in label_sheets(labels)], "Label berkas")


def _folders(
    root: Root, year: int | None, opened: Open, *, ended: bool | None = None, papers: bool = False
) -> Iterator[Folder]:
    for case in every(root.layout.search_index, Extent(year)):
        if ended is None or bool(case.row["final"]) is ended:
            listed = _papers(root, case.number) if papers else ()
            yield Folder(case.row, case.entry, listed, closed=not opened(case.row))


def _papers(root: Root, number: CaseNumber) -> Any:
    try:
        case = root.cabinet.case(number)
        return contents(case, root.sop_of(case))
    except YankomasError:  # `verify` names what is wrong with it; the list goes on
        return ()


def _workbook(title: str, head: tuple[str, ...], lines: list[Any]) -> bytes:
    from pipeline.register.engines.workbook import workbook
    from pipeline.register.ports import Leaf

    return workbook(title, [Leaf("Daftar", title, head, lines)])
