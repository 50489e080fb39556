"""kill -9 while a letter of another service gets its number and becomes a complaint: neither a gap nor a twin."""

from __future__ import annotations

from functools import partial

import pytest
from crash import Effects, differences, effects_of, likeness, sparsely, work_off_inbox
from offices import FakeOffice, copied
from other_services import BOOKED, CLERK, MAIL

from pipeline.work.services import take_service
from pipeline.work.tend import tend

MOVES = [("konfirmasi", BOOKED), ("jadikan-pengaduan", {"alasan": "Isinya pengaduan."})]
SPARSELY = sparsely(61)


@pytest.fixture(scope="module")
def before(tmp_path_factory):
    """An office with the service in use, and a letter for it in the inbox."""
    folder = tmp_path_factory.mktemp("sebelum") / "kantor"
    office = FakeOffice(folder)
    take_service("surat-masuk", by="penguji", parts=office.root.service_parts)
    (office.inbox_folder / "surat-masuk" / "surat.pdf").write_bytes(b"Surat")
    return folder


def _work(folder, effects: Effects | None = None) -> None:
    """Number the letter and make the moves that are not recorded yet, in one thread."""
    office = FakeOffice(folder)
    if effects:
        effects.install()
    office.root.numbers.sweep()
    work_off_inbox(office)
    tend(MAIL, office.tend_parts)
    for move, typed in MOVES:
        if move not in {made.decision.move for made in office.root.cabinet.case(MAIL).made}:
            office.decide(MAIL, move, CLERK, typed)
    office.root.book.refresh()


def _started_again(folder) -> FakeOffice:
    """Start again whoever was killed, and make the moves that are not recorded yet again."""
    FakeOffice(folder).run_once()
    _work(folder)
    office = FakeOffice(folder)
    office.run_once()
    return office


@pytest.fixture(scope="module")
def laden(before, tmp_path_factory):
    """The office before, how many effects the work takes, and the likeness of the archive after it."""
    folder = tmp_path_factory.mktemp("utuh") / "kantor"
    copied(before, folder)
    names = effects_of(partial(_work, folder), folder.parent)
    _started_again(folder)
    return before, len(names), likeness(folder)


def test_the_unkilled_letter_became_one_complaint(laden):
    _, _, found = laden
    assert list(found["cases"]) == ["2026/0001", "2026~SM/0001"]
    assert found["open"] == found["staging"] == []


@SPARSELY
def test_killed_before_any_effect_the_archive_comes_out_equal(laden, tmp_path, step):
    assert differences(laden, tmp_path, range(1, laden[1] + 1, step), _work, _started_again) == {}
