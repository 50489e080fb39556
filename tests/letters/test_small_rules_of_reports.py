"""What the periodical report says of its figures, where only one of two is there: each rule by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from pipeline.cases.register_words import register_words
from pipeline.letters.sheets.periodical_report import values
from pipeline.letters.sheets.report_advice import advised, concluded
from pipeline.letters.sheets.report_hindrances import CAUSE, hindered, late_steps, latest, slowest
from pipeline.letters.sheets.report_words import achieved, changed, listed, named, opening, running
from pipeline.letters.sheets.specimens import SPECIMEN_OFFICE
from pipeline.register.summary import words as said
from pipeline.register.summary.figures import Breakdown, Closing, Count, Flow, Held, MonthFlow, Pace, Running, Summary
from pipeline.register.summary.period import Period

NOW = datetime(2027, 2, 1, 9, tzinfo=timezone(timedelta(hours=7)))
QUARTER = Period(2026, 3, 4)
#: An office in which nothing came, ended, or is open.
EMPTY = Summary(
    period=QUARTER,
    at=NOW,
    flow=Flow(0, 0, 0),
    flow_before=Flow(0, 0, 0),
    closing=Closing(0, 0, None),
    closing_before=Closing(0, 0, None),
    running=Running(0, 0, 0, 0, (), ()),
    outcomes=Breakdown("hasil", "Hasil", ()),
    breakdowns=(),
    steps=(),
    months=(),
    unconfirmed=0,
    day_minutes=450,
)
BUSY = replace(EMPTY, flow=Flow(2, 3, 1), closing=Closing(1, 0, 4), running=Running(4, 0, 0, 0, (), ()))
KEPT = "mutu dan ketepatan waktu pelayanan dipertahankan"


def pace(number: int, done: int, in_time: int) -> Pace:
    return Pace(number, f"kegiatan {number}", "1 hari", done, in_time, 60)


@pytest.mark.parametrize(
    ("flow", "begins"),
    [
        (Flow(0, 0, 0), "Pada periode ini tidak ada aduan yang masuk"),
        (
            Flow(2, 0, 0),
            "Aduan yang masuk sama banyaknya dengan perkara yang berakhir, sehingga perkara yang berjalan tetap 2",
        ),
        (
            Flow(0, 2, 0),
            "Aduan yang masuk lebih banyak daripada perkara yang berakhir, sehingga perkara yang berjalan menjadi 2",
        ),
        (
            Flow(2, 0, 1),
            "Aduan yang masuk lebih sedikit daripada perkara yang berakhir, sehingga perkara yang berjalan menjadi 1",
        ),
        (
            Flow(2, 1, 1),
            "Aduan yang masuk sama banyaknya dengan perkara yang berakhir, sehingga perkara yang berjalan tetap 2",
        ),
    ],
)
def test_it_concludes_whether_more_came_than_ended(flow, begins):
    assert concluded(replace(EMPTY, flow=flow))[0].startswith(begins)


@pytest.mark.parametrize(
    ("closing", "kept"),
    [
        (Closing(0, 0, None), ""),
        (Closing(2, 0, 4), " Semua perkara yang berakhir diselesaikan dalam waktu SOP."),
        (Closing(1, 1, 4), " Sebanyak 1 (satu) perkara (50%) yang berakhir diselesaikan dalam waktu SOP."),
    ],
)
def test_it_concludes_how_much_of_what_ended_kept_to_the_time(closing, kept):
    told = concluded(replace(BUSY, closing=closing))[0]

    assert told.endswith(f"semula 2 (dua) perkara.{kept}")


@pytest.mark.parametrize(
    ("summary", "entries"),
    [
        (EMPTY, ["layanan pengaduan dan cara menggunakannya disosialisasikan kembali kepada masyarakat"]),
        (replace(EMPTY, flow=Flow(1, 0, 0)), [KEPT]),
        (replace(EMPTY, flow=Flow(0, 1, 0)), [KEPT]),
        (
            replace(EMPTY, unconfirmed=1),
            ["isian register yang belum diperiksa petugas segera dikonfirmasi"],
        ),
        (
            replace(BUSY, running=replace(BUSY.running, overdue=1)),
            ["perkara yang mendekati batas waktu SOP diperiksa setiap minggu"],
        ),
        (replace(BUSY, closing=Closing(0, 1, 4)), ["perkara yang mendekati batas waktu SOP diperiksa setiap minggu"]),
        (
            replace(BUSY, running=replace(BUSY.running, paused=1), unconfirmed=1),
            [
                "pelapor yang belum melengkapi pengaduannya dihubungi kembali",
                "isian register yang belum diperiksa petugas segera dikonfirmasi",
            ],
        ),
    ],
)
def test_what_it_advises_is_a_list_or_a_single_sentence_of_the_conclusion(summary, entries):
    single = [f"Disarankan agar {entry}." for entry in entries if len(entries) == 1]

    assert concluded(summary)[1:] == single
    assert advised(summary) == ([] if single else listed(entries))


@pytest.mark.parametrize(
    ("entries", "marked"),
    [(["a"], ["a."]), (["a", "b"], ["a; dan", "b."]), (["a", "b", "c"], ["a;", "b; dan", "c."])],
)
def test_the_entries_of_a_list_have_their_marks(entries, marked):
    assert listed(entries) == marked


@pytest.mark.parametrize(
    ("flow", "told"),
    [
        (Flow(0, 0, 0), "Tidak ada kendala, karena tidak ada perkara yang ditangani."),
        (Flow(1, 0, 0), "Tidak ada perkara yang melewati waktu SOP."),
        (Flow(0, 1, 0), "Tidak ada perkara yang melewati waktu SOP."),
    ],
)
def test_nothing_stood_in_the_way_where_there_was_nothing_or_nothing_was_late(flow, told):
    assert hindered(replace(EMPTY, flow=flow)) == [told]


LATE = "Sebanyak 1 (satu) perkara berakhir sesudah melewati waktu SOP; waktu langkah"


@pytest.mark.parametrize(
    ("steps", "late", "told"),
    [
        ((), 1, f"{LATE} terlampaui sebelum periode ini. {CAUSE}"),
        ((pace(1, 2, 1), pace(2, 2, 1)), 1, f"{LATE} terlampaui pada langkah 1 dan 2. {CAUSE}"),
        (
            (pace(1, 2, 2), pace(2, 2, 1)),
            1,
            f"{LATE} paling sering terlampaui pada langkah 2, “kegiatan 2”, yaitu sebanyak 1 (satu) kali (50%) dari "
            f"2 (dua) kali. {CAUSE}",
        ),
        (
            (pace(1, 2, 1),),
            0,
            "Langkah yang paling sering melewati waktunya ialah langkah 1, “kegiatan 1”, yaitu sebanyak 1 (satu) kali "
            "(50%) dari 2 (dua) kali; tidak ada perkara yang berakhir melewati waktu SOP seluruhnya.",
        ),
        (
            (pace(1, 2, 1), pace(2, 2, 1)),
            0,
            "Waktu langkah 1 dan 2 ada kalanya terlampaui; tidak ada perkara yang berakhir melewati waktu SOP "
            "seluruhnya.",
        ),
    ],
)
def test_what_ended_late_is_told_with_the_steps_at_which_time_ran_out(steps, late, told):
    assert hindered(replace(BUSY, steps=steps, closing=Closing(1, late, 4))) == [told]


def test_the_slowest_step_is_the_only_one_that_was_late_most_often():
    steps = (pace(1, 4, 4), pace(2, 4, 3), pace(3, 4, 2), pace(4, 0, 0))

    assert slowest(replace(BUSY, steps=steps)) == steps[2]
    assert slowest(replace(BUSY, steps=(*steps, pace(5, 2, 1)))) is None
    assert (slowest(BUSY), late_steps(BUSY)) == (None, "")
    assert late_steps(replace(BUSY, steps=steps)) == "2 dan 3"


def test_what_is_late_now_stands_in_the_step_with_most_of_it():
    steps = (Held("Telaahan", 5, 1), Held("Pemantauan", 5, 3))
    late = replace(BUSY, running=replace(BUSY.running, late=4, by_step=steps))
    nowhere = replace(BUSY, running=replace(BUSY.running, late=1))
    in_time = replace(BUSY, running=replace(BUSY.running, by_step=(Held("Telaahan", 5, 0),)))

    assert [latest(summary) for summary in (late, nowhere, in_time)] == [steps[1], None, None]
    assert hindered(nowhere) == [
        f"Sebanyak 1 (satu) perkara yang masih berjalan melewati waktu langkahnya. {CAUSE}",
    ]


@pytest.mark.parametrize(
    ("now", "before", "told"), [(2, 2, "tetap"), (3, 2, "naik 1 (satu) aduan"), (2, 3, "turun 1 (satu) aduan")]
)
def test_a_change_is_told_with_its_direction(now, before, told):
    assert changed(now, before, "aduan") == told
    summary = replace(EMPTY, flow=Flow(0, now, 0), flow_before=Flow(0, before, 0))
    compared = "sama dengan" if now == before else f"{told} dari"
    assert f"aduan, {compared} Triwulan III" in opening(summary, "Kantor Rekaan")


def test_only_a_quarters_name_says_that_a_year_is_one():
    assert [named(period) for period in (QUARTER, Period(2026), Period(2026, 1, 10))] == [
        "Triwulan IV Tahun\N{NO-BREAK SPACE}2026",
        "Tahun\N{NO-BREAK SPACE}2026",
        "Oktober\N{NO-BREAK SPACE}2026",
    ]


@pytest.mark.parametrize(
    ("open_now", "told"),
    [
        (Running(0, 0, 0, 0, (), ()), " tidak ada perkara yang berjalan."),
        (Running(1, 0, 0, 0, (), ()), " berjalan 1 (satu) perkara, semuanya dalam waktunya."),
        (Running(2, 1, 0, 0, (), ()), " di antaranya 1 (satu) perkara melewati waktu langkahnya."),
    ],
)
def test_what_is_open_is_told_with_what_of_it_is_late(open_now, told):
    assert running(replace(EMPTY, running=open_now)).endswith(told)


@pytest.mark.parametrize(
    ("days", "before", "told"),
    [
        (None, 3, ""),
        (4, None, "Lama penanganannya, menurut median, 4 hari kerja."),
        (4, 3, "Lama penanganannya, menurut median, 4 hari kerja, sebelumnya 3 hari kerja."),
    ],
)
def test_how_long_it_took_is_told_and_compared_where_both_are_known(days, before, told):
    summary = replace(BUSY, closing=Closing(1, 0, days), closing_before=Closing(0, 0, before))

    assert achieved(summary)[0].endswith(told or "dalam waktu SOP.")
    assert achieved(EMPTY) == ["Tidak ada perkara yang berakhir pada periode ini."]


def reported(**figures: object) -> dict[str, object]:
    return values(replace(EMPTY, **figures), SPECIMEN_OFFICE)


@pytest.mark.parametrize(
    ("figures", "nil"),
    [
        ({}, ""),
        ({"running": Running(1, 0, 0, 0, (), ())}, "ya"),
        ({"secret": 1}, "ya"),
        ({"flow": Flow(1, 0, 0)}, "ya"),
        ({"flow": Flow(0, 1, 1)}, "ya"),
        ({"flow_before": Flow(0, 1, 1)}, "ya"),
    ],
)
def test_a_report_is_nil_where_nothing_came_was_open_or_is_secret_in_either_period(figures, nil):
    assert reported(**figures)["nihil"] != nil


@pytest.mark.parametrize(("received", "closed", "drawn"), [(0, 0, False), (1, 0, True), (0, 1, True)])
def test_months_are_drawn_where_something_came_or_ended(received, closed, drawn):
    months = (MonthFlow(Period(2026, 1, 10), received, closed),)

    assert bool(reported(months=months)["bagan_bulan"]) == drawn


@pytest.mark.parametrize(
    ("closing", "before", "change"),
    [
        (Closing(1, 0, 4), Closing(1, 0, 4), "Tetap"),
        (Closing(1, 0, 5), Closing(1, 0, 4), "Naik 1 hari kerja"),
        (Closing(1, 0, None), Closing(1, 0, 4), "Tidak dibandingkan"),
        (Closing(1, 0, 4), Closing(0, 0, None), "Tidak dibandingkan"),
    ],
)
def test_how_long_it_took_is_compared_in_the_table_where_both_are_known(closing, before, change):
    rows = reported(closing=closing, closing_before=before)["ketepatan"]

    assert rows[-1]["perubahan"].replace("\N{NO-BREAK SPACE}", " ").startswith(change)
    assert reported()["ketepatan"] == []


ONE, TWO, NONE, HIDDEN = Count("satu", 1, 0), Count("dua", 0, 2), Count("nol", 0, 0), Count("rahasia", None, 0)


@pytest.mark.parametrize(
    ("lines", "several", "rows"),
    [
        ((ONE, TWO), False, ["Satu", "Dua", "Jumlah"]),
        ((ONE, TWO), True, ["Satu", "Dua"]),
        ((ONE,), False, ["Satu"]),
        ((ONE, NONE), False, ["Satu"]),
        ((ONE, HIDDEN), False, ["Satu", "Rahasia"]),
        ((ONE, replace(HIDDEN, count=0, before=None)), False, ["Satu", "Rahasia"]),
    ],
)
def test_a_breakdown_has_its_sum_below_it_where_every_line_is_shown_and_counts_once(lines, several, rows):
    told = reported(outcomes=Breakdown("hasil", "Hasil", lines, several))["hasil"]

    assert [row["uraian"] for row in told] == rows


def test_only_where_a_step_was_ended_the_steps_are_a_table():
    assert reported(steps=(pace(1, 0, 0),))["langkah"] == []
    assert len(reported(steps=(pace(1, 0, 0), pace(2, 1, 1)))["langkah"]) == 2


def test_where_what_is_open_stands_has_its_sum_below_several_lines():
    one, two = Held("satu", 1, 0), Held("dua", 2, 1)

    def rows(*steps: Held) -> list[str]:
        return [row["uraian"] for row in reported(running=Running(3, 0, 0, 0, steps, ()))["posisi"]]

    assert (rows(one), rows(one, two)) == (["satu"], ["satu", "dua", "Jumlah"])


def test_rights_are_told_by_their_names_and_drawn_and_other_traits_as_they_are_called():
    right = register_words().rights[0]
    lines = (Count(right.word, 1, 0),)

    rights, other = reported(breakdowns=(Breakdown("hak", "Hak", lines), Breakdown("lain", "Lain", lines)))["rincian"]

    assert (rights["baris"][0]["uraian"], bool(rights["bagan"])) == (right.name, True)
    assert (other["baris"][0]["uraian"].casefold(), bool(other["bagan"])) == (right.word.casefold(), False)


@pytest.mark.parametrize(
    ("secret", "before", "exact", "notes"), [(0, 0, True, 3), (1, 0, True, 4), (0, 1, True, 4), (0, 0, False, 4)]
)
def test_what_is_secret_or_withheld_is_noted(secret, before, exact, notes):
    told = reported(secret=secret, secret_before=before, exact=exact)["catatan"]

    assert len(told) == notes
    assert (said.WITHHELD in told) == (not exact)
