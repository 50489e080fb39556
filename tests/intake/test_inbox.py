"""The inbox on a real disk: what is a letter, taking one out of reach of the scanner, never losing or covering one."""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import socket
import stat
from contextlib import suppress

import pytest
from recording import Cut, FullDisk, cut_at, path_of, record

from pipeline.archive.store.layout import Layout
from pipeline.errors import Passing
from pipeline.intake.outcomes import refusal_text
from pipeline.intake.store.inbox import Inbox
from pipeline.storage import disk
from pipeline.storage.disk_full import passing

NOTE = "BERKAS INI TIDAK DIDAFTARKAN\n\nSebab: rusak\n"


#: Bytes that a file may have to be read.
MOST = 100


def opened(folder):
    return Inbox(folder, folder.parent / "salinan")


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "inbox"


@pytest.fixture
def inbox(folder):
    inbox = opened(folder)
    inbox.prepare()
    return inbox


def drop(folder, name="scan.pdf", content=b"Surat"):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def seen(inbox, path):
    """Return the file at this path as it is listed."""
    return next(file for file in inbox.files() if inbox._folder / file.path == path)


def take(inbox, file):
    """Take a file as it was seen; None if it is another by now."""
    claim_id = secrets.token_hex(8)
    return inbox.opened(file, claim_id, MOST) if inbox.take(file, claim_id) else None


def claim(inbox, path):
    return take(inbox, seen(inbox, path))


def lying(inbox):
    return {inbox._folder / file.path for file in inbox.files()}


def names(folder):
    """Return what lies in a folder, by path under it."""
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if not p.is_dir())


def contents(folder):
    """Return the bytes of everything that lies in the inbox, wherever, except notes."""
    return sorted(p.read_bytes() for p in folder.rglob("*") if p.is_file() and not p.read_bytes().startswith(b"BERKAS"))


def test_files_are_listed_wherever_they_were_dropped_whole(inbox, folder):
    paths = {drop(folder, name) for name in ("b.pdf", "a.pdf", "map/c.pdf", "map/dalam/d.pdf", "dalam/ditolak/e.pdf")}

    assert lying(inbox) == paths


@pytest.mark.parametrize(
    "name",
    [
        ".tersembunyi.pdf",
        "~$surat.docx",
        "scan.pdf.part",
        "SCAN.PDF.PART",
        "x.tmp",
        "x.crdownload",
        "x.filepart",
        "x.partial",
        ".map/a.pdf",
        "~$map/a.pdf",
        "map.part/a.pdf",
        "ditolak/lama.pdf",
        ".diambil/1234/lama.pdf",
    ],
)
def test_what_is_somebodys_work_in_progress_or_done_with_is_not_listed(inbox, folder, name):
    drop(folder, name)

    assert inbox.files() == []


def test_fifos_sockets_and_links_are_no_letters_and_hold_nobody_up(inbox, folder, tmp_path, monkeypatch):
    outside = drop(tmp_path, "rahasia.pdf")
    (tmp_path / "luar").mkdir()
    drop(tmp_path / "luar")
    os.mkfifo(folder / "pipa.pdf")
    (folder / "tautan.pdf").symlink_to(outside)
    (folder / "putus.pdf").symlink_to(tmp_path / "tidak-ada")
    (folder / "map").symlink_to(tmp_path / "luar", target_is_directory=True)
    monkeypatch.chdir(folder)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("soket.pdf")

    assert inbox.files() == []


@pytest.mark.parametrize("becomes", ["fifo", "link", "folder", "nothing"])
def test_a_file_that_became_something_else_before_it_was_taken_is_left_alone(inbox, folder, tmp_path, becomes):
    path = drop(folder)
    file = seen(inbox, path)
    path.unlink()
    if becomes == "fifo":
        os.mkfifo(path)
    elif becomes == "link":
        path.symlink_to(drop(tmp_path, "rahasia.pdf"))
    elif becomes == "folder":
        path.mkdir()

    assert take(inbox, file) is None

    assert os.path.lexists(path) == (becomes != "nothing")
    assert os.listdir(folder / ".diambil") == []


