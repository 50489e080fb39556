"""To whom the letters to the complainant go, how they speak to them, and what they say in every kind of case."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from drafted_kinds import paragraphs
from fakes import WIB
from kinds_of_case import BEGUN, KINDS, facts_of_kind, office_of_kind

from pipeline.errors import NotAllowed
from pipeline.letters.engines.word_templates import WordTypist
from pipeline.letters.engines.word_text import passages
from pipeline.letters.sheets import context
from pipeline.letters.sheets.closing_letter import CLOSING
from pipeline.letters.sheets.complainant import proxy_of
from pipeline.letters.sheets.corrected_letters import CORRECTION
from pipeline.letters.sheets.invitation import TO_COMPLAINANT
from pipeline.letters.sheets.notice import NOTICE
from pipeline.letters.sheets.review_letters import INCOMPLETE, MERGED, NO_INDICATION, NOT_COMPETENT
from pipeline.letters.sheets.sheet_facts import MoveMade, NumberedLetter, SheetFacts
from pipeline.letters.sheets.specimens import SPECIMEN_OFFICE, field
from pipeline.letters.sheets.transfer_letter import TRANSFER
from pipeline.office.officials import Official

LETTERS = (INCOMPLETE, NOT_COMPETENT, NO_INDICATION, MERGED, NOTICE, CLOSING)
TEMPLATES = Path(__file__).resolve().parents[2] / "letter_templates"
SOP_FILES = TEMPLATES.parent / "pipeline" / "cases" / "sop_files"
WITH_COMPLAINANT = tuple(kind for kind in KINDS if kind != "berita")


def of_kind(kind: str, template: str = INCOMPLETE, **changes: Any) -> dict[str, Any]:
    return context(template, replace(facts_of_kind(kind, template), **changes), office_of_kind(kind))


def letter(fields: Mapping[str, Any], *moves: MoveMade, template: str = INCOMPLETE, **changes: Any) -> dict[str, Any]:
    facts = SheetFacts(
        register_number="0007/YANKOMAS/2026",
        number="2026/0007",
        received_at=BEGUN,
        status_code="K7QM-2XPA-94TD",
        drafted_on=date(2026, 11, 27),
        fields=fields,
        pages=2,
        moves=moves,
    )
    return context(template, replace(facts, **changes), SPECIMEN_OFFICE)


def move(key: str, **values: Any) -> MoveMade:
    return MoveMade(key, datetime(2026, 11, 27, 9, 0, tzinfo=WIB), "kasubbid", values)


SARI, HENDRA = {"nama": field("Sari")}, {"nama": field("Hendra")}


@pytest.mark.parametrize(
    ("fields", "lines"),
    [
        ({}, ["Pelapor pada Register Nomor 0007/YANKOMAS/2026"]),
        ({"pelapor": [SARI]}, ["Saudara Sari"]),
        ({"pelapor": [SARI, HENDRA]}, ["Saudara Sari dan 1 (satu) pelapor lainnya"]),
        ({"pelapor": [{**SARI, "alamat": field("Jalan Contoh 2")}]}, ["Saudara Sari", "Jalan Contoh 2"]),
        ({"lembaga_pelapor": field("Forum Warga"), "pelapor": [SARI]}, ["Pimpinan Forum Warga", "u.p. Saudara Sari"]),
        ({"lembaga_pelapor": field("Camat Contoh")}, ["Camat Contoh"]),
        (
            {"lembaga_pelapor": field("Forum Warga"), "kapasitas": field("kelompok"), "pelapor": [SARI, HENDRA]},
            ["Saudara Sari", "selaku wakil Forum Warga"],
        ),
        (
            {"pelapor": [SARI, HENDRA], "kuasa": {"nama": field("Andi Contoh, S.H.")}},
            ["Saudara Andi Contoh, S.H.", "selaku kuasa dari Saudara Sari dan 1 (satu) pelapor lainnya"],
        ),
        (
            {"pelapor": [{**SARI, "umur": field("14 tahun"), "alamat": field("Jalan Contoh 2")}]},
            ["Orang Tua/Wali/Pendamping Pelapor pada Register Nomor 0007/YANKOMAS/2026", "Jalan Contoh 2"],
        ),
        (
            {"pelapor": [SARI], "kapasitas": field("korban"), "kerentanan": [field("anak")]},
            ["Orang Tua/Wali/Pendamping Pelapor pada Register Nomor 0007/YANKOMAS/2026"],
        ),
        ({"pelapor": [{**SARI, "umur": field(14)}, HENDRA]}, ["Saudara Hendra dan 1 (satu) pelapor lainnya"]),
        ({"pelapor": [{**SARI, "umur": field(18)}]}, ["Saudara Sari"]),
        ({"pelapor": [SARI, {"nama": field("")}]}, ["Saudara Sari"]),
        (
            {"pelapor": [{**SARI, "umur": field(14)}], "kuasa": {"nama": field("Andi Contoh, S.H.")}},
            ["Saudara Andi Contoh, S.H.", "selaku kuasa dari pelapor pada register nomor 0007/YANKOMAS/2026"],
        ),
    ],
)
def test_a_letter_is_addressed_to_whoever_reads_it(fields: dict[str, Any], lines: list[str]) -> None:
    assert letter(fields)["yth"] == lines


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("Dusun Dua RT 2, Desa Contoh Jaya, Kecamatan Contoh, Kabupaten Contoh Utara 38999", "Contoh Utara"),
        ("Jalan Melur Nomor 8, Kelurahan Contoh Indah, Kota Contoh", "Contoh"),
        ("Jalan Rekaan Nomor 5, Bengkulu 38225", "Bengkulu"),
        ("Dusun Dua RT 2, Desa Contoh Jaya, Kec. Contoh Hulu", "Contoh Hulu"),
        ("Jalan Contoh 2", "Tempat"),
        ("Pasar Rekaan", "Tempat"),
        ("Jalan Contoh 2, RT 3", "Tempat"),
        ("Jalan Contoh 2, Desa Contoh Jaya", "Tempat"),
        ("", "Tempat"),
    ],
)
def test_the_place_is_that_of_the_address_as_far_as_it_names_one(address: str, place: str) -> None:
    assert letter({"pelapor": [{**SARI, "alamat": field(address)}]})["di"] == place


@pytest.mark.parametrize(
    ("typed", "name", "house"),
    [
        ("Joko Contoh, S.H., M.Kn., Lembaga Bantuan Hukum Rekaan, 12/SK/XI/2026", "Joko Contoh, S.H., M.Kn.", "LBH"),
        ("Joko Contoh, 12/SK/XI/2026", "Joko Contoh", ""),
        ({"nama": [field("Joko Contoh, S.H."), field("Lina Contoh, S.H.")]}, "Joko Contoh, S.H. dkk.", ""),
        ({"nama": field("Joko Contoh"), "lembaga": field("Lembaga Bantuan Hukum Rekaan")}, "Joko Contoh", "LBH"),
        (None, "", ""),
    ],
)
def test_a_proxy_is_known_however_it_was_written(typed: Any, name: str, house: str) -> None:
    proxy = typed if typed is None or isinstance(typed, Mapping) else field(typed)

    assert proxy_of({"kuasa": proxy}) == (name, "Lembaga Bantuan Hukum Rekaan" if house else "")


def test_a_long_address_and_a_long_name_are_cut_nowhere() -> None:
    name, address = "Siti Rekaan Binti Contoh " * 8, "Dusun Dua RT 2, Desa Contoh Jaya, " * 12

    lines = letter({"pelapor": [{"nama": field(name), "alamat": field(address)}]})["yth"]

    assert lines == [f"Saudara {name.strip()}", address.strip()]


@pytest.mark.parametrize(
    ("kind", "greeting", "begins"),
    [
        ("surat", "Saudara", "surat pengaduan Saudara Nomor 07/FWS/XI/2026 tanggal 20 November 2026 mengenai pencem"),
        ("lisan", "Saudara", "pengaduan yang Saudara sampaikan secara lisan pada tanggal 25 November 2026 mengenai "),
        ("kuasa", "Saudara", "pengaduan yang Saudara sampaikan selaku kuasa dari Saudara Sari Melati dengan surat N"),
        ("kelompok", "Saudara", "pengaduan yang Saudara sampaikan selaku wakil Forum Warga Sumur Jernih dengan surat "),
        ("korban-anak", "Saudara", "surat pengaduan Saudara tanggal 20 November 2026 mengenai kekerasan oleh guru"),
        ("instansi", "Bapak/Ibu", "pengaduan yang Bapak/Ibu limpahkan kepada kami dengan surat Nomor HAM-HA.01.07-88"),
    ],
)
def test_a_letter_names_the_complaint_as_it_came_and_greets_its_reader(kind: str, greeting: str, begins: str) -> None:
    values = of_kind(kind)

    assert values["sapaan"] == greeting
    assert values["pengaduan"].startswith(begins)
    assert values["pengaduan"].endswith("terdaftar dengan nomor register 0007/YANKOMAS/2026")


def test_an_oral_complaint_has_no_number_and_was_received_on_the_day_it_was_told() -> None:
    told = of_kind("lisan")["pengaduan"]

    assert "Nomor" not in told
    assert told.count("25 November 2026") == 1


def test_a_complaint_that_somebody_else_handed_on_is_still_the_complainants() -> None:
    told = letter({"pelapor": [SARI], "nomor_surat": field("HA-88")}, channel="pelimpahan")["pengaduan"]

    assert told.startswith("pengaduan Saudara yang dilimpahkan kepada kami dengan surat Nomor HA-88, yang kami terima")


@pytest.mark.parametrize(
    ("subject", "topic"),
    [
        ("Pengaduan pencemaran sumur warga.", "pencemaran sumur warga"),
        ("Laporan pengaduan mengenai Penahanan ijazah", "penahanan ijazah"),
        ("PT Contoh membuang limbah", "PT Contoh membuang limbah"),
        ("Bupati Contoh tidak menjawab", "Bupati Contoh tidak menjawab"),
    ],
)
def test_a_subject_goes_on_a_sentence_without_its_own_beginning(subject: str, topic: str) -> None:
    values = letter({"perihal": field(subject)})

    assert values["pokok_pengaduan"] == topic
    assert f" mengenai {topic}, " in values["pengaduan"]


@pytest.mark.parametrize("subject", ["Pengaduan", "PENGADUAN.", "Surat Pengaduan", "-"])
def test_a_subject_that_says_no_more_than_complaint_is_left_out(subject: str) -> None:
    told = letter({"perihal": field(subject)})["pengaduan"]

    assert told.startswith("pengaduan Saudara, yang kami terima")


def test_a_subject_of_twelve_lines_is_told_whole() -> None:
    subject = "pencemaran sumur warga oleh limbah kolam pabrik dan permohonan perlindungan hak asasi manusia " * 9

    assert subject.strip() in letter({"perihal": field(subject)})["pengaduan"]


@pytest.mark.parametrize("victim", ["Bayu Rekaan (9 tahun)", "BAYU REKAAN"])
@pytest.mark.parametrize("said", ["Bayu Rekaan", "bayu  rekaan", "anak Bayu", "Bayu"])
def test_a_child_s_name_stands_neither_in_the_complaint_s_subject_nor_on_the_outside(victim: str, said: str) -> None:
    fields = {**KINDS["korban-anak"].fields, "korban": field(victim), "perihal": field(f"Kekerasan terhadap {said}")}

    values = letter(fields)

    assert values["pokok_pengaduan"] == "kekerasan terhadap anak"
    assert "bayu" not in " ".join([*values["yth"], values["di"], values["pengaduan"]]).casefold()


@pytest.mark.parametrize(
    ("fields", "name", "told"),
    [
        ({"korban": field("M. Rizki Rekaan"), "kerentanan": [field("anak")]}, "Rizki", "anak"),
        ({"korban": field("Muhammad Rizki Rekaan"), "kerentanan": [field("anak")]}, "anak Rizki", "anak"),
        ({"korban": field("Nur'aini Rekaan"), "kerentanan": [field("anak")]}, "Nur’aini", "anak"),
        (
            {"korban": field("Bayu Rekaan"), "terlapor": [field("Joko Rekaan")], "kerentanan": [field("anak")]},
            "Bayu oleh Joko Rekaan",
            "anak oleh Joko Rekaan",
        ),
        (
            {
                "korban": field("Bayu Rekaan"),
                "pelapor": [{"nama": field("Siti Rekaan")}],
                "kerentanan": [field("anak")],
            },
            "Bayu, anak Siti Rekaan",
            "anak, anak Siti Rekaan",
        ),
        ({"korban": field("Al Rekaan"), "kerentanan": [field("anak")]}, "Al", "Al"),
        (
            {"korban": [field("Ana Rekaan"), field("Budi")], "kerentanan": [field("anak")]},
            "Ana dan Budi",
            "anak dan anak",
        ),
        ({"korban": field("Rizki RT 2"), "kerentanan": [field("anak")]}, "Rizki", "anak"),
        ({"korban": field("Anak Rizki Rekaan"), "kerentanan": [field("anak")]}, "Rizki", "anak"),
        ({"korban": field("Rizki (biasa dipanggil kiki)"), "kerentanan": [field("anak")]}, "kiki", "anak"),
        (
            {"korban": field("Budi Rekaan"), "terlapor": [field("Budi Umpama | Guru")], "kerentanan": [field("anak")]},
            "budi oleh Budi Umpama dan Eko Contoh",
            "anak oleh Budi Umpama dan Eko Contoh",
        ),
        (
            {"korban": field("Bayu Contoh"), "kerentanan": [field("anak")]},
            "Bayu oleh Eko Contoh",
            "anak oleh Eko Contoh",
        ),
        ({"korban": field("Siswa Rekaan"), "kerentanan": [field("anak")]}, "Siswa", "Siswa"),
        ({"korban": field("Rizki")}, "Rizki", "Rizki"),
        ({"pelapor": [{**SARI, "umur": field(14)}]}, "Sari", "anak"),
        ({"pelapor": [SARI], "kapasitas": field("korban"), "kerentanan": [field("anak")]}, "Sari", "anak"),
        ({"pelapor": [SARI], "kapasitas": field("keluarga"), "kerentanan": [field("anak")]}, "Sari", "Sari"),
        ({"pelapor": [SARI], "kapasitas": field("korban")}, "Sari", "Sari"),
    ],
)
def test_of_victims_and_who_complains_children_alone_are_not_named_in_the_subject(fields, name, told) -> None:
    values = letter({**fields, "perihal": field(f"Kekerasan terhadap {name}")})

    assert values["pokok_pengaduan"] == f"kekerasan terhadap {told}"


def test_victims_who_are_many_are_no_name_that_is_hidden() -> None:
    assert of_kind("kelompok")["pokok_pengaduan"] == "pencemaran sumur warga oleh limbah kolam pabrik"


def test_who_cares_for_a_child_is_spoken_to_as_such() -> None:
    values = letter({"pelapor": [{**SARI, "umur": field(14)}], "nomor_surat": field("1")})

    assert values["sapaan"] == "Bapak/Ibu"
    assert values["pengaduan"].startswith("pengaduan anak yang Bapak/Ibu dampingi dengan surat Nomor 1")


def test_the_others_who_complain_are_told_by_whom_the_letter_names() -> None:
    assert [of_kind(kind)["bersama"] for kind in ("surat", "beberapa-pelapor", "kuasa")] == ["", "ya", ""]


def test_reasons_are_whole_sentences_each_on_its_own() -> None:
    asked = move("tidak-ada-indikasi", alasan="perbuatan itu telah diselesaikan;\n\nTidak ada keterlibatan aparat.")

    values = letter({}, asked, template=NO_INDICATION)

    assert values["alasan"] == ["Perbuatan itu telah diselesaikan.", "Tidak ada keterlibatan aparat."]


def test_what_is_missing_stands_in_a_sentence_of_its_own() -> None:
    asked = move("minta-kelengkapan", kekurangan=["salinan KTP;", "  ", "Surat\nkuasa."])

    assert letter({}, asked)["kekurangan"] == ["Salinan KTP", "Surat kuasa"]


def test_an_end_rests_on_the_laws_of_the_service_and_those_that_the_office_named() -> None:
    named = "Undang-Undang Nomor 48 Tahun 2009 tentang Kekuasaan Kehakiman;\nUndang-undang nomor 39 tahun 1999 tentang"
    asked = move("tidak-ada-indikasi", alasan="Perdata.", dasar_hukum=f"{named} hak asasi manusia")

    laws = letter({}, asked, template=NO_INDICATION)["dasar_hukum"]

    rights, service, governs = [law.full for law in SPECIMEN_OFFICE.laws.basis(date(2026, 11, 27))]
    judges = "Undang-Undang Nomor 48 Tahun 2009 tentang Kekuasaan Kehakiman"
    assert laws.casefold() == f"{rights}, {service}, {judges}, dan {governs}".casefold()


def test_a_law_is_called_alike_in_all_of_a_letter() -> None:
    text = typed("instansi", NOT_COMPETENT)

    named = "Undang-Undang Nomor 13 Tahun 2003 tentang Ketenagakerjaan"
    assert text.count(f"{named} sebagaimana telah diubah dengan Undang-Undang Nomor 6 Tahun 2023") == 2
    assert text.count(named) == 2
    assert "tentang Penetapan" not in text


@pytest.mark.parametrize("template", [NO_INDICATION, NOT_COMPETENT])
@pytest.mark.parametrize(
    ("kind", "special"),
    [
        ("surat", "Undang-Undang Nomor 32 Tahun 2009 tentang Perlindungan dan Pengelolaan Lingkungan Hidup"),
        ("korban-anak", "Undang-Undang Nomor 23 Tahun 2002 tentang Perlindungan Anak"),
        ("tanpa-terlapor", ""),
    ],
)
def test_a_review_rests_on_the_special_law_of_the_right_as_the_memo_cites_it(
    template: str, kind: str, special: str
) -> None:
    laws = str(of_kind(kind, template)["dasar_hukum"])

    assert laws.startswith("Undang-Undang Nomor 39 Tahun 1999 tentang Hak Asasi Manusia, ")
    assert special in laws
    assert (laws.count("Undang-Undang Nomor") > 2) == bool(special), "no law but those of the service is cited"
    assert laws.endswith("tentang Penanganan Dugaan Pelanggaran Hak Asasi Manusia")


def test_a_review_rests_on_the_laws_of_the_service_and_the_competence_of_another_on_those_that_were_named() -> None:
    law, other = "Undang-Undang Nomor 48 Tahun 2009 tentang Kekuasaan Kehakiman", "Peraturan Rekaan Nomor 1"
    sent = NumberedLetter(TRANSFER, "W.8-HA.01.07-0026", datetime(2026, 11, 27, 9, 0, tzinfo=WIB))
    handed_on = move("teruskan", tujuan_surat="Ketua Pengadilan Negeri Contoh", dasar_hukum=f"{law}; {other}")

    values = letter(
        {}, handed_on, move("tidak-berwenang", dasar_hukum=f"{law}."), template=NOT_COMPETENT, letters=(sent,)
    )

    assert values["dasar_kewenangan"] == f"{law} dan {other}"
    assert law not in values["dasar_hukum"]
    text = typed("surat", NOT_COMPETENT)
    ombudsman = "Undang-Undang Nomor 37 Tahun 2008 tentang Ombudsman Republik Indonesia"
    assert f"untuk ditangani sesuai dengan kewenangannya berdasarkan {ombudsman}. Identitas Saudara" in text


@pytest.mark.parametrize(
    ("reviewed", "says"),
    [
        (True, "Berdasarkan hasil telaahan, penanganan pengaduan tersebut bukan"),
        (False, "Berdasarkan hasil pemeriksaan, penanganan pengaduan tersebut bukan"),
    ],
)
def test_who_gets_no_memo_reads_of_none(reviewed: bool, says: str) -> None:
    facts = facts_of_kind("surat", NOT_COMPETENT)
    moves = tuple(m for m in facts.moves if reviewed or m.key != "telaah")

    text = changed("surat", NOT_COMPETENT, moves=moves)

    assert says in text
    assert ("telaah" in text) == reviewed


@pytest.mark.parametrize("template", [MERGED, NOTICE, CLOSING])
@pytest.mark.parametrize(("consent", "kept"), [(None, True), ("tidak", True), ("ya", False)])
def test_who_agreed_to_be_named_is_not_told_that_their_identity_is_kept(
    template: str, consent: str | None, kept: bool
) -> None:
    facts = facts_of_kind("surat", template)

    text = changed("surat", template, fields={**facts.fields, "izin_identitas": field(consent)})

    assert ("kami rahasiakan" in text) == kept
    named = "Sesuai dengan izin Saudara, identitas Saudara kami cantumkan dalam surat tersebut. Apabila"
    assert (named in text) == (template == NOTICE and not kept)


@pytest.mark.parametrize("template", [*LETTERS, TO_COMPLAINANT])
def test_nobody_is_written_to_of_what_was_in_the_news(template: str) -> None:
    with pytest.raises(NotAllowed, match="perkara 2026/0007 dibuka dari berita dan tidak berpelapor"):
        context(template, facts_of_kind("berita", template), SPECIMEN_OFFICE)


def test_a_complaint_that_was_forwarded_is_told_with_the_letter_that_forwarded_it() -> None:
    sent = NumberedLetter(TRANSFER, "W.8-HA.01.07-0026", datetime(2026, 11, 27, 9, 0, tzinfo=WIB))
    handed_on = move("teruskan", tujuan_surat="Ketua Pengadilan Negeri Contoh")
    moves = (handed_on, move("tidak-berwenang", alasan="Perdata."))

    forwarded = letter({}, *moves, template=NOT_COMPETENT, letters=(sent,))
    dropped = letter({}, *moves, template=NOT_COMPETENT)

    names = ("nomor_penerusan", "tanggal_penerusan", "tujuan_penerusan")
    assert [forwarded[name] for name in names] == [
        "W.8-HA.01.07-0026",
        "27 November 2026",
        "Ketua Pengadilan Negeri Contoh",
    ]
    assert [dropped[name] for name in names] == [""] * 3


@pytest.mark.parametrize("key", ["gabung", "lampirkan"])
def test_who_was_merged_learns_where_and_nothing_of_the_others(key: str) -> None:
    reason = "Peristiwanya sama dengan pengaduan Hendra Gunawan."

    values = letter({}, move(key, perkara_induk="2026/0003", alasan=reason), template=MERGED)

    assert (values["perkara_induk"], values["tanggal_gabung"]) == ("2026/0003", "27 November 2026")
    assert "Hendra" not in str(values)


def test_the_notice_cites_the_recommendation_and_names_no_witness() -> None:
    facts = facts_of_kind("surat", NOTICE)
    drafted = move("susun-rekomendasi", rekomendasi=["Camat | Mendengar Lina Contoh | 2026-12-18"])

    values = of_kind("surat", NOTICE, moves=(*facts.moves, drafted))

    assert (values["nomor_rekomendasi"], values["tanggal_rekomendasi"]) == ("W.8-HA.01.07-0022", "7 Desember 2026")
    assert [row["tindakan"] for row in values["rekomendasi"]] == ["Mendengar saksi"]


def test_a_case_that_was_opened_again_is_ended_by_a_letter_that_names_the_one_before() -> None:
    facts = facts_of_kind("surat", CLOSING)
    before = NumberedLetter(CLOSING, "W.8-HA.01.07-0009", datetime(2026, 12, 20, 9, 0, tzinfo=WIB))
    own = NumberedLetter(CLOSING, facts.naskah_number, datetime(2027, 1, 16, 9, 0, tzinfo=WIB))

    again = of_kind("surat", CLOSING, letters=(*facts.letters, before, own))

    assert (again["nomor_sebelumnya"], again["tanggal_sebelumnya"]) == ("W.8-HA.01.07-0009", "20 Desember 2026")
    assert of_kind("surat", CLOSING, letters=(*facts.letters, own))["nomor_sebelumnya"] == ""


def test_who_reads_a_second_end_learns_what_the_first_said_and_why_it_no_longer_holds() -> None:
    template = "04-pemberitahuan-tidak-berwenang"
    facts = facts_of_kind("surat", template)
    before = NumberedLetter("04-pemberitahuan-tidak-ada-indikasi", "0009", datetime(2026, 11, 27, 9, 0, tzinfo=WIB))
    reasons = {"alasan": "Perintah Kakanwil.", "alasan_bagi_pelapor": "Pelapor menyampaikan bukti baru."}
    again = MoveMade("buka-kembali", datetime(2026, 11, 30, 9, 0, tzinfo=WIB), "kabid", reasons)

    text = drafted_text(template, of_kind("surat", template, letters=(before,), moves=(*facts.moves, again)))
    unknown = drafted_text(template, of_kind("surat", template, letters=(before,)))

    begun = (
        "Sebelumnya, dengan surat Nomor 0009 tanggal 27 November 2026, kami memberitahukan bahwa kami tidak menemukan "
        "indikasi pelanggaran hak asasi manusia dalam pengaduan tersebut. Setelah itu penanganan pengaduan tersebut "
        "kami buka kembali"
    )
    ended = ". Surat ini menggantikan surat tersebut, yang tidak berlaku lagi."
    assert f"{begun} pada tanggal 30 November 2026 karena Saudara menyampaikan bukti baru{ended}" in text
    assert "Perintah" not in text, "why the office did so for itself stays in the office"
    assert f"{begun}{ended}" in unknown


@pytest.mark.parametrize(
    ("kind", "written", "reads"),
    [
        ("surat", "Saudara menyampaikan bukti baru", "karena Saudara menyampaikan bukti baru"),
        ("surat", "Terdapat bukti baru dari pelapor", "karena terdapat bukti baru dari Saudara"),
        ("kuasa", "Pelapor menyampaikan bukti baru", "karena pemberi kuasa menyampaikan bukti baru"),
        ("beberapa-pelapor", "Pelapor menyampaikan bukti baru", "karena pelapor menyampaikan bukti baru"),
        ("instansi", "Pelapor menyampaikan bukti baru", "karena pelapor menyampaikan bukti baru"),
        ("surat", "", ""),
    ],
)
def test_a_reopening_is_told_in_words_of_whoever_reads_it(kind: str, written: str, reads: str) -> None:
    before = NumberedLetter(NO_INDICATION, "0009", datetime(2026, 11, 27, 9, 0, tzinfo=WIB))
    values = {"alasan": "Bagi kantor.", "alasan_bagi_pelapor": written}
    again = MoveMade("buka-kembali", datetime(2026, 11, 30, 9, 0, tzinfo=WIB), "kabid", values)

    told = of_kind(kind, NOT_COMPETENT, letters=(before,), moves=(again,))

    assert told["alasan_dibuka_kembali"] == reads


@pytest.mark.parametrize(("day", "told"), [(26, ""), (27, "27 November 2026"), (28, "28 November 2026")])
def test_a_reopening_before_the_letter_that_ended_the_case_is_not_that_letters(day: int, told: str) -> None:
    at = datetime(2026, 11, 27, 9, 0, tzinfo=WIB)
    again = MoveMade("buka-kembali", at.replace(day=day), "kabid", {"alasan_bagi_pelapor": "Bukti baru."})

    values = of_kind("surat", NOT_COMPETENT, letters=(NumberedLetter(NO_INDICATION, "0009", at),), moves=(again,))

    assert (values["tanggal_dibuka_kembali"], bool(values["alasan_dibuka_kembali"])) == (told, bool(told))


@pytest.mark.parametrize("edition", sorted(SOP_FILES.glob("2*")), ids=lambda path: path.name)
def test_the_form_says_which_reason_of_a_reopening_the_complainant_reads(edition: Path) -> None:
    moves = tomllib.loads((edition / "moves.toml").read_text(encoding="utf-8"))["gerak"]
    asked = {f["nama"]: f for move in moves if move["kunci"] == "buka-kembali" for f in move["isian"]}

    assert "bagi kantor sendiri" in asked["alasan"]["label"]
    assert "surat kepada pelapor" in asked["alasan_bagi_pelapor"]["label"]
    assert not asked["alasan_bagi_pelapor"].get("wajib"), "nobody is asked for what no letter says"


def test_who_is_told_that_a_complaint_is_merged_will_hear_of_its_end() -> None:
    result = "Hasil penanganannya akan kami beritahukan kepada Saudara dengan surat."

    assert result in typed("surat", MERGED)
    assert result not in typed("instansi", MERGED)


def drafted_text(template: str, values: dict[str, Any]) -> str:
    typist = WordTypist(Path(__file__).resolve().parents[2] / "letter_templates")
    text = " ".join(passage.text for passage in passages(typist.draft(template, values).docx))
    return text.replace("\u2011", "-").replace("\u00a0", " ")


def test_who_acts_in_the_signers_post_gets_no_copy_in_a_post_of_their_own() -> None:
    acting = Official("kakanwil", "Kepala Kantor Wilayah", "Dewi Contoh", "2", acting="Plh.")
    office = replace(SPECIMEN_OFFICE, officials=(*SPECIMEN_OFFICE.officials, acting))

    values = context(INCOMPLETE, facts_of_kind("surat", INCOMPLETE), office)

    assert values["penandatangan_jabatan"] == "Plh. Kepala Kantor Wilayah"
    assert values["tembusan"] == [], "the Kadiv signs it"


@pytest.mark.parametrize("template", LETTERS)
@pytest.mark.parametrize("kind", WITH_COMPLAINANT)
def test_nothing_is_cut_empty_or_raw_in_any_kind_of_case(kind: str, template: str) -> None:
    values = of_kind(kind, template)

    said = [values[name] for name in ("sapaan", "pengaduan", "di", "cara_bertanya")] + values["yth"]
    assert all(said)
    assert not re.search(r"…|None|[{}|]| {2}|\bhal [A-Z]|mengenai mengenai", " ".join(map(str, said)))


def typed(kind: str, template: str) -> str:
    """The letter as the office drafts it for that kind of case."""
    return "\n".join(paragraphs(kind, template)).replace("\u00a0", " ")


def changed(kind: str, template: str, **changes: Any) -> str:
    """The letter of that kind of case, of which these facts are otherwise."""
    typist = WordTypist(TEMPLATES)
    values = of_kind(kind, template, **changes)
    return "\n".join(passage.text for passage in passages(typist.draft(template, values).docx)).replace("\u00a0", " ")


TO_ALL = (*LETTERS, TO_COMPLAINANT)


@pytest.mark.parametrize("template", TO_ALL)
def test_every_letter_asks_its_reader_for_the_same_when_they_ask(template: str) -> None:
    assert "dengan menyebutkan nomor register dan kode status pada tanda terima." in typed("surat", template)
    assert "dengan menyebutkan nomor register di atas." in typed("instansi", template)


@pytest.mark.parametrize("template", TO_ALL)
def test_who_initials_a_letter_gets_no_copy_of_it(template: str) -> None:
    facts = facts_of_kind("surat", template)

    by_chain = [
        context(template, replace(facts, initials=chain), SPECIMEN_OFFICE)["tembusan"]
        for chain in (("kabid",), ("kabid", "kadiv"))
    ]

    assert by_chain == [["Kepala Divisi Pelayanan Hukum dan HAM"], []]


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({}, "Identitas Saudara tidak kami cantumkan dalam surat tersebut."),
        (
            {"izin_identitas": field("ya")},
            "Sesuai dengan izin Saudara, identitas Saudara kami cantumkan dalam surat tersebut.",
        ),
    ],
)
def test_whether_their_identity_was_passed_on_is_told_where_a_case_was(fields: dict[str, Any], says: str) -> None:
    told = changed("surat", NOT_COMPETENT, fields={**facts_of_kind("surat", NOT_COMPETENT).fields, **fields})

    assert f"Republik Indonesia. {says} Perkembangannya dapat Saudara tanyakan kepada kami." in told


def test_of_a_group_its_spokesman_is_enough() -> None:
    assert "Pengaduan ini disampaikan oleh kelompok; cukup wakil kelompok yang hadir." in typed(
        "kelompok", TO_COMPLAINANT
    )
    assert "atau menunjuk secara tertulis salah seorang di antaranya sebagai wakil." in typed(
        "beberapa-pelapor", TO_COMPLAINANT
    )


def test_who_comes_reads_that_the_other_side_sees_them() -> None:
    assert "dengan hadir, Saudara dapat dikenali oleh pihak lain." in typed("surat", TO_COMPLAINANT)


def test_papers_that_one_of_several_owes_withdraw_only_that_complaint() -> None:
    assert "pengaduan pelapor yang belum melengkapinya dianggap dicabut" in typed("beberapa-pelapor", INCOMPLETE)
    assert "pengaduan dianggap dicabut" in typed("surat", INCOMPLETE)


@pytest.mark.parametrize("template", [NOTICE, CLOSING])
def test_the_complainant_reads_of_which_rights_the_review_found_an_indication(template: str) -> None:
    found = "menyimpulkan adanya indikasi pelanggaran hak untuk hidup dan hak atas kesejahteraan"

    assert found in typed("surat", template)


def test_an_organisation_that_complains_for_itself_is_no_agency_that_handed_on() -> None:
    told = changed("instansi", INCOMPLETE, channel="surat")

    assert "surat pengaduan Bapak/Ibu Nomor" in told
    assert "pengaduan dianggap dicabut" in told
    assert "limpah" not in told.replace("pelimpahan", "")


@pytest.mark.parametrize("template", TO_ALL)
def test_an_agency_that_handed_a_complaint_on_is_promised_nothing_that_is_the_complainant_s(template: str) -> None:
    told = typed("instansi", template)

    shy = r"[Ii]dentitas|dirugikan|dicabut|hak Bapak/Ibu|berkeberatan|kode status|Komisi Nasional Hak|upaya hukum"
    assert re.findall(shy, told) == []


@pytest.mark.parametrize(
    ("template", "says"),
    [
        (INCOMPLETE, "tidak kami terima, berkasnya kami kembalikan kepada Bapak/Ibu."),
        (NO_INDICATION, "Mohon hasil ini Bapak/Ibu sampaikan pula kepada pihak yang semula mengadukannya."),
        (MERGED, "peristiwa dalam pengaduan yang Bapak/Ibu limpahkan sama dengan peristiwa dalam perkara lain"),
        (NOTICE, "akan kami sampaikan kepada Bapak/Ibu sebagai instansi yang melimpahkan."),
        (CLOSING, "Mohon hasil tersebut Bapak/Ibu sampaikan pula kepada pihak yang semula mengadukannya."),
        (
            TO_COMPLAINANT,
            "Kami mohon Bapak/Ibu menugaskan pejabat yang menangani pengaduan tersebut serta membawa berkas "
            "pelimpahan.",
        ),
    ],
)
def test_an_agency_is_told_what_becomes_of_what_it_handed_on(template: str, says: str) -> None:
    assert says in typed("instansi", template)
    assert says not in typed("surat", template)


@pytest.mark.parametrize("template", [MERGED, NOTICE, CLOSING, TO_COMPLAINANT])
def test_a_proxy_reads_that_the_principal_is_kept_secret_too(template: str) -> None:
    assert "dentitas Saudara dan pemberi kuasa" in typed("kuasa", template)
    assert "pemberi kuasa" not in typed("surat", template)


@pytest.mark.parametrize("template", [NO_INDICATION, MERGED, NOTICE, CLOSING, TO_COMPLAINANT])
@pytest.mark.parametrize(
    ("kind", "whose"),
    [
        ("surat", "Saudara"),
        ("kelompok", "Saudara dan para anggota kelompok"),
        ("beberapa-pelapor", "Saudara dan para pelapor lainnya"),
        ("korban-anak", "Saudara dan anak yang menjadi korban"),
    ],
)
def test_whose_identity_is_kept_is_said_in_every_kind_of_case(template: str, kind: str, whose: str) -> None:
    if template == NO_INDICATION:  # nothing was found of what the child is said to have suffered
        whose = whose.replace("yang menjadi korban", "yang disebut sebagai korban")
    assert re.search(rf"dentitas {whose}(?: tetap| kami|;)", typed(kind, template))


@pytest.mark.parametrize("template", [NOTICE, CLOSING])
def test_whoever_may_be_harmed_by_the_complaint_is_told_to_say_so(template: str) -> None:
    assert "pabila Saudara atau pemberi kuasa dirugikan karena pengaduan ini" in typed("kuasa", template)
    assert "pabila Saudara dirugikan karena pengaduan ini" in typed("surat", template)


@pytest.mark.parametrize("template", LETTERS)
def test_a_group_s_spokesman_passes_the_letter_on(template: str) -> None:
    assert "Mohon isi surat ini Saudara sampaikan pula kepada para anggota kelompok." in typed("kelompok", template)
    assert all("Mohon isi surat ini" not in typed(kind, template) for kind in ("kuasa", "beberapa-pelapor"))


@pytest.mark.parametrize("template", [*LETTERS, TO_COMPLAINANT])
def test_every_letter_goes_to_each_of_several_who_complain(template: str) -> None:
    told = of_kind("beberapa-pelapor", template)

    assert told["pelapor_dituju"] == [
        "Saudara Sari Melati, Dusun Dua RT 2, Desa Contoh Jaya, Kecamatan Contoh, Kabupaten Contoh",
        "Saudara Hendra Gunawan, Dusun Dua RT 3, Desa Contoh Jaya",
        "Saudara Yusuf Pratama, S.Pd., Dusun Tiga RT 1, Desa Contoh Jaya",
    ]
    assert told["di"] == "tempat masing-masing"
    text = typed("beberapa-pelapor", template)
    assert all(text.count(name) == 1 for name in ("Saudara Sari Melati,", "Saudara Hendra Gunawan,"))
    others = ("surat", "kuasa", "kelompok", "instansi")
    assert [of_kind(kind, template)["pelapor_dituju"] for kind in others] == [[]] * 4


def test_of_many_who_complain_the_letter_names_each_without_the_address_and_no_child() -> None:
    child = {**HENDRA, "umur": field(12), "alamat": field("Jalan Contoh 1")}
    many = [{"nama": field(f"Umpama {n}"), "alamat": field("Jalan Contoh 2")} for n in "ABCDEF"]

    assert letter({"pelapor": [*many, child]})["pelapor_dituju"] == [f"Saudara Umpama {n}" for n in "ABCDEF"]
    assert letter({"pelapor": [*many[:5], child, {"nama": field("")}]})["pelapor_dituju"] == [
        f"Saudara Umpama {n}, Jalan Contoh 2" for n in "ABCDE"
    ]
    assert letter({"pelapor": [SARI, child]})["pelapor_dituju"] == []


def test_a_correction_goes_to_each_to_whom_the_letter_went() -> None:
    facts = facts_of_kind("beberapa-pelapor", CORRECTION)
    corrected = MoveMade("ralat", facts.moves[-1].at, "tim-yankomas", {"naskah": INCOMPLETE, "ralat": ["a | b"]})

    told = context(CORRECTION, replace(facts, moves=(*facts.moves, corrected)), SPECIMEN_OFFICE)

    assert told["undangan_di_surat"] == of_kind("beberapa-pelapor")["pelapor_dituju"]


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        ("surat", "salinan KTP Saudara"),
        ("kuasa", "salinan KTP pemberi kuasa"),
        ("kelompok", "salinan KTP pelapor"),
        ("instansi", "salinan KTP pelapor"),
    ],
)
def test_what_is_missing_is_told_as_its_reader_s(kind: str, asked: str) -> None:
    told = changed(kind, INCOMPLETE, moves=(move("minta-kelengkapan", kekurangan=["Salinan KTP pelapor"]),))

    assert f"melengkapi pengaduan tersebut dengan {asked}." in told


@pytest.mark.parametrize(("contact", "by"), [("Surel kantor@contoh.example", "pos atau surel,"), ("Telepon 0", "pos,")])
def test_what_is_missing_may_come_by_mail_where_the_letterhead_has_an_address(contact: str, by: str) -> None:
    office = replace(SPECIMEN_OFFICE, letterhead=replace(SPECIMEN_OFFICE.letterhead, contact=contact))
    values = context(INCOMPLETE, facts_of_kind("surat", INCOMPLETE), office)
    docx = WordTypist(TEMPLATES).draft(INCOMPLETE, values).docx

    assert any(f"secara langsung atau melalui {by}" in passage.text for passage in passages(docx))


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ("Komisi Nasional Rekaan Perwakilan Bengkulu", "Bengkulu"),
        ("Dinas Sosial Kabupaten Contoh Utara", "Contoh Utara"),
        ("Ombudsman Perwakilan Provinsi Contoh", ""),
        ("Komisi Rekaan", ""),
    ],
)
def test_an_agency_is_where_its_name_says_and_nowhere_else(body: str, place: str) -> None:
    fields = {"lembaga_pelapor": field(body), "kapasitas": field("lembaga")}

    values = letter(fields, channel="pelimpahan")
    docx = WordTypist(TEMPLATES).draft(INCOMPLETE, values).docx

    assert values["di"] == place
    assert ("di" in [passage.text for passage in passages(docx)]) is bool(place)


def test_a_proxy_reads_of_the_principal_s_rights() -> None:
    assert "tidak mengurangi hak pemberi kuasa sebagai pelapor" in typed("kuasa", MERGED)
    assert "tidak mengurangi hak pemberi kuasa untuk mengajukan pengaduan kembali" in typed("kuasa", INCOMPLETE)


@pytest.mark.parametrize("template", TO_ALL)
def test_where_to_ask_is_part_of_a_sentence(template: str) -> None:
    told = typed("surat", template)

    assert f"melalui {SPECIMEN_OFFICE.asking}".replace("\u00a0", " ") in told
    assert "telepon (0736) 000000" in told
    assert f": {SPECIMEN_OFFICE.asking}" not in told


def test_what_is_alone_stands_in_a_sentence_and_several_in_a_list() -> None:
    one, two = move("minta-kelengkapan", kekurangan=["Salinan KTP pelapor"]), ["Salinan KTP", "Surat kuasa"]

    assert "melengkapi pengaduan tersebut dengan salinan surat warga kepada pabrik." in typed("surat", INCOMPLETE)
    assert "Kami mohon Saudara membawa kartu identitas." in typed("surat", TO_COMPLAINANT)
    assert letter({}, one)["satu_kekurangan"] == "salinan KTP Saudara"
    assert letter({}, move("minta-kelengkapan", kekurangan=two))["satu_kekurangan"] == ""


def test_a_single_reason_goes_on_its_sentence() -> None:
    asked = move("tidak-berwenang", alasan="Perkara ini bersifat perdata")

    assert letter({}, asked, template=NOT_COMPETENT)["satu_alasan"] == "perkara ini bersifat perdata."


def test_who_was_merged_reads_the_other_s_register_number_and_keeps_their_own() -> None:
    told = typed("surat", MERGED)

    assert "ke dalam perkara dengan nomor register 0003/YANKOMAS/2026" in told
    assert "2026/0003" not in told
    assert "tetap menggunakan nomor register 0007/YANKOMAS/2026." in told


def test_who_was_forwarded_asks_here_and_is_warned_of_asking_there() -> None:
    told = typed("surat", NOT_COMPETENT)

    assert "Perkembangannya dapat Saudara tanyakan kepada kami." in told
    assert "identitas Saudara akan diketahui oleh instansi tersebut" in told
    assert "dengan tetap meminta laporan dari instansi tersebut" in told
