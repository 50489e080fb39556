"""Small counts stay unknown to whoever adds, subtracts, and knows the rule: by every table, and by a solver."""

from __future__ import annotations

import itertools
from collections import defaultdict
from datetime import datetime
from functools import cache

import pytest
from fakes import WIB
from registers import a_year, entry, summary_of
from solver import Known
from usual_standing import standing

from pipeline.access.secrecy import open_to
from pipeline.register.summary.figures import Summary
from pipeline.register.summary.period import Period
from pipeline.register.summary.small_cell_suppression import LEAST, shown

OFFICIALS, ARCHIVIST = "kabid", "arsiparis"
ROWS = a_year(60)
PERIODS = [Period(2026, months, n) for months in (1, 3, 12) for n in range(1, 12 // months + 1)]
#: A day in the year, the next one, and one after it.
MOMENTS = [datetime(*day, 9, tzinfo=WIB) for day in ((2026, 11, 25), (2026, 11, 26), (2027, 1, 4))]


def once(counts: list[int], _whole: int) -> list[int | None]:
    """What was shown before: one and two left out, and the next smallest where one alone was."""
    small = {n for n, count in enumerate(counts) if 0 < count < LEAST}
    if len(small) == 1:
        others = [(count, n) for n, count in enumerate(counts) if count and n not in small]
        small |= {min(others)[1]} if others else set()
    return [None if n in small else count for n, count in enumerate(counts)]


# Every table: whoever knows the rule keeps the tables that would be shown like this one.


def pinned_in_tables(rule, lines: int, whole: int, *, several: bool) -> list[tuple[int, ...]]:
    """The tables of which a small count is known to whoever sees what is shown of it."""
    looks = defaultdict(list)
    for table in itertools.product(range(whole + 1), repeat=lines):
        if sum(table) == whole or (several and sum(table) > whole):
            looks[tuple(rule(list(table), whole))].append(table)
    return [
        some[0]
        for look, some in looks.items()
        for n, count in enumerate(look)
        if count is None and len({table[n] for table in some}) == 1 and 0 < some[0][n] < LEAST
    ]


@pytest.mark.parametrize("several", [False, True])
@pytest.mark.parametrize(("lines", "most"), [(2, 16), (3, 12), (4, 8), (5, 6)])
def test_no_small_count_of_any_table_can_be_told(lines, most, several):
    for whole in range(most + 1):
        assert pinned_in_tables(shown, lines, whole, several=several) == [], whole


def test_the_same_search_finds_small_counts_in_what_was_shown_before():
    assert (1, 1, 7) in pinned_in_tables(once, 3, 9, several=False)


def test_no_table_shows_a_small_count():
    for table in itertools.product(range(7), repeat=3):
        assert not {0, 1, 2} & {count for count in shown(list(table), sum(table)) if count is not None}


def test_which_count_is_left_out_does_not_depend_on_the_line_it_stands_in():
    for table in itertools.product(range(7), repeat=3):
        hidden = {count for count, seen in zip(table, shown(list(table), sum(table)), strict=True) if seen is None}
        for other in itertools.permutations(table):
            seen = shown(list(other), sum(table))
            assert {count for count, s in zip(other, seen, strict=True) if s is None} == hidden


# A solver that has every answer of a year: months, quarters and the year, asked on three days.


@cache
def answers(roles: frozenset[str] | None) -> list[Summary]:
    """Every answer, of the register as it was on each day."""
    came = {at: [row for row in ROWS if row.received_at[:10] <= at.date().isoformat()] for at in MOMENTS}
    return [summary_of(*came[at], period=period, at=at, roles=roles) for at in MOMENTS for period in PERIODS]


def slots_in(period: Period, at: datetime) -> list[tuple[int, int]]:
    """The months of a period that lie before a day; of November its days until the 25th, the 26th, and the others."""
    months = range(period.first.month, period.last.month + 1)
    parts = [(month, day) for month in months for day in ((25, 26, 27) if month == 11 else (1,))]
    return [(month, day) for month, day in parts if f"2026-{month:02d}-{day:02d}" <= at.date().isoformat()]


def told(found: Summary, key: str, rule) -> dict[str, int | None]:
    """What an answer says of a trait; with a rule, what it would have said by that."""
    lines = next((b.lines for b in found.breakdowns if b.key == key), ())
    counts = [line.count for line in lines]
    said = rule(counts, found.flow.received) if rule else counts
    return {line.label: count for line, count in zip(lines, said, strict=True)}


def pinned_by_answers(summaries: list[Summary], key: str, rule=None, least: int = 0) -> dict[object, int]:
    """The small counts of a trait (by line and stretch of days) that a solver makes of all answers."""
    labels = sorted({label for found in summaries for label in told(found, key, rule)})
    known = Known(most=len(ROWS))
    for found in summaries:
        slots = slots_in(found.period, found.at)
        known.tell([(label, slot) for label in labels for slot in slots], found.flow.received, found.flow.received)
        said = told(found, key, rule)
        for label in labels if said else ():
            count = said.get(label, 0)  # a line that is not there stands for nought
            bounds = (least, len(ROWS)) if count is None else (count, count)
            known.tell([(label, slot) for slot in slots], *bounds)
    found_out = known.pinned(known.bounds)
    return {name: count for name, count in found_out.items() if 0 < count < LEAST}


@pytest.mark.parametrize("key", ["kelas_terlapor", "cara_penyampaian", "kapasitas", "wilayah"])
def test_all_answers_of_a_year_together_pin_no_small_count(key):
    assert pinned_by_answers(answers(frozenset({ARCHIVIST})), key) == {}


def test_the_same_solver_pins_small_counts_in_what_was_shown_before():
    found = pinned_by_answers(answers(None), "kelas_terlapor", once, least=1)

    assert len(found) > 10


# Between roles: what one may not read stands in none of their figures.

TRAITS = {
    "hak": ["anak"],
    "kelas_terlapor": "kepolisian",
    "kapasitas": "korban",
    "kerentanan": ["anak"],
    "tempat_kejadian": "Kota Bengkulu",
    "cara_penyampaian": "pos",
    "channel": "lisan",
    "confirmed": False,
    "paused": True,
    "due_at": "2026-11-01T09:00:00+07:00",
    "case_due_at": "2026-11-01T09:00:00+07:00",
    "closed_at": "2026-10-20T10:00:00+07:00",
    "closed_late": True,
    "state_key": "telaahan",
    "step": 6,
}


@pytest.mark.parametrize("role", [OFFICIALS, "kadiv", "kasubbid", "tim-yankomas", ARCHIVIST])
@pytest.mark.parametrize("period", [Period(2026), Period(2026, 3, 4), Period(2026, 1, 10)])
def test_a_secret_case_counts_as_one_and_nothing_else_whatever_it_is_about(role, period):
    secret = entry("2026-10-05", sifat="rahasia")

    said = [
        summary_of(*ROWS, one, period=period, at=at, roles=standing(role))
        for one in (secret, secret.from_json({**secret.as_json(), **TRAITS}))
        for at in (MOMENTS[0],)
    ]

    assert not open_to(standing(role), secret)
    assert said[0] == said[1]
    assert said[0].secret == 1
    assert said[0].flow == summary_of(*ROWS, period=period, at=MOMENTS[0], roles=standing(role)).flow


def test_who_may_read_all_cases_has_exact_figures_of_all():
    secret = entry("2026-10-05", sifat="rahasia", **TRAITS)

    assert summary_of(secret, roles=standing("kakanwil")) == summary_of(secret)


def test_figures_of_those_who_work_on_the_cases_are_exact():
    assert summary_of(*ROWS, roles=standing(OFFICIALS)) == summary_of(*ROWS)
