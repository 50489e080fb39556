"""One case is made whole from backups: what is genuine here stays, the rest comes from one; then it is verified."""

from __future__ import annotations

import shutil

import pytest
from case_factory import document, recognised
from offices import FakeOffice

from pipeline.cases.case_number import CaseNumber
from pipeline.cli import main
from pipeline.evidence.store import verify
from pipeline.wiring import Root

FIRST = CaseNumber(2026, 1)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The folder of an office with two cases and of its backup; afterwards the first case went on."""
    office = FakeOffice(tmp_path_factory.mktemp("perbaikan") / "kantor")
    for letter in (b"Surat A", b"Surat B"):
        office.drop("scan.pdf", letter)
        office.run_once()
    assert yankomas(office, "backup") == 0
    event = recognised(documents=(document("09-tambahan.txt", b"isi"),))
    with office.root.cabinet.held(FIRST) as folder:
        folder.append(event, {"09-tambahan.txt": b"isi"}, by="sistem", at=office.clock.now())
    office.root.book.refresh()
    return office.root.layout.root.parent


@pytest.fixture
def office(made, tmp_path, capsys):
    """A copy of that office and its backup."""
    for name in ("kantor", "cadangan"):
        shutil.copytree(made / name, tmp_path / name)
    capsys.readouterr()
    return FakeOffice(tmp_path / "kantor")


def yankomas(office, *words) -> int:
    place = {"backup": "--to", "perbaiki": "--dari"}[words[0]]
    where = str(office.root.layout.root.parent / "cadangan")
    return main(["--root", str(office.root.layout.root), *words, place, where])


def found(office) -> list[str]:
    return [f.where for f in Root(office.root.layout.root).verify(lambda _done, _all: None)]


def folder(office):
    return office.root.layout.case(FIRST)


def test_a_document_that_was_lost_comes_back_and_what_is_younger_than_the_backup_stays(office, capsys):
    (folder(office) / "data" / "01-surat.pdf").write_bytes(b"lain")
    (folder(office) / "manifest-sha256.txt").unlink()
    before = (folder(office) / "journal.jsonl").read_bytes()

    assert yankomas(office, "perbaiki", "1/2026") == 0

    said = capsys.readouterr().out
    assert "2026/0001: 01-surat.pdf dipulihkan dari cadangan." in said
    assert "perkara-rusak/2026-0001" in said
    assert (folder(office) / "data" / "01-surat.pdf").read_bytes() == b"Surat A"
    assert (folder(office) / "data" / "09-tambahan.txt").read_bytes() == b"isi"
    assert (folder(office) / "journal.jsonl").read_bytes() == before
    assert found(office) == []
    aside = office.root.layout.root / "perkara-rusak" / "2026-0001"
    assert (aside / "data" / "01-surat.pdf").read_bytes() == b"lain"
    assert office.root.access_log.entries(office.root.access_log.months()[0])[-1].kind == "perbaiki"


def test_a_folder_that_is_gone_comes_back_whole(office):
    assert yankomas(office, "backup") == 0
    shutil.rmtree(folder(office))

    assert yankomas(office, "perbaiki", "1/2026") == 0

    assert found(office) == []
    assert (folder(office) / "data" / "09-tambahan.txt").read_bytes() == b"isi"


def test_a_journal_older_than_what_was_witnessed_is_not_taken_for_whole(office, capsys):
    (folder(office) / "journal.jsonl").write_bytes(b"")
    before = found(office)

    assert yankomas(office, "perbaiki", "1/2026") == 6

    assert "Cadangan itu tidak memuat journal.jsonl perkara 2026/0001" in capsys.readouterr().err
    assert found(office) == before
    assert not (office.root.layout.root / "perkara-rusak").exists()


def test_without_the_backups_password_or_a_backup_it_says_what_is_missing(office, tmp_path, capsys):
    root = str(office.root.layout.root)
    assert main(["--root", root, "perbaiki", "1/2026", "--dari", str(tmp_path / "tidak-ada")]) == 4
    (office.root.layout.keys / "cadangan").unlink()
    assert yankomas(office, "perbaiki", "1/2026") == 3
    assert "Kata sandi cadangan tidak ada di komputer ini." in capsys.readouterr().err


def test_what_no_backup_has_is_named_and_nothing_is_changed(office, capsys):
    (folder(office) / "data" / "09-tambahan.txt").unlink()

    assert yankomas(office, "perbaiki", "1/2026") == 6

    assert "tidak memuat 09-tambahan.txt" in capsys.readouterr().err
    assert (folder(office) / "data" / "01-surat.pdf").exists()


def test_a_file_from_an_older_backup_is_found_where_the_newest_is_damaged_too(office):
    (folder(office) / "data" / "01-surat.pdf").write_bytes(b"lain")
    assert yankomas(office, "backup") == 6

    assert yankomas(office, "perbaiki", "1/2026") == 0

    assert found(office) == []


def test_a_case_that_is_whole_stays_as_it_is_however_often_it_is_repaired(office, capsys):
    for _ in range(2):
        assert yankomas(office, "perbaiki", "1/2026") == 0
        assert "tidak ada berkas dipulihkan" in capsys.readouterr().out
    assert found(office) == []


def test_a_backup_of_what_is_not_whole_says_so_until_it_is_mended(office, capsys):
    (folder(office) / "data" / "01-surat.pdf").write_bytes(b"lain")

    assert yankomas(office, "backup") == 6
    assert "2026/0001/data/01-surat.pdf: Isi naskah berubah" in capsys.readouterr().out
    assert yankomas(office, "backup") == 6

    assert yankomas(office, "perbaiki", "1/2026") == 0
    assert yankomas(office, "backup") == 0


def test_a_backup_looks_through_what_changed_and_not_again_through_what_did_not(office, monkeypatch):
    assert yankomas(office, "backup") == 0
    looked, examine = [], verify.examine
    monkeypatch.setattr(verify, "examine", lambda _, number, seen: looked.append(number) or examine(_, number, seen))
    (folder(office) / "data" / "01-surat.pdf").touch()

    assert yankomas(office, "backup") == 0

    assert looked == [FIRST]
