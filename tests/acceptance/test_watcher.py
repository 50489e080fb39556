"""What scanners, shares and people do to an inbox, second by second, on a real disk with a clock that is set by hand.

Files are real PNGs, proved whole as in a real run; engines are fakes.
"""

from __future__ import annotations

import errno
import io
import os
import threading

import pytest
from fakes import FakeReader
from offices import FakeOffice
from patience import PATIENCE, until
from PIL import Image
from test_inbox_account import account, counted

from pipeline.errors import Busy, SettingsFault
from pipeline.intake.at_rest import Patience
from pipeline.scans.formats.wholeness import whole
from pipeline.storage import disk


def letter(text: str) -> bytes:
    """Return a whole PNG that differs from any other."""
    out = io.BytesIO()
    image = Image.new("L", (40, 40), sum(text.encode()) % 255)
    image.putpixel((0, 0), len(text))
    image.save(out, "PNG", pnginfo=_named(text))
    return out.getvalue()


def _named(text):
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_text("isi", text * 20)
    return info


class Watched:
    """An office's inbox, looked at when the test says so."""

    def __init__(self, office: FakeOffice) -> None:
        office.gap = lambda path: whole(path).why
        self.office, self.now, self.said = office, 0.0, []
        self.intake = office.service(self.said.append).intake
        self.intake.settling.patience = Patience(closed=0.15, quiet=2, incomplete=600)
        self.intake.clock = lambda: self.now
        self.folder = office.root.layout.inbox

    def look(self, at: float, *, finish: bool = True) -> list[str]:
        """Look at this second, see to the end what was begun, and return which letters have a number by now."""
        self.now = at
        self.intake.turn()
        while finish and self.intake._at_work:
            self.intake.bell.wait(PATIENCE)
            self.intake.turn()
        return self.registered()

    def registered(self) -> list[str]:
        return [e["name"] for e in account(self.office)["entries"] if e["state"] == "registered"]

    def originals(self) -> list[bytes]:
        return [self.office.file(n, "01-surat.pdf") for n in sorted(self.office.root.cabinet.numbers())]


@pytest.fixture
def watched(office):
    watched = Watched(office)
    yield watched
    watched.intake.stop(PATIENCE)


def test_a_file_half_written_at_the_start_is_waited_for(watched):
    whole_letter = letter("A")
    path = watched.office.drop("a.png", whole_letter[:60])
    assert watched.look(0) == watched.look(2) == watched.look(500) == []
    assert "belum sampai akhir" in account(watched.office)["entries"][0]["detail"]

    path.write_bytes(whole_letter)

    assert watched.look(501) == watched.look(502.9) == []
    assert watched.look(503) == ["a.png"]
    assert watched.originals() == [whole_letter]


def test_an_empty_placeholder_filled_later_is_one_letter(watched):
    path = watched.office.drop("a.png", b"")
    assert watched.look(0) == watched.look(300) == []
    assert "kosong" in account(watched.office)["entries"][0]["detail"]

    path.write_bytes(letter("A"))

    watched.look(301)
    assert watched.look(303) == ["a.png"]
    assert counted(watched.office, registered=1)


def test_pauses_between_chunks_are_waited_through(watched):
    whole_letter = letter("A")
    chunk = len(whole_letter) // 7
    for n in range(6):
        with open(watched.folder / "a.png", "ab") as writer:
            writer.write(whole_letter[n * chunk : (n + 1) * chunk])
        assert watched.look(n * 30) == watched.look(n * 30 + 29) == []

    with open(watched.folder / "a.png", "ab") as writer:
        writer.write(whole_letter[6 * chunk :])

    watched.look(180)
    assert watched.look(182) == ["a.png"]
    assert watched.originals() == [whole_letter]


def test_a_place_kept_free_with_zeros_and_filled_later_is_one_letter(watched):
    whole_letter = letter("A")
    path = watched.office.drop("a.png", b"\0" * len(whole_letter))
    assert watched.look(0) == watched.look(30) == []

    with open(path, "r+b") as writer:
        writer.write(whole_letter[:50])
    assert watched.look(31) == watched.look(60) == []
    with open(path, "r+b") as writer:
        writer.write(whole_letter)

    watched.look(61)
    assert watched.look(63) == ["a.png"]
    assert watched.originals() == [whole_letter]


