"""The long forms (memo, recommendation, evaluation): in sections, begun with what the case knows, put aside, verbs."""

from __future__ import annotations

import re
from html import unescape

import pytest
from pypdf import PdfWriter
from web_desk import CONFIRMED, WebDesk

from pipeline.cases.case_number import CaseNumber

CASE = "/kasus/2026/0001"
MEMO = f"{CASE}/gerak/telaah"
LETTER = f"{CASE}/gerak/susun-rekomendasi"
TOLD = {
    **CONFIRMED,
    "i.pelapor.1.nama": "Sari Melati",
    "i.ringkasan": "Sari Melati melapor bahwa tanahnya dipagari PT Contoh.",
    "i.uraian": "Pada 3 Agustus 2026 tanah dipagari. Warga bermusyawarah. Pada 14 September 2026 pagar ditinggikan.",
    "i.permintaan": "Pagar dibongkar\nSari Melati mendapat ganti rugi",
    "i.dokumen_pendukung": ["foto"],
}
REVIEW = {"i.persoalan": "P", "i.analisis_hak": "Tanah itu sumber hidup Sari Melati.", "i.indikasi": "ya"} | {
    "i.berwenang": "ya",
    "i.saran": "rekomendasi",
}


@pytest.fixture
def desk(tmp_path):
    desk = WebDesk(tmp_path / "kantor")
    desk.clock.forward(days=1)  # the edition of 26 November 2026
    writer = PdfWriter()
    writer.add_blank_page(300, 400)
    writer.write(desk.office.root.layout.inbox / "surat.pdf")
    desk.office.run_once()
    team = desk.browser("tim-yankomas")
    assert _make(team, "konfirmasi", TOLD).status_code == 303
    assert _make(team, "sampaikan").status_code == 303
    for role in ("kakanwil", "kadiv", "kabid"):
        assert _make(desk.browser(role), "disposisi", {"i.isi_disposisi": "Telaah"}).status_code == 303
    yield desk
    desk.app.state.desk.close()


def _make(browser, move, answers=None):
    path = f"{CASE}/gerak/{move}"
    return browser.post_form(path, answers or {}, page=path)


def _case(desk):
    return desk.office.root.cabinet.case(CaseNumber(2026, 1))


def _texts(page, name):
    """What stands in the boxes of a question."""
    found = re.findall(rf'<(?:textarea|input)[^>]* name="i\.{name}(?:\.\d+\.\d+)?"[^>]*>([^<]*)<', page)
    return [unescape(text) for text in found if text]


def _until_drafting(desk):
    _make(desk.browser("kasubbid"), "telaah", REVIEW)
    desk.office.run_once()
    for role in ("kabid", "kadiv"):
        desk.office.decide(CaseNumber(2026, 1), "paraf-naskah", role, {"naskah": "04-nota-telaahan", "versi": 1})
    assert _make(desk.browser("kakanwil"), "putuskan-nota", {"i.keputusan": "rekomendasi"}).status_code == 303


def test_a_memo_stands_in_sections_beside_the_letter_and_what_the_register_knows(desk):
    page = desk.browser("kasubbid").get(MEMO).text

    assert re.findall(r'<h2 id="b-telaah-\d">([^<]+)</h2>', page) == [
        "Persoalan",
        "Fakta",
        "Analisis",
        "Simpulan dan saran",
    ]
    assert re.search(r'src="/kasus/2026/0001/naskah/[\w-]+\.pdf/halaman/1\?lebar=900"', page)
    assert "Pagar dibongkar" in page.partition("<summary>Isian register</summary>")[2]


def test_a_memo_begins_with_the_issue_the_days_and_the_papers_that_the_register_knows(desk):
    page = desk.browser("kasubbid").get(MEMO).text

    assert _texts(page, "persoalan") == ["Apakah sengketa tanah rekaan melanggar hak atas rasa aman?"]
    assert _texts(page, "kronologi") == [
        "3 Agustus 2026",
        "Pada 3 Agustus 2026 tanah dipagari.",
        "14 September 2026",
        "Pada 14 September 2026 pagar ditinggikan.",
    ]
    assert _texts(page, "bukti") == ["foto"]


def test_a_recommendation_begins_without_the_name_of_who_complains(desk):
    _until_drafting(desk)

    page = desk.browser("kasubbid").get(LETTER).text

    form = page.partition('<form method="post" action="/kasus')[2].partition("</form>")[0]
    assert "Kantor Contoh" in form
    assert "Pagar dibongkar" in form
    assert "tanahnya dipagari PT Contoh" in form
    assert "sumber hidup" in form
    assert "Melati" not in form


def test_a_draft_that_is_put_aside_comes_back_to_its_owner_and_decides_nothing(desk):
    mine, before = desk.browser("kasubbid"), len(_case(desk).entries)
    answer = mine.post_form(MEMO, {"i.persoalan": "Baru setengah jadi", "simpan": "1"})
    assert answer.status_code == 303

    back = mine.get(answer.headers["location"]).text
    colleague = desk.browser("tim-yankomas").get(MEMO).text

    assert "Konsep tersimpan pukul" in back
    assert _texts(back, "persoalan") == ["Baru setengah jadi"]
    assert "Baru setengah jadi" not in colleague
    assert len(_case(desk).entries) == before
    assert 'name="simpan"' in back


def test_the_button_of_a_move_is_a_verb_and_its_history_keeps_the_name_of_the_act(desk):
    assert ">Susun nota telaahan</button>" in desk.browser("kasubbid").get(MEMO).text
    page = desk.browser("kasubbid").get(CASE).text
    assert "<strong>Disposisi</strong>" in page
    assert "Susun nota telaahan …" in page


def test_a_day_is_typed_and_shown_as_people_write_it_and_kept_as_the_register_does(desk):
    team = desk.browser("tim-yankomas")
    answers = {"i.tanggal_surat": "24-11-2026", "i.alasan": "Tanggal surat terlewat"}
    assert _make(team, "koreksi", answers).status_code == 303

    page = team.get(f"{CASE}/gerak/koreksi").text

    assert _case(desk).fields["tanggal_surat"]["nilai"] == "2026-11-24"
    assert re.search(r'name="i\.tanggal_surat"[^>]* value="24-11-2026"', page)
    assert "date" not in re.findall(r'type="([a-z-]+)"', page)
    refused = _make(team, "koreksi", {"i.tanggal_surat": "24.30.26", "i.alasan": "x"}).text
    assert "Tulis misalnya 25-11-2026 atau 25 November 2026" in refused
