"""What the warnings to a silent agency cite, ask and threaten, and whom they do not name."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from fakes import WIB
from kinds_of_case import facts_of_kind
from printed_sheets import specimen_of
from sheet_factory import usual

from pipeline.letters.engines.word_templates import WordTypist
from pipeline.letters.engines.word_text import passages
from pipeline.letters.sheets import context
from pipeline.letters.sheets.follow_up import REQUEST
from pipeline.letters.sheets.recommendation import RECOMMENDATION
from pipeline.letters.sheets.sheet_facts import MoveMade, NumberedLetter
from pipeline.letters.sheets.specimens import SPECIMEN_OFFICE, field
from pipeline.letters.sheets.warning_letters import FIRST, SECOND

TEMPLATES = Path(__file__).resolve().parents[2] / "letter_templates"


def december(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 12, day, hour, tzinfo=WIB)


def warning(template: str, **changes: Any) -> dict[str, Any]:
    return context(template, usual(template, **changes), SPECIMEN_OFFICE)


def warned(at: datetime, *sheets: str, **values: Any) -> MoveMade:
    return MoveMade("tegur", at, "tim-yankomas", values, sheets)


def test_the_first_warning_cites_the_recommendation_and_the_request_with_its_last_day() -> None:
    recommended, asked = warning(FIRST)["surat_terdahulu"]

    assert recommended == {
        "sebutan": "surat rekomendasi",
        "nomor": "W.8-HA.01.07-0014",
        "tanggal": "4 Desember 2026",
        "hal": "rekomendasi atas pengaduan nomor register 0007/YANKOMAS/2026",
        "keterangan": "yang diterima pada tanggal 7 Desember 2026",
        "ralat": "",
    }
    assert asked == {
        "sebutan": "surat permintaan laporan",
        "nomor": "W.8-HA.01.07-0016",
        "tanggal": "14 Desember 2026",
        "hal": "permintaan laporan tindak lanjut rekomendasi",
        "keterangan": "yang meminta laporan paling lambat tanggal 18 Desember 2026",
        "ralat": "",
    }


def test_the_second_warning_cites_the_first_too() -> None:
    first = warning(SECOND)["surat_terdahulu"][-1]

    assert (first["nomor"], first["tanggal"]) == ("W.8-HA.01.07-0019", "21 Desember 2026")
    assert first["keterangan"] == "yang meminta laporan paling lambat tanggal 8 Januari 2027"


def test_every_request_is_cited_with_the_last_day_that_was_its_own() -> None:
    noted = [
        MoveMade("catat-pemantauan", december(day), "tim-yankomas", {"batas_jawaban": until})
        for day, until in ((8, "2026-12-11"), (14, "2026-12-18"))
    ]
    letters = (
        NumberedLetter(RECOMMENDATION, "0014", december(4)),
        NumberedLetter(REQUEST, "0015", december(8, 10)),
        NumberedLetter(REQUEST, "0016", december(14, 10)),
    )

    cited = warning(FIRST, moves=(*noted, warned(december(21), FIRST)), letters=letters)["surat_terdahulu"][1:]

    assert [(row["nomor"], row["keterangan"][-16:].strip()) for row in cited] == [
        ("0015", "11 Desember 2026"),
        ("0016", "18 Desember 2026"),
    ]


def test_a_request_that_was_only_drafted_is_not_cited() -> None:
    (only,) = warning(FIRST, letters=(NumberedLetter(RECOMMENDATION, "0014", december(4)),))["surat_terdahulu"]

    assert only["nomor"] == "0014"


def test_each_warning_says_what_its_own_move_said() -> None:
    moves = (
        warned(december(21), FIRST, batas_jawaban="2027-01-08", catatan="Satu."),
        warned(december(28), SECOND, batas_jawaban="2027-01-22", catatan="Dua."),
    )

    said = [warning(template, moves=moves) for template in (FIRST, SECOND)]

    assert [(w["batas_jawaban"], w["catatan"]) for w in said] == [
        ("8 Januari 2027", ["Satu."]),
        ("22 Januari 2027", ["Dua."]),
    ]


@pytest.mark.parametrize("key", ["koreksi", "nomori-surat"])
def test_a_warning_that_is_only_drafted_again_says_what_it_said(key: str) -> None:
    again = MoveMade(key, december(22), "tim-yankomas", {"alasan": "Salah ketik."}, (FIRST,))

    assert warning(FIRST, moves=(*usual(FIRST).moves, again))["batas_jawaban"] == "8 Januari 2027"


def test_the_agency_s_superior_gets_a_copy_and_the_complainant_none() -> None:
    values = warning(SECOND)

    assert values["tembusan"][:2] == [
        "Direktur Jenderal Hak Asasi Manusia",
        "Gubernur Contoh (selaku atasan Bupati Contoh)",
    ]
    assert values["tembusan_atasan"] == values["tembusan"][1:2]
    assert "Sari Melati" not in str(values["tembusan"])


def test_who_is_to_carry_out_what_is_asked_for_gets_a_copy_of_a_warning() -> None:
    dinas, factory = "Kepala Dinas Lingkungan Hidup Kabupaten Contoh", "Direktur PT Contoh Sawit Makmur"
    early = context(FIRST, replace(facts_of_kind("surat", FIRST), naskah_date=date(2026, 12, 21)), SPECIMEN_OFFICE)
    late, only = (context(FIRST, facts_of_kind(kind, FIRST), SPECIMEN_OFFICE) for kind in ("surat", "berita"))

    assert early["tembusan"] == ["Direktur Jenderal Hak Asasi Manusia", factory], "the other's day is not past"
    assert late["tembusan"] == ["Direktur Jenderal Hak Asasi Manusia", dinas, factory]
    assert only["tembusan"] == ["Direktur Jenderal Hak Asasi Manusia"], "the addressee carries it out"


def test_an_agency_that_answered_in_part_is_told_which_answers_came() -> None:
    answer = MoveMade(
        "jawaban-instansi", december(16), "tim-yankomas", {"nomor_jawaban": "660/12", "isi_jawaban": "Ya."}
    )

    assert warning(FIRST, moves=(answer,))["jawaban"] == [
        {"penjawab": "", "nomor": "660/12", "tanggal": "16 Desember 2026", "isi": "Ya."}
    ]


@pytest.mark.parametrize(
    "subject",
    ["Pengaduan pencemaran sumur", "PENGADUAN MENGENAI pencemaran sumur", "pencemaran sumur", "Pencemaran sumur"],
)
def test_a_subject_is_taken_into_the_sentence_without_saying_complaint_twice(subject: str) -> None:
    told = warning(FIRST, fields={"perihal": field(subject)})["pokok_perkara"]

    assert told == "pengaduan masyarakat (identitas pelapor ada pada kami) mengenai pencemaran sumur"


def test_a_case_from_the_news_has_no_complainant_to_hide() -> None:
    told = warning(FIRST, fields={"perihal": field("Pemberitaan media mengenai sumur")}, channel="berita")

    assert told["pokok_perkara"] == "pemberitaan media mengenai sumur"
    assert told["pelapor"] == ""


def drafted(template: str, kind: str = "surat", **changes: Any) -> str:
    """Return the text of the warning in that kind of case, paragraph by paragraph."""
    facts = replace(facts_of_kind(kind, template), **changes)
    docx = WordTypist(TEMPLATES).draft(template, context(template, facts, SPECIMEN_OFFICE)).docx
    return "\n".join(passage.text.replace("\u00a0", " ") for passage in passages(docx))


@pytest.mark.parametrize(("day", "due"), [(12, []), (18, []), (19, ["18 Desember 2026"])])
def test_only_what_is_past_due_on_the_letter_s_day_is_listed(day: int, due: list[str]) -> None:
    facts = facts_of_kind("surat", FIRST)

    values = context(FIRST, replace(facts, naskah_date=date(2026, 12, day)), SPECIMEN_OFFICE)

    assert [row["tenggat"] for row in values["rekomendasi"]] == due


def test_a_deadline_told_in_words_is_never_said_to_be_past() -> None:
    move = MoveMade("susun-rekomendasi", december(1), "kasubbid", {"rekomendasi": ["Camat | Rapat | segera"]})

    assert warning(FIRST, moves=(move, warned(december(28), FIRST)))["rekomendasi"] == []


def test_where_nothing_is_past_due_the_unanswered_letters_alone_are_reproved() -> None:
    text = drafted(FIRST, naskah_date=date(2026, 12, 12))

    assert "kami belum menerima jawaban atas surat kami berikut:" in text
    assert "jatuh tempo" not in text
    assert "Tenggat" not in text


def test_an_only_letter_that_was_not_answered_stands_in_the_sentence() -> None:
    sent = [letter for letter in usual(FIRST).letters if letter.template == RECOMMENDATION]

    text = drafted(FIRST, letters=tuple(sent), naskah_date=date(2026, 12, 12))

    assert "kami belum menerima jawaban atas surat rekomendasi Nomor" in text
    assert "berikut:" not in text


def test_what_is_past_due_is_said_to_be() -> None:
    text = drafted(FIRST)

    assert "kami belum menerima laporan atas surat kami berikut:" in text
    assert "Rekomendasi yang telah jatuh tempo dan belum dilaporkan adalah sebagai berikut:" in text


@pytest.mark.parametrize(
    ("note", "left"),
    [
        ("Belum ada laporan.", []),
        ("Sampai saat ini kami belum menerima jawaban tertulis dari instansi tersebut.", []),
        ("Instansi belum menanggapi.\nBelum ada balasan.", []),
        ("Belum ada laporan. Kolam limbah belum diperbaiki.", ["Kolam limbah belum diperbaiki."]),
        ("Belum ada tindak lanjut di lapangan.", ["Belum ada tindak lanjut di lapangan."]),
        ("Laporan sudah diterima.", ["Laporan sudah diterima."]),
        ("Kepala Dinas menolak memberi laporan.", ["Kepala Dinas menolak memberi laporan."]),
    ],
)
@pytest.mark.parametrize("template", [REQUEST, FIRST])
def test_a_note_that_nothing_came_is_left_out_for_the_letter_says_so_itself(
    template: str, note: str, left: list[str]
) -> None:
    key = "catat-pemantauan" if template == REQUEST else "tegur"
    move = MoveMade(key, december(21), "tim-yankomas", {"catatan": note}, (template,))

    assert warning(template, moves=(move,))["catatan"] == left


def test_the_first_warning_speaks_of_no_superior_whom_nobody_named() -> None:
    told = drafted(FIRST)

    assert "kami akan menyampaikan surat teguran kedua.\n" in told
    assert "atasan Bapak/Ibu" not in told


def test_the_second_warning_names_the_superior_who_gets_a_copy() -> None:
    text = drafted(SECOND)

    assert "Teguran ini adalah teguran terakhir, dengan tembusan kepada Gubernur Contoh.\nApabila" in text
    assert (
        "kami akan mencatat dalam hasil evaluasi bahwa rekomendasi tersebut tidak ditanggapi dan melaporkannya" in text
    )


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        (
            "surat",
            "setiap rekomendasi tersebut, bukti pelaksanaannya, serta kendala dan rencana penyelesaian bagi yang",
        ),
        ("berita", "rekomendasi tersebut, bukti pelaksanaannya, serta kendala dan rencana penyelesaian apabila"),
    ],
)
@pytest.mark.parametrize("template", [FIRST, SECOND])
def test_of_an_only_recommendation_a_warning_speaks_as_of_one(template: str, kind: str, asked: str) -> None:
    assert f"mengenai tindak lanjut atas {asked} belum dilaksanakan." in drafted(template, kind)


@pytest.mark.parametrize(
    ("given", "one"), [(("Camat | Rapat | 2026-12-23",), True), (("Camat | Rapat | segera", "Bupati | Rapat |"), False)]
)
def test_where_nothing_is_due_all_that_was_recommended_is_asked_about(given: tuple[str, ...], one: bool) -> None:
    move = MoveMade("susun-rekomendasi", december(1), "kasubbid", {"rekomendasi": list(given)})

    values = warning(FIRST, moves=(move, warned(december(21), FIRST)))

    assert (values["rekomendasi"], bool(values["satu_rekomendasi"])) == ([], one)


def test_the_letters_that_were_not_answered_end_as_a_list_does() -> None:
    text = drafted(SECOND)

    assert re.search(r"surat permintaan laporan Nomor .*; dan\nsurat teguran pertama Nomor .*\.\n", text)
    assert re.search(r"surat rekomendasi Nomor .*;\n", text)


def test_every_letter_that_asked_for_a_report_is_cited_with_its_last_day() -> None:
    asked = context(SECOND, facts_of_kind("surat", SECOND), SPECIMEN_OFFICE)["surat_terdahulu"][1:]

    assert [letter["keterangan"] for letter in asked] == [
        "yang meminta laporan paling lambat tanggal 28 Desember 2026",
        "yang meminta laporan paling lambat tanggal 8 Januari 2027",
    ]


@pytest.mark.parametrize("template", [FIRST, SECOND])
def test_a_letter_without_number_has_room_for_its_date_too(template: str) -> None:
    values = specimen_of(template, "kosong")
    told = " ".join(p.text for p in passages(WordTypist(TEMPLATES).draft(template, values).docx))

    assert re.search(r"surat rekomendasi Nomor \.{9,} tanggal \.{9,}", told)
