"""The register book is a view: it follows the folders, is never half there, and can be lost without harm."""

from __future__ import annotations

import json
import os
from dataclasses import replace

import pytest
from cases import document, recognised
from offices import FakeOffice
from recording import Cut, cut_at, record

from pipeline.actions.receive import receive
from pipeline.adapters import locks
from pipeline.domain.numbering import CaseNumber
from pipeline.domain.worktime import Limit
from pipeline.errors import ArchiveFault, Busy

FIRST, SECOND = CaseNumber(2026, 1), CaseNumber(2026, 2)


def register(office, *contents: bytes) -> None:
    """Take letters in; nothing else is done with them, and the book is not told."""
    for content in contents:
        path = office.drop(f"{len(content)}-{content[-8:].decode()}.pdf", content)
        claim = office.inbox.claim(path, office.inbox.files()[path])
        receive(claim, office.desk)
        office.inbox.done(claim)


def read_letter(office, number, subject):
    event = recognised({"perihal": {"nilai": subject}}, documents=(document(f"02-{subject}.txt", b"isi"),))
    with office.root.cabinet.held(number) as folder:
        folder.append(event, {f"02-{subject}.txt": b"isi"}, by="sistem", at=office.clock.now())


def book_of(office, year=2026):
    return office.root.layout.book(year)


def numbers(office, year=None):
    return [row["number"] for row in office.root.book.rows(year)]


def subjects(office):
    return {row["number"]: row["perihal"] for row in office.root.book.rows()}


def test_the_book_follows_what_changed_since_the_last_time(office):
    register(office, b"Surat A")

    assert office.root.book.refresh() == 1
    register(office, b"Surat B")
    read_letter(office, FIRST, "Tanah")
    assert office.root.book.refresh() == 2

    assert subjects(office) == {"2026/0001": "Tanah", "2026/0002": None}


def test_rows_are_as_of_the_last_refresh_and_in_the_order_of_numbers(office):
    register(office, *(f"Surat {n}".encode() for n in range(12)))
    office.root.book.refresh()
    register(office, b"Surat baru")

    assert numbers(office) == [f"2026/{n:04d}" for n in range(1, 13)]


def test_when_nothing_changed_nothing_is_written(office, monkeypatch):
    register(office, b"Surat A")
    office.root.book.refresh()
    effects = record(monkeypatch, office.root.layout.archive)

    assert office.root.book.refresh() == 0

    assert effects == []


def test_many_changes_are_one_writing_of_the_book(office, monkeypatch):
    office.root.calendar.after(office.clock.now(), Limit(days=60))  # the holidays of both years are known already
    register(office, *(f"Surat {n}".encode() for n in range(10)))
    effects = record(monkeypatch, office.root.layout.archive)

    office.root.book.refresh()

    assert effects == ["replace register-2026.json", "sync_folder .", "replace .state/buku-register"]


def test_every_year_has_its_own_book(office):
    register(office, b"Surat A")
    office.clock.forward(days=60)
    register(office, b"Surat B")

    office.root.book.refresh()

    assert numbers(office) == ["2026/0001", "2027/0001"]
    assert numbers(office, 2027) == ["2027/0001"]
    assert numbers(office, 2025) == []


def test_a_book_made_anew_is_the_same_byte_for_byte(office):
    register(office, b"Surat A", b"Surat B")
    office.root.book.refresh()
    read_letter(office, SECOND, "Upah")
    office.root.book.refresh()
    read_letter(office, FIRST, "Tanah")
    office.root.book.refresh()
    followed = book_of(office).read_bytes()

    assert office.root.book.rebuild() == 2

    assert book_of(office).read_bytes() == followed


def test_a_row_that_does_not_belong_is_gone_when_the_book_is_made_anew(office):
    register(office, b"Surat A")
    office.root.book.refresh()
    right = book_of(office).read_bytes()
    table = json.loads(right)
    table["aduan"]["99"] = {**table["aduan"]["1"], "number": "2026/0099", "serial": 99}
    book_of(office).write_text(json.dumps(table))

    office.root.book.rebuild()

    assert book_of(office).read_bytes() == right


@pytest.mark.parametrize("lost", ["cursor", "book", "changes", "cursor and book", "everything"])
def test_what_the_book_follows_by_can_be_lost(office, lost):
    register(office, b"Surat A", b"Surat B")
    office.root.book.refresh()
    right = book_of(office).read_bytes()
    cursor = office.root.layout.state / "buku-register"
    if lost in ("cursor", "cursor and book", "everything"):
        cursor.unlink()
    if lost in ("book", "cursor and book", "everything"):
        book_of(office).unlink()
    if lost in ("changes", "everything"):
        office.root.layout.changes.unlink()

    office.root.book.refresh()

    assert book_of(office).read_bytes() == right
    register(office, b"Surat C")
    office.root.book.refresh()
    assert numbers(office) == ["2026/0001", "2026/0002", "2026/0003"]


def test_a_list_of_changes_that_became_shorter_is_followed_from_the_folders_again(office):
    register(office, b"Surat A", b"Surat B", b"Surat C")
    office.root.book.refresh()
    changes = office.root.layout.changes
    changes.write_bytes(changes.read_bytes().splitlines(keepends=True)[0])
    register(office, b"Surat D")

    office.root.book.refresh()

    assert numbers(office) == ["2026/0001", "2026/0002", "2026/0003", "2026/0004"]


