"""A backup brings the whole office back as it was when the backup began, also when everybody was at work."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import threading

import pytest
from case_factory import document, recognised
from crash import likeness
from offices import FakeOffice
from recording import Cut, cut_at

from pipeline.backup.store import back_up as moments
from pipeline.backup.store.back_up import FOLDER, back_up, check_backup, moment
from pipeline.backup.store.restic import Restic
from pipeline.backup.store.restore import restore, settle
from pipeline.cases.case_number import CaseNumber
from pipeline.errors import ArchiveFault, Busy, EngineMissing, Interrupted, NotFound, Passing, SettingsFault, UsageFault
from pipeline.evidence.store.verify import verify_archive
from pipeline.wiring import Root

FIRST = CaseNumber(2026, 1)


def quiet(_done: int, _all: int) -> None:
    """Show nothing."""


def findings(root: Root):
    return verify_archive(root.layout, views=root.views, seal_key=root.keys.known("segel"))


def views_made_anew(folder) -> Root:
    root = Root(folder)
    root.rebuild()
    root.book.rebuild()
    root.index.rebuild(quiet)
    return root


def told_the_highest(folder) -> FakeOffice:
    """A restored office that was told that no number was given since the backup."""
    office = FakeOffice(folder)
    office.root.numbers.confirm(None, {}, "arsiparis", office.clock.now())
    return office


@pytest.fixture
def office(tmp_path):
    office = FakeOffice(tmp_path / "kantor")
    for letter in (b"Surat A", b"Surat B"):
        office.drop("scan.pdf", letter)
        office.run_once()
    office.clock.forward(days=1)
    office.run_once()
    return office


def kept(office, place):
    return back_up(
        office.root.layout, str(place), office.root.settings.backup, office.clock.now(), quiet, nothing_wrong
    )


def nothing_wrong(_since):
    return []


def test_an_office_that_burnt_down_comes_back_whole_in_an_empty_folder_and_goes_on(office, tmp_path, monkeypatch):
    (office.root.layout.inbox / "ditolak" / "lama.pdf").write_bytes(b"ditolak dahulu")
    office.drop("menunggu.pdf", b"Surat yang menunggu")
    before = likeness(office.root.layout.root)
    rows = office.root.book.rows()
    password = kept(office, tmp_path / "cadangan").password
    seal = office.root.seals.last()
    shutil.rmtree(office.root.layout.root)

    restore(str(tmp_path / "cadangan"), "latest", tmp_path / "baru", password, quiet, quiet)
    root = views_made_anew(tmp_path / "baru")

    assert findings(root) == []
    assert likeness(tmp_path / "baru") == before
    assert root.book.rows() == rows
    assert root.seals.last() == seal
    assert stat.S_IMODE((root.layout.keys / "segel").stat().st_mode) == 0o600
    with pytest.raises(Interrupted, match="yankomas nomor"):
        FakeOffice(tmp_path / "baru").run_once()
    again = told_the_highest(tmp_path / "baru")
    again.run_once()
    assert [str(c) for c in sorted(again.root.cabinet.numbers())] == ["2026/0001", "2026/0002", "2026/0003"]
    assert findings(again.root) == []
    assert kept(again, tmp_path / "cadangan").password == ""


def copied_meanwhile(office, target, busy) -> None:
    """Copy what a backup copies, as restic does, while ``busy`` goes on between any two files."""
    with moment(office.root.layout, office.clock.now()):
        for top in (FOLDER, "archive", "segel", ".kunci", "letter_templates", "office.toml"):
            path = office.root.layout.root / top
            files = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file())
            for file in files:
                busy()
                name = file.relative_to(office.root.layout.root)
                if file.exists() and not {".staging", ".locks", ".open", ".state"} & set(name.parts):
                    (target / name).parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy2(file, target / name)


@pytest.mark.parametrize("every", [1, 2, 5])
def test_a_backup_that_is_made_while_letters_come_in_holds_all_that_was_there_when_it_began(office, tmp_path, every):
    office.drop("kini.pdf", b"Surat di kotak masuk")
    rows = office.root.book.rows()
    steps = iter(range(10_000))

    def busy() -> None:
        step = next(steps)
        if step % (every * 7) == 0 and step < 200:
            office.drop(f"{step}.pdf", f"Surat {step}".encode())
            office.run_once()

    copied_meanwhile(office, tmp_path / "baru", busy)
    root = Root(tmp_path / "baru")
    root.prepare()
    settle(root.layout, quiet)
    root = views_made_anew(tmp_path / "baru")

    assert findings(root) == []
    assert root.book.rows() == rows
    again = told_the_highest(tmp_path / "baru")
    again.run_once()
    originals = {
        (again.root.layout.case(n) / "data" / "01-surat.pdf").read_bytes() for n in again.root.cabinet.numbers()
    }
    assert originals == {b"Surat A", b"Surat B", b"Surat di kotak masuk"}


def test_a_year_that_had_numbers_of_letters_alone_when_the_backup_began_gives_its_first_again(tmp_path):
    office = FakeOffice(tmp_path / "kantor")
    series = office.root.layout.series(2026)  # the letters of another service's case are numbered there
    series.parent.mkdir()
    series.write_text("1 2026~SM/0001 W.8-1\n")
    came = iter((b"Surat A",))

    def busy() -> None:
        for letter in came:
            office.drop("a.pdf", letter)
            office.run_once()

    copied_meanwhile(office, tmp_path / "baru", busy)
    settle(Root(tmp_path / "baru").layout, quiet)
    again = told_the_highest(tmp_path / "baru")
    assert again.root.numbers.last() is None
    again.drop("b.pdf", b"Surat B")
    again.run_once()

    assert [str(number) for number in again.root.cabinet.numbers()] == ["2026/0001"]


def test_a_seal_that_was_made_after_the_backup_began_is_not_in_it(office, tmp_path):
    seals = office.root.seals.everything()
    letters = iter([b"Surat hari ini", b"Surat esok"])

    def busy() -> None:
        if letter := next(letters, None):
            office.drop("scan.pdf", letter)
            office.run_once()
            office.clock.forward(days=1)

    copied_meanwhile(office, tmp_path / "baru", busy)
    assert len(office.root.seals.everything()) > len(seals)
    root = Root(tmp_path / "baru")
    root.prepare()
    settle(root.layout, quiet)
    root = views_made_anew(tmp_path / "baru")

    assert root.seals.everything() == seals
    assert findings(root) == []


@pytest.mark.slow
def test_restic_itself_at_work_beside_a_busy_office_loses_nothing_that_was_committed(office, tmp_path):
    over = threading.Event()

    def work() -> None:
        for n in range(400):
            if over.is_set():
                return
            office.drop(f"sibuk-{n}.pdf", f"Surat sibuk {n}".encode())
            office.run_once()

    worker = threading.Thread(target=work)
    worker.start()
    password = kept(office, tmp_path / "cadangan").password
    try:
        for n in range(3):
            committed = {(c, office.root.cabinet.case(c).head) for c in office.root.cabinet.numbers()}
            kept(office, tmp_path / "cadangan")
            restore(str(tmp_path / "cadangan"), "latest", tmp_path / f"baru{n}", password, quiet, quiet)
            root = views_made_anew(tmp_path / f"baru{n}")
            assert findings(root) == []
            for number, head in committed:
                assert head in [e.hash for e in root.cabinet.case(number).entries]
    finally:
        over.set()
        worker.join()


def test_an_append_that_is_half_done_when_the_backup_begins_is_in_it_whole(office, tmp_path, monkeypatch):
    event = recognised(documents=(document("09-tambahan.txt", b"isi"),))
    with cut_at(monkeypatch, 8), pytest.raises(Cut), office.root.cabinet.held(FIRST) as folder:
        # The journal has the line; nothing else knows of it.
        folder.append(event, {"09-tambahan.txt": b"isi"}, by="sistem", at=office.clock.now())

    copied_meanwhile(office, tmp_path / "baru", lambda: None)
    root = Root(tmp_path / "baru")
    root.prepare()
    settle(root.layout, quiet)

    assert (root.layout.case(FIRST) / "data" / "09-tambahan.txt").read_bytes() == b"isi"
    assert verify_archive(root.layout) == []


def test_files_of_the_inbox_are_frozen_wherever_they_lie_and_nothing_is_left_behind(office, tmp_path):
    inbox = office.root.layout.inbox
    (inbox / ".diambil" / "abc").mkdir()
    (inbox / ".diambil" / "abc" / "a.pdf").write_bytes(b"A")
    (inbox / "2026-0001").mkdir()
    (inbox / "2026-0001" / "b.pdf").write_bytes(b"B")

    with moment(office.root.layout, office.clock.now()):
        frozen = office.root.layout.root / moments.FROZEN_INBOX
        (inbox / "2026-0001" / "b.pdf").unlink()
        assert (frozen / ".diambil" / "abc" / "a.pdf").read_bytes() == b"A"
        assert (frozen / "2026-0001" / "b.pdf").read_bytes() == b"B"

    assert not (office.root.layout.root / FOLDER).exists()


def test_the_password_is_shown_once_kept_for_the_owner_alone_and_not_in_the_backup(office, tmp_path):
    place = tmp_path / "cadangan"
    first, second = kept(office, place), kept(office, place)

    file = office.root.layout.keys / "cadangan"
    assert (file.read_text(), second.password) == (first.password + "\n", "")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    command = ["restic", "--repo", str(place), "--password-file", str(file), "ls", "latest"]
    names = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "/archive/2026/0001/journal.jsonl" in names
    assert "/.kunci/segel" in names
    assert "/.kunci/cadangan" not in names


@pytest.mark.parametrize("where", ["archive", "segel/2026", ".kunci/lain"])
def test_a_backup_that_somebody_made_up_leads_to_no_other_office(office, tmp_path, where):
    password = kept(office, tmp_path / "cadangan").password
    before, made_up = likeness(office.root.layout.root), tmp_path / "rekaan"
    link, there = made_up / where, office.root.layout.archive
    link.parent.mkdir(parents=True)
    link.symlink_to(there)
    fence = made_up / moments.FENCE
    fence.parent.mkdir()
    fence.write_text(json.dumps({"at": office.clock.now().isoformat(), "changes": 0, "ledger": {}}))
    restic = Restic(str(tmp_path / "cadangan"), office.root.layout.root / moments.PASSWORD)
    restic.back_up(made_up, [where.partition("/")[0], FOLDER], [], quiet)

    with pytest.raises(ArchiveFault, match="tautan simbolik"):
        restore(str(tmp_path / "cadangan"), "latest", tmp_path / "baru", password, quiet, quiet)

    assert likeness(office.root.layout.root) == before
    assert not (tmp_path / "baru").exists()


def test_what_goes_wrong_with_a_backup_is_said_with_its_remedy(office, tmp_path, monkeypatch):
    place = tmp_path / "cadangan"
    password = kept(office, place).password
    check_backup(office.root.layout, str(place), quiet)

    with pytest.raises(NotFound, match="Tidak ada cadangan"):
        check_backup(office.root.layout, str(tmp_path / "lain"), quiet)
    with pytest.raises(NotFound, match="Tidak ada cadangan"):
        restore(str(tmp_path / "lain"), "latest", tmp_path / "baru", password, quiet, quiet)
    with pytest.raises(SettingsFault, match="Kata sandi cadangan salah"):
        restore(str(place), "latest", tmp_path / "baru", "salah", quiet, quiet)
    assert not (tmp_path / "baru" / ".kunci").exists()
    with pytest.raises(UsageFault, match="tidak kosong"):
        restore(str(place), "latest", office.root.layout.root, password, quiet, quiet)
    for inside in ("archive/cadangan", "archive/c:adangan", "archive/../inbox/x", ".gladi", ".gladi/cadangan"):
        with pytest.raises(UsageFault, match="di dalam yang dicadangkan"):
            kept(office, office.root.layout.root / inside)
    with pytest.raises(UsageFault, match="belum ditentukan"):
        kept(office, "")
    (office.root.layout.keys / "cadangan").unlink()
    with pytest.raises(SettingsFault, match="tidak ada di komputer ini"):
        kept(office, place)
    assert not (office.root.layout.keys / "cadangan").exists()
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EngineMissing, match="restic tidak terpasang"):
        kept(office, place)


@pytest.mark.parametrize(
    ("code", "said", "fault"),
    [
        (1, "Fatal: write /x: no space left on device", Passing),
        (11, "unable to create lock in backend: repository is already locked", Busy),
        (3, "error: open x: permission denied", ArchiveFault),
    ],
)
def test_what_restic_says_becomes_our_words(tmp_path, monkeypatch, code, said, fault):
    from pipeline.backup.store.restic import Restic

    (tmp_path / "bin").mkdir()
    script = tmp_path / "bin" / "restic"
    script.write_text(f"#!/bin/sh\ncase \"$*\" in *unlock*) exit 0;; esac\necho '{said}' >&2\nexit {code}\n")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")

    with pytest.raises(fault) as found:
        Restic(str(tmp_path), tmp_path / "sandi").make()

    assert found.value.remedy


def test_a_damaged_backup_is_found_by_its_check(office, tmp_path):
    place = tmp_path / "cadangan"
    kept(office, place)
    pack = max((p for p in (place / "data").rglob("*") if p.is_file()), key=lambda p: p.stat().st_size)
    pack.chmod(0o600)
    data = bytearray(pack.read_bytes())
    data[len(data) // 2] ^= 1
    pack.write_bytes(data)

    with pytest.raises(ArchiveFault, match="Cadangan rusak"):
        check_backup(office.root.layout, str(place), quiet)


def test_a_backup_with_less_than_its_fence_says_is_refused(office, tmp_path):
    copied_meanwhile(office, tmp_path / "baru", lambda: None)
    root = Root(tmp_path / "baru")
    root.layout.changes.write_bytes(root.layout.changes.read_bytes()[:-100])

    with pytest.raises(ArchiveFault, match="tidak lengkap"):
        settle(root.layout, quiet)


def test_a_folder_that_is_no_backup_is_refused(tmp_path):
    with pytest.raises(NotFound, match="bukan buatan"):
        settle(Root(tmp_path).layout, quiet)


def test_the_fence_says_how_far_everything_had_come(office):
    with moment(office.root.layout, office.clock.now()) as fence:
        noted = json.loads((office.root.layout.root / moments.FENCE).read_text())

    assert noted["changes"] == fence.changes == office.root.layout.changes.stat().st_size
