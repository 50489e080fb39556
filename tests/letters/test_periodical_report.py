"""The report as files: a Word document with charts that say what they show, a spreadsheet that runs nothing."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from kinds_of_case import office_of_kind
from registers import NOW, a_year, summary_of

from pipeline.cases.register_words import register_words
from pipeline.errors import UsageFault
from pipeline.letters.engines.word_templates import WordTypist
from pipeline.letters.sheets import REPORT, known_fields, specimen_values
from pipeline.letters.sheets.periodical_report import MEDIA, file_name, values
from pipeline.letters.sheets.report_hindrances import CAUSE
from pipeline.letters.sheets.report_words import in_full
from pipeline.letters.sheets.specimens import SPECIMEN_OFFICE
from pipeline.register.engines.workbook import workbook
from pipeline.register.ports import WorkbookSheet
from pipeline.register.summary import words as said
from pipeline.register.summary.figures import Closing, Flow, Held
from pipeline.register.summary.period import Period
from pipeline.register.summary.small_cell_suppression import suppressed

TEMPLATES = Path(__file__).resolve().parents[2] / "letter_templates"
SUMMARY = summary_of(*a_year())


@pytest.fixture(scope="module")
def docx() -> bytes:
    return WordTypist(TEMPLATES).draft(REPORT, values(SUMMARY, SPECIMEN_OFFICE)).docx


def test_the_template_that_comes_with_the_software_is_whole():
    assert WordTypist(TEMPLATES).check(REPORT) == []
    for specimen in specimen_values(REPORT).values():
        assert set(specimen) | {"logo"} == set(known_fields()[REPORT])


def test_the_same_figures_make_the_same_bytes(docx):
    assert WordTypist(TEMPLATES).draft(REPORT, values(SUMMARY, SPECIMEN_OFFICE)).docx == docx


def test_the_report_has_every_count_in_its_tables(docx):
    tables = Document(io.BytesIO(docx)).tables
    cells = {tuple(cell.text for cell in row.cells) for table in tables for row in table.rows}

    flow, before = SUMMARY.flow, SUMMARY.flow_before
    assert any(c[:3] == ("Masuk", str(flow.received), str(before.received)) for c in cells)
    rights = {right.word: right.name for right in register_words().rights}
    for breakdown in (SUMMARY.outcomes, *SUMMARY.breakdowns):
        for line in (line for line in breakdown.lines if line.count or line.before):
            label = (
                rights[line.label] if breakdown.key == "hak" and line.label in rights else _capital(in_full(line.label))
            )
            assert any(c[:3] == (label, str(line.count), str(line.before)) for c in cells), line
    for held in (held for held in SUMMARY.running.by_step if held.count):
        assert (in_full(held.label), str(held.count), str(held.late)) in cells


def test_each_chart_in_the_document_says_in_words_what_it_shows(docx):
    body = zipfile.ZipFile(io.BytesIO(docx)).read("word/document.xml").decode()
    pictures = Document(io.BytesIO(docx)).inline_shapes

    described = [shape._inline.docPr.get("descr") for shape in pictures]
    assert len(described) == body.count("<pic:pic") == 4
    assert any(d.startswith("Januari 2026") for d in described)
    assert all(len(d) > 40 for d in described)


def _capital(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}"


def words_of(docx: bytes) -> str:
    document = Document(io.BytesIO(docx))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    words = "\n".join((*(paragraph.text for paragraph in document.paragraphs), *cells))
    return words.replace("\N{NO-BREAK SPACE}", " ")


def test_a_period_without_complaints_is_told_in_words_and_draws_nothing():
    empty = specimen_values(REPORT)["kosong"]
    docx = WordTypist(TEMPLATES).draft(REPORT, empty).docx

    told = words_of(docx)
    for sentence in (
        f"{SPECIMEN_OFFICE.name} tidak menerima aduan",
        "tidak ada aduan yang masuk, perkara yang berakhir, ataupun perkara yang berjalan.",
    ):
        assert sentence in told
    assert not Document(io.BytesIO(docx)).inline_shapes


@pytest.mark.parametrize("specimen", ["kosong", "lazim", "panjang"])
def test_the_report_has_no_dash_for_a_figure_and_no_line_to_be_filled_in_but_number_date_and_causes(specimen):
    values = {**specimen_values(REPORT)[specimen], "nomor_naskah": "1", "tanggal_naskah": "4 Januari 2027"}
    told = words_of(WordTypist(TEMPLATES).draft(REPORT, values).docx).replace(CAUSE, "")

    assert "–" not in told
    assert "…" not in told
    assert "...." not in told


def test_a_step_that_nobody_ended_says_so_beside_those_that_were():
    ended, other, *_ = SUMMARY.steps
    idle = replace(other, done=0, in_time=0, minutes=None)

    rows = values(replace(SUMMARY, steps=(replace(ended, done=2, in_time=1), idle)), SPECIMEN_OFFICE)["langkah"]

    assert [row["tepat"] for row in rows] == ["1 dari 2 (50%)", "Belum ada"]
    assert rows[1]["median"] == "Belum ada"


def test_of_a_period_that_is_over_nothing_is_called_not_yet_there():
    over = replace(SUMMARY, at=SUMMARY.at.replace(year=SUMMARY.at.year + 1), flow=replace(SUMMARY.flow, closed=0))
    ended, other, *_ = over.steps
    idle = replace(other, done=0, in_time=0, minutes=None)

    told = values(replace(over, steps=(replace(ended, done=2, in_time=1), idle)), SPECIMEN_OFFICE)

    assert told["langkah"][1]["tepat"] == told["langkah"][1]["median"] == "Tidak ada"
    assert "Tidak ada perkara yang berakhir pada periode ini" in told["pengantar"]
    assert told["capaian"][0] == "Tidak ada perkara yang berakhir pada periode ini."
    assert "Belum" not in str(told["ketepatan"])


def test_a_table_ends_with_its_sum_unless_a_line_may_count_twice():
    report = values(SUMMARY, SPECIMEN_OFFICE)

    assert [row["uraian"] for row in report["hasil"]].count("Jumlah") == 1
    assert report["posisi"][-1]["uraian"] == "Jumlah"
    rights = next(part for part in report["rincian"] if part["judul"].startswith("Hak"))
    assert "Jumlah" not in [row["uraian"] for row in rights["baris"]]


def test_a_change_is_told_with_what_changed():
    assert "naik 7 (tujuh) aduan dari" in specimen_values(REPORT)["lazim"]["pengantar"]


def test_what_hindered_is_the_slowest_step_and_where_most_is_late_not_with_whom():
    steps = tuple(replace(pace, done=10, in_time=10 - n) for n, pace in enumerate(SUMMARY.steps))
    by_role = (Held("Kakanwil", 10, 4),)
    by_step = (Held("Telaahan", 5, 1), Held("Pemantauan", 5, 3))
    run = replace(SUMMARY.running, late=4, by_role=by_role, by_step=by_step)
    report = values(replace(SUMMARY, steps=steps, running=run), SPECIMEN_OFFICE)

    told = " ".join(report["kendala"])

    assert f"“{SUMMARY.steps[-1].activity}”, yaitu sebanyak 6 (enam) kali (60%) dari 10 (sepuluh) kali." in told, (
        "of seven steps the last was late six times"
    )
    assert (
        "Sebanyak 4 (empat) perkara yang masih berjalan melewati waktu langkahnya, terbanyak pada langkah "
        "“Pemantauan”, yaitu 3 (tiga) perkara. Penyebab: ..." in told
    )
    assert "Kepala" not in f"{told} {report['simpulan']} {report['saran']}", "it is signed by one of those"


def test_why_something_was_late_is_left_to_the_office_and_what_the_figures_know_is_told():
    run = replace(SUMMARY.running, late=2, paused=1, by_step=(Held("Telaahan", 5, 2),))
    slow = tuple(replace(pace, done=10, in_time=10 - n) for n, pace in enumerate(SUMMARY.steps))
    busy = replace(SUMMARY, flow=Flow(2, 9, 4), running=run, closing=Closing(3, 1, 5), unconfirmed=2, steps=slow)

    told = values(busy, SPECIMEN_OFFICE)["kendala"]

    assert len(told) == 4
    assert all(". Penyebab: ....." in sentence and "karena" not in sentence for sentence in told[:2])
    assert told[2].endswith(", karena kelengkapannya belum disampaikan pelapor.")
    assert told[3].endswith(", karena isian registernya belum diperiksa petugas.")


def test_a_share_is_told_with_its_count_in_words():
    told = specimen_values(REPORT)["lazim"]

    share = "21 (dua puluh satu) perkara (75%)"
    assert f"Sebanyak {share} berakhir dalam waktu SOP, sebelumnya 67%." in told["capaian"][0]
    assert f"Sebanyak {share} yang berakhir diselesaikan dalam waktu SOP." in told["simpulan"][0]
    assert "; waktu langkah terlampaui pada langkah 4, 5, 6, dan 7. Penyebab: ..." in told["kendala"][0]


def test_steps_that_were_late_are_told_and_advised_on_also_where_none_ended_late():
    steps = tuple(replace(pace, done=4, in_time=0 if pace.number in (4, 5) else 4) for pace in SUMMARY.steps)
    run = replace(SUMMARY.running, late=0, paused=0, overdue=0)
    told = values(replace(SUMMARY, steps=steps, closing=Closing(3, 0, 5), running=run, unconfirmed=0), SPECIMEN_OFFICE)

    assert told["kendala"] == [
        "Waktu langkah 4 dan 5 ada kalanya terlampaui; tidak ada perkara yang berakhir melewati waktu SOP seluruhnya."
    ]
    assert told["simpulan"][-1] == (
        "Disarankan agar pelaksanaan langkah 4 dan 5 dievaluasi agar sesuai dengan waktu SOP."
    )


def test_the_ministry_reads_the_steps_in_correct_words():
    told = specimen_values(REPORT)["lazim"]

    assert [row["kegiatan"] for row in told["langkah"]][3:5] == [
        "Pejabat berwenang beserta petugas Yankomas melakukan telaahan isi aduan",
        "Pelaksanaan kegiatan koordinasi/audiensi",
    ]
    assert "YANKOMAS" not in " ".join([*(row["uraian"] for row in told["posisi"]), *told["kendala"], *told["saran"]])


def test_a_nil_report_has_no_chapters_that_say_there_is_nothing():
    def chapters(name: str) -> list[str]:
        page = WordTypist(TEMPLATES).draft(REPORT, specimen_values(REPORT)[name]).docx
        return [p.text for p in Document(io.BytesIO(page)).paragraphs if p.style.name == "Bab"]

    assert chapters("kosong") == ["Dasar", "Ringkasan", "Simpulan dan saran", "Penutup"]
    assert len(chapters("lazim")) == 13


def test_a_nil_report_advises_to_make_the_service_known():
    nil = specimen_values(REPORT)["kosong"]

    assert nil["kendala"] == ["Tidak ada kendala, karena tidak ada perkara yang ditangani."]
    assert nil["simpulan"][-1].endswith("disosialisasikan kembali kepada masyarakat.")


def test_a_chart_may_end_a_page_and_the_table_after_it_says_what_it_tells(docx):
    document = Document(io.BytesIO(docx))

    charts = [p for p in document.paragraphs if p._p.xpath(".//wp:inline")]
    assert charts
    assert not any(p.paragraph_format.keep_with_next or p.style.paragraph_format.keep_with_next for p in charts)
    headings = {table.cell(0, 0).text for table in document.tables}
    assert {"Hak yang diduga dilanggar", "Langkah SOP"} <= headings


def test_of_steps_that_were_late_alike_none_is_called_the_slowest():
    steps = tuple(replace(pace, done=7, in_time=6) for pace in SUMMARY.steps)

    assert "paling sering" not in " ".join(values(replace(SUMMARY, steps=steps), SPECIMEN_OFFICE)["kendala"])


def test_nothing_late_is_told_as_such():
    steps = tuple(replace(pace, in_time=pace.done) for pace in SUMMARY.steps)
    in_time = replace(SUMMARY, steps=steps, closing=Closing(3, 0, 5), running=replace(SUMMARY.running, late=0))

    told = values(in_time, SPECIMEN_OFFICE)["kendala"]
    assert told[0] == "Tidak ada perkara yang melewati waktu SOP."
    assert not any("melewati" in sentence for sentence in told[1:])


def test_what_ended_is_never_called_finished_which_is_one_of_its_outcomes():
    rows = [row["uraian"] for row in values(SUMMARY, SPECIMEN_OFFICE)["arus"]]

    assert rows == ["Berjalan pada awal periode", "Masuk", "Berakhir", "Berjalan pada akhir periode"]


def test_the_report_goes_with_a_letter_to_the_directorate_general(docx):
    words = words_of(docx)

    for text in ("Direktur Jenderal Hak Asasi Manusia", "Lampiran surat", "Penutup", "1 (satu) berkas"):
        assert text in words


def test_a_chart_is_no_wider_than_the_text(docx):
    body = zipfile.ZipFile(io.BytesIO(docx)).read("word/document.xml").decode()

    inlines = re.findall(r"<wp:inline[^>]*>", body)
    assert inlines
    assert all(f'dist{side}="0"' in inline for inline in inlines for side in "TBLR")


def test_a_trait_whose_words_are_markup_stays_words():
    odd = replace(SUMMARY.breakdowns[0].lines[0], label="<b>&{{ 7*7 }}")
    breakdown = replace(SUMMARY.breakdowns[0], lines=(odd,))
    summary = replace(SUMMARY, breakdowns=(breakdown,))
    made = WordTypist(TEMPLATES).draft(REPORT, values(summary, SPECIMEN_OFFICE)).docx

    texts = [c.text for t in Document(io.BytesIO(made)).tables for r in t.rows for c in r.cells]
    assert "<b>&{{ 7*7 }}" in texts


def test_the_spreadsheet_has_the_same_figures_as_numbers(office):
    book = openpyxl.load_workbook(io.BytesIO(office.root.report_files.made(SUMMARY, "xlsx")))

    assert book.sheetnames == ["Ringkasan", "Rincian", "Langkah", "Berjalan", "Bulan"]
    figures = {row[0]: row[1] for row in book["Ringkasan"].iter_rows(min_row=4, values_only=True)}
    assert figures["Masuk"] == SUMMARY.flow.received
    details = {row[:2]: row[2] for row in book["Rincian"].iter_rows(min_row=4, values_only=True)}
    assert details["Kategori terlapor", "korporasi"] == next(
        line.count for b in SUMMARY.breakdowns for line in b.lines if line.label == "korporasi"
    )
    assert len(list(book["Bulan"].iter_rows(min_row=4))) == 12


def test_a_count_that_is_not_shown_is_not_in_the_spreadsheet_either(office):
    year = suppressed(summary_of(*a_year(40), period=Period(2026), at=NOW.replace(year=2027)))
    book = openpyxl.load_workbook(io.BytesIO(office.root.report_files.made(year, "xlsx")))
    counts = [cell for row in book["Rincian"].iter_rows(min_row=4, min_col=3, values_only=True) for cell in row]

    assert "*" in counts
    assert not {1, 2} & {c for c in counts if isinstance(c, int)}


@pytest.mark.parametrize("hostile", ['=cmd|"/c calc"!A1', "+1+1", "@SUM(A1)", "-2", "http://contoh.example", "{=1}"])
def test_a_text_never_becomes_a_formula_or_a_link(hostile):
    data = workbook("Uji", [WorkbookSheet("Uji", hostile, ("Kolom", hostile), (("x", hostile), (1, None)))])
    sheet = openpyxl.load_workbook(io.BytesIO(data))["Uji"]

    for place in ("A1", "B3", "B4"):
        assert (sheet[place].value, sheet[place].data_type, sheet[place].hyperlink) == (hostile, "s", None)
    assert not [name for name in zipfile.ZipFile(io.BytesIO(data)).namelist() if "external" in name]
    assert workbook("Uji", []) == workbook("Uji", [])


def test_a_file_is_called_by_its_period_and_by_nothing_of_its_content():
    assert file_name(SUMMARY, "docx") == "laporan-yankomas-2026-T4.docx"


def test_another_kind_of_file_is_refused(office):
    with pytest.raises(UsageFault, match="docx, pdf, xlsx"):
        office.root.report_files.made(SUMMARY, "odt")
    assert set(MEDIA) == {"docx", "pdf", "xlsx"}


def test_the_report_rests_on_the_laws_of_the_service_and_the_sop_whose_titles_it_prints_alone():
    law = "Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik (dalam SOP tertulis: lain)"

    basis = values(replace(SUMMARY, basis=(law, SUMMARY.basis[-1])), SPECIMEN_OFFICE)["dasar"]

    sop = "Standar Operasional Prosedur Nomor W.8.OT.02.01-74 tentang Pelayanan Komunikasi Masyarakat."
    assert basis == [
        "Undang-Undang Nomor 39 Tahun 1999 tentang Hak Asasi Manusia;",
        "Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik;",
        "Peraturan Menteri Hukum dan Hak Asasi Manusia Nomor 23 Tahun 2022 tentang Penanganan Dugaan Pelanggaran Hak "
        "Asasi Manusia; dan",
        sop,
    ]


def test_what_is_advised_follows_from_what_hindered():
    run = replace(SUMMARY.running, late=3, paused=2, overdue=0, by_step=(Held("Telaahan", 5, 3),))
    late = replace(SUMMARY, running=run, closing=Closing(3, 0, 5), unconfirmed=0, steps=())

    assert values(late, SPECIMEN_OFFICE)["saran"] == [
        "perkara yang melewati waktu langkahnya didahulukan, terutama pada langkah “Telaahan”; dan",
        "pelapor yang belum melengkapi pengaduannya dihubungi kembali.",
    ]


def test_where_nothing_hindered_the_report_advises_to_go_on():
    run = replace(SUMMARY.running, late=0, paused=0, overdue=0)
    fine = values(replace(SUMMARY, running=run, closing=Closing(3, 0, 5), unconfirmed=0, steps=()), SPECIMEN_OFFICE)

    assert fine["saran"] == []
    assert fine["simpulan"][-1] == "Disarankan agar mutu dan ketepatan waktu pelayanan dipertahankan."


def test_a_report_of_nothing_is_sent_as_nil():
    assert specimen_values(REPORT)["kosong"]["nihil"]
    assert not values(SUMMARY, SPECIMEN_OFFICE)["nihil"]


def test_a_draft_of_the_report_says_so_and_is_initialled_on_its_way_to_the_head(docx):
    told = values(SUMMARY, SPECIMEN_OFFICE)

    assert told["tanda_konsep"] == "KONSEP"
    assert told["paraf"] == ["Kepala Bidang HAM", "Kepala Divisi Pelayanan Hukum dan HAM"]
    assert values(SUMMARY, office_of_kind("pengganti"))["paraf"] == ["Plt. Kepala Bidang HAM"], "who signs does not"
    assert "Paraf, tanggal" in docx_text(docx)


def docx_text(docx: bytes) -> str:
    return zipfile.ZipFile(io.BytesIO(docx)).read("word/document.xml").decode()


@pytest.mark.parametrize(("received", "closed", "drawn"), [(1, 0, True), (0, 1, True), (0, 0, False)])
def test_the_months_are_drawn_where_anything_came_or_ended(received, closed, drawn):
    quiet = tuple(replace(month, received=0, closed=0) for month in SUMMARY.months[1:])
    months = (replace(SUMMARY.months[0], received=received, closed=closed), *quiet)

    assert bool(values(replace(SUMMARY, months=months), SPECIMEN_OFFICE)["bagan_bulan"]) == drawn


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        (((1, 0), (0, 2), (0, 0)), [("1", "0"), ("0", "2"), ("1", "2")]),
        (((1, 0), (0, 0)), [("1", "0")]),
        (((0, 0),), []),
    ],
)
def test_a_table_has_the_lines_that_count_anything_and_a_total_of_several(counts, told):
    line = SUMMARY.outcomes.lines[0]
    lines = tuple(replace(line, label=f"hasil {n}", count=now, before=was) for n, (now, was) in enumerate(counts))
    outcomes = replace(SUMMARY.outcomes, lines=lines, several=False)

    rows = values(replace(SUMMARY, outcomes=outcomes), SPECIMEN_OFFICE)["hasil"]

    assert [(row["kini"], row["lalu"]) for row in rows] == told


@pytest.mark.parametrize(("now", "before", "told"), [(1, 0, True), (0, 1, True), (0, 0, False)])
def test_what_is_secret_is_noted_where_either_period_has_any(now, before, told):
    notes = values(replace(SUMMARY, secret=now, secret_before=before), SPECIMEN_OFFICE)["catatan"]

    assert (said.secret(replace(SUMMARY, secret=now, secret_before=before)) in notes) == told
