"""The office's file changed from the desk: comments stay, every version is kept, nothing is written by halves."""

from __future__ import annotations

import errno
import json
import tomllib
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
from crash import Effects, in_child, sparsely

from pipeline.errors import Incomplete, Passing, SettingsFault
from pipeline.office.store.office_file_record import OfficeFileRecord
from pipeline.office.store.toml_editing import edited
from pipeline.storage import disk
from pipeline.work.store.setup import bundled

EXAMPLE = (bundled() / "office.toml").read_text(encoding="utf-8")
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
ADDRESS = ("kantor", "alamat")


@pytest.fixture
def record(tmp_path):
    (tmp_path / "archive").mkdir()
    (tmp_path / "office.toml").write_text(EXAMPLE, encoding="utf-8")
    return OfficeFileRecord(tmp_path / "office.toml", tmp_path / "archive" / ".pengaturan", tmp_path / "kunci-berkas")


def change(record, changes, check=lambda before, after: None, **more):
    return record.change("kop", changes, by="siti", at=NOON, check=check, **more)


def test_who_may_read_the_file_stays_as_the_office_chose_it(record):
    for mode in (0o600, 0o644):
        record.path.chmod(mode)
        change(record, {ADDRESS: f"Jalan {mode:o}"})

        assert record.path.stat().st_mode & 0o777 == mode


def test_a_file_that_lies_elsewhere_behind_a_link_is_changed_there(record, tmp_path):
    there = tmp_path / "lain" / "kantor.toml"
    there.parent.mkdir()
    record.path.rename(there)
    record.path.symlink_to(there)

    change(record, {ADDRESS: "Jalan Rekaan"})

    assert record.path.is_symlink()
    assert 'alamat = "Jalan Rekaan"' in there.read_text(encoding="utf-8")


def test_every_comment_stays_when_a_value_is_changed(record):
    change(record, {ADDRESS: 'Jalan "Rekaan" 1 \\ 2', ("waktu", "tutup"): [date(2026, 12, 31)]})

    after = record.path.read_text(encoding="utf-8")
    comments = [line for line in EXAMPLE.splitlines() if line.lstrip().startswith("#")]
    assert [line for line in after.splitlines() if line.lstrip().startswith("#")] == comments
    assert 'kertas = "A4" # atau "F4"' in after
    assert tomllib.loads(after)["kantor"]["alamat"] == 'Jalan "Rekaan" 1 \\ 2'
    assert len(set(after.splitlines()) ^ set(EXAMPLE.splitlines())) == 4


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [{"nama": "Ramadan", "mulai": date(2027, 2, 8), "sampai": date(2027, 3, 9), "senin": ["08.00-15.00"]}],
        [{"nama": "Satu", "senin": ["08.00-15.00"]}, {"nama": "Dua", "mulai": date(2027, 2, 8)}],
    ],
)
def test_rows_of_a_list_come_and_go(rows):
    once = edited(EXAMPLE, {("waktu", "khusus"): [{"nama": "Dulu", "sampai": date(2026, 1, 1)}]})

    again = edited(once, {("waktu", "khusus"): rows or None})

    assert tomllib.loads(again)["waktu"].get("khusus", []) == rows
    assert "# Cadangan tersandi" in again


def test_a_table_that_an_older_file_has_not_is_added():
    older = EXAMPLE[: EXAMPLE.index("# Cadangan tersandi")]

    assert tomllib.loads(edited(older, {("cadangan", "tujuan"): "/media/x"}))["cadangan"] == {"tujuan": "/media/x"}


def test_each_change_is_noted_with_both_versions_and_follows_the_one_before(record):
    first = record.path.read_bytes()
    change(record, {ADDRESS: "Jalan Satu"})
    change(record, {ADDRESS: "Jalan Dua"}, confirmed_by="budi")

    one, two = record.history()
    assert (one.by, one.keys, one.confirmed_by, two.confirmed_by) == ("siti", ("kantor.alamat",), "", "budi")
    assert one.sha256 == two.before
    assert (record.folder / f"{one.before}.toml").read_bytes() == first
    assert list(record.faults()) == []


