"""The numbered folders: what is committed when, what a crash leaves, and that nothing is ever overwritten."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import signal

import bagit
import pytest
from case_factory import document, drafted, failed, recognised
from crash import in_child
from offices import FakeOffice
from patience import PATIENCE
from recording import Cut, cut_at, record

from pipeline.backoff import Tries
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.events import Recognised
from pipeline.cases.journal import read_journal
from pipeline.errors import ArchiveFault, Busy, NotFound
from pipeline.evidence.store.verify import verify_archive
from pipeline.storage import locks

FIRST = CaseNumber(2026, 1)
TEXT = b"isi surat"


@pytest.fixture
def office(tmp_path):
    """An office with one registered letter that is owed everything."""
    office = FakeOffice(tmp_path / "kantor")
    _register(office, "scan.pdf", b"Surat pertama")
    return office


def _register(office, name, content):
    from pipeline.intake.receive import receive

    path = office.drop(name, content)
    claim = office.claim(path)
    outcome = receive(claim, office.receive_parts)
    office.inbox.done(claim)
    return outcome.number


def read_event(name="02-teks.txt", content=TEXT) -> Recognised:
    return recognised(documents=(document(name, content, kind="teks", step=2),))


def append_reading(office, number=FIRST, name="02-teks.txt", content=TEXT):
    with office.root.cabinet.held(number) as folder:
        return folder.append(read_event(name, content), {name: content}, by="sistem", at=office.clock.now())


def folder_of(office, number=FIRST):
    return office.root.layout.case(number)


def journal_of(office, number=FIRST):
    return folder_of(office, number) / "journal.jsonl"


def kinds(office, number=FIRST):
    return [entry.kind for entry in office.root.cabinet.case(number).entries]


def test_an_append_syncs_the_documents_before_the_line_that_commits_them_and_witnesses_it_last(office, monkeypatch):
    root = office.root.layout.archive
    effects = record(monkeypatch, root)

    append_reading(office)

    assert effects == [
        "touch .open/2026-0001",
        "make_folder .staging/2026-0001",
        "remove .staging/2026-0001/02-teks.txt",
        "write_new .staging/2026-0001/02-teks.txt",
        "sync_folder .staging/2026-0001",
        "append 2026/0001/journal.jsonl",
        "link 2026/0001/data/02-teks.txt",
        "sync_folder 2026/0001/data",
        "replace 2026/0001/bag-info.txt",
        "replace 2026/0001/manifest-sha256.txt",
        "replace 2026/0001/tagmanifest-sha256.txt",
        "sync_folder 2026/0001",
        "append .changes",
        "remove .staging/2026-0001/02-teks.txt",
        "remove_folder .staging/2026-0001",
    ]


def test_an_appended_document_lies_in_a_valid_bag_and_stands_in_the_journal(office):
    case = append_reading(office)

    assert kinds(office) == ["diterima", "dibaca"]
    assert (folder_of(office) / "data" / "02-teks.txt").read_bytes() == TEXT
    assert case.head == office.root.cabinet.case(FIRST).head
    assert bagit.Bag(str(folder_of(office))).validate()
    assert verify_archive(office.root.layout) == []


def test_a_document_whose_name_is_taken_is_refused_and_nothing_changes(office):
    append_reading(office)
    before = _snapshot(office)

    with pytest.raises(ArchiveFault, match=r"02-teks\.txt sudah ada"):
        append_reading(office, content=b"isi lain")

    assert _snapshot(office) == before


def test_a_file_that_somebody_put_where_a_document_is_to_lie_is_not_overwritten(office):
    stranger = folder_of(office) / "data" / "02-teks.txt"
    stranger.write_bytes(b"bukan dari program")

    append_reading(office)

    assert stranger.read_bytes() == b"bukan dari program"
    assert [f.code for f in verify_archive(office.root.layout)] == ["berubah"]


@pytest.mark.parametrize(
    ("event", "files"),
    [
        (read_event(), {}),
        (read_event(), {"lain.txt": TEXT}),
        (read_event(), {"02-teks.txt": TEXT, "lain.txt": b""}),
        (read_event(), {"02-teks.txt": b"isi yang bukan ini"}),
        (failed("baca"), {"02-teks.txt": TEXT}),
    ],
)
def test_a_line_and_its_files_must_say_the_same(office, event, files):
    before = _snapshot(office)

    with office.root.cabinet.held(FIRST) as folder, pytest.raises(ArchiveFault):
        folder.append(event, files, by="sistem", at=office.clock.now())

    assert _snapshot(office) == before


def test_an_event_without_documents_is_a_line_and_nothing_else(office):
    with office.root.cabinet.held(FIRST) as folder:
        folder.append(failed("baca"), {}, by="sistem", at=office.clock.now())

    assert kinds(office) == ["diterima", "gagal"]
    assert os.listdir(folder_of(office) / "data") == ["01-surat.pdf"]
    assert verify_archive(office.root.layout) == []


APPEND_EFFECTS = 15
COMMITS_AT = 6  # the journal's line; see the order above


@pytest.mark.parametrize("cut", range(1, APPEND_EFFECTS + 1))
def test_an_append_cut_off_anywhere_is_undone_or_finished_by_the_next_opening(office, monkeypatch, cut):
    with cut_at(monkeypatch, cut), pytest.raises(Cut):
        append_reading(office)

    with office.root.cabinet.held(FIRST):
        pass

    committed = cut > COMMITS_AT
    assert kinds(office) == ["diterima", "dibaca"][: 1 + committed]
    assert (folder_of(office) / "data" / "02-teks.txt").exists() == committed
    assert bagit.Bag(str(folder_of(office))).validate()
    assert verify_archive(office.root.layout) == []
    assert os.listdir(office.root.layout.staging) == []


@pytest.mark.parametrize("cut", range(1, APPEND_EFFECTS + 1))
def test_after_any_cut_the_same_append_can_be_made_again(office, monkeypatch, cut):
    with cut_at(monkeypatch, cut), pytest.raises(Cut):
        append_reading(office)

    if cut <= COMMITS_AT:
        append_reading(office)
    append_reading(office, name="02-teks-v2.txt", content=b"isi baru")

    assert kinds(office) == ["diterima", "dibaca", "dibaca"]
    assert (folder_of(office) / "data" / "02-teks.txt").read_bytes() == TEXT
    assert verify_archive(office.root.layout) == []


def test_a_torn_last_line_is_cut_off_and_the_case_goes_on(office):
    append_reading(office)
    whole = journal_of(office).read_bytes()
    journal_of(office).write_bytes(whole + b'{"seq":3,"at":"2026-')

    with office.root.cabinet.held(FIRST) as folder:
        assert len(folder.case.entries) == 2

    assert journal_of(office).read_bytes() == whole
    assert verify_archive(office.root.layout) == []


def test_a_torn_line_that_had_been_witnessed_whole_is_left_for_a_person(office):
    append_reading(office)
    damaged = journal_of(office).read_bytes()[:-20]
    journal_of(office).write_bytes(damaged)

    with pytest.raises(ArchiveFault, match="pernah mencapai baris 2"), office.root.cabinet.held(FIRST):
        pass

    assert journal_of(office).read_bytes() == damaged


def test_a_first_line_without_its_newline_is_never_cut_off_for_it_was_whole_when_it_came(office):
    office.root.layout.changes.unlink()
    damaged = journal_of(office).read_bytes()[:-1]
    journal_of(office).write_bytes(damaged)

    with pytest.raises(ArchiveFault), office.root.cabinet.held(FIRST):
        pass

    assert journal_of(office).read_bytes() == damaged


def test_a_changed_journal_is_refused_before_anything_is_written(office):
    append_reading(office)
    journal_of(office).write_bytes(journal_of(office).read_bytes().replace(b"palsu 1", b"palsu 2"))
    before = _snapshot(office)

    with pytest.raises(ArchiveFault, match="Jurnal 2026/0001 rusak: baris 2"):
        append_reading(office, name="02-teks-v2.txt")

    assert _snapshot(office) == before


def test_a_folder_that_holds_another_cases_journal_is_refused(office):
    second = _register(office, "lain.pdf", b"Surat kedua")
    journal_of(office).write_bytes(journal_of(office, second).read_bytes())

    with pytest.raises(ArchiveFault, match="berisi jurnal perkara 2026/0002"), office.root.cabinet.held(FIRST):
        pass


def test_a_case_that_is_not_there_is_not_found(office):
    missing = CaseNumber(2026, 99)

    with pytest.raises(NotFound, match="2026/0099"):
        office.root.cabinet.case(missing)
    with pytest.raises(NotFound, match="2026/0099"), office.root.cabinet.held(missing):
        pass


def test_a_folder_without_a_journal_says_so_and_stays_as_it_is(office):
    journal_of(office).unlink()

    with pytest.raises(ArchiveFault, match="tidak berisi jurnal"), office.root.cabinet.held(FIRST):
        pass

    assert not journal_of(office).exists()


def test_a_lock_file_left_by_a_dead_process_holds_nobody_up(office):
    def dies_holding() -> None:
        with office.root.cabinet.held(FIRST):
            os.kill(os.getpid(), signal.SIGKILL)

    assert in_child(dies_holding) == -signal.SIGKILL
    assert (office.root.layout.locks / FIRST.key).exists()

    append_reading(office)

    assert kinds(office) == ["diterima", "dibaca"]


def test_a_case_that_is_held_is_not_opened_a_second_time(office):
    lock = office.root.layout.locks / FIRST.key

    with office.root.cabinet.held(FIRST), pytest.raises(Busy, match="2026-0001"), locks.held(lock, patience=0):
        pass

    with locks.held(lock, patience=0):
        pass


def _append_many(root, label, count, start):
    office = FakeOffice(root)
    start.wait()
    for n in range(count):
        append_reading(office, name=f"02-{label}-{n}.txt", content=f"{label} {n}".encode())


def test_two_processes_appending_to_one_case_lose_nothing(office):
    context = multiprocessing.get_context("fork")
    start = context.Barrier(2)
    workers = [
        context.Process(target=_append_many, args=(office.root.layout.root, label, 15, start)) for label in ("a", "b")
    ]

    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(PATIENCE)

    assert [w.exitcode for w in workers] == [0, 0]
    case = office.root.cabinet.case(FIRST)
    assert sorted(d.name for d in case.documents) == sorted(
        ["01-surat.pdf", *(f"02-{label}-{n}.txt" for label in "ab" for n in range(15))]
    )
    assert verify_archive(office.root.layout) == []


def test_a_case_is_open_until_it_is_settled(office):
    assert office.root.cabinet.open_cases() == [FIRST]

    with office.root.cabinet.held(FIRST) as folder:
        folder.settle()

    assert office.root.cabinet.open_cases() == []


def test_a_mark_without_its_case_is_no_open_case_and_is_swept(office):
    mark = office.root.layout.open_cases / "2026-0099"
    mark.touch()

    assert office.root.cabinet.open_cases() == [FIRST]
    office.root.numbers.sweep()

    assert not mark.exists()
    assert office.root.cabinet.open_cases() == [FIRST]


def test_attempts_are_counted_for_each_duty_and_outlive_the_process(office):
    cabinet = office.root.cabinet

    assert [cabinet.attempt(FIRST, "baca"), cabinet.attempt(FIRST, "baca")] == [Tries(0, 0), Tries(0, 1)]
    assert cabinet.attempt(FIRST, "konsep 01-tanda-terima v1") == Tries(0, 0)
    assert FakeOffice(office.root.layout.root).root.cabinet.attempt(FIRST, "baca") == Tries(0, 2)


def test_what_failed_by_itself_counts_and_a_passing_fault_takes_only_itself_back(office):
    cabinet = office.root.cabinet
    for _ in range(2):
        cabinet.attempt(FIRST, "baca")
        cabinet.failed(FIRST, "baca")

    cabinet.attempt(FIRST, "baca")
    cabinet.forgive(FIRST, "baca")

    assert cabinet.attempt(FIRST, "baca") == Tries(2, 0)


def test_a_person_who_asks_for_another_try_starts_over(office):
    cabinet = office.root.cabinet
    cabinet.failed(FIRST, "baca")
    cabinet.failed(FIRST, "cetak x")

    cabinet.start_over(FIRST, "baca")

    assert cabinet.attempt(FIRST, "baca") == Tries(0, 0)
    assert cabinet.attempt(FIRST, "cetak x") == Tries(1, 0)


def test_attempts_can_be_lost_without_harm(office):
    office.root.cabinet.attempt(FIRST, "baca")
    (office.root.layout.state / FIRST.key).write_bytes(b"\x00bukan json")

    assert office.root.cabinet.attempt(FIRST, "baca") == Tries(0, 0)


def test_what_is_open_can_be_lost_and_is_found_again_from_the_folders(office):
    (office.root.layout.open_cases / FIRST.key).unlink()

    assert office.root.rebuild() == 1

    assert office.root.cabinet.open_cases() == [FIRST]


def test_a_case_that_is_owed_nothing_is_not_opened_again(tmp_path):
    office = FakeOffice(tmp_path / "selesai")
    office.drop("scan.pdf", b"Surat")
    office.run_once()

    assert office.root.rebuild() == 0

    assert office.root.cabinet.open_cases() == []


def test_a_broken_case_does_not_keep_the_others_from_being_found_again(office):
    second = _register(office, "lain.pdf", b"Surat kedua")
    journal_of(office).write_bytes(b"rusak\n")
    (office.root.layout.open_cases / second.key).unlink()

    office.root.rebuild()

    assert second in office.root.cabinet.open_cases()


def test_lost_witnesses_are_made_anew(office):
    append_reading(office)
    office.root.layout.changes.unlink()

    office.root.rebuild()

    entries = office.root.cabinet.case(FIRST).entries
    assert office.root.layout.changes.read_text() == "".join(f"2026/0001 {e.seq} {e.hash}\n" for e in entries)


def test_a_stored_document_is_handed_out_as_it_lies(office):
    case = office.root.cabinet.case(FIRST)

    blob = office.root.cabinet.blob(FIRST, case.original)

    with blob.local() as path:
        assert path.read_bytes() == b"Surat pertama"
    assert blob.sha256 == hashlib.sha256(b"Surat pertama").hexdigest()
    assert (blob.name, blob.size) == ("01-surat.pdf", 13)


def test_drafts_of_two_versions_lie_beside_each_other(office):
    for version in (1, 2):
        content = b"isi"
        event = drafted("01-tanda-terima", version)
        with office.root.cabinet.held(FIRST) as folder:
            folder.append(event, {event.documents[0].name: content}, by="sistem", at=office.clock.now())

    assert {p.name for p in (folder_of(office) / "data").iterdir()} == {
        "01-surat.pdf",
        "01-tanda-terima-v1.docx",
        "01-tanda-terima-v2.docx",
    }
    assert read_journal(journal_of(office).read_bytes()).faults == ()


def _snapshot(office):
    """Return every file of the archive with its bytes, except locks and marks."""
    archive = office.root.layout.archive
    kept = (p for p in archive.rglob("*") if p.is_file() and not {".locks", ".open"} & set(p.parts))
    return {p.relative_to(archive).as_posix(): p.read_bytes() for p in kept}
