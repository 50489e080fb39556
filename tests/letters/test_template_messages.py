"""What a clerk hears of a slip in a template: file, place, the fact in Indonesian, the remedy, the nearest word."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from printed_sheets import specimen_of

from pipeline.letters.engines import word_file
from pipeline.letters.engines.word_templates import WordTypist
from pipeline.letters.ports import TemplateFinding
from pipeline.letters.sheets.disposition_sheet import DISPOSITION

NBSP, ZWSP = "\u00a0", "\u200b"


@pytest.fixture
def found(tmp_path: Path) -> Callable[..., list[TemplateFinding]]:
    """Give what is found in a disposition sheet of these paragraphs, or of these bytes."""

    def finding(
        *paragraphs: str, change: Callable[[Any], None] = lambda _: None, data: bytes = b""
    ) -> list[TemplateFinding]:
        path = tmp_path / f"{DISPOSITION}.docx"
        path.write_bytes(data or drawn(*paragraphs, change=change))
        return WordTypist(tmp_path).check(DISPOSITION)

    return finding


def drawn(*paragraphs: str, change: Callable[[Any], None] = lambda _: None) -> bytes:
    document, data = Document(), io.BytesIO()
    for text in paragraphs:
        document.add_paragraph(text)
    change(document)
    document.save(data)
    return data.getvalue()


def with_part(name: str, xml: str) -> bytes:
    """Return a template with one part more, or another one in its place."""
    return word_file.packed({**word_file.opened(drawn("Hal")), name: xml.encode()})


@pytest.mark.parametrize(
    ("written", "near"),
    [
        ("{hal}", "hal"),
        ("${hal}", "hal"),
        ("{nomor register}", "nomor_register"),
        ("{ {hal} }", "hal"),
        ("{ % if hal % }", None),
    ],
)
def test_what_was_meant_as_a_tag_and_would_be_printed_is_told(found, written: str, near: str | None) -> None:
    (finding,) = found("Kop", f"Hal: {written}")

    assert written in finding.what or written.strip("${} ") in finding.what
    assert "tercetak apa adanya" in finding.what
    assert "paragraf ke-2" in finding.place
    assert "dua kurung kurawal" in finding.remedy
    if near:
        assert finding.nearest == near


@pytest.mark.parametrize("written", ["{{ hal }} {{ sifat }}", "pasal {1}", "{}", "{{ hal }}{# catatan {x} #}"])
def test_braces_that_are_tags_or_mean_nothing_are_left_alone(found, written: str) -> None:
    assert found(written) == []


def test_a_loop_variable_outside_its_loop_is_told_with_its_loop(found) -> None:
    (finding,) = found("{%p for langkah in alur %}", "{{ langkah.kepada }}", "{%p endfor %}", "{{ langkah.dari }}")

    assert "di luar pengulangannya" in finding.what
    assert "for langkah in alur" in finding.remedy
    assert "paragraf ke-4" in finding.place


def test_a_loop_variable_may_be_used_again_in_another_loop(found) -> None:
    loop = ("{%p for langkah in alur %}", "{{ langkah.kepada }} {{ loop.index }}", "{%p endfor %}")

    assert found(*loop, *loop) == []


def test_a_misspelt_part_of_an_entry_is_told_with_the_nearest_one(found) -> None:
    (finding,) = found("{%p for langkah in alur %}", "Kepada {{ langkah.kepda }}", "{%p endfor %}")

    assert "langkah.kepda tidak dikenal" in finding.what
    assert finding.nearest == "kepada"
    assert "langkah.kepada" in finding.remedy
    assert "paragraf ke-2" in finding.place


def test_a_list_that_is_printed_as_a_text_is_told_instead_of_printed_in_the_programs_way(found) -> None:
    (finding,) = found("Perjalanan:", "{{ alur }}")

    assert "isian alur memuat beberapa baris" in finding.what
    assert "{% for baris in alur %}" in finding.remedy
    assert "{{ alur }}" in finding.place


def test_a_text_has_no_parts(found) -> None:
    (finding,) = found("{{ hal.pendek }}")

    assert "hal tidak punya bagian" in finding.what


@pytest.mark.parametrize(
    "paragraphs", [("Hal {{ hal", "}} lanjut"), ("{% if hal %}awal", "akhir{% endif %}"), ("{%p for x in alur", "%}")]
)
def test_a_tag_split_over_paragraphs_is_told_with_the_paragraph(found, paragraphs: tuple[str, ...]) -> None:
    findings = found(*paragraphs)

    assert findings
    assert all("paragraf" in finding.place and finding.remedy for finding in findings)


def test_a_tag_split_over_cells_is_told_with_the_cell(found) -> None:
    def cells(document: Any) -> None:
        for cell, text in zip(document.add_table(1, 2).rows[0].cells, ("{{ hal", "}}"), strict=True):
            cell.text = text

    findings = found(change=cells)

    assert "tabel 1 baris 1 kolom 1" in findings[0].place
    assert "satu paragraf dan satu sel" in findings[0].remedy


def test_an_unknown_filter_is_told_with_the_nearest_one(found) -> None:
    (finding,) = found("{{ hal|uper }}")

    assert "saringan uper" in finding.what
    assert finding.nearest == "upper"


def test_an_unknown_test_is_told(found) -> None:
    (finding,) = found("{% if hal is kosong %}x{% endif %}")

    assert "ujian kosong" in finding.what


def test_a_loop_that_does_not_end_is_told_with_what_is_missing(found) -> None:
    (finding,) = found("{%p for langkah in alur %}", "{{ langkah.kepada }}")

    assert "tidak ditutup" in finding.what
    assert "endfor" in finding.remedy
    assert "paragraf ke-1" in finding.place


def test_quotes_that_word_made_round_in_a_tag_do_no_harm(tmp_path: Path) -> None:
    (tmp_path / f"{DISPOSITION}.docx").write_bytes(drawn("{{ hal|default(“tidak ada”, true) }}"))
    typist = WordTypist(tmp_path)

    filled = typist.draft(DISPOSITION, {**specimen_of(DISPOSITION), "hal": ""}).docx

    assert typist.check(DISPOSITION) == []
    assert Document(io.BytesIO(filled)).paragraphs[0].text == "tidak ada"


@pytest.mark.parametrize("quotes", ["„hal“", "«hal»", "″hal″"])
def test_quotes_of_another_kind_in_a_tag_are_told(found, quotes: str) -> None:
    (finding,) = found(f"{{{{ hal|default({quotes}) }}}}")

    assert "tanda kutip" in finding.what
    assert "lurus" in finding.remedy


def test_a_space_that_does_not_break_does_no_harm_between_words_of_a_tag(tmp_path: Path) -> None:
    (tmp_path / f"{DISPOSITION}.docx").write_bytes(drawn(f"{{{{{NBSP}hal{NBSP}}}}}"))
    typist = WordTypist(tmp_path)

    filled = typist.draft(DISPOSITION, {**specimen_of(DISPOSITION), "hal": "Sumur"}).docx

    assert typist.check(DISPOSITION) == []
    assert Document(io.BytesIO(filled)).paragraphs[0].text == "Sumur"


def test_a_space_that_does_not_break_where_it_does_harm_is_told(found) -> None:
    (finding,) = found(f"{{%p{NBSP}for langkah in alur %}}", "{{ langkah.kepada }}", "{%p endfor %}")

    assert "tidak memutus baris" in finding.what
    assert "spasi biasa" in finding.remedy


def test_a_sign_that_nobody_sees_in_a_tag_is_told(found) -> None:
    (finding,) = found(f"{{{{ nomor{ZWSP}_register }}}}")

    assert "tidak terlihat" in finding.what
    assert "nomor_register" in finding.what


def test_two_words_in_a_tag_are_told_with_the_field_they_may_mean(found) -> None:
    (finding,) = found("{{ nomor register }}")

    assert "tidak dapat dibaca" in finding.what
    assert finding.nearest == "nomor_register"
    assert "expected" not in finding.what + finding.remedy


def _header(document: Any) -> None:
    document.sections[0].header.paragraphs[0].text = "{{ hall }}"


def _footer(document: Any) -> None:
    document.sections[0].footer.paragraphs[0].text = "{{ hall }}"


def _text_box(document: Any) -> None:
    box = (
        f"<w:r {nsdecls('w')} xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006' "
        "xmlns:v='urn:schemas-microsoft-com:vml'><mc:AlternateContent><mc:Choice Requires='wps'><w:pict><v:shape>"
        "<v:textbox><w:txbxContent><w:p><w:r><w:t>{{ hall }}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape>"
        "</w:pict></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>{{ hall }}</w:t>"
        "</w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    document.add_paragraph()._p.append(parse_xml(box))


@pytest.mark.parametrize(
    ("where", "called"),
    [(_header, "kepala halaman"), (_footer, "kaki halaman"), (_text_box, "kotak teks")],
    ids=["header", "footer", "text box"],
)
def test_a_misspelt_field_beside_the_text_is_told_once_with_where_it_stands(found, where, called: str) -> None:
    (finding,) = found("Hal", change=where)

    assert called in finding.place
    assert finding.nearest == "hal"


@pytest.mark.parametrize(("part", "called"), [("footnotes", "catatan kaki"), ("endnotes", "catatan akhir")])
def test_a_tag_in_a_note_is_told_with_its_place(found, part: str, called: str) -> None:
    note = (
        f"<w:{part} {nsdecls('w')}><w:footnote><w:p><w:r><w:t>{{{{ hall }}}}</w:t></w:r></w:p></w:footnote></w:{part}>"
    )

    (finding,) = found(data=with_part(f"word/{part}.xml", note))

    assert called in finding.place


@pytest.mark.parametrize(
    ("data", "fact", "remedy"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"W\0o\0r\0d\0" * 99, ".doc", "Simpan Sebagai"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "terkunci kata sandi",
            "Hapus kata sandinya",
        ),
        (b"{\\rtf1 surat}", "RTF", "Simpan Sebagai"),
        (b"%PDF-1.7", "PDF", "Word"),
        (b"surat biasa", "bukan berkas Word", "Simpan ulang"),
    ],
    ids=["old doc", "password", "rtf", "pdf", "text"],
)
def test_a_file_of_another_kind_is_told_for_what_it_is(found, data: bytes, fact: str, remedy: str) -> None:
    (finding,) = found(data=data)

    assert fact in finding.what
    assert remedy in finding.remedy


def test_a_document_of_libreoffice_by_another_name_is_told_for_what_it_is(found) -> None:
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")

    (finding,) = found(data=package.getvalue())

    assert "OpenDocument" in finding.what


@pytest.mark.parametrize("mark", ["ins", "del"])
def test_changes_that_somebody_tracked_are_told(found, mark: str) -> None:
    def track(document: Any) -> None:
        change = f"<w:{mark} {nsdecls('w')} w:id='1' w:author='Rina Contoh'><w:r><w:t>x</w:t></w:r></w:{mark}>"
        document.add_paragraph()._p.append(parse_xml(change))

    (finding,) = found("Hal", change=track)

    assert "perubahan terlacak" in finding.what
    assert "Terima Semua" in finding.remedy


def test_tracking_that_was_left_on_is_told(found) -> None:
    def switch(document: Any) -> None:
        document.settings.element.append(parse_xml(f"<w:trackRevisions {nsdecls('w')}/>"))

    (finding,) = found("Hal", change=switch)

    assert "masih menyala" in finding.what
    assert finding.place == "setelan dokumen"


def test_a_comment_that_was_left_is_told(found) -> None:
    def comment(document: Any) -> None:
        document.add_comment(document.add_paragraph("Hal").runs, text="periksa lagi", author="Rina Contoh")

    findings = found(change=comment)

    assert {"masih memuat komentar"} == {finding.what for finding in findings}


def test_a_file_with_macros_is_told(found) -> None:
    assert any("makro" in finding.what for finding in found(data=with_part("word/vbaProject.bin", "x")))


def test_several_slips_are_told_together_in_the_order_of_the_page(found) -> None:
    findings = found("{hal}", "{{ nomor_registr }}", "{{ hal|uper }}")

    assert [finding.nearest for finding in findings] == ["hal", "nomor_register", "upper"]
