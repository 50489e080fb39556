"""What the mailroom does with a file: have it tried again, set it aside, attach it; the account stays right."""

from __future__ import annotations

import os

import pytest
from test_inbox_account import account, by_name, counted, settled_office

from pipeline.cases.actor import Actor
from pipeline.cases.case_number import CaseNumber
from pipeline.cli import main
from pipeline.errors import Busy, Incomplete, NotFound
from pipeline.intake.account import State
from pipeline.intake.inbox_view import AskedFor

CLERK = Actor("tim-yankomas", "siti")

FIRST = CaseNumber(2026, 1)


def lying(office):
    return sorted(file.path for file in office.inbox.files())


@pytest.mark.parametrize("name", ["c.heic", "ditolak/c.heic"])
def test_a_refused_file_is_tried_again_when_asked_and_counts_once(office, name):
    settled_office(office)

    assert office.root.mailroom().retry(name, CLERK) == "c.heic"

    assert counted(office, registered=1, duplicate=1, refused=1, waiting=1)
    assert not (office.root.layout.inbox / "ditolak" / "c.heic.txt").exists()
    (office.root.layout.inbox / "c.heic").write_bytes(b"Surat C")
    office.run_once()
    assert counted(office, registered=2, duplicate=1, refused=1)


def test_all_refused_files_are_tried_again_but_not_what_is_merely_a_copy(office):
    settled_office(office)

    assert office.root.mailroom().retry_all(CLERK) == ["c.heic", "kosong.pdf"]

    assert lying(office) == ["c.heic", "kosong.pdf"]
    assert counted(office, registered=1, duplicate=1, waiting=2)


def test_a_file_tried_again_never_covers_one_that_has_its_name(office):
    settled_office(office)
    office.drop("c.heic", b"Surat lain")

    assert office.root.mailroom().retry("c.heic", CLERK) == "c (2).heic"

    assert lying(office) == ["c (2).heic", "c.heic"]


def test_a_waiting_file_is_set_aside_with_the_persons_reason(office):
    office.drop("a.pdf", b"Surat A")

    place = office.root.mailroom().set_aside("a.pdf", "bukan surat\n pengaduan", "siti")

    assert place == "ditolak/a.pdf"
    assert counted(office, refused=1)
    assert by_name(office)["ditolak/a.pdf"] == ("refused", "Disisihkan petugas (siti): bukan surat pengaduan")
    assert "bukan surat pengaduan" in (office.root.layout.inbox / "ditolak" / "a.pdf.txt").read_text()
    office.root.mailroom().retry("a.pdf", CLERK)
    office.run_once()
    assert counted(office, registered=1)


def test_a_file_in_work_is_not_set_aside_and_no_other_file_is_touched(office):
    office.drop("a.pdf", b"Surat A")
    office.claim()
    mailroom = office.root.mailroom()

    with pytest.raises(Busy):
        mailroom.set_aside("a.pdf", "salah", "siti")
    with pytest.raises(NotFound):
        mailroom.set_aside("../office.toml", "salah", "siti")
    with pytest.raises(NotFound):
        mailroom.retry("../../office.toml", CLERK)
    with pytest.raises(Incomplete):
        mailroom.set_aside("a.pdf", " \n", "siti")

    assert counted(office, waiting=1)


def test_of_two_files_of_one_name_the_path_says_which(office):
    (office.root.layout.inbox / "pos").mkdir()
    office.drop("a.pdf", b"Surat A")
    office.drop("pos/a.pdf", b"Surat B")

    assert office.root.mailroom().set_aside("pos/a.pdf", "salah", "siti") == "ditolak/a.pdf"

    assert lying(office) == ["a.pdf"]


def test_a_name_alone_means_the_file_that_lies_in_no_folder(office):
    (office.root.layout.inbox / "pos").mkdir()
    office.drop("pos/a.pdf", b"Surat B")
    office.drop("a.pdf", b"Surat A")

    office.root.mailroom().set_aside("a.pdf", "salah", "siti")

    assert lying(office) == ["pos/a.pdf"]


