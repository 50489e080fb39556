"""Verify finds everything that is not as it was written, says all of it at once, and changes nothing."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil

import pytest
from case_factory import document, recognised
from life_office import CONFIRMED
from offices import FakeOffice
from recording import Cut, cut_at

from pipeline.archive.bagit import JOURNAL, TAGS, first_tags
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.journal import read_journal
from pipeline.evidence.store.verify import verify_archive, verify_case, verify_changed
from pipeline.storage import disk

FIRST, SECOND, THIRD = (CaseNumber(2026, n) for n in (1, 2, 3))

#: What a search index that is still being written has beside it, and removes at any moment.
WORKED_ON = shutil.ignore_patterns("*.sqlite-*")


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """An archive of three cases that are owed nothing."""
    office = FakeOffice(tmp_path_factory.mktemp("utuh") / "kantor")
    for letter in (b"Surat A", b"Surat B", b"Surat C"):
        office.drop("scan.pdf", letter)
        office.run_once()
    return office.root.layout.root


@pytest.fixture
def office(finished, tmp_path):
    """A copy of it of one's own."""
    shutil.copytree(finished, tmp_path / "kantor", copy_function=shutil.copy2, ignore=WORKED_ON)
    return FakeOffice(tmp_path / "kantor")


def found(office):
    """Return (where, code) of every finding."""
    return [(f.where, f.code) for f in verify_archive(office.root.layout)]


def folder(office, number=FIRST):
    return office.root.layout.case(number)


def journal(office, number=FIRST):
    return folder(office, number) / "journal.jsonl"


def lines(office, number=FIRST):
    return journal(office, number).read_bytes().splitlines(keepends=True)


def rewritten(line: bytes, prev: str, **changes) -> bytes:
    """Rewrite a line as a forger would who knows how hashes are made."""
    record = {**json.loads(line), **changes, "prev": prev}
    del record["hash"]
    body = json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()[:-1]
    digest = hashlib.sha256(prev.encode() + body).hexdigest()
    return body + b',"hash":"' + digest.encode() + b'"}\n'


def forge(office, position, number=FIRST, **changes):
    """Change a line and make all hashes from there on anew, and the bag's own files with them."""
    from pipeline.archive.bagit import bag_files
    from pipeline.cases.journal import read_journal

    out, prev = [], "0" * 64
    for at, line in enumerate(lines(office, number)):
        new = rewritten(line, prev, **(changes if at == position else {}))
        prev = json.loads(new)["hash"]
        out.append(new)
    journal(office, number).write_bytes(b"".join(out))
    for name, data in bag_files(number, read_journal(b"".join(out)).entries, b"".join(out)).items():
        (folder(office, number) / name).write_bytes(data)


def snapshot(office):
    root = office.root.layout.root
    return {
        p.relative_to(root).as_posix(): (
            p.read_bytes() if p.is_file() else None,
            p.lstat().st_mtime_ns,
            p.lstat().st_ino,
        )
        for p in root.rglob("*")
        if ".locks" not in p.parts
    }


def test_an_archive_that_is_as_it_was_written_has_no_findings(office):
    assert found(office) == []


def test_one_flipped_bit_in_any_file_of_a_folder_is_found(office):
    files = [p for p in folder(office).rglob("*") if p.is_file()]
    assert len(files) == 13

    for path in files:
        whole = path.read_bytes()
        for at in {0, len(whole) // 2, len(whole) - 1}:
            for bit in (0x01, 0x80):
                path.write_bytes(whole[:at] + bytes([whole[at] ^ bit]) + whole[at + 1 :])
                assert any(path.name in where for where, _ in found(office)), (path.name, at, bit)
        path.write_bytes(whole)

    assert found(office) == []


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("data/01-surat.pdf", "hilang"),
        ("data/03-lembar-disposisi-v1.pdf", "hilang"),
        ("bagit.txt", "hilang"),
        ("manifest-sha256.txt", "hilang"),
        ("tagmanifest-sha256.txt", "hilang"),
        ("bag-info.txt", "hilang"),
        ("journal.jsonl", "hilang"),
    ],
)
def test_a_removed_file_is_found(office, name, code):
    (folder(office) / name).unlink()

    assert found(office) == [(f"2026/0001/{name}", code)]


