"""kill -9 at every single effect of three moves; afterwards whoever goes on has the archive of the run never killed.

A letter gets its number (the series), comes back signed (a file), and a second case goes into the first (two
journals). Who was killed starts again: the service works off what is owed, and the moves that are not recorded yet
are made again.
"""

from __future__ import annotations

import signal
from functools import partial

import pytest
from crash import SPARSELY, TORN_FILES, Effects, effects_of, in_child, likeness, sparsely, was_killed
from offices import FakeOffice, copied, laid_out
from test_whole_sop import FIRST, HEAD, REVIEW, SECOND, SUB, TEAM, TO_REVIEW, TO_THE_END, received, walk

from pipeline.cases.actor import Actor
from pipeline.intake.open_case import open_case
from pipeline.storage.blobs import TypedText
from pipeline.work.tend import tend

MOVES = [
    (FIRST, "nomori", TEAM, {}, None),
    (FIRST, "tandatangan", HEAD, {}, TypedText("ttd.pdf", b"bertanda tangan")),
    (SECOND, "gabung", TEAM, {"perkara_induk": "2026/0001", "alasan": "Perkara sama"}, None),
]


@pytest.fixture(scope="module")
def before(tmp_path_factory):
    """An office with a letter that waits for its number, and a second case."""
    folder = tmp_path_factory.mktemp("sebelum") / "kantor"
    office = FakeOffice(folder)
    walk(office, received(office), [step[:3] for step in TO_REVIEW])
    walk(office, FIRST, [("telaah", SUB, {**REVIEW, "saran": "rekomendasi"}), *(step[:3] for step in TO_THE_END[:3])])
    received(office, b"Surat susulan")
    return folder


def _work(folder, effects: Effects | None = None) -> None:
    """Make the moves that are not recorded yet, in one thread, so that the n-th effect is always the same one."""
    office = FakeOffice(folder)
    if effects:
        effects.install()
    for number, move, role, typed, file in MOVES:
        if move not in {m.decision.move for m in office.root.cabinet.case(number).made}:
            office.decide(number, move, role, typed, file)
    office.root.book.refresh()


def _after(folder):
    FakeOffice(folder).run_once()
    _work(folder)
    office = FakeOffice(folder)
    for number in office.root.cabinet.open_cases():
        tend(number, office.tend_parts)
    office.root.book.refresh()
    return likeness(folder), office.findings()


@pytest.fixture(scope="module")
def unkilled(before, tmp_path_factory):
    folder = tmp_path_factory.mktemp("utuh") / "kantor"
    copied(before, folder)
    names = effects_of(partial(_work, folder), folder.parent)
    return _after(folder)[0], names


def _different(before, folder, unkilled, kill_at, *, torn=False):
    expected, _ = unkilled
    copied(before, folder)
    status = in_child(partial(_work, folder, Effects(kill_at, torn=torn)))
    found, findings = _after(folder)
    if was_killed(status) and (found, findings) == (expected, []):
        return None
    return status, findings, {k: (found[k], expected[k]) for k in expected if found[k] != expected[k]}


def test_the_unkilled_moves_are_what_they_should_be(unkilled):
    found, names = unkilled

    assert [e for e in found["cases"]["2026/0001"]["events"] if e[0] != "dikonsep"][-4:] == [
        ("diputuskan", TEAM),
        ("dicetak", "sistem"),
        ("diputuskan", HEAD),
        ("dihubungkan", "sistem"),
    ]
    assert found["cases"]["2026/0002"]["events"][-2:] == [("diputuskan", TEAM), ("dihubungkan", "sistem")]
    assert '"nomor_naskah": "W.8.HA.01.07-1"' in found["cases"]["2026/0001"]["documents"][-3][2]
    assert found["open"] == found["staging"] == found["outside"] == []
    assert len(names) > 60


@SPARSELY
def test_killed_before_any_effect_of_a_move_the_archive_comes_out_equal(before, unkilled, tmp_path, step):
    different = {
        (n, name): found
        for n, name in [*enumerate(unkilled[1], start=1)][::step]
        if (found := _different(before, tmp_path / f"n{n}", unkilled, n)) is not None
    }

    assert different == {}


@TORN_FILES
@SPARSELY
def test_torn_by_a_power_cut_in_any_write_of_a_move_the_archive_comes_out_equal(before, unkilled, tmp_path, step):
    writes = [  # what is replaced is synced before it takes its name
        (n, name) for n, name in enumerate(unkilled[1], start=1) if name in ("append", "write_new")
    ]

    different = {
        (n, name): found
        for n, name in writes[:: min(step, 8)]
        if (found := _different(before, tmp_path / f"t{n}", unkilled, n, torn=True)) is not None
    }

    assert different == {}


TOLD = {"perihal": "Upah", "pelapor": "Siti Rekaan", "terlapor": "PT Rekaan", "uraian": "Tiga bulan tanpa upah"}


def _open(folder, effects: Effects) -> None:
    office = FakeOffice(folder)
    effects.install()
    open_case("lisan", TOLD, by=Actor(TEAM, "penguji"), parts=office.open_parts)


@sparsely(5)
@pytest.mark.parametrize("torn", [False, pytest.param(True, marks=TORN_FILES)])
def test_killed_while_an_oral_complaint_is_opened_it_is_one_case_with_all_that_was_told(tmp_path, torn, step):
    status, kill_at = -signal.SIGKILL, 1 - step
    while status == -signal.SIGKILL:
        kill_at += step
        folder = laid_out(tmp_path / f"n{kill_at}")
        status = in_child(partial(_open, folder, Effects(kill_at, torn=torn)))

        office = FakeOffice(folder)
        office.root.numbers.sweep()
        number = office.open("lisan", TOLD)  # the clerk, who saw no number, types it again

        assert list(office.root.cabinet.numbers()) == [number] == [FIRST]
        case = office.root.cabinet.case(number)
        assert {name: case.register[name] for name in ("perihal", "uraian")} == {
            k: TOLD[k] for k in ("perihal", "uraian")
        }
        assert len(case.documents) == 7
        assert office.findings() == []
    assert status == 0
    assert kill_at > 15