def test_a_taken_file_is_out_of_the_scanners_reach_with_its_bytes_hashed(inbox, folder):
    path = drop(folder, content=b"Surat")

    taken = claim(inbox, path)

    assert not path.exists()
    assert (taken.blob.name, taken.blob.size) == ("scan.pdf", 5)
    assert taken.blob.sha256 == hashlib.sha256(b"Surat").hexdigest()
    with taken.blob.local() as where:
        assert where.read_bytes() == b"Surat"
    assert names(folder) == [f".diambil/{taken.id}/scan.pdf"]


def test_a_name_that_the_scanner_uses_again_is_another_file(inbox, folder):
    first = claim(inbox, drop(folder, content=b"Surat pertama"))
    second = claim(inbox, drop(folder, content=b"Surat kedua"))

    assert first.id != second.id
    assert contents(folder) == [b"Surat kedua", b"Surat pertama"]


@pytest.mark.parametrize("change", ["grew", "replaced", "same size"])
def test_a_file_that_is_no_longer_the_one_that_was_looked_at_is_not_taken(inbox, folder, change):
    path = drop(folder, content=b"Surat")
    file = seen(inbox, path)
    if change == "grew":
        path.write_bytes(b"Surat yang lebih panjang")
    elif change == "replaced":
        other = drop(folder, ".baru", b"Surat")
        os.utime(other, ns=(file.identity[3], file.identity[3]))
        other.replace(path)
    else:
        path.write_bytes(b"Lain!")
        os.utime(path, ns=(file.identity[3] + 1, file.identity[3] + 1))

    assert take(inbox, file) is None

    assert names(folder) == ["scan.pdf"]


def test_a_file_that_is_still_written_while_it_is_taken_goes_back_under_its_name(inbox, folder, monkeypatch):
    path = drop(folder, content=b"Surat")
    copy = disk.copy_open

    def written_meanwhile(taken, *rest):
        copied = copy(taken, *rest)
        with open(path_of(taken), "ab") as writer:
            writer.write(b" masih ditulis")
        return copied

    monkeypatch.setattr(disk, "copy_open", written_meanwhile)

    assert claim(inbox, path) is None

    assert names(folder) == ["scan.pdf"]
    assert path.read_bytes() == b"Surat masih ditulis"


def test_a_file_put_back_never_covers_the_one_that_took_its_name(inbox, folder):
    taken = claim(inbox, drop(folder, content=b"Surat lama"))
    drop(folder, content=b"Surat baru")

    inbox.put_back(taken)

    assert names(folder) == ["scan (2).pdf", "scan.pdf"]
    assert contents(folder) == [b"Surat baru", b"Surat lama"]


def test_not_even_when_its_name_is_taken_that_very_moment(inbox, folder, monkeypatch):
    taken = claim(inbox, drop(folder, content=b"Surat lama"))
    link, once = disk.link, []

    def scanner_is_faster(source, target):
        if not once:
            once.append(drop(folder, content=b"Surat baru"))
        link(source, target)

    monkeypatch.setattr(disk, "link", scanner_is_faster)

    inbox.put_back(taken)

    assert names(folder) == ["scan (2).pdf", "scan.pdf"]
    assert contents(folder) == [b"Surat baru", b"Surat lama"]


def test_a_refused_file_lies_beside_its_reason(inbox, folder):
    taken = claim(inbox, drop(folder, content=b"bukan surat"))

    where = inbox.set_aside(taken, NOTE)

    assert where == "ditolak/scan.pdf"
    assert (folder / where).read_bytes() == b"bukan surat"
    assert (folder / "ditolak" / "scan.pdf.txt").read_text() == NOTE
    assert os.listdir(folder / ".diambil") == []


