"""Native watching: what the system tells of the inbox rings the bell; what we do there ourselves does not."""

from __future__ import annotations

import errno
import os

import pytest
from patience import PATIENCE, until
from watchdog.events import (
    DirMovedEvent,
    FileClosedEvent,
    FileClosedNoWriteEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileOpenedEvent,
)

from pipeline.intake.engines.watching import Bell, Watch
from pipeline.intake.store.inbox import Inbox


@pytest.fixture
def folder(tmp_path):
    Inbox(tmp_path / "inbox", tmp_path / "salinan").prepare()
    return tmp_path / "inbox"


@pytest.fixture
def bell(folder):
    return Bell(folder)


@pytest.fixture
def watched(bell, folder):
    """The bell while the system watches the folder."""
    with Watch(bell, folder, native=True) as native:
        if not native:
            pytest.skip("this system cannot tell of changes")
        yield bell


def rings(bell, seconds=PATIENCE) -> bool:
    bell.wait(seconds)
    return bell._rung.is_set()


def heard_closing(bell, path) -> bool:
    """Listen until the file's closing is heard."""
    until(lambda: path.name in bell.closed())
    return True


def test_closing_a_written_file_rings_and_names_it(watched, folder):
    path = folder / "scan.pdf"

    path.write_bytes(b"Surat")

    assert heard_closing(watched, path)


def test_a_file_moved_in_rings_and_counts_as_closed(watched, folder, tmp_path):
    (tmp_path / "scan.pdf").write_bytes(b"Surat")

    (tmp_path / "scan.pdf").rename(folder / "scan.pdf")

    assert rings(watched)


def test_a_file_renamed_within_the_inbox_counts_as_closed_under_its_new_name(watched, folder):
    part = folder / "scan.pdf.part"
    part.write_bytes(b"Surat")
    assert heard_closing(watched, part)

    part.rename(folder / "scan.pdf")

    assert heard_closing(watched, folder / "scan.pdf")


def test_a_file_in_a_folder_made_later_is_heard_too(watched, folder):
    (folder / "map").mkdir()
    assert rings(watched)
    watched.closed()

    for n in range(20):
        (folder / "map" / f"{n}.pdf").write_bytes(b"Surat")

    assert rings(watched)


def test_asking_what_was_closed_silences_the_bell_and_forgets(bell, folder):
    bell.on_any_event(FileClosedEvent(str(folder / "a.pdf")))
    assert rings(bell, 0)

    assert bell.closed() == {"a.pdf"}

    assert not rings(bell, 0)
    assert bell.closed() == set()


@pytest.mark.parametrize(
    "event",
    [
        lambda f: FileCreatedEvent(f"{f}/a.pdf"),
        lambda f: FileModifiedEvent(f"{f}/a.pdf"),
        lambda f: FileDeletedEvent(f"{f}/a.pdf"),
        lambda f: DirMovedEvent(f"{f}/lama", f"{f}/baru"),
        lambda f: FileModifiedEvent(f"{f}/ditolak-lama/a.pdf"),
        lambda f: FileModifiedEvent(f"{f}/.diambil2/a.pdf"),
        lambda f: FileMovedEvent(f"{f}/ditolak/a.pdf", f"{f}/a.pdf"),
    ],
)
def test_anything_that_happens_to_the_inbox_rings(bell, folder, event):
    bell.on_any_event(event(folder))

    assert rings(bell, 0)


@pytest.mark.parametrize(
    "event",
    [
        lambda f: FileOpenedEvent(f"{f}/a.pdf"),
        lambda f: FileClosedNoWriteEvent(f"{f}/a.pdf"),
        lambda f: FileCreatedEvent(f"{f}/.diambil/1234/a.pdf"),
        lambda f: FileClosedEvent(f"{f}/ditolak/a.pdf.txt"),
        lambda f: FileModifiedEvent(f"{f}/ditolak"),
        lambda f: FileMovedEvent(f"{f}/a.pdf", f"{f}/.diambil/1234/a.pdf"),
    ],
)
def test_reading_a_file_and_what_we_do_ourselves_is_no_news(bell, folder, event):
    bell.on_any_event(event(folder))

    assert not rings(bell, 0)
    assert bell.closed() == set()


def test_a_file_moved_back_from_the_refused_ones_counts_as_closed(bell, folder):
    bell.on_any_event(FileMovedEvent(f"{folder}/ditolak/a.pdf", f"{folder}/a.pdf"))

    assert bell.closed() == {"a.pdf"}


def test_a_name_that_is_not_utf8_is_heard(bell, folder):
    name = os.fsdecode(b"surat-\xe9.pdf")

    bell.on_any_event(FileClosedEvent(f"{folder}/{name}"))

    assert bell.closed() == {name}


def test_taking_and_refusing_a_file_does_not_ring(watched, folder):
    inbox = Inbox(folder, folder.parent / "salinan")
    path = folder / "scan.pdf"
    path.write_bytes(b"Surat")
    assert heard_closing(watched, path)

    (file,) = inbox.files()
    assert inbox.take(file, "1234")
    inbox.set_aside(inbox.opened(file, "1234", 100), "BERKAS\n")
    marker = folder / "penanda.pdf"
    marker.write_bytes(b"x")

    heard = set()
    until(lambda: heard.update(watched.closed()) or marker.name in heard)
    assert heard == {marker.name}


def test_polling_does_not_ask_the_system(bell, folder):
    with Watch(bell, folder, native=False) as native:
        assert native is False

        (folder / "scan.pdf").write_bytes(b"Surat")

        assert not rings(bell, 0)


def test_where_the_system_cannot_tell_the_inbox_is_looked_at_regularly(bell, folder, caplog):
    watch = Watch(bell, folder, native=True)

    def exhausted(*_args, **_kwargs):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    watch._observer.schedule = exhausted
    with watch as native:
        assert native is False

    assert "diperiksa berkala" in caplog.text


def test_whoever_waits_can_be_woken(bell):
    bell.ring()

    assert rings(bell, 0)
