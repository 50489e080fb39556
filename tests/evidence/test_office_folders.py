"""Two folders stand for one office of the centre: one's books are sealed, nobody is accused, both are told."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from central_office import drop, made, opened
from fakes import MORNING
from offices import FakeOffice

from pipeline.access.accounts import held
from pipeline.cli import main
from pipeline.errors import SettingsFault, UsageFault
from pipeline.evidence.store.office_folders import OfficeFolders
from pipeline.storage.postgres_lines import FOLDERS, PostgresLines
from pipeline.work.engines.doctor_central import folder_check


@pytest.fixture
def both(central, tmp_path):
    """An office's folder, and a copy of it that somebody works with too."""
    office = made(tmp_path / "kantor", central)
    drop(office, "tanah")
    office.run_once()
    shutil.copytree(office.root.layout.root, tmp_path / "kembaran")
    yield office, opened(tmp_path / "kembaran")
    FakeOffice.close_all()


def changed(office: FakeOffice, says: str) -> None:
    """Change a setting of a folder, and seal what became of it."""
    settings = office.root.layout.settings
    settings.write_text(settings.read_text() + f"\n# {says}\n")
    office.root.seals.seal_now(office.clock.now())


def account(office: FakeOffice, login: str) -> None:
    """Make an account in a folder, as whoever comes to its file can."""
    office.root.people.accounts.make(login, "Nama Rekaan", [held("arsiparis")], office.clock.now())


def logged(office: FakeOffice, login: str) -> None:
    """Write into the access log that an account is changed."""
    office.root.access_log.append(office.clock.now(), "adi", "akun", ["admin"], about=login)
    office.root.access_log.flush()


def findings(office: FakeOffice) -> list:
    return opened(office.root.layout.root).findings()


def is_only_told(office: FakeOffice, run_from: FakeOffice) -> bool:
    """Say whether ``verify`` in a folder says from where the office is run, and nothing else."""
    [found] = findings(office)
    told = f"Kantor ini dijalankan dari {run_from.root.office_folders.run_from()} sejak "
    return found.code == "folder-lain" and found.fact.startswith(told) and "; buku di folder" in found.fact


def told(office: FakeOffice):
    return folder_check(office.root.office_folders, office.clock.now())


def test_seals_of_two_folders_accuse_nobody_and_both_sides_are_told(both):
    first, second = both
    changed(first, "satu")
    changed(second, "lain")
    drop(second, "upah")
    second.run_once()
    changed(first, "dua")
    changed(second, "lain lagi")

    assert findings(first) == []
    assert is_only_told(second, first)
    ours, theirs = told(first), told(second)
    assert (ours.good, ours.caution, theirs.good) == (True, True, False)
    assert f"juga dijalankan dari {second.root.office_folders._host}:{second.root.layout.root}" in ours.fact
    assert "Satu kantor dijalankan dari satu folder" in ours.remedy
    assert f":{first.root.layout.root} sejak" in theirs.fact
    assert f"yankomas pusat kantor di-sini {second.root.layout.root}" in theirs.remedy


def test_a_folder_that_only_draws_for_the_office_is_no_fault_until_it_seals(both):
    first, second = both
    changed(first, "satu")
    now, folders = second.clock.now(), second.root.office_folders
    assert not told(second).good

    drawn = folder_check(folders, now, draws=True)
    changed(second, "lain")
    sealed = folder_check(folders, now, draws=True)

    assert (drawn.good, drawn.caution) == (True, False)
    assert drawn.fact.startswith(f"folder pekerja; kantor ini dijalankan dari {folders.run_from()} sejak ")
    assert not sealed.good
    assert "templat dan pengaturan folder ini tidak dipakai" in sealed.fact


def test_who_tampers_with_the_office_folder_is_found_beside_another_too(both):
    first, second = both
    changed(first, "satu")
    changed(second, "lain")
    book = first.root.layout.states / "daftar.jsonl"
    book.write_bytes(book.read_bytes().replace(b"pengaturan", b"pengaturam", 1))

    assert "buku-segel" in [finding.code for finding in findings(first)]


def test_an_account_that_nobody_is_logged_to_have_changed_is_found_beside_another_folder_too(both):
    first, second = both
    account(first, "budi")
    changed(first, "satu")
    logged(first, "siti")
    for n in range(2):  # the other folder seals what was logged, and more, before the office does
        changed(second, "lain")
        logged(second, f"orang-{n}")
    account(first, "siti")
    changed(first, "dua")
    assert findings(first) == []

    account(first, "penyusup")
    changed(first, "tiga")

    assert [finding.code for finding in findings(first)] == ["akun"]


