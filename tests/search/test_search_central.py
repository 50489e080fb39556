"""The index in PostgreSQL is a view: it follows the witnesses and is made anew when it has to be, by one at a time."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakes import FixedChance, FixedClock
from test_search import PATTERN, told

from pipeline.archive.store.postgres_cabinet import PostgresCabinet
from pipeline.archive.store.postgres_changes import PostgresChanges
from pipeline.cases.case_number import CaseNumber
from pipeline.errors import Busy, NotFound, Passing
from pipeline.register.enrol import EnrolParts, Newcomer, enrol
from pipeline.register.ports import Claim, Extent
from pipeline.register.row import Edition
from pipeline.register.store.postgres_numbers import PostgresNumbers
from pipeline.search.query import Wanted, asked
from pipeline.search.store.postgres_index import PostgresSearch
from pipeline.storage.blobs import TypedText

#: What the letters are about, in words that no scanner mistakes for one another.
ABOUT = ("", "sumur", "jembatan", "pasar")


class Kept:
    """An office of many with its index, by what its program makes words."""

    def __init__(self, database, objects, root) -> None:
        self.database = database
        self.cabinet = PostgresCabinet(database, objects)
        numbers = PostgresNumbers(database, objects)
        self.parts = EnrolParts(numbers, FixedClock(), FixedChance(), root.editions, root.pattern, TypedText)
        self.edition = Edition("satu", "satu")
        self.told: list[str] = []
        self.index = self.another()

    def another(self) -> PostgresSearch:
        def written(case):
            self.told.append(str(case.number))
            return told(case, f"surat {ABOUT[case.number.serial]}", register_number=case.received.register_number)

        changes = PostgresChanges(self.database)
        return PostgresSearch(self.database, self.cabinet, changes, written, lambda: self.edition)

    def come(self, text: str) -> CaseNumber:
        letter = TypedText("01-surat.txt", text.encode())
        return enrol(Newcomer(Claim(text, letter), "01-surat.txt", "text/plain", 1, "pindaian"), self.parts).number

    def found(self, *texts: str) -> list[str]:
        return sorted(hit.number for hit in self.index.search(Wanted(asked(texts, PATTERN.read))).hits)


@pytest.fixture
def kept(central_office, office):
    made = Kept(*central_office, office.root)
    for text in ("satu", "dua"):
        made.come(text)
    return made


def test_without_an_index_nothing_is_answered_and_the_first_refresh_makes_it(kept):
    with pytest.raises(NotFound):
        kept.found("sumur")

    assert kept.index.refresh() == 2

    assert kept.found("sumur") == ["2026/0001"]
    assert kept.index.complete()


def test_a_refresh_takes_in_only_what_has_changed_also_for_another_process(kept):
    kept.index.refresh()
    assert kept.another().refresh() == 0

    kept.come("tiga")

    assert kept.another().refresh() == 1
    assert kept.index.refresh() == 0
    assert kept.found("pasar") == ["2026/0003"]


def test_another_program_tells_all_anew_and_another_calendar_what_still_runs(kept):
    kept.index.refresh()
    kept.told.clear()

    kept.edition = replace(kept.edition, calendar="dua")
    kept.index.refresh()
    running = list(kept.told)
    kept.told.clear()
    kept.edition = Edition("dua", "dua")
    kept.index.refresh()

    assert sorted(running) == sorted(kept.told) == ["2026/0001", "2026/0002"]


def test_a_making_that_was_cut_short_goes_on_where_it_stopped(kept):
    kept.index.refresh()
    with kept.database.transaction() as running:
        running.execute("UPDATE pandangan SET posisi = -1 WHERE nama = 'pencarian'")
        running.execute("UPDATE cari_perkara SET head = '' WHERE perkara = 2026000000002")
    kept.told.clear()

    assert kept.index.search(Wanted()).complete is False
    with pytest.raises(Passing, match="sedang disusun ulang"):
        list(kept.index.every(Extent(2026)))
    kept.another().refresh()

    assert kept.told == ["2026/0002"]
    assert kept.index.search(Wanted()).complete is True


def test_an_index_that_lost_words_is_whole_again_after_a_rebuild(kept):
    kept.index.refresh()
    with kept.database.transaction() as running:
        running.execute("DELETE FROM cari_letak")
        running.execute("INSERT INTO cari_faset VALUES ('_f0palsu', 0, 'palsu', 9)")
    assert kept.found("sumur") == []

    assert kept.index.rebuild() == 2

    assert kept.found("sumur") == ["2026/0001"]
    assert "palsu" not in str(kept.index.search(Wanted()).facets)


def test_while_another_process_makes_it_nobody_waits_for_ever_and_what_is_there_answers(kept):
    kept.index.refresh()
    kept.come("tiga")

    with kept.another()._turn(1):
        with pytest.raises(Busy):
            kept.index.refresh(patience=0)
        assert kept.found("sumur") == ["2026/0001"]

    assert kept.index.refresh() == 1


def test_what_is_taken_in_is_there_before_the_whole_is(kept, monkeypatch):
    """Cases come in bit by bit: a process that ends in the middle loses what it was just doing."""
    monkeypatch.setattr("pipeline.search.store.postgres_index._BATCH", 1)
    seen = []

    def stop(done, _of):
        seen.append(done)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        kept.index.refresh(stop)

    assert seen == [1]
    assert kept.found("sumur") == ["2026/0001"]
    kept.told.clear()
    assert kept.another().refresh() == 2
    assert kept.told == ["2026/0002"]


def test_a_store_that_is_away_leaves_no_case_out_in_silence(kept):
    def away(_case):
        raise Passing("Penyimpanan objek tidak dapat dihubungi.")

    kept.index.telling._written_of = away

    with pytest.raises(Passing):
        kept.index.refresh()

    assert kept.another().refresh() == 2
    assert kept.found("jembatan") == ["2026/0002"]


def test_an_office_cannot_look_into_the_index_of_another(kept, central):
    kept.index.refresh()
    with central.office() as (other, _), pytest.raises(Exception, match="permission denied"):
        other.rows(f"SELECT * FROM {kept.database.schema}.cari_perkara")
