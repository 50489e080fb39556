"""The supervisor starts again what ends unasked, says so once, and ends with what keeps the intake from coming up."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from fakes import MORNING
from work_fakes import FakeLauncher, FakeProcesses

from pipeline.errors import ArchiveFault, Busy, Passing, SettingsFault, YankomasError
from pipeline.work.processes import Part
from pipeline.work.supervisor import Supervisor, cause

INTAKE, DESK = Part.INTAKE, Part.DESK


class Day:
    """A supervisor's day: ``happens`` is a list of what happens at each wait, then it is asked to stop."""

    def __init__(self, *happens):
        self._happens = list(happens)
        self.launcher, self.processes, self.said = FakeLauncher(self._next), FakeProcesses(), []
        self.code, self.now = None, lambda: MORNING

    def _next(self, launcher):
        if self._happens:
            self._happens.pop(0)(launcher)
        else:
            launcher.stopping = True

    def run(self):
        clock = lambda: self.launcher.now  # noqa: E731
        self.code = Supervisor(self.launcher, self.processes, self.said.append, self.now, clock).run()
        return self


def up(part):
    return lambda launcher: launcher.of(part)[-1].comes_up()


def ends(part, code, fault=None):
    return lambda launcher: launcher.of(part)[-1].ends(code, fault)


def passes(_launcher):
    pass


def sets(**values):
    return lambda launcher: [setattr(launcher, name, value) for name, value in values.items()]


def test_the_desk_is_started_when_the_intake_is_up():
    early, late = Day().run(), Day(up(INTAKE)).run()

    assert [p.part for p in early.launcher.started] == [INTAKE]
    assert [p.part for p in late.launcher.started] == [INTAKE, DESK]
    assert late.code == 0


@pytest.mark.parametrize("fault", [SettingsFault("salah", "betulkan"), Busy("dipakai"), ArchiveFault("baru")])
def test_what_keeps_the_intake_from_coming_up_ends_the_whole_and_is_told(fault):
    with pytest.raises(YankomasError, match=fault.message) as told:
        Day(ends(INTAKE, fault.exit_code, fault)).run()

    assert told.value.exit_code == fault.exit_code


def test_what_may_pass_by_itself_keeps_the_intake_away_and_ends_nothing():
    fault = Passing("Cakram tidak dapat ditulisi: cakram penuh.", "Periksa sisa ruang cakram.")
    day = Day(ends(INTAKE, fault.exit_code, fault), passes, ends(INTAKE, fault.exit_code, fault), passes).run()

    assert (day.code, len(day.launcher.of(INTAKE)), len(day.launcher.of(DESK))) == (0, 3, 1)
    assert len([line for line in day.said if "cakram penuh" in line]) == 1


def test_an_intake_that_told_nothing_ends_the_whole_with_its_code():
    assert Day(ends(INTAKE, 1)).run().code == 1


def test_an_intake_that_is_killed_before_it_is_up_is_started_again_and_the_desk_does_not_wait():
    day = Day(ends(INTAKE, -9), passes).run()

    assert [p.part for p in day.launcher.started] == [INTAKE, DESK, INTAKE]


@pytest.mark.parametrize("fault", [SettingsFault("berhenti: salah", "betulkan"), None])
def test_once_it_was_up_nothing_but_a_signal_ends_the_whole(fault):
    day = Day(up(INTAKE), up(DESK), ends(INTAKE, 3, fault), passes, ends(INTAKE, 3, fault), passes).run()

    assert day.code == 0
    assert [p.again for p in day.launcher.of(INTAKE)] == [False, True, True]
    assert len([line for line in day.said if "berhenti:" in line]) == 1


def test_a_desk_that_cannot_be_opened_is_tried_again_and_said_once():
    fault = Busy("pintu dipakai.", "Pilih pintu lain.")
    tries = [step for _ in range(4) for step in (ends(DESK, 7, fault), passes)]

    day = Day(up(INTAKE), *tries, up(DESK)).run()

    assert day.said == [
        "pintu dipakai.",
        "  Pilih pintu lain. Kotak masuk tetap dipantau. Meja web dijalankan lagi sendiri.",
    ]
    assert [p.again for p in day.launcher.of(DESK)] == [False] * 5


def test_pauses_double_up_to_a_minute_and_begin_anew_after_a_steady_minute():
    crash = [step for _ in range(9) for step in (ends(DESK, 1), passes)]
    day = Day(up(INTAKE), *crash).run()
    begun = [at for at, p in zip(day.launcher.moments, day.launcher.started, strict=True) if p.part is DESK]
    assert [b - a for a, b in pairwise(begun)] == [0.5, 1, 2, 4, 8, 16, 32, 60, 60]

    steady = Day(up(INTAKE), *crash, up(DESK), passes, ends(DESK, 1), passes).run().launcher
    assert steady.moments[-1] == day.launcher.moments[-1] + 2 * 180 + 0.5