def test_a_folder_brought_back_accuses_no_account_that_was_changed_by_the_program_since(both, tmp_path):
    first, _ = both
    logged(first, "siti")
    account(first, "siti")
    changed(first, "satu")
    states = first.root.layout.states
    shutil.copytree(states, tmp_path / "lama")
    for says in ("dua", "tiga"):
        logged(first, "siti")
        first.root.people.accounts.lock("siti", locked=says == "dua", now=first.clock.now())
        changed(first, says)
    logged(first, "budi")
    account(first, "budi")
    assert findings(first) == []

    shutil.rmtree(states)
    shutil.copytree(tmp_path / "lama", states)
    assert {finding.code for finding in findings(first)} == {"buku-segel"}
    changed(first, "empat")
    assert {finding.code for finding in findings(first)} == {"buku-segel"}

    account(first, "hantu")  # which nobody is logged to have made
    assert [f.fact.split()[1] for f in findings(first) if f.code == "akun"] == ["hantu"]
    changed(first, "lima")
    assert [f.fact.split()[1] for f in findings(first) if f.code == "akun"] == ["hantu"]


def test_another_folder_that_becomes_the_offices_accuses_no_account_that_was_changed_in_the_first(both):
    first, second = both
    logged(first, "siti")
    account(first, "siti")
    changed(first, "satu")
    shutil.copytree(first.root.layout.states, second.root.layout.states, dirs_exist_ok=True)
    logged(first, "siti")
    first.root.people.accounts.lock("siti", locked=True, now=first.clock.now())
    changed(first, "dua")
    logged(first, "budi")  # a seal more, so that the line is not of the last one
    changed(first, "tiga")

    second.root.office_folders.take(second.clock.now())

    assert "akun" not in [finding.code for finding in findings(second)]
    changed(second, "empat")
    assert "akun" not in [finding.code for finding in findings(second)]


def test_who_has_another_key_seals_nothing(both):
    first, second = both
    shutil.rmtree(second.root.layout.states)  # a copy of before there was a key, which made one of its own
    for kept in (".kunci/segel", "archive/.sidik/segel"):
        (second.root.layout.root / kept).unlink()
    second = opened(second.root.layout.root)
    drop(second, "upah")
    second.run_once()

    with pytest.raises(SettingsFault, match="Kunci segel kantor ini tidak ada di mesin ini"):
        second.root.seals.seal_now(second.clock.now())
    assert first.root.seals.seal_now(first.clock.now())
    assert findings(first) == []
    assert is_only_told(second, first)


def test_only_the_folder_whose_books_are_sealed_is_written_down(both, tmp_path):
    first, second = both
    changed(first, "satu")
    changed(second, "lain")

    assert first.root.exporting_from_here
    with pytest.raises(UsageFault, match=r"bukan yang disegel: kantor ini dijalankan dari .*kantor sejak"):
        _ = second.root.exporting_from_here


def test_a_copy_that_nobody_worked_with_may_be_written_down(both):
    first, second = both
    first.root.seals.seal_now(first.clock.now())

    assert not second.root.office_folders.is_here()
    assert second.root.exporting_from_here


def test_a_person_names_the_folder_from_which_the_office_is_run_now_and_the_old_one_accuses_nobody(both, capsys):
    first, second = both
    first.root.publish_in_force()
    changed(second, "lain")
    folder = second.root.layout.root

    for sebelumnya in (True, False):
        assert main(["pusat", "kantor", "di-sini", str(folder)]) == 0
        said = capsys.readouterr().out
        assert f"Kantor ini dijalankan dari {folder}: " in said
        assert (f":{first.root.layout.root}: hentikan yang di sana" in said) == sebelumnya
    assert second.root.check_in_force().good
    changed(second, "lain lagi")
    changed(first, "mesin lama hidup lagi")

    assert f"bukan dari folder ini: kantor ini dijalankan dari {second.root.office_folders.run_from()}" in (
        first.root.check_in_force().fact
    )
    assert second.root.office_folders.is_here()
    assert not first.root.office_folders.is_here()
    assert findings(second) == []
    assert is_only_told(first, second)


