"""Mails of Outlook, winmail.dat, Word files of before 2007, photographs of iPhones: what they say, what is refused."""

from __future__ import annotations

import io
import random
import struct
from contextlib import suppress
from email.message import EmailMessage
from pathlib import Path

import pytest
from outlook_files import compound, message, winmail
from PIL import Image
from said_contents import inserts, words

from pipeline.errors import Refused
from pipeline.scans.refusals import Limits
from pipeline.scans.renditions import heif
from pipeline.scans.renditions.opening import content_of

SPECIMENS = Path(__file__).resolve().parents[1] / "specimens"
SUBJECT, SENDER, ADDRESS, TO, BODY, HTML, RICH, HEADERS = 0x37, 0xC1A, 0xC1F, 0xE04, 0x1000, 0x1013, 0x1009, 0x7D
HEAD = {SUBJECT: "Pengaduan", SENDER: "Rahmat Hidayat", ADDRESS: "rahmat@contoh.id", TO: "aduan@kanwil.contoh"}
OLD = (SPECIMENS / "surat-lama.doc").read_bytes()
PHOTO = (SPECIMENS / "foto.heic").read_bytes()


def picture():
    out = io.BytesIO()
    Image.new("RGB", (600, 400), "white").save(out, "PNG")
    return out.getvalue()


def outlook(texts, attached=(), **told):
    return compound(message(HEAD | texts, attached, **told))


def test_a_mail_of_outlook_says_its_head_its_text_and_its_attachments(said):
    attached = [("ktp.png", picture()), ("surat lama.doc", OLD), ("suara.mp3", b"ID3" + bytes(90))]

    found = said("a.msg", outlook({BODY: "Saya mengadukan penahanan – tanpa surat."}, attached))

    assert words(found).startswith(
        "Dari: Rahmat Hidayat <rahmat@contoh.id>\nKepada: aduan@kanwil.contoh\nPerihal: Pengaduan"
    )
    assert "penahanan – tanpa surat" in words(found)
    assert "Nama: Rahmat Hidayat" in words(found)
    assert inserts(found) == ["ktp.png"]
    assert found.unread[-1].startswith("suara.mp3 tidak dibaca")
    assert (found.extension, found.channel, found.mail.subject) == ("msg", "surel", "Pengaduan")


def test_the_heads_with_which_it_was_delivered_tell_whether_it_was_sent_to_many(said):
    found = said(
        "a.msg", outlook({BODY: "Warta", HEADERS: "From: W <w@x.id>\r\nSubject: Warta\r\nPrecedence: bulk\r\n\r\n"})
    )

    assert words(found).startswith("Dari: W <w@x.id>")
    assert "massal" in found.mail.bulk


def test_its_web_page_is_read_where_it_has_no_plain_text_and_rich_text_alone_is_told(said):
    page = b"<html><body><p>Halo</p><script>x()</script></body></html>"

    assert words(said("a.msg", outlook({HTML: page}))).endswith("Halo")
    assert words(said("a.msg", outlook({BODY: "Perkara \xe9"}, narrow=True))).endswith("Perkara é")
    assert "RTF" in said("a.msg", outlook({RICH: b"x"})).unread[0]


def test_mails_in_mails_of_outlook_are_read_to_a_depth(said):
    inner = ({BODY: "Paling dalam"}, [])
    for depth in range(6):
        inner = ({BODY: f"Diteruskan {depth}"}, [("surel", inner)])

    found = said("a.msg", outlook(*inner))

    assert "Diteruskan 2" in words(found)
    assert "Paling dalam" not in words(found)
    assert "terlalu dalam" in " ".join(found.unread)


def test_what_lies_in_a_winmail_dat_is_read_under_its_long_name(said):
    packed = winmail(("foto ktp.png", picture()), ("surat keterangan.doc", OLD), ("rekaman.mp3", b"ID3" + bytes(90)))
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "Rahmat <rahmat@contoh.id>", "Pengaduan"
    mail.set_content("Lihat lampiran")
    mail.add_attachment(packed, maintype="application", subtype="ms-tnef", filename="winmail.dat")

    for found in (said("a.eml", mail.as_bytes()), said("winmail.dat", packed)):
        assert inserts(found) == ["foto ktp.png"]
        assert "Isi lampiran surat keterangan.doc:" in words(found)
        assert found.unread[-1].startswith("rekaman.mp3 tidak dibaca")


def test_winmail_in_winmail_is_read_to_a_depth_and_a_cut_one_as_far_as_it_goes(said):
    packed = winmail(text=b"Paling dalam")
    for _ in range(6):
        packed = winmail(("winmail.dat", packed), text=b"Luar")

    assert "Paling dalam" not in words(said("winmail.dat", packed))
    cut = winmail(("a.png", picture()), ("b.png", picture()), text=b"Surat")[:-10]
    assert inserts(said("winmail.dat", cut)) == ["a.png", "SURAT~1.DOC"]


