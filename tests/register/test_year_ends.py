"""Years whose register was closed: what holds of them where cases lie elsewhere, and after a restore."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import timedelta

import pytest
from fakes import MORNING

from pipeline.archive.store.layout import Layout
from pipeline.cases.case_number import CaseNumber
from pipeline.errors import NotAllowed
from pipeline.register.store.restored import note_restored
from pipeline.register.store.year_ends import YearEndRecord, folder_year_ends
from pipeline.register.year_end import YearEnd, YearFigures


def closed(layout: Layout, year: int, at, is_wrong=lambda _at: False) -> YearEndRecord:
    layout.prepare()
    record = folder_year_ends(layout, nullcontext, is_wrong)
    record.close(lambda: YearEnd(YearFigures(year, 4, 4, (), (), ()), "", at, "wati", "arsiparis"))
    return record


def test_a_year_closed_by_a_clock_of_which_the_centre_knows_that_it_was_wrong_is_open(tmp_path):
    ahead, wrong = MORNING + timedelta(days=60), set()
    record = closed(Layout(tmp_path), 2026, ahead, wrong.__contains__)

    assert (record.closed(), record.closed_ahead(MORNING)) == ({2026}, [ahead])
    wrong.add(ahead)
    assert (record.closed(), record.closed_ahead(MORNING), record.every()) == (frozenset(), [], [])


def test_after_a_restore_nobody_says_that_a_closed_year_gave_numbers_behind_its_last(office):
    layout = office.root.layout
    closed(layout, 2025, MORNING)
    note_restored(layout.restored, MORNING.isoformat())

    with pytest.raises(NotAllowed, match="lembar penutupannya"):
        office.root.numbers.confirm(CaseNumber(2025, 9), {}, "Ani Rekaan", MORNING)

    assert office.root.numbers.confirm(None, {}, "Ani Rekaan", MORNING) == 0
