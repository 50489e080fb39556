"""What mails say, of whichever program: their parts, heads, attachments, and who may be answered; a condition each."""

from __future__ import annotations

import struct
from email import message_from_bytes
from email.policy import compat32

import pytest
from outlook_files import compound, message
from said_contents import words

from pipeline.errors import Refused
from pipeline.scans.renditions import mails, outlook, winmail
from pipeline.scans.renditions.answering import answer_to
from pipeline.scans.renditions.compound_files import CompoundFile
from pipeline.scans.renditions.content import Content, Text


def told(name: str, data: bytes, _depth: int) -> Content | str:
    """What an attachment says: its own words."""
    return Content((Text(data.decode("latin-1")),), "txt") if data else ""


def mail(raw: str, *, opened=told) -> Content:
    return mails.content(raw.encode("latin-1"), opened)


def parts(*inner: str) -> str:
    said = "".join(f"--x\n{part}\n" for part in inner)
    return f"From: a@b.id\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n{said}--x--\n"


def says(found: Content) -> list[str]:
    """Its lines but for its head."""
    return [line for line in words(found).split("\n")[1:] if line]


# Mails


def test_a_mail_that_was_kept_in_a_box_is_one_and_a_box_of_many_is_refused():
    one = "From a@b.id Mon Nov 23\nFrom: a@b.id\nSubject: Aduan\n\nisi\n"

    assert "isi" in words(mail(one))
    with pytest.raises(Refused):
        mail(f"{one}\n{one}")
    assert "isi" in words(mail(f"Subject: Terusan\n\nisi\n\n{one}"))  # as it is quoted in another


def test_the_plain_text_is_read_unless_it_is_blank():
    html = "Content-Type: text/html\n\n<p>halaman</p>"

    assert says(mail(parts("Content-Type: text/plain\n\nsurat", html))) == ["surat"]
    assert says(mail(parts("Content-Type: text/plain\n\n  ", html))) == ["halaman"]
    assert "halaman" in says(mail(parts("Content-Type: image/png\n\nx", html)))


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("Content-Type: text/plain\nContent-Disposition: attachment", "lampiran-1"),
        ('Content-Type: text/plain; name="a.txt"', "a.txt"),
        ('Content-Type: text/plain\nContent-Disposition: inline; filename="map/b.txt"', "b.txt"),
        ("Content-Type: application/pdf", "lampiran-1"),
        ("Content-Type: message/rfc822", "surel-1.eml"),
    ],
)
def test_what_is_called_an_attachment_or_has_a_name_or_is_no_text_is_attached(head, name):
    found = mail(parts("Content-Type: text/plain\n\nsurat", f"{head}\n\nSubject: isi\n"))

    assert says(found)[:2] == [f"Lampiran: {name}", "surat"]
    assert f"Isi lampiran {name}:" in says(found)


def test_a_mail_inside_a_mail_is_one_attachment_whatever_is_in_it():
    inner = parts("Content-Type: text/plain\n\nsatu", "Content-Type: text/plain\n\ndua")

    found = mail(parts("Content-Type: text/plain\n\nsurat", f"Content-Type: message/rfc822\n\n{inner}"))

    assert says(found)[:2] == ["Lampiran: surel-1.eml", "surat"]


def test_what_is_said_to_have_parts_and_has_none_is_read_as_it_is():
    found = mail("From: a@b.id\nContent-Type: multipart/mixed\n\nisi")

    assert says(found) == ["Lampiran: lampiran-1", "Isi lampiran lampiran-1:", "isi"]


def test_a_part_is_decoded_as_it_states():
    base64 = "Content-Type: text/plain; charset=windows-1251\nContent-Transfer-Encoding: base64\n\nz/Do4uXy\n"

    assert says(mail(parts(base64))) == ["Привет"]
    assert mail("From: a@b.id\nSubject: =?windows-1251?b?z/Do4uXy?= 2\n\nisi").mail.subject == "Привет 2"


def test_so_many_attachments_are_read_and_so_many_parts_are_no_mail(monkeypatch):
    three = parts(*(f"Content-Type: image/png\n\n{n}" for n in range(3)))
    monkeypatch.setattr(mails, "_MOST_READ", 2)
    monkeypatch.setattr(mails, "_MOST_PARTS", 4)

    assert mail(three).unread == (
        "lampiran-3 tidak dibaca (terlalu banyak lampiran); tersimpan di dalam berkas aslinya.",
    )
    monkeypatch.setattr(mails, "_MOST_PARTS", 3)
    with pytest.raises(Refused):
        mail(three)


