"""Rules of figures that are a condition each: which counts are shown, in which line a row stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from types import SimpleNamespace

import pytest
from case_factory import CALENDAR, case_of, received, tended
from fakes import WIB
from registers import SOP, entry, left, summary_of

from pipeline.cases.sop_rows import FormField, Lane
from pipeline.cases.store.sop_editions import editions
from pipeline.register.row import row_of
from pipeline.register.summary import words
from pipeline.register.summary.counting import ends, is_past, with_whom
from pipeline.register.summary.figures import Breakdown, Count
from pipeline.register.summary.handed_up import figures_up, total
from pipeline.register.summary.handed_up import told as handed
from pipeline.register.summary.period import Period
from pipeline.register.summary.small_cell_suppression import shown, suppressed
from pipeline.register.summary.traits import OTHER, UNKNOWN, traits

NOVEMBER, YEAR = Period(2026, 1, 11), Period(2025)


@pytest.mark.parametrize(
    ("counts", "whole", "seen"),
    [
        ([3, 5], 8, [3, 5]),
        ([2, 5], 7, [None, None]),
        ([0, 9], 9, [None, 9]),
        ([1, 1, 9], 11, [None, None, 9]),
        ([2, 2, 9], 13, [None, None, None]),
        ([2, 2], 4, [None, None]),
        ([4, 9, 2], 15, [None, 9, None]),
        ([4, 4, 2], 10, [None, None, None]),
    ],
)
def test_small_counts_are_left_out_and_the_next_with_them_where_they_could_be_told(counts, whole, seen):
    assert shown(counts, whole) == seen


def test_small_counts_of_less_than_a_year_that_is_over_tell_nothing_by_traits():
    rows = [entry("2025-03-04", "2025-03-20") for _ in range(5)]
    moments = ((2026, 1, 2), (2026, 1, 2), (2025, 12, 1))
    year, quarter, running = (
        suppressed(summary_of(*rows, period=period, at=datetime(*at, tzinfo=WIB)))
        for period, at in zip((Period(2025), Period(2025, 3, 1), Period(2025)), moments, strict=True)
    )

    assert [bool(one.breakdowns) for one in (year, quarter, running)] == [True, False, False]
    assert [one.exact for one in (year, quarter, running)] == [False] * 3
    assert [bool(one.outcomes.lines) for one in (year, quarter, running)] == [True, False, False]
    counted = replace(year, outcomes=Breakdown("x", "X", (Count("a", 5, None), Count("b", None, 5))))
    assert [(line.count, line.before) for line in suppressed(counted).outcomes.lines] == [(5, None), (None, 5)]


def test_what_is_handed_up_was_made_for_somebody_who_works_on_no_case():
    summary = summary_of(*(entry("2026-11-02") for _ in range(4)), period=NOVEMBER)

    assert figures_up(suppressed(summary))["angka"]["diterima"] == 4
    assert [handed(n) for n in (2, 3)] == [None, 3]
    assert [total(counts) for counts in ([], [3, None, 4], [3, 4])] == [(0, True), (7, False), (7, True)]
    with pytest.raises(AssertionError):
        figures_up(summary)


def test_who_reads_no_exact_figures_reads_the_lines_of_gaps_whether_anything_stands_there_or_not():
    rows = [entry("2025-11-03", "2025-11-04") for _ in range(4)]

    exact, guarded = (summary_of(*rows, period=YEAR, roles=roles) for roles in (None, ["admin"]))

    ended = [line.label for line in exact.outcomes.lines]
    assert [line.label for line in guarded.outcomes.lines] == [*ended, OTHER]
    assert OTHER not in ended
    for seen, told in zip(guarded.breakdowns, exact.breakdowns, strict=True):
        assert {OTHER, UNKNOWN} <= {line.label for line in seen.lines}
        assert OTHER not in {line.label for line in told.lines}


def lines_of(key: str, **values) -> list[str]:
    trait = next(trait for trait in traits(SOP, ()) if trait.key == key)
    return [*trait.of(replace(entry("2026-11-02"), **values))]


def test_a_row_stands_in_the_line_that_it_names_by_its_word_or_its_number():
    rights = next(field for field in SOP.register if field.name == "hak").choices

    assert lines_of("hak", hak=("1", str(len(rights)), rights[1].upper())) == [rights[0], rights[-1], rights[1]]
    assert lines_of("hak", hak=("0", str(len(rights) + 1), "100")) == [OTHER] * 3
    assert lines_of("hak", hak=()) == lines_of("kapasitas", kapasitas=None) == [UNKNOWN]
    several = {trait.key: trait.several for trait in traits(SOP, ())}
    assert (several["hak"], several["kapasitas"]) == (True, False)


def test_of_another_service_its_own_choices_are_counted_but_for_how_secret_a_case_is():
    asked = (
        FormField("sifat", "Sifat", "pilihan", choices=("biasa", "rahasia")),
        FormField("jenis", "Jenis", "pilihan", choices=("undangan", "laporan")),
        FormField("hal", "Hal", "isian"),
    )

    assert [trait.key for trait in traits(replace(SOP, service="rapat", register=asked), ())] == ["jenis"]


def test_change_is_said_by_its_direction_and_time_by_its_size():
    assert [words.change(*pair) for pair in ((3, 1), (1, 3), (2, 2), (None, 1), (1, None))] == [
        "naik 2",
        "turun 2",
        "tetap",
        words.NONE,
        words.NONE,
    ]
    assert [words.time(minutes, 450) for minutes in (None, 449, 450)] == [words.NONE, "7 jam 29 menit", "1 hari kerja"]
    assert [words.days(number) for number in (None, 3)] == [words.NONE, "3 hari kerja"]
    pace = SimpleNamespace(done=20, in_time=17)
    assert [words.kept(one) for one in (pace, SimpleNamespace(done=0, in_time=0))] == ["17 dari 20 (85%)", words.NONE]


def test_a_deadline_is_over_behind_its_moment_and_cases_wait_only_for_roles_of_their_states():
    at = datetime(2026, 12, 1, 9, tzinfo=WIB)

    assert [is_past(moment, at) for moment in (None, "2026-12-01T08:59:59+07:00", at.isoformat())] == [
        False,
        True,
        False,
    ]
    idle = replace(SOP, lanes=(*SOP.lanes, Lane("yankomas.analis", "Analis")))
    assert with_whom(idle, []) == {lane.role: lane.name for lane in SOP.lanes}
    assert [*with_whom(idle, [entry("2026-11-02", awaits=["yankomas.analis"])]).items()][-1] == (
        "yankomas.analis",
        "Analis",
    )
    assert ends(SOP).several is False


def test_steps_and_ends_are_counted_on_the_first_and_the_last_day():
    days = ("2026-10-31", "2026-11-01", "2026-11-30", "2026-12-01")
    rows = [entry("2026-10-01", steps=[left(4, day, 60)]) for day in days]
    summary = summary_of(*rows, *(entry("2026-10-05", day) for day in days), period=NOVEMBER)

    assert next(pace.done for pace in summary.steps if pace.number == 4) == 2
    assert next(month for month in summary.months if month.month == NOVEMBER).closed == 2
    assert sum(line.count for line in summary.outcomes.lines) == 2
    came = summary_of(*(entry(day) for day in days), period=NOVEMBER)
    assert {sum(line.count for line in one.lines) for one in came.breakdowns if not one.several} == {2}
    assert came.unconfirmed == 0
    closed = [entry(day, sifat="rahasia", awaits=["kadiv"]) for day in days]
    assert summary_of(*closed, period=NOVEMBER, roles=["kasubbid"]).secret == 2


def test_what_an_old_case_took_is_under_no_clock_of_this_office():
    own, old = entry("2026-11-02", "2026-11-04"), entry("2026-01-05", "2026-11-05", imported=True)

    assert summary_of(own, old, period=NOVEMBER).closing.days == 2


def test_a_row_says_if_its_case_ended_late_and_whose_letter_it_waits_for():
    newest = editions()[-1]
    case = tended(case_of(first=received(), at=datetime(2026, 11, 26, 8, tzinfo=WIB)), newest)
    row = row_of(case, newest, CALENDAR)

    assert (row.closed_late, row.gate, row.imported) == (None, "", False)
    assert date.fromisoformat(row.received_at[:10]) == date(2026, 11, 26)