@pytest.mark.parametrize("fault", [errno.EPERM, errno.ENOTSUP])
def test_a_share_that_knows_no_links_will_do(inbox, folder, monkeypatch, fault):
    def no_links(*_):
        raise OSError(fault, os.strerror(fault))

    monkeypatch.setattr(disk, "link", no_links)
    taken, other = claim(inbox, drop(folder, "a.pdf")), claim(inbox, drop(folder, "b.pdf"))

    inbox.put_back(taken)
    inbox.set_aside(other, NOTE)

    assert names(folder) == ["a.pdf", "ditolak/b.pdf", "ditolak/b.pdf.txt"]


def test_refused_files_of_one_name_are_all_kept_each_with_its_reason(inbox, folder):
    for n in range(3):
        inbox.set_aside(claim(inbox, drop(folder, content=f"bukan surat {n}".encode())), f"BERKAS ke-{n}\n")

    assert names(folder / "ditolak") == sorted(
        name + ending for name in ("scan.pdf", "scan (2).pdf", "scan (3).pdf") for ending in ("", ".txt")
    )
    assert (folder / "ditolak" / "scan (3).pdf.txt").read_text() == "BERKAS ke-2\n"


def test_a_reason_never_covers_a_refused_file_that_has_the_reasons_name(inbox, folder):
    inbox.set_aside(claim(inbox, drop(folder, "surat.pdf.txt", b"ditulis penduduk")), NOTE)
    inbox.set_aside(claim(inbox, drop(folder, "surat.pdf", b"rusak")), NOTE)

    assert contents(folder) == [b"ditulis penduduk", b"rusak"]
    assert names(folder / "ditolak") == [
        "surat (2).pdf",
        "surat (2).pdf.txt",
        "surat.pdf.txt",
        "surat.pdf.txt.txt",
    ]


def test_a_file_moved_back_and_refused_again_has_its_new_reason_beside_it(inbox, folder):
    aside = inbox.set_aside(claim(inbox, drop(folder)), NOTE)
    (folder / aside).rename(folder / "scan.pdf")

    inbox.set_aside(claim(inbox, folder / "scan.pdf"), NOTE + "Sebab lain\n")

    assert names(folder / "ditolak") == ["scan.pdf", "scan.pdf.txt"]
    assert (folder / "ditolak" / "scan.pdf.txt").read_text().endswith("Sebab lain\n")


LONG = [
    "s" * 251 + ".pdf",
    "s" * 255,
    "é" * 125 + ".pdf",
    "surat." + "x" * 249,
    "s" * 250 + ".jpeg",
]


@pytest.mark.parametrize("name", LONG)
def test_names_as_long_as_the_disk_allows_can_be_taken_put_back_and_refused(inbox, folder, name):
    taken = claim(inbox, drop(folder, name))
    drop(folder, name, b"lain")
    inbox.put_back(taken)
    assert len(inbox.files()) == 2

    for path in sorted(lying(inbox)):
        inbox.set_aside(claim(inbox, path), NOTE + path.name)

    assert contents(folder) == [b"Surat", b"lain"]
    assert len(names(folder / "ditolak")) == 4


def test_long_names_that_begin_alike_keep_their_own_reasons(inbox, folder):
    for ending in "ab":
        inbox.set_aside(claim(inbox, drop(folder, "s" * 254 + ending)), NOTE + ending)

    notes = [p.read_text()[-1] for p in (folder / "ditolak").iterdir() if p.name.endswith(".txt")]
    assert sorted(notes) == ["a", "b"]
    assert len(names(folder / "ditolak")) == 4


@pytest.mark.parametrize("raw", [b"surat-\xe9l\xe8ve.pdf", b"\xff" * 200, b"a\nb\x1b[31m.pdf"])
def test_names_that_are_not_utf8_are_taken_and_refused_all_the_same(inbox, folder, raw):
    path = folder / os.fsdecode(raw)
    path.write_bytes(b"Surat")

    taken = claim(inbox, path)
    taken.blob.name.encode()
    inbox.set_aside(taken, NOTE)

    assert contents(folder) == [b"Surat"]
    assert len(names(folder / "ditolak")) == 2


