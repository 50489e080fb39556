"""Files that are no scans, through real children: what is in them is proved as scans are, and holds up no other."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest
from outlook_files import compound, message, winmail
from pikepdf import Encryption, Pdf
from PIL import Image, ImageDraw
from pypdfium2 import PdfDocument

from pipeline.cases.ports import content
from pipeline.errors import Refused, Unfinished
from pipeline.reading.engines.scan_reader import ScanReader
from pipeline.storage.blobs import TypedText

SPECIMENS = Path(__file__).resolve().parents[1] / "specimens"


@pytest.fixture(scope="module")
def reader():
    with ScanReader(lambda _pages, _day: (), workers=1) as one:
        yield one


def pdf(**saving):
    out, document = io.BytesIO(), Pdf.new()
    document.add_blank_page(page_size=(595, 842))
    document.save(out, **saving)
    return out.getvalue()


def picture(side=600):
    out, page = io.BytesIO(), Image.new("L", (side, side), 255)
    ImageDraw.Draw(page).rectangle((90, 90, 300, 300), fill=0)
    page.save(out, "PNG")
    return out.getvalue()


def mail(*attached, body="Saya mengadukan penahanan tanpa surat perintah di Kota Bengkulu."):
    message = EmailMessage()
    message["From"], message["Subject"] = "warga@contoh.id", "Pengaduan"
    message.set_content(body)
    for name, data in attached:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return TypedText("surat.eml", message.as_bytes())


def test_a_mail_becomes_one_pdf_and_what_cannot_be_taken_in_is_told(reader):
    locked = pdf(encryption=Encryption(owner="a", user="b", R=6))
    sent = mail(("foto.png", picture()), ("kunci.pdf", locked), ("dua.pdf", pdf()), ("rusak.pdf", b"%PDF-1.4"))

    made = reader.rendition(sent)

    assert reader.inspect(made.pages).pages == 3
    assert "tanpa surat perintah" in PdfDocument(content(made.pages))[0].get_textpage().get_text_bounded()
    assert made.extension == "eml"
    assert made.mail.subject == "Pengaduan"
    told = " ".join(made.warnings)
    assert "kunci.pdf tidak dibaca (PDF ini terkunci dengan kata sandi)" in told
    assert "rusak.pdf tidak dibaca" in told
    reader._renditions._kept.clear()
    assert reader.rendition(sent).pages.sha256 == made.pages.sha256


def test_a_mail_with_many_files_is_left_to_the_slow_lane(reader):
    many = mail(*((f"{n}.png", picture(300 + n)) for n in range(6)))
    with pytest.raises(Unfinished):
        reader.quickly().rendition(many)

    assert reader.inspect(reader.patiently().rendition(many).pages).pages == 7


def test_a_mail_of_outlook_and_what_is_in_it_become_one_pdf(reader):
    old, photo = ((SPECIMENS / name).read_bytes() for name in ("surat-lama.doc", "foto.heic"))
    packed = winmail(("surat lama.doc", old), ("foto.heic", photo), ("rusak.heic", photo[:900]))
    rich = rb"{\rtf1\ansi Uraian kejadian dalam RTF\par}"
    sent = compound(
        message({0x37: "Pengaduan", 0x1000: "Lihat lampiran"}, [("winmail.dat", packed), ("uraian.rtf", rich)])
    )

    made = reader.rendition(TypedText("surat.msg", sent))

    pages = PdfDocument(content(made.pages))
    assert reader.inspect(made.pages).pages == len(pages) == 3
    text = "".join(page.get_textpage().get_text_bounded() for page in pages)
    assert "Lihat lampiran" in text
    assert "Uraian kejadian dalam RTF" in text
    assert "Nama: Rahmat Hidayat" in text
    assert (made.extension, made.channel) == ("msg", "surel")
    assert "rusak.heic tidak dibaca (Gambar ini rusak" in " ".join(made.warnings)


def test_a_photograph_that_tells_of_too_many_dots_is_refused_before_it_takes_the_memory(reader):
    photo = bytearray((SPECIMENS / "foto.heic").read_bytes())
    at = photo.index(b"ispe") + 8
    photo[at : at + 8] = (16_000).to_bytes(4, "big") * 2

    with pytest.raises(Refused):
        reader.rendition(TypedText("foto.heic", bytes(photo)))


def test_scans_are_left_as_they_are(reader):
    assert reader.rendition(TypedText("a.pdf", pdf())) is None
    assert reader.rendition(TypedText("desktop.ini", b"[.ShellClassInfo]\r\nIconFile=a")) is None


def bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<a>" + b" " * 60_000_000)
    return out.getvalue()


_HEAD = b"From: a@b\n"
_PARTS = b"Content-Type: multipart/mixed; boundary=x\n\n" + b"--x\n\na\n" * 10_000
_DEEP = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3000))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("zip yang mengembang.docx", bomb),
        ("10.000 bagian.eml", _HEAD + _PARTS),
        ("terlalu panjang.txt", b"baris\n" * 40_000),
        ("bersarang dalam.eml", _HEAD + _DEEP),
    ],
    ids=lambda told: told if isinstance(told, str) else "",
)
def test_bombs_are_refused_in_words(reader, name, data):
    with pytest.raises(Refused) as refused:
        reader.rendition(TypedText(name, data() if callable(data) else data))

    assert refused.value.code == "terlalu-besar"
