"""*Ringkasan*: the head of the office reads a period in figures and charts, and takes its report along."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from html import unescape

import openpyxl
import pytest
from docx import Document
from lxml.html import document_fromstring
from registers import a_year
from web_desk import WebDesk

from pipeline.register.row import Row
from pipeline.register.summary.counting import summarise
from pipeline.register.touched import touched_on

ROWS = a_year(60)


@pytest.fixture
def desk(tmp_path, monkeypatch):
    desk = WebDesk(tmp_path / "kantor")
    holds(desk, monkeypatch, ROWS)
    return desk


def holds(desk: WebDesk, monkeypatch: pytest.MonkeyPatch, rows: list[Row]) -> None:
    """Have the register hold these rows, wherever it is kept."""
    book = desk.app.state.desk.book
    monkeypatch.setattr(book, "rows", lambda year=None: rows)
    monkeypatch.setattr(book, "touched_since", lambda day: [row for row in rows if touched_on(row) >= f"{day}"])


def shown(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_without_anything_asked_it_is_the_quarter_of_today(desk):
    page = desk.browser("kakanwil").get("/ringkasan").text

    assert "<h1>Ringkasan Triwulan IV 2026</h1>" in page
    assert "belum berakhir" in page
    for title in ("Ditunggu pada siapa", "Hak yang diduga dilanggar", "Kabupaten/kota tempat kejadian"):
        assert title in page


def test_the_figures_of_the_page_are_those_of_the_register(desk):
    page = shown(desk.browser("kabid").get("/ringkasan?tahun=2026&bagian=").text)

    assert "Ringkasan Tahun 2026" in page
    assert f"{len(ROWS)} masuk" in page
    running = sum(not row.final for row in ROWS)
    assert f"{running} perkara berjalan" in page


def test_a_phone_begins_with_the_greatest_lines_and_folds_none_in_which_something_is_late(desk):
    page = document_fromstring(desk.browser("kabid").get("/ringkasan?tahun=2026&bagian=").text)

    for part in page.xpath('//section[contains(@class, "lipat")]'):
        rows = part.xpath(".//tbody/tr")
        folded = [row for row in rows if row.get("class") == "lebih"]
        counts = {row: int(row.xpath("string(td/strong)")) for row in rows}
        seen, hidden = [counts[row] for row in rows if row not in folded], [counts[row] for row in folded]
        late = [row.xpath("string(td[3])") for row in folded] if part.get("id") in ("b-pada", "b-posisi") else []
        (way,) = part.xpath('.//p[contains(@class, "hanya-telepon")]/a') or [None]
        assert len(seen) >= min(3, len(rows))
        assert not hidden or min(seen) >= max(hidden) or late
        assert set(late) <= {"0"}
        assert (way is None) == (not folded)
        if folded:
            assert way.get("href") == f"#{part.get('id')}"
            assert way.text == f"{len(folded)} baris lagi"
    assert page.xpath('//tr[@class="lebih"]')


@pytest.mark.parametrize(
    ("query", "label"),
    [
        ("tahun=2026&bagian=T1", "Triwulan I 2026"),
        ("tahun=2025&bagian=12", "Desember 2025"),
        ("bagian=3", "Maret 2026"),
    ],
)
def test_another_period_is_an_address_away(desk, query, label):
    assert f"<h1>Ringkasan {label}</h1>" in desk.browser("kadiv").get(f"/ringkasan?{query}").text


@pytest.mark.parametrize(
    "query", ["tahun=26", "bagian=T5", "bagian=13", "bagian=x", "tahun=2026&bagian=T04x", "tahun=²026"]
)
def test_a_period_that_there_is_none_of_is_said_to_be_none(desk, query):
    assert desk.browser("kadiv").get(f"/ringkasan?{query}").status_code == 422


def test_the_period_before_and_after_are_a_step_away_but_not_the_future(desk):
    browser = desk.browser("kabid")

    this, earlier = browser.get("/ringkasan").text, browser.get("/ringkasan?tahun=2026&bagian=T1").text
    assert 'rel="prev" href="/ringkasan?tahun=2026&amp;bagian=T3"' in this
    assert 'rel="next"' not in this
    assert 'rel="next" href="/ringkasan?tahun=2026&amp;bagian=T2"' in earlier
    assert 'rel="prev" href="/ringkasan?tahun=2025&amp;bagian=T4"' in earlier


def test_every_bar_has_its_figure_beside_it_and_needs_no_inline_style(desk):
    page = desk.browser("kabid").get("/ringkasan").text

    assert page.count('<svg class="bagan"') == 1
    assert page.count('<svg class="batang') == page.count('<td class="batang-sel">') > 20
    assert 'style="' not in page
    assert "<script>" not in page
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_an_archivist_sees_no_count_that_could_be_a_neighbour(desk):
    officials, archivist = (desk.browser(role).get("/ringkasan").text for role in ("kabid", "arsiparis"))

    assert "Rincian hanya ditampilkan untuk tahun yang sudah berakhir" in archivist
    assert "Hak yang diduga dilanggar" in officials
    assert "Hak yang diduga dilanggar" not in archivist
    desk.clock.forward(days=60)
    assert "<td>*</td>" in desk.browser("arsiparis").get("/ringkasan?tahun=2026").text


def test_the_page_tells_no_names(desk, monkeypatch):
    named = {"pelapor": ("Siti Rekaan",), "perihal": "Upah rahasia", "terlapor": ("PT Rekaan",)}
    rows = [replace(row, **named) for row in ROWS]
    holds(desk, monkeypatch, rows)
    page = desk.browser("kakanwil").get("/ringkasan").text

    for secret in ("Siti", "Upah rahasia", "PT Rekaan", ROWS[0].number):
        assert secret not in page


def test_the_report_is_a_download_named_by_its_period(desk):
    browser = desk.browser("kakanwil")
    word, sheet = (browser.get(f"/ringkasan/laporan?tahun=2026&bagian=T3&jenis={kind}") for kind in ("docx", "xlsx"))

    assert word.headers["content-disposition"] == 'attachment; filename="laporan-yankomas-2026-T3.docx"'
    assert any("Triwulan III Tahun\u00a02026" in p.text for p in Document(io.BytesIO(word.content)).paragraphs)
    assert openpyxl.load_workbook(io.BytesIO(sheet.content))["Ringkasan"]["A1"].value == "Ringkasan Triwulan III 2026"


@pytest.mark.parametrize("query", ["", "&tahun=2026", "&tahun=2026&bagian=T3"])
def test_an_archivists_report_has_no_small_counts_either(desk, query):
    desk.clock.forward(days=60)
    sheet = desk.browser("arsiparis").get(f"/ringkasan/laporan?jenis=xlsx{query}").content
    rows = openpyxl.load_workbook(io.BytesIO(sheet))["Rincian"].iter_rows(min_row=4, min_col=3, values_only=True)

    assert not {1, 2} & {cell for row in rows for cell in row if isinstance(cell, int)}


def test_another_kind_of_file_is_refused(desk):
    assert desk.browser("kakanwil").get("/ringkasan/laporan?jenis=exe").status_code == 422


def test_an_empty_register_is_shown_as_noughts(tmp_path):
    page = WebDesk(tmp_path / "kosong").browser("kakanwil").get("/ringkasan")

    assert page.status_code == 200
    assert "0 masuk" in shown(page.text)


def test_a_summary_is_kept_until_the_register_changes_or_a_minute_is_over(tmp_path, monkeypatch):
    desk = WebDesk(tmp_path / "kantor")
    made = []
    counted = "pipeline.register.summary.counting.summarise"
    monkeypatch.setattr(counted, lambda *a, **k: made.append(a[1]) or summarise(*a, **k))
    browser = desk.browser("kakanwil")

    browser.get("/ringkasan"), browser.get("/ringkasan")
    assert len(made) == 1
    desk.office.open("berita", {"perihal": "Banjir", "terlapor": ["Pemda"], "uraian": "Koran"})
    assert "1 masuk" in shown(browser.get("/ringkasan").text)
    desk.clock.forward(minutes=1)
    browser.get("/ringkasan")
    assert len(made) == 3


def opened(page: str) -> list[str]:
    """The lists that open from a page of figures."""
    return [unescape(address) for address in re.findall(r'href="(/ringkasan/daftar[^"]+)"', page)]


def test_every_bar_opens_the_cases_that_it_counts(desk):
    page = desk.browser("kabid").get("/ringkasan?tahun=2026&bagian=").text

    lines = re.findall(
        r'href="(/ringkasan/daftar[^"]+)">[^<]+</a></th><td class="batang-sel">.*?<strong>(\d+)</strong>', page
    )
    assert len(lines) > 20
    for address, count in lines[::4]:
        listed = desk.browser("kabid").get(unescape(address))
        assert f"{count} perkara</p>" in listed.text, address


def test_a_list_behind_a_figure_shows_names_as_every_list_does_and_is_closed_to_who_sees_no_small_counts(desk):
    address = opened(desk.browser("kabid").get("/ringkasan?tahun=2026&bagian=").text)[0]

    assert ROWS[0].register_number in desk.browser("kabid").get("/ringkasan/daftar?tahun=2026&menurut=masuk").text
    assert desk.browser("arsiparis").get(address).status_code == 403
    assert not opened(desk.browser("arsiparis").get("/ringkasan?tahun=2026").text)
    assert desk.browser("kabid").get("/ringkasan/daftar?tahun=2026&menurut=nama&baris=Siti").status_code == 422


def test_lines_in_which_nobody_stands_are_folded(desk, monkeypatch):
    rows = [replace(row, hak=("rasa aman",)) for row in ROWS]
    holds(desk, monkeypatch, rows)

    rights = shown_card(desk.browser("kabid").get("/ringkasan?tahun=2026").text, "hak")

    folded = rights.partition("<details")[2]
    assert "rasa aman" not in folded
    assert "kebebasan pribadi" in folded
    assert "baris tanpa perkara" in folded


def shown_card(page: str, key: str) -> str:
    return page.partition(f'aria-labelledby="judul-{key}"')[2].partition("</section>")[0]


def test_the_workload_is_told_by_official_with_what_is_late_and_since_when(desk, monkeypatch):
    row = next(row for row in ROWS if not row.final)
    late = replace(
        row, awaits=("kadiv",), paused=False, since="2026-03-02T08:00:00+07:00", due_at="2026-03-03T08:00:00+07:00"
    )
    holds(desk, monkeypatch, [late])
    desk.account("dewi.rekaan", "kadiv")

    page = shown(desk.browser("kakanwil").get("/ringkasan").text)

    load = page.partition("Paling lama sejak")[2]
    assert re.search(r"Kadiv Yankum .*?dewi\.rekaan|Kadiv Yankum ", load)
    assert "1 1 0 2 Mar 2026" in load
