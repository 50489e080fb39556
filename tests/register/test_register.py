"""The register book is a view: it follows the folders, is never half there, and can be lost without harm."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
from case_factory import document, recognised
from offices import FakeOffice
from recording import Cut, cut_at, record

import pipeline
from pipeline.cases.case_number import CaseNumber
from pipeline.errors import Busy, Passing
from pipeline.intake.outcomes import Duplicate
from pipeline.intake.receive import receive
from pipeline.office.worktime import Limit
from pipeline.register.store import book_file, lookups
from pipeline.register.store.book_file import lines_beside
from pipeline.storage import locks
from pipeline.wiring import Root

FIRST, SECOND = CaseNumber(2026, 1), CaseNumber(2026, 2)


def register(office, *contents: bytes) -> None:
    """Take letters in; nothing else is done with them, and the book is not told."""
    for content in contents:
        path = office.drop(f"{len(content)}-{content[-8:].decode()}.pdf", content)
        claim = office.claim(path)
        receive(claim, office.receive_parts)
        office.inbox.done(claim)


def read_letter(office, number, subject):
    event = recognised({"perihal": {"nilai": subject}}, documents=(document(f"02-{subject}.txt", b"isi"),))
    with office.root.cabinet.held(number) as folder:
        folder.append(event, {f"02-{subject}.txt": b"isi"}, by="sistem", at=office.clock.now())


def book_of(office, year=2026):
    return office.root.layout.book(year)


def numbers(office, year=None):
    return [row.number for row in office.root.book.rows(year)]


def subjects(office):
    return {row.number: row.perihal for row in office.root.book.rows()}


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
@pytest.mark.parametrize("by", ["reading", "a change", "another working time", "rebuild"])
def test_a_broken_book_is_made_anew_from_the_folders_and_the_log_says_so(office, caplog, content, by):
    register(office, b"Surat A")
    office.root.book.refresh()
    right = book_of(office).read_bytes()
    book_of(office).write_bytes(content)

    if by == "a change":
        register(office, b"Surat B")
        office.root.book.refresh()
    if by == "another working time":
        retimed(office).book.refresh()
    if by == "rebuild":
        office.root.book.rebuild()

    assert "2026/0001" in numbers(office)
    if by in ("reading", "rebuild"):
        assert book_of(office).read_bytes() == right
    assert by == "rebuild" or "register-2026.json rusak. Disusun ulang" in caplog.text


def retimed(office) -> Root:
    """Return the office's root after its office has closed on two more days."""
    settings = office.root.layout.settings
    settings.write_text(settings.read_text().replace("tutup = []", "tutup = [2026-11-26, 2026-11-27]"))
    return Root(office.root.layout.root)


def test_after_a_change_of_the_offices_working_time_running_cases_have_new_deadlines(office):
    register(office, b"Surat A")
    office.root.book.refresh()
    before = office.root.book.rows()[0].case_due_at
    root = retimed(office)

    assert root.book.refresh() == 1
    assert root.book.refresh() == 0

    assert root.book.rows()[0].case_due_at > before


def test_after_a_post_was_filled_running_cases_know_the_name_and_nobody_waits_for_all_others(office):
    about = {"perihal": "Nota Sri Melati", "pelapor": "Budi Contoh", "terlapor": "PT Contoh", "uraian": "Upah"}
    office.one_open_one_ended({**about, "korban": "Sari Melati", "kerentanan": "anak"}, about)
    office.root.book.refresh()
    settings = office.root.layout.settings
    post = 'jabatan = "Kepala Bidang HAM"'
    settings.write_text(settings.read_text().replace(post, f'{post}\nnama = "Sri Melati"'))
    told = [row.perihal for row in office.root.book.rows()]
    root = Root(office.root.layout.root)

    assert root.book.refresh() == 1

    assert told[0] == "Nota Sri korban"
    assert [row.perihal for row in root.book.rows()] == ["Nota Sri Melati", told[1]]


def test_after_a_new_version_of_the_program_every_row_is_made_anew(office, monkeypatch):
    register(office, b"Surat A", b"Surat B")
    office.root.book.refresh()
    monkeypatch.setattr(pipeline, "__version__", "99")

    root = Root(office.root.layout.root)

    assert root.book.refresh() == 2
    assert root.book.refresh() == 0


def large(office, monkeypatch) -> None:
    """Have three letters' book count as a large one, as ten thousand cases' does."""
    register(office, b"Surat A", b"Surat B", b"Surat C")
    office.root.book.refresh()
    monkeypatch.setattr(book_file, "_SMALL", 100)
    monkeypatch.setattr(book_file, "_SHARE", 1)


