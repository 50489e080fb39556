"""The list of cases that two offices sign: whole words in every cell, no signatures without a case above them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pipeline.drawing.picture import Area, Words
from pipeline.office.office import Letterhead
from pipeline.work.hand_all_over import HandedCase
from pipeline.work.hand_over_list import Sides, _pages, list_sheets

KOP = Letterhead(("KEMENTERIAN REKAAN",), "KANTOR WILAYAH REKAAN", "Jalan Rekaan 1", "Telepon 0000")
SIDES = Sides(
    "Kantor Wilayah Rekaan",
    KOP,
    "Kepala Kantor Wilayah",
    "Budi Rekaan",
    "1970",
    "Kantor Lain",
    "Rekaan",
    date(2026, 11, 25),
)
WHY = "ditolak: Kejadiannya di kabupaten yang bukan wilayah kantor ini, dan pelapornya sudah menulis ke sana."


def told(*cases: HandedCase) -> list[list[str]]:
    """The lines of each page."""
    return [[item.text for item in page.items if isinstance(item, Words)] for page in list_sheets(cases, SIDES)]


def case(number: int, there: str = "0001/LAIN/2026") -> HandedCase:
    state, letter = "menunggu keputusan Kakanwil atas hasil evaluasi", "Formulir pengaduan menunggu tanda tangan"
    return HandedCase(f"{number:04d}/YANKOMAS/2026", date(2026, 11, 25), state, str(number), there, (letter,))


def test_no_word_of_a_long_state_or_reason_is_cut():
    [page] = told(case(1, WHY))

    words = " ".join(page)
    assert "…" not in words
    for column in (WHY[1:], "enunggu keputusan Kakanwil atas hasil evaluasi", "Nomor di kantor penerima"):
        assert all(word in words for word in column.split())
    assert page.count("NIP 1970") == 1
    assert "Kepala Kantor Wilayah," in page


def test_who_signs_is_written_in_where_the_office_names_nobody():
    nobody = replace(SIDES, giver_title="", giver_name="", giver_nip="")
    named, unnamed = (
        [item.text for item in next(list_sheets([case(1)], sides)).items if isinstance(item, Words)]
        for sides in (SIDES, nobody)
    )

    assert [sum(".........." in line for line in lines) for lines in (named, unnamed)] == [3, 6]
    assert "Budi Rekaan" in named


@pytest.mark.parametrize("count", [1, 11, 14, 15, 16, 17, 18, 40])
def test_signatures_stand_below_the_last_case_and_every_case_is_told_once(count):
    pages = told(*(case(n) for n in range(1, count + 1)))

    numbers = [line for page in pages for line in page if line.endswith("/YANKOMAS/2026")]
    assert numbers == [f"{n:04d}/YANKOMAS/2026" for n in range(1, count + 1)]
    assert [any("Yang menyerahkan," in line for line in page) for page in pages] == [*[False] * (len(pages) - 1), True]
    assert any(line.endswith("/YANKOMAS/2026") for line in pages[-1])
    for sheet in list_sheets([case(n) for n in range(count)], SIDES):
        assert max(item.y for item in sheet.items if isinstance(item, Words)) <= 820


def test_the_letterhead_stands_on_the_first_page_alone_and_pushes_nothing_off_it():
    first, *others = told(*(case(n) for n in range(1, 41)))

    assert first[: len(KOP.lines)] == list(KOP.lines)
    assert others
    assert not any(line in page for page in others for line in KOP.lines)
    for sheet in list_sheets([case(n) for n in range(1, 41)], SIDES):
        cells = [item for item in sheet.items if isinstance(item, Area)]
        assert max(y for item in cells for _, y in item.points) <= 790


def test_a_page_is_filled_to_its_last_line_and_a_case_that_fits_above_the_signatures_stays_there():
    """So many lines in ten cases fill a page just so, and so many in five leave just room for the signatures."""

    def pages(*lines: int, lower: float = 0.0) -> list[int]:
        return [len(page) for page in _pages([((("x",) * count,) + (("x",),) * 5,) for count in lines], lower)]

    full, above = (1, *[5] * 3, *[5] * 5, 8), (7, 7, 7, 7, 6)
    assert (sum(full), sum(above)) == (49, 34)
    assert pages(*full, 1) == [10, 1]
    assert pages(*full[:-1], full[-1] + 1, 1) == [9, 2]
    assert pages(*above) == [5]
    assert pages(*above[:-1], above[-1] + 1) == [4, 1]
    assert pages(60) == [1]
    assert pages(*full, 1, lower=1.0) == [9, 2]
