"""The survey's box keeps what it promises: the fake, the folder's, the centre's."""

from __future__ import annotations

from datetime import date

import pytest
from survey_fakes import FakeSurveyBox

from pipeline.archive.store.layout import Layout
from pipeline.errors import NotAllowed, Passing
from pipeline.survey.questionnaire import Answer
from pipeline.survey.store.survey_files import SurveyFiles
from pipeline.survey.tally import BATCH, PAGE, PAPER

DAY = date(2026, 11, 27)
GOOD, POOR = (Answer((value,) * 9, {}) for value in (4, 1))


def key() -> bytes:
    return b"k" * 32


@pytest.fixture(params=["fake", "folder", "postgres"])
def box(request, tmp_path, monkeypatch):
    """A box, and what has it be without room."""
    if request.param == "fake":
        made = FakeSurveyBox()
        return made, lambda full: setattr(made, "room", not full)
    layout = Layout(tmp_path)
    layout.prepare()

    def replaced(path, data, mode=None):
        if path.name.startswith("ikm-"):
            raise Passing("Cakram penuh.")
        true(path, data, mode)

    from pipeline.survey.store.survey_files import disk

    true = disk.replace
    room = lambda full: monkeypatch.setattr(disk, "replace", replaced if full else true)  # noqa: E731
    if request.param == "folder":
        return SurveyFiles(layout, key), room
    from pipeline.survey.store.postgres_survey import PostgresSurvey

    return PostgresSurvey(layout, key, request.getfixturevalue("central_office")[0]), room


def test_one_code_is_one_answer_and_five_are_counted_together(box):
    box, _ = box
    for n in range(BATCH - 1):
        box.drop(f"K{n}", GOOD, DAY)
    assert (box.batches(), box.has_answered("K0"), box.has_answered("K9")) == ([], True, False)
    with pytest.raises(NotAllowed, match="sudah diisi"):
        box.drop("K0", POOR, DAY)

    box.drop("K9", POOR, DAY)

    [batch] = box.batches()
    assert (batch.channel, batch.count, batch.scores) == (PAGE, BATCH, ((1, 0, 0, BATCH - 1),) * 9)


def test_paper_is_counted_apart(box):
    box, _ = box
    box.drop("K1", POOR, DAY)
    for _ in range(BATCH):
        box.drop_paper(GOOD, DAY)

    assert [(batch.channel, batch.scores[0]) for batch in box.batches()] == [(PAPER, (0, 0, 0, BATCH))]


def test_a_code_for_whose_answer_there_was_no_room_is_as_good_as_before(box):
    box, full = box
    full(True)
    with pytest.raises(Passing):
        box.drop("K1", GOOD, DAY)
    assert not box.has_answered("K1")

    full(False)
    box.drop("K1", GOOD, DAY)
    assert box.has_answered("K1")