@pytest.mark.parametrize(
    ("found", "unread"),
    [
        (Content((), "txt"), ["lampiran-1 tidak dibaca (kosong); tersimpan di dalam berkas aslinya."]),
        (Content((), "txt", ("Foto tidak dibaca.",)), ["Foto tidak dibaca."]),
        (Content((Text("isi"),), "txt"), []),
        ("rusak", ["lampiran-1 tidak dibaca (rusak); tersimpan di dalam berkas aslinya."]),
    ],
)
def test_an_attachment_that_says_nothing_is_told_as_empty_unless_something_else_is_told_of_it(found, unread):
    assert list(mail(parts("Content-Type: image/png\n\nx"), opened=lambda *_: found).unread) == unread


@pytest.mark.parametrize(
    ("head", "bulk"),
    [
        ("Precedence: first-class", False),
        ("Auto-Submitted: no", False),
        ("X-Spam-Flag: NO", False),
        ("List-Id: x", True),
    ],
)
def test_a_head_that_says_it_is_of_a_person_is_not_taken_for_one_of_a_machine(head, bulk):
    said = mails.head_of(message_from_bytes(f"{head}\nSubject: Aduan\n\n".encode(), policy=compat32))

    assert (bool(said.bulk), said.subject) == (bulk, "Aduan")


def test_where_a_subject_stands_elsewhere_that_is_it():
    assert mails.head_of(message_from_bytes(b"Subject: Aduan\n\n", policy=compat32), "Lain").subject == "Lain"


# Who may be answered


HEADS = "From: Rahmat <rahmat@contoh.id>\r\nMessage-ID: <a1@contoh.id>\r\n"
RECEIVED = "Received: from pengirim by mx.kantor.contoh; Fri, 27 Nov 2026 08:00:00 +0700\r\n"
RETURN = "Return-Path: <rahmat@contoh.id>\r\n"


def answered(raw: str) -> bool:
    return bool(answer_to(f"{raw}\r\nisi".encode()).address)


@pytest.mark.parametrize(
    ("heads", "is_answered"),
    [
        (RETURN + HEADS, True),
        (RETURN + "Return-Path: <lain@contoh.id>\r\n" + HEADS, True),
        (RETURN + HEADS + HEADS, False),
        (RETURN + "From: rahmat@contoh.id, siti@contoh.id\r\n", False),
        (RETURN + "From: Rahmat\r\n", False),
        (RETURN + HEADS + "Auto-Submitted: auto-generated\r\n", False),
        (RETURN + HEADS + "List-Help: <mailto:x@contoh.id>\r\n", False),
        (RETURN + HEADS + "X-Loop: ya\r\n", False),
    ],
)
def test_a_mail_is_answered_whose_one_sender_it_comes_back_to(heads, is_answered):
    assert answered(heads) is is_answered


PASSED = "Authentication-Results: mx.kantor.contoh; spf=pass smtp.mailfrom=rahmat@contoh.id\r\n"


@pytest.mark.parametrize(
    ("told", "is_answered"),
    [
        (PASSED, True),
        ("Received-SPF: pass envelope-from=rahmat@contoh.id\r\n", True),
        ("Received-SPF: none (x); envelope-from=rahmat@contoh.id\r\n", False),
        ("X-Lain: pass; envelope-from=rahmat@contoh.id\r\n", False),
        ("X-Lain: mx; spf=pass smtp.mailfrom=rahmat@contoh.id\r\n", False),
        (PASSED.replace("mx.kantor.contoh", 'mx.kantor.contoh; alasan="x"'), False),
        (PASSED.replace("mx.kantor.contoh", "mx.kantor.contoh; alasan=\\x"), False),
        (PASSED.replace("spf=pass", "dkim=pass"), False),
        (PASSED + PASSED.replace("rahmat", "lain"), False),
        ("X-Lain: mx\r\n" + PASSED, True),
    ],
)
def test_without_a_return_path_the_server_must_have_found_who_sent_it(told, is_answered):
    assert answered(told + RECEIVED + HEADS) is is_answered
    assert not answered(told + HEADS)
    assert not answered(RECEIVED + told + HEADS)


# Outlook


SUBJECT, SENDER, KIND, ADDRESS, SMTP = 0x37, 0xC1A, 0xC1E, 0xC1F, 0x5D01
BODY, HTML, RICH = 0x1000, 0x1013, 0x1009


def saved(texts, attached=(), *, opened=told, times=(), **more) -> Content:
    streams = message(texts, attached, **more)
    streams["__properties_version1.0"] += b"".join(struct.pack("<HHIQ", 0x40, tag, 0, ticks) for tag, ticks in times)
    return outlook.content(CompoundFile(compound(streams)), opened)