def test_no_folder_becomes_the_offices_by_being_the_first_that_works(both, central):
    first, second = both
    office = first.root.central_plan.office
    with psycopg.connect(central.database) as owner:  # as it was before the program noted folders
        owner.execute("SET session_replication_role = replica")
        owner.execute(f"DELETE FROM {office}.catatan WHERE buku IN ('folder', 'berlaku')")

    changed(second, "lain")
    with pytest.raises(SettingsFault, match="belum dinyatakan dari folder mana kantor ini dijalankan"):
        second.root.publish_in_force()

    assert second.root.in_force_book.newest() is None
    for each in both:
        assert not told(each).good
        assert told(each).remedy == (
            f"Satu kali, di folder yang dipakai kantor ini: `yankomas pusat kantor di-sini {each.root.layout.root}`."
        )
        assert [finding.code for finding in findings(each)] == ["folder-lain"]
    assert main(["pusat", "kantor", "di-sini", str(first.root.layout.root)]) == 0
    changed(first, "satu")
    assert first.root.check_in_force().good
    assert findings(first) == []
    assert is_only_told(second, first)


def folder(place: Path) -> Path:
    """Make what every folder of an office of the centre has."""
    (place / ".kunci").mkdir(parents=True)
    (place / ".kunci/pusat.toml").write_text("sandi_basis_data = 'rekaan'\n")
    return place


def test_a_folder_that_was_moved_on_its_machine_is_the_same(central_office, tmp_path):
    old = OfficeFolders(central_office[0], folder(tmp_path / "lama"))
    old.take(MORNING)
    (tmp_path / "lama").rename(tmp_path / "baru")
    new = OfficeFolders(central_office[0], tmp_path / "baru")
    assert new.is_here()

    new.note(MORNING)

    assert new.is_here()
    assert not old.is_here()
    assert new.beside(MORNING) is None


def test_a_folder_whose_disk_is_away_was_not_moved_and_its_copy_here_says_what_to_do(central_office, tmp_path):
    own = OfficeFolders(central_office[0], folder(tmp_path / "cakram/kantor"))
    own.take(MORNING)
    shutil.copytree(tmp_path / "cakram/kantor", tmp_path / "kembaran")
    copy = OfficeFolders(central_office[0], tmp_path / "kembaran")
    (tmp_path / "cakram").rename(tmp_path / "dilepas")  # as a disk that is not mounted
    (tmp_path / "cakram").mkdir()

    copy.note(MORNING)

    assert not copy.is_here()
    told = folder_check(copy, MORNING)
    assert not told.good
    assert f"kantor ini dijalankan dari {own.run_from()} sejak" in told.fact
    assert "yang sekarang tidak ada di mesin ini" in told.fact
    assert told.remedy == (
        "Pasang cakramnya, bila foldernya ada di sana. "
        f"Bila folder ini yang dipakai seterusnya: `yankomas pusat kantor di-sini {tmp_path / 'kembaran'}`."
    )
    (tmp_path / "cakram").rmdir()
    (tmp_path / "dilepas").rename(tmp_path / "cakram")
    assert own.is_here()
    assert own.beside(MORNING).path == str(tmp_path / "kembaran")


def test_a_folder_that_is_named_again_after_its_file_of_secrets_was_written_anew_can_be_moved(central_office, tmp_path):
    place = folder(tmp_path / "lama")
    OfficeFolders(central_office[0], place).take(MORNING)
    (place / "baru").write_text("sandi_basis_data = 'lain'\n")
    (place / "baru").rename(place / ".kunci/pusat.toml")

    assert OfficeFolders(central_office[0], place).take(MORNING) is None
    place.rename(tmp_path / "baru")

    assert OfficeFolders(central_office[0], tmp_path / "baru").is_here()


def test_a_folder_beside_is_noted_once_a_day_and_told_for_two(central_office, tmp_path):
    database = central_office[0]
    first, second = (OfficeFolders(database, folder(tmp_path / name)) for name in ("satu", "dua"))
    first.take(MORNING)
    for hours in (0, 1, 23, 25):
        first.note(MORNING + timedelta(hours=hours))
        second.note(MORNING + timedelta(hours=hours))

    assert database.row("SELECT count(*) FROM catatan WHERE buku = 'folder'") == (3,)
    assert first.beside(MORNING + timedelta(hours=72)).path == str(tmp_path / "dua")
    assert first.beside(MORNING + timedelta(hours=74)) is None
    assert first.ever_beside()


def test_a_line_that_nobody_can_read_holds_nothing_up(central_office, tmp_path):
    database = central_office[0]
    PostgresLines(database, FOLDERS).append("daftar", b"{}\n")
    folders = OfficeFolders(database, tmp_path)

    folders.take(MORNING)
    folders.note(MORNING)

    assert folders.is_here()