def test_what_changes_nothing_is_not_noted(record):
    assert change(record, {ADDRESS: tomllib.loads(EXAMPLE)["kantor"]["alamat"]}) == ()

    assert record.history() == ()
    assert record.path.read_text(encoding="utf-8") == EXAMPLE


def test_what_is_refused_is_not_written(record):
    def check(before, after):
        raise Incomplete("Tidak.")

    with pytest.raises(Incomplete):
        change(record, {ADDRESS: "Jalan Satu"}, check)

    assert record.path.read_text(encoding="utf-8") == EXAMPLE
    assert not record.folder.exists()


@pytest.mark.parametrize("failing", ["make_folder", "replace", "append", "sync_folder"])
def test_a_full_disk_leaves_a_file_that_can_be_used(record, monkeypatch, failing):
    def full(*_args, **_more):
        raise Passing("Cakram penuh.") from OSError(errno.ENOSPC, "penuh")

    monkeypatch.setattr(disk, failing, full)
    with pytest.raises(Passing):
        change(record, {ADDRESS: "Jalan Satu"})
    monkeypatch.undo()

    assert tomllib.loads(record.path.read_text(encoding="utf-8"))["kantor"]["alamat"] in (
        "Jalan Satu",
        tomllib.loads(EXAMPLE)["kantor"]["alamat"],
    )
    change(record, {ADDRESS: "Jalan Dua"})
    assert record.values()["kantor"]["alamat"] == "Jalan Dua"
    assert list(record.faults()) == []


@sparsely(2)
def test_a_change_that_is_killed_anywhere_is_made_whole_or_not_at_all(record, step):
    for kill_at in range(1, 30, step):
        before = record.path.read_text(encoding="utf-8")

        def work(kill_at=kill_at):
            Effects(kill_at).install()
            change(record, {ADDRESS: f"Jalan {kill_at}"})

        status = in_child(work)
        after = record.path.read_text(encoding="utf-8")

        assert after in (before, edited(before, {ADDRESS: f"Jalan {kill_at}"}))
        assert list(record.faults()) == []
        if status == 0:
            break

    assert status == 0
    assert record.values()["kantor"]["alamat"] == f"Jalan {kill_at}"


def test_a_file_that_is_no_toml_is_left_as_it_is(record):
    record.path.write_text("kantor = {", encoding="utf-8")

    with pytest.raises(SettingsFault, match=r"baris|lengkap"):
        change(record, {ADDRESS: "Jalan Satu"})
    assert record.path.read_text(encoding="utf-8") == "kantor = {"


def test_a_changed_record_is_found(record):
    change(record, {ADDRESS: "Jalan Satu"})
    change(record, {ADDRESS: "Jalan Dua"})
    lines = (record.folder / "daftar.jsonl").read_text(encoding="utf-8").splitlines()
    told = json.loads(lines[0]) | {"by": "budi"}
    (record.folder / "daftar.jsonl").write_text("\n".join([json.dumps(told), lines[1], ""]), encoding="utf-8")
    (record.folder / f"{record.history()[1].sha256}.toml").write_text("lain", encoding="utf-8")

    facts = [fact for _, fact in record.faults()]
    assert any("tidak mengikuti" in fact for fact in facts)
    assert any("bukan lagi" in fact for fact in facts)


def test_of_many_who_change_it_at_once_none_is_lost(record):
    days = ("senin", "selasa", "rabu", "kamis", "jumat")
    keys = [("waktu", "jam_kerja", day) for day in days]

    with ThreadPoolExecutor() as pool:
        done = [pool.submit(change, record, {key: [f"0{n}.00-15.00"]}) for n, key in enumerate(keys, start=1)]

    assert [one.result() for one in done] == [(".".join(key),) for key in keys]
    week = record.values()["waktu"]["jam_kerja"]
    assert [week[day] for day in days] == [[f"0{n}.00-15.00"] for n in range(1, 6)]
    assert len(record.history()) == 5
    assert list(record.faults()) == []
