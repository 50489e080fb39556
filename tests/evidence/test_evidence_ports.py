"""The seals keep what they promise: the fake, and what is kept in files."""

from __future__ import annotations

import hashlib
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
from pipeline.evidence.sealing import EVERY
from pipeline.evidence.store.postgres_seals import PostgresSeals
from pipeline.evidence.store.seals import FolderSeals
from pipeline.storage.postgres_lines import ACCESS, PostgresLines

DAY = timedelta(days=1)


def sha256(data):
    return hashlib.sha256(data).hexdigest()


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

    def note(self, month, line):
        self._layout.access.mkdir(exist_ok=True)
        with open(self._layout.access / f"{month}.jsonl", "ab") as writer:
            writer.write(line)


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

    def note(self, month, line):
        PostgresLines(self._database, ACCESS).append(month, line)


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


def test_sealing_follows_the_work_at_most_two_minutes_behind_and_stops_when_nothing_happens(seals):
    seals.witness(FIRST)
    first = seals.seal_if_due(MORNING)
    seals.witness(SECOND)

    assert seals.seal_if_due(MORNING + EVERY / 2) is None
    second = seals.seal_if_due(MORNING + EVERY)
    assert tuple(second.heads) == (SECOND,)
    assert seals.seal_if_due(MORNING + 2 * EVERY) is None
    assert follows(second, first) == ""
    assert seals.newest(5) == [second, first]
    assert seals.numbered(1) == first
    assert (seals.naming(FIRST.number), seals.naming(SECOND.number)) == (first, second)


def test_what_is_to_be_printed_or_the_office_closes_with_is_sealed_at_once(seals):
    seals.witness(FIRST)
    seals.seal_if_due(MORNING)
    seals.witness(SECOND)

    assert seals.seal_now(MORNING).seq == 2
    assert seals.seal_now(MORNING) is None


def test_a_seal_covers_what_was_added_to_each_book_and_goes_on_where_the_one_before_ended(seals):
    seals.note("2026-11", b"satu\n")
    first = seals.seal_now(MORNING)
    seals.note("2026-11", b"dua\n")
    seals.note("2026-12", b"tiga\n")
    second = seals.seal_now(MORNING)

    parts = [(part.book, part.start, part.end, part.digest) for part in (*first.books, *second.books)]
    assert parts == [
        ("archive/akses/2026-11.jsonl", 0, 5, sha256(b"satu\n")),
        ("archive/akses/2026-11.jsonl", 5, 9, sha256(b"dua\n")),
        ("archive/akses/2026-12.jsonl", 0, 5, sha256(b"tiga\n")),
    ]
    assert (first.heads, seals.seal_now(MORNING)) == ((), None)


def test_a_line_that_is_being_written_is_sealed_when_it_is_whole(seals):
    seals.note("2026-11", b"satu\n")
    seals.seal_now(MORNING)
    if isinstance(seals, SealsAtTheCentre):
        return  # the database has no half lines
    seals.note("2026-11", b"du")
    assert seals.seal_now(MORNING) is None
    seals.note("2026-11", b"a\n")
    assert [(part.start, part.end) for part in seals.seal_now(MORNING).books] == [(5, 9)]


def test_a_clock_that_ran_ahead_or_back_stops_no_seal_and_no_seal_is_dated_before_another(seals):
    seals.witness(FIRST)
    ahead = seals.seal_if_due(MORNING + 1000 * DAY)
    seals.witness(SECOND)

    back = seals.seal_if_due(MORNING)

    assert (back.seq, back.at) == (2, ahead.at)
    assert follows(back, ahead) == ""


def test_the_seal_before_a_day_is_the_newest_of_an_earlier_one(seals):
    made = []
    for day, head in enumerate((FIRST, SECOND)):
        seals.witness(head)
        made.append(seals.seal_if_due(MORNING + day * DAY))

    days = [MORNING.date() + n * DAY for n in range(3)]
    assert [seals.before(day) for day in days] == [None, *made]