def test_a_large_book_is_not_written_whole_for_one_change_and_says_the_same(office, monkeypatch):
    large(office, monkeypatch)
    read_letter(office, SECOND, "Upah")
    effects = record(monkeypatch, office.root.layout.archive)

    office.root.book.refresh()

    assert effects == ["append register-2026.baru.jsonl", "sync_folder .", "replace .state/buku-register"]
    assert subjects(office) == {"2026/0001": None, "2026/0002": "Upah", "2026/0003": None}
    followed = office.root.book.rows()
    office.root.book.rebuild()
    assert office.root.book.rows() == followed
    assert not lines_beside(book_of(office)).exists()


def test_a_large_book_is_written_whole_again_when_many_rows_have_changed(office, monkeypatch):
    large(office, monkeypatch)

    grown = []
    for n in range(9):
        read_letter(office, SECOND, f"Upah {n}")
        office.root.book.refresh()
        grown.append(lines_beside(book_of(office)).exists())
        assert subjects(office)["2026/0002"] == f"Upah {n}"

    assert grown == [True, True, True, False] * 2 + [True]


@pytest.mark.parametrize("cut", [1, 2, 3])
def test_cut_off_anywhere_a_large_book_catches_up(office, monkeypatch, cut):
    large(office, monkeypatch)
    read_letter(office, SECOND, "Upah")

    with cut_at(monkeypatch, cut), pytest.raises(Cut):
        office.root.book.refresh()

    assert subjects(office)["2026/0002"] in (None, "Upah")
    office.root.book.refresh()
    assert subjects(office)["2026/0002"] == "Upah"


def test_half_a_line_that_a_power_cut_left_beside_a_large_book_is_cut_off(office, monkeypatch):
    large(office, monkeypatch)
    lines_beside(book_of(office)).write_bytes(b'{"serial": 1, "nu')
    read_letter(office, SECOND, "Upah")

    office.root.book.refresh()

    assert subjects(office) == {"2026/0001": None, "2026/0002": "Upah", "2026/0003": None}


def test_a_broken_line_beside_a_large_book_heals_from_the_folders(office, monkeypatch, caplog):
    large(office, monkeypatch)
    read_letter(office, SECOND, "Upah")
    office.root.book.refresh()
    lines_beside(book_of(office)).write_bytes(b"\x00\x00\x00\n")

    assert subjects(office) == {"2026/0001": None, "2026/0002": "Upah", "2026/0003": None}
    assert "Disusun ulang" in caplog.text


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
        from pipeline.storage import disk

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


def test_the_look_ups_say_who_has_which_bytes_and_which_page_code(office):
    office.drop("surat.pdf", b"Surat A")
    office.run_once()
    office.root.book.refresh()
    case = office.root.cabinet.case(FIRST)
    lookups = office.root.book.lookups

    held = lookups.holder(case.original.sha256)

    assert (held.number, held.claim) == (FIRST, case.received.claim)
    assert {lookups.case_with(code) for code in case.page_codes} == {FIRST}
    assert lookups.serials(2026) == {1}
    assert (lookups.holder("0" * 64), lookups.case_with("TIDAK-ADA"), lookups.serials(2025)) == (None, None, set())


@pytest.mark.parametrize("broken", ["gone", "empty", "not a database", "another edition", "cut short"])
def test_look_ups_that_are_broken_say_nothing_and_are_filled_again(office, broken):
    register(office, b"Surat A", b"Surat B")
    office.root.book.refresh()
    path = office.root.layout.lookups
    original = office.root.cabinet.case(FIRST).original.sha256
    match broken:
        case "gone":
            path.unlink()
        case "empty":
            path.write_bytes(b"")
        case "not a database":
            path.write_bytes(b"bukan basis data" * 999)
        case "another edition":
            path.unlink()
            sqlite3.connect(path).execute("PRAGMA user_version = 99").close()
        case "cut short":
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    fresh = Root(office.root.layout.root)

    assert fresh.book.lookups.holder(original) is None
    fresh.book.refresh()

    assert fresh.book.lookups.holder(original).number == FIRST
    assert fresh.book.lookups.serials(2026) == {1, 2}


def test_without_look_ups_and_book_a_letter_still_finds_its_twin_in_the_folders(office):
    register(office, b"Surat A")

    assert receive_again(FakeOffice(office.root.layout.root), b"Surat A") == Duplicate(FIRST)


def receive_again(office, content):
    path = office.drop("lagi.pdf", content)
    return receive(office.claim(path), office.receive_parts)


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


def test_look_ups_that_cannot_be_written_at_present_are_said_so_in_words_and_made_up_for(office, monkeypatch):
    register(office, b"Surat A")
    office.root.book.refresh()
    register(office, b"Surat B")
    monkeypatch.setattr(lookups, "_PATIENCE", 0.0)

    with closing(sqlite3.connect(office.root.layout.lookups)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Passing, match="Penunjuk surat sedang tidak dapat disimpan"):
            office.root.book.refresh()

    office.root.book.refresh()
    assert office.root.lookups.serials(2026) == {1, 2}
