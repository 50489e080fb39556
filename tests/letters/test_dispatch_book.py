"""The printed dispatch book: every letter that was sent in its order, nothing cut, no complainant named."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from pipeline.letters.engines.libreoffice import LibreOfficePress
from pipeline.letters.engines.word_templates import WordTypist
from pipeline.letters.sheets import known_fields, specimen_values
from pipeline.letters.sheets.dispatch_book import Imprint, printed, values
from pipeline.letters.sheets.specimens import SPECIMEN_OFFICE
from pipeline.letters.sheets.texts import DISPATCHES
from pipeline.register.dispatch_files import DispatchRow

TEMPLATES = Path(__file__).resolve().parents[2] / "letter_templates"
IMPRINT = Imprint("Desember 2026", date(2026, 12, 31), SPECIMEN_OFFICE)
SENT = DispatchRow(date(2026, 12, 7), "W.8-1", date(2026, 12, 4), "Bupati Contoh", "kurir", "Rina Contoh, S.H.")


def rows_of(parts: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    return [row for part in parts for page in part["halaman"] for row in page["baris"]]


def test_every_value_of_the_book_is_explained_and_its_template_takes_the_longest() -> None:
    assert WordTypist(TEMPLATES).check(DISPATCHES) == []
    for specimen in specimen_values(DISPATCHES).values():
        assert set(specimen) | {"logo"} == set(known_fields()[DISPATCHES])


def test_a_letter_on_its_way_has_its_receipt_left_open() -> None:
    rows = rows_of(values([SENT, replace(SENT, received_on=date(2026, 12, 8), received_by="Petugas")], IMPRINT))

    assert [(row["urut"], row["tanggal_diterima"], row["penerima"]) for row in rows] == [
        ("1", "", ""),
        ("2", "08/12/2026", "Petugas"),
    ]
    assert rows[0]["tanggal_kirim"] == "07/12/2026"


def test_a_letter_without_a_date_has_none_in_the_book() -> None:
    (row,) = rows_of(values([replace(SENT, dated=None)], IMPRINT))

    assert row["tanggal_surat"] == ""


def test_a_letter_is_told_by_its_kind() -> None:
    (row,) = rows_of(values([replace(SENT, subject="Surat rekomendasi")], IMPRINT))

    assert row["hal"] == "Surat rekomendasi"


def test_a_long_book_is_made_in_parts_that_are_numbered_through() -> None:
    parts = values([SENT] * 1001, IMPRINT)

    assert [part["bagian"] for part in parts] == ["bagian 1 dari 3", "bagian 2 dari 3", "bagian 3 dari 3"]
    assert [row["urut"] for row in rows_of(parts)] == [str(n) for n in range(1, 1002)]


def test_every_page_ends_with_the_letters_on_it_and_so_far() -> None:
    pages = [page for part in values([SENT] * 1001, IMPRINT) for page in part["halaman"]]

    assert [page["jumlah_lalu"] for page in pages[1:]] == [page["jumlah_sampai"] for page in pages[:-1]]
    assert pages[0]["jumlah_lalu"] == "0 (nol) surat"
    assert pages[-1]["jumlah_sampai"] == "1001 (seribu satu) surat"


def test_the_last_page_alone_is_closed_with_the_letters_and_the_day() -> None:
    pages = [page for part in values([SENT] * 1001, IMPRINT) for page in part["halaman"]]

    assert not any(page["penutup"] for page in pages[:-1])
    assert pages[-1]["penutup"].startswith("Buku ekspedisi Desember 2026 ditutup dengan 1001 (seribu satu) surat pada ")


def test_the_book_is_closed_by_who_keeps_it_and_who_looks_after_it() -> None:
    (book,) = values([SENT], IMPRINT)

    assert (book["petugas_jabatan"], book["petugas_nama"]) == ("Petugas Yankomas", "Rina Contoh, S.H.")
    assert (book["pengesah_jabatan"], book["pengesah_nama"]) == ("Kepala Bidang HAM", "Eko Contoh")


def test_the_signatures_that_close_the_book_stand_below_a_letter_on_the_last_page(press: LibreOfficePress) -> None:
    for count in range(6, 12):  # a page holds ten; two less where the book is closed below them
        rows = [replace(SENT, number=f"W.8-ke{n:02d}") for n in range(count)]
        (book,) = values(rows, IMPRINT)
        assert book["halaman"][-1]["baris"], count

    (pdf,) = printed(rows[:9], IMPRINT, typist=WordTypist(TEMPLATES), press=press)
    last = PdfReader(io.BytesIO(pdf)).pages[-1].extract_text()
    assert all(words in last for words in ("W.8-ke08", "ditutup dengan", "Mengetahui,", "Eko Contoh"))


def test_a_long_row_leaves_room_for_fewer_others_on_its_page() -> None:
    short, long = (
        values([replace(SENT, recipient=to) for to in (agency, *["Bupati"] * 20)], IMPRINT)
        for agency in ("Bupati", "Kepala Dinas Contoh " * 20)
    )

    assert len(long[0]["halaman"][0]["baris"]) < len(short[0]["halaman"][0]["baris"])


def test_a_book_of_exactly_full_parts_has_no_empty_one() -> None:
    assert [len(rows_of([part])) for part in values([SENT] * 1000, IMPRINT)] == [500, 500]


def test_every_page_has_the_book_s_name_and_the_columns_and_no_letter_is_split(press: LibreOfficePress) -> None:
    rows = [
        replace(SENT, number=f"W.8-awal{n:03d}", received_by=f"{'Petugas Tata Usaha ' * 4}akhir{n:03d}")
        for n in range(40)
    ]

    (book,) = values(rows, IMPRINT)
    (pdf,) = printed(rows, IMPRINT, typist=WordTypist(TEMPLATES), press=press)

    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    assert len(pages) == len(book["halaman"]) > 2
    assert all("BUKU EKSPEDISI" in page and "Tanda terima" in page for page in pages)
    for n in range(40):
        (where,) = [number for number, page in enumerate(pages) if f"awal{n:03d}" in page]
        assert f"akhir{n:03d}" in pages[where]


def test_a_period_in_which_nothing_was_sent_says_so(press: LibreOfficePress) -> None:
    (pdf,) = printed([], IMPRINT, typist=WordTypist(TEMPLATES), press=press)

    (page,) = PdfReader(io.BytesIO(pdf)).pages
    told = page.extract_text().replace("\N{NO-BREAK SPACE}", " ")
    assert "Tidak ada surat yang dikirim pada Desember 2026." in told
    assert "0 (nol) surat" in told
