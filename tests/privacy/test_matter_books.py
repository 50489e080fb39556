"""The books of requests, breaches and removals keep what they promise: the fake, the folder's, the centre's."""

from __future__ import annotations

from threading import Thread

import pytest
from fakes import MORNING
from privacy_fakes import FakeMatters

from pipeline.archive.store.layout import Layout
from pipeline.errors import NotAllowed
from pipeline.privacy.matters import next_number
from pipeline.privacy.ports import MatterLine
from pipeline.privacy.store.matter_books import BREACHES, REQUESTS, MatterFile
from pipeline.storage.postgres import Database


def asked(number: int, **told: object) -> MatterLine:
    return MatterLine(number, "minta", MORNING, "siti", "tim-yankomas", told)


@pytest.fixture(params=["fake", "folder", "postgres"])
def two(request, tmp_path):
    """Two ways to one book, as two desks have them, and to another."""
    if request.param == "fake":
        book = FakeMatters()
        yield book, book, FakeMatters()
    elif request.param == "folder":
        layout = Layout(tmp_path)
        layout.prepare()
        yield MatterFile(layout, REQUESTS), MatterFile(layout, REQUESTS), MatterFile(layout, BREACHES)
    else:
        from pipeline.privacy.store.postgres_matters import PostgresMatters

        first = request.getfixturevalue("central_office")[0]
        second = Database(first.address, first.schema)
        yield PostgresMatters(first, REQUESTS), PostgresMatters(second, REQUESTS), PostgresMatters(first, BREACHES)
        second.close()


def test_what_one_desk_adds_the_other_has_as_it_was_said_and_no_other_book(two):
    here, there, other = two
    first = here.add(lambda _: asked(1, nama="Siti Rekaan", hak=["akses"]))
    second = there.add(lambda lines: asked(lines[-1].number + 1))

    assert list(here.lines()) == list(there.lines()) == [first, second]
    assert list(other.lines()) == []


def test_what_is_refused_adds_nothing(two):
    here, there, _ = two

    def refuse(_lines):
        raise NotAllowed("Tidak.", "Nanti.")

    with pytest.raises(NotAllowed):
        here.add(refuse)
    assert list(there.lines()) == []


def test_no_two_get_one_number(two):
    here, there, _ = two
    threads = [
        Thread(target=lambda book=book: book.add(lambda lines: asked(next_number(lines)))) for book in (here, there) * 3
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [line.number for line in here.lines()] == [1, 2, 3, 4, 5, 6]
