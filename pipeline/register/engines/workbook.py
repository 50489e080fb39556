"""Writes tables as a spreadsheet (XLSX). What is a text stays a text: no cell becomes a formula or a link."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pipeline.register.ports import WorkbookSheet

#: A fixed moment in the file's properties, so that the same tables give the same bytes.
_MADE = datetime(2024, 5, 6)
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_WIDEST, _NARROWEST = 60, 9
_DAY, _MOMENT = "dd-mm-yyyy", "dd-mm-yyyy hh:mm"
_AUTHOR = "Kanwil"


def workbook(title: str, leaves: Sequence[WorkbookSheet]) -> bytes:
    """Return the file; each sheet has a head that stays in sight, filters, and prints one page wide on A4."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, _OPTIONS)
    book.set_properties({"title": title, "author": _AUTHOR, "created": _MADE})
    head = book.add_format({"bold": True, "bg_color": "#DFE5EC", "border": 1, "text_wrap": True, "valign": "vcenter"})
    plain = {"border": 1, "text_wrap": True, "valign": "top"}
    body = _Body(book.add_format(plain), *(book.add_format({**plain, "num_format": form}) for form in (_DAY, _MOMENT)))
    bold = book.add_format({"bold": True, "font_size": 13})
    for leaf in leaves:
        sheet = book.add_worksheet(leaf.name)
        sheet.write_string(0, 0, leaf.title, bold)
        _write(sheet, leaf, head, body)
        _set_up(sheet, leaf)
    book.close()
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class _Body:
    """How cells look: texts and numbers, days, moments."""

    plain: Format
    day: Format
    moment: Format


def _write(sheet: Worksheet, leaf: WorkbookSheet, head: Format, body: _Body) -> None:
    for column, text in enumerate(leaf.header):
        sheet.write_string(2, column, text, head)
    for position, row in enumerate(leaf.rows, start=3):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(position, column, cell, body.plain)
            elif cell is None:
                sheet.write_blank(position, column, None, body.plain)
            elif isinstance(cell, date):
                look = body.moment if isinstance(cell, datetime) else body.day
                sheet.write_datetime(position, column, cell, look)
            else:
                sheet.write_number(position, column, cell, body.plain)


def _set_up(sheet: Worksheet, leaf: WorkbookSheet) -> None:
    for column, title in enumerate(leaf.header):
        texts = [title, *(str(row[column]) for row in leaf.rows if row[column] is not None)]
        sheet.set_column(column, column, min(max(len(max(texts, key=len)) + 2, _NARROWEST), _WIDEST))
    sheet.freeze_panes(3, 1)
    if leaf.rows:
        sheet.autofilter(2, 0, 2 + len(leaf.rows), len(leaf.header) - 1)
    sheet.set_paper(9)  # A4
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
    sheet.set_footer("&L&F&RHalaman &P dari &N")