@pytest.mark.parametrize(
    ("sender", "said"),
    [
        ({SENDER: "Rahmat", ADDRESS: "r@contoh.id"}, "Dari: Rahmat <r@contoh.id>"),
        ({SENDER: "Rahmat", KIND: "smtp", ADDRESS: "r@contoh.id"}, "Dari: Rahmat <r@contoh.id>"),
        ({SENDER: "Rahmat", KIND: "EX", ADDRESS: "/o=kantor/cn=r"}, "Dari: Rahmat"),
        ({SENDER: "Rahmat", KIND: "EX", ADDRESS: "/o=kantor/cn=r", SMTP: "s@contoh.id"}, "Dari: Rahmat <s@contoh.id>"),
        ({SENDER: "Rahmat", ADDRESS: "r@contoh.id", SMTP: "s@contoh.id"}, "Dari: Rahmat <s@contoh.id>"),
    ],
)
def test_a_sender_is_told_with_an_address_as_mails_have_them(sender, said):
    assert words(saved(sender)).split("\n")[0] == said


@pytest.mark.parametrize(
    ("times", "said"),
    [
        ([(0x39, 134_080_704_000_000_000), (0xE06, 1)], "Tanggal: Thu, 20 Nov 2025 00:00:00 +0000"),
        ([(0xE06, 134_080_704_000_000_000)], "Tanggal: Thu, 20 Nov 2025 00:00:00 +0000"),
        ([], ""),
    ],
)
def test_a_mail_is_of_the_day_it_was_sent_or_else_delivered(times, said):
    assert words(saved({BODY: "isi"}, times=times)).split("\n")[0] == (said or "isi")


def test_a_web_page_is_read_where_there_is_no_plain_text_in_whichever_way_it_is_kept():
    assert words(saved({HTML: "<p>teks</p>"})) == "teks"
    assert words(saved({HTML: b"<p>byte</p>"})) == "byte"
    assert words(saved({BODY: "surat", HTML: "<p>teks</p>"})) == "surat"


@pytest.mark.parametrize(("texts", "is_told"), [({RICH: b"x"}, True), ({RICH: b"x", BODY: "isi"}, False), ({}, False)])
def test_a_mail_that_is_only_kept_in_rich_form_says_so(texts, is_told):
    assert bool(saved(texts).unread) is is_told


def test_attachments_without_a_name_get_one_and_those_without_bytes_are_told():
    attached = [("a.txt", b"satu"), ("", b"dua"), ("", ({BODY: "tiga"}, [])), ("kosong.txt", b"empat")]
    streams = {name: data for name, data in message({}, attached).items() if data != b"empat"}

    found = outlook.content(CompoundFile(compound(streams)), told)

    assert words(found).split("\n")[0] == "Lampiran: a.txt, lampiran-2, surel-3, kosong.txt"
    assert [said for said in ("satu", "dua", "tiga") if said in words(found)] == ["satu", "dua", "tiga"]
    assert found.unread == ("kosong.txt tidak dibaca (sisipan tanpa isi); tersimpan di dalam berkas aslinya.",)


def test_mails_of_outlook_are_read_three_deep():
    inner = ({BODY: "keempat"}, [])
    for depth in ("ketiga", "kedua", "pertama"):
        inner = ({BODY: depth}, [("surel", inner)])

    found = saved({BODY: "luar"}, [("surel", inner)])

    assert "ketiga" in words(found)
    assert "keempat" not in words(found)


# winmail.dat


def attribute(which: int, data: bytes) -> bytes:
    return b"\x02" + struct.pack("<II", which, len(data)) + data + bytes(2)


def properties(*told: bytes) -> bytes:
    return struct.pack("<I", len(told)) + b"".join(told)


def text(tag: int, said: str, kind: int = 30) -> bytes:
    data = said.encode("utf-16-le" if kind == 31 else "ascii")
    return struct.pack("<HHII", kind, tag, 1, len(data)) + data + bytes(-len(data) % 4)


BEGINS, TITLE, DATA, DESCRIBED = attribute(0x69002, b""), 0x18010, 0x6800F, 0x69005
MAIL_BODY, MAIL_PROPERTIES = 0x2800C, 0x69003


def unpacked(*told_: bytes, cut: int | None = None, opened=told) -> Content:
    return winmail.content((b"\x78\x9f\x3e\x22\x01\x00" + b"".join(told_))[:cut], opened, 0)


def attached(*described: bytes, title: str = "", data: bytes = b"isi") -> list[str]:
    """The names of what is attached and what it says."""
    one = BEGINS + (attribute(TITLE, title.encode()) if title else b"") + (attribute(DATA, data) if data else b"")
    return list(unpacked(one + attribute(DESCRIBED, properties(*described))).words())


