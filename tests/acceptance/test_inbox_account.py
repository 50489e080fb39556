"""The inbox account: every file ever dropped is in exactly one of five states, whatever happens meanwhile."""

from __future__ import annotations

import json
import os
import shutil

import pytest
from fakes import FakeReader
from offices import FakeOffice
from recording import FullDisk

from pipeline.cases.actor import Actor
from pipeline.cli import main
from pipeline.errors import EngineMissing, Interrupted
from pipeline.intake.account import State
from pipeline.intake.inbox_view import AskedFor
from pipeline.intake.journey import noted
from pipeline.intake.receive import receive


def account(office, *, everything=True):
    return office.root.inbox_view(AskedFor.ALL if everything else None, whole=everything).as_data()


def by_name(office):
    return {e["path"] or e["name"]: (e["state"], e["detail"]) for e in account(office)["entries"]}


def counted(office, **expected):
    """Whether the totals are these, the five make up what came in, and each entry is counted once."""
    view = account(office)
    found = view["totals"]
    assert found["in"] == sum(found[state.value] for state in State) == len(view["entries"])
    assert {k: v for k, v in found.items() if v and k not in ("in", "left_alone")} == expected
    return True


def settled_office(office):
    for name, content in {
        "a.pdf": b"Surat A",
        "b.pdf": b"Surat A",
        "c.heic": b"BAD",
        "kosong.pdf": b"",
    }.items():
        office.drop(name, content)
    office.run_once()
    return office


def test_an_office_that_never_had_a_letter_has_an_empty_account(office):
    assert counted(office)
    assert account(office)["last_number"] is None


def test_each_file_is_in_the_state_it_came_to(office):
    settled_office(office)

    assert counted(office, registered=1, duplicate=1, refused=2)
    found = by_name(office)
    assert found["a.pdf"] == ("registered", "2026/0001")
    assert found["ditolak/b.pdf"][0] == "duplicate"
    assert "2026/0001" in found["ditolak/b.pdf"][1]
    assert found["ditolak/c.heic"] == ("refused", "Jenis berkas ini tidak diterima.")
    assert found["ditolak/kosong.pdf"][0] == "refused"
    assert account(office)["last_number"] == "0001/YANKOMAS/2026"


def test_what_lies_in_the_inbox_waits_and_what_is_no_letter_is_named(office, tmp_path):
    office.drop("a.pdf", b"Surat A")
    office.drop(".tersembunyi", b"x")
    office.drop("b.pdf.part", b"x")
    office.drop("~$surat.docx", b"x")
    (office.root.layout.inbox / "tautan.pdf").symlink_to(tmp_path)
    os.mkfifo(office.root.layout.inbox / "pipa.pdf")

    assert counted(office, waiting=6)
    assert account(office)["totals"]["left_alone"] == 5
    found = {name: detail for name, (_, detail) in by_name(office).items()}
    assert found["tautan.pdf"] == "tautan, tidak diambil"
    assert found["pipa.pdf"] == "pipa (FIFO), tidak diambil"
    assert "tersembunyi" in found[".tersembunyi"]
    assert "sementara" in found["b.pdf.part"]
    assert "yankomas run" in found["a.pdf"]


def test_the_file_that_keeps_the_inbox_in_version_control_was_dropped_by_nobody(office):
    office.drop(".gitkeep", b"")
    office.root.layout.inbox.joinpath("folder").mkdir()
    office.drop("folder/.gitkeep", b"")

    assert list(by_name(office)) == ["folder/.gitkeep"]


def test_a_device_is_left_alone_and_named(office):
    try:
        os.mknod(office.root.layout.inbox / "alat.pdf", 0o020600, os.makedev(1, 3))
    except PermissionError:
        pytest.skip("only root can make a device")

    assert by_name(office) == {"alat.pdf": ("waiting", "perangkat, tidak diambil")}
    assert office.run_once() == {}


def test_a_file_that_was_taken_but_not_noted_before_a_crash_waits(office):
    office.drop("a.pdf", b"Surat A")
    office.claim()

    assert counted(office, waiting=1)
    assert account(office)["entries"][0]["name"] == "a.pdf"
    FakeOffice(office.root.layout.root).run_once()
    assert counted(office, registered=1)


def test_a_name_used_again_is_another_file(office):
    for n in range(3):
        office.drop("scan.pdf", f"Surat {n}".encode())
        office.run_once()

    assert counted(office, registered=3)
    assert [e["name"] for e in account(office)["entries"]] == ["scan.pdf"] * 3


def test_a_file_renamed_while_it_waits_is_one_file(office):
    path = office.drop("a.pdf", b"Surat A")
    assert counted(office, waiting=1)

    path.rename(path.with_name("b.pdf"))

    assert counted(office, waiting=1)
    office.run_once()
    assert counted(office, registered=1)


def test_a_refused_file_moved_back_waits_and_then_counts_once(office):
    settled_office(office)
    aside = office.root.layout.inbox / "ditolak" / "c.heic"
    aside.rename(office.root.layout.inbox / "lagi.heic")

    assert counted(office, registered=1, duplicate=1, refused=1, waiting=1)
    office.run_once()

    assert counted(office, registered=1, duplicate=1, refused=2)
    assert by_name(office)["ditolak/lagi.heic"][0] == "refused"


