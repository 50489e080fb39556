"""The doctor says what holds hostile files, and whether the office's keys are safe."""

import os

import pytest
from full_disk import no_room

from pipeline.access.store.people import SqlitePeople
from pipeline.errors import SettingsFault
from pipeline.office.store import keys
from pipeline.scans.confinement import bubblewrap, child, seccomp
from pipeline.scans.confinement.child import Holding
from pipeline.scans.confinement.escape_tests import try_to_escape
from pipeline.wiring import Root
from pipeline.work.engines import doctor
from pipeline.work.store.setup import lay_out_filled as lay_out


@pytest.fixture
def bwrap_that(monkeypatch, tmp_path):
    """Put another bubblewrap before the system's, or take it away."""

    def replace(script: str | None) -> None:
        folder = tmp_path / "program"
        folder.mkdir()
        if script is not None:
            (folder / "bwrap").write_text(script)
            (folder / "bwrap").chmod(0o755)
        monkeypatch.setenv("PATH", str(folder))
        forget()

    def forget() -> None:
        bubblewrap.obstacle.cache_clear()
        child.tightest.cache_clear()

    yield replace
    forget()


@pytest.mark.skipif(bool(bubblewrap.obstacle()) or not seccomp.known(), reason="this machine cannot hold everything")
def test_where_everything_holds_the_doctor_has_seen_it_hold():
    checks = list(doctor._confinement())

    assert [check.thing for check in checks] == [
        "Kurungan: jaringan",
        "Kurungan: pandangan",
        "Kurungan: menulis",
        "Kurungan: menjalankan program",
    ]
    assert all(check.good and not check.caution for check in checks)


def test_a_bubblewrap_that_is_not_installed_is_missing_with_the_package(bwrap_that):
    bwrap_that(None)

    seen = next(check for check in doctor._confinement() if "pandangan" in check.thing)

    assert not seen.good
    assert "bubblewrap tidak terpasang" in seen.fact
    assert "apt-get install bubblewrap" in seen.remedy


def test_a_machine_that_forbids_namespaces_is_told_so_and_the_rest_still_holds(bwrap_that):
    bwrap_that("#!/bin/sh\necho 'bwrap: No permissions to create new namespace' >&2; exit 1\n")

    checks = {check.thing: check for check in doctor._confinement()}

    seen = checks["Kurungan: pandangan"]
    assert seen.good
    assert seen.caution
    assert "No permissions" in seen.fact
    assert "tetap berlaku" in seen.remedy
    if seccomp.known():
        assert not checks["Kurungan: jaringan"].caution
        assert not checks["Kurungan: menulis"].caution


def test_whoever_starts_the_program_hears_what_is_not_held(bwrap_that):
    bwrap_that("#!/bin/sh\necho 'bwrap: No permissions to create new namespace' >&2; exit 1\n")

    assert "No permissions" in child.shortcoming()
    assert "doctor" in child.shortcoming()


def test_what_does_not_hold_is_found_out_by_trying():
    assert try_to_escape(Holding(namespaces=False, calls=False)).reading
    assert try_to_escape(Holding(namespaces=False, calls=False)).processes


def test_a_child_that_cannot_start_is_told_with_a_remedy(bwrap_that):
    bwrap_that("#!/bin/sh\nexit 0\n")

    (check,) = doctor._confinement()

    assert not check.good
    assert check.remedy


def test_a_key_is_made_for_its_owner_alone(tmp_path):
    path = tmp_path / "kunci" / "kode-halaman"
    before = os.umask(0)

    try:
        first = keys.key(path)
    finally:
        os.umask(before)

    assert keys.key(path) == first
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert keys.exposed(path.parent) == []


@pytest.mark.parametrize(("file", "folder"), [(0o640, 0o700), (0o604, 0o700), (0o600, 0o770), (0o600, 0o702)])
def test_a_key_that_others_could_read_or_replace_is_not_used(tmp_path, file, folder):
    path = tmp_path / "kunci" / "kode-halaman"
    keys.key(path)
    path.chmod(file)
    path.parent.chmod(folder)

    with pytest.raises(SettingsFault, match="orang lain") as caught:
        keys.key(path)

    assert "chmod" in caught.value.remedy


def test_a_key_that_is_a_link_is_not_followed(tmp_path):
    path = tmp_path / "kunci" / "kode-halaman"
    keys.key(path)
    path.rename(tmp_path / "lain")
    path.symlink_to(tmp_path / "lain")

    with pytest.raises((SettingsFault, OSError)):
        keys.key(path)