@pytest.mark.parametrize("name", ["a.png.part", "~$a.png", ".a.png", "a.png.crdownload"])
def test_a_file_written_under_another_name_is_taken_when_it_gets_its_own(watched, name):
    path = watched.office.drop(name, letter("A"))
    assert watched.look(0) == watched.look(100) == []

    path.rename(watched.folder / "a.png")

    watched.look(101)
    assert watched.look(103) == ["a.png"]
    assert counted(watched.office, registered=1)


def test_a_folder_moved_in_is_taken_file_by_file_and_goes(watched, tmp_path):
    for name in ("satu.png", "dalam/dua.png"):
        (tmp_path / "pos" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "pos" / name).write_bytes(letter(name))

    (tmp_path / "pos").rename(watched.folder / "pos")

    watched.look(0)
    assert sorted(watched.look(2)) == ["dua.png", "satu.png"]
    assert not (watched.folder / "pos").exists()


def test_a_name_used_again_while_the_first_is_in_work_is_another_letter(watched, monkeypatch):
    inspect, released = FakeReader.inspect, threading.Event()

    def slow(self, blob):
        assert released.wait(PATIENCE)
        return inspect(self, blob)

    monkeypatch.setattr(FakeReader, "inspect", slow)
    watched.office.drop("scan.png", letter("A"))
    watched.look(0)
    watched.look(2, finish=False)
    until(lambda: not (watched.folder / "scan.png").exists())

    watched.office.drop("scan.png", letter("B"))
    watched.look(3, finish=False)
    watched.look(5, finish=False)
    until(lambda: account(watched.office)["totals"]["waiting"] == 2)  # one may be on its way out of the folder
    assert counted(watched.office, waiting=2)
    released.set()

    assert watched.look(6) == ["scan.png", "scan.png"]
    assert watched.originals() == [letter("A"), letter("B")]


def test_a_file_replaced_after_it_was_looked_at_is_looked_at_anew(watched):
    path = watched.office.drop("a.png", letter("lama"))
    watched.look(0)
    take, once = watched.office.inbox.take, []

    def scanner_is_faster(file, claim_id):
        if not once:
            once.append(watched.office.drop(".baru", letter("baru")))
            once[0].replace(path)
        return take(file, claim_id)

    watched.office.inbox.take = scanner_is_faster
    assert watched.look(2) == []

    assert watched.look(4) == ["a.png"]
    assert watched.originals() == [letter("baru")]
    assert counted(watched.office, registered=1)


def test_a_writer_who_still_holds_a_taken_file_gets_it_back_and_it_is_waited_for(watched, monkeypatch):
    inspect, once = FakeReader.inspect, []

    def written_meanwhile(self, blob):
        if not once:
            with open(blob.lies, "r+b") as writer:
                once.append(writer.write(letter("akhir")))
        return inspect(self, blob)

    monkeypatch.setattr(FakeReader, "inspect", written_meanwhile)
    watched.office.drop("a.png", letter("awal"))
    watched.look(0)

    assert watched.look(2) == []
    assert counted(watched.office, waiting=1)
    assert [p.name for p in watched.office.inbox.files()] == ["a.png"]
    watched.look(3)
    assert watched.look(5) == ["a.png"]
    assert watched.originals() == [letter("akhir")]


def test_a_refusal_of_bytes_that_changed_meanwhile_does_not_count(watched, monkeypatch):
    inspect, once = FakeReader.inspect, []

    def written_meanwhile(self, blob):
        if not once:
            once.append(blob.lies.write_bytes(letter("akhir")))
        return inspect(self, blob)

    monkeypatch.setattr(FakeReader, "inspect", written_meanwhile)
    watched.office.drop("a.png", b"BAD: ini bukan surat")
    watched.look(0)
    watched.look(2)

    watched.look(3)
    assert watched.look(5) == ["a.png"]
    assert counted(watched.office, registered=1)


def test_a_file_deleted_in_mid_work_is_told_and_counted_and_the_others_go_on(watched, monkeypatch):
    inspect = FakeReader.inspect

    def deleted_meanwhile(self, blob):
        if blob.name == "a.png":
            blob.lies.unlink()
        return inspect(self, blob)

    monkeypatch.setattr(FakeReader, "inspect", deleted_meanwhile)
    watched.office.drop("a.png", letter("A"))
    watched.office.drop("b.png", letter("B"))
    watched.look(0)

    assert watched.look(2) == ["b.png"]
    assert counted(watched.office, registered=1, refused=1)
    assert watched.intake.settled
    assert any(line.startswith("a.png: Berkas diambil orang") for line in watched.said)


