"""The seals: they follow the work, chained, signed, outside the archive, and tampering with them is found."""

from __future__ import annotations

import io
import json
import shutil

import pytest
from case_factory import document, recognised
from offices import FakeOffice
from pypdf import PdfReader
from recording import Cut, cut_at, record
from test_verify import WORKED_ON

from pipeline.cases.case_number import CaseNumber
from pipeline.errors import SettingsFault
from pipeline.evidence.seal import short
from pipeline.evidence.store.seals import read_seals
from pipeline.evidence.store.verify import verify_archive
from pipeline.register.ports import Extent
from pipeline.storage import disk
from pipeline.wiring import Root

FIRST, SECOND = CaseNumber(2026, 1), CaseNumber(2026, 2)


def sealed_office(folder) -> FakeOffice:
    """An office of four days with a letter each but the last, at each of whose ends all is sealed."""
    office = FakeOffice(folder)
    for letter in (b"Surat A", b"Surat B", b"Surat C"):
        office.drop("scan.pdf", letter)
        office.run_once()
        office.clock.forward(days=1)
    office.run_once()
    return office


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    return sealed_office(tmp_path_factory.mktemp("segel") / "kantor")


@pytest.fixture
def office(finished, tmp_path):
    shutil.copytree(finished.root.layout.root, tmp_path / "kantor", copy_function=shutil.copy2, ignore=WORKED_ON)
    office = FakeOffice(tmp_path / "kantor")
    office.clock.at = finished.clock.at
    return office


def seals(office):
    return [seal for _, seal, fault in read_seals(office.root.layout) if seal and not fault]


def seal_file(office):
    return office.root.layout.seals / "2026.jsonl"


def found(office):
    root = Root(office.root.layout.root)
    findings = verify_archive(root.layout, views=root.views, seal_key=root.keys.known("segel"))
    return {(f.where, f.code) for f in findings}


def append(office, number, name):
    event = recognised(documents=(document(name, b"isi"),))
    with office.root.cabinet.held(number) as folder:
        folder.append(event, {name: b"isi"}, by="sistem", at=office.clock.now())


def test_what_is_in_force_is_sealed_first_then_the_work_of_each_day_chained_to_the_seal_before(office):
    made = seals(office)

    assert [(s.seq, [str(head.number) for head in s.heads]) for s in made] == [
        (1, []),
        (2, ["2026/0001"]),
        (3, ["2026/0002"]),
        (4, ["2026/0003"]),
    ]
    assert [s.prev for s in made[1:]] == [s.hash for s in made[:-1]]
    assert [s.start for s in made] == [0, 0, made[1].end, made[2].end]
    assert made[-1].end == office.root.layout.changes.stat().st_size
    assert [part.book for part in made[0].books] == ["archive/.keadaan/daftar.jsonl"]
    assert "archive/.kotak-masuk/2026.jsonl" in [part.book for part in made[1].books]
    assert made[1].heads[0].hash == office.root.cabinet.case(FIRST).head
    assert found(office) == set()


def test_however_often_the_office_is_started_what_happened_is_sealed_once(office):
    append(office, FIRST, "09-tambahan.txt")

    made = [Root(office.root.layout.root).seals.seal_if_due(office.clock.now()) for _ in range(3)]

    assert [seal and seal.seq for seal in made] == [5, None, None]
    assert len(seals(office)) == 5


def test_a_day_without_changes_has_none(office):
    office.clock.forward(days=1)

    assert office.root.seals.seal_if_due(office.clock.now()) is None


def test_a_clock_that_was_set_back_stops_no_seal(office):
    append(office, FIRST, "09-tambahan.txt")
    before = seals(office)[-1]

    office.clock.forward(days=-9)
    seal = office.root.seals.seal_now(office.clock.now())

    assert (seal.seq, seal.at) == (before.seq + 1, before.at)
    assert found(office) == set()


