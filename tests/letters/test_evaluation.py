"""What the evaluation says became of each recommendation: in words, nothing left as a dash."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.shared import Mm
from fakes import WIB
from kinds_of_case import KINDS, facts_of_kind, office_of_kind
from sheet_factory import made, paper, usual

from pipeline.drawing.ink import text_width
from pipeline.letters.engines.word_templates import WordTypist
from pipeline.letters.sheets import context
from pipeline.letters.sheets.evaluation import EVALUATION
from pipeline.letters.sheets.sheet_facts import NumberedLetter
from pipeline.office import wording

TEMPLATE = str(Path(__file__).resolve().parents[2] / "letter_templates" / f"{EVALUATION}.docx")
#: How the evaluation calls what a case began with, where it is no complaint of the public.
BEGINS = {
    "berita": "perkara berdasarkan pemberitaan media Harian Rekaan tanggal 19 November 2026 mengenai ",
    "instansi": "pengaduan yang dilimpahkan oleh Komisi Nasional Rekaan Perwakilan Bengkulu kepada Kantor Wilayah ",
}


def results(*rows: str) -> list[dict[str, str]]:
    told: list[dict[str, str]] = paper(EVALUATION, moves=(made("evaluasi", hasil_evaluasi=list(rows)),))["hasil"]
    return told


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("dilaksanakan", "Dilaksanakan"),
        ("Dilaksanakan.", "Dilaksanakan"),
        ("sebagian", "Dilaksanakan sebagian"),
        ("dilaksanakan sebagian", "Dilaksanakan sebagian"),
        ("belum", "Belum dilaksanakan"),
        ("BELUM DILAKSANAKAN", "Belum dilaksanakan"),
        ("ditolak", "Ditolak"),
        ("dalam proses", "Dalam proses"),
        ("–", "Belum dinilai"),
        ("", "Belum dinilai"),
    ],
)
def test_a_status_is_said_in_words_that_begin_with_a_capital(answer: str, words: str) -> None:
    assert results(f"a | b | c | d | e | {answer}")[0]["status"] == words


@pytest.mark.parametrize("empty", ["", "-", "–", "—"])
def test_no_cell_holds_a_dash(empty: str) -> None:
    row = results(f"memulihkan sumur | {empty} | {empty} | {empty} | {empty} | belum")[0]

    assert row == {
        "rekomendasi": "Memulihkan sumur",
        "penanggung_jawab": "",
        "tenggat": "",
        "tindak_lanjut": "Tidak ada",
        "bukti": "Tidak ada",
        "status": "Belum dilaksanakan",
    }


def test_the_summary_counts_every_recommendation() -> None:
    told = paper(EVALUATION)

    assert told["jumlah_rekomendasi"] == "3 (tiga) rekomendasi"
    assert told["rekapitulasi"] == (
        "1 (satu) dilaksanakan, 1 (satu) dilaksanakan sebagian, dan 1 (satu) belum dilaksanakan"
    )


def test_where_all_stand_alike_the_summary_says_so() -> None:
    rows = ["a | b | c | d | e | dilaksanakan"] * 2

    assert (
        paper(EVALUATION, moves=(made("evaluasi", hasil_evaluasi=rows),))["rekapitulasi"] == "seluruhnya dilaksanakan"
    )


def test_one_in_other_words_is_counted_too() -> None:
    rows = [f"a | b | c | d | e | {status}" for status in ("belum", "dalam proses", "belum")]

    told = paper(EVALUATION, moves=(made("evaluasi", hasil_evaluasi=rows),))

    assert told["rekapitulasi"] == "2 (dua) belum dilaksanakan dan 1 (satu) dalam proses"


def test_every_answer_of_the_agencies_is_listed() -> None:
    answers = (
        made("jawaban-instansi", isi_jawaban="Satu.\nDua."),
        made("jawaban-instansi", tanggal_jawaban="2026-12-1x"),
    )

    assert paper(EVALUATION, moves=answers)["jawaban"] == [
        {"penjawab": "", "nomor": "", "tanggal": "25 November 2026", "isi": "Satu. Dua."},
        {"penjawab": "", "nomor": "", "tanggal": "25 November 2026", "isi": ""},
    ]


def test_the_letters_of_the_monitoring_are_listed_in_their_order() -> None:
    at = datetime(2026, 12, 14, 9, 0, tzinfo=WIB)
    first = NumberedLetter("07-teguran-pertama", "W.8-2", at.replace(day=21))
    asked = NumberedLetter("07-permintaan-tindak-lanjut", "W.8-1", at)

    told = paper(EVALUATION, letters=(*usual(EVALUATION).letters, first, asked))["surat_pemantauan"]

    assert [(row["nomor"], row["tanggal"]) for row in told] == [
        ("W.8-1", "14 Desember 2026"),
        ("W.8-2", "21 Desember 2026"),
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_the_evaluation_says_what_each_kind_of_case_is_about(kind: str) -> None:
    told = context(EVALUATION, facts_of_kind(kind, EVALUATION), office_of_kind(kind))

    assert told["pokok_pengaduan"].startswith(BEGINS.get(kind, "pengaduan masyarakat mengenai "))
    assert {row["status"] for row in told["hasil"]} <= {
        "Dilaksanakan",
        "Dilaksanakan sebagian",
        "Belum dilaksanakan",
        "Ditolak",
    }


def test_an_answer_of_fewer_parts_than_asked_keeps_what_it_says() -> None:
    assert results("dibayar")[0] | {"tindak_lanjut": "", "bukti": ""} == {
        "rekomendasi": "Dibayar",
        "penanggung_jawab": "",
        "tenggat": "",
        "tindak_lanjut": "",
        "bukti": "",
        "status": "Belum dinilai",
    }


def test_a_deadline_that_passed_before_it_was_kept_is_told_as_such() -> None:
    due = [f"Memulihkan sumur | Camat | 2026-12-18 | – | – | {state}" for state in ("belum", "sebagian", "ditolak")]
    later, said = "Memulihkan sumur | Camat | 2027-12-18 | – | – | belum", "Sumur | Camat | segera | – | – | belum"

    told = [row["tenggat"] for row in results(*due, later, said)]

    assert [wording.one_line(text) for text in told] == [
        "18 Desember 2026 (terlampaui)",
        "18 Desember 2026 (terlampaui)",
        "18 Desember 2026",
        "18 Desember 2027",
        "Segera",
    ]


@pytest.mark.parametrize(
    ("answered", "told"), [("2026-12-19", " (dilaporkan setelah tenggat)"), ("2026-12-18", ""), ("", "")]
)
def test_what_was_done_but_reported_by_nobody_in_time_is_told_as_late(answered: str, told: str) -> None:
    done = made("evaluasi", hasil_evaluasi=["Memulihkan sumur | Camat | 2026-12-18 | – | – | dilaksanakan"])
    answers = (made("jawaban-instansi", tanggal_jawaban=answered),) if answered else ()

    (row,) = paper(EVALUATION, moves=(*answers, done))["hasil"]

    assert wording.one_line(row["tenggat"]) == f"18 Desember 2026{told}"


@pytest.mark.parametrize(
    ("deed", "told"),
    [
        ("Hasil diumumkan pada 5 Januari 2027", "(dilaksanakan setelah tenggat)"),
        ("Dibersihkan 21-12-2026 dan 22-12-2026", "(dilaksanakan setelah tenggat)"),
        ("Dibersihkan pada 10 Desember 2026, diuji pada 20 Desember 2026", "(dilaporkan setelah tenggat)"),
        ("Dibersihkan pada 18 Desember 2026", "(dilaporkan setelah tenggat)"),
        ("Dibersihkan", "(dilaporkan setelah tenggat)"),
    ],
)
def test_what_was_done_after_its_deadline_is_not_told_as_only_reported_late(deed: str, told: str) -> None:
    answer = made("jawaban-instansi", tanggal_jawaban="2027-01-04")
    done = made("evaluasi", hasil_evaluasi=[f"Memulihkan sumur | Camat | 2026-12-18 | {deed} | Foto | dilaksanakan"])

    (row,) = paper(EVALUATION, moves=(answer, done), naskah_date=date(2027, 1, 6))["hasil"]

    assert wording.one_line(row["tenggat"]) == f"18 Desember 2026 {told}"


def test_the_head_for_whom_it_was_approved_gets_a_copy_as_a_report() -> None:
    told = {
        kind: context(EVALUATION, facts_of_kind(kind, EVALUATION), office_of_kind(kind))["tembusan"]
        for kind in ("surat", "pengganti")
    }

    assert told == {"surat": [], "pengganti": ["Kepala Kantor Wilayah (sebagai laporan)"]}


def test_the_recommendation_is_named_with_its_correction_from_the_beginning() -> None:
    values = context(EVALUATION, facts_of_kind("surat", EVALUATION), office_of_kind("surat"))
    told = Document(BytesIO(WordTypist(Path(TEMPLATE).parent).draft(EVALUATION, values).docx)).paragraphs

    (why,) = (p.text for p in told if p.text.startswith("Evaluasi ini disusun"))
    received = f"yang diterima pada tanggal {values['tanggal_diterima']}"
    assert values["ralat_rekomendasi"]
    assert f"{received}, {values['ralat_rekomendasi']}. " in wording.one_line(why).replace("\u2011", "-")


def test_who_is_below_the_maker_initials_below_that_name_and_who_is_above_below_the_head_s() -> None:
    boxes = Document(TEMPLATE).tables[-1].rows[0].cells
    told = context(EVALUATION, facts_of_kind("surat", EVALUATION), office_of_kind("surat"))

    asked = ["".join(cell.text for cell in box.tables[0]._cells) for box in boxes]
    assert ["paraf_atasan" in asked[0], "paraf_bawahan" in asked[1]] == [True, True]
    assert told["paraf_bawahan"] == ["Kepala Subbidang Pemajuan HAM"]
    assert told["paraf_atasan"] == ["Kepala Divisi Pelayanan Hukum dan HAM"]


def test_who_approves_it_for_the_head_does_not_initial_it_as_well() -> None:
    told = context(EVALUATION, facts_of_kind("pengganti", EVALUATION), office_of_kind("pengganti"))

    assert told["paraf"] == told["paraf_bawahan"] == ["Kepala Subbidang Pemajuan HAM"]
    assert told["paraf_atasan"] == []


def test_the_evaluation_rests_on_laws_the_sop_the_memo_the_minutes_and_the_recommendation() -> None:
    facts = facts_of_kind("surat", EVALUATION)

    told = context(EVALUATION, facts, office_of_kind("surat"))["dasar"]

    assert told[0] == "Undang-Undang Nomor 39 Tahun 1999 tentang Hak Asasi Manusia"
    assert [text.partition(" Nomor ")[0] for text in told[-4:]] == [
        "Standar Operasional Prosedur",
        "Nota Dinas",
        "Berita Acara Audiensi/Koordinasi",
        "Surat Rekomendasi",
    ]


def test_answers_stand_within_a_sentence_that_ends_once() -> None:
    answers = (
        made(
            "jawaban-instansi",
            penjawab="Bupati Contoh",
            nomor_jawaban="660/12",
            isi_jawaban="Sudah diperiksa; hasilnya terlampir.",
        ),
        made("jawaban-instansi"),
    )

    assert paper(EVALUATION, moves=answers)["jawaban_tertulis"] == [
        "surat Bupati Contoh Nomor 660/12 tanggal 25 November 2026, dengan pokok jawaban: sudah diperiksa; "
        "hasilnya terlampir",
        "surat tanggal 25 November 2026",
    ]


@pytest.mark.parametrize(
    ("kind", "title"), [("surat", "Kepala Kantor Wilayah"), ("pengganti", "a.n. Kepala Kantor Wilayah\nPlh. ")]
)
def test_the_head_of_the_office_approves_it(kind: str, title: str) -> None:
    told = context(EVALUATION, facts_of_kind(kind, EVALUATION), office_of_kind(kind))

    assert told["penyetuju_jabatan"].startswith(title)


def test_every_line_of_the_conclusion_is_a_sentence() -> None:
    assert paper(EVALUATION, moves=(made("evaluasi", simpulan="selesai\nDitutup."),))["simpulan"] == [
        "Selesai.",
        "Ditutup.",
    ]


def test_a_date_is_whole_in_every_column_of_the_results() -> None:
    told = context(EVALUATION, facts_of_kind("surat", EVALUATION), office_of_kind("surat"))["hasil"][0]

    assert told["tindak_lanjut"].endswith(" 5\u00a0Januari\u00a02027")
    assert told["bukti"].endswith(" 15\u00a0Januari\u00a02027")
    assert told["tenggat"].startswith("23\u00a0Desember\u00a02026")


def test_the_columns_of_the_results_are_wide_enough_for_a_date() -> None:
    (results,) = (t for t in Document(TEMPLATE).tables if t.cell(0, 0).text == "No.")

    needed = text_width("28 September 2026,", 9)  # points; Arial as LibreOffice sets it
    for column in [*results.columns][2:5]:
        margins = 2 * Mm(1.5).pt
        assert column.width.pt - margins >= needed


@pytest.mark.parametrize(("state", "told"), [("dilaksanakan", "Belum diuraikan"), ("belum", "Tidak ada")])
def test_of_what_was_carried_out_it_is_never_said_that_nothing_was_done(state: str, told: str) -> None:
    (row,) = results(f"Memulihkan sumur | Camat | 2026-12-18 | – | – | {state}")

    assert (row["tindak_lanjut"], row["bukti"]) == (told, told)


def test_the_conclusion_says_of_how_many_the_deadline_was_not_kept() -> None:
    several = context(EVALUATION, facts_of_kind("surat", EVALUATION), office_of_kind("surat"))
    one = context(EVALUATION, facts_of_kind("instansi", EVALUATION), office_of_kind("instansi"))

    assert several["keterlambatan"] == "Seluruh rekomendasi dilaksanakan dan dilaporkan setelah tenggat."
    assert several["butir_simpulan"] == [several["keterlambatan"], "Penanganan pengaduan disarankan ditutup."]
    assert several["simpulan"][0] == "Seluruh rekomendasi telah dilaksanakan.", "which the deadlines' sentence says"
    assert one["keterlambatan"] == "Rekomendasi tersebut dilaksanakan dan dilaporkan setelah tenggat."
    in_time = made("evaluasi", hasil_evaluasi=["A | B | 2099-12-31 | C | D | dilaksanakan"])
    assert paper(EVALUATION, moves=(in_time,))["keterlambatan"] == ""


def test_a_conclusion_that_says_more_than_the_deadlines_stays() -> None:
    result = "Memeriksa air | Camat | 2020-12-31 | Diperiksa tanggal 5 Januari 2021 | Foto | dilaksanakan"
    more = "Rekomendasi dilaksanakan dengan baik\nRekomendasi telah dilaksanakan."

    told = paper(EVALUATION, moves=(made("evaluasi", hasil_evaluasi=[result], simpulan=more),))

    assert told["butir_simpulan"] == [told["keterlambatan"], "Rekomendasi dilaksanakan dengan baik."]


def test_the_evaluation_rests_on_the_laws_of_its_case() -> None:
    told = context(EVALUATION, facts_of_kind("berita", EVALUATION), office_of_kind("berita"))

    assert [law.partition(" tentang ")[0] for law in told["dasar"][:4]] == [
        "Undang-Undang Nomor 39 Tahun 1999",
        "Undang-Undang Nomor 2 Tahun 2002",
        "Undang-Undang Nomor 25 Tahun 2009",
        "Peraturan Menteri Hukum dan Hak Asasi Manusia Nomor 23 Tahun 2022",
    ]


@pytest.mark.parametrize(
    ("states", "summary"),
    [
        (("belum",), "1 (satu) belum dilaksanakan"),
        (("belum", "belum"), "seluruhnya belum dilaksanakan"),
        (("belum", "ditolak"), "1 (satu) belum dilaksanakan dan 1 (satu) ditolak"),
    ],
)
def test_one_recommendation_alone_is_not_all_of_them(states: tuple[str, ...], summary: str) -> None:
    rows = [f"a | b | c | d | e | {state}" for state in states]

    assert paper(EVALUATION, moves=(made("evaluasi", hasil_evaluasi=rows),))["rekapitulasi"] == summary
