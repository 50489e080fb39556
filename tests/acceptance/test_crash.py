"""kill -9 at every single effect on the disk; afterwards one `run --once` gives the archive of the run never killed.

Three files lie in the inbox: a letter, the same letter again, and one that is refused. The killed process works them
off as a service does, with fake engines and without threads; the recovering one is a service, with the same fakes.
"""

from __future__ import annotations

import os
import signal
from functools import partial

import pytest
from crash import (
    SPARSELY,
    TORN,
    TORN_FILES,
    Effects,
    effects_of,
    in_child,
    likeness,
    was_killed,
    work_off_inbox,
)
from fakes import FakeReader
from offices import FakeOffice

from pipeline.backoff import CUT_OFFS
from pipeline.cases.case_number import CaseNumber
from pipeline.intake.outcomes import Accepted
from pipeline.intake.receive import receive
from pipeline.work.tend import tend

MAIL = b"MAIL Pengaduan A\nPengaduan A\nisi surat"  # which is filed with its pages, as two files
FILES = {"a.pdf": MAIL, "b.pdf": MAIL, "c.heic": b"BAD"}


def _office(folder) -> FakeOffice:
    office = FakeOffice(folder)
    for name, content in FILES.items():
        office.drop(name, content)
    return office


def _work(folder, effects: Effects) -> None:
    """Do what a service does, in one thread, so that the n-th effect is always the same one."""
    office = FakeOffice(folder)
    effects.install()
    office.root.numbers.sweep()
    work_off_inbox(office)
    for number in office.root.cabinet.open_cases():
        tend(number, office.tend_parts)
    office.root.book.refresh()


def _whole_run(folder):
    office = _office(folder)
    names = effects_of(partial(_work, folder), folder.parent)
    office.run_once()
    return likeness(folder), names


@pytest.fixture(scope="module")
def unkilled(tmp_path_factory):
    return _whole_run(tmp_path_factory.mktemp("utuh") / "kantor")


def _killed_and_recovered(folder, kill_at: int, *, torn: bool = False):
    _office(folder)
    status = in_child(partial(_work, folder, Effects(kill_at, torn=torn)))
    office = FakeOffice(folder)
    office.run_once()
    return status, likeness(folder), office.findings()


def test_the_unkilled_run_is_what_it_should_be(unkilled):
    found, names = unkilled

    assert list(found["cases"]) == ["2026/0001"]
    assert found["inbox"] == ["ditolak/b.pdf", "ditolak/b.pdf.txt", "ditolak/c.heic", "ditolak/c.heic.txt"]
    assert found["account"] == [("a.pdf", "registered"), ("b.pdf", "duplicate"), ("c.heic", "refused")]
    assert found["open"] == found["staging"] == found["outside"] == []
    assert len(found["register"]) == 1
    assert len(names) > 100


@SPARSELY
def test_killed_before_any_effect_the_archive_comes_out_equal(unkilled, tmp_path, step):
    expected, names = unkilled

    different = {}
    for n in range(1, len(names) + 1, step):
        status, found, findings = _killed_and_recovered(tmp_path / f"n{n}", n)
        if not was_killed(status) or found != expected or findings:
            different[n, names[n - 1]] = (status, findings, _difference(found, expected))

    assert different == {}


@TORN_FILES
@SPARSELY
def test_torn_by_a_power_cut_in_any_write_the_archive_comes_out_equal(unkilled, tmp_path, step):
    expected, names = unkilled

    different = {}
    writes = [(n, name) for n, name in enumerate(names, start=1) if name in TORN]
    for n, name in writes[:: min(step, 12)]:
        status, found, findings = _killed_and_recovered(tmp_path / f"t{n}", n, torn=True)
        if not was_killed(status) or found != expected or findings:
            different[n, name] = (status, findings, _difference(found, expected))

    assert different == {}


def test_a_few_pulled_plugs_in_the_middle_of_a_duty_are_not_held_against_the_letter(tmp_path):
    folder = tmp_path / "kantor"
    _office(folder)
    for _ in range(3):
        assert in_child(partial(_work_killed_while_reading, folder)) == -signal.SIGKILL

    FakeOffice(folder).run_once()

    case = FakeOffice(folder).root.cabinet.case(CaseNumber(2026, 1))
    assert dict(case.given_up) == {}
    assert "02-teks.txt" in {d.name for d in case.documents}


def test_a_duty_that_ends_the_program_every_time_waits_for_a_person_in_the_end(tmp_path):
    folder = tmp_path / "kantor"
    _office(folder)
    for _ in range(CUT_OFFS):
        assert in_child(partial(_work_killed_while_reading, folder)) == -signal.SIGKILL

    FakeOffice(folder).run_once()

    case = FakeOffice(folder).root.cabinet.case(CaseNumber(2026, 1))
    assert list(case.given_up) == ["baca"]
    assert {"01-tanda-terima-v1.pdf", "03-lembar-disposisi-v1.pdf"} <= {d.name for d in case.documents}


def test_a_file_that_ends_the_program_every_time_it_is_looked_into_is_set_aside_in_the_end(tmp_path):
    folder = tmp_path / "kantor"
    _office(folder)

    (folder / "inbox" / "b.pdf").unlink()
    (folder / "inbox" / "c.heic").unlink()
    for _ in range(CUT_OFFS + 1):  # once when it was taken, and then as a leftover
        assert in_child(partial(_work_killed_while_inspecting, folder)) == -signal.SIGKILL
    assert FakeOffice(folder).run_once() == {"ditolak": 1}

    note = (folder / "inbox" / "ditolak" / "a.pdf.txt").read_text()
    assert "berhenti setiap kali" in note


def _work_killed_while_inspecting(folder) -> None:
    FakeReader.inspect = lambda *_: os.kill(os.getpid(), signal.SIGKILL)  # type: ignore[method-assign]
    FakeOffice(folder).run_once()


def _work_killed_while_reading(folder) -> None:
    FakeReader.read = lambda *_: os.kill(os.getpid(), signal.SIGKILL)  # type: ignore[method-assign]
    _work(folder, Effects())


def _difference(found, expected):
    return {k: (found[k], expected[k]) for k in expected if found[k] != expected[k]}


def test_the_same_claim_taken_twice_has_one_number(tmp_path):
    office = _office(tmp_path / "kantor")
    claim = office.claim()

    first = receive(claim, office.receive_parts)
    again = receive(claim, FakeOffice(tmp_path / "kantor").receive_parts)

    assert isinstance(first, Accepted)
    assert isinstance(again, Accepted)
    assert (first.number, again.number, again.again) == (first.number, first.number, True)