def test_a_file_taken_away_from_the_working_folder_is_told_as_lost(office):
    office.drop("a.pdf", b"Surat A")
    claim = office.claim()
    noted(claim, office.inbox, office.root.ledger, office.clock.now())
    office.inbox.done(claim)

    assert counted(office, waiting=1)
    assert "hilang" in account(office)["entries"][0]["detail"]


def test_a_letter_that_waits_for_a_missing_engine_waits_under_its_own_name(office, monkeypatch, capsys):
    def missing(*_):
        raise EngineMissing("Tesseract tidak terpasang.", "Pasang.")

    monkeypatch.setattr(FakeReader, "inspect", missing)
    office.drop("surat ibu.pdf", b"Surat A")

    said = []
    with pytest.raises(Interrupted):
        office.service(said.append).run(once=True)

    assert counted(office, waiting=1)
    (entry,) = account(office)["entries"]
    assert (entry["name"], "Tesseract tidak terpasang" in entry["detail"]) == ("surat ibu.pdf", True)
    assert said == ["surat ibu.pdf tertunda: Tesseract tidak terpasang. Pasang."]


@pytest.mark.in_folders
def test_the_account_is_right_when_the_disk_is_full_for_a_while(office, monkeypatch):
    office.drop("a.pdf", b"Surat A")
    office.drop("b.heic", b"BAD")
    full = FullDisk(monkeypatch, 3, ("append",), ".kotak-masuk")

    office.run_once()

    assert full.refused == 3
    assert counted(office, registered=1, refused=1)


def test_a_number_given_before_a_crash_is_in_the_account_after_it(office):
    office.drop("a.pdf", b"Surat A")
    receive(office.claim(), office.receive_parts)
    assert counted(office, waiting=1)

    FakeOffice(office.root.layout.root).run_once()

    assert counted(office, registered=1)


def test_by_default_the_day_and_what_waits_for_somebody_are_shown(office):
    settled_office(office)
    office.clock.forward(days=1)
    office.drop("baru.pdf", b"Surat B")

    view = account(office, everything=False)

    assert [e["name"] for e in view["entries"]] == ["baru.pdf", "c.heic", "kosong.pdf"]
    assert view["totals"]["in"] == 5
    assert len(account(office)["entries"]) == 5


def test_an_inbox_that_is_gone_is_said_so(office, tmp_path):
    settled_office(office)
    office.root.layout.inbox.rename(tmp_path / "terputus")

    assert "tidak terlihat" in account(office)["fault"]
    assert counted(office, registered=1, duplicate=1, refused=2)
    (tmp_path / "terputus").rename(office.root.layout.inbox)
    assert account(office)["fault"] == ""


@pytest.mark.in_folders
def test_a_lost_ledger_is_written_anew_from_journals_and_notes(office, capsys):
    settled_office(office)
    (office.root.layout.inbox / "2026-0001").mkdir()
    office.drop("2026-0001/bukti.pdf", b"Bukti")
    office.run_once()
    before = {(e["name"], e["state"], e["path"], tuple(e["numbers"])) for e in account(office)["entries"]}
    assert counted(office, registered=1, duplicate=1, refused=2, attached=1)
    shutil.rmtree(office.root.layout.ledger)

    assert main(["--root", str(office.root.layout.root), "rebuild"]) == 0

    again = FakeOffice(office.root.layout.root)
    assert counted(again, registered=1, duplicate=1, refused=2, attached=1)
    found = {(e["name"], e["state"], e["path"], tuple(e["numbers"])) for e in account(again)["entries"]}
    assert {(name, state, path) for name, state, path, _ in found} == {b[:3] for b in before}
    assert "dilengkapi dari jurnal dan ditolak/: 5 berkas" in capsys.readouterr().out
    assert again.root.mailroom().retry("c.heic", Actor("tim-yankomas", "siti")) == "c.heic"
    assert counted(again, registered=1, duplicate=1, refused=1, attached=1, waiting=1)


def test_what_the_ledger_knows_is_not_written_twice(office, capsys):
    settled_office(office)

    assert main(["--root", str(office.root.layout.root), "rebuild"]) == 0

    assert "dilengkapi" not in capsys.readouterr().out
    assert counted(FakeOffice(office.root.layout.root), registered=1, duplicate=1, refused=2)


def test_the_command_shows_the_account_to_people_and_programs(office, capsys):
    settled_office(office)
    root = ["--root", str(office.root.layout.root)]

    assert main([*root, "inbox", "--all"]) == 0
    shown = capsys.readouterr().out
    assert main([*root, "inbox", "--all", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)

    assert "4 berkas: 1 terdaftar, 0 dilampirkan, 1 ganda, 2 ditolak, 0 menunggu." in shown
    assert "Nomor terakhir: 0001/YANKOMAS/2026" in shown
    assert told["totals"] == account(office)["totals"]
    assert told["entries"] == account(office)["entries"]


def test_the_log_says_that_names_of_files_were_read_at_the_terminal(office, capsys):
    assert main(["--root", str(office.root.layout.root), "inbox", "--json"]) == 0

    log = office.root.access_log
    assert [e.kind for month in log.months() for e in log.entries(month)] == ["inbox"]
    assert json.loads(capsys.readouterr().out)["entries"] == []