@pytest.mark.parametrize("where", ["waiting", "there already", "refused"])
def test_a_file_is_handed_to_the_folder_of_its_case(office, where):
    settled_office(office)
    (office.root.layout.inbox / "2026-0001").mkdir(exist_ok=True)
    if where != "refused":
        office.drop("bukti.pdf" if where == "waiting" else "2026-0001/bukti.pdf", b"Bukti")
    name = "c.heic" if where == "refused" else "bukti.pdf"

    assert office.root.mailroom().attach(name, FIRST, CLERK) == f"2026-0001/{name}"

    assert lying(office) == [f"2026-0001/{name}"]
    waiting = [e for e in account(office)["entries"] if e["state"] == "waiting"]
    assert [e["path"] for e in waiting] == [f"2026-0001/{name}"]


def test_nothing_is_attached_to_a_case_that_does_not_exist(office):
    office.drop("bukti.pdf", b"Bukti")

    with pytest.raises(NotFound, match="2026/0009"):
        office.root.mailroom().attach("bukti.pdf", CaseNumber(2026, 9), CLERK)

    assert lying(office) == ["bukti.pdf"]


def test_the_command_line_does_all_three(office, capsys):
    settled_office(office)
    office.drop("salah.pdf", b"Salah")
    office.drop("bukti.pdf", b"Bukti")
    root = ["--root", str(office.root.layout.root), "inbox"]

    assert main([*root, "tolak", "salah.pdf", "--alasan", "bukan untuk kami"]) == 0
    assert main([*root, "lampirkan", "bukti.pdf", "1/2026"]) == 0
    assert main([*root, "retry", "c.heic"]) == 0
    assert main([*root, "retry", "--all"]) == 0
    assert main([*root, "retry", "tidak-ada.pdf"]) == 4
    assert main([*root, "retry"]) == 2

    said = capsys.readouterr()
    assert "salah.pdf: disisihkan ke ditolak/salah.pdf." in said.out
    assert "tidak-ada.pdf" in said.err
    assert lying(office) == ["2026-0001/bukti.pdf", "c.heic", "kosong.pdf", "salah.pdf"]
    assert os.listdir(office.root.layout.inbox / ".diambil") == []


def test_a_refused_file_that_was_dealt_with_is_out_of_the_way_but_still_counted_and_kept(office):
    settled_office(office)

    office.root.mailroom().put_away("ditolak/c.heic", "siti")

    today = office.root.inbox_view()
    assert [e.name for e in today.entries if e.state is State.REFUSED] == ["kosong.pdf"]
    assert (today.totals.refused, today.totals.put_away, today.totals.to_deal_with) == (2, 1, 1)
    assert [e.name for e in office.root.inbox_view(AskedFor.PUT_AWAY).entries] == ["c.heic"]
    assert (office.root.layout.inbox / "ditolak" / "c.heic").exists()
    assert office.root.mailroom().retry_all(CLERK) == ["kosong.pdf"]


def test_what_was_refused_before_today_is_put_away_at_once_and_nothing_else(office):
    settled_office(office)
    office.clock.forward(days=1)
    office.drop("baru.heic", b"BAD baru")
    office.run_once()

    assert office.root.mailroom().put_away_old("siti") == 3  # the duplicate too
    assert [e.name for e in office.root.inbox_view().entries] == ["baru.heic"]
    assert office.root.mailroom().put_away_old("siti") == 0
    with pytest.raises(NotFound):
        office.root.mailroom().put_away("tidak-ada.pdf", "siti")


def test_a_file_keeps_its_address_from_its_arrival_to_its_end(office):
    office.drop("a.pdf", b"Surat A")
    (waiting,) = office.root.inbox_view().entries
    office.run_once()

    found = office.root.inbox_entry(waiting.key)

    assert (found.state, found.numbers) == (State.REGISTERED, ("2026/0001",))
    assert office.root.inbox_entry("0123456789abcdef") is None


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        (AskedFor.REFUSED, ["c.heic", "kosong.pdf"]),
        (AskedFor.DUPLICATE, ["b.pdf"]),
        (AskedFor.REGISTERED, ["a.pdf"]),
        (AskedFor.ATTACHED, []),
        (AskedFor.WAITING, ["d.pdf"]),
    ],
)
def test_files_are_listed_by_their_state_as_many_as_are_counted(office, asked, names):
    settled_office(office)
    office.drop("d.pdf", b"Surat D")

    view = office.root.inbox_view(asked)

    assert sorted(e.name for e in view.entries) == names