def test_a_finished_file_is_gone_and_doing_it_again_is_no_fault(inbox, folder):
    taken = claim(inbox, drop(folder))

    inbox.done(taken)
    inbox.done(taken)

    assert names(folder) == []
    assert os.listdir(folder / ".diambil") == []


def test_what_was_taken_before_a_crash_is_taken_up_again_in_the_order_it_was_written(inbox, folder):
    """Several threads take files, so the order of taking says nothing."""
    for age, name in ((50, "kedua.pdf"), (1, "ketiga.pdf"), (100, "pertama.pdf")):
        path = drop(folder, name)
        os.utime(path, (1_000_000 - age, 1_000_000 - age))
        claim(inbox, path)

    again = opened(folder)
    again.prepare()

    assert [p.name for p in again.taken().values()] == ["pertama.pdf", "kedua.pdf", "ketiga.pdf"]
    assert again.files() == []


def test_a_claim_keeps_its_name_over_a_crash(inbox, folder):
    taken = claim(inbox, drop(folder))

    again = opened(folder).reclaim(taken.id, MOST)

    assert (again.id, again.blob.sha256) == (taken.id, taken.blob.sha256)


def test_the_folder_it_was_dropped_in_is_known_with_the_claim_also_after_a_crash(inbox, folder):
    taken = claim(inbox, drop(folder, "2026-0007/dalam/scan.pdf"))

    assert (taken.folder, taken.blob.name) == ("2026-0007", "scan.pdf")
    assert opened(folder).reclaim(taken.id, MOST).folder == "2026-0007"

    inbox.put_back(taken)

    assert names(folder) == ["2026-0007/scan.pdf"]
    assert not list((folder / ".diambil").iterdir())


def test_a_file_dropped_in_no_folder_names_none(inbox, folder):
    assert claim(inbox, drop(folder)).folder == ""


def test_a_leftover_that_cannot_be_read_goes_back_and_does_not_hold_up_the_others(inbox, folder, monkeypatch):
    claim(inbox, drop(folder, "rusak.pdf"))
    claim(inbox, drop(folder, "baik.pdf"))
    _unreadable(monkeypatch, "rusak.pdf")

    found = []
    for claim_id in inbox.taken():
        with suppress(Passing):
            found.append(inbox.reclaim(claim_id, MOST).blob.name)

    assert found == ["baik.pdf"]
    assert [path.name for path in inbox.files()] == ["rusak.pdf"]


def _unreadable(monkeypatch, name):
    copy = disk.copy_open

    def failing(source, *rest):
        if path_of(source).name == name:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return copy(source, *rest)

    monkeypatch.setattr(disk, "copy_open", failing)


def test_a_file_that_the_disk_cannot_read_stays_in_the_inbox(inbox, folder, monkeypatch):
    path = drop(folder)
    _unreadable(monkeypatch, "scan.pdf")

    with pytest.raises(Passing, match="tidak dapat diambil"):
        claim(inbox, path)

    assert names(folder) == ["scan.pdf"]