@pytest.mark.parametrize(
    "name", ["catatan.txt", "data/00-tambahan.pdf", ".tersembunyi", "data/.DS_Store", "data/sub/x"]
)
def test_an_added_file_is_found(office, name):
    (folder(office) / name).parent.mkdir(exist_ok=True)
    (folder(office) / name).write_bytes(b"tambahan")

    assert (f"2026/0001/{name}", "asing") in found(office)


def test_a_renamed_file_is_found_as_missing_and_as_unknown(office):
    (folder(office) / "data" / "02-teks.txt").rename(folder(office) / "data" / "02-teks-lama.txt")

    assert sorted(found(office)) == [
        ("2026/0001/data/02-teks-lama.txt", "asing"),
        ("2026/0001/data/02-teks.txt", "hilang"),
    ]


def test_two_swapped_files_are_both_found(office):
    one, other = (folder(office) / "data" / f"{n}-v1.pdf" for n in ("01-tanda-terima", "03-lembar-disposisi"))
    spare = one.with_name("sementara")
    one.rename(spare)
    other.rename(one)
    spare.rename(other)

    assert found(office) == [
        ("2026/0001/data/01-tanda-terima-v1.pdf", "berubah"),
        ("2026/0001/data/03-lembar-disposisi-v1.pdf", "berubah"),
    ]


@pytest.mark.parametrize("name", ["manifest-sha256.txt", "bag-info.txt", "bagit.txt", "tagmanifest-sha256.txt"])
@pytest.mark.parametrize("change", [lambda b: b + b"\n", lambda b: b[:-1], lambda b: b.replace(b"1", b"2", 1)])
def test_a_bag_file_that_differs_by_one_byte_is_found(office, name, change):
    path = folder(office) / name
    path.write_bytes(change(path.read_bytes()))

    assert found(office) == [(f"2026/0001/{name}", "bagit")]


@pytest.mark.parametrize(
    "change",
    [
        lambda ls: [ls[0], ls[1].replace(b"palsu 1", b"palsu 2"), *ls[2:]],
        lambda ls: [ls[0], *ls[2:]],
        lambda ls: [ls[1], ls[0], *ls[2:]],
        lambda ls: [*ls[:2], ls[1], *ls[2:]],
        lambda ls: ls[1:],
        lambda ls: [*ls, b"\n"],
        lambda ls: [*ls, ls[-1]],
        lambda ls: [ls[0], b"bukan jurnal\n", *ls[1:]],
    ],
)
def test_an_edited_removed_reordered_or_added_line_is_found(office, change):
    journal(office).write_bytes(b"".join(change(lines(office))))

    assert ("2026/0001/journal.jsonl", "rantai") in found(office)


def test_every_broken_line_is_named(office):
    ls = lines(office)
    ls[1] = ls[1].replace(b"palsu 1", b"palsu 2")
    ls[3] = ls[3].replace(b"dikonsep", b"dihapus!")
    journal(office).write_bytes(b"".join(ls))

    facts = [f.fact for f in verify_case(office.root.layout, FIRST) if f.code == "rantai"]

    assert [fact.split("baris ")[1].split(" ")[0] for fact in facts] == ["2", "4"]


def test_documents_behind_a_broken_line_are_not_to_be_carried_away(office):
    ls = lines(office)
    ls[1] = ls[1].replace(b"palsu 1", b"palsu 2")
    journal(office).write_bytes(b"".join(ls))

    strangers = [f for f in verify_case(office.root.layout, FIRST) if f.code == "asing"]

    assert strangers
    assert all("Pindahkan" not in f.remedy for f in strangers)


def test_documents_of_lines_that_were_cut_off_are_not_to_be_carried_away(office):
    kept = next(n for n, line in enumerate(lines(office)) if b".pdf" in line and n)
    journal(office).write_bytes(b"".join(lines(office)[:kept]))

    told = {f.code: f.remedy for f in verify_case(office.root.layout, FIRST)}

    assert {"asing", "baris-akhir"} <= told.keys()
    assert told["asing"].startswith("Biarkan di sini.")


@pytest.mark.parametrize("cut", [1, 30])
def test_a_torn_last_line_is_found(office, cut):
    journal(office).write_bytes(journal(office).read_bytes()[:-cut])

    assert ("2026/0001/journal.jsonl", "baris-akhir") in found(office)


def test_a_removed_last_line_is_found_by_the_witness_outside_the_folder(office):
    *kept, _ = lines(office)
    journal(office).write_bytes(b"".join(kept))
    (folder(office) / "data" / "03-lembar-disposisi-v1.pdf").unlink()

    finding = next(f for f in verify_archive(office.root.layout) if f.code == "baris-akhir")

    assert finding.where == "2026/0001/journal.jsonl"
    assert "pernah 6 baris, kini 5" in finding.fact


