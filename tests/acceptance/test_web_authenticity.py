"""*Keaslian naskah*: whoever holds a letter learns whether it is ours, and nothing of a complainant."""

from __future__ import annotations

import re

import pytest
from offices import copied
from signing_memos import with_memos
from test_whole_sop import FIRST
from web_desk import WebDesk

from pipeline.access.failed_tries import AUTHENTICITY_EVERYWHERE
from pipeline.cases.case_number import CaseNumber
from pipeline.letters.authenticity import document_of
from pipeline.letters.sign_letters import Fate
from pipeline.work.tend import tend

SECOND = CaseNumber(2026, 2)
MEMO = "04-nota-telaahan"
UNKNOWN = "ZZZZZZZZZZZZ"


@pytest.fixture(scope="module")
def before(pki, tmp_path_factory):
    """An office with a memo that is signed with a certificate, and one that is not."""
    folder = tmp_path_factory.mktemp("sebelum") / "kantor"
    office = with_memos(folder, pki, b"Siti Rekaan mengadu", b"Upah")
    assert office.sign(office.awaiting(FIRST))[0].fate is Fate.SIGNED
    tend(FIRST, office.tend_parts)
    office.root.book.refresh()
    return folder


@pytest.fixture
def desk(before, tmp_path):
    folder = copied(before, tmp_path / "kantor")
    found = WebDesk(folder)
    yield found
    found.app.state.desk.close()


def case(desk, number=FIRST):
    return desk.office.root.cabinet.case(number)


def data(desk, name: str) -> bytes:
    return desk.office.file(FIRST, name)


def asked(desk, code="", file: bytes | None = None, browser=None):
    browser = browser or desk.stranger()
    files = {"berkas": ("surat.pdf", file, "application/pdf")} if file is not None else {"berkas": ("", b"")}
    return browser.post("/keaslian", data={"csrf": browser.token("/keaslian"), "kode": code}, files=files)


def test_the_code_on_a_signed_letter_says_what_it_is_and_that_it_holds(desk):
    answer = asked(desk, case(desk).drafts[MEMO].page_code)

    assert answer.status_code == 200
    assert "Naskah ini dari kantor kami" in answer.text
    assert "Nota telaahan" in answer.text
    assert "Kepala Subbidang Pemajuan HAM" in answer.text
    assert "ditandatangani secara elektronik" in answer.text


def test_the_address_of_the_code_answers_at_once(desk):
    answer = desk.stranger().get(f"/keaslian?kode={case(desk).drafts[MEMO].page_code}")

    assert "Naskah ini dari kantor kami" in answer.text


def test_the_signed_file_itself_is_known_and_every_other_is_not(desk):
    signed, printed = data(desk, f"{MEMO}-v1-bertanda-tangan.pdf"), data(desk, f"{MEMO}-v1.pdf")

    assert "sama persis" in asked(desk, file=signed).text
    assert "belum bertanda tangan" in asked(desk, file=printed).text
    changed = asked(desk, file=signed + b" ")
    assert (changed.status_code, "tidak sama persis" in changed.text) == (404, True)


def test_code_and_file_are_held_against_one_another(desk):
    code = case(desk).drafts[MEMO].page_code

    assert "sama persis, sampai byte terakhir" in asked(desk, code, data(desk, f"{MEMO}-v1-bertanda-tangan.pdf")).text
    assert "tidak sama persis" in asked(desk, code, b"%PDF lain").text


def test_a_letter_that_is_not_signed_does_not_hold(desk):
    code = case(desk, SECOND).drafts[MEMO].page_code

    answer = asked(desk, code)

    assert answer.status_code == 200
    assert "belum atau tidak berlaku" in answer.text
    assert "belum ditandatangani" in answer.text


def test_nothing_of_the_complainant_the_case_or_the_file_is_told(desk):
    page = asked(desk, case(desk).drafts[MEMO].page_code).text
    told = page[page.index("<main") : page.index("</main>")]

    for secret in ("Siti", "PT Rekaan", "Hak atas tanah", "0001", "Pasal", "Eko Rekaan"):
        assert secret not in told


def test_sheets_that_nobody_signs_are_no_letters(desk):
    code = case(desk).drafts["03-lembar-disposisi"].page_code

    assert asked(desk, code).status_code == 404


def test_everything_that_is_no_letter_of_ours_gets_the_same_answer(desk):
    answers = [asked(desk, code) for code in (UNKNOWN, "x" * 70, "<b>' OR 1=1", "YK1:SAMPUL:AAAAAAAA:BBBBBB")]

    texts = {re.sub(r'value="[^"]*"', "", a.text) for a in answers}
    assert ({a.status_code for a in answers}, len(texts)) == ({404}, 1)
    assert asked(desk).status_code == 422


def test_who_guesses_waits(desk):
    browser = desk.stranger()
    for _ in range(10):
        assert asked(desk, UNKNOWN, browser=browser).status_code == 404

    assert asked(desk, case(desk).drafts[MEMO].page_code, browser=browser).status_code == 429
    desk.clock.forward(minutes=2)
    assert asked(desk, case(desk).drafts[MEMO].page_code, browser=browser).status_code == 200
    assert AUTHENTICITY_EVERYWHERE.longest == 60.0


def test_a_file_of_a_stranger_is_kept_nowhere_and_never_opened(desk, monkeypatch):
    marked = b"PENANDA-BERKAS-ORANG" * 1000

    asked(desk, file=marked)

    root = desk.office.root.layout.root
    assert not [p for p in root.rglob("*") if p.is_file() and marked[:40] in p.read_bytes()]


def test_a_file_that_is_too_large_is_refused(desk, monkeypatch):
    from pipeline.desk.gate import Rule

    monkeypatch.setattr(Rule, "largest_file", lambda self, desk: 1000)

    assert asked(desk, file=b"x" * 5000).status_code == 413


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("K7QM2XPA94TD", "K7QM2XPA94TD"),
        (" k7qm 2xpa 94td ", "K7QM2XPA94TD"),
        ("YK1:K7QM2XPA94TD:1/2:XR6SY6", "K7QM2XPA94TD"),
        ("ykl:k7qm2xpa94td:1/2:xr6sy6", "K7QM2XPA94TD"),
        ("O7QM2XPA94TI", "07QM2XPA94T1"),
        ("K7QM2XPA94T", None),
        ("K7QM2XPA94TDD", None),
        ("", None),
        ("K7QM2XPA94T!", None),
    ],
)
def test_a_code_is_read_as_people_type_it(typed, read):
    assert document_of(typed) == read
