"""The register book as the desk reads it: always as the disk has it, and never read more than need be."""

from __future__ import annotations

import pytest

from pipeline.cases.case_number import CaseNumber
from pipeline.register.store import book_file
from pipeline.register.store.book_cache import BookCache


@pytest.fixture
def book(office, monkeypatch):
    """A book that grows by lines however small it is."""
    monkeypatch.setattr(book_file, "_SMALL", 0)
    monkeypatch.setattr(book_file, "_SHARE", 1)
    return BookCache(office.root.layout, office.root.book)


def _open(office, subject):
    answers = {"perihal": subject, "pelapor": [subject], "terlapor": "Instansi", "uraian": "Uraian"}
    return office.open("lisan", answers)


def _states(rows):
    return [(row.number, row.state) for row in rows]


def _as_on_disk(office):
    office.root.book.refresh()
    return office.root.book.rows()


def test_a_change_shows_at_the_next_look_whether_by_line_or_whole(office, book):
    number = _open(office, "Satu")
    first = _states(book.rows())
    for subject in ("Dua", "Tiga", "Empat"):
        _open(office, subject)
        assert book.rows() == _as_on_disk(office)
    office.decide(number, "batal", "tim-yankomas", {"alasan": "Iklan"})

    assert book_file.lines_beside(office.root.layout.book(2026)).exists()
    assert book.rows() == _as_on_disk(office)
    assert _states(book.rows())[0] != first[0]
    assert book.row(number).final


def test_only_what_was_added_is_read(office, book, monkeypatch):
    for subject in ("Satu", "Dua", "Tiga"):
        _open(office, subject)
    office.root.book.rebuild()
    book.rows()
    reads = []
    whole = type(office.root.book).rows
    monkeypatch.setattr(type(office.root.book), "rows", lambda *a: reads.append(a) or whole(*a))

    number = _open(office, "Empat")

    assert book.row(number).perihal == "Empat"
    assert len(book.rows()) == 4
    assert reads == []


def test_the_mark_changes_with_any_row(office, book):
    marks = []
    for subject in ("Satu", "Dua", "Tiga"):
        _open(office, subject)
        marks.append(book.mark())

    assert len(set(marks)) == 3
    assert book.mark() == marks[-1]


def test_a_book_that_was_made_anew_is_read_anew(office, book):
    _open(office, "Satu")
    book.rows()
    office.root.layout.book(2026).unlink()
    office.root.book.rebuild()

    assert book.rows() == _as_on_disk(office)


def test_a_year_without_a_book_has_no_rows(office, book):
    assert book.rows(1999) == []
    assert book.row(CaseNumber(1999, 1)) is None