@pytest.mark.parametrize("position", [0, 2, 5])
def test_a_line_changed_with_all_its_hashes_made_anew_is_found_by_the_witness(office, position):
    forge(office, position, by="pelapor")

    assert found(office) == [("2026/0001/journal.jsonl", "baris-akhir")]


def test_a_line_added_with_a_right_hash_is_found_for_nobody_witnessed_it(office):
    last = json.loads(lines(office)[-1])
    added = rewritten(lines(office)[-1], last["hash"], seq=7, kind="ditutup", data={})
    journal(office).write_bytes(journal(office).read_bytes() + added)

    assert ("2026/0001/journal.jsonl", "baris-akhir") in found(office)


def test_a_lost_list_of_witnesses_does_not_go_unnoticed_and_can_be_made_anew(office):
    office.root.layout.changes.unlink()
    lost = [(f"{n}/journal.jsonl", "baris-akhir") for n in (FIRST, SECOND, THIRD)]
    assert [one for one in found(office) if one[0] != ".changes"] == lost
    assert (".changes", "saksi") in found(office)

    office.root.rebuild()
    office.root.seal_what_is_left()

    assert found(office) == []


@pytest.mark.parametrize(
    "data",
    [["bukan tabel"], {}, {"documents": 7}, {"documents": [{"name": "x"}]}, {"documents": [{"name": "../../luar"}]}],
)
def test_a_forged_line_of_another_shape_is_a_finding_and_stops_nothing(office, data):
    last = json.loads(lines(office)[-1])
    added = rewritten(lines(office)[-1], last["hash"], seq=7, data=data)
    journal(office).write_bytes(journal(office).read_bytes() + added)
    (folder(office, THIRD) / "bagit.txt").unlink()

    places = {where for where, _ in found(office)}

    assert {"2026/0001/journal.jsonl", "2026/0003/bagit.txt"} <= places


def test_a_gap_in_the_numbers_is_found(office, tmp_path):
    folder(office, SECOND).rename(tmp_path / "dibawa")

    assert found(office) == [("2026/0002", "lompat")]


def test_the_last_number_is_missed_too(office, tmp_path):
    folder(office, THIRD).rename(tmp_path / "dibawa")

    assert found(office) == [("2026/0003", "lompat")]


def test_the_last_number_is_missed_even_when_the_record_of_the_highest_went_with_it(office, tmp_path):
    folder(office, THIRD).rename(tmp_path / "dibawa")
    office.root.layout.highest(2026).unlink()

    assert found(office) == [("2026/0003", "lompat"), ("2026/.tertinggi", "nomor")]

    office.root.rebuild()
    assert found(office) == [("2026/0003", "lompat")]


def test_a_note_of_the_highest_number_whose_moment_was_changed_is_said_to_be_changed(office):
    note = office.root.layout.highest(2026)
    note.write_text(note.read_text().replace("2026-", "2025-"))

    [finding] = verify_archive(office.root.layout)
    assert "berubah sejak ditulis" in finding.fact
    assert finding.repair == "yankomas rebuild"


def test_a_whole_year_that_was_carried_away_is_missed_and_its_book_is_no_stranger(office, tmp_path):
    (office.root.layout.archive / "2026").rename(tmp_path / "dibawa")

    assert [(f.where, f.code, "sampai 2026/0003" in f.fact) for f in verify_archive(office.root.layout)] == [
        ("2026/0001", "lompat", True)
    ]


def test_a_long_gap_is_one_finding_however_long(office):
    (office.root.layout.archive / "2026" / "999999999").mkdir()

    findings = verify_archive(office.root.layout)

    assert [(f.where, f.code) for f in findings] == [
        ("2026/999999999/journal.jsonl", "hilang"),
        ("2026/0004", "lompat"),
    ]


def test_a_folder_under_another_number_is_found(office):
    folder(office, THIRD).rename(folder(office, CaseNumber(2026, 4)))

    places = found(office)

    assert ("2026/0004", "salah-map") in places
    assert ("2026/0003", "lompat") in places


def test_two_swapped_folders_are_both_found(office, tmp_path):
    folder(office, FIRST).rename(tmp_path / "sementara")
    folder(office, SECOND).rename(folder(office, FIRST))
    (tmp_path / "sementara").rename(folder(office, SECOND))

    assert {("2026/0001", "salah-map"), ("2026/0002", "salah-map")} <= set(found(office))


