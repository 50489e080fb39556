"""The SOP as the office knows it: boxes in lanes, arrows that cross no box, texts in their cells, a case's way."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from itertools import combinations, pairwise

import pytest
from case_factory import CALENDAR, case_of, moved, moved_at, received, recognised, tended
from fakes import wib
from hypothesis import given, settings
from hypothesis import strategies as st
from sop_texts import read_text_of_sop, sop_text
from thorough import examples

from pipeline.cases.case import Case
from pipeline.cases.sop import Sop
from pipeline.cases.store.sop_editions import editions
from pipeline.drawing.ink import fitted, text_width, wrapped
from pipeline.drawing.picture import Picture, Words
from pipeline.errors import SettingsFault
from pipeline.letters.sop_chart import draw, told
from pipeline.letters.sop_chart.flow import Cell, Flow, Shape, Trail, flow_of, trail_of
from pipeline.letters.sop_chart.lanes import Grid, columns_of, grid_of, half, route

SOP = editions()[0]
FLOW = flow_of(SOP)
TEXT = sop_text("2024-05-06")
PUBLIC, TEAM, HEAD, DIVISION, FIELD, SUB, AGENCY = (lane.role for lane in SOP.lanes)
after = partial(moved_at, SOP)

_MEDIATION = """[[langkah]]
kunci = "mediasi"
kegiatan = "Mediasi antara pelapor dan terlapor menurut Peraturan-Menteri/Keputusan-Kepala-Kantor-Wilayah"
pelaksana = ["kabid", "kasubbid"]
hari = 5
waktu = "5 hari"
bagi_pelapor = "Mediasi"

[[langkah]]
kunci = "rekomendasi"
"""
_WAITING = """[[keadaan]]
kunci = "mediasi"
label = "menunggu mediasi"
langkah = "mediasi"
menunggu = ["kabid"]
bagi_pelapor = "Dalam mediasi."
selanjutnya = "Rekomendasi disusun."

[[keadaan]]
kunci = "penyusunan"
"""
_MEDIATING = """[[gerak]]
kunci = "mediasi"
label = "Mediasi"
dari = ["mediasi"]
ke = "penyusunan"
peran = ["kabid"]