def test_a_winmail_says_its_text_or_else_that_of_its_properties():
    body = attribute(MAIL_BODY, b"surat")
    said = attribute(MAIL_PROPERTIES, properties(text(0x37, "perihal"), text(0x1000, "lain")))

    assert list(unpacked(body).words()) == ["surat"]
    assert list(unpacked(said).words()) == ["lain"]
    assert list(unpacked(body, said).words()) == ["surat"]
    assert list(unpacked(attribute(0x1234, b"x"), body, attribute(0x1234, b"x")).words()) == ["surat"]


def test_what_describes_an_attachment_though_none_has_begun_is_passed_over():
    lost = [attribute(which, properties()) for which in (TITLE, DATA, DESCRIBED)]

    assert list(unpacked(*lost, BEGINS, attribute(DATA, b"isi")).words()) == ["\nIsi lampiran lampiran-1:", "isi"]


@pytest.mark.parametrize(
    ("described", "title", "name"),
    [
        ([], "A~1.DOC", "A~1.DOC"),
        ([text(0x3001, "tampak.doc")], "A~1.DOC", "tampak.doc"),
        ([text(0x3707, "panjang.doc", 31)], "A~1.DOC", "panjang.doc"),
        ([text(0x3001, "tampak.doc"), text(0x3707, "panjang.doc")], "A~1.DOC", "panjang.doc"),
        ([text(0x3707, "panjang.doc"), text(0x3001, "tampak.doc")], "A~1.DOC", "panjang.doc"),
        ([text(0x1234, "lain.doc")], "A~1.DOC", "A~1.DOC"),
        ([], "", "lampiran-1"),
    ],
)
def test_an_attachment_has_its_long_name_or_the_one_shown_or_the_short_one(described, title, name):
    assert attached(*described, title=title) == [f"\nIsi lampiran {name}:", "isi"]


def test_a_second_short_name_changes_nothing():
    both = BEGINS + attribute(TITLE, b"satu.doc") + attribute(TITLE, b"dua.doc") + attribute(DATA, b"isi")

    assert next(unpacked(both).words()) == "\nIsi lampiran satu.doc:"


def held(kind: int, data: bytes) -> bytes:
    return struct.pack("<HHII", kind, 0x3701, 1, len(data)) + data + bytes(-len(data) % 4)


@pytest.mark.parametrize(
    ("described", "data", "said"),
    [
        ([held(13, b"c" * 16 + b"objek")], b"", "objek"),
        ([held(258, b"biasa")], b"", "biasa"),
        ([held(258, b"lain")], b"isi", "isi"),
    ],
)
def test_an_attachments_bytes_stand_by_themselves_or_among_its_properties(described, data, said):
    assert attached(*described, data=data)[1] == said


def test_an_attachment_of_nothing_is_told_as_empty():
    assert unpacked(BEGINS).unread == ("lampiran-1 tidak dibaca (kosong); tersimpan di dalam berkas aslinya.",)


@pytest.mark.parametrize(
    "first",
    [
        struct.pack("<HHI", 3, 0x1234, 7),  # a number
        struct.pack("<HHQ", 64, 0x1234, 7),  # a moment
        struct.pack("<HHIQQ", 0x1000 | 64, 0x1234, 2, 7, 8),  # two of them
        struct.pack("<HHI", 30, 0x1234, 2) + (struct.pack("<I", 3) + b"abc\0") * 2,
        struct.pack("<HHI", 0x1000 | 30, 0x1234, 2) + (struct.pack("<I", 3) + b"abc\0") * 2,
        struct.pack("<HH16sIII", 3, 0x8000, b"", 0, 5, 7),  # one with a number in place of a tag
        struct.pack("<HH16sII4sI", 3, 0x8001, b"", 1, 3, b"abc", 7),  # and one with a name
    ],
)
def test_properties_of_every_kind_are_passed_over_by_their_length(first):
    assert attached(first, text(0x3707, "nama.doc"))[0] == "\nIsi lampiran nama.doc:"


def test_a_winmail_is_read_as_far_as_it_goes():
    one, two = attribute(MAIL_BODY, b"satu"), BEGINS + attribute(DATA, b"isi")

    assert list(unpacked(one, cut=None).words()) == ["satu"]
    assert list(unpacked(one[:-2]).words()) == ["satu"]  # without its check
    assert list(unpacked(one[:-3]).words()) == []
    assert list(unpacked(one, two[:9]).words()) == ["satu"]
    nothing = attribute(0x69002, b"")[:9]
    assert len(unpacked(one, nothing).unread) == 1  # an attachment that only begins
    assert attached(text(0x3707, "nama.doc")[:-1])[0] == "\nIsi lampiran lampiran-1:"
    assert attached(text(0x3707, "n.doc...")[:])[0] == "\nIsi lampiran n.doc...:"
