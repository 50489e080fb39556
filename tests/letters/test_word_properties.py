"""A Word file says which letter and version it is, and programs that save it keep that."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import pytest
from docx import Document
from printed_sheets import specimen_of
from word_files import nameless, of_paragraphs, older

from pipeline.letters.approved_text import DATE, MARK, NUMBER, filled_in
from pipeline.letters.engines import word_fields, word_file
from pipeline.letters.engines.word_properties import identified, identity
from pipeline.letters.engines.word_templates import WordTypist
from pipeline.letters.identity import Identity
from pipeline.letters.sheets.recommendation import RECOMMENDATION

TEMPLATES = Path(__file__).resolve().parents[2] / "letter_templates"
THIS, NEXT = Identity("K7QM2XPA94TD", 2), Identity("94TDK7QM2XPA", 3)


def letter() -> bytes:
    return WordTypist(TEMPLATES).draft(RECOMMENDATION, specimen_of(RECOMMENDATION, "kosong")).docx


def test_a_file_says_what_was_written_into_it_and_only_the_last():
    assert identity(of_paragraphs("a")) is None
    assert identity(identified(of_paragraphs("a"), THIS)) == THIS
    assert identity(identified(identified(letter(), THIS), NEXT)) == NEXT
    assert identity(nameless(identified(letter(), THIS))) is None


def test_the_same_letter_and_name_give_the_same_bytes_and_a_file_that_opens():
    docx = identified(letter(), THIS)

    assert identified(letter(), THIS) == docx
    assert word_file.unsafe(docx) == []
    assert Document(io.BytesIO(docx)).paragraphs
    assert word_fields.lines(docx) == word_fields.lines(letter())


def test_properties_of_others_stay():
    docx = identified(of_paragraphs("a"), THIS)
    parts = word_file.opened(docx)
    custom = parts["docProps/custom.xml"].replace(b"Yankomas-Naskah", b"Milik-Lain")

    again = identified(word_file.packed({**parts, "docProps/custom.xml": custom}), NEXT)

    assert identity(again) == NEXT
    assert b"Milik-Lain" in word_file.opened(again)["docProps/custom.xml"]


@pytest.mark.parametrize("told", [b"", b"x" * 300, b"-1", b"satu", b"9" * 30])
def test_a_name_that_nobody_here_wrote_is_none(told):
    parts = word_file.opened(identified(of_paragraphs("a"), THIS))
    custom = parts["docProps/custom.xml"].replace(b">2<", b">" + told + b"<")

    assert identity(word_file.packed({**parts, "docProps/custom.xml": custom})) is None


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_keeps_name_and_fields_when_it_saves(tmp_path):
    (tmp_path / "a.docx").write_bytes(identified(letter(), THIS))
    profile = f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", "docx", "--outdir", "simpan", "a.docx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=180)

    saved = (tmp_path / "simpan" / "a.docx").read_bytes()

    assert identity(saved) == THIS
    assert set(filled_in(word_fields.lines(saved))) == {NUMBER, DATE, MARK}


def test_a_file_without_controls_keeps_its_name():
    assert identity(older(identified(letter(), THIS))) == THIS