[[gerak]]
kunci = "undang"
"""


def revised() -> Sop:
    """The SOP with one more step after the audience."""
    text = TEXT.replace('[[langkah]]\nkunci = "rekomendasi"\n', _MEDIATION)
    text = text.replace('[[keadaan]]\nkunci = "penyusunan"\n', _WAITING)
    head, _, tail = text.replace('[[gerak]]\nkunci = "undang"\n', _MEDIATING).partition('kunci = "laksanakan"')
    text = head + 'kunci = "laksanakan"' + tail.replace('ke = "penyusunan"', 'ke = "mediasi"', 1)
    return read_text_of_sop(
        "2027", re.sub(r"^langkah = ([67])$", lambda m: f"langkah = {int(m[1]) + 1}", text, flags=re.M)
    )


NEW = tended(case_of(at=wib("2026-11-23T08:00")), SOP)
REVIEW = after(
    NEW,
    ("konfirmasi", "2026-11-23T08:10"),
    ("sampaikan", "2026-11-23T08:20"),
    ("disposisi", "2026-11-23T10:00"),
    ("disposisi", "2026-11-23T14:00"),
    ("disposisi", "2026-11-24T09:00"),
)
WITHOUT = after(
    REVIEW, ("telaah", "2026-11-27T09:00", {"saran": "rekomendasi"}), ("susun-rekomendasi", "2026-11-27T10:00")
)
AUDIENCE = after(
    REVIEW,
    ("telaah", "2026-11-25T09:00", {"saran": "audiensi"}),
    ("usulkan-audiensi", "2026-11-25T10:00"),
    ("disposisi-audiensi", "2026-11-25T11:00", {"keputusan": "disetujui"}),
)


def trail(case: Case, now: str = "2026-11-27T11:00", sop: Sop = SOP) -> Trail:
    return trail_of(case, sop, flow_of(sop), CALENDAR, wib(now))


def picture(case: Case | None = None, now: str = "2026-11-27T11:00", sop: Sop = SOP) -> Picture:
    return draw(sop, flow_of(sop), trail(case, now, sop) if case else None)


def texts(drawn: Picture) -> list[str]:
    return [item.text for item in drawn.items if isinstance(item, Words)]


def test_the_service_begins_and_ends_with_the_public():
    assert FLOW.shapes[Cell(0, PUBLIC)] is Shape.START
    assert FLOW.end == Cell(6, PUBLIC)


def test_a_step_has_a_box_in_each_of_its_lanes_and_an_arrow_from_one_to_the_next():
    third = [(a.start.role, a.end.role) for a in FLOW.arrows if a.start.row == a.end.row == 3]

    assert third == [(HEAD, DIVISION), (DIVISION, FIELD), (FIELD, SUB), (SUB, TEAM)]
    assert all(Cell(n, role) in FLOW.shapes for n, step in enumerate(SOP.steps) for role in step.lanes)


def test_the_review_ends_in_the_decision_whether_there_is_an_audience():
    decisions = [cell for cell, shape in FLOW.shapes.items() if shape is Shape.DECISION]

    assert decisions == [Cell(3, TEAM)]
    assert [(a.label, a.end) for a in FLOW.arrows if a.start == decisions[0]] == [
        ("audiensi", Cell(4, FIELD)),
        ("rekomendasi", Cell(5, SUB)),
    ]


def test_every_box_is_reached_from_the_beginning():
    start = next(iter(FLOW.shapes))

    assert all(FLOW.between(start, cell) for cell in FLOW.shapes if cell != start)


def laid_out(sop: Sop) -> tuple[Flow, Grid]:
    return flow_of(sop), grid_of(columns_of(sop, 26, 816), 100, [46.0] * len(sop.steps), 480)


@pytest.mark.parametrize("sop", [SOP, revised()], ids=["printed", "revised"])
def test_no_arrow_runs_through_a_box(sop):
    flow, grid = laid_out(sop)

    for arrow in flow.arrows:
        for (x0, y0), (x1, y1) in pairwise(route(arrow, flow, grid)):
            for cell, shape in flow.shapes.items():
                (x, y), (wide, high) = grid.centre(cell), half(shape)
                level = min(x0, x1) < x + wide - 0.1 and max(x0, x1) > x - wide + 0.1
                upright = min(y0, y1) < y + high - 0.1 and max(y0, y1) > y - high + 0.1
                assert not (level and upright), (arrow, cell)


def overlapping(drawn: Picture) -> list[tuple[str, str]]:
    """The pairs of texts that lie on each other."""
    boxes = [
        (w.left, w.y - 0.7 * w.size, w.left + w.wide, w.y + 0.1 * w.size, w.text)
        for w in drawn.items
        if isinstance(w, Words)
    ]
    return [
        (a[4], b[4])
        for a, b in combinations(boxes, 2)
        if a[0] < b[2] - 0.1 and b[0] < a[2] - 0.1 and a[1] < b[3] and b[1] < a[3]
    ]


def outside(drawn: Picture) -> list[str]:
    """The texts that do not lie on the sheet within its margins."""
    return [
        w.text
        for w in drawn.items
        if isinstance(w, Words)
        and not (w.left > 25.9 and w.left + w.wide < drawn.width - 25.9 and 26 < w.y < drawn.height - 25.9)
    ]


CASES = {
    "no case": None,
    "new": NEW,
    "review": REVIEW,
    "audience": AUDIENCE,
    "without": WITHOUT,
    "waiting": after(REVIEW, ("minta-kelengkapan", "2026-11-24T10:00")),
    "elsewhere": after(REVIEW, ("tidak-berwenang", "2026-11-24T10:00")),
    "withdrawn": after(AUDIENCE, ("cabut", "2026-11-26T10:00")),
    "sent back": after(WITHOUT, ("kembalikan", "2026-11-27T10:10")),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_no_text_lies_on_another_or_beyond_the_margins(case):
    drawn = picture(case)

    assert overlapping(drawn) == []
    assert outside(drawn) == []
    assert (drawn.width, drawn.height) == drawn.paper


LONG = st.text(st.sampled_from("mW i/-é…\n"), max_size=90)


@given(activity=LONG, equipment=LONG, output=LONG, note=LONG, time=LONG, title=LONG, copies=st.integers(0, 2))
@settings(max_examples=examples(40))
def test_whatever_an_edition_says_its_texts_stay_in_their_places(
    activity, equipment, output, note, time, title, copies
):
    said = {"activity": activity, "equipment": equipment, "output": output, "note": note, "time": time}
    extra = tuple(replace(SOP.steps[4], number=8 + n, key=f"lagi-{n}", **said) for n in range(copies))
    sop = replace(SOP, title=title, steps=(replace(SOP.steps[0], **said), *SOP.steps[1:], *extra))

    drawn = draw(sop, flow_of(sop))

    assert overlapping(drawn) == []
    assert outside(drawn) == []


def test_a_revised_sop_with_one_more_step_is_one_more_row_on_the_same_sheet():
    sop = revised()
    drawn = picture(sop=sop)

    assert [t for t in texts(drawn) if t in "12345678"] == list("12345678")
    assert flow_of(sop).end == Cell(7, PUBLIC)
    assert (overlapping(drawn), outside(drawn)) == ([], [])
    assert drawn.paper[0] > drawn.paper[1]


def test_an_edition_that_no_sheet_could_hold_is_refused():
    endless = replace(SOP, steps=(replace(SOP.steps[0], activity="panjang " * 1500), *SOP.steps[1:]))

    with pytest.raises(SettingsFault, match="tidak muat"):
        draw(endless, flow_of(endless))


def test_the_head_names_the_sop_and_its_legal_basis():
    said = " ".join(texts(picture()))

    for part in (SOP.number, "6 Mei 2024", SOP.title.upper(), "29 hari 45 menit", *SOP.basis):
        assert part in said


def test_the_columns_are_those_of_the_printed_sop():
    said = texts(picture())

    for title in ("No", "Kegiatan", "Pelaksana", "Masyarakat", "Tim Yankomas", "Mutu Baku", "Perlengkapan", "Ket"):
        assert title in said
    assert said.count("Mulai") == said.count("Selesai") == 1


def test_a_case_stands_with_those_it_waits_for():
    way = trail(REVIEW)

    assert set(way.here) == {Cell(3, SUB), Cell(3, TEAM)}
    assert texts(picture(REVIEW)).count("di sini") == 2
    assert way.state == "dalam telaahan"


def test_the_moves_of_a_case_are_numbered_in_order_each_in_its_step_and_lane():
    way = trail(AUDIENCE)

    assert [(v.number, v.cell.row + 1, v.role) for v in way.visits] == [
        (1, 1, PUBLIC),
        (2, 2, TEAM),
        (3, 3, TEAM),
        (4, 4, HEAD),
        (5, 4, DIVISION),
        (6, 4, FIELD),
        (7, 4, SUB),
        (8, 5, SUB),
        (9, 5, HEAD),
    ]
    assert "9" in texts(picture(AUDIENCE))
    assert any(
        "25-11-2026 11.00" in t and "Kakanwil: Disposisi atas usulan audiensi" in t for t in texts(picture(AUDIENCE))
    )


def test_a_step_that_a_case_went_past_is_marked_so():
    assert trail(WITHOUT).skipped == {4}
    assert "tidak ditempuh" in texts(picture(WITHOUT))


def test_late_steps_say_so_in_words():
    way = trail(WITHOUT)

    assert way.passages[3].late == "terlambat 2 hari kerja"
    assert not way.passages[5].late
    assert way.passages[3].late in texts(picture(WITHOUT))
    assert "!" in texts(picture(WITHOUT))


def test_a_case_that_is_late_now_says_so_at_its_head():
    assert "TERLAMBAT 2 HARI KERJA" in texts(picture(REVIEW))
    assert not any("TERLAMBAT" in t for t in texts(picture(REVIEW, "2026-11-24T10:00")))


def test_while_a_case_waits_for_its_complainant_no_step_is_late():
    waiting = after(REVIEW, ("minta-kelengkapan", "2026-11-24T10:00"))
    way = trail(waiting, "2026-11-30T10:00")

    assert way.here == (Cell(3, PUBLIC),)
    assert not way.passages[3].late
    assert "waktu SOP berhenti dulu" in texts(picture(waiting, "2026-11-30T10:00"))


def test_a_case_that_left_the_way_ended_where_the_move_was_made_and_corrections_do_not_move_that():
    ended = after(AUDIENCE, ("cabut", "2026-11-26T10:00"))

    assert trail(ended).here == (Cell(4, TEAM),)
    assert "berakhir" in texts(picture(ended))
    reopened = after(ended, ("buka-kembali", "2026-11-26T11:00"))
    assert trail(reopened).here == tuple(Cell(4, role) for role in (SUB, TEAM))


def test_a_case_that_was_closed_stands_at_the_end():
    closed = after(
        WITHOUT,
        ("paraf", "2026-11-27T11:00"),
        ("paraf", "2026-11-27T12:00"),
        ("nomori", "2026-11-27T13:00"),
        ("tandatangan", "2026-11-27T14:00"),
        ("kirim", "2026-11-27T15:00"),
        ("terima", "2026-11-30T09:00"),
        ("evaluasi", "2026-12-14T09:00"),
        ("selesai", "2026-12-14T10:00"),
    )

    way = trail(closed, "2026-12-15T08:00")

    assert (way.here, way.ended, way.late) == ((FLOW.end,), True, "")
    assert overlapping(picture(closed, "2026-12-15T08:00")) == []


def test_of_a_long_case_the_newest_moves_are_listed_on_the_same_sheet():
    case = NEW
    for minute in range(70):
        case = moved(
            case, SOP, "koreksi", at=wib(f"2026-11-24T{8 + minute // 60:02}:{minute % 60:02}"), perihal="Tanah"
        )
    drawn = picture(case)

    assert "… 11 gerak sebelumnya ada dalam jurnal" in texts(drawn)
    assert (overlapping(drawn), outside(drawn)) == ([], [])


def test_nobody_is_named_on_a_chart():
    person = {"nama": {"nilai": "Budi Rekaan"}}
    case = tended(case_of(recognised({"pelapor": [person], "perihal": {"nilai": "Tanah ulayat"}})), SOP)
    case = moved(case, SOP, "konfirmasi", pelapor=["Budi Rekaan"], perihal="Tanah ulayat")
    said = " ".join(texts(picture(case)) + told(SOP, FLOW, trail(case)))

    assert "Konfirmasi isian register" in said
    for private in ("Budi", "Rekaan", "Tanah", "penguji", case.received.status_code):
        assert private not in said


def test_a_case_opened_by_the_office_begins_in_its_lane():
    case = case_of(first=received(channel="berita"))
    entry = replace(case.entries[0], by=FIELD)
    way = trail(replace(case, entries=(entry,)))

    assert (way.visits[0].role, way.visits[0].label) == (FIELD, "Dibuka kantor dari berita")


@pytest.mark.parametrize("width", [40, 72, 100])
def test_told_in_words_the_chart_fits_the_terminal(width):
    lines = told(SOP, FLOW, trail(AUDIENCE), width)

    assert all(len(line) <= width for line in lines)
    said = " ".join(" ".join(lines).split())
    assert "Pelaksana: Tim Yankomas -> Kakanwil" in said
    assert "Putusan: rekomendasi -> langkah 6" in said
    assert "Ditunggu: Kasubbid Pemajuan HAM, Tim Yankomas" in said
    assert "9 25-11-2026 11.00 langkah 5, Kakanwil: Disposisi atas usulan audiensi" in said


@given(text=st.text(max_size=200), room=st.floats(12, 200), bold=st.booleans())
def test_wrapped_lines_are_never_wider_than_their_room_and_lose_no_letter(text, room, bold):
    lines = wrapped(text, room, 7, bold=bold)

    assert all(text_width(line, 7, bold=bold) <= room + 0.001 for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(text=st.text(max_size=80), room=st.floats(8, 200))
def test_a_shortened_text_fits(text, room):
    assert text_width(fitted(text, room, 7), 7) <= room
