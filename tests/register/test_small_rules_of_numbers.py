"""Rules of numbers and old books that are a condition each: what is free, what a run holds, what is its own."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest
from case_factory import CALENDAR, case_of, tended
from fakes import MORNING, WIB

from pipeline.cases.case_number import CaseNumber
from pipeline.cases.sop import YANKOMAS
from pipeline.cases.store.sop_editions import editions
from pipeline.errors import NotFound, Passing, SettingsFault, UsageFault
from pipeline.register.enrol import ServiceLine, line_of
from pipeline.register.naskah_numbers import FreeNumbers, NaskahPattern, comparable
from pipeline.register.old_registers import gaps, lies_in, pieces, runs, told
from pipeline.register.register_numbers import RegisterPattern, next_number, numbers_lost, unfit_for_series
from pipeline.register.row import row_of

SOP = editions()[-1]
CASE = tended(case_of(), SOP)
ROW = row_of(CASE, SOP, CALENDAR)


def test_runs_and_gaps_begin_and_end_where_numbers_do():
    assert runs([3, 1, 2, 7, 5, 5]) == ((1, 3), (5, 5), (7, 7))
    assert gaps([1, 2, 5]) == ((3, 4),)
    assert gaps([2, 4], above=2) == ((3, 3),)
    assert [lies_in(n, [(2, 4)]) for n in (1, 2, 4, 5)] == [False, True, True, False]
    assert told([(3, 3), (7, 9)]) == "3, 7-9"
    assert told([(n, n) for n in range(3)], most=3) == "0, 1, 2"
    assert told([(n, n) for n in range(4)], most=3) == "0, 1, 2, … (1 celah lagi)"


@pytest.mark.parametrize(
    ("without", "rest"),
    [
        ([], [(3, 7)]),
        ([(1, 2), (9, 10)], [(3, 7)]),
        ([(1, 3)], [(4, 7)]),
        ([(7, 9)], [(3, 6)]),
        ([(4, 4), (6, 6)], [(3, 3), (5, 5), (7, 7)]),
        ([(3, 7)], []),
        ([(3, 6)], [(7, 7)]),
    ],
)
def test_a_run_is_left_in_pieces_without_others(without, rest):
    assert [*pieces((3, 7), without)] == rest


def test_numbers_follow_time_and_those_given_since_are_of_a_year_that_began():
    at = datetime(2026, 12, 31, tzinfo=WIB)

    assert next_number(at, 7, at) == CaseNumber(2026, 8)
    with pytest.raises(Passing, match="mundur"):
        next_number(at - timedelta(seconds=1), 7, at)
    assert [numbers_lost(CaseNumber(2026, n), 7, at) for n in (7, 9)] == [0, 2]
    for number, said in ((CaseNumber(2027, 9), "belum mulai"), (CaseNumber(2026, 6), "lebih rendah")):
        with pytest.raises(UsageFault, match=said):
            numbers_lost(number, 7, at)


def test_a_pattern_of_another_day_holds_from_that_day_on():
    day, later = date(2027, 1, 4), RegisterPattern("{urut:03d}/BARU/{tahun}")
    pattern = RegisterPattern("{urut:04d}/YANKOMAS/{tahun}", ((day, later),))
    letters = NaskahPattern("{unit}-{urut}", "W.8", "HA", ((day, NaskahPattern("{unit}-{urut}", "W.9", "HA")),))

    assert [pattern.on(day - timedelta(days=1)).pattern, pattern.on(day).pattern] == [pattern.pattern, later.pattern]
    assert [letters.on(day - timedelta(days=1)).unit, letters.on(day).unit] == ["W.8", "W.9"]
    assert [letters.read(text, 2027) for text in ("W.9-7", "W.8-8", "W.7-9")] == [7, 8, None]


def test_a_pattern_of_another_series_is_short_and_has_a_word_of_its_own():
    office = RegisterPattern("{urut:04d}/YANKOMAS/{tahun}")
    behind = "/{urut}/{tahun}"
    longest = "A" * (60 - len(behind)) + behind

    assert unfit_for_series(longest, "SM", office) == ""
    assert "lebih dari 60 huruf" in unfit_for_series(f"A{longest}", "SM", office)
    assert unfit_for_series("AGENDA\n{urut}/{tahun}", "SM", office)


@pytest.mark.parametrize("pattern", ["{unit}.{klasifikasi}", "{urut}/{bulan}", "{klasifikasi}"])
def test_a_pattern_of_letters_has_its_serial_and_no_word_that_is_unknown(pattern):
    with pytest.raises(SettingsFault, match="Pola nomor naskah"):
        NaskahPattern(pattern, "W.8", "HA")


def test_a_letters_number_is_told_with_its_year_once():
    plain, with_year = NaskahPattern("{unit}-{urut}", "W.8", "HA"), NaskahPattern("{unit}-{urut}/{tahun}", "W.8", "HA")

    assert [plain.write(7, 2026), plain.write(7, 2026, whole=True)] == ["W.8-7", "W.8-7 TAHUN 2026"]
    assert with_year.write(7, 2026, whole=True) == "W.8-7/2026"
    assert (
        comparable("W8.OT.02.01 \u2212 74.") == comparable("W.8\u2013OT-02-01\u201474") == comparable("W.8.OT.02.01-74")
    )


def numbered(year: int, *texts: str):
    """A case of which letters got these numbers in that year."""
    at = datetime(year, 6, 1, tzinfo=WIB)
    made = [SimpleNamespace(at=at, decision=SimpleNamespace(numbers={f"{n}": text})) for n, text in enumerate(texts)]
    return SimpleNamespace(made=made)


def test_the_next_number_of_a_letter_is_one_that_no_letter_has():
    cases = {CaseNumber(2026, 1): numbered(2026, "W.8-8"), CaseNumber(2025, 1): numbered(2025, "W.8-9")}
    known = {"W.8-8": CaseNumber(2026, 1), "W.8-9": CaseNumber(2025, 1), "W.8-11 TAHUN 2026": CaseNumber(2026, 9)}
    free = FreeNumbers(NaskahPattern("{unit}-{urut}", "W.8", "HA"), 2026, known.get, cases.__getitem__)

    assert free.after(6, MORNING.date()) == (7, "W.8-7")
    assert free.after(7, MORNING.date()) == (9, "W.8-9 TAHUN 2026")
    assert free.after(10, MORNING.date()) == (12, "W.8-12")
    assert [free.holder(text) for text in ("W.8-8", "W.8-8 TAHUN 2026", "W.8-9 TAHUN 2026", "W.8-11", "W.8-7")] == [
        CaseNumber(2026, 1),
        CaseNumber(2026, 1),
        None,
        CaseNumber(2026, 9),
        None,
    ]


def test_a_complaint_is_registered_for_yankomas_or_for_a_service_in_use():
    own = ServiceLine("SM", ())
    parts = SimpleNamespace(editions=(SOP,), services={"surat-masuk": own})

    assert line_of("", parts) == line_of(YANKOMAS, parts) == ServiceLine("", (SOP,))
    assert line_of("surat-masuk", parts) is own
    with pytest.raises(NotFound):
        line_of("rapat", parts)
