"""What the evaluation says became of each recommendation: in words, nothing left as a dash."""

from __future__ import annotations

from datetime import datetime

import pytest
from fakes import WIB
from kinds_of_case import KINDS, facts_of_kind, office_of_kind
from sheet_factory import made, paper, usual

from pipeline.letters.sheets import context
from pipeline.letters.sheets.evaluation import EVALUATION
from pipeline.letters.sheets.sheet_facts import NumberedLetter

#: How the evaluation calls what a case began with, where it is no complaint of the public.
BEGINS = {
    "berita": "perkara berdasarkan pemberitaan media mengenai ",
    "instansi": "pengaduan yang dilimpahkan kepada kami mengenai ",
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
        {"nomor": "", "tanggal": "25 November 2026", "isi": "Satu. Dua."},
        {"nomor": "", "tanggal": "25 November 2026", "isi": ""},
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


def alone(row: str) -> str:
    told = paper(EVALUATION, moves=(made("evaluasi", hasil_evaluasi=[row]),))
    assert isinstance(told["satu_hasil"], str)
    return told["satu_hasil"]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (
            "Memperbaiki kolam | Direktur PT Contoh | 2026-12-18 | Kolam pertama selesai | Foto | sebagian",
            "Rekomendasi tersebut hanya satu, yaitu agar Direktur PT Contoh memperbaiki kolam paling lambat 18 "
            "Desember 2026. Rekomendasi itu telah dilaksanakan sebagian. Tindak lanjut: kolam pertama selesai; bukti: "
            "foto.",
        ),
        (
            "Perbaikan kolam | Camat Contoh | sampai air bersih | – | – | belum",
            "Rekomendasi tersebut hanya satu, yaitu perbaikan kolam, dengan penanggung jawab Camat Contoh, dengan "
            "tenggat sampai air bersih. Rekomendasi itu belum dilaksanakan. Tindak lanjut: tidak ada; bukti: tidak "
            "ada.",
        ),
        (
            "Perbaikan kolam",
            "Rekomendasi tersebut hanya satu, yaitu perbaikan kolam. Rekomendasi itu belum dinilai. Tindak lanjut: "
            "tidak ada; bukti: tidak ada.",
        ),
    ],
)
def test_a_single_recommendation_is_told_in_sentences(row: str, told: str) -> None:
    assert alone(row) == told


def test_several_recommendations_stand_in_a_table() -> None:
    assert paper(EVALUATION)["satu_hasil"] == ""


def test_the_evaluation_rests_on_laws_the_sop_and_the_minutes() -> None:
    facts = facts_of_kind("surat", EVALUATION)

    told = context(EVALUATION, facts, office_of_kind("surat"))["dasar"]

    assert told[0] == "Undang-Undang Nomor 39 Tahun 1999 tentang Hak Asasi Manusia"
    assert told[-2:] == [
        "Standar Operasional Prosedur Nomor W.8.OT.02.01-74 tentang Pelayanan Komunikasi Masyarakat",
        "Berita Acara Audiensi/Koordinasi Nomor W.8-HA.01.07-0021 tanggal 4 Desember 2026",
    ]


def test_answers_stand_within_a_sentence_that_ends_once() -> None:
    answers = (
        made("jawaban-instansi", nomor_jawaban="660/12", isi_jawaban="Sudah diperiksa; hasilnya terlampir."),
        made("jawaban-instansi"),
    )

    assert paper(EVALUATION, moves=answers)["jawaban_tertulis"] == [
        "surat Nomor 660/12 tanggal 25 November 2026, dengan pokok jawaban: sudah diperiksa; hasilnya terlampir",
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