@pytest.mark.parametrize("cursor", [b"", b"bukan angka", b"\xff", b"99999999\n", b"-5\n"])
def test_a_broken_cursor_heals(office, cursor):
    register(office, b"Surat A")
    (office.root.layout.state / "buku-register").write_bytes(cursor)

    office.root.book.refresh()

    assert numbers(office) == ["2026/0001"]


@pytest.mark.parametrize("content", [b"", b"{", b'{"aduan": {"1"', b"[]", b"\x00" * 100])
def test_a_broken_book_says_so_and_is_made_anew_from_the_folders(office, content):
    register(office, b"Surat A")
    office.root.book.refresh()
    right = book_of(office).read_bytes()
    book_of(office).write_bytes(content)

    with pytest.raises(ArchiveFault, match=r"register-2026\.json rusak") as fault:
        office.root.book.rows()
    assert "yankomas rebuild" in fault.value.remedy

    office.root.book.rebuild()

    assert book_of(office).read_bytes() == right


@pytest.mark.parametrize("work", ["refresh", "rebuild"])
@pytest.mark.parametrize("cut", [1, 2, 3])
def test_cut_off_anywhere_the_book_is_the_old_or_the_new_one_and_catches_up(office, monkeypatch, work, cut):
    register(office, b"Surat A")
    office.root.book.refresh()
    register(office, b"Surat B")

    with cut_at(monkeypatch, cut), pytest.raises(Cut):
        getattr(office.root.book, work)()

    assert numbers(office) in (["2026/0001"], ["2026/0001", "2026/0002"])
    office.root.book.refresh()
    assert numbers(office) == ["2026/0001", "2026/0002"]


def test_a_reader_always_finds_a_book_while_it_is_made_anew(office, monkeypatch):
    register(office, b"Surat A")
    office.root.book.refresh()

    found = []
    with monkeypatch.context() as patch:
        from pipeline.adapters import disk

        write = disk.replace
        patch.setattr(disk, "replace", lambda *args: (found.append(numbers(office)), write(*args)))
        office.root.book.rebuild()

    assert found == [["2026/0001"], ["2026/0001"]]


def test_a_broken_case_keeps_its_row_and_does_not_stop_the_others(office):
    register(office, b"Surat A", b"Surat B")
    office.root.book.refresh()
    journal = office.root.layout.case(FIRST) / "journal.jsonl"
    read_letter(office, FIRST, "Tanah")
    read_letter(office, SECOND, "Upah")
    journal.write_bytes(journal.read_bytes().replace(b"Tanah", b"Rumah"))

    office.root.book.refresh()

    assert subjects(office) == {"2026/0001": None, "2026/0002": "Upah"}


def test_a_broken_case_has_no_row_in_a_book_made_anew(office):
    register(office, b"Surat A", b"Surat B")
    (office.root.layout.case(FIRST) / "journal.jsonl").write_bytes(b"rusak\n")

    assert office.root.book.rebuild() == 1

    assert numbers(office) == ["2026/0002"]


def test_a_case_that_follows_an_sop_not_installed_here_does_not_stop_the_others(office):
    register(office, b"Surat A")
    office.root.book.refresh()
    elsewhere = FakeOffice(office.root.layout.root)
    elsewhere.root.editions = (replace(elsewhere.root.editions[0], key="2031-01-01"),)
    register(elsewhere, b"Surat B")

    assert office.root.book.refresh() == 1

    assert numbers(office) == ["2026/0001"]


def test_a_year_with_nothing_but_a_broken_case_is_not_read_again_at_every_look(office, monkeypatch):
    register(office, b"Surat A")
    (office.root.layout.case(FIRST) / "journal.jsonl").write_bytes(b"rusak\n")
    office.root.book.refresh()
    effects = record(monkeypatch, office.root.layout.archive)

    office.root.book.refresh()

    assert effects == []


def test_a_new_years_first_letter_does_not_have_the_old_years_read_again(office, monkeypatch):
    register(office, b"Surat A")
    office.root.book.refresh()
    office.clock.forward(days=60)
    register(office, b"Surat B")
    effects = record(monkeypatch, office.root.layout.archive)

    assert office.root.book.refresh() == 1

    assert "replace register-2026.json" not in effects
    assert numbers(office) == ["2026/0001", "2027/0001"]


def test_the_book_remembers_each_letters_bytes_and_claim_for_finding_twins(office):
    register(office, b"Surat A")
    office.root.book.refresh()

    known = list(office.root.book.known())

    case = office.root.cabinet.case(FIRST)
    assert [(k.number, k.sha256, k.claim) for k in known] == [(FIRST, case.original.sha256, case.received.claim)]


def test_two_processes_do_not_write_one_book_at_once(office, monkeypatch):
    register(office, b"Surat A")
    monkeypatch.setattr(locks, "PATIENCE", 0)
    monkeypatch.setattr(locks.held.__wrapped__, "__defaults__", (0,))

    with locks.held(office.root.layout.locks / "buku"), pytest.raises(Busy):
        office.root.book.refresh()

    assert not book_of(office).exists()


def test_a_part_file_left_by_a_crash_is_no_book(office):
    register(office, b"Surat A")
    (office.root.layout.archive / ".register-2026.json.part").write_bytes(b'{"aduan": {')

    office.root.book.refresh()

    assert numbers(office) == ["2026/0001"]
    assert not [name for name in os.listdir(office.root.layout.archive) if name.endswith(".part")]
