"""A destroyed case that lived a whole life: every page, command and view tells of the stub, and of nothing else."""

from __future__ import annotations

import pytest
from life_office import FIRST, MORNING, RECOMMENDATION, LifeOffice
from offices import CENTRAL
from web_desk import WebDesk, posts_in

from pipeline.cases.actor import Actor
from pipeline.cases.archived import Archived
from pipeline.cases.line_values import NO_HOLDER
from pipeline.cli import main
from pipeline.records.record_list import step_line
from pipeline.work.store.setup import lay_out_filled as lay_out

pytestmark = pytest.mark.skipif(CENTRAL, reason="where cases are kept centrally destroying is refused")
PAGES = (
    *("/", "/arsip", "/register", "/surat", "/ringkasan", "/ekspedisi", "/arsip/{0}", "/arsip/{0}?periksa=1"),
    *("/arsip/{0}/berkas.pdf", "/arsip/{0}/berkas.zip", "/kasus/{0}", "/kasus/{0}/bagan", "/tanda-tangan"),
    f"/kasus/{{0}}/surat/{RECOMMENDATION}",
)
COMMANDS = (
    *(["case", "{0}", "--as", "arsiparis"], ["case", "{0}", "--json", "--as", "arsiparis"]),
    *(["moves", "{0}"], ["surat", "{0}"], ["register"]),
    *(["arsip", "keadaan", "{0}"], ["rebuild"], ["verify"]),
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """An office whose first case was seen through to its recommendation, and destroyed."""
    folder = tmp_path_factory.mktemp("rintisan") / "kantor"
    lay_out(folder)
    posts_in(folder)
    desk = WebDesk(folder)
    desk.clock.at = MORNING
    life = LifeOffice(desk.office)
    desk.office.clock = desk.clock
    life.monitored()
    names = tuple(document.name for document in life.case.documents)
    event = Archived("musnahkan", "Dimusnahkan", becomes="dimusnahkan", of_list="musnah-2026-1", removed=names)
    eraser, book = desk.office.root.eraser, desk.office.root.records_book
    with book.held():
        for step in ("usul", "laksana"):
            line = step_line("musnah-2026-1", step, {}, at=MORNING, by=Actor("arsiparis", "ita"), holder=NO_HOLDER)
            book.note({**line, "perkara": [str(FIRST)]})
    eraser.ready()
    with desk.office.root.cabinet.held(FIRST) as held:
        case = held.append(event, {}, by="arsiparis", at=desk.clock.now())
    eraser.erase(case)
    eraser.finish([FIRST.year])
    yield desk
    desk.app.state.desk.close()


@pytest.mark.parametrize("role", ["arsiparis", "tim-yankomas", "kakanwil"])
def test_every_page_shows_the_stub_and_no_name(desk, role):
    browser = desk.browser(role)
    for page in PAGES:
        answer = browser.get(page.format(FIRST))
        assert answer.status_code in (200, 303, 403, 404), (page, answer.status_code)
        if "text/html" in answer.headers["content-type"]:
            assert "Siti Rekaan" not in answer.text, page
    shown = browser.get(f"/kasus/{FIRST}").text
    assert "dimusnahkan (musnah-2026-1)" in shown
    assert "Satu PDF" not in shown
    assert "Salin untuk SIMASHAM" not in shown


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
def test_every_command_tells_of_the_stub_and_no_name(desk, capsys, words):
    code = main(["--root", str(desk.office.root.layout.root), *(word.format(FIRST) for word in words)])

    told = capsys.readouterr()
    assert code == 0, told.out + told.err
    assert "Siti Rekaan" not in told.out
