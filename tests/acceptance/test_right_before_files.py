"""Right first: a file is opened only for who may bring it now; else not a byte of it is parsed, on no way in."""

from __future__ import annotations

import json
from getpass import getuser

import pytest
from fakes import FakeReader
from life_office import MORNING, RECOMMENDATION, LifeOffice
from test_api import TOLD, Program
from web_desk import WebDesk, posts_in

from pipeline.cases.actor import Actor
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.decide import decide
from pipeline.cli import main
from pipeline.errors import Incomplete, NotAllowed
from pipeline.letters.engines.confined_word import ConfinedWord
from pipeline.letters.ports import MOST_WORD_BYTES
from pipeline.letters.revise import Edit, revise
from pipeline.storage.blobs import TypedText
from pipeline.work.store.setup import lay_out_filled as lay_out

FIRST = CaseNumber(2026, 1)
CASE = "/kasus/2026/0001"
HEAD, DIVISION, FIELD, TEAM, SUB = "kakanwil", "kadiv", "kabid", "tim-yankomas", "kasubbid"
WITHDRAWN = {"alasan": "Sudah damai."}


class OpensNothing(FakeReader):
    """A reader that notes every file it is given."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    def inspect(self, blob):
        self.opened.append(blob.name)
        return super().inspect(blob)


class LooksAtNothing(ConfinedWord):
    """What looks into Word files, noting that it was asked to."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[int] = []

    def unsafe(self, docx):
        self.opened.append(len(docx))
        return super().unsafe(docx)


@pytest.fixture
def desk(tmp_path):
    folder = tmp_path / "kantor"
    lay_out(folder)
    posts_in(folder)
    desk = WebDesk(folder)
    desk.clock.at = MORNING
    life = LifeOffice(desk.office)
    desk.office.clock = desk.clock
    life.recommended()
    yield desk
    desk.app.state.desk.close()


@pytest.fixture
def reader(desk):
    reader = desk.office.reader = OpensNothing()
    desk.app.state.desk.reader = reader  # the one that is built when a file comes along
    return reader


@pytest.fixture
def editor(desk):
    editor = desk.office.root.sheet_editor = LooksAtNothing()
    return editor


def _scan():
    return {"berkas": ("pindaian.pdf", b"%PDF-1.4 sebuah pindaian", "application/pdf")}


#: Who may not, or not now: the move, the role, what is typed.
NOT_NOW = [
    ("cabut", HEAD, WITHDRAWN),  # not this role's
    ("tandatangani-naskah", SUB, {"naskah": RECOMMENDATION}),  # not this role's
    ("tandatangani-naskah", HEAD, {"naskah": RECOMMENDATION}),  # not initialled and numbered yet
    ("terima", TEAM, {}),  # not open
    ("tidak-ada", TEAM, {}),  # no move
    ("cabut", FIELD, {}),  # the form is not complete
    ("cabut", FIELD, WITHDRAWN),  # a case with letters on their way does not end
    ("koreksi", TEAM, {"alasan": "Salah ketik"}),  # takes no file
]


@pytest.mark.parametrize(("move", "role", "typed"), NOT_NOW)
def test_no_program_has_a_file_opened_with_a_move_it_may_not_make_now(desk, reader, move, role, typed):
    answer = Program(desk, role).move(move, typed, files=_scan())

    assert answer.status_code in (403, 409, 422), answer.text
    assert reader.opened == []


@pytest.mark.parametrize(("move", "role", "typed"), NOT_NOW)
def test_no_page_has_a_file_opened_with_a_move_that_is_not_open_to_its_visitor(desk, reader, move, role, typed):
    browser = desk.browser(role)
    form = {**{f"i.{name}": text for name, text in typed.items()}, "sebagai": role}

    answer = browser.post_form(f"{CASE}/gerak/{move}", form, page=CASE, files=_scan())

    assert answer.status_code in (403, 409, 422), answer.text
    assert reader.opened == []


