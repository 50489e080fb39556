"""What the recommendation, the letter to the complainant, the reminder and the evaluation say of a case."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from kinds_of_case import facts_of_kind, office_of_kind
from sheet_factory import made, paper, usual

from pipeline.cases.register_words import register_words
from pipeline.letters.engines.word_templates import WordTypist
from pipeline.letters.engines.word_text import passages
from pipeline.letters.sheets import context
from pipeline.letters.sheets.corrected_letters import CORRECTION
from pipeline.letters.sheets.follow_up import REQUEST
from pipeline.letters.sheets.notice import NOTICE
from pipeline.letters.sheets.recommendation import DRAFTED, LINES_IN_LETTER, LINES_ON_PAGE, RECOMMENDATION
from pipeline.letters.sheets.specimens import SPECIMEN_OFFICE, field
from pipeline.letters.sheets.transfer_letter import TRANSFER
from pipeline.letters.sheets.warning_letters import FIRST, SECOND
from pipeline.office import wording
from pipeline.office.officials import Official

TO_THE_AGENCY = (TRANSFER, RECOMMENDATION, REQUEST, FIRST, SECOND, CORRECTION)


@pytest.mark.parametrize("template", TO_THE_AGENCY)
@pytest.mark.parametrize("told", ["Sari Melati", "SARI  MELATI", "1771014501850001", "Forum Warga Sumur Jernih"])
def test_a_letter_to_the_agency_never_says_who_complains(template: str, told: str) -> None:
    facts = usual(template)
    moves = tuple(replace(m, values={k: _telling(v, told) for k, v in m.values.items()}) for m in facts.moves)
    fields = {**facts.fields, "perihal": field(f"Pengaduan {told}"), "nomor_surat": field(f"07/{told}/2026")}

    values = context(template, replace(facts, moves=moves, fields=fields), SPECIMEN_OFFICE)

    kept = {name: value for name, value in values.items() if name not in ("yth", "di")}
    assert " ".join(told.split()).casefold() not in " ".join(json.dumps(kept, ensure_ascii=False).split()).casefold()
    assert values["pelapor"] == "pelapor (identitas ada pada kami)"


def _telling(value: Any, told: str) -> Any:
    if isinstance(value, list):
        return [f"{entry} {told}" for entry in value]
    return f"{value} {told}" if " " in str(value) else value


def test_a_proxy_told_in_one_text_stays_hidden_too() -> None:
    facts = usual(RECOMMENDATION)
    moved = made("susun-rekomendasi", ringkasan_pengaduan="Melalui Joko Contoh warga mengadu.", rekomendasi=[])
    fields = {**facts.fields, "kuasa": field("Joko Contoh, 12/SK/XI/2026")}

    values = context(RECOMMENDATION, replace(facts, moves=(moved,), fields=fields), SPECIMEN_OFFICE)

    assert values["ringkasan"] == ["Melalui kuasa pelapor warga mengadu."]


def test_a_copy_to_the_complainant_is_left_off_the_letter_to_the_agency() -> None:
    assert paper(RECOMMENDATION)["tembusan"] == ["Direktur Jenderal Hak Asasi Manusia", "Gubernur Bengkulu"]


def test_a_sentence_that_began_with_the_name_begins_with_a_capital() -> None:
    assert paper(RECOMMENDATION)["ringkasan"][0].startswith("Pelapor bersama 39")


def test_the_complainant_s_own_letter_names_them() -> None:
    assert "Saudara Sari Melati" in paper(NOTICE)["yth"]


def test_each_right_stands_with_its_articles() -> None:
    values = paper(RECOMMENDATION, fields={"hak": [field(n) for n in range(1, 11)]})

    assert len(values["hak"]) == len(register_words().rights)
    right = {key: wording.one_line(text) for key, text in values["hak"][3].items()}
    assert right == {
        "hak": "hak memperoleh keadilan",
        "pasal": "Pasal 17 sampai dengan Pasal 19 Undang-Undang Nomor 39 Tahun 1999",
    }


def test_a_recommendation_has_addressee_action_and_deadline() -> None:
    last = paper(RECOMMENDATION)["rekomendasi"][-1]

    assert last == {
        "instansi": "Camat Contoh",
        "tindakan": "Membentuk posko pengaduan warga",
        "tenggat": "11 Desember 2026",
    }


def test_a_deadline_in_words_stays_as_it_was_written() -> None:
    moved = made("susun-rekomendasi", rekomendasi=["Camat | Rapat | paling lambat akhir tahun", "Camat"])

    advice = paper(RECOMMENDATION, moves=(moved,))["rekomendasi"]

    assert advice[0]["tenggat"] == "Paling lambat akhir tahun"
    assert advice[1] == {"instansi": "Camat", "tindakan": "", "tenggat": ""}


def test_without_an_audience_the_letter_does_not_speak_of_one() -> None:
    moves = tuple(move for move in usual(RECOMMENDATION).moves if move.key != "laksanakan")

    assert paper(RECOMMENDATION, moves=moves)["tanggal_audiensi"] == ""


def test_a_letter_without_a_number_is_a_draft_and_with_one_it_is_not() -> None:
    draft = paper(RECOMMENDATION, naskah_number="", naskah_date=None)

    assert (draft["tanda_konsep"], draft["nomor_naskah"], draft["tanggal_naskah"]) == ("KONSEP", "", "")
    assert paper(RECOMMENDATION)["tanda_konsep"] == ""


def test_the_holder_of_the_letter_s_own_day_signs_it() -> None:
    acting = Official(
        "kakanwil",
        "Kepala Kantor Wilayah",
        "Dewi Contoh",
        since=date(2026, 12, 4),
        until=date(2026, 12, 4),
        acting="Plh.",
    )
    office = replace(SPECIMEN_OFFICE, officials=(*SPECIMEN_OFFICE.officials, acting))

    signed = [
        context(RECOMMENDATION, usual(RECOMMENDATION, naskah_date=day), office)["penandatangan_jabatan"]
        for day in (date(2026, 12, 3), date(2026, 12, 4))
    ]

    assert signed == ["Kepala Kantor Wilayah", "Plh. Kepala Kantor Wilayah"]


def test_the_reminder_names_the_letter_it_follows() -> None:
    values = paper(REQUEST)

    assert (values["nomor_rekomendasi"], values["tanggal_rekomendasi"]) == ("W.8-HA.01.07-0014", "4 Desember 2026")
    assert values["batas_jawaban"] == "18 Desember 2026"


def test_who_signs_on_behalf_sends_the_holder_a_copy_as_a_report_and_none_to_themselves() -> None:
    own = "Kepala Divisi Pelayanan Hukum dan HAM"
    deputy = Official("kakanwil", "Kepala Kantor Wilayah", "Dewi Contoh", acting="a.n.", own_title=own)
    office = replace(SPECIMEN_OFFICE, officials=(*SPECIMEN_OFFICE.officials, deputy))

    copies = [context(t, usual(t), office)["tembusan"] for t in (NOTICE, REQUEST)]

    assert copies[0] == ["Kepala Kantor Wilayah (sebagai laporan)"]
    assert copies[1][:2] == ["Kepala Kantor Wilayah (sebagai laporan)", "Direktur Jenderal Hak Asasi Manusia"]
    assert own not in copies[1]


def test_who_carries_out_a_recommendation_gets_a_copy_of_what_is_asked_of_them_and_the_complainant_none() -> None:
    rows = ["Bupati Contoh | Memulihkan sumur | ", "Camat Contoh | Membuka posko | ", "Sari Melati | Hadir | "]
    drafted = made("susun-rekomendasi", tujuan_surat="Bupati Contoh", rekomendasi=[*rows, rows[1]])

    assert paper(REQUEST, moves=(drafted,))["tembusan"] == ["Direktur Jenderal Hak Asasi Manusia", "Camat Contoh"]


def test_many_who_carry_recommendations_out_are_told_together_among_the_copies() -> None:
    many = made("susun-rekomendasi", rekomendasi=[f"Camat {n} | Membuka posko | " for n in "ABC"])

    assert paper(REQUEST, moves=(many,))["tembusan"][1:] == ["Para pelaksana rekomendasi tersebut"]


def test_the_newest_note_of_the_monitoring_goes_into_the_reminder() -> None:
    moves = (*usual(REQUEST).moves, made("catat-pemantauan", catatan="Kolam sedang diperbaiki."))

    assert paper(REQUEST, moves=moves)["catatan"] == ["Kolam sedang diperbaiki."]


def recommendation_of(kind: str, **answers: Any) -> dict[str, Any]:
    """The recommendation's values in a kind of case, some answers of its memo being others."""
    facts = facts_of_kind(kind, RECOMMENDATION)
    moves = tuple(
        replace(move, values={**move.values, **answers}) if move.key == "telaah" else move for move in facts.moves
    )
    return context(RECOMMENDATION, replace(facts, moves=moves), office_of_kind(kind))