@pytest.mark.parametrize("expose", ["kunci", "kunci/kode-status", "kunci/catatan"])
def test_the_doctor_names_every_secret_that_others_can_reach(office, expose):
    folder = office.root.layout.keys
    keys.key(folder / "kode-halaman")
    keys.key(folder / "kode-status")
    (folder / "catatan").write_text("")
    (folder / "catatan").chmod(0o600)
    path = folder.parent / expose.replace("kunci", folder.name)
    path.chmod(path.stat().st_mode | 0o044)

    check = doctor._keys(office.root)

    assert not check.good
    assert str(path) in check.fact
    assert "chmod" in check.remedy


def test_the_doctor_is_content_with_keys_for_the_owner_alone(office):
    keys.key(office.root.layout.keys / "kode-halaman")

    assert doctor._keys(office.root).good


def test_the_keys_lie_outside_the_archive(office):
    assert not office.root.layout.keys.is_relative_to(office.root.layout.archive)


@pytest.mark.parametrize("lost", ["removed", "exchanged"])
def test_a_lost_or_exchanged_key_is_named_by_the_doctor_and_stops_the_start(office, lost):
    office.root.keys.key("kode-halaman")
    path = office.root.layout.keys / "kode-halaman"
    path.unlink()
    if lost == "exchanged":
        keys.key(path)
    root = Root(office.root.layout.root)

    check = doctor._keys(root)

    assert not check.good
    assert "kode-halaman" in check.fact
    assert "cadangan" in check.remedy
    with pytest.raises(SettingsFault, match="kode-halaman"):
        root.service(lambda _line: None, once=True)
    assert path.exists() == (lost == "exchanged")


def test_what_the_archive_keeps_of_a_key_is_no_secret(office):
    secret = office.root.keys.key("kode-halaman")

    mark = (office.root.layout.key_marks / "kode-halaman").read_bytes()

    assert secret not in mark
    assert secret.hex().encode() not in mark


def test_which_of_the_two_processes_is_away_is_said_once_the_office_runs(office):
    root = office.root

    before = list(doctor._processes(root))
    with root.alone():
        half = list(doctor._processes(root))

    assert [(c.good, c.caution, c.fact) for c in before] == [(True, False, "tidak berjalan")] * 2
    assert [(c.thing, c.caution, c.fact) for c in half] == [
        ("Pemantau kotak masuk", False, "berjalan"),
        ("Meja web", True, "tidak berjalan"),
    ]
    assert half[1].remedy == "Jalankan `yankomas run`."


def test_a_full_disk_keeps_no_check_from_being_made(tmp_path):
    lay_out(tmp_path)
    people = SqlitePeople(Root(tmp_path).layout.people)
    people.accounts.has_admin()
    people.close()

    with no_room():
        said = {check.thing: check for check in Root(tmp_path).examine()}

    assert (said["Akun"].good, said["Akun"].remedy) == (False, "Periksa sisa ruang cakram, lalu ulangi.")
    assert not said["Cetak PDF/A"].good
    assert said["Kop kantor"].good
    assert {"Meja web", "LibreOffice", "Pencarian", "Surel"} <= said.keys()


def test_the_doctor_says_what_governs_the_service_and_where_the_table_of_laws_is_wrong(tmp_path):
    lay_out(tmp_path)
    table = tmp_path / "letter_templates" / "dasar-hukum.toml"

    told = laws_check(tmp_path)
    table.write_text(table.read_text(encoding="utf-8").replace('layanan = "pengatur"\n', ""), encoding="utf-8")
    ungoverned = laws_check(tmp_path)
    table.write_text("[[peraturan]]\nkunci = 1\n", encoding="utf-8")
    broken = laws_check(tmp_path)

    assert told.good
    assert "Nomor 23 Tahun 2022" in told.fact
    assert (ungoverned.good, ungoverned.caution) == (False, True)
    assert not broken.good
    assert "dasar-hukum.toml baris 1" in broken.fact


def test_a_slip_in_the_offices_sentences_is_told_with_its_line(tmp_path):
    lay_out(tmp_path)
    own = tmp_path / "letter_templates" / "frasa.toml"
    assert lists_checked(tmp_path)["Frasa"].good

    own.write_text('[[frasa]]\ngerak = "telaah"\nisian = "analisis_haq"\nkalimat = ["a."]\n', encoding="utf-8")

    slip = lists_checked(tmp_path)["Frasa"]
    assert (slip.good, "baris 1" in slip.fact, "analisis_hak" in slip.fact) == (False, True, True)


def lists_checked(folder):
    root = Root(folder)
    return {check.thing: check for check in doctor._lists(root, root.settings)}


def laws_check(folder):
    return lists_checked(folder)["Dasar hukum"]
