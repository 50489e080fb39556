"""The seals keep what they promise: the fake, and what is kept in files."""

from __future__ import annotations

from datetime import timedelta

import pytest
from evidence_fakes import FakeSeals
from fakes import MORNING

from pipeline.archive.store.layout import Layout
from pipeline.archive.store.postgres_changes import write_witnesses
from pipeline.archive.store.witness_log import WitnessLog
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.journal import GENESIS
from pipeline.evidence.seal import Head, follows
from pipeline.evidence.store.postgres_seals import PostgresSeals
from pipeline.evidence.store.seals import FolderSeals

DAY = timedelta(days=1)
FIRST, SECOND = (Head(CaseNumber(2026, n), 1, str(n) * 64) for n in (1, 2))


class SealsInFolders(FolderSeals):
    """The seals of a root, with what tests do to it."""

    def __init__(self, root):
        layout = Layout(root)
        layout.prepare()
        super().__init__(layout, lambda: b"kunci kantor")
        self._log = WitnessLog(layout.changes)

    def witness(self, head):
        self._log.append(head.number, head.seq, head.hash)


class SealsAtTheCentre(PostgresSeals):
    """The seals of an office of many, with what tests do to it."""

    def __init__(self, database):
        super().__init__(database, lambda: b"kunci kantor")
        self._database = database

    def witness(self, head):
        number = head.number
        with self._database.transaction() as running:
            running.execute("SET LOCAL session_replication_role = replica")  # a witness of no line at all
            running.at_the_end(write_witnesses, (number.year, number.serial, head.seq, head.hash))


@pytest.fixture(params=["fake", "files", "postgres"])
def seals(request, tmp_path):
    if request.param == "postgres":
        return SealsAtTheCentre(request.getfixturevalue("central_owner"))
    return FakeSeals() if request.param == "fake" else SealsInFolders(tmp_path)


def test_where_nothing_has_changed_nothing_is_sealed(seals):
    assert seals.seal_if_due(MORNING) is None
    assert (seals.last(), seals.everything(), seals.before(MORNING.date())) == (None, [], None)


def test_a_seal_covers_the_newest_head_of_every_case_that_changed(seals):
    newer = Head(FIRST.number, 2, "a" * 64)
    for head in (SECOND, FIRST, newer):
        seals.witness(head)

    seal = seals.seal_if_due(MORNING)

    assert (seal.seq, seal.prev, tuple(seal.heads)) == (1, GENESIS, (newer, SECOND))
    assert seals.everything() == [seals.last()] == [seal]


def test_there_is_one_seal_a_day_and_none_on_a_day_without_a_change(seals):
    seals.witness(FIRST)
    first = seals.seal_if_due(MORNING)
    seals.witness(SECOND)

    assert seals.seal_if_due(MORNING + timedelta(hours=8)) is None
    second = seals.seal_if_due(MORNING + DAY)
    assert tuple(second.heads) == (SECOND,)
    assert seals.seal_if_due(MORNING + 2 * DAY) is None
    assert follows(second, first) == ""


def test_the_seal_before_a_day_is_the_newest_of_an_earlier_one(seals):
    made = []
    for day, head in enumerate((FIRST, SECOND)):
        seals.witness(head)
        made.append(seals.seal_if_due(MORNING + day * DAY))

    days = [MORNING.date() + n * DAY for n in range(3)]
    assert [seals.before(day) for day in days] == [None, *made]
