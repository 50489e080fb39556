"""The letter editor after its session ended: what was written over is there again, what was chosen is named."""

from __future__ import annotations

import re

import pytest
from offices import WordOffice
from test_letters_edited import CASE, EDITOR, FIRST, RECOMMENDATION, newest, today
from test_letters_numbered import SUMMARY, TO_DRAFT
from test_web_typed import form_of, sent_by, typing
from test_whole_sop import SUB, received, walk
from web_desk import WebDesk

WORDS = "Tanah Siti Rekaan dipagari sejak Mei."


@pytest.fixture
def desk(tmp_path):
    desk = WebDesk(tmp_path / "kantor", WordOffice)
    received(desk.office)
    walk(desk.office, FIRST, today(TO_DRAFT))
    yield desk
    desk.app.state.desk.close()


def test_what_was_written_over_is_in_the_editor_after_the_session_and_can_be_thrown_away(desk):
    editor = desk.browser(SUB)
    fields = form_of(editor.get(EDITOR).text, EDITOR).fields
    place = next(name for name in fields if name.startswith("p.") and SUMMARY in (fields[name] or ""))
    form = typing(editor, EDITOR, EDITOR, **{place: WORDS})
    desk.people.sessions.end_all(SUB)

    assert editor.post(EDITOR, data=form).status_code == 401

    again = desk.come_in(SUB)
    shown = again.get(EDITOR).text
    assert sent_by(shown, EDITOR)[place] == [WORDS]
    again.post("/ketikan/buang", data=sent_by(shown, "/ketikan/buang"))
    assert WORDS not in again.get(EDITOR).text


def test_a_word_file_that_was_sent_too_late_is_named_and_nothing_of_it_is_kept(desk):
    editor, page, action = (
        desk.browser(SUB),
        f"{CASE}/lihat/{RECOMMENDATION}-v1.docx",
        f"{CASE}/sunting/{RECOMMENDATION}",
    )
    form = {name: value for name, value in sent_by(editor.get(page).text, action).items() if name != "berkas"}
    desk.people.sessions.end_all(SUB)

    answer = editor.post(action, data=form, files={"berkas": ("suntingan saya.docx", newest(desk))})

    assert answer.status_code == 401
    again = desk.come_in(SUB).get(page).text
    assert re.search(r"perlu dipilih lagi: suntingan saya\.docx", again)
    assert not list(desk.office.root.layout.state.rglob("*.part"))