def test_of_several_rights_each_has_its_own_articles_whatever_the_memo_cites_besides() -> None:
    cited = recommendation_of("korban-anak", dasar_hak=[], analisis_hak="Pasal 58 Undang-Undang Nomor 39 Tahun 1999")

    assert [wording.one_line(f"{row['hak']}: {row['pasal']}") for row in cited["hak"]] == [
        "hak atas rasa aman: Pasal 28 sampai dengan Pasal 35 Undang-Undang Nomor 39 Tahun 1999",
        "hak anak: Pasal 52 sampai dengan Pasal 66 Undang-Undang Nomor 39 Tahun 1999",
    ]


def test_an_only_right_has_the_articles_that_the_memo_cites() -> None:
    cited = recommendation_of(
        "tanpa-terlapor", dasar_hak=[], analisis_hak="Pasal 30 Undang-Undang Nomor 39 Tahun 1999."
    )

    assert [wording.one_line(row["pasal"]) for row in cited["hak"]] == ["Pasal 30 Undang-Undang Nomor 39 Tahun 1999"]


def test_it_says_what_the_review_found_unless_the_analysis_does_or_nothing_was_found() -> None:
    found = (
        "Berdasarkan hasil telaahan dan klarifikasi, terdapat indikasi pelanggaran hak asasi manusia, yaitu hak anak"
    )
    said = made("susun-rekomendasi", analisis="Terdapat indikasi pelanggaran hak asasi manusia.")
    facts = facts_of_kind("korban-anak", RECOMMENDATION)
    concluded = context(RECOMMENDATION, replace(facts, moves=(*facts.moves, said)), office_of_kind("korban-anak"))

    assert recommendation_of("korban-anak")["simpulan_telaahan"] == f"{found} dan hak atas rasa aman."
    assert recommendation_of("korban-anak", indikasi="tidak")["simpulan_telaahan"] == ""
    assert concluded["simpulan_telaahan"] == ""


