"""What every inbox, account, board, bell, memory of attempts and place for uploads must do, fake or real."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from fakes import MORNING
from inbox_fakes import FakeAccount, FakeAttempts, FakeBell, FakeBoard, FakeInbox, FakeUploads

from pipeline.archive.store.attempts import Attempts
from pipeline.cases.ports import content
from pipeline.errors import NotFound, Passing, Refused
from pipeline.intake.account import AccountPart, GoneBack, Settled, State, Taken
from pipeline.intake.engines.watching import Bell
from pipeline.intake.ports import Stage
from pipeline.intake.progress import ProgressBoard
from pipeline.intake.store.inbox import Inbox
from pipeline.intake.store.ledger import Ledger
from pipeline.intake.store.postgres_ledger import PostgresLedger
from pipeline.intake.store.uploads import UploadFolder

CLAIM = "0123456789abcdef"
#: Bytes that a file may have to be read.
MOST = 100


class FolderInbox(Inbox):
    """The inbox on a disk, with what tests do to it."""

    def __init__(self, folder):
        super().__init__(folder, folder.parent / "salinan")
        self.folder = folder
        self.prepare()

    def drop(self, path, content):
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).write_bytes(content)

    def write(self, path, content):
        self.drop(path, content)

    def write_taken(self, claim_id, content):
        self._path(claim_id).write_bytes(content)

    def take_away(self, claim_id):
        self._path(claim_id).unlink()

    def contents(self):
        files = (p for p in self.folder.rglob("*") if p.is_file() and p.suffix != ".txt")
        found = {p.relative_to(self.folder).as_posix(): p.read_bytes() for p in sorted(files)}
        return {path: content for path, content in found.items() if not path.startswith(".diambil/")}

    def _path(self, claim_id):
        return next(p for p in (self.folder / ".diambil" / claim_id).rglob("*") if p.is_file())


@pytest.fixture(params=["in memory", "on a disk"])
def inbox(request, tmp_path):
    return FakeInbox() if request.param == "in memory" else FolderInbox(tmp_path / "inbox")


def taken(inbox, path="scan.pdf", content=b"Surat", claim_id=CLAIM):
    """Drop a file and take it; return its claim."""
    inbox.drop(path, content)
    file = next(file for file in inbox.files() if file.path == path)
    assert inbox.take(file, claim_id)
    return inbox.opened(file, claim_id, MOST)


def test_a_file_is_looked_at_as_it_is_now_and_stays_where_it_lies(inbox):
    inbox.drop("a.pdf", b"Surat")
    (file,) = inbox.files()

    copied = inbox.copied(file, MOST)
    inbox.write("a.pdf", b"Surat lain")

    assert (content(copied), copied.name) == (b"Surat", "a.pdf")
    with pytest.raises(Refused):
        inbox.copied(file, 1)
    assert [each.path for each in inbox.files()] == ["a.pdf"]
    with pytest.raises(NotFound):
        inbox.copied(replace(file, path="b.pdf"), MOST)


def test_a_link_is_not_followed_to_be_looked_at(tmp_path):
    inbox = FolderInbox(tmp_path / "inbox")
    (tmp_path / "rahasia.pdf").write_bytes(b"Isi lain")
    inbox.drop("a.pdf", b"Surat")
    (file,) = inbox.files()
    (inbox.folder / "a.pdf").unlink()
    (inbox.folder / "a.pdf").symlink_to(tmp_path / "rahasia.pdf")

    with pytest.raises(NotFound):
        inbox.copied(file, MOST)


def test_what_was_dropped_is_listed_with_what_is_no_letter(inbox):
    inbox.drop("b.pdf.part", b"x")
    inbox.drop("pos/a.pdf", b"Surat")

    part, letter = sorted(inbox.lying(), key=lambda file: file.path)
    assert (part.path, bool(part.why)) == ("b.pdf.part", True)
    assert (letter.name, letter.shown, letter.size, letter.why) == ("a.pdf", "pos/a.pdf", 5, "")
    assert letter.arrived > 0
    assert inbox.files() == [letter]


def test_a_taken_file_is_out_of_reach_under_its_claim(inbox):
    claim = taken(inbox, "2026-0007/bukti.pdf")

    assert inbox.lying() == []
    assert [(claim_id, file.name) for claim_id, file in inbox.taken().items()] == [(CLAIM, "bukti.pdf")]
    assert (claim.id, claim.folder, claim.blob.name, claim.blob.size) == (CLAIM, "2026-0007", "bukti.pdf", 5)
    assert claim.blob.sha256 == hashlib.sha256(b"Surat").hexdigest()


def test_a_file_that_is_another_by_now_is_not_taken(inbox):
    inbox.drop("scan.pdf", b"Surat")
    (seen,) = inbox.files()
    inbox.write("scan.pdf", b"Surat lain")

    assert not inbox.is_there(seen)
    assert not inbox.take(seen, CLAIM)
    assert inbox.contents() == {"scan.pdf": b"Surat lain"}
    assert inbox.taken() == {}


def test_a_file_changed_while_it_was_taken_is_put_back(inbox):
    inbox.drop("scan.pdf", b"Surat")
    (seen,) = inbox.files()
    inbox.take(seen, CLAIM)
    inbox.write_taken(CLAIM, b"Surat yang panjang")

    assert inbox.opened(seen, CLAIM, MOST) is None

    assert inbox.contents() == {"scan.pdf": b"Surat yang panjang"}


def test_a_claim_is_the_same_after_a_crash(inbox):
    claim = taken(inbox, "2026-0007/scan.pdf")

    again = inbox.reclaim(CLAIM, MOST)

    assert (again.id, again.folder, again.blob.sha256) == (claim.id, claim.folder, claim.blob.sha256)
    with pytest.raises(Passing):
        inbox.reclaim("fedcba9876543210", MOST)


def test_the_mark_of_a_file_stays_with_it_wherever_it_goes(inbox):
    inbox.drop("scan.pdf", b"Surat")
    (seen,) = inbox.files()
    inbox.take(seen, CLAIM)
    claim = inbox.opened(seen, CLAIM, MOST)
    assert inbox.mark(claim) == seen.mark

    place = inbox.set_aside(claim, "BERKAS\n")

    assert inbox.lies_at(place, seen.mark)
    assert not inbox.lies_at("ditolak/lain.pdf", seen.mark)
    assert [file.mark for file in inbox.refused()] == [seen.mark]


def test_a_file_put_back_covers_no_other(inbox):
    claim = taken(inbox)
    inbox.drop("scan.pdf", b"Surat lain")

    inbox.put_back(claim)

    assert inbox.contents() == {"scan.pdf": b"Surat lain", "scan (2).pdf": b"Surat"}
    assert inbox.taken() == {}


def test_where_a_refused_file_will_lie_is_told_before_it_goes_there(inbox):
    claim, told = taken(inbox), []

    place = inbox.set_aside(claim, "BERKAS\n", lambda place: told.append((place, list(inbox.taken()))))

    assert told == [(place, [CLAIM])]
    assert [file.path for file in inbox.refused()] == [place] == ["ditolak/scan.pdf"]
    assert inbox.files() == []


def test_a_refused_file_goes_back_to_be_taken_from_a_folder(inbox):
    inbox.set_aside(taken(inbox), "BERKAS\n")
    (aside,) = inbox.refused()

    assert inbox.relocate(aside, "2026-0007") == "2026-0007/scan.pdf"

    assert [file.path for file in inbox.files()] == ["2026-0007/scan.pdf"]
    assert inbox.refused() == []
    with pytest.raises(NotFound):
        inbox.relocate(aside)


def test_a_file_that_came_to_its_end_is_nowhere(inbox):
    claim = taken(inbox)

    inbox.done(claim)
    inbox.done(claim)

    assert (inbox.taken(), inbox.contents()) == ({}, {})


def test_a_file_that_somebody_took_away_or_wrote_to_is_told(inbox):
    claim = taken(inbox)
    assert (inbox.was_taken_away(claim), inbox.is_as_claimed(claim)) == (False, True)

    inbox.write_taken(CLAIM, b"lain")
    assert not inbox.is_as_claimed(claim)

    inbox.take_away(CLAIM)
    assert inbox.was_taken_away(claim)
    with pytest.raises(FileNotFoundError):
        inbox.mark(claim)


def test_whether_a_file_has_its_end_is_seen_in_its_bytes(inbox):
    assert inbox.has_end(taken(inbox, "a.pdf", b"%PDF-1.7\nrusak\n%%EOF\n"))
    assert not inbox.has_end(taken(inbox, "b.pdf", b"%PDF-1.7\nterpoton", "fedcba9876543210"))


@pytest.fixture(params=["in memory", "on a disk", "postgres"])
def account(request, tmp_path):
    if request.param == "postgres":
        return PostgresLedger(request.getfixturevalue("central_office")[0])
    if request.param == "in memory":
        return FakeAccount()
    return Ledger(tmp_path / "arsip" / "akun", tmp_path / "kunci", tmp_path / "sampai")


TAKEN = Taken(CLAIM, "surat.pdf", 5, "0" * 64, "1-2-3", MORNING)


def test_an_account_has_what_was_noted(account, tmp_path):
    (tmp_path / "arsip").mkdir()
    account.note(TAKEN)
    account.note(Settled(TAKEN, (AccountPart(State.REGISTERED, "2026/0007"),), MORNING))
    waiting = replace(TAKEN, claim="fedcba9876543210", mark="4-5-6")
    account.note(waiting)

    for found in (account.account(MORNING), account.everything()):
        assert {claim: entry.state for claim, entry in found.entries.items()} == {
            CLAIM: State.REGISTERED,
            waiting.claim: State.WAITING,
        }

    account.note(GoneBack(waiting.claim, MORNING))
    assert list(account.account(MORNING).entries) == [CLAIM]


@pytest.fixture(params=["fake", "in one process"])
def board(request):
    return FakeBoard() if request.param == "fake" else ProgressBoard()


def test_a_board_shows_what_is_in_work_and_its_version_grows_with_every_change(board):
    versions = [board.version]
    for change in (
        lambda: board.show("a1", Stage("membaca", 1, 2)),
        lambda: board.show("a1", Stage("membaca", 2, 2)),
        lambda: board.clear("a1"),
        board.touch,
    ):
        change()
        versions.append(board.version)

    assert versions == sorted(set(versions))
    assert board.stages() == {}
    assert board.wait(versions[0], 0) == versions[-1]


def test_what_changes_nothing_on_a_board_wakes_nobody(board):
    board.show("a1", Stage("membaca", 1, 2))
    seen = board.version

    board.show("a1", Stage("membaca", 1, 2))
    board.clear("b2")

    assert (board.version, board.wait(seen, 0)) == (seen, seen)
    assert board.stages() == {"a1": Stage("membaca", 1, 2)}


@pytest.fixture(params=["fake", "of the system"])
def bell(request, tmp_path):
    return FakeBell() if request.param == "fake" else Bell(tmp_path)


def test_a_bell_that_was_rung_lets_nobody_wait_until_it_is_silenced(bell):
    bell.ring()

    bell.wait(600)
    assert bell.closed() == set()


@pytest.fixture(params=["in memory", "on a disk"])
def attempts(request, tmp_path):
    return FakeAttempts() if request.param == "in memory" else Attempts(tmp_path)


def test_attempts_count_how_often_a_work_was_cut_off_until_they_are_forgotten(attempts):
    assert [attempts.begin(CLAIM, "terima").cut_off for _ in range(3)] == [0, 1, 2]
    assert attempts.begin("lain", "terima").cut_off == 0

    attempts.forget(CLAIM)

    assert attempts.begin(CLAIM, "terima").cut_off == 0


class FolderUploads(UploadFolder):
    """Uploads on a disk, with what tests look at."""

    def __init__(self, folder):
        super().__init__(folder)
        self.folder = folder

    @property
    def landed(self):
        files = (p for p in self.folder.rglob("*") if p.is_file() and p.suffix != ".part")
        return {str(p.relative_to(self.folder)): p.read_bytes() for p in files}

    @property
    def unfinished(self):
        return [p for p in self.folder.iterdir() if p.suffix == ".part"]


@pytest.fixture(params=["in memory", "on a disk"])
def uploads(request, tmp_path):
    found = FakeUploads() if request.param == "in memory" else FolderUploads(tmp_path / "unggahan")
    found.prepare()
    return found


def sent(uploads, *chunks):
    writing = uploads.begin("surat.pdf")
    for chunk in chunks:
        writing.write(memoryview(chunk))
    return writing


def test_a_file_that_was_sent_whole_lands_under_its_name_or_one_like_it(uploads):
    first, second = (sent(uploads, b"Surat ", content).finished("berkas") for content in (b"A", b"B"))
    assert (first.field, first.name, first.size) == ("berkas", "surat.pdf", 7)
    assert first.sha256 == first.blob.sha256 == hashlib.sha256(b"Surat A").hexdigest()
    assert uploads.landed == {}

    assert [first.land(), second.land()] == ["surat.pdf", "surat (2).pdf"]

    assert uploads.landed == {"surat.pdf": b"Surat A", "surat (2).pdf": b"Surat B"}
    first.discard()
    assert len(uploads.landed) == 2


def test_a_file_that_was_sent_for_a_case_lands_in_its_folder(uploads):
    first, second = (sent(uploads, b"Bukti ", content).finished("berkas") for content in (b"A", b"B"))

    assert [first.land("2026-0007"), second.land("2026-0007")] == ["surat.pdf", "surat (2).pdf"]

    assert uploads.landed == {"2026-0007/surat.pdf": b"Bukti A", "2026-0007/surat (2).pdf": b"Bukti B"}
    assert list(uploads.unfinished) == []


def test_a_file_that_was_sent_knows_what_it_lacks(uploads):
    cut = sent(uploads, b"%PDF-1.7 terpotong di tengah").finished("berkas")

    assert cut.gap == "penutup PDF (%%EOF) tidak ada"
    assert sent(uploads, b"Surat yang bukan PDF, lengkap").finished("berkas").gap == ""


def test_of_files_that_were_not_put_in_place_nothing_is_left(uploads):
    sent(uploads, b"terpoton").discard()
    sent(uploads, b"Surat").finished("berkas").discard()
    assert len(uploads.unfinished) == 0

    sent(uploads, b"dimatikan di tengah jal")
    uploads.sweep()

    assert len(uploads.unfinished) == 0
    assert uploads.landed == {}
