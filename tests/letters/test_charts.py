"""Charts show every figure, say it in words too, stay on their sheet, and need no colours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from registers import NOW, REGIONS, a_year, summary_of

from pipeline.drawing import ink
from pipeline.drawing.picture import Area, Line, Picture, Words
from pipeline.letters.charts import DARK, PALE, WIDTH, bars, columns, hatched, held
from pipeline.register.summary.figures import Breakdown, Count, Held, MonthFlow
from pipeline.register.summary.period import Period

QUARTER = Period(2026, 3, 4)
SUMMARY = summary_of(*a_year(), at=NOW, regions=REGIONS)
MONTH = Period(2026, 1, 11)
COUNTS = st.none() | st.integers(0, 100_000)
LABELS = st.text(st.characters(codec="latin-1", categories=["L", "N", "P", "Zs"]), min_size=1, max_size=90)


def texts(picture: Picture) -> list[str]:
    return [item.text for item in picture.items if isinstance(item, Words)]


def inside(picture: Picture) -> bool:
    for item in picture.items:
        if isinstance(item, Words):
            corners = [(item.left, item.y - item.size * 0.7), (item.left + item.wide, item.y)]
        else:
            corners = list(item.points)
        if not all(-0.5 <= x <= picture.width + 0.5 and -0.5 <= y <= picture.height + 0.5 for x, y in corners):
            return False
    return True


def luminance(colour: str) -> float:
    red, green, blue = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
    return (0.299 * red + 0.587 * green + 0.114 * blue) / 255


def breakdown(*lines: Count) -> Breakdown:
    return Breakdown("hak", "Hak", lines)


def test_each_line_of_a_breakdown_shows_its_figure_and_the_words_say_both():
    chart = bars(breakdown(Count("hidup", 12, 7), Count("anak", None, 0)), QUARTER)

    assert {"hidup", "12", "anak", "*", "Triwulan IV 2026", "Triwulan III 2026"} <= set(texts(chart))
    assert chart.description == "Triwulan IV 2026, dalam kurung Triwulan III 2026: hidup 12 (7); anak * (0)."


def test_what_is_late_is_said_beside_its_bar_and_stands_in_front():
    chart = held("Pada", [Held("Kakanwil", 5, 2), Held("Kadiv", 3, 0)])
    late = [i for i in chart.items if isinstance(i, Area) and i.fill == ink.LATE]

    assert {"5 (2 melewati waktu)", "3 perkara"} <= set(texts(chart))
    assert "Kakanwil 5 (2 melewati waktu); Kadiv 3 perkara." in chart.description
    pale = [i for i in chart.items if isinstance(i, Area) and i.fill == PALE]
    assert max(x for x, _ in late[0].points) == min(x for x, _ in pale[0].points)


def test_each_month_has_two_columns_with_their_figures():
    chart = columns("Bulan", [MonthFlow(Period(2025, 1, 12), 4, 0), MonthFlow(Period(2026, 1, 1), 6, 5)])

    assert texts(chart)[:6] == ["4", "Des", "2025", "6", "5", "Jan"]
    assert chart.description == "Desember 2025 masuk 4, berakhir 0; Januari 2026 masuk 6, berakhir 5."


def test_nothing_is_told_by_colour_alone():
    assert abs(luminance(DARK) - luminance(PALE)) > 0.5
    assert abs(luminance(ink.LATE) - luminance(PALE)) > 0.5
    hatching = [item for item in hatched(0, 0, 10, 40) if isinstance(item, Line)]
    assert len(hatching) > 5


def test_hatching_keeps_to_its_box():
    for box in ((0, 0, 10, 40), (5, 5, 60, 8), (2, 3, 4, 5)):
        for line in hatched(*box)[1:]:
            assert all(box[0] <= x <= box[2] and box[1] <= y <= box[3] for x, y in line.points)


@given(st.lists(st.builds(Count, LABELS, COUNTS, COUNTS), min_size=0, max_size=14))
def test_a_breakdown_of_any_size_stays_on_its_sheet(lines):
    assert inside(bars(breakdown(*lines), QUARTER))


@given(st.lists(st.tuples(LABELS, st.integers(0, 99_999), st.integers(0, 99_999)), max_size=9))
def test_what_lies_with_anyone_stays_on_its_sheet(lines):
    assert inside(held("Pada", [Held(label, a + b, b) for label, a, b in lines]))


@given(st.lists(st.tuples(st.integers(0, 999), st.integers(0, 999)), min_size=12, max_size=12))
def test_a_year_of_columns_stays_on_its_sheet(counts):
    assert inside(columns("Bulan", [MonthFlow(MONTH, *pair) for pair in counts]))


@pytest.mark.parametrize("width", [WIDTH, 453.0])
def test_the_charts_of_a_whole_year_stay_on_their_sheet(width):
    charts = [bars(b, QUARTER, width) for b in (SUMMARY.outcomes, *SUMMARY.breakdowns)]
    charts += [columns("Bulan", SUMMARY.months, width), held("Pada", SUMMARY.running.by_role, width)]

    assert all(inside(chart) and chart.width == width for chart in charts)