def test_what_came_back_is_said_and_what_is_said_once_is_not_said_again():
    day = Day(up(INTAKE), up(DESK), ends(DESK, -11), passes, up(DESK)).run()

    assert day.said == [
        "Meja web berhenti: prosesnya dihentikan paksa (SIGSEGV).",
        "  Kotak masuk tetap dipantau. Meja web dijalankan lagi sendiri.",
        "Meja web berjalan lagi.",
    ]
    assert [p.again for p in day.launcher.of(DESK)] == [False, True]


def test_how_a_part_fares_is_noted_for_the_others_to_read():
    notes = {}
    day = Day(up(INTAKE), up(DESK), ends(INTAKE, -9), lambda _: notes.update(day.processes.notes))

    day.run()

    assert (notes[INTAKE].restarts, notes[INTAKE].ended, notes[INTAKE].away_since) == (1, MORNING, MORNING)
    assert "SIGKILL" in notes[INTAKE].why
    assert notes[DESK].ended is None
    assert day.processes.notes[INTAKE].away_since is None


def test_a_machine_that_can_start_no_process_is_waited_for():
    day = Day(up(INTAKE), passes, sets(exhausted=3), ends(INTAKE, -9), *[passes] * 4).run()

    assert len(day.launcher.of(INTAKE)) == 2
    assert any("memori habis" in line for line in day.said)


def test_a_signal_while_a_part_ends_is_no_reason_to_start_it_again():
    def both(launcher):
        launcher.of(DESK)[-1].ends(0)
        launcher.stopping = True

    day = Day(up(INTAKE), up(DESK), both).run()

    assert len(day.launcher.started) == 2
    assert day.said == []


def test_a_part_that_gives_no_sign_of_life_is_killed_and_started_again():
    def hangs(launcher):
        launcher.of(INTAKE)[-1].hangs()

    day = Day(up(INTAKE), up(DESK), hangs, *[passes] * 6).run()

    assert day.said[0] == "Pemantau kotak masuk macet, dan dihentikan paksa."
    assert [p.ended() for p in day.launcher.of(INTAKE)] == [-9, 0]
    assert len(day.launcher.of(DESK)) == 1


def test_who_was_held_up_itself_takes_nobody_for_hanging():
    """The terminal's Ctrl-Z stops all of them; what they tell afterwards comes later than the supervisor wakes."""

    def held_up(launcher):
        launcher.of(INTAKE)[-1].hangs()
        launcher.of(DESK)[-1].hangs()
        launcher.now += 3600

    def goes_on(launcher):
        launcher.of(INTAKE)[-1].comes_up()
        launcher.of(DESK)[-1].comes_up()

    day = Day(up(INTAKE), up(DESK), held_up, goes_on, passes).run()

    assert (day.said, len(day.launcher.started)) == ([], 2)


def test_who_was_held_up_for_five_seconds_knows_what_it_heard():
    """Less is what a busy machine takes: whoever gave no sign of life for so long hangs."""

    def silent_for(extra):
        def wait(launcher):
            launcher.of(INTAKE)[-1].hangs()
            launcher.of(DESK)[-1].hangs()
            launcher.now += extra  # longer than it wanted to wait

        return wait

    days = [Day(up(INTAKE), up(DESK), silent_for(extra)).run() for extra in (5, 5.5)]

    assert [[process.ended() for process in day.launcher.of(DESK)] for day in days] == [[-9], [0]]


def test_an_intake_that_was_asked_to_end_before_it_was_up_is_started_again():
    day = Day(ends(INTAKE, 0), passes).run()

    assert (day.code, len(day.launcher.of(INTAKE))) == (0, 2)


def test_a_part_is_away_since_it_first_ended_until_it_was_up_for_a_minute():
    notes = []
    later = iter(MORNING + timedelta(minutes=n) for n in range(9))

    def note(_launcher):
        notes.append(day.processes.notes[INTAKE].away_since)

    def ends_after_a_minute(launcher):
        launcher.now += 60
        launcher.of(INTAKE)[-1].ends(-9)

    steps = [up(INTAKE), up(DESK), ends(INTAKE, -9), note, passes, ends(INTAKE, -9), note, passes]
    day = Day(*steps, up(INTAKE), ends_after_a_minute, note)
    day.now = later.__next__
    day.run()

    assert notes == [MORNING, MORNING, MORNING + timedelta(minutes=2)]


def test_a_part_that_never_comes_up_is_not_waited_for_without_end():
    day = Day(up(INTAKE), *[passes] * 3).run()

    assert next(p.ended() for p in day.launcher.of(DESK)) == -9


def test_who_does_not_end_when_asked_is_killed():
    def stubborn(launcher):
        launcher.of(DESK)[-1].stubborn = True

    day = Day(up(INTAKE), stubborn).run()

    assert [p.ended() for p in day.launcher.started] == [0, -9]


def test_why_a_process_ended_is_said_in_words():
    assert cause(-15) == "prosesnya dihentikan paksa (SIGTERM)."
    assert cause(-50) == "prosesnya dihentikan paksa (sinyal 50)."
    assert cause(1) == "kesalahan program (kode 1)."
    assert cause(0) == "prosesnya diminta berhenti dari luar."
