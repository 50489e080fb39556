"""The long works of keeping: one at a time, watched while they go on, tidied up behind."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

import pytest
from patience import until

from pipeline.errors import Busy
from pipeline.work.chores import Chore
from pipeline.work.engines.process_chores import ProcessChores

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
WAITS = "import sys, time; print('Mulai.', flush=True); print('\\rMemeriksa 1/2', file=sys.stderr); time.sleep(600)"


def works(program: str, tidied: list[str] | None = None) -> ProcessChores:
    after = {Chore.REHEARSE: lambda: (tidied if tidied is not None else []).append("bersih")}
    return ProcessChores(lambda _chore: [sys.executable, "-c", program], after)


def ended(chores: ProcessChores):
    until(lambda: not chores.last().running)
    return chores.last()


def test_a_work_is_watched_while_it_goes_on_and_another_waits():
    chores = works(WAITS)
    chores.start(Chore.VERIFY, "ani", lambda: NOON)
    until(lambda: chores.last().progress and chores.last().words)

    with pytest.raises(Busy, match="sedang berjalan"):
        chores.start(Chore.REBUILD, "ani", lambda: NOON)
    run = chores.last()
    chores.close()

    assert (run.progress, run.words, run.by) == ("Memeriksa 1/2", ("Mulai.",), "ani")
    assert ended(chores).code < 0


@pytest.mark.parametrize(
    ("program", "code"), [("print('Utuh.')", 0), ("import sys; print('2 temuan.'); sys.exit(6)", 6)]
)
def test_how_a_work_ended_stays_to_be_read(program, code):
    chores = works(program)
    chores.start(Chore.VERIFY, "ani", lambda: NOON)

    run = ended(chores)

    assert (run.code, run.ended) == (code, NOON)
    assert len(run.words) == 1


def test_what_a_rehearsal_leaves_is_cleared_away_before_and_behind_it():
    tidied: list[str] = []
    chores = works("raise SystemExit(3)", tidied)
    chores.start(Chore.REHEARSE, "ani", lambda: NOON)

    assert ended(chores).code == 3
    assert len(tidied) == 2


def test_a_rehearsal_that_is_ended_with_the_desk_is_cleared_away_with_all_that_it_started():
    tidied: list[str] = []
    chores = works(f"import subprocess, sys; subprocess.run([sys.executable, '-c', {WAITS!r}])", tidied)
    chores.start(Chore.REHEARSE, "ani", lambda: NOON)
    until(lambda: chores.last().words)

    chores.close()

    assert len(tidied) == 2
    assert not chores.last().running


def test_a_work_that_tells_without_end_fills_no_memory():
    chores = works("for n in range(5000): print(n)")
    chores.start(Chore.VERIFY, "ani", lambda: NOON)

    assert len(ended(chores).words) == 500