def test_an_old_word_file_says_its_head_its_paragraphs_and_rows(said):
    """The specimen was written by LibreOffice from a document of ours."""
    found = said("surat.doc", OLD)

    assert words(found).count("Kantor Desa Contoh") == 1
    assert "Perihal: Pengaduan\nSaya mengadukan penahanan tanpa surat perintah – “di Kota Bengkulu” ∑." in words(found)
    assert "sel 10\tsel 11\nNama: Rahmat Hidayat" in words(found)
    assert "gambar tidak" in found.unread[-1]


def word(text=b"Pengaduan\r", flags=0, edition=0xC1, lengths=None, pieces=None):
    """Return a Word file with one piece of narrow text, or whatever is told of it."""
    document = bytearray(0x200) + text
    struct.pack_into("<HH", document, 0, 0xA5EC, edition)
    struct.pack_into("<H", document, 0xA, flags)
    struct.pack_into("<8I", document, 0x4C, *(lengths or (len(text), 0, 0, 0, 0, 0, 0, 0)))
    table = b"\x02" + struct.pack("<I", 16) + struct.pack("<IIHIH", 0, len(text), 0, 0x40000000 | 0x400, 0)
    table = table if pieces is None else pieces
    struct.pack_into("<II", document, 0x1A2, 0, len(table))
    return compound({"WordDocument": bytes(document), "0Table": table, "Macros/VBA/dir": b"x"})


def test_fields_within_fields_say_their_results_and_hundred_thousands_hold_nothing_up(said):
    deep = 300_000

    found = said("a.doc", word(b"A\x13x\x13y\x14z\x15\x14B\x13c\x15\x14C\x15D \x13" + b"\x13" * deep + b"\x15" * deep))

    assert "ABCD" in " ".join(found.words())


def test_macros_are_told_and_of_a_field_its_result_is_said(said):
    found = said("a.doc", word(b"Lihat \x13 HYPERLINK x \x14surat\x15 itu\r"))

    assert words(found) == "Lihat surat itu"
    assert "makro" in found.unread[0]


BAD = {
    "terkunci": word(flags=0x100),
    "jenis-word-6": word(edition=0x65),
    "rusak-tanpa-potongan": word(pieces=b""),
    "rusak-potongan": word(pieces=b"\x02" + struct.pack("<I", 2**31)),
    "terlalu-besar": word(pieces=b"\x02" + struct.pack("<IIIHIH", 16, 0, 2**31, 0, 0, 0)),
    "rusak-pendek": compound({"WordDocument": b"x" * 100}),
    "jenis-excel": compound({"Workbook": b"x" * 9000}),
    "terkunci-baru": compound({"EncryptedPackage": b"x" * 100}),
    "kosong": word(b"\r\r"),
    "rusak-daftar-tak-berujung": compound({f"s{n}": b"" for n in range(1500)}),
}


@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_pages_is_refused_in_words(said, case):
    with pytest.raises(Refused) as refused:
        said("a.doc", BAD[case])

    assert case.startswith(refused.value.code)


def test_a_photograph_of_an_iphone_is_a_picture_without_loss(said):
    (block,) = said("foto.heic", PHOTO).blocks

    with Image.open(io.BytesIO(block.data)) as picture:
        assert picture.size == (800, 500)
        assert picture.getpixel((5, 5)) == (255, 255, 255)


def test_a_photograph_with_too_many_dots_a_broken_one_and_none_at_all_are_refused(said, tmp_path, monkeypatch):
    path = tmp_path / "a.heic"
    path.write_bytes(PHOTO)
    with pytest.raises(Refused, match="titik"):
        content_of(path, "image/heic", "a.heic", Limits(pixels=1000))
    with pytest.raises(Refused, match="rusak"):
        said("a.heic", PHOTO[:900])
    monkeypatch.setattr(heif, "_library", lambda: None)
    with pytest.raises(Refused, match="HEIC"):
        said("a.heic", PHOTO)


@pytest.mark.parametrize(
    "data",
    [OLD, outlook({BODY: "isi"}, [("a.png", picture())]), winmail(("a.png", picture())), PHOTO],
    ids=["doc", "msg", "winmail", "heic"],
)
def test_no_damage_breaks_the_reader(said, data):
    """Whatever is sent says something, or is refused in words."""
    chance = random.Random(26)
    for _ in range(20):
        broken = bytearray(data)
        for _ in range(chance.choice((1, 4, 40))):
            broken[chance.randrange(12, len(broken))] = chance.randrange(256)
        with suppress(Refused):
            said("a.eml", bytes(broken[: chance.choice((None, len(broken) // 2))]))
