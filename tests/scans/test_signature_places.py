"""Where a page is signed is told from its own words: heads of a table are no names, whatever line stands above them."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw

from pipeline.scans.comparison.printed_page import MM, PrintedPage, PrintedWord, Strip
from pipeline.scans.comparison.signature_places import _in_columns, _under_titles, signature_places


def strip(text: str, left: float, top: float, width: float = 30.0) -> Strip:
    return within(text, (left * MM, top * MM, (left + width) * MM, (top + 4) * MM))


def within(text: str, area: tuple[float, float, float, float]) -> Strip:
    return Strip((PrintedWord(text, area, (), 0),), area)


def names(*strips: Strip) -> list[str]:
    return [place.name for place in _under_titles(strips)]


def test_a_name_below_its_title_is_a_place_and_heads_below_a_comma_are_none():
    heads = [strip(text, 20 + 40 * n, 50) for n, text in enumerate(("Tenggat", "Tindak lanjut", "Bukti", "Status"))]
    strips = [strip("limbah selesai diperbaiki,", 20, 30, 150), *heads]
    signed = [strip("Kepala Bidang HAM,", 100, 120, 40), strip("Contoh Rekaan", 100, 150, 40), strip("NIP 1", 100, 155)]

    assert names(*strips, *signed) == ["Contoh Rekaan"]


def test_nobody_signs_among_addressees_whose_first_line_ends_with_a_comma():
    addressees = [
        strip("Yth. 1. Kepala Dinas Sosial, Pemberdayaan Perempuan,", 30, 72, 137),
        strip("dan Keluarga Berencana Kabupaten Contoh", 47, 77, 120),
        strip("2. Camat Contoh", 41, 82, 40),
        strip("di", 30, 91, 3),
        strip("tempat masing-masing", 41, 91, 39),
    ]

    assert names(*addressees) == []


@pytest.mark.parametrize(("blank", "is_place"), [(10.9, False), (11.0, True), (60.0, True), (60.1, False)])
def test_a_title_and_its_name_leave_room_for_a_signature_and_not_half_a_page(blank, is_place):
    title = within("Kepala,", (0, -4 * MM, 30 * MM, 0))

    assert names(title, strip("Contoh Rekaan", 0, blank)) == ["Contoh Rekaan"] * is_place


def test_who_signs_is_told_by_a_comma_above_or_a_number_below():
    title, name, number = strip("Kepala", 100, 100), strip("Contoh Rekaan", 100, 130), strip("NIP 1", 100, 135)

    assert names(strip("Kepala,", 100, 100), name) == ["Contoh Rekaan"]
    assert names(title, name, number) == ["Contoh Rekaan"]
    assert names(title, name, strip("(Tanda tangan/cap jempol)", 100, 135)) == ["Contoh Rekaan"]
    assert names(title, name) == []


@pytest.mark.parametrize(("below", "is_place"), [(0.0, True), (4.0, True), (4.1, False), (-1.0, False)])
def test_the_number_stands_right_below_the_name(below, is_place):
    name = within("Contoh Rekaan", (0, -4 * MM, 30 * MM, 0))

    assert names(strip("Kepala", 0, -40), name, strip("NIP 1", 0, below)) == ["Contoh Rekaan"] * is_place


def test_the_number_of_another_column_is_not_the_names():
    title, name = strip("Kepala", 100, 100), strip("Contoh Rekaan", 100, 130)

    assert names(title, name, strip("NIP 1", 20, 135)) == []


def test_a_title_is_what_stands_in_the_names_own_column_nearest_above_it():
    title, name = strip("Kepala,", 100, 100), strip("Contoh Rekaan", 100, 130)

    assert names(title, name, strip("Tembusan:", 20, 125), strip("lampiran", 100, 170)) == ["Contoh Rekaan"]
    assert names(title, within("a.n.", (100 * MM, 110 * MM, 130 * MM, name.area[1])), name) == []


@pytest.mark.parametrize(("shared", "is_place"), [(1.0, False), (1.1, True)])
def test_texts_stand_in_one_column_if_they_share_more_than_a_millimetre(shared, is_place):
    title = within("Kepala,", (-30 * MM, 0, shared * MM, 4 * MM))

    assert names(title, within("Contoh Rekaan", (0, 30 * MM, 30 * MM, 34 * MM))) == ["Contoh Rekaan"] * is_place


def test_what_is_signed_without_a_name_is_called_by_its_title():
    assert names(strip("Pelapor,", 100, 100), strip("(............)", 100, 130)) == ["Pelapor"]


@pytest.mark.parametrize(("others", "is_place"), [(2, True), (3, False)])
def test_three_texts_in_its_line_make_a_text_the_head_of_a_column(others, is_place):
    name = strip("Contoh Rekaan", 100, 130)
    beside = [strip(f"Kolom {n}", 140 + 40 * n, 130) for n in range(others)]

    assert ("Contoh Rekaan" in names(strip("Kepala,", 100, 100), name, *beside)) is is_place


@pytest.mark.parametrize("area", [(0, 102, 9, 106), (0, 98, 9, 102)])
def test_what_begins_or_ends_at_the_middle_of_a_text_is_not_in_its_line(area):
    beside = [within("kolom", (area[0] + 20 * n, area[1], area[2] + 20 * n, area[3])) for n in range(3)]

    assert "Contoh" in names(within("Kepala,", (200, 0, 300, 30)), within("Contoh", (200, 100, 300, 104)), *beside)


TITLE, NAME = (1000.0, 100.0, 1400.0, 130.0), (1000.0, 230.0, 1400.0, 260.0)
#: How far people sign beyond a text so wide, in dots.
BEYOND = 12 * MM


@pytest.mark.parametrize(
    ("beside", "left", "right"),
    [
        ([], 1000 - BEYOND, 1400 + BEYOND),
        ([(900.0, 150.0, 980.0, 180.0)], 990, 1400 + BEYOND),  # half of what is free
        ([(1420.0, 150.0, 1500.0, 180.0)], 1000 - BEYOND, 1410),
        ([(900.0, 150.0, 1000.0, 180.0)], 1000, 1400 + BEYOND),
        ([(1400.0, 150.0, 1500.0, 180.0)], 1000 - BEYOND, 1400),
        ([(900.0, 70.0, 980.0, 100.0)], 1000 - BEYOND, 1400 + BEYOND),  # it ends where the title begins
        ([(900.0, 260.0, 980.0, 290.0)], 1000 - BEYOND, 1400 + BEYOND),  # it begins where the name ends
        ([(900.0, 20.0, 980.0, 50.0)], 1000 - BEYOND, 1400 + BEYOND),
        ([(900.0, 300.0, 980.0, 330.0)], 1000 - BEYOND, 1400 + BEYOND),
    ],
)
def test_people_sign_as_far_as_what_stands_beside_leaves_room(beside, left, right):
    strips = [within("Kepala,", TITLE), within("Contoh", NAME), *(within("lain", area) for area in beside)]

    (place,) = [place for place in _under_titles(strips) if place.name == "Contoh"]

    assert (place.area[0], place.area[2]) == pytest.approx((left, right))


#: A table of two columns and two rows below its heads, in dots: ruling lines from side to side and from top to bottom.
ACROSS, DOWN = (10, 60, 120, 180), (10, 200, 400)


def table(across=ACROSS, down=DOWN, shade=0, size=(460, 240)):
    image = Image.new("L", size, 255)
    draw = ImageDraw.Draw(image)
    for y in across:
        draw.line([down[0], y, down[-1], y], fill=shade)
    for x in down:
        draw.line([x, across[0], x, across[-1]], fill=shade)
    return image


HEAD = within("Tanda tangan", (240.0, 25.0, 360.0, 45.0))
ROWS = [
    HEAD,
    within("1.", (15.0, 80.0, 25.0, 100.0)),
    within("1. Contoh Rekaan", (30.0, 80.0, 150.0, 100.0)),
    within("....", (30.0, 140.0, 150.0, 160.0)),
]


def test_the_cells_of_a_column_tanda_tangan_are_places_of_who_stands_in_their_row():
    found = list(_in_columns(ROWS, table()))

    assert [(place.name, place.row) for place in found] == [("Contoh Rekaan", True), ("tanpa nama", True)]
    assert [place.area for place in found] == [(203, 63, 397, 117), (203, 123, 397, 177)]
    assert list(_in_columns([within("Keterangan", HEAD.area)], table())) == []


@pytest.mark.parametrize(
    "image",
    [
        table(down=(10, 400)),  # nothing left of it but the table's own line, which no name stands before
        table(across=(10,), size=(460, 58)),
        table(down=(10, 200)),
        Image.new("L", (460, 240), 255),
        Image.new("L", (460, 240), 0).crop((0, 0, 460, 240)).point(lambda shade: 170),
    ],
    ids=["no column before it", "no row", "nothing on its right", "no lines", "a grey page"],
)
def test_without_ruling_lines_on_all_sides_there_is_no_cell(image):
    assert [place.name for place in _in_columns(ROWS, image) if place.name != "tanpa nama"] == []


@pytest.mark.parametrize(("shade", "cells"), [(169, 2), (170, 0)])
def test_a_line_paler_than_print_rules_no_cell(shade, cells):
    assert len(list(_in_columns(ROWS, table(shade=shade)))) == cells


def test_a_table_may_fill_the_picture_to_its_edge():
    whole = table().crop((200, 10, 401, 181))  # its first column was cut off with the margin
    head = within("Tanda tangan", (40.0, 15.0, 160.0, 35.0))

    assert [place.area for place in _in_columns([head], whole)] == [(3, 53, 197, 107), (3, 113, 197, 167)]


def test_a_row_ends_where_its_column_does():
    below = ImageDraw.Draw(image := table())
    below.line([10, 230, 400, 230], fill=0)  # a line under the table, such as a foot has

    assert len(list(_in_columns(ROWS, image))) == 2


@pytest.mark.parametrize(
    ("area", "name"),
    [
        ((30.0, 80.0, 150.0, 100.0), "Contoh Rekaan"),
        ((30.0, 50.0, 150.0, 70.0), "tanpa nama"),  # over the line above
        ((30.0, 110.0, 150.0, 130.0), "tanpa nama"),  # and over that below
        ((30.0, 80.0, 200.0, 100.0), "tanpa nama"),  # it runs into the column
        ((30.0, 80.0, 199.0, 100.0), "Contoh Rekaan"),
        ((210.0, 80.0, 300.0, 100.0), "tanpa nama"),
    ],
)
def test_a_row_is_called_by_what_stands_in_it_before_the_column(area, name):
    first, *_ = _in_columns([HEAD, within("Contoh Rekaan", area)], table())

    assert first.name == name


def test_places_are_told_from_top_to_bottom_be_they_under_titles_or_in_columns():
    words = [*(word for strip in ROWS for word in strip.words)]
    words += [PrintedWord(text, area, (), n) for n, (text, area) in enumerate((("Kepala,", TITLE), ("Contoh", NAME)))]
    lines = [PrintedWord(word.text, word.area, (), n) for n, word in enumerate(words)]
    corners = ((0.0, 900.0), (9.0, 900.0), (9.0, 909.0), (0.0, 909.0))

    found = signature_places(PrintedPage(table(size=(1500, 1000)), tuple(lines), corners))

    assert [place.name for place in found] == ["Contoh Rekaan", "tanpa nama", "Contoh"]
