"""Ten costly files in work, with the real engines: a letter dropped then gets its number and is read as ever."""

from __future__ import annotations

import os
import threading
import time
from contextlib import contextmanager

import pytest
from costly_files import costly_pdf
from offices import laid_out
from patience import PATIENCE, until
from scan_samples import letter_image

from pipeline.wiring import office_in

pytestmark = pytest.mark.slow

#: Ten times what is promised on a quiet machine: a number in less than two seconds.
SOON = 20.0


class Working:
    """An office whose service runs, with the real reader and press."""

    def __init__(self, folder) -> None:
        self.root = office_in(laid_out(folder))
        self.root.prepare()
        self.said: list[str] = []
        self.service = self.root.service(self.said.append, once=False)

    def drop(self, name: str, content: bytes) -> None:
        part = self.root.layout.inbox / f"{name}.part"
        part.write_bytes(content)
        part.rename(part.with_suffix(""))

    def drop_letter(self, name: str, *lines: str) -> float:
        """Drop a letter of one page; return when."""
        path = self.root.layout.root / name
        letter_image(lines=("Kepada Yth. Kepala Kantor Wilayah", *lines)).save(path, "PDF", resolution=150)
        begun = time.monotonic()
        self.drop(name, path.read_bytes())
        return begun

    def hears(self, words: str) -> bool:
        return any(words in line for line in list(self.said))

    def in_turns(self) -> int:
        """How many files take turns in the slow lane."""
        return sum("bergiliran" in str(stage) for stage in self.root.board.stages().values())


@contextmanager
def working(folder):
    office = Working(folder)
    thread = threading.Thread(target=office.service.run, kwargs={"once": False})
    thread.start()
    try:
        until(lambda: office.service.intake.inbox.fault == "" and office.root.layout.run_lock.exists())
        yield office
    finally:
        office.service.stopping.set()
        office.service.intake.bell.ring()
        thread.join(PATIENCE)
    assert not thread.is_alive()


def test_with_ten_costly_files_in_work_a_letter_has_its_number_at_once_and_is_read(tmp_path, record_property):
    with working(tmp_path / "kantor") as office:
        office.drop_letter("pemanasan.pdf", "Hal: Pengaduan pertama")
        until(lambda: office.hears("2026/0001: selesai") or office.hears("0001: selesai"))
        for n in range(10):
            office.drop(f"berat-{n}.pdf", costly_pdf(500, mark=str(n)))
        for name, size in (("60-gb.pdf", 60 * 10**9), ("1-tb.pdf", 10**12)):
            office.drop(name, b"%PDF-1.7\n")
            os.truncate(office.root.layout.inbox / name, size)
        until(lambda: office.in_turns() == 10)

        took = []
        for n in range(5):
            begun = office.drop_letter(f"surat-{n}.pdf", f"Hal: Pengaduan ke-{n}")
            until(lambda name=f"surat-{n}.pdf →": office.hears(name))
            took.append(time.monotonic() - begun)
        until(lambda: sum("selesai" in line for line in office.said) == 6)
        read = time.monotonic() - begun

        assert office.in_turns() == 10, "none of them is through: they took turns all the while"
    print("numbered after", [round(seconds, 2) for seconds in took], "the last read after", round(read, 1))
    assert max(took) < SOON
    assert {"60-gb.pdf", "1-tb.pdf"} <= {path.name for path in (tmp_path / "kantor" / "inbox" / "ditolak").iterdir()}