def test_an_inbox_that_vanishes_is_said_once_and_so_is_its_return(watched, tmp_path):
    watched.office.drop("a.png", letter("A"))
    watched.look(0)
    watched.folder.rename(tmp_path / "share")

    for at in range(1, 60):
        assert watched.look(at) == []
    assert watched.intake.stuck
    (tmp_path / "share").rename(watched.folder)
    watched.look(60)

    assert watched.look(62) == ["a.png"]
    assert [line.partition(" ")[2] for line in watched.said if "terlihat" in line] == [
        f"masuk {watched.folder} tidak terlihat: tidak ada.",
        "masuk terlihat lagi; berkas di dalamnya dikerjakan.",
    ]


def test_an_empty_folder_where_a_share_was_mounted_is_not_taken_for_the_inbox(watched, tmp_path):
    watched.folder.rename(tmp_path / "share")
    watched.folder.mkdir()
    watched.office.drop("lain.png", letter("lain"))

    assert watched.look(0) == watched.look(2) == []
    assert "tidak terlihat" in account(watched.office)["fault"]


def test_what_was_in_work_when_the_share_vanished_is_finished_when_it_is_back(watched, tmp_path, monkeypatch):
    inspect, once = FakeReader.inspect, []

    def gone(self, blob):
        if not once:
            once.append(watched.folder.rename(tmp_path / "share"))
        return inspect(self, blob)

    monkeypatch.setattr(FakeReader, "inspect", gone)
    watched.office.drop("a.png", letter("A"))
    watched.look(0)
    assert watched.look(2) == []
    (tmp_path / "share").rename(watched.folder)

    assert watched.look(400) == ["a.png"]
    assert counted(watched.office, registered=1)


def test_what_a_crash_left_in_hand_and_cannot_be_read_goes_back_and_is_waited_for_there_alone(office, monkeypatch):
    office.drop("a.png", letter("A"))
    office.claim()
    watched = Watched(FakeOffice(office.root.layout.root))

    with monkeypatch.context() as patch:
        patch.setattr(disk, "copy_open", unreadable)
        assert watched.look(0) == []
    watched.look(500)

    assert watched.look(502) == ["a.png"]
    watched.look(1000)
    assert watched.intake.settled
    watched.intake.stop(PATIENCE)


def unreadable(*_):
    raise OSError(errno.EIO, os.strerror(errno.EIO))


def test_what_the_system_does_not_tell_is_found_by_looking(watched):
    watched.intake.bell.on_any_event = lambda _event: None  # every native event is lost
    watched.office.drop("a.png", letter("A"))

    watched.look(0)

    assert watched.look(2) == ["a.png"]


def test_a_wall_clock_set_back_while_a_file_is_watched_changes_nothing(watched):
    path = watched.office.drop("a.png", letter("A"))
    os.utime(path, (2_000_000_000, 2_000_000_000))
    watched.look(0)
    os.utime(watched.office.drop("b.png", letter("B")), (0, 0))

    watched.look(2)

    assert sorted(watched.look(4)) == ["a.png", "b.png"]


@pytest.mark.parametrize("nested", ["inbox in archive", "archive in inbox", "the same"])
def test_an_inbox_and_an_archive_inside_one_another_are_refused_at_the_start(office, nested):
    layout = office.root.layout
    inner, outer = (layout.inbox, layout.archive) if nested != "archive in inbox" else (layout.archive, layout.inbox)
    target = outer / "dalam" if nested != "the same" else outer
    inner.rename(layout.root / "tadinya")
    target.mkdir(exist_ok=True)
    inner.symlink_to(target)

    with pytest.raises(SettingsFault, match="di dalam satu sama lain"):
        office.run_once()


def test_a_second_watcher_is_refused_and_the_first_goes_on(office):
    first = office.service()
    first.stopping.clear()
    thread = threading.Thread(target=lambda: first.run(once=False))
    thread.start()
    lock = office.root.layout.locks / "run"
    until(lambda: lock.exists() and lock.read_text().strip())

    with pytest.raises(Busy, match=str(os.getpid())):
        FakeOffice(office.root.layout.root).run_once()

    office.drop("a.pdf", b"Surat A")
    until(lambda: list(office.root.cabinet.numbers()))
    first.stopping.set()
    first.intake.bell.ring()
    thread.join(PATIENCE)
    assert counted(office, registered=1)
