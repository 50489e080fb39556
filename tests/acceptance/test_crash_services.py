"""kill -9 while a letter of another service gets its number and becomes a complaint: neither a gap nor a twin."""

from __future__ import annotations

import shutil
import signal

import pytest
from crash import Effects, effects_of, in_child, likeness, work_off_inbox
from offices import FakeOffice
from other_services import BOOKED, CLERK, MAIL

from pipeline.evidence.store.verify import verify_archive
from pipeline.work.services import take_service
from pipeline.work.tend import tend

MOVES = [("konfirmasi", BOOKED), ("jadikan-pengaduan", {"alasan": "Isinya pengaduan."})]
SPARSELY = pytest.mark.parametrize("step", [31, pytest.param(1, marks=pytest.mark.slow)], ids=["some", "every"])


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


def _after(folder):
    FakeOffice(folder).run_once()
    _work(folder)
    FakeOffice(folder).run_once()
    return likeness(folder), verify_archive(FakeOffice(folder).root.layout)


@pytest.fixture(scope="module")
def unkilled(before, tmp_path_factory):
    folder = tmp_path_factory.mktemp("utuh") / "kantor"
    shutil.copytree(before, folder)
    names = effects_of(lambda effects: _work(folder, effects), folder.parent)
    return _after(folder)[0], names


def test_the_unkilled_letter_became_one_complaint(unkilled):
    assert list(unkilled[0]["cases"]) == ["2026/0001", "2026~SM/0001"]
    assert unkilled[0]["open"] == unkilled[0]["staging"] == []


@SPARSELY
def test_killed_before_any_effect_the_archive_comes_out_equal(before, unkilled, tmp_path, step):
    expected, names = unkilled
    different = {}
    for n in range(1, len(names) + 1, step):
        folder = tmp_path / f"n{n}"
        shutil.copytree(before, folder)
        status = in_child(lambda folder=folder, n=n: _work(folder, Effects(n)))
        found, findings = _after(folder)
        if (status, found, findings) != (-signal.SIGKILL, expected, []):
            different[n, names[n - 1]] = status, findings, {k: found[k] for k in expected if found[k] != expected[k]}

    assert different == {}
