"""Look-ups beside the book say that they know nothing only where that is so: a letter gets one number, not two."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing

import pytest
from offices import FakeOffice
from registers import entry

from pipeline.cases.case_number import CaseNumber
from pipeline.errors import Passing
from pipeline.intake.outcomes import Duplicate
from pipeline.intake.receive import receive
from pipeline.register.store import lookups
from pipeline.register.store.lookups import SqliteLookups

FIRST = CaseNumber(2026, 1)
LETTER = "a" * 64


@pytest.fixture
def known(tmp_path, monkeypatch):
    """Look-ups that know one letter with a coded sheet; nobody waits."""
    monkeypatch.setattr(lookups, "_PATIENCE", 0.0)
    monkeypatch.setattr(lookups, "_PAUSE", 0.0)
    made = SqliteLookups(tmp_path / "penunjuk.sqlite")
    made.renew([entry("2026-11-01", sha256=LETTER, page_codes=["KODE-1"])])
    return made


def half_written(path):
    """A change to the file that lies there and has not come to its end: its writer's connection."""
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("PRAGMA synchronous = OFF")
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("DELETE FROM codes")
    return writer


def test_while_others_write_nobody_hears_that_there_is_no_such_letter(known):
    with closing(sqlite3.connect(known._path)) as other:
        other.execute("BEGIN EXCLUSIVE")

        for asked in (lambda: known.holder(LETTER), lambda: known.case_with("KODE-1"), lambda: known.ready):
            with pytest.raises(Passing, match="sedang dipakai"):
                asked()

    assert known.case_with("KODE-1") == known.holder(LETTER).number


def test_while_they_are_made_anew_what_was_known_is_found(known):
    found = []

    def rows():
        found.append((known.holder(LETTER) is not None, known.case_with("KODE-1") is not None, known.ready))
        yield entry("2026-11-02", sha256="b" * 64)

    known.renew(rows())

    assert found == [(True, True, True)]
    assert (known.holder(LETTER), known.case_with("KODE-1")) == (None, None)
    assert known.holder("b" * 64) is not None


def test_what_could_not_be_made_anew_is_as_it_was(known):
    def rows():
        yield entry("2026-11-02", sha256="b" * 64)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        known.renew(rows())

    assert known.ready
    assert (known.holder(LETTER) is not None, known.holder("b" * 64)) == (True, None)


def test_a_writer_that_died_half_way_leaves_nothing_in_those_that_are_made_anew(known, tmp_path):
    dead = tmp_path / "mati.sqlite"
    with closing(half_written(known._path)):
        for beside in ("", "-journal"):
            shutil.copy(f"{known._path}{beside}", f"{dead}{beside}")
    left = SqliteLookups(dead)
    assert not left.ready

    row = entry("2026-11-02", sha256="b" * 64, page_codes=["KODE-2"])
    left.renew([row])

    assert (left.case_with("KODE-1"), left.case_with("KODE-2")) == (None, row.case_number)
    assert sorted(path.name for path in tmp_path.glob("mati*")) == ["mati.sqlite"]


def test_what_a_writer_left_that_died_never_looks_whole_while_it_is_replaced(known, tmp_path, monkeypatch):
    dead = tmp_path / "mati.sqlite"
    with closing(half_written(known._path)):
        for beside in ("", "-journal"):
            shutil.copy(f"{known._path}{beside}", f"{dead}{beside}")
    left = SqliteLookups(dead)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr(lookups.Path, "replace", killed)
        with pytest.raises(KeyboardInterrupt):
            left.renew([])

    assert not left.ready


def test_a_journal_that_is_about_to_go_hides_nothing(known, tmp_path, monkeypatch):
    journal = tmp_path / "penunjuk.sqlite-journal"
    with closing(half_written(known._path)):
        kept = journal.read_bytes()
    journal.write_bytes(kept)
    monkeypatch.setattr(lookups.time, "sleep", lambda _pause: journal.unlink(missing_ok=True))

    assert known.case_with("KODE-1") == known.holder(LETTER).number


def test_a_year_that_is_renewed_forgets_the_numbers_of_letters_of_a_case_that_is_gone(known):
    gone = entry("2026-11-02", naskah=["W.8-HA.01-0001"])
    known.note([gone])
    assert known.with_naskah("W.8-HA.01-0001") is not None

    known.renew_year(2026, [])

    assert known.with_naskah("W.8-HA.01-0001") is None


def test_while_the_books_are_made_anew_after_an_update_a_letter_that_comes_again_is_known(office):
    office.drop("surat.pdf", b"Surat A")
    office.run_once()
    office.root.book.refresh()
    original = office.root.cabinet.case(FIRST).original.sha256
    with closing(sqlite3.connect(office.root.layout.lookups)) as other:
        other.execute("PRAGMA user_version = 99")
    found = []

    office.root.book.rebuild(lambda _done, _all: found.append(office.root.book.lookups.holder(original).number))

    assert found == [FIRST]
    assert office.root.book.lookups.ready


def test_look_ups_that_are_lost_while_a_process_relies_on_them_give_no_letter_a_second_number(office):
    office.drop("surat.pdf", b"Surat A")
    office.run_once()
    office.root.book.refresh()
    later = FakeOffice(office.root.layout.root)

    def comes(name, content):
        claim = later.claim(later.drop(name, content))
        outcome = receive(claim, later.receive_parts)
        later.inbox.done(claim)
        return outcome

    comes("lain.pdf", b"Surat B")
    later.root.layout.lookups.unlink()

    assert comes("lagi.pdf", b"Surat A") == Duplicate(FIRST)
    assert comes("lain-lagi.pdf", b"Surat B") == Duplicate(CaseNumber(2026, 2))