def test_it_rests_also_on_the_laws_of_its_rights_and_respondents_and_on_what_governs_the_service_last() -> None:
    laws = [text.partition(" tentang ")[0] for text in recommendation_of("korban-anak")["dasar"]]

    assert laws[:5] == [
        "Undang-Undang Nomor 39 Tahun 1999",
        "Undang-Undang Nomor 23 Tahun 2002",
        "Undang-Undang Nomor 20 Tahun 2003",
        "Undang-Undang Nomor 25 Tahun 2009",
        "Peraturan Menteri Hukum dan Hak Asasi Manusia Nomor 23 Tahun 2022",
    ]


@pytest.mark.parametrize(
    ("kind", "protected"),
    [
        ("surat", "pelapor"),
        ("beberapa-pelapor", "para pelapor"),
        ("kelompok", "para pelapor"),
        ("kuasa", "pelapor, kuasanya,"),
        ("korban-anak", "pelapor, anak yang menjadi korban, keluarganya,"),
        ("berita", "korban, keluarganya,"),
        ("instansi", "korban, keluarganya,"),
    ],
)
def test_nobody_who_told_anything_may_suffer_for_it_in_whatever_kind_of_case(kind: str, protected: str) -> None:
    assert recommendation_of(kind)["dilindungi"] == f"{protected} dan para pihak yang memberikan keterangan"


@pytest.mark.parametrize(("kind", "asked"), [("surat", "hal-hal berikut:"), ("korban-anak", "tindakan berikut:")])
def test_one_recommendation_is_spoken_of_as_one(kind: str, asked: str) -> None:
    typist = WordTypist(Path(__file__).resolve().parents[2] / "letter_templates")

    lines = [passage.text for passage in passages(typist.draft(RECOMMENDATION, recommendation_of(kind)).docx)]

    assert any(line.endswith(asked) for line in lines)
    assert any("tenggat masing-masing" in line for line in lines) == (kind == "surat")
    assert any(line.endswith("; dan") for line in lines)


@pytest.mark.parametrize(
    ("rows", "apart", "enclosed"),
    [
        (LINES_IN_LETTER, "", "-"),
        (LINES_IN_LETTER + 1, "ya", "1 (satu) lembar"),
        (LINES_ON_PAGE, "ya", "1 (satu) lembar"),
        (LINES_ON_PAGE + 1, "ya", "1 (satu) berkas"),
    ],
)
def test_recommendations_that_the_letter_has_no_room_for_go_along_with_it(rows: int, apart: str, enclosed: str) -> None:
    told = paper(RECOMMENDATION, moves=(made(DRAFTED, rekomendasi=["Camat | Membentuk posko | 2026-12-18"] * rows),))

    assert (told["rekomendasi_terlampir"], told["lampiran_naskah"]) == (apart, enclosed)
