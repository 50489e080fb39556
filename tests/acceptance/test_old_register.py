"""An office moves in with its old register: taken over whole, told everywhere, whole again after any end."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from crash import Effects, sparsely
from offices import FakeOffice
from old_registers import HEADINGS, row, sick_book, workbook
from patience import until

from pipeline.cases.actor import Actor
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.imported import Imported
from pipeline.cases.timeline import timeline
from pipeline.cli import main
from pipeline.errors import Incomplete, UsageFault
from pipeline.evidence.store.verify import verify_archive
from pipeline.moving_in.choices import Choices
from pipeline.moving_in.import_book import import_book
from pipeline.moving_in.old_scans import file_scans, matched
from pipeline.register.summary.period import Period
from pipeline.storage.blobs import TypedText

pytestmark = pytest.mark.in_folders

ARCHIVIST = Actor("arsiparis", "penguji")
TOLD = {"perihal": "Upah", "pelapor": "Siti", "terlapor": "PT Contoh", "uraian": "Belum dibayar"}


@pytest.fixture
def office(tmp_path):
    return FakeOffice(tmp_path)


def brought(office, data, choices=None, name="buku.xlsx"):
    """Take a book over as the terminal does, without a child."""
    from old_registers import as_read

    parts = office.root.import_parts()
    return import_book(TypedText(name, data), as_read(data, name), choices or Choices(), by=ARCHIVIST, parts=parts)


def small_book(*rows, name="2019"):
    return workbook((name, [HEADINGS, *(rows or (row("1/HAM/2019"), row("3/HAM/2019", who="Budi", state="proses")))]))


def test_an_ended_old_case_has_ended_and_says_what_it_is(office):
    brought(office, small_book())

    case = office.root.case(CaseNumber(2019, 1))
    sop = office.root.sop_of(case)
    view = office.view(case.number)

    assert isinstance(case.received, Imported)
    assert case.entries[0].kind == "diimpor"
    assert len(case.entries) == 1
    assert view.state == "selesai (buku lama)"
    assert view.due_at is None
    assert view.register_number == "1/HAM/2019"
    assert case.received_at.date().isoformat() == "2019-02-03"
    assert not office.root.owed(case)
    told = timeline(case, sop)
    assert [h.title for h in told] == ["Diambil alih dari buku register lama, nomor 1/HAM/2019"]
    assert ("Buku lama", "buku.xlsx, 2019, baris 2") in told[0].words


def test_a_running_old_case_waits_for_a_person_and_for_no_clock_until_then(office):
    brought(office, small_book())
    number = CaseNumber(2019, 3)

    view = office.view(number)

    assert view.state == "menunggu konfirmasi (buku lama)"
    assert view.awaits == ("tim-yankomas",)
    assert view.due_at is None
    assert not office.root.case(number).drafts
    answers = {"cara_penyampaian": "surat", "ringkasan": "x", "hak": ["rasa aman"]}
    office.decide(number, "konfirmasi", "tim-yankomas", answers)
    assert office.view(number).due_at is not None


def test_the_gaps_of_the_old_book_are_no_loss_and_a_lost_folder_is_one(office):
    brought(office, small_book(row("1/HAM/2019"), row("3/HAM/2019", who="Budi"), row("6/HAM/2019", who="Tuti")))
    layout = office.root.layout
    assert verify_archive(layout) == []

    shutil.rmtree(layout.case(CaseNumber(2019, 3)))

    assert [f.where for f in verify_archive(layout) if f.code == "lompat"] == ["2019/0003"]


def test_a_book_brought_again_and_again_makes_no_twins_and_fills_its_gaps(office):
    first = brought(office, small_book())
    again = brought(office, small_book())
    last = row("3/HAM/2019", who="Budi", state="proses")
    mended = brought(office, small_book(row("1/HAM/2019"), row("2/HAM/2019", who="Tuti"), last))

    assert (first.taken, again.taken, again.same) == (2, 0, 2)
    assert (mended.taken, mended.same) == (1, 2)
    assert len(office.root.cabinet.numbers()) == 3
    assert office.findings() == []


def test_the_running_series_goes_on_behind_the_book_only_by_a_persons_word(office):
    year = office.clock.now().year
    book = small_book(row(f"1/{year}", "03-02-2026"), row(f"118/{year}", "04-02-2026", who="Budi"), name=str(year))

    with pytest.raises(Incomplete, match="--teruskan"):
        brought(office, book)
    assert office.root.numbers.last() is None
    brought(office, book, Choices(goes_on=True))

    told = office.open(
        "lisan", {"perihal": "Upah", "pelapor": "Siti", "terlapor": "PT Contoh", "uraian": "Belum dibayar"}
    )
    assert told == CaseNumber(year, 119)
    assert office.findings() == []


def test_a_number_that_is_taken_is_refused_and_nothing_is_taken_over(office):
    year = office.clock.now().year
    told = office.open(
        "lisan", {"perihal": "Upah", "pelapor": "Siti", "terlapor": "PT Contoh", "uraian": "Belum dibayar"}
    )
    book = small_book(row(f"{told.serial}/{year}", "03-02-2026"), row("1/2019", who="Budi"), name="campur")

    with pytest.raises(Incomplete, match="sudah dipakai perkara kantor ini"):
        brought(office, book)

    assert office.root.cabinet.numbers() == [told]
    assert not office.root.layout.format.exists()


def test_old_years_change_nothing_for_the_series_that_runs(office):
    brought(office, small_book())

    told = office.open(
        "lisan", {"perihal": "Upah", "pelapor": "Siti", "terlapor": "PT Contoh", "uraian": "Belum dibayar"}
    )

    assert told == CaseNumber(office.clock.now().year, 1)


def test_old_cases_are_found_and_counted_in_their_own_year(office):
    brought(office, small_book())
    office.root.index.refresh()

    assert [hit.number for hit in office.search("lemari", "siti").hits] == ["2019/0001"]
    rows = {r.number: r for r in office.root.rows.rows(2019)}
    assert all(r.imported for r in rows.values())
    assert rows["2019/0001"].closed_late is None
    flow = office.root.summaries.of(Period(2019), office.clock.now(), None).flow
    assert (flow.carried, flow.received, flow.closed) == (0, 2, 1)
    this_year = office.root.summaries.of(Period(office.clock.now().year), office.clock.now(), None).flow
    assert (this_year.carried, this_year.received) == (1, 0)


def test_an_earlier_version_refuses_an_archive_with_old_cases(office):
    assert not office.root.layout.format.exists()

    brought(office, small_book())

    assert office.root.layout.format.read_text() == "2\n"


def test_a_register_that_was_changed_afterwards_is_found(office):
    brought(office, small_book())
    kept = next(office.root.layout.old_registers.glob("*.buku"))
    kept.write_bytes(kept.read_bytes() + b"x")

    assert [f.where for f in office.findings()] == [f".buku-lama/{kept.name}"]


def _taking_over(folder: Path, kill_at: int) -> int:
    """Take a small book over in another process, which is killed at its n-th effect; return its end."""
    pid = os.fork()
    if pid:
        return os.waitpid(pid, 0)[1]
    effects = Effects(kill_at)
    try:
        office = FakeOffice(folder)
        effects.install()
        brought(office, small_book())
        os._exit(min(effects.count, 255))
    except BaseException:
        os._exit(0)


@sparsely(5)
def test_whatever_is_killed_the_next_time_goes_on_and_nothing_is_half(tmp_path, step):
    count = os.waitstatus_to_exitcode(_taking_over(tmp_path / "semua", 0))
    assert count > 15
    for kill_at in range(1, count + 1, step):
        folder = tmp_path / str(kill_at)
        assert os.WIFSIGNALED(_taking_over(folder, kill_at)), kill_at
        office = FakeOffice(folder)
        office.root.numbers.sweep()

        brought(office, small_book())

        assert [str(n) for n in office.root.cabinet.numbers()] == ["2019/0001", "2019/0003"], kill_at
        assert office.findings() == [], kill_at
        assert not list(office.root.layout.staging.iterdir()), kill_at


@sparsely(8)
def test_a_letter_that_comes_after_a_kill_gets_no_number_of_the_book(tmp_path, step):
    """Between any two effects of the batch somebody may give a number of the running year."""
    book = small_book(row("1/2026", "03-02-2026"), row("5/2026", "04-02-2026", who="Budi"), name="2026")
    given = set()
    for kill_at in range(8, 40, step):
        folder = tmp_path / str(kill_at)
        pid = os.fork()
        if not pid:
            office = FakeOffice(folder)
            Effects(kill_at).install()
            brought(office, book, Choices(goes_on=True))
            os._exit(0)
        os.waitpid(pid, 0)
        office = FakeOffice(folder)

        number = office.open("lisan", TOLD)

        given.add(number.serial)
        assert number.serial in (1, 6), kill_at  # before the commit the book is as if it had never come
        if number.serial == 6:
            brought(office, book, Choices(goes_on=True))
            assert office.findings() == [], kill_at
    assert given == {1, 6}


def test_old_scans_come_to_their_cases_once_and_to_no_other(office):
    brought(office, small_book(row("1/HAM/2019"), row("3/HAM/2019", who="Budi")))
    told = office.open("lisan", TOLD)
    files = {
        name: TypedText(name, f"isi {name}".encode())
        for name in (
            "2019/0001.pdf",
            "3_HAM_2019.pdf",
            f"{told.year}-{told.serial:04d}.pdf",
            "2019-0099.pdf",
            "scan7.pdf",
        )
    }
    scans = matched(sorted(files), {"scan7.pdf": [CaseNumber(2019, 3)]})

    first = file_scans(scans, files.__getitem__, office.reader, ARCHIVIST, office.decide_parts)
    again = file_scans(scans, files.__getitem__, office.reader, ARCHIVIST, office.decide_parts)

    assert (first.filed, first.same) == (3, 0)
    assert (again.filed, again.same) == (0, 3)
    assert ["tidak ada" in scan.why or "bukan perkara dari buku lama" in scan.why for scan in first.left] == [
        True,
        True,
    ]
    case = office.root.case(CaseNumber(2019, 3))
    assert [a.how for a in case.attachments] == ["pindaian-lama", "pindaian-lama"]
    assert [(d.way, d.login) for a in case.attachments for d in a.deliveries] == [("perintah", "penguji")] * 2
    assert not any("sudah berakhir" in warning for a in case.attachments for warning in a.warnings)
    assert not office.root.case(told).attachments
    assert office.findings() == []


def test_two_who_bring_the_same_scan_at_once_file_it_once(office):
    brought(office, small_book())
    scan, files = matched(["2019-0001.pdf"], {}), {"2019-0001.pdf": TypedText("2019-0001.pdf", b"isi")}
    done = []

    def meanwhile(name):
        if not done:
            done.append(None)
            done.append(file_scans(scan, files.__getitem__, office.reader, ARCHIVIST, office.decide_parts))
        return files[name]

    later = file_scans(scan, meanwhile, office.reader, ARCHIVIST, office.decide_parts)

    assert (done[1].filed, later.filed, later.same) == (1, 0, 1)
    assert len(office.root.case(CaseNumber(2019, 1)).attachments) == 1


def test_the_record_of_a_register_says_which_column_was_taken_for_what(office):
    brought(office, small_book())

    noted = "".join(file.read_text() for file in office.root.layout.old_registers.glob("*.jsonl"))
    assert '"2019!A": "nomor"' in noted
    assert '"2019!G": "Keterangan"' in noted


# -- as people do it -------------------------------------------------------------------------------------------------


@pytest.fixture
def sick(tmp_path):
    return sick_book(tmp_path, 600)


def said(capsys, *words) -> tuple[int, str]:
    code = main([*map(str, words)])
    out = capsys.readouterr()
    return code, out.out + out.err


@pytest.mark.parametrize("rows", [300, pytest.param(3_000, marks=pytest.mark.slow)])
def test_a_book_with_every_disease(tmp_path, rows, capsys):
    folder, sick = tmp_path / "kantor", sick_book(tmp_path, rows)
    FakeOffice(folder)
    at = ("--root", folder, "impor", sick)

    code, report = said(capsys, *at)

    assert code == Incomplete.exit_code
    for words in (
        *("'12a/HAM/2018'", "rumus yang hasilnya tidak tersimpan", "belum tiba", "sama persis", "tidak ada, padahal"),
        *("nomor 2017/0020 dipakai 2 baris", "7-8", "lembar '2014': judul di baris 3"),
    ):
        assert words in report, words
    assert said(capsys, *at, "--laksanakan")[0] == Incomplete.exit_code
    assert not (folder / "archive" / "2014").exists()

    code, _ = said(capsys, *at, "--lewati", "--laksanakan")
    again = said(capsys, *at, "--lewati", "--laksanakan")

    office = FakeOffice(folder)
    assert code == 0
    count = len(office.root.cabinet.numbers())
    assert count == rows - 10 * 2 - 1  # all but two gaps a year, and the number that two rows have
    assert "0 perkara diambil alih" in again[1]
    assert said(capsys, "--root", folder, "verify")[1].startswith("Arsip utuh")
    assert "2019/0025" in said(capsys, "--root", folder, "cari", "sengketa", "25", "2019")[1]
    shown = said(capsys, "--root", folder, "case", "25/2019", "--alasan", "uji")[1]
    assert "(buku lama)" in shown


def test_an_import_that_is_killed_is_said_and_goes_on(tmp_path, sick, capsys):
    folder = tmp_path / "kantor"
    FakeOffice(folder)
    words = [sys.executable, "-P", "-m", "pipeline.cli", "--root", str(folder), "impor", str(sick)]
    process = subprocess.Popen([*words, "--lewati", "--laksanakan"], stdout=subprocess.DEVNULL)
    until(lambda: (folder / "archive" / "2014" / "0001").is_dir() or process.poll() is not None)
    assert process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.wait()

    findings = said(capsys, "--root", folder, "verify")[1]
    code, told = said(capsys, "--root", folder, "impor", sick, "--lewati", "--laksanakan")

    assert "baru sebagian diambil alih" in findings
    assert code == 0
    assert not told.startswith("0 perkara")
    assert said(capsys, "--root", folder, "verify")[1].startswith("Arsip utuh")
    assert len(FakeOffice(folder).root.cabinet.numbers()) == 10 * 58 - 1


def test_what_cannot_be_asked_is_said(tmp_path, capsys):
    folder = tmp_path / "kantor"
    FakeOffice(folder)
    book = tmp_path / "b.xlsx"
    book.write_bytes(small_book())
    at = ("--root", folder, "impor")

    for words in ((), (book, "--as", "kakanwil"), (book, "--kolom", "nomor"), (tmp_path / "tidak-ada.xlsx",)):
        code, report = said(capsys, *at, *words)
        assert code in (UsageFault.exit_code, 4), words
        assert "yankomas:" in report


def test_all_doubts_go_into_a_file(tmp_path, sick, capsys):
    folder, listed = tmp_path / "kantor", tmp_path / "keraguan.csv"
    FakeOffice(folder)

    said(capsys, "--root", folder, "impor", sick, "--keraguan", listed)

    text = listed.read_text("utf-8-sig")
    assert text.startswith("Lembar,Baris,Kolom,Ditolak,Keraguan,Obat")
    assert "2018,63,A,ya,\"nomor '12a/HAM/2018': sisipan" in text