@pytest.mark.parametrize(("move", "role", "typed"), NOT_NOW)
def test_no_command_has_a_file_opened_with_a_move_that_is_not_open_to_its_role(desk, reader, move, role, typed):
    parts, files = desk.office.decide_parts, [TypedText("pindaian.pdf", b"%PDF-1.4")]

    with pytest.raises((NotAllowed, Incomplete)):
        decide(FIRST, move, typed, by=Actor(role, getuser()), parts=parts, files=files)
    assert reader.opened == []


def test_a_file_that_comes_with_a_stale_page_or_another_role_than_the_tokens_is_not_opened(desk, reader):
    team = Program(desk, FIELD)

    assert team.move("cabut", WITHDRAWN, dilihat=1, files=_scan()).status_code == 403
    assert team.move("cabut", WITHDRAWN, sebagai=HEAD, files=_scan()).status_code == 403
    assert reader.opened == []


def test_of_a_secret_case_no_file_is_taken_from_who_has_no_part_in_it(desk, reader):
    second = desk.office.open("lisan", TOLD)
    desk.office.decide(second, "koreksi", TEAM, {"sifat": "rahasia", "alasan": "Menyangkut anak"})
    form = {"isian": (None, json.dumps(WITHDRAWN)), **_scan()}

    answer = Program(desk, DIVISION).call("POST", f"/kasus/{second}/gerak/cabut", files=form)

    assert answer.status_code == 403
    assert reader.opened == []


def test_who_may_has_the_file_opened(desk, reader):
    second = desk.office.open("lisan", TOLD)
    form = {"isian": (None, json.dumps(WITHDRAWN)), **_scan()}

    answer = Program(desk, FIELD).call("POST", f"/kasus/{second}/gerak/cabut", files=form)

    assert answer.status_code == 200, answer.text
    assert reader.opened == ["pindaian.pdf"]


#: Whose edits are not taken: the role, the letter.
NOT_THEIRS = [(HEAD, "04-nota-telaahan"), ("arsiparis", RECOMMENDATION), (SUB, "99-tidak-ada")]


@pytest.mark.parametrize(("role", "letter"), NOT_THEIRS)
def test_no_word_file_is_looked_into_for_who_may_not_edit_the_letter(desk, editor, role, letter):
    form = {"dilihat": (None, "1"), "berkas": ("suntingan.docx", b"PK\x03\x04")}

    by_api = Program(desk, role).call("POST", f"{CASE}/sunting/{letter}", files=form)
    files = {"berkas": ("suntingan.docx", b"PK\x03\x04")}
    by_page = desk.browser(role).post_form(f"{CASE}/sunting/{letter}", {"versi": "1"}, page=CASE, files=files)
    with pytest.raises(NotAllowed):
        revise(FIRST, letter, Edit(b"PK", 1, 1), by=Actor(role, role), parts=desk.office.revise_parts)

    assert by_api.status_code in (403, 404)
    assert by_page.status_code in (403, 404, 422)
    assert editor.opened == []


def test_a_word_file_that_is_larger_than_any_letter_is_refused_before_it_is_read(desk, editor, tmp_path, capsys):
    large = b"\0" * (MOST_WORD_BYTES + 1)
    form = {"dilihat": (None, "1"), "berkas": ("suntingan.docx", large)}
    path = tmp_path / "besar.docx"
    path.write_bytes(large)

    answer = Program(desk, SUB).call("POST", f"{CASE}/sunting/{RECOMMENDATION}", files=form)
    folder = str(desk.office.root.layout.root)
    arguments = ["sunting", "2026/0001", RECOMMENDATION, "--file", str(path), "--as", SUB]
    code = main(["--root", folder, *arguments])

    assert answer.status_code == 422
    assert code == 13
    assert "terlalu besar" in json.dumps(answer.json()) + capsys.readouterr().err
    assert editor.opened == []
