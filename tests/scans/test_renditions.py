"""Files that are no scans become pages: what of them is said, what is left in the file and told, what is refused."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from email.message import EmailMessage

import pypdfium2
import pytest
from docx import Document as WordDocument
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from said_contents import inserts, words
from thorough import BUSY
from word_files import with_comment, with_tracked

from pipeline.errors import Refused
from pipeline.scans.formats.kinds import MAIL, TEXT, rendered_kind
from pipeline.scans.refusals import Limits
from pipeline.scans.renditions.content import Text
from pipeline.scans.renditions.typesetting import typeset

BODY = "Saya mengadukan penahanan tanpa surat perintah.\nNama: Rahmat Hidayat"


def word_file(*paragraphs, picture=b""):
    document, out = WordDocument(), io.BytesIO()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if picture:
        document.add_picture(io.BytesIO(picture))
    document.save(out)
    return out.getvalue()


def packed(**entries):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name.replace("__", "/"), data)
    return out.getvalue()


def with_entry(data, name, content):
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(name, content)
    return out.getvalue()


def picture(kind="PNG", size=(600, 400)):
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, kind)
    return out.getvalue()


def mail(body=BODY, html="", attached=(), **headers):
    message = EmailMessage()
    for name, value in ({"From": "Rahmat <rahmat@contoh.id>", "Subject": "Pengaduan"} | headers).items():
        message[name.replace("_", "-")] = value
    message.set_content(body) if body else message.set_content(html, subtype="html")
    if body and html:
        message.add_alternative(html, subtype="html")
    for name, data in attached:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def test_a_word_document_says_its_paragraphs_its_rows_and_its_pictures(said):
    table = WordDocument()
    table.add_paragraph("Perihal: Pengaduan")
    row = table.add_table(1, 2).rows[0]
    row.cells[0].text, row.cells[1].text = "Saksi", "Siti"
    out = io.BytesIO()
    table.save(out)

    assert words(said("a.docx", out.getvalue())).split("\n")[:2] == ["Perihal: Pengaduan", "Saksi Siti"]
    assert inserts(said("a.docx", word_file("Lihat foto", picture=picture()))) == ["image1.png"]


def test_a_macro_is_kept_in_the_file_and_told_but_not_run(said):
    found = said("a.docx", with_entry(word_file(BODY), "word/vbaProject.bin", b"\xd0\xcf\x11\xe0"))

    assert "penahanan" in words(found)
    assert "makro" in found.unread[0]


def test_text_boxes_in_text_boxes_are_said_once(said):
    inner = "<w:p><w:r><w:t>Isi kotak</w:t></w:r></w:p>"
    for _ in range(20):
        inner = f"<w:p><w:r><w:pict><w:txbxContent>{inner}</w:txbxContent></w:pict></w:r></w:p>"
    body = f'<w:document xmlns:w="w"><w:body>{inner}</w:body></w:document>'

    assert words(said("a.docx", packed(**{"word__document.xml": body}))).count("Isi kotak") == 1


def test_a_libreoffice_document_says_its_text_but_not_what_was_deleted(said):
    body = (
        '<o:document-content xmlns:o="o" xmlns:t="t"><t:tracked-changes><t:p>dihapus</t:p></t:tracked-changes>'
        "<t:p>Perihal<t:tab/>: Pengaduan</t:p><t:h>Uraian</t:h></o:document-content>"
    )
    odt = packed(mimetype="application/vnd.oasis.opendocument.text", **{"content.xml": body})

    assert words(said("a.odt", odt)) == "Perihal\t: Pengaduan\nUraian"
    assert "perubahan terlacak" in said("a.odt", odt).unread[0]


def test_comments_and_tracked_changes_of_a_word_document_are_told_and_what_was_put_in_is_read(said):
    out = io.BytesIO(word_file(BODY))
    reviewed = with_tracked(out.getvalue(), came="tambahan", went="buangan")

    for docx in (reviewed, with_comment(out.getvalue(), "Jangan dikirim")):
        assert "komentar atau perubahan terlacak" in said("a.docx", docx).unread[0]
        assert "Jangan dikirim" not in words(said("a.docx", docx))
    assert "tambahan" in words(said("a.docx", reviewed))
    assert "buangan" not in words(said("a.docx", reviewed))
    assert said("a.docx", out.getvalue()).unread == ()


@pytest.mark.parametrize("alphabet", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_text_is_read_in_the_alphabet_in_which_it_was_saved(said, alphabet):
    found = said("surat.txt", "Pengaduan – “penahanan” di Kota Bengkulu".encode(alphabet))

    assert words(found) == "Pengaduan – “penahanan” di Kota Bengkulu"
    assert bool(found.unread) is (alphabet == "cp1252")


def test_a_mail_says_its_head_its_text_and_what_is_read_of_its_attachments(said):
    attached = [("surat.docx", word_file("Isi surat")), ("ktp.png", picture()), ("suara.mp3", b"ID3" + bytes(90))]
    found = said("a.eml", mail(attached=[*attached, ("tanda.png", picture(size=(90, 40)))]))

    assert "Dari: Rahmat <rahmat@contoh.id>" in words(found)
    assert "penahanan tanpa surat" in words(found)
    assert "Isi surat" in words(found)
    assert inserts(found) == ["ktp.png"]
    assert found.unread == ("suara.mp3 tidak dibaca (rekaman suara atau video); tersimpan di dalam berkas aslinya.",)
    assert found.channel == "surel"


def test_of_a_mail_in_two_forms_the_plain_one_is_read_and_of_a_page_what_is_shown(said):
    html = "<html><head><style>p{}</style></head><body><p>Halo</p><script>x()</script><td>satu</td><td>dua</td></body>"

    assert "Halo" not in words(said("a.eml", mail(html=html)))
    assert words(said("a.eml", mail(body="", html=html))).endswith("Halo\nsatu dua")


def test_a_report_of_a_mail_server_is_no_complaint(said):
    report = b"From: MAILER-DAEMON@b\nContent-Type: multipart/report; boundary=x\n\n--x\n\nSurel tidak sampai.\n--x--\n"

    assert said("a.eml", report).mail.bulk


@pytest.mark.parametrize(
    "headers",
    [{"List_Unsubscribe": "<mailto:x@y>"}, {"Precedence": "bulk"}, {"Auto_Submitted": "auto-replied"}],
    ids=str,
)
def test_what_was_sent_to_many_is_known_by_its_head(said, headers):
    assert said("a.eml", mail(**headers)).mail.bulk
    assert not said("a.eml", mail(Auto_Submitted="no")).mail.bulk


def test_a_mail_without_subject_or_with_lies_about_its_alphabet_is_read_all_the_same(said):
    raw = b"From: a@b\nContent-Type: text/plain; charset=klingon\nSubject: =?utf-99?Q?x?=\n\nPengaduan \xe9 saya\n"

    assert words(said("a.eml", raw)).endswith("Pengaduan é saya")
    assert said("a.eml", b"From: a@b\n\nPengaduan saya ini").mail.subject == ""


def test_mails_in_mails_are_read_to_a_depth(said):
    inner = mail("Surat paling dalam")
    for _ in range(6):
        inner = mail("Diteruskan", attached=[("surel.eml", inner)])

    assert "terlalu dalam" in " ".join(said("a.eml", inner).unread)


def test_an_exported_chat_says_its_lines_and_its_pictures(said):
    chat = "".join(f"0{n}/11/26 08.1{n} - Rahmat: Saya mengadu {n}\n" for n in range(1, 5))
    found = said("x.zip", packed(**{"WhatsApp Chat with Rahmat.txt": chat, "IMG.png": picture(), "A.opus": b"OggS"}))

    assert "Saya mengadu 3" in words(found)
    assert inserts(found) == ["IMG.png"]
    assert found.channel == "WhatsApp"
    assert said("Chat WhatsApp dengan Rahmat.txt", chat.encode()).channel == "WhatsApp"
    assert said("catatan.txt", chat.encode()).channel == ""


def test_a_webp_is_a_picture_without_loss(said):
    (block,) = said("foto.webp", picture("WEBP")).blocks

    assert Image.open(io.BytesIO(block.data)).size == (600, 400)


HEADS = b"From: a@b\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n"
LOCKED_ODT = packed(
    mimetype="application/vnd.oasis.opendocument.text",
    **{"content.xml": b"\x01\x02", "META-INF__manifest.xml": "<manifest:encryption-data/>"},
)
BAD = {
    "kosong": ("a.docx", word_file("  ")),
    "terkunci-odt": ("a.odt", LOCKED_ODT),
    "rusak": ("a.docx", packed(**{"word__document.xml": b"<w:document"})),
    "rusak-entitas": ("a.docx", packed(**{"word__document.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"})),
    "rusak-gambar": ("a.webp", picture("WEBP")[:60]),
    "terlalu-besar": ("a.docx", lambda: packed(**{"word__document.xml": b"<a>" + b" " * 30_000_000 + b"</a>"})),
    "terlalu-besar-surel": ("a.eml", HEADS + b"--x\n\nisi\n" * 10_000),
    "jenis-mbox": ("a.eml", mail() and b"From a@b Mon\n" + mail() + b"\n\nFrom c@d Tue\n" + mail()),
    "jenis-excel": ("a.xlsx", packed(**{"xl__workbook.xml": "<a/>"})),
    "jenis-zip": ("a.zip", packed(**{"program.exe": "MZ"})),
    "rusak-word-lama": ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
}


@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_pages_is_refused_in_words(said, case):
    name, data = BAD[case]

    with pytest.raises(Refused) as refused:
        said(name, data() if callable(data) else data)

    assert case.startswith(refused.value.code)


def test_only_what_is_called_a_text_is_one(tmp_path):
    """Folders that are shared have texts of programs in them (``desktop.ini``), which nobody has sent."""
    path = tmp_path / "x"
    path.write_bytes(b"[.ShellClassInfo]\nIconFile=folder.ico\n")
    assert [rendered_kind(path, name) for name in ("desktop.ini", "surat.TXT", "surat.eml")] == ["", TEXT, ""]
    path.write_bytes(b"ARC-Seal: i=1\nFrom: a@b\n\nisi surat ini")
    assert [rendered_kind(path, name) for name in ("a.eml", "tanpa-nama")] == [MAIL, ""]
    path.write_bytes(b"%PDF-1.4 ...")
    assert rendered_kind(path, "a.txt") == ""


@given(st.binary(max_size=400) | st.text(max_size=300).map(str.encode))
@settings(max_examples=25, suppress_health_check=[*BUSY, HealthCheck.function_scoped_fixture])
def test_no_mail_breaks_its_reader(said, body):
    """Whatever is sent says something, or nothing that can be read."""
    with suppress(Refused):
        said("a.eml", b"From: a@b\nSubject: =?x\nContent-Type: multipart/mixed; boundary=\n" + body)


def test_text_is_set_as_pages_that_can_be_read_again_and_long_words_are_broken():
    texts = [Text("Perihal: Pengaduan", bold=True), Text("x" * 500 + "\n\n\nakhir 😀")]

    pdf, pages, lacking = typeset(texts, "a", Limits())

    text = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_bounded()
    assert pages == 1
    assert text.split()[:2] == ["Perihal:", "Pengaduan"]
    assert "akhir ?" in text
    assert lacking == 1
    with pytest.raises(Refused, match="halaman"):
        typeset([Text("baris\n" * 30_000)], "a", Limits())
