"""What every typist and every press must do: the fakes that other tests work with, and the real ones."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from fakes import PAGE_CODE, PAGE_KEY, FakeLetters, FakePress, FakeTypist
from presses import warm_press
from printed_sheets import specimen_of
from thorough import slowly

from pipeline.letters.approved_text import DATE, MARK, NUMBER, filled_in, prove_same
from pipeline.letters.engines.confined_word import ConfinedWord
from pipeline.letters.engines.libreoffice import LibreOfficePress
from pipeline.letters.engines.word_templates import WordTypist
from pipeline.letters.identity import Identity
from pipeline.letters.issue import issued, with_fields_of
from pipeline.letters.ports import ClosablePress, LetterFiles, Typist
from pipeline.letters.sheets import specimen_values
from pipeline.letters.sheets.receipt import RECEIPT
from pipeline.letters.sheets.recommendation import RECOMMENDATION
from pipeline.letters.sheets.review_memo import MEMO
from pipeline.register.engines.workbook import workbook
from pipeline.register.ports import Workbook, WorkbookSheet

TEMPLATES = Path(__file__).resolve().parents[2] / "letter_templates"


@pytest.fixture(params=["fake", "Word"])
def typist(request: pytest.FixtureRequest) -> Typist:
    return FakeTypist() if request.param == "fake" else WordTypist(TEMPLATES)


@pytest.fixture(params=[FakePress, warm_press], ids=["fake", "LibreOffice"])
def press(request: pytest.FixtureRequest) -> ClosablePress:
    made: ClosablePress = request.param()
    return made


@pytest.fixture(params=[FakePress, slowly(lambda: LibreOfficePress(PAGE_KEY))], ids=["fake", "LibreOffice"])
def stopped(request: pytest.FixtureRequest) -> Iterator[ClosablePress]:
    """A press that may be closed; LibreOffice is stopped and started in test_libreoffice.py by default."""
    made: ClosablePress = request.param()
    yield made
    made.close()


@pytest.fixture(scope="module")
def docx() -> bytes:
    return WordTypist(TEMPLATES).draft(RECEIPT, specimen_of(RECEIPT, "kosong")).docx


class TestATypist:
    def test_makes_the_same_bytes_of_the_same_values(self, typist: Typist) -> None:
        values = specimen_of(RECEIPT)

        assert typist.draft(RECEIPT, values) == typist.draft(RECEIPT, dict(values))

    def test_makes_other_bytes_of_other_values(self, typist: Typist) -> None:
        cases = specimen_values(RECEIPT)

        assert typist.draft(RECEIPT, cases["lazim"]).docx != typist.draft(RECEIPT, cases["panjang"]).docx

    def test_says_from_which_template_a_document_came(self, typist: Typist) -> None:
        receipt, memo = (typist.draft(name, specimen_of(name, "kosong")).template_sha256 for name in (RECEIPT, MEMO))

        assert receipt != memo
        assert len(receipt) == hashlib.sha256().digest_size * 2


class TestAPress:
    def test_prints_a_document_again_after_it_was_stopped(self, stopped: ClosablePress, docx: bytes) -> None:
        first = stopped.print(docx, None)
        stopped.close()

        assert stopped.print(docx, None)[:4] == first[:4]

    def test_prints_a_page_code_only_where_there_is_one(self, press: ClosablePress, docx: bytes) -> None:
        plain, coded = press.print(docx, None), press.print(docx, PAGE_CODE)

        assert plain != coded
        assert len(coded) > len(plain)


def test_the_workbook_makes_the_same_bytes_of_the_same_tables() -> None:
    write: Workbook = workbook
    leaf = WorkbookSheet("Uji", "Uji", ("Kolom",), ((1,),))

    assert write("Uji", [leaf]) == write("Uji", [leaf])


@pytest.fixture(params=["fake", "word"])
def letter(request: pytest.FixtureRequest) -> tuple[LetterFiles, bytes]:
    """What fills letters, and a draft that its typist made."""
    drafting, files = (
        (FakeTypist(), FakeLetters()) if request.param == "fake" else (WordTypist(TEMPLATES), ConfinedWord())
    )
    values = {**specimen_of(RECOMMENDATION, "kosong"), "nomor_naskah": "", "tanggal_naskah": ""}
    return files, drafting.draft(RECOMMENDATION, {**values, "tanda_konsep": "KONSEP"}).docx


class TestLetterFiles:
    def test_fills_fields_and_changes_nothing_else(self, letter: tuple[LetterFiles, bytes]) -> None:
        files, draft = letter

        filled = issued(draft, "W.8-1", date(2026, 11, 26), dated=True, files=files)

        held = filled_in(files.lines(filled))
        assert (held[NUMBER], held[DATE], held.get(MARK, "")) == ("W.8-1", "26 November 2026", "")
        prove_same(files.lines(draft), files.lines(filled), (NUMBER, DATE, MARK))
        assert files.filled(draft, {NUMBER: "1"}) == files.filled(draft, {NUMBER: "1"}) != draft

    def test_says_which_letter_a_file_is(self, letter: tuple[LetterFiles, bytes]) -> None:
        files, draft = letter
        this = Identity("K7QM2XPA94TD", 4)

        named = files.identified(draft, this)

        assert (files.identity(draft), files.identity(named)) == (None, this)
        assert files.identity(files.filled(named, {NUMBER: "W.8-1"})) == this

    @pytest.mark.parametrize(
        ("typist", "files"), [(FakeTypist(), FakeLetters()), (WordTypist(TEMPLATES), ConfinedWord())]
    )
    def test_says_the_same_of_a_file_that_said_it_when_it_was_drafted(self, typist: Typist, files: LetterFiles) -> None:
        this, values = Identity("K7QM2XPA94TD", 4), specimen_of(RECEIPT)

        drafted = typist.draft(RECEIPT, values, this)

        assert files.identity(drafted.docx) == this
        assert files.identified(typist.draft(RECEIPT, values).docx, this) == drafted.docx

    def test_leaves_what_was_said_before_it_was_filled(self, letter: tuple[LetterFiles, bytes]) -> None:
        files, draft = letter

        again = with_fields_of(draft, files.filled(draft, {NUMBER: "KARANGAN"}), files=files)

        assert filled_in(files.lines(again))[NUMBER] == filled_in(files.lines(draft))[NUMBER]
