"""What is searched in a case's sheets: the words of the newest version of each, of whatever file lies there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from case_factory import case_of, document, drafted, recognised
from hostile_word import content, field, raw, with_body
from word_files import of_paragraphs

from pipeline.archive.store.cabinet import FolderCabinet
from pipeline.archive.store.layout import Layout
from pipeline.archive.store.witness_log import WitnessLog
from pipeline.cases.case import Case
from pipeline.letters.sheets.receipt import RECEIPT
from pipeline.letters.sheets.specimens import SPECIMEN_OFFICE
from pipeline.search.case_text import SHEETS
from pipeline.search.store import document_texts
from pipeline.search.store.document_texts import DocumentTexts

FETCHING = raw(with_body(content("Diambil dari luar"), field("INCLUDETEXT http://contoh.example/a")))


def filed(root: Path, docx: bytes, lies: bytes, version: int = 1) -> Case:
    """A case with a receipt of these bytes, where these lie in its folder."""
    sheet = replace(drafted(RECEIPT, version), documents=(document(f"{RECEIPT}-v{version}.docx", docx, kind=RECEIPT),))
    case = case_of(recognised(), sheet)
    path = Layout(root).case(case.number) / "data" / f"{RECEIPT}-v{version}.docx"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(lies)
    return case


@pytest.fixture
def texts(tmp_path: Path) -> DocumentTexts:
    layout = Layout(tmp_path)
    cabinet = FolderCabinet(layout, WitnessLog(layout.changes))
    return DocumentTexts(layout.templates, cabinet, [SPECIMEN_OFFICE.letterhead], lambda _: ())


def sheets(texts: DocumentTexts, case: Case) -> list[str]:
    return [text.text for text in texts.of(case) if text.column == SHEETS]


def test_the_words_of_a_sheet_are_found_and_those_of_its_next_version(texts: DocumentTexts, tmp_path: Path) -> None:
    first, second = of_paragraphs("Sumur kering"), of_paragraphs("Sumur berair")

    assert sheets(texts, filed(tmp_path, first, first)) == ["Sumur kering"]
    assert sheets(texts, filed(tmp_path, first, first)) == ["Sumur kering"]
    assert sheets(texts, filed(tmp_path, second, second, version=2)) == ["Sumur berair"]


def test_a_file_that_is_not_the_one_we_wrote_is_looked_through_before_it_is_opened(
    texts: DocumentTexts, tmp_path: Path
) -> None:
    ours = of_paragraphs("Sumur kering")

    assert sheets(texts, filed(tmp_path, ours, of_paragraphs("Diganti orang"))) == ["Diganti orang"]
    assert sheets(texts, filed(tmp_path, ours, FETCHING)) == []
    assert sheets(texts, filed(tmp_path, ours, b"")) == []


def test_a_sheet_that_is_gone_says_nothing_although_it_was_read_before(texts: DocumentTexts, tmp_path: Path) -> None:
    ours = of_paragraphs("Sumur kering")
    case = filed(tmp_path, ours, ours)
    assert sheets(texts, case) == ["Sumur kering"]

    (Layout(tmp_path).case(case.number) / "data" / f"{RECEIPT}-v1.docx").unlink()

    assert sheets(texts, case) == []


def test_of_many_sheets_only_some_are_kept(
    texts: DocumentTexts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(document_texts, "_KEPT", 2)
    written = [of_paragraphs(f"Sumur {number}") for number in range(4)]

    for docx in (*written, *written):
        assert sheets(texts, filed(tmp_path, docx, docx))[0].startswith("Sumur")

    assert len(texts._sheets) == 2
