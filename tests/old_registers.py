"""Old registers for tests: invented people, and every disease that such books are known to have."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import xlsxwriter

from pipeline.moving_in.engines import csv_reading, xlsx_reading
from pipeline.moving_in.old_book import BookRow, BookSheet, Cell, Kind, OldBook

HEADINGS = ("No. Register", "Tgl Terima", "Nama Pelapor", "Terlapor", "Perihal", "Status", "Keterangan")


def row(number: object, day: object = "03-02-2019", who: str = "Siti Rekaan", state: str = "Selesai") -> list[Any]:
    """A row below :data:`HEADINGS`."""
    return [number, day, who, "Dinas Contoh", "Sengketa lahan", state, "lemari 2"]


def book(*sheets: tuple[str, Sequence[Sequence[object]]]) -> OldBook:
    """A book as it was read; every cell is a text or a :class:`Cell`."""

    def cell(value: object) -> Cell:
        return value if isinstance(value, Cell) else Cell("" if value is None else str(value))

    made = [
        BookSheet(name, [BookRow(n, tuple(map(cell, cells))) for n, cells in enumerate(rows, start=1) if any(cells)])
        for name, rows in sheets
    ]
    return OldBook("buku.xlsx", "a" * 64, tuple(made))


def of_2019(*rows: Sequence[object]) -> OldBook:
    """A book with one sheet, its headings first."""
    return book(("2019", [HEADINGS, *rows]))


def workbook(*sheets: tuple[str, Sequence[Sequence[Any]]], merged: Sequence[tuple[int, int, int, int]] = ()) -> bytes:
    """An .xlsx as Excel writes it; days become days of the spreadsheet, a text with ``=`` a formula."""
    target = io.BytesIO()
    file = xlsxwriter.Workbook(target, {"in_memory": True})
    day = file.add_format({"num_format": "dd/mm/yyyy"})
    for name, rows in sheets:
        sheet = file.add_worksheet(name)
        for n, cells in enumerate(rows):
            for column, value in enumerate(cells):
                if isinstance(value, date):
                    sheet.write_datetime(n, column, datetime.combine(value, datetime.min.time()), day)
                elif isinstance(value, str) and value.startswith("="):
                    sheet.write_formula(n, column, value, None, "")
                elif value is not None:
                    sheet.write(n, column, value)
        for top, left, bottom, right in merged:
            sheet.merge_range(top, left, bottom, right, rows[top][left])
    file.close()
    return target.getvalue()


def as_read(data: bytes, name: str = "buku.xlsx") -> OldBook:
    """A file as the child reads it, in this process."""
    told = list(xlsx_reading.sheets(data)) if data.startswith(b"PK") else [csv_reading.sheet(data)]

    def cell(value: Any) -> Cell:
        return Cell(value) if isinstance(value, str) else Cell(value[1], Kind(value[0]))

    sheets = [BookSheet(n, [BookRow(at, tuple(map(cell, c))) for at, c in rows], tuple(said)) for n, rows, said in told]
    return OldBook(name, sha256(data).hexdigest(), tuple(sheets))


def sick_book(folder: Path, count: int = 3_000) -> Path:
    """A book of ten years with every known disease, some rows of each; written to ``folder``.

    Sound rows are numbered from 1 in each year; numbers 7 and 8 are in no year's sheet.
    """
    per_year = count // 10
    sheets = []
    for year in range(2014, 2024):
        rows: list[list[Any]] = [[f"BUKU REGISTER PENGADUAN HAM TAHUN {year}"], [], list(_WIDE), _figures()]
        first = date(year, 1, 2)
        for n in range(1, per_year + 1):
            if n not in (7, 8):
                rows.append(_sick(n, year, first + timedelta(days=n * 360 // per_year)))
        rows += [list(_WIDE), ["JUMLAH"]] if year == 2016 else []
        rows += [_sick(20, 2017, date(2017, 3, 1), who="Orang Lain Rekaan")] if year == 2017 else []
        rows += [["12a/HAM/2018", "03-03-2018", "Sisipan Rekaan"]] if year == 2018 else []
        rows += [[None, "04-03-2019", "Tanpa Nomor Rekaan"]] if year == 2019 else []
        rows += [["=A5+1", "04-03-2020", "Rumus Rekaan"]] if year == 2020 else []
        rows += [[f"{per_year + 5}/HAM/2021", "04-03-2091", "Nanti Rekaan"]] if year == 2021 else []
        rows += [rows[10]] if year == 2022 else []
        sheets.append((str(year), rows))
    path = folder / "BUKU REGISTER LAMA.xlsx"
    path.write_bytes(workbook(*sheets, merged=[(0, 0, 0, 8)]))
    return path


#: Forty columns, as books have them that grew over the years.
_WIDE = (*HEADINGS, "Tanggal Selesai", "Alamat Pelapor", *(f"Kolom {n}" for n in range(10, 41)))


def _figures() -> list[Any]:
    return [*range(1, len(_WIDE) + 1)]


def _sick(n: int, year: int, day: date, who: str = "") -> list[Any]:
    ways = (day, f"{day:%d/%m/%Y}", f"{day.day} {_MONTHS[day.month - 1]} {year}", f"{day:%d-%m-%y}")
    written = (f"{n}/HAM/{year}", f"{n:04d}-{year}", f"{year}/{n}", n)[n % 4]
    ended = f"{day + timedelta(days=20):%d.%m.%Y}" if n % 3 == 0 else None
    state = ("Selesai", "selesai ditangani", "Dalam proses", "SELESAI, dilimpahkan")[n % 4 if n % 40 == 2 else 0]
    row = [written, ways[n % 4], who or f"Pelapor Rekaan {n}; Kawan Rekaan {n}", "Dinas Contoh\nKelurahan Contoh"]
    return [
        *row,
        f"Sengketa lahan {n} {year}",
        state,
        f"lemari {n % 9}",
        ended,
        "Jalan Contoh 1",
        *["-"] * 30,
        f"isi {n}",
    ]


_MONTHS = ("Januari", "Pebruari", "Maret", "April", "Mei", "Juni", "Juli", "Agst", "Sept", "Okt", "Nopember", "Des")
