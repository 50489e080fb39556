"""What an office hands up: counts that could be nobody, and sums that give away none that is left out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.register.summary.handed_up import FIGURES, OfficeFigures, breakdown_totals, told, totals
from pipeline.register.summary.small_cell_suppression import LEAST

COUNTS = st.integers(0, 8)


def office(name: str, counts: list[int], lines: dict[str, int | None] | None = None) -> OfficeFigures:
    shown = dict(zip(FIGURES, map(told, counts), strict=True))
    return OfficeFigures(name, 2026, "2026-11-27T08:00:00+07:00", shown, {"Hak": lines or {}})


@given(COUNTS)
def test_no_small_count_and_no_nought_is_told(count):
    assert told(count) is None if count < LEAST else told(count) == count


@given(st.lists(st.lists(COUNTS, min_size=4, max_size=4), min_size=1, max_size=5), st.data())
def test_a_sum_is_the_same_whatever_the_small_counts_are(offices, data):
    """So nothing of them can be had from it."""
    others = [[data.draw(st.integers(0, LEAST - 1)) if n < LEAST else n for n in counts] for counts in offices]

    one = totals(office(str(n), counts) for n, counts in enumerate(offices))
    other = totals(office(str(n), counts) for n, counts in enumerate(others))

    assert one == other


def test_a_sum_says_whether_all_told_it():
    both = totals([office("a", [5, 4, 3, 0]), office("b", [7, 2, 9, 1])])

    assert both == {"diterima": (12, True), "berakhir": (4, False), "berjalan": (12, True), "terlambat": (0, False)}


def test_traits_are_summed_line_by_line():
    rows = [office("a", [9] * 4, {"rasa aman": 4, "upah": None}), office("b", [9] * 4, {"rasa aman": 5})]

    assert breakdown_totals(rows) == {"Hak": {"rasa aman": (9, True), "upah": (0, False)}}
