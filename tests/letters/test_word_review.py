"""A comment or a tracked change in a Word file is told with its words; neither is printed as if it were said."""

from __future__ import annotations

import pytest
from word_files import of_paragraphs, with_comment, with_tracked

from pipeline.letters.engines.word_file import opened, packed
from pipeline.letters.engines.word_review import left_over

_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def fact(docx: bytes) -> str:
    ((told, _),) = left_over(docx)
    return told


def header(inside: str, space: str = _TRANSITIONAL) -> bytes:
    part = f'<w:hdr xmlns:w="{space}">{inside}</w:hdr>'
    return packed({**opened(of_paragraphs("Isi")), "word/header9.xml": part.encode()})


def test_a_file_without_either_has_nothing_left_over():
    assert left_over(of_paragraphs("Isi surat")) == []


def test_a_comment_is_told_with_its_words_and_who_wrote_it():
    docx = with_comment(of_paragraphs("Isi surat"), "Jangan kirim dulu", "Rina Contoh")

    ((told, remedy),) = left_over(docx)

    assert told == "Berkas Word ini masih memuat komentar (Rina Contoh: “Jangan kirim dulu”)"
    assert remedy.endswith("di Word buka tab Tinjau: Hapus Semua Komentar; simpan, dan kirim lagi.")


def test_tracked_changes_are_told_with_their_words():
    docx = with_tracked(of_paragraphs("Kami "), came="tidak", went="sangat")

    ((told, remedy),) = left_over(docx)

    assert told == "Berkas Word ini masih memuat perubahan terlacak (ditambah “tidak”; dihapus “sangat”)"
    assert remedy.endswith("terima atau tolak semua perubahan; simpan, dan kirim lagi.")


def test_both_are_told_at_once_and_many_are_counted():
    docx = with_tracked(with_comment(of_paragraphs("Isi"), "Tunda"), came="tidak", went="a")
    many = header("".join(f"<w:ins><w:r><w:t>kata {n}</w:t></w:r></w:ins>" for n in range(5)))

    assert "komentar (Rina Contoh: “Tunda”) dan perubahan terlacak (" in fact(docx)
    assert fact(many).endswith("(ditambah “kata 0”; ditambah “kata 1”; ditambah “kata 2”; dan 2 lagi)")


@pytest.mark.parametrize("space", [_TRANSITIONAL, _STRICT])
@pytest.mark.parametrize(
    "inside",
    [
        '<w:p><w:moveFrom w:id="1"><w:r><w:t>x</w:t></w:r></w:moveFrom></w:p>',
        '<w:p><w:pPr><w:rPr><w:ins w:id="1"/></w:rPr></w:pPr></w:p>',
        '<w:p><w:r><w:rPr><w:b/><w:rPrChange w:id="1"><w:rPr/></w:rPrChange></w:rPr></w:r></w:p>',
        '<w:p><w:pPr><w:pPrChange w:id="1"><w:pPr/></w:pPrChange></w:pPr></w:p>',
        '<w:tbl><w:tr><w:tc><w:tcPr><w:cellDel w:id="1"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>',
    ],
)
def test_a_change_is_told_wherever_it_stands_also_one_that_only_looks_otherwise(inside: str, space: str):
    assert "perubahan terlacak" in fact(header(inside, space))


@pytest.mark.parametrize("mark", ["commentReference", "commentRangeStart", "commentRangeEnd"])
def test_a_comment_of_which_only_a_mark_is_left_is_told(mark: str):
    assert fact(header(f'<w:p><w:{mark} w:id="0"/></w:p>')) == "Berkas Word ini masih memuat komentar"


def test_a_long_comment_is_told_by_its_beginning():
    docx = with_comment(of_paragraphs("Isi"), "kata " * 60, "")

    assert fact(docx).endswith("kata …”)")
    assert len(fact(docx)) < 200
