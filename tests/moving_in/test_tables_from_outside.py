"""Files of old registers: what a spreadsheet or a text holds is read with its place, what is no table is refused."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from old_registers import HEADINGS, as_read, row, workbook

from pipeline.errors import Refused
from pipeline.moving_in.engines import book_child
from pipeline.moving_in.engines.confined_books import ConfinedBooks
from pipeline.moving_in.old_book import Kind
from pipeline.storage.blobs import TypedText

TABLE = "No;Nama;Perihal\n1;Siti Rekaan;Lahan, rumah\n2;Budi Rekaan;Upah\n"


def texts(book):
    return [[cell.text for cell in r.cells] for r in book.sheets[0].rows]


def test_a_spreadsheet_is_read_with_days_numbers_and_merged_cells():
    data = workbook(
        ("2019", [HEADINGS, row(1, date(2019, 2, 3)), row(None), [3, "=NOW()", 2.5]]), merged=[(1, 0, 2, 0)]
    )

    sheet = as_read(data).sheets[0]

    assert sheet.name == "2019"
    assert sheet.rows[1].cell(1) == sheet.rows[1].cells[1]
    assert (sheet.rows[1].cell(1).text, sheet.rows[1].cell(1).kind) == ("2019-02-03", Kind.DAY)
    assert (sheet.rows[2].cell(0).text, sheet.rows[2].cell(0).kind) == ("A2", Kind.COVERED)
    assert sheet.rows[3].cell(1).kind is Kind.UNCOUNTED
    assert sheet.rows[3].cell(0).text == "3"
    assert sheet.rows[3].cell(2).text == "2.5"


@pytest.mark.parametrize(
    "data",
    [
        TABLE.encode(),
        TABLE.encode("utf-8-sig"),
        TABLE.encode("utf-16"),
        TABLE.encode("utf-16-le"),
        TABLE.replace(";", "\t").encode(),
        ("sep=;\n" + TABLE).encode()[6:],
        b'No,Nama,Perihal\r\n1,Siti Rekaan,"Lahan, rumah"\r\n2,Budi Rekaan,Upah\r\n',
    ],
)
def test_a_text_is_read_whatever_stands_between_and_however_it_is_encoded(data):
    assert texts(as_read(data)) == [
        ["No", "Nama", "Perihal"],
        ["1", "Siti Rekaan", "Lahan, rumah"],
        ["2", "Budi Rekaan", "Upah"],
    ]


def test_a_text_of_old_windows_is_read_and_told():
    sheet = as_read("No;Nama\n1;Ren\xe9 Rekaan\n".encode("cp1252")).sheets[0]

    assert sheet.rows[1].cell(1).text == "René Rekaan"
    assert "Windows-1252" in sheet.told[0]


def test_a_text_that_was_cut_off_is_named():
    assert "terpotong" in as_read(TABLE.encode() + b"3").sheets[0].told[0]
    with pytest.raises(Refused, match="terpotong"):
        as_read((TABLE + '3;"Tuti Rek').encode())


def read_by_child(data: bytes):
    return book_child.OPERATIONS["read"]({}, (data,))


def whole() -> bytes:
    return workbook(("2019", [HEADINGS, row(1)]))


def bomb() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole())) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for info in source.infolist():
            data = source.read(info)
            if info.filename == "xl/worksheets/sheet1.xml":
                data = data.replace(b"<sheetData>", b"<sheetData>" + b" " * (255 * 2**20))
            made.writestr(info.filename, data)
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "kosong"),
        (b"  \n", "kosong"),
        (b"%PDF-1.7", "jenis"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "jenis"),
        (b"PK\x03\x04" + b"\0" * 600, "rusak"),
        (b"abc\0def\xff;1" * 300, "jenis"),
    ],
)
def test_what_is_no_table_is_refused_with_what_helps(data, code):
    with pytest.raises(Refused) as refusal:
        read_by_child(data)

    assert refusal.value.code == code
    assert refusal.value.remedy


def test_a_spreadsheet_that_was_cut_off_or_is_another_package_is_refused():
    half = whole()
    for data in (half[: len(half) // 2], _other_package()):
        with pytest.raises(Refused, match="utuh"):
            read_by_child(data)


def _other_package() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        made.writestr("word/document.xml", "<a/>")
    return target.getvalue()


def test_a_bomb_is_refused_by_what_it_unpacks_to_and_not_by_what_it_says():
    with pytest.raises(Refused) as refusal:
        read_by_child(bomb())

    assert refusal.value.code == "terlalu-besar"


def test_too_many_columns_are_refused_by_the_row_that_has_them():
    with pytest.raises(Refused, match="baris 2"):
        read_by_child(workbook(("2019", [HEADINGS, ["x"] * 201])))


def test_a_book_is_read_in_a_confined_child():
    read = ConfinedBooks().read(TypedText("buku.xlsx", whole()))

    assert read.name == "buku.xlsx"
    assert [cell.text for cell in read.sheets[0].rows[0].cells] == list(HEADINGS)