def test_after_a_clock_that_ran_years_ahead_sealing_goes_on_and_is_dated_rightly_once_a_person_says_so(office, capsys):
    right = office.clock.now()
    append(office, FIRST, "09-tambahan.txt")
    office.clock.forward(days=1500)
    ahead = office.root.seals.seal_now(office.clock.now())
    office.clock.at = right
    append(office, SECOND, "09-tambahan.txt")

    assert office.root.seals.seal_now(right).at == ahead.at
    assert ahead.at in office.root.moments_ahead()
    office.root.confirm_clock(office.root.moments_ahead(), "penguji")
    append(office, FIRST, "10-tambahan.txt")

    assert office.root.seals.seal_now(right).at == right
    assert [s.seq for s in seals(office)] == [1, 2, 3, 4, 5, 6, 7]
    assert found(office) == set()


def test_the_office_works_on_when_no_seal_can_be_made(office, monkeypatch, caplog):
    shutil.rmtree(office.root.layout.keys)
    office.clock.forward(days=1)
    append(office, FIRST, "09-tambahan.txt")
    office.drop("scan.pdf", b"Surat D")

    office.run_once()

    assert len(list(office.root.layout.numbers(2026))) == 4
    assert "Segel tertunda: Kunci segel hilang" in caplog.text


def test_a_seal_is_synced_before_the_archive_notes_it(office, monkeypatch):
    append(office, FIRST, "09-tambahan.txt")
    effects = record(monkeypatch, office.root.layout.root)

    office.root.seals.seal_now(office.clock.now())

    assert effects == ["append segel/2026.jsonl", "replace archive/.segel", "replace archive/.state/segel"]


def test_what_the_access_log_has_not_synced_yet_is_synced_before_it_is_sealed(office, monkeypatch):
    office.root.access_log.append(office.clock.now(), "siti", "GET /register", ("arsiparis",))
    done, sync, append_ = [], disk.sync_file, disk.append
    monkeypatch.setattr(disk, "sync_file", lambda path: (done.append(path.name), sync(path)))
    monkeypatch.setattr(disk, "append", lambda path, data: (done.append(path.name), append_(path, data)))

    office.root.seals.seal_now(office.clock.now())

    assert done.index("2026-11.jsonl") < done.index("2026.jsonl")


@pytest.mark.parametrize("cut", [1, 2, 3])
def test_cut_off_anywhere_what_happened_is_sealed_once(office, monkeypatch, cut):
    append(office, FIRST, "09-tambahan.txt")
    with cut_at(monkeypatch, cut), pytest.raises(Cut):
        office.root.seals.seal_now(office.clock.now())

    assert found(office) == set()
    Root(office.root.layout.root).seals.seal_now(office.clock.now())

    assert [s.seq for s in seals(office)] == [1, 2, 3, 4, 5]
    assert found(office) == set()


def test_what_a_power_cut_left_of_a_seal_is_cut_off(office):
    seal_file(office).write_bytes(seal_file(office).read_bytes() + b'{"seq":5,"at":"2026-')
    append(office, FIRST, "09-tambahan.txt")

    Root(office.root.layout.root).seals.seal_now(office.clock.now())

    assert [s.seq for s in seals(office)] == [1, 2, 3, 4, 5]
    assert found(office) == set()


def test_how_far_books_were_sealed_may_be_forgotten(office):
    office.root.layout.sealed_books.unlink()
    append(office, FIRST, "09-tambahan.txt")

    seal = Root(office.root.layout.root).seals.seal_now(office.clock.now())

    assert (seal.seq, seal.books) == (5, ())
    assert found(office) == set()


def test_the_registers_page_of_a_case_carries_the_newest_seal_of_a_day_before_it(office):
    assert office.root.seal_before(office.clock.now().date()) == f"no. 4 (27/11/2026): {short(seals(office)[3].hash)}"
    assert office.root.seal_before(seals(office)[0].at.date()) == ""


def test_a_printed_book_carries_a_seal_of_all_that_happened_until_then(office):
    append(office, FIRST, "09-tambahan.txt")

    words = office.root.seal_for_print()

    assert words == f"no. 5 (28/11/2026 08.15): {seals(office)[-1].short}"
    assert office.root.seal_for_print() == words


@pytest.mark.slow
def test_every_page_of_the_printed_register_carries_that_seal(office):
    seal = office.root.seal_for_print()
    office.root.index.refresh()

    book = PdfReader(io.BytesIO(office.root.register_files().pdf(Extent(2026))))

    assert seal
    assert all(f"segel arsip {seal}" in " ".join(page.extract_text().split()) for page in book.pages)


