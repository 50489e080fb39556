"""A Word file's words changed without Word: what is not touched stays as it was."""

from __future__ import annotations

import io

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from pipeline.letters.engines.word_file import unsafe
from pipeline.letters.engines.word_text import passages, rewritten

WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\t\n"), max_size=40)


def _file(*paragraphs):
    """Return a file of paragraphs, each of runs: text and whether it is bold."""
    made, word = io.BytesIO(), Document()
    for runs in paragraphs:
        paragraph = word.add_paragraph()
        for text, bold in runs:
            paragraph.add_run(text).bold = bold
    word.save(made)
    return made.getvalue()


def _runs(docx, number=0):
    return [(run.text, bool(run.bold)) for run in Document(io.BytesIO(docx)).paragraphs[number].runs]


def test_new_words_look_like_those_beside_them_and_the_others_keep_their_look():
    docx = _file([("Perihal: ", True), ("upah buruh", False)])

    changed = rewritten(docx, {0: "Perihal: upah tiga buruh"})

    assert _runs(changed) == [("Perihal: ", True), ("upah tiga buruh", False)]
    assert unsafe(changed) == []


def test_a_paragraph_that_is_emptied_is_taken_out_but_a_cell_keeps_its_last_one():
    made, word = io.BytesIO(), Document()
    word.add_paragraph("Satu")
    word.add_paragraph("Dua")
    word.add_table(1, 1).cell(0, 0).text = "Sel"
    word.save(made)

    changed = Document(io.BytesIO(rewritten(made.getvalue(), {0: "", 2: " "})))

    assert [p.text for p in changed.paragraphs] == ["Dua"]
    assert [p.text.strip() for p in changed.tables[0].cell(0, 0).paragraphs] == [""]


def test_paragraphs_of_one_table_row_are_told_as_such():
    made, word = io.BytesIO(), Document()
    table = word.add_table(2, 2)
    for number in range(4):
        table.cell(number // 2, number % 2).text = f"sel {number}"
    word.save(made)

    found = passages(made.getvalue())

    assert [(p.text, p.row, p.cell) for p in found] == [
        ("sel 0", 1, 1),
        ("sel 1", 1, 2),
        ("sel 2", 2, 3),
        ("sel 3", 2, 4),
    ]


@pytest.mark.parametrize("field", ["hyperlink", "drawing"])
def test_what_is_more_than_words_is_left_to_word(field):
    made, word = io.BytesIO(), Document()
    paragraph = word.add_paragraph("Lihat ")
    inside = paragraph.add_run("gambar")._r
    inside.append(inside.makeelement(inside.tag.replace("}r", f"}}{field}"), {}))
    word.save(made)

    assert [(p.text, p.locked) for p in passages(made.getvalue())] == [("Lihat gambar", True)]
    assert Document(io.BytesIO(rewritten(made.getvalue(), {0: "x"}))).paragraphs[0].text == "Lihat gambar"


@given(before=st.lists(st.tuples(WORDS, st.booleans()), min_size=1, max_size=4), after=WORDS)
def test_whatever_is_written_is_what_is_read_again(before, after):
    docx = _file(before, [("tetap", False)])
    found = {p.number for p in passages(docx)}

    changed = rewritten(docx, {0: after} if 0 in found else {})

    texts = [p.text for p in Document(io.BytesIO(changed)).paragraphs]
    if 0 in found:
        assert texts == ([after, "tetap"] if after.strip() else ["tetap"])
