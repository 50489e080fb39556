"""kill -9 at every single effect of every kind of step of a case, from its first move to its close, with fake engines.

Each step starts from an office in which the steps before it were made; who was killed starts again, works off what is
owed, and makes the move if it is not recorded yet. The intake's own effects are in ``test_crash``.
"""

from __future__ import annotations

import shutil
from datetime import datetime
from functools import partial

import pytest
from crash import Effects, effects_of, in_child, likeness, was_killed
from fakes import WIB, FixedClock
from offices import CENTRAL, FakeOffice, copied
from test_whole_sop import FIRST, REVIEW, SUB, TO_REVIEW, TO_THE_END, received, walk

from pipeline.work.tend import tend

pytestmark = pytest.mark.slow

STEPS = [*TO_REVIEW, ("telaah", SUB, {**REVIEW, "saran": "rekomendasi"}, "2026-11-26T15:00"), *TO_THE_END]
KILLED = [0, 2, 5, 6, 10, len(STEPS) - 1]  # konfirmasi, disposisi, telaah, rekomendasi, tandatangan, selesai


@pytest.fixture(scope="module")
def offices(tmp_path_factory):
    """The office as it stood before each step, and the folder after the last."""
    folder = tmp_path_factory.mktemp("perkara") / "kantor"
    received(FakeOffice(folder))
    before = []
    for n, step in enumerate(STEPS):
        before.append(folder.parent / f"sebelum-{n}")
        copied(folder, before[-1])
        walk(FakeOffice(folder), FIRST, [step])
    return before


def _then(folder, n: int) -> FakeOffice:
    """Return the office at the time of a step."""
    office = FakeOffice(folder)
    office.clock = FixedClock(datetime.fromisoformat(STEPS[n][3]).replace(tzinfo=WIB))
    return office


def _work(folder, n: int, effects: Effects | None = None) -> None:
    office = FakeOffice(folder)
    if effects:
        effects.install()
    if len(office.root.cabinet.case(FIRST).made) <= n:
        walk(office, FIRST, [STEPS[n]])
    office.root.book.refresh()


def _after(folder, n: int):
    _then(folder, n).run_once()
    _work(folder, n)
    office = _then(folder, n)
    for number in office.root.cabinet.open_cases():
        tend(number, office.tend_parts)
    office.root.book.refresh()
    return likeness(folder), office.findings()


@pytest.mark.parametrize("n", KILLED, ids=[STEPS[n][0] for n in KILLED])
def test_killed_before_any_effect_of_a_step_the_archive_comes_out_equal(offices, tmp_path, n):
    names = effects_of(partial(_work, copied(offices[n], tmp_path / "utuh"), n), tmp_path)
    expected = _after(tmp_path / "utuh", n)
    assert expected[1] == []

    different = {}
    for kill_at, name in [*enumerate(names, start=1)][:: 9 if CENTRAL else 1]:  # there each costs some seconds
        folder = tmp_path / f"n{kill_at}"
        copied(offices[n], folder)
        status = in_child(partial(_work, folder, n, Effects(kill_at)))
        if not was_killed(status) or _after(folder, n) != expected:
            different[kill_at, name] = status
        shutil.rmtree(folder)

    assert different == {}
    assert len(names) > 10