def test_a_folder_under_another_number_is_that_and_not_a_broken_bag_too(office):
    folder(office, SECOND).rename(folder(office, CaseNumber(2026, 9)))

    assert [code for where, code in found(office) if where.startswith("2026/0009")] == ["salah-map"]


def test_a_register_book_that_is_away_is_one_finding_however_many_cases_stood_in_it(office):
    office.root.book.refresh()
    office.root.layout.book(2026).unlink()

    findings = verify_archive(office.root.layout, views=office.root.views)

    assert [(f.where, f.fact, f.repair) for f in findings] == [
        ("register-2026.json", "Buku register tidak ada.", "yankomas rebuild")
    ]
    office.root.book.rebuild()
    assert verify_archive(office.root.layout, views=office.root.views) == []


def test_a_letter_that_has_two_numbers_is_found(office):
    shutil.copytree(folder(office, FIRST), folder(office, CaseNumber(2026, 4)))

    assert ("arsip", "kembar") in found(office)


@pytest.mark.parametrize(
    "name", ["catatan.docx", "2026/0007-salinan", "2026/7", "20a6", "2026/foto.jpg", "register-lama.json"]
)
def test_something_else_in_the_archive_is_found(office, name):
    path = office.root.layout.archive / name
    path.write_bytes(b"bukan perkara")

    assert found(office) == [(name, "asing")]


def test_a_document_replaced_by_a_link_to_the_same_bytes_is_found(office, tmp_path):
    path = folder(office) / "data" / "01-surat.pdf"
    path.rename(tmp_path / "surat.pdf")
    path.symlink_to(tmp_path / "surat.pdf")

    assert found(office) == [("2026/0001/data/01-surat.pdf", "hilang")]


@pytest.mark.parametrize("name", ["journal.jsonl", "bagit.txt", "data"])
def test_any_other_part_of_a_folder_that_became_a_link_is_found(office, tmp_path, name):
    path = folder(office) / name
    path.rename(tmp_path / name)
    path.symlink_to(tmp_path / name)

    assert any(where.startswith(f"2026/0001/{name}") for where, _ in found(office))


def test_a_whole_folder_that_became_a_link_is_found(office, tmp_path):
    folder(office).rename(tmp_path / "dibawa")
    folder(office).symlink_to(tmp_path / "dibawa")

    assert found(office) == [("2026/0001", "asing")]


def test_a_document_that_the_disk_cannot_read_any_more_is_found_and_the_rest_is_examined(office, monkeypatch):
    read = disk.sha256_of

    def failing(path):
        if path.name == "01-surat.pdf" and path.parent.parent.name == "0001":
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return read(path)

    monkeypatch.setattr(disk, "sha256_of", failing)
    (folder(office, THIRD) / "bagit.txt").unlink()

    assert found(office) == [("2026/0001/data/01-surat.pdf", "berubah"), ("2026/0003/bagit.txt", "hilang")]


def test_everything_is_reported_at_once_each_with_fact_and_remedy(office, tmp_path):
    (folder(office, FIRST) / "data" / "01-surat.pdf").write_bytes(b"lain")
    (folder(office, FIRST) / "bagit.txt").unlink()
    folder(office, SECOND).rename(tmp_path / "dibawa")
    (folder(office, THIRD) / "catatan.txt").write_bytes(b"x")
    (office.root.layout.archive / "foto.jpg").write_bytes(b"x")

    findings = verify_archive(office.root.layout)

    assert sorted((f.where, f.code) for f in findings) == [
        ("2026/0001/bagit.txt", "hilang"),
        ("2026/0001/data/01-surat.pdf", "berubah"),
        ("2026/0002", "lompat"),
        ("2026/0003/catatan.txt", "asing"),
        ("foto.jpg", "asing"),
    ]
    assert all(f.fact and f.remedy for f in findings)


def test_verifying_repairs_nothing_and_touches_nothing(office, tmp_path):
    (folder(office, FIRST) / "data" / "01-surat.pdf").write_bytes(b"lain")
    (folder(office, FIRST) / "manifest-sha256.txt").unlink()
    journal(office, SECOND).write_bytes(journal(office, SECOND).read_bytes()[:-5])
    folder(office, THIRD).rename(tmp_path / "dibawa")
    before = snapshot(office)

    assert len(found(office)) >= 4

    assert snapshot(office) == before


