"""Views at the centre are made beside what is done to cases: a lot at a time, and nobody waits for all of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from fakes import MORNING, FixedChance, FixedClock

from pipeline.archive.store.postgres_cabinet import PostgresCabinet
from pipeline.cases.case_number import CaseNumber
from pipeline.cli.running import have_rows_read
from pipeline.errors import Passing
from pipeline.register.enrol import EnrolParts, Newcomer, enrol
from pipeline.register.live_rows import LiveRows
from pipeline.register.naskah_numbers import NaskahPattern
from pipeline.register.ports import Claim
from pipeline.register.row import Edition, Row, row_of
from pipeline.register.store import postgres_book, postgres_rows, postgres_status_codes
from pipeline.register.store.postgres_book import PostgresBook
from pipeline.register.store.postgres_numbers import PostgresNumbers, PostgresSeries
from pipeline.register.store.postgres_status_codes import PostgresStatusCodes
from pipeline.register.summary.counting import looks_back_to
from pipeline.register.summary.period import period_of
from pipeline.storage.blobs import TypedText
from pipeline.storage.postgres import Database

FIRST = CaseNumber(2026, 1)


class Books:
    """Books of one office, as several processes have them, and letters for it."""

    def __init__(self, root, database, objects) -> None:
        self.root, self.database, self.objects = root, database, objects
        self.edition, self.made, self.letters = Edition(), [], 0

    def book(self, database: Database | None = None) -> PostgresBook:
        """Return a book as a process has it that has just been started."""
        database = database or self.database

        def made(case):
            self.made.append(case.number)
            return row_of(case, self.root.sop_of(case), self.root.calendar)

        return PostgresBook(database, PostgresCabinet(database, self.objects), made, lambda: self.edition)

    def letter(self, database: Database | None = None, code: str = "") -> CaseNumber:
        self.letters += 1
        root, numbers = self.root, PostgresNumbers(database or self.database, self.objects)
        chance = FixedChance()
        if code:
            chance.code = lambda: code
        parts = EnrolParts(numbers, FixedClock(), chance, root.editions, root.pattern, TypedText)
        letter = TypedText("surat.pdf", f"surat {self.letters}".encode())
        return enrol(Newcomer(Claim(f"k-{self.letters}", letter), "01-surat.pdf", "pdf", 1, "pindaian"), parts).number


@pytest.fixture
def books(office, central_office):
    made = Books(office.root, *central_office)
    made.letter()
    return made


def test_a_decision_that_takes_a_number_keeps_nobody_from_the_register(books, monkeypatch):
    monkeypatch.setattr("pipeline.storage.postgres.PATIENCE", 1.0)
    other = Database(books.database.address, books.database.schema)
    pattern = NaskahPattern("{unit}.{klasifikasi}-{urut}", "W.8", "HA.01.07")
    cabinet = PostgresCabinet(books.database, books.objects)
    series = PostgresSeries(books.database, {"keluar": pattern}, books.book().with_naskah, cabinet.case)

    with cabinet.held(FIRST), series.held(2026, "keluar") as held:
        assert held.next(FIRST, MORNING.date()) == "W.8.HA.01.07-1"
        books.letter(other)
        assert len(books.book(other).rows()) == 2
    other.close()


def test_a_decision_makes_no_row_that_it_would_take_back(books):
    book = books.book()

    def decide() -> None:
        with books.database.transaction():
            book.refresh()
            raise Passing("Yang sesudahnya gagal.")

    with pytest.raises(Passing):
        decide()

    assert books.database.row("SELECT count(*) FROM buku") == (1,)


def test_making_rows_that_was_cut_short_goes_on_where_it_was(books, monkeypatch):
    monkeypatch.setattr(postgres_book, "_LOT", 2)
    for _ in range(6):
        books.letter()

    def cut(done: int, _all: int) -> None:
        if done >= 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        books.book().refresh(cut)
    assert books.database.row("SELECT count(*) FROM buku") == (4,)

    assert books.book().refresh() == 3
    assert len(books.made) == 7
    assert len(books.book().rows()) == 7


def test_where_very_many_are_to_be_made_a_page_says_so_at_once_and_works_when_they_are(books, monkeypatch):
    monkeypatch.setattr(postgres_book, "_SHARE", 2)
    monkeypatch.setattr(postgres_book, "_MOST_WAITED_FOR", 3)
    for _ in range(7):
        books.letter()
    page, keeper = books.book(), books.book()

    with pytest.raises(Passing, match="sedang disusun: 6 perkara lagi"):
        page.rows()
    keeper.refresh()

    assert len(page.rows()) == 8


def test_after_an_update_of_the_program_pages_show_what_there_is_while_rows_are_made_anew(books, monkeypatch):
    monkeypatch.setattr(postgres_book, "_SHARE", 2)
    for _ in range(7):
        books.letter()
    page = books.book()
    page.refresh()
    books.made.clear()
    books.edition = replace(books.edition, program="versi-baru")

    assert [len(page.rows()), len(page.rows())] == [8, 8]
    assert len(books.made) == 2
    books.letter()
    assert len(page.rows()) == 9
    page.refresh()
    assert len(books.made) < 8 + 4 + 2
    assert set(books.made) == set(PostgresCabinet(books.database, books.objects).numbers())


def test_a_row_of_another_shape_is_not_shown_but_made_anew(books):
    page = books.book()
    page.refresh()
    with books.database.transaction() as running:
        running.execute("UPDATE buku SET versi = nextval('buku_versi'), baris = '{}'")

    with pytest.raises(Passing, match="sedang disusun"):
        books.book().rows()
    books.edition = replace(books.edition, program="versi-baru")
    page.refresh()
    assert len(books.book().rows()) == 1


def test_status_codes_are_taken_in_a_lot_at_a_time(books, monkeypatch):
    monkeypatch.setattr(postgres_status_codes, "_BATCH", 2)
    numbers = [books.letter(code=f"AAAA-AAAA-AAA{digit}") for digit in "ABCDE"]
    codes = PostgresStatusCodes(books.database, lambda: b"k" * 32)

    assert [codes.find(f"AAAA-AAAA-AAA{digit}") for digit in "ABCDE"] == numbers
    assert codes.find("AAAA-AAAA-AAAF") is None


def test_what_no_text_of_the_database_can_hold_keeps_no_case_out_of_the_register(books):
    said = {"perihal": "Surat\0 rusak \ud800", "naskah": ("W.8\0-1",)}
    row_of_case = lambda case: replace(row_of(case, books.root.sop_of(case), books.root.calendar), **said)  # noqa: E731
    book = PostgresBook(
        books.database, PostgresCabinet(books.database, books.objects), row_of_case, lambda: books.edition
    )

    assert [row.perihal for row in book.rows()] == ["Surat rusak ?"]
    assert book.with_naskah("W.8\0-1") == FIRST


def test_a_page_has_no_more_rows_read_than_it_asks_for(books, monkeypatch):
    for _ in range(4):
        books.letter()
    books.book().refresh()
    with books.database.transaction() as running:
        running.execute("UPDATE buku SET tersentuh = '2020-01-01' WHERE urut > 2")
    read = []
    made = Row.from_json
    monkeypatch.setattr(Row, "from_json", lambda written: read.append(written["serial"]) or made(written))
    book = books.book()

    assert [row.serial for row in book.touched_since(date(2026, 1, 1))] == [1, 2]
    assert read == [1, 2]
    assert [row.serial for row in book.touched_since(date(2025, 1, 1))] == [1, 2]
    assert read == [1, 2]  # what is known is not read again
    assert set(book.these([CaseNumber(2026, 2), CaseNumber(2026, 5)])) == {CaseNumber(2026, 2), CaseNumber(2026, 5)}
    assert read == [1, 2, 5]
    assert len(book.rows(2026)) == 5


def test_a_row_that_another_process_made_anew_is_read_again_however_it_was_asked_for_first(books):
    database = Database(books.database.address, books.database.schema)
    mine, other = books.book(), books.book(database)
    assert [len(mine.rows()), len(mine.touched_since(date(2026, 1, 1))), len(mine.rows(2026))] == [1, 1, 1]
    seen = mine.mark()

    number = books.letter()
    other.refresh()
    database.close()

    assert mine.mark() != seen
    assert number in [CaseNumber(row.year, row.serial) for row in mine.touched_since(date(2026, 1, 1))]
    assert len(mine.rows()) == len(mine.rows(2026)) == 2
    assert mine.row(number).number == str(number)


def test_where_very_many_rows_were_made_anew_they_are_not_all_read(books, monkeypatch):
    monkeypatch.setattr(postgres_rows, "_MOST_READ_ON", 1)
    book = books.book()
    book.rows()
    for _ in range(3):
        books.letter()
    books.book().refresh()

    assert len(book.rows()) == 4


def test_rows_with_which_pages_begin_are_read_before_anybody_comes(books, monkeypatch):
    books.book().refresh()
    root, now = SimpleNamespace(rows=books.book(), clock=FixedClock()), FixedClock().now()
    have_rows_read(root)
    monkeypatch.setattr(Row, "from_json", lambda _written: pytest.fail("read again"))

    assert len(root.rows.touched_since(date(now.year, 1, 1))) == 1  # the dispatch book of the year
    assert len(LiveRows(root.rows).of(now.date())) == 1  # my desk
    assert len(root.rows.touched_since(looks_back_to(period_of(None, None, None, now.date())))) == 1  # the summary


@pytest.mark.parametrize("fault", [Passing("basis data pusat tidak dapat dihubungi", ""), OSError(5, "rusak")])
def test_rows_that_cannot_be_read_beforehand_are_left_to_who_comes(fault):
    def away(_day):
        raise fault

    have_rows_read(SimpleNamespace(rows=SimpleNamespace(touched_since=away), clock=FixedClock()))
