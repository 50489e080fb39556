"""Files sent to the desk: written as they come, in the inbox whole or not at all."""

from __future__ import annotations

import errno
import hashlib
import os

import pytest
from starlette.responses import PlainTextResponse
from web_desk import WebDesk

from pipeline.access.rights import Right
from pipeline.desk.gate import Pages
from pipeline.desk.lanes import Lane
from pipeline.desk.uploads import plain_name
from pipeline.intake.store.listing import listed


@pytest.fixture
def desk(tmp_path):
    """A desk with a page that puts what it is sent into the inbox, unless the form says ``tolak``."""
    desk = WebDesk(tmp_path / "kantor")
    pages = Pages()

    @pages.post("/coba", Right.INBOX, Lane.QUICK, uploads="inbox")
    def take(visit):
        inbox = visit.desk.root.layout.inbox
        for upload in visit.uploads:
            with upload.blob.local() as path:
                assert (path.parent, path.suffix) == (inbox, ".part")
        landed = [] if visit.text("tolak") else [upload.land() for upload in visit.uploads]
        return PlainTextResponse("|".join([*landed, *(upload.sha256 for upload in visit.uploads)]))

    desk.app.router.routes[:0] = pages.routes
    return desk


def _send(desk, *files, token=None, **fields):
    browser = desk.browser("tim-yankomas")
    data = {"csrf": browser.token("/profil") if token is None else token, **fields}
    return browser.post("/coba", data=data, files=[("berkas", file) for file in files])


def _inbox(desk):
    return {p.name: p.read_bytes() for p in desk.office.root.layout.inbox.iterdir() if p.is_file()}


def test_a_file_lands_in_the_inbox_whole_under_its_name(desk):
    letter = b"%PDF-1.7 " + bytes(range(256)) * 9000

    answer = _send(desk, ("surat.pdf", letter))

    assert _inbox(desk) == {"surat.pdf": letter}
    assert answer.text == f"surat.pdf|{hashlib.sha256(letter).hexdigest()}"


def test_a_name_that_is_taken_covers_nothing(desk):
    desk.office.drop("surat.pdf", b"lama")

    _send(desk, ("surat.pdf", b"baru"), ("surat.pdf", b"baru sekali"))

    assert _inbox(desk) == {"surat.pdf": b"lama", "surat (2).pdf": b"baru", "surat (3).pdf": b"baru sekali"}


def test_what_the_page_does_not_keep_is_removed(desk):
    _send(desk, ("surat.pdf", b"isi"), tolak="ya")

    assert _inbox(desk) == {}


def test_a_file_that_is_too_large_leaves_nothing(desk, monkeypatch):
    limits = desk.office.root.settings.inbox
    object.__setattr__(limits, "max_bytes", 100_000)

    answer = _send(desk, ("kecil.pdf", b"x"), ("besar.pdf", b"x" * 100_001))

    assert answer.status_code == 413
    assert _inbox(desk) == {}


def test_nothing_of_a_form_without_its_token_is_written(desk):
    answer = _send(desk, ("surat.pdf", b"isi"), token="palsu")

    assert answer.status_code == 403
    assert _inbox(desk) == {}


@pytest.mark.parametrize(
    "body", [b"", b"bukan formulir", b'--x\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n']
)
def test_a_form_that_is_cut_off_or_none_at_all_leaves_nothing(desk, body):
    answer = desk.browser("tim-yankomas").post(
        "/coba", content=body, headers={"content-type": "multipart/form-data; boundary=x"}
    )

    assert answer.status_code in {400, 403}
    assert _inbox(desk) == {}


def test_a_file_cut_off_in_the_middle_leaves_nothing(desk):
    browser = desk.browser("tim-yankomas")
    head = '--x\r\nContent-Disposition: form-data; name="{}"{}\r\n\r\n'
    token = browser.token("/profil")
    body = f"{head.format('csrf', '')}{token}\r\n{head.format('berkas', '; filename=surat.pdf')}setengah".encode()

    answer = browser.post("/coba", content=body, headers={"content-type": "multipart/form-data; boundary=x"})

    assert answer.status_code == 400
    assert _inbox(desk) == {}


def test_what_was_sent_is_taken_by_the_inbox_whatever_it_is_called(desk):
    _send(desk, ("unggahan-0123456789abcdef.part", b"isi"), ("surat.pdf.tmp", b"isi lain"))
    desk.office.root.uploads("inbox").sweep()

    assert sorted(_inbox(desk).values()) == [b"isi", b"isi lain"]
    assert [found.why for found in listed(desk.office.root.layout.inbox)] == ["", ""]


@pytest.mark.parametrize("part", ['name="a"', 'name="a"; filename=""'])
def test_a_form_of_ever_so_many_parts_is_refused_early(desk, part):
    browser = desk.browser("tim-yankomas")
    token = browser.token("/profil")
    piece = f"--x\r\nContent-Disposition: form-data; {part}\r\n\r\n\r\n".encode()
    head = f'--x\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n{token}\r\n'.encode()

    answer = browser.post(
        "/coba", content=head + piece * 2001 + b"--x--", headers={"content-type": "multipart/form-data; boundary=x"}
    )

    assert answer.status_code == 413


def test_a_full_disk_is_said_and_leaves_nothing(desk, monkeypatch):
    browser = desk.browser("tim-yankomas")
    token = browser.token("/profil")

    def full(_fd, _data):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        answer = browser.post("/coba", data={"csrf": token}, files=[("berkas", ("surat.pdf", b"isi"))])

    assert answer.status_code == 503
    assert "Cakram tidak dapat ditulisi" in answer.text
    assert "Kirim lagi nanti" in answer.text
    assert _inbox(desk) == {}


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Loket\\surat.pdf", "surat.pdf"),
        (".tersembunyi.pdf", "tersembunyi.pdf"),
        ("~$surat.docx", "surat.docx"),
        ("a\x1b[2Jb.pdf", "a[2Jb.pdf"),
        ("surat\u202efdp.exe", "suratfdp.exe"),
        ("surat\nkedua\u2028\x85.pdf", "suratkedua.pdf"),
        ("surat.pdf.part", "surat.pdf"),
        ("unggahan-0123456789abcdef.part", "unggahan-0123456789abcdef"),
        (".part.tmp", "part"),
        ("..", ""),
        ("", ""),
    ],
)
def test_only_the_plain_name_is_kept(sent, kept):
    assert plain_name(sent) == kept


def test_a_name_in_any_script_is_kept(desk):
    _send(desk, ("surat – pengaduan Ā 甲.pdf", b"isi"))

    assert _inbox(desk) == {"surat – pengaduan Ā 甲.pdf": b"isi"}
