"""The head of the office sees a period in figures: what came, what ended, what is late, and where it lies."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date

import pytest
from case_factory import CALENDAR
from hypothesis import given
from hypothesis import strategies as st
from registers import NOW, QUARTER, REGIONS, SOP, a_letter, a_year, entry, left, summary_of
from usual_standing import standing

from pipeline.cases.store.sop_editions import editions
from pipeline.errors import UsageFault
from pipeline.register.summary import counting, words
from pipeline.register.summary.counted_cases import WITH, Counting, counted, workload
from pipeline.register.summary.figures import Count, Summary
from pipeline.register.summary.period import Period, period_of
from pipeline.register.summary.traits import ELSEWHERE, OTHER, UNKNOWN, breakdown, traits
from pipeline.register.touched import AT_WORK, touched_on


def lines(summary: Summary, key: str) -> dict[str, int | None]:
    found = next(b for b in (summary.outcomes, *summary.breakdowns) if b.key == key)
    return {line.label: line.count for line in found.lines if line.count}


# Periods.


@pytest.mark.parametrize(
    ("period", "first", "last", "label", "key"),
    [
        (Period(2026), (2026, 1, 1), (2026, 12, 31), "Tahun 2026", "2026"),
        (Period(2026, 3, 1), (2026, 1, 1), (2026, 3, 31), "Triwulan I 2026", "2026-T1"),
        (Period(2026, 3, 4), (2026, 10, 1), (2026, 12, 31), "Triwulan IV 2026", "2026-T4"),
        (Period(2024, 1, 2), (2024, 2, 1), (2024, 2, 29), "Februari 2024", "2024-02"),
    ],
)
def test_a_period_knows_its_days_and_its_name(period, first, last, label, key):
    assert (period.first, period.last) == (date(*first), date(*last))
    assert (period.label, period.key) == (label, key)


def test_within_a_sentence_only_a_month_has_its_capital():
    periods = (Period(2026), Period(2026, 3, 4), Period(2026, 1, 11))
    assert [period.within for period in periods] == ["tahun 2026", "triwulan IV 2026", "November 2026"]


@given(st.integers(1990, 2100), st.sampled_from([1, 3, 12]), st.data())
def test_periods_follow_one_another_without_gap(year, months, data):
    period = Period(year, months, data.draw(st.integers(1, 12 // months)))

    assert (period.first - period.before.last).days == 1
    assert period.before.next == period
    assert period.first <= period.last < period.next.first


@pytest.mark.parametrize(
    ("asked", "period"),
    [
        ((None, None, None), Period(2026, 3, 4)),
        ((2025, None, None), Period(2025)),
        ((None, 1, None), Period(2026, 3, 1)),
        ((2025, None, 12), Period(2025, 1, 12)),
        ((1900, None, None), Period(1900)),
        ((2199, None, None), Period(2199)),
    ],
)
def test_what_is_not_said_of_a_period_is_that_of_today(asked, period):
    assert period_of(*asked, NOW.date()) == period


@pytest.mark.parametrize(
    "asked",
    [
        (2026, 5, None),
        (2026, 0, None),
        (2026, None, 13),
        (2026, 1, 1),
        (20260, None, None),
        (1899, None, None),
        (2200, None, None),
    ],
)
def test_a_period_that_there_is_none_of_is_refused(asked):
    with pytest.raises(UsageFault):
        period_of(*asked, NOW.date())


# What came and what ended.


def test_what_was_open_and_came_and_ended_adds_up_to_what_is_open():
    found = summary_of(
        entry("2026-09-01"),
        entry("2026-09-01", "2026-10-01"),
        entry("2026-09-01", "2026-09-30"),
        entry("2026-10-01"),
        entry("2026-11-02", "2026-11-20"),
        entry("2027-01-04"),
    ).flow

    assert (found.carried, found.received, found.closed, found.left) == (2, 2, 2, 2)


@given(st.lists(st.tuples(st.integers(0, 700), st.none() | st.integers(0, 300)), max_size=30))
def test_what_is_open_at_the_end_of_a_period_is_open_at_the_beginning_of_the_next(spans):
    start = date(2025, 6, 1).toordinal()
    rows = [
        entry(str(date.fromordinal(start + a)), str(date.fromordinal(start + a + b)) if b is not None else None)
        for a, b in spans
    ]

    assert summary_of(*rows).flow.left == summary_of(*rows, period=QUARTER.next).flow.carried
    assert summary_of(*rows).flow == summary_of(*rows, period=QUARTER.next).flow_before


def test_a_letter_of_the_last_hour_of_a_quarter_belongs_to_it_by_the_offices_clock():
    night = entry("2026-12-31", received_at="2026-12-31T16:30:00+00:00")  # 23.30 WIB
    after = entry("2026-12-31", received_at="2026-12-31T17:30:00+00:00")  # 00.30 WIB

    assert summary_of(night, after).flow.received == 1


def test_those_that_ended_are_told_by_how_and_whether_in_time():
    found = summary_of(
        entry("2026-10-01", "2026-10-08"),
        entry("2026-10-01", "2026-10-15", closed_late=True),
        entry("2026-10-01", "2026-10-29", state_key="dicabut"),
        entry("2026-07-01", "2026-08-03", closed_late=True),
    )

    assert (found.closing.in_time, found.closing.late, found.closing.days) == (2, 1, 10)
    assert (found.closing_before.in_time, found.closing_before.late) == (0, 1)
    assert lines(found, "hasil") == {"selesai": 2, "dicabut": 1}


def test_a_period_in_which_nothing_ended_has_no_median():
    assert summary_of(entry("2026-10-01")).closing.days is None


# What lies where.


def test_what_is_open_is_counted_by_step_and_by_whom_it_waits_for():
    found = summary_of(
        entry("2026-11-25"),
        entry("2026-11-02"),
        entry("2026-10-01", step=7, state_key="pemantauan", awaits=["tim-yankomas", "instansi"]),
        entry("2026-10-01", "2026-10-02"),
    ).running

    assert (found.total, found.late, found.overdue) == (3, 2, 1)
    assert [(h.count, h.late) for h in found.by_step] == [(0, 0), (0, 0), (0, 0), (2, 1), (0, 0), (0, 0), (1, 1)]
    roles = {h.label: (h.count, h.late) for h in found.by_role}
    assert (roles["Kakanwil"], roles["Tim Yankomas"], roles["Institusi Terkait"]) == ((2, 1), (1, 1), (1, 1))


def test_what_waits_for_a_role_that_the_newest_edition_has_no_more_is_counted_and_opened_too():
    rows = [entry("2026-11-25"), entry("2026-11-02", awaits=["yankomas.mediator"])]
    of = Counting(rows, NOW, SOP, REGIONS, CALENDAR)

    roles = {h.label: h.count for h in summary_of(*rows).running.by_role}

    assert (roles["Kakanwil"], roles["Mediator"]) == (1, 1)
    assert counted(of, QUARTER, WITH, "Mediator", standing("kabid")) == rows[1:]
    assert [(load.label, load.cases) for load in workload(of, None)] == [("Kakanwil", 1), ("Mediator", 1)]


def test_what_waits_for_its_complainant_is_not_late_for_the_office():
    found = summary_of(entry("2026-08-03", state_key="kelengkapan", awaits=["pelapor"], paused=True)).running

    assert (found.total, found.late, found.overdue, found.paused) == (1, 0, 0, 1)


def test_what_is_open_is_the_same_whichever_period_is_looked_at():
    rows = [entry("2026-11-02"), entry("2026-11-25")]

    assert summary_of(*rows).running == summary_of(*rows, period=Period(2019)).running


# Traits.


def test_complaints_are_counted_by_the_registers_own_words_in_their_order():
    found = summary_of(
        entry("2026-10-01", cara_penyampaian="pos", kelas_terlapor="kepolisian", hak=["rasa aman", "anak"]),
        entry("2026-10-01", cara_penyampaian="pos", kelas_terlapor="TNI", hak=[6]),
        entry("2026-10-01", channel="lisan", hak=["Hak atas kesejahteraan"]),
        entry("2026-10-01", cara_penyampaian="merpati", hak=["belum ditentukan"]),
    )

    assert lines(found, "cara_penyampaian") == {"pos": 2, "lisan": 1, OTHER: 1}
    assert lines(found, "kelas_terlapor") == {"kepolisian": 1, "TNI": 1, UNKNOWN: 2}
    assert lines(found, "hak") == {"rasa aman": 2, "kesejahteraan": 1, "anak": 1, "belum ditentukan": 1}
    rights = next(b for b in found.breakdowns if b.key == "hak")
    assert rights.several
    assert [line.label for line in rights.lines][:2] == ["hidup", "berkeluarga dan melanjutkan keturunan"]


def test_a_trait_is_compared_with_the_period_before():
    found = summary_of(entry("2026-10-01", cara_penyampaian="pos"), entry("2026-08-01", cara_penyampaian="pos"))
    channel = next(b for b in found.breakdowns if b.key == "cara_penyampaian")

    assert next(line for line in channel.lines if line.label == "pos") == Count("pos", 1, 1)


def test_places_are_counted_by_regency():
    found = summary_of(
        entry("2026-10-01", tempat_kejadian="Desa Contoh, Kec. Tais"),
        entry("2026-10-01", tempat_kejadian="Kab. Seluma"),
        entry("2026-10-01", tempat_kejadian="Palembang"),
        entry("2026-10-01"),
    )

    assert lines(found, "wilayah") == {"Kabupaten Seluma": 2, ELSEWHERE: 2}
    assert "wilayah" not in {b.key for b in summary_of(entry("2026-10-01"), regions=()).breakdowns}


def test_a_regency_that_was_confirmed_counts_whatever_the_words_of_the_place_seem_to_say():
    asks, seems = editions()[-1], {"tempat_kejadian": "Kab. Seluma", "sop": editions()[-1].key}
    rows = [
        entry("2026-10-01", **seems, kabupaten="Kota Bengkulu"),
        entry("2026-10-01", **seems, kabupaten="di luar wilayah kantor"),
        entry("2026-10-01", **seems),
        entry("2026-10-01", **seems, confirmed=False),
    ]
    place = next(trait for trait in traits(asks, REGIONS) if trait.key == "wilayah")

    assert {line.label: line.count for line in breakdown(place, rows, []).lines if line.count} == {
        "Kota Bengkulu": 1,
        "di luar wilayah kantor": 1,
        UNKNOWN: 1,
        "Kabupaten Seluma": 1,
    }


def test_what_nobody_has_confirmed_is_counted_as_such():
    assert summary_of(entry("2026-10-01", confirmed=False), entry("2026-10-01")).unconfirmed == 1


# Steps and months.


def test_each_step_shows_the_median_of_those_that_left_it_in_the_period():
    found = summary_of(
        entry("2026-09-01", steps=[left(2, "2026-10-01", 10), left(3, "2026-09-01", 5)]),
        entry("2026-10-01", steps=[left(2, "2026-10-01", 20)]),
        entry("2026-10-01", steps=[left(2, "2026-10-02", 90, late=True)]),
    )

    assert (found.steps[1].done, found.steps[1].in_time, found.steps[1].minutes) == (3, 2, 20)
    assert (found.steps[1].limit, found.steps[3].limit) == ("15 menit", "2 hari")
    assert (found.steps[2].done, found.steps[2].minutes) == (0, None)


def test_the_months_go_back_a_year_from_the_end_of_the_period():
    found = summary_of(entry("2026-01-31"), entry("2026-10-01", "2026-12-01"), entry("2025-12-31"))

    assert [m.month.key for m in found.months][0::11] == ["2026-01", "2026-12"]
    assert [(m.received, m.closed) for m in found.months if m.received or m.closed] == [(1, 0), (1, 0), (0, 1)]


@pytest.mark.parametrize("period", [QUARTER, Period(2026), Period(2026, 1, 1), Period(2024, 3, 2), Period(2022)])
def test_cases_that_ended_before_all_that_a_figure_looks_at_change_none(period, monkeypatch):
    late_letter = entry("2021-03-01", "2021-04-01", surat=[a_letter("06-ralat", "Ralat", str(period.first))])
    rows = [late_letter, *(row for year in range(2021, 2027) for row in a_year(120, year))]

    counted = summary_of(*rows, period=period)
    looked_at = [row for row in rows if touched_on(row) >= counting.looks_back_to(period).isoformat()]
    monkeypatch.setattr(counting, "touched_on", lambda row: AT_WORK)

    assert counted == summary_of(*rows, period=period)
    assert counted.letters == (Count("Ralat", 1, 0),)
    assert len(looked_at) < len(rows) or period.year == 2022


def test_an_average_day_is_what_the_offices_hours_make():
    assert summary_of().day_minutes == 450


# What it does not tell.


def test_no_name_and_no_number_of_a_case_is_in_a_summary():
    row = entry("2026-10-01", pelapor=["Siti Rekaan"], terlapor=["PT Rekaan"], perihal="Tanah", nomor_surat="12/X")

    said = json.dumps(asdict(summary_of(row)), default=str)

    for secret in ("Siti", "PT Rekaan", "Tanah", "12/X", row.number):
        assert secret not in said


# Words.


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (None, "–"),
        (0, "0 menit"),
        (25, "25 menit"),
        (120, "2 jam"),
        (449, "7 jam 29 menit"),
        (450, "1 hari kerja"),
        (630, "1,4 hari kerja"),
    ],
)
def test_time_is_said_in_minutes_hours_and_working_days(minutes, said):
    assert words.time(minutes, 450) == said


def test_changes_shares_and_counts_that_are_not_shown_are_said():
    assert [words.change(3, 1), words.change(1, 3), words.change(2, 2), words.change(None, 2)] == [
        "naik 2",
        "turun 2",
        "tetap",
        "–",
    ]
    assert [words.share(17, 20), words.share(0, 0)] == ["85%", "–"]
    assert [words.count(1234), words.count(None)] == ["1.234", "*"]


@pytest.mark.parametrize(("today", "unfinished"), [((2026, 12, 31), True), ((2027, 1, 1), False)])
def test_a_period_lasts_until_the_end_of_its_last_day(today, unfinished):
    assert summary_of(at=NOW.replace(year=today[0], month=today[1], day=today[2])).unfinished is unfinished


def test_a_period_that_still_lasts_says_so():
    assert words.span(summary_of()) == "1 Oktober 2026 sampai dengan 25 November 2026, belum berakhir"
    assert words.span(summary_of(period=Period(2025))) == "1 Januari 2025 sampai dengan 31 Desember 2025"


def test_letters_are_counted_by_the_day_on_which_they_left_the_office():
    sent = [a_letter("06-surat-rekomendasi", "Surat rekomendasi", day) for day in ("2026-10-01", "2026-09-30", None)]
    warned = a_letter("07-teguran-pertama", "Teguran pertama", "2026-12-31")

    found = summary_of(entry("2026-09-01", surat=[*sent, warned]))

    assert found.letters == (Count("Surat rekomendasi", 1, 1), Count("Teguran pertama", 1, 0))


def test_who_does_not_work_on_the_cases_is_not_told_how_many_letters_went():
    letter = a_letter("06-surat-rekomendasi", "Surat rekomendasi", "2026-10-01")

    assert summary_of(entry("2026-09-01", surat=[letter]), roles={"pembaca"}).letters == ()