def test_a_bag_of_the_first_versions_is_whole_and_becomes_todays_with_the_next_line_alone(office):
    tags = folder(office) / TAGS
    tags.write_bytes(first_tags(FIRST, read_journal(journal(office).read_bytes()).entries))
    before = tags.read_bytes(), tags.stat().st_mtime_ns

    assert found(office) == []
    office.run_once()  # which goes on with the others, and touches no folder to which nothing is added
    assert (tags.read_bytes(), tags.stat().st_mtime_ns) == before

    office.decide(FIRST, "konfirmasi", "tim-yankomas", CONFIRMED)
    assert JOURNAL.encode() in tags.read_bytes()
    assert found(office) == []


@pytest.mark.parametrize("name", ["manifest-sha256.txt", "bag-info.txt", "tagmanifest-sha256.txt"])
def test_a_tag_behind_its_journal_is_told_and_healed_by_the_next_line(office, name):
    behind = folder(office) / name
    old = behind.read_bytes()
    office.decide(FIRST, "konfirmasi", "tim-yankomas", CONFIRMED)
    behind.write_bytes(old)

    assert found(office) == [(f"{FIRST}/{name}", "bagit")]
    office.decide(FIRST, "koreksi", "tim-yankomas", {"alasan": "Salah baca", "perihal": "Upah"})
    office.run_once()
    assert found(office) == []


def test_one_case_can_be_verified_alone(office):
    (folder(office, FIRST) / "bagit.txt").unlink()
    (folder(office, SECOND) / "bagit.txt").unlink()

    assert [f.where for f in verify_case(office.root.layout, SECOND)] == ["2026/0002/bagit.txt"]
    assert verify_case(office.root.layout, THIRD) == []
    assert [(f.where, f.code) for f in verify_case(office.root.layout, CaseNumber(2026, 9))] == [
        ("2026/0009", "hilang")
    ]


def append(office, number, name):
    event = recognised(documents=(document(name, b"isi"),))
    with office.root.cabinet.held(number) as held:
        held.append(event, {name: b"isi"}, by="sistem", at=office.clock.now())


@pytest.mark.parametrize("cut", range(7, 16))
def test_an_append_that_was_cut_off_is_said_to_heal_itself_and_nothing_is_to_be_restored(office, monkeypatch, cut):
    with cut_at(monkeypatch, cut), pytest.raises(Cut):
        append(office, FIRST, "09-tambahan.txt")

    findings = verify_archive(office.root.layout)

    assert [(f.where, f.code) for f in findings] == [("2026/0001", "belum-selesai")]
    assert "yankomas run" in findings[0].remedy


def test_what_happens_while_verify_is_at_work_is_no_finding(office):
    def goes_on(done: int, total: int) -> None:
        if done == 1:
            append(office, SECOND, "09-tambahan.txt")
            append(office, FIRST, "09-tambahan.txt")
            office.drop("baru.pdf", b"Surat baru")
            office.run_once()
            office.clock.forward(days=60)
            office.drop("tahun-baru.pdf", b"Surat tahun baru")
            office.run_once()

    assert verify_archive(office.root.layout, goes_on) == []
    assert found(office) == []


def test_a_document_filed_while_its_neighbours_are_being_read_is_no_stranger(office, monkeypatch):
    read, once = disk.sha256_of, []

    def goes_on(path):
        if not once:
            once.append(append(office, FIRST, "09-tambahan.txt"))
        return read(path)

    monkeypatch.setattr(disk, "sha256_of", goes_on)

    assert found(office) == []


def test_what_is_left_in_the_folder_of_an_office_of_the_centre_is_whole_before_it_is_backed_up(tmp_path):
    office = FakeOffice(tmp_path / "kantor")
    office.root.states.note(office.clock.now())
    office.root.layout.moved.write_text("rekaan\n")

    assert verify_changed(office.root.layout, None, None) == []


def test_part_files_that_stand_for_a_moment_are_no_strangers(office):
    (office.root.layout.archive / ".register-2026.json.part").write_bytes(b"{")
    (office.root.layout.archive / "2026" / "..tertinggi.part").write_bytes(b"4")

    assert found(office) == []


def test_progress_counts_every_case(office):
    counted = []

    verify_archive(office.root.layout, lambda done, total: counted.append((done, total)))

    assert counted == [(1, 3), (2, 3), (3, 3)]


def test_an_empty_archive_has_nothing_wrong(tmp_path):
    assert found(FakeOffice(tmp_path / "baru")) == []
