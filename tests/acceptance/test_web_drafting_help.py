"""The forms of the desk offer the office's sentences by kind of case, and begin with what register and laws know."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest
from pypdf import PdfWriter
from web_desk import CONFIRMED as USUAL
from web_desk import WebDesk

from pipeline.cases.case_number import CaseNumber
from pipeline.cli import main

CASE = "/kasus/2026/0001"
FORM = f"{CASE}/gerak/telaah"
CONFIRMED = {**USUAL, "i.dokumen_pendukung": ["foto"]}
CHOSEN = {"i.persoalan": "Persoalan", "i.indikasi": "ya", "i.berwenang": "ya", "i.saran": "audiensi"}


@pytest.fixture
def desk(tmp_path):
    desk = WebDesk(tmp_path / "kantor")
    desk.clock.forward(days=1)  # the edition of 26 November 2026
    writer = PdfWriter()
    writer.add_blank_page(300, 400)
    writer.write(desk.office.root.layout.inbox / "surat.pdf")
    desk.office.run_once()
    yield desk
    desk.app.state.desk.close()


def _make(browser, move, answers=None):
    path = f"{CASE}/gerak/{move}"
    return browser.post_form(path, answers or {}, page=path)


def _until_review(desk, channel="surat"):
    team = desk.browser("tim-yankomas")
    assert _make(team, "konfirmasi", {**CONFIRMED, "i.cara_penyampaian": channel}).status_code == 303
    assert _make(team, "sampaikan").status_code == 303
    for role in ("kakanwil", "kadiv", "kabid"):
        assert _make(desk.browser(role), "disposisi", {"i.isi_disposisi": "Telaah"}).status_code == 303
    return desk.browser("kasubbid")


def _rows(page, name):
    """The rows of a list on a page, by number, each a list of its cells."""
    found: dict[int, list[str]] = {}
    for row, cell in re.findall(rf'<textarea name="i\.{name}\.(\d+)\.\d+" rows="2">(.*?)</textarea>', page, re.DOTALL):
        found.setdefault(int(row), []).append(unescape(cell))
    return found


def _decided(desk):
    return desk.office.root.cabinet.case(CaseNumber(2026, 1)).made[-1].decision.values


def test_the_memos_form_begins_with_the_rights_articles_and_the_elements_to_be_assessed(desk):
    page = _until_review(desk).get(FORM).text

    rights, elements = _rows(page, "dasar_hak"), _rows(page, "unsur")
    safety = [articles for right, articles in rights.values() if right == "Hak atas rasa aman"]
    assert safety[0] == "Pasal 28 sampai dengan Pasal 35 Undang-Undang Nomor 39 Tahun 1999"
    assert safety[1].startswith("Pasal 28G Undang-Undang Dasar"), "each law is chosen or deleted apart"
    assert [row[0] for row in elements.values()][2] == "Perbuatan itu melawan hukum"
    assert any("ditangkap, ditahan" in row[0] for row in elements.values())
    assert all(row[1] == "" for row in elements.values()), "nothing is assessed beforehand"
    assert ">foto</textarea>" in page


def test_what_is_assessed_and_ticked_is_what_the_memo_says_and_nothing_else_is_forced(desk):
    reviewer = _until_review(desk)
    rows = _rows(reviewer.get(FORM).text, "unsur")
    sentences = ["Identitas pelapor, uraian peristiwa, dan bukti awal telah lengkap.", "Kalimat kedua."]

    answer = _make(
        reviewer,
        "telaah",
        {
            **CHOSEN,
            "i.unsur.3.0": rows[3][0],
            "i.unsur.3.1": "Terbukti",
            "i.unsur.4.0": rows[4][0],
            "i.analisis_kelengkapan.frasa": sentences,
            "i.analisis_kelengkapan": "Kata sendiri.",
            "i.analisis_hak": "Hak itu dijamin.",
        },
    )

    assert answer.status_code == 303
    values = _decided(desk)
    assert values["unsur"] == ["Perbuatan itu melawan hukum | Terbukti", rows[4][0]]
    assert values["analisis_kelengkapan"] == f"{' '.join(sentences)}\nKata sendiri."
    assert "dasar_hak" not in values


@pytest.mark.parametrize(
    ("channel", "offered", "kept_back"),
    [
        ("surat", "bukti awal telah lengkap", "dituangkan dalam formulir"),
        ("lisan", "dituangkan dalam formulir", "telah lengkap."),
    ],
)
def test_sentences_are_offered_by_the_kind_of_case(desk, channel, offered, kept_back):
    page = _until_review(desk, channel).get(FORM).text

    ticks = re.findall(r'name="i\.analisis_kelengkapan\.frasa" value="([^"]+)"', page)
    assert any(offered in sentence for sentence in ticks)
    assert not any(kept_back in sentence for sentence in ticks)


def test_ticked_entries_of_a_list_are_entries_beside_those_that_were_typed(desk):
    reviewer = _until_review(desk)
    ticked = "Salinan kartu tanda penduduk pelapor"
    assert f'value="{ticked}"' in reviewer.get(f"{CASE}/gerak/minta-kelengkapan").text

    _make(reviewer, "minta-kelengkapan", {"i.kekurangan.frasa": [ticked], "i.kekurangan": "Akta tanah"})

    assert _decided(desk)["kekurangan"] == [ticked, "Akta tanah"]


def test_the_offices_own_list_is_used_from_the_next_page_on_also_for_dispositions(desk):
    own = '[[frasa]]\ngerak = "disposisi"\nisian = "isi_disposisi"\nkalimat = ["Laporkan sebelum Jumat"]\n'
    (desk.office.root.layout.templates / "frasa.toml").write_text(own, encoding="utf-8")
    team = desk.browser("tim-yankomas")
    _make(team, "konfirmasi", CONFIRMED)
    _make(team, "sampaikan")

    page = desk.browser("kakanwil").get(CASE).text

    assert re.findall(r'name="i\.isi_disposisi\.frasa" value="([^"]+)"', page) == ["Laporkan sebelum Jumat"]


def test_a_broken_list_takes_the_help_away_and_nothing_else(desk):
    (desk.office.root.layout.templates / "frasa.toml").write_text("[[frasa]]\ngerak = 1\n", encoding="utf-8")
    reviewer = _until_review(desk)

    page = reviewer.get(FORM)

    assert page.status_code == 200
    assert not _rows(page.text, "unsur")[1][0]
    assert _make(reviewer, "telaah", {**CHOSEN, "i.analisis_hak": "Hak."}).status_code == 303


def test_other_programs_see_what_the_page_offers(desk, capsys):
    _until_review(desk)
    key = desk.people.tokens.make("program", "kasubbid", desk.clock.now().date(), "admin", desk.clock.now())

    told = desk.stranger().get(f"/api{CASE}/gerak", headers={"Authorization": f"Bearer {key}"}).json()
    assert main(["--root", str(desk.office.root.layout.root), "moves", "0001/2026", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)

    for moves in (told, printed):
        asked = {field["name"]: field for move in moves if move["key"] == "telaah" for field in move["fields"]}
        assert "Perbuatan itu melawan hukum" in asked["unsur"]["begun"]
        assert asked["bukti"]["begun"] == ["foto"]
        assert any("bukti awal telah lengkap" in sentence for sentence in asked["analisis_kelengkapan"]["phrases"])
        assert asked["persoalan"]["begun"] == ["Apakah sengketa tanah rekaan melanggar hak atas rasa aman?"]
        assert asked["persoalan"]["phrases"] == []