@pytest.mark.parametrize("effect", ["make_folder", "rename"])
@pytest.mark.parametrize("fault", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_an_inbox_that_cannot_be_written_keeps_its_files_until_it_can(inbox, folder, monkeypatch, effect, fault):
    path = drop(folder)

    def refused(*_):
        raise OSError(fault, os.strerror(fault))

    with monkeypatch.context() as patch:
        patch.setattr(disk, effect, passing(refused))
        with pytest.raises(Passing):
            claim(inbox, path)
    assert names(folder) == ["scan.pdf"]
    assert os.listdir(folder / ".diambil") == []

    assert claim(inbox, path) is not None


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_or_folder_holds_nobody_up(inbox, folder):
    unreadable, hidden = drop(folder, "a.pdf"), drop(folder, "map/b.pdf")
    good = drop(folder, "c.pdf")
    unreadable.chmod(0o000)
    hidden.parent.chmod(0o000)

    try:
        assert lying(inbox) == {unreadable, good}
        with pytest.raises(Passing, match="tidak diizinkan"):
            claim(inbox, unreadable)
        assert claim(inbox, good) is not None
        hidden.parent.chmod(0o600)
        assert lying(inbox) == {unreadable}
    finally:
        hidden.parent.chmod(0o700)


def test_folders_nested_deeper_than_a_program_can_count_hold_nobody_up(inbox, folder):
    good = drop(folder)
    deepest = str(folder)
    for _ in range(1500):
        deepest += "/d"
        os.mkdir(deepest)

    try:
        assert lying(inbox) == {good}
    finally:
        while deepest != str(folder):
            os.rmdir(deepest)
            deepest = deepest[:-2]


def test_an_inbox_that_vanished_is_empty_and_is_back_when_it_is_back(inbox, folder, tmp_path):
    path = drop(folder)
    folder.rename(tmp_path / "share-terputus")

    assert inbox.files() == []

    (tmp_path / "share-terputus").rename(folder)
    assert lying(inbox) == {path}


def test_the_folder_a_letter_came_in_goes_with_its_last_letter(inbox, folder):
    first, last = drop(folder, "map/dalam/a.pdf"), drop(folder, "map/dalam/b.pdf")

    claim(inbox, first)
    assert (folder / "map" / "dalam").is_dir()
    claim(inbox, last)

    assert not (folder / "map").exists()
    assert folder.is_dir()


def test_a_folder_with_something_else_in_it_stays(inbox, folder):
    letter, note = drop(folder, "map/a.pdf"), drop(folder, "map/.catatan")

    claim(inbox, letter)

    assert note.exists()


def test_taking_is_one_rename_and_one_copy_that_is_ours_alone(inbox, folder, monkeypatch):
    path = drop(folder)
    effects = record(monkeypatch, folder.parent)

    taken = claim(inbox, path)

    place = f"inbox/.diambil/{taken.id}"
    assert effects == [f"make_folder {place}", f"rename {place}/scan.pdf", f"copy_open salinan/masuk-{taken.id}"]
    with taken.blob.local() as copy:
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600


@pytest.mark.parametrize("cut", [1, 2, 3])
def test_cut_off_while_taking_the_file_is_in_exactly_one_place(inbox, folder, monkeypatch, cut):
    path = drop(folder)

    with cut_at(monkeypatch, cut), pytest.raises(Cut):
        claim(inbox, path)

    again = opened(folder)
    assert len(again.files()) + len(again.taken()) == 1
    assert contents(folder) == [b"Surat"]


@pytest.mark.parametrize("cut", range(1, 6))
def test_cut_off_while_refusing_doing_it_again_leaves_one_file_and_one_reason(inbox, folder, monkeypatch, cut):
    taken = claim(inbox, drop(folder))
    with cut_at(monkeypatch, cut), pytest.raises(Cut):
        inbox.set_aside(taken, NOTE)

    for claim_id in inbox.taken():
        inbox.set_aside(inbox.reclaim(claim_id, MOST), NOTE)

    assert names(folder) == ["ditolak/scan.pdf", "ditolak/scan.pdf.txt"]
    assert contents(folder) == [b"Surat"]


@pytest.mark.parametrize("effect", ["replace", "link", "remove", "remove_folder", "sync_folder"])
def test_a_full_disk_while_refusing_loses_nothing(inbox, folder, monkeypatch, effect):
    taken = claim(inbox, drop(folder))
    full = FullDisk(monkeypatch, 1, (effect,))

    with suppress(Passing):
        inbox.set_aside(taken, NOTE)
    for claim_id in inbox.taken():
        inbox.set_aside(inbox.reclaim(claim_id, MOST), NOTE)
    inbox.prepare()

    assert full.refused == 1
    assert os.listdir(folder / ".diambil") == []
    assert names(folder) == ["ditolak/scan.pdf", "ditolak/scan.pdf.txt"]


def test_a_reason_is_told_in_the_offices_words_with_file_and_time():
    from fakes import MORNING

    from pipeline.errors import Refused

    text = refusal_text(
        "scan.pdf", Refused("jenis", "Jenis ini tidak diterima.", "Kirim sebagai PDF."), MORNING, "ab12"
    )

    for part in (
        "scan.pdf",
        "25-11-2026 08.15 WIB",
        "Jenis ini tidak diterima.",
        "Kirim sebagai PDF.",
        "tidak diubah",
        "ab12",
    ):
        assert part in text


def test_a_file_that_is_too_large_is_not_read_whatever_is_done_with_it(inbox, folder, monkeypatch):
    def reads(*_):
        raise AssertionError("it was read")

    for reading in ("copy_open", "sha256_of", "copy_new"):
        monkeypatch.setattr(disk, reading, reads)
    monkeypatch.setattr("pipeline.intake.store.inbox.whole", reads)
    path = folder / "besar.pdf"
    path.touch()
    os.truncate(path, 2**40)
    assert inbox.gap("besar.pdf", MOST) == ""

    taken = claim(inbox, path)
    assert (taken.blob.size, taken.blob.sha256) == (2**40, "")
    assert inbox.is_as_claimed(opened(folder).reclaim(taken.id, MOST))

    assert inbox.set_aside(taken, NOTE) == "ditolak/besar.pdf"
    assert os.listdir(folder.parent / "salinan") == []


def test_of_a_file_that_came_to_its_end_no_copy_is_left(inbox, folder):
    first, second, third = (claim(inbox, drop(folder, f"{name}.pdf")) for name in "abc")
    assert len(os.listdir(folder.parent / "salinan")) == 3

    inbox.done(first)
    inbox.put_back(second)
    inbox.set_aside(third, NOTE)

    assert os.listdir(folder.parent / "salinan") == []


def test_copies_that_a_crash_left_go_with_the_next_start(inbox, folder):
    ended, waiting = claim(inbox, drop(folder, "a.pdf")), claim(inbox, drop(folder, "b.pdf"))
    ended.blob.lies.unlink()

    again = opened(folder)
    again.prepare()

    assert os.listdir(folder.parent / "salinan") == [f"masuk-{waiting.id}"]
    assert again.reclaim(waiting.id, MOST).blob.sha256 == waiting.blob.sha256


def test_what_is_written_through_an_open_descriptor_changes_nothing_of_what_was_taken(inbox, folder):
    path = drop(folder, content=b"Surat")
    with open(path, "r+b", buffering=0) as writer:
        taken = claim(inbox, path)
        writer.write(b"Lain!")

        with taken.blob.local() as copy:
            assert copy.read_bytes() == b"Surat"
        assert not inbox.is_as_claimed(taken)

        inbox.done(taken)

    assert path.read_bytes() == b"Lain!"  # another letter by now, and waited for


def test_no_room_for_the_copy_leaves_the_file_in_the_inbox(inbox, folder, monkeypatch):
    path = drop(folder)
    full = FullDisk(monkeypatch, 1, ("copy_open",))

    with pytest.raises(Passing):
        claim(inbox, path)

    assert full.refused == 1
    assert names(folder) == ["scan.pdf"]
    assert claim(inbox, path) is not None


def test_an_inbox_whose_share_comes_later_than_the_computer_is_waited_for(tmp_path):
    """Nobody is there after a power cut: the office comes up, and the rest of it works meanwhile."""
    layout = Layout(tmp_path / "kantor")
    layout.root.mkdir()
    layout.inbox.symlink_to(tmp_path / "share", target_is_directory=True)
    inbox = Inbox(layout.inbox, layout.staging)

    layout.prepare()
    with pytest.raises(Passing, match=r"inbox tidak terlihat: tidak ada"):
        inbox.prepare()
    (tmp_path / "share").mkdir()
    inbox.prepare()

    assert inbox.fault == ""