def test_a_forged_line_followed_by_a_legitimate_one_is_found(office):
    from test_verify import rewritten

    journal = office.root.layout.case(FIRST) / "journal.jsonl"
    last = json.loads(journal.read_bytes().splitlines()[-1])
    words = {"seq": last["seq"] + 1, "kind": "catatan", "data": {"documents": []}}
    forged = rewritten(json.dumps(last).encode(), last["hash"], **words)
    journal.write_bytes(journal.read_bytes() + forged)
    append(office, FIRST, "09-tambahan.txt")

    assert ("2026/0001/journal.jsonl", "baris-akhir") in found(office)


def test_a_tail_cut_off_and_written_over_by_a_legitimate_line_is_found(office):
    journal = office.root.layout.case(FIRST) / "journal.jsonl"
    *kept, _ = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join(kept))
    append(office, FIRST, "09-tambahan.txt")

    assert ("2026/0001/journal.jsonl", "baris-akhir") in found(office)


def rebuilt_by_a_forger(office) -> None:
    """Forge a line and make everything in the archive fit it, as one who has the archive but no key and no paper."""
    from test_verify import forge

    forge(office, 0, FIRST, by="pelapor")
    office.root.layout.changes.unlink()
    for number in sorted(office.root.layout.numbers(2026)):
        for entry in office.root.cabinet.case(number).entries:
            office.root.cabinet._changes.append(number, entry.seq, entry.hash)
    office.root.book.rebuild()


def test_an_archive_forged_throughout_is_found_by_the_seals(office):
    rebuilt_by_a_forger(office)

    assert {("2026/0001/journal.jsonl", "baris-akhir"), (".changes", "saksi")} <= found(office)


@pytest.mark.parametrize("kept", [0, 1, 2, 3])
def test_seals_that_were_taken_away_are_missed(office, kept):
    lines = seal_file(office).read_bytes().splitlines(keepends=True)
    seal_file(office).write_bytes(b"".join(lines[:kept]))

    assert ("segel", "segel") in found(office)


def test_a_whole_folder_of_seals_that_was_taken_away_is_missed(office):
    shutil.rmtree(office.root.layout.seals)

    assert found(office) == {("segel", "segel")}


def test_seals_made_anew_with_another_key_are_found(office):
    rebuilt_by_a_forger(office)
    shutil.rmtree(office.root.layout.seals)
    office.root.layout.last_seal.unlink()
    elsewhere = FakeOffice(office.root.layout.root.parent / "lain")
    elsewhere.root.seals._layout = office.root.layout
    elsewhere.root.seals._changes = office.root.seals._changes
    elsewhere.root.seals.seal_if_due(office.clock.now())

    assert ("segel/2026.jsonl", "segel") in found(office)


def test_a_lost_key_is_a_fault_and_none_is_made_anew_in_silence(office):
    (office.root.layout.keys / "segel").unlink()

    with pytest.raises(SettingsFault, match="Kunci segel hilang") as fault:
        Root(office.root.layout.root).keys.key("segel")
    assert "cadangan" in fault.value.remedy

    (office.root.layout.keys / "segel").write_bytes(b"x" * 32)
    (office.root.layout.keys / "segel").chmod(0o600)
    with pytest.raises(SettingsFault, match="bukan kunci yang dipakai arsip ini"):
        Root(office.root.layout.root).keys.key("segel")


def test_a_list_of_witnesses_that_was_lost_is_made_anew_and_the_next_seal_says_so(office):
    office.root.layout.changes.unlink()
    assert (".changes", "saksi") in found(office)
    append(office, FIRST, "09-tambahan.txt")
    office.clock.forward(days=1)

    seal = Root(office.root.layout.root).seals.seal_if_due(office.clock.now())

    assert (seal.seq, seal.start) == (5, 0)
    office.root.rebuild()
    office.root.book.rebuild()
    assert found(office) == set()


def test_verifying_a_copy_that_nobody_can_write_needs_no_lock_files(office, tmp_path):
    for name in (".locks", ".staging", ".open", ".state"):
        shutil.rmtree(office.root.layout.archive / name)
    before = sorted(office.root.layout.root.rglob("*"))

    findings = verify_archive(office.root.layout, seal_key=office.root.keys.known("segel"))

    assert findings == []
    assert sorted(office.root.layout.root.rglob("*")) == before
