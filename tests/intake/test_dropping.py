"""Files that somebody sent: the whole ones land, the others are told at once."""

from __future__ import annotations

from fakes import MORNING
from inbox_fakes import FakeAccount, FakeUploads

from pipeline.cases.actor import Actor
from pipeline.cases.deliveries import DESK
from pipeline.intake.dropping import NotTaken, dropped


def sent(uploads, name, content):
    writing = uploads.begin(name)
    writing.write(memoryview(content))
    return writing.finished("berkas")


def test_a_file_cut_in_the_middle_is_refused_at_once_and_the_others_land():
    uploads = FakeUploads()
    files = [
        sent(uploads, "utuh.pdf", b"%PDF-1.7 Surat %%EOF"),
        sent(uploads, "potong.pdf", b"%PDF-1.7 Sur"),
        sent(uploads, "kosong.pdf", b""),
    ]

    account = FakeAccount()
    found = dropped(files, Actor("", "siti").delivery(DESK, MORNING), account)

    assert list(uploads.landed) == ["utuh.pdf"]
    assert [name for name, _ in found.landed] == ["utuh.pdf"]
    assert found.not_taken == (
        NotTaken("potong.pdf", "tidak utuh: penutup PDF (%%EOF) tidak ada"),
        NotTaken("kosong.pdf", "kosong"),
    )
